"""Bindings: which variable gets which number, and what to say where that does not come out even.

Depends on the language to read values and on `gradcli.run.scalar` to evaluate them.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gradcli.cli.source import read_text
from gradcli.errors import MOST_LISTED, BindingError, FileProblem, Source, listed
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.program import Program, parse
from gradcli.run.scalar import evaluate

_ASSIGNMENT = re.compile(r"\s*(?:`([^`]+)`|([^\W\d_]\w*))\s*=(?!=)(.*)", re.DOTALL)
_SPECIAL = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}


class Typed(dict[str, Source]):
    """The bindings typed by hand: name → the text of its value."""


class Filed(NamedTuple):
    """A value in a file of bindings; only one that the expression uses has to be a number."""

    value: object
    path: str


def typed(assignments: Sequence[str]) -> Typed:
    """Split NAME=VALUE texts. Raises BindingError for a name bound twice, or a text of another form."""
    found = Typed()
    for text in assignments:
        match = _ASSIGNMENT.fullmatch(text)
        if not match:
            raise BindingError(f"`{text}` is not of the form NAME=VALUE", hint="write --let x=2")
        name = match[1] or _normal(match[2])
        if name in found:
            raise BindingError(
                f"`{name}` is bound twice", hint=f"bind it once: --{name} {found[name].text} or {match[3]}"
            )
        found[name] = Source(match[3], f"--{name}")
    return found


def from_files(paths: Sequence[str]) -> dict[str, Filed]:
    """The bindings in JSON files; a later file overrides an earlier one. Raises FileProblem."""
    found: dict[str, Filed] = {}
    for path in paths:
        found.update(_from_json(read_text(path, "--bind"), path))
    return found


def bind(program: Program, hand: Typed, files: Mapping[str, Filed], options: Iterable[str]) -> dict[str, float]:
    """A number for every variable of the program, in their order. `options` are the options of the command at hand.

    Raises BindingError for a variable without a number, and for a binding by hand without a variable; FileProblem
    for a value in a file that is no number.
    """
    for name in hand:
        _check_used(program, name, options)
    typed_in = {name: _number(source) for name, source in hand.items()}
    missing = [name for name in program.variables if name not in hand and name not in files]
    if missing:
        raise _unbound(program, missing, {**files, **hand}, options)
    return {name: typed_in[name] if name in hand else _json_number(name, *files[name]) for name in program.variables}


def _number(source: Source) -> float:
    """The value of a constant expression."""
    if not source.text.strip():
        raise BindingError(f"{source.name} has no value", hint="write a number, or pi/4")
    program = parse(source.text, name=source.name)
    if program.variables:
        name, node = next(iter(program.variables.items()))
        span = program.graph.span(node)
        raise BindingError(
            f"the value of {source.name} must be a number, and `{name}` is a variable",
            hint="write a number, or pi/4",
            span=span,
            source=source,
        )
    return evaluate(program.graph, [program.output], {})[0]


def _check_used(program: Program, name: str, options: Iterable[str]) -> None:
    everything = program.graph.variables()
    if name in program.definitions:
        span = program.graph.span(program.definitions[name])
        raise BindingError(
            f"`{name}` is defined in the expression",
            hint="bind another name, or take the definition out",
            span=span,
            source=program.source,
        )
    if name in everything:
        return
    known = [*everything, *(option.lstrip("-") for option in options)]
    hint = look_alike(name, everything) or did_you_mean(name, known, mark="--")
    fallback = f"its variables are: {listed(everything)}" if everything else "the expression has no variables"
    raise BindingError(f"--{name} is neither a variable of the expression nor an option", hint=hint or fallback)


def _unbound(program: Program, missing: Sequence[str], bound: Iterable[str], options: Iterable[str]) -> BindingError:
    """One error for all variables without a value."""
    taken = set(options)
    flags = [
        f"--let {_quoted(name)}=VALUE" if f"--{name}" in taken or not name.isidentifier() else f"--{name} VALUE"
        for name in missing
    ]
    hint = "add " + " ".join(flags[:MOST_LISTED])
    clash = next((name for name in missing if f"--{name}" in taken), None)
    if clash:
        hint += f" (--{clash} is an option of this command)"
    twin = next((text for name in missing if (text := look_alike(name, bound))), "")
    verb = "has" if len(missing) == 1 else "have"
    span = program.graph.span(program.variables[missing[0]])
    return BindingError(f"{listed(missing)} {verb} no value", hint=twin or hint, span=span, source=program.source)


def _quoted(name: str) -> str:
    return name if name.isidentifier() else f"'`{name}`'"


def _normal(name: str) -> str:
    from unicodedata import normalize

    return normalize("NFKC", name)


def _from_json(text: str, path: str) -> dict[str, Filed]:
    source = Source(text, path)
    try:
        content = json.loads(text, parse_constant=lambda token: _SPECIAL[token])
    except json.JSONDecodeError as problem:
        span = (problem.pos, problem.pos + 1)
        raise FileProblem(
            f"this is not JSON: {problem.msg}", hint='write an object: {"x": 2}', span=span, source=source
        ) from None
    except (RecursionError, ValueError):
        raise FileProblem(
            f"the JSON of {path} is nested too deeply or holds too large a number", hint='write an object: {"x": 2}'
        ) from None
    if not isinstance(content, dict):
        raise FileProblem(f"{path} holds no JSON object", hint='write an object: {"x": 2}')
    return {name: Filed(value, path) for name, value in _named_values(content).items()}


def _named_values(content: dict[str, Any]) -> dict[str, Any]:
    """The values of a plain object, or of gradcli's own JSON: its bindings, as its update left them."""
    own = content.get("bindings")
    if not isinstance(own, dict):
        return content
    update = content.get("update")
    after = update.get("after") if isinstance(update, dict) else None
    return {**own, **(after if isinstance(after, dict) else {})}


def _json_number(name: str, value: object, path: str) -> float:
    if isinstance(value, str) and value in _SPECIAL:
        return _SPECIAL[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FileProblem(
            f"in {path}, `{name}` is not a number", hint="bindings are numbers; strings may be NaN, Infinity, -Infinity"
        )
    try:
        return float(value)
    except OverflowError:
        raise FileProblem(
            f"in {path}, `{name}` is beyond the largest double", hint="write a number below 1.8e308"
        ) from None
