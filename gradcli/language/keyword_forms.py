"""Calls whose arguments other languages give by name: how they are called there, and what they mean here.

Depends on nothing. A parameter has the name that it has in the text on the right, then those of other libraries after a
`|`, then what it is where it is left out. Behind a `*` a parameter is given by name alone; with a `:` it is no number,
but one of some words that must be there.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from gradcli.language.foreign_calls import GELU_TANH

FORMS: Mapping[str, str] = {
    # of PyTorch, JAX, TensorFlow and Keras
    "leaky_relu(x|input|features, a|negative_slope|alpha = 0.01)": "leaky_relu(x, a)",
    "tf.nn.leaky_relu(x|features, a|alpha = 0.2)": "leaky_relu(x, a)",
    "keras.activations.leaky_relu(x, a|negative_slope = 0.2)": "leaky_relu(x, a)",
    "elu(x|input|features, a|alpha = 1)": "elu(x, a)",
    "F.celu(x|input, a|alpha = 1)": "where(x > 0, x, a*expm1(x/a))",
    "gelu(x|input|features, *, approximate:none|False)": "gelu(x)",
    "gelu(x|input|features, *, approximate:tanh|True)": GELU_TANH,
    "jax.nn.gelu(x, *, approximate:False)": "gelu(x)",
    "jax.nn.gelu(x, *, approximate:True)": GELU_TANH,
    "softplus(x|input, beta = 1)": "softplus(beta*x)/beta",
    "clip(x|input|a|arr|t, lo|min|a_min|clip_value_min|lower, hi|max|a_max|clip_value_max|upper)": "clip(x, lo, hi)",
    "clip(x|input|a|arr|t, *, lo|min|a_min|clip_value_min|lower)": "max(x, lo)",
    "clip(x|input|a|arr|t, *, hi|max|a_max|clip_value_max|upper)": "min(x, hi)",
    "tf.clip_by_value(x|t, l|clip_value_min, h|clip_value_max)": "clip(x, l, h)",
    "F.huber_loss(x|input, y|target, *, delta = 1)": "huber(x - y, delta)",
    "F.smooth_l1_loss(x|input, y|target, *, beta = 1)": "smooth_l1(x - y, beta)",
    "F.mse_loss(x|input, y|target)": "(x - y)^2",
    "F.l1_loss(x|input, y|target)": "abs(x - y)",
    "where(condition|test, input|yes, other|no)": "where(condition, input, other)",
    "pow(x|input|base, y|exponent)": "pow(x, y)",
    "logit(x|input)": "logit(x)",
    "norm.pdf(x, loc = 0, scale = 1)": "normal_pdf((x - loc)/scale)/scale",
    "norm.cdf(x, loc = 0, scale = 1)": "normal_cdf((x - loc)/scale)",
    "norm.sf(x, loc = 0, scale = 1)": "normal_cdf((loc - x)/scale)",
    "norm.ppf(p|q, loc = 0, scale = 1)": "loc + scale*probit(p)",
    "norm.logpdf(x, loc = 0, scale = 1)": "-((x - loc)/scale)^2/2 - log(scale) - log(2*pi)/2",
    "norm.logcdf(x, loc = 0, scale = 1)": "log_ndtr((x - loc)/scale)",
    # of R, Julia and Python
    "log(x, base|b)": "log(x, base)",
    "round(x|number|a, n|digits|ndigits|decimals)": "round(x*10^n)/10^n",
    "normal_pdf(x, *, log:TRUE|T)": "-x^2/2 - log(2*pi)/2",
    "normal_cdf(x|q, *, lower.tail:FALSE|F)": "normal_cdf(-x)",
    "normal_pdf(x, m|mean|mu = 0, s|sd|sigma = 1)": "normal_pdf((x - m)/s)/s",
    "normal_pdf(x, m|mean|mu = 0, s|sd|sigma = 1, *, log:TRUE|T)": "-((x - m)/s)^2/2 - log(s) - log(2*pi)/2",
    "normal_pdf(x, m|mean|mu = 0, s|sd|sigma = 1, *, log:FALSE|F)": "normal_pdf((x - m)/s)/s",
    "normal_cdf(x|q, m|mean|mu = 0, s|sd|sigma = 1)": "normal_cdf((x - m)/s)",
    "normal_cdf(x|q, m|mean|mu = 0, s|sd|sigma = 1, *, lower.tail:TRUE|T)": "normal_cdf((x - m)/s)",
    "normal_cdf(x|q, m|mean|mu = 0, s|sd|sigma = 1, *, lower.tail:FALSE|F)": "normal_cdf((m - x)/s)",
    "normal_cdf(x|q, m|mean|mu = 0, s|sd|sigma = 1, *, log.p:TRUE|T)": "log_ndtr((x - m)/s)",
    "probit(p, m|mean|mu = 0, s|sd|sigma = 1)": "m + s*probit(p)",
    "dexp(x, rate)": "where(x < 0, 0, rate*exp(-rate*x))",
    "pexp(x|q, rate = 1)": "where(x < 0, 0, -expm1(-rate*x))",
    "dpois(x, lambda)": "exp(xlogy(x, lambda) - lambda - lgamma(x + 1))",
    "plogis(x|q)": "sigmoid(x)",
    "qlogis(p)": "logit(p)",
    "plogis(x|q, location = 0, scale = 1)": "sigmoid((x - location)/scale)",
    "qlogis(p, location = 0, scale = 1)": "location + scale*logit(p)",
    "smoothstep(a|edge0, b|edge1, x)": "clip((x - a)/(b - a), 0, 1)^2*(3 - 2*clip((x - a)/(b - a), 0, 1))",
}
IDLE = frozenset({"inplace", "reduction", "dtype", "name", "out"})
"""Parameters that do not change the value for numbers: a loss of one pair is its own mean and its own sum."""
OF_ARRAYS = frozenset({"dim", "axis", "keepdim", "keepdims", "dims"})
"""Parameters that say along which side of an array something goes."""
CORRECTIONS = frozenset({"ddof", "correction"})
"""Parameters by which var and std have n - 1 for n."""
FIRST = ("input", "a", "arr", "features", "logits", "z", "number", "self")
"""What libraries call the first parameter."""


class Form(NamedTuple):
    """One way to call a function.

    parameters  each parameter's names, the first as in the text
    defaults    what a parameter is where it is left out
    placed      how many of them may go by their place
    options     words that must be given: name → which
    text        what it means
    """

    parameters: tuple[tuple[str, ...], ...]
    defaults: Mapping[str, float]
    placed: int
    options: Mapping[str, frozenset[str]]
    text: str


@cache
def _all() -> Mapping[str, tuple[Form, ...]]:
    found: dict[str, tuple[Form, ...]] = {}
    for signature, text in FORMS.items():
        name, _, inside = signature[:-1].partition("(")
        found[name] = (*found.get(name, ()), _form(inside.split(", "), text))
    return found


def _form(parts: list[str], text: str) -> Form:
    placed = parts.index("*") if "*" in parts else len(parts)
    options = dict(part.split(":") for part in parts if ":" in part)
    plain = [re.split(" = ", part) for part in parts if part != "*" and ":" not in part]
    defaults = {names.split("|")[0]: float(value[0]) for names, *value in plain if value}
    parameters = tuple(tuple(names.split("|")) for names, *_ in plain)
    words = {name: frozenset(words.split("|")) for name, words in options.items()}
    return Form(parameters, defaults, placed, words, text)


def forms(name: str) -> tuple[Form, ...]:
    """The ways to call a function that the table above has."""
    return _all().get(name, ())


def plain_form(parameters: tuple[str, ...], text: str, defaults: Mapping[str, float]) -> Form:
    """The way to call a function by its own parameters, the first of which libraries call otherwise."""
    first, *others = parameters or ("",)
    named = ((first, *(name for name in FIRST if name not in others)), *((name,) for name in others))
    return Form(named[: len(parameters)], defaults, len(parameters), {}, text)
