"""Bindings: which variable gets which number, and what to say where that does not come out even.

Depends on `gradcli.evaluate.constant` for values that are typed, on `binding_files` for those in files.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import nan, prod
from typing import TYPE_CHECKING, NamedTuple

from gradcli.cli.binding_files import FromFile, file_bindings
from gradcli.errors import MOST_LISTED, BindingError, Source, listed
from gradcli.evaluate.constant import constant, constants
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.program import Program
from gradcli.letters import composed, one_name, pattern
from gradcli.shapes import Array, Shape, entry_name, grouped, nested, parted, plain_entry, shape_text

if TYPE_CHECKING:
    from gradcli.language.glued import Offer

FEW = 6
"""An array of so many entries is shown whole where it is to be bound."""
_ASSIGNMENT = r"(--)?\s*(?:(QUOTED)|(ENTRY|LATEX))\s*=(?!=)(.*)"


def plain_name(typed: str) -> str:
    r"""The name that a formula has for one that is typed as LaTeX writes it, \alpha, x_{1}; others stay as they are."""
    if not ("\\" in typed or "{" in typed):
        return typed
    from gradcli.language.latex import name_of  # few names are typed so

    return name_of(typed) or typed


class Typed(NamedTuple):
    """A value as it was typed, and its name as it was typed: `--x` or `x`; the number, where that is known."""

    value: Source
    name: str
    number: float | None = None

    @property
    def written(self) -> str:
        """The binding as it can be taken out of the line again: `--x` or `x=2`."""
        return self.name if self.name.startswith("--") else f"{self.name}={self.value.text}"


class Bindings(NamedTuple):
    """The values that are typed, and those in files, which give way to them."""

    typed: dict[str, Typed]
    from_files: dict[str, FromFile]

    @property
    def names(self) -> set[str]:
        """All that is bound."""
        return {*self.typed, *self.from_files}

    @property
    def values(self) -> dict[str, object]:
        """All that is bound, and to what: a text, or what stands in a file."""
        filed = {name: it.value for name, it in self.from_files.items()}
        return filed | {name: it.value.text for name, it in self.typed.items()}


def read_bindings(assignments: Sequence[str] | None, files: Sequence[str] | None) -> Bindings:
    """The bindings of --let and --bind; raises what `file_bindings` does.

    Raises BindingError for a name that is typed twice, or a text that is not NAME=VALUE.
    """
    return Bindings(_typed(assignments or ()), file_bindings(files or ()))


def _typed(assignments: Sequence[str]) -> dict[str, Typed]:
    found: dict[str, Typed] = {}
    for text in assignments:
        match = pattern(_ASSIGNMENT, text).fullmatch(text)
        if not match:
            raise BindingError(f"`{text}` is not of the form NAME=VALUE", hint="write --let x=2")
        dashes, quoted, plain, value = match.groups()
        name = composed(quoted.strip("`")) if quoted else plain_entry(one_name(plain_name(plain)))
        written = Typed(Source(value, f"--{plain}" if dashes else name), f"{dashes or ''}{plain or name}")
        for each, its in _entries(name, written).items():
            if each in found:
                raise _twice(each, found[each], its)
            found[each] = its
    return found


def _entries(name: str, written: Typed) -> dict[str, Typed]:
    """A value by its name; an array by the names of its entries."""
    text = written.value.text.strip()
    if not text.startswith(("[", "@")):
        return {name: written}
    array = constants(written.value) if text[0] == "[" else _in_file(text[1:])
    return {each: written._replace(number=number) for each, number in array.named(name).items()}


def _in_file(path: str) -> Array[float]:
    from gradcli.cli.array_files import file_array  # few bindings are files

    return file_array(path)


def _twice(name: str, first: Typed, second: Typed) -> BindingError:
    """A name with two values; perhaps it is written in two ways."""
    one, other = first.name.lstrip("-"), second.name.lstrip("-")
    what = f"`{name}` is bound twice" if one == other else f"`{one}` and `{other}` are one name, and it is bound twice"
    return BindingError(what, hint=f"bind it once: to {first.value.text} or {second.value.text}")


def bind(program: Program, bindings: Bindings, options: Iterable[str], *, all_of_them: bool = True) -> dict[str, float]:
    """A number for every variable of the program, in their order; NaN where `all_of_them` need none and one has none.

    `options` are the options of the command at hand.
    Raises BindingError for a variable without a number, and for a typed binding without a variable; FileProblem
    for a value in a file that is no number.
    """
    typed, from_files = bindings
    missing = [name for name in program.variables if name not in typed and name not in from_files]
    options, everything = {*options}, program.graph.variables()
    if missing and not typed.keys() <= everything.keys() and _offer(program, missing, bindings.names):
        raise _unbound(program, missing, bindings.names, options)
    for name, as_typed in typed.items():
        _check_used(program, name, as_typed.name, options, everything)
    numbers = {name: constant(it.value) if it.number is None else it.number for name, it in typed.items()}
    if missing and all_of_them:
        raise _unbound(program, missing, {**from_files, **typed}, options)
    filed = [name for name in program.variables if name in from_files and name not in typed]
    numbers |= {name: from_files[name].number(name) for name in filed}
    return {name: numbers.get(name, nan) for name in program.variables}


def _check_used(program: Program, name: str, typed: str, options: Iterable[str], everything: Mapping[str, int]) -> None:
    if name in program.definitions:
        span = program.graph.span(program.definitions[name])
        hint = "bind another name, or take the definition out"
        raise BindingError(f"`{name}` is defined in the expression", hint=hint, span=span, source=program.source)
    if name in everything:
        return
    _check_shape(program, name)
    there = grouped(everything, program.arrays)
    fallback = f"its variables are: {listed(there)}" if there else "the expression has no variables"
    if not typed.startswith("--"):
        hint = look_alike(name, everything) or did_you_mean(name, everything)
        raise BindingError(f"`{typed}` is no variable of the expression", hint=hint or fallback)
    known = [*everything, *(option.lstrip("-") for option in options)]
    hint = look_alike(name, everything) or did_you_mean(name, known, mark="--")
    raise BindingError(f"{typed} is neither a variable of the expression nor an option", hint=hint or fallback)


def _check_shape(program: Program, name: str) -> None:
    """Raise for a number where an array must be, and for entries that are not all of an array."""
    if name in program.arrays:
        shape = program.arrays[name]
        example = "[1,2,…]" if len(shape) == 1 else "[[1,2,…],…]"
        message = f"`{name}` is an array of the shape {shape_text(shape)}, and a number is bound to it"
        raise BindingError(message, hint=f"give it its entries: --{name} '{example}'")
    entry = parted(name)
    if entry and entry[0] in program.graph.variables():
        message = f"`{name}` is bound, and other entries of `{entry[0]}` are missing"
        raise BindingError(message, hint=f"bind all of them from {entry_name(entry[0], [1] * len(entry[1]))} on")


def _offer(program: Program, missing: Collection[str], bound: Iterable[str]) -> "Offer | None":
    from gradcli.language.glued import unglued  # only a mistake needs it

    return unglued(program.source.text, missing, {*program.variables, *bound})


def _unbound(program: Program, missing: Sequence[str], bound: Collection[str], taken: Collection[str]) -> BindingError:
    """One error for all variables without a value; perhaps some are products of others."""
    offer = _offer(program, missing, bound)
    whole = [*grouped(dict.fromkeys(missing), program.arrays)]
    hint = _added((offer and offer.rest) or whole, taken, program.arrays)
    clash = next((name for name in missing if f"--{name}" in taken), None)
    if clash and not offer:
        hint += f" (--{clash} is an option of this command)"
    twin = next((text for name in missing if (text := look_alike(name, bound))), "")
    verb = "has" if len(whole) == 1 else "have"
    span = program.graph.span(program.variables[missing[0]])
    hint = twin or (offer.or_else(hint) if offer else hint)
    return BindingError(f"{listed(whole)} {verb} no value", hint=hint, span=span, source=program.source)


def _added(missing: Sequence[str], taken: Collection[str], shapes: Mapping[str, Shape]) -> str:
    return "add " + " ".join(_flag(name, taken, shapes.get(name)) for name in missing[:MOST_LISTED])


def _flag(name: str, taken: Collection[str], shape: Shape | None) -> str:
    if shape:
        few = prod(shape) <= FEW
        value = f"'{nested(Array(shape, range(1, prod(shape) + 1)))}'".replace(" ", "") if few else f"@{name}.csv"
        return f"--let {name}={value}" if f"--{name}" in taken else f"--{name} {value}"
    if parted(name):
        return f"'{name}=VALUE'"
    if not name.isidentifier():
        return f"--let '`{name}`'=VALUE"
    return f"--let {name}=VALUE" if f"--{name}" in taken else f"--{name} VALUE"
