"""The rules of the operator table, ready to be applied: a local derivative and the condition under which it counts.

At a kink there are others, for a forward sweep: when a node is at its kink, and what holds beside it in a direction.
Depends on `gradcli.operators` for the texts and on `gradcli.language` to read them.
"""

from functools import cache
from typing import NamedTuple

from gradcli.graph.graph import Graph
from gradcli.graph.simplify import simplified
from gradcli.graph.template import Template, template
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator, Tail, Trait
from gradcli.operators.table import OPERATORS

RESULT, TIES, SCALED = "result", "ties", ("scaled", "scaled_result")


class Rule(NamedTuple):
    """The local derivative by one operand.

    partial  over the operands, then the result (then `ties` for a variadic operator)
    active   the condition under which it counts, over the same; None where it always does. Where the condition is
             false the operand has no influence and gets exactly nothing, whatever comes from upstream
    unit     whether the partial is the number 1, as it is in every sum
    slot     the operand that the partial is, as it is in every product; -1 where it is more than an operand
    """

    partial: Template
    active: Template | None
    unit: bool
    slot: int


class KinkRule(NamedTuple):
    """What the table says of one operator's kink.

    kink             the condition, over the operands and the result; of a variadic operator over the result and `ties`
    directional      the derivative in a direction, over the operands, their tangents dx, dy, … and the result; None
                     where it is flat, and for a variadic operator, which is applied to the tangents of those that tie
    one_sided_limit  the value just beside, over the same; None where there is no jump
    """

    kink: Template
    directional: Template | None
    one_sided_limit: Template | None


VARIADIC = frozenset(row.name for row in OPERATORS.values() if row.variadic)
"""The operators of any number of operands."""


@cache
def rules(operator: str, *, tails: bool = True, defined: bool = False) -> tuple[Rule | None, ...]:
    """A rule for each operand of an operator of fixed arity; None where it is flat.

    Without `tails` they are plain formulas, which lose digits at the ends of the range of doubles. With `defined` a
    slope is NaN where the result is: a formula of it may have a number there, which is nobody's slope.
    """
    row = OPERATORS[operator]
    other = (row.tails if tails else ()) or (None,) * len(row.partials)
    plain = tuple(_rule(text, (*row.operands, RESULT), tail) for text, tail in zip(row.partials, other, strict=True))
    return tuple(_defined(row, rule, (*row.operands, RESULT)) for rule in plain) if defined else plain


@cache
def variadic_rule(operator: str, *, beside_zero: bool, tails: bool = True, defined: bool = False) -> Rule | None:
    """The rule for any one operand `x` of a variadic operator; another one where a literal 0 stands beside it."""
    row, names = OPERATORS[operator], ("x", RESULT, TIES, *SCALED)
    text = row.beside_zero if beside_zero and row.beside_zero else row.partials[0]
    plain = _rule(text, names, row.tails[0] if tails and row.tails else None)
    return _defined(row, plain, names) if defined else plain


def rule_at(graph: Graph, node: int, position: int) -> Rule | None:
    """The rule for one operand of a node; None where it is flat."""
    operator, operands = graph.operators[node], graph.operands[node]
    if operator in VARIADIC:
        return variadic_rule(operator, beside_zero=any(graph.is_number(at, 0.0) for at in operands))
    return rules(operator)[position]


@cache
def textbook(operator: str) -> tuple[Template | None, ...]:
    """The local derivatives to be read, over the operands (of a variadic operator `x`) and the result.

    None where the rule is what is read too: a row has no other form for it, and no tail.
    """
    row = OPERATORS[operator]
    tails, texts = row.tails or (None,) * len(row.partials), row.textbook or ("",) * len(row.partials)
    return tuple(
        parse_template(text or partial, (*row.operands, RESULT)) if text or tail else None
        for text, partial, tail in zip(texts, row.partials, tails, strict=True)
    )


@cache
def scale(operator: str) -> Template | None:
    """The factor for all operands, over the result, that keeps the partial of a variadic operator in range."""
    row = OPERATORS[operator]
    return parse_template(row.scale, (RESULT,)) if row.scale else None


@cache
def tie(operator: str) -> Template | None:
    """The condition on `x` and the result that counts towards `ties`."""
    row = OPERATORS[operator]
    return parse_template(row.tie, ("x", RESULT)) if row.tie else None


