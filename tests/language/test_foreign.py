"""Formulas as other languages write them: each text on the left is read as the plain one on the right, or asked about."""

import math
import re

import pytest
from structure import same_graph

import gradcli
from gradcli.errors import LanguageError
from gradcli.language import parse
from gradcli.language.foreign_calls import OTHER, meaning
from gradcli.language.functions import FUNCTIONS
from gradcli.language.libraries import MATHEMATICA, SAME, prefixes, renamed
from gradcli.language.notation import program_text
from gradcli.language.rules import parse_template
from gradcli.operators.table import CONSTANT

SILENT = """
x.^2                              | x^2
x.^2.*y./z .+ 1 .- z              | x^2*y/z + 1 - z
2.^x                              | 2^x
exp.(x)                           | exp(x)
x .>= 0                           | x >= 0
x > 0 ? x : 0                     | where(x > 0, x, 0)
x > 1 ? 1 : x > 0 ? x : -x       | where(x > 1, 1, where(x > 0, x, -x))
2*(x > 0 ? x : 0) + 1             | 2*where(x > 0, x, 0) + 1
1 if x > 0, else 0                | where(x > 0, 1, 0)
if x > 0 then 1, else 0           | where(x > 0, 1, 0)
max(1 if x > 0, else 0, y)        | max(where(x > 0, 1, 0), y)
x && y || z                       | (x and y) or z
|x| || y                          | abs(x) or y
(x || y) + |(y || z)|             | (x or y) + abs(y or z)
!x && y                           | not x and y
!(x > 0)                          | not x > 0
!!x                               | not not x
x ~= y                            | x != y
x === y && x !== z                | x == y and x != z
x .gt. 0 .and. y .LT. 3 .or. .not. z | x > 0 and y < 3 or not z
x > 0 .and. .true.                | x > 0 and 1
½x + x^¼                          | (1/2)*x + x^(1/4)
⅔*x                               | 2/3*x
x<-1                              | x < -1
max(x <- 1, 2)                    | max(x < -1, 2)
"""

