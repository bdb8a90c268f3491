"""One operator, one row: a made-up operator that has nothing but its row is everywhere that operators are."""

import json
import subprocess
import sys
from math import cos, exp, sin
from pathlib import Path

import made_up
import mpmath
import pytest

PROGRAM = str(Path(made_up.__file__))


def ran(*arguments: str, stdin: str = "") -> str:
    """What gradcli prints that knows the made-up operators; it must end well."""
    done = subprocess.run(
        [sys.executable, PROGRAM, *arguments], input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_parsed_and_evaluated_and_differentiated() -> None:
    answer = json.loads(ran("grad", "wavelet(x*w, 0.3) + hinge(w)", "--x", "0.7", "--w", "2", "--json"))
    slope = -exp(-0.3 * 1.4**2) * (0.6 * 1.4 * cos(1.4) + sin(1.4))
    assert answer["value"] == pytest.approx(exp(-0.3 * 1.4**2) * cos(1.4) + 1, rel=1e-15)
    assert answer["gradient"] == pytest.approx({"x": 2 * slope, "w": 0.7 * slope + 2}, rel=1e-14)


def test_it_has_as_many_digits_as_are_asked_for() -> None:
    with mpmath.workdps(40):
        truth = mpmath.nstr(mpmath.exp(mpmath.mpf("-0.5")) * mpmath.cos(1), 30)
    assert ran("eval", "ripple(x)", "--x", "1", "--precision", "30", "--format", "plain") == f"f\t{truth}\n"


@pytest.mark.one_in(3)
@pytest.mark.parametrize("engine", ["llvm", "blocks", "python"])
def test_every_engine_computes_it(engine: str) -> None:
    rows = ran("map", "ripple(x) + hinge(x)", "--engine", engine, "--only", stdin="x\n1\n2\n").splitlines()[1:]
    for x, row in zip((1.0, 2.0), rows, strict=True):
        value, slope = map(float, row.split(","))
        assert value == pytest.approx(exp(-(x**2) / 2) * cos(x) + (x - 1) ** 2, rel=1e-15)
        assert slope == pytest.approx(-exp(-(x**2) / 2) * (x * cos(x) + sin(x)) + 2 * (x - 1), rel=1e-15)


@pytest.mark.slow
def test_its_two_derivatives_are_verified() -> None:
    checked = json.loads(ran("check", "ripple(x)", "--json", "--seconds", "20"))
    assert [item["verdict"] for item in checked["checks"] if item["order"]] == ["proved", "proved"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("formula", "claim"),
    [("f = ripple(x, a)", "df/da = -x^2*exp(-a*x^2)*cos(x)"), ("f = hinge(x)", "df/dx = 2*max(0, x - 1)")],
)
def test_claims_about_it_are_proved(formula: str, claim: str) -> None:
    assert "\tproved\t" in ran("check", formula, "--claim", claim, "--format", "plain", "--seconds", "20")


def test_it_is_listed_and_written_as_latex() -> None:
    assert "also called\twavelet" in ran("rules", "ripple", "--format", "plain")
    assert "gradient\tgates: scales the gradient by twice" in ran("rules", "hinge", "--format", "plain")
    assert "ripple(x, a = 0.5)" in ran("rules")
    assert r"\operatorname{ripple}_{0.5}(x)" in ran("grad", "ripple(x)", "--x", "1", "--format", "latex")
