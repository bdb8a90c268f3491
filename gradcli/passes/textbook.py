"""Local derivatives as a textbook writes them, 1 - h^2 for h = tanh(u); computed they are by the rules of the table.

Depends on `gradcli.derivatives.rules` for both forms. Only what is shown is made: no format without formulas needs it.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite, isnan

from gradcli.derivatives.rules import VARIADIC, textbook
from gradcli.evaluate.scalar import run_template
from gradcli.evaluate.trace import Contribution, Trace
from gradcli.graph.graph import CONSTANT, Graph
from gradcli.graph.simplify import FOLDS, simplified
from gradcli.graph.template import Template
from gradcli.passes.arithmetic import EXACT
from gradcli.passes.zeros import counts
from gradcli.precision.beyond import Beyond

WORKING = 60
"""Digits for a formula that doubles overflow in."""


def shown_local(found: Trace, entry: Contribution) -> int:
    """The node of a local derivative to be read, over the operands and the result; appended to the graph.

    That of the rule where the textbook has no other, or none that gives a number here, as of sinc at 0.
    """
    graph = found.program.graph
    operator, operands = graph.operators[entry.node], graph.operands[entry.node]
    variadic = operator in VARIADIC
    form = textbook(operator)[0 if variadic else entry.position]
    if form is None or entry.side or not counts(found, entry):
        return entry.local
    holes = ((entry.operand,) if variadic else operands) + (entry.node,)
    numbers = [found.values[hole] for hole in holes]
    if not (_tells(run_template(form, numbers), entry.partial) or _tells(_in_digits(form, numbers), entry.partial)):
        return entry.local
    return _put(found, _chosen(form, numbers), holes)


def _tells(number: float, partial: float) -> bool:
    """Whether a formula gives a number where there is one."""
    return isnan(number) <= isnan(partial) and isfinite(number) >= isfinite(partial)


def _in_digits(form: Template, numbers: Sequence[float]) -> float:
    """What a formula gives that doubles overflow in: infinite or NaN if it is so in truth."""
    from gradcli.precision import multiprecision_kernels as kernels  # mpmath takes time, and is rarely needed

    with kernels.MP.workdps(WORKING):
        exact = [kernels.MP.mpf(str(it.decimal) if isinstance(it, Beyond) else it) for it in numbers]
        number = kernels.run_template(form, tuple(exact))
    return 0.0 if kernels.is_finite(number) else float(number)


def _chosen(form: Template, numbers: Sequence[float]) -> Template:
    """The branch of a conditional that these operands take."""
    while form.output >= len(form.parameters):
        step = form.steps[form.output - len(form.parameters)]
        if step.operator != "where":
            break
        condition, if_true, if_false = step.slots
        holds = run_template(form._replace(output=condition), numbers)
        form = form._replace(output=if_true if holds else if_false)
    return form


def _put(found: Trace, form: Template, holes: Sequence[int]) -> int:
    """The formula on these nodes; arithmetic on literals is done, but where a derivative by one is asked for."""
    graph = found.program.graph
    if any(graph.operators[hole] is CONSTANT and hole in found.adjoints for hole in holes):
        return form.put(graph, holes)
    return form.put(graph, [_literal(found, hole) for hole in holes], _simplified)


def _simplified(graph: Graph, operator: str, operands: tuple[int, ...], start: int = 0, end: int = 0) -> int:
    """Simplified, and an exponent 0.1 - 1 is the -0.9 that a reader makes of it."""
    values = [graph.value_of(operand) for operand in operands]
    if operator == "sub" and None not in values:
        first, second = (Decimal(repr(value)) for value in values)
        exact = EXACT.subtract(first, second)
        if Decimal(repr(float(exact))) == exact:
            return graph.constant(float(exact))
    return simplified(graph, operator, operands, start, end)


def _literal(found: Trace, node: int) -> int:
    """A node that is arithmetic on literals, such as -2, as the literal it comes to."""
    graph = found.program.graph
    if node in found.adjoints or graph.operators[node] not in FOLDS:
        return node
    folded = simplified(graph, graph.operators[node], graph.operands[node])
    return node if graph.value_of(folded) is None else folded
