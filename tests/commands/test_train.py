"""Training: optimisers, schedules, clips, batches and checkpoints, held against PyTorch's numbers and closed forms."""

import json
from collections.abc import Callable
from math import cos, pi
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcli.learn.choosing import ROWS, stepper
from gradcli.learn.clipping import Clip
from gradcli.learn.schedules import schedule
from gradcli.learn.stepping import FEW, Rule

Gradcli = Callable[..., Any]

# Weights after 20 steps on (w0 - 1)^2 + 10*(w1 + 2)^2 from (5, 3) with lr=0.02, by PyTorch 2.14.1 in double precision.
TORCH = {
    "sgd": [2.768009735517632, -1.9998171920779968],
    "sgd momentum=0.8 dampening=0.3 weight_decay=0.01": [0.6924975691590403, -1.7565107287418604],
    "sgd momentum=0.7 nesterov": [1.079268202258052, -1.9996365264867861],
    "momentum": [-0.10234133644882615, -0.8354684910722658],
    "nesterov": [0.2776890310581773, -2.0018259701427703],
    "adagrad lr_decay=0.1": [4.900956074602795, 2.900869551400348],
    "rmsprop weight_decay=0.1": [3.5786977717822395, 1.5530530544473415],
    "rmsprop momentum=0.5 centered": [2.442936414817993, 0.3152162876625375],
    "adadelta": [4.998602669257324, 2.9986026345979053],
    "adam weight_decay=0.1": [4.6024805944860985, 2.6019901254188955],
    "adam betas=0.8,0.99 amsgrad": [4.60441879368653, 2.603503941399109],
    "amsgrad": [4.602511868091732, 2.6019859789632727],
    "adamw": [4.58343641125587, 2.590825566743579],
    "nadam": [4.661992349705385, 2.660944825775018],
    "adamax": [4.608117744005094, 2.605754934588723],
}

# The first rates of PyTorch 2.14.1's schedules, from lr=1.
RATES = {
    "step 5 gamma=0.5": [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25],
    "multistep 3,7 gamma=0.1": [1.0, 1.0, 1.0, 0.1, 0.1, 0.1, 0.1, 0.010000000000000002, 0.010000000000000002],
    "exponential 0.9": [1.0, 0.9, 0.81, 0.7290000000000001, 0.6561000000000001, 0.5904900000000002],
    "polynomial 8 power=2": [
        1.0,
        0.765625,
        0.5625,
        0.39062500000000006,
        0.2500000000000001,
        0.14062500000000006,
        0.06250000000000003,
        0.015625000000000007,
        0.0,
        0.0,
        0.0,
    ],
    "cosine 6 end=0.1": [
        1.0,
        0.9397114317029974,
        0.775,
        0.55,
        0.3250000000000002,
        0.1602885682970026,
        0.1,
        0.16028856829700258,
        0.32499999999999996,
    ],
    "restarts 4 mult=2": [
        1.0,
        0.8535533905932737,
        0.5,
        0.14644660940672627,
        1.0,
        0.9619397662556434,
        0.8535533905932737,
        0.6913417161825449,
        0.5,
        0.30865828381745514,
        0.14644660940672627,
        0.03806023374435663,
        1.0,
        0.9903926402016152,
    ],
    "onecycle": [
        0.040000000000000036,
        0.1316718427000253,
        0.3716718427000253,
        0.6683281572999747,
        0.9083281572999747,
        1.0,
        0.9874640062350873,
        0.9504846320134737,
        0.89091617757105,
        0.8117456539497631,
        0.7169430017913008,
        0.6112620219362893,
        0.500002,
        0.38874197806371075,
        0.28306099820869923,
        0.18825834605023697,
        0.10908782242895004,
        0.049519367986526286,
        0.012539993764912554,
        4e-06,
    ],
    "warmup 4 start=0.2": [0.2, 0.4, 0.6000000000000001, 0.8, 1.0, 1.0, 1.0],
}


def slopes(w: list[float]) -> list[float]:
    return [2 * (w[0] - 1), 20 * (w[1] + 2)]


