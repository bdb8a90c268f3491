"""One side of a claim → a claim: of one number, or of each entry of an array.

Depends on `gradcli.claims.right_sides` for what stands there.
"""

from collections.abc import Iterator
from itertools import product, repeat
from typing import NamedTuple

from gradcli.claims.claim import AnyClaim, ArrayClaim, Claim
from gradcli.claims.names import Names, entries
from gradcli.claims.notations import as_factor
from gradcli.claims.right_sides import read_side
from gradcli.claims.split import trimmed
from gradcli.claims.subjects import Subject
from gradcli.claims.textbook import joined_shape
from gradcli.errors import LONGEST_QUOTED, LanguageError, Span
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text
from gradcli.language.parsed import Value
from gradcli.letters import pattern
from gradcli.shapes import Array, Shape, shape_text


class Side(NamedTuple):
    """A side being read: where it stands in a text, what the claim calls the output, which side it is of how many."""

    names: Names
    subject: Subject
    called: str
    text: str
    span: Span
    place: tuple[int, int]

    @property
    def right(self) -> str:
        """The side as typed."""
        return self.text[self.span[0] : self.span[1]].strip()

    def read(self) -> AnyClaim:
        """The claim. Raises LanguageError, for an array of another shape too."""
        subject, value = self.subject, self.value(self.right)
        shape = joined_shape(subject.source, subject.variable)
        self._check_shape(value, shape)
        found = [*self._entries(value)]
        if not shape:
            return found[0]
        text, of, by, source, variable = subject[:5]
        about = f"{text} = {self.right}", of, by, source, variable, self.right
        return ArrayClaim(*about, shape, found, self._matrices(), self.value)

    def value(self, right: str) -> Value:
        """What the side is where `right` stands in its place."""
        start, end = trimmed(self.text, self.span)
        text = self.text[:start] + right + self.text[end:]
        return read_side(self.names, self.subject, self.called, text, (self.span[0], start + len(right)))

    def _entries(self, value: Value) -> Iterator[Claim]:
        """A claim for each entry; one number is that of all."""
        graph, (text, of, by, source, variable, point, rate, is_rounded) = self.names.graph, self.subject
        is_number, right = not self.names.variables_of(value), self.right
        nodes = value.entries if isinstance(value, Array) else repeat(value)
        sources = zip(self.names.entry_names(of, source), entries(source), strict=True)
        variables = [*zip(self.names.entry_names(by, variable), entries(variable), strict=True)]
        one = not (isinstance(source, Array) or isinstance(variable, Array))
        for ((of, at), (by, along)), node in zip(product(sources, variables), nodes, strict=False):
            left = text if one else f"d{of}/d{by}"
            step = self._gradient(graph, along, node)
            written = right if one else expression_text(graph, node, LONGEST_QUOTED)
            about = f"{left} = {right}", of, by, at, along, step, written, graph
            yield Claim(*about, point, rate, is_rounded, is_number, *self.place)

    def _gradient(self, graph: Graph, variable: int, node: int) -> int:
        """The derivative that is claimed; of an update, w - rate*slope = node, the one that makes it."""
        if self.subject.rate is None:
            return node
        step = graph.node("sub", (variable, node))
        return graph.node("div", (step, graph.constant(self.subject.rate)))

    def _matrices(self) -> list[str]:
        """The matrices that are named in the side."""
        named = {*pattern("NAME", self.right).findall(self.right)}
        return [name for name, array in self.names.arrays.items() if name in named and len(array.shape) == 2]

    def _check_shape(self, value: Value, shape: Shape) -> None:
        """Raise LanguageError for an array that is claimed of a number, or of an array of another shape."""
        if not isinstance(value, Array) or value.shape == shape:
            return
        what = f"is {shape_text(shape)}" if shape else "is one number"
        message = f"`{self.subject.text}` {what}, and the claim is {shape_text(value.shape)}"
        start, end = trimmed(self.text, self.span)
        hint = self._mend(value.shape, shape)
        raise LanguageError(message, hint=hint, span=(start, max(end, start + 1)), source=self.names.source)

    def _mend(self, given: Shape, shape: Shape) -> str:
        if not shape:
            return f"write a number, such as sum({self.right}), or claim it of an array"
        if given == shape[::-1] and len(shape) == 2:
            return f"write {as_factor(self.right)}' to turn it around"
        if len(shape) == 2 and len(given) == 1:
            return "a product of all pairs of two vectors is outer(a, b)"
        return "a claim of an array has its shape, or is one number for all of its entries"
