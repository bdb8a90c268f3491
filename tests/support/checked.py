"""Parse, differentiate, evaluate and verify a formula in one call."""

from collections.abc import Sequence

from gradcli.evaluate.gradient import Gradient
from gradcli.language import parse
from gradcli.verify import Verification, verify


def checked(
    text: str, wrt: Sequence[str] | None = None, /, *, seconds: float = 10.0, **bindings: float
) -> Verification:
    """The verification of a formula at a point, by all of its variables or by the names in `wrt`."""
    program = parse(text)
    gradient = Gradient(program, program.variables if wrt is None else {name: program.node(name) for name in wrt})
    return verify(program, gradient.at(bindings), gradient.wrt, gradient.derivative, seconds=seconds)
