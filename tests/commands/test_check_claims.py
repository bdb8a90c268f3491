"""`gradcli check` of claims as people write them: chains, updates with --lr, several on a line of a file."""

import json
from pathlib import Path

from conftest import Gradcli

LOSS = "y = x*w; L = (y-target)²"
POINT = ("--x", "2", "--w", "3", "--target", "2")


def test_a_record_a_side(gradcli: Gradcli) -> None:
    asked = ("--claim", "dL/dy = 2×(y-target) = 2×(6-2) = 8", "--json")
    records = json.loads(gradcli("check", LOSS, *POINT, *asked).out)["claims"]
    assert [(it["claim"], it["of"], it["by"], it["verdict"]) for it in records] == [
        ("dL/dy = 2×(y-target)", "L", "y", "proved"),
        ("dL/dy = 2×(6-2)", "L", "y", "proved"),
        ("dL/dy = 8", "L", "y", "proved"),
    ]


def test_a_wrong_side_ends_in_1_and_a_number_without_a_point_in_3(gradcli: Gradcli) -> None:
    asked = ("--claim", "dL/dy = 2×(y-target) = 2×(6-3)", "--format", "plain")
    wrong = gradcli("check", LOSS, *POINT, *asked)
    assert wrong.code == 1
    assert "dL/dy = 2×(6-3)\trefuted\tat x = 2, w = 3, target = 2 the claim gives 6, the derivative is 8; " in wrong.out
    assert "the first side that is wrong: 2×(6-3)" in wrong.out
    without = gradcli("check", LOSS, *asked)
    assert without.code == 3
    assert "dL/dy = 2×(6-3)\tunchecked\ta number needs a point: bind x, w, target\n" in without.out


def test_an_update_with_its_rate(gradcli: Gradcli) -> None:
    asked = ("--claim", "w_new = 3 - 0.1 × 16 = 1.4", "--claim", "w_new = w - 0.1*dL/dw", "--lr", "0.1", "--json")
    records = json.loads(gradcli("check", LOSS, *POINT, *asked).out)["claims"]
    assert [(it["claim"], it["verdict"]) for it in records] == [
        ("w_new = 3 - 0.1 × 16", "proved"),
        ("w_new = 1.4", "proved"),
        ("w_new = w - 0.1*dL/dw", "proved"),
    ]


def test_a_wrong_update_tells_the_weight_that_comes_out(gradcli: Gradcli) -> None:
    found = gradcli("check", LOSS, *POINT, "--claim", "w_new = 4.6", "--lr", "0.1", "--format", "plain")
    assert found.code == 1
    assert "the claim gives 4.6, the update makes it 1.4; " in found.out


def test_an_update_without_its_rate_and_a_rate_without_an_update(gradcli: Gradcli) -> None:
    without = gradcli("check", LOSS, *POINT, "--claim", "w_new = 1.4")
    assert (without.code, without.out) == (2, "")
    assert "`w_new` is an update, and there is no learning rate" in without.err
    assert "   w_new = 1.4\n   ^^^^^\n" in without.err
    assert "mend: add --lr 0.1" in without.err
    assert gradcli("check", LOSS, *POINT, "--claim", "w_new = 1.4", "--lr", "0.1").code == 0
    for claims in ((), ("--claim", "dL/dw = 2*(y - target)*x")):
        needless = gradcli("check", LOSS, *claims, "--lr", "0.1")
        assert (needless.code, "about an update" in needless.err) == (2, True)
    assert "--let lr=" in gradcli("check", "lr*x", "--lr", "0.1").err


def test_a_variable_that_is_called_lr_is_bound_by_let(gradcli: Gradcli) -> None:
    refused = gradcli("check", "lr*x", "--claim", "df/dx = lr", "--lr", "0.1")
    assert (refused.code, "bind the variable with --let lr=" in refused.err) == (2, True)
    assert gradcli("check", "lr*x", "--claim", "df/dx = 0.1", "--let", "lr=0.1").code == 0


def test_several_claims_on_a_line_of_a_file(gradcli: Gradcli, tmp_path: Path) -> None:
    file = tmp_path / "claims.txt"
    file.write_text("dL/dx = 24, dL/dw = 16  # by each\n# and at once:\n∇L = (24, 16, -8)\ndL/dw = 8 × 2; dL/dq = 1\n")
    broken = gradcli("check", LOSS, *POINT, "--claims", str(file))
    assert broken.code == 2
    assert "claims.txt, line 4" in broken.err
    assert "   dL/dw = 8 × 2; dL/dq = 1\n                      ^\n" in broken.err
    file.write_text(file.read_text().replace("; dL/dq = 1", ""))
    found = gradcli("check", LOSS, *POINT, "--claims", str(file), "--format", "plain")
    assert found.code == 0
    assert [line.split("\t")[0] for line in found.out.splitlines()] == [
        "dL/dx = 24",
        "dL/dw = 16",
        "dL/dx = 24",
        "dL/dw = 16",
        "dL/dtarget = -8",
        "dL/dw = 8 × 2",
    ]


def test_by_what_is_nowhere_in_a_formula(gradcli: Gradcli) -> None:
    found = gradcli("check", "F = 4", "--claim", "dF/dx = 0", "--format", "plain")
    assert (found.code, found.out) == (0, "dF/dx = 0\tproved\t`x` is nowhere in F\n")
    assert "did you mean time?" in gradcli("check", "rate*time", "--claim", "df/dtimes = 0").err
