"""The whole check of one answer: 50 digits for the value, Taylor arithmetic and SymPy for each derivative.

Depends on the rest of `gradcli.verify`. Two questions are kept apart: whether the derivative's formula is right (the
verdict), and how many digits double precision kept (ulp).
"""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.derivatives import Derivative, differentiate
from gradcli.evaluate.gradient import Point
from gradcli.language.program import Program
from gradcli.precision.decimals import number_text, ulps
from gradcli.precision.enclosures import is_available
from gradcli.precision.multiprecision import evaluate
from gradcli.precision.multiprecision_kernels import MP, Number
from gradcli.precision.slopes import Slopes
from gradcli.proof import algebra
from gradcli.proof.equality import LOADING
from gradcli.proof.loading import loaded
from gradcli.time_limit import has_alarm, left, within
from gradcli.verify.conventions import by_convention, kinks
from gradcli.verify.judgement import AGREES, PROVED, REFUTED, UNCHECKED, VERDICTS, Judgement, judge, unproved

if TYPE_CHECKING:
    from gradcli.proof.evidence import Evidence

DIGITS = 50
TOLERATED = 16.0
"""A notice is given of results that are further than so many ulp from the truth."""
SMALL = 60
"""Without an alarm to stop it, SymPy is given no more operations than that."""
NUMERIC_SHARE = 0.6
LOST = "double precision lost digits: it "
NO_TIME = Judgement(UNCHECKED, reason="there was no time to check it")


class ValueCheck(NamedTuple):
    """The value: as 50 digits have it, how far the double is from that, and what is to be said of it."""

    reference: str
    ulp: float
    notice: str = ""


class DerivativeCheck(NamedTuple):
    """One derivative: the verdict, the reference, how far the double is from it, and what is to be said of both."""

    verdict: str
    reference: str
    ulp: float
    reason: str = ""
    notice: str = ""


class Verification(NamedTuple):
    """The outcome. The verdict is the weakest of the derivatives': proved, agrees, unchecked or refuted."""

    verdict: str
    digits: int
    value: ValueCheck
    gradient: dict[str, DerivativeCheck]
    reason: str = ""

    def record(self) -> dict[str, Any]:
        """The outcome as strict JSON has it; a reason or a notice that says nothing is left out."""
        gradient = {name: _record(check) for name, check in self.gradient.items()}
        return _record(self) | {"value": _record(self.value), "gradient": gradient}


def _record(check: Any) -> dict[str, Any]:
    """Plain data of a named tuple."""
    plain = {key: value for key, value in check._asdict().items() if value not in ("", None)}
    if "ulp" in plain and not isfinite(plain["ulp"]):
        plain["ulp"] = "NaN" if plain["ulp"] != plain["ulp"] else "Infinity"
    return plain


def verify(
    program: Program,
    point: Point,
    wrt: Mapping[str, int],
    derivative: Derivative | None = None,
    *,
    seconds: float = 10.0,
) -> Verification:
    """Check a value and a gradient.

    point       the bindings, and the value and the gradient in doubles, as they were given out
    wrt         the names of the gradient and their nodes
    derivative  the derivative to be checked, its gradient in the order of `wrt`; differentiated here by default
    seconds     the time that all of it may take, if no limit around it is shorter; what is not reached is `unchecked`

    Raises KeyError where a variable has no binding.
    """
    derivative = derivative or differentiate(program.graph, program.output, tuple(wrt.values()))
    return _Check(program, point, dict(wrt), derivative, time.monotonic() + min(seconds, left())).verification()