@pytest.mark.parametrize(("text", "truth"), TORCH.items())
def test_an_optimiser_goes_where_pytorch_goes(text: str, truth: list[float]) -> None:
    made, lr = stepper(text, 0.02)
    rule, weights = Rule(made, 2), [5.0, 3.0]
    for step in range(1, 21):
        weights = rule.step(weights, slopes(weights), lr, step)
    assert weights == pytest.approx(truth, rel=1e-13)


@pytest.mark.parametrize("name", ROWS)
def test_many_weights_go_where_few_go(name: str) -> None:
    made, lr = stepper(name, 0.05)
    few, many, start = Rule(made, 2), Rule(made, 2 * FEW), [0.5, -1.5]
    one, all_ = start, start * FEW
    for step in range(1, 4):
        one, all_ = few.step(one, slopes(one), lr, step), many.step(all_, slopes(one) * FEW, lr, step)
    np.testing.assert_allclose(all_, one * FEW, rtol=1e-14)


def test_lion_is_that_of_its_paper() -> None:
    made, lr = stepper("lion weight_decay=0.5", 0.1)
    rule, w, m = Rule(made, 1), 1.0, 0.0
    for step in range(1, 5):
        (ours,), g = rule.step([w], [w - 0.95], lr, step), w - 0.95
        w, m = w - 0.1 * (float(np.sign(0.9 * m + 0.1 * g)) + 0.5 * w), 0.99 * m + 0.01 * g
        assert ours == pytest.approx(w, rel=1e-15)


@pytest.mark.parametrize(("text", "truth"), RATES.items())
def test_a_schedule_has_the_rates_of_pytorch(text: str, truth: list[float]) -> None:
    rate = schedule(text, 1.0, 20)
    assert [rate(k) for k in range(len(truth))] == pytest.approx(truth, rel=1e-13, abs=1e-15)


def test_a_warmup_comes_before_a_schedule_that_counts_anew() -> None:
    rate = schedule("warmup 5 start=0.1; cosine 16 end=0", 2.0, 40)
    assert rate(0) == pytest.approx(0.2)
    assert rate(5) == 2.0
    assert rate(5 + 4) == pytest.approx(2 * (1 + cos(pi / 4)) / 2)


@pytest.mark.parametrize(
    ("clip", "gradient", "truth"),
    [
        (Clip(norm=1.0), [3e200, 4e200], [0.6, 0.8]), (Clip(norm=10.0), [3.0, 4.0], [3.0, 4.0]),
        (Clip(norm=1.0, kind=float("inf")), [3.0, -4.0], [0.75, -1.0]), (Clip(norm=1.0, kind=1.0), [3.0, -1.0], [0.75, -0.25]),
        (Clip(value=0.5), [3.0, -0.25], [0.5, -0.25]), (Clip(norm=1.0), [0.0, 0.0], [0.0, 0.0]),
    ],
)  # fmt: skip
def test_a_gradient_is_clipped_to_the_limit(clip: Clip, gradient: list[float], truth: list[float]) -> None:
    assert clip.of(gradient) == pytest.approx(truth, rel=1e-15)


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_rate_stands_outside_of_the_momentum(gradcli: Gradcli) -> None:
    code, out, _ = gradcli(
        "train", "w", "--w", "0", "--optimiser", "momentum lr=1", "--schedule", "multistep 1 gamma=0.1", "--steps", "3", "--log", "-"
    )  # fmt: skip
    assert code == 0
    assert [record["params"]["w"] for record in records(out)] == pytest.approx([0, -1, -1.19, -1.461], rel=1e-15)
    assert [record["lr"] for record in records(out)] == pytest.approx([1, 0.1, 0.1, 0.1])


@pytest.mark.parametrize(
    ("more", "step", "w", "loss", "last"), [((), 10, 1.0175994824, 0.00030974178074, 12), (("--patience", "3"), 3, 1.248, 0.061504, 6)]
)  # fmt: skip
def test_the_best_weights_are_given_back(
    more: tuple[str, ...], step: int, w: float, loss: float, last: int, gradcli: Gradcli
) -> None:
    _, out, _ = gradcli(
        "train", "(w-1)^2", "--w", "5", "--optimiser", "momentum", "--lr", "0.1", "--steps", "12", *more, "--json"
    )
    found = json.loads(out)
    assert found["best"]["step"] == step
    assert found["best"]["params"]["w"] == pytest.approx(w, rel=1e-10)
    assert found["best"]["loss"] == pytest.approx(loss, rel=1e-10)
    assert found["steps"] == last
    assert found["stopped"] == ("patience" if more else "steps")


