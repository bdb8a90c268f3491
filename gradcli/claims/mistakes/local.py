"""Mistakes at one edge of the chain: what its local derivative is taken for.

Depends on `gradcli.claims.mistakes.chain` for what the local derivative must have been, and on the rules of the table.
A mistake is a function that gives the sentence to say, or an empty one where it was not made.
"""

from collections.abc import Callable

from gradcli.claims.mistakes.chain import Step, constant, equal, negatives, ratios, reciprocals, times
from gradcli.claims.mistakes.wording import Wording, nice
from gradcli.derivatives.rules import VARIADIC, rules
from gradcli.precision.multiprecision_kernels import MEANINGS, MP, Number, run_template


def _forgotten(words: Wording, step: Step) -> str:
    if not equal(step.required, [MP.one] * len(step.required)):
        return ""
    if equal(step.partial, [-MP.one] * len(step.partial)):
        return f"the minus sign of {words.local(step)} is lost"
    return f"the inner derivative {words.local(step)} is missing: the chain rule multiplies by it"


def _missing_path(words: Wording, step: Step) -> str:
    if words.is_only_path(step) or not all(required == 0 or abs(required) < 1e-30 for required in step.required):
        return ""
    operand, node = words.text(step.edge.operand), words.text(step.edge.node)
    if step.edge.operand == words.chain.by:
        return f"a path is missing: `{operand}` also acts directly in `{node}`, with {words.local(step)}"
    return f"the path through `{operand}` is missing, with {words.local(step)}"


def _wrong_sign(words: Wording, step: Step) -> str:
    if not equal(step.required, negatives(step.partial)):
        return ""
    if words.is_only_path(step) and (words.operator(step), step.edge.position) not in MINUS:
        return ""
    return f"the sign of {words.local(step)} is wrong"


def _power(words: Wording, step: Step) -> str:
    if words.operator(step) != "pow" or step.edge.position:
        return ""
    base, exponent = words.graph.operands[step.edge.node]
    power, n = words.text(step.edge.node), words.text(exponent)
    if equal(step.required, ratios(step.partial, words.chain.at(exponent))):
        return f"the exponent {n} of `{power}` is not brought down as a factor: {words.local(step)}"
    if equal(step.required, times(step.partial, words.chain.at(base))):
        return f"the exponent of `{power}` is not lowered by one: {words.local(step)}"
    return ""


def _wrong_value(words: Wording, step: Step) -> str:
    """1 - h² of the wrong h: the local derivative taken in another value, or in the argument in place of the result."""
    operator, node = words.operator(step), step.edge.node
    if operator not in OF_RESULT:
        return ""
    form, meaning = OF_RESULT[operator]
    for other in words.others():
        if other != node and equal(step.required, [*map(meaning, words.chain.at(other))]):
            right, wrong = words.in_value(form, node), words.in_value(form, other)
            what = "the argument in place of the value" if other in words.graph.operands[node] else "the wrong value"
            return f"{words.partial(step)} is {right}, and the claim has {wrong}: {what}"
    return ""


def _slip(words: Wording, step: Step) -> str:
    """1 - h in place of 1 - h²."""
    operator, node = words.operator(step), step.edge.node
    for form, meaning in SLIPS.get(operator, ()):
        if equal(step.required, [*map(meaning, words.chain.at(node))]):
            right, wrong = words.in_value(OF_RESULT[operator][0], node), words.in_value(form, node)
            return f"{words.partial(step)} is {right}, and the claim has {wrong}"
    return ""


def _wrong_argument(words: Wording, step: Step) -> str:
    """cos(a) of the wrong a."""
    operator, operands = words.operator(step), words.graph.operands[step.edge.node]
    rule = rules(operator, tails=False)[0] if len(operands) == 1 and operator not in VARIADIC else None
    if not rule:
        return ""
    for other in words.others():
        values = words.chain.at(other)
        slopes = [run_template(rule.partial, (value, MEANINGS[operator](value))) for value in values]
        if other != operands[0] and equal(step.required, slopes):
            right, wrong = words.text(operands[0]), words.text(other)
            return f"the derivative of `{operator}` is taken at `{wrong}`, and belongs at `{right}`"
    return ""


