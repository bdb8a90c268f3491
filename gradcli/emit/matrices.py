r"""Arrays as LaTeX: matrices of formulas and of numbers; a vector is a column.

Depends on `gradcli.emit.latex`. A matrix of more than ten rows or columns, which amsmath has no room for, has dots.
"""

from collections.abc import Iterator, Mapping

from gradcli.emit.latex import latex, number, symbol
from gradcli.graph.walk import reachable
from gradcli.language.program import Program
from gradcli.shapes import Array, grouped, parted

MOST = 10
KEPT = 7
"""Of more rows or columns so many stand before the dots, and one behind them."""
LONGEST, MOST_FORMULAS = 400, 20
"""A longer formula is left out, and an array of more of them."""
DOTS, DOWN, ACROSS = r"\cdots", r"\vdots", r"\ddots"


def matrix(array: Array[str]) -> str:
    r"""An array of texts as a matrix; one of more than two indices as its rows in a column of matrices.

    >>> matrix(Array((2, 2), ["1", "2", "3", "4"]))
    '\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}'
    """
    rows = [*array.rows()]
    lines = [_row(row) for row in (rows if len(rows) <= MOST else [*rows[:KEPT], rows[-1]])]
    if len(rows) > MOST:
        cells = [ACROSS if cell == DOTS else DOWN for cell in lines[0].split(" & ")]
        lines.insert(KEPT, " & ".join(cells))
    return r"\begin{pmatrix} " + r" \\ ".join(lines) + r" \end{pmatrix}"


def _row(row: Array[str]) -> str:
    if len(row.shape) > 1:
        return matrix(row)
    cells = [*row.entries]
    return " & ".join(cells if len(cells) <= MOST else [*cells[:KEPT], DOTS, cells[-1]])


def lines(
    program: Program, output: Mapping[str, str], gradient: Mapping[str, str], updated: Mapping[str, str]
) -> Iterator[str]:
    """A line for each definition, an array being one, for the output, for each derivative, and for what is new."""
    for name, text in _formulas(program):
        yield rf"  {symbol(name)} &= {text}"
    name, arrays = program.name, program.arrays
    formula = _formula(program, Array(arrays[name] if program.entries else (), program.outputs))
    shown = f"= {formula} " if formula else ""
    for each, it in grouped(output, arrays).items():
        yield f"  {symbol(each)} &{shown}{_equals(it)}".rstrip()
    for by, it in grouped(gradient, arrays).items():
        yield rf"  \frac{{\partial {symbol(name)}}}{{\partial {symbol(by)}}} &{_equals(it)}"
    for each, it in grouped(updated, arrays).items():
        yield rf"  {symbol(each)}^{{\mathrm{{new}}}} &{_equals(it)}"


def _equals(it: str | Array[str]) -> str:
    if isinstance(it, Array):
        return f"= {matrix(Array(it.shape, [number(text) for text in it.entries]))}"
    return f"= {number(it)}" if it else ""


def _formulas(program: Program) -> Iterator[tuple[str, str]]:
    """The definitions that lead to the output, in the order of the text, and what they are; none that is too long."""
    needed = reachable(program.graph, program.outputs)
    used = {name: node for name, node in program.definitions.items() if node < len(needed) and needed[node]}
    for name, it in grouped(used, program.arrays).items():
        if name == program.name or parted(name):
            continue
        if text := _formula(program, it if isinstance(it, Array) else Array((), [it])):
            yield name, text


def _formula(program: Program, nodes: Array[int]) -> str:
    """What an array is, as a matrix of formulas, or a number; nothing where that is too long to be read."""
    if len(nodes.entries) > MOST_FORMULAS:
        return ""
    texts = [latex(program.graph, node) for node in nodes.entries]
    text = matrix(Array(nodes.shape, texts)) if nodes.shape else texts[0]
    return text if len(text) <= LONGEST else ""
