"""Bessel functions of whole order, which comes first, as in most libraries.

Depends on `row.py`. The derivatives of J have a row of their own: the difference of the orders beside loses digits next
to its zeros. Those of I are sums, which lose none.
"""

from gradcli.operators.row import Operator, Tail, Trait

WHOLE = "n == floor(n)"
# Where the order before, or the result, overflows and the slope does not: by the orders after (DLMF 10.29.1, 10.29.2).
I_SLOPE = "bessel_i(abs(n) + 1, x)*(1 + 2*abs(n)*(abs(n) + 1)/x^2) + abs(n)/x*bessel_i(abs(n) + 2, x)"
I_TAIL = Tail("abs(result) > 1e300", f"where(n == 0, bessel_i(1, x), {I_SLOPE})")

BESSEL = (
    Operator(
        "bessel_j", "n, x", ("0", "bessel_j_slope(1, n, x)"), "the Bessel function J of whole order n, at x",
        textbook=("", "(bessel_j(n - 1, x) - bessel_j(n + 1, x))/2"),
        backward="scales the gradient by a factor from -0.59 to 0.59; stops it for the order",
        aliases=("besselj", "jv"), domain=WHOLE, sample=((-3, 3), (-20, 20)),
        latex="J_{#1}(#2)", traits=(Trait.YIELDS,),
    ),
    Operator(
        "bessel_j_slope", "k, n, x", ("0", "0", "bessel_j_slope(k + 1, n, x)"),
        "the k-th derivative of bessel_j(n, x), for whole k and n",
        textbook=("", "", "(bessel_j_slope(k, n - 1, x) - bessel_j_slope(k, n + 1, x))/2"),
        backward="scales the gradient by the next derivative at the same operand; stops it for the orders",
        domain=f"k >= 0 and k == floor(k) and {WHOLE}", sample=((0, 3), (-3, 3), (-20, 20)),
        latex="J_{#2}^{(#1)}(#3)", traits=(Trait.YIELDS,),
    ),
    Operator(
        "bessel_i", "n, x", ("0", "(bessel_i(n - 1, x) + bessel_i(n + 1, x))/2"),
        "the modified Bessel function I of whole order n, at x",
        backward="scales the gradient by the mean of the orders beside; stops it for the order",
        tails=(None, I_TAIL), aliases=("besseli", "iv"), domain=WHOLE, sample=((-3, 3), (-20, 20)),
        latex="I_{#1}(#2)", traits=(Trait.EXPLOSIVE, Trait.YIELDS),
    ),
)  # fmt: skip
