"""`gradcli.explain`: the text that the command prints, in Python."""

import pytest
from conftest import Gradcli

import gradcli

TUTORIAL = "y = x*w; L = (y - target)^2"
POINT = {"x": 2, "w": 3, "target": 2}
EXPLAIN = gradcli.explain
"""Under a name of its own: the fixture that runs the command is called as the package is."""


@pytest.mark.parametrize("level", ["brief", "steps", "full"])
def test_the_text_is_that_of_the_command(gradcli: Gradcli, level: str) -> None:
    told = str(EXPLAIN(TUTORIAL, POINT, wrt="w", lr=0.1, level=level))
    printed = gradcli("explain", TUTORIAL, "x=2", "w=3", "target=2", "--wrt", "w", "--lr", "0.1", "--level", level).out
    assert told in printed
    assert "w_new = w - 0.1 × dL/dw = 3 - 0.1 × 16 = 1.4" in told


def test_a_notebook_gets_markdown() -> None:
    marked = gradcli.explain("x^2", x=3)._repr_markdown_()
    assert "## Forward" in marked
    assert "- `df/dx = 2*x = 2*3 = 6`" in marked


def test_what_cannot_be_told() -> None:
    with pytest.raises(gradcli.UsageError, match="`deep` is no level"):
        gradcli.explain("x^2", x=3, level="deep")
    with pytest.raises(gradcli.UsageError, match="updates variables"):
        gradcli.explain("y = x^2; y*2", x=3, wrt="y", lr=0.1)
    with pytest.raises(gradcli.BindingError):
        gradcli.explain("x^2")
