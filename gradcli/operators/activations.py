"""Activation functions of neural networks.

Depends on `row.py`. Rules are kept in the form that stays right at both ends: sigmoid' is the product of two
sigmoids and not s*(1 - s), which is all rounding error at x = 40.
"""

from gradcli.operators.row import Operator, Tail, Trait

# The slopes of gelu, silu and mish have a zero, next to which a sum of rounded terms has no right digit: so the sum is
# an operator of its own. Far to the left, where a factor is subnormal, it is split, or the result has kept all digits.
SILU_TAIL = Tail("x <= -700", "sigmoid(x) + result*sigmoid(-x)")
SILU_FACTOR_TAIL = Tail("x >= 700", "sigmoid(-x) + silu(-x)*sigmoid(x)")
GELU_SLOPE_TAIL = Tail("abs(x) >= 37.5", "(2*gauss(x, 0.5) - (x*gauss(x, 0.25))^2)*sqrt(1/tau)")
# tanh(softplus(x)) is (1 - c^2)/(1 + c^2) with c = sigmoid(-x): all of this stays between 0 and 4.
MISH_RIGHT = """
sigmoid(x)*((1 + sigmoid(-x))*(1 + sigmoid(-x)^2) + x*(2*sigmoid(-x))^2)/(1 + sigmoid(-x)^2*(2 + sigmoid(-x)^2))
""".strip()
MISH_LEFT = "mish_factor(x)/(1 + exp(x)*(2 + exp(x)*(2 + exp(x)*(1 + exp(x)/4))))"
MISH_SLOPE = f"where(x > 0, {MISH_RIGHT}, exp(x)*{MISH_LEFT})"
MISH_TAIL = Tail("x <= -700", f"exp(x/2)*({MISH_LEFT})*exp(x/2)")

