"""Two programs are the same if their outputs are: the same operators on the same operands, leaves and names.

Places in the text and the numbering of the nodes do not count.
"""

from gradcli.graph.graph import CONSTANT, Graph
from gradcli.graph.walk import reachable
from gradcli.language import Program


def same(left: Program, right: Program) -> bool:
    """Whether two programs are equal in structure, in the output's name and in their variables."""
    ids: dict[object, int] = {}
    outputs = [_shape(program.graph, program.output, ids) for program in (left, right)]
    return outputs[0] == outputs[1] and left.name == right.name and set(left.variables) == set(right.variables)


def same_graph(left: Graph, left_output: int, right: Graph, right_output: int) -> bool:
    """Whether two nodes are equal in structure."""
    ids: dict[object, int] = {}
    return _shape(left, left_output, ids) == _shape(right, right_output, ids)


def _shape(graph: Graph, output: int, ids: dict[object, int]) -> int:
    """A number for the structure below a node: equal structures get equal numbers."""
    shapes: dict[int, int] = {}
    for node, needed in enumerate(reachable(graph, [output])):
        if needed:
            operator, name = graph.operators[node], graph.names.get(node)
            operands = tuple(shapes[operand] for operand in graph.operands[node])
            leaf = repr(graph.leaves[node]) if node in graph.leaves else None
            key = (operator if operator != CONSTANT else leaf, operands, leaf, name)
            shapes[node] = ids.setdefault(key, len(ids))
    return shapes[output]
