"""The flow of gradients: factors that are measured, held against numbers of mpmath with 40 digits."""

import json
from typing import Any

import pytest
from conftest import Gradcli

CHAIN = "h[1] = sigmoid(w*x + b); h[t] = sigmoid(w*h[t-1] + b) for t in 2..{n}; h[{n}]"


def flow(gradcli: Gradcli, *arguments: str) -> dict[str, Any]:
    code, out, _ = gradcli("flow", *arguments, "--json")
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_chain_of_sigmoids_vanishes_by_the_factor_that_is_measured(gradcli: Gradcli) -> None:
    found = flow(gradcli, CHAIN.format(n=20), "--x", "0.5", "--w", "1", "--b", "0")
    assert found["verdict"] == "vanishing"
    assert found["factor"] == pytest.approx(0.2253741662, rel=1e-9)
    assert found["layers"][0]["name"] == "x"
    assert found["layers"][0]["gradient"] == pytest.approx(1.143095886693207e-13, rel=1e-12)
    assert [layer["factor"] for layer in found["layers"][1:4]] == pytest.approx(
        [0.235004, 0.227266, 0.225293], abs=1e-6
    )
    assert found["mends"]["relu in place of sigmoid"] == 1
    assert found["mends"]["a skip connection over each layer"] > 1


def test_a_steep_chain_explodes(gradcli: Gradcli) -> None:
    found = flow(gradcli, CHAIN.format(n=4), "--x", "0.5", "--w", "100", "--b", "-50")
    assert (found["verdict"], found["factor"]) == ("exploding", pytest.approx(25, rel=1e-12))
    assert found["layers"][0]["gradient"] == pytest.approx(390625, rel=1e-12)


def test_a_dead_unit_is_no_gap(gradcli: Gradcli) -> None:
    code, out, _ = gradcli("flow", "h1 = relu(x); h2 = relu(h1 - 5); L = h2^2", "--x", "1", "--format", "table")
    assert code == 0
    assert "no gradient arrives at `h2`" in out
    assert "1 of 1 dead" in out


def test_a_layer_may_be_an_array(gradcli: Gradcli) -> None:
    found = flow(
        gradcli,
        "h = tanh(W @ x); g = tanh(V @ h); L = sum(g)",
        "--W",
        "[[3, 0], [0, 4]]",
        "--V",
        "[[1, 0], [0, 1]]",
        "x=[0, 0]",
    )
    sizes = {layer["name"]: layer["gradient"] for layer in found["layers"]}
    assert sizes == pytest.approx({"h": 2**0.5, "g": 2**0.5, "L": 1})
    assert gradcli("flow", "x^2", "--x", "1").code == 2
