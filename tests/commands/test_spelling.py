"""One spelling everywhere: what works in one command works in the others, and what people type instead is led on."""

import json
from pathlib import Path

import pytest
from conftest import Gradcli

import gradcli as package

FORMULA = "y = x*w; (y - 2)^2"
POINTS = "samples/points.csv"


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        (("grad", "x*w", "x=2", "w=3", "--raw"), "6"),
        (("grad", "x*w", "--raw", "x=2", "w=3"), "6"),
        (("grad", "--raw", "x*w", "x=2", "w=3"), "6"),
        (("grad", "--raw", "w", "x*w", "--x", "2", "--w", "3"), "2"),
        (("grad", "x*w", "--x", "2", "--w", "3", "--raw", "df/dw"), "2"),
        (("grad", "x*w", "--x", "2", "--w", "3", "--raw", "f"), "6"),
        (("grad", "L = x*w", "--x", "2", "--w", "3", "--raw", "∂L/∂x"), "3"),
        (("grad", "--raw", "x₁", "2*x1", "--x1", "2"), "2"),
        (("grad", "--raw", "`a b`", "3*`a b`", "--let", "`a b`=2"), "3"),
        (("grad", FORMULA, "x=2", "w=3", "--raw", "y"), "8"),
        (("grad", "--raw", "x", "--x", "2"), "2"),
        (("grad", "--x", "2", "--raw", "--", "-x"), "-2"),
        (("eval", "x*w", "x=2", "w=3", "--raw", "f"), "6"),
        (("eval", "--raw", "x*w", "x=2", "w=3"), "6"),
        (("eval", "x*w", "x=2", "w=3", "--raw"), "6"),
    ],
)
def test_raw_takes_the_next_word_if_it_names_a_number(gradcli: Gradcli, arguments: list[str], number: str) -> None:
    assert gradcli(*arguments) == (0, f"{number}\n", "")


def test_raw_of_what_is_no_number_of_the_answer(gradcli: Gradcli) -> None:
    code, _, err = gradcli("eval", "x*w", "x=2", "w=3", "--raw", "w")
    assert code == 2
    assert "gradcli grad --raw w" in err
    code, _, err = gradcli("grad", "x*w", "x=2", "w=3", "--raw=z")
    assert code == 2
    assert "no number called `z`" in err


@pytest.mark.parametrize("option", ["-o", "--out", "-o=", "--out="])
def test_o_is_out(gradcli: Gradcli, option: str, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    where = [f"{option}{target}"] if option.endswith("=") else [option, str(target)]
    assert gradcli("map", "x^2", *where, "--only", POINTS) == (0, "", "")
    assert target.read_text() == gradcli("map", "x^2", "--only", POINTS).out


def test_an_option_without_its_value_is_named_as_it_was_typed(gradcli: Gradcli) -> None:
    assert "error: -o needs a value" in gradcli("map", "x^2", POINTS, "-o").err


def test_json_of_a_table_is_ndjson(gradcli: Gradcli) -> None:
    assert gradcli("map", "x^2", POINTS, "--json") == gradcli("map", "x^2", POINTS, "--to", "ndjson")
    assert "two forms" in gradcli("map", "x^2", POINTS, "--json", "--to", "csv").err


@pytest.mark.parametrize(("form", "mend"), [("json", "--to ndjson"), ("tsv", "--to tsv"), ("table", "--to csv")])
def test_format_of_a_table_is_to(gradcli: Gradcli, form: str, mend: str) -> None:
    code, out, err = gradcli("map", "x^2", POINTS, "--format", form)
    assert (code, out) == (2, "")
    assert f"mend: write {mend}\n" in err


@pytest.mark.parametrize("option", ["--version", "-V"])
@pytest.mark.parametrize("before", [(), ("grad",), ("grad", "x^2", "--x", "2"), ("map",), ("rules", "tanh"), ("help",)])
def test_the_version_is_told_after_any_command(gradcli: Gradcli, before: tuple[str, ...], option: str) -> None:
    assert gradcli(*before, option) == (0, f"gradcli {package.__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_told_after_a_command_and_all_that_it_takes(gradcli: Gradcli, option: str) -> None:
    assert gradcli("grad", "x^2", "--x", "2", option) == gradcli("grad", "--help")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("diff", "grad"), ("derivative", "grad"), ("Gradient", "grad"), ("evaluate", "eval"), ("verify", "check")],
)
def test_what_other_programs_call_a_command(gradcli: Gradcli, typed: str, meant: str) -> None:
    code, _, err = gradcli(typed, "x^2", "--x", "2")
    assert code == 2
    assert f"mend: write gradcli {meant}\n" in err


