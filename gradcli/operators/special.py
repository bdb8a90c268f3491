"""Special functions: the error function and its kin, the gamma function and its derivatives.

Depends on `row.py`. `gauss` and `polygamma` are here so that derivatives of every order keep their digits:
exp(-x^2) loses them as soon as x^2 is rounded.
"""

from math import inf

from gradcli.operators.row import Operator, Tail, Trait

# Where the bell is subnormal or infinite and its slope is not, it is the square of a bell that is neither.
GAUSS_ROOT = "gauss(where(abs(a) > 1, x, x/2), where(abs(a) > 1, a/2, 2*a))"
GAUSS_LOST = "result <= 1e-290 or result == inf"
GAUSS_TAILS = (Tail(GAUSS_LOST, f"-2*(a*{GAUSS_ROOT}*x*{GAUSS_ROOT})"), Tail(GAUSS_LOST, f"-(x*{GAUSS_ROOT})^2"))
# By the duplication formula (DLMF 5.5.5), whose factors are in range where gamma itself is subnormal.
GAMMA_TAIL = Tail("x <= -170", "exp2(x - 1)*gamma(x/2)*digamma(x)*gamma((x + 1)/2)/sqrt(pi)")

# The slope of log(normal_cdf(x)): the bell over the tail, to the left by erfcx, where both may be 0.
LOG_NDTR_SLOPE = "where(x < 0, sqrt(2/pi)/erfcx(-x/sqrt(2)), normal_pdf(x)/normal_cdf(x))"

# 1/(1 + lambertw(x)) by the slope, next to the end, where that is infinite.
LAMBERTW_BEND = "-result*result*(2 + lambertw(x))*where(x < 0, result*x/lambertw(x), 1/(1 + lambertw(x)))"

# To the left of 0 likewise.
FACTORIAL_TAIL = Tail("x <= -170", "exp2(x)*gamma((x + 1)/2)*digamma(x + 1)*gamma(x/2 + 1)/sqrt(pi)")

POSITIVE = "a > 0 and b > 0"
ORDERS = f"k >= 0 and k == floor(k) and n >= 0 and n == floor(n) and {POSITIVE}"

