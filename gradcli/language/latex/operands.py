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
    LETTER_FUNCTIONS,
    LETTERS,
    REFUSED,
    SIGNS,
    VARIANTS,
    function_of,
)
from gradcli.language.latex.functions import application, is_function
from gradcli.language.latex.names import Name
from gradcli.language.latex.powers import exponent_at
from gradcli.language.latex.scripts import Argument, is_letter
from gradcli.language.latex.sums import written_out
from gradcli.language.latex.text import Factor, Stretch, Text, Work
from gradcli.operators.table import CONSTANT

_BRACKETS = ("()", "[]")


def primary(reader: Text, at: int, stretch: Stretch) -> Factor:
    """The operand that begins at a lexeme, without powers. Raises LanguageError where none does."""
    kind, text, start, end = reader.found[at]
    if kind in ("number", "quoted"):
        return Factor([(kind, text, start, end)], at + 1, kind)
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
        called = function if function in FUNCTIONS else "abs"
        return Factor(reader.called(called, [inner], at, partner + 1), partner + 1)
    return Factor(reader.bracketed([inner], at, partner + 1), partner + 1)


_BARS = {"||": "abs", "norm": "norm", "floor": "floor", "ceil": "ceil"}


# -- names


def letters(reader: Text, at: int, stretch: Stretch) -> Factor:
    """A name: one letter, letters side by side that are bound, or what its accents and its subscript make of it."""
    end = reader.letters_end(at)
    if end > at + 1 and (run := _run(reader, at, end, stretch)):
        return run
    name = reader.name(at, stretch.counts)
    return _meant(reader, at, name, stretch)


def _meant(reader: Text, at: int, name: Name | None, stretch: Stretch) -> Factor:
    """What a name stands for: a number of a sum, a function before its bracket, or a variable."""
    if name is None:
        raise reader.error("this accent is on no letter", r"write one letter in its braces: \hat{y}", at, at + 1)
    spelled, end = name.spellings[0], name.end
    letter = reader.found[at].text
    counted = stretch.counts if end == at + 1 else {}
    if letter in counted:
        return Factor(reader.number(counted[letter], at), end, "number")
    if reader.kind(end) == "number" and reader.glued(end) and reader.kind(at) == "letter" and end == at + 1:
        return _numbered(reader, at, end)
    if powered := _powered(reader, at, name.spellings, end, stretch):
        return powered
    value = next((reader.whole[spelling] for spelling in name.spellings if spelling in reader.whole), None)
    if value is not None:
        return Factor(reader.number(value, at), end, "number")
    if reader.is_at(end, "open", *_BRACKETS) and (call := _call(reader, at, name.spellings, end, stretch)):
        return call
    return _variable(reader, spelled, at, end)


def _variable(reader: Text, spelled: str, at: int, end: int) -> Factor:
    """A name that is no more than that."""
    if spelled in ("τ", "tau") and not reader.is_bound(spelled):
        reader.scope.read_as(f"`{reader.shown(at, end)}` is 2π here, as nothing is bound to it", reader.span(at, end))
    return Factor([reader.named(spelled, at, end)], end)


def _run(reader: Text, at: int, end: int, stretch: Stretch) -> Factor | None:
    """Letters side by side as one name, where that is bound; None where they are a product."""
    spelled, parts = reader.shown(at, end), [reader.found[place].text for place in range(at, end)]
    after, named = end, spelled
    if reader.glued(at) and reader.kind(at - 1) == "letter":  # the end of a run
        named = ""
    elif reader.is_at(end, "script", "_") and (below := reader.name(end - 1, stretch.counts)) and below.end > end:
        joined = [f"{spelled[:-1]}{spelling}" for spelling in below.spellings]
        named, after = next((name for name in joined if reader.is_bound(name)), ""), below.end
    if named in reader.scope.functions and reader.is_at(after, "open", *_BRACKETS):
        return _own_call(reader, at, after, named, stretch)
    if named and reader.is_bound(named):
        if after == end and all(reader.is_bound(part) for part in parts):
            question = f"`{spelled}` is bound, and so is each of its letters"
            raise reader.asked(question, [rf"\mathrm{{{spelled}}}", " ".join(parts)], at, end)
        return Factor([reader.named(named, at, after)], after)
    if stretch.counts and any(part in stretch.counts for part in parts):
        return None
    meant = (
        rf"\operatorname{{{spelled}}}" if function_of(spelled) else rf"\{spelled}" if spelled in ("pi", "tau") else ""
    )
    if spelled in CONSTANT or meant:
        question = f"in LaTeX letters stand for themselves: `{spelled}` may be one name"
        raise reader.asked(question, [meant or rf"\mathrm{{{spelled}}}", " ".join(parts)], at, end)
    return None


