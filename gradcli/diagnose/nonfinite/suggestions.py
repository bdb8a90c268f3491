"""What to write instead of a formula that lost its number.

Depends on `gradcli.rewriting.patterns`, which finds formulas in a graph, and on the language for the words.
"""

from collections.abc import Iterator
from typing import NamedTuple

from gradcli.diagnose.nonfinite.wording import Cause
from gradcli.graph.graph import CONSTANT, Graph
from gradcli.language.notation import ELLIPSIS, expression_text
from gradcli.language.program import Program, parse
from gradcli.rewriting.patterns import forms, match
from gradcli.rewriting.stable_forms import OVERFLOWING

LEVELS = 5
"""How far above the node where the number was lost a formula may begin."""
LONGEST = 80


class Suggestion(NamedTuple):
    """A formula and what to write for it.

    causes   against which that helps
    blamed   the operand that is to blame
    """

    formula: str
    better: str
    causes: tuple[Cause, ...] = tuple(Cause)
    blamed: str = "a"


WHOLE = (
    *(Suggestion(formula, better) for formula, better in OVERFLOWING.items()),
    Suggestion("log(cosh(a))", "logaddexp(a, -a) - log(2)"),
    Suggestion("log(gamma(a))", "lgamma(a)"),
    Suggestion("gamma(a)/gamma(b)", "exp(lgamma(a) - lgamma(b))"),
    Suggestion("exp(a)/exp(b)", "exp(a - b)"),
    Suggestion("exp(a)*exp(b)", "exp(a + b)"),
    Suggestion("sqrt(a^2 + b^2)", "hypot(a, b)"),
    Suggestion("sqrt(a*a + b*b)", "hypot(a, b)"),
    Suggestion("sqrt(a^2)", "abs(a)"),
    Suggestion("sqrt(a)^2", "a"),
    Suggestion("sin(a)/a", "sinc(a)"),
    Suggestion("a*log(b)", "xlogy(a, b)"),
    Suggestion("log(a*b)", "log(a) + log(b)", (Cause.OVERFLOW,)),
    Suggestion("log(a^b)", "b*log(a)", (Cause.OVERFLOW, Cause.POLE)),
    Suggestion("a/abs(a)", "sign(a)"),
)
"""Formulas of several operators; the first that is found is the one that is named."""

SINGLE = (
    Suggestion("log(a)", "log(max(a, 1e-300))", (Cause.POLE,)),
    Suggestion("log(a)", "log(abs(a))", (Cause.DOMAIN,)),
    Suggestion("sqrt(a)", "sqrt(max(a, 0))", (Cause.DOMAIN,)),
    Suggestion("sqrt(a)", "sqrt(a + 1e-12)", (Cause.VERTICAL_TANGENT,)),
    Suggestion("asin(a)", "asin(clip(a, -1, 1))", (Cause.DOMAIN,)),
    Suggestion("acos(a)", "acos(clip(a, -1, 1))", (Cause.DOMAIN,)),
    Suggestion("atanh(a)", "atanh(clip(a, -0.999999, 0.999999))", (Cause.POLE, Cause.DOMAIN)),
    Suggestion("acosh(a)", "acosh(max(a, 1))", (Cause.DOMAIN,)),
    Suggestion("log1p(a)", "log1p(max(a, -0.999999))", (Cause.POLE, Cause.DOMAIN)),
    Suggestion("a/b", "where(b == 0, 0, a/b)", (Cause.POLE, Cause.DOMAIN, Cause.INDETERMINATE), blamed="b"),
    Suggestion("a^b", "abs(a)^b", (Cause.DOMAIN,)),
    Suggestion("a^b", "max(a, 1e-300)^b", (Cause.POLE, Cause.VERTICAL_TANGENT)),
)
"""What can be done where nothing larger is recognised: keep the operand where the operator is defined."""


def suggestion(program: Program, node: int, cause: Cause) -> str:
    """What to write instead of what, as text; empty where the table has nothing for this node and cause."""
    graph = program.graph
    roots = _above(program, node)
    for formula, better, causes, _ in WHOLE:
        for form in forms(formula) if cause in causes else ():
            for root in roots:
                found = match(graph, root, form)
                if found and node in found.inside:
                    return f"write {_advice(graph, root, formula, better, found.holes)}"
    return next(_singly(graph, node, cause), "")


def _singly(graph: Graph, node: int, cause: Cause) -> Iterator[str]:
    """What keeps an operand inside; a literal can be kept nowhere."""
    for formula, better, causes, blamed in SINGLE:
        found = match(graph, node, forms(formula)[0]) if cause in causes else None
        if found and graph.operators[found.holes[blamed]] != CONSTANT:
            yield f"to stay finite, write {_advice(graph, node, formula, better, found.holes)}"


def _advice(graph: Graph, root: int, formula: str, better: str, holes: dict[str, int]) -> str:
    """The better formula and for what it stands, with their holes filled unless that would be long."""
    whole = expression_text(graph, root, LONGEST)
    if whole.endswith(ELLIPSIS):
        return f"`{better}` for `{formula}`"
    tiny = parse(better, variables="ab")
    texts = {tiny.variables[name]: f"({_text(graph, hole)})" for name, hole in holes.items() if name in tiny.variables}
    filled = expression_text(tiny.graph, tiny.output, names=texts, spell_out=False)
    written = parse(filled, variables={*graph.variables(), *graph.names.values()})
    return f"`{expression_text(written.graph, written.output, 2 * LONGEST)}` for `{whole}`"


def _text(graph: Graph, node: int) -> str:
    return expression_text(graph, node, spell_out=False)


def _above(program: Program, node: int) -> list[int]:
    """The node and its users, up to a few levels above, that the output needs."""
    operands, level = program.graph.operands, {node: 0}
    for user in range(node + 1, program.output + 1):
        below = [level[operand] for operand in operands[user] if operand in level]
        if below and min(below) < LEVELS:
            level[user] = min(below) + 1
    return [*level]