@cache
def kink_rule(operator: str) -> KinkRule | None:
    """The kink of an operator; None for one that has none."""
    row = OPERATORS[operator]
    if not row.kink:
        return None
    if operator in VARIADIC:
        return KinkRule(parse_template(row.kink, (RESULT, TIES)), None, None)
    names = (*row.operands, *(f"d{name}" for name in row.operands), RESULT)
    texts = (row.directional, row.one_sided_limit)
    directional, limit = (parse_template(text, names) if text else None for text in texts)
    return KinkRule(parse_template(row.kink, (*row.operands, RESULT)), directional, limit)


@cache
def domain(operator: str) -> Template | None:
    """The condition on the operands under which an operator is defined; None for everywhere."""
    row = OPERATORS[operator]
    return parse_template(row.domain, row.operands) if row.domain else None


def _rule(text: str, parameters: tuple[str, ...], tail: Tail | None) -> Rule | None:
    """A rule from its text: a branch `0` of a conditional is taken out of the partial and into the condition."""
    whole = parse_template(text, parameters)
    if whole.literal == 0.0:
        return None
    graph = Graph()
    holes = [graph.variable(name) for name in parameters]
    partial, when = _split(graph, whole.put(graph, holes))
    if tail:
        there, instead = (parse_template(part, parameters).put(graph, holes) for part in tail)
        partial = graph.node("where", (there, instead, partial))
    return _made(graph, partial, when, parameters)


def _made(graph: Graph, partial: int, when: int, parameters: tuple[str, ...]) -> Rule:
    active = None if graph.value_of(when) == 1.0 else template(graph, when, parameters)
    counted = template(graph, partial, parameters)
    return Rule(counted, active, counted.literal == 1.0, -1 if counted.steps else counted.output)


def _defined(row: Operator, rule: Rule | None, parameters: tuple[str, ...]) -> Rule | None:
    """The rule of an operator whose slope is NaN where its result is.

    A condition on NaN chooses no operand, and what is flat is flat where it is defined. Only `where` has a condition
    of its own, which still tells the operand that it does not depend on; and a truth is never NaN. Where a function
    without a kink is flat, as 0^y is, the slope is a number times 0, and what comes from a NaN stays that.
    """
    routed = Trait.ROUTES in row.traits and not row.variadic
    if rule is None and (routed or Trait.TRUTH in row.traits):
        return None
    graph = Graph()
    holes = {name: graph.variable(name) for name in parameters}
    nan, lost = graph.node("nan", ()), graph.node("ne", (holes[RESULT], holes[RESULT]))
    if rule is None:
        return _made(graph, nan, lost, parameters)
    partial = rule.partial.put(graph, [*holes.values()])
    when = always = graph.constant(1.0)
    if rule.active is not None:
        when = rule.active.put(graph, [*holes.values()])
    if not (row.kink or routed):
        partial, when = simplified(graph, "where", (when, partial, graph.constant(0.0))), always
    partial = graph.node("where", (lost, nan, partial))
    return _made(graph, partial, when if routed else _or(graph, lost, when), parameters)


def _split(graph: Graph, output: int) -> tuple[int, int]:
    """A partial as (what counts, when it counts): the branches of its conditionals, literal zeros taken out."""
    never, always = graph.constant(0.0), graph.constant(1.0)
    split: list[tuple[int, int]] = []
    for node in range(output + 1):
        if graph.operators[node] == "where":
            condition, if_true, if_false = graph.operands[node]
            split.append(_choice(graph, condition, split[if_true], split[if_false]))
        else:
            split.append((node, never if graph.value_of(node) == 0.0 else always))
    return split[output]


def _choice(graph: Graph, condition: int, if_true: tuple[int, int], if_false: tuple[int, int]) -> tuple[int, int]:
    """The split of a conditional from the splits of its branches."""
    never = graph.constant(0.0)
    when = _when(graph, condition, if_true[1], if_false[1])
    if never in (if_true[1], if_false[1]):
        return (if_true if if_false[1] == never else if_false)[0], when
    return simplified(graph, "where", (condition, if_true[0], if_false[0])), when


def _when(graph: Graph, condition: int, if_true: int, if_false: int) -> int:
    """where(condition, if_true, if_false) for truth values, written with `and`, `or` and `not`."""
    denied = simplified(graph, "not", (condition,))
    chosen = [_and(graph, condition, if_true), _and(graph, denied, if_false)]
    return _or(graph, *chosen) if if_true != if_false else if_true


def _and(graph: Graph, condition: int, other: int) -> int:
    value = graph.value_of(other)
    return graph.node("and", (condition, other)) if value is None else (condition if value else other)


def _or(graph: Graph, condition: int, other: int) -> int:
    for literal, remaining in ((condition, other), (other, condition)):
        if graph.value_of(literal) == 0.0:
            return remaining
    return graph.node("or", (condition, other))
