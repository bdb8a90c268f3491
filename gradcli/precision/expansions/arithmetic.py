"""Sums, products and compositions of expansions.

Depends on `series`.
"""

from collections.abc import Iterable
from math import prod

from gradcli.precision.enclosures.balls import Enclosure, kept
from gradcli.precision.expansions.series import (
    BOUNDED,
    CONSTANT,
    HUGE,
    INFINITE,
    NEGATIVE_HUGE,
    NEGATIVE_INFINITE,
    UNDEFINED,
    UNKNOWN,
    ZERO,
    Expansion,
    Order,
    constant,
    is_boundless,
    is_infinite,
    plus,
    sign,
    summed,
)


def at_limit(x: Expansion, number: Enclosure) -> Expansion:
    """The same where its limit is known to be just this number."""
    rest = tuple((order, it) for order, it in x.terms if order != CONSTANT)
    return summed(((CONSTANT, number), *rest), x.rest)


def add(x: Expansion, y: Expansion) -> Expansion:
    """The sum."""
    if is_boundless(x) or is_boundless(y):
        return _boundless_sum(x, y)
    if ZERO in (x, y):
        return x if y == ZERO else y
    sums = dict(x.terms)
    for order, it in y.terms:
        sums[order] = kept(sums[order] + it) if order in sums else it
    found = summed(sums.items(), min(x.rest, y.rest))
    return found if found.terms or x.side != y.side else found._replace(side=x.side)


def _boundless_sum(x: Expansion, y: Expansion) -> Expansion:
    for lost in (UNDEFINED, UNKNOWN):
        if x is lost or y is lost:
            return lost
    if is_infinite(x) or is_infinite(y):
        first, second = (x, y) if is_infinite(x) else (y, x)
        return UNDEFINED if is_infinite(second) and first is not second else first
    if is_boundless(x) and is_boundless(y):
        return x if x is y else UNKNOWN
    return x if is_boundless(x) else y


def neg(x: Expansion) -> Expansion:
    """The expansion with its sign changed."""
    if is_boundless(x):
        pairs = ((INFINITE, NEGATIVE_INFINITE), (HUGE, NEGATIVE_HUGE))
        return next((pair[1 - at] for pair in pairs for at in (0, 1) if x is pair[at]), x)
    return Expansion(tuple((order, -it) for order, it in x.terms), x.rest, x.side and -x.side)


def sub(x: Expansion, y: Expansion) -> Expansion:
    """The difference; of one and the same number nothing is left, however little is known of it."""
    if is_boundless(x) or is_boundless(y):
        return _boundless_sum(x, neg(y))
    shared = {order for order, it in y.terms if x.rest > order and x.coefficient(order) is it}
    if not shared:
        return add(x, neg(y))
    first, second = (it._replace(terms=tuple(term for term in it.terms if term[0] not in shared)) for it in (x, y))
    return add(first, neg(second))


def mul(x: Expansion, y: Expansion) -> Expansion:
    """The product."""
    if is_boundless(x) or is_boundless(y):
        return _boundless_product(x, y)
    if ZERO in (x, y):
        return ZERO
    rest = min(plus(x.rest, y.lead), plus(y.rest, x.lead))
    sums: dict[Order, Enclosure] = {}
    for at, one in x.terms:
        for order, other in y.terms:
            together = (at[0] + order[0], at[1] + order[1])
            if together >= rest:
                break
            product = one * other
            sums[together] = kept(sums[together] + product) if together in sums else kept(product)
    found = summed(sums.items(), rest)
    return found if found.terms else found._replace(side=_product_of_signs(x, y))


def _boundless_product(x: Expansion, y: Expansion) -> Expansion:
    for lost in (UNDEFINED, UNKNOWN):
        if x is lost or y is lost:
            return lost
    side, infinite = _product_of_signs(x, y), is_infinite(x) or is_infinite(y)
    if infinite and 0 in (sign(x), sign(y)):
        return UNDEFINED
    if not side or not (infinite or all(is_boundless(it) or it.terms for it in (x, y))):
        return UNKNOWN
    if infinite:
        return INFINITE if side > 0 else NEGATIVE_INFINITE
    return HUGE if side > 0 else NEGATIVE_HUGE


def _product_of_signs(*factors: Expansion) -> int | None:
    signs = [sign(x) for x in factors]
    return None if None in signs else prod(side for side in signs if side is not None)


def compose(coefficients: Iterable[Enclosure], x: Expansion) -> Expansion:
    """A power series at what tends to 0, by Horner's scheme; of its further terms only the order is known."""
    total = BOUNDED
    for it in reversed([*coefficients]):
        total = add(mul(total, x), constant(it))
    return total
