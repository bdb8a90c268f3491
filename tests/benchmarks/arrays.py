"""Networks with arrays as processes: how long one sample's gradient takes, and how far it is from PyTorch's.

Run it with the Python that has gradcli: python tests/benchmarks/arrays.py [INPUTS HIDDEN CLASSES]
A network of one hidden layer with softmax cross-entropy, its weights and sample in a file of JSON, under `auto`; then
recurrences of growing length, whose time and memory should grow as they do. Where torch is there, its gradient in
double precision is compared: the greatest difference, relative to the greatest entry of each array.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from heading import heading

PROGRAM = "h = relu(W1 @ x + b1)\nz = W2 @ h + b2\nq = log_softmax(z)\nloss = -q[k]\nloss"
SIZES = (784, 32, 10)
LENGTHS = (1_000, 2_000, 4_000, 8_000)


def network(inputs: int, hidden: int, classes: int) -> dict[str, Any]:
    """Weights and a sample, drawn from a fixed seed."""
    draw = random.Random(1)

    def drawn(count: int, scale: float) -> list[float]:
        return [draw.gauss(0, scale) for _ in range(count)]

    return {
        "W1": [drawn(inputs, inputs**-0.5) for _ in range(hidden)],
        "b1": drawn(hidden, 0.1),
        "W2": [drawn(hidden, hidden**-0.5) for _ in range(classes)],
        "b2": drawn(classes, 0.1),
        "x": [max(0.0, each) for each in drawn(inputs, 0.5)],
        "k": 3,
    }


def timed(*arguments: str) -> tuple[str, float, float]:
    """What a process printed, the seconds it took by the clock, and those of the processor."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "gradcli", *arguments], capture_output=True, text=True, check=True)
    took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def difference(given: dict[str, Any], found: dict[str, Any]) -> str:
    """How far gradients are from PyTorch's."""
    try:
        import torch
    except ImportError:
        return "no torch here"
    them = {name: torch.tensor(value, dtype=torch.float64) for name, value in given.items() if name != "k"}
    weights = {name: them[name].requires_grad_() for name in ("W1", "b1", "W2", "b2")}
    hidden = torch.relu(them["W1"] @ them["x"] + them["b1"])
    loss = -torch.log_softmax(them["W2"] @ hidden + them["b2"], 0)[given["k"] - 1]
    loss.backward()
    worst = 0.0
    for name, weight in weights.items():
        gradient = weight.grad
        ours = torch.tensor(found[name], dtype=torch.float64)
        worst = max(worst, float((gradient - ours).abs().max() / gradient.abs().max()))
    return f"{worst:.1e} (torch {torch.__version__})"


def main() -> None:
    """Print the table."""
    print(heading("torch"))
    sizes = [*map(int, sys.argv[1:4])] or [*SIZES]
    given = network(*sizes)
    with tempfile.TemporaryDirectory() as folder:
        program, values = Path(folder) / "network.txt", Path(folder) / "values.json"
        program.write_text(PROGRAM)
        values.write_text(json.dumps(given))
        asked = ("grad", f"@{program}", "--bind", str(values), "--wrt", "W1,b1,W2,b2")
        count = sum(len(given[name]) * len(given[name][0]) for name in ("W1", "W2")) + sizes[1] + sizes[2]
        print(f"{'-'.join(map(str, sizes))}, {count:,} weights     seconds  of the processor")
        for form in ("plain", "json"):
            out, took, cpu = timed(*asked, "--format", form)
            print(f"  {form:6} {took:28.2f} {cpu:17.2f}")
        print("  greatest difference from PyTorch:", difference(given, json.loads(out)["gradient"]))
    for length in LENGTHS:
        text = f"h[1] = x; h[t] = tanh(w*h[t-1]) for t in 2..{length}; h[{length}]"
        _, took, cpu = timed("grad", text, "--x", "0.5", "--w", "1.01", "--precision", "double", "--format", "plain")
        print(f"  recurrence of {length:,} steps {took:10.2f} {cpu:17.2f}")


if __name__ == "__main__":
    main()
