"""What functions are called elsewhere: in libraries behind a prefix, and in other languages without one.

Depends on nothing. A prefix is dropped only where the function behind it is the one that has this name here. One that
is another is written out, in gradcli's language; of one that may be either, both are shown.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a call means, as texts over its parameters: more than one where that depends on where it comes from."""

    parameters: tuple[str, ...]
    texts: tuple[str, ...]


_EVERYWHERE = (
    "sin cos tan asin acos atan atan2 arcsin arccos arctan arctan2 sinh cosh tanh asinh acosh atanh arcsinh arccosh"
    " arctanh cot sec csc exp exp2 expm1 log log1p log2 log10 sqrt cbrt abs fabs floor ceil trunc pow power hypot sign"
    " pi tau e inf nan"
)
_ARRAYS = "maximum minimum where clip mod fmod logaddexp degrees radians heaviside i0 round rint"
_TORCH = (
    "sigmoid expit relu selu softplus logit erf erfc erfinv erfcx lgamma gammaln digamma psi polygamma xlogy entr ndtr"
    " log_ndtr rsqrt clamp max min i0 i1 bessel_j0 bessel_j1 sgn"
)
_ACTIVATIONS = (
    "relu relu6 elu selu silu swish mish softplus softsign sigmoid tanh logsigmoid hardtanh hard_tanh hard_sigmoid"
    " hard_swish exp log sqrt abs"
)
_SPECIAL = (
    "expit logit erf erfc erfinv erfcx gamma gammaln digamma psi polygamma ndtr log_ndtr xlogy entr exprel expm1 log1p"
    " cbrt exp2 beta betaln jv iv i0 i1 j0 j1 lambertw round ndtri factorial"
)

GELU_TANH = "0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))"
"""The approximation of Hendrycks and Gimpel (2016)."""

SAME: Mapping[str, str] = {
    "np numpy jnp jax.numpy anp autograd.numpy cupy": f"{_EVERYWHERE} {_ARRAYS}",
    "torch torch.special": f"{_EVERYWHERE} {_ARRAYS} {_TORCH}",
    "F nn.functional torch.nn.functional": f"{_ACTIVATIONS} leaky_relu gelu",
    "jax.nn": f"{_ACTIVATIONS} leaky_relu",
    "nn flax.linen": _ACTIVATIONS,
    "tf tf.math tensorflow tensorflow.math": (
        f"{_EVERYWHERE} sigmoid maximum minimum where mod erf erfc erfinv lgamma digamma polygamma softplus softsign"
        " rsqrt round bessel_i0 bessel_i1"
    ),
    "tf.nn tensorflow.nn": "relu relu6 elu selu silu swish softplus softsign sigmoid tanh gelu",
    "keras.activations tf.keras.activations keras.ops": "relu relu6 elu selu silu swish mish softplus softsign sigmoid"
    " tanh gelu",
    "scipy.special special sp.special sc jax.scipy.special": _SPECIAL,
    "=": "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp ln log10 sqrt abs sign max min power gamma"
    " gammaln erf erfc sec csc cot sum median",
    "norm stats.norm scipy.stats.norm": "",
    "math cmath": f"{_EVERYWHERE} gamma lgamma erf erfc degrees radians fmod max min fma",
    "Math": f"{_EVERYWHERE} max min fma",
    "std": f"{_EVERYWHERE} lgamma erf erfc fma fmod max min clamp rint",
    "sympy sp mpmath mp": f"{_EVERYWHERE} ln gamma digamma polygamma erf erfc erfinv sinc max min factorial beta"
    " lambertw besselj besseli",
}
"""Libraries by the prefixes under which they are imported → the names that mean the same there and here."""

