"""An optimiser's rule made ready: weights, gradients and states → the next weights and states.

Depends on the language for the rule, on `gradcli.compiler` for its numbers: as a Python function weight by weight, and
where there are many weights as columns of NumPy.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from gradcli.compiler.python.function import inlined
from gradcli.language.program import parse
from gradcli.learn.optimisers import Optimiser
from gradcli.rewriting.formula import Formula, with_variables

FEW = 24
"""Up to so many weights Python takes one after the other; to call NumPy takes longer."""
Numbers = Any
"""Doubles, one for each weight: a list, or an array of NumPy."""


class Stepper(NamedTuple):
    """An optimiser with its settings."""

    row: Optimiser
    settings: Mapping[str, float]

    @property
    def start(self) -> dict[str, float]:
        """Where each state begins."""
        return dict(self.row.states)

    def formula(self) -> Formula:
        """The rule: the next weight, then the next of each state."""
        program = parse(f"{self.row.rule}; w_new", variables=("w", "g", "lr", "t", *self.settings, *self.row.states))
        known = {**program.definitions, **program.graph.variables()}
        return with_variables(program.graph, {name: known[f"{name}_new"] for name in ("w", *self.row.states)})


class Rule:
    """A stepper for so many weights; `states` are their states, which each step replaces."""

    def __init__(self, stepper: Stepper, count: int) -> None:
        self.stepper, self.count = stepper, count
        self.formula = stepper.formula()
        self.states: dict[str, Numbers] = {name: [start] * count for name, start in stepper.start.items()}

    def step(self, weights: Sequence[float], gradient: Sequence[float], lr: float, number: int) -> list[float]:
        """The next weights; `number` counts the steps from 1."""
        same = {**self.stepper.settings, "lr": lr, "t": float(number)}
        each = {"w": weights, "g": gradient, **self.states}
        next_ = self._by_columns(same, each) if self.count > FEW else self._one_by_one(same, each)
        after, *states = next_
        self.states = dict(zip(self.states, states, strict=True))
        return after

    def _one_by_one(self, same: Mapping[str, float], each: Mapping[str, Sequence[float]]) -> list[list[float]]:
        names, function = self.formula.variables, self._function
        columns = [each[name] if name in each else [same[name]] * self.count for name in names]
        return [list(column) for column in zip(*map(function, *columns), strict=True)]

    def _by_columns(self, same: Mapping[str, float], each: Mapping[str, Sequence[float]]) -> list[Numbers]:
        return self._vectorised({**same, **each})

    @cached_property
    def _function(self) -> Callable[..., Sequence[float]]:
        return inlined(self.formula)

    @cached_property
    def _vectorised(self) -> Callable[[Mapping[str, Any]], list[Numbers]]:
        from gradcli.compiler.vector import vectorised  # NumPy takes 40 ms to load, and few weights do without

        each = {"w", "g", *self.states}
        return vectorised(self.formula, frozenset(self.formula.variables.keys() - each), self.count)
