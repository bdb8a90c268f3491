"""Functions of any number of operands, as other languages have them: SUMSQ(a, b), Piecewise[{{x, x > 0}}].

Depends on nothing.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a call means, as texts over its parameters: more than one where that depends on where it comes from."""

    parameters: tuple[str, ...]
    texts: tuple[str, ...]


JOINED: Mapping[str, tuple[str, str, str]] = {
    "=SUMSQ SUMSQ": ("{}^2", " + ", "{}"),
    "=PRODUCT": ("{}", "*", "{}"),
    "=AND And[ AND": ("{}", " and ", "{}"),
    "=OR Or[ OR": ("{}", " or ", "{}"),
    "=AVERAGE": ("{}", ", ", "mean({})"),
    "=VAR.P =VARP": ("{}", ", ", "var({})"),
    "=VAR =VAR.S Variance[": ("{}", ", ", "{ratio}*var({})"),
    "=STDEV.P =STDEVP": ("{}", ", ", "std({})"),
    "=STDEV =STDEV.S sd StandardDeviation[": ("{}", ", ", "sqrt({ratio})*std({})"),
    "VAR": ("{}", ", ", "var({}) | {ratio}*var({})"),
    "STDEV": ("{}", ", ", "std({}) | sqrt({ratio})*std({})"),
}
"""Functions of any number of operands, by all of their names → each operand, what stands between, and around them."""
CHAINED: Mapping[str, tuple[bool, str]] = {
    "Piecewise[": (False, "0"), "Piecewise": (False, "nan"), "sympy.Piecewise": (False, "nan"),
    "piecewise": (True, "0"), "Which[": (True, "nan"), "=IFS": (True, "nan"), "IFS": (True, "nan"),
}  # fmt: skip
"""Functions of conditions and values → whether the condition comes first, and what there is where none holds."""
MOST = 100
"""Of so many operands a call is written out."""


def general(name: str, count: int) -> Meaning | None:
    """What a name means of any number of operands."""
    parameters = tuple(f"x{at}" for at in range(1, count + 1))
    if name in CHAINED:
        return Meaning(parameters, (_chain(*CHAINED[name], parameters),)) if 1 < count <= MOST else None
    for names, (each, between, around) in JOINED.items() if 1 < count <= MOST else ():
        if name in names.split():
            inner, ratio = between.join(each.format(one) for one in parameters), f"{count}/{count - 1}"
            text = around.format(*[inner] * 2, ratio=ratio if count > 2 else "2")
            return Meaning(parameters, tuple(text.split(" | ")))
    return None


def _chain(condition_first: bool, otherwise: str, parameters: tuple[str, ...]) -> str:
    """Conditions with their values, as one where in another; of an odd number the last is what there is else."""
    text = parameters[-1] if len(parameters) % 2 else otherwise
    for at in range(len(parameters) // 2 * 2, 0, -2):
        first, second = parameters[at - 2 : at]
        condition, value = (first, second) if condition_first else (second, first)
        text = f"where({condition}, {value}, {text})"
    return text
