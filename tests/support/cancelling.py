"""What is left of two formulas that nearly cancel: a small number, exactly nothing, a kink. And formulas of all kinds.

Depends on `identities` for what hides a formula.
"""

from collections.abc import Mapping
from typing import NamedTuple

from identities import (
    HIDING,
    SHIFTS,
    Draw,
    Kind,
    Pair,
    acos,
    acosh,
    again,
    asinh,
    atan,
    erf,
    erfc,
    expm1,
    log1p,
    normal_cdf,
    sigmoid,
    tanh,
)  # fmt: skip
from terms import NO_NUMBER, PI, Term, call, cos, cosh, exp, log, number, sin, sinh, sqrt, variable

# -- what is left is small


def remainder(draw: Draw, e: Pair) -> Pair:
    """A plain form of its own that is all that is left of two large numbers, added to e or a factor of it."""
    left = difference(draw)
    return draw.random.choice((_product, _sum))(e, left)


def _product(e: Pair, other: Pair) -> Pair:
    return Pair(e.typed * other.typed, e.plain * other.plain)


def _sum(e: Pair, other: Pair) -> Pair:
    return Pair(e.typed + other.typed, e.plain + other.plain)


def difference(draw: Draw) -> Pair:
    """Two numbers that nearly cancel, and what is left of them."""
    u, w, t, k = draw.atom(), draw.atom(), draw.shift(), draw.random.choice(SHIFTS)
    far = draw.pick(u * draw.whole(30, 900), number(k), u + k)
    root = number(10) ** k
    pairs = (
        Pair(1 - tanh(far) ** 2, 1 / cosh(far) ** 2), Pair(1 - sigmoid(far), exp(-far) / (1 + exp(-far))), Pair(1 - 1 / (1 + exp(-far)), 1 / (1 + exp(far))),
        Pair(cosh(far) - sinh(far), exp(-far)), Pair(sqrt(t + u) - sqrt(t), u / (sqrt(t + u) + sqrt(t))), Pair(log(t + u) - log(t), log1p(u / t)),
        Pair(1 / t - 1 / (t + u), u / (t * (t + u))), Pair(1 - cos(u / root), 2 * sin(u / (2 * root)) ** 2), Pair(1 - erf(u * 20), erfc(u * 20)),
        Pair(PI / 2 - atan(t), atan(1 / t)), Pair(log(exp(far) + 1) - far, log1p(exp(-far))), Pair(exp(u / root) - 1, expm1(u / root)),
        Pair(1 - tanh(far), 2 / (exp(2 * far) + 1)), Pair(2 * (1 - normal_cdf(u * 20)), erfc(u * 20 / sqrt(number(2)))),
        Pair(atan(t + u) - atan(t), atan(u / (1 + t * (t + u)))), Pair((1 + u / root) ** 2 - 1, u / root * (2 + u / root)),
        Pair((t + u) ** 2 - t**2, u * (2 * t + u)), Pair(1 - (1 - exp(-far)), exp(-far)), Pair(exp(w) * exp(far) - exp(w) * (exp(far) - 1), exp(w)),
        Pair(sinh(far) * exp(-far) * 2 - 1, -exp(-(2 * far))), Pair(log(1 - (1 - exp(-far))), -far), Pair((1 - 1 / (1 + exp(-far))) * exp(far), 1 / (1 + exp(-far))),
        Pair((1 - erf(u * 20)) * exp((u * 20) ** 2), erfc(u * 20) * exp((u * 20) ** 2)), Pair((sqrt(t**2 + u) - t) * t, u / (sqrt(1 + u / t**2) + 1)),
        Pair(log(1 - tanh(far) ** 2), log(number(4)) - 2 * far - 2 * log1p(exp(-(2 * far)))), Pair(acosh(1 + u / root**2) * root, asinh(sqrt(u / 2) / root) * 2 * root),
        Pair((exp(u / root) - 1) * root, expm1(u / root) * root), Pair(log(1 + u / root) * root, log1p(u / root) * root), Pair((root + u) ** 3 - root**3, u * (3 * root**2 + 3 * root * u + u**2)),
        Pair(-log(1 - (1 - exp(-exp(u)))), exp(u)),
    )  # fmt: skip
    return draw.random.choice(pairs)


