"""What gradcli says of formulas whose truth is known, and which of it is wrong.

A number is right within 16 ulp under `auto`, nearest under `exact`, and rounded rightly in decimals; it may be left
open, if that is said. A claim that is false is neither proved nor agrees, one that is true is not refuted.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import inf, isfinite, isnan, ulp
from random import Random
from typing import NamedTuple

from cancelling import NEARLY, Formula
from mpmath import mp
from terms import NO_NUMBER, Real, Term, derivative, number, numbers, text

import gradcli
from gradcli.errors import LimitError, Notice
from gradcli.time_limit import within
from gradcli.verify import verify

COARSE, FINE, FINEST = 900, 2000, 12_000
"""Digits by which the truth is worked out twice, and those by which a 0 is one."""
AGREED = 700
LADDER = (60, 500, 4000, 30_000)
"""Digits of mpmath that are tried to confirm an identity."""
DIGITS = (1, 7, 17, 30, 50, 120, 400)
CLAIMS = 2
"""Wrong claims about each slope."""
SHARE = 0.2
"""Of formulas that `auto` leaves open so many are tried with other precisions too."""
DECIDED, EQUAL = mp.mpf(10) ** -39, mp.mpf(10) ** -600
"""What is not as near to the truth may not agree; what is nearer is the truth, for no claim is made to differ by less."""
LEAST, GREATEST = mp.ldexp(1, -1075), mp.mpf(2) ** 1024 * (1 - mp.mpf(2) ** -54)
PROMISED = 16


class Patience(NamedTuple):
    """Seconds that an answer may take, a verification, and the check of a claim."""

    answer: float = 60.0
    verify: float = 3.0
    check: float = 2.0


class Truth(NamedTuple):
    """The value and the slopes; 0 where they are that exactly. The slopes on both sides where there is a kink."""

    value: Real
    slopes: Mapping[str, Real]
    sides: Mapping[str, tuple[Real, Real]]

    @property
    def all(self) -> list[Real]:
        """The value and the slopes."""
        return [self.value, *self.slopes.values()]


class Said(NamedTuple):
    """One thing that gradcli said of a formula.

    what   which number, or which claim
    how    the precision, or the command
    said   the number or the verdict
    truth  what it should be
    fault  what is wrong with it; empty where nothing is
    open   whether it is left open, and said to be
    zero   whether the truth is exactly 0
    """

    formula: Formula
    what: str
    how: str
    said: str
    truth: str
    seconds: float
    fault: str = ""
    open: bool = False
    zero: bool = False


def truth(formula: Formula) -> Truth | None:
    """Worked out twice from the plain form; None where mpmath does not tell."""
    coarse, fine = (_plain(formula, digits) for digits in (COARSE, FINE))
    if coarse is None or fine is None or not all(map(_same, coarse, fine)):
        return None
    if 0 in fine and [it == 0 for it in fine] != [it == 0 for it in _plain(formula, FINEST) or ()]:
        return None
    slopes = dict(zip(formula.point, fine[1:], strict=True))
    sides = {name: tuple(numbers(it, formula.point, FINE).value for it in both) for name, both in formula.sides.items()}
    return Truth(fine[0], slopes, sides)


def _plain(formula: Formula, digits: int) -> list[Real] | None:
    try:
        found = numbers(formula.plain, formula.point, digits)
    except NO_NUMBER:
        return None
    numbers_ = [found.value, *(found.slopes.get(name, mp.mpf(0)) for name in formula.point)]
    return numbers_ if all(map(mp.isfinite, numbers_)) else None


def _same(one: Real, other: Real) -> bool:
    with mp.workdps(FINE):
        return bool(abs(one - other) <= abs(other) * mp.mpf(10) ** -AGREED)


# -- numbers


def attack(formula: Formula, patience: Patience = Patience()) -> Iterator[Said]:  # noqa: B008 - it does not change
    """All that is said of a formula, judged."""
    true = truth(formula)
    if true is None:
        return
    source = Random(formula.name)
    said = [*of_numbers(formula, true, "auto", patience)]
    yield from said
    if not any(it.open for it in said) or source.random() < SHARE:  # the time that ran out would run out again
        yield from of_numbers(formula, true, "exact", patience)
        yield from of_numbers(formula, true, str(source.choice(DIGITS)), patience)
    yield from of_verify(formula, true, patience)
    for name in formula.point:
        if name in true.sides:
            beyond = formula.sides[name][1] + number(10) ** -30
            yield of_claim(
                formula,
                true._replace(slopes={**true.slopes, name: true.sides[name][1]}),
                name,
                "beyond",
                beyond,
                patience,
            )
        else:
            yield from of_claims(formula, true, name, patience)


def of_numbers(formula: Formula, true: Truth, precision: str, patience: Patience) -> Iterator[Said]:
    """Value and gradient to a precision."""
    began = time.perf_counter()
    answer = _answer(formula, precision, patience)
    took = time.perf_counter() - began
    if answer is None:
        yield Said(formula, "f", precision, "no time", "", took, open=True, zero=0 in true.all)
        return
    left_open = {str(notice.details["of"]): notice for notice in answer.notices if notice.kind == "unsettled"}
    for what, right in _named(true):
        by = what[4:]
        double = answer.gradient[by] if by else answer.value
        notice = left_open.get(what)
        if by in true.sides:
            fault = "" if notice else _fault_at_kink(double, true.sides[by], answer.notices)
            yield Said(formula, what, precision, repr(double), "a kink", took, fault, bool(notice), zero=True)
            continue
        away = isnan(double) and not notice and _is_told(by, answer.notices)
        fault = "" if away else _fault(double, right, notice, 0.5 if precision == "exact" else PROMISED)
        fault = fault or _told(what, right, answer.notices)
        said = repr(double)
        if answer.decimals and not away:
            said = answer.decimals.gradient[by] if by else answer.decimals.value
            fault = fault or _fault_of_text(said, right, int(precision), notice)
        yield Said(formula, what, precision, said, mp.nstr(right, 20), took, fault, bool(notice) or away, right == 0)


def _answer(formula: Formula, precision: str, patience: Patience) -> gradcli.Answer | None:
    """What gradcli answers; None where there is no time for it."""
    try:
        return within(
            patience.answer, lambda: gradcli.answer(text(formula.typed), formula.point, precision=precision), None
        )
    except LimitError:
        return None


def _named(true: Truth) -> list[tuple[str, Real]]:
    return [("f", true.value), *((f"df/d{by}", slope) for by, slope in true.slopes.items())]


def _fault(double: float, right: Real, notice: Notice | None, most: float) -> str:
    if notice:
        below = notice.details.get("below")
        if below and abs(right) > mp.mpf(_power(str(below))):
            return f"it is said to be below {below}"
        return "" if isnan(double) or _off(double, right) <= 0.5 else "it is open and a number"
    if isnan(double):
        return "it is nan, and nothing is said of it"
    off = _off(double, right)
    return f"it is {mp.nstr(off, 3)} ulp off" if off > most * (1 + mp.mpf(10) ** -12) else ""


def _fault_at_kink(double: float, sides: tuple[Real, Real], notices: Sequence[Notice]) -> str:
    """A slope at a kink is one of both or between them, and said to be a convention, or it is none."""
    if not notices:
        return "a kink, and nothing is said of it"
    low, high = min(sides), max(sides)
    with mp.workdps(60):
        slack = (high - low) * mp.mpf("1e-15")
        return "" if isnan(double) or low - slack <= double <= high + slack else "it is not between the slopes"


def _is_told(by: str, notices: Sequence[Notice]) -> bool:
    """Whether it is said that a number is none, and where that came from."""
    return any(it.kind in ("not finite", "kink") and (not by or re.search(rf"\b{by}\b", it.message)) for it in notices)


def _power(below: str) -> Real:
    """A bound as it is written: 1e-2000, 10^(-3.28e3518)."""
    found = re.fullmatch(r"10\^\((.*)\)", below)
    return mp.power(10, mp.mpf(found[1])) if found else mp.mpf(below)


def _off(double: float, right: Real) -> Real:
    """How far a double is from the truth, in ulp; infinities are the right ones beyond the doubles."""
    if abs(right) >= GREATEST:
        return mp.mpf(0) if double == (inf if right > 0 else -inf) else mp.inf
    if not isfinite(double):
        return mp.inf
    if abs(right) <= LEAST:
        return mp.mpf(0) if double == 0 else abs(double) / mp.mpf(ulp(0.0))
    with mp.workdps(60):
        return abs(mp.mpf(double) - right) / ulp(double)


def _told(what: str, right: Real, notices: tuple[Notice, ...]) -> str:
    """What is wrong with a number that a notice tells of: one beyond the doubles."""
    for notice in notices:
        found = re.search(
            rf"(?:^|[ ,]){re.escape(what)} = ([-\d.e+]+)\b.*(beyond the largest|below the least) double", notice.message
        )
        if found and notice.kind == "precision" and "double precision gives" not in notice.message:
            with mp.workdps(60):
                told = mp.mpf(found[1].rstrip("."))
                if abs(told - right) > abs(right) * mp.mpf("1e-6"):
                    return f"a note says {found[1]}"
    return ""


def _fault_of_text(said: str, right: Real, digits: int, notice: Notice | None) -> str:
    if said == "NaN":
        return "" if notice else "NaN in decimals, and nothing is said of it"
    if notice:
        return "" if said == "0" and abs(right) <= LEAST else "it is open and a number in decimals"
    with mp.workdps(digits + 40):
        told = mp.mpf(said)
        if right == 0 or told == 0:
            return "" if told == right else f"{said} in decimals"
        unit = mp.power(10, mp.floor(mp.log10(abs(right))) - digits + 1)
        return (
            ""
            if abs(told - right) <= unit * (mp.mpf(1) / 2 + mp.mpf("1e-9"))
            else "the decimals are not rounded rightly"
        )


# -- verdicts


def of_verify(formula: Formula, true: Truth, patience: Patience) -> Iterator[Said]:
    """gradcli's own verdict on the numbers that it gives."""
    program = gradcli.parse(text(formula.typed))
    answer = _answer(formula, "auto", patience)
    if answer is None:
        return
    point, began = answer.point, time.perf_counter()
    found = verify(program, point, program.variables, seconds=patience.verify)
    took = time.perf_counter() - began
    for name, check in found.gradient.items():
        if name in true.sides:
            continue
        right, own = true.slopes[name], point.gradient[name]
        fault = ""
        if check.verdict == "refuted" and _off(own, right) <= PROMISED:
            fault = "a right slope is refuted"
        elif check.verdict in ("proved", "agrees"):
            if not check.notice if isnan(own) else _off(own, right) > PROMISED:  # the notice has the right number
                fault = "a wrong slope is accepted"
            elif not _reference_right(check.reference, right):
                fault = f"the reference is {check.reference}"
        open_ = check.verdict == "unchecked"
        yield Said(formula, f"df/d{name}", "verify", check.verdict, mp.nstr(right, 20), took, fault, open_, right == 0)


