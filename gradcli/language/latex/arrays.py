r"""Arrays in LaTeX: x_i is an entry where x is one, A^\top a transpose, and what stands side by side may be a product.

Depends on the text. Which product it is depends on shapes, which are known later: its sign says how it is written.
"""

from collections.abc import Iterator, Mapping

from gradcli.language.latex.scripts import Argument
from gradcli.language.latex.text import Factor, Stretch, Text, Work
from gradcli.language.tokens import Token

BESIDE, ROW = "beside", "row"
"""The texts of the signs for a product side by side, and for a transpose."""
_PRODUCTS = frozenset({"cdot", "times"})
_TURNED = frozenset({"top", "intercal", "T"})


def product_sign(reader: Text, at: int) -> tuple[str, str]:
    """Kind and text of the token for a sign of a product."""
    text = reader.found[at].text
    return ("@", text) if reader.scope.arrays and text in _PRODUCTS else ("*", "*")


def beside(reader: Text, at: int) -> Token:
    """The token of the product of what stands before a lexeme and what begins there."""
    start = reader.found[at].start
    return ("@", BESIDE, start, start) if reader.scope.arrays else ("*", "*", start, start)


def entry(reader: Text, at: int, stretch: Stretch) -> Factor | None:
    """The entry of an array that begins at a lexeme: x_i, W_{i,j}, W_{ij}; None where none does."""
    name, end = _array(reader, at)
    if not name or not reader.is_at(end, "script", "_"):
        return None
    below = reader.argument(end + 1, end)
    work: list[Work] = [reader.named(name, at, end)]
    sign = "["
    for index in _indices(reader, below, reader.scope.arrays.get(name, 0), stretch.counts):
        work.append(reader.token(sign, below.start))
        work.append(stretch.of(index.start, index.stop) if isinstance(index, Argument) else index)
        sign = ","
    return Factor([*work, reader.token("]", below.stop - 1)], below.end)


def _array(reader: Text, at: int) -> tuple[str, int]:
    """The name of an array, or of what may be one as the text defines it, and its end; empty for any other."""
    whole, alone = reader.name(at, {}), reader.unscripted(at)
    if whole is None or alone is None or (whole.end > alone.end and reader.is_bound(whole.spellings[0])):
        return "", at
    known = (reader.scope.arrays, reader.scope.definitions)
    return next((each for each in alone.spellings if any(each in names for names in known)), ""), alone.end


def _indices(reader: Text, below: Argument, dimensions: int, counts: Mapping[str, int]) -> Iterator[Argument | Token]:
    """The indices of a subscript: between commas; of letters and digits that are as many as there are, one each."""
    cuts = [at for at in range(below.start, below.stop) if reader.is_at(at, "sign", ",")]
    inner = reader.found[below.start : below.stop]
    single = all(lexeme.kind in ("letter", "number") for lexeme in inner)
    if not cuts and single and sum(len(lexeme.text) for lexeme in inner) == dimensions > 1:
        for lexeme in inner:
            for place, text in enumerate(lexeme.text, lexeme.start):
                number = str(counts[text]) if text in counts else text
                yield "number" if number.isdigit() else "name", number, place, place + 1
        return
    starts = [below.start, *(cut + 1 for cut in cuts)]
    for start, stop in zip(starts, [*cuts, below.stop], strict=True):
        yield Argument(start, stop, stop)


def turned(reader: Text, start: int, factor: Factor) -> Factor | None:
    r"""A factor with the ^\top or ^T that follows it; None where none does. A T alone is one on an array only."""
    end = factor.end
    if not reader.scope.arrays or not reader.is_at(end, "script", "^") or reader.is_at(end + 1, "close"):
        return None
    raised = reader.argument(end + 1, end)
    if raised.stop != raised.start + 1 or reader.found[raised.start].text not in _TURNED:
        return None
    name, after = _array(reader, start)
    if reader.found[raised.start].text == "T" and (not name or after != end or reader.is_bound("T")):
        return None
    return Factor([*factor.work, ("'", ROW, *reader.span(end, raised.end))], raised.end)
