"""The same answer in every form, to the byte: data on standard output, everything else on standard error."""

import csv
import io
import json
import math
import re
from typing import Any

import pytest
from conftest import Answer, Gradcli

EXAMPLE = ("grad", "(x*w-2)**2", "--x", "2", "--w", "3")
FORMS = {
    "plain": "f\t16\ndf/dx\t24\ndf/dw\t16\n",
    "csv": "x,w,f,d_x,d_w\n2,3,16,24,16\n",
    "tsv": "x\tw\tf\td_x\td_w\n2\t3\t16\t24\t16\n",
    "ndjson": '{"x": 2.0, "w": 3.0, "f": 16.0, "d_x": 24.0, "d_w": 16.0}\n',
    "latex": (
        "\\begin{align*}\n"
        "  f &= {\\left(x \\cdot w - 2\\right)}^{2} = 16 \\\\\n"
        "  \\frac{\\partial f}{\\partial x} &= 2 \\cdot \\left(x \\cdot w - 2\\right) \\cdot w = 24 \\\\\n"
        "  \\frac{\\partial f}{\\partial w} &= 2 \\cdot \\left(x \\cdot w - 2\\right) \\cdot x = 16\n"
        "\\end{align*}\n"
    ),
}


def strict(text: str) -> Any:
    """Read JSON as the standard has it: no NaN token."""

    def refuse(token: str) -> None:
        raise AssertionError(token)

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("form", FORMS)
def test_the_bytes_of_a_form(gradcli: Gradcli, form: str) -> None:
    assert gradcli(*EXAMPLE, "--format", form) == Answer(0, FORMS[form], "")


def test_plain_is_the_form_of_a_pipe(gradcli: Gradcli) -> None:
    assert gradcli(*EXAMPLE) == gradcli(*EXAMPLE, "--format", "plain")


def test_json_is_short_for_the_format(gradcli: Gradcli) -> None:
    assert gradcli(*EXAMPLE, "--json") == gradcli(*EXAMPLE, "--format", "json")
    assert gradcli(*EXAMPLE, "--json") == gradcli("grad", "--json", *EXAMPLE[1:])


def test_json_says_all_there_is_to_say(gradcli: Gradcli) -> None:
    record = strict(gradcli(*EXAMPLE, "--json").out)
    nodes = record.pop("nodes")
    assert record == {
        "expression": "(x*w-2)**2",
        "canonical": "(x*w - 2)^2",
        "output": "f",
        "value": 16.0,
        "gradient": {"x": 24.0, "w": 16.0},
        "bindings": {"x": 2.0, "w": 3.0},
        "notices": [],
    }
    assert list(record["gradient"]) == ["x", "w"]
    assert nodes[0] == {
        "id": 0,
        "operator": "variable",
        "name": "x",
        "text": "x",
        "inputs": [],
        "value": 2.0,
        "adjoint": 24.0,
        "partials": [],
        "span": [1, 2],
        "spans": [[1, 2]],
        "zero": None,
        "double": None,
    }
    assert [(node["text"], node["value"], node["adjoint"]) for node in nodes] == [
        ("x", 2.0, 24.0),
        ("w", 3.0, 16.0),
        ("x*w", 6.0, 8.0),
        ("2", 2.0, None),
        ("x*w - 2", 4.0, 8.0),
        ("(x*w - 2)^2", 16.0, 1.0),
    ]
    assert nodes[2]["partials"] == [3.0, 2.0]
    assert nodes[4]["partials"] == [1.0, None]


def test_json_takes_up_the_notices(gradcli: Gradcli) -> None:
    code, out, err = gradcli("grad", "abs(x)", "--x", "0", "--json")
    assert (code, err) == (0, "")
    notices = strict(out)["notices"]
    assert [(notice["kind"], notice["node"], notice["span"]) for notice in notices] == [("kink", 1, [0, 6])]
    assert "abs(x)" in notices[0]["message"]


def test_json_with_a_proof(gradcli: Gradcli) -> None:
    verification = strict(gradcli(*EXAMPLE, "--verify", "--json").out)["verification"]
    assert (verification["verdict"], verification["digits"]) == ("proved", 50)
    assert (verification["value"]["reference"], verification["value"]["ulp"]) == ("16", 0.0)
    x = verification["gradient"]["x"]
    assert (x["verdict"], x["reference"], x["ulp"]) == ("proved", "24", 0.0)


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_what_is_not_finite_is_a_string_in_json(gradcli: Gradcli, form: str) -> None:
    code, out, _ = gradcli("grad", "1/x", "--x", "0", "--format", form)
    record = strict(out)
    slope = record["gradient"]["x"] if form == "json" else record["d_x"]
    assert (code, record["value" if form == "json" else "f"], slope) == (3, "Infinity", "-Infinity")
    assert "NaN" in gradcli("grad", "log(x)", "--x", "-1", "--format", form).out


def test_names_that_need_quotes_in_csv(gradcli: Gradcli) -> None:
    out = gradcli("grad", '`a,"b`*2', '`a,"b`=3', "--format", "csv").out
    assert list(csv.reader(io.StringIO(out))) == [['a,"b', "f", 'd_a,"b'], ["3", "6", "2"]]


