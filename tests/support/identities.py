"""Formulas hidden by identities, so that their value and every slope are known however much cancels in them.

A `Pair` is a formula as a person might type it beside a plain one, which is the same function around the point and loses
no digits. A kind is a function that hides a pair: it gives another of the same plain form. Kinds go around each other.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from terms import PI, Real, Term, call, cos, cosh, exp, f, log, number, numbers, sin, sinh, sqrt, variable

SHIFTS = (400, 435, 700, 1000, 2000, 3000, 5000)
"""Powers of ten, and of their kind, that are added and taken away again."""
WORKING = 120
PLAINLY = 0.2
"""How often what may be hidden is not: doubles do then, but at a jump."""
erf, erfc, normal_cdf, gamma, lgamma, digamma = map(f, ("erf", "erfc", "normal_cdf", "gamma", "lgamma", "digamma"))
sigmoid, softplus, tanh, atan, asinh, log1p, expm1 = map(
    f, ("sigmoid", "softplus", "tanh", "atan", "asinh", "log1p", "expm1")
)
tan, asin, acos, acosh, atanh, cbrt, hypot, atan2 = map(
    f, ("tan", "asin", "acos", "acosh", "atanh", "cbrt", "hypot", "atan2")
)


class Pair(NamedTuple):
    """A formula as it is typed, and the plain form of the same function.

    sides  where the point is a kink: the slopes from the left and from the right, by the variable
    """

    typed: Term
    plain: Term
    sides: Mapping[str, tuple[Term, Term]] = {}


class Draw:
    """A random source with the point of one formula."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self.point: dict[str, float] = {}
        for name in "xyz":
            self.point[name] = self.random.choice((self._eighth, self._sixteenth))()

    def _eighth(self) -> float:
        return self.random.randint(1, 40) / 8

    def _sixteenth(self) -> float:
        return self.random.randint(1, 64) / 16

    def pick(self, *choices: "Term | Callable[[], Term]") -> Term:
        """One of several terms."""
        found = self.random.choice(choices)
        return found if isinstance(found, Term) else found()

    def whole(self, low: int, high: int) -> int:
        """A whole number."""
        return self.random.randint(low, high)

    def value(self, it: Term) -> Real:
        """The number that a plain term is at the point."""
        return numbers(it, self.point, WORKING).value

    def atom(self) -> Term:
        """A plain term of the variables, a few units large, and positive."""
        x, y = (variable(name) for name in self.random.sample("xyz", 2))
        n = self.whole(2, 9)
        return self.pick(
            x, x, x * y, x + n * y, x**2, x / y, n * x, n / x, exp(x / 4), sqrt(x**2 + n), log(1 + x**2), sin(x) + 2,
            x * exp(-y), 1 / (1 + x**2), x**2 + y**2, number(n), tanh(x), atan(x), 2 + cos(x * y),
        )  # fmt: skip

    def within(self, low: float, high: float, plain: Term | None = None) -> Term:
        """An atom between two numbers, and not too near to them."""
        for _ in range(60):
            found = plain or self.atom()
            plain = None
            if low * 1.0001 < self.value(found) < high * 0.9999:
                return found
        return call("sigmoid", variable("x")) * (int(high) if high >= 1 else 1)

    def shift(self) -> Term:
        """Something large and positive."""
        k = self.random.choice(SHIFTS)
        x = variable("x")
        return self.pick(
            number(10) ** k, number(10) ** k, exp(number(2 * k)), number(2) ** (3 * k + 1), x * number(10) ** k,
            exp(k * x), cosh(number(2 * k)), number(7) ** k, exp(exp(number(self.random.choice((7, 8, 9))))),
            number(9) ** (number(9) ** 4), gamma(number(k // 2)), x**2 * exp(number(k)) + 1,
        )  # fmt: skip

    def least(self) -> Term:
        """Something so small that no digits that there is time for tell it from 0."""
        k = self.random.choice((10**6, 10**7, 10**9, 10**12))
        return self.pick(
            number(10) ** -k, exp(number(-k)), exp(-exp(number(self.random.choice((14, 20, 40))))), exp(-(variable("x") * k)),
            number(2) ** -(k + 1), 1 / cosh(number(k)), number(9) ** -(number(9) ** 9),
        )  # fmt: skip

    def tiny(self) -> Term:
        """Something small and positive, most often far below what a double holds."""
        k = self.random.choice((20, 30, 60, *SHIFTS))
        return self.pick(
            number(10) ** -k,
            exp(number(-2 * k)),
            variable("x") * number(10) ** -k,
            exp(-(k * variable("y"))) * number(10) ** -k,
        )


Kind = Callable[[Draw, Pair], Pair]


def _hidden(pair: Pair, typed: Term) -> Pair:
    return pair._replace(typed=typed)


# -- the same again: each adds, takes away, multiplies or divides by what cancels


def shifted(draw: Draw, e: Pair) -> Pair:
    """(e + T) - T."""
    it, t = e.typed, draw.shift()
    return _hidden(e, draw.pick((it + t) - t, t - (t - it), (it - t) + t, -(t - (it + t)), (t + it) - t))


def scaled(draw: Draw, e: Pair) -> Pair:
    """e*T/T."""
    it, t = e.typed, draw.shift()
    forms = [(it * t) / t, (it / t) * t, (1 / t) * (it * t)]
    return _hidden(e, draw.pick(*forms, *([t / (t / it)] if draw.value(e.plain) else [])))


def squares(draw: Draw, e: Pair) -> Pair:
    """((e + T)^2 - T^2 - e^2)/(2T) and others of its kind."""
    it, t = e.typed, draw.shift()
    return _hidden(
        e,
        draw.pick(
            ((it + t) ** 2 - t**2 - it**2) / (2 * t),
            ((it + t) ** 2 - (it - t) ** 2) / (4 * t),
            ((t + it) * (t - it) - t**2 + it**2) + it,
            ((t + it) ** 3 - (t - it) ** 3 - 2 * it**3) / (6 * t**2),
        ),
    )


def conjugates(draw: Draw, e: Pair) -> Pair:
    """(sqrt(T + e) - sqrt(T))*(sqrt(T + e) + sqrt(T))."""
    it, t = e.typed, draw.shift()
    return _hidden(
        e,
        draw.pick(
            (sqrt(t + it) - sqrt(t)) * (sqrt(t + it) + sqrt(t)),
            (sqrt(t**2 + it) - t) * (sqrt(t**2 + it) + t),
            it + 1 / (sqrt(t + 1) - sqrt(t)) - sqrt(t + 1) - sqrt(t),
        ),
    )


def telescoping(draw: Draw, e: Pair) -> Pair:
    """Sums of which only the ends are left."""
    it, u, n = e.typed, draw.atom(), draw.whole(2, 5)
    steps = number(0)
    for k in range(n):
        steps = steps + 1 / ((u + k) * (u + (k + 1)))
    geometric = number(1)
    for k in range(1, n + 1):
        geometric = geometric + (u + 2) ** k
    return _hidden(
        e,
        draw.pick(
            it + steps - (1 / u - 1 / (u + n)),
            it * (steps / (1 / u - 1 / (u + n))),
            it + geometric - ((u + 2) ** (n + 1) - 1) / (u + 1),
            it * u * (u + 1) * (1 / u - 1 / (u + 1)),
        ),
    )


def algebraic(draw: Draw, e: Pair) -> Pair:
    """Binomials, Brahmagupta's identity, Lagrange's, sums of cubes."""
    it, a, b, c, d = e.typed, draw.pick(draw.atom, draw.shift), draw.atom(), draw.atom(), draw.atom()
    return _hidden(
        e,
        draw.pick(
            it + (a + b) ** 2 - a**2 - 2 * a * b - b**2,
            it + (a**2 + b**2) * (c**2 + d**2) - (a * c - b * d) ** 2 - (a * d + b * c) ** 2,
            it + (a**3 + b**3) - (a + b) * (a**2 - a * b + b**2),
            it + (a - b) ** 3 + (b - c) ** 3 + (c - a) ** 3 - 3 * (a - b) * (b - c) * (c - a),
            it * ((a * b + a * c) / (a * (b + c))),
            it + a * (b - c) + b * (c - a) + c * (a - b),
            it + (a + b + c) ** 2 - (a**2 + b**2 + c**2) - 2 * (a * b + b * c + c * a),
            it * (1 / b - 1 / (b + c)) * (b * (b + c)) / c,
        ),
    )


def powers(draw: Draw, e: Pair) -> Pair:
    """(e^n)^(1/n), of positive e."""
    it, t = e.typed, draw.shift()
    if draw.value(e.plain) <= 0:
        return _hidden(e, draw.pick(cbrt(it**3), cbrt(it) ** 3, cbrt((it**3 * t**3) / t**3)))
    u = draw.atom()
    return _hidden(
        e,
        draw.pick(
            sqrt(it**2), sqrt(it) ** 2, (it**4) ** (number(1) / 4), cbrt(it**3), it**u * it ** (1 - u), it**u / it ** (u - 1),
            (it**u) ** (1 / u), sqrt(it * t) * sqrt(it / t), sqrt(it**2 + t**2 - t**2), (it * t) ** u / (it ** (u - 1) * t**u),
        ),
    )  # fmt: skip


# -- by families of functions


def trigonometric(draw: Draw, e: Pair) -> Pair:
    """sin^2 + cos^2 and what follows from it."""
    it, v = e.typed, draw.value(e.plain)
    u = draw.pick(draw.atom, draw.atom, draw.shift)
    w = draw.atom()
    forms = [
        it * (sin(u) ** 2 + cos(u) ** 2), it + sin(2 * w) - 2 * sin(w) * cos(w), it + cos(2 * w) - 1 + 2 * sin(w) ** 2,
        it + sin(3 * w) - 3 * sin(w) + 4 * sin(w) ** 3, it + atan(w) + atan(1 / w) - PI / 2,
        it + sin(u + w) - sin(u) * cos(w) - cos(u) * sin(w), it + cos(u - w) - cos(u) * cos(w) - sin(u) * sin(w),
        it + 2 * sin(u) * sin(w) - cos(u - w) + cos(u + w), it * (1 + tan(w) ** 2) * cos(w) ** 2,
        it + sin(w) ** 4 - cos(w) ** 4 + cos(2 * w), it + sin(PI + w) + sin(w), it + 8 * cos(w) ** 4 - 3 - 4 * cos(2 * w) - cos(4 * w),
        tan(atan(it)),
    ]  # fmt: skip
    if abs(v) < 1.5:
        forms += [atan(tan(it)), asin(sin(it))]
    if abs(v) < 0.99:
        forms += [sin(asin(it)), cos(acos(it)), it + asin(it) + acos(it) - PI / 2]
    if 0 < v < 3:
        forms += [acos(cos(it)), 2 * atan2(sin(it), 1 + cos(it))]
    return _hidden(e, draw.pick(*forms))


def hyperbolic(draw: Draw, e: Pair) -> Pair:
    """cosh^2 - sinh^2 and what follows from it."""
    it, v, w = e.typed, draw.value(e.plain), draw.atom()
    u = draw.pick(w, w * draw.whole(100, 3000), number(draw.random.choice(SHIFTS)))
    forms = [
        it * (cosh(u) ** 2 - sinh(u) ** 2), it + log(cosh(u) + sinh(u)) - u, asinh(sinh(it)), atanh(tanh(it)),
        it * (tanh(u) * cosh(u) / sinh(u)), it * (1 - tanh(u) ** 2) * cosh(u) ** 2, it + (cosh(u) - sinh(u)) * exp(u) - 1,
        it + tanh(2 * w) - 2 * tanh(w) / (1 + tanh(w) ** 2), sinh(asinh(it)), it + asinh(w) - log(w + sqrt(w**2 + 1)),
        (sinh(it) * cosh(u) + cosh(it) * sinh(u)) / cosh(it + u) * it / tanh(it + u) if v > 0 else sinh(asinh(it)),
    ]  # fmt: skip
    if v > 0.01:
        forms += [acosh(cosh(it)), 2 * asinh(sqrt((cosh(it) - 1) / 2))]
    if abs(v) < 0.99:
        forms += [tanh(atanh(it)), it + atanh(it) - log((1 + it) / (1 - it)) / 2]
    return _hidden(e, draw.pick(*forms))


def exponential(draw: Draw, e: Pair) -> Pair:
    """exp and log undo each other, with something large between them."""
    it, v = e.typed, draw.value(e.plain)
    t, k, w = draw.shift(), number(draw.random.choice(SHIFTS)), draw.atom()
    forms = [
        log(exp(it)), log(exp(it + k)) - k, log(exp(it) * t) - log(t), log(exp(it - k) * exp(k)), log(exp(it) + t - t),
        log1p(expm1(it)), call("log2", call("exp2", it)), it * (exp(w + k) / (exp(w) * exp(k))), log(exp(it + t) / exp(t)),
        call("logaddexp", it, it) - log(number(2)), it + expm1(w) - exp(w) + 1, log(log(exp(exp(it)))),
        log(exp(it - w) + exp(it - w)) + w - log(number(2)), it + log(w**3) - 3 * log(w), log(number(10) ** it) / log(number(10)),
    ]  # fmt: skip
    if v > 0:
        forms += [
            exp(log(it)), exp(log(it * t) - log(t)), exp(log(it + t) + log((it + t) / t) - log(it + t)) * t - t,
            expm1(log1p(it)), exp(exp(log(log(1 + it)))) - 1,
            number(10) ** call("log10", it), it ** (log(w) / log(w)), w ** (log(it) / log(w)) if abs(draw.value(w) - 1) > 0.01 else it + 0,
        ]  # fmt: skip
    return _hidden(e, draw.pick(*forms))


def towers(draw: Draw, e: Pair) -> Pair:
    """Exponentials of exponentials, and what they are to each other."""
    it, v, w, k = e.typed, draw.value(e.plain), draw.atom(), number(draw.whole(5, 11))
    t = draw.shift()
    forms = [
        log(log(exp(exp(it)))), log(log(exp(exp(it) * exp(k)))) - k, log(log(exp(exp(it + k)))) - k, it * (exp(exp(k) + w) / (exp(exp(k)) * exp(w))),
        call("log2", call("log2", number(2) ** (number(2) ** it))), log(exp(it * t)) / t, log(exp(it * t) ** (1 / t)), it + log(log(exp(exp(k)))) - k,
        (exp(exp(k)) * (exp(exp(k)) + it) - exp(exp(k)) ** 2) / exp(exp(k)),
        (exp(exp(k)) + it) - exp(exp(k)), it + (number(3) ** (number(3) ** k) + 1) - number(3) ** (number(3) ** k) - 1,
    ]  # fmt: skip
    if 0 < v < 2:
        forms += [log(log(log(exp(exp(exp(it))))))]
    return _hidden(e, draw.pick(*forms))


def log_sum_exp(draw: Draw, e: Pair) -> Pair:
    """log(exp(a) + exp(b)) with another maximum taken away."""
    it, a, b, k = e.typed, draw.atom(), draw.atom(), number(draw.random.choice(SHIFTS))
    plain = call("logaddexp", a, b)
    big = log(exp(a + k) + exp(b + k)) - k
    small = log(exp(a - k) + exp(b - k)) + k
    return _hidden(
        e,
        draw.pick(
            it + big - small, it + big - plain, it + small - plain, it * (exp(small) / (exp(a) + exp(b))),
            it * (exp(a - big) + exp(b - big)), it + call("softmax2", a, b) - exp(a - small), it + big - (a + softplus(b - a)),
        ),
    )  # fmt: skip


def of_gamma(draw: Draw, e: Pair) -> Pair:
    """gamma(u + 1) = u gamma(u), reflection, duplication, and their logarithms."""
    it, u = e.typed, draw.within(0.05, 30)
    half = number(1) / 2
    forms = [
        it * (gamma(u + 1) / (u * gamma(u))), it + lgamma(u + 1) - lgamma(u) - log(u), it + digamma(u + 1) - digamma(u) - 1 / u,
        it + log(gamma(u)) - lgamma(u), it + call("polygamma", 1, u + 1) - call("polygamma", 1, u) + 1 / u**2,
        it + lgamma(2 * u) - (2 * u - 1) * log(number(2)) - lgamma(u) - lgamma(u + half) + log(PI) / 2,
        it + exp(lgamma(u)) - gamma(u), it * (gamma(u + 2) / (gamma(u) * u * (u + 1))),
        it + digamma(2 * u) - digamma(u) / 2 - digamma(u + half) / 2 - log(number(2)), it + gamma(half) ** 2 - PI,
    ]  # fmt: skip
    if draw.value(u) < 0.9:
        forms += [
            it * (gamma(u) * gamma(1 - u) * sin(PI * u) / PI),
            it + digamma(1 - u) - digamma(u) - PI * cos(PI * u) / sin(PI * u),
        ]
    return _hidden(e, draw.pick(*forms))


def of_erf(draw: Draw, e: Pair) -> Pair:
    """erf + erfc, and the normal distribution by them."""
    it, u = e.typed, draw.pick(draw.atom, lambda: draw.atom() * draw.whole(2, 20))
    return _hidden(
        e,
        draw.pick(
            it + erf(u) + erfc(u) - 1, it + normal_cdf(u) + normal_cdf(-u) - 1, it * (erf(u) + erfc(u)), it + erf(u) + erf(-u),
            it + normal_cdf(u) - erfc(-u / sqrt(number(2))) / 2, it + erfc(u) + erfc(-u) - 2, it * ((1 - erf(u)) / erfc(u)),
            it + normal_cdf(u) - (1 + erf(u / sqrt(number(2)))) / 2, it * ((1 - normal_cdf(u)) / normal_cdf(-u)),
            it + call("gelu", u) - u * normal_cdf(u), it + call("gelu", u) + u * normal_cdf(-u) - u,
        ),
    )  # fmt: skip


def logistic(draw: Draw, e: Pair) -> Pair:
    """The sigmoid, its complement, and the functions made of it."""
    it, w = e.typed, draw.atom()
    u = draw.pick(w, w * draw.whole(100, 3000), number(draw.random.choice(SHIFTS)))
    return _hidden(
        e,
        draw.pick(
            it + sigmoid(u) + sigmoid(-u) - 1, it + softplus(u) - softplus(-u) - u, it + tanh(u) - 2 * sigmoid(2 * u) + 1,
            it + log(sigmoid(u)) + softplus(-u), it * ((1 - sigmoid(u)) / sigmoid(-u)), it * ((1 - sigmoid(u)) * (1 + exp(u))),
            it + call("silu", u) - u * sigmoid(u), it * (1 - 1 / (1 + exp(-u))) * (exp(u) + 1), it + call("silu", u) + call("silu", -u) - u * tanh(u / 2),
            it + log(1 - sigmoid(u)) + softplus(u), it + call("mish", w) - w * tanh(softplus(w)), it + log((1 + tanh(u)) / (1 - tanh(u))) / 2 - u,
            it + 2 * call("softsign", w) - 2 * w / (1 + w),
        ),
    )  # fmt: skip


def geometric(draw: Draw, e: Pair) -> Pair:
    """Right triangles, angles, distances."""
    it, v, a, b, t = e.typed, draw.value(e.plain), draw.atom(), draw.atom(), draw.shift()
    forms = [
        it + (a**2 + b**2) / hypot(a, b) - hypot(a, b), it * (a / hypot(a, b)) ** 2 + it * (b / hypot(a, b)) ** 2,
        it + atan2(a, b) + atan2(b, a) - PI / 2, it + atan2(t * a, t * b) - atan2(a, b), it * (hypot(t * a, t * b) / (t * hypot(a, b))),
        it + acos(a / hypot(a, b)) - atan2(b, a),
    ]  # fmt: skip
    if v > 0:
        forms += [hypot(3 * it, 4 * it) / 5, sqrt((5 * it) ** 2 + (12 * it) ** 2) / 13]
    if 0 < v < 3:
        forms += [atan2(a * sin(it), a * cos(it)), acos((a * a * cos(it)) / a**2)]
    return _hidden(e, draw.pick(*forms))


def constants(draw: Draw, e: Pair) -> Pair:
    """Numbers that are others: Machin's pi, nested radicals, cubic roots that are whole."""
    it = e.typed
    two, three, five = map(number, (2, 3, 5))
    zero = (
        16 * atan(1 / five) - 4 * atan(1 / number(239)) - PI, sqrt(3 + 2 * sqrt(two)) - 1 - sqrt(two), sqrt(two) * sqrt(number(8)) - 4,
        cbrt(2 + sqrt(five)) + cbrt(2 - sqrt(five)) - 1, log(number(8)) / log(two) - 3, sin(PI / 6) - 1 / two, tan(PI / 8) - sqrt(two) + 1,
        cos(PI / 5) - (1 + sqrt(five)) / 4, exp(log(number(7))) - 7, 4 * atan(number(1)) - PI, sqrt(two) + sqrt(three) - sqrt(5 + 2 * sqrt(number(6))),
        ((1 + sqrt(five)) / 2) ** 2 - (1 + sqrt(five)) / 2 - 1, log(sqrt(two)) - log(two) / 2, 2 * acos(number(0)) - PI, sqrt(two) ** 2 - 2,
        atan(number(1)) + atan(two) + atan(three) - PI, (number(2) ** 1000 + 1) - number(2) ** 1000 - 1, sin(PI) + 0 * PI + number(0),
        cos(PI / 7) - cos(2 * PI / 7) + cos(3 * PI / 7) - 1 / two, erf(two) + erfc(two) - 1, (number(10) ** 2000 + 1) - number(10) ** 2000 - 1,
        sqrt(number(10) ** 800 + 2 * number(10) ** 400 + 1) - number(10) ** 400 - 1, sin(number(10) ** 30) ** 2 + cos(number(10) ** 30) ** 2 - 1,
        exp(two) * exp(three) - exp(five), gamma(number(30)) - 29 * gamma(number(29)), lgamma(number(100)) - log(gamma(number(100))),
    )  # fmt: skip
    z = draw.pick(*zero)
    return _hidden(e, draw.pick(it + z, it - z, it * (1 + z), it * exp(z), it + z * draw.atom(), it * cos(z)))


# -- conditions and kinks


def chosen(draw: Draw, e: Pair) -> Pair:
    """max, min, where and clip that are decided by what cancels, or not at all: both sides are the same."""
    it, other, small, u, v = e.typed, again(draw, e).typed, draw.tiny(), draw.atom(), draw.atom()
    return _hidden(
        e,
        draw.pick(
            call("max", it, other), call("min", other, it), call("max", other, it - small), call("min", it, other + small),
            call("where", call("gt", other + small, it), it, it + 1), call("where", call("lt", other - small, it), it, u),
            call("where", call("ge", other, it + small), u, it), call("where", call("ne", other, it + small), it, u),
            call("where", call("gt", other, it), other, it), call("clip", it, other - small, other + small),
            it + call("max", u, v) + call("min", u, v) - u - v, it + call("relu", u) - call("relu", -u) - u,
            call("where", call("eq", other, it), it, other), it + (call("max", other + small, it) - other) - small,
            it + call("abs", other - it), it * call("sign", (other - it) + small), call("max", it, other, it - u),
        ),
    )  # fmt: skip


def rounded(draw: Draw, e: Pair) -> Pair:
    """floor, ceil, round and the remainder, just beside a jump."""
    it, k, small = e.typed, draw.whole(2, 9), draw.tiny()
    near = again(draw, Pair(number(k), number(k))).typed
    forms = [
        it + call("floor", near + small) - k, it + call("ceil", near - small) - k, it + call("floor", near - small) - (k - 1),
        it + call("ceil", near + small) - (k + 1), it + call("round", near + small) - k, it + call("floor", near) - k,
        it + call("ceil", near) - k, it + call("sign", near - k + small) - 1, it + call("step", near - k) - 1, it + call("floor", near + number(1) / 2) - k,
    ]  # fmt: skip
    v = draw.value(e.plain)
    if 0 < v < 50:
        m = number(64)
        forms += [
            call("mod", it + m * number(10) ** draw.random.choice(SHIFTS), m),
            call("mod", it - m * number(3) ** 999, m),
        ]
    return _hidden(e, draw.pick(*forms))


HIDING: Mapping[str, Kind] = {
    "shift": shifted,
    "scale": scaled,
    "squares": squares,
    "conjugates": conjugates,
    "telescoping": telescoping,
    "algebraic": algebraic,
    "powers": powers,
    "trigonometric": trigonometric,
    "hyperbolic": hyperbolic,
    "exponential": exponential,
    "towers": towers,
    "log-sum-exp": log_sum_exp,
    "gamma": of_gamma,
    "erf": of_erf,
    "logistic": logistic,
    "geometric": geometric,
    "constants": constants,
    "conditions": chosen,
    "rounding": rounded,
}
"""Kinds that keep what they hide as it is."""


def again(draw: Draw, e: Pair) -> Pair:
    """The same, hidden in some smooth way, or as it is."""
    if draw.random.random() < PLAINLY:
        return e
    smooth = [kind for name, kind in HIDING.items() if name not in ("conditions", "rounding")]
    return draw.random.choice(smooth)(draw, e)
