"""Drawings of graphs in letters, as they were approved.

pytest tests/pages --update-snapshots      accepts the drawings as they are now, to be reviewed
"""

import pytest
from approved import NETWORK, SNAPSHOTS, WEIGHTS
from conftest import Gradcli

CHAIN = "x"
for _ in range(20):
    CHAIN = f"tanh({CHAIN})"
LONG = "a_rather_long_name_of_a_variable_in_here"
DRAWINGS = {
    "tutorial": ("y = x*w; L = (y - target)^2", "x=2", "w=3", "target=2"),
    "two_ways": ("y = x*w; L = (y - 2)^2 + 2*x", "x=2", "w=3"),
    "square": ("x*x", "x=2"),
    "branch": ("where(x > 0, sqrt(x), x^2)", "x=-3"),
    "softmax": ("e1 = exp(a); e2 = exp(b); e3 = exp(c); p = e1/(e1 + e2 + e3); L = -log(p)", "a=1", "b=2", "c=3"),
    "chain": (CHAIN, "x=1"),
    "network": (NETWORK, *WEIGHTS),
    "long_names": (f"{LONG} * {LONG}_2^2", f"{LONG}=1.5", f"{LONG}_2=2"),
    "wide_letters": ("価格 × 数量 - 割引²", "価格=120", "数量=3", "割引=5"),
    "kink": ("abs(x) + 1/x", "x=0"),
    "against": ("(x - w)^2", "x=2", "w=3", "--rankdir", "RL"),
    "upwards": ("(x - w)^2", "x=2", "w=3", "--rankdir", "BT"),
    "ascii": ("where(x > 0, sqrt(x), x^2)", "x=-3", "--ascii"),
}


@pytest.mark.one_in(5)
@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_looks_as_it_was_approved(gradcli: Gradcli, name: str, width: int, update_snapshots: bool) -> None:
    page = gradcli("graph", *DRAWINGS[name], columns=width).out
    path = SNAPSHOTS / f"graph_{name}_{width}.txt"
    if update_snapshots:
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")
