"""Formulas of physics, statistics and machine learning with the ranges of their variables, and their truth in mpmath.

The truth knows nothing of gradcli's graphs and rules: the text is rewritten for Python and evaluated with mpmath's
functions; derivatives are central differences of 1,000 digits.
"""

import random
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mpmath import mp

Real = Any
DIGITS = 1000
STEP = -300
"""The power of ten of the step of a difference quotient, whose own error is about its square."""

U = (-3.0, 3.0)
P = (0.1, 5.0)
Q = (0.01, 0.99)
BIG = (-800.0, 800.0)


class Formula(NamedTuple):
    """A formula, and for each of its variables the interval to draw from."""

    text: str
    ranges: dict[str, tuple[float, float]]


def formula(text: str, **ranges: tuple[float, float]) -> Formula:
    """A formula with the ranges of its variables."""
    return Formula(text, ranges)


PHYSICS = (
    formula("m*v^2/2", m=P, v=U),
    formula("m*c^2/sqrt(1 - v^2/c^2)", m=P, v=(0, 2.9e8), c=(2.99e8, 3e8)),
    formula("m*c^2*(1/sqrt(1 - v^2/c^2) - 1)", m=P, v=(1, 1000), c=(2.99e8, 3e8)),
    formula("G*m1*m2/((x2 - x1)^2 + (y2 - y1)^2)", G=P, m1=P, m2=P, x1=U, x2=(4, 9), y1=U, y2=U),
    formula("q1*q2/(4*pi*eps*r^2)", q1=U, q2=U, eps=P, r=P),
    formula("exp(-theta^2/2)/sqrt(2*pi)", theta=U),
    formula("exp(-((theta - theta1)/sigma)^2/2)/(sqrt(2*pi)*sigma)", theta=U, theta1=U, sigma=P),
    formula("sqrt((x2 - x1)^2 + (y2 - y1)^2)", x1=U, x2=U, y1=U, y2=U),
    formula("x0*exp(-g*t)*cos(w*t + phi)", x0=P, g=Q, t=P, w=P, phi=U),
    formula("2*pi*sqrt(L/g)", L=P, g=(9, 10)),
    formula("2*pi*sqrt(L/g)*(1 + a^2/16 + 11*a^4/3072)", L=P, g=(9, 10), a=Q),
    formula("v*t - g*t^2/2", v=P, t=P, g=(9, 10)),
    formula("v^2*sin(2*a)/g", v=P, a=(0, 1.5), g=(9, 10)),
    formula("n*R*T/(V - n*b) - a*n^2/V^2", n=P, R=(8.3, 8.4), T=(200, 400), V=(30, 60), b=Q, a=P),
    formula("2*h*f^3/c^2/(exp(h*f/(k*T)) - 1)", h=P, f=P, c=P, k=P, T=P),
    formula("h*w^3/(pi^2*c^2*expm1(h*w/(k*T)))", h=P, w=(1e-6, 1e-3), c=P, k=P, T=(100, 900)),
    formula("1/(exp((E - mu)/(k*T)) + 1)", E=U, mu=U, k=P, T=P),
    formula("1/(exp((E - mu)/(k*T)) - 1)", E=(5, 9), mu=U, k=P, T=P),
    formula("Is*(exp(V/(n*Vt)) - 1)", Is=(1e-12, 1e-9), V=(-0.1, 0.7), n=(1, 2), Vt=(0.025, 0.026)),
    formula("4*eps*((s/r)^12 - (s/r)^6)", eps=P, s=P, r=(0.5, 5)),
    formula("D*(1 - exp(-a*(r - re)))^2", D=P, a=P, r=P, re=P),
    formula("(u + v)/(1 + u*v/c^2)", u=U, v=U, c=(4, 9)),
    formula("asin(n*sin(theta))", n=Q, theta=(-1.5, 1.5)),
    formula("a*(1 - ecc^2)/(1 + ecc*cos(theta))", a=P, ecc=Q, theta=U),
    formula("E - ecc*sin(E)", E=U, ecc=Q),
    formula("sqrt(2*G*M*(1/r - 1/R))", G=P, M=P, r=(0.1, 1), R=(2, 5)),
    formula("x1*cos(k*x - w*t) + x2*cos(k*x + w*t)", x1=P, x2=P, k=P, x=U, w=P, t=P),
    formula("I0*(sin(n*d/2)/sin(d/2))^2", I0=P, n=(2, 9), d=(0.1, 3)),
    formula("I0*sinc(a)^2", I0=P, a=U),
    formula("mu*B*tanh(mu*B/(k*T))", mu=P, B=P, k=P, T=P),
    formula("1/tanh(x) - 1/x", x=(0.01, 5)),
    formula("N*log(2*cosh(b*mu*B))", N=P, b=P, mu=P, B=P),
    formula("q*(Ef + B*v*sin(theta))", q=P, Ef=U, B=P, v=U, theta=U),
    formula("sqrt(p^2*c^2 + m^2*c^4)", p=P, c=P, m=P),
    formula("V0*exp(-t/(R*C))", V0=P, t=P, R=P, C=P),
    formula("1/sqrt((w0^2 - w^2)^2 + (g*w)^2)", w0=P, w=P, g=Q),
    formula("atan2(g*w, w0^2 - w^2)", w0=P, w=P, g=Q),
    formula("cosh(k*(y + H))/sinh(k*H)*cos(k*x - w*t)", k=P, y=(-1, 0), H=P, x=U, w=P, t=P),
    formula("g*tanh(k*H)/k", g=(9, 10), k=P, H=P),
    formula("log(r2/r1)/(2*pi*k*L)", r2=(3, 5), r1=(0.1, 2), k=P, L=P),
    formula("erf(x/(2*sqrt(D*t)))", x=U, D=P, t=P),
    formula("erfc(x/(2*sqrt(D*t)))", x=(0, 20), D=P, t=P),
    formula("acos(sin(p1)*sin(p2) + cos(p1)*cos(p2)*cos(l1 - l2))", p1=(0, 1), p2=(0, 1), l1=U, l2=(4, 5)),
    formula("2*asin(sqrt(sin((p2 - p1)/2)^2 + cos(p1)*cos(p2)*sin((l2 - l1)/2)^2))", p1=Q, p2=Q, l1=Q, l2=Q),
    formula("p + rho*g*h + rho*v^2/2", p=P, rho=P, g=(9, 10), h=P, v=U),
    formula("(1 - cos(x))/x^2", x=(1e-9, 1e-3)),
    formula("x - sin(x)", x=(1e-7, 1e-2)),
    formula("(b - sqrt(b^2 - 4*a*c))/(2*a)", a=P, b=(1e6, 1e9), c=P),
    formula("sqrt(x + 1) - sqrt(x)", x=(1e6, 1e15)),
    formula("sqrt(x^2 + y^2 + z^2)", x=(1e160, 1e200), y=(1e160, 1e200), z=(1e160, 1e200)),
)

