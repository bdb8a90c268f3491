"""Arrays in every form: entry by entry for machines, as blocks and matrices for eyes, and what is said of entries."""

import json

import pytest
from conftest import Gradcli
from mpmath import mp, tanh

EVALUATED = ("eval", "W @ x", "--W", "[[1, 2], [3, 4]]", "--x", "[1, -1]")
FORMS = {
    "plain": "f[1]\t-1\nf[2]\t-1\n",
    "csv": '"W[1,1]","W[1,2]","W[2,1]","W[2,2]",x[1],x[2],f[1],f[2]\n1,2,3,4,1,-1,-1,-1\n',
    "tsv": "W[1,1]\tW[1,2]\tW[2,1]\tW[2,2]\tx[1]\tx[2]\tf[1]\tf[2]\n1\t2\t3\t4\t1\t-1\t-1\t-1\n",
    "ndjson": (
        '{"W[1,1]": 1.0, "W[1,2]": 2.0, "W[2,1]": 3.0, "W[2,2]": 4.0, "x[1]": 1.0, "x[2]": -1.0, "f[1]": -1.0, "f[2]": -1.0}\n'
    ),
    "latex": (
        "\\begin{align*}\n"
        r"  f &= \begin{pmatrix} W_{1,1} \cdot x_{1} + W_{1,2} \cdot x_{2} \\ "
        r"W_{2,1} \cdot x_{1} + W_{2,2} \cdot x_{2} \end{pmatrix} = \begin{pmatrix} -1 \\ -1 \end{pmatrix}"
        "\n\\end{align*}\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_an_output_that_is_an_array_in_a_form(gradcli: Gradcli, form: str) -> None:
    assert gradcli(*EVALUATED, "--format", form) == (0, FORMS[form], "")


def test_json_nests_an_output_and_its_decimals(gradcli: Gradcli) -> None:
    record = json.loads(gradcli("eval", "outer(x, x)/3", "--x", "[1, 2]", "--json", "--precision", "20").out)
    assert record["value"] == [[1 / 3, 2 / 3], [2 / 3, 4 / 3]]
    assert record["decimals"]["value"][1] == ["0.66666666666666666667", "1.3333333333333333333"]
    assert record["canonical"] == "outer(x, x)/3"


def test_every_entry_is_as_right_as_a_number(gradcli: Gradcli) -> None:
    code, out, err = gradcli("eval", "tanh(x + c) - tanh(x)", "--x", "[1, 15, 30]", "--c", "1e-9")
    with mp.workdps(50):
        truths = [tanh(x + mp.mpf("1e-9")) - tanh(x) for x in (1, 15, 30)]
    found = [float(line.split("\t")[1]) for line in out.splitlines()]
    assert all(abs(mp.mpf(number) / truth - 1) < 16 * 2.0**-52 for number, truth in zip(found, truths, strict=True))
    assert (code, err.count("note:")) == (0, 1)
    assert "double precision gives f[1]" in err


def test_an_entry_is_a_number_alone(gradcli: Gradcli) -> None:
    assert gradcli(*EVALUATED, "--raw", "f[ 2 ]") == (0, "-1\n", "")
    code, _, err = gradcli(*EVALUATED, "--raw", "f")
    assert (code, "mend: name an entry: --raw 'f[1]'" in err) == (2, True)


NOTICES = {
    "the number of the loop": (
        ("grad", "sum(log(p[i]) for i in 1..4)", "--p", "[1, 2, 0, 3]"),
        "note: `log(p[3])` (i = 3) is -inf at p[3] = 0: log(0) is a pole\n",
    ),
    "entries that are not finite": (
        ("eval", "log(p)", "--p", "[0, 1, 0]"),
        "note: f[1], f[3] are -inf: `log(p[1])` is -inf at p[1] = 0: log(0) is a pole; 1 more entry likewise\n",
    ),
    "equal kinks": (
        ("grad", "sum(relu(z))", "--z", "[0, 0, 1, 0]"),
        (
            "note: `relu(z[1])` has a kink exactly here: the slope by z[1] is 0 from the left and 1 from the right; "
            "0 is taken by convention; 2 more entries likewise\n"
        ),
    ),
    "equal losses of digits": (
        ("eval", "x + 1 - x", "--x", "[1e16, 1e17, 3, 1e18]"),
        "note: double precision gives f[1] = 0; the digits go at `x[1] + 1 - x[1]` = 0; 2 more entries likewise\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_names_entries_once(gradcli: Gradcli, name: str) -> None:
    asked, told = NOTICES[name]
    err = gradcli(*asked).err
    assert (err.startswith(told), err.count("note:")) == (True, 1)


def test_large_arrays_are_summarised(gradcli: Gradcli) -> None:
    numbers = ", ".join(str((7 * at) % 101) for at in range(101))
    out = gradcli("grad", "sum(x^2)/2", "--x", f"[{numbers}]", "--format", "table", columns=100).out
    norm = sum(number**2 for number in range(101)) ** 0.5
    assert f"∂f/∂x = [101], least 0 at [1], greatest 100 at [73], norm {norm:.6g}\n" in out


def test_every_scalar_on_demand(gradcli: Gradcli) -> None:
    out = gradcli("eval", "w @ x", "--w", "[1, 2]", "--x", "[3, 4]", "--nodes", "all", "--format", "table").out
    rows = [line.split() for line in out.splitlines()[-8:-1]]
    assert ["v1", "w[1]*x[1]", "3"] in rows
    assert (
        gradcli("eval", "x^2", "x=3", "--nodes", "all").err
        == "note: --nodes has no effect: there are no nodes in plain\n"
    )


def test_a_descent_shows_norms_and_where_it_ends(gradcli: Gradcli) -> None:
    out = gradcli("grad", "sum(x^2)/2", "--x", "[3, 4]", "--lr", "0.5", "--steps", "1", "--format", "table").out
    assert [line.split() for line in out.splitlines()[-9:] if line.strip()] == [
        ["step", "‖x‖", "f", "‖∂f/∂x‖"],
        ["─" * len("step   ‖x‖       f   ‖∂f/∂x‖")],
        ["1", "5", "12.5", "5"],
        ["end", "2.5", "3.125", "2.5"],
        ["In", "the", "end"],
        ["x", "=", "[1]", "[2]"],
        ["1.5", "2"],
    ]


def test_a_matrix_of_many_columns_has_dots(gradcli: Gradcli) -> None:
    numbers = ", ".join(map(str, range(1, 13)))
    out = gradcli("eval", "outer(x, x)", "--x", f"[{numbers}]", "--format", "latex").out
    last = r"\vdots & \vdots & \vdots & \vdots & \vdots & \vdots & \vdots & \ddots & \vdots \\ "
    assert last + r"12 & 24 & 36 & 48 & 60 & 72 & 84 & \cdots & 144 \end{pmatrix}" in out
