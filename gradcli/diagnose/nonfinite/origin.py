"""The origin of a number that is not finite: the first node where it arose, why, and out of what.

Depends on `gradcli.evaluate.trace`, where every number of an evaluation stands, and on the domains of the operator
table; the words are those of `gradcli.diagnose.nonfinite.wording`.
"""

from collections.abc import Callable, Iterator, Sequence
from math import isfinite, isinf, isnan
from typing import NamedTuple, TypeVar

from gradcli.derivatives.rules import domain
from gradcli.diagnose.nonfinite.wording import (
    ACCIDENT,
    BEYOND,
    OPEN,
    Cause,
    called,
    on_numbers,
    short,
    where_it_is,
    why,
)
from gradcli.errors import listed
from gradcli.evaluate.scalar import run_template
from gradcli.evaluate.trace import Contribution, Trace
from gradcli.graph.graph import Graph
from gradcli.language.notation import number_text
from gradcli.operators.row import Trait
from gradcli.operators.table import having

T = TypeVar("T")
ZERO_FROM_ZERO = having(Trait.ZERO_FROM_ZERO)


class Origin(NamedTuple):
    """Where, why (nothing for what was given), and a sentence about it."""

    node: int
    cause: Cause | None
    text: str


# -- of a value


def value_origin(traced: Trace, node: int) -> Origin:
    """The origin of the value of a node, found by following what is not finite down to the first that is."""
    graph, values, after = traced.program.graph, traced.values, -1
    while source := _source(graph, values, node):
        if isnan(values[node]) and not isnan(values[source[0]]):
            after = node
        node = source[0]
    origin = _arisen(traced, node)
    if after < 0:
        return origin
    return origin._replace(
        text=f"{origin.text}; then `{short(graph, after)}` is {on_numbers(graph, after, values)} = nan"
    )


def _source(graph: Graph, values: dict[int, float], node: int) -> list[int]:
    """The operand to blame first, in a list; none where all operands are finite. NaN before infinity."""
    operands = graph.operands[node]
    if graph.operators[node] == "where":
        operands = (operands[1 if values[operands[0]] else 2],)
    return sorted((at for at in operands if not isfinite(values[at])), key=lambda at: not isnan(values[at]))[:1]


def _arisen(traced: Trace, node: int) -> Origin:
    """The origin of a value whose operands are all finite."""
    graph, values = traced.program.graph, traced.values
    value = number_text(values[node])
    if not graph.operands[node]:
        return Origin(node, None, f"`{short(graph, node)}` is {value} as it is given")
    cause = _cause(graph, node, values)
    vanished = next(_vanished(traced, node), None) if cause in (Cause.POLE, Cause.INDETERMINATE) else None
    found = f"`{short(graph, node)}` is {value}{where_it_is(traced, node)}"
    text = f"{found}: {on_numbers(graph, node, values)} {why(graph, node, cause, values)}"
    if vanished is None:
        return Origin(node, cause, text)
    return Origin(
        node, Cause.UNDERFLOW, f"{text}, but the 0 is `{short(graph, vanished)}`, too small for a double: {ACCIDENT}"
    )


def _cause(graph: Graph, node: int, values: dict[int, float]) -> Cause:
    """Why an operator on finite operands is not finite."""
    condition = domain(graph.operators[node])
    operands = [values[at] for at in graph.operands[node]]
    if condition is None or run_template(condition, operands):
        return Cause.OVERFLOW if isinf(values[node]) else Cause.DOMAIN
    if isinf(values[node]):
        return Cause.POLE
    return Cause.DOMAIN if any(operands) else Cause.INDETERMINATE


def _vanished(traced: Trace, node: int) -> Iterator[int]:
    """An operand of 0 that is not 0 in truth: the node where it became too small."""
    graph, values = traced.program.graph, traced.values
    pending = [at for at in graph.operands[node] if values[at] == 0.0]
    while pending:
        at = pending.pop()
        zeros = [operand for operand in graph.operands[at] if values[operand] == 0.0]
        if graph.operators[at] in ZERO_FROM_ZERO:
            pending.extend(zeros)
            if not zeros and all(isfinite(values[operand]) for operand in graph.operands[at]):
                yield at


# -- of an adjoint


