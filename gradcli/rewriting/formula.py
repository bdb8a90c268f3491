"""What an engine computes: the numbers of a row from the variables of a row, over one graph.

Depends on `gradcli.derivatives` for the gradient's graph, on `gradcli.rewriting.stabilize` for what keeps its digits.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gradcli.derivatives import differentiate
from gradcli.errors import UsageError
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.language.program import Program
from gradcli.rewriting.stabilize import stable


class Formula(NamedTuple):
    """Outputs over variables.

    graph      the nodes
    variables  the name and the node of each variable that some output depends on, in order of first appearance
    outputs    the name and the node of each output: the value, then the derivatives
    """

    graph: Graph
    variables: dict[str, int]
    outputs: dict[str, int]

    @property
    def needed(self) -> bytearray:
        """Flags of the nodes that some output depends on."""
        return reachable(self.graph, self.outputs.values())

    @property
    def operations(self) -> int:
        """How many operations a row takes."""
        return sum(1 for flag, operands in zip(self.needed, self.graph.operands, strict=False) if flag and operands)


def formula(program: Program, wrt: Mapping[str, int], adjoints: Sequence[str] = ()) -> Formula:
    """Value and gradient of a program as columns: its output, then d_x for each name in `wrt`, in that order.

    `adjoints` are definitions whose adjoints are wanted too; they follow the derivatives under the same kind of name.
    What would lose digits is computed as `stable` has it, and differentiated so.
    Raises UsageError for an output that is called like one of the derivatives.
    """
    nodes = {**wrt, **{name: program.definitions[name] for name in adjoints}}
    graph, moved = stable(program.graph, [program.output, *nodes.values()], nodes.values())
    output = moved[program.output]
    derivative = differentiate(graph, output, tuple(moved[node] for node in nodes.values()))
    slopes = {f"d_{name}": node for name, node in zip(nodes, derivative.gradient, strict=True)}
    if program.name in slopes:
        raise UsageError(f"the output is called `{program.name}`, as a derivative is", hint="give it another name")
    return with_variables(graph, {program.name: output, **slopes})


def with_variables(graph: Graph, outputs: dict[str, int]) -> Formula:
    """The formula of these outputs."""
    needed = reachable(graph, outputs.values())
    variables = {name: node for name, node in graph.variables().items() if node < len(needed) and needed[node]}
    return Formula(graph, variables, outputs)
