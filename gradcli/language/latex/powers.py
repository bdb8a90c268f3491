r"""Powers: x^{2}, 30^{\circ}, and what is asked about: W^{(1)}, x^a^b, a subscript behind a power.

Depends on the text.
"""

from gradcli.language.latex.commands import PRODUCTS as TRANSPOSED
from gradcli.language.latex.commands import SIGNS
from gradcli.language.latex.scripts import Argument
from gradcli.language.latex.text import Factor, Stretch, Text, Work

_MARKS = {"ast": "star", "*": "star", "star": "star", "dagger": "T", "top": "T", "intercal": "T", "prime": "new"}
"""What stands above a letter and is no exponent → how a name may say so; T is a transpose."""


def power(reader: Text, start: int, base: Factor, stretch: Stretch, *, raised: bool) -> tuple[list[Work], int]:
    """The factor with the script or prime behind it, and the place behind that. Raises LanguageError."""
    at = base.end
    if reader.kind(at) == "prime":
        message = "a prime may be a derivative or part of a name"
        raise reader.error(message, "write the derivative out, or a name such as y_{1}", at, at + 1)
    if reader.found[at].text == "_":
        raise _subscript(reader, start, at)
    exponent = exponent_at(reader, at, stretch)
    if _is_degree(reader, exponent):
        return degrees(reader, base, start, exponent.end), exponent.end
    if raised:
        raise _twice(reader, start, at, exponent)
    check_exponent(reader, start, at, exponent)
    inner = reader.bracketed([stretch.of(exponent.start, exponent.stop)], at + 1, exponent.end)
    return [*base.work, reader.token("^", at), *inner], exponent.end


def exponent_at(reader: Text, at: int, stretch: Stretch) -> Argument:
    """What a ^ raises to: a command without braces takes its arguments with it."""
    found = reader.argument(at + 1, at)
    if found.stop == found.start + 1 and (what := _MARKS.get(reader.found[found.start].text)):
        base = reader.shown(at - 1, at)
        hint = f"write a name with a subscript: {base}_{{{what}}}" if what != "T" else TRANSPOSED
        message = f"`{reader.shown(at, found.end)}` is no power" + (", but a transpose" if what == "T" else "")
        raise reader.error(message, hint, at, found.end)
    if reader.is_at(at + 1, "open", "()", "[]"):
        end = reader.partners[at + 1] + 1
        inner = reader.shown(at + 2, end - 1)
        raise reader.asked("without braces `^` raises the bracket alone", [f"^{{{inner}}}"], at, end)
    if found.end == at + 2 and reader.kind(at + 1) == "command" and reader.found[at + 1].text not in ("circ", "degree"):
        end = reader.primary(at + 1, stretch).end
        return Argument(at + 1, end, end)
    return found


def degrees(reader: Text, base: Factor, start: int, end: int) -> list[Work]:
    """An angle in degrees, as radians."""
    factor: list[Work] = [reader.token("*", end - 1), reader.token("name", end - 1, "pi")]
    return reader.bracketed([*base.work, *factor, reader.token("/", end - 1), *reader.number(180, end - 1)], start, end)


def _is_degree(reader: Text, exponent: Argument) -> bool:
    return exponent.stop == exponent.start + 1 and reader.is_at(exponent.start, "command", "circ", "degree")


def check_exponent(reader: Text, start: int, at: int, exponent: Argument) -> None:
    """Raise for an exponent that may be part of a name: one number or letter in brackets, or a sign."""
    inner = reader.found[exponent.start : min(exponent.stop, exponent.start + 4)]
    if not inner:
        raise reader.error("this power is empty", "write the exponent in the braces", at, exponent.end)
    if len(inner) == 1 and SIGNS.get(inner[0].text):
        message = f"`{inner[0].text}` is no exponent; it may be part of a name"
        raise reader.error(message, "write a name with a subscript: x_{1}", at, exponent.end)
    if (
        len(inner) == 3
        and inner[0].kind == "open"
        and inner[0].text in ("()", "[]")
        and inner[1].kind in ("number", "letter")
    ):
        base = reader.shown(start, at)
        name = [f"{base}_{{{inner[1].text}}}"] if "_" not in base else []
        readings = [*name, f"{base}^{{{inner[1].text}}}"]
        raise reader.asked(
            "this may be a name or a power", readings, start, exponent.end, "write a subscript or a power"
        )


def _twice(reader: Text, start: int, at: int, exponent: Argument) -> Exception:
    base, first = reader.shown(start, at).split("^", 1)
    second = reader.shown(exponent.start, exponent.stop)
    inner = first[1:-1] if first.startswith("{") and first.endswith("}") else first
    readings = [f"{base}^{{{inner}^{{{second}}}}}", f"({base}^{first})^{{{second}}}"]
    return reader.asked("two powers follow each other", readings, start, exponent.end)


def _subscript(reader: Text, start: int, at: int) -> Exception:
    """A subscript that makes no name: behind a power it goes first; else it is on no letter, or no name."""
    below = reader.argument(at + 1, at)
    shown = reader.shown(start, at)
    if "^" in shown and "_" not in shown:
        base, raised = shown.split("^", 1)
        return reader.asked(
            "a subscript goes before the power", [f"{base}{reader.shown(at, below.end)}^{raised}"], start, below.end
        )
    message = "this subscript is no name" if below.start < below.stop else "this subscript is empty"
    return reader.error(message, "write a letter with letters and digits below it: x_{1}", at, below.end)