class Contributions(dict[int, list[Contribution]]):
    """Node → the contributions to its adjoint that are not finite.

    `origins` are those of adjoints, `texts` the words for nodes, once found: most ways lead through the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self.origins: dict[int, Origin | None] = {}
        self.texts: dict[tuple[Callable[..., str], int], str] = {}

    def text(self, words: Callable[[T, int], str], of: T, node: int) -> str:
        """What `words` calls a node."""
        if (words, node) not in self.texts:
            self.texts[words, node] = words(of, node)
        return self.texts[words, node]


def contributions(traced: Trace) -> Contributions:
    """The contributions that are not finite, by the node they flow to."""
    into = Contributions()
    for entry in traced.contributions:
        if entry.taken and not isfinite(entry.contribution):
            into.setdefault(entry.operand, []).append(entry)
    return into


def adjoint_origin(traced: Trace, into: Contributions, node: int) -> Origin | None:
    """The origin of the adjoint of a node, found by following what is not finite up to the first that is."""
    if node not in into.origins:  # most ways end alike
        into.origins[node] = _adjoint_origin(traced, into, node)
    return into.origins[node]


def _adjoint_origin(traced: Trace, into: Contributions, node: int) -> Origin | None:
    while True:
        lost = into.get(node)
        if not lost:
            return _summed(traced, node)
        worst = next((entry for entry in lost if isnan(entry.contribution)), lost[0])
        if isnan(traced.adjoints.get(node, 0.0)) and not isnan(worst.contribution):
            return _cancelled(traced, into, node, lost)
        if isfinite(worst.upstream):
            return _lost(traced, into, worst)
        if isnan(worst.contribution) and not isnan(worst.upstream) and not isnan(worst.partial):
            return _lost(traced, into, worst)
        node = worst.node


def _summed(traced: Trace, node: int) -> Origin | None:
    """A sum of finite contributions that is not finite itself."""
    if isfinite(traced.adjoints.get(node, 0.0)):
        return None
    text = f"the sum of the contributions to `{called(traced.program.graph, node)}`"
    return _open_or_beyond(node, traced.adjoints[node], text)


def _open_or_beyond(node: int, number: float, text: str) -> Origin:
    """What finite numbers came to: too much for a double, or digits of which one of them is not settled."""
    return Origin(node, Cause.OVERFLOW, f"{text} {BEYOND}") if isinf(number) else Origin(node, None, f"{text} {OPEN}")


def _cancelled(traced: Trace, into: Contributions, node: int, lost: Sequence[Contribution]) -> Origin:
    """Infinite contributions of both signs."""
    graph = traced.program.graph
    terms = listed([number_text(entry.contribution) for entry in lost])
    first = _lost(traced, into, lost[0])
    text = f"the contributions to `{called(graph, node)}` are {terms}, and their sum is nan; {first.text}"
    return Origin(first.node, Cause.INDETERMINATE, text)


def _lost(traced: Trace, into: Contributions, entry: Contribution) -> Origin:
    """A contribution that is not finite: upstream × local. An infinite factor has an origin of its own."""
    factors = f"upstream {number_text(entry.upstream)} × local {number_text(entry.partial)}"
    product = number_text(entry.contribution)
    place = f"going back through `{into.text(short, traced.program.graph, entry.node)}`, {factors} = {product}"
    factor = _factor(traced, into, entry)
    if factor is None:
        return _open_or_beyond(entry.node, entry.contribution, f"{place}, which")
    return factor._replace(text=f"{place}; {factor.text}")


def _factor(traced: Trace, into: Contributions, entry: Contribution) -> Origin | None:
    """The origin of the factor that is not finite, if one is."""
    graph, values = traced.program.graph, traced.values
    if isfinite(entry.partial):
        return None if isfinite(entry.upstream) else adjoint_origin(traced, into, entry.node)
    tainted = [at for at in (*graph.operands[entry.node], entry.node) if not isfinite(values[at])]
    if tainted:
        return value_origin(traced, tainted[0])
    by = f"`{into.text(short, graph, entry.node)}` by {into.text(called, graph, entry.operand)}"
    where = into.text(where_it_is, traced, entry.node)
    if isnan(entry.partial):
        return Origin(entry.node, Cause.INDETERMINATE, f"{by} has no slope{where}")
    return Origin(entry.node, Cause.VERTICAL_TANGENT, f"the slope of {by} is infinite{where}")
