"""Large expressions for the benchmarks: sums of products and sines over some hundred variables, drawn with a seed."""

import random

VARIABLES = 300
OPERATIONS_A_TERM = 6


def long_sum(operations: int, seed: int = 1) -> str:
    """A text of about so many operations; every pair of terms is `c*x*y + sin(z*x) +`, and hardly any repeats."""
    draw = random.Random(seed)
    pairs = (_pair(draw) for _ in range(operations // OPERATIONS_A_TERM))
    return " + ".join(pairs)


def bindings() -> dict[str, float]:
    """A number between 0 and 1 for every variable that a text may use."""
    draw = random.Random(2)
    return {f"x{number}": draw.random() for number in range(100, 100 + VARIABLES)}


def _pair(draw: random.Random) -> str:
    first, second, third, fourth = (draw.randrange(100, 100 + VARIABLES) for _ in range(4))
    return f"{draw.random():.4f}*x{first}*x{second} + sin(x{third}*x{fourth})"
