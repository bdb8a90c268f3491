"""What to write for names without a value that may be products of others, without a sign: wx, πr², sinx.

Depends on the language: what is offered is parsed before. A name stays one name: this is only asked where it has no
value.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from gradcli.errors import LanguageError, Source
from gradcli.language.functions import FUNCTIONS
from gradcli.language.otherwise import otherwise
from gradcli.language.pieces import pieces
from gradcli.language.program import parse
from gradcli.language.readings import reach
from gradcli.language.symbols import POSTFIX, PREFIX, ROOTS
from gradcli.language.tokens import Token, tokens
from gradcli.operators import precedence
from gradcli.operators.table import CONSTANT

MOST_READINGS, LONGEST_TEXT = 2, 120
"""Of a longer text the names are shown, and not all of it."""
_POWERS = frozenset({"^", "**", "superscript"})
_TIGHT = frozenset({"/", "÷", "%", *_POWERS, *ROOTS})
"""Behind these only the first factor of a product would be meant, were there no parentheses."""


class Offer(NamedTuple):
    """What to write for names without a value, and which of these still want one: perhaps all, where it is a guess."""

    hint: str
    rest: list[str]
    guess: bool

    def or_else(self, others: str) -> str:
        """The hint with what gives the rest a value."""
        return f"{self.hint}; {'or' if self.guess else 'and'} {others}" if self.rest else self.hint


def unglued(text: str, missing: Collection[str], known: Collection[str]) -> Offer | None:
    """What to write for the missing names of a formula that are made of known ones, of constants and functions."""
    names = {*known} - {*missing}
    guessed = {name[-1] for name in missing if name[:-1] in FUNCTIONS} - names
    found = _offer(text, missing, names) or (_offer(text, missing, names | guessed, guess=True) if guessed else None)
    if found is None and (hint := otherwise(text, [*missing], parse)):
        return Offer(hint, [*missing], guess=True)
    return found


def _offer(text: str, missing: Collection[str], names: Collection[str], *, guess: bool = False) -> Offer | None:
    split = {name: found for name in missing if (found := [*islice(pieces(name, names), MOST_READINGS)])}
    rest = [name for name in missing if name not in split]
    choices = [_written(text, split, at) for at in range(MOST_READINGS)] if split else []
    sound = [choice for choice in dict.fromkeys(choices) if _is_sound(choice, {*names, *rest}, split)]
    if not sound:
        return None
    short = len(text) <= LONGEST_TEXT and "\n" not in text
    shown = sound if short else [", ".join(f"{'*'.join(found[0])} for {name}" for name, found in split.items())]
    written = " or ".join(" ".join(choice.split()) for choice in shown)
    return Offer(f"write {written}", [*missing] if guess else rest, guess)


def _written(text: str, split: Mapping[str, Sequence[tuple[str, ...]]], choice: int) -> str:
    """The formula with each name taken apart."""
    source, written, at, tight = Source(text), [], 0, False
    before: Token = ("end", "", 0, 0)
    for token in (read := [*tokens(source)]):
        if token[0] == "name" and token[1] in split and token[2] >= at:
            after = read[read.index(token) + 1]
            end, product = _product(source, token, after, split, choice)
            joined = "*" if before[0] == "number" and before[3] == token[2] else ""
            whole = tight and "*" in product and not (choice and "(" in product)
            written += [text[at : token[2]], joined, f"({product})" if whole else product]
            at = end
        tight, before = token[0] in _TIGHT or (tight and token[0] in PREFIX), token
    return "".join(written) + text[at:]


def _product(
    source: Source, token: Token, after: Token, split: Mapping[str, Sequence[tuple[str, ...]]], choice: int
) -> tuple[int, str]:
    """Where a name with its power ends, and the product that it may be: a power is of the last factor alone."""
    found = split[token[1]]
    if after[0] in POSTFIX:
        return after[3], f"({'*'.join(found[min(choice, len(found) - 1)])}){after[1]}"
    if after[0] not in _POWERS:
        return token[3], "*".join(found[min(choice, len(found) - 1)])
    end = reach(source, token[2], precedence.POWER)
    *factors, last = found[0]
    names = re.compile("|".join(rf"\b{name}\b" for name in split))
    power = names.sub(lambda name: f"({'*'.join(split[name[0]][0])})", source.text[token[3] : end])
    last = f"{last[:-1]}{power})" if choice and last.endswith(")") else last + power
    return end, "*".join([*factors, last])


def _is_sound(text: str, names: Collection[str], split: Collection[str]) -> bool:
    """Whether a text is a program of these names alone."""
    try:
        return {*parse(text, variables={*names} - {*CONSTANT}).variables} <= {*names} - {*split}
    except LanguageError:
        return False
