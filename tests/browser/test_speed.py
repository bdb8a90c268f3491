"""A guard against a page that has become slow; tests/benchmarks/page.py measures how fast it is."""

import importlib.util
from pathlib import Path
from types import ModuleType

from browsing import Open

MEASURE = Path(__file__).parents[1] / "benchmarks" / "page.py"
SLACK = 4
"""A busy machine takes so many times as long as one that is free."""


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("page", MEASURE)
    assert spec is not None
    assert spec.loader is not None
    page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(page)
    return page


def test_a_page_of_300_nodes_is_fast(open_page: Open) -> None:
    page = benchmark()
    formula, bindings = page.network(7)
    opened = open_page(formula, bindings, "--collapse", "none")
    assert opened.page.locator("#drawing [data-box]").count() > 300
    speed = page.measured(opened.page, opened.address, moves=30, loads=1)
    assert speed.paint < SLACK * 300
    assert speed.processor.middle < SLACK * 16
    assert speed.processor.most < SLACK * 33
    assert speed.script.middle < SLACK * 16 / 2


MOVE = """async () => {
  const values = [...document.querySelectorAll("#drawing .g-v")], text = () => values.map((it) => it.textContent);
  const first = text();
  for (const slider of document.querySelectorAll("#bindings input[type=range]")) {
    slider.value = 0.85;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await new Promise((on) => requestAnimationFrame(on));
  return text().filter((now, at) => now !== first[at]).length;
}"""


def test_what_is_out_of_sight_follows_once_it_is_quiet(open_page: Open) -> None:
    formula, bindings = benchmark().network(5)
    opened = open_page(formula, bindings, "--collapse", "none")
    opened.page.set_viewport_size({"width": 700, "height": 500})
    opened.page.locator("#drawing").scroll_into_view_if_needed()
    before, soon = opened.shown()["drawn"]["values"], []
    opened.done(lambda: soon.append(opened.page.evaluate(MOVE)))
    after = opened.shown()
    drawn = after["drawn"]["values"]
    assert 0 < soon[0] < sum(one != other for one, other in zip(before, drawn, strict=True))
    assert all(one in (None, other) for one, other in zip(drawn, after["values"], strict=True))