ACTIVATIONS = (
    Operator(
        "sigmoid", "x", ("result*sigmoid(-x)",), "1/(1 + exp(-x)), from 0 to 1",
        textbook=("result*(1 - result)",),
        backward="saturates: scales the gradient by at most 1/4, nearly 0 far from 0",
        definition="1/(1 + exp(-x))", aliases=("expit", "logistic"), latex=r"\sigma(#1)",
        traits=(Trait.ZERO_FROM_ZERO,),
    ),
    Operator(
        "relu", "x", ("where(x > 0, 1, 0)",), "x where it is positive, else 0",
        backward="gates: passes the gradient where the operand is positive, stops it elsewhere",
        definition="max(0, x)", kink="x == 0", directional="max(0, dx)",
    ),
    Operator(
        "leaky_relu", "x, a = 0.01", ("where(x > 0, 1, a)", "where(x > 0, 0, x)"), "x where it is positive, else a*x",
        backward="gates: passes it for an operand above 0, else scales it by the leak, the leak's by the operand",
        definition="where(x > 0, x, a*x)", kink="x == 0 and a != 1", directional="where(dx > 0, dx, a*dx)",
        sample=((-5, 5), (0.01, 0.5)),
    ),
    Operator(
        "elu", "x, a = 1",
        ("where(x > 0, 1, a*exp(x))", "where(x > 0, 0, expm1(x))"),
        "x where it is positive, else a*(exp(x) - 1)",
        backward="gates: passes it for an operand above 0, else scales it by scale*exp, the scale's by expm1",
        tails=(Tail("x <= -700 and abs(a) > 4", "a*exp(x/2)*exp(x/2)"), None),
        definition="where(x > 0, x, a*expm1(x))", kink="x == 0 and a != 1", directional="where(dx > 0, dx, a*dx)",
        sample=((-5, 5), (0.5, 2)),
    ),
    Operator(
        "selu", "x", ("where(x > 0, 1.0507009873554805, 1.7580993408473768*exp(x))",),
        "elu with the scales that keep mean and variance (Klambauer et al. 2017)",
        backward="gates: scales by 1.05 for an operand above 0, else by at most 1.76, nearly 0 far below 0",
        definition="where(x > 0, 1.0507009873554805*x, 1.7580993408473768*expm1(x))", kink="x == 0",
        directional="where(dx > 0, 1.0507009873554805, 1.7580993408473768)*dx",
    ),
    Operator(
        "gelu", "x", ("gelu_slope(x)",), "x*normal_cdf(x), exact and not its tanh cousin",
        textbook=("normal_cdf(x) + x*exp(-x^2/2)/sqrt(2*pi)",),
        backward="gates softly: scales by a factor from -0.13 to 1.13, nearly 1 far above 0, nearly 0 far below 0",
        definition="x*normal_cdf(x)", ulps=2,
    ),
    Operator(
        "gelu_slope", "x", ("fma(-x, x, 2)*gauss(x, 0.5)*sqrt(1/tau)",),
        "the slope of gelu, right to the last digits beside its zero at -0.75",
        textbook=("(2 - x^2)*exp(-x^2/2)/sqrt(2*pi)",),
        backward="saturates: scales by a factor from -0.11 to 0.8, nearly 0 far from 0",
        tails=(GELU_SLOPE_TAIL,),
        definition="normal_cdf(x) + x*gauss(x, 0.5)/sqrt(tau)", ulps=3, latex=r"\operatorname{gelu}'(#1)",
    ),
    Operator(
        "silu", "x", ("sigmoid(x)*silu_factor(x)",), "x*sigmoid(x), also called swish",
        textbook=("sigmoid(x)*(1 + x*(1 - sigmoid(x)))",),
        backward="gates softly: scales by a factor from -0.1 to 1.1, nearly 1 far above 0, nearly 0 far below 0",
        tails=(SILU_TAIL,),
        definition="x*sigmoid(x)", aliases=("swish",),
    ),
    Operator(
        "silu_factor", "x", ("sigmoid(-x)*silu_factor(-x)",),
        "the slope of silu over sigmoid(x), right to the last digits beside its zero",
        textbook=("sigmoid(-x)*(1 - x*sigmoid(x))",),
        backward="gates softly: scales by a factor from -0.1 to 1.1, nearly 0 far above 0, nearly 1 far below 0",
        tails=(SILU_FACTOR_TAIL,),
        definition="1 + x*sigmoid(-x)", latex=r"\left(1 + #1\,\sigma(-#1)\right)",
    ),
    Operator(
        "softplus", "x", ("sigmoid(x)",), "log(1 + exp(x)), a smooth relu",
        backward="gates softly: scales by a factor from 0 to 1, nearly 1 far above 0, nearly 0 far below 0",
        definition="max(x, 0) + log1p(exp(-abs(x)))", traits=(Trait.ANALYTIC,),
    ),
    Operator(
        "softsign", "x", ("(1/(1 + abs(x)))^2",), "x/(1 + |x|), from -1 to 1",
        textbook=("1/(1 + abs(x))^2",),
        backward="saturates: scales the gradient by at most 1, nearly 0 far from 0",
        definition="x/(1 + abs(x))",
    ),
    Operator(
        "mish", "x", (MISH_SLOPE,), "x*tanh(softplus(x))",
        textbook=("tanh(softplus(x)) + x*sigmoid(x)/cosh(softplus(x))^2",),
        backward="gates softly: scales by a factor from -0.12 to 1.09, nearly 1 far above 0, nearly 0 far below 0",
        tails=(MISH_TAIL,),
        definition="x*tanh(softplus(x))", ulps=3.5, traits=(Trait.ANALYTIC,),
    ),
    Operator(
        "mish_factor", "x", ("1 + 2.5*exp(x) + x*exp(x) + exp(2*x)*(2 + 0.75*exp(x))",),
        "omega/4 in the slope of mish (Misra 2019), with all digits beside its zero",
        backward="scales the gradient by at least 0.97, nearly 1 far below 0, ever more above 0",
        definition="x + 1 + exp(2*x) + exp(3*x)/4 + exp(x)*(x + 1.5)", ulps=3.5, latex=r"\tfrac{1}{4}\omega(#1)",
    ),
    Operator(
        "hard_tanh", "x", ("where(abs(x) <= 1, 1, 0)",), "x held between -1 and 1",
        backward="gates: passes the gradient where the operand is from -1 to 1, stops it elsewhere",
        definition="clip(x, -1, 1)", aliases=("hardtanh",), kink="abs(x) == 1",
        directional="where(x*dx < 0, dx, 0)",
    ),
    Operator(
        "relu6", "x", ("where(x > 0 and x < 6, 1, 0)",), "x held between 0 and 6; the slope at both ends is 0",
        backward="gates: passes the gradient where the operand is between 0 and 6, stops it elsewhere",
        definition="min(max(0, x), 6)", kink="x == 0 or x == 6", directional="where(x == 0, max(0, dx), min(0, dx))",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "hard_sigmoid", "x", ("where(abs(x) < 3, 1/6, 0)",), "relu6(x + 3)/6, PyTorch's straight sigmoid",
        backward="gates: scales it by 1/6 where the operand is between -3 and 3, stops it elsewhere",
        definition="relu6(x + 3)/6", aliases=("hardsigmoid",), kink="abs(x) == 3",
        directional="where(x*dx < 0, dx/6, 0)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "hard_swish", "x", ("where(abs(x) < 3, (2*x + 3)/6, where(x > 0, 1, 0))",),
        "x*hard_sigmoid(x), PyTorch's; at -3 and 3 with the slope of the straight side",
        backward="gates: passes it for an operand from 3 up, stops it up to -3, else scales it by operand/3 + 1/2",
        definition="x*hard_sigmoid(x)", aliases=("hardswish",), kink="abs(x) == 3",
        directional="where(x < 0, where(dx > 0, -dx/2, 0), where(dx < 0, 1.5*dx, dx))",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "logsigmoid", "x", ("sigmoid(-x)",), "log(sigmoid(x)), right far to the left of 0 too",
        backward="gates softly: scales by a factor from 0 to 1, nearly 0 far above 0, nearly 1 far below 0",
        definition="-softplus(-x)", aliases=("log_sigmoid",),
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "huber", "x, delta = 1",
        ("where(abs(x) <= delta, x, delta*sign(x))", "where(abs(x) <= delta, 0, abs(x) - delta)"),
        "the loss of a residual x: x^2/2 up to delta, from there on a line, delta*(|x| - delta/2)",
        backward="gates: passes it times the residual held within the limit, the limit's times what is beyond",
        definition="where(abs(x) <= delta, x*(x/2), delta*(abs(x) - delta/2))", domain="delta > 0",
        sample=((-5, 5), (0.5, 2)),
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "smooth_l1", "x, beta = 1",
        ("where(abs(x) < beta, x/beta, sign(x))", "where(abs(x) < beta, -(x/beta)^2, -1)/2"),
        "the loss of a residual x: x^2/(2*beta) below beta, |x| - beta/2 from there on; PyTorch's",
        backward="gates: passes it times residual/limit held within 1; the limit's times -1/2 of its square",
        definition="where(abs(x) < beta, x*(x/beta)/2, abs(x) - beta/2)", domain="beta > 0",
        sample=((-5, 5), (0.5, 2)),
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "step", "x", ("0",), "1 where x is at least 0, else 0",
        backward="stops the gradient: flat everywhere but for the jump at 0",
        definition="where(x >= 0, 1, 0)", kink="x == 0", one_sided_limit="dx > 0", traits=(Trait.WHOLE,),
    ),
)  # fmt: skip
