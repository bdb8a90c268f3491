"""Numbers and names as a person reads them; machines get records.

Depends on the printer of the language.
"""

from collections.abc import Mapping

from gradcli.language.notation import cut, number_text, program_text
from gradcli.language.program import Program
from gradcli.language.typed_text import typed_text
from gradcli.passes.arithmetic import rounded
from gradcli.passes.arrays import FEW_ENTRIES, in_a_line
from gradcli.shapes import Array, Shape, grouped, shape_text

MOST_TYPED = 10_000


def shown(number: float | str, digits: int) -> str:
    """A number for reading: rounded, or in the digits that were asked for."""
    return number if isinstance(number, str) else rounded(number, digits)


def partial_name(output: str, by: str) -> str:
    """The name of a derivative: ∂f/∂x."""
    return f"∂{output}/∂{by}"


def formula(program: Program, most: int | None = None) -> str:
    """The formula as an equation, cut to `most` characters: f = x^2; one with arrays as it is typed."""
    if program.arrays:
        return cut(typed_text(program), most or MOST_TYPED)
    text = program_text(program, most, named=program.output not in program.graph.names)
    return text if most is None else cut(text, most)


def equations(bindings: Mapping[str, float], digits: int, arrays: Mapping[str, Shape] = {}) -> list[str]:
    """The bindings, each as an equation: x = 2; x ≈ 0.333333 where it has more digits than are shown.

    Of an array that has no room in a line the shape: W: [32, 784].
    """
    return [f"{name}{_bound(value, digits)}" for name, value in grouped(bindings, arrays).items()]


def _bound(value: float | Array[float], digits: int) -> str:
    if not isinstance(value, Array):
        return f" {_equals(value, digits)}"
    if len(value.entries) > FEW_ENTRIES:
        return f": {shape_text(value.shape)}"
    exact = all(_equals(number, digits)[0] == "=" for number in value.entries)
    return f" {'=' if exact else '≈'} {in_a_line(value, digits)}"


def _equals(value: float, digits: int) -> str:
    shown, exact = rounded(value, digits), number_text(value)
    same = float(shown) == value or value != value
    return f"= {min(exact, shown, key=len) if same else shown}" if same else f"≈ {shown}"
