"""Numbers that no double holds, in every form and at every precision. mpmath at 50 digits is the judge."""

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from conftest import Gradcli
from mpmath import mp

Function = Callable[[Any], Any]
BEYOND: dict[str, tuple[float, Function, Function]] = {
    "exp(x)": (710.0, mp.exp, mp.exp),
    "cosh(x)": (711.0, mp.cosh, mp.sinh),
    "sinh(x)": (-712.5, mp.sinh, mp.cosh),
    "exp(-x)": (-1e9, lambda x: mp.exp(-x), lambda x: -mp.exp(-x)),
    "x*exp(x)": (709.0, lambda x: x * mp.exp(x), lambda x: (1 + x) * mp.exp(x)),
    "exp(x)^2": (400.0, lambda x: mp.exp(2 * x), lambda x: 2 * mp.exp(2 * x)),
    "-1/x^2": (1e-160, lambda x: -1 / x**2, lambda x: 2 / x**3),
    "gamma(x)": (172.0, mp.gamma, lambda x: mp.gamma(x) * mp.digamma(x)),
    "x^x": (1000.0, lambda x: x**x, lambda x: x**x * (1 + mp.log(x))),
    "10^x": (1e6, lambda x: mp.mpf(10) ** x, lambda x: mp.mpf(10) ** x * mp.log(10)),
}
"""Formula → where it is beyond the largest double, itself, its slope."""
BELOW: dict[str, tuple[float, Function, Function]] = {
    "exp(x)": (-1000.0, mp.exp, mp.exp),
    "x/4": (5e-324, lambda x: x / 4, lambda x: mp.mpf(1) / 4),
    "x^3": (1e-200, lambda x: x**3, lambda x: 3 * x**2),
    "sigmoid(x)": (-800.0, lambda x: 1 / (1 + mp.exp(-x)), lambda x: mp.exp(-x) / (1 + mp.exp(-x)) ** 2),
}
DIGITS = 20
FORMS = ("plain", "json", "ndjson", "csv", "tsv", "markdown", "latex", "table")


def read(form: str, out: str) -> list[str]:
    """Value and slope as a form has them."""
    if form == "plain":
        return [line.split("\t")[1] for line in out.splitlines()]
    if form == "json":
        told = json.loads(out)["decimals"]
        return [told["value"], told["gradient"]["x"]]
    if form == "ndjson":
        record = json.loads(out, parse_float=str, parse_int=str)
        return [record["f"], record["d_x"]]
    if form in ("csv", "tsv"):
        (record,) = csv.DictReader(io.StringIO(out), delimiter="\t" if form == "tsv" else ",")
        return [record["f"], record["d_x"]]
    found = {
        "markdown": r"\| (?:f|∂f/∂x) \| (\S+) \|",
        "table": r"  (?:f|∂f/∂x) = (\S+)",
        "latex": r"= (\S+(?: \\cdot 10\^\{\S+\})?)(?: \\\\)?\n",
    }
    return [text.replace(" \\cdot 10^{", "e").rstrip("}") for text in re.findall(found[form], out)[:2]]


def truth(case: tuple[float, Function, Function]) -> list[Any]:
    with mp.workdps(50):
        at, value, slope = case
        return [value(mp.mpf(repr(at))), slope(mp.mpf(repr(at)))]


def right(text: str, expected: Any) -> bool:
    with mp.workdps(50):
        return bool(abs(mp.mpf(text) - expected) <= abs(expected) * mp.mpf(10) ** (1 - DIGITS))


@pytest.mark.one_in(4)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("text", "case"), [*BEYOND.items(), *BELOW.items()])
def test_digits_in_every_form(gradcli: Gradcli, text: str, case: Any, form: str) -> None:
    ran = gradcli("grad", text, f"--x={case[0]!r}", "--precision", str(DIGITS), "--format", form)
    assert ran.code == 0, ran
    got = read(form, ran.out)
    assert len(got) == 2
    assert all(map(right, got, truth(case))), (got, truth(case))


@pytest.mark.parametrize("precision", ["auto", "exact", "double"])
@pytest.mark.parametrize(("text", "case"), BEYOND.items())
def test_doubles_are_infinite_and_the_exit_code_says_so(gradcli: Gradcli, text: str, case: Any, precision: str) -> None:
    for command in ("grad", "eval"):
        ran = gradcli(command, text, f"--x={case[0]!r}", "--precision", precision, "--json")
        told = json.loads(ran.out)
        largest = max(truth(case)[: 1 if command == "eval" else 2], key=abs)
        assert ran.code == (3 if abs(largest) > 2**1024 else 0)
        numbers = [told["value"], *told["gradient"].values()]
        for number, expected in zip(numbers, truth(case), strict=False):
            infinite = abs(expected) > 2**1024
            assert not infinite or number == ("Infinity" if expected > 0 else "-Infinity")
            assert infinite or precision == "double" or abs(number / expected - 1) < 1e-14


