"""Functions of the table that are written out where they are called: sum, mean, var, median, lg, j0 and their kin.

Depends on `gradcli.graph`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce

from gradcli.errors import Span
from gradcli.graph.graph import Graph

MOST_SORTED = 1000
"""Operands of a median: it is made of comparisons, n*log(n)^2/4 of them."""
Comparator = tuple[int, int]
"""Two places: the less of what stands there goes to the first, the greater to the second."""


class Writer:
    """Writes a call out at its place in the text.

    >>> from gradcli.language import parse
    >>> from gradcli.language.notation import expression_text
    >>> program = parse("mean(x, y, z)")
    >>> expression_text(program.graph, program.output)
    '(x + y + z)/3'
    """

    def __init__(self, graph: Graph, span: Span) -> None:
        self.graph, self.span = graph, span

    def node(self, operator: str, *operands: int) -> int:
        """An operator on operands."""
        return self.graph.node(operator, operands, *self.span)

    def number(self, value: float) -> int:
        """A literal."""
        return self.graph.constant(float(value), *self.span)

    def joined(self, operator: str, operands: Sequence[int]) -> int:
        """An operator between one operand after the other."""
        return reduce(lambda x, y: self.node(operator, x, y), operands)

    def mean(self, *x: int) -> int:
        """The sum of the operands over their number."""
        return self.node("div", self.joined("add", x), self.number(len(x)))

    def distances(self, *x: int) -> list[int]:
        """The operands without their mean."""
        mean = self.mean(*x)
        return [self.node("sub", each, mean) for each in x]

    def var(self, *x: int) -> int:
        """The mean of the squared distances."""
        two = self.number(2.0)
        return self.mean(*[self.node("pow", distance, two) for distance in self.distances(*x)])

    def std(self, *x: int) -> int:
        """Its root, as a length: that does not overflow, and has a slope where it is 0."""
        return self.node("div", self.node("hypot", *self.distances(*x)), self.node("sqrt", self.number(len(x))))

    def median(self, *x: int) -> int:
        """The middle of what a network of min and max sorts, and no more of that than is needed."""
        middle, places = {(len(x) - 1) // 2, len(x) // 2}, [*x]
        for (low, high), lesser, greater in needed(sorting_network(len(x)), middle):
            pair = places[low], places[high]
            if lesser:
                places[low] = self.node("min", *pair)
            if greater:
                places[high] = self.node("max", *pair)
        found = [places[at] for at in sorted(middle)]
        return self.mean(*found) if len(found) > 1 else found[0]


SPELLED: Mapping[str, Callable[..., int]] = {
    "sum": lambda write, *x: write.joined("add", x),
    "prod": lambda write, *x: write.joined("mul", x),
    "mean": Writer.mean,
    "var": Writer.var,
    "std": Writer.std,
    "median": Writer.median,
    "norm": lambda write, *x: write.node("hypot", *x),
    "logsumexp": lambda write, *x: write.joined("logaddexp", x),
    "lg": lambda write, x: write.node("log10", x),
    "log_10": lambda write, x: write.node("log10", x),
    "lb": lambda write, x: write.node("log2", x),
    "j0": lambda write, x: write.node("bessel_j", write.number(0), x),
    "j1": lambda write, x: write.node("bessel_j", write.number(1), x),
    "i0": lambda write, x: write.node("bessel_i", write.number(0), x),
    "i1": lambda write, x: write.node("bessel_i", write.number(1), x),
}
"""Name -> what a call becomes."""


def spelled(graph: Graph, name: str, operands: Sequence[int], span: Span) -> int:
    """The node of a call, written out; all that is new in it stands at this place of the text."""
    return SPELLED[name](Writer(graph, span), *operands)


def sorting_network(count: int) -> Iterator[Comparator]:
    """The comparators that sort so many places: odd-even merging (Batcher 1968; Knuth, volume 3, algorithm 5.2.2M).

    >>> [*sorting_network(3)]
    [(0, 2), (0, 1), (1, 2)]
    """
    top = step = 1 << max(0, (count - 1).bit_length() - 1)
    while step:
        reach, rest, distance = top, 0, step
        while True:
            yield from ((at, at + distance) for at in range(count - distance) if at & step == rest)
            if reach == step:
                break
            distance, reach, rest = reach - step, reach // 2, step
        step //= 2


def needed(network: Iterator[Comparator], wanted: set[int]) -> Iterator[tuple[Comparator, bool, bool]]:
    """The comparators that lead to the wanted places, and whether their lesser and their greater result does."""
    leading, open_places = list[tuple[Comparator, bool, bool]](), {*wanted}
    for low, high in reversed([*network]):
        lesser, greater = low in open_places, high in open_places
        if lesser or greater:
            leading.append(((low, high), lesser, greater))
            open_places |= {low, high}
    return reversed(leading)
