"""Is a sum of angles 0, as 16 atan(1/5) - 4 atan(1/239) - pi is? Its tangent is algebra, its enclosure knows the turn.

Depends on SymPy, on `gradcli.proof.is_zero` and on the enclosures' balls. An angle is the argument of a complex
number, which is algebraic in what the angle is taken of (DLMF 4.23(iv)), and a sum of angles that of a product: a
multiple of pi where the imaginary part of the product is 0. Which one it is, the sum's enclosure tells.
"""

from collections.abc import Callable
from math import lcm
from typing import Any

import sympy

from gradcli.precision.enclosures.balls import Enclosure
from gradcli.proof.is_zero import is_zero
from gradcli.proof.sympy_families import Formula

LARGEST = 64
"""No higher powers are multiplied out."""

ANGLES: dict[Any, Callable[..., tuple[Formula, Formula]]] = {
    sympy.atan: lambda u: (sympy.Integer(1), u),
    sympy.asin: lambda u: (sympy.sqrt(1 - u**2), u),
    sympy.acos: lambda u: (u, sympy.sqrt(1 - u**2)),
    sympy.atan2: lambda y, x: (x, y),
}
"""The real and the imaginary part of a number whose argument is that angle, but for half turns."""


def is_angle_zero(formula: Formula, ball: Enclosure) -> bool:
    """Whether a formula is 0 as a sum of rational multiples of angles and of pi; `ball` encloses it at the point."""
    parts = [term.as_coeff_Mul(rational=True) for term in sympy.Add.make_args(sympy.expand(formula))]
    if not all(angle == sympy.pi or angle.func in ANGLES for _, angle in parts):
        return False
    if not all(angle.args[0].is_nonzero for angle in formula.atoms(sympy.atan2)):  # no angle at 0, a jump beside it
        return False
    times = lcm(*(int(factor.q) for factor, _ in parts))
    turns = {angle: int(factor * times) for factor, angle in parts if angle != sympy.pi}
    if sum(map(abs, turns.values())) > LARGEST or not abs(ball * times) < 3:
        return False
    real, imaginary = sympy.Integer(1), sympy.Integer(0)
    for angle, power in turns.items():
        x, y = ANGLES[angle.func](*angle.args)
        y = y if power > 0 else -y
        for _ in range(abs(power)):
            real, imaginary = sympy.expand(real * x - imaginary * y), sympy.expand(real * y + imaginary * x)
    return is_zero(imaginary, dear=False)
