"""What to write instead of a formula that lost its number: the first mend that was tried and found right.

Depends on `gradcli.rewriting.patterns`, which finds formulas in a graph, on `gradcli.diagnose.nonfinite.removable` for
what a formula tends to, and on `gradcli.diagnose.nonfinite.trial`, which tries.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from gradcli.diagnose.nonfinite.curves import is_right_on_curves
from gradcli.diagnose.nonfinite.entropies import entropies
from gradcli.diagnose.nonfinite.removable import removed
from gradcli.diagnose.nonfinite.trial import Trial
from gradcli.diagnose.nonfinite.wording import Cause
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.language.notation import ELLIPSIS, expression_text
from gradcli.language.program import Program
from gradcli.language.rules import parse_template
from gradcli.rewriting.patterns import HOLES, forms, match
from gradcli.rewriting.stable_forms import OVERFLOWING

LEVELS = 5
"""How far above the node where the number was lost a formula may begin."""
LONGEST, LONGEST_MEND = 120, 360
"""No longer formula is mended, and by none that is longer."""
MOST_NODES, MOST_ROOTS = 20_000, 24
"""No formula is mended that stands behind so many operations, and of a number no more formulas that use it."""
REMOVABLE = frozenset({Cause.POLE, Cause.INDETERMINATE, Cause.DOMAIN})


class Suggestion(NamedTuple):
    """A formula and what to write for it.

    causes   against which that helps
    """

    formula: str
    better: str
    causes: tuple[Cause, ...] = tuple(Cause)


KNOWN = (
    *(Suggestion(formula, better) for formula, better in OVERFLOWING.items()),
    Suggestion("log(cosh(a))", "logaddexp(a, -a) - log(2)"),
    Suggestion("log(gamma(a))", "lgamma(a)"),
    Suggestion("gamma(a)/gamma(b)", "exp(lgamma(a) - lgamma(b))"),
    Suggestion("exp(a)/exp(b)", "exp(a - b)"),
    Suggestion("exp(a)*exp(b)", "exp(a + b)"),
    Suggestion("sqrt(a^2 + b^2)", "hypot(a, b)"),
    Suggestion("sqrt(a*a + b*b)", "hypot(a, b)"),
    Suggestion("(a^2 + b^2)^0.5", "hypot(a, b)"),
    Suggestion("sqrt(a^2)", "abs(a)"),
    Suggestion("sqrt(a*a)", "abs(a)"),
    Suggestion("(a^2)^0.5", "abs(a)"),
    Suggestion("sqrt(a)^2", "a"),
    Suggestion("sqrt(a)*sqrt(a)", "a"),
    Suggestion("a*sqrt(a)", "a^1.5"),
    Suggestion("sin(a)/a", "sinc(a)"),
    Suggestion("a*(log(b) - c)", "xlogy(a, b) - a*c"),
    Suggestion("a*(log(b) + c)", "xlogy(a, b) + a*c"),
    Suggestion("a*(c - log(b))", "a*c - xlogy(a, b)"),
    Suggestion("log(a*b)", "log(a) + log(b)", (Cause.OVERFLOW,)),
    Suggestion("log(a^b)", "b*log(a)", (Cause.OVERFLOW, Cause.POLE)),
    Suggestion("sqrt(a)", "sqrt(max(a, 0))", (Cause.DOMAIN,)),
    Suggestion("asin(a)", "asin(clip(a, -1, 1))", (Cause.DOMAIN,)),
    Suggestion("acos(a)", "acos(clip(a, -1, 1))", (Cause.DOMAIN,)),
    Suggestion("acosh(a)", "acosh(max(a, 1))", (Cause.DOMAIN,)),
)
"""Formulas by which numbers are known to be lost, those of several operators first; the last ones by rounding alone."""


def suggestion(program: Program, bindings: Mapping[str, float], node: int, cause: Cause, deadline: float = inf) -> str:
    """What to write instead of what, as text; empty where nothing is known that is right at the point and beside it.

    From `deadline` on nothing more is tried, nor is it in a formula of very many operations.
    """
    graph = program.graph
    roots = [root for root in _above(program, node) if _is_short(graph, root)][:MOST_ROOTS]
    trials = {root: Trial(graph, bindings, root, node, deadline) for root in roots}
    for root, new in _mends(graph, roots, trials, node, cause):
        text = _text(graph, new, root)
        if not text.endswith(ELLIPSIS) and trials[root].is_right(new) and is_right_on_curves(trials[root], new):
            return f"write `{text}` for `{_text(graph, root, root)}`"
    return ""


def _mends(
    graph: Graph, roots: Sequence[int], trials: Mapping[int, Trial], node: int, cause: Cause
) -> Iterator[tuple[int, int]]:
    """Nodes and what might stand for them, the most telling first."""
    yield from _known(graph, roots, node, cause)
    for root in roots:
        yield from ((root, new) for new in entropies(graph, root))
    if cause in REMOVABLE:
        for root in roots:
            if trials[root].has_value:
                continue
            needed = reachable(graph, [root])
            found = evaluate_all(graph, needed, trials[root].bindings)
            values = {at: found[at] for at, flag in enumerate(needed) if flag}
            yield from ((root, new) for new in removed(graph, trials[root], values))


def _known(graph: Graph, roots: Sequence[int], node: int, cause: Cause) -> Iterator[tuple[int, int]]:
    """What the tables have."""
    for formula, better, causes in KNOWN:
        for form in forms(formula) if cause in causes else ():
            for root in roots:
                found = match(graph, root, form)
                if found and node in found.inside:
                    holes = [found.holes.get(name, root) for name in HOLES]
                    yield root, parse_template(better, HOLES).put(graph, holes)


def _is_short(graph: Graph, root: int) -> bool:
    return not _text(graph, root, root).endswith(ELLIPSIS)


def _text(graph: Graph, node: int, root: int) -> str:
    """A node in the names that the program gives, but for that of the root, which it may define anew."""
    names = {at: name for at, name in graph.names.items() if at != root}
    return expression_text(graph, node, LONGEST if node == root else LONGEST_MEND, names=names)


def _above(program: Program, node: int) -> list[int]:
    """The node and its users, up to a few levels above, that the output needs."""
    operands, level = program.graph.operands, {node: 0}
    for user in range(node + 1, min(program.output + 1, MOST_NODES)):
        below = [level[operand] for operand in operands[user] if operand in level]
        if below and min(below) < LEVELS:
            level[user] = min(below) + 1
    return [at for at in level if at < MOST_NODES]
