"""What gradcli says to a text that is no program: the mistake in plain words, its place, and a way to mend it."""

import time

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from gradcli.errors import GradcliError, LanguageError, LimitError, NameProblem
from gradcli.language import parse
from gradcli.operators.table import CALLABLE, CONSTANT

MISTAKES = [
    # text, what the message says, the piece of text under the caret, what the hint says
    ("", "no expression", "", "write one"),
    ("   ", "no expression", " ", "write one"),
    ("# nothing", "no expression", "#", "write one"),
    (";;", "no expression", ";", "write one"),
    ("y =", "nothing follows `=`", "=", "the name stands for"),
    ("y = ; y", "nothing follows `=`", "=", "the name stands for"),
    ("f(x) =", "nothing follows `=`", "=", "the name stands for"),
    ("y = # later\n3", "no expression", "\n", "write one"),
    ("x +", "nothing follows `+`", "+", "what belongs there"),
    ("x and", "nothing follows `and`", "and", "what belongs there"),
    ("-", "nothing follows `-`", "-", "what belongs there"),
    ("x if y else", "nothing follows `else`", "else", "what belongs there"),
    ("x +; y", "nothing follows `+`", "+", "what belongs there"),
    ("50%", "a percentage", "50%", "write 0.5"),
    ("x %", "a percentage", "x %", "write x/100"),
    ("*x", "expected before `*`", "*", "a number, a name or a formula"),
    ("== 3", "expected before `==`", "==", "a number, a name or a formula"),
    ("x = == 3", "expected before `==`", "==", "a number, a name or a formula"),
    ("x */ y", "expected before `/`", "/", "a number, a name or a formula"),
    ("²", "expected before `²`", "²", "a number, a name or a formula"),
    ("max(x,)", "expected before `)`", ")", "a number, a name or a formula"),
    ("max(,x)", "expected before `,`", ",", "a number, a name or a formula"),
    ("then", "expected before `then`", "then", "a number, a name or a formula"),
    ("if then", "expected before `then`", "then", "a number, a name or a formula"),
    ("and x", "expected before `and`", "and", "a number, a name or a formula"),
    (")", "expected before `)`", ")", "a number, a name or a formula"),
    ("x =< y", "no comparison", "=<", "write <="),
    ("x = < y", "expected before `<`", "<", "a number, a name or a formula"),
    ("()", "parentheses are empty", "()", "between them"),
    ("().__class__", "parentheses are empty", "()", "between them"),
    ("(x + 1", "the `)` of `(` is missing", "(", "write the `)`"),
    ("(", "the `)` of `(` is missing", "(", "write the `)`"),
    ("((x)", "the `)` of `(` is missing", "(", "write the `)`"),
    ("sin(x", "the `)` of `sin` is missing", "sin", "write the `)`"),
    ("sin(", "the `)` of `sin` is missing", "sin", "write the `)`"),
    ("max(x,", "the `)` of `max` is missing", "max", "write the `)`"),
    ("(x; y)", "the `)` of `(` is missing", "(", "write the `)`"),
    ("|x", "the `|` of `|` is missing", "|", "write the `|`"),
    ("if x > 0", "the `then` of `if` is missing", "if", "write the `then`"),
    ("if x > 0 then 1", "the `else` of `if` is missing", "if", "write the `else`"),
    ("x if y", "the `else` of `if` is missing", "if", "write the `else`"),
    ("x)", "`)` closes nothing", ")", "take it away"),
    ("x else y", "`else` without its `if`", "else", "if c then a else b"),
    ("x then y", "`then` without its `if`", "then", "if c then a else b"),
    ("(if x then y)", "`)` comes before the `else` of `if`", ")", "write the `else` first"),
    ("(x|", "`|` closes nothing", "|", "a*|b|"),
    ("|(x|)", "`|` closes nothing", "|", "a*|b|"),
    ("2|x|", "`|` closes nothing", "|", "a*|b|"),
    ("max(if x then y, z)", "`,` comes before the `else` of `if`", ",", "write the `else` first"),
    ("1,5", "a comma separates", "1,5", "1.5"),
    ("(1, 5)", "a comma separates", ",", "1.5"),
    ("2 3", "no operator between `2` and `3`", "3", "2*3"),
    ("x y", "no operator between `x` and `y`", "y", "x*y"),
    ("x 2", "no operator between `x` and `2`", "2", "x*2"),
    ("(x) y", "no operator between `(x)` and `y`", "y", "(x)*y"),
    ("sin(x) cos(x)", "no operator between `sin(x)` and `cos`", "cos", "sin(x)*cos"),
    ("sin(x)(y)", "no operator between `sin(x)` and `(`", "(", "a product"),
    ("|x|y", "no operator between `|x|` and `y`", "y", "|x|*y"),
    ("x²y", "no operator between", "y", "a product"),
    ("x np.sin(x)", "no operator between `x` and `np`", "np", "a product"),
    ("import os", "no operator between `import` and `os`", "os", "import*os"),
    ("1..2", "a range stands in an index", "1..2", "for an array"),
    ("1/2x", "read in two ways", "1/2x", "(1/2)*x or 1/(2*x)"),
    ("1/2(x+1)", "read in two ways", "1/2(x+1)", "(1/2)*(x+1) or 1/(2*(x+1))"),
    ("1/2sin(x)", "read in two ways", "1/2sin(x)", "(1/2)*sin(x) or 1/(2*sin(x))"),
    ("y%2x", "read in two ways", "y%2x", "(y%2)*x or y%(2*x)"),
    ("a/(b)(c)", "read in two ways", "a/(b)(c)", "(a/(b))*(c) or a/((b)*(c))"),
    ("a*b/2x", "read in two ways", "a*b/2x", "(a*b/2)*x or a*b/(2*x)"),
    ("x^2y", "read in two ways", "x^2y", "(x^2)*y or x^(2*y)"),
    ("x**-2y", "read in two ways", "x**-2y", "(x**-2)*y or x**(-2*y)"),
    ("e^(2)(x)", "read in two ways", "e^(2)(x)", "(e^(2))*(x) or e^((2)*(x))"),
    ("√x²", "how far does the root reach", "√x²", "sqrt(x)² or sqrt(x²)"),
    ("√x^2", "how far does the root reach", "√x^2", "sqrt(x)^2 or sqrt(x^2)"),
    ("√2x", "how far does the root reach", "√2x", "sqrt(2)*x or sqrt(2*x)"),
    ("a < b < c", "comparisons do not chain", "a < b < c", "a < b and b < c"),
    ("a == b != c", "comparisons do not chain", "a == b != c", "a == b and b != c"),
    ("0 ≤ x + 1 ≤ 2", "comparisons do not chain", "0 ≤ x + 1 ≤ 2", "0 ≤ x + 1 and x + 1 ≤ 2"),
    ("1 + not x", "`not` binds looser", "not", "in parentheses"),
    ("1 + if x then y else z", "needs parentheses", "if", "(if"),
    ("x = = 3", "a single = defines", "=", "=="),
    ("x*y = 3", "a single = defines", "=", "=="),
    ("(x = 3)", "a single = defines", "=", "=="),
    ("3 = x", "a single = defines", "=", "=="),
    ("`a` = 3", "a single = defines", "=", "=="),
    ("y = x = 3", "a single = defines", "=", "=="),
    ("leaky_relu(x, q=0.2)", "`q` is no parameter", "q", "leaky_relu(x, a)"),
    ("IF(A1=0, 1, 2)", "does not compare", "A1=0", "write A1 == 0"),
    ("logsumexp(a, b, dim=0)", "`dim` is no parameter", "logsumexp(a, b, dim=0)", "write logsumexp(a, b)"),
    ("np.std([x, y, z], ddof=1)", "`ddof` is no parameter", "std([x, y, z], ddof=1)", "write sqrt(3/2)*std(x, y, z)"),
    ("2*³√x", "before `³`", "³", "write nthroot(x, n)"),
    ("√(x^{2})", "is a command", "√", r"write \sqrt{x}"),
    ("if(x > 0, x, 0)", "`if` as a function", "if(x > 0, x, 0)", "write where(x > 0, x, 0)"),
    ("std(x, y, ddof=1)", "`ddof` is no parameter", "std(x, y, ddof=1)", "write sqrt(2)*std(x, y)"),
    ("leaky_relu(x, 1, a=2)", "is not called so", "leaky_relu(x, 1, a=2)", "x, a"),
    ("0x10", "is `0x10` a product", "0x10", "write 0*x10 or 16"),
    ("0b1", "is `0b1` a product", "0b1", "write 0*b1 or 1"),
    ("1" * 1001, "1,001 characters", "1", "fewer"),
    ("1__0", "this is no number", "1__0", "write 1_0 or 1*__0"),
    ("1_", "this is no number", "1_", "1*_"),
    ("x.y", "no attributes", ".", "sin(x)"),
    ("x.__class__", "no attributes", ".", "sin(x)"),
    ("x[0]", "no entries", "x[0]", "x: [3]"),
    ("(x]", "a ] that opens nowhere", "]", "( )"),
    ("{x}", "no braces", "{", "( )"),
    ("'abc'", "no strings", "'", "back-ticks"),
    ('"abc"', "no strings", '"', "back-ticks"),
    ("~x", "~ is not an operator", "~", "not"),
    ("$x", "$ does not belong", "$", "single quotes"),
    ("@x", "@ is not an operator", "@", "@file"),
    ("2 ± 1", "± is not an operator", "±", "bind"),
    ("`", "never closed", "`", "back-tick"),
    ("`a\nb`", "never closed", "`", "back-tick"),
    ("``", "an empty name", "``", "column"),
    ("` `", "an empty name", "` `", "column"),
    ("`a\tb`", "invisible character U+0009", "\t", "delete"),
    ("x\x00", "invisible character U+0000", "\x00", "delete"),
    ("\x1b[31mx", "invisible character U+001B", "\x1b", "delete"),
    ("x\u200b", "invisible character U+200B", "\u200b", "delete"),
    ("x\u2028y", "invisible character U+2028", "\u2028", "delete"),
    ("x\udcff", "not UTF-8", "\udcff", "UTF-8"),
    ("٢x", "٢ (U+0662) does not belong", "٢", "write 2"),
    ("x — y", "— (U+2014) does not belong", "—", "write -"),
    ("∞", "∞ (U+221E) does not belong", "∞", "write inf"),
    ("xⁿ", "ⁿ is a letter in superscript", "ⁿ", "^n"),
    ("e⁻ˣ", "a power in superscript holds digits", "⁻", "as a power: ^-x"),
    ("x⁻", "⁻ (U+207B) does not belong", "⁻", "write ^-"),
    ("Ŀ", "Ŀ (U+013F) does not belong", "Ŀ", "back-ticks"),
    ("x₊", "does not belong", "₊", "back-ticks"),
    ("2☺", "does not belong", "☺", "back-ticks"),
    ("30º", "a degree, or the letter o", "º", "°"),
    ("25°C", "no units", "25°C", "alone"),
    ("⌊x", "the `⌋` of `⌊` is missing", "⌊", "write the `⌋`"),
    ("x⌉", "`⌉` closes nothing", "⌉", "take it away"),
    ("x^2; y", "only the last statement is the output", "x", "give it a name"),
    ("x\ny\nz", "only the last statement is the output", "x", "give it a name"),
    ("f(1) = 3", "parameters of a function are different names", "1", "f(x, y)"),
    ("f(x, x) = 3", "parameters of a function are different names", "x, x", "f(x, y)"),
    ("f(x,) = 3", "parameters of a function are different names", "x,", "f(x, y)"),
    ("f() = 3", "parameters of a function are different names", "()", "f(x, y)"),
    ("f(x y) = 3", "parameters of a function are different names", "x y", "f(x, y)"),
    ("f(x) = x^2; f(1, 2)", "`f` takes 1 argument, and 2 are given", "f(1, 2)", "f(x)"),
    ("f(x, y) = x; f(1)", "`f` takes 2 arguments, and 1 is given", "f(1)", "f(x, y)"),
    ("sin()", "`sin` takes 1 argument, and 0 are given", "sin()", "sin(x)"),
    ("sin(x, y)", "`sin` takes 1 argument, and 2 are given", "sin(x, y)", "sin(x)"),
    ("max()", "`max` takes one or more arguments", "max()", "max(x, y, …)"),
    ("log(x, 2, 3)", "`log` takes 1 or 2 arguments", "log(x, 2, 3)", "log(x) or log(x, b)"),
    ("elu(x, 1, 2)", "`elu` takes 1 or 2 arguments", "elu(x, 1, 2)", "elu(x, a = 1)"),
    ("clip(x)", "`clip` takes 3 arguments, and 1 is given", "clip(x)", "clip(x, lo, hi)"),
]

