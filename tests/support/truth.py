"""What every operator and its local derivatives are, in mpmath: the truth that the rows are measured by.

Written from the textbooks and not from the rows: plain formulas, which only high precision can afford.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import families
from mpmath import mp

Real = Any
"""An mpf: mpmath has no types."""
Function = Callable[..., Real]


class Truth(NamedTuple):
    """An operator and its derivative by each operand."""

    value: Function
    partials: tuple[Function, ...] = ()


def zero(*_: Real) -> Real:
    """The derivative of what is flat."""
    return mp.mpf(0)


def flat(value: Function, operands: int = 1) -> Truth:
    """An operator that is constant between its jumps."""
    return Truth(value, (zero,) * operands)


def smooth(value: Function, *partials: Function) -> Truth:
    """An operator with its derivatives."""
    return Truth(value, partials)


def exp(x: Real) -> Real:
    """The exponential, cut off where no double could tell: mpmath would give it an exponent of any length."""
    return mp.exp(max(x, mp.mpf(-99999)))


def normal(x: Real) -> Real:
    """The density of the standard normal distribution."""
    return exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def normal_cdf(x: Real) -> Real:
    """The normal distribution function, cut off likewise."""
    return mp.ncdf(max(x, mp.mpf(-400)))


def log_ndtr(x: Real) -> Real:
    """log(normal_cdf(x)) from the nearer tail."""
    if x > 0:
        return mp.log1p(-normal_cdf(-x))
    return mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) if x > -200 else mp.log(scaled_erfc(0, -x / mp.sqrt(2)) / 2) - x * x / 2


def scaled_erfc(n: Real, x: Real) -> Real:
    """The n-th derivative of exp(x^2) erfc(x): far out its asymptotic series, elsewhere from the two lowest orders."""
    n = int(n)
    if x > 1e4:
        terms = [(-1) ** k * mp.rf(n + 1, 2 * k) / (mp.factorial(k) * (2 * x) ** (2 * k)) for k in range(20)]
        return (-1) ** n * mp.factorial(n) * mp.fsum(terms) / (mp.sqrt(mp.pi) * x ** (n + 1))
    with mp.workprec(mp.prec + 200 + 60 * n):
        before, now = -2 / mp.sqrt(mp.pi), mp.exp(min(x * x, mp.mpf(10) ** 9)) * mp.erfc(x)
        for k in range(n):
            before, now = now, 2 * x * now + (2 * k * before if k else before)
        return +now


def moment(n: Real, x: Real) -> Real:
    """The integral of t^n exp(tx) over t from 0 to 1: the series near 0, else the incomplete gamma function by its sum."""
    n = int(n)
    if abs(x) < 1:
        return mp.fsum(x**k / (mp.factorial(k) * (n + 1 + k)) for k in range(80))
    with mp.workprec(mp.prec + 400 + 40 * n):
        power = exp(min(x, mp.mpf(10) ** 9))
        terms = [(-1) ** (n - k) * mp.factorial(n) / mp.factorial(k) * x ** (k - n - 1) for k in range(n + 1)]
        return power * mp.fsum(terms) - terms[0]


def inverse_erf(x: Real) -> Real:
    """Of its first terms near 0, where mpmath has none."""
    return x * mp.sqrt(mp.pi) / 2 * (1 + mp.pi * x * x / 12) if abs(x) < mp.mpf(10) ** -25 else mp.erfinv(x)


def probit(x: Real) -> Real:
    """The root of the logarithm of the distribution function; near 1/2 by erfinv."""
    if x > 0.01:
        return mp.sqrt(2) * inverse_erf(2 * x - 1)
    far = mp.sqrt(-2 * mp.log(x))
    return mp.findroot(lambda u: log_ndtr(-u) - mp.log(x), (far, far - mp.log(far * 2.5) / far)) * -1


def lambert(x: Real) -> Real:
    """The principal branch, where it is real."""
    return mp.re(mp.lambertw(x)) if x * mp.e >= -1 else mp.nan


def power(x: Real, y: Real) -> Real:
    """x^y, real for a negative x and a whole y, cut off likewise."""
    sign = -1 if x < 0 and y % 2 else 1
    if x and abs(y * mp.log(abs(x))) > 99999:
        return sign * mp.exp(99999 * mp.sign(y * mp.log(abs(x))))
    return sign * mp.power(abs(x), y)


def mod(x: Real, y: Real) -> Real:
    """What is left of x after whole multiples of y."""
    with mp.workprec(2400):
        return x - y * mp.floor(x / y)


def root(x: Real, n: Real) -> Real:
    """The real root of degree n, which of a negative number is odd."""
    with mp.workprec(2400):
        return mp.sign(x) * power(abs(x), 1 / n)


def exactly(x: Real, y: Real, z: Real) -> Real:
    """x*y + z, with room for terms of any two magnitudes."""
    with mp.workprec(4400):
        return x * y + z


def bessel(n: Real, x: Real) -> Real:
    """j_n(x)/x^n: the series near 0, else the closed forms, with the digits that their cancellation takes."""
    n = int(n)
    if abs(x) < 1:
        return mp.hyp0f1(n + mp.mpf(3) / 2, -x * x / 4) / mp.fac2(2 * n + 1)
    with mp.workprec(mp.prec + 1100 + 2 * (n + 1) * max(0, int(mp.log(abs(x), 2)))):
        before, now = mp.cos(x), mp.sin(x) / x
        for k in range(n):
            before, now = now, ((2 * k + 1) * now - before) / (x * x)
        return +now


def psi(n: int, x: Real) -> Real:
    """The n-th derivative of digamma; to the left of 0 by reflection, or mpmath would walk all the way."""
    if x > -20:
        return mp.psi(n, x)
    with mp.workprec(900):
        return (-1) ** n * mp.psi(n, 1 - x) - mp.pi * mp.diff(lambda t: mp.cot(mp.pi * t), x, n)


def pow_by_base(x: Real, y: Real) -> Real:
    """y x^(y - 1), flat for y = 0."""
    with mp.workprec(2400):
        return y * power(x, y - 1) if y else mp.mpf(0)


def pow_by_exponent(x: Real, y: Real) -> Real:
    """x^y log(x), and 0 at x = 0 for a positive y, and NaN for a negative x."""
    if x <= 0:
        return mp.nan if x < 0 else mp.mpf(0) if y > 0 else 1 / x
    return power(x, y) * mp.log(x)


def sided(condition: Callable[..., bool], if_true: Function, if_false: Function) -> Function:
    """A function in two pieces."""
    return lambda *x: if_true(*x) if condition(*x) else if_false(*x)


def best_of(choose: Callable[..., Real]) -> Truth:
    """max or min of two: a tie is shared."""
    return smooth(
        choose,
        lambda x, y: mp.mpf(1) / 2 if x == y else mp.mpf(x == choose(x, y)),
        lambda x, y: mp.mpf(1) / 2 if x == y else mp.mpf(y == choose(x, y)),
    )


def compare(relation: Callable[[Real, Real], bool]) -> Truth:
    """A comparison, which is 1 or 0."""
    return flat(lambda x, y: mp.mpf(bool(relation(x, y))), 2)


def of_two_orders(value: Function) -> Truth:
    """A family of derivatives by two operands."""
    return smooth(value, zero, zero, lambda k, n, a, b: value(k + 1, n, a, b), lambda k, n, a, b: value(k, n + 1, a, b))


def positive(x: Real, *_: Real) -> bool:
    """On which side of a kink at 0."""
    return bool(x > 0)


def one(*_: Real) -> Real:
    """The derivative of x."""
    return mp.mpf(1)


def first(x: Real, *_: Real) -> Real:
    """The first operand."""
    return x


def second(_: Real, y: Real) -> Real:
    """The second operand."""
    return y


def minus_one(*_: Real) -> Real:
    """The derivative of -x."""
    return mp.mpf(-1)


with mp.workdps(90):
    SCALE = mp.mpf("1.0507009873554804934193349852946")
    SCALE_ALPHA = SCALE * mp.mpf("1.6732632423543772848170429916717")

ARITHMETIC = {
    "add": smooth(lambda x, y: x + y, one, one),
    "sub": smooth(lambda x, y: x - y, one, minus_one),
    "mul": smooth(lambda x, y: x * y, second, first),
    "div": smooth(lambda x, y: x / y, lambda _, y: 1 / y, lambda x, y: -x / y**2),
    "mod": smooth(mod, one, lambda x, y: -mp.floor(x / y)),
    "fmod": smooth(
        lambda x, y: mp.sign(x) * mod(abs(x), abs(y)), one, lambda x, y: -mp.sign(x * y) * mp.floor(abs(x / y))
    ),
    "pow": smooth(power, pow_by_base, pow_by_exponent),
    "fma": smooth(exactly, lambda _, y, __: y, first, one),
    "neg": smooth(lambda x: -x, minus_one),
    "lt": compare(lambda x, y: x < y),
    "le": compare(lambda x, y: x <= y),
    "gt": compare(lambda x, y: x > y),
    "ge": compare(lambda x, y: x >= y),
    "eq": compare(lambda x, y: x == y),
    "ne": compare(lambda x, y: x != y),
    "and": compare(lambda x, y: x != 0 and y != 0),
    "or": compare(lambda x, y: x != 0 or y != 0),
    "not": flat(lambda x: mp.mpf(x == 0)),
    "where": smooth(lambda c, x, y: x if c else y, zero, lambda c, *_: mp.mpf(c != 0), lambda c, *_: mp.mpf(c == 0)),
}

CHOICE = {
    "abs": smooth(abs, mp.sign),
    "sign": flat(mp.sign),
    "min": best_of(min),
    "max": best_of(max),
    "clip": smooth(
        lambda x, lo, hi: min(max(x, lo), hi),
        lambda x, lo, hi: mp.mpf(lo <= x <= hi),
        lambda x, lo, hi: mp.mpf(x < lo <= hi),
        lambda x, lo, hi: mp.mpf(x > hi or lo > hi),
    ),
    "floor": flat(mp.floor),
    "ceil": flat(mp.ceil),
    "round": flat(mp.nint),
    "trunc": flat(lambda x: mp.sign(x) * mp.floor(abs(x))),
    "heaviside": smooth(lambda x, h: h if x == 0 else mp.mpf(x > 0), zero, lambda x, _: mp.mpf(x == 0)),
}

EXPONENTIAL = {
    "exp": smooth(mp.exp, mp.exp),
    "expm1": smooth(mp.expm1, mp.exp),
    "exp2": smooth(lambda x: mp.power(2, x), lambda x: mp.power(2, x) * mp.ln2),
    "log": smooth(mp.log, lambda x: 1 / x),
    "log2": smooth(lambda x: mp.log(x) / mp.ln2, lambda x: 1 / (x * mp.ln2)),
    "log10": smooth(lambda x: mp.log(x) / mp.ln10, lambda x: 1 / (x * mp.ln10)),
    "log1p": smooth(mp.log1p, lambda x: 1 / (1 + x)),
    "logb": smooth(
        lambda x, b: mp.log(x) / mp.log(b),
        lambda x, b: 1 / (x * mp.log(b)),
        lambda x, b: -mp.log(x) / (b * mp.log(b) ** 2),
    ),
    "xlogy": smooth(
        lambda x, y: x * mp.log(y) if x else mp.mpf(0), lambda _, y: mp.log(y), lambda x, y: x / y if x else mp.mpf(0)
    ),
    "entr": smooth(lambda x: -x * mp.log(x) if x else mp.mpf(0), lambda x: -1 - mp.log(x)),
    "entr_slope": smooth(lambda x: -1 - mp.log(x), lambda x: -1 / x),
    "logit": smooth(lambda x: mp.log(x / (1 - x)), lambda x: 1 / (x * (1 - x))),
    "logaddexp": smooth(
        lambda x, y: max(x, y) + mp.log1p(mp.exp(-abs(x - y))),
        lambda x, y: 1 / (1 + mp.exp(y - x)),
        lambda x, y: 1 / (1 + mp.exp(x - y)),
    ),
    "softmax2": smooth(
        lambda x, y: 1 / (1 + mp.exp(y - x)),
        lambda x, y: 1 / ((1 + mp.exp(y - x)) * (1 + mp.exp(x - y))),
        lambda x, y: -1 / ((1 + mp.exp(y - x)) * (1 + mp.exp(x - y))),
    ),
    "sqrt": smooth(mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x))),
    "cbrt": smooth(lambda x: mp.sign(x) * mp.cbrt(abs(x)), lambda x: 1 / (3 * mp.cbrt(abs(x)) ** 2)),
    "nthroot": smooth(
        root,
        lambda x, k: root(x, k) / (k * x) if x else mp.inf if k > 1 else mp.mpf(1),
        lambda x, k: mp.nan if x < 0 else -root(x, k) * mp.log(x) / k**2 if x else mp.mpf(0),
    ),
    "rsqrt": smooth(lambda x: 1 / mp.sqrt(x), lambda x: -1 / (2 * x * mp.sqrt(x))),
    "hypot": smooth(
        mp.hypot,
        lambda x, y: x / mp.hypot(x, y) if x or y else mp.mpf(0),
        lambda x, y: y / mp.hypot(x, y) if x or y else mp.mpf(0),
    ),
}

CIRCULAR = {
    "sin": smooth(mp.sin, mp.cos),
    "cos": smooth(mp.cos, lambda x: -mp.sin(x)),
    "tan": smooth(mp.tan, lambda x: mp.sec(x) ** 2),
    "cot": smooth(mp.cot, lambda x: -(mp.csc(x) ** 2)),
    "sec": smooth(mp.sec, lambda x: mp.sec(x) * mp.tan(x)),
    "csc": smooth(mp.csc, lambda x: -mp.csc(x) * mp.cot(x)),
    "asin": smooth(mp.asin, lambda x: 1 / mp.sqrt(1 - x * x)),
    "acos": smooth(mp.acos, lambda x: -1 / mp.sqrt(1 - x * x)),
    "atan": smooth(mp.atan, lambda x: 1 / (1 + x * x)),
    "acot": smooth(lambda x: mp.atan(1 / x) if x else mp.pi / 2, lambda x: -1 / (1 + x * x)),
    "asec": smooth(lambda x: mp.acos(1 / x), lambda x: 1 / (x * x * mp.sqrt(1 - 1 / (x * x)))),
    "acsc": smooth(lambda x: mp.asin(1 / x), lambda x: -1 / (x * x * mp.sqrt(1 - 1 / (x * x)))),
    "atan2": smooth(mp.atan2, lambda y, x: x / (x * x + y * y), lambda y, x: -y / (x * x + y * y)),
    "radians": smooth(lambda x: x * mp.pi / 180, lambda _: mp.pi / 180),
    "degrees": smooth(lambda x: x * 180 / mp.pi, lambda _: 180 / mp.pi),
    "sinc": smooth(lambda x: bessel(0, x), lambda x: -x * bessel(1, x)),
    "sinc_n": smooth(bessel, zero, lambda n, x: -x * bessel(n + 1, x)),
    "sinh": smooth(mp.sinh, mp.cosh),
    "cosh": smooth(mp.cosh, mp.sinh),
    "tanh": smooth(mp.tanh, lambda x: 1 / mp.cosh(x) ** 2),
    "coth": smooth(lambda x: 1 / mp.tanh(x), lambda x: -1 / mp.sinh(x) ** 2),
    "sech": smooth(lambda x: 1 / mp.cosh(x), lambda x: -mp.tanh(x) / mp.cosh(x)),
    "csch": smooth(lambda x: 1 / mp.sinh(x), lambda x: -1 / (mp.sinh(x) * mp.tanh(x))),
    "asinh": smooth(mp.asinh, lambda x: 1 / mp.sqrt(1 + x * x)),
    "acosh": smooth(mp.acosh, lambda x: 1 / mp.sqrt(x * x - 1)),
    "atanh": smooth(mp.atanh, lambda x: 1 / (1 - x * x)),
    "acoth": smooth(lambda x: mp.atanh(1 / x), lambda x: 1 / (1 - x * x)),
    "asech": smooth(lambda x: mp.acosh(1 / x), lambda x: -1 / (x * mp.sqrt(1 - x * x))),
    "acsch": smooth(lambda x: mp.asinh(1 / x), lambda x: -1 / (abs(x) * mp.sqrt(1 + x * x))),
}

SPECIAL = {
    "gauss": smooth(
        lambda x, a: exp(-a * x * x),
        lambda x, a: -2 * a * x * exp(-a * x * x),
        lambda x, a: -x * x * exp(-a * x * x),
    ),
    "erf": smooth(mp.erf, lambda x: 2 / mp.sqrt(mp.pi) * exp(-x * x)),
    "erfc": smooth(lambda x: mp.erfc(min(x, mp.mpf(400))), lambda x: -2 / mp.sqrt(mp.pi) * exp(-x * x)),
    "normal_cdf": smooth(normal_cdf, normal),
    "normal_pdf": smooth(normal, lambda x: -x * normal(x)),
    "log_ndtr": smooth(log_ndtr, lambda x: mp.sqrt(2 / mp.pi) / scaled_erfc(0, -x / mp.sqrt(2))),
    "erfcx": smooth(lambda x: scaled_erfc(0, x), lambda x: scaled_erfc(1, x)),
    "erfcx_slope": smooth(scaled_erfc, zero, lambda n, x: scaled_erfc(n + 1, x)),
    "erfinv": smooth(inverse_erf, lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(inverse_erf(x) ** 2)),
    "erfinv_slope": smooth(
        lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(inverse_erf(x) ** 2),
        lambda x: mp.pi / 2 * inverse_erf(x) * mp.exp(2 * inverse_erf(x) ** 2),
    ),
    "probit": smooth(probit, lambda x: 1 / mp.npdf(probit(x))),
    "probit_slope": smooth(lambda x: 1 / mp.npdf(probit(x)), lambda x: probit(x) / mp.npdf(probit(x)) ** 2),
    "lambertw": smooth(lambert, lambda x: mp.exp(-lambert(x)) / (1 + lambert(x))),
    "lambertw_slope": smooth(
        lambda x: mp.exp(-lambert(x)) / (1 + lambert(x)),
        lambda x: -mp.exp(-2 * lambert(x)) * (2 + lambert(x)) / (1 + lambert(x)) ** 3,
    ),
    "exprel": smooth(lambda x: moment(0, x), lambda x: moment(1, x)),
    "exprel_slope": smooth(moment, zero, lambda n, x: moment(n + 1, x)),
    "gamma": smooth(mp.gamma, lambda x: mp.gamma(x) * psi(0, x)),
    "factorial": smooth(mp.factorial, lambda x: mp.factorial(x) * psi(0, x + 1)),
    "lgamma": smooth(lambda x: mp.re(mp.loggamma(x)), lambda x: psi(0, x)),
    "digamma": smooth(lambda x: psi(0, x), lambda x: psi(1, x)),
    "digamma1p": smooth(lambda x: psi(0, x + 1), lambda x: psi(1, x + 1)),
    "polygamma": smooth(lambda n, x: psi(int(n), x), zero, lambda n, x: psi(int(n) + 1, x)),
    "beta": smooth(
        families.beta, lambda a, b: families.beta_slope(1, 0, a, b), lambda a, b: families.beta_slope(0, 1, a, b)
    ),
    "lbeta": smooth(
        families.lbeta, lambda a, b: families.lbeta_slope(1, 0, a, b), lambda a, b: families.lbeta_slope(0, 1, a, b)
    ),
    "beta_slope": of_two_orders(families.beta_slope),
    "lbeta_slope": of_two_orders(families.lbeta_slope),
    "bessel_j": smooth(lambda n, x: families.bessel_j(0, n, x), zero, lambda n, x: families.bessel_j(1, n, x)),
    "bessel_j_slope": smooth(families.bessel_j, zero, zero, lambda k, n, x: families.bessel_j(k + 1, n, x)),
    "bessel_i": smooth(families.bessel_i, zero, families.bessel_i_slope),
}

ACTIVATIONS = {
    "sigmoid": smooth(lambda x: 1 / (1 + mp.exp(-x)), lambda x: 1 / ((1 + mp.exp(-x)) * (1 + mp.exp(x)))),
    "relu": smooth(lambda x: max(x, mp.mpf(0)), lambda x: mp.mpf(x > 0)),
    "leaky_relu": smooth(
        sided(positive, first, lambda x, a: a * x),
        sided(positive, one, second),
        sided(positive, zero, first),
    ),
    "elu": smooth(
        sided(positive, first, lambda x, a: a * mp.expm1(x)),
        sided(positive, one, lambda x, a: a * mp.exp(x)),
        sided(positive, zero, lambda x, _: mp.expm1(x)),
    ),
    "selu": smooth(
        sided(positive, lambda x: SCALE * x, lambda x: SCALE_ALPHA * mp.expm1(x)),
        sided(positive, lambda _: SCALE, lambda x: SCALE_ALPHA * mp.exp(x)),
    ),
    "gelu": smooth(lambda x: x * normal_cdf(x), lambda x: normal_cdf(x) + x * normal(x)),
    "gelu_slope": smooth(lambda x: normal_cdf(x) + x * normal(x), lambda x: (2 - x * x) * normal(x)),
    "silu": smooth(lambda x: x / (1 + mp.exp(-x)), lambda x: (1 + (1 + x) * mp.exp(-x)) / (1 + mp.exp(-x)) ** 2),
    "softplus": smooth(lambda x: mp.log1p(mp.exp(x)), lambda x: 1 / (1 + mp.exp(-x))),
    "softsign": smooth(lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2),
    "mish": smooth(
        lambda x: x * mp.tanh(mp.log1p(mp.exp(x))),
        lambda x: mp.tanh(mp.log1p(mp.exp(x))) + x / ((1 + mp.exp(-x)) * mp.cosh(mp.log1p(mp.exp(x))) ** 2),
    ),
    "silu_factor": smooth(
        lambda x: 1 + x / (1 + mp.exp(x)), lambda x: (1 + mp.exp(-x) - x) / ((1 + mp.exp(x)) * (1 + mp.exp(-x)))
    ),
    "mish_factor": smooth(
        lambda x: x + 1 + (x + 1.5) * mp.exp(x) + mp.exp(2 * x) + mp.exp(3 * x) / 4,
        lambda x: 1 + (x + 2.5) * mp.exp(x) + 2 * mp.exp(2 * x) + 3 * mp.exp(3 * x) / 4,
    ),
    "hard_tanh": smooth(lambda x: min(max(x, mp.mpf(-1)), mp.mpf(1)), lambda x: mp.mpf(abs(x) <= 1)),
    "relu6": smooth(lambda x: min(max(x, mp.mpf(0)), mp.mpf(6)), lambda x: mp.mpf(0 < x < 6)),
    "hard_sigmoid": smooth(lambda x: min(max(x + 3, mp.mpf(0)), mp.mpf(6)) / 6, lambda x: mp.mpf(-3 < x < 3) / 6),
    "hard_swish": smooth(
        lambda x: x * min(max(x + 3, mp.mpf(0)), mp.mpf(6)) / 6,
        lambda x: (2 * x + 3) / 6 if abs(x) < 3 else mp.mpf(x > 0),
    ),
    "logsigmoid": smooth(lambda x: -mp.log1p(mp.exp(-x)), lambda x: 1 / (1 + mp.exp(x))),
    "huber": smooth(
        lambda x, d: x * x / 2 if abs(x) <= d else d * (abs(x) - d / 2),
        lambda x, d: max(-d, min(x, d)),
        lambda x, d: max(abs(x) - d, mp.mpf(0)),
    ),
    "smooth_l1": smooth(
        lambda x, b: x * x / (2 * b) if abs(x) < b else abs(x) - b / 2,
        lambda x, b: max(-1, min(x / b, mp.mpf(1))),
        lambda x, b: -(min(abs(x) / b, mp.mpf(1)) ** 2) / 2,
    ),
    "step": flat(lambda x: mp.mpf(x >= 0)),
}

TRUTHS: dict[str, Truth] = ARITHMETIC | CHOICE | EXPONENTIAL | CIRCULAR | SPECIAL | ACTIVATIONS
"""Operator name -> truth, for every operator with operands."""