def smaller(draw: Draw, e: Pair) -> Pair:
    """What is hidden taken away from itself, so that a tiny number is left, seen at its own scale again."""
    small, other = draw.tiny(), again(draw, e).typed
    u = draw.atom()
    it = e.typed
    return draw.random.choice(
        (
            lambda: Pair((other - it + small * u) / small, u),
            lambda: Pair(log(other - it + small), log(small)),
            lambda: Pair(sqrt(other - it + small**2), small),
            lambda: Pair((other + small * it - it) / small, e.plain),
            lambda: Pair(other - it + small, small),
            lambda: Pair(exp((other - it) / small) * u, u),
            lambda: Pair(call("abs", other - it - small), small),
            lambda: Pair(sin(other - it + small) / small, sin(small) / small),
            lambda: Pair(atan((other - it + small) / small) * u, u * PI / 4),
        )
    )()


def least(draw: Draw, e: Pair) -> Pair:
    """The same hidden in two ways and taken away, and what is left is far less than any double: it is no 0."""
    one, other, tiny = again(draw, e).typed, again(draw, e).typed, draw.least()
    u = draw.atom()
    return draw.random.choice(
        (
            lambda: Pair(one - other + tiny, tiny),
            lambda: Pair((one - other + tiny) / tiny, number(1)),
            lambda: Pair(one + tiny * u - other, tiny * u),
            lambda: Pair(log(one - other + tiny), log(tiny)),
            lambda: Pair(one - (other - tiny), tiny),
            lambda: Pair(call("sign", one - other - tiny) * u, -u),
            lambda: Pair(call("where", call("gt", one + tiny, other), u, u + 1), u),
            lambda: Pair(call("where", call("eq", one + tiny, other), u + 1, u), u),
            lambda: Pair(u + call("floor", one - other - tiny), u - 1),
            lambda: Pair(call("abs", one - other - tiny), tiny),
            lambda: Pair(call("max", one, other + tiny) - one, tiny),
            lambda: Pair(sqrt((one - other) ** 2 + tiny**2), tiny),
            lambda: Pair(tiny, tiny),
            lambda: Pair(1 + tiny - 1, tiny),
            lambda: Pair((u + tiny) ** 2 - u**2 - 2 * u * tiny, tiny**2),
        )
    )()


# -- exactly nothing


def nothing(draw: Draw, e: Pair) -> Pair:
    """0 everywhere: the same hidden in two ways."""
    one, other = again(draw, e).typed, again(draw, e).typed
    u = draw.atom()
    typed = draw.pick(
        one - other,
        u * (one - other),
        (one - other) / u,
        one * other - e.typed**2,
        (one - other) * draw.shift(),
        sin(one - other),
        (one - other) ** 2,
    )
    return Pair(typed, number(0))


def root(draw: Draw, e: Pair) -> Pair:
    """0 at this point: a polynomial at its root, or something that is its own number there."""
    name = draw.random.choice("xyz")
    x, u = variable(name), draw.atom()
    exact = _exact(draw, name)
    other = number(draw.whole(2, 9))
    plain = draw.random.choice(((x - exact), (x - exact) * (x + other), (x - exact) * u, (x - exact) ** 2))
    if draw.random.random() < 0.3:
        return Pair(x**2 - (exact + other) * x + exact * other, (x - exact) * (x - other))
    hidden = again(draw, Pair(x, x)).typed
    if plain.operator == "pow":
        return Pair((hidden - exact) ** 2, plain)
    if plain.operator == "sub":
        return Pair(hidden - exact, plain)
    return Pair((hidden - exact) * plain.operands[1], plain)


# -- kinks


def kink(draw: Draw, e: Pair) -> Pair:
    """A kink where something that cancels is 0."""
    name = draw.random.choice("xyz")
    x, u = variable(name), draw.atom()
    c = _exact(draw, name)
    t = again(draw, Pair(x, x)).typed - c
    none = number(0)
    return draw.random.choice(
        (
            lambda: Pair(call("abs", t) * u, none, {name: (-u, u)}),
            lambda: Pair(sqrt(t**2), none, {name: (number(-1), number(1))}),
            lambda: Pair(call("relu", t) * u, none, {name: (none, u)}),
            lambda: Pair(call("max", t + c, c), c, {name: (none, number(1))}),
            lambda: Pair(call("min", t, 2 * t), none, {name: (number(2), number(1))}),
            lambda: Pair(call("hypot", t, t), none, {name: (-sqrt(number(2)), sqrt(number(2)))}),
            lambda: Pair(call("leaky_relu", t, number(1) / 4), none, {name: (number(1) / 4, number(1))}),
            lambda: Pair(acos(cos(t)), none, {name: (number(-1), number(1))}),
            lambda: Pair(call("where", call("ge", t, 0), u * t, -t), none, {name: (number(-1), u)}),
            lambda: Pair(call("abs", t) + t, none, {name: (none, number(2))}),
        )
    )()


def _exact(draw: Draw, name: str) -> Term:
    """The number of a variable, as a person writes it."""
    return number(int(draw.point[name] * 16)) / 16