def _reference_right(reference: str, right: Real) -> bool:
    with mp.workdps(100):
        return reference == "NaN" or abs(mp.mpf(reference) - right) <= abs(right) * mp.mpf("1e-48")


WRONG: Mapping[str, Callable[[Term], Term]] = {
    "factor": lambda it: it * (1 + number(10) ** -30),
    "sign": lambda it: -it,
    "relative": lambda it: it + number(10) ** -30 * it,
    "absolute": lambda it: it + number(10) ** -435,
    "farther": lambda it: it * (1 + number(10) ** -300),
    "one more": lambda it: it + 1,
}


def of_claims(formula: Formula, true: Truth, name: str, patience: Patience) -> Iterator[Said]:
    """The derivative as a claim, then with mistakes in it."""
    try:
        right = derivative(formula.plain, name)
    except KeyError:
        return
    own = _value(right, formula.point)
    if own is None or not _near(own, true.slopes[name], mp.mpf(10) ** -100):
        return
    exact = formula.kind not in NEARLY
    if exact:
        yield of_claim(formula, true, name, "right", right, patience)
    source = Random(f"{formula.name} {name}")
    for kind in source.sample(sorted(WRONG), CLAIMS) if exact else ("sign", "one more"):
        yield of_claim(formula, true, name, kind, WRONG[kind](right), patience)


