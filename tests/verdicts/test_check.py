"""`gradcli check`: formats, exit codes, files of claims, and gradcli's check of itself."""

import json
import math
from pathlib import Path

import pytest
from conftest import Gradcli

LOSS = "y = x*w; L = (y - target)^2"
RIGHT, WRONG = "dL/dy = 2*(y - target)", "dL/dw = 2*(y - target)"


def test_plain_is_a_line_a_claim(gradcli: Gradcli) -> None:
    code, out, err = gradcli("check", "(x*w-2)**2", "--claim", "dL/dw = 2*(x*w - 2)")
    assert (code, err) == (1, "")
    assert out == (
        "dL/dw = 2*(x*w - 2)\trefuted\tat x = 2, w = 3 the claim gives 8, the derivative is 16; "
        "the inner derivative ∂(x*w)/∂w = x is missing: the chain rule multiplies by it\n"
    )


def test_several_claims_name_the_first_wrong_step(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("check", LOSS, "--claim", RIGHT, "--claim", WRONG)
    lines = [line.split("\t") for line in out.splitlines()]
    assert code == 1
    assert [line[:2] for line in lines] == [[RIGHT, "proved"], [WRONG, "refuted"], ["chain", "refuted"]]
    assert lines[2][2] == "the first wrong step is the one from `y` to `w`: dL/dy is right, dL/dw is not"


def test_json_has_a_record_a_claim(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("check", LOSS, "--claim", WRONG, "--claim", RIGHT, "--target", "2", "--json")
    answer = json.loads(out)
    wrong, right = answer["claims"]
    assert code == 1
    assert (answer["output"], answer["bindings"], answer["verdict"]) == ("L", {"target": 2.0}, "refuted")
    assert (wrong["claim"], wrong["of"], wrong["by"], wrong["verdict"]) == (WRONG, "L", "w", "refuted")
    assert wrong["counterexample"] == {"target": 2.0, "x": 2.0, "w": 3.0}
    assert (wrong["claimed"], wrong["true"]) == (8.0, 16.0)
    assert "∂y/∂w = x is missing" in wrong["diagnosis"]
    assert (right["verdict"], right["counterexample"], right["diagnosis"]) == ("proved", None, None)


def test_the_page(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("check", LOSS, "--claim", RIGHT, "--claim", WRONG, "--format", "table", "--digits", "4")
    assert code == 1
    assert "proved     dL/dy" in out
    assert "refuted    dL/dw" in out
    assert max(map(len, out.splitlines())) <= 80


def test_all_right_is_0(gradcli: Gradcli) -> None:
    assert gradcli("check", LOSS, "--claim", RIGHT, "--claim", "dy/dw = x").code == 0


def test_no_domain_is_3(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("check", "log(-1 - x^2)", "--claim", "df/dx = 1")
    assert (code, out) == (3, "df/dx = 1\tunchecked\tno point was found where df/dx has a value\n")
    assert gradcli("check", "log(-1 - x^2)").code == 3


def test_claims_from_a_file_and_from_standard_input(gradcli: Gradcli, tmp_path: Path) -> None:
    text = f"# the loss\n{RIGHT}\n\n  {WRONG}  # hm\n"
    path = tmp_path / "claims.txt"
    path.write_text(text, encoding="utf-8")
    code, out, _ = gradcli("check", LOSS, "--claims", str(path))
    assert code == 1
    assert [line.split("\t")[0] for line in out.splitlines()] == [RIGHT, WRONG, "chain"]
    assert gradcli("check", LOSS, "--claims", "-", stdin=text).out == out


@pytest.mark.parametrize("text", ["", "# nothing\n", b"\xff"])
def test_a_file_without_claims_is_4(gradcli: Gradcli, text: str | bytes) -> None:
    code, out, err = gradcli("check", LOSS, "--claims", "-", stdin=text)
    assert (code, out) == (4, "")
    assert err.startswith("error: ")


def test_a_mistake_in_a_file_says_the_line(gradcli: Gradcli) -> None:
    code, _, err = gradcli("check", LOSS, "--claims", "-", stdin=f"{RIGHT}\ndL/dw = 2*q\n")
    assert code == 2
    assert "in standard input, line 2:\n   dL/dw = 2*q\n             ^" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([LOSS, "--claim", "dL/dq = 1"], "`q` is no variable and no named node"),
        ([LOSS, "--claim", "dL/dw = 2*(x"], "`)` of `(` is missing"),
        ([LOSS, "--claim", "dL/dpi = 1"], "a derivative is by a variable or a named node"),
        ([LOSS, "--claim", "w"], "this is no claim"),
        ([LOSS, "--claim", "dL/dw = \udcff"], "a byte that is not UTF-8"),
        ([LOSS, "--claim", "dL/dw = \x1b[31m"], "invisible character U+001B"),
        ([LOSS, "--claim", RIGHT, "--wrt", "w"], "--wrt is for a check without claims"),
        ([LOSS, "--claim", RIGHT, "--precision", "double"], "--precision is for a check without claims"),
        ([LOSS, "--precision", "much"], "`much` is no precision"),
        ([LOSS, "--claim", RIGHT, "--precison", "9"], "did you mean --precision?"),
        ([LOSS, RIGHT], 'write --claim "dL/dy = 2*(y - target)"'),
        ([LOSS, "--claims", RIGHT], "for the claim itself write --claim"),
        ([LOSS, "--claim", RIGHT, "--format", "csv"], "check has no form csv"),
        ([LOSS, "--claim", RIGHT, "--q", "1"], "--q is neither a variable"),
        ([LOSS, "--claim", RIGHT, "--y", "1"], "`y` is defined in the expression"),
        (["-", "--claims", "-"], "standard input can be read once only"),
        ([LOSS, "--claim"], "--claim needs a value"),
        ([LOSS, "--seconds", "-1"], "'--seconds'"),
        (["x**", "--claim", RIGHT], "in expression"),
    ],
)
def test_what_was_typed_wrong_is_2(gradcli: Gradcli, arguments: list[str], said: str) -> None:
    code, out, err = gradcli("check", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "\x1b" not in err


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "right", ["9^9^9^9", "(" * 20_000 + "x" + ")" * 20_000, "exp(exp(exp(exp(x))))", "1e308*1e308", "x" + "+x" * 20_000]
)
def test_a_monstrous_claim_is_answered(gradcli: Gradcli, right: str) -> None:
    assert gradcli("check", "x^2", "--claim", f"df/dx = {right}", "--seconds", "3").code == 1


def test_without_claims_gradcli_checks_itself(gradcli: Gradcli) -> None:
    code, out, err = gradcli("check", "(x*w-2)**2", "--x", "2", "--w", "3", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert (answer["verdict"], answer["points"]) == ("proved", 1)
    found = {check["quantity"]: check for check in answer["checks"]}
    references = {name: check["reference"] for name, check in found.items()}
    assert references == {"f": "16", "df/dx": "24", "df/dw": "16", "d2f/dx2": "18", "d2f/dxdw": "20", "d2f/dw2": "8"}
    for name in ("df/dx", "df/dw", "d2f/dx2", "d2f/dxdw", "d2f/dw2"):
        differences = found[name]["differences"]
        assert abs(differences["value"] - float(references[name])) <= 10 * differences["error"] < 1e-9
        assert (found[name]["verdict"], found[name]["ulp"]) == ("proved", 0.0)


def test_without_numbers_points_are_sampled(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("check", "x*tanh(w)*exp(-x*w)", "--json")
    answer = json.loads(out)
    assert (code, answer["points"]) == (0, 6)
    assert {check["order"] for check in answer["checks"]} == {0, 1, 2}
    assert all(check["verdict"] in ("proved", "agrees") for check in answer["checks"])


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    "formula", ["x*y", "5", "relu(x)", "sin(x)/x", "where(x > 0, sqrt(x), 0)", "gamma(x)", "|x|*y"]
)
def test_gradcli_is_right(gradcli: Gradcli, formula: str) -> None:
    code, out, err = gradcli("check", formula)
    assert (code, err) == (0, "")
    assert "refuted" not in out


LOSES = ("check", "(1 - cos(x))/x^2", "--x", "1e-7")
"""Its value is 1/2 - x^2/24, and plain doubles have three digits of that."""


@pytest.mark.parametrize(
    ("precision", "most"), [((), 16), (("--precision", "auto"), 16), (("--precision", "exact"), 0.5)]
)
def test_what_is_checked_is_what_grad_answers(gradcli: Gradcli, precision: tuple[str, ...], most: float) -> None:
    code, out, _ = gradcli(*LOSES, *precision, "--json")
    checks = json.loads(out)["checks"]
    assert code == 0
    assert checks[0]["reference"].startswith("0.49999999999999958333")
    assert all(check["ulp"] <= most for check in checks)


def test_digits_that_plain_doubles_lose_are_told(gradcli: Gradcli) -> None:
    code, out, _ = gradcli(*LOSES, "--precision", "double", "--json")
    value, slope, _ = json.loads(out)["checks"]
    assert (code, slope["verdict"]) == (0, "proved")
    assert value["ulp"] > 1e12
    assert slope["ulp"] > 1e12
    assert "double precision lost digits" in value["reason"]


def test_a_number_of_digits_is_answered_with_so_many(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("check", "sqrt(x)", "--x", "2", "--precision", "60")
    value, slope, _ = out.splitlines()
    assert code == 0
    assert value.split("\t")[2].startswith("1.41421356237309504880168872420969807856967187537694807317668, off by ")
    assert slope.split("\t")[2].startswith("0.35355339059327376220042218105242451964241796884423701829417, off by ")
    page = gradcli("check", "sqrt(x)", "--x", "2", "--precision", "60", "--format", "table").out
    assert "f = 1.41421356237309504880168872420969807856967187537694807317668\n" in page


def test_a_slope_on_which_both_sides_agree_is_right(gradcli: Gradcli) -> None:
    """Rule by rule it is 0, and `grad` answers 1."""
    code, out, _ = gradcli("check", "relu(x) - relu(-x)", "--x", "0", "--json")
    slope = json.loads(out)["checks"][1]
    assert (code, slope["verdict"], slope["reference"], slope["ulp"]) == (0, "agrees", "1", 0)


def test_the_page_of_its_own_check(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("check", "(x*w-2)**2", "--x", "2", "--w", "3", "--format", "table")
    assert code == 0
    assert "Checked: proved" in out
    assert "24 ± " in out


def test_a_comment_never_reaches_the_terminal(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("check", "`a b`^2", "--claim", "df/d`a b` = 2*`a b` # \x1b[31m")
    assert (code, out.split("\t")[0]) == (0, "df/d`a b` = 2*`a b`")


def test_finite_differences_are_honest_at_a_kink_and_where_a_function_swings(gradcli: Gradcli) -> None:
    for formula, at, true in (("|x|", "0", 0.0), ("sin(2000*x)", "2", 2000 * math.cos(4000))):
        answer = json.loads(gradcli("check", formula, "--x", at, "--json").out)
        found = answer["checks"][1]["differences"]
        assert abs(found["value"] - true) <= 10 * found["error"]


@pytest.mark.parametrize(("text", "reference"), [("1/x^2", "Infinity"), ("log(x)", "-Infinity"), ("x*log(x)+1", "NaN")])
def test_what_is_not_finite_is_unchecked_and_says_why(gradcli: Gradcli, text: str, reference: str) -> None:
    code, out, _ = gradcli("check", text, "--x", "0", "--json")
    checks = json.loads(out)["checks"]
    assert code == 3
    assert checks[0]["reference"] == reference
    assert {check["verdict"] for check in checks} == {"unchecked"}
    assert all(check["reason"] for check in checks)