def angle(draw: Draw, e: Pair) -> Pair:
    """The angle between a vector and a multiple of it."""
    x, y, n = variable("x"), variable("y"), draw.whole(1, 9)
    p, q = n * _exact(draw, "x"), n * _exact(draw, "y")
    x_, y_ = (again(draw, Pair(it, it)).typed for it in (x, y))
    near = x**2 + y**2
    dot, lengths = draw.random.choice(
        ((x * p + y * q, sqrt(near) * sqrt(p**2 + q**2)), (x_ * p + y_ * q, sqrt(near * (p**2 + q**2))))
    )
    return Pair(acos(dot / lengths), number(0), {"x": (-(y / near), y / near), "y": (-(x / near), x / near)})


def deviation(draw: Draw, e: Pair) -> Pair:
    """The standard deviation of equal numbers."""
    x, c, n = variable("x"), _exact(draw, "x"), draw.whole(1, 4)
    x = again(draw, Pair(x, x)).typed if draw.random.random() < 0.5 else x
    mean = (x + n * c) / (n + 1)
    size = sqrt(number(n)) / (n + 1)
    return Pair(sqrt(((x - mean) ** 2 + n * (c - mean) ** 2) / (n + 1)), number(0), {"x": (-size, size)})


# -- beyond all that is followed


def monsters(draw: Draw, e: Pair) -> Pair:
    """Numbers of which no digit can be had; what is left of them is the plain form but for less than 10^-1000000."""
    it, t = e.typed, draw.pick(
        exp(exp(number(10) ** 9)), number(9) ** (number(9) ** 9), exp(number(10) ** 3000), call("gamma", number(10) ** 300), exp(exp(exp(number(8)))),
        exp(exp(exp(exp(number(7))))), exp(number(10) ** 600), number(10) ** (number(10) ** 15),
    )  # fmt: skip
    return Pair(
        draw.pick(
            it * t / t, it + 1 / t, log(t) * it / log(t), tanh(t) * it, it * erf(t), it + exp(-t), sigmoid(t) * it, atan(t) * it * 2 / PI,
            (it + t) - t, it + call("relu", -t), call("min", it, t), call("where", call("gt", t, it), it, t), it * (t + 1) / t,
            log(exp(it) + exp(-t)), call("max", -t, it), call("clip", it, -t, t), it + erfc(t), call("hypot", it, 1 / t), it * call("sign", t),
        ),
        e.plain,
    )  # fmt: skip


LEAVING: Mapping[str, Kind] = {
    "remainder": remainder,
    "smaller": smaller,
    "least": least,
    "nothing": nothing,
    "root": root,
    "kink": kink,
    "angle": angle,
    "deviation": deviation,
    "monsters": monsters,
}
"""Kinds that leave something else than what they are given."""
KINDS = {**HIDING, **LEAVING}
NEARLY = {"monsters"}
"""Kinds that are not exactly their plain form."""
LONGEST = 900
"""Longer formulas are drawn again."""


class Formula(NamedTuple):
    """A formula of one kind, its plain form, the slopes on both sides where it has a kink, and the point."""

    kind: str
    name: str
    typed: Term
    plain: Term
    sides: Mapping[str, tuple[Term, Term]]
    point: dict[str, float]


def formula(kind: str, seed: int, depth: int | None = None) -> Formula:
    """The formula of a kind that has this number; around so many others, by default 0 to 2."""
    for attempt in range(100):
        draw = Draw(f"{kind} {seed} {attempt}")
        try:
            found = _nested(draw, kind, depth)
            names = [name for name in "xyz" if name in variables(found.typed)]
            if found.typed.size <= LONGEST and names:
                return Formula(kind, f"{kind}-{seed}", *found, {name: draw.point[name] for name in names})
        except NO_NUMBER:  # a plain form without a number there
            continue
    raise AssertionError(kind)


def _nested(draw: Draw, kind: str, depth: int | None) -> Pair:
    atom = draw.atom()
    found = Pair(atom, atom)
    for _ in range(draw.random.choice((0, 0, 1, 1, 2)) if depth is None else depth):
        found = draw.random.choice([*HIDING.values(), remainder, smaller])(draw, found)
    return KINDS[kind](draw, found)


def variables(it: Term) -> set[str]:
    """The names of the variables of a term."""
    seen: set[int] = set()
    names: set[str] = set()
    waiting = [it]
    while waiting:
        now = waiting.pop()
        if id(now) not in seen:
            seen.add(id(now))
            waiting += now.operands
            if now.operator == "variable":
                names.add(str(now.leaf))
    return names
