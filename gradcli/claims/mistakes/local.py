"""Mistakes at one edge of the chain: what its local derivative is taken for.

Depends on `gradcli.claims.mistakes.chain` for what the local derivative must have been, and on the rules of the table.
A mistake is a function that gives the sentence to say, or an empty one where it was not made.
"""

from collections.abc import Callable

from gradcli.claims.mistakes.chain import Step, constant, equal, ratios, times
from gradcli.claims.mistakes.wording import Telling, as_factor, nice
from gradcli.derivatives.rules import VARIADIC, rules
from gradcli.precision.multiprecision_kernels import MEANINGS, MP, Number, run_template


def _forgotten(told: Telling, step: Step) -> str:
    if not equal(step.required, [MP.one] * len(step.required)):
        return ""
    if equal(step.partial, [-MP.one] * len(step.partial)):
        return f"the minus sign of {told.local(step)} is lost"
    return f"the inner derivative {told.local(step)} is missing: the chain rule multiplies by it"


def _missing_path(told: Telling, step: Step) -> str:
    if told.is_only_path(step) or not all(required == 0 or abs(required) < 1e-30 for required in step.required):
        return ""
    operand, node = told.text(step.edge.operand), told.text(step.edge.node)
    if step.edge.operand == told.chain.by:
        return f"a path is missing: `{operand}` also acts directly in `{node}`, with {told.local(step)}"
    return f"the path through `{operand}` is missing, with {told.local(step)}"


def _wrong_sign(told: Telling, step: Step) -> str:
    if not equal(step.required, [-partial for partial in step.partial]):
        return ""
    if told.is_only_path(step) and (told.operator(step), step.edge.position) not in MINUS:
        return ""
    return f"the sign of {told.local(step)} is wrong"


def _power(told: Telling, step: Step) -> str:
    if told.operator(step) != "pow" or step.edge.position:
        return ""
    base, exponent = told.graph.operands[step.edge.node]
    power, n = told.text(step.edge.node), told.text(exponent)
    if equal(step.required, ratios(step.partial, told.chain.at(exponent))):
        return f"the exponent {n} of `{power}` is not brought down as a factor: {told.local(step)}"
    if equal(step.required, times(step.partial, told.chain.at(base))):
        return f"the exponent of `{power}` is not lowered by one: {told.local(step)}"
    return ""


def _wrong_value(told: Telling, step: Step) -> str:
    """1 - h² of the wrong h: the local derivative taken in another value, or in the argument in place of the result."""
    operator, node = told.operator(step), step.edge.node
    form = OF_RESULT.get(operator)
    if not form:
        return ""
    text, meaning = form
    for other in told.others():
        if other != node and equal(step.required, [meaning(value) for value in told.chain.at(other)]):
            spelled = text.replace("h", as_factor(told.text(other)))
            right = text.replace("h", as_factor(told.text(node)))
            what = "the argument in place of the value" if other in told.graph.operands[node] else "the wrong value"
            return f"{told.partial(step)} is {right}, and the claim has {spelled}: {what}"
    return ""


def _slip(told: Telling, step: Step) -> str:
    """1 - h in place of 1 - h²."""
    operator, node = told.operator(step), step.edge.node
    for text, meaning in SLIPS.get(operator, ()):
        if equal(step.required, [meaning(value) for value in told.chain.at(node)]):
            right, wrong = (form.replace("h", as_factor(told.text(node))) for form in (OF_RESULT[operator][0], text))
            return f"{told.partial(step)} is {right}, and the claim has {wrong}"
    return ""


def _wrong_argument(told: Telling, step: Step) -> str:
    """cos(a) of the wrong a."""
    operator, operands = told.operator(step), told.graph.operands[step.edge.node]
    if operator in VARIADIC or len(operands) != 1:
        return ""
    rule = rules(operator, tails=False)[0]
    for other in told.others() if rule else ():
        values = told.chain.at(other)
        slopes = [run_template(rule.partial, (value, MEANINGS[operator](value))) for value in values] if rule else []
        if other != operands[0] and equal(step.required, slopes):
            right, wrong = told.text(operands[0]), told.text(other)
            return f"the derivative of `{operator}` is taken at `{wrong}`, and belongs at `{right}`"
    return ""


def _not_differentiated(told: Telling, step: Step) -> str:
    if told.operator(step) in ("exp", "mul", "add", "sub") or not equal(step.required, told.chain.at(step.edge.node)):
        return ""
    return f"`{told.text(step.edge.node)}` itself stands where its derivative {told.local(step)} belongs"


def _wrong_factor(told: Telling, step: Step) -> str:
    if told.operator(step) != "mul" or not equal(step.required, told.chain.at(step.edge.operand)):
        return ""
    operand = told.text(step.edge.operand)
    return f"{told.local(step)}, the other factor, and the claim has `{operand}` itself"


def _quotient(told: Telling, step: Step) -> str:
    if told.operator(step) != "div":
        return ""
    top, bottom = (told.chain.at(operand) for operand in told.graph.operands[step.edge.node])
    if step.edge.position and equal(step.required, times(step.partial, bottom)):
        return f"the denominator is not squared: {told.local(step)}"
    if step.edge.position and equal(step.required, ratios([MP.one] * len(top), bottom)):
        return f"the denominator is treated as a numerator: {told.local(step)}"
    if not step.edge.position and equal(step.required, bottom):
        return f"the claim multiplies by `{told.text(told.graph.operands[step.edge.node][1])}`: {told.local(step)}"
    return ""


def _taken_twice(told: Telling, step: Step) -> str:
    if constant(step.partial) or not equal(step.required, times(step.partial, step.partial)):
        return ""
    return f"the factor {told.local(step)} is taken twice"


def _inverted(told: Telling, step: Step) -> str:
    if equal(step.partial, [MP.one] * len(step.partial)):
        return ""
    if not equal(step.required, ratios([MP.one] * len(step.partial), step.partial)):
        return ""
    return f"the claim divides by {told.local(step)}, and the chain rule multiplies by it"


def _scaled(told: Telling, step: Step) -> str:
    """One of several paths counts too much or too little."""
    factors = ratios(step.required, step.partial)
    if told.is_only_path(step) or not constant(factors) or not (number := nice(factors[0])):
        return ""
    return f"the path through `{told.text(step.edge.node)}` counts {number} times; {told.local(step)}"


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

LOCAL: tuple[Callable[[Telling, Step], str], ...] = (
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
