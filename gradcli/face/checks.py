"""Verdicts, asked for from Python: on claims about derivatives, or on gradcli's own.

Depends on `gradcli.claims` for the first, on `gradcli.verify` for the second.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from gradcli.answers import answered
from gradcli.claims.judge import Outcome, judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import Source, UsageError
from gradcli.face.bindings import nodes, number, some_bound
from gradcli.face.deadline import Deadline
from gradcli.language.program import Program
from gradcli.precision.settle import check as check_precision
from gradcli.time_limit import left
from gradcli.verify.audit import Audit, audit

if TYPE_CHECKING:
    from gradcli.face.bindings import Bindings, Number, Wrt

MOST_SECONDS = 1_000_000
Checked = Outcome | Audit


def checked(
    expression: str | Program,
    bindings: "Bindings | None",
    named: "Bindings",
    claims: str | Iterable[str],
    wrt: "Wrt | None",
    precision: str,
    seconds: float,
    lr: "Number | None",
) -> Checked:
    """The verdicts. Raises what `gradcli.check` does."""
    program, fixed, _ = some_bound(expression, bindings, named)
    texts = _texts(claims)
    check_precision(precision)
    _check_seconds(seconds)
    rate = None if lr is None else number("lr", lr)
    deadline = Deadline(seconds, "seconds=…")
    if not texts:
        if lr is not None:
            hint = "claim 'w_new = w - lr*dL/dw'; a variable is bound in a mapping: {'lr': …}"
            raise UsageError("`lr` is for claims about an update", hint=hint)
        answering, by = partial(answered, precision=precision), nodes(program, wrt)
        return deadline.keep(lambda: audit(program, by, fixed, min(seconds, left()), answering))
    if wrt is not None or precision != "auto":
        option, hint = "precision" if wrt is None else "wrt", "leave it out: a claim says what it is about"
        raise UsageError(f"`{option}` is for a check without claims", hint=hint)
    return deadline.keep(lambda: _judged(program, texts, fixed, rate, seconds))


def _judged(
    program: Program, texts: list[Source], fixed: Mapping[str, float], rate: float | None, seconds: float
) -> Outcome:
    read, claims = read_claims(program.source, texts, {**dict.fromkeys(program.variables), **fixed}, rate)
    return judge_claims(read, claims, fixed, min(seconds, left()))


def _texts(claims: str | Iterable[str]) -> list[Source]:
    """The claims, each with what it is called. Raises UsageError for one that is no text."""
    texts = [claims] if isinstance(claims, str) else [*claims] if isinstance(claims, Iterable) else [claims]
    if not all(isinstance(text, str) for text in texts):
        raise UsageError("a claim is a text", hint="write claims=['df/dx = 2*x']")
    return [Source(text, "claim") for text in texts]


def _check_seconds(seconds: float) -> None:
    if not isinstance(seconds, int | float) or not 0 <= seconds <= MOST_SECONDS:
        raise UsageError(f"`seconds` is a number from 0 to {MOST_SECONDS:,}", hint="pass seconds=5")
