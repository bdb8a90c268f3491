"""An answer as LaTeX: the formula, its value, and each derivative as a formula with its number.

Depends on `gradcli.emit.latex`.
"""

from collections.abc import Iterator

from gradcli.derivatives import differentiate
from gradcli.emit.latex import latex as latex_of
from gradcli.emit.latex import symbol
from gradcli.graph.walk import reachable
from gradcli.show.report import Report
from gradcli.show.story import rounded


def latex(report: Report) -> Iterator[str]:
    """An `align*` environment: a line for each definition, for the value and for each derivative."""
    yield "\\begin{align*}\n"
    yield " \\\\\n".join(_lines(report)) + "\n"
    yield "\\end{align*}\n"


def _lines(report: Report) -> Iterator[str]:
    program, point, digits = report.program, report.point, report.digits
    graph, output, name = program.graph, program.output, symbol(program.name)
    needed = reachable(graph, [output])
    for node in sorted(graph.names):
        if node < output and needed[node]:
            yield rf"  {symbol(graph.names[node])} &= {latex_of(graph, node)}"
    yield rf"  {name} &= {latex_of(graph, output)} = {_number(point.value, digits)}"
    by = {**program.definitions, **program.variables}
    nodes = differentiate(graph, output, [by[variable] for variable in point.gradient], tails=False).gradient
    for (variable, slope), node in zip(point.gradient.items(), nodes, strict=True):
        formula = latex_of(graph, node)
        yield rf"  \frac{{\partial {name}}}{{\partial {symbol(variable)}}} &= {formula} = {_number(slope, digits)}"


def _number(value: float, digits: int) -> str:
    """A rounded number as LaTeX writes it."""
    text = rounded(value, digits)
    special = {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\mathrm{NaN}"}
    mantissa, mark, exponent = text.partition("e")
    return special.get(text) or (rf"{mantissa} \cdot 10^{{{exponent}}}" if mark else text)
