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


UNCERTAIN = [
    ("2+-0.1", "--x 2 for the number alone, or --x 2-0.1 for the difference"),
    ("2 +- 0.1", "--x 2 for the number alone, or --x 2-0.1 for the difference"),
    ("2+−0.1", "--x 2 for the number alone, or --x 2-0.1 for the difference"),
    ("pi-+.5", "--x pi for the number alone, or --x pi-.5 for the difference"),
    ("(2+-0.1)*1e3", "--x (2)*1e3 for the number alone, or --x (2-0.1)*1e3 for the difference"),
    ("1.234(5)", "--x 1.234 for the number alone, or --x 1.234*5 for the product"),
    ("1.234 (5)e-3", "--x 1.234e-3 for the number alone, or --x 1.234*5e-3 for the product"),
    ("10.1(1.2)", "--x 10.1 for the number alone, or --x 10.1*1.2 for the product"),
    ("6e23(2)", "--x 6e23 for the number alone, or --x 6e23*2 for the product"),
    ("2±0.1", "--x 2 for the number alone"),
    ("2 ± 5%", "--x 2 for the number alone"),
    ("2+/-0.1", "--x 2 for the number alone"),
    (r"2\pm0.1", "--x 2 for the number alone"),
    ("2∓1e-1", "--x 2 for the number alone"),
]


@pytest.mark.parametrize(("value", "readings"), UNCERTAIN)
def test_an_uncertainty_is_refused_with_both_readings(gradcli: Gradcli, value: str, readings: str) -> None:
    for arguments in (
        ("eval", "x^2", f"x={value}"),
        ("check", "x^2", "--x", value),
        ("grad", "x^2", "--let", f"x={value}"),
    ):
        code, out, err = gradcli(*arguments)
        assert (code, out) == (2, "")
        typed = readings if arguments[2] == "--x" else readings.replace("--x ", "x=")
        assert f"mend: write {typed}\n" in err
    for reading in readings.split(", or "):
        assert gradcli("eval", "x^2", "--x", reading.removeprefix("--x ").partition(" for ")[0]).code == 0


@pytest.mark.parametrize(
    ("value", "number"), [("2 + -0.1", 1.9), ("2*-3", -6), ("2(1+1)", 4), ("log2(8)", 3), ("-2-1", -3)]
)
def test_a_calculation_that_is_nothing_else_is_one(gradcli: Gradcli, value: str, number: float) -> None:
    assert float(gradcli("eval", "x", "--raw", f"x={value}").out) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"x": 1, "x": 2}', "`x` comes twice in one object"),
        ('{"x": 1, "y": 3, "y": 3}', "`y` comes twice in one object"),
        ('{"bindings": {"x": 1, "x": 2}}', "`x` comes twice in one object"),
        ('{"bindings": {"x": 1}, "bindings": {"x": 2}}', "`bindings` comes twice in one object"),
        (
            '{"expression": "x", "bindings": {"x": 1}, "update": {"after": {"x": 1, "x": 2}}}',
            "`x` comes twice in one object",
        ),
        ('{"µ": 1, "μ": 2}', "`µ` and `μ` are one name, which comes twice"),
        ('{"x₁": 1, "x1": 2}', "`x₁` and `x1` are one name, which comes twice in one object"),
        ('{"bindings": {"x": 2}, "x": 9}', '`x` has two values: 2 in "bindings", 9 beside it'),
        ('{"x": 1e9, "bindings": {"x": 2.50}}', '`x` has two values: 2.50 in "bindings", 1e9 beside it'),
        ('{"x": 1e9999}', "`x` is too far from 1"),
        ('{"x": -1e999999999}', "`x` is too far from 1"),
        ('{"x": 1' + "0" * 9999 + "}", "`x` is too far from 1"),
        ('{"x": 0.' + "0" * 9999 + "1}", "`x` is too far from 1"),
        ('{"x": ' + "9" * 5000 + "}", "`x` is too far from 1"),
        ('{"bindings": {"x": 1e999}}', "`x` is beyond the largest double, 1.8e308"),
        ('{"bindings": {"x": 1e-999}}', "`x` is below the smallest double, 5e-324"),
    ],
)
def test_a_file_that_leaves_a_value_open_is_refused(gradcli: Gradcli, text: str, said: str) -> None:
    code, out, err = gradcli("grad", "x^2", "--bind", "-", stdin=text)
    assert (code, out) == (2, "")
    assert said in err
    assert gradcli("grad", "x^2", "--x=3", "--bind", "-", stdin=text).code == (2 if "twice" in said else 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"bindings": {"x": 2}, "w": 9}', 18),
        ('{"bindings": 3, "x": 2, "w": 4}', 8),
        ('{"expression": "x*w", "bindings": {"x": 2, "w": 1}, "x": 9, "value": 3}', 2),
        ('{"meta": {"a": 1, "a": 2}, "x": 2, "w": 4.5, "y": 1e999}', 9),
        ('{"x": 0e-999, "w": 1}', 0),
    ],
)
def test_a_file_with_more_than_bindings(gradcli: Gradcli, text: str, value: float) -> None:
    assert float(gradcli("eval", "x*w", "--raw", "--bind", "-", stdin=text).out) == value


def test_a_variable_may_be_called_as_a_key_of_our_json(gradcli: Gradcli) -> None:
    first = gradcli("grad", "value*gradient", "value=2", "gradient=3", "--json").out
    assert gradcli("eval", "value*gradient", "--bind", "-", stdin=first).out == "f\t6\n"