class _Check:
    """One verification under way."""

    def __init__(
        self, program: Program, point: Point, wrt: Mapping[str, int], derivative: Derivative, deadline: float
    ) -> None:
        self.graph, self.output, self.point, self.wrt = program.graph, program.output, point, wrt
        self.gradient = dict(zip(wrt, derivative.gradient, strict=True))
        self.slopes = Slopes(self.graph, self.output, point.bindings, algebra)
        self.deadline = deadline

    def verification(self) -> Verification:
        """Numbers first, for all; then proofs, with the time that is left."""
        numeric = self.deadline - (self.deadline - time.monotonic()) * (1 - NUMERIC_SHARE)
        value = self.value(numeric)
        judged = {
            name: within(numeric - time.monotonic(), partial(self.check_numerically, name), NO_TIME)
            for name in spread(self.wrt)
        }
        found = {}
        for at, (name, judgement) in enumerate(judged.items()):
            remaining = self.deadline - time.monotonic()
            share = max(remaining / (len(judged) - at), min(remaining, 2 * LOADING))
            found[name] = self.check(name, self.proved(name, judgement, share))
        checks = {name: found[name] for name in self.wrt}
        if not checks:
            return Verification(AGREES, DIGITS, value, {})
        weakest = max(checks, key=lambda name: VERDICTS.index(checks[name].verdict))
        return Verification(checks[weakest].verdict, DIGITS, value, checks, checks[weakest].reason)

    def value(self, deadline: float) -> ValueCheck:
        """The value held against 50 digits."""
        digits = partial(evaluate, self.graph, [self.output], self.point.bindings, DIGITS, algebra)
        found = within(deadline - time.monotonic(), digits, None)
        if found is None:
            return ValueCheck("NaN", float("nan"), "there was no time for 50 digits")
        reference, ulp, far = _measured(self.point.value, found[0])
        return ValueCheck(reference, ulp, far and LOST + far)

    def check_numerically(self, name: str) -> Judgement:
        """One derivative held against Taylor arithmetic, at kinks against expansions to both sides."""
        if not is_available():
            return Judgement(UNCHECKED, reason="nothing can be told without python-flint")
        claim = evaluate(self.graph, [self.gradient[name]], self.point.bindings, DIGITS, algebra)[0]
        if claim != claim and isfinite(self.point.gradient[name]):
            # The rules have none, as for sqrt(x^2 + y^2)^2 at 0, where the number that was given out is the slope.
            found = judge(MP.mpf(self.point.gradient[name]), self.slopes, self.wrt[name])
            if found.verdict == REFUTED and ulps(self.point.gradient[name], found.reference) <= TOLERATED:
                return NO_TIME  # it is but rounded: the digits of the rules are not settled
            return found._replace(reason=found.reason or "the rules give no number here, and both sides this slope")
        return self.apply_conventions(name, claim, judge(claim, self.slopes, self.wrt[name]))

    def apply_conventions(self, name: str, claim: Number, found: Judgement) -> Judgement:
        """A judgement with the conventions at kinks taken into account."""
        node = self.wrt[name]
        if found.verdict != REFUTED and not found.one_sided:
            return found
        kinked = bool(kinks(self.slopes, node))
        if found.one_sided or (kinked and not found.smooth):
            return by_convention(found, claim, self.gradient[name], self.slopes, node)
        return self.cancelling_kinks(name, claim, found) if kinked else found

    def cancelling_kinks(self, name: str, claim: Number, found: Judgement) -> Judgement:
        """A judgement at kinks that cancel: relu(x) - relu(-x) is x, though rule by rule its slope at 0 is 0."""
        right = ulps(self.point.gradient[name], found.reference) <= TOLERATED
        slope, rules = number_text(found.reference, 6), number_text(claim, 6)
        reason = f"the slopes from both sides are {slope}, where the conventions at kinks, rule by rule, give {rules}"
        return found._replace(verdict=AGREES if right else REFUTED, reason=reason)

    def proved(self, name: str, judgement: Judgement, seconds: float) -> Judgement:
        """A judgement made a proof where SymPy agrees; a convention there, where no number can be had."""
        if min(seconds, left()) < LOADING:
            return judgement
        flat = judgement.undefined_both_sides and judgement.verdict == UNCHECKED and self.point.gradient[name] == 0
        if flat and (shown := self.evidence(name, seconds)) and shown.proved:
            return judgement._replace(verdict=AGREES, reason=f"{judgement.reason}; it counts as flat by convention")
        if not judgement.overlaps and (judgement.verdict != AGREES or not judgement.smooth or judgement.reason):
            return judgement
        found = self.evidence(name, seconds)
        if found and found.proved:
            return judgement._replace(verdict=PROVED, reason="")
        return unproved(judgement, found.gap) if found and not judgement.overlaps else judgement

    def evidence(self, name: str, seconds: float) -> "Evidence | None":
        """What SymPy's own derivative says; None where there is no time to load it."""
        if not has_alarm() and self.output > SMALL:
            return None
        until = time.monotonic() + seconds
        module = within(seconds, partial(loaded, "evidence"), None)
        nodes = self.output, self.gradient[name], self.wrt[name]
        if module is None:
            return None
        found: Evidence = module.evidence(self.graph, *nodes, self.point.bindings, until - time.monotonic())
        return found

    def check(self, name: str, judgement: Judgement) -> DerivativeCheck:
        """What is told of one derivative."""
        reference, ulp, far = _measured(self.point.gradient[name], judgement.reference)
        if judgement.verdict == REFUTED:
            reason = "; ".join(filter(None, (judgement.reason, far and f"gradcli {far}")))
            return DerivativeCheck(REFUTED, reference, ulp, reason)
        return DerivativeCheck(judgement.verdict, reference, ulp, judgement.reason, far and LOST + far)


def spread(names: Iterable[str]) -> list[str]:
    """Names in an order in which the first entries of all arrays come first, then the second ones, and so on.

    >>> spread(["W[1]", "W[2]", "W[3]", "b[1]", "c"])
    ['W[1]', 'b[1]', 'c', 'W[2]', 'W[3]']
    """
    seen: Counter[str] = Counter()
    ranked = []
    for name in names:
        array = name.partition("[")[0]
        ranked.append((seen[array], name))
        seen[array] += 1
    return [name for _, name in sorted(ranked, key=lambda each: each[0])]


def _measured(double: float, reference: Number) -> tuple[str, float, str]:
    """The reference in decimals, the distance of the double from it, and both numbers in words where that is far."""
    text, ulp = number_text(reference, DIGITS), ulps(double, reference)
    if ulp <= TOLERATED or reference != reference:
        return text, ulp, ""
    return text, ulp, f"gives {double!r} for {number_text(reference, 17)}"
