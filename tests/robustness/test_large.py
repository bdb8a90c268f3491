"""A text of 20,000 operations goes through every form; what would flood a screen is left out and said."""

import json

import pytest
from conftest import Gradcli

pytestmark = pytest.mark.slow  # texts of 20,000 operations

OPERATIONS = 20_000
TEXT = "x" + "*x+1" * (OPERATIONS // 2)


@pytest.mark.parametrize("form", ["plain", "csv", "ndjson"])
def test_numbers_only(gradcli: Gradcli, form: str) -> None:
    code, out, err = gradcli("grad", "-", "--x", "0.5", "--format", form, stdin=TEXT)
    assert (code, err) == (0, "")
    assert len(out) < 200


def test_json_leaves_the_nodes_out_and_says_so(gradcli: Gradcli) -> None:
    record = json.loads(gradcli("grad", "-", "--x", "0.5", "--json", stdin=TEXT).out)
    assert "nodes" not in record
    assert [notice["kind"] for notice in record["notices"]] == ["omitted"]
    assert "--rows 0" in record["notices"][0]["message"]


def test_json_with_all_nodes_on_request(gradcli: Gradcli) -> None:
    chain = "sin(" * 200 + "x" + ")" * 200
    assert len(json.loads(gradcli("grad", "-", "--x", "1", "--json", "--rows", "0", stdin=chain).out)["nodes"]) == 201
    assert "nodes" not in json.loads(gradcli("grad", "-", "--x", "1", "--json", "--rows", "9", stdin=chain).out)


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "most"), [((), 120), (("--rows", "5"), 40)])
def test_a_table_shows_its_ends(gradcli: Gradcli, rows: tuple[str, ...], most: int) -> None:
    code, out, _ = gradcli("grad", "-", "--x", "0.5", "--format", "table", *rows, stdin=TEXT)
    assert code == 0
    assert len(out.splitlines()) < most
    assert "rows hidden; --rows 0 shows all" in out


def test_many_variables_are_capped_in_the_header(gradcli: Gradcli) -> None:
    content = json.dumps({f"w{number}": 1 for number in range(2000)})
    formula = "+".join(json.loads(content))
    out = gradcli("grad", formula, "--bind", "-", "--format", "table", stdin=content).out
    assert len(out.splitlines()) < 200
    assert max(map(len, out.splitlines())) <= 80


def test_parentheses_as_deep_as_one_likes(gradcli: Gradcli) -> None:
    deep = "(" * 50_000 + "x" + ")" * 50_000
    assert gradcli("grad", "-", "--x", "2", stdin=deep).out == "f\t2\ndf/dx\t1\n"
