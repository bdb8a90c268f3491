"""How long a claim on a formula of about 50 operations takes to be decided: right ones, wrong ones, and the slowest.

Run it with the Python that has gradcli: python tests/benchmarks/claims.py
Each formula is claimed about by its own derivative in another form (the chain rule step by step, or expanded), and by
three mistakes. The time is that of `gradcli check` without the start of Python.
"""

import statistics
import time
from typing import NamedTuple

from heading import asked, heading

from gradcli.claims.judge import judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import Source

SECONDS = 2.0
"""What `gradcli check` gives to proofs by default."""
LAYERS = (
    "; ".join(f"h{at} = tanh({f'h{at - 1}' if at else 'x'}*w{at} + b{at})" for at in range(16)) + "; L = (h15 - t)^2"
)
GATES = "; ".join(
    f"g{at} = sigmoid(a{at}*x + c{at}); s{at} = g{at}*{f's{at - 1}' if at else 'x'} + (1 - g{at})*k" for at in range(7)
)
POLYNOMIAL = " + ".join(f"a{at}*x^{at}" for at in range(17))
SOFTMAX = (
    "Z = "
    + " + ".join(f"exp(z{at})" for at in range(16))
    + "; L = log(Z) - z0 + r*("
    + " + ".join(f"z{at}^2" for at in range(8))
    + ")"
)
GAUSSIANS = " + ".join(f"A{at}*exp(-(x - m{at})^2/(2*s{at}^2))" for at in range(5))
PRODUCT = "*".join(f"(1 + x^2/{at}^2)" for at in range(1, 14))
WAVES = " + ".join(f"sin({at}*x + p)/{at}" for at in range(1, 13))


class Case(NamedTuple):
    """A formula, a right claim about it, and wrong ones."""

    name: str
    text: str
    right: str
    wrong: tuple[str, ...]


def mistaken(left: str, right: str, factor: str) -> tuple[str, ...]:
    """A right claim with its sign turned, with a factor too much, with a term too much."""
    return tuple(f"{left} = {other}" for other in (f"-({right})", f"({right})*{factor}", f"({right}) + {factor}"))


def case(name: str, text: str, left: str, right: str, factor: str) -> Case:
    """A formula with a right claim and three mistakes in it."""
    return Case(name, text, f"{left} = {right}", mistaken(left, right, factor))


CASES = (
    case("layers", LAYERS, "dL/dw5", "dL/dh5*(1 - h5^2)*h4", "h3"),
    case("layers, first", LAYERS, "dL/dw0", "dL/dh1*(1 - h1^2)*w1*(1 - h0^2)*x", "h0"),
    case("gates", GATES + "; L = (s6 - t)^2", "dL/dk", "2*(s6 - t)*ds6/dk", "g2"),
    case("polynomial", POLYNOMIAL, "df/dx", " + ".join(f"{at}*a{at}*x^{at - 1}" for at in range(1, 17)), "x"),
    case("softmax", SOFTMAX, "dL/dz1", "exp(z1)/Z + 2*r*z1", "z2"),
    case("gaussians", GAUSSIANS, "df/ds2", "A2*(x - m2)^2/s2^3*exp(-((x - m2)/s2)^2/2)", "x"),
    case("product", PRODUCT, "df/dx", "f*(" + " + ".join(f"2*x/({at}^2 + x^2)" for at in range(1, 14)) + ")", "x"),
    case("waves", WAVES, "df/dx", " + ".join(f"cos({at}*x + p)" for at in range(1, 13)), "x"),
)  # fmt: skip


def judged(text: str, claim: str) -> tuple[str, float, int]:
    """The verdict on a claim, the seconds it took, and the operations of the formula."""
    began = time.perf_counter()
    program, read = read_claims(Source(text), [Source(claim)])
    outcome = judge_claims(program, read, {}, SECONDS)
    operations = sum(bool(it) for it in program.graph.operands[: program.written])
    return outcome.verdict, time.perf_counter() - began, operations


def main() -> None:
    """Print a line a formula, then all together."""
    count = asked(__doc__, formulas=len(CASES)).formulas
    print(heading("sympy", "mpmath"))
    judged("x^2", "df/dx = x + x")  # SymPy is loaded once
    taken = []
    for it in CASES[:count]:
        told = [judged(it.text, claim) for claim in (it.right, *it.wrong)]
        taken += [seconds for _, seconds, _ in told]
        verdicts = ", ".join(f"{verdict} {seconds:.2f} s" for verdict, seconds, _ in told)
        print(f"{it.name:14} {told[0][2]:3} operations: {verdicts}")
    print(f"{len(taken)} claims: median {statistics.median(taken):.2f} s, slowest {max(taken):.2f} s")


if __name__ == "__main__":
    main()