def _numbered(reader: Text, at: int, end: int) -> Factor:
    """A letter with digits right behind it: a name where that is bound."""
    spelled, digits = reader.shown(at, end + 1), reader.found[end].text
    if reader.is_bound(spelled):
        return Factor([reader.named(spelled, at, end + 1)], end + 1)
    letter = reader.shown(at, end)
    readings = [rf"{letter}_{{{digits}}}", rf"{letter} \cdot {digits}"]
    raise reader.asked(f"`{spelled}` may be a name or a product", readings, at, end + 1)


def _call(reader: Text, at: int, spellings: tuple[str, ...], end: int, stretch: Stretch) -> Factor | None:
    """A letter before a bracket: a function of the program, or what σ, Γ and Φ are; None where it is a product."""
    own = next((name for name in spellings if name in reader.scope.functions), None)
    if own:
        return _own_call(reader, at, end, own, stretch)
    function = LETTER_FUNCTIONS.get(spellings[0]) or LETTER_FUNCTIONS.get(_letter(reader, at))
    if function is None or function not in FUNCTIONS or end != at + 1:
        return None
    shown = reader.shown(at, end)
    if any(reader.is_bound(spelling) for spelling in spellings) or _stands_alone(reader, at):
        question = f"`{shown}` before a bracket may be a function or a factor"
        stop = reader.partners[end] + 1
        inside = reader.shown(end, stop)
        raise reader.asked(question, [rf"\operatorname{{{function}}}{inside}", rf"{shown} \cdot {inside}"], at, stop)
    if shown != r"\Gamma":
        said = "the logistic function" if function == "sigmoid" else f"the function {function}"
        reader.scope.read_as(f"`{shown}` before a bracket is read as {said}", reader.span(at, end))
    return _own_call(reader, at, end, function, stretch)


def _powered(reader: Text, at: int, spellings: tuple[str, ...], end: int, stretch: Stretch) -> Factor | None:
    r"""The power of a function that is a letter, as \Gamma^{2}(x); None for anything else."""
    if spellings[0] not in ("Γ", "Φ") or end != at + 1 or not reader.is_at(end, "script", "^"):
        return None
    exponent = exponent_at(reader, end, stretch)
    if not reader.is_at(exponent.end, "open", *_BRACKETS) or any(map(reader.is_bound, spellings)):
        return None
    called = _own_call(reader, at, exponent.end, LETTER_FUNCTIONS[spellings[0]], stretch)
    inner = reader.bracketed([stretch.of(exponent.start, exponent.stop)], end, exponent.end)
    work = reader.bracketed([*called.work, reader.token("^", end), *inner], at, called.end)
    return Factor(work, called.end)


def _letter(reader: Text, at: int) -> str:
    text = reader.found[at].text
    return LETTERS.get(VARIANTS.get(text, text), text)


def _stands_alone(reader: Text, at: int) -> bool:
    """Whether the letter stands elsewhere without a bracket behind it."""
    return reader.found[at].text in reader.alone


def _own_call(reader: Text, at: int, end: int, function: str, stretch: Stretch) -> Factor:
    partner = reader.partners[end]
    inner = reader.bracketed([stretch.of(end + 1, partner)], end, partner + 1)
    return Factor([("call", function, *reader.span(at, end)), *inner], partner + 1)


# -- commands


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
