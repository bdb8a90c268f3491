"""Training: step by step to a smaller loss, and why it stopped.

Depends on the modules beside it. The record of step k has the weights after k updates, loss and gradient at them, and
the rate of the next update.
"""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any, NamedTuple

from gradcli.learn.clipping import Clip, length
from gradcli.learn.objective import Objective
from gradcli.learn.schedules import Rate
from gradcli.learn.stepping import Rule


class Record(NamedTuple):
    """One step of a training."""

    step: int
    loss: float
    gradient_norm: float
    clipped_norm: float
    lr: float
    weights: Sequence[float]
    gradient: Sequence[float]

    @property
    def finite(self) -> bool:
        """Whether loss and gradient are."""
        return isfinite(self.loss) and all(map(isfinite, self.gradient))


class Plan(NamedTuple):
    """How to train.

    steps      updates at most
    patience   steps without a smaller loss after which it stops; None for never
    tolerance  it stops where no entry of the gradient is above this; None for never
    """

    steps: int
    rate: Rate
    clip: Clip = Clip()
    patience: int | None = None
    tolerance: float | None = None


class Training:
    """One run: iterate over it for its records; then `best` is the one of the least loss, `stopped` says why it ended.

    rule     the optimiser with its states
    batches  for each step the numbers of the rows that it takes; None for all
    """

    def __init__(
        self, objective: Objective, rule: Rule, plan: Plan, start: Sequence[float], batches: Iterator[Any] | None = None
    ) -> None:
        self.objective, self.rule, self.plan, self.batches = objective, rule, plan, batches
        self.weights: Sequence[float] = list(start)
        self.stopped = ""
        self.best: Record | None = None
        self.last: Record | None = None
        self.taken = 0

    def __iter__(self) -> Iterator[Record]:
        """The records, from step 0 on."""
        while not self.stopped:
            record, clipped = self._evaluated()
            self._judge(record)
            self.last = record
            yield record
            if not self.stopped:
                self.weights = self.rule.step(record.weights, clipped, record.lr, record.step + 1)
                self.taken += 1

    def _evaluated(self) -> tuple[Record, Sequence[float]]:
        rows = next(self.batches) if self.batches and self.taken < self.plan.steps else None
        loss, gradient = self.objective.at(self.weights, rows, self.taken)
        clipped = self.plan.clip.of(gradient) if all(map(isfinite, gradient)) else gradient
        norms = length(gradient), length(clipped)
        return Record(self.taken, loss, *norms, self.plan.rate(self.taken), tuple(self.weights), gradient), clipped

    def _judge(self, record: Record) -> None:
        """Keep the best record, and say whether it ends here."""
        plan = self.plan
        if not record.finite or not all(map(isfinite, record.weights)):
            self.stopped = "diverged" if record.step else "not finite"
        elif self.best is None or record.loss < self.best.loss:
            self.best = record
        if self.stopped or not self.best:
            return
        if plan.tolerance is not None and max(map(abs, record.gradient), default=0.0) <= plan.tolerance:
            self.stopped = "tolerance"
        elif plan.patience is not None and record.step - self.best.step >= plan.patience:
            self.stopped = "patience"
        elif record.step >= plan.steps:
            self.stopped = "steps"