NOTED = """
x <> y                            | x != y
x %% 3                            | x % 3
1.5f*x                            | 1.5*x
1.5d0*x + 2D3                     | 1.5*x + 2e3
1e5f*x + 2_dp*y + .5e1_real64     | 1e5*x + 2*y + 5
Pi*r + PI*r + PI()*r + M_PI*r     | pi*r + pi*r + pi*r + pi*r
Math.PI + Math.E + np.pi          | pi + e + pi
M_LN2*x + M_PI_2                  | log(2)*x + pi/2
IF(AND(x > 0, y > 0), x, 0)       | where(x > 0 and y > 0, x, 0)
IF(x > 0, x, 0)                   | where(x > 0, x, 0)
ifelse(x > 0, x, 0)               | where(x > 0, x, 0)
EXP(x) + DSQRT(x) + expf(x)       | exp(x) + sqrt(x) + exp(x)
powf(x, 2.0f)                     | x^2.0
Exp[x] + Sin[x]^2                 | exp(x) + sin(x)^2
Log[x] + Log[2, x]                | log(x) + log(x, 2)
ArcTan[x, y] + ArcTan[x]          | atan2(y, x) + atan(x)
If[x > 0, Max[x, y], 0]           | where(x > 0, max(x, y), 0)
LOG(x, 2)                         | log(x, 2)
tg(x) + arctg(x)                  | tan(x) + atan(x)
np.sinc(x/2)                      | sinc(pi*(x/2))
jnp.sinc(x) + torch.sinc(x)       | sinc(pi*x) + sinc(pi*x)
torch.tensor(1.)-tf.constant(2)   | 1 - 2
Math.round(x)                     | floor(x + 0.5)
std::round(x) + std::exp(x)       | sign(x)*floor(abs(x) + 0.5) + exp(x)
tf.nn.leaky_relu(x)               | leaky_relu(x, 0.2)
tf.nn.leaky_relu(x, 0.3)          | leaky_relu(x, 0.3)
jax.nn.leaky_relu(x)              | leaky_relu(x, 0.01)
torch.nn.functional.gelu(x)       | gelu(x)
nn.functional.softplus(F.relu(x)) | softplus(relu(x))
tf.math.log(tf.nn.sigmoid(x))     | log(sigmoid(x))
scipy.special.expit(x)            | sigmoid(x)
F.leaky_relu(x, negative_slope=0.2) | leaky_relu(x, 0.2)
F.gelu(x, approximate='none')     | gelu(x)
F.gelu(x, approximate="tanh")     | 0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))
jax.nn.gelu(x, approximate=False) | gelu(x)
F.softplus(x, beta=2)             | softplus(2*x)/2
torch.clamp(x, min=0, max=1)      | clip(x, 0, 1)
np.clip(x, a_max=y)               | min(x, y)
pnorm(x, sd=2, mean=y)            | normal_cdf((x - y)/2)
pnorm(x, lower.tail=FALSE)        | normal_cdf(-x)
dnorm(x, 1, log=TRUE)             | -((x - 1)/1)^2/2 - log(1) - log(2*pi)/2
math.log(x, base=2)               | log(x, 2)
F.huber_loss(input=x, target=y, delta=2) | huber(x - y, 2)
F.mse_loss(x, y, reduction='sum') | (x - y)^2
np.round(x, decimals=2)           | round(x*10^2)/10^2
Math.pow(Math.max(x, 0), 2)       | pow(max(x, 0), 2)
2Math.PI*r                        | 2*pi*r
np.log(x)/np.log(2)               | log(x)/log(2)
f(x) := x^2                       | f(x) = x^2
y := x^2; y + 1                   | y = x^2; y + 1
w_new := w_old - a*g              | w_new = w_old - a*g
f[x_, y_] := x*y^2                | f(x, y) = x*y^2
x -> x^2                          | x^2
(x, y) => x*y                     | x*y
f: x ↦ x^2                        | f(x) = x^2
f := x -> x^3 - 2*x               | f(x) = x^3 - 2*x
f = lambda x: x**2                | f(x) = x**2
lambda gamma: gamma*x             | `gamma`*x
f = @ (x) x .^ 3 + 2 .* x .^ 2    | f(x) = x^3 + 2*x^2
y = 1.0f/(1.0f + expf(-x));       | y = 1/(1 + exp(-x))
let f = x => Math.sin(x)**2;      | f(x) = sin(x)^2
max(x; 0) + log(x; base=2)        | max(x, 0) + log(x, 2)
max((x, y), 3) + Rational(1, 2)   | max(x, y, 3) + 1/2
sum([a, b c]) + max([x])          | a + b + c + max(x)
mean(c(x, y)) + np.std([x, y])    | mean(x, y) + std(x, y)
Clip[x, {0, 1}] + Sech[x]         | clip(x, 0, 1) + sech(x)
Piecewise[{{x, x > 0}, {-x, y > 0}}] | where(x > 0, x, where(y > 0, -x, 0))
Piecewise((x, x > 0), (0, True))  | where(x > 0, x, where(1, 0, nan))
f[x_] := E^x Sin[x]; f[y]         | e^y*sin(y)
SIGN(a, b) + MAX0(x, y)           | where(b < 0, -abs(a), abs(a)) + max(x, y)
x + 1 |> exp |> sqrt              | sqrt(exp(x + 1))
function f(x) { return x*x; }     | f(x) = x*x
float f(float x) { return x*x; }  | f(x) = x*x
let f x = x ** 2.0                | f(x) = x^2
=SUMSQ(A1, B1, C1) + AVERAGE(A1, B1) | A1^2 + B1^2 + C1^2 + (A1 + B1)/2
=IFS(A1>0, 1, TRUE, 0)            | where(A1 > 0, 1, where(1, 0, nan))
Exp[-x^2/2]/Sqrt[2 Pi]            | exp(-x^2/2)/sqrt(2*pi)
System.Math.Clamp(x, 0, 1) + Math.rint(x) | clip(x, 0, 1) + round(x)
jax.lax.rsqrt(x) + lax.logistic(x) | rsqrt(x) + sigmoid(x)
F.celu(x) + jax.nn.celu(x, 2)     | elu(x) + where(x > 0, x, 2*expm1(x/2))
F.threshold(x, 1, 2)*F.hardshrink(x) | where(x > 1, x, 2)*where(abs(x) > 0.5, x, 0)
math.comb(n, k) + math.isqrt(n)   | n!/(k!*(n - k)!) + floor(sqrt(n))
tf.math.divide_no_nan(x, y) + tf.math.ndtri(x) | where(y == 0, 0, x/y) + probit(x)
special.kl_div(x, y) + np.true_divide(x, y) | where(x == 0, y, x*log(x/y) - x + y) + x/y
special.boxcox(x, y)*jax.nn.squareplus(x) | where(y == 0, log(x), expm1(y*log(x))/y)*((x + sqrt(x^2 + 4))/2)
ProductLog[x] + LambertW(x) + ATN(y) | lambertw(x) + lambertw(x) + atan(y)
np.exp(-(x-mu)**2/(2*s**2))       | exp(-(x - mu)^2/(2*s^2))
A*DEXP(-E/(R*T))                  | A*exp(-E/(R*T))
\\(x) x^2                         | x^2
f <- function(x) x^2; f(3)        | f(x) = x^2; f(3)
const y = x*x; return y + 1       | y = x*x; y + 1
return -c/2 * (t*(t-2) - 1) + b;  | -c/2*(t*(t - 2) - 1) + b
def f(x): return x**2             | f(x) = x**2
y ← x^2; y                        | y = x^2; y
=5/(-B4^2) + A1-A1^2              | 5/((-B4)^2) + A1 - A1^2
=5+(-A1^2+10)                     | 5 + ((-A1)^2 + 10)
=-A1^2                            | (-A1)^2
=2^A1^2                           | (2^A1)^2
=2^-A1                            | 2^(-A1)
=LOG(A1) + ln(A1)                 | log10(A1) + log(A1)
=ATAN2(x, y)                      | atan2(y, x)
=IF(A1=0, 1, SIN(A1)/A1)          | where(A1 == 0, 1, sin(A1)/A1)
=IF(A1<>0; A1*2; 0)               | where(A1 != 0, A1*2, 0)
=A1*10% - 7                       | A1*(10/100) - 7
=PI()*A1^2                        | pi*A1^2
=SUM(A1, B1)*ROUND(A1, 2)         | (A1 + B1)*(sign(A1)*floor(abs(A1)*10^2 + 0.5)/10^2)
=AND(A1>0, B1>0)                  | A1 > 0 and B1 > 0
=NORM.S.DIST(A1, TRUE)            | where(1, normal_cdf(A1), normal_pdf(A1))
=NORM.DIST(A1, B1, 2, 0)          | where(0, normal_cdf((A1 - B1)/2), normal_pdf((A1 - B1)/2)/2)
=TRUNC(A1) + ROUND(B1) + FLOOR(A1) | trunc(A1) + sign(B1)*floor(abs(B1) + 0.5) + floor(A1)
=NORM.INV(A1, B1, 2) + FACT(B1)   | B1 + 2*probit(A1) + B1!
"""

