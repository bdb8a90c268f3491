"""Special functions: the error function and its kin, the gamma function and its derivatives.

Depends on `row.py`. `gauss` and `polygamma` are here so that derivatives of every order keep their digits:
exp(-x^2) loses them as soon as x^2 is rounded.
"""

from gradcli.operators.row import Operator, Tail, Trait

# Where the bell is subnormal or infinite and its slope is not, it is the square of a bell that is neither.
GAUSS_ROOT = "gauss(where(abs(a) > 1, x, x/2), where(abs(a) > 1, a/2, 2*a))"
GAUSS_LOST = "result <= 1e-290 or result == inf"
GAUSS_TAILS = (Tail(GAUSS_LOST, f"-2*(a*{GAUSS_ROOT}*x*{GAUSS_ROOT})"), Tail(GAUSS_LOST, f"-(x*{GAUSS_ROOT})^2"))
# By the duplication formula (DLMF 5.5.5), whose factors are in range where gamma itself is subnormal.
GAMMA_TAIL = Tail("x <= -170", "exp2(x - 1)*gamma(x/2)*digamma(x)*gamma((x + 1)/2)/sqrt(pi)")

# To the left of 0 likewise.
FACTORIAL_TAIL = Tail("x <= -170", "exp2(x)*gamma((x + 1)/2)*digamma(x + 1)*gamma(x/2 + 1)/sqrt(pi)")

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
        "erfc", "x", ("-2/sqrt(pi)*gauss(x)",), "1 - erf(x), without loss of digits in the tail",
        textbook=("-2/sqrt(pi)*exp(-x^2)",),
        backward="saturates: turns the sign of the gradient, scales it by at most 1.13, nearly 0 far from 0",
        sample=((-4, 6),), ulps=1, latex=r"\operatorname{erfc}(#1)", traits=(Trait.ZERO_FROM_ZERO,),
    ),
    Operator(
        "normal_cdf", "x", ("1/sqrt(tau)*gauss(x, 0.5)",), "the distribution function of the standard normal",
        textbook=("exp(-x^2/2)/sqrt(2*pi)",),
        backward="saturates: scales the gradient by at most 0.4, nearly 0 far from 0",
        definition="erfc(-x/sqrt(2))/2", aliases=("ndtr", "ncdf"), ulps=1, latex=r"\Phi(#1)",
        targets={"mpmath": "ncdf"}, traits=(Trait.ZERO_FROM_ZERO,),
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
        "digamma1p", "x", ("polygamma(1, x + 1)",), "digamma(x + 1), without loss of digits beside its zero at 0.46",
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
)  # fmt: skip
