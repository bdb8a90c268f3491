"""A variable gets its number in any of several forms, in any order, from the command line or from a file."""

import json
import math
from pathlib import Path

import pytest
from conftest import Gradcli

FORMULA = "(x*w - 2)^2"
TABLE_OF_FORMS = [
    ("--x", "2", "--w", "3"),
    ("--x=2", "--w=3"),
    ("x=2", "w=3"),
    (" x = 2 ", "w= 3"),
    ("--let", "x=2", "--let", "w=3"),
    ("--let=x=2", "--let=w=3"),
    ("--x", "2", "w=3"),
    ("--w", "6/2", "--x", "sqrt(4)"),
    ("--x", "2", "--let", "`w`=3"),
]


@pytest.mark.parametrize("forms", TABLE_OF_FORMS, ids=" ".join)
@pytest.mark.parametrize("expression_first", [True, False])
def test_all_forms_of_a_binding_say_the_same(gradcli: Gradcli, forms: tuple[str, ...], expression_first: bool) -> None:
    arguments = (FORMULA, *forms) if expression_first else (*forms, FORMULA)
    assert gradcli("grad", *arguments) == (0, "f\t16\ndf/dx\t24\ndf/dw\t16\n", "")


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("x", "--x", "-2"), -2),
        (("x", "--x=-2"), -2),
        (("x", "x=-2"), -2),
        (("x", "--x", "-1e-3"), -1e-3),
        (("x", "--x", ".5"), 0.5),
        (("x", "--x", "1_000"), 1000),
        (("x", "--x", "pi/4"), math.pi / 4),
        (("x", "--x", "1/3"), 1 / 3),
        (("x", "--x", "-(2^3)"), -8),
        (("x", "--x", "−2"), -2),
        (("-x", "--x", "2"), -2),
        (("--x", "2", "-x^2"), -4),
        (("--x", "2", "--", "-x^2"), -4),
        (("--", "-x", "x=2"), -2),
        (("--", "x=2", "-x"), -2),
        (("y = x^2", "x=3"), 9),
        (("x=3", "y = x^2"), 9),
        (("`unit price`*2", "`unit price`=3"), 6),
        (("`unit price`*2", "--let", "`unit price`=3"), 6),
        (("θ + 1", "--θ", "2"), 3),
        (("w_1*w1", "--w_1", "2", "--w1", "3"), 6),
        (("lr*2", "--let", "lr=0.5"), 1),
        (("e*2", "--e", "3"), 6),
        (("e*2", "e=3"), 6),
        (("pi + gamma", "--pi", "1", "--gamma", "2"), 3),
        (("sin*2", "--sin", "2"), 4),
        (("5",), 5),
        (("x = 3",), 3),
    ],
    ids=str,
)
def test_a_value_is_a_number_or_a_constant_expression(
    gradcli: Gradcli, arguments: tuple[str, ...], value: float
) -> None:
    code, out, err = gradcli("eval", "--raw", *arguments)
    assert (code, float(out), err) == (0, value, "")


def test_a_file_binds(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text('{"x": 2, "w": 3.0, "unused": 7, "comment": "a file may say more than the formula asks"}')
    assert gradcli("eval", FORMULA, "--bind", str(path)).out == "f\t16\n"
    assert gradcli("eval", FORMULA, f"--bind={path}").out == "f\t16\n"


def test_a_file_may_begin_with_a_byte_order_mark(gradcli: Gradcli) -> None:
    assert gradcli("eval", "x", "--bind", "-", stdin='\ufeff{"x": 2}').out == "f\t2\n"


def test_by_hand_wins_over_a_file_and_a_later_file_over_an_earlier(gradcli: Gradcli, tmp_path: Path) -> None:
    for name, value in (("a", 1), ("b", 2)):
        (tmp_path / name).write_text(json.dumps({"x": value}))
    files = ("--bind", str(tmp_path / "a"), "--bind", str(tmp_path / "b"))
    assert gradcli("eval", "x", *files).out == "f\t2\n"
    assert gradcli("eval", "x", *files, "--x", "3").out == "f\t3\n"
    assert gradcli("eval", "x", "--x", "3", *files).out == "f\t3\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2.0),
        ("1e400", math.inf),
        ('"Infinity"', math.inf),
        ('"-Infinity"', -math.inf),
        ("-0.0", 0.0),
        (str(2**70), float(2**70)),
    ],
)
def test_numbers_in_a_file(gradcli: Gradcli, text: str, value: float) -> None:
    assert float(gradcli("eval", "--raw", "x", "--bind", "-", stdin=f'{{"x": {text}}}').out) == value


def test_not_a_number_in_a_file_stays_one(gradcli: Gradcli) -> None:
    for text in ('"NaN"', "NaN"):
        assert gradcli("eval", "--raw", "x", "--bind", "-", stdin=f'{{"x": {text}}}')[:2] == (3, "nan\n")


def test_own_json_binds(gradcli: Gradcli) -> None:
    printed = gradcli("grad", FORMULA, "--x", "2", "--w", "3", "--json").out
    assert gradcli("grad", FORMULA, "--bind", "-", "--json", stdin=printed).out == printed


def test_own_json_with_an_update_binds_what_the_update_left(gradcli: Gradcli) -> None:
    printed = gradcli("grad", FORMULA, "x=2", "w=3", "--wrt", "w", "--lr", "0.1", "--json").out
    assert gradcli("eval", "--raw", "x", "--bind", "-", stdin=printed).out == "2\n"
    assert gradcli("eval", "--raw", "w", "--bind", "-", stdin=printed).out == "1.4\n"


def test_the_expression_comes_from_a_file_or_from_standard_input(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "loss.txt"
    path.write_text("# two statements\ny = x*w\r\nL = (y - 2)²\n", encoding="utf-8")
    assert gradcli("grad", f"@{path}", "x=2", "w=3").out == "L\t16\ndL/dx\t24\ndL/dw\t16\n"
    assert gradcli("grad", "-", "x=2", "w=3", stdin=path.read_text(encoding="utf-8")).out.startswith("L\t16\n")


def test_names_are_one_name_however_wide_their_letters_are(gradcli: Gradcli) -> None:
    assert gradcli("eval", "2*x", "ｘ=3").out == "f\t6\n"
    assert gradcli("eval", "2*ｘ", "--x", "3").out == "f\t6\n"
