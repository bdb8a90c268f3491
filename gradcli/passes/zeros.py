"""Why a gradient is 0: eight causes, each with its words.

Depends on the operator table for what has branches, and on `gradcli.diagnose.kinks.active` for kinks.
"""

from collections.abc import Iterator
from math import isinf

from gradcli.derivatives.rules import VARIADIC, kink_rule, rule_at
from gradcli.diagnose.kinks.active import is_active
from gradcli.evaluate.scalar import run_template
from gradcli.evaluate.trace import Contribution, Trace, Zero
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.precision.beyond import Beyond, is_zero


def with_zeros(found: Trace) -> Trace:
    """The trace with a cause for every contribution and every adjoint that is 0.

    A local derivative that does not count, as of a branch that is not taken, is 0 too.
    """
    contributions = tuple([it if it.contribution else _explained(found, it) for it in found.contributions])
    explained = found._replace(contributions=contributions)
    return explained._replace(zeros=dict(_zeros(explained)))


def _explained(found: Trace, entry: Contribution) -> Contribution:
    if isinstance(entry.contribution, Beyond):
        return entry._replace(zero=Zero.UNDERFLOW)
    explained = entry._replace(zero=_cause(found, entry))
    if entry.side or counts(found, entry):
        return explained
    return explained._replace(partial=0.0, local=found.program.graph.constant(0.0))


def counts(found: Trace, entry: Contribution) -> bool:
    """Whether the operator passes anything to this operand, whatever comes from upstream."""
    graph, values, result = found.program.graph, found.values, found.values[entry.node]
    rule = rule_at(graph, entry.node, entry.position)
    if graph.operators[entry.node] in VARIADIC:
        numbers = [values[entry.operand], result, 1.0, values[entry.operand], result]
    else:
        numbers = [*(values[at] for at in graph.operands[entry.node]), result]
    return rule is None or rule.active is None or bool(run_template(rule.active, numbers))


def _cause(found: Trace, entry: Contribution) -> Zero:
    """The nearest cause: what comes from upstream first, then what the operator does with it."""
    if entry.taken and isinf(entry.upstream + entry.partial):
        return Zero.LEVELS
    if is_zero(entry.upstream):
        return Zero.UPSTREAM
    return Zero.UNDERFLOW if entry.taken and not is_zero(entry.partial) else own_cause(found, entry)


def own_cause(found: Trace, entry: Contribution) -> Zero:
    """Why a local derivative is 0."""
    graph, operator = found.program.graph, found.program.graph.operators[entry.node]
    if not entry.side and is_active(graph, entry.node, found.values) and _bends(found, entry):
        return Zero.CONVENTION
    return idle(operator)


def idle(operator: str) -> Zero:
    """Why an operator passes nothing on: it chose another operand, or it is flat."""
    return Zero.NOT_TAKEN if operator in having(Trait.ROUTES) else Zero.FLAT


def _bends(found: Trace, entry: Contribution) -> bool:
    """Whether an operator at its kink has a slope by this operand, on one side of it or on both."""
    graph, rule = found.program.graph, kink_rule(found.program.graph.operators[entry.node])
    if rule is None or rule.directional is None:
        tied = found.values[entry.operand] == found.values[entry.node]
        return graph.operators[entry.node] in VARIADIC and tied
    values = [found.values[operand] for operand in graph.operands[entry.node]]
    moves = [[way if at == entry.position else 0.0 for at in range(len(values))] for way in (1.0, -1.0)]
    return any(run_template(rule.directional, (*values, *rates, found.values[entry.node])) for rates in moves)


def _zeros(found: Trace) -> Iterator[tuple[int, Zero]]:
    """The nodes whose adjoint is 0: one cause where all contributions share it, else that of the first."""
    incoming = found.incoming()
    for node, adjoint in found.adjoints.items():
        if adjoint == 0:
            causes = [entry.zero for entry in incoming.get(node, ())]
            if isinstance(adjoint, Beyond):
                causes = [Zero.UNDERFLOW]
            first = causes[0] if causes else Zero.INDEPENDENT
            yield node, first if first and None not in causes else Zero.CANCEL
