r"""Letters: names, runs of letters that are bound, \\sigma(x) and \\Gamma(x), calls of the program's own functions.

Depends on the text and on names.
"""

from gradcli.language.elsewhere import instead
from gradcli.language.functions import FUNCTIONS
from gradcli.language.latex.commands import (
    LETTER_FUNCTIONS,
    LETTERS,
    VARIANTS,
    function_of,
)
from gradcli.language.latex.names import Name
from gradcli.language.latex.powers import exponent_at
from gradcli.language.latex.text import Factor, Stretch, Text
from gradcli.language.scope import SHORT
from gradcli.operators.table import CONSTANT

_BRACKETS = ("()", "[]")
_SENTENCE = frozenset({"for", "if", "where", "when", "then", "else", "otherwise", "with", "hence", "so", "thus"})


def letters(reader: Text, at: int, stretch: Stretch) -> Factor:
    """A name: one letter, letters side by side that are bound, or what its accents and its subscript make of it."""
    end = reader.letters_end(at)
    if end > at + 1 and (run := _run(reader, at, end, stretch)):
        return run
    _check_word(reader, at)
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
    if reader.is_at(end, "open", *_BRACKETS):
        if call := _call(reader, at, name.spellings, end, stretch):
            return call
        _check_function(reader, at, spelled, end)
    return _variable(reader, spelled, at, end)


def _check_word(reader: Text, at: int) -> None:
    """Raise for a word of a sentence, and for an e between a number and what may be its exponent."""
    kind, text, _, _ = reader.found[at]
    if kind != "word" or reader.is_bound(text):
        return
    if text.lower() in _SENTENCE:
        hint = r"write the formula alone; conditions stand in \begin{cases}"
        raise reader.error(f"`{text}` is a word of a sentence, and no name", hint, at, at + 1)
    if text in ("e", "E") and at and reader.kind(at - 1) == "number" and reader.is_at(at + 1, "open", "{}"):
        end = reader.partners[at + 1] + 1
        number, exponent = reader.shown(at - 1, at), reader.shown(at + 2, end - 1)
        readings = [rf"{number} \cdot 10^{{{exponent}}}", rf"{number} \cdot e ({exponent})"]
        raise reader.asked("this `e` may be a number or a power of ten", readings, at - 1, end)


def _check_function(reader: Text, at: int, spelled: str, end: int) -> None:
    r"""Raise for \operatorname{foo}(x), and for a longer name that is not bound and that a bracket follows at once."""
    shown = reader.shown(at, at + 1)
    if reader.kind(at) != "word" or len(spelled) <= SHORT or reader.is_bound(spelled) or not reader.glued(end):
        return
    if shown.startswith((r"\operatorname", r"\text")) or instead(spelled):
        hint = instead(spelled) or rf"for a product write {shown} \cdot (…)"
        raise reader.error(f"there is no function `{spelled}`", hint, at, end)


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
