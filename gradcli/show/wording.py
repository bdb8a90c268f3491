"""Numbers and names as a person reads them; machines get records.

Depends on the printer of the language.
"""

from collections.abc import Mapping

from gradcli.language.notation import cut, number_text, program_text
from gradcli.language.program import Program
from gradcli.passes.arithmetic import rounded


def shown(number: float | str, digits: int) -> str:
    """A number for reading: rounded, or in the digits that were asked for."""
    return number if isinstance(number, str) else rounded(number, digits)


def partial_name(output: str, by: str) -> str:
    """The name of a derivative: ∂f/∂x."""
    return f"∂{output}/∂{by}"


def formula(program: Program, most: int | None = None) -> str:
    """The formula as an equation, cut to `most` characters: f = x^2."""
    text = program_text(program, most, named=program.output not in program.graph.names)
    return text if most is None else cut(text, most)


def equations(bindings: Mapping[str, float], digits: int) -> list[str]:
    """The bindings, each as an equation: x = 2; x ≈ 0.333333 where it has more digits than are shown."""
    return [f"{name} {_equals(value, digits)}" for name, value in bindings.items()]


def _equals(value: float, digits: int) -> str:
    shown, exact = rounded(value, digits), number_text(value)
    same = float(shown) == value or value != value
    return f"= {min(exact, shown, key=len) if same else shown}" if same else f"≈ {shown}"