STATISTICS = (
    formula("-log(s) - log(2*pi)/2 - ((x - mu)/s)^2/2", x=U, mu=U, s=P),
    formula("normal_cdf((x - mu)/s)", x=U, mu=U, s=P),
    formula("log(normal_cdf(x))", x=(-30, 8)),
    formula(
        "S*normal_cdf((log(S/K) + (r + v^2/2)*T)/(v*sqrt(T))) - K*exp(-r*T)*normal_cdf((log(S/K) + (r - v^2/2)*T)/(v*sqrt(T)))",
        S=(50, 150),
        K=(50, 150),
        r=Q,
        v=(0.1, 0.6),
        T=(0.1, 2),
    ),
    formula("x^(a - 1)*exp(-x/b)/(gamma(a)*b^a)", x=P, a=P, b=P),
    formula("(a - 1)*log(x) - x/b - lgamma(a) - a*log(b)", x=P, a=P, b=P),
    formula("x^(a - 1)*(1 - x)^(b - 1)*gamma(a + b)/(gamma(a)*gamma(b))", x=Q, a=P, b=P),
    formula("lgamma(a) + lgamma(b) - lgamma(a + b)", a=P, b=P),
    formula("lgamma((n + 1)/2) - lgamma(n/2) - log(n*pi)/2 - (n + 1)/2*log(1 + x^2/n)", n=P, x=U),
    formula("k*log(l) - l - lgamma(k + 1)", k=P, l=P),
    formula("k*log(p) + (n - k)*log(1 - p)", k=P, p=Q, n=(6, 9)),
    formula("p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))", p=Q, q=Q),
    formula("log(s2/s1) + (s1^2 + (m1 - m2)^2)/(2*s2^2) - 1/2", s1=P, s2=P, m1=U, m2=U),
    formula("-p*log(p) - (1 - p)*log(1 - p)", p=Q),
    formula("log(p/(1 - p))", p=Q),
    formula("1/(1 + exp(-(b0 + b1*x)))", b0=U, b1=U, x=U),
    formula("y*log(1/(1 + exp(-x*b))) + (1 - y)*log(1 - 1/(1 + exp(-x*b)))", y=Q, x=U, b=U),
    formula("k/l*(x/l)^(k - 1)*exp(-(x/l)^k)", x=P, k=P, l=P),
    formula("exp(-(x - mu)/b - exp(-(x - mu)/b))/b", x=U, mu=U, b=P),
    formula("1/(pi*g*(1 + ((x - x0)/g)^2))", x=U, x0=U, g=P),
    formula("exp(-(log(x) - mu)^2/(2*s^2))/(x*s*sqrt(2*pi))", x=P, mu=U, s=P),
    formula("exp(-abs(x - mu)/b)/(2*b)", x=(4, 9), mu=U, b=P),
    formula("((x1 - m)^2 + (x2 - m)^2 + (x3 - m)^2)/2", x1=U, x2=U, x3=U, m=U),
    formula("(x1^2 + x2^2 + x3^2)/3 - ((x1 + x2 + x3)/3)^2", x1=(1e6, 1e6 + 9), x2=(1e6, 1e6 + 9), x3=(1e6, 1e6 + 9)),
    formula("(x*y - a*b)/sqrt((x^2 - a^2)*(y^2 - b^2))", x=(3, 5), y=(3, 5), a=(1, 2), b=(1, 2)),
    formula("1 - (1 - p)^n", p=(1e-12, 1e-6), n=(1, 1000)),
    formula("exp(x) - 1", x=(1e-14, 1e-6)),
    formula("log(1 + x)", x=(1e-14, 1e-6)),
    formula("P*r/(1 - (1 + r)^(-n))", P=(1e3, 1e5), r=(1e-4, 0.1), n=(12, 360)),
    formula("P*(1 + r/n)^(n*t)", P=P, r=Q, n=(1, 365), t=P),
    formula("digamma(a) - log(a)", a=(0.1, 50)),
)

