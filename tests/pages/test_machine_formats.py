"""An answer in each of the forms that machines and people read, and the pages of `rules` and `check`."""

import json

import pytest
from conftest import Gradcli

FORMS = {
    "plain": "f\t6\ndf/dx\t3\ndf/dw\t2\n",
    "ndjson": '{"x": 2.0, "w": 3.0, "f": 6.0, "d_x": 3.0, "d_w": 2.0}\n',
    "csv": "x,w,f,d_x,d_w\n2,3,6,3,2\n",
    "tsv": "x\tw\tf\td_x\td_w\n2\t3\t6\t3\t2\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_gradient_of_a_product(gradcli: Gradcli, form: str) -> None:
    assert gradcli("grad", "x*w", "x=2", "w=3", "--format", form).out == FORMS[form]


def test_markdown_has_both_passes(gradcli: Gradcli) -> None:
    out = gradcli("grad", "x*w", "x=2", "w=3", "--format", "markdown").out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert any("1 × 3 = 3" in line for line in lines)
    assert any("1 × 2 = 2" in line for line in lines)


def test_latex_has_the_formula_and_its_derivatives(gradcli: Gradcli) -> None:
    out = gradcli("grad", "x^2", "x=3", "--format", "latex").out
    assert out.splitlines()[1:3] == [
        r"  f &= {x}^{2} = 9 \\",
        r"  \frac{\partial f}{\partial x} &= 2 \cdot x = 6",
    ]


def test_a_rule_in_full(gradcli: Gradcli) -> None:
    gates = "gates: passes the gradient where the operand is positive, stops it elsewhere"
    first = f"operator\trelu(x)\nis\tx where it is positive, else 0\ngradient\t{gates}\nd/dx\t"
    assert gradcli("rules", "relu", "--format", "plain").out.startswith(first)
    (record,) = json.loads(gradcli("rules", "relu", "--format", "json").out)
    assert (record["derivatives"], record["definition"]) == ({"d/dx": "where(x > 0, 1, 0)"}, "max(0, x)")
    assert record["backward"] == gates


def test_a_constant_does_nothing_to_a_gradient(gradcli: Gradcli) -> None:
    assert "gradient" not in gradcli("rules", "pi", "--format", "plain").out
    assert json.loads(gradcli("rules", "pi", "--format", "json").out)[0]["backward"] == ""


@pytest.mark.parametrize(("claim", "verdict", "code"), [("2*x", "proved", 0), ("x", "refuted", 1)])
def test_a_claim_in_every_form(gradcli: Gradcli, claim: str, verdict: str, code: int) -> None:
    asked = ("check", "x^2", "--claim", f"df/dx = {claim}", "--seconds", "60", "--format")
    for form in ("table", "plain", "json"):
        found = gradcli(*asked, form)
        assert (found.code, verdict in found.out) == (code, True)


def test_gradcli_checks_itself_in_every_form(gradcli: Gradcli) -> None:
    asked = ("check", "x^2", "--x", "3", "--seconds", "60", "--format")
    assert "df/dx\tproved\t" in gradcli(*asked, "plain").out
    assert "proved" in gradcli(*asked, "table").out
    found = json.loads(gradcli(*asked, "json").out)
    assert [(check["quantity"], check["reference"]) for check in found["checks"]] == [
        ("f", "9"),
        ("df/dx", "6"),
        ("d2f/dx2", "2"),
    ]
