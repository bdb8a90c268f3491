"""Calls and constants of other languages and libraries that mean something else here, or have no name: what they mean.

Depends on `any_number` for those of any number of operands.
"""

from collections.abc import Mapping
from functools import cache

from gradcli.language.any_number import CHAINED, JOINED, Meaning, general

GELU_TANH = "0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))"
"""The approximation of Hendrycks and Gimpel (2016)."""

OTHER: Mapping[str, str] = {
    # of libraries, by the first of their prefixes
    "np.sinc(x) torch.sinc(x) scipy.special.sinc(x) sympy.sincpi(x)": "sinc(pi*x)",
    "np.absolute(x) torch.absolute(x)": "abs(x)",
    "np.square(x) torch.square(x) tf.square(x)": "x^2",
    "np.reciprocal(x) torch.reciprocal(x) tf.reciprocal(x)": "1/x",
    "np.negative(x) torch.neg(x) tf.negative(x)": "-x",
    "np.deg2rad(x) torch.deg2rad(x) Math.toRadians(x)": "radians(x)",
    "np.rad2deg(x) torch.rad2deg(x) Math.toDegrees(x)": "degrees(x)",
    "np.around(x)": "round(x)",
    "np.divide(x,y) torch.div(x,y) tf.divide(x,y) np.true_divide(x,y) torch.true_divide(x,y)": "x/y",
    "np.multiply(x,y) torch.mul(x,y) tf.multiply(x,y)": "x*y",
    "np.float64(x) torch.tensor(x) tf.constant(x)": "x",
    "np.add(x,y) torch.add(x,y) tf.add(x,y)": "x + y",
    "np.subtract(x,y) torch.sub(x,y) tf.subtract(x,y)": "x - y",
    "np.remainder(x,y) torch.remainder(x,y) Math.floorMod(x,y) tf.floormod(x,y)": "x % y",
    "np.floor_divide(x,y) torch.floor_divide(x,y) tf.floordiv(x,y)": "floor(x/y)",
    "np.float_power(x,y) torch.float_power(x,y)": "pow(x, y)",
    "tf.clip_by_value(x,l,h)": "clip(x, l, h)",
    "tf.divide_no_nan(x,y)": "where(y == 0, 0, x/y)",
    "tf.truncatediv(x,y)": "trunc(x/y)",
    "Math.log(x) np.log(x) torch.log(x) tf.log(x)": "log(x)",
    "Math.log(x,b)": "log(x) | log(x, b)",
    "Math.round(x)": "floor(x + 0.5)",
    "Math.IEEERemainder(x,y)": "x - y*round(x/y)",
    "Math.floorDiv(x,y)": "floor(x/y)",
    "Math.Clamp(x,l,h) Math.clamp(x,l,h)": "clip(x, l, h)",
    "Math.Truncate(x)": "trunc(x)",
    "math.isqrt(x)": "floor(sqrt(x))",
    "math.factorial(n)": "factorial(n)",
    "math.comb(n,k) scipy.special.comb(n,k) scipy.special.binom(n,k)": "factorial(n)/(factorial(k)*factorial(n - k))",
    "math.perm(n,k) scipy.special.perm(n,k)": "factorial(n)/factorial(n - k)",
    "std.round(x)": "sign(x)*floor(abs(x) + 0.5)",
    "std.tgamma(x)": "gamma(x)",
    "std.fmax(x,y)": "max(x, y)",
    "std.fmin(x,y)": "min(x, y)",
    "jax.nn.gelu(x)": GELU_TANH,
    "jax.nn.soft_sign(x)": "softsign(x)",
    "jax.nn.log_sigmoid(x) F.logsigmoid(x) tf.log_sigmoid(x) scipy.special.log_expit(x)": "logsigmoid(x)",
    "jax.nn.hard_sigmoid(x) F.hardsigmoid(x)": "hard_sigmoid(x)",
    "jax.nn.hard_swish(x) jax.nn.hard_silu(x) F.hardswish(x)": "hard_swish(x)",
    "jax.nn.squareplus(x)": "(x + sqrt(x^2 + 4))/2",
    "jax.nn.squareplus(x,b)": "(x + sqrt(x^2 + b))/2",
    "jax.nn.celu(x) F.celu(x)": "elu(x)",
    "jax.nn.celu(x,a) F.celu(x,a)": "where(x > 0, x, a*expm1(x/a))",
    "jax.lax.logistic(x)": "sigmoid(x)",
    "F.relu6(x) jax.nn.relu6(x) tf.nn.relu6(x)": "relu6(x)",
    "tf.nn.leaky_relu(x) keras.activations.leaky_relu(x)": "leaky_relu(x, 0.2)",
    "nn.gelu(x)": f"gelu(x) | {GELU_TANH}",
    "nn.leaky_relu(x)": "leaky_relu(x, 0.01) | leaky_relu(x, 0.2)",
    "keras.activations.hard_sigmoid(x)": "hard_sigmoid(x) | clip(x/5 + 1/2, 0, 1)",
    "F.softshrink(x)": "where(x > 0.5, x - 0.5, where(x < -0.5, x + 0.5, 0))",
    "F.hardshrink(x)": "where(abs(x) > 0.5, x, 0)",
    "F.threshold(x,t,v)": "where(x > t, x, v)",
    "F.tanhshrink(x)": "x - tanh(x)",
    "F.prelu(x,a)": "leaky_relu(x, a)",
    "torch.ndtri(x)": "probit(x)",
    "F.mse_loss(x,y)": "(x - y)^2",
    "F.binary_cross_entropy(p,y)": "-xlogy(y, p) - xlogy(1 - y, 1 - p)",
    "F.binary_cross_entropy_with_logits(x,y) tf.nn.sigmoid_cross_entropy_with_logits(y,x)": "softplus(x) - x*y",
    "math.remainder(x,y)": "x - y*round(x/y)",
    "F.huber_loss(x,y)": "huber(x - y)",
    "F.smooth_l1_loss(x,y)": "smooth_l1(x - y)",
    "F.l1_loss(x,y)": "abs(x - y)",
    "scipy.special.jn(n,x)": "bessel_j(n, x)",
    "scipy.special.spherical_jn(n,x) sympy.jn(n,x)": "x^n*sinc_n(n, x)",
    "scipy.special.softplus(x)": "softplus(x)",
    "scipy.special.xlog1py(x,y) tf.xlog1py(x,y)": "where(x == 0, 0, x*log1p(y))",
    "scipy.special.exp10(x)": "10^x",
    "scipy.special.rel_entr(x,y)": "where(x == 0, 0, x*log(x/y))",
    "scipy.special.kl_div(x,y)": "where(x == 0, y, x*log(x/y) - x + y)",
    "scipy.special.huber(d,x)": "huber(x, d)",
    "scipy.special.pseudo_huber(d,x)": "d^2*(hypot(1, x/d) - 1)",
    "scipy.special.boxcox(x,l)": "where(l == 0, log(x), expm1(l*log(x))/l)",
    "scipy.special.sindg(x)": "sin(radians(x))",
    "scipy.special.cosdg(x)": "cos(radians(x))",
    "scipy.special.tandg(x)": "tan(radians(x))",
    "scipy.special.loggamma(x) sympy.loggamma(x)": "gammaln(x)",
    "sympy.ceiling(x)": "ceil(x)",
    "norm.pdf(x)": "normal_pdf(x)",
    "norm.cdf(x)": "normal_cdf(x)",
    "norm.sf(x)": "normal_cdf(-x)",
    "norm.logcdf(x)": "log_ndtr(x)",
    "norm.ppf(x)": "probit(x)",
    "norm.logpdf(x)": "-x^2/2 - log(2*pi)/2",
    "math.e np.e torch.e Math.E sympy.E": "e",
    "Math.LN2": "log(2)",
    "Math.LN10": "log(10)",
    "Math.LOG2E": "1/log(2)",
    "Math.LOG10E": "1/log(10)",
    "Math.SQRT2": "sqrt(2)",
    "Math.SQRT1_2": "sqrt(1/2)",
    "sympy.oo": "inf",
    "f64.consts.E": "e",
    # of languages
    "LOG(x)": "log(x) | log10(x)",
    "LOG(x,b)": "log(x, b)",
    "ATAN2(x,y)": "atan2(x, y) | atan2(y, x)",
    "ArcTan(x,y)": "atan2(y, x) | atan2(x, y)",
    "INT(x)": "floor(x) | trunc(x)",
    "SIGN(a,b) DSIGN(a,b) sign(a,b) copysign(a,b)": "where(b < 0, -abs(a), abs(a))",
    "MERGE(x,y,c) merge(x,y,c)": "where(c, x, y)",
    "DMOD(x,y) AMOD(x,y)": "fmod(x, y)",
    "AINT(x) DINT(x)": "trunc(x)",
    "NINT(x) ANINT(x) DNINT(x) IDNINT(x) roundf(x) lround(x)": "sign(x)*floor(abs(x) + 0.5)",
    "DBLE(x) REAL(x) FLOAT(x) DFLOAT(x) SNGL(x) float(x) double(x) Float64(x) Number(x) parseFloat(x)": "x",
    "DIM(x,y) fdim(x,y)": "max(x - y, 0)",
    "NOT(x)": "not x",
    "dexp(x)": "exp(x) | where(x < 0, 0, exp(-x))",
    "Rational(x,y) sympy.Rational(x,y)": "x/y",
    "exp10(x) exp10f(x)": "10^x",
    "lerp(a,b,t) mix(a,b,t)": "a + (b - a)*t",
    "saturate(x)": "clip(x, 0, 1)",
    "plus(x,y)": "x + y",
    "minus(x,y)": "x - y",
    "times(x,y) mtimes(x,y)": "x*y",
    "rdivide(x,y) mrdivide(x,y)": "x/y",
    "erfcinv(x)": "erfinv(1 - x)",
    "abs2(x)": "abs(x)^2",
    "fld(x,y)": "floor(x/y)",
    "SQRTPI(x)": "sqrt(pi*x)",
    "MOD(x,y)": "mod(x, y) | fmod(x, y)",
    "ROUND(x,n)": "round(x*10^n)/10^n | sign(x)*floor(abs(x)*10^n + 0.5)/10^n",
    "ROUND(x)": "round(x) | sign(x)*floor(abs(x) + 0.5)",
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
    "N[x] N[x,n]": "x",
    "Round[x,a]": "a*round(x/a)",
    "Floor[x,a]": "a*floor(x/a)",
    "Ceiling[x,a]": "a*ceil(x/a)",
    "UnitStep[x]": "where(x >= 0, 1, 0)",
    "HeavisideTheta[x]": "heaviside(x)",
    "Clip[x]": "clip(x, -1, 1)",
    "Clip[x,l,h]": "clip(x, l, h)",
    "Ramp[x]": "relu(x)",
    "InverseErf[x]": "erfinv(x)",
    "InverseErfc[x]": "erfinv(1 - x)",
    "Binomial[n,k]": "factorial(n)/(factorial(k)*factorial(n - k))",
    "Quotient[x,y]": "floor(x/y)",
    "IntegerPart[x]": "trunc(x)",
    "FractionalPart[x]": "x - trunc(x)",
    "Surd[x,n]": "nthroot(x, n)",
    "Subtract[x,y]": "x - y",
    "Divide[x,y]": "x/y",
    "Minus[x]": "-x",
    "Not[x]": "not x",
    # of spreadsheets
    "ACOT(x)": "acot(x) | pi/2 - atan(x)",
    "=ACOT(x)": "pi/2 - atan(x)",
    "=LOG(x)": "log10(x)",
    "=LOG(x,b)": "log(x, b)",
    "=ATAN2(x,y)": "atan2(y, x)",
    "=INT(x)": "floor(x)",
    "=MOD(x,y)": "x % y",
    "=ROUND(x,n)": "sign(x)*floor(abs(x)*10^n + 0.5)/10^n",
    "=ROUND(x)": "sign(x)*floor(abs(x) + 0.5)",
    "=MROUND(x,m)": "m*floor(x/m + 0.5)",
    "=TRUNC(x)": "trunc(x)",
    "=FLOOR(x) =FLOOR.MATH(x)": "floor(x)",
    "=CEILING(x) =CEILING.MATH(x)": "ceil(x)",
    "=STANDARDIZE(x,m,s)": "(x - m)/s",
    "=ROUNDUP(x,n)": "sign(x)*ceil(abs(x)*10^n)/10^n",
    "=ROUNDDOWN(x,n) =TRUNC(x,n)": "trunc(x*10^n)/10^n",
    "=QUOTIENT(x,y)": "trunc(x/y)",
    "=COMBIN(n,k)": "factorial(n)/(factorial(k)*factorial(n - k))",
    "=PERMUT(n,k)": "factorial(n)/factorial(n - k)",
    "=PMT(r,n,p)": "-p*r/(1 - (1 + r)^-n)",
    "=PV(r,n,p)": "-p*(1 - (1 + r)^-n)/r",
    "=FV(r,n,p)": "-p*((1 + r)^n - 1)/r",
    "=SUMPRODUCT(x,y)": "x*y",
    "=EXPON.DIST(x,l,c)": "where(c, -expm1(-l*x), l*exp(-l*x))",
    "=PHI(x)": "normal_pdf(x)",
    "=GAUSS(x)": "normal_cdf(x) - 1/2",
    "=GAMMALN.PRECISE(x)": "gammaln(x)",
    "=SINH(x)": "sinh(x)",
    "=FLOOR(x,s)": "floor(x/s)*s",
    "=CEILING(x,s)": "ceil(x/s)*s",
    "=SQRTPI(x)": "sqrt(pi*x)",
    "=BESSELJ(x,n)": "bessel_j(n, x)",
    "=BESSELI(x,n)": "bessel_i(n, x)",
    "=DEGREES(x)": "degrees(x)",
    "=RADIANS(x)": "radians(x)",
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
    return _meanings().get((name, count)) or general(name, count)


@cache
def written_out() -> frozenset[str]:
    """The names whose calls are written out."""
    general = {name for names in JOINED for name in names.split()} | CHAINED.keys()
    return frozenset(name for name, count in _meanings() if count) | general


def counts(name: str) -> str:
    """With how many arguments a name can be called, in words."""
    return " or ".join(str(count) for other, count in _meanings() if other == name and count)
