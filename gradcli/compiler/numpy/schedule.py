"""A formula as a list of operations on arrays, with masks made of numbers and numbers of masks where they are needed.

Depends on `kernels` and `branches`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gradcli.compiler.branches import WHERE, Branch, Choices, branch_paths, innermost
from gradcli.compiler.numpy.kernels import NUMBER, TRUTH, ArrayKernel, array_kernel
from gradcli.rewriting.formula import Formula

CHOICES: Choices = {**WHERE, "and": {1: True}}
DEEPEST = 4
"""Choices within more choices than this are not looked into."""


class Value(NamedTuple):
    """A node as a number or as a mask; or, with ~i for a node, a copy for output i."""

    node: int
    mask: bool = False


class Operation(NamedTuple):
    """A kernel, the values it takes, and the value it makes."""

    kernel: ArrayKernel
    operands: tuple[Value, ...]
    result: Value


class Predicated(NamedTuple):
    """Operations that run where some row of the mask is as `wanted`."""

    mask: Value
    wanted: bool
    work: "tuple[Operation | Predicated, ...]"


Work = Operation | Predicated


def flat(work: Iterable[Work]) -> Iterator[Operation]:
    """The operations in the order in which they run if all of them do."""
    for item in work:
        if isinstance(item, Predicated):
            yield from flat(item.work)
        else:
            yield item


def operations(formula: Formula, varying: bytearray) -> tuple[Work, ...]:
    """The operations of a formula in an order in which they can run, then the copies that outputs need.

    varying  flags of the nodes that are arrays; the others are numbers
    """
    lister = _Lister(formula, varying)
    return (*lister.branch(None), *lister.copies())


class _Lister:
    """What is made so far, and which of it by conversion."""

    def __init__(self, formula: Formula, varying: bytearray) -> None:
        self.formula, self.graph, self.varying = formula, formula.graph, varying
        self.members = _by_branch(formula)
        self.made = {Value(node) for node in formula.variables.values()}
        self.converted: list[Value] = []

    def branch(self, branch: Branch | None) -> Iterator[Work]:
        """The operations of a branch; those that always run for None."""
        for node in self.members.get(branch, ()):
            operands = self.graph.operands[node]
            if self.varying[node] and operands:
                kernel = array_kernel(self.graph.operators[node])
                values = tuple(Value(at, kernel.takes_mask(position)) for position, at in enumerate(operands))
                for wanted in CHOICES.get(self.graph.operators[node], {}).values():
                    yield from self.conversions(values[:1])
                    yield from self.predicated((node, wanted), values[0])
                yield from self.conversions(values)
                self.made.add(Value(node, kernel.gives))
                yield Operation(kernel, values, Value(node, kernel.gives))

    def predicated(self, branch: Branch, mask: Value) -> Iterator[Predicated]:
        """The operations of a branch under its condition; what is converted there is not there for others."""
        before = len(self.converted)
        work = tuple(self.branch(branch))
        self.made.difference_update(self.converted[before:])
        del self.converted[before:]
        if work:
            yield Predicated(mask, branch[1], work)

    def conversions(self, values: tuple[Value, ...]) -> Iterator[Operation]:
        """Masks of numbers and numbers of masks, each made once."""
        for value in values:
            if self.varying[value.node] and value not in self.made:
                self.made.add(value)
                self.converted.append(value)
                yield Operation(TRUTH if value.mask else NUMBER, (Value(value.node, not value.mask),), value)

    def copies(self) -> Iterator[Operation]:
        """Outputs that are no number of their own: variables, constants, and what is an output already."""
        taken: set[int] = set()
        for position, node in enumerate(self.formula.outputs.values()):
            yield from self.conversions((Value(node),))
            if node in taken or not self.varying[node] or not self.graph.operands[node]:
                yield Operation(NUMBER, (Value(node),), Value(~position))
            taken.add(node)


def _by_branch(formula: Formula) -> Mapping[Branch | None, Sequence[int]]:
    """The nodes of each branch, in order."""
    members: defaultdict[Branch | None, list[int]] = defaultdict(list)
    for node, path in sorted(branch_paths(formula, CHOICES, DEEPEST).items()):
        members[innermost(path)].append(node)
    return members
