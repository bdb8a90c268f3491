"""Why a gradient is 0: seven causes, each with its words.

Depends on the operator table for what has branches, and on `gradcli.diagnose.kinks.active` for kinks.
"""

from collections.abc import Iterator

from gradcli.derivatives.rules import VARIADIC
from gradcli.diagnose.kinks.active import is_active
from gradcli.evaluate.trace import Contribution, Trace, Zero
from gradcli.precision.beyond import Beyond

ROUTES = "where"


def with_zeros(found: Trace) -> Trace:
    """The trace with a cause for every contribution and every adjoint that is 0.

    A local derivative that does not count, as of a branch that is not taken, is 0 too.
    """
    contributions = tuple(_explained(found, entry) for entry in found.contributions)
    explained = found._replace(contributions=contributions)
    return explained._replace(zeros=dict(_zeros(explained)))


def _explained(found: Trace, entry: Contribution) -> Contribution:
    if entry.contribution != 0:
        return entry
    if isinstance(entry.contribution, Beyond):
        return entry._replace(zero=Zero.UNDERFLOW)
    zero = _cause(found, entry)
    own = zero in (Zero.NOT_TAKEN, Zero.FLAT, Zero.CONVENTION)
    return entry._replace(zero=zero, partial=0.0 if own and not entry.taken else entry.partial)


def _cause(found: Trace, entry: Contribution) -> Zero:
    """The nearest cause: what comes from upstream first, then what the operator does with it."""
    operator = found.program.graph.operators[entry.node]
    if entry.upstream == 0:
        return Zero.UPSTREAM
    if not entry.taken or entry.partial == 0:
        if not entry.side and is_active(found.program.graph, entry.node, found.values):
            return Zero.CONVENTION
        return Zero.NOT_TAKEN if operator == ROUTES or operator in VARIADIC else Zero.FLAT
    return Zero.UNDERFLOW


def _zeros(found: Trace) -> Iterator[tuple[int, Zero]]:
    """The nodes whose adjoint is 0: one cause where all contributions share it, else that of the first."""
    incoming = found.incoming()
    for node, adjoint in found.adjoints.items():
        if adjoint == 0:
            causes = [entry.zero for entry in incoming.get(node, ())]
            first = causes[0] if causes else Zero.INDEPENDENT
            yield node, first if first and None not in causes else Zero.CANCEL
