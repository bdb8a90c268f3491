"""PyTorch: the formula in Python, differentiated backward from the sum of its values, operation by operation.

For the derivatives in every row a number that is the same in every row is a column too, as autograd needs it.
"""

from collections.abc import Callable, Sequence
from types import SimpleNamespace

import torch
from problems import Array, Column, Problem

torch.set_num_threads(1)

NAME = "PyTorch"
MATHEMATICS = SimpleNamespace(
    exp=torch.exp, log=torch.log, sqrt=torch.sqrt, sigmoid=torch.sigmoid, normal_cdf=torch.special.ndtr
)


def rows(problem: Problem, columns: list[Column], outputs: list[Array]) -> Callable[[], Sequence[Array]]:
    given = [torch.as_tensor(column, dtype=torch.float64).expand(len(outputs[0])).contiguous() for column in columns]
    run = _differentiated(problem, given)
    return lambda: [column.numpy() for column in run()]


def sums(problem: Problem, columns: list[Column]) -> Callable[[], Sequence[float]]:
    run = _differentiated(problem, [torch.as_tensor(column, dtype=torch.float64) for column in columns])
    return lambda: [column.sum().item() for column in run()]


def _differentiated(problem: Problem, given: list[torch.Tensor]) -> Callable[[], list[torch.Tensor]]:
    leaves = [given[place].requires_grad_() for place in problem.places]

    def run() -> list[torch.Tensor]:
        value = problem.function(MATHEMATICS, *given)
        return [value.detach(), *torch.autograd.grad(value.sum(), leaves)]

    return run