LEARNING = (
    formula("(y - w*x - b)^2", y=U, w=U, x=U, b=U),
    formula("(x*w - 2)^2", x=U, w=U),
    formula("v*tanh(w*x + b)", v=U, w=U, x=U, b=U),
    formula("(y - v*tanh(u*tanh(w*x)))^2", y=U, v=U, u=U, w=U, x=U),
    formula("1/(1 + exp(-x))", x=BIG),
    formula("log(1 + exp(x))", x=BIG),
    formula("log(1/(1 + exp(-x)))", x=BIG),
    formula("log(cosh(x))", x=BIG),
    formula("log(exp(x) + exp(y) + exp(z))", x=BIG, y=BIG, z=BIG),
    formula("exp(x)/(exp(x) + exp(y) + exp(z))", x=BIG, y=BIG, z=BIG),
    formula("x - log(exp(x) + exp(y) + exp(z))", x=U, y=U, z=U),
    formula("(exp(x) - exp(-x))/(exp(x) + exp(-x))", x=U),
    formula("x/(1 + exp(-x))", x=BIG),
    formula("x*tanh(log(1 + exp(x)))", x=BIG),
    formula("x*(1 + erf(x/sqrt(2)))/2", x=(-8, 8)),
    formula("x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))", x=(-6, 6)),
    formula("sigmoid(x*w + b)*(1 - sigmoid(x*w + b))", x=U, w=U, b=U),
    formula("softplus(x) - x*y", x=U, y=Q),
    formula("relu(w*x + b)*v", w=P, x=P, b=P, v=U),
    formula("-(1 - p)^g*log(p)", p=Q, g=P),
    formula("sqrt(1 + (x/d)^2) - 1", x=(1e-7, 5), d=P),
    formula("logaddexp(x, y)", x=BIG, y=BIG),
    formula("hypot(x, y)", x=(1e-200, 1e200), y=(1e-200, 1e200)),
    formula("(a*b + c*d)/sqrt((a^2 + c^2)*(b^2 + d^2))", a=U, b=U, c=U, d=U),
    formula("exp(-((x1 - y1)^2 + (x2 - y2)^2)/(2*l^2))", x1=U, x2=U, y1=U, y2=U, l=P),
    formula("(1 - x)^2 + 100*(y - x^2)^2", x=U, y=U),
    formula("x^2 - y^2 - (x - y)*(x + y) + z", x=U, y=U, z=(1e-12, 1e-9)),
    formula("333.75*b^6 + a^2*(11*a^2*b^2 - b^6 - 121*b^4 - 2) + 5.5*b^8 + a/(2*b)", a=(77617, 77618), b=(33096, 33097)),
    formula("0.1*(3*x) - 0.3*x", x=U),
    formula("max(x, 0) + log(1 + exp(-abs(x)))", x=BIG),
)  # fmt: skip

