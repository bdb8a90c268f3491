"""The rules at kinks, for a forward sweep: when a node is at its kink, and what holds just beside it in a direction.

Depends on `gradcli.operators` for the texts and on `gradcli.language` to read them. At a smooth point the rules of
`gradcli.derivatives.rules` serve the forward sweep as well as the reverse one.
"""

from functools import cache
from typing import NamedTuple

from gradcli.derivatives.rules import RESULT, TIES, VARIADIC
from gradcli.graph.template import Template
from gradcli.language.program import parse_template
from gradcli.operators.table import OPERATORS


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
