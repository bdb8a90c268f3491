r"""Value and gradient as LaTeX: the formula of each, and its number.

Depends on `gradcli.emit.latex`, and on `gradcli.derivatives` for the formulas.
"""

from collections.abc import Iterable, Iterator, Mapping

from gradcli.derivatives import differentiate
from gradcli.emit.latex import latex, number, symbol
from gradcli.graph.walk import reachable
from gradcli.language.program import Program


def aligned(
    program: Program,
    value: str = "",
    gradient: Mapping[str, str] | None = None,
    updated: Mapping[str, str] | None = None,
    entries: Mapping[str, str] | None = None,
) -> str:
    """An `align*` environment: a line for each definition, the value and each derivative, with these numbers.

    `updated` has what is new after an update: weights, and the value under the output's name. `entries` are those of an
    output that is an array. Arrays are matrices.
    """
    if program.arrays:
        from gradcli.emit.matrices import lines as of_arrays  # few programs have any

        return _environment(of_arrays(program, entries or {program.name: value}, gradient or {}, updated or {}))
    after = (rf"  {symbol(name)}^{{\mathrm{{new}}}} &{_equals(text)}" for name, text in (updated or {}).items())
    return _environment((*_lines(program, value, gradient or {}), *after))


def aligned_numbers(
    program: Program, value: float, gradient: Mapping[str, float], entries: Mapping[str, float] | None = None
) -> str:
    """The same with six digits of each number."""
    slopes, others = ({name: f"{it:.6g}" for name, it in them.items()} for them in (gradient, entries or {}))
    return aligned(program, f"{value:.6g}", slopes, entries=others)


def _environment(lines: Iterable[str]) -> str:
    rows = " \\\\\n".join(lines)
    return f"\\begin{{align*}}\n{rows}\n\\end{{align*}}\n"


def numbers(value: float, gradient: Mapping[str, float]) -> str:
    """A value and its derivatives where the formula is not known."""
    named = {"f": value} | {rf"\frac{{\partial f}}{{\partial {symbol(by)}}}": slope for by, slope in gradient.items()}
    return _environment(f"  {name} &{_equals(f'{value:.6g}')}" for name, value in named.items())


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
