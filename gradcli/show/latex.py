"""An answer as LaTeX: the formula, its value, and each derivative as a formula with its number.

Depends on `gradcli.emit.latex`.
"""

from collections.abc import Iterator

from gradcli.derivatives import differentiate
from gradcli.emit.latex import latex as latex_of
from gradcli.emit.latex import symbol
from gradcli.graph.walk import reachable
from gradcli.show.report import Report
from gradcli.show.wording import shown

INFINITE, NEGATIVE = r"\infty", r"-\infty"
SPECIAL = {"inf": INFINITE, "infinity": INFINITE, "-inf": NEGATIVE, "-infinity": NEGATIVE, "nan": r"\mathrm{NaN}"}


def latex(report: Report) -> Iterator[str]:
    """An `align*` environment: a line for each definition, for the value and for each derivative."""
    yield "\\begin{align*}\n"
    yield " \\\\\n".join(_lines(report)) + "\n"
    yield "\\end{align*}\n"


def _lines(report: Report) -> Iterator[str]:
    program, given, digits = report.program, report.given, report.digits
    graph, output, name = program.graph, program.output, symbol(program.name)
    needed = reachable(graph, [output])
    for node in sorted(graph.names):
        if node < output and needed[node]:
            yield rf"  {symbol(graph.names[node])} &= {latex_of(graph, node)}"
    yield rf"  {name} &= {latex_of(graph, output)} = {_number(given.value, digits)}"
    by = {**program.definitions, **program.variables}
    nodes = differentiate(graph, output, [by[variable] for variable in given.gradient], tails=False).gradient
    for variable, node in zip(given.gradient, nodes, strict=True):
        slope = rf"\frac{{\partial {name}}}{{\partial {symbol(variable)}}}"
        yield f"  {slope} &= {latex_of(graph, node)} = {_number(given.gradient[variable], digits)}"


def _number(value: float | str, digits: int) -> str:
    """A number as LaTeX writes it: rounded, or in the digits that were asked for."""
    text = shown(value, digits)
    mantissa, mark, exponent = text.partition("e")
    return SPECIAL.get(text.lower()) or (rf"{mantissa} \cdot 10^{{{exponent.lstrip('+')}}}" if mark else text)
