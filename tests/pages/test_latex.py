"""Formulas as LaTeX: written as in a textbook, with the parentheses that are needed, always with balanced braces."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcli.derivatives import differentiate
from gradcli.emit.latex import latex, symbol
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS

FORMULAS = {
    "x*w": r"x \cdot w",
    "a*(b+c)": r"a \cdot \left(b + c\right)",
    "x-(y-2)": r"x - \left(y - 2\right)",
    "x - y - 2": r"x - y - 2",
    "x*-y": r"x \cdot \left(-y\right)",
    "a/b/c": r"\frac{\frac{a}{b}}{c}",
    "(x/y)^2": r"{\left(\frac{x}{y}\right)}^{2}",
    "-x^2": r"-{x}^{2}",
    "(-x)^2": r"{\left(-x\right)}^{2}",
    "2^3^x": r"{2}^{{3}^{x}}",
    "x^-2": r"{x}^{-2}",
    "sqrt(x+1)/2": r"\frac{\sqrt{x + 1}}{2}",
    "cbrt(x)": r"\sqrt[3]{x}",
    "exp(-x)^2": r"{\left(e^{-x}\right)}^{2}",
    "sin(x)^2": r"{\left(\sin x\right)}^{2}",
    "log(x,2)": r"\log_{2} x",
    "abs(x-1)": r"\left|x - 1\right|",
    "floor(x)": r"\lfloor x \rfloor",
    "sigmoid(x)": r"\sigma(x)",
    "max(x,y,3)": r"\max(x, y, 3)",
    "erf(x)": r"\operatorname{erf}(x)",
    "x % 2": r"x \bmod 2",
    "x and not y": r"x \land \lnot y",
    "x if x > 0 else -x": r"\begin{cases} x & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}",
    "1e-7*x": r"1 \cdot 10^{-7} \cdot x",
    "pi*r^2": r"\pi \cdot {r}^{2}",
}
SYMBOLS = {
    "x": "x",
    "w1": "w_{1}",
    "w_12": "w_{12}",
    "alpha": r"\alpha",
    "θ": r"\theta",
    "beta_2": r"\beta_{2}",
    "target": r"\mathrm{target}",
    "learning_rate": r"\mathrm{learning\_rate}",
    "unit price": r"\mathrm{unit\ price}",
    r"50% {a}\b^~": r"\mathrm{50\%\ \{a\}\backslash b\wedge \sim }",
}


def is_balanced(text: str) -> bool:
    """Whether every brace, \\left and \\begin has its partner; escaped braces are signs."""
    signs = re.sub(r"\\[\\{}]", "", text)
    depth = 0
    for sign in signs:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    paired = ((r"\left", r"\right"), (r"\begin", r"\end"), (r"\lfloor", r"\rfloor"), (r"\lceil", r"\rceil"))
    counts = [tuple(len(re.findall(re.escape(word) + r"(?![a-z])", signs)) for word in pair) for pair in paired]
    return depth == 0 and all(first == last for first, last in counts)


def written(text: str) -> str:
    program = parse(text)
    return latex(program.graph, program.output)


@pytest.mark.parametrize(("formula", "expected"), FORMULAS.items(), ids=FORMULAS)
def test_a_formula_as_in_a_textbook(formula: str, expected: str) -> None:
    assert written(formula) == expected
    assert is_balanced(expected)


@pytest.mark.parametrize(("name", "expected"), SYMBOLS.items(), ids=SYMBOLS)
def test_a_name_as_a_symbol(name: str, expected: str) -> None:
    assert symbol(name) == expected


@pytest.mark.parametrize("row", OPERATORS.values(), ids=lambda row: row.name)
def test_every_operator_and_its_derivatives_are_balanced(row: Operator) -> None:
    names = ("x", "y") if row.variadic else row.operands
    infix = row.notation
    call = f"{row.name}({', '.join(f'({name} + 1)' for name in names)})" if names else row.name
    if infix:
        symbol_ = f" {infix.symbol} "
        call = f"(x + 1){symbol_}(y + 1)" if infix.left else f"{symbol_}(x + 1)"
    program = parse(f"2*({call})^2")
    derivative = differentiate(program.graph, program.output, tuple(program.variables.values()))
    for node in (program.output, *derivative.gradient):
        assert is_balanced(latex(program.graph, node))


def test_a_definition_is_written_as_its_name() -> None:
    program = parse("y = x*w; L = (y - 2)^2")
    assert latex(program.graph, program.output) == r"{\left(y - 2\right)}^{2}"
    assert latex(program.graph, program.definitions["y"]) == r"x \cdot w"


@given(st.recursive(st.sampled_from(["x", "2", "-1", "y1"]), lambda inner: st.builds(
    str.format, st.sampled_from(["({}+{})", "({}*{})", "({}/{})", "({})^({})", "-({})", "sin({})", "abs({}-{})", "where({}<{},{},1)"]),
    inner, inner, inner,
), max_leaves=12))  # fmt: skip
def test_any_formula_is_balanced(text: str) -> None:
    assert is_balanced(written(text))