NAMES = [
    ("foo(x)", "no function `foo`", "foo", "gradcli rules"),
    ("sine(x)", "no function `sine`", "sine", "did you mean sin"),
    ("relU(x)", "no function `relU`", "relU", "did you mean relu"),
    ("erfi(x)", "no function `erfi`", "erfi", "gradcli rules"),
    ("square(x)", "no function `square`", "square", "write x^2"),
    ("xsin(y)", "no function `xsin`", "xsin", "x*sin(…)"),
    ("__import__(y)", "no function `__import__`", "__import__", "gradcli rules"),
    ("zzzzz(x)", "no function `zzzzz`", "zzzzz", "gradcli rules"),
    ("double(x) = 2*x; duble(3)", "no function `duble`", "duble", "did you mean double"),
    ("ѕin(x)", "no function `ѕin`", "ѕin", "only looks like s"),
    ("x(3)", "`x` is not a function", "x", "x*(…)"),
    ("x*w + x(3)", "`x` is a variable, not a function", "x", "x*(…)"),
    ("alpha*x + alpha(3)", "`alpha` is a variable, not a function", "alpha", "alpha*(…)"),
    ("y = 2; y(3)", "`y` is a variable, not a function", "y", "y*(…)"),
    ("pi()", "`pi` is a constant, not a function", "pi", "write pi"),
    ("pi(x)", "`pi` is a constant, not a function", "pi", "pi*(…)"),
    ("f(x) = 2; f + 1", "`f` is a function", "f", "f(x)"),
    ("sin x", "`sin` is a function and needs its argument", "sin x", "write sin(x)"),
    ("sin", "`sin` is a function and needs its argument", "sin", "--let sin=VALUE"),
    ("gamma*x", "`gamma` is a function and needs its argument", "gamma", "--let gamma=VALUE"),
    ("sin^2(x)", "`sin` is a function and has no power", "sin^2(x)", "write sin(x)^2"),
    ("sin ** 2", "`sin` is a function and has no power", "sin", "sin(x)^2"),
    ("gamma^2", "`gamma` is a function and has no power", "gamma", "--let gamma=VALUE"),
    ("sin²(x)", "`sin` is a function and has no power", "sin²(x)", "write sin(x)^2"),
    ("np.foo(x)", "`foo` is not known", "foo", "gradcli rules"),
    ("np.foo", "`foo` is not known", "foo", "gradcli rules"),
    ("np.array([1, 2])", "`array` is not known", "array", "gradcli rules"),
    ("torch.nn.relu(x)", "`torch.nn` is not known", "torch.nn", "relu(x)"),
    ("np.x", "`x` is not known", "x", ""),
    ("sin = 3", "`sin` is a function and cannot be redefined", "sin", "another name"),
    ("ln = 3", "`ln` is a function and cannot be redefined", "ln", "another name"),
    ("inf = 3", "`inf` is a constant and cannot be redefined", "inf", "another name"),
    ("nan = 2", "`nan` is a constant and cannot be redefined", "nan", "another name"),
    ("f(x) = x; f = 3", "`f` is a function and cannot be redefined", "f", "another name"),
    ("sin(x) = x", "function `sin` exists already", "sin", "another name"),
    ("f(x) = x; f(y) = y", "function `f` exists already", "f", "another name"),
    ("f = 3; f(x) = x", "`f` is already defined", "f", "another name"),
    ("a = x; x(y) = y; a", "`x` is already a variable", "x", "another name"),
    ("y = 2; y = 3", "`y` is already defined", "y", "no assignment"),
    ("y = x; x = 3; y", "`x` is used before its definition", "x", "move"),
    ("y = `x`; x = 3; y", "`x` is used before its definition", "x", "move"),
    ("y = `e`; e = 3; y", "`e` is used before its definition", "e", "move"),
    ("y = pi; pi = 3; y", "`pi` is used before its definition", "pi", "move"),
    ("f(x) = pi*x; pi = 3; f(1)", "`pi` is used before its definition", "pi", "move"),
    ("y = y + 1", "`y` is defined by itself", "y", "before it"),
    ("e = e + 1", "`e` is defined by itself", "e", "before it"),
    ("f(x) = f(x - 1)", "`f` calls itself", "f", "write out"),
    ("y = y(3)", "`y` calls itself", "y", "write out"),
    ("f(x) = g(x); g(x) = f(x)", "`g` is not a function", "g", "before its use"),
]


