"""How long training takes, beside the same by hand: logistic regression, XOR, and Adam on a network in batches.

Run it with the Python that has gradcli and its extra `data`: python tests/benchmarks/training.py [ROWS]
Each job is done in this process, start-up apart, by gradcli's objective, rule and loop as `gradcli train` does it, and
by hand: with NumPy, with `math`, and with PyTorch where it is there, on one core. The ratio is theirs over gradcli's.
"""

import math
import random
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from heading import heading

from gradcli.data.in_memory import batches
from gradcli.language.program import parse
from gradcli.learn.choosing import stepper
from gradcli.learn.objective import Rows
from gradcli.learn.stepping import Rule
from gradcli.learn.training import Plan, Training

STEPS, EPOCHS, UPDATES = 1000, 10_000, 200
NETWORK = (16, 32, 4)
XOR = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def trained(objective: Rows, optimiser: str, steps: int, start: Sequence[float], size: int | None = None) -> float:
    """Train, and give the last loss."""
    made, lr = stepper(optimiser, None)
    rows = batches(objective.rows, size, 0, shuffle=False) if size else None
    training = Training(objective, Rule(made, len(start)), Plan(steps, lambda _: lr), start, rows)
    for _ in training:
        pass
    return training.last.loss if training.last else math.nan


def logistic(rows: int) -> None:
    """One feature and an intercept, all rows in each step."""
    draw = np.random.default_rng(0)
    x = draw.normal(size=rows)
    y = (draw.random(rows) < 1 / (1 + np.exp(0.5 - 1.5 * x))).astype(float)
    program = parse("softplus(w*x + b) - y*(w*x + b)", variables=["x", "y"])
    objective = Rows(program, ["w", "b"], {}, {"x": x, "y": y})
    objective.at([0.0, 0.0])
    ours = seconds(lambda: trained(objective, "sgd lr=1", STEPS, [0.0, 0.0]))

    def by_hand() -> None:
        w = b = 0.0
        for _ in range(STEPS):
            slope = slope_b = 0.0
            for at in range(0, rows, 8192):
                part, label = x[at : at + 8192], y[at : at + 8192]
                error = 1 / (1 + np.exp(-(w * part + b))) - label
                slope, slope_b = slope + error @ part, slope_b + error.sum()
            w, b = w - slope / rows, b - slope_b / rows

    tell(f"logistic regression, {rows:,} rows, {STEPS:,} steps", ours, {"NumPy in blocks": seconds(by_hand)})


def xor() -> None:
    """Four rows and nine weights."""
    text = "h = tanh(a1*x + a2*y + a3); g = tanh(b1*x + b2*y + b3); p = sigmoid(c1*h + c2*g + c3); (p - t)^2"
    program = parse(text, variables=["x", "y", "t"])
    columns = {name: np.array(column, float) for name, column in zip("xyt", zip(*XOR, strict=True), strict=True)}
    names = [name for name in program.variables if name not in columns]
    draw = random.Random(0)
    start = [draw.gauss(0, 1) for _ in names]
    objective = Rows(program, names, {}, columns)
    ours = seconds(lambda: trained(objective, "sgd lr=0.5", EPOCHS, start))
    tell(f"XOR, {EPOCHS:,} epochs", ours, {"math by hand": seconds(lambda: xor_by_hand(start))})


def xor_by_hand(w: list[float]) -> list[float]:
    """The same with its derivative written out."""
    for _ in range(EPOCHS):
        g = [0.0] * 9
        for x, y, t in XOR:
            h, k = math.tanh(w[0] * x + w[1] * y + w[2]), math.tanh(w[3] * x + w[4] * y + w[5])
            p = 1 / (1 + math.exp(-(w[6] * h + w[7] * k + w[8])))
            d = 2 * (p - t) * p * (1 - p)
            a, b = d * w[6] * (1 - h * h), d * w[7] * (1 - k * k)
            for at, slope in enumerate((a * x, a * y, a, b * x, b * y, b, d * h, d * k, d)):
                g[at] += slope
        w = [weight - 0.5 * slope / 4 for weight, slope in zip(w, g, strict=True)]
    return w


def network() -> None:
    """Adam on a network with softmax, in batches of 64 of 5,000 rows."""
    inputs, hidden, classes = NETWORK
    draw = np.random.default_rng(0)
    rows = draw.normal(size=(5000, inputs))
    labels = np.eye(classes)[draw.integers(0, classes, 5000)]
    columns = {f"x[{i + 1}]": np.ascontiguousarray(rows[:, i]) for i in range(inputs)}
    columns |= {f"y[{k + 1}]": np.ascontiguousarray(labels[:, k]) for k in range(classes)}
    text = f"V: [{hidden}, {inputs}]; W: [{classes}, {hidden}]; -y @ log_softmax(W @ tanh(V @ x + a) + b)"
    program = parse(f"a: [{hidden}]; b: [{classes}]; {text}", variables=[*columns])
    names = [name for name in program.variables if name not in columns]
    start = [float(each) for each in draw.normal(size=len(names)) * 0.1]
    objective = Rows(program, names, {}, columns)
    objective.at(start, np.arange(64))
    ours = seconds(lambda: trained(objective, "adam lr=0.01", UPDATES, start, 64))
    others = by_torch(rows, labels) or {}
    tell(f"Adam, {'-'.join(map(str, NETWORK))} ({len(names)} weights), {UPDATES} batches of 64", ours, others)


def by_torch(rows: "np.ndarray", labels: "np.ndarray") -> dict[str, float] | None:
    """The same with PyTorch, eager, on one core."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    inputs, hidden, classes = NETWORK
    model = torch.nn.Sequential(
        torch.nn.Linear(inputs, hidden), torch.nn.Tanh(), torch.nn.Linear(hidden, classes)
    ).double()
    optimiser = torch.optim.Adam(model.parameters(), 0.01)
    x, y = torch.tensor(rows), torch.tensor(labels)

    def work() -> None:
        for step in range(UPDATES):
            at = step * 64 % 4992
            optimiser.zero_grad()
            loss = -(y[at : at + 64] * torch.log_softmax(model(x[at : at + 64]), 1)).sum(1).mean()
            loss.backward()
            optimiser.step()

    work()
    return {"PyTorch eager": seconds(work)}


def tell(what: str, ours: float, others: dict[str, float]) -> None:
    """A line of the table."""
    told = ", ".join(f"{name} {took:.2f} s ({took / ours:.2f}×)" for name, took in others.items())
    print(f"{what}: gradcli {ours:.2f} s; {told or 'no torch here'}")


def main() -> None:
    """Print the table."""
    print(heading("numpy", "llvmlite", "torch"))
    logistic(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    xor()
    network()


if __name__ == "__main__":
    main()
