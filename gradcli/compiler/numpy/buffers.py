"""The order in which the operations of a formula run, and where each leaves its result.

Depends on `schedule`. A buffer is used again as soon as nobody needs what is in it: so a formula of any length
runs in few buffers, which stay in cache.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

from gradcli.compiler.numpy.kernels import Run
from gradcli.compiler.numpy.schedule import Operation, Predicated, Value, Work, flat, operations
from gradcli.graph.walk import dependent
from gradcli.rewriting.formula import Formula

Step = Callable[[Sequence[Any]], Any]
"""Does one thing with the arrays in the slots."""


class Plan(NamedTuple):
    """A formula as steps over slots: of the columns, then the outputs, the loop-invariant values, and the buffers.

    formula    the formula in operators that a block can run
    positions  for each variable of it, its position among the columns that come
    columns    the positions of those that are arrays
    invariant  the values that are the same in every row
    masks      for each buffer whether it is a mask
    """

    formula: Formula
    positions: dict[str, int]
    columns: tuple[int, ...]
    invariant: tuple[Value, ...]
    masks: tuple[bool, ...]
    steps: tuple[Step, ...]


def planned(formula: Formula, variables: Sequence[str], scalars: frozenset[str]) -> Plan:
    """The plan of a formula for columns of `variables`, of which those in `scalars` are numbers."""
    positions = {name: variables.index(name) for name in formula.variables}
    arrays = {name: node for name, node in formula.variables.items() if name not in scalars}
    work = operations(formula, _varying(formula, arrays.values()))
    made = {operation.result for operation in flat(work)} | {Value(node) for node in arrays.values()}
    invariant = dict.fromkeys(value for operation in flat(work) for value in operation.operands if value not in made)
    slots = [*map(Value, arrays.values()), *_outputs(formula, made), *invariant]
    buffers = _Buffers({value: slot for slot, value in enumerate(slots)}, work)
    steps = tuple(buffers.steps(work))
    return Plan(
        formula, positions, tuple(positions[name] for name in arrays), tuple(invariant), tuple(buffers.masks), steps
    )


def _varying(formula: Formula, arrays: Iterable[int]) -> bytearray:
    """Flags of the needed nodes that are arrays."""
    needed = formula.needed
    return bytearray(a & b for a, b in zip(needed, dependent(formula.graph, arrays, len(needed) - 1), strict=True))


def _outputs(formula: Formula, made: set[Value]) -> Iterator[Value]:
    """The value that belongs into each output: a copy if there is one."""
    for position, node in enumerate(formula.outputs.values()):
        copy = Value(~position)
        yield copy if copy in made else Value(node)


class _Buffers:
    """Slots for what has none: a free one of the right kind, or a new one."""

    def __init__(self, slots: dict[Value, int], work: Iterable[Work]) -> None:
        self.slots, self.base = slots, len(slots)
        self.masks: list[bool] = []
        self.free: dict[bool, list[int]] = {False: [], True: []}
        self.clock = count()
        self.last = {value: at for at, item in enumerate(flat(work)) for value in (item.result, *item.operands)}

    def steps(self, work: Iterable[Work]) -> Iterator[Step]:
        """The operations over slots."""
        for item in work:
            if isinstance(item, Predicated):
                yield _predicated(self.slots[item.mask], item.wanted, tuple(self.steps(item.work)))
            else:
                yield self.step(item, next(self.clock))

    def step(self, item: Operation, now: int) -> Step:
        """One operation. Its result may take the place of an operand that nobody needs any more."""
        slots, place = [self.slots[value] for value in item.operands], item.kernel.place
        by_merit = dict.fromkeys((item.operands[place or 0], *item.operands))
        done = [value for value in by_merit if self.ends(value, now)][::-1]
        if place is not None:
            self.release(done)
        if item.result not in self.slots:
            self.slots[item.result] = self.buffer(item.result.mask)
        if place is None:
            self.release(done)
        return _step(item.kernel.run, (*slots, self.slots[item.result]))

    def ends(self, value: Value, now: int) -> bool:
        """Whether a value is in a buffer and is used for the last time."""
        return self.last[value] == now and self.slots[value] >= self.base

    def release(self, done: Iterable[Value]) -> None:
        """Set the buffers of values free."""
        for value in done:
            self.free[value.mask].append(self.slots[value])

    def buffer(self, mask: bool) -> int:
        """A free buffer."""
        if not self.free[mask]:
            self.masks.append(mask)
            self.free[mask].append(self.base + len(self.masks) - 1)
        return self.free[mask].pop()


def _step(run: Run, places: Sequence[int]) -> Step:
    """A function on slots. It is called for every block, so the usual cases do not loop."""
    match places:
        case [x, out]:
            return lambda slots: run(slots[x], slots[out])
        case [x, y, out]:
            return lambda slots: run(slots[x], slots[y], slots[out])
        case _:
            return lambda slots: run(*[slots[place] for place in places])


def _predicated(mask: int, wanted: bool, steps: Sequence[Step]) -> Step:
    """Steps for blocks in which some row of a mask is as wanted."""

    def run(slots: Sequence[Any]) -> None:
        if slots[mask].any() if wanted else not slots[mask].all():
            for step in steps:
                step(slots)

    return run
