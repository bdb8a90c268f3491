r"""Value and gradient as LaTeX: the formula of each, and its number.

Depends on `gradcli.emit.latex`, and on `gradcli.derivatives` for the formulas.
"""

from collections.abc import Iterator, Mapping

from gradcli.derivatives import differentiate
from gradcli.emit.latex import latex, number, symbol
from gradcli.graph.walk import reachable
from gradcli.language.program import Program


def aligned(
    program: Program,
    value: str = "",
    gradient: Mapping[str, str] | None = None,
    updated: Mapping[str, str] | None = None,
) -> str:
    """An `align*` environment: a line for each definition, the value and each derivative, with these numbers.

    `updated` has what is new after an update: weights, and the value under the output's name.
    """
    after = (rf"  {symbol(name)}^{{\mathrm{{new}}}} &{_equals(text)}" for name, text in (updated or {}).items())
    lines = " \\\\\n".join((*_lines(program, value, gradient or {}), *after))
    return f"\\begin{{align*}}\n{lines}\n\\end{{align*}}\n"


def aligned_numbers(program: Program, value: float, gradient: Mapping[str, float]) -> str:
    """The same with six digits of each number."""
    return aligned(program, f"{value:.6g}", {name: f"{slope:.6g}" for name, slope in gradient.items()})


def numbers(value: float, gradient: Mapping[str, float]) -> str:
    """A value and its derivatives where the formula is not known."""
    named = {"f": value} | {rf"\frac{{\partial f}}{{\partial {symbol(by)}}}": slope for by, slope in gradient.items()}
    lines = " \\\\\n".join(f"  {name} &{_equals(f'{value:.6g}')}" for name, value in named.items())
    return f"\\begin{{align*}}\n{lines}\n\\end{{align*}}\n"


def _lines(program: Program, value: str, gradient: Mapping[str, str]) -> Iterator[str]:
    graph, output, name = program.graph, program.output, symbol(program.name)
    needed = reachable(graph, [output])
    for node in sorted(graph.names):
        if node < output and needed[node]:
            yield rf"  {symbol(graph.names[node])} &= {latex(graph, node)}"
    yield rf"  {name} &= {latex(graph, output)}{_equals(value)}"
    by = {**program.definitions, **program.variables}
    slopes = differentiate(graph, output, [by[variable] for variable in gradient], tails=False).gradient
    for variable, node in zip(gradient, slopes, strict=True):
        slope = rf"\frac{{\partial {name}}}{{\partial {symbol(variable)}}}"
        yield f"  {slope} &= {latex(graph, node)}{_equals(gradient[variable])}"


def _equals(text: str) -> str:
    """A number behind an equals sign, if there is one."""
    return f" = {number(text)}" if text else ""
