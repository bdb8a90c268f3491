"""Activation functions of neural networks.

Depends on `row.py`. Rules are kept in the form that stays right at both ends: sigmoid' is the product of two
sigmoids and not s*(1 - s), which is all rounding error at x = 40.
"""

from gradcli.operators.row import Operator

# tanh(softplus(x)) is (1 - c^2)/(1 + c^2) with c = sigmoid(-x): all of this stays between 0 and 4.
MISH_SLOPE = """
sigmoid(x)*((1 + sigmoid(-x))*(1 + sigmoid(-x)^2) + x*(2*sigmoid(-x))^2)/(1 + sigmoid(-x)^2)^2
""".strip()

ACTIVATIONS = (
    Operator(
        "sigmoid", "x", ("result*sigmoid(-x)",), "1/(1 + exp(-x)), from 0 to 1",
        definition="1/(1 + exp(-x))", aliases=("expit", "logistic"), latex=r"\sigma(#1)",
    ),
    Operator(
        "relu", "x", ("where(x > 0, 1, 0)",), "x where it is positive, else 0",
        definition="max(0, x)", kink="x == 0", turn="max(0, dx)",
    ),
    Operator(
        "leaky_relu", "x, a = 0.01", ("where(x > 0, 1, a)", "where(x > 0, 0, x)"), "x where it is positive, else a*x",
        definition="where(x > 0, x, a*x)", kink="x == 0 and a != 1", turn="where(dx > 0, dx, a*dx)",
        sample=((-5, 5), (0.01, 0.5)),
    ),
    Operator(
        "elu", "x, a = 1", ("where(x > 0, 1, a*exp(x))", "where(x > 0, 0, expm1(x))"),
        "x where it is positive, else a*(exp(x) - 1)",
        definition="where(x > 0, x, a*expm1(x))", kink="x == 0 and a != 1", turn="where(dx > 0, dx, a*dx)",
        weak="x < -708 and abs(a) > 4", sample=((-5, 5), (0.5, 2)),
    ),
    Operator(
        "selu", "x", ("where(x > 0, 1.0507009873554805, 1.7580993408473768*exp(x))",),
        "elu with the scales that keep mean and variance (Klambauer et al. 2017)",
        definition="where(x > 0, 1.0507009873554805*x, 1.7580993408473768*expm1(x))", kink="x == 0",
        turn="where(dx > 0, 1.0507009873554805, 1.7580993408473768)*dx",
    ),
    Operator(
        "gelu", "x", ("normal_cdf(x) + x*gauss(x, 0.5)/sqrt(tau)",), "x*normal_cdf(x), exact and not its tanh cousin",
        definition="x*normal_cdf(x)", weak="-5 < x and x < -0.4 or x < -37",
    ),
    Operator(
        "silu", "x", ("sigmoid(x)*(1 + x*sigmoid(-x))",), "x*sigmoid(x), also called swish",
        definition="x*sigmoid(x)", aliases=("swish",), weak="-5 < x and x < -0.8 or x < -708",
    ),
    Operator(
        "softplus", "x", ("sigmoid(x)",), "log(1 + exp(x)), a smooth relu",
        definition="max(x, 0) + log1p(exp(-abs(x)))",
    ),
    Operator(
        "softsign", "x", ("(1/(1 + abs(x)))^2",), "x/(1 + |x|), from -1 to 1",
        definition="x/(1 + abs(x))",
    ),
    Operator(
        "mish", "x", (MISH_SLOPE,), "x*tanh(softplus(x))",
        definition="x*tanh(softplus(x))", weak="-12 < x and x < 1 or x < -708",
    ),
    Operator(
        "hard_tanh", "x", ("where(abs(x) <= 1, 1, 0)",), "x held between -1 and 1",
        definition="clip(x, -1, 1)", aliases=("hardtanh",), kink="abs(x) == 1",
        turn="where(x*dx < 0, dx, 0)",
    ),
    Operator(
        "step", "x", ("0",), "1 where x is at least 0, else 0",
        definition="where(x >= 0, 1, 0)", kink="x == 0", beside="dx > 0",
    ),
)  # fmt: skip
