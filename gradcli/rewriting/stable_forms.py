"""Formulas that lose their number in double precision, and how to write them so that they keep it.

Depends on `recognition`, which finds them, and on the language for the advice.
"""

from collections.abc import Iterator
from typing import NamedTuple

from gradcli.graph.graph import CONSTANT, Graph
from gradcli.language.notation import ELLIPSIS, expression_text
from gradcli.language.program import Program, parse
from gradcli.rewriting.patterns import forms, match

POLE, OUTSIDE, INDETERMINATE, STEEP = "pole", "outside", "indeterminate", "steep"
"""Causes in mathematics: an infinite value, no real value, 0/0 and the like, a vertical tangent."""
OVERFLOW, UNDERFLOW = "overflow", "underflow"
"""Accidents of double precision: a number too large for it, or a divisor too small."""
CAUSES = (POLE, OUTSIDE, INDETERMINATE, STEEP, OVERFLOW, UNDERFLOW)
DIGITS = ()
"""Not the number is lost, only digits of it."""

LEVELS = 5
"""How far above the node where the number was lost a formula may begin."""
LONGEST = 80


class Remedy(NamedTuple):
    """A formula and what to write for it.

    causes   against which that helps
    blamed   the operand that is to blame
    """

    formula: str
    better: str
    causes: tuple[str, ...] = CAUSES
    blamed: str = "a"


STABLE = (
    Remedy("(exp(a) - exp(-a))/(exp(a) + exp(-a))", "tanh(a)"),
    Remedy("exp(a)/(exp(a) + exp(b))", "softmax2(a, b)"),
    Remedy("log(exp(a) + exp(b))", "logaddexp(a, b)"),
    Remedy("log(1 + exp(a))", "softplus(a)"),
    Remedy("log1p(exp(a))", "softplus(a)"),
    Remedy("log(1 - sigmoid(a))", "-softplus(a)"),
    Remedy("log(sigmoid(a))", "-softplus(-a)"),
    Remedy("log(1/(1 + exp(-a)))", "-softplus(-a)"),
    Remedy("log(exp(a))", "a"),
    Remedy("1/(1 + exp(-a))", "sigmoid(a)"),
    Remedy("1/(1 + exp(a))", "sigmoid(-a)"),
    Remedy("exp(a)/(1 + exp(a))", "sigmoid(a)"),
    Remedy("1/exp(-a)", "exp(a)"),
    Remedy("1/exp(a)", "exp(-a)"),
    Remedy("sinh(a)/cosh(a)", "tanh(a)"),
    Remedy("log(1 + a)", "log1p(a)", DIGITS),
    Remedy("exp(a) - 1", "expm1(a)", DIGITS),
    Remedy("1 - sigmoid(a)", "sigmoid(-a)", DIGITS),
    Remedy("1 - normal_cdf(a)", "normal_cdf(-a)", DIGITS),
    Remedy("1 - erf(a)", "erfc(a)", DIGITS),
    Remedy("1 - erfc(a)", "erf(a)", DIGITS),
    Remedy("1 - cos(a)", "2*sin(a/2)^2", DIGITS),
    Remedy("1 - tanh(a)^2", "1/cosh(a)^2", DIGITS),
)
"""Where the better formula is never the worse: the same function on the whole line, with at least as many digits."""

WHOLE = (
    *STABLE,
    Remedy("log(cosh(a))", "logaddexp(a, -a) - log(2)"),
    Remedy("log(gamma(a))", "lgamma(a)"),
    Remedy("gamma(a)/gamma(b)", "exp(lgamma(a) - lgamma(b))"),
    Remedy("exp(a)/exp(b)", "exp(a - b)"),
    Remedy("exp(a)*exp(b)", "exp(a + b)"),
    Remedy("sqrt(a^2 + b^2)", "hypot(a, b)"),
    Remedy("sqrt(a*a + b*b)", "hypot(a, b)"),
    Remedy("sqrt(a^2)", "abs(a)"),
    Remedy("sqrt(a)^2", "a"),
    Remedy("sin(a)/a", "sinc(a)"),
    Remedy("a*log(b)", "xlogy(a, b)"),
    Remedy("log(a*b)", "log(a) + log(b)", (OVERFLOW,)),
    Remedy("log(a^b)", "b*log(a)", (OVERFLOW, POLE)),
    Remedy("a/abs(a)", "sign(a)"),
)
"""Formulas of several operators; the first that is found is the one that is named."""

SINGLE = (
    Remedy("log(a)", "log(max(a, 1e-300))", (POLE,)),
    Remedy("log(a)", "log(abs(a))", (OUTSIDE,)),
    Remedy("sqrt(a)", "sqrt(max(a, 0))", (OUTSIDE,)),
    Remedy("sqrt(a)", "sqrt(a + 1e-12)", (STEEP,)),
    Remedy("asin(a)", "asin(clip(a, -1, 1))", (OUTSIDE,)),
    Remedy("acos(a)", "acos(clip(a, -1, 1))", (OUTSIDE,)),
    Remedy("atanh(a)", "atanh(clip(a, -0.999999, 0.999999))", (POLE, OUTSIDE)),
    Remedy("acosh(a)", "acosh(max(a, 1))", (OUTSIDE,)),
    Remedy("log1p(a)", "log1p(max(a, -0.999999))", (POLE, OUTSIDE)),
    Remedy("a/b", "where(b == 0, 0, a/b)", (POLE, OUTSIDE, INDETERMINATE), blamed="b"),
    Remedy("a^b", "abs(a)^b", (OUTSIDE,)),
    Remedy("a^b", "max(a, 1e-300)^b", (POLE, STEEP)),
)
"""What can be done where nothing larger is recognised: keep the operand where the operator is defined."""


def remedy(program: Program, node: int, cause: str) -> str:
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


def _singly(graph: Graph, node: int, cause: str) -> Iterator[str]:
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
