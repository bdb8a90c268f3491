"""A guard against a page that has become slow; tests/benchmarks/page.py measures how fast it is."""

import importlib.util
from pathlib import Path

from browsing import Open

MEASURE = Path(__file__).parents[1] / "benchmarks" / "page.py"
SLACK = 4
"""A busy machine takes so many times as long as one that is free."""


def test_a_page_of_300_nodes_is_fast(open_page: Open) -> None:
    spec = importlib.util.spec_from_file_location("page", MEASURE)
    assert spec is not None
    assert spec.loader is not None
    page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(page)
    formula, bindings = page.network(7)
    opened = open_page(formula, bindings, "--collapse", "none")
    assert opened.page.locator("#drawing [data-box]").count() > 300
    speed = page.measured(opened.page, opened.address, moves=30, loads=1)
    assert speed.paint < SLACK * 300
    assert speed.middle < SLACK * 16
    assert speed.most < SLACK * 33