SPECIAL = (
    Operator(
        "gauss", "x, a = 1", ("-2*(x*a*result)", "-x*(x*result)"), "exp(-a*x^2), right to the last digits in the tails",
        textbook=("-2*a*x*result", "-x^2*result"),
        backward="scales the first's gradient by -2*first*second*result, the second's by -first^2*result",
        tails=GAUSS_TAILS,
        definition="exp(-a*x^2)", sample=((-5, 5), (0.1, 2)),
        latex=r"e^{-#2 {#1}^2}", traits=(Trait.ZERO_FROM_ZERO,),
    ),
    Operator(
        "erf", "x", ("2/sqrt(pi)*gauss(x)",), "the error function",
        textbook=("2/sqrt(pi)*exp(-x^2)",),
        backward="saturates: scales the gradient by at most 1.13, nearly 0 far from 0",
        sample=((-4, 4),), latex=r"\operatorname{erf}(#1)",
    ),
    Operator(
        "erfc", "x", ("-2/sqrt(pi)*gauss(x)",), "1 - erf(x), without losing digits in the tail",
        textbook=("-2/sqrt(pi)*exp(-x^2)",),
        backward="saturates: turns the sign of the gradient, scales it by at most 1.13, nearly 0 far from 0",
        sample=((-4, 6),), ulps=1, latex=r"\operatorname{erfc}(#1)", traits=(Trait.ZERO_FROM_ZERO,),
    ),
    Operator(
        "normal_cdf", "x", ("1/sqrt(tau)*gauss(x, 0.5)",), "the distribution function of the standard normal",
        textbook=("exp(-x^2/2)/sqrt(2*pi)",),
        backward="saturates: scales the gradient by at most 0.4, nearly 0 far from 0",
        definition="erfc(-x/sqrt(2))/2", aliases=("ndtr", "ncdf", "normcdf", "pnorm", "Φ"), ulps=1, latex=r"\Phi(#1)",
        targets={"mpmath": "ncdf"}, traits=(Trait.ZERO_FROM_ZERO,),
    ),
    Operator(
        "normal_pdf", "x", ("-x*result",), "the density of the standard normal distribution",
        backward="scales the gradient by minus the operand times the result",
        tails=(Tail("result <= 1e-290", "-(x*gauss(x, 0.25))*gauss(x, 0.25)/sqrt(tau)"),),
        textbook=("-x*exp(-x^2/2)/sqrt(2*pi)",),
        definition="gauss(x, 0.5)/sqrt(tau)", aliases=("norm_pdf", "normpdf", "dnorm", "φ"), latex=r"\varphi(#1)",
        traits=(Trait.ZERO_FROM_ZERO, Trait.YIELDS),
    ),
    Operator(
        "log_ndtr", "x", (LOG_NDTR_SLOPE,), "the logarithm of normal_cdf(x), however small that is",
        textbook=("normal_pdf(x)/normal_cdf(x)",),
        backward="scales the gradient by normal_pdf over normal_cdf: ever less above 0",
        tails=(Tail("x <= -1e150", "-x"),),
        definition="log(normal_cdf(x))", aliases=("normal_logcdf",), latex=r"\ln\Phi(#1)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "erfcx", "x", ("erfcx_slope(1, x)",), "exp(x^2)*erfc(x), which is neither 0 nor infinite where a factor is",
        textbook=("2*x*result - 2/sqrt(pi)",),
        backward="turns the sign of the gradient, scales it by 1.13 at 0, ever less above 0",
        definition="exp(x^2)*erfc(x)", latex=r"\operatorname{erfcx}(#1)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "erfcx_slope", "n, x", ("0", "erfcx_slope(n + 1, x)"), "the n-th derivative of erfcx, for a whole n",
        backward="scales the gradient by the next order at the same operand; stops it for the order",
        domain="n >= 0 and n == floor(n)", sample=((0, 3), (-3, 10)),
        latex=r"\operatorname{erfcx}^{(#1)}(#2)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "erfinv", "x", ("erfinv_slope(x)",), "the inverse of erf",
        textbook=("sqrt(pi)/2*exp(result^2)",),
        backward="scales the gradient by at least 0.886, beyond all bounds near -1 and 1",
        domain="abs(x) < 1", sample=((-0.99, 0.99),), poles={1.0: inf, -1.0: -inf},
        latex=r"\operatorname{erf}^{-1}(#1)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "erfinv_slope", "x", ("2*erfinv(x)*result^2",), "the slope of erfinv, with all digits next to its ends",
        textbook=("sqrt(pi)*erfinv(x)*exp(erfinv(x)^2)*result",),
        backward="scales the gradient by 2*erfinv*result^2 of the operand: turns its sign below 0, stops it at 0",
        definition="sqrt(pi)/2*exp(erfinv(x)^2)", domain="abs(x) < 1", sample=((-0.99, 0.99),),
        latex=r"(\operatorname{erf}^{-1})'(#1)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "probit", "x", ("probit_slope(x)",), "the inverse of normal_cdf: the quantile of the standard normal",
        textbook=("1/normal_pdf(result)",),
        backward="scales the gradient by at least 2.5, beyond all bounds near 0 and 1",
        definition="sqrt(2)*erfinv(2*x - 1)", aliases=("ndtri", "qnorm", "norminv", "normal_icdf"),
        domain="x > 0 and x < 1", sample=((0.01, 0.99),), poles={1.0: inf, 0.0: -inf}, latex=r"\Phi^{-1}(#1)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "probit_slope", "x", ("probit(x)*result*result",), "the slope of probit, with all digits next to its ends",
        textbook=("sqrt(tau)*probit(x)*exp(probit(x)^2/2)*result",),
        backward="scales the gradient by probit*result^2 of the operand: turns its sign below 1/2, stops it there",
        definition="sqrt(tau)*exp(probit(x)^2/2)", domain="x > 0 and x < 1", sample=((0.01, 0.99),),
        latex=r"(\Phi^{-1})'(#1)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "exprel", "x", ("exprel_slope(1, x)",), "(exp(x) - 1)/x, and 1 at 0",
        textbook=("(exp(x) - result)/x",),
        backward="scales the gradient by the mean of t*exp(t*operand) over t from 0 to 1",
        definition="where(x == 0, 1, expm1(x)/x)", latex=r"\frac{e^{#1} - 1}{#1}",
        traits=(Trait.ANALYTIC, Trait.EXPLOSIVE, Trait.YIELDS),
    ),
    Operator(
        "exprel_slope", "n, x", ("0", "exprel_slope(n + 1, x)"), "the n-th derivative of exprel, for a whole n",
        backward="scales the gradient by the next order at the same operand; stops it for the order",
        domain="n >= 0 and n == floor(n)", sample=((0, 3), (-10, 10)),
        latex=r"\operatorname{exprel}^{(#1)}(#2)", traits=(Trait.EXPLOSIVE, Trait.YIELDS),
    ),
    Operator(
        "lambertw", "x", ("lambertw_slope(x)",), "the principal branch of the inverse of x*exp(x)",
        textbook=("result/(x*(1 + result))",),
        backward="scales the gradient by exp(-result)/(1 + result), nearly 0 far above 0",
        domain="x >= -1/e", sample=((-0.36, 10),), latex="W_0(#1)", targets={"sympy": "LambertW"},
        traits=(Trait.GENTLE, Trait.YIELDS),
    ),
    Operator(
        "lambertw_slope", "x", (LAMBERTW_BEND,), "the slope of lambertw, with all digits next to its end at -1/e",
        textbook=("-result^2*(2 + lambertw(x))/(1 + lambertw(x))",),
        backward="turns the sign of the gradient, scales it by result^2*(2 + lambertw)/(1 + lambertw) of the operand",
        definition="where(x == 0, 1, lambertw(x)/(x*(1 + lambertw(x))))", domain="x >= -1/e", sample=((-0.36, 10),),
        latex="W_0'(#1)", traits=(Trait.ANALYTIC, Trait.YIELDS),
    ),
    Operator(
        "gamma", "x", ("result*digamma(x)",), "the gamma function: (x - 1)! for a whole x",
        backward="scales the gradient by the result times digamma of the operand",
        tails=(GAMMA_TAIL,),
        domain="x > 0 or x != floor(x)", sample=((0.1, 10),), latex=r"\Gamma(#1)",
        traits=(Trait.EXPLOSIVE,),
    ),
    Operator(
        "factorial", "x", ("result*digamma1p(x)",), "x!, the product of 1 to x; between whole numbers gamma(x + 1)",
        textbook=("result*digamma(x + 1)",),
        backward="scales the gradient by the result times digamma of the operand plus 1",
        tails=(FACTORIAL_TAIL,),
        definition="where(x < 1, gamma(x + 1), x*gamma(x))", aliases=("fact",), domain="x >= 0 or x != floor(x)",
        sample=((-0.9, 10),), latex="{#1}!", traits=(Trait.EXPLOSIVE, Trait.ANALYTIC, Trait.YIELDS),
    ),
    Operator(
        "lgamma", "x", ("digamma(x)",), "the logarithm of the magnitude of gamma(x)",
        backward="scales the gradient by digamma of the operand",
        definition="log(abs(gamma(x)))", aliases=("gammaln",), domain="x > 0 or x != floor(x)", sample=((0.1, 20),),
        latex=r"\ln\left|\Gamma(#1)\right|", traits=(Trait.ANALYTIC,),
    ),
    Operator(
        "digamma", "x", ("polygamma(1, x)",), "the slope of lgamma",
        backward="scales the gradient by polygamma of order 1, which is always positive",
        aliases=("psi",), domain="x > 0 or x != floor(x)", sample=((0.1, 20),), latex=r"\psi(#1)",
    ),
    Operator(
        "digamma1p", "x", ("polygamma(1, x + 1)",), "digamma(x + 1), without losing digits beside its zero at 0.46",
        backward="scales the gradient by polygamma of order 1 at the operand plus 1, which is always positive",
        definition="digamma(x + 1)", domain="x >= 0 or x != floor(x)", sample=((-0.9, 20),), latex=r"\psi(1 + #1)",
        traits=(Trait.YIELDS,),
    ),
    Operator(
        "polygamma", "n, x", ("0", "polygamma(n + 1, x)"), "the n-th derivative of digamma, for a whole n",
        backward="scales the gradient by the next order at the same operand; stops it for the order",
        domain="n >= 0 and n == floor(n) and (x > 0 or x != floor(x))", sample=((0, 3), (0.1, 20)),
        latex=r"\psi^{(#1)}(#2)",
    ),
    Operator(
        "beta", "a, b", ("beta_slope(1, 0, a, b)", "beta_slope(0, 1, a, b)"),
        "gamma(a)*gamma(b)/gamma(a + b), of positive a and b alone",
        textbook=("result*(digamma(a) - digamma(a + b))", "result*(digamma(b) - digamma(a + b))"),
        backward="scales the gradient by -result times what digamma rises by from an operand to their sum",
        definition="gamma(a)*gamma(b)/gamma(a + b)", domain=POSITIVE, sample=((0.5, 8), (0.5, 8)),
        latex=r"\mathrm{B}(#1, #2)", traits=(Trait.YIELDS,),
    ),
    Operator(
        "beta_slope", "k, n, a, b", ("0", "0", "beta_slope(k + 1, n, a, b)", "beta_slope(k, n + 1, a, b)"),
        "the derivative of beta(a, b), k times by a and n times by b, for whole k and n",
        backward="scales the gradient by the derivative of one order more; stops it for the orders",
        domain=ORDERS, sample=((0, 1), (0, 1), (0.5, 8), (0.5, 8)),
        latex=r"\partial_1^{#1}\partial_2^{#2}\mathrm{B}(#3, #4)", traits=(Trait.YIELDS,),
    ),
    Operator(
        "lbeta", "a, b", ("lbeta_slope(1, 0, a, b)", "lbeta_slope(0, 1, a, b)"),
        "the logarithm of beta(a, b), however small that is",
        textbook=("digamma(a) - digamma(a + b)", "digamma(b) - digamma(a + b)"),
        backward="scales the gradient by minus what digamma rises by from an operand to their sum",
        definition="lgamma(a) + lgamma(b) - lgamma(a + b)", aliases=("betaln", "logbeta"), domain=POSITIVE,
        sample=((0.5, 8), (0.5, 8)), latex=r"\ln\mathrm{B}(#1, #2)", traits=(Trait.YIELDS,),
    ),
    Operator(
        "lbeta_slope", "k, n, a, b", ("0", "0", "lbeta_slope(k + 1, n, a, b)", "lbeta_slope(k, n + 1, a, b)"),
        "the derivative of lbeta(a, b), k times by a and n times by b, for whole k and n",
        backward="scales the gradient by the derivative of one order more; stops it for the orders",
        domain=ORDERS, sample=((0, 2), (0, 2), (0.5, 8), (0.5, 8)),
        latex=r"\partial_1^{#1}\partial_2^{#2}\ln\mathrm{B}(#3, #4)", traits=(Trait.YIELDS,),
    ),
)  # fmt: skip