@pytest.mark.parametrize("value", [0.1, 1 / 3, math.pi, 5e-324, 1.7976931348623157e308, 1e22, -2.5e-17])
@pytest.mark.parametrize("form", ["plain", "csv", "tsv", "json", "ndjson"])
def test_a_double_survives_every_form_for_machines(gradcli: Gradcli, form: str, value: float) -> None:
    out = gradcli("eval", "x*1", f"--x={value!r}", "--format", form).out
    if form in ("json", "ndjson"):
        found = strict(out)["value" if form == "json" else "f"]
    else:
        found = float(re.split(r"[\t,\n]", out)[-2])
    assert found == value


@pytest.mark.parametrize(("name", "number"), [("f", "16"), ("x", "24"), ("w", "16")])
def test_raw_is_one_number(gradcli: Gradcli, name: str, number: str) -> None:
    assert gradcli(*EXAMPLE, "--raw", name) == Answer(0, f"{number}\n", "")


def test_raw_by_a_definition(gradcli: Gradcli) -> None:
    arguments = ("grad", "y = x*w; L = (y - 2)^2", "x=2", "w=3", "--raw")
    assert gradcli(*arguments, "y").out == "8\n"
    assert gradcli(*arguments, "L").out == "16\n"


def test_wrt_chooses_and_orders(gradcli: Gradcli) -> None:
    formula = ("grad", "y = x*w; L = (y - 2)^2", "x=2", "w=3")
    assert gradcli(*formula, "--wrt", "w,y").out == "L\t16\ndL/dw\t16\ndL/dy\t8\n"
    assert gradcli(*formula, "--wrt", " x ").out == "L\t16\ndL/dx\t24\n"
    assert list(strict(gradcli(*formula, "--wrt", "w,x", "--json").out)["gradient"]) == ["w", "x"]


def test_digits_round_the_tables_and_nothing_else(gradcli: Gradcli) -> None:
    third = ("grad", "x/3", "--x", "1", "--digits", "3")
    assert "f = 0.333\n" in gradcli(*third, "--format", "table").out
    assert "| f | 0.333 |" in gradcli(*third, "--format", "markdown").out
    assert gradcli(*third).out == "f\t0.3333333333333333\ndf/dx\t0.3333333333333333\n"
    assert "0.33333333333333331\n" in gradcli(*third[:-1], "17", "--format", "table").out


@pytest.mark.parametrize("form", ["table", "plain", "csv", "markdown", "latex"])
def test_notices_are_no_data(gradcli: Gradcli, form: str) -> None:
    code, out, err = gradcli("grad", "log(x)", "--x", "0", "--format", form)
    assert code == 3
    assert "`log(x)` is -inf at x = 0" in err
    assert "note" not in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("grad", "x", "x=1"), 0),
        (("grad", "abs(x)", "x=0"), 0),
        (("grad", "1/x", "x=0"), 3),
        (("grad", "sqrt(x)", "x=0"), 3),
        (("grad", "sqrt(x)", "x=0", "--raw", "f"), 0),
        (("grad", "sqrt(x)", "x=0", "--raw", "x"), 3),
        (("eval", "sqrt(x)", "x=0"), 0),
        (("eval", "log(x)", "x=0"), 3),
        (("eval", "log(x)", "x=0", "--raw"), 3),
        (("grad", "x", "x=inf"), 3),
        (("grad", "where(x > 0, sqrt(x), 0)", "x=-1"), 0),
    ],
    ids=str,
)
def test_the_exit_code_says_whether_all_is_finite(gradcli: Gradcli, arguments: tuple[str, ...], code: int) -> None:
    answer = gradcli(*arguments)
    assert answer.code == code
    assert answer.out


def test_a_refuted_result_is_exit_code_1(gradcli: Gradcli) -> None:
    code, out, _ = gradcli(
        "grad", "where(0^(x^2) > 0.5, 2*x, x)", "--x", "0", "--precision", "double", "--verify", "--json"
    )
    assert strict(out)["verification"]["verdict"] == "refuted"
    assert code == 1


@pytest.mark.parametrize("form", ["plain", "csv", "ndjson", "markdown"])
def test_a_verdict_is_told_where_the_form_has_no_place_for_it(gradcli: Gradcli, form: str) -> None:
    proved = gradcli(*EXAMPLE, "--verify", "--format", form)
    assert proved == gradcli(*EXAMPLE, "--format", form)._replace(err="note: verified: proved (x proved, w proved)\n")
    refuted = gradcli(
        "grad", "where(0^(x^2) > 0.5, 2*x, x)", "--x", "0", "--precision", "double", "--verify", "--format", form
    )
    assert refuted.code == 1
    assert "verified: refuted (x refuted" in refuted.err


def test_colour_is_for_whoever_asks(gradcli: Gradcli, monkeypatch: pytest.MonkeyPatch) -> None:
    table = (*EXAMPLE, "--format", "table")
    assert "\x1b[" not in gradcli(*table).out
    assert "\x1b[" in gradcli(*table, "--color", "always").out
    assert "\x1b[" not in gradcli(*table, "--color", "never").out
    assert "\x1b[" in gradcli("grad", "x", "--color=always").err
    assert "\x1b[" not in gradcli("grad", "x").err
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in gradcli(*table).out
    assert "\x1b[" not in gradcli(*table, "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in gradcli(*table).out
    assert "\x1b[" in gradcli(*table, "--color", "always").out


@pytest.mark.parametrize("form", ["plain", "json", "ndjson", "csv", "tsv", "markdown", "latex"])
def test_data_is_never_coloured(gradcli: Gradcli, form: str) -> None:
    assert "\x1b" not in gradcli(*EXAMPLE, "--format", form, "--color", "always").out
