"""`gradcli explain`: the tutorial's derivation, hard formulas told truly, the answer of `grad` at the end, every form."""

import json
import re
from pathlib import Path

import pytest
from conftest import Answer, Gradcli

TUTORIAL = ("y = x*w; L = (y - target)^2", "x=2", "w=3", "target=2", "--wrt", "w")
HARD: dict[str, tuple[str, ...]] = {
    "many paths": ("a = x*x; b = sin(a)*x; f = a + b + a*b", "x=0.7"),
    "shared nodes": ("(x + y)*(x + y)*(x + y)", "x=1", "y=2"),
    "kink": ("abs(x)*y", "x=0", "y=2"),
    "corrected kink": ("relu(x) - relu(-x)", "x=0"),
    "tie": ("max(x, y, 1)", "x=1", "y=1"),
    "pole": ("1/x", "x=0"),
    "branches": ("if x > 1 then x^2 else (if x > 0 then 2*x - 1 else -x)", "x=0.5"),
    "softmax": ("s = exp(a) + exp(b) + exp(c); p = exp(a)/s; L = -log(p)", "a=1", "b=2", "c=3"),
    "power": ("x^x", "x=2"),
    "chain": ("h0 = x; " + "; ".join(f"h{n} = tanh(w*h{n - 1} + b)" for n in range(1, 21)), "x=1", "w=0.5", "b=0.1"),
    "nan": ("x*log(x)", "x=0"),
    "cancellation": ("q = sqrt(b^2 - 4*a*c); r = (-b + q)/(2*a)", "a=1", "b=1e9", "c=1"),
    "beyond doubles": ("log(1 + exp(x))", "x=1000"),
    "a variable alone": ("x", "x=2"),
    "no slope": ("where(x > 0, 1, 2)", "x=3"),
    "no variable": ("3 + 4",),
}
LEVELS = ("brief", "steps", "full")


def lines(answer: Answer) -> list[str]:
    return [line.strip() for line in answer.out.splitlines()]


@pytest.mark.parametrize("level", ["brief", "steps"])
def test_the_derivation_of_the_tutorial_comes_out_line_by_line(gradcli: Gradcli, level: str) -> None:
    told = lines(gradcli("explain", *TUTORIAL, "--lr", "0.1", "--level", level))
    wanted = [
        "y = x*w = 2*3 = 6",
        "L = (y - target)^2 = (6 - 2)^2 = 16",
        "dL/dy = 2*(y - target) = 2*(6 - 2) = 8",
        "dy/dw = x = 2",
        "dL/dw = dL/dy × dy/dw = 8 × 2 = 16",
        "w_new = w - 0.1 × dL/dw = 3 - 0.1 × 16 = 1.4",
        "By the slope L changes by -0.1 × 16^2 = -25.6.",
        "In fact it goes from 16 to 0.64, a change of -15.36.",
    ]
    assert [line for line in told if line in wanted] == wanted


@pytest.mark.one_in(2)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", HARD)
def test_the_last_lines_are_those_of_grad(gradcli: Gradcli, name: str, level: str) -> None:
    told, answered = gradcli("explain", *HARD[name], "--level", level), gradcli("grad", *HARD[name])
    assert told.out.endswith("\n" + answered.out)
    assert told.code == answered.code
    assert told.err == ""


def test_paths_are_added_and_counted(gradcli: Gradcli) -> None:
    told = gradcli("explain", "x*x", "x=3").out
    assert "x reaches f along 2 paths" in told
    assert "x → f as its first operand: 3" in told
    assert told.count("df/dx = 3 + 3 = 6") == 1
    assert "df/dx = x + x = 3 + 3 = 6" in told


def test_the_paths_of_41_squarings_are_counted_at_once(gradcli: Gradcli) -> None:
    squarings = "; ".join(["a0 = x", *(f"a{n} = a{n - 1}*a{n - 1}" for n in range(1, 42))])
    assert "x reaches a41 along 2^41 paths, too many to be written out." in gradcli("explain", squarings, "x=1").out


def test_up_to_eight_paths_are_written_out(gradcli: Gradcli) -> None:
    eight = gradcli("explain", "a = x*x; b = a*a; c = b*b; c", "x=1").out
    assert len(re.findall(r"x → a .*→ c", eight)) == 8
    nine = gradcli("explain", "x" + "+x^2" * 8, "x=1").out
    assert "→" not in nine


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("kink", "f has a kink here: its slope by x is -2 to the left and 2 to the right."),
        ("corrected kink", "beside it, where x is a little larger"),
        ("tie", "shared evenly by the 3 that tie"),
        ("pole", "1/0 is a pole"),
        ("branches", "x > 1 is false, so f = "),
        ("cancellation", "≈ -1e-9  (the shown digits are too few)  (doubles give 0)"),
        ("beyond doubles", "1.97007e434  (doubles give inf)"),
        ("no slope", "df/dx = 0  (does not depend)"),
        ("no variable", "There is no variable in this formula"),
        ("nan", "log(0) is a pole"),
    ],
)
def test_what_is_special_is_said(gradcli: Gradcli, name: str, said: str) -> None:
    assert said in gradcli("explain", *HARD[name]).out


def test_brief_gives_no_reasons_and_full_tells_every_node(gradcli: Gradcli) -> None:
    brief, steps, full = (gradcli("explain", "(x*w - 2)^2", "x=2", "w=3", "--level", level).out for level in LEVELS)
    assert "What each operation" not in brief
    assert "u1 = x*w - 2 = 2*3 - 2 = 4" in brief
    assert "What each operation" in steps
    assert "v2 = v1 - 2 = 6 - 2 = 4" in full


