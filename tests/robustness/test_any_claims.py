"""Whatever is claimed, gradcli judges it or says what is wrong with it."""

import pytest
from contract import check
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""The alarm of a time limit may ring in hypothesis's own callback of the garbage collector; it rings again."""

FORMULAS = st.sampled_from(
    ["y = x*w; L = (y - 2)^2", "sin(x)*w", "|x| + w", "`a b`^2*x", "log(-x^2)", "3", "where(x > w, x, w)"]
)
PIECES = st.sampled_from(
    [
        *(
            "d",
            "∂",
            "/",
            "=",
            "==",
            "dL/dw",
            "df/dx",
            "dy/dw = x",
            "d²L/dw²",
            "d2f/dx2",
            "∂²L/∂w∂x",
            "d/dx",
            "L'",
            "(",
            ")",
            "`",
        ),
        *(
            "`a b`",
            "x",
            "w",
            "y",
            "q",
            "2",
            "^",
            "*",
            "+",
            "-",
            ",",
            ";",
            "#",
            " ",
            "\n",
            "\x1b[31m",
            "\u202e",
            "\x00",
            "\ud800",
        ),
        *(
            "9^9^9",
            "(" * 2000,
            "1/0",
            "nan",
            "sin(",
            "dL/dy",
            "dL/dy*",
            "where(",
            "1e308",
            "e",
            "pi",
            ",",
            "; ",
            "\n",
            ":",
            "'",
            "_",
            "∇",
            "[",
            "(x=",
            "w_new",
            "if ",
            "=" * 50,
            "d" * 300,
        ),
    ]
)
RIGHT = st.lists(
    st.sampled_from([*"xwy23()+-*/^", "sin(", "exp(", "dL/dy", " ", "1e-9", "|", "x^w", "**", "relu("]),
    min_size=1,
    max_size=8,
)
STARTS = [
    *(
        "dL/dw = ",
        "df/dx = ",
        "d2f/dx2=",
        "d/dx =",
        "f'(x) = ",
        "f'(2) = ",
        "L' = ",
        "L_w: ",
        "∇L = (",
        "grad f = [2, ",
    ),
    *("w_new = ", "dL/dw = 2 = ", "dL/dx = 1, dL/dw = ", "dL/dw(x=2) = ", "df/dq = 0", "f_x(", "∇(", "y_new = "),
]
CLAIMS = (
    st.lists(PIECES, max_size=6).map("".join)
    | st.text(max_size=20)
    | st.tuples(st.sampled_from(STARTS), RIGHT.map("".join)).map("".join)
)
QUICK = ("--seconds", "0.05")


@examples(250)
@given(
    formula=FORMULAS, claims=st.lists(CLAIMS, min_size=1, max_size=2), form=st.sampled_from(["plain", "json", "table"])
)
def test_any_claim(formula: str, claims: list[str], form: str) -> None:
    code, out, _ = check(["check", formula, *(f"--claim={claim}" for claim in claims), *QUICK, "--format", form])
    assert (out == "") == (code in (2, 4))


@examples(120)
@given(
    content=st.lists(CLAIMS, max_size=3).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"))
    | st.binary(max_size=30)
)
def test_any_file_of_claims(content: bytes) -> None:
    code, out, _ = check(["check", "y = x*w; L = (y - 2)^2", "--claims", "-", *QUICK], content)
    assert (out == "") == (code in (2, 4))


@examples(60)
@given(
    formula=RIGHT.map("".join),
    precision=st.sampled_from(["auto", "double", "exact", "1", "60", "0", "-1", "x", "9" * 20]),
)
def test_any_formula_is_checked(formula: str, precision: str) -> None:
    check(["check", formula, "--precision", precision, *QUICK])
