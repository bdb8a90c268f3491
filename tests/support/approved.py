"""Pages as they were approved, and a formula whose page is a long one."""

from pathlib import Path

SNAPSHOTS = Path(__file__).parents[1] / "pages" / "snapshots"
NETWORK = (
    "y1 = relu(w11*x1 + w12*x2 + b1); y2 = relu(w21*x1 + w22*x2 + b2); p = sigmoid(v1*y1 + v2*y2 + c); L = -log(p)"
)
WEIGHTS = [
    f"{name}=0.{number}"
    for number, name in enumerate(["x1", "x2", "w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c"], 1)
]


def drawn(page: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in page.splitlines())
