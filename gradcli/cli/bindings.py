"""Bindings: which variable gets which number, and what to say where that does not come out even.

Depends on `gradcli.evaluate.constant` for values that are typed, on `binding_files` for those in files.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from gradcli.cli.binding_files import FromFile, file_bindings
from gradcli.errors import MOST_LISTED, BindingError, Source, listed
from gradcli.evaluate.constant import constant
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.program import Program

_ASSIGNMENT = re.compile(r"\s*(?:`([^`]+)`|([^\W\d_]\w*))\s*=(?!=)(.*)", re.DOTALL)


class Bindings(NamedTuple):
    """The texts that are typed as values, and the values in files, which give way to those."""

    typed: dict[str, Source]
    from_files: dict[str, FromFile]

    @property
    def names(self) -> set[str]:
        """All that is bound."""
        return {*self.typed, *self.from_files}


def read_bindings(assignments: Sequence[str] | None, files: Sequence[str] | None) -> Bindings:
    """The bindings of --let and --bind; raises what `file_bindings` does.

    Raises BindingError for a name that is typed twice, or a text that is not NAME=VALUE.
    """
    return Bindings(_typed(assignments or ()), file_bindings(files or ()))


def _typed(assignments: Sequence[str]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for text in assignments:
        match = _ASSIGNMENT.fullmatch(text)
        if not match:
            raise BindingError(f"`{text}` is not of the form NAME=VALUE", hint="write --let x=2")
        name = match[1] or normalize("NFKC", match[2])
        if name in found:
            hint = f"bind it once: --{name} {found[name].text} or {match[3]}"
            raise BindingError(f"`{name}` is bound twice", hint=hint)
        found[name] = Source(match[3], f"--{name}")
    return found


def bind(program: Program, bindings: Bindings, options: Iterable[str]) -> dict[str, float]:
    """A number for every variable of the program, in their order. `options` are the options of the command at hand.

    Raises BindingError for a variable without a number, and for a typed binding without a variable; FileProblem
    for a value in a file that is no number.
    """
    typed, from_files = bindings
    for name in typed:
        _check_used(program, name, options)
    numbers = {name: constant(source) for name, source in typed.items()}
    missing = [name for name in program.variables if name not in typed and name not in from_files]
    if missing:
        raise _unbound(program, missing, {**from_files, **typed}, options)
    return {name: numbers[name] if name in typed else from_files[name].number(name) for name in program.variables}


def _check_used(program: Program, name: str, options: Iterable[str]) -> None:
    everything = program.graph.variables()
    if name in program.definitions:
        span = program.graph.span(program.definitions[name])
        hint = "bind another name, or take the definition out"
        raise BindingError(f"`{name}` is defined in the expression", hint=hint, span=span, source=program.source)
    if name in everything:
        return
    known = [*everything, *(option.lstrip("-") for option in options)]
    hint = look_alike(name, everything) or did_you_mean(name, known, mark="--")
    fallback = f"its variables are: {listed(everything)}" if everything else "the expression has no variables"
    raise BindingError(f"--{name} is neither a variable of the expression nor an option", hint=hint or fallback)


def _unbound(program: Program, missing: Sequence[str], bound: Iterable[str], options: Iterable[str]) -> BindingError:
    """One error for all variables without a value."""
    taken = set(options)
    hint = "add " + " ".join(_flag(name, taken) for name in missing[:MOST_LISTED])
    clash = next((name for name in missing if f"--{name}" in taken), None)
    if clash:
        hint += f" (--{clash} is an option of this command)"
    twin = next((text for name in missing if (text := look_alike(name, bound))), "")
    verb = "has" if len(missing) == 1 else "have"
    span = program.graph.span(program.variables[missing[0]])
    return BindingError(f"{listed(missing)} {verb} no value", hint=twin or hint, span=span, source=program.source)


def _flag(name: str, taken: Collection[str]) -> str:
    if not name.isidentifier():
        return f"--let '`{name}`'=VALUE"
    return f"--let {name}=VALUE" if f"--{name}" in taken else f"--{name} VALUE"
