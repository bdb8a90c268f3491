"""The two passes of a program with arrays as tables: a row a name, and an array is one.

Depends on `gradcli.passes.named`. What an array looks like in a cell is the affair of a format.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from gradcli.evaluate.trace import Trace, Zero
from gradcli.language.notation import expression_text
from gradcli.passes.arrays import Number
from gradcli.passes.named import Named, adjoints, named, users, values
from gradcli.passes.titles import truth
from gradcli.shapes import Array
from gradcli.show.table import Column, Table

FORWARD = (Column("node", "bold"), Column("operation"), Column("value", "cyan"))
BACKWARD = (Column("node", "bold"), Column("goes into"), Column("adjoint", "green"))
LONGEST_OPERATION = 200

Cell = Callable[[Array[Number]], str]
"""How a format shows an array, or a number, in a cell."""


def passes(trace: Trace, cell: Cell) -> Iterator[Table[Any]]:
    """The forward pass, and the backward pass where there is one."""
    them = named(trace)
    yield Table("Forward pass", FORWARD, them, partial(_forward_row, trace, cell))
    if trace.adjoints:
        into = users(trace, them)
        back = [each for each in reversed(them) if adjoints(trace, each)]
        yield Table("Backward pass", BACKWARD, back, lambda each: _backward_row(trace, cell, each, into[each.name]))


def operation(trace: Trace, it: Named) -> str:
    """What a name stands for, as typed."""
    program = trace.program
    if all(each in program.variables for each in it.names) and not it.text:
        return "given"
    return it.text or expression_text(program.graph, it.nodes[0], LONGEST_OPERATION)


def _forward_row(trace: Trace, cell: Cell, it: Named) -> Sequence[str]:
    word = "" if it.shape else truth(trace.program.graph.operators[it.nodes[0]], trace.values.get(it.nodes[0], 0.0))
    return it.name, operation(trace, it), word or cell(values(trace, it))


def _backward_row(trace: Trace, cell: Cell, it: Named, into: Sequence[str]) -> Sequence[str]:
    seed = ["seed"] if trace.program.output in it.nodes else []
    return it.name, ", ".join((*seed, *into)) or Zero.INDEPENDENT, cell(adjoints(trace, it) or values(trace, it))