def of_claim(formula: Formula, true: Truth, name: str, kind: str, claim: Term, patience: Patience) -> Said:
    """The verdict on one claim."""
    began = time.perf_counter()
    claims = [f"df/d{name} = {text(claim)}"]
    try:
        verdict = gradcli.check(text(formula.typed), formula.point, claims=claims, seconds=patience.check).verdict
    except LimitError:
        verdict = "unchecked"
    took = time.perf_counter() - began
    right, own = true.slopes[name], _value(claim, formula.point)
    fault = ""
    if own is not None:
        if verdict == "refuted" and (kind == "right" or own == right):
            fault = "a true claim is refuted"
        elif verdict == "proved" and not _near(own, right, EQUAL):
            fault = "a false claim is proved"
        elif verdict == "agrees" and not _near(own, right, DECIDED):
            fault = "a false claim agrees"
    is_open = verdict == "unchecked"
    return Said(formula, f"df/d{name} {kind}", "check", verdict, mp.nstr(right, 20), took, fault, is_open, right == 0)


def _value(it: Term, point: Mapping[str, float]) -> Real | None:
    """The value of a claim; None where mpmath does not tell."""
    try:
        coarse, fine = (numbers(it, point, digits).value for digits in (1500, 3000))
    except NO_NUMBER:
        return None
    with mp.workdps(1500):
        return fine if abs(coarse - fine) <= abs(fine) * mp.mpf(10) ** -700 else None


