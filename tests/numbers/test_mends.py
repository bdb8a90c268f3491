"""A mend that is shown is true: it parses, has the names of the text, and the value or the limit that is right."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from mpmath import mp

import gradcli
import gradcli.proof.exact_values  # SymPy is loaded before the time of an answer begins
from gradcli.answers import answered
from gradcli.evaluate.gradient import Gradient
from gradcli.graph.walk import reachable
from gradcli.language import Program, parse
from gradcli.precision.multiprecision import values_at

MEND = re.compile("write `(.*?)` for `(.*?)`(?:$|; )")
SABR = "log((sqrt(1 - 2*rho*z + z^2) + z - rho)/(1 - rho))"
MARKET = {"nu": 0.4, "alpha": 0.2, "F": 100, "K": 100, "b": 0.5, "rho": -0.3}

REMOVABLE = [
    # a formula, a point, and what it tends to there
    ("x/(exp(x)-1)", {"x": 0}, "1"),
    ("x/(1-exp(-x))", {"x": 0}, "1"),
    ("(exp(x)-1)/x", {"x": 0}, "1"),
    ("(exp(a*x)-1)/x", {"x": 0, "a": 3}, "a"),
    ("(exp(a*x)-exp(b*x))/x", {"x": 0, "a": 2, "b": 3}, "a - b"),
    ("(exp(x)-1-x)/x^2", {"x": 0}, "1/2"),
    ("(e^x-1)/x", {"x": 0}, "1"),
    ("x^2/(exp(x)-1-x)", {"x": 0}, "2"),
    ("P*r/(1-(1+r)^-n)", {"P": 100, "r": 0, "n": 10}, "P/n"),
    ("C*r*(1+r)^n/((1+r)^n-1)", {"C": 1000, "r": 0, "n": 12}, "C/n"),
    ("((1+r)^n-1)/r", {"r": 0, "n": 12}, "n"),
    ("A*(1-(1+i)^(-n))/i", {"A": 5, "i": 0, "n": 30}, "A*n"),
    ("P*(1-((1+g)/(1+r))^n)/(r-g)", {"P": 1, "g": 0.05, "r": 0.05, "n": 10}, "P*n/(1+g)"),
    ("(1-exp(-k*t))/k", {"k": 0, "t": 3}, "t"),
    ("(1-exp(-l*t))/(l*t)", {"l": 0, "t": 3}, "1"),
    ("(w*exp(w*T)-w)/w^2", {"w": 0, "T": 2}, "T"),
    ("(x^l-1)/l", {"x": 2, "l": 0}, "log(x)"),
    ("(S^(1-g)-1)/(1-g)", {"S": 2, "g": 1}, "log(S)"),
    ("(a^x-1)/x", {"x": 0, "a": 2}, "log(a)"),
    ("(a^x-b^x)/x", {"x": 0, "a": 2, "b": 5}, "log(a/b)"),
    (f"z=nu/alpha*(F*K)^((1-b)/2)*log(F/K); X={SABR}; z/X", MARKET, "1"),
    (f"z=nu/alpha*(F*K)^((1-b)/2)*log(F/K); z/{SABR}", MARKET, "1"),
    (f"z/{SABR}", {"z": 0, "rho": 0.25}, "1"),
    ("(F-K)/log(F/K)", {"F": 100, "K": 100}, "F"),
    ("(a-b)/(log(a)-log(b))", {"a": 2, "b": 2}, "a"),
    ("(a*log(a)-b*log(b))/(a-b)", {"a": 2, "b": 2}, "log(a)+1"),
    ("(x^2-2*x)/(x-2)", {"x": 2}, "x"),
    ("(x^2-5*x+6)/(x-3)", {"x": 3}, "1"),
    ("(x^2-1)/(x-1)", {"x": 1}, "2"),
    ("(1-x^2)/(1-x)", {"x": 1}, "2"),
    ("(x^3-1)/(x-1)", {"x": 1}, "3"),
    ("(x^3+8)/(x+2)", {"x": -2}, "12"),
    ("(x^n-1)/(x-1)", {"x": 1, "n": 5}, "n"),
    ("(1-q^n)/(1-q)", {"q": 1, "n": 7}, "n"),
    ("(x^2-y^2)/(x-y)", {"x": 1, "y": 1}, "2*x"),
    ("(x^2-y^2)/(y-x)", {"x": 3, "y": 3}, "-2*x"),
    ("(x^n-y^n)/(x-y)", {"x": 2, "y": 2, "n": 3}, "n*x^(n-1)"),
    ("(x-y)/(x^2-y^2)", {"x": 2, "y": 2}, "1/(2*x)"),
    ("(a*x^2+b*x)/x", {"x": 0, "a": 2, "b": 3}, "b"),
    ("(sqrt(x)-2)/(x-4)", {"x": 4}, "1/4"),
    ("(sqrt(1+x)-1)/x", {"x": 0}, "1/2"),
    ("(sqrt(x+h)-sqrt(x))/h", {"x": 4, "h": 0}, "1/(2*sqrt(x))"),
    ("((x+h)^3-x^3)/h", {"x": 2, "h": 0}, "3*x^2"),
    ("(1/(x+h)-1/x)/h", {"x": 2, "h": 0}, "-1/x^2"),
    ("(sin(x)-sin(a))/(x-a)", {"x": 1, "a": 1}, "cos(a)"),
    ("sin(x)/x", {"x": 0}, "1"),
    ("sin(a*x)/x", {"x": 0, "a": 3}, "a"),
    ("sin(3*x)/(3*x)", {"x": 0}, "1"),
    ("sin(x)^2/x^2", {"x": 0}, "1"),
    ("x/sin(x)", {"x": 0}, "1"),
    ("sin(pi*x)/(x-1)", {"x": 1}, "-pi"),
    ("(x-sin(x))/x^3", {"x": 0}, "1/6"),
    ("(1-cos(x))/x^2", {"x": 0}, "1/2"),
    ("(1-cos(x))/x", {"x": 0}, "0"),
    ("(1-cos(3*x))/(x*sin(x))", {"x": 0}, "9/2"),
    ("(cos(x)-1)/sin(x)", {"x": 0}, "0"),
    ("tan(x)/x", {"x": 0}, "1"),
    ("x/tan(x)", {"x": 0}, "1"),
    ("(tan(x)-sin(x))/x^3", {"x": 0}, "1/2"),
    ("sinh(x)/x", {"x": 0}, "1"),
    ("tanh(x)/x", {"x": 0}, "1"),
    ("1/tanh(x)-1/x", {"x": 0}, "0"),
    ("atan(x)/x", {"x": 0}, "1"),
    ("asin(x)/x", {"x": 0}, "1"),
    ("atanh(x)/x", {"x": 0}, "1"),
    ("erf(x)/x", {"x": 0}, "2/sqrt(pi)"),
    ("log(1+x)/x", {"x": 0}, "1"),
    ("log1p(x)/x", {"x": 0}, "1"),
    ("expm1(x)/x", {"x": 0}, "1"),
    ("log(x)/(x-1)", {"x": 1}, "1"),
    ("(x-1)/log(x)", {"x": 1}, "1"),
    ("(x*log(x)-x+1)/(x-1)^2", {"x": 1}, "1/2"),
    ("log(cosh(x))/x^2", {"x": 0}, "1/2"),
    ("(gamma(1+x)-1)/x", {"x": 0}, "digamma(1)"),
    ("(softplus(x)-log(2))/x", {"x": 0}, "1/2"),
    ("(sigmoid(x)-1/2)/x", {"x": 0}, "1/4"),
    ("1/x-1/sin(x)", {"x": 0}, "0"),
    ("1/(exp(x)-1)-1/x", {"x": 0}, "-1/2"),
    ("1/log(1+x)-1/x", {"x": 0}, "1/2"),
    ("1/x^2-1/sin(x)^2", {"x": 0}, "-1/3"),
    ("x*(1/sin(x))", {"x": 0}, "1"),
    ("x*gamma(x)", {"x": 0}, "1"),
    ("digamma(x)*x", {"x": 0}, "-1"),
    ("(1+x)^(1/x)", {"x": 0}, "e"),
    ("(1+a*x)^(1/x)", {"x": 0, "a": 2}, "exp(a)"),
    ("cos(x)^(1/x^2)", {"x": 0}, "exp(-1/2)"),
    ("x*sin(1/x)", {"x": 0}, "0"),
    ("x*log(x)", {"x": 0}, "0"),
    ("log(x)*x", {"x": 0}, "0"),
    ("-log(x)*x", {"x": 0}, "0"),
    ("x^2*log(x)", {"x": 0}, "0"),
    ("sqrt(x)*log(x)", {"x": 0}, "0"),
    ("x*log(x)^2", {"x": 0}, "0"),
    ("p*log(1/p)", {"p": 0}, "0"),
    ("-p*log2(p)", {"p": 0}, "0"),
    ("p*log10(p)", {"p": 0}, "0"),
    ("log2(p)*p", {"p": 0}, "0"),
    ("p*log(p, b)", {"p": 0, "b": 3}, "0"),
    ("q*log(p)*p", {"p": 0, "q": 2}, "0"),
    ("p*(log10(p)/n)", {"p": 0, "n": 2}, "0"),
    ("p^2*log2(p)/(1+p)", {"p": 0}, "0"),
    ("(1-p)*log1p(-p)", {"p": 1}, "0"),
    ("p*log(p/q)", {"p": 0, "q": 0.5}, "0"),
    ("p*(log(p)-log(q))", {"p": 0, "q": 0.5}, "0"),
    ("`my x`*log(`my x`)", {"my x": 0}, "0"),
    ("C(t)=t*log(t); C(u)", {"u": 0}, "0"),
    ("B(t)=t/(exp(t)-1); B(u)*u^2 + B(v)", {"u": 0, "v": 1}, "1"),
    ("-p*log2(p)-(1-p)*log2(1-p)", {"p": 0}, "0"),
    ("-p*log2(p)-(1-p)*log2(1-p)", {"p": 1}, "0"),
    ("p*log(p/q)+(1-p)*log((1-p)/(1-q))", {"p": 1, "q": 0.3}, "0"),
    ("s = x + y; s*log(s)", {"x": 0, "y": 0}, "0"),
    ("(x^2-y^2)/(x-y)", {"x": 0, "y": 0}, "0"),
    ("(F^(1-b)-K^(1-b))/(1-b)", {"F": 100, "K": 100, "b": 1}, "0"),
    ("x*y/y", {"x": 3, "y": 0}, "x"),
]  # fmt: skip

NOTHING = [
    # formulas at points where they have no value and tend to none, or where what is lost is so in truth
    ("1/x", {"x": 0}),
    ("x/y", {"x": 0, "y": 0}),
    ("acos(x/y)", {"x": 0, "y": 0}),
    ("acos(y/x)", {"x": 0, "y": 0}),
    ("max(1, (x*y)^sqrt(x)*1.5)", {"x": 0, "y": 0}),
    ("normal_cdf(pi/y)", {"y": 0}),
    ("log(tan(atanh(x)))", {"x": 1}),
    ("(1-2)^(0^x)", {"x": 0}),
    ("atan(cbrt(y)^(y/x))", {"x": 0, "y": 1}),
    ("atan(y/0)", {"y": 3}),
    ("log2((1-pi)*y^x)", {"x": -1, "y": 0}),
    ("x*y/(x^2+y^2)", {"x": 0, "y": 0}),
    ("x^2*y/(x^4+y^2)", {"x": 0, "y": 0}),
    ("x*y/(x+y)", {"x": 0, "y": 0}),
    ("x*log(y)", {"x": 0, "y": 0}),
    ("x*log(x+y)", {"x": 0, "y": 0}),
    ("acos((x*11.25+y*20)/(sqrt(x^2+y^2)*sqrt(11.25^2+20^2)))", {"x": 2.25, "y": 4}),
    ("(x-1)*log(x^2-y^2)", {"x": 1, "y": 1}),
    ("abs(x)/x", {"x": 0}),
    ("x/abs(x)", {"x": 0}),
    ("1/(x-1)^2", {"x": 1}),
    ("x/x^3", {"x": 0}),
    ("exp(x)/x", {"x": 0}),
    ("x*exp(1/x)", {"x": 0}),
    ("exp(-1/x)/x", {"x": 0}),
    ("sin(1/x)", {"x": 0}),
    ("log(x)", {"x": 0}),
    ("log(x)", {"x": -1}),
    ("log2(x)/x", {"x": 0}),
    ("1/log(x)", {"x": 1}),
    ("log1p(x)", {"x": -1}),
    ("log(log(x))", {"x": 1}),
    ("sqrt(x)", {"x": -1}),
    ("sqrt(x)", {"x": 0}),
    ("cbrt(x)", {"x": 0}),
    ("sqrt(x)/x", {"x": 0}),
    ("acos(x)", {"x": 2}),
    ("asin(x)", {"x": 1}),
    ("atanh(x)", {"x": 1}),
    ("acosh(x)", {"x": 0.5}),
    ("gamma(x)", {"x": 0}),
    ("gamma(x)", {"x": -2}),
    ("x^-1", {"x": 0}),
    ("x^-0.5", {"x": 0}),
    ("x^0.5", {"x": -3}),
    ("x^x", {"x": -0.5}),
    ("x^x", {"x": 0}),
    ("x^(1/3)", {"x": -8}),
    ("(x+y)/(x-y)", {"x": 1, "y": 1}),
    ("where(x > 0, log(x - 1), 1/x)", {"x": 1}),
    ("1/(x - x)", {"x": 2}),
    ("floor(x)/x", {"x": 0}),
    ("exp(x)", {"x": 1000}),
    ("x - y", {"x": float("inf"), "y": float("inf")}),
    ("nan*x", {"x": 1}),
]  # fmt: skip

AROUND = [
    "3*({}) + other",
    "exp({})",
    "({})^2*other",
    "u = {}; u^2 + 1",
    "1/(2 + ({}))",
    "-({})/other",
    "kept = {}; kept",
]


@pytest.mark.parametrize(("text", "point", "limit"), REMOVABLE)
def test_what_a_formula_tends_to_is_told(text: str, point: dict[str, float], limit: str) -> None:
    found = mends(text, point)
    assert found
    program, new = tried(text, point, *found[0])
    wanted = parse(limit, variables=point)
    assert digits(program, new, point) == pytest.approx(
        float(digits(wanted, wanted.output, point)), rel=1e-14, abs=1e-14
    )


@pytest.mark.parametrize(("text", "point"), NOTHING)
def test_nothing_is_told_to_stand_for_what_has_no_value(text: str, point: dict[str, float]) -> None:
    assert mends(text, point) == []


@pytest.mark.sample(7)
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("text", "point"), [case[:2] for case in REMOVABLE if ";" not in case[0]] + NOTHING)
def test_every_mend_that_is_shown_is_right(text: str, point: dict[str, float], around: str) -> None:
    whole, given = around.format(text), {**point, **({"other": 1.5} if "other" in around else {})}
    for mend in mends(whole, given):
        tried(whole, given, *mend)


@pytest.mark.parametrize("function", ["sin", "exp", "tan"])
def test_where_two_variables_are_the_same_the_limit_is_that_of_all_such_points(function: str) -> None:
    text = f"({function}(x) - {function}(y))/(x - y)"
    ((new, _),) = mends(text, {"x": 0, "y": 0})
    assert gradcli.value(new, x=1, y=1) == pytest.approx(gradcli.gradient(f"{function}(x)", x=1)["x"], rel=1e-14)


def test_a_condition_tells_the_place_and_nothing_around_it() -> None:
    ((new, _),) = mends("max(step(y)/digamma(x), 1/2)", {"x": -1, "y": 1})
    assert new == "where(x == -1, 0, step(y)/digamma(x))"


def test_a_long_formula_has_no_mend_that_nobody_could_read() -> None:
    assert mends("sqrt(" * 1_000 + "x" + ")" * 1_000, {"x": 0}) == []


@pytest.mark.parametrize("precision", ["double", "30"])
def test_a_mend_is_the_same_at_every_precision(precision: str) -> None:
    assert mends("x/(exp(x)-1)", {"x": 0}, precision) == [("where(x == 0, 1, x/(exp(x) - 1))", "x/(exp(x) - 1)")]


def test_what_left_the_domain_by_rounding_is_kept_there() -> None:
    point = {"x": 0.1, "y": 0.7}
    text = "acos((x*x + y*y)/sqrt((x*x + y*y)*(x*x + y*y)*(1 - 1e-16)))"
    for mend in mends(text, point, "double"):
        tried(text, point, *mend)


def mends(text: str, point: Mapping[str, float], precision: str = "auto") -> list[tuple[str, str]]:
    """What is told to be written, and for what."""
    program = parse(text, variables=point)
    bindings = {name: float(point[name]) for name in program.variables}
    notices = answered(program, bindings, program.variables, precision).notices
    shown = [notice.message for notice in notices if "write `" in notice.message]
    found = [match.groups() for message in shown for match in [MEND.search(message)] if match]
    assert len(found) == len(shown)
    return [(new, old) for new, old in found]


def tried(text: str, point: Mapping[str, float], new: str, old: str) -> tuple[Program, int]:
    """A mend after the program's own definitions, found right at the point and beside it."""
    definitions, _, _ = text.rpartition(";")
    mended, before = (parse(f"{definitions}; {shown}", variables=point) for shown in (new, old))
    assert mended.variables.keys() <= point.keys()
    doubled = Gradient(mended, {}).at({name: float(point[name]) for name in mended.variables}).value
    here = digits(mended, mended.output, point)
    assert doubled == pytest.approx(float(here), rel=1e-12, abs=1e-300)
    beside = [limit_of(before, moved) for moved in steps(point, "1e-60")]
    known = [value for value in beside if mp.isfinite(value)]
    assert known
    assert all(abs(value - here) <= mp.mpf("1e-15") * (1 + abs(here)) for value in known)
    for moved in steps(point, "1e-3"):
        value, better = limit_of(before, moved), digits(mended, mended.output, moved)
        assert not mp.isfinite(value) or abs(value - better) <= mp.mpf("1e-40") * (1 + abs(value))
    return mended, mended.output


def steps(point: Mapping[str, float], size: str) -> list[dict[str, Any]]:
    """Points beside another one: every variable moved, and each where others stand."""
    with mp.workdps(500):
        moves = [{name: mp.mpf(size) * way * (1 + mp.mpf(at) / 7) for at, name in enumerate(point)} for way in (-1, 1)]
        moves += [{name: mp.mpf(size) * way} for name in point for way in (-1, 1)]
        return [{name: mp.mpf(value) + move.get(name, 0) for name, value in point.items()} for move in moves]


def digits(program: Program, node: int, point: Mapping[str, Any]) -> Any:
    """The value of a node in 400 digits."""
    return values_at(program.graph, reachable(program.graph, [node]), point, 400)[node]


def limit_of(program: Program, point: Mapping[str, Any]) -> Any:
    """The same of a formula whose value counts, which those of 1^inf and inf^0 do not."""
    graph, output = program.graph, program.output
    needed = reachable(graph, [output])
    values = values_at(graph, needed, point, 400)
    powers = [graph.operands[at] for at, flag in enumerate(needed) if flag and graph.operators[at] == "pow"]
    return values[output] if all(mp.isfinite(values[at]) for operands in powers for at in operands) else mp.nan
