r"""LaTeX: what is read and as what, what is asked about with readings that are programs, and what is refused."""

import time
from collections.abc import Mapping

import pytest

from gradcli.errors import GradcliError, LanguageError, LimitError
from gradcli.language import parse
from gradcli.language.notation import program_text
from gradcli.language.readings import AmbiguityError

READ = {
    "$4ac$": "4*a*c",
    "$mc^2$": "m*c^2",
    r"\pi r^2h": "pi*r^2*h",
    "$x(y-z)$": "x*(y - z)",
    "x_{10} + x_1": "x_10 + x_1",
    r"\frac12 x": "1/2*x",
    r"\sqrt[3]{x} + \sqrt{y}": "cbrt(x) + sqrt(y)",
    r"\max\{0, x\} + \min(a,b)": "max(0, x) + min(a, b)",
    r"a \cdot b \times c \div d": "a*b*c/d",
    r"\left|x\right| + |x-1||y| + \lfloor x \rfloor": "abs(x) + abs(x - 1)*abs(y) + floor(x)",
    r"\log_{2} x + \log_b x": "log2(x) + log(x, b)",
    r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}": "where(x > 0, x, 0)",
    r"\begin{cases} 1 & \text{if } 0 \le x < 1 \\ 2 & x = 3 \end{cases}": "where(0 <= x and x < 1, 1, where(x == 3, 2, nan))",
    r"\sin 30^{\circ}": "sin(30*pi/180)",
    r"\frac{x}{2}\degree - 30° y": "x/2*pi/180 - 30*pi/180*y",
    r"\sum_{k=0}^{2} x^k + 1": "x^0 + x^1 + x^2 + 1",
    r"\prod_{k=1}^{2} (x - k) - y": "(x - 1)*(x - 2) - y",
    r"\sum_{i=1}^{2}\sum_{j=1}^{2} w_{ij} x_i": "w_11*x_1 + w_12*x_1 + (w_21*x_2 + w_22*x_2)",
    r"\sin x \cos y": "sin(x)*cos(y)",
    r"\ln x^2": "log(x^2)",
    r"\sin^2 x + \sin^{-1}(x)": "sin(x)^2 + asin(x)",
    r"\sigma(x) + \Gamma(x) + \Phi(x)": "sigmoid(x) + gamma(x) + normal_cdf(x)",
    r"y = wx + b \\ L = (y - t)^2": "y = w*x + b; L = (y - t)^2",
    r"\begin{aligned} y &= wx + b \\ L &= (y - t)^2 \end{aligned}": "y = w*x + b; L = (y - t)^2",
    r"f\left(x, y\right) = x^2 y": "f = x^2*y",
    r"\hat{y} + V_{\max} + \operatorname{rate}": "y_hat + V_max + rate",
    r"n! \cdot \alpha.": "factorial(n)*α",
    "$x^2.$": "x^2",
    r"\Delta G = H - T \\ \Delta G \cdot 2": "ΔG = H - T; ΔG*2",
    r"\hat y_i \cdot 2": "y_hat_i*2",
    r"\begin{cases} x & \text{if $x > 0$,} \\ 0 & \text{in all other cases} \end{cases}": "where(x > 0, x, 0)",
    r"\|x\|_2^2 + \|y\|_{\infty}": "hypot(x)^2 + hypot(y)",
    r"`a` \cdot `b`": "a*b",
}
ASKED = {
    r"x_10 \alpha": r"write x_{10} or x_{1} \cdot 0",
    "$x^10$": r"write x^{10} or x^{1} \cdot 0",
    "$W^{(1)}$": "write W_{1} or W^{1}",
    r"\sin x y": r"write \sin(x) y or \sin(x y)",
    r"\cos x/2": r"write \cos(x)/2 or \cos(x/2)",
    r"h / 2 \pi": r"write (h / 2) \pi or h / (2 \pi)",
    r"1 \frac12": r"write 1 \cdot \frac12 or (1 + \frac12)",
    r"\frac{sin(x)}{x}": r"write \operatorname{sin} or s i n",
    r"kb \alpha": r"write \mathrm{kb} or k b",
    r"\sigma \cdot \sigma(x)": r"write \operatorname{sigmoid}(x) or \sigma \cdot (x)",
    r"e^-x \alpha": "write {-x}",
    "$a^{[1]}$": "write a_{1} or a^{1}",
    r"2.5\mathrm{e}{-3}": r"write 2.5 \cdot 10^{-3} or 2.5 \cdot e (-3)",
    r"5\%x": "write 0.05",
    r"x + 5\%": r"write x + 0.05 or x \cdot 1.05",
    r"12{,}345.6 \cdot x": "write 12345.6",
    r"1e-3 \alpha": r"write 1 \cdot 10^{-3} or 1 e - 3",
}
REFUSED = {
    r"\frac{d}{dx} x^2": ("is a derivative", "--wrt x"),
    r"\frac{\partial f}{\partial x}": ("is a derivative", "--wrt x"),
    r"\int x": ("is an integral", "write what it comes to"),
    r"\lim_{x \to 0} x": ("is a limit", "at the point itself"),
    r"x \pm y": ("two signs", "for each sign"),
    r"\sum_{k=0}^{\infty} x^k": ("no end", "as many terms"),
    r"\sum_{k=0}^{m} x^k": ("no whole number", "m=5"),
    r"f(x;\mu) = x - \mu": ("parted by commas", r"write f(x, \mu) = …"),
    r"x^2 \text{ for } x > 0": ("a word of a sentence", "the formula alone"),
    r"\operatorname{foo}(x)": ("no function `foo`", r"\operatorname{foo} \cdot (…)"),
    r"w^\top x": ("a transpose", "sum of the products"),
    r"x^\ast \alpha": ("is no power", "write a name with a subscript: x_{star}"),
    r"\mathbb{E}[x]": ("an expectation", r"\mathrm{E}"),
    r"\begin{cases} x & \text{if x is positive} \end{cases}": ("written in words", "as a formula"),
    r"a \pmod b": ("is a congruence", r"a \bmod b"),
    r"\foo x": (r"`\foo` is not known", r"\operatorname{foo}"),
    r"\frac{x}": ("nothing follows", r"\frac{a}{b}"),
    r"\sqrt{x": ("`}` of `{` is missing", "write the `}`"),
    r"\left( x \right": ("is missing", "write"),
    r"x = 2 = \alpha": ("a single =", "one right side"),
}
HOSTILE = [
    *("x^" + "{" * 20_000, r"\frac" * 20_000, r"\sqrt" * 20_000, r"\sin" * 20_000, r"\hat{" * 20_000),
    *(r"\left(" * 20_000, r"\begin{cases}" * 5_000, r"\sum_{k=1}^{2}" * 200 + "x", r"\sum_{k=0}^{1000000000} x^k"),
    *(r"\alpha" + "^" * 20_000, r"\alpha" + "|" * 20_000, r"\text{" * 20_000, "\\" * 20_001, "$" * 20_001),
]


