r"""\begin{cases} as conditionals: the value of the first row whose condition holds.

Depends on the text.
"""

from typing import NamedTuple

from gradcli.language.latex.text import Factor, Stretch, Text, Work

_CASES = frozenset({"cases", "dcases", "rcases", "array"})
_IF = frozenset({"if", "for", "when", "where", "wenn", "si"})
_ELSE = frozenset(
    {"otherwise", "else", "sonst", "sinon", "elsewhere", "o.w", "ow", "in all other cases", "all other cases"}
    | {"in other cases", "if otherwise", "anders", "altrimenti", "en otro caso", "for all other x", "others", "if not"}
)


class Row(NamedTuple):
    """A row: its value and its condition, from a lexeme to before another; the condition is empty for all else."""

    value: tuple[int, int]
    condition: tuple[int, int]


def cases(reader: Text, at: int, stretch: Stretch) -> Factor:
    """The conditional that cases are. Raises LanguageError."""
    name, end = reader.found[at].text, reader.partners[at] + 1
    if name not in _CASES:
        hint = "gradcli has scalars: give each element a name of its own, such as x_{1}"
        raise reader.error(f"`{name}` is an environment that gradcli does not read", hint, at, at + 1)
    rows = _rows(reader, at, end - 1)
    work: list[Work] = []
    for number, row in enumerate(rows):
        work.append(stretch.of(*row.value))
        if row.condition[0] == row.condition[1]:
            if number < len(rows) - 1:
                raise reader.error("this row has no condition, and is not the last", "write one: & x > 0", *row.value)
            break
        work += [reader.token("if", row.condition[0]), stretch.of(*row.condition, condition=True)]
        work.append(reader.token("else", row.condition[1] - 1))
    else:
        work.append(reader.token("name", end - 1, "nan"))
    return Factor(reader.bracketed(work, at, end), end)


def _rows(reader: Text, at: int, stop: int) -> list[Row]:
    rows, start = [], at + 1
    for end in [*_marks(reader, at + 1, stop, "break"), stop]:
        if any(reader.kind(place) not in ("newline", "sign") for place in range(start, end)):
            rows.append(_row(reader, start, end))
        start = end + 1
    if not rows:
        raise reader.error("these cases are empty", r"write rows: x & x > 0 \\", at, stop + 1)
    return rows


def _row(reader: Text, start: int, end: int) -> Row:
    part = next(iter(_marks(reader, start, end, "&")), end)
    value = _trimmed(reader, start, part)
    first, last = _trimmed(reader, min(part + 1, end), end)
    if value[0] == value[1]:
        raise reader.error("this row has no value", r"write one: x & x > 0 \\", start, max(end, start + 1))
    if part == end:  # a word may part them as well
        words = (place for place in range(*value) if _word(reader, place) in _IF | _ELSE)
        part = next(words, end)
        value, (first, last) = _trimmed(reader, start, part), _trimmed(reader, part, end)
    if first < last and _word(reader, first) in _ELSE:
        return Row(value, (last, last))
    if first < last and _word(reader, first) in _IF:
        first += 1
    if first + 1 == last and " " in _word(reader, first) and not reader.is_bound(reader.found[first].text):
        hint = r"write the condition as a formula: x > 0; what is left is \text{otherwise}"
        raise reader.error("this condition is written in words", hint, first, last)
    if reader.is_at(first, "open", "{}") and reader.partners[first] == last - 1:
        return Row(value, _trimmed(reader, first + 1 + (_word(reader, first + 1) in _IF), last - 1))
    return Row(value, (first, last))


def _word(reader: Text, at: int) -> str:
    return reader.found[at].text.lower().strip(" .,") if reader.kind(at) == "word" else ""


def _trimmed(reader: Text, start: int, end: int) -> tuple[int, int]:
    """A part without its newlines, and without the comma at its end."""
    while start < end and (reader.kind(start) in ("newline", "&") or reader.is_at(start, "sign", ",")):
        start += 1
    while start < end and (reader.kind(end - 1) in ("newline", "&") or reader.is_at(end - 1, "sign", ",", ";")):
        end -= 1
    return start, end


def _marks(reader: Text, start: int, stop: int, kind: str) -> list[int]:
    """The lexemes of a kind that stand in no brackets."""
    found, at = [], start
    while at < stop:
        if reader.kind(at) == kind:
            found.append(at)
        at = reader.partners[at] + 1 if reader.kind(at) in ("open", "begin") else at + 1
    return found