OTHER: Mapping[str, str] = {
    # of libraries, by the first of their prefixes
    "np.sinc(x) torch.sinc(x) sympy.sincpi(x)": "sinc(pi*x)",
    "np.absolute(x) torch.absolute(x)": "abs(x)",
    "np.square(x) torch.square(x) tf.square(x)": "x^2",
    "np.reciprocal(x) torch.reciprocal(x) tf.reciprocal(x)": "1/x",
    "np.negative(x) torch.neg(x) tf.negative(x)": "-x",
    "np.deg2rad(x) torch.deg2rad(x) Math.toRadians(x)": "radians(x)",
    "np.rad2deg(x) torch.rad2deg(x) Math.toDegrees(x)": "degrees(x)",
    "np.around(x)": "round(x)",
    "np.divide(x,y) torch.div(x,y) tf.divide(x,y)": "x/y",
    "np.multiply(x,y) torch.mul(x,y) tf.multiply(x,y)": "x*y",
    "np.float64(x) torch.tensor(x) tf.constant(x)": "x",
    "np.add(x,y) torch.add(x,y) tf.add(x,y)": "x + y",
    "np.subtract(x,y) torch.sub(x,y) tf.subtract(x,y)": "x - y",
    "np.remainder(x,y) torch.remainder(x,y) Math.floorMod(x,y) tf.floormod(x,y)": "x % y",
    "np.floor_divide(x,y) torch.floor_divide(x,y) tf.floordiv(x,y)": "floor(x/y)",
    "tf.clip_by_value(x,l,h)": "clip(x, l, h)",
    "Math.round(x)": "floor(x + 0.5)",
    "std.round(x)": "sign(x)*floor(abs(x) + 0.5)",
    "std.tgamma(x)": "gamma(x)",
    "std.fmax(x,y)": "max(x, y)",
    "std.fmin(x,y)": "min(x, y)",
    "jax.nn.gelu(x)": GELU_TANH,
    "jax.nn.soft_sign(x)": "softsign(x)",
    "jax.nn.log_sigmoid(x) F.logsigmoid(x) tf.log_sigmoid(x) scipy.special.log_expit(x)": "logsigmoid(x)",
    "jax.nn.hard_sigmoid(x) F.hardsigmoid(x)": "hard_sigmoid(x)",
    "jax.nn.hard_swish(x) F.hardswish(x)": "hard_swish(x)",
    "F.relu6(x) jax.nn.relu6(x) tf.nn.relu6(x)": "relu6(x)",
    "tf.nn.leaky_relu(x) keras.activations.leaky_relu(x)": "leaky_relu(x, 0.2)",
    "tf.nn.leaky_relu(x,a) keras.activations.leaky_relu(x,a)": "leaky_relu(x, a)",
    "nn.gelu(x)": f"gelu(x) | {GELU_TANH}",
    "nn.leaky_relu(x)": "leaky_relu(x, 0.01) | leaky_relu(x, 0.2)",
    "keras.activations.hard_sigmoid(x)": "hard_sigmoid(x) | clip(x/5 + 1/2, 0, 1)",
    "F.softshrink(x)": "where(x > 0.5, x - 0.5, where(x < -0.5, x + 0.5, 0))",
    "F.tanhshrink(x)": "x - tanh(x)",
    "F.celu(x,a)": "where(x > 0, x, a*expm1(x/a))",
    "F.prelu(x,a)": "leaky_relu(x, a)",
    "torch.ndtri(x)": "probit(x)",
    "F.mse_loss(x,y)": "(x - y)^2",
    "F.huber_loss(x,y)": "huber(x - y)",
    "F.smooth_l1_loss(x,y)": "smooth_l1(x - y)",
    "F.l1_loss(x,y)": "abs(x - y)",
    "scipy.special.jn(n,x)": "bessel_j(n, x)",
    "scipy.special.spherical_jn(n,x) sympy.jn(n,x)": "x^n*sinc_n(n, x)",
    "scipy.special.softplus(x)": "softplus(x)",
    "scipy.special.xlog1py(x,y)": "where(x == 0, 0, x*log1p(y))",
    "scipy.special.exp10(x)": "10^x",
    "scipy.special.rel_entr(x,y)": "where(x == 0, 0, x*log(x/y))",
    "scipy.special.huber(d,x)": "huber(x, d)",
    "scipy.special.loggamma(x) sympy.loggamma(x)": "gammaln(x)",
    "sympy.ceiling(x)": "ceil(x)",
    "norm.pdf(x)": "normal_pdf(x)",
    "norm.cdf(x)": "normal_cdf(x)",
    "norm.pdf(x,m,s) dnorm(x,m,s)": "normal_pdf((x - m)/s)/s",
    "norm.cdf(x,m,s) pnorm(x,m,s)": "normal_cdf((x - m)/s)",
    "norm.ppf(p,m,s) qnorm(p,m,s)": "m + s*probit(p)",
    "norm.sf(x)": "normal_cdf(-x)",
    "norm.logcdf(x)": "log_ndtr(x)",
    "norm.ppf(x)": "probit(x)",
    "norm.logpdf(x)": "-x^2/2 - log(2*pi)/2",
    "math.e np.e torch.e Math.E sympy.E": "e",
    "Math.LN2 M_LN2": "log(2)",
    "Math.LN10 M_LN10": "log(10)",
    "Math.LOG2E M_LOG2E": "1/log(2)",
    "Math.LOG10E M_LOG10E": "1/log(10)",
    "Math.SQRT2 M_SQRT2": "sqrt(2)",
    "Math.SQRT1_2 M_SQRT1_2": "sqrt(1/2)",
    "sympy.oo": "inf",
    # of languages
    "M_E": "e",
    "M_PI": "pi",
    "M_PI_2": "pi/2",
    "M_PI_4": "pi/4",
    "M_1_PI": "1/pi",
    "M_2_PI": "2/pi",
    "M_2_SQRTPI": "2/sqrt(pi)",
    "Pi PI": "pi",
    "Infinity Inf": "inf",
    "TRUE True": "1",
    "FALSE False": "0",
    "LOG(x)": "log(x) | log10(x)",
    "LOG(x,b)": "log(x, b)",
    "ATAN2(x,y)": "atan2(x, y) | atan2(y, x)",
    "ArcTan(x,y)": "atan2(y, x) | atan2(x, y)",
    "INT(x)": "floor(x) | trunc(x)",
    "MOD(x,y)": "mod(x, y) | fmod(x, y)",
    "ROUND(x)": "round(x) | sign(x)*floor(abs(x) + 0.5)",
    "VAR(x,y)": "var(x, y) | 2*var(x, y)",
    "VAR(x,y,z)": "var(x, y, z) | 1.5*var(x, y, z)",
    "STDEV(x,y)": "std(x, y) | sqrt(2)*std(x, y)",
    "STDEV(x,y,z)": "std(x, y, z) | sqrt(1.5)*std(x, y, z)",
    "SQR(x) Sqr(x) sqr(x)": "x^2 | sqrt(x)",
    "jn(n,x)": "bessel_j(n, x) | x^n*sinc_n(n, x)",
    "besselJ(x,n)": "bessel_j(n, x)",
    "besselI(x,n)": "bessel_i(n, x)",
    "BESSELJ(x,n)": "bessel_j(n, x) | bessel_j(x, n)",
    "BESSELI(x,n)": "bessel_i(n, x) | bessel_i(x, n)",
    # of Mathematica, in brackets
    "ArcTan[x,y]": "atan2(y, x)",
    "Log[b,x]": "log(x, b)",
    "PolyGamma[x]": "digamma(x)",
    "Boole[x]": "where(x, 1, 0)",
    "N[x]": "x",
    "UnitStep[x]": "where(x >= 0, 1, 0)",
    # of spreadsheets
    "ACOT(x)": "acot(x) | pi/2 - atan(x)",
    "=ACOT(x)": "pi/2 - atan(x)",
    "=LOG(x)": "log10(x)",
    "=LOG(x,b)": "log(x, b)",
    "=ATAN2(x,y)": "atan2(y, x)",
    "=INT(x)": "floor(x)",
    "=MOD(x,y)": "x % y",
    "=ROUND(x,n)": "sign(x)*floor(abs(x)*10^n + 0.5)/10^n",
    "=FLOOR(x,s)": "floor(x/s)*s",
    "=CEILING(x,s)": "ceil(x/s)*s",
    "=SQRTPI(x)": "sqrt(pi*x)",
    "=BESSELJ(x,n)": "bessel_j(n, x)",
    "=BESSELI(x,n)": "bessel_i(n, x)",
    "=DEGREES(x)": "degrees(x)",
    "=RADIANS(x)": "radians(x)",
    "=VAR.P(x,y) =VARP(x,y)": "var(x, y)",
    "=VAR.P(x,y,z) =VARP(x,y,z)": "var(x, y, z)",
    "=VAR(x,y) =VAR.S(x,y)": "2*var(x, y)",
    "=VAR(x,y,z) =VAR.S(x,y,z)": "1.5*var(x, y, z)",
    "=STDEV.P(x,y) =STDEVP(x,y)": "std(x, y)",
    "=STDEV.P(x,y,z) =STDEVP(x,y,z)": "std(x, y, z)",
    "=STDEV(x,y) =STDEV.S(x,y)": "sqrt(2)*std(x, y)",
    "=STDEV(x,y,z) =STDEV.S(x,y,z)": "sqrt(1.5)*std(x, y, z)",
    "=AVERAGE(x,y)": "(x + y)/2",
    "=AVERAGE(x,y,z)": "(x + y + z)/3",
    "=PRODUCT(x,y)": "x*y",
    "=PRODUCT(x,y,z)": "x*y*z",
    "=SUMSQ(x,y)": "x^2 + y^2",
    "=AND(x,y)": "x and y",
    "=AND(x,y,z)": "x and y and z",
    "=OR(x,y)": "x or y",
    "=OR(x,y,z)": "x or y or z",
    "=NOT(x)": "not x",
    "=NORMSDIST(x)": "normal_cdf(x)",
    "=NORM.S.DIST(x,c)": "where(c, normal_cdf(x), normal_pdf(x))",
    "=NORM.DIST(x,m,s,c) =NORMDIST(x,m,s,c)": "where(c, normal_cdf((x - m)/s), normal_pdf((x - m)/s)/s)",
    "=NORM.S.INV(p) =NORMSINV(p)": "probit(p)",
    "=NORM.INV(p,m,s) =NORMINV(p,m,s)": "m + s*probit(p)",
    "=FACT(n)": "factorial(n)",
}
"""Calls and constants that mean something else, or have no name here, by all of their names → what they mean; where
that depends on the language, with | between."""

