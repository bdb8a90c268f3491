"""What is shown of an array beside the entries that the output needs: the others, where they have a value.

Depends on the language and on walks of the graph.
"""

from collections.abc import Collection, Mapping

from gradcli.graph.walk import dependent
from gradcli.language.program import Program
from gradcli.shapes import parted


def other_entries(program: Program, nodes: Collection[int], bindings: Mapping[str, float]) -> list[int]:
    """The entries that the output does not need, of arrays of which it needs one; where they have a value at all."""
    needed, graph = {*nodes}, program.graph
    arrays = {entry[0] for name, node in program.definitions.items() if node in needed and (entry := parted(name))}
    named = [(entry[0], node) for name, node in program.definitions.items() if (entry := parted(name))]
    found = [node for name, node in named if name in arrays and node not in needed]
    free = [node for name, node in graph.variables().items() if name not in bindings]
    unbound = dependent(graph, free, max(found, default=0))
    return [node for node in found if not unbound[node]]
