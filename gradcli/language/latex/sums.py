r"""Sums and products with whole bounds, written out: \sum_{k=0}^{5} x^k reaches to the next + or − outside of brackets.

Depends on the text.
"""

from collections.abc import Mapping

from gradcli.errors import LanguageError, LimitError
from gradcli.language.latex.commands import COMPARISONS, LOOSE
from gradcli.language.latex.lexemes import ends_operand
from gradcli.language.latex.names import whole_sum
from gradcli.language.latex.scripts import Argument
from gradcli.language.latex.text import Factor, Stretch, Terms, Text, Work

MOST_WRITTEN = 500_000
"""How many lexemes the sums and products of a text may be written out to."""
_ENDS = COMPARISONS | LOOSE | {"+", "-", ",", ";", "="}


def written_out(reader: Text, at: int, stretch: Stretch) -> Factor:
    """A sum or a product as its terms. Raises LanguageError, and LimitError for too many."""
    lower, upper, start = _bounds(reader, at)
    letter, first = _counter(reader, at, lower, stretch.counts)
    last = whole(reader, upper, stretch.counts)
    end = _reach(reader, start, stretch)
    if start >= end:
        raise reader.error(f"nothing follows `{reader.shown(at, start)}`", "write the terms behind it", at, start)
    body = Stretch(start, end, stretch.counts, stretch.weight * max(1, last - first + 1))
    if body.weight * (end - start) > MOST_WRITTEN:
        message = f"sums are written out, and here that takes more than {MOST_WRITTEN:,} letters"
        raise LimitError(message, hint="write fewer terms", span=reader.span(at, start), source=reader.source)
    is_sum = reader.found[at].text == "sum"
    if last < first:
        return Factor(reader.number(0 if is_sum else 1, at), end)
    sign = reader.token("+" if is_sum else "*", at)
    return Factor(reader.bracketed([Terms(body, letter, first, last, sign)], at, end), end)


def terms(reader: Text, work: Terms) -> list[Work]:
    """The next term, and those behind it."""
    body, letter, number, last, sign = work
    term = body._replace(counts={**body.counts, letter: number})
    first = reader.bracketed([term], body.at, body.stop)
    return first if number == last else [*first, sign, work._replace(number=number + 1)]


def whole_names(reader: Text) -> dict[str, int]:
    """The names that are bounds of sums, and the whole numbers that are bound to them."""
    found: dict[str, int] = {}
    places = [
        at for at, lexeme in enumerate(reader.found) if lexeme.kind == "command" and lexeme.text in ("sum", "prod")
    ]
    for at in places:
        try:
            lower, upper, _ = _bounds(reader, at)
        except LanguageError:
            continue
        for place in (*range(lower.start + 1, lower.stop), *range(upper.start, upper.stop)):
            name = reader.name(place, {})
            for spelling in name.spellings if name else ():
                value = reader.scope.whole(spelling)
                if value is not None:
                    found[spelling] = value
                    reader.scope.use_as_bound(spelling, reader.span(place, place + 1))
    return found


def _bounds(reader: Text, at: int) -> tuple[Argument, Argument, int]:
    """The lower and the upper bound, and the place behind them."""
    found: dict[str, Argument] = {}
    end = at + 1
    while reader.is_at(end, "script", "_", "^") and reader.found[end].text not in found:
        text = reader.found[end].text
        found[text] = reader.argument(end + 1, end)
        end = found[text].end
    if len(found) < 2:
        shown = reader.found[at].text
        raise reader.error(f"`\\{shown}` needs both of its bounds", rf"write \{shown}_{{i=1}}^{{3}} x_{{i}}", at, end)
    return found["_"], found["^"], end


def _counter(reader: Text, at: int, lower: Argument, index: Mapping[str, int]) -> tuple[str, int]:
    """The letter that counts, and its first number."""
    start, stop = lower.start, lower.stop
    if stop < start + 3 or reader.kind(start) != "letter" or reader.sign(start + 1) != "=":
        hint = rf"write \{reader.found[at].text}_{{i=1}}^{{3}}"
        raise reader.error("the lower bound is a letter and its first number", hint, start, max(stop, start + 1))
    return reader.found[start].text, whole(reader, Argument(start + 2, stop, stop), index)


def whole(reader: Text, bound: Argument, index: Mapping[str, int]) -> int:
    """The whole number that a bound is: of digits, of names bound to whole numbers, or a sum of them."""
    parts = []
    for at in range(bound.start, bound.stop):
        kind, text, _, _ = reader.found[at]
        name = reader.name(at, {}) if kind != "number" else None
        known = [reader.whole[spelling] for spelling in name.spellings if spelling in reader.whole] if name else []
        parts.append(str(index[text]) if text in index else str(known[0]) if known else text)
    value = whole_sum(parts)
    if value is None:
        raise _not_whole(reader, bound)
    return value


def _not_whole(reader: Text, bound: Argument) -> LanguageError:
    start, stop = bound.start, max(bound.stop, bound.start + 1)
    shown = reader.shown(start, stop)
    if reader.is_at(start, "command", "infty"):
        message = "a sum to infinity has no end"
        return reader.error(message, "write what it comes to, or as many terms as are needed", start, stop)
    name = reader.name(start, {})
    bind = f"bind {name.spellings[0]} to one: {name.spellings[0]}=5" if name else "write one: 5"
    return reader.error(f"the bound `{shown}` is no whole number", bind, start, stop)


def _reach(reader: Text, start: int, stretch: Stretch) -> int:
    """Where the terms end: before the next sign that binds looser than a product."""
    return min(reader.stops[start] if start < len(reader.stops) else start, stretch.stop)


def stops(reader: Text) -> list[int]:
    """For each lexeme the next place outside of brackets where a term ends. One pass from the end."""
    found, stack = [0] * len(reader.found), [len(reader.found)]
    for at in range(len(reader.found) - 1, -1, -1):
        lexeme = reader.found[at]
        if lexeme.kind in ("close", "end"):
            stack.append(at)
        elif lexeme.kind in ("open", "begin"):
            stack.pop()
        elif _is_end(reader, at):
            stack[-1] = at
        found[at] = stack[-1] if lexeme.kind not in ("close", "end") else at
    return found


def _is_end(reader: Text, at: int) -> bool:
    """Whether a term ends before a lexeme; a sign before which no operand stands is part of one."""
    if reader.kind(at) in ("break", "newline", "&"):
        return True
    sign = reader.sign(at)
    return sign in _ENDS and not (sign in ("+", "-") and (not at or not ends_operand(reader.found[at - 1])))
