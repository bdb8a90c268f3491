"""What an explanation is made of, before it takes a form: sections of lines, and formulas in the lines.

Depends on the printers of the language and of LaTeX.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gradcli.emit.latex import latex, number, symbol
from gradcli.emit.latex import prose as written_out
from gradcli.emit.matrices import matrix
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text
from gradcli.passes.arithmetic import rounded, terms_text
from gradcli.passes.arrays import SOME_ENTRIES, in_a_line
from gradcli.shapes import Array

LONGEST_FORMULA = 160
MOST_AT_AN_END = 30
"""Of a long list so many are told at its beginning, and at its end."""


class Side(NamedTuple):
    """A piece of mathematics, as text and as LaTeX."""

    text: str
    latex: Callable[[], str]


class Line(NamedTuple):
    """Words and formulas one after another; an equation stands on a line of its own."""

    parts: tuple[str | Side, ...]
    equation: bool = False

    @property
    def text(self) -> str:
        """The line as plain text."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


class Section(NamedTuple):
    """Lines under a title."""

    title: str
    lines: list[Line]


def prose(*parts: str | Side) -> Line:
    """A sentence."""
    return Line(parts)


def equation(*parts: str | Side) -> Line:
    """An equation: sides with their signs between them."""
    return Line(parts, equation=True)


def formula(graph: Graph, node: int, names: Mapping[int, str], *, spell_out: bool = True) -> Side:
    """A node as a formula of named nodes."""
    text = expression_text(graph, node, LONGEST_FORMULA, names=names, spell_out=spell_out)

    def written() -> str:
        shown = not spell_out
        return latex(graph, node, {at: symbol(it.strip("`")) for at, it in names.items() if shown or at != node})

    return Side(text, written)


def substituted(graph: Graph, node: int, numbers: Mapping[int, str], *, spell_out: bool = True) -> Side:
    """A node as a formula of numbers."""
    known = {other: text for other, text in numbers.items() if not (spell_out and other == node)}
    text = expression_text(graph, node, LONGEST_FORMULA, names=known, spell_out=spell_out)
    written = {at: _latex(it) for at, it in known.items()}
    return Side(text, lambda: latex(graph, node, written))


def _latex(text: str) -> str:
    return rf"\left({number(text)}\right)" if text.startswith("-") or "e" in text else number(text)


def figure(text: str) -> Side:
    """A number as it is shown."""
    return Side(text, lambda: number(text))


def array(it: Array[float], digits: int) -> Side:
    """An array in a line, as LaTeX a matrix; of a large one what is to be said of it. A number as it is rounded."""
    text = in_a_line(it, digits, SOME_ENTRIES)
    if not it.shape:
        return figure(text)
    if len(it.entries) > SOME_ENTRIES:
        return quoted_text(text)
    return Side(text, lambda: matrix(Array(it.shape, [number(rounded(each, digits)) for each in it.entries])))


def summed(numbers: Sequence[str]) -> Side:
    """Terms with their signs between them."""
    return Side(terms_text(numbers), lambda: terms_text([number(text) for text in numbers]).replace("…", r"\dots"))


def name(text: str) -> Side:
    """The name of a variable or a node."""
    plain = text.strip("`")
    return Side(plain, lambda: symbol(plain))


def slope(of: str, by: str) -> Side:
    """A derivative: dL/dw."""
    above, below = name(of), name(by)
    return Side(f"d{above.text}/d{below.text}", lambda: rf"\frac{{d {above.latex()}}}{{d {below.latex()}}}")


def partially(of: str, by: str) -> Side:
    """A derivative with all else held: ∂L/∂w."""
    above, below = name(of), name(by)
    latex = rf"\frac{{\partial {above.latex()}}}{{\partial {below.latex()}}}"
    return Side(f"∂{above.text}/∂{below.text}", lambda: latex)


def worded(text: str) -> tuple[str | Side, ...]:
    """A message, what stands in back-ticks in it as a formula of its text."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return (text,)
    return tuple(quoted_text(f"`{part}`") if at % 2 else part for at, part in enumerate(parts) if part)


def quoted_text(text: str) -> Side:
    """A piece of the user's own text, or of the language's."""
    return Side(text, lambda: rf"\texttt{{{written_out(text.strip('`'))}}}")


def sides(separator: str, *them: Side) -> Side:
    """Several pieces with an operator between them."""
    sign = {" × ": r" \cdot ", " → ": r" \to "}.get(separator, separator)
    return Side(separator.join(side.text for side in them), lambda: sign.join(side.latex() for side in them))


def few(them: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of many; with each how many are left out before it."""
    hidden = max(0, len(them) - 2 * MOST_AT_AN_END)
    if not hidden:
        yield from ((one, 0) for one in them)
        return
    yield from ((one, 0) for one in them[:MOST_AT_AN_END])
    yield them[-MOST_AT_AN_END], hidden
    yield from ((one, 0) for one in them[1 - MOST_AT_AN_END :])
