"""The optimisers there are: a row each, whose rule is written in gradcli's own language, and is what is executed.

Pure data. In a rule w is a weight and g its gradient, clipped if it is to be; lr is the rate of this step and t its
number, from 1; all other names are settings, or states, which begin at 0 unless the row says otherwise. What ends with
_new is the next of each. Names, defaults and conventions of settings are PyTorch's (torch.optim, 2.x).
"""

from collections.abc import Mapping
from typing import NamedTuple


class Optimiser(NamedTuple):
    """One optimiser.

    settings  name -> default; b1 and b2 are PyTorch's betas; a setting that is on or off is 1 or 0
    states    name -> where it begins
    rule      the statements of a step
    source    where the rule comes from
    """

    name: str
    doc: str
    rule: str
    settings: Mapping[str, float]
    states: Mapping[str, float] = {}
    source: str = ""
    aliases: tuple[str, ...] = ()


DECAYED = "d = g + weight_decay*w"
"""Weight decay that is coupled: it goes through the moments as the gradient does."""
MOMENTS = "m_new = b1*m + (1 - b1)*d; v_new = b2*v + (1 - b2)*d^2"
ADAM = {"lr": 1e-3, "b1": 0.9, "b2": 0.999, "eps": 1e-8}
SGD = {"lr": 1e-3, "momentum": 0.0, "dampening": 0.0, "weight_decay": 0.0, "nesterov": 0.0}
SGD_RULE = (
    f"{DECAYED}; m_new = if t == 1 then d else momentum*m + (1 - dampening)*d; "
    "u = if momentum == 0 then d else if nesterov > 0 then d + momentum*m_new else m_new; w_new = w - lr*u"
)

OPTIMISERS = (
    Optimiser(
        "sgd", "gradient descent; with momentum the gradients before count too, the first of them undamped",
        SGD_RULE, SGD, {"m": 0.0},
        "Polyak (1964), Nesterov (1983), in the form of Sutskever et al. (2013) with the rate outside of the momentum",
    ),
    Optimiser("momentum", "sgd with momentum=0.9", SGD_RULE, SGD | {"momentum": 0.9}, {"m": 0.0}, "Polyak (1964)"),
    Optimiser(
        "nesterov", "sgd with momentum=0.9 that looks ahead", SGD_RULE, SGD | {"momentum": 0.9, "nesterov": 1.0},
        {"m": 0.0}, "Nesterov (1983)",
    ),
    Optimiser(
        "adagrad", "the rate of each weight falls with the squares of all its gradients",
        f"{DECAYED}; s_new = s + d^2; w_new = w - lr/(1 + (t - 1)*lr_decay)*d/(sqrt(s_new) + eps)",
        {"lr": 0.01, "lr_decay": 0.0, "weight_decay": 0.0, "eps": 1e-10}, {"s": 0.0}, "Duchi, Hazan and Singer (2011)",
    ),
    Optimiser(
        "rmsprop", "the gradient over the root of its mean square; centered takes the variance in its place",
        f"{DECAYED}; v_new = alpha*v + (1 - alpha)*d^2; a_new = if centered > 0 then alpha*a + (1 - alpha)*d else 0; "
        "u = d/(sqrt(v_new - a_new^2) + eps); m_new = momentum*m + u; "
        "w_new = w - lr*(if momentum > 0 then m_new else u)",
        {"lr": 0.01, "alpha": 0.99, "eps": 1e-8, "weight_decay": 0.0, "momentum": 0.0, "centered": 0.0},
        {"v": 0.0, "a": 0.0, "m": 0.0}, "Tieleman and Hinton (2012); centred: Graves (2013)",
    ),
    Optimiser(
        "adadelta", "the gradient in units of the steps before",
        f"{DECAYED}; v_new = rho*v + (1 - rho)*d^2; u = sqrt(s + eps)/sqrt(v_new + eps)*d; "
        "s_new = rho*s + (1 - rho)*u^2; w_new = w - lr*u",
        {"lr": 1.0, "rho": 0.9, "eps": 1e-6, "weight_decay": 0.0}, {"v": 0.0, "s": 0.0}, "Zeiler (2012)",
    ),
    Optimiser(
        "adam", "means of the gradient and of its square, corrected for their start at 0; eps outside of the root",
        f"{DECAYED}; {MOMENTS}; x_new = max(x, v_new); n = if amsgrad > 0 then x_new else v_new; "
        "w_new = w - lr/(1 - b1^t)*m_new/(sqrt(n)/sqrt(1 - b2^t) + eps)",
        ADAM | {"weight_decay": 0.0, "amsgrad": 0.0}, {"m": 0.0, "v": 0.0, "x": 0.0},
        "Kingma and Ba (2015); amsgrad: Reddi, Kale and Kumar (2018)",
    ),
    Optimiser(
        "amsgrad", "adam with amsgrad: its mean square never falls",
        f"{DECAYED}; {MOMENTS}; x_new = max(x, v_new); "
        "w_new = w - lr/(1 - b1^t)*m_new/(sqrt(x_new)/sqrt(1 - b2^t) + eps)",
        ADAM | {"weight_decay": 0.0}, {"m": 0.0, "v": 0.0, "x": 0.0}, "Reddi, Kale and Kumar (2018)",
    ),
    Optimiser(
        "adamw", "adam whose weight decay is decoupled, and comes before the step",
        f"d = g; {MOMENTS}; x_new = max(x, v_new); n = if amsgrad > 0 then x_new else v_new; "
        "w_new = w*(1 - lr*weight_decay) - lr/(1 - b1^t)*m_new/(sqrt(n)/sqrt(1 - b2^t) + eps)",
        ADAM | {"weight_decay": 0.01, "amsgrad": 0.0}, {"m": 0.0, "v": 0.0, "x": 0.0}, "Loshchilov and Hutter (2019)",
    ),
    Optimiser(
        "nadam", "adam with Nesterov's look ahead",
        f"{DECAYED}; {MOMENTS}; c = b1*(1 - 0.5*0.96^(t*momentum_decay)); "
        "n = b1*(1 - 0.5*0.96^((t + 1)*momentum_decay)); "
        "p_new = p*c; w_new = w - lr*((1 - c)/(1 - p_new)*d + n/(1 - p_new*n)*m_new)/(sqrt(v_new/(1 - b2^t)) + eps)",
        ADAM | {"lr": 2e-3, "weight_decay": 0.0, "momentum_decay": 4e-3}, {"m": 0.0, "v": 0.0, "p": 1.0},
        "Dozat (2016)",
    ),
    Optimiser(
        "adamax", "adam with the greatest gradient in place of the mean square",
        f"{DECAYED}; m_new = b1*m + (1 - b1)*d; x_new = max(b2*x, abs(d) + eps); w_new = w - lr/(1 - b1^t)*m_new/x_new",
        ADAM | {"lr": 2e-3, "weight_decay": 0.0}, {"m": 0.0, "x": 0.0}, "Kingma and Ba (2015), section 7.1",
    ),
    Optimiser(
        "lion", "steps of one size, in the direction of the sign; weight decay is decoupled",
        "c = b1*m + (1 - b1)*g; m_new = b2*m + (1 - b2)*g; w_new = w*(1 - lr*weight_decay) - lr*sign(c)",
        {"lr": 1e-4, "b1": 0.9, "b2": 0.99, "weight_decay": 0.0}, {"m": 0.0}, "Chen et al. (2023), arXiv:2302.06675",
    ),
)  # fmt: skip
