"""Mistakes of a whole derivative: it is that of another node, lacks a factor or a term, counts only some paths.

Depends on `gradcli.claims.mistakes.chain`. A mistake is a function that gives the sentence to say, or an empty one.
"""

from collections.abc import Callable
from itertools import combinations

from gradcli.claims.mistakes.chain import Numbers, constant, equal, negatives, ratios, reciprocals, times
from gradcli.claims.mistakes.wording import Wording, nice
from gradcli.claims.notations import as_factor
from gradcli.precision.multiprecision_kernels import MP, Number

MOST_PATHS = 6


def _zero(words: Wording) -> str:
    if any(words.chain.claimed):
        return ""
    return f"the claim is 0, and `{words.claim.of}` does change with `{words.claim.by}`"


def _of_another(words: Wording) -> str:
    """The derivative by another node."""
    chain = words.chain
    for node, adjoint in chain.adjoints.items():
        if node not in (chain.by, chain.of) and equal(chain.claimed, chain.at(adjoint)):
            inner = f"d{as_factor(words.text(node))}/d{words.claim.by}"
            return f"this is the derivative by `{words.text(node)}`; the chain goes on: multiply by {inner}"
    return ""


def _some_paths(words: Wording) -> str:
    """The sum over some of the paths that end at the variable."""
    last = [step for step in words.steps if step.edge.operand == words.chain.by][:MOST_PATHS]
    for size in range(1, len(last)):
        for kept in combinations(last, size):
            if equal(words.chain.claimed, [sum(parts) for parts in zip(*(step.flow for step in kept), strict=True)]):
                lost = ", ".join(f"`{words.text(step.edge.node)}`" for step in last if step not in kept)
                return f"paths are missing: `{words.claim.by}` also acts through {lost}"
    return ""


def _a_value(words: Wording) -> str:
    for node in words.others():
        if words.graph.operands[node] and equal(words.chain.claimed, words.chain.at(node)):
            return f"this is the value of `{words.text(node)}`, no derivative"
    return ""


def _ratio(words: Wording) -> str:
    factors = ratios(words.chain.claimed, words.chain.true)
    if len(factors) > 1 and not constant(factors):
        return ""
    number = nice(factors[0])
    if number == "1":  # it is right but at odd points, or to more digits than tell
        return ""
    if number == "-1":
        return "the sign is wrong"
    return f"the claim is {number} times the derivative: a constant factor is wrong" if number else _rounded(factors)


def _rounded(factors: Numbers) -> str:
    if constant(factors) and 0 < abs(factors[0] - 1) < 1e-3:
        digits = int(-MP.log10(abs(factors[0] - 1)))
        return f"the two agree to {digits} digits: a constant is rounded"
    return f"the claim is {MP.nstr(factors[0], 8)} times the derivative everywhere" if constant(factors) else ""


def _factor_of(words: Wording) -> str:
    return _too_much_or_missing(words, "factor", ratios(words.chain.claimed, words.chain.true), reciprocals)


def _term(words: Wording) -> str:
    gaps = words.chain.gaps
    if constant(gaps) and (number := nice(gaps[0])):
        return f"the claim is off by the constant {number}"
    return _too_much_or_missing(words, "term", gaps, negatives)


def _too_much_or_missing(words: Wording, what: str, found: Numbers, inverse: Callable[[Numbers], Numbers]) -> str:
    """A node that is what was found, or whose inverse is."""
    for node in words.others():
        value = words.chain.at(node)
        if equal(found, value):
            return f"the {what} `{words.text(node)}` is too much"
        if equal(found, inverse(value)):
            return f"the {what} `{words.text(node)}` is missing"
    return ""


def _product_of_derivatives(words: Wording) -> str:
    """(u v)' taken for u' v', and (u/v)' for u'/v'."""
    chain = words.chain
    for node in chain.nodes:
        rule = OF_DERIVATIVES.get(words.graph.operators[node])
        if not rule or node not in chain.adjoints:
            continue
        word, meaning, right = rule
        first, second = (chain.slope(operand) for operand in words.graph.operands[node])
        flow = times(chain.at(chain.adjoints[node]), chain.slope(node))
        wrong = times(chain.at(chain.adjoints[node]), list(map(meaning, first, second)))
        parts = zip(chain.true, flow, wrong, strict=True)
        if equal(chain.claimed, [true - old + new for true, old, new in parts]):
            return f"the derivative of the {word} `{words.text(node)}` is not the {word} of the derivatives: {right}"
    return ""


OF_DERIVATIVES: dict[str, tuple[str, Callable[[Number, Number], Number], str]] = {
    "mul": ("product", lambda u, v: u * v, "(u*v)' = u'*v + u*v'"),
    "div": ("quotient", lambda u, v: u / v if v else MP.nan, "(u/v)' = (u'*v - u*v')/v^2"),
}

WHOLE: tuple[Callable[[Wording], str], ...] = (
    _zero,
    _product_of_derivatives,
    _of_another,
    _some_paths,
    _ratio,
    _a_value,
    _factor_of,
    _term,
)
"""Mistakes of the whole, the most telling first."""