@pytest.mark.parametrize(("text", "message", "place", "hint"), MISTAKES + NAMES)
def test_mistake_is_named_and_placed(text: str, message: str, place: str, hint: str) -> None:
    with pytest.raises(LanguageError if len(text) < 1000 else LimitError) as caught:
        parse(text, name="the test")
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert error.hint
    assert error.source is not None
    assert (error.source.text, error.source.name) == (text, "the test")
    assert error.span is not None
    assert text[slice(*error.span)] == place


@pytest.mark.parametrize("text", [row[0] for row in NAMES])
def test_a_wrong_name_is_a_name_problem(text: str) -> None:
    with pytest.raises(NameProblem):
        parse(text)


@pytest.mark.parametrize(("text", "which"), [("y = 2; y = 3", 1), ("(x + 1))", 1), ("x + 2y; x 3", 0)])
def test_the_caret_is_at_the_right_one_of_several(text: str, which: int) -> None:
    with pytest.raises(LanguageError) as caught:
        parse(text)
    start, end = caught.value.span or (0, 0)
    assert text[:start].count(text[start:end]) == which


@pytest.mark.parametrize(
    "text", ["a/\x1b[2J(b)(c)", "1/2(\udcff)", "1/2(x # \x1b[31m\n)", "a # \x1b[31m\n < b < c", "x # \x1b\n y"]
)
def test_messages_show_nothing_that_a_terminal_would_obey(text: str) -> None:
    with pytest.raises(GradcliError) as caught:
        parse(text)
    assert caught.value.message.isprintable()
    assert caught.value.hint.isprintable()


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "text", ["1" * 1_000_000, "0." + "0" * 1_000_000, "(" * 300_000 + ")", "x " * 300_000, "|" * 300_001, "²" * 300_000]
)
def test_a_long_mistake_is_found_soon_and_told_shortly(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(GradcliError) as caught:
        parse(text)
    assert time.perf_counter() - began < 2
    assert len(caught.value.message) + len(caught.value.hint) < 200


words = st.sampled_from(
    [
        *"+-*/^%(),;|=<>!.&`#²³⁻√×·−≤π",
        "**",
        "==",
        "\n",
        " ",
        "if ",
        " then ",
        " else ",
        " and ",
        "not ",
        "x",
        "y",
        "2",
        "1e5",
        "f(",
        *CALLABLE,
        *CONSTANT,
        "np.",
    ]
)


@given(st.lists(words, max_size=25).map("".join) | st.text(max_size=30))
@examples(2000)
def test_any_text_is_a_program_or_an_error_with_a_place(text: str) -> None:
    error = mistake(text)
    if error is not None:
        start, end = error.span or (-1, -1)
        assert 0 <= start < end <= len(text) + 1
        assert start <= len(text)
        assert error.message
        assert error.hint
        assert f"{error.message}{error.hint}".isprintable()


def mistake(text: str) -> GradcliError | None:
    """What is wrong with a text, or None."""
    try:
        parse(text)
    except GradcliError as error:
        return error
    return None
