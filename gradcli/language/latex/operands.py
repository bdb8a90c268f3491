r"""Operands: numbers, names, brackets, fractions, roots. What a letter before a bracket means.

Depends on the text and on the modules for functions, sums and cases.
"""

from collections.abc import Callable

from gradcli.errors import LanguageError
from gradcli.language.functions import FUNCTIONS
from gradcli.language.guess import did_you_mean
from gradcli.language.latex.cases import cases
from gradcli.language.latex.commands import (
    ACCENTS,
    INVERSES,
    LETTERS,
    REFUSED,
    SIGNS,
)
from gradcli.language.latex.functions import application, is_function
from gradcli.language.latex.letters import letters
from gradcli.language.latex.scripts import Argument, is_letter
from gradcli.language.latex.sums import written_out
from gradcli.language.latex.text import Factor, Stretch, Text, Work

_BRACKETS = ("()", "[]")


def primary(reader: Text, at: int, stretch: Stretch) -> Factor:
    """The operand that begins at a lexeme, without powers. Raises LanguageError where none does."""
    kind, text, start, end = reader.found[at]
    if kind in ("number", "quoted"):
        return Factor([(kind, text, start, end)], at + 1, kind)
    if kind == "word" and reader.shown(at, at + 1).startswith(r"\mathbb"):
        hint = "write what it comes to, or \\mathrm{E} for a name"
        raise reader.error(f"`{reader.shown(at, at + 1)}` is an expectation or a set", hint, at, at + 1)
    if kind in ("open", "begin"):
        return (group if kind == "open" else cases)(reader, at, stretch)
    if is_function(reader, at):
        return application(reader, at, stretch)
    if is_letter(reader.found[at]) or (kind == "command" and text in ACCENTS):
        return letters(reader, at, stretch)
    if kind == "command":
        return COMMANDS.get(text, unknown)(reader, at, stretch)
    what = "nothing stands before" if kind == "script" else "an operand is expected before"
    raise reader.error(f"{what} `{text}`", "write a number, a name or a formula there", at, at + 1)


def group(reader: Text, at: int, stretch: Stretch) -> Factor:
    """What stands in brackets, or in bars: |x| is a call of abs."""
    partner = reader.partners[at]
    text, inner = reader.found[at].text, stretch.of(at + 1, partner)
    if partner == at + 1 and text == "{}":
        return Factor([], partner + 1)
    if reader.kind(at + 1) == "begin" and reader.partners[at + 1] == partner - 1:
        return cases(reader, at + 1, stretch)._replace(end=partner + 1)
    if text == ".":
        message = "a bar for the value at a place is not read"
        raise reader.error(message, "write the expression alone, and bind the value: x=0", at, partner + 1)
    if function := _BARS.get(text):
        end = partner + 1
        if text == "norm" and reader.is_at(end, "script", "_"):  # of one number all norms are the same
            end = reader.argument(end + 1, end).end
        return Factor(reader.called(function, [inner], at, end), end)
    return Factor(reader.bracketed([inner], at, partner + 1), partner + 1)


_BARS = {"||": "abs", "norm": "norm", "floor": "floor", "ceil": "ceil"}


# -- names


def fraction(reader: Text, at: int, stretch: Stretch) -> Factor:
    """A fraction, unless it is a derivative."""
    upper = _argument(reader, at + 1, at, stretch)
    lower = _argument(reader, upper.end, at, stretch)
    _check_derivative(reader, at, upper, lower)
    first = reader.bracketed([stretch.of(upper.start, upper.stop)], at, upper.end)
    work = [*first, reader.token("/", at), *_grouped(reader, lower, stretch)]
    return Factor(reader.bracketed(work, at, lower.end), lower.end)


def _argument(reader: Text, at: int, of: int, stretch: Stretch) -> Argument:
    """An argument; a command without braces takes its own arguments with it."""
    found = reader.argument(at, of)
    if found.end == at + 1 and reader.kind(at) == "command":
        end = (
            reader.factor(at, stretch._replace(stop=at + 1)).end
            if is_letter(reader.found[at])
            else reader.primary(at, stretch).end
        )
        return Argument(at, end, end)
    if found.start == found.stop:
        raise reader.error("these braces are empty", "write a formula between them", at, found.end)
    return found


