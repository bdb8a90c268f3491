"""What functions are called elsewhere: in libraries behind a prefix, and in other languages without one.

Depends on nothing. A prefix is dropped only where the function behind it is the one that has this name here: those that
are others have a row in `foreign_calls`.
"""

from collections.abc import Mapping
from functools import cache

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

SAME: Mapping[str, str] = {
    "np numpy jnp jax.numpy anp autograd.numpy cupy": f"{_EVERYWHERE} {_ARRAYS}",
    "torch torch.special": f"{_EVERYWHERE} {_ARRAYS} {_TORCH}",
    "F nn.functional torch.nn.functional": f"{_ACTIVATIONS} leaky_relu gelu",
    "jax.nn": f"{_ACTIVATIONS} leaky_relu",
    "jax.lax lax": f"{_EVERYWHERE} max min rsqrt erf erfc lgamma digamma polygamma",
    "nn flax.linen": _ACTIVATIONS,
    "tf tf.math tensorflow tensorflow.math": (
        f"{_EVERYWHERE} sigmoid maximum minimum where mod erf erfc erfinv lgamma digamma polygamma softplus softsign"
        " rsqrt round bessel_i0 bessel_i1 xlogy ndtri"
    ),
    "tf.nn tensorflow.nn": "relu relu6 elu selu silu swish softplus softsign sigmoid tanh gelu",
    "keras.activations tf.keras.activations keras.ops": "relu relu6 elu selu silu swish mish softplus softsign sigmoid"
    " tanh gelu",
    "scipy.special special sp.special sc jax.scipy.special": _SPECIAL,
    "=": "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp ln log10 sqrt abs sign max min power gamma"
    " gammaln erf erfc sec csc cot sum median",
    "norm stats.norm scipy.stats.norm jax.scipy.stats.norm": "",
    "np.linalg numpy.linalg jnp.linalg": "",
    "statistics": "",
    "std.numbers f64.consts std.f64.consts": "pi e",
    "math cmath": f"{_EVERYWHERE} gamma lgamma erf erfc degrees radians fmod max min fma",
    "Math System.Math": f"{_EVERYWHERE} max min fma rint",
    "std": f"{_EVERYWHERE} lgamma erf erfc fma fmod max min clamp rint",
    "sympy sp mpmath mp": f"{_EVERYWHERE} ln gamma digamma polygamma erf erfc erfinv sinc max min factorial beta"
    " lambertw besselj besseli",
}
"""Libraries by the prefixes under which they are imported → the names that mean the same there and here."""

RENAMED: Mapping[str, str] = {
    "IF": "where", "If": "where", "IIF": "where", "IIf": "where", "iif": "where", "ifelse": "where",
    "IfElse": "where", "if_else": "where", "CEILING": "ceil", "Ceiling": "ceil", "ceiling": "ceil", "signum": "sign",
    "tgamma": "gamma", "fmax": "max", "fmin": "min", "AMAX1": "max", "AMIN1": "min", "DMAX1": "max", "DMIN1": "min",
    "ALOG": "log", "ALOG10": "log10", "CubeRoot": "cbrt", "LogGamma": "gammaln", "PolyGamma": "polygamma",
    "LogisticSigmoid": "sigmoid", "Power": "pow", "tg": "tan",
    "Γ": "gamma", "σ": "sigmoid", "MODULO": "mod", "rem": "fmod", "arctg": "atan", "sen": "sin", "MAX0": "max",
    "MIN0": "min", "MAX1": "max", "MIN1": "min", "LOG_GAMMA": "gammaln", "Total": "sum", "Plus": "sum", "Times": "prod",
    "pmax": "max", "pmin": "min", "realsqrt": "sqrt", "reallog": "log", "rsqrtf": "rsqrt", "BESSEL_J0": "j0",
    "BESSEL_J1": "j1", "besselj": "bessel_j", "besseli": "bessel_i", "BesselJ": "bessel_j",
    "BesselI": "bessel_i", "Beta": "beta", "WENN": "where", "SUMME": "sum", "WURZEL": "sqrt", "MITTELWERT": "mean",
    "POTENZ": "pow", "RACINE": "sqrt", "SOMME": "sum", "RAIZ": "sqrt", "SUMA": "sum", "fix": "trunc",
    "powi": "pow", "powf": "pow", "clamp_min": "max", "clamp_max": "min", "AVERAGE": "mean",
    "ProductLog": "lambertw", "LambertW": "lambertw", "ATN": "atan", "Atn": "atan",
}  # fmt: skip
"""Functions that have another name in some language, and can mean nothing else."""
C_FUNCTIONS = (
    "acos asin atan atan2 cbrt ceil cos cosh erf erfc exp exp2 expm1 fabs floor fma fmax fmin hypot lgamma log log10"
    " fmod log1p log2 pow rint sin sinh sqrt tan tanh tgamma"
)
"""The functions of C that end with f or l where they are of float or long double."""
FORTRAN_FUNCTIONS = "abs acos asin atan atan2 cos cosh erf erfc exp gamma log log10 sin sinh sqrt tan tanh"
"""The functions of Fortran that begin with D where they are of double precision."""
_BRACKETED = (
    "Abs ArcCos ArcCosh ArcCot ArcCoth ArcCsc ArcCsch ArcSec ArcSech ArcSin ArcSinh ArcTan ArcTanh BesselI BesselJ"
    " Beta Binomial Boole Ceiling Clip Cos Cosh Cot Coth Csc Csch CubeRoot Divide Erf Erfc Exp Factorial Floor"
    " FractionalPart Gamma HeavisideTheta If IntegerPart InverseErf InverseErfc Log Log10 Log2 LogGamma"
    " LogisticSigmoid Max Mean Median Min Minus Mod N Norm Not Plus PolyGamma Power Quotient Ramp Round Sec Sech"
    " Sign Sin Sinc Sinh Sqrt Subtract Surd Tan Tanh Times Total UnitStep"
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


_ALONE = "write the function alone: gradcli differentiates it, by --wrt x"
REFUSED: Mapping[str, tuple[str, str]] = {
    "D": ("is a derivative", _ALONE),
    "Dt": ("is a derivative", _ALONE),
    "Integrate": ("is an integral", "write what it comes to"),
    "NIntegrate": ("is an integral", "write what it comes to"),
    "Limit": ("is a limit", "write the expression at the point itself"),
    "Sum": ("is a sum over a range", "write its terms out: x1 + x2 + x3"),
    "Product": ("is a product over a range", "write its factors out: x1*x2*x3"),
    "Solve": ("solves an equation", "write one side of it alone"),
    "Re": ("is for complex numbers", "gradcli has real ones: write x alone"),
    "Im": ("is for complex numbers", "gradcli has real ones"),
}
"""Functions of Mathematica that are none here: what they are, and what to write."""


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
