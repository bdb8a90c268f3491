"""The birth of a number that is not finite: the first node where it arose, why, and out of what.

Depends on `gradcli.evaluate.trace`, where every number of an evaluation stands, and on the domains of the operator
table.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite, isinf, isnan
from typing import NamedTuple

from gradcli.derivatives.kink_rules import domain
from gradcli.errors import listed
from gradcli.evaluate.scalar import run_template
from gradcli.evaluate.trace import Contribution, Trace
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text, number_text
from gradcli.language.program import parse
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having
from gradcli.rewriting.stable_forms import INDETERMINATE, OUTSIDE, OVERFLOW, POLE, STEEP, UNDERFLOW

LONGEST = 60
ZERO_FROM_ZERO = having(Trait.ZERO_FROM_ZERO)
ACCIDENT = "an accident of double precision"
WHY = {
    POLE: "is a pole",
    INDETERMINATE: "has no value",
    OVERFLOW: f"is beyond the largest double, 1.8e308: {ACCIDENT}",
}


class Birth(NamedTuple):
    """Where, why (a cause of `gradcli.rewriting.stable_forms`, or empty), and a sentence about it."""

    node: int
    cause: str
    text: str


# -- forward


def forward(story: Trace, node: int) -> Birth:
    """The birth of the value of a node, found by following what is not finite down to the first that is."""
    graph, values, after = story.program.graph, story.values, -1
    while source := _source(graph, values, node):
        if isnan(values[node]) and not isnan(values[source[0]]):
            after = node
        node = source[0]
    birth = _born(story, node)
    if after < 0:
        return birth
    return birth._replace(text=f"{birth.text}; then `{_short(graph, after)}` is {_numbers(graph, after, values)} = nan")


def _source(graph: Graph, values: dict[int, float], node: int) -> list[int]:
    """The operand to blame first, in a list; none where all operands are finite. NaN before infinity."""
    operands = graph.operands[node]
    if graph.operators[node] == "where":
        operands = (operands[1 if values[operands[0]] else 2],)
    return sorted((at for at in operands if not isfinite(values[at])), key=lambda at: not isnan(values[at]))[:1]


def _born(story: Trace, node: int) -> Birth:
    """The birth of a value whose operands are all finite."""
    graph, values = story.program.graph, story.values
    value = number_text(values[node])
    if not graph.operands[node]:
        return Birth(node, "", f"`{_short(graph, node)}` is {value} as it is given")
    cause = _cause(graph, node, values)
    vanished = next(_vanished(story, node), None) if cause in (POLE, INDETERMINATE) else None
    found = f"`{_short(graph, node)}` is {value}{_at(story, node)}"
    text = f"{found}: {_numbers(graph, node, values)} {_why(story, node, cause)}"
    if vanished is None:
        return Birth(node, cause, text)
    return Birth(
        node, UNDERFLOW, f"{text}, but the 0 is `{_short(graph, vanished)}`, too small for a double: {ACCIDENT}"
    )


def _at(story: Trace, node: int) -> str:
    """The operands that are no plain numbers, with their values: " at x = 0"."""
    graph, given = story.program.graph, []
    for at in dict.fromkeys(graph.operands[node]):
        name, value = _called(graph, at), number_text(story.values[at])
        if name != value and (graph.operands[at] or at in graph.leaves):
            given.append(f"{name} = {value}")
    return f" at {listed(given)}" if given else ""


def _cause(graph: Graph, node: int, values: dict[int, float]) -> str:
    """Why an operator on finite operands is not finite."""
    condition = domain(graph.operators[node])
    operands = [values[at] for at in graph.operands[node]]
    if condition is None or run_template(condition, operands):
        return OVERFLOW if isinf(values[node]) else OUTSIDE
    if isinf(values[node]):
        return POLE
    return OUTSIDE if any(operands) else INDETERMINATE


def _why(story: Trace, node: int, cause: str) -> str:
    if cause != OUTSIDE:
        return WHY[cause]
    needs = _domain(story.program.graph, node)
    return f"is not real: it needs `{needs}`" if needs else "is not a real number"


def _domain(graph: Graph, node: int) -> str:
    """The domain of the operator, spoken of these operands: "1 - p > 0"."""
    row = OPERATORS[graph.operators[node]]
    if not row.domain:
        return ""
    condition = parse(row.domain, variables=row.operands)
    called = dict(zip(row.operands, (_called(graph, at) for at in graph.operands[node]), strict=True))
    names = {at: called[name] for name, at in condition.variables.items()}
    return expression_text(condition.graph, condition.output, 2 * LONGEST, names=names)


def _vanished(story: Trace, node: int) -> Iterator[int]:
    """An operand of 0 that is not 0 in truth: the node where it became too small."""
    graph, values = story.program.graph, story.values
    pending = [at for at in graph.operands[node] if values[at] == 0.0]
    while pending:
        at = pending.pop()
        zeros = [operand for operand in graph.operands[at] if values[operand] == 0.0]
        if graph.operators[at] in ZERO_FROM_ZERO:
            pending.extend(zeros)
            if not zeros and all(isfinite(values[operand]) for operand in graph.operands[at]):
                yield at


# -- backward


Contributions = Mapping[int, Sequence[Contribution]]
"""Node → the contributions to its adjoint that are not finite."""


def contributions(story: Trace) -> Contributions:
    """The contributions that are not finite, by the node they flow to."""
    into: dict[int, list[Contribution]] = {}
    for entry in story.contributions:
        if entry.taken and not isfinite(entry.contribution):
            into.setdefault(entry.operand, []).append(entry)
    return into


def backward(story: Trace, into: Contributions, node: int) -> Birth | None:
    """The birth of the adjoint of a node, found by following what is not finite up to the first that is."""
    while True:
        lost = into.get(node)
        if not lost:
            return _summed(story, node)
        worst = next((entry for entry in lost if isnan(entry.contribution)), lost[0])
        if isnan(story.adjoints.get(node, 0.0)) and not isnan(worst.contribution):
            return _cancelled(story, into, node, lost)
        if isfinite(worst.upstream):
            return _lost(story, into, worst)
        if isnan(worst.contribution) and not isnan(worst.upstream) and not isnan(worst.partial):
            return _lost(story, into, worst)
        node = worst.node


def _summed(story: Trace, node: int) -> Birth | None:
    """A sum of finite contributions that is not finite itself."""
    if isfinite(story.adjoints.get(node, 0.0)):
        return None
    text = f"the sum of the contributions to `{_called(story.program.graph, node)}` {WHY[OVERFLOW]}"
    return Birth(node, OVERFLOW, text)


def _cancelled(story: Trace, into: Contributions, node: int, lost: Sequence[Contribution]) -> Birth:
    """Infinite contributions of both signs."""
    graph = story.program.graph
    terms = listed([number_text(entry.contribution) for entry in lost])
    first = _lost(story, into, lost[0])
    text = f"the contributions to `{_called(graph, node)}` are {terms}, and their sum is nan; {first.text}"
    return Birth(first.node, INDETERMINATE, text)


def _lost(story: Trace, into: Contributions, entry: Contribution) -> Birth:
    """A contribution that is not finite: upstream × local. An infinite factor has a birth of its own."""
    factors = f"upstream {number_text(entry.upstream)} × local {number_text(entry.partial)}"
    product = number_text(entry.contribution)
    place = f"going back through `{_short(story.program.graph, entry.node)}`, {factors} = {product}"
    cause = _factor(story, into, entry)
    if cause is None:
        return Birth(entry.node, OVERFLOW, f"{place}, which {WHY[OVERFLOW]}")
    return cause._replace(text=f"{place}; {cause.text}")


def _factor(story: Trace, into: Contributions, entry: Contribution) -> Birth | None:
    """The birth of the factor that is not finite, if one is."""
    graph, values = story.program.graph, story.values
    if isfinite(entry.partial):
        return None if isfinite(entry.upstream) else backward(story, into, entry.node)
    tainted = [at for at in (*graph.operands[entry.node], entry.node) if not isfinite(values[at])]
    if tainted:
        return forward(story, tainted[0])
    by = f"`{_short(graph, entry.node)}` by {_called(graph, entry.operand)}"
    if isnan(entry.partial):
        return Birth(entry.node, INDETERMINATE, f"{by} has no slope{_at(story, entry.node)}")
    return Birth(entry.node, STEEP, f"the slope of {by} is infinite{_at(story, entry.node)}")


# -- in words


def _numbers(graph: Graph, node: int, values: dict[int, float]) -> str:
    """An operator on the numbers of its operands: "log(0)", "inf - inf"."""
    tiny = Graph()
    operands = tuple(
        tiny.node(graph.operators[at], ())
        if not graph.operands[at] and at not in graph.leaves
        else tiny.constant(values[at])
        for at in graph.operands[node]
    )
    return expression_text(tiny, tiny.node(graph.operators[node], operands), LONGEST)


def _called(graph: Graph, node: int) -> str:
    """A node as its definition calls it, otherwise spelled out."""
    return expression_text(graph, node, LONGEST, spell_out=False)


def _short(graph: Graph, node: int) -> str:
    return expression_text(graph, node, LONGEST)