REFUSED = """
x.pow(2) + 1     | no methods       | write pow(x, 2)
x.exp()          | no methods       | write exp(x)
x // 3 + 1       | `//`             | write floor(x/3)
x %/% (y + 1)    | `%/%`            | write floor(x/(y + 1))
np.max(x, 0)     | `max`            | did you mean maximum?
torch.nn.relu(x) | `torch.nn`       | write relu(x)
nn.LeakyReLU(0.2)(x) + 1 | a layer   | write leaky_relu(x, 0.2)
torch.nn.ReLU()(w*(x + 1)) | a layer | write relu(w*(x + 1))
np.sinc(x, y)    | takes 1 argument | its form here is np.sinc
Exp[x, y]        | takes 1 argument | its form here is exp(x)
x[0]             | no entries       | declare its shape: x: [3]
let x            | no operator      | let*x
y ~ a*x          | not an operator  | f(x) alone
"""


def rows(table: str) -> list[list[str]]:
    return [re.split(r"\s+\| ", line) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "plain"), rows(SILENT) + rows(NOTED))
def test_text_reads_as(text: str, plain: str) -> None:
    program, expected = parse(text), parse(plain, variables=["gamma"] if "`gamma`" in plain else [])
    assert same_graph(program.graph, program.output, expected.graph, expected.output), program_text(program)
    assert program.source.text == text
    notes = [notice for notice in program.notices if notice.kind == "reading"]
    assert bool(notes) == ([text, plain] in rows(NOTED))
    assert all(notice.span and text[slice(*notice.span)].strip() for notice in notes)


@pytest.mark.parametrize(("text", "message", "hint"), rows(REFUSED))
def test_text_is_refused_with_what_to_write(text: str, message: str, hint: str) -> None:
    with pytest.raises(LanguageError, match=re.escape(message)) as caught:
        parse(text)
    assert hint in caught.value.hint