RENAMED: Mapping[str, str] = {
    "IF": "where", "If": "where", "IIF": "where", "IIf": "where", "iif": "where", "ifelse": "where",
    "IfElse": "where", "if_else": "where", "CEILING": "ceil", "Ceiling": "ceil", "ceiling": "ceil", "signum": "sign",
    "tgamma": "gamma", "fmax": "max", "fmin": "min", "AMAX1": "max", "AMIN1": "min", "DMAX1": "max", "DMIN1": "min",
    "ALOG": "log", "ALOG10": "log10", "CubeRoot": "cbrt", "LogGamma": "gammaln", "PolyGamma": "polygamma",
    "LogisticSigmoid": "sigmoid", "BesselJ": "bessel_j", "BesselI": "bessel_i", "Power": "pow", "tg": "tan",
    "Γ": "gamma", "σ": "sigmoid", "MODULO": "mod", "rem": "fmod", "arctg": "atan", "sen": "sin",
}  # fmt: skip
"""Functions that have another name in some language, and can mean nothing else."""
C_FUNCTIONS = (
    "acos asin atan atan2 cbrt ceil cos cosh erf erfc exp exp2 expm1 fabs floor fma fmax fmin hypot lgamma log log10"
    " log1p log2 pow rint sin sinh sqrt tan tanh tgamma"
)
"""The functions of C that end with f or l where they are of float or long double."""
FORTRAN_FUNCTIONS = "abs acos asin atan atan2 cos cosh exp log log10 sin sinh sqrt tan tanh"
"""The functions of Fortran that begin with D where they are of double precision."""
_BRACKETED = (
    "Abs ArcCos ArcCosh ArcCot ArcSin ArcSinh ArcTan ArcTanh BesselI BesselJ Beta Boole Ceiling Cos Cosh Cot Csc"
    " CubeRoot Erf Erfc Exp Floor Gamma If Log Log10 Log2 LogGamma LogisticSigmoid Max Min Mod N PolyGamma Power"
    " Round Sec Sign Sin Sinc Sinh Sqrt Tan Tanh UnitStep"
)
MATHEMATICA = frozenset(_BRACKETED.split())
"""The functions whose arguments stand in brackets."""