def test_letters_in_another_order_are_near(gradcli: Gradcli) -> None:
    assert "did you mean tanh?" in gradcli("rules", "thna").err
    assert "did you mean tanh?" in gradcli("eval", "thna(x)", "--x", "1").err


@pytest.mark.parametrize("number", ["1e1", "10", "10.0", "1_0"])
def test_a_number_of_steps_is_a_number(gradcli: Gradcli, number: str) -> None:
    answer = gradcli("grad", "x^2", "--x", "2", "--lr", "0.1", "--steps", number, "--format", "csv")
    assert answer.out.splitlines()[-1].startswith("10,")


@pytest.mark.parametrize("number", ["1e9", "0", "2.5", "many", "nan", "-1"])
def test_a_number_of_steps_that_is_none(gradcli: Gradcli, number: str) -> None:
    code, _, err = gradcli("grad", "x^2", "--x", "2", "--lr", "0.1", "--steps", number)
    assert code == 2
    assert f"{number}" in err
    assert "from 1 to 1,000,000" in err or "is not a number" in err or "no finite number" in err


def test_rows_that_have_no_effect_say_so(gradcli: Gradcli) -> None:
    for form in ("plain", "csv", "latex"):
        assert "note: --rows has no effect" in gradcli("grad", "x^2", "--x", "2", "--rows", "3", "--format", form).err
    for form in ("table", "json", "markdown"):
        assert "--rows" not in gradcli("grad", "x^2", "--x", "2", "--rows", "3", "--format", form).err


def test_an_update_moves_variables_and_tells_the_slopes_of_nodes_too(gradcli: Gradcli) -> None:
    asked = ("grad", FORMULA, "x=2", "w=3", "--lr", "0.1", "--wrt")
    answer = json.loads(gradcli(*asked, "w,y", "--json").out)
    assert answer["gradient"] == {"w": 16.0, "y": 8.0}
    assert answer["update"] == json.loads(gradcli(*asked, "w", "--json").out)["update"]
    assert answer["update"]["after"] == {"w": 1.4}
    drawn = gradcli(*asked, "w,y", "--steps", "2", "--format", "table")
    assert drawn.code == 0
    code, _, err = gradcli(*asked, "y")
    assert code == 2
    assert "--lr updates variables, and `y` is defined by the expression" in err


def test_what_was_not_typed_is_not_named(gradcli: Gradcli) -> None:
    assert "--y" not in gradcli("grad", "x^2", "x=2", "y=2").err
    assert "`y` is no variable of the expression" in gradcli("grad", "x^2", "x=2", "y=2").err
    assert "--y is neither" in gradcli("grad", "x^2", "x=2", "--y", "2").err
    assert "and x=2 binds it too" in gradcli("map", "x*y", "x=2", POINTS).err
    assert "--x" not in gradcli("eval", "x", "x=").err


@pytest.mark.parametrize("typed", [("--x1", "2", "--x₁", "3"), ("x1=2", "x₁=3"), ("--x₁=2", "x1=3")])
def test_two_spellings_of_one_name_on_a_line(gradcli: Gradcli, typed: tuple[str, ...]) -> None:
    code, _, err = gradcli("eval", "x₁ + 1", *typed)
    assert code == 2
    assert "are one name, and it is bound twice" in err


