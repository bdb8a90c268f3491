"""Claims of an array and of its entries: judged entry by entry, one verdict, the first wrong entry named.

The derivatives are derived by hand, as the matrix calculus of textbooks has them.
"""

import json
import random
from pathlib import Path

import pytest
from conftest import Gradcli

from gradcli.claims.case import Finding
from gradcli.claims.judge import Outcome, judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import GradcliError, Source

LAYER = "W: [2, 3]; x: [3]; y: [2]; h = W@x; L = mean((h - y)^2)"
SQUARE = "A: [2, 2]; x: [2]; y = A@x; L = sum(y^2)"
CHAIN = "h[1] = x; h[t] = tanh(w*h[t-1]) for t in 2..4; L = h[4]"
RELU = "x: [2]; L = sum(relu(x))"


def judged(text: str, *claims: str, seconds: float = 3.0, rate: float | None = None, **fixed: float) -> Outcome:
    program, read = read_claims(Source(text), [Source(claim, "--claim") for claim in claims], fixed, rate)
    return judge_claims(program, read, fixed, seconds)


def finding(text: str, claim: str, **options: float) -> Finding:
    return judged(text, claim, **options).findings[0]


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (LAYER, "dL/dW = outer(2*(h - y)/2, x)"),
        (LAYER, "dL/dx = W' @ dL/dh"),
        (LAYER, "dL/dW[1,2] = (h[1] - y[1])*x[2]"),
        (LAYER, "dL/dW[2, :] = (h[2] - y[2])*x"),
        (LAYER, "dh/dx = W"),
        (LAYER, "dL/dx = dh/dx' @ dL/dh"),
        (LAYER, "dL/dx[3] = sum(dL/dh[i]*dh[i]/dx[3] for i in 1..2)"),
        (LAYER, "d²L/dh² = [[1, 0], [0, 1]]"),
        (LAYER, "dh/dy = 0"),
        ("x: [3]; L = prod(x)", "d²L/dx[1]dx[2] = x[3]"),
        ("f(u) = sum(u^2); x: [3]; L = f(x)", "f'(x) = 2*x"),
        ("x: [3]; L = prod(x)", "∇L = [x[2]*x[3], x[1]*x[3], x[1]*x[2]]"),
        (CHAIN, "dL/dh[2] = w^2*prod(1 - h[t]^2 for t in 3..4)"),
        (LAYER, r"\frac{\partial L}{\partial W} = (h - y) x^\top"),
        (SQUARE, "A_new = A - lr*outer(2*y, x)"),
    ],
)
def test_a_right_claim_is_proved(text: str, claim: str) -> None:
    rate = {"rate": 0.1} if "_new" in claim else {}
    found = judged(text, claim, seconds=10.0, **rate).findings
    assert [(it.verdict, it.entry) for it in found] == [("proved", None)] * len(found)


@pytest.mark.parametrize(
    ("text", "claim", "entry", "said"),
    [
        (LAYER, "dL/dW = outer(2*(h - y), x)", "dL/dW[1,1]", "the inner derivative ∂L/∂((h[1] - y[1])^2 + (h[2] - y[2])^2)"),
        (LAYER, "dL/dy = [y[1] - h[1], h[2] - y[2]]", "dL/dy[2]", "minus sign"),
        (SQUARE, "dL/dx = A @ (2*y)", "dL/dx[1]", "`A` is to be transposed here: write A' @ (2*y)"),
        (SQUARE, "dL/dA = outer(x, 2*y)", "dL/dA[1,2]", "the transpose of the derivative: write outer(x, 2*y)'"),
        (RELU, "dL/dx = [step(x[1]), 1]", "dL/dx[2]", ""),
    ],
)  # fmt: skip
def test_a_wrong_claim_names_the_first_wrong_entry_and_the_mistake(
    text: str, claim: str, entry: str, said: str
) -> None:
    found = finding(text, claim)
    assert (found.verdict, found.entry and found.entry.name) == ("refuted", entry)
    assert said in found.diagnosis


def test_the_mistake_of_an_array_is_handed_down_by_all_of_its_entries() -> None:
    found = judged(LAYER, "dL/dh = 2*(h - y)", "dL/dx = W' @ (2*(h - y))").findings
    assert [it.verdict for it in found] == ["refuted", "refuted"]
    assert found[1].diagnosis == "the step is right, and carries the mistake of dL/dh on"