def _not_differentiated(words: Wording, step: Step) -> str:
    if words.operator(step) in ("exp", "mul", "add", "sub") or not equal(step.required, words.chain.at(step.edge.node)):
        return ""
    return f"`{words.text(step.edge.node)}` itself stands where its derivative {words.local(step)} belongs"


def _wrong_factor(words: Wording, step: Step) -> str:
    if words.operator(step) != "mul" or not equal(step.required, words.chain.at(step.edge.operand)):
        return ""
    operand = words.text(step.edge.operand)
    return f"{words.local(step)}, the other factor, and the claim has `{operand}` itself"


def _quotient(words: Wording, step: Step) -> str:
    if words.operator(step) != "div":
        return ""
    below = words.graph.operands[step.edge.node][1]
    bottom = words.chain.at(below)
    if step.edge.position and equal(step.required, times(step.partial, bottom)):
        return f"the denominator is not squared: {words.local(step)}"
    if step.edge.position and equal(step.required, reciprocals(bottom)):
        return f"the denominator is treated as a numerator: {words.local(step)}"
    if not step.edge.position and equal(step.required, bottom):
        return f"the claim multiplies by `{words.text(below)}`: {words.local(step)}"
    return ""


def _taken_twice(words: Wording, step: Step) -> str:
    if constant(step.partial) or not equal(step.required, times(step.partial, step.partial)):
        return ""
    return f"the factor {words.local(step)} is taken twice"


def _inverted(words: Wording, step: Step) -> str:
    if equal(step.partial, [MP.one] * len(step.partial)) or not equal(step.required, reciprocals(step.partial)):
        return ""
    return f"the claim divides by {words.local(step)}, and the chain rule multiplies by it"


def _scaled(words: Wording, step: Step) -> str:
    """One of several paths counts too much or too little."""
    factors = ratios(step.required, step.partial)
    if words.is_only_path(step) or not constant(factors) or not (number := nice(factors[0])):
        return ""
    return f"the path through `{words.text(step.edge.node)}` counts {number} times; {words.local(step)}"


MINUS = frozenset({("sub", 1), ("neg", 0), ("div", 1), ("cos", 0), ("acos", 0)})
"""Operators and operands whose local derivative has a minus, which is easily lost."""

OF_RESULT: dict[str, tuple[str, Callable[[Number], Number]]] = {
    "tanh": ("1 - h²", lambda h: 1 - h * h),
    "sigmoid": ("h*(1 - h)", lambda h: h * (1 - h)),
    "exp": ("h", lambda h: h),
    "sqrt": ("1/(2*h)", lambda h: 1 / (2 * h) if h else MP.nan),
    "tan": ("1 + h²", lambda h: 1 + h * h),
}
"""Operators whose derivative people write by the operator's value h."""

SLIPS: dict[str, tuple[tuple[str, Callable[[Number], Number]], ...]] = {
    "tanh": (("1 - h", lambda h: 1 - h), ("1 + h²", lambda h: 1 + h * h), ("h²", lambda h: h * h)),
    "sigmoid": (("1 - h", lambda h: 1 - h), ("h", lambda h: h), ("h*(1 + h)", lambda h: h * (1 + h))),
    "sqrt": (("1/h", lambda h: 1 / h if h else MP.nan), ("2*h", lambda h: 2 * h)),
    "tan": (("1 - h²", lambda h: 1 - h * h),),
}
"""What that form is taken for."""

LOCAL: tuple[Callable[[Wording, Step], str], ...] = (
    _forgotten,
    _missing_path,
    _wrong_sign,
    _power,
    _wrong_value,
    _slip,
    _wrong_factor,
    _quotient,
    _wrong_argument,
    _not_differentiated,
    _taken_twice,
    _inverted,
    _scaled,
)
"""Mistakes at one edge, the most telling first."""