@pytest.mark.parametrize("text", READ)
def test_what_can_mean_one_thing_is_read(text: str) -> None:
    assert program_text(parse(text)) == READ[text]


@pytest.mark.parametrize("text", ASKED)
def test_what_can_mean_two_is_asked_with_readings_that_are_programs(text: str) -> None:
    with pytest.raises(AmbiguityError) as caught:
        parse(text, variables=("kb", "k", "b"))
    start, end = caught.value.place
    assert caught.value.hint == ASKED[text]
    for reading in caught.value.readings:
        parse(f"{text[:start]}{reading}{text[end:]}", variables=("kb", "k", "b"))


@pytest.mark.parametrize("text", REFUSED)
def test_what_gradcli_has_not_is_refused_by_name(text: str) -> None:
    with pytest.raises(LanguageError) as caught:
        parse(text)
    message, hint = REFUSED[text]
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.span


@pytest.mark.parametrize(
    ("text", "variables", "meant"),
    [
        (r"\hat{y} \alpha x_1", {"ŷ": 1, "alpha": 2, "x1": 3}, "ŷ*alpha*x1"),
        (r"\sum_{i=1}^{n} x_i", {"n": "2"}, "x_1 + x_2"),
        (r"kb \alpha", {"kb": 1}, "kb*α"),
    ],
)
def test_what_is_bound_decides(text: str, variables: Mapping[str, object], meant: str) -> None:
    assert program_text(parse(text, variables=variables)) == meant


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_takes_long(text: str) -> None:
    began = time.process_time()
    with pytest.raises((LanguageError, LimitError)) as caught:
        parse(text)
    assert caught.value.hint
    assert time.process_time() - began < 5


def test_places_are_in_the_latex() -> None:
    program = parse(r"\frac{x}{1+\alpha}")
    start, end = program.graph.span(program.output) or (0, 0)
    assert program.source.text[start:end] == r"\frac{x}{1+\alpha}"


@pytest.mark.parametrize("text", [r"x^2 # \alpha", r"`a\b` + 1", "x^2"])
def test_plain_texts_stay_plain(text: str) -> None:
    parse(text)


def test_an_error_has_a_place() -> None:
    with pytest.raises(GradcliError, match="not known"):
        parse(r"1 + \nonsense")
