"""The passes as they are told of a program with arrays: a step for each name, and an array is one.

Depends on `gradcli.evaluate.trace` and on `gradcli.shapes`. What has no name is told with what it goes into.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gradcli.evaluate.trace import Trace
from gradcli.language.program import Program
from gradcli.shapes import Array, Shape, entry_names, parted


class Named(NamedTuple):
    """A variable, a definition or the output: its nodes, of an array all entries', and its shape, () for a number.

    text  what it is, as typed; nothing for a variable
    """

    name: str
    nodes: tuple[int, ...]
    shape: Shape
    text: str

    @property
    def names(self) -> list[str]:
        """The names of its numbers."""
        return entry_names(self.name, self.shape) if self.shape else [self.name]


def named(trace: Trace) -> list[Named]:
    """What has a name and leads to the output, operands before users."""
    program = trace.program
    defined = {name: node for name, node in program.definitions.items() if node in trace.values}
    known = {**program.variables, **defined, **dict(zip(program.output_names, program.outputs, strict=True))}
    shapes = program.arrays.items()
    whole = {name: shape for name, shape in shapes if all(each in known for each in entry_names(name, shape))}
    used = {_whole(name, whole) for name, node in known.items() if node in trace.values}
    found = _told_once([_named(program, name, whole.get(name, ()), known) for name in used], program.name)
    return sorted(found, key=lambda each: (each.text != "" and max(each.nodes), min(each.nodes)))


def _told_once(them: list[Named], output: str) -> list[Named]:
    """All but the output where it is nothing but another name."""
    others = {each.nodes for each in them if each.name != output}
    return [each for each in them if each.name != output or each.nodes not in others]


def _whole(name: str, whole: Mapping[str, Shape]) -> str:
    """The array that an entry is of, where all of it is there; else the name itself."""
    entry = parted(name)
    return entry[0] if entry and entry[0] in whole else name


def _named(program: Program, name: str, shape: Shape, known: Mapping[str, int]) -> Named:
    names = entry_names(name, shape) if shape else [name]
    variable = all(each in program.variables for each in names)
    return Named(name, tuple(known[each] for each in names), shape, "" if variable else program.texts.get(name, ""))


def values(trace: Trace, it: Named) -> Array[float]:
    """The numbers of the forward pass; of a variable that the output does not need, the one that it is bound to."""
    bound = trace.point.bindings
    pairs = zip(it.names, it.nodes, strict=True)
    return Array(it.shape, [trace.values[node] if node in trace.values else bound[name] for name, node in pairs])


def adjoints(trace: Trace, it: Named) -> Array[float] | None:
    """The derivatives of the output by its numbers; None where nothing asked for depends on it."""
    if not any(node in trace.adjoints for node in it.nodes):
        return None
    return Array(it.shape, [trace.adjoints.get(node, 0.0) for node in it.nodes])


def users(trace: Trace, them: list[Named]) -> dict[str, list[str]]:
    """Name → the names that get it, or something without a name that is made of it."""
    bit = {node: 1 << at for at, each in enumerate(them) for node in each.nodes}
    flags: dict[int, int] = {}
    for entry in trace.contributions:  # users come before what they are made of
        flags[entry.operand] = flags.get(entry.operand, 0) | (bit.get(entry.node) or flags.get(entry.node, 0))
    return {each.name: [*_set(them, each, flags)] for each in them}


def _set(them: list[Named], it: Named, flags: Mapping[int, int]) -> Iterator[str]:
    """The names of the flags that are set of some nodes."""
    whole = 0
    for node in it.nodes:
        whole |= flags.get(node, 0)
    return (each.name for at, each in enumerate(them) if whole >> at & 1)
