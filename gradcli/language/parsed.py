"""What a text is once it is parsed: the graph, and what its names are.

Depends on the graph, on `gradcli.shapes` and on errors.
"""

from collections.abc import Mapping
from itertools import chain, count
from typing import NamedTuple

from gradcli.errors import Notice, Source
from gradcli.graph.graph import Graph
from gradcli.shapes import Shape, entry_names


class Program(NamedTuple):
    """A parsed program.

    source       the text as typed
    graph        its graph; nodes below `written` stand in the text, derivatives come after them
    output       the node of the last statement
    name         the output's name: the definition's, or "f"
    definitions  names that statements defined, and their nodes
    variables    the variables on which the output depends, in order of first appearance, and their nodes
    notices      what the language had to say
    arrays       the arrays among variables and definitions, and their shapes: the names of their entries are W[1,2]
    entries      the nodes of an output that is an array, whose first is `output`; none for a number
    counted      node -> the numbers of the loops that made it: "i = 3"
    texts        of a program with arrays: definition, or the output's name -> what it is, as typed
    """

    source: Source
    graph: Graph
    output: int
    name: str
    definitions: dict[str, int]
    variables: dict[str, int]
    notices: tuple[Notice, ...]
    written: int
    arrays: Mapping[str, Shape] = {}
    entries: tuple[int, ...] = ()
    counted: Mapping[int, str] = {}
    texts: Mapping[str, str] = {}

    @property
    def outputs(self) -> tuple[int, ...]:
        """The nodes of the output: one, or those of all entries."""
        return self.entries or (self.output,)

    @property
    def output_names(self) -> list[str]:
        """What these are called."""
        return entry_names(self.name, self.arrays[self.name]) if self.entries else [self.name]

    def node(self, name: str) -> int:
        """The node of a variable or definition. Raises KeyError."""
        return self.definitions[name] if name in self.definitions else self.variables[name]


def free_name(taken: set[str]) -> str:
    """f, or the next letter that no variable has."""
    if "f" not in taken:
        return "f"
    candidates = chain("fgh", (f"f{number}" for number in count(1)))
    return next(name for name in candidates if name not in taken)
