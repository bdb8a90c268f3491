"""Functions that are written out where they are called, and so need no operator: sum(x, y, z) is x + y + z.

Depends on `row.py`. Pure data, to be called by and to be read: `gradcli.language.spelled` writes them out. The partials
of those of any number of operands are in words, over the operand x, their number n and their mean.
"""

from gradcli.operators.row import Operator, Trait

YIELDS = (Trait.YIELDS,)
TO_BASE_10 = "scales the gradient by log10(e)/operand: beyond all bounds near 0, nearly 0 far from 0"
TO_BASE_2 = "scales the gradient by log2(e)/operand: beyond all bounds near 0, nearly 0 far from 0"

SPELLINGS = (
    Operator(
        "sum", "*x", ("1",), "the sum of the operands",
        backward="passes the gradient on to all operands unchanged", traits=YIELDS,
    ),
    Operator(
        "prod", "*x", ("result/x",), "the product of the operands",
        backward="swaps: each operand gets the gradient times the product of the others", traits=YIELDS,
    ),
    Operator(
        "mean", "*x", ("1/n",), "the sum of the n operands over n",
        backward="scales the gradient by 1 over how many operands there are", traits=YIELDS,
    ),
    Operator(
        "var", "*x", ("2*(x - mean)/n",), "the mean squared distance from the mean: by n, as in NumPy, not by n - 1",
        backward="scales the gradient by twice the distance from the mean, over how many operands there are",
        traits=YIELDS,
    ),
    Operator(
        "std", "*x", ("(x - mean)/(n*result)",), "the square root of var: by n, as in NumPy, not by n - 1",
        backward="scales the gradient by distance from the mean/(number*result); stops it where all operands are equal",
        traits=YIELDS,
    ),
    Operator(
        "norm", "*x", ("x/result",), "the length of a vector, without overflow: hypot",
        backward="scales the gradient by a factor from -1 to 1: operand/result; stops it where all operands are 0",
        traits=YIELDS,
    ),
    Operator(
        "logsumexp", "*x", ("exp(x - result)",), "the logarithm of the sum of the exponentials, without overflow",
        backward="routes: each operand gets the share of the gradient that its exponential has in the sum",
        traits=YIELDS,
    ),
    Operator(
        "median", "*x", ("1 for the middle one, 1/2 for each of two",),
        "the operand in the middle; of an even number the mean of the two there; 1,000 operands at most",
        backward="routes: the operand in the middle gets the gradient; those that tie with it share it", traits=YIELDS,
    ),
    Operator(
        "lg", "x", ("log10(e)/x",), "the logarithm to base 10; where base 2 is meant, lb",
        backward=TO_BASE_10, traits=YIELDS,
    ),
    Operator("log_10", "x", ("log10(e)/x",), "the logarithm to base 10", backward=TO_BASE_10, traits=YIELDS),
    Operator(
        "lb", "x", ("log2(e)/x",), "the logarithm to base 2",
        backward=TO_BASE_2, aliases=("log_2",), traits=YIELDS,
    ),
    Operator(
        "j0", "x", ("-j1(x)",), "the Bessel function J of order 0: bessel_j(0, x)",
        backward="turns the sign of the gradient, scales it by order 1 of the same operand",
        aliases=("bessel_j0",), traits=YIELDS,
    ),
    Operator(
        "j1", "x", ("(j0(x) - bessel_j(2, x))/2",), "the Bessel function J of order 1: bessel_j(1, x)",
        backward="scales the gradient by half the difference of the orders 0 and 2",
        aliases=("bessel_j1",), traits=YIELDS,
    ),
    Operator(
        "i0", "x", ("i1(x)",), "the modified Bessel function I of order 0: bessel_i(0, x)",
        backward="scales the gradient by order 1 of the same operand", aliases=("bessel_i0",), traits=YIELDS,
    ),
    Operator(
        "i1", "x", ("(i0(x) + bessel_i(2, x))/2",), "the modified Bessel function I of order 1: bessel_i(1, x)",
        backward="scales the gradient by the mean of the orders 0 and 2", aliases=("bessel_i1",), traits=YIELDS,
    ),
)  # fmt: skip
"""A row each, of which only name, signature and what is for a person count."""

SHAPED = (
    Operator(
        "dot", "a, b", ("b", "a"), "the sum of the products of the entries of two vectors, as a @ b",
        backward="swaps: each entry gets the gradient times the other vector's", traits=YIELDS,
    ),
    Operator(
        "outer", "a, b", ("b", "a"), "the matrix of all products of an entry of a with one of b",
        backward="swaps: each entry gets the gradients of its row or column times the other vector's", traits=YIELDS,
    ),
    Operator(
        "transpose", "A", ("1",), "the matrix turned around: A', A.T, Aᵀ",
        backward="passes the gradient on, turned around", traits=YIELDS,
    ),
    Operator(
        "softmax", "x", ("result*(1 - result) by the same entry, -result*other by another",),
        "exp(x - logsumexp(x)) entry by entry: all are above 0, and their sum is 1; of a matrix along axis 1 or 2",
        backward="routes: each entry gets its own gradient less the mean of all, weighed by the result", traits=YIELDS,
    ),
    Operator(
        "log_softmax", "x", ("1 - softmax by the same entry, -softmax of the other by another",),
        "x - logsumexp(x) entry by entry: the logarithm of softmax, without overflow",
        backward="routes: each entry gets its own gradient less the sum of all times its softmax", traits=YIELDS,
    ),
)  # fmt: skip
"""A row for each function of arrays alone, likewise; `gradcli.language.arrays` unfolds them."""

NOTES = {"lg": "`lg` is read as log10; where the logarithm to base 2 is meant, write lb or log2"}
"""How a call is read, where that needs saying."""