def test_names_that_are_bound_or_defined_are_what_they_are() -> None:
    assert list(parse("1.5f + 2.5d0", variables=["f", "d0"]).variables) == ["f", "d0"]
    assert list(parse("PI*Pi", variables=["PI", "Pi"]).variables) == ["PI", "Pi"]
    assert not parse("PI = 3; PI*2").notices
    assert not parse("EXP(x) = x^2; EXP(3)").notices
    assert list(parse("F*x + np*y").variables) == ["F", "x", "np", "y"]


def test_errors_in_what_a_head_begins_have_their_places_in_the_text() -> None:
    text = "f = lambda x: x**2 + foo(x)"
    with pytest.raises(LanguageError, match="no function `foo`") as caught:
        parse(text)
    assert caught.value.source is not None
    assert caught.value.source.text == text
    assert text[slice(*caught.value.span or (0, 0))] == "foo"


# The lists below are made of the documentations of the libraries: what stands in one means the same there and here.
DROPPED = {
    "np": "abs arccos arccosh arcsin arcsinh arctan arctan2 arctanh cbrt ceil clip cos cosh cot csc degrees e exp exp2"
    " expm1 fabs floor fmod hypot i0 inf log log10 log1p log2 logaddexp maximum minimum mod nan pi power radians rint"
    " round sign sin sinh sqrt tan tanh trunc where",
    "math": "acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh degrees e erf erfc exp exp2 expm1 fabs floor fma"
    " fmod gamma hypot inf lgamma log log10 log1p log2 nan pi pow radians sin sinh sqrt tan tanh tau trunc",
    "Math": "abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh exp expm1 floor hypot log log10 log1p log2"
    " max min pow sign sin sinh sqrt tan tanh trunc",
    "jax.nn": "elu hard_sigmoid hard_swish hard_tanh leaky_relu mish relu relu6 selu sigmoid silu softplus swish tanh",
    "F": "elu gelu hardtanh leaky_relu logsigmoid mish relu relu6 selu sigmoid silu softplus softsign tanh",
    "tf.nn": "elu gelu relu relu6 selu sigmoid silu softplus softsign swish tanh",
}
KEPT = {
    "np": "sinc max min sum mean std gamma erf",
    "Math": "round fround clz32 imul",
    "jax.nn": "gelu log_sigmoid glu softmax",
    "tf.nn": "leaky_relu softmax",
    "math": "remainder comb perm dist",
}


@pytest.mark.parametrize("prefix", DROPPED)
def test_a_prefix_is_dropped_where_the_function_there_is_ours(prefix: str) -> None:
    missing = {*DROPPED[prefix].split()} - prefixes()[prefix][1]
    assert not missing - {"cot", "csc"}


@pytest.mark.parametrize("prefix", KEPT)
def test_a_prefix_is_not_dropped_where_it_is_another(prefix: str) -> None:
    assert not {*KEPT[prefix].split()} & prefixes()[prefix][1]