@pytest.mark.parametrize(
    ("claim", "said", "hint"),
    [
        ("dL/dW = outer(x, h - y)", "`dL/dW` is [2, 3], and the claim is [3, 2]", "write outer(x, h - y)' to turn it"),
        ("dL/dW = h - y", "`dL/dW` is [2, 3], and the claim is [2]", "outer(a, b)"),
        ("dL/dx[1] = dL/dh", "`dL/dx[1]` is one number, and the claim is [2]", "sum(dL/dh)"),
        ("dL/dx = W @ dL/dh", "`W` is [2, 3] as declared, and `dL/dh` is [2]", "write W' @ dL/dh"),
        ("dL/dW[3,1] = 0", "the first index of `W` goes from 1 to 2, and 3 is given", ""),
        ("dL/dx = [h[i] for i in 1..3]", "the index of `h` goes from 1 to 2, and 3 is given (i = 3)", ""),
        ("dL/dx(x=2) = 0", "the value of `x` is no array", "write [1, 2, 3]"),
        ("dL/dx = x + q", "`q` is no variable", "the names there are: W, x, y, h, L"),
        ("W = 0", "`W` is a value", "write dW/dW = …"),
    ],
)
def test_a_claim_that_does_not_fit_shows_both_shapes_and_a_mend(claim: str, said: str, hint: str) -> None:
    with pytest.raises(GradcliError) as found:
        judged(LAYER, claim)
    assert said in found.value.message
    assert hint in found.value.hint
    assert found.value.span
    assert found.value.source == Source(claim, "--claim")


def test_digits_count_entry_by_entry() -> None:
    text, given = "x: [3]; L = sum(log(x))", {"x[1]": 2.0, "x[2]": 3.0, "x[3]": 7.0}
    assert finding(text, "dL/dx = [0.5, 0.333, 0.14]", **given).verdict == "agrees"
    wrong = finding(text, "dL/dx = [0.5, 0.333, 0.15]", **given)
    assert (wrong.verdict, wrong.entry and wrong.entry.name) == ("refuted", "dL/dx[3]")


def test_at_a_kink_of_one_entry_its_slopes_are_told() -> None:
    found = finding(RELU, "dL/dx = [1, 1]", **{"x[1]": 0.0, "x[2]": 1.0})
    assert found.verdict == "agrees"
    assert "has a kink exactly here" in found.reason


def test_of_a_large_array_it_is_told_how_many_entries_were_judged() -> None:
    source = random.Random(3)
    text = "h = tanh(W@x); L = sum(h^2)"
    names = [*(f"W[{i},{j}]" for i in range(1, 41) for j in range(1, 41)), *(f"x[{j}]" for j in range(1, 41))]
    given = {name: round(source.uniform(-0.1, 0.1), 4) for name in names}
    found = finding(text, "dL/dW = outer(2*h*(1 - h^2), x)", seconds=1.0, **given)
    assert found.verdict == "agrees"
    assert "the numbers of all 1,600 entries agree at the point, and there was time to judge" in found.reason
    assert 0 < found.judged < 1600
    wrong = "dL/dW = [where(i == 17 and j == 9, 0, 2*h[i]*(1 - h[i]^2)*x[j]) for i in 1..40 for j in 1..40]"
    shaped = wrong.replace("= [", "= [[").replace(" for i in 1..40 for j in 1..40]", " for j in 1..40] for i in 1..40]")
    refuted = finding(text, shaped, seconds=1.0, **given)
    assert (refuted.verdict, refuted.entry and refuted.entry.name) == ("refuted", "dL/dW[17,9]")


def test_the_command_reads_claims_of_arrays_from_files_and_answers_in_json(gradcli: Gradcli, tmp_path: Path) -> None:
    file = tmp_path / "claims.txt"
    file.write_text("dL/dx = 2*x   # all entries\ndL/dx[2] = x[1]\n")
    code, out, _ = gradcli("check", "L = sum(x^2)", "--x", "[1, 3]", "--claims", str(file), "--json")
    answer = json.loads(out)
    right, wrong = answer["claims"]
    assert (code, answer["bindings"]) == (1, {"x": [1.0, 3.0]})
    assert (right["by"], right["shape"], right["judged"], right["verdict"]) == ("x", [2], 2, "proved")
    assert (wrong["by"], wrong["claimed"], wrong["true"]) == ("x[2]", 1.0, 6.0)
    assert wrong["counterexample"] == {"x": [1.0, 3.0]}
    code, out, _ = gradcli("check", "L = sum(x^2)", "--x", "[1, 3]", "--claim", "dL/dx = x", "--format", "table")
    assert code == 1
    assert "At x = [1, 3] the claim gives 1 for dL/dx[1], the derivative is 2." in " ".join(out.split())


def test_a_bound_index_keeps_its_number_in_claims(gradcli: Gradcli) -> None:
    text = "h[1] = x; h[t] = w*h[t-1] for t in 2..n; L = h[n]"
    code, out, _ = gradcli("check", text, "--n", "4", "--claim", "dL/dh[n-1] = w", "--claim", "dL/dx = w^(n-1)")
    assert (code, [line.split("\t")[1] for line in out.splitlines()]) == (0, ["proved", "proved"])