@cache
def prefixes() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Prefix → the library by its first prefix, and the names that mean the same there and here."""
    return {
        prefix: (known.split()[0], frozenset(names.split()))
        for known, names in SAME.items()
        for prefix in known.split()
    }


@cache
def _meanings() -> Mapping[tuple[str, int], Meaning]:
    found = {}
    for signature, texts in ((one, texts) for names, texts in OTHER.items() for one in names.split()):
        name, opening, inside = signature.partition("[") if "[" in signature else signature.partition("(")
        parameters = tuple(inside[:-1].split(",")) if opening else ()
        found[name + opening.strip("("), len(parameters)] = Meaning(parameters, tuple(texts.split(" | ")))
    return found


def meaning(name: str, count: int) -> Meaning | None:
    """What a name means with so many arguments, where that is to be written out; none of them for a constant."""
    return _meanings().get((name, count))


@cache
def written_out() -> frozenset[str]:
    """The names whose calls are written out."""
    return frozenset(name for name, count in _meanings() if count)


def counts(name: str) -> str:
    """With how many arguments a name can be called, in words."""
    return " or ".join(str(count) for other, count in _meanings() if other == name and count)


def renamed(name: str, functions: Mapping[str, object]) -> str:
    """The name that a function of another language has here: DEXP, expf and Exp are exp; empty where there is none."""
    plain = name.lower()
    candidates = (
        RENAMED.get(name, ""),
        name[:-1] if name[:-1] in C_FUNCTIONS.split() and name[-1] in "fl" else "",
        plain[1:] if name.isupper() and name[0] == "D" and plain[1:] in FORTRAN_FUNCTIONS.split() else "",
        plain if name.isupper() or name[1:].islower() or plain.startswith("arc") or plain[-1].isdigit() else "",
    )
    found = (RENAMED.get(one, one) for one in candidates if one and one != name)
    return next((one for one in found if one in functions), "")
