"""--verify on arrays: nested in JSON, counted by array in a line, a row for each large array on a page."""

import json

from conftest import Gradcli

from gradcli.evaluate.gradient import Point
from gradcli.language.program import parse
from gradcli.show.console import console, drawn
from gradcli.show.report import Report
from gradcli.show.verified import verified
from gradcli.verify.verification import DerivativeCheck, ValueCheck, Verification

LOSS = "L = sum((W @ x)^2)"


def test_verdicts_are_nested_as_gradients_are_and_told_by_array(gradcli: Gradcli) -> None:
    bound = "--W", "[[1, 2], [3, 4]]", "--x", "[1, -1]"
    code, out, _ = gradcli("grad", LOSS, *bound, "--verify", "--json")
    answer = json.loads(out)
    assert (code, answer["gradient"]) == (0, {"W": [[-2.0, 2.0], [-2.0, 2.0]], "x": [-8.0, -12.0]})
    checks = answer["verification"]["gradient"]
    assert [[it["reference"] for it in row] for row in checks["W"]] == [["-2", "2"], ["-2", "2"]]
    assert {it["verdict"] for it in checks["x"]} == {"proved"}
    _, _, err = gradcli("grad", LOSS, *bound, "--verify")
    assert err == "note: verified: proved (W proved, x proved)\n"


def test_a_large_array_is_one_row_with_its_weakest_verdict() -> None:
    names = [f"x[{at}]" for at in range(1, 102)]
    program = parse("x: [101]; b*sum(x)")
    gradient = {name: DerivativeCheck("proved", "1", 0.25) for name in names} | {
        "b": DerivativeCheck("agrees", "3", 0.5)
    }
    gradient["x[7]"] = DerivativeCheck("unchecked", "NaN", 2.0, "there was no time to check it")
    point = Point(dict.fromkeys(gradient, 1.0), 101.0, dict.fromkeys(gradient, 1.0))
    verification = Verification("unchecked", 50, ValueCheck("101", 0.0), gradient)
    text = drawn(console("never"), verified(Report(program, point, None, (), verification=verification)))
    rows = [line.split() for line in text.splitlines()]
    assert ["∂f/∂x", "[101]", "unchecked", "2"] in rows
    assert ["∂f/∂b", "agrees", "3", "0.5"] in rows
    assert "1 of 101 entries are unchecked; there was no time to check it" in text