@pytest.mark.parametrize("formula", ["x*w", "x^2*w + w", "sin(x)/w", "relu(x - w)*x"])
def test_full_names_nodes_as_the_tables_do(gradcli: Gradcli, formula: str) -> None:
    point = ("x=2", "w=3")
    table = gradcli("grad", formula, *point, "--format", "table").out
    for name, text in re.findall(
        r"^  (v\d+) = (.*?) = ", gradcli("explain", formula, *point, "--level", "full").out, re.M
    ):
        assert re.search(rf"^  {name} +{re.escape(text)} +", table, re.M)


@pytest.mark.slow
def test_a_formula_that_is_long_is_told_by_its_definitions(gradcli: Gradcli) -> None:
    layers = [f"h{n} = " + " + ".join(f"tanh({k}*h{n - 1})" for k in range(1, 9)) for n in range(1, 200)]
    told = lines(gradcli("explain", "; ".join(["h0 = x", *layers]), "x=0.1"))
    assert any(line.startswith("h1 = tanh(1*x)") for line in told)
    assert any(line.startswith("… ") and line.endswith(" more …") for line in told)
    assert any(line.startswith("dh199/dx = ") for line in told)
    assert len(told) < 400


HOSTILE = ["[red]x[/red]", r"\input{x}", "a$b", "**x**", "a_b%", "<script>", "&amp;", "x|y", "~"]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["table", "plain", "markdown", "latex", "json"])
def test_a_name_is_text_in_every_form(gradcli: Gradcli, form: str, name: str) -> None:
    told = gradcli("explain", f"`{name}`*2 + abs(`{name}`)", "--let", f"`{name}`=0", "--format", form, "--lr", "0.1")
    assert told.code == 0
    if form in ("table", "plain"):
        assert name in told.out
    if form == "json":
        assert any(name in line for section in json.loads(told.out)["explanation"] for line in section["lines"])
    if form == "latex":
        assert r"\input{" not in told.out
        assert len(re.findall(r"(?<!\\)\{", told.out)) == len(re.findall(r"(?<!\\)\}", told.out))
        assert len(re.findall(r"(?<!\\)\$", told.out)) % 2 == 0
    if form == "markdown":
        outside = re.sub(r"(`+)(.*?)\1(?!`)", "", told.out)
        assert not re.search(rf"(?<!\\){re.escape(name)}", outside)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("form", ["table", "markdown", "latex", "json"])
@pytest.mark.parametrize("name", HARD)
def test_every_form_tells_every_formula(gradcli: Gradcli, form: str, name: str) -> None:
    told = gradcli("explain", *HARD[name], "--format", form)
    assert told.code in (0, 3)
    assert told.out
    if form == "latex":
        assert len(re.findall(r"(?<!\\)\$", told.out)) % 2 == 0
        assert told.out.count(r"\left") == told.out.count(r"\right")


def test_the_json_is_that_of_grad_and_the_sections(gradcli: Gradcli) -> None:
    told = json.loads(gradcli("explain", *TUTORIAL, "--json").out)
    sections = told.pop("explanation")
    assert told == json.loads(gradcli("grad", *TUTORIAL, "--json").out)
    assert sections[-1]["title"] == "What the gradient means"
    assert all(section["lines"] for section in sections)


def test_what_cannot_be_told_is_refused(gradcli: Gradcli) -> None:
    refused = gradcli("explain", "x^2", "x=1", "--format", "csv")
    assert (refused.code, refused.out) == (2, "")
    assert "explain has no form csv" in refused.err
    assert gradcli("explain", "y = x^2; y*2", "x=1", "--wrt", "y", "--lr", "0.1").code == 2
    assert "the output does not depend on `z`" in gradcli("explain", "x^2", "x=1", "--wrt", "z").err


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("w = 2*x; if x > 0 then x^2 else w", "du1/dx = 2*x = 2*3 = 6"),
        ("w = 2*x; x^2 + w", "du1/dx = 2*x = 2*3 = 6"),
        ("c = cos(x); s = sin(x); s*3 + c", "dc/dx = -sin(x) = -sin(3) = -0.14112"),
        ("v = x*2; max(v, x)*v", "directly: ∂f/∂v = u1 = 6"),
        ("u = -x; (relu(x) - relu(-x))*u", "df/du2 = x = 3"),
    ],
)
def test_a_local_derivative_is_told_in_the_terms_of_its_own_operands(gradcli: Gradcli, formula: str, told: str) -> None:
    assert told in gradcli("explain", formula, "x=3").out


def test_in_tables_too(gradcli: Gradcli) -> None:
    table = gradcli("grad", "if x > 1 then x^2 else 2*x - 1", "x=2", "--format", "table").out
    assert re.search(r"^  x +∂v2/∂x = 2\*x +1 × 4 = 4 ", table, re.MULTILINE)
    assert re.search(r"^  v1 +x > 1 +true$", table, re.MULTILINE)


def test_by_a_definition_too(gradcli: Gradcli) -> None:
    told = gradcli("explain", "a = x*y; b = a + 1; c = b*a", "x=1", "y=2", "--wrt", "a").out
    assert "a reaches c along 2 paths" in told
    assert "c grows as a grows" in told


@pytest.mark.slow
def test_a_hundred_thousand_definitions(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "chain.txt"
    path.write_text("h0 = x\n" + "\n".join(f"h{n} = sin(h{n - 1})" for n in range(1, 100_001)))
    told = gradcli("explain", f"@{path}", "x=1", "--level", "brief")
    assert told.code == 0
    assert "… 99,940 more …" in told.out