def test_two_spellings_of_one_name_in_a_table(gradcli: Gradcli) -> None:
    assert gradcli("map", "x1*2", "--wrt", "x1", stdin="x₁\n3\n").out == "x₁,f,d_x₁\n3,6.0,2.0\n"
    assert gradcli("map", "x₁*2", "--wrt", "x₁", stdin="x₁\n3\n").out == "x₁,f,d_x₁\n3,6.0,2.0\n"
    for stdin, more in (("x₁,x1\n3,4\n", ()), ("x₁\n3\n", ("--x1", "4")), ('{"x₁":3,"x1":4}\n', ())):
        code, _, err = gradcli("map", "x1*2", *more, stdin=stdin)
        assert code == 2
        assert "are one name in a formula" in err
    assert gradcli("map", "`x₁`*`x1`", "--only", stdin="x₁,x1\n3,4\n").out == "f,d_x₁,d_x1\n12.0,4.0,3.0\n"


ACCENTED = [("caf\u00e9", "cafe\u0301"), ("`le caf\u00e9`", "`le cafe\u0301`"), ("Δx", "∆x"), ("x̄", "x̄"), ("_x", "_x")]


@pytest.mark.parametrize(("name", "other"), [*ACCENTED, *(pair[::-1] for pair in ACCENTED)])
def test_a_name_is_the_same_however_its_letters_are_coded(
    gradcli: Gradcli, tmp_path: Path, name: str, other: str
) -> None:
    path = tmp_path / "bindings.json"
    path.write_text(json.dumps({other.strip("`"): 3}), encoding="utf-8")
    for bound in ([f"--let={other}=3"], [f"{other}=3"], ["--bind", str(path)]):
        assert gradcli("grad", f"{name}^2", *bound, "--wrt", other, "--raw", other).out == "6\n"
    claim = f"df/d{other} = 2*{other}"
    assert "\tproved\t" in gradcli("check", f"{name}^2", f"{name}=3", "--claim", claim).out
    table = f"{other.strip('`')}\n3\n"
    assert gradcli("map", f"{name}^2", "--only", stdin=table).out.splitlines()[1] == "9.0,6.0"


def test_every_name_is_defined(gradcli: Gradcli) -> None:
    note = "differentiate by a defined name: --wrt a,b\n"
    assert note in gradcli("grad", "a = 2; b = -3; L = a*b").err
    explained = gradcli("explain", "a = 2; b = -3; c = a*b; L = c^2").out
    assert "differentiate by a defined name: --wrt a,b" in " ".join(explained.split())
    for asked in (("L = 2*3",), ("a = 2; a*x", "x=1"), ("a = 2; L = a^2", "--wrt", "a"), ("x = 3",)):
        assert "every name" not in gradcli("grad", *asked).err


@pytest.mark.parametrize("text", ["e*x", "x*e", "2x*e^2*e", "f(x) = e*x; f(x)"])
def test_e_as_a_factor_is_said_to_be_a_number(gradcli: Gradcli, text: str) -> None:
    assert "`e` is the number 2.718" in gradcli("grad", text, "x=1").err
    assert "2.718" not in gradcli("grad", text, "x=1", "e=3").err


@pytest.mark.parametrize("text", ["2e^x", "x + e", "exp(x)", "log(x)/log(e)", "math.e*x", "1/e + x"])
def test_e_elsewhere_is_not(gradcli: Gradcli, text: str) -> None:
    assert "2.718" not in gradcli("grad", text, "x=1").err


def test_products_without_a_sign_are_offered_by_every_command(gradcli: Gradcli) -> None:
    assert "mend: write w*x+b\n" in gradcli("grad", "wx+b", "w=1", "x=2", "b=3").err
    assert "mend: write w*x+b; and add --b VALUE\n" in gradcli("grad", "wx+b", "--w", "1", "--x", "2").err
    assert "mend: write w*x\n" in gradcli("map", "wx", stdin="w,x\n1,2\n").err
    claim = "dL/dw = 2*wx^2"
    assert "mend: write 2*w*x^2\n" in gradcli("check", "L = (w*x)^2", "w=1", "x=2", "--claim", claim).err


def test_arguments_in_the_other_order(gradcli: Gradcli) -> None:
    code, _, err = gradcli("map", POINTS, "x*y")
    assert code == 2
    assert f'mend: gradcli map "x*y" {POINTS}\n' in err


