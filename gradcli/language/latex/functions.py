r"""Functions: \sin(x), \sin x, \sin^2 x, \log_2 x, \max\{a, b\}, and how far an argument reaches.

Depends on the text.
"""

from gradcli.language.functions import FUNCTIONS
from gradcli.language.latex.commands import INVERSES, function_of
from gradcli.language.latex.powers import check_exponent, exponent_at
from gradcli.language.latex.scripts import Argument
from gradcli.language.latex.text import Factor, Stretch, Text, Work
from gradcli.operators.spellings import SHAPED

_SEVERAL = frozenset({"max", "min"})
_OPEN = ("()", "[]", r"\{\}")


def is_function(reader: Text, at: int) -> bool:
    """Whether a function of the table stands at a place: a command, or a name in upright letters that is not bound."""
    kind, text, _, _ = reader.found[at]
    if kind == "command":
        return bool(function_of(text, command=True))
    if kind != "word" or reader.is_bound(text):
        return False
    return bool(function_of(text) or text in reader.scope.functions or _is_of_arrays(reader, text))


def _is_of_arrays(reader: Text, name: str) -> bool:
    """Whether a name in upright letters is a function that is written out, as the mean of an array is."""
    return bool(reader.scope.arrays) and (name in FUNCTIONS or any(name == row.name for row in SHAPED))


def _function(reader: Text, at: int) -> str:
    kind, text, _, _ = reader.found[at]
    own = text in reader.scope.functions or (kind == "word" and _is_of_arrays(reader, text) and not function_of(text))
    return text if own else function_of(text, command=kind == "command")


def application(reader: Text, at: int, stretch: Stretch) -> Factor:
    """A function with its base, its power and its argument. Raises LanguageError where it has no argument."""
    function, end = _function(reader, at), at + 1
    base: Argument | None = None
    exponent: Argument | None = None
    while reader.is_at(end, "script", "_", "^"):
        if reader.found[end].text == "_":
            base = _base(reader, at, end, function)
            end = base.end
        else:
            raised, exponent = end, exponent_at(reader, end, stretch)
            end = exponent.end
    if exponent and _is_inverse(reader, exponent):
        function, exponent = _inverse(reader, at, function, end), None
    if reader.found[at].text == "lg":
        reader.scope.read_as("`lg` is read as log10; some mean base 2", reader.span(at, at + 1))
    argument = _argument(reader, at, function, end, stretch)
    work: list[Work] = [stretch.of(argument.start, argument.stop)]
    function, work = _with_base(reader, function, work, base, at, stretch)
    called = reader.called(function, work, at, argument.end)
    if exponent:
        check_exponent(reader, at, raised, exponent)
        inner = reader.bracketed([stretch.of(exponent.start, exponent.stop)], raised, exponent.end)
        called = [*called, reader.token("^", raised), *inner]
        called = reader.bracketed(called, at, argument.end)
    return Factor(called, argument.end)


# -- bases and powers


def _base(reader: Text, at: int, end: int, function: str) -> Argument:
    found = reader.argument(end + 1, end)
    if function != "log":
        message = f"`{reader.shown(at, at + 1)}` has no subscript here"
        raise reader.error(message, r"write all of its arguments: \max\{a, b\}", at, found.end)
    return found


def _with_base(
    reader: Text, function: str, work: list[Work], base: Argument | None, at: int, stretch: Stretch
) -> tuple[str, list[Work]]:
    """The logarithm to a base: of 2 and of 10 there are functions."""
    if base is None:
        return function, work
    shown = reader.shown(base.start, base.stop)
    if shown in ("2", "10"):
        return f"log{shown}", work
    return function, [*work, reader.token(",", at), stretch.of(base.start, base.stop)]


def _is_inverse(reader: Text, exponent: Argument) -> bool:
    return reader.shown(exponent.start, exponent.stop).replace(" ", "") in ("-1", "−1")


def _inverse(reader: Text, at: int, function: str, end: int) -> str:
    r"""What \sin^{-1} is. Raises where the table has no such function."""
    shown, name = reader.shown(at, end), INVERSES.get(function, "")
    if name not in FUNCTIONS:
        message = f"`{shown}` may be an inverse function or a reciprocal"
        hint = rf"write \frac{{1}}{{{reader.shown(at, at + 1)}(x)}}, or the inverse by its name"
        raise reader.error(message, hint, at, end)
    reader.scope.read_as(f"`{shown}` is read as {name}, not as a reciprocal", reader.span(at, end))
    return name


# -- arguments


def _argument(reader: Text, at: int, function: str, start: int, stretch: Stretch) -> Argument:
    """The argument that begins at a lexeme: in brackets or braces, or else the next factor."""
    if start < stretch.stop and reader.is_at(start, "open", *_OPEN):
        return Argument(start + 1, reader.partners[start], reader.partners[start] + 1)
    if start < stretch.stop and reader.is_at(start, "open", "{}"):
        return _in_braces(reader, at, start)
    if not reader.begins_operand(start, stretch.stop) or function in _SEVERAL:
        raise _no_argument(reader, at, function, start, stretch)
    end = reader.factor(start, stretch).end
    _check_reach(reader, at, start, end, stretch)
    return Argument(start, end, end)


def _in_braces(reader: Text, at: int, start: int) -> Argument:
    partner = reader.partners[start]
    if reader.is_at(start + 1, "open", *_OPEN) and reader.partners[start + 1] == partner - 1:
        return Argument(start + 2, partner - 1, partner + 1)
    if reader.is_at(partner + 1, "script", "^"):
        inner, head = reader.shown(start + 1, partner), reader.shown(at, start)
        readings = [rf"{head}({inner})", rf"({head}({inner}))"]
        above = reader.argument(partner + 2, partner + 1)
        raised = reader.shown(partner + 1, above.end)
        readings = [f"{head}(({inner}){raised})", f"({head}({inner})){raised}"]
        raise reader.asked("this power may belong to the argument or to the function", readings, at, above.end)
    return Argument(start + 1, partner, partner + 1)


def _no_argument(reader: Text, at: int, function: str, start: int, stretch: Stretch) -> Exception:
    shown = reader.shown(at, start)
    if function in _SEVERAL:
        return reader.error(f"`{shown}` needs its arguments in brackets", rf"write {shown}\{{a, b\}}", at, start)
    if start < stretch.stop and reader.sign(start) == "-" and reader.begins_operand(start + 1, stretch.stop):
        end = reader.run_end(start + 1, stretch)
        reading = f"{shown}({reader.shown(start, end)})"
        return reader.asked(f"`{shown}` needs its argument in brackets", [reading], at, end)
    return reader.error(f"`{shown}` needs its argument", f"write {shown}(x)", at, start)


def _check_reach(reader: Text, at: int, start: int, end: int, stretch: Stretch) -> None:
    """Raise where more than one factor may be the argument of a function without brackets."""
    follows = end < stretch.stop and (
        (reader.begins_operand(end, stretch.stop) and not is_function(reader, end)) or reader.sign(end) == "/"
    )
    if follows:
        last = reader.run_end(start, stretch, divides=True)
        head, first = reader.shown(at, start).rstrip(), reader.shown(start, end)
        rest = reader.source.text[reader.found[end - 1].end : reader.found[last - 1].end]
        readings = [f"{head}({first}){rest}", f"{head}({reader.shown(start, last)})"]
        question = f"how far does the argument of `{reader.shown(at, at + 1)}` reach?"
        raise reader.asked(question, readings, at, last, "put brackets around it")
