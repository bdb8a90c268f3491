"""Walks over a graph: which nodes matter, and the one loop in which every interpretation runs.

Depends on `gradcli.graph.graph` alone. Nothing recurses.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from gradcli.graph.graph import Graph

T = TypeVar("T")


def reachable(graph: Graph, outputs: Iterable[int]) -> bytearray:
    """A flag for every node up to the highest output: 1 where some output depends on it."""
    wanted = list(outputs)
    flags = bytearray(max(wanted, default=-1) + 1)
    for output in wanted:
        flags[output] = 1
    operands = graph.operands
    for index in range(len(flags) - 1, -1, -1):
        if flags[index]:
            for operand in operands[index]:
                flags[operand] = 1
    return flags


def dependent(graph: Graph, sources: Iterable[int], upto: int) -> bytearray:
    """A flag for every node up to `upto`: 1 where it depends on one of the sources, or is one."""
    flags = bytearray(upto + 1)
    for source in sources:
        if source <= upto:
            flags[source] = 1
    for index, operands in enumerate(graph.operands[: upto + 1]):
        for operand in operands:
            if flags[operand]:
                flags[index] = 1
                break
    return flags


def users(graph: Graph, node: int, output: int, needed: Sequence[int]) -> list[int]:
    """The nodes that move with `node` and on which the output depends, operands first."""
    flags = dependent(graph, [node], output)
    return [at for at in range(node + 1, output + 1) if flags[at] and needed[at]]


def leaves(
    graph: Graph, bindings: Mapping[str, Any], read: Callable[[Any], T], literal: Callable[[float], T] | None = None
) -> Callable[[int], T]:
    """The meaning of variables, what `read` makes of what they are bound to, and of constants, what `literal` does.

    Without `literal`, `read` takes both.
    """
    found, constant = graph.leaves, literal or read

    def leaf(node: int) -> T:
        given = found[node]
        return read(bindings[given]) if isinstance(given, str) else constant(given)

    return leaf


def interpret(
    graph: Graph, needed: bytearray, meanings: Mapping[str, Callable[..., T]], leaf: Callable[[int], T]
) -> list[T]:
    """Give every needed node a meaning, from the ground up.

    `leaf(i)` is the meaning of constant or variable i, `meanings[operator]` a function of the operands' meanings.
    The result has one entry for each flag in `needed`; an entry that was not needed is None and must not be used.
    """
    values: list[Any] = []
    give, leaves = values.append, graph.leaves
    for index, flag, operator, operands in zip(
        range(len(needed)), needed, graph.operators, graph.operands, strict=False
    ):
        match len(operands) if flag else -1:
            case 2:
                give(meanings[operator](values[operands[0]], values[operands[1]]))
            case 1:
                give(meanings[operator](values[operands[0]]))
            case -1:
                give(None)
            case 0 if index in leaves:
                give(leaf(index))
            case _:
                give(meanings[operator](*[values[operand] for operand in operands]))
    return values
