"""Parse, differentiate, evaluate and verify a formula in one call; judge claims about one in another."""

from collections.abc import Sequence

from gradcli.claims.judge import Outcome, judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import Source
from gradcli.evaluate.gradient import Gradient
from gradcli.language import parse
from gradcli.verify import Verification, verify

PATIENCE = 20.0
"""Seconds for a point of a claim, as many as it takes: how busy a machine is must not decide."""


def checked(
    text: str, wrt: Sequence[str] | None = None, /, *, seconds: float = 10.0, **bindings: float
) -> Verification:
    """The verification of a formula at a point, by all of its variables or by the names in `wrt`."""
    program = parse(text)
    gradient = Gradient(program, program.variables if wrt is None else {name: program.node(name) for name in wrt})
    return verify(program, gradient.at(bindings), gradient.wrt, gradient.derivative, seconds=seconds)


def judged(
    text: str,
    /,
    *claims: str,
    seconds: float = 0.0,
    patience: float = PATIENCE,
    rate: float | None = None,
    **fixed: float,
) -> Outcome:
    """The outcome of claims about a formula, some of whose variables are fixed."""
    program, read = read_claims(Source(text), [Source(claim, "--claim") for claim in claims], fixed, rate)
    return judge_claims(program, read, fixed, seconds, patience)