def test_what_the_tables_name_is_there() -> None:
    assert all(
        renamed(name, FUNCTIONS) or any(meaning(f"{name}[", count) for count in (1, 2, 3)) for name in MATHEMATICA
    )
    for same in SAME.values():
        assert {*same.split()} & {*FUNCTIONS, *CONSTANT} or not same
    for names, texts in OTHER.items():
        for name in names.split():
            parameters = tuple(re.findall(r"\w+", re.split(r"[(\[]", name)[1])) if name[-1] in ")]" else ()
            for text in texts.split(" | "):
                assert parse_template(text, parameters).parameters == parameters


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("y = x^2 + &\n 3*x", "leave out the &"),
        ("VAR(x, y)", "write var(x, y) or 2*var(x, y)"),
        ("std([a b])", "write std(a, b) or sqrt(2)*std(a, b)"),
        ("sum([a -b])", "write [a, -b] or [a - b]"),
        ("sum(c(1, x)^2)", "write it for each element"),
        ("x^2 // Sqrt", "write sqrt(x^2)"),
        ("x.pow(2).sum()", "write pow(x, 2)"),
        ("2*x mod 3 + 1", "write 2*x % 3 or fmod(2*x, 3)"),
        ("x div 2", "write floor(x/2) or trunc(x/2)"),
        ("d/dx x^2", "by --wrt x"),
        ("if(x > 0, 1, 0)", "write where"),
        ("if x > 0: 1 else: 0", "write: if c then a else b"),
        ("diff(x^2, x)", "by --wrt x"),
        ("print(x)", "write the formula alone"),
        ("max((x, y)**2)", "a decimal is written with a point"),
        ("x += 1", "a name of its own"),
        ("y: float = x", "leave it away"),
        ("torch.std(x)", "divides by n"),
        ("dy/dx = 2x", "with --claim to gradcli check"),
        ("ln|x|/2", "write ln(|x|)/2 or ln(|x|/2)"),
        ("x =< y", "write <="),
        ("5% of x", "write 0.05*x"),
        ("1.5f%*x", "write 0.015"),
        ("dexp(x)", "write exp(x) or where(x < 0, 0, exp(-x))"),
        ("(x - y).abs()", "write abs(x - y)"),
        ("x.powi(2)", "write pow(x, 2)"),
        ("x^2 -> y", "write y = x^2"),
        ("x^2 // a comment", "write # for a comment"),
        ("Math.log(x, 2)", "write log(x) or log(x, 2)"),
        ("D[x^2, x]", "by --wrt x"),
        ("w'*x", "declare its shape, w: [2, 3]"),
        ("sum(1:n)", "for i in 1..3"),
        ("Math.log(x; 2)", "write log(x) or log(x, 2)"),
        ("=SUM(A1:A3)", "name each cell"),
        ("=$A$1*B$2", "leave out the $"),
        ("np.mean(x, y)", "gradcli's own `mean` goes without the prefix"),
        ("log_3(x)", "write log(x, 3)"),
        ("wᵀx", "write wᵀ @ x; of two vectors dot(w, x)"),
        ("if (x > 0) x else 0", "write: if c then a else b"),
        ("sin[x]", "write sin(x)"),
        ("1.0_8*x", "write 1.0 or 1.08"),
        ("x*(1-20%-5%)", "write each percentage of the formula so"),
        ("min(x, 2,500)", "write 2500, 2.500 or 2, 500"),
        ("A*Acos(x)", "write acos or A*cos"),
        ("x^2 at x=3", 'write "x^2" x=3'),
        ("45.5°30", "parts of a degree"),
        ("sin(x)cos(x)", "write sin(x)*cos(…)"),
        ("x * 3 %% 2", "write x * (3 % 2) or ((x * 3) % 2)"),
        ("2 * x %/% 2", "write 2 * floor(x/2) or floor((2 * x)/2)"),
        ("2.^x.^2", "write (2^x)^2 or 2^(x^2)"),
        ("sinc(x).^2", "write sinc(pi*x) for theirs"),
        ("sinc.(x)", "write sinc(pi*x) for theirs"),
        ("log.(2, x)", "write log(x, base)"),
        ("ACOT(x)", "write acot(x) or pi/2 - atan(x)"),
        ("1 000*x", "write 1000 or 1*000"),
        ("LOG（x）", "write log(x) or log10(x)"),
        ("½%*x", "write a number"),
        ("a.sin（x）", "write sin(x)"),
    ],
)
def test_what_is_pasted_gets_a_mend_that_is_meant(text: str, says: str) -> None:
    with pytest.raises(LanguageError) as caught:
        parse(text)
    assert says in caught.value.hint


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("=VAR(A1, B1)", {"A1": 3, "B1": 5}, 2.0),
        ("def f(x):\n    y = x**2\n    return y + 1", {"x": 2}, 5.0),
        ("def f(x):\n    return x**2\nf(3)", {}, 9.0),
        ("const f = (x) => { const y = x*x; return y + 1 }", {"x": 2}, 5.0),
        ("f <- function(x) {\n  x^2\n}", {"x": 3}, 9.0),
        ("sd(c(x, y))", {"x": 1, "y": 3}, math.sqrt(2)),
        ("=PMT(A1, B1, 100)", {"A1": 1, "B1": 1}, -200.0),
        ("=ROUNDUP(A1, 1)", {"A1": 1.23}, 1.3),
        ("F.binary_cross_entropy_with_logits(x, y)", {"x": 0, "y": 1}, math.log(2)),
        ("=STDEV.P(A1, B1)", {"A1": 3, "B1": 5}, 1.0),
        ("IF(x > 0 AND y > 0, 1, 0)", {"x": 1, "y": 2}, 1.0),
        ("scipy.special.ndtri(x)", {"x": 0.5}, 0.0),
        ("pnorm(x, 1, 2)", {"x": 1}, 0.5),
        ("Γ(x) + σ(y)", {"x": 5, "y": 0}, 24.5),
        ("F.huber_loss(x, y)", {"x": 1, "y": 2}, 0.5),
    ],
)
def test_what_is_pasted_has_the_value_that_it_has_there(text: str, at: dict[str, float], value: float) -> None:
    assert gradcli.answer(text, at).value == value