FORMULAS = PHYSICS + STATISTICS + LEARNING

NUMBER = re.compile(r"(?<![\w.])(\d+\.?\d*(?:e[-+]?\d+)?)")
SPECIAL = {
    "asin": mp.asin, "log1p": mp.log1p, "lgamma": mp.loggamma, "normal_cdf": mp.ncdf, "relu": lambda x: max(x, mp.zero),
    "sigmoid": lambda x: 1/(1 + mp.exp(-x)), "softplus": lambda x: mp.log1p(mp.exp(x)), "max": max,
    "abs": abs, "logaddexp": lambda x, y: mp.log(mp.exp(x) + mp.exp(y)), "hypot": lambda x, y: mp.sqrt(x*x + y*y),
    "sinc": lambda x: mp.sin(x)/x, "number": mp.mpf,
}  # fmt: skip
"""What Python and mpmath call otherwise."""


def truth(it: Formula, point: dict[str, float]) -> list[Real]:
    """The value and the derivative by each variable, in the order of `ranges`; literals are the decimals they are."""
    with mp.workdps(DIGITS):
        code = compile(NUMBER.sub(r'number("\1")', it.text).replace("^", "**"), it.text, "eval")
        names = {name: getattr(mp, name) for name in dir(mp) if not name.startswith("_")} | SPECIAL
        exact = {name: mp.mpf(number) for name, number in point.items()}

        def value(**moved: Real) -> Real:
            return eval(code, {"__builtins__": {}}, names | exact | moved)

        def slope(name: str) -> Real:
            step = (abs(exact[name]) or 1) * mp.mpf(10) ** STEP
            return (value(**{name: exact[name] + step}) - value(**{name: exact[name] - step})) / (2 * step)

        return [value(), *map(slope, it.ranges)]


def points(it: Formula, count: int) -> Iterator[dict[str, float]]:
    """Points in the ranges, always the same ones."""
    source = random.Random(it.text)
    for _ in range(count):
        yield {name: source.uniform(*interval) for name, interval in it.ranges.items()}
