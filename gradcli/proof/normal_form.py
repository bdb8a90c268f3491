"""Is a formula 0? Settled by multiplying out, once its functions are generators and its powers products of generators.

Depends on `gradcli.proof.generators`. exp(u), for each different term u, becomes
a generator of its own, sinh and its kin rational functions of such generators, sin and its kin of tan(u/2) (DLMF 4.35,
4.21(iii)). A logarithm is the sum of those of the factors, each of them turned so that it is positive at the point, and
a power that is not whole is exp of a logarithm: ((x - m)^2)^p and (m - x)^(2*p) are the same generators. Where no point
tells a sign there is a case for each, but for those in which the formula has no value. If the formula is 0 whatever
numbers the generators stand for, it is 0. Nothing is said where it is not: generators may depend on each other.
"""

from collections.abc import Mapping, Sequence

from gradcli.proof.generators import Generators
from gradcli.proof.half_tangents import Angles
from gradcli.proof.signs import Signs
from gradcli.proof.sympy_families import Formula

NO_NUMBERS: Mapping[Formula, Formula] = {}
MOST_CASES = 24
"""Signs of so many formulas are not all tried."""


def multiplies_out_to_zero(
    formula: Formula,
    at: Mapping[Formula, Formula] = NO_NUMBERS,
    positive: Sequence[Formula] = (),
    *,
    whole: bool = True,
) -> bool:
    """Whether the numerator of a formula, over one denominator, is 0 once it is multiplied out.

    `at` holds the numbers of the symbols at a point around which the formula must be 0; without them it must be so
    wherever the symbols are what SymPy knows of them and all in `positive` is. With `whole`, no angle has parts.
    """
    angles = Angles(whole=whole)
    known: dict[Formula, Formula] = {}
    waiting: list[Mapping[Formula, int]] = [{}]
    for _ in range(MOST_CASES):
        generators = Generators(Signs(at, waiting[-1]), known, angles)
        least = {**angles.least}
        open_ = generators.open_signs(formula, positive)
        if angles.least != least:  # the next walk has the parts of all angles
            continue
        assumed = waiting.pop()
        if open_ is None or (open_ and len(waiting) > MOST_CASES):
            return False
        waiting += [{**assumed, asked: sign} for asked in open_[:1] for sign in (1, -1)]
        if not waiting:
            return True
    return False