@pytest.mark.parametrize(
    ("formula", "name", "number"),
    [("w", "df/dw", "1"), ("w", "w", "1"), ("w", "f", "3"), ("y = w^2; y", "y", "9"), ("y = w^2; y", "dy/dw", "6")],
)
def test_raw_of_an_output_that_is_a_variable_or_a_name(gradcli: Gradcli, formula: str, name: str, number: str) -> None:
    assert gradcli("grad", formula, "w=3", "--raw", name).out == f"{number}\n"


def test_raw_twice(gradcli: Gradcli) -> None:
    assert "--raw is there twice" in gradcli("grad", "x*w", "x=2", "w=3", "--raw", "w", "--raw", "x").err


@pytest.mark.parametrize("name", ["version", "help", "lr"])
def test_a_variable_with_the_name_of_an_option(gradcli: Gradcli, name: str) -> None:
    err = gradcli("grad", f"{name}*2").err
    assert f"add --let {name}=VALUE (--{name} is an option of this command)" in err


def test_an_option_does_not_take_an_option_or_a_file_as_its_number(gradcli: Gradcli) -> None:
    assert "--raw has no value" in gradcli("check", "x^2", "--raw", "--x", "2").err
    assert "--foo is neither a variable" in gradcli("map", "x*y", "--foo", POINTS).err  # and waits for no table


def test_a_raised_digit_is_a_power_and_no_part_of_a_name(gradcli: Gradcli) -> None:
    assert gradcli("eval", "x²", "--x", "3").out == "f\t9\n"
    assert "--x² is neither" in gradcli("eval", "x2", "--x²", "3").err
    assert gradcli("eval", "x2", "--bind", "-", stdin='{"x²": 3}').code == 2
    assert "x² is" not in gradcli("map", "x2*2", stdin="x²\n3\n").out


def test_a_topic_typed_as_a_command(gradcli: Gradcli) -> None:
    assert "mend: write gradcli help kinks\n" in gradcli("kinks").err
    assert "gradcli --help" in gradcli("").err


def test_a_file_in_front_of_the_formula_and_behind_it(gradcli: Gradcli) -> None:
    assert f'gradcli map "x*y" {POINTS}' in gradcli("map", POINTS, "x*y", POINTS).err
    assert f'gradcli map "FORMULA" {POINTS}' in gradcli("map", POINTS).err


def test_a_record_tells_what_an_update_made(gradcli: Gradcli) -> None:
    out = gradcli("grad", "(x*w - 2)^2", "x=2", "w=3", "--wrt", "w", "--lr", "0.1", "--format", "csv").out
    assert out == "x,w,f,d_w,w_new,f_new\n2,3,16,16,1.4,0.6399999999999997\n"


def test_what_a_missing_column_can_be_bound_by_binds_it(gradcli: Gradcli) -> None:
    err = gradcli("map", "`a b`*2", stdin="y\n1\n").err
    assert "bind '`a b`=VALUE'" in err
    assert gradcli("map", "`a b`*y", "`a b`=3", "--only", "--wrt", "y", stdin="y\n1\n").out == "f,d_y\n3.0,3.0\n"


def test_latex_tells_what_an_update_made(gradcli: Gradcli) -> None:
    out = gradcli("grad", "(x*w - 2)^2", "x=2", "w=3", "--wrt", "w", "--lr", "0.1", "--format", "latex").out
    assert r"w^{\mathrm{new}} & = 1.4 \\" in out
    assert r"f^{\mathrm{new}} & = 0.64" in out


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        (("--JSON",), "did you mean --json?"),
        (("--jsno",), "did you mean --json?"),
        (("-raw",), "write the option as --raw"),
        (("-y", "3"), "write a binding as --y VALUE"),
        (("—y", "3"), "write two hyphens: --y"),
    ],
)
def test_an_option_that_is_nearly_one(gradcli: Gradcli, typed: tuple[str, ...], mend: str) -> None:
    code, _, err = gradcli("grad", "x^2", "x=2", *typed)
    assert code == 2
    assert f"mend: {mend}\n" in err


def test_a_function_of_matlab_is_no_file(gradcli: Gradcli) -> None:
    assert gradcli("eval", "@(x) x.^2", "x=3").out == "f\t9\n"
    assert gradcli("eval", "@(x", "x=3").code == 2
    assert gradcli("eval", "@x", "x=3").code == 4