def _grouped(reader: Text, argument: Argument, stretch: Stretch) -> list[Work]:
    start = argument.start - (argument.end > argument.stop)
    return reader.bracketed([stretch.of(argument.start, argument.stop)], start, argument.end)


def _check_derivative(reader: Text, at: int, upper: Argument, lower: Argument) -> None:
    r"""Raise for \frac{d}{dx}, \frac{dy}{dx}, \frac{\partial f}{\partial x}."""
    first, second = reader.found[upper.start], reader.found[lower.start]
    differential = first.text == second.text and first.text in ("d", "partial") and lower.stop > lower.start + 1
    if differential and (
        upper.stop - upper.start < 3 or first.text == "partial" or reader.kind(upper.start + 1) == "script"
    ):
        of = reader.source.text[slice(*reader.span(lower.start + 1, lower.stop))].strip()
        hint = f"gradcli differentiates: write the function alone, and --wrt {of if of.isalnum() else 'x'}"
        raise reader.error(f"`{reader.shown(at, lower.end)}` is a derivative", hint, at, lower.end)


def root(reader: Text, at: int, stretch: Stretch) -> Factor:
    """A square root, or the real root of a degree."""
    degree = None
    of = at + 1
    if reader.is_at(at + 1, "open", "[]"):
        degree, of = Argument(at + 2, reader.partners[at + 1], reader.partners[at + 1] + 1), reader.partners[at + 1] + 1
    radicand = _argument(reader, of, at, stretch)
    inner = stretch.of(radicand.start, radicand.stop)
    shown = reader.shown(degree.start, degree.stop) if degree else "2"
    if degree is None or shown in ("2", "3"):
        return Factor(reader.called("sqrt" if shown == "2" else "cbrt", [inner], at, radicand.end), radicand.end)
    count = stretch.of(degree.start, degree.stop)
    if "nthroot" in FUNCTIONS:
        work: list[Work] = [inner, reader.token(",", at), count]
        return Factor(reader.called("nthroot", work, at, radicand.end), radicand.end)
    one = [reader.token("number", at, "1"), reader.token("/", at), *reader.bracketed([count], at, degree.end)]
    work = [*reader.bracketed([inner], at, radicand.end), reader.token("^", at), *reader.bracketed(one, at, degree.end)]
    return Factor(reader.bracketed(work, at, radicand.end), radicand.end)


def infinity(reader: Text, at: int, _: Stretch) -> Factor:
    """Infinity, as a number."""
    return Factor([reader.token("name", at, "inf")], at + 1)


def degree_sign(reader: Text, at: int, _: Stretch) -> Factor:
    r"""A \degree that follows nothing."""
    raise reader.error(f"nothing stands before `{reader.shown(at, at + 1)}`", "write the angle before it", at, at + 1)


def unknown(reader: Text, at: int, _: Stretch) -> Factor:
    """A command that gradcli has not, or does not know. Raises LanguageError."""
    raise _unknown(reader, at)


def _unknown(reader: Text, at: int) -> LanguageError:
    text, shown = reader.found[at].text, reader.shown(at, at + 1)
    if text in REFUSED:
        what, hint = REFUSED[text]
        return reader.error(f"`{shown}` {what}", hint, at, at + 1)
    known = [*COMMANDS, *LETTERS, *SIGNS, *ACCENTS, *INVERSES]
    plain = rf"write \operatorname{{{text}}}(x) for a function, \mathrm{{{text}}} for a name"
    hint = did_you_mean(text, [name for name in known if name.isalpha()], mark="\\") if len(text) > 1 else ""
    return reader.error(
        f"the command `{shown}` is not known", hint or (plain if text.isalpha() else "take it away"), at, at + 1
    )


COMMANDS: dict[str, Callable[[Text, int, Stretch], Factor]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), fraction),
    "sqrt": root,
    "sum": written_out,
    "prod": written_out,
    "infty": infinity,
    "degree": degree_sign,
}