def test_a_run_goes_on_to_the_bit(gradcli: Gradcli, tmp_path: Path) -> None:
    table, state = tmp_path / "t.csv", tmp_path / "state.json"
    table.write_text("x,y\n" + "\n".join(f"{i / 7},{(i * 5) % 11 / 3}" for i in range(20)))
    common = ("(w*x + b - y)^2", str(table), "--w", "0.1", "--b", "0.2", "--optimiser", "adam lr=0.05", "--schedule", "cosine 40",
              "--batch-size", "3", "--shuffle", "--seed", "7")  # fmt: skip
    _, whole, _ = gradcli("train", *common, "--steps", "30", "--json")
    gradcli("train", *common, "--steps", "13", "--save", str(state))
    _, resumed, _ = gradcli("train", *common, "--steps", "30", "--resume", str(state), "--json")
    ours, again = json.loads(whole), json.loads(resumed)
    assert again["params"] == ours["params"]
    assert again["loss"] == ours["loss"]
    _, value, _ = gradcli("grad", "w^2 + b^2", "--bind", str(state), "--raw", "w")
    assert float(value) == 2 * json.loads(state.read_text())["bindings"]["w"]


def test_least_squares_are_found(gradcli: Gradcli) -> None:
    _, out, err = gradcli(
        "train", "(x*w + b - y)^2", "samples/points.csv", "--w", "0", "--b", "0", "--lr", "0.1", "--steps", "2000", "--json"
    )  # fmt: skip
    x, y = np.loadtxt("samples/points.csv", delimiter=",", skiprows=1, unpack=True)
    w, b = np.polyfit(x, y, 1)
    assert json.loads(out)["params"] == pytest.approx({"w": w, "b": b}, rel=1e-9)
    assert "trains w, b (2 numbers) on 5 rows: sgd, lr=0.1" in err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("w^2", "--w", "1", "--lr", "2", "--steps", "2000"), 3, "diverged at step"),
        (("log(w)", "--w", "0"), 3, "not finite where it begins"),
        (("w^2", "--w", "1", "--optimiser", "adma"), 2, "did you mean adam"),
        (("w^2", "--w", "1", "--optimiser", "adam beta=1"), 2, "no setting `beta`"),
        (("w^2", "--w", "1", "--lr", "1", "--optimiser", "sgd lr=2"), 2, "given twice"),
        (("w^2", "--w", "1", "--clip-norm", "-1"), 2, "above 0"), (("w^2", "--w", "1", "--freeze", "w"), 2, "nothing to train"),
        (("w^2", "--w", "1", "--freeze", "q*"), 2, "no variable is called"), (("w^2", "--w", "1", "--schedule", "cosine"), 2, "write cosine 10"),
        (("w^2", "--w", "1", "--schedule", "warmup 3 start=0"), 2, "begins above 0"), (("w^2", "--w", "1", "--epochs", "3"), 2, "there is none"),
        (("(w*x-y)^2", "samples/points.csv", "--w", "1", "--x", "2"), 2, "is a column"), (("(w-1)^2", "samples/points.csv", "--w", "1"), 2, "takes no column"),
        (("w^2", "--w", "1", "--resume", "samples/points.csv"), 4, "no whole checkpoint"), (("w^2",), 2, "w has no value"),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_is_told(arguments: tuple[str, ...], code: int, says: str, gradcli: Gradcli) -> None:
    found, _, err = gradcli("train", *arguments)
    assert found == code
    assert says in err


def test_rules_tell_the_rule_that_is_executed(gradcli: Gradcli) -> None:
    assert ROWS["adamw"].rule.replace("; ", "\n") in gradcli("rules", "adamw")[1].replace("; ", "\n")
    assert "PyTorch divides by the norm + 1e-6" in gradcli("rules", "clip")[1]
    assert "steps count from 0" in gradcli("rules", "cosine")[1]