@pytest.mark.parametrize(("text", "case"), [*BEYOND.items(), *BELOW.items()])
def test_the_notice_has_the_number(gradcli: Gradcli, text: str, case: Any) -> None:
    ran = gradcli("eval", text, f"--x={case[0]!r}")
    found = re.search(r"f = (\S+) is (beyond the largest|below the least) double", ran.err)
    (value, _) = truth(case)
    assert (found is None) == (mp.mpf(2) ** -1075 < abs(value) < 2**1024)
    if found:
        assert abs(mp.mpf(found[1]) / value - 1) < mp.mpf(10) ** -7
        assert (ran.out, ran.code) == (
            ("f\t0\n", 0) if found[2] == "below the least" else (f"f\t{'-' * (value < 0)}inf\n", 3)
        )


def test_the_words_are_short(gradcli: Gradcli) -> None:
    ran = gradcli("eval", "exp(710)")
    assert ran.code == 3
    assert (
        "note: f = 2.2339948e308 is beyond the largest double, 1.8e308; doubles overflow at `exp(710)` = inf" in ran.err
    )
    assert ran.err.count("note:") == 1


@pytest.mark.parametrize("raw", ["f", "x"])
def test_one_number(gradcli: Gradcli, raw: str) -> None:
    arguments = ("grad", "exp(10*x)", "--x", "70.9", "--raw", raw)
    assert gradcli(*arguments).code == (3 if raw == "x" else 0)
    ran = gradcli(*arguments, "--precision", "17")
    assert (ran.code, Decimal(ran.out) > Decimal("8.2e307")) == (0, True)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("1/x^2", "inf", "f\t0\ndf/dx\t0\n"),
        ("1/(1+exp(-x))", "-inf", "f\t0\ndf/dx\t0\n"),
        ("exp(x)", "inf", "f\tinf\ndf/dx\tinf\n"),
        ("abs(x)/x", "nan", "f\tnan\ndf/dx\tnan\n"),
        ("tanh(x)", "-inf", "f\t-1\ndf/dx\t0\n"),
    ],
)
def test_at_infinity(gradcli: Gradcli, text: str, at: str, expected: str) -> None:
    ran = gradcli("grad", text, f"--x={at}")
    assert (ran.out, ran.code) == (expected, 3 if "nan" in expected or "inf" in expected else 0)
    assert gradcli("check", text, f"--x={at}", "--seconds", "20").code in (0, 1, 3)


@pytest.mark.parametrize("precision", ["auto", "20"])
def test_a_proof_beyond_the_doubles(gradcli: Gradcli, precision: str) -> None:
    ran = gradcli("grad", "exp(x)", "--x", "710", "--verify", "--json", "--precision", precision)
    assert json.loads(ran.out)["verification"]["verdict"] == "proved"
    assert ran.code == (3 if precision == "auto" else 0)
    assert "proved" in gradcli("check", "exp(x)", "x=710", "--precision", precision).out


@pytest.mark.parametrize("x", ["710", "-1000"])
def test_a_claim_is_refuted_with_numbers_that_differ(gradcli: Gradcli, x: str) -> None:
    ran = gradcli("check", "exp(x)", f"x={x}", "--claim", "df/dx = 1.0000001*exp(x)")
    claimed, true = re.findall(r"(?:claim gives|derivative is) ([^\s,;]+)", ran.out)
    assert ran.code == 1
    assert abs(mp.mpf(claimed) / mp.mpf(true) - mp.mpf(1.0000001)) < mp.mpf(10) ** -14
    ran = gradcli("check", "exp(x)", f"x={x}", "--claim", "df/dx = exp(x)")
    assert (ran.code, "proved" in ran.out) == (0, True)


@pytest.mark.parametrize("precision", ["auto", "20"])
def test_an_update_that_is_no_number_is_no_success(gradcli: Gradcli, precision: str) -> None:
    ran = gradcli("grad", "exp(x)", "--x", "710", "--lr", "0.1", "--precision", precision)
    assert ran.code == 3
    assert "x_new\t-inf" in ran.out


@pytest.mark.parametrize("precision", ["auto", "exact", "30"])
@pytest.mark.parametrize(
    "function", ["sinc({})", "sinc_n(2, {})", "polygamma(1, {})", "lgamma({})", "cbrt({})", "sin({})"]
)
def test_a_function_of_a_number_far_beyond_doubles_ends(gradcli: Gradcli, function: str, precision: str) -> None:
    for far in ("exp(x*1e200)", "-expm1(x*1e200)"):
        code, _, err = gradcli("grad", function.format(far) + "*0 + x", "--x", "3", "--precision", precision)
        assert code in (0, 3), err