def _near(one: Real, other: Real, most: Real) -> bool:
    with mp.workdps(1500):
        return bool(abs(one - other) <= abs(other) * most)


# -- the identity itself


def is_confirmed(formula: Formula, seconds: float = inf, ladder: Sequence[int] = LADDER) -> bool:
    """Whether mpmath has the plain form at the point for the formula as it is typed, with one of so many digits.

    It has no word where a jump or a kink is decided by what cancels, and no time for gamma functions of many digits.
    """
    true, deadline = truth(formula), time.monotonic() + seconds
    return true is not None and any(
        within(deadline - time.monotonic(), partial(_is_plain, formula, true, digits), False) for digits in ladder
    )


def _is_plain(formula: Formula, true: Truth, digits: int) -> bool:
    try:
        found = numbers(formula.typed, formula.point, digits)
    except NO_NUMBER:
        return False
    slopes = {by: it for by, it in true.slopes.items() if by not in true.sides}
    pairs = [(found.value, true.value), *((found.slopes.get(by, mp.mpf(0)), it) for by, it in slopes.items())]
    return all(_is_near_in(digits, *pair) for pair in pairs)


def _is_near_in(digits: int, found: Real, right: Real) -> bool:
    with mp.workdps(digits):
        if right:
            return bool(abs(found - right) <= abs(right) * mp.mpf(10) ** -20)
        return bool(abs(found) <= mp.mpf(10) ** -(digits // 3))


__all__ = ["Said", "Truth", "attack", "is_confirmed", "truth"]
