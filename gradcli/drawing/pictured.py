"""An evaluation as a picture: every node a box, or the user's own definitions with all between them in one arrow.

Depends on `picture` for the model, and on `gradcli.passes`, whose numbers, names and reasons these are.
"""

from collections.abc import Iterator, Mapping
from math import isfinite, isnan, log10

from gradcli.diagnose.kinks.active import is_active
from gradcli.drawing.picture import DECADES, LONGEST, MOST_BOXES, NOT_FINITE, Arrow, Badges, Box, Fold, Kind, Picture
from gradcli.evaluate.trace import Trace, Zero
from gradcli.graph.graph import CONSTANT, VARIABLE
from gradcli.language.notation import expression_text
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having
from gradcli.passes.arithmetic import rounded
from gradcli.passes.outline import Level, Outline, outline
from gradcli.passes.titles import operation, titles, truth
from gradcli.passes.ways import Way

MOST_WHOLE = 1000
"""In a graph of more nodes no box has its formula in full: to write one takes as long as it is deep."""


def picture(trace: Trace, fold: Fold, digits: int, badges: Badges, most: int | None = None) -> Picture:
    """What is drawn of an evaluation; where it is folded, so many definitions at most."""
    drawn = sum(1 for node in trace.nodes if trace.program.graph.operands[node])
    folds = fold is Fold.names or (fold is Fold.auto and drawn > MOST_BOXES)
    draw = (
        _Folded(trace, digits, badges, most, own_alone=fold is Fold.names) if folds else _Whole(trace, digits, badges)
    )
    boxes, arrows = tuple(draw.boxes()), tuple(draw.arrows())
    return Picture(boxes, arrows, draw.folded, digits, whole=not folds)


class Drawn:
    """What all pictures share: how a node is told, and how an arrow."""

    folded = 0

    def __init__(self, trace: Trace, digits: int, badges: Badges) -> None:
        self.trace, self.graph, self.digits, self.badges = trace, trace.program.graph, digits, badges
        self.output, self.finite = trace.program.output, trace.point.finite
        sizes = [abs(entry.contribution) for entry in trace.contributions]
        self.largest = max((size for size in sizes if isfinite(size)), default=0.0)
        self.incoming = trace.incoming()

    def box(self, node: int, key: str, names: Mapping[int, str]) -> Box:
        """A node with its numbers and its formula."""
        title = names.get(node) or expression_text(self.graph, node, LONGEST)
        does = operation(self.graph, node, names) if self.graph.operands[node] else ""
        whole = expression_text(self.graph, node, LONGEST) if len(self.trace.nodes) <= MOST_WHOLE else does
        return self.told(node, key, title, does, whole)

    def told(self, node: int, key: str, title: str, does: str, whole: str) -> Box:
        """A node with its numbers."""
        value, adjoint = self.trace.values[node], self.trace.adjoints.get(node)
        shown = truth(self.graph.operators[node], value) or rounded(value, self.digits)
        entries = self.incoming.get(node, [])
        dead = bool(entries) and not adjoint and not any(entry.taken for entry in entries)
        slope = "" if adjoint is None else rounded(adjoint, self.digits)
        kind, said, numbers = self.kind(node), self._said(node), (value, adjoint)
        return Box(key, node, title, does, shown, slope, kind, said, dead, whole, numbers)

    def _said(self, node: int) -> tuple[str, ...]:
        """The badges of a node: those of notices, of infinities that become a NaN, and of kinks beside a NaN.

        A notice tells one such place alone, and no kink of an answer that is not finite.
        """
        said = self.badges.get(node, ())
        more = (NOT_FINITE,) if self._is_born(node) else ()
        return (*dict.fromkeys((*said, *more, *self._kink(node))),) if more or not self.finite else said

    def _kink(self, node: int) -> Iterator[str]:
        """What the operation itself does here, where the answer tells nothing of it."""
        operands, values = self.graph.operands[node], self.trace.values
        is_known = bool(operands) and all(operand in values for operand in operands)
        if is_known and not self.finite and self.trace.adjoints.get(node) and is_active(self.graph, node, values):
            yield "jump" if OPERATORS[self.graph.operators[node]].one_sided_limit else "kink"

    def _is_born(self, node: int) -> bool:
        """Whether a NaN of the output arises here, out of numbers that are none."""
        values, operands = self.trace.values, self.graph.operands[node]
        matters = operands and isnan(values[node]) and isnan(values[self.output])
        return bool(matters) and not any(isnan(values.get(operand, 0.0)) for operand in operands)

    def kind(self, node: int) -> Kind:
        """What a node is."""
        operator = self.graph.operators[node]
        if operator == VARIABLE:
            return Kind.variable
        if operator == CONSTANT or not self.graph.operands[node]:
            return Kind.constant
        if node == self.output:
            return Kind.output
        return Kind.condition if operator in having(Trait.TRUTH) else Kind.operation

    def numbered(self, bare: Arrow, partial: float, number: float, zero: Zero | None = None) -> Arrow:
        """An arrow with its local derivative, what comes back along it, and why nothing does."""
        source, target, position = bare[:3]
        local, contribution = rounded(partial, self.digits), rounded(number, self.digits)
        sign = 0 if contribution in ("0", "nan") else -1 if contribution.startswith("-") else 1
        weight, why, numbers = self.weight(number), str(zero or ""), (partial, number)
        return Arrow(source, target, position, local, contribution, sign, weight, bare.dead, why, bare.free, numbers)

    def weight(self, contribution: float) -> float:
        """The magnitude beside the largest: 1 for it, 0 from so many powers of ten below."""
        if not contribution or not self.largest:
            return 0.0
        below = log10(self.largest) - log10(abs(contribution)) if isfinite(contribution) else 0.0
        return max(0.0, min(1.0, 1.0 - below / DECADES))


class _Whole(Drawn):
    """Every node a box, a constant once for each use."""

    def boxes(self) -> Iterator[Box]:
        names = titles(self.trace)
        uses = self._uses()
        for node in self.trace.nodes:
            for key in uses.get(node, [f"n{node}"]):
                yield self.box(node, key, names)

    def _uses(self) -> dict[int, list[str]]:
        """The keys of bare numbers that are used more than once."""
        counts: dict[int, int] = {}
        for node in self.trace.nodes:
            for operand in self.graph.operands[node]:
                counts[operand] = counts.get(operand, 0) + 1
        bare = {node: count for node, count in counts.items() if self._is_bare(node) and count > 1}
        return {node: [f"n{node}_{number}" for number in range(1, count + 1)] for node, count in bare.items()}

    def _is_bare(self, node: int) -> bool:
        return self.kind(node) is Kind.constant and node not in self.graph.names

    def arrows(self) -> Iterator[Arrow]:
        uses = {node: iter(keys) for node, keys in self._uses().items()}
        entries = {(entry.node, entry.position): entry for entry in self.trace.contributions}
        for node in self.trace.nodes:
            free = self.graph.operators[node] in having(Trait.COMMUTATIVE)
            for position, operand in enumerate(self.graph.operands[node]):
                source = next(uses[operand]) if operand in uses else f"n{operand}"
                entry = entries.get((node, position))
                bare = Arrow(source, f"n{node}", position, dead=bool(entry and not entry.taken), free=free)
                yield self.numbered(bare, entry.partial, entry.contribution, entry.zero) if entry else bare


class _Folded(Drawn):
    """The user's own definitions and the variables, with all between them in one arrow."""

    def __init__(self, trace: Trace, digits: int, badges: Badges, most: int | None, *, own_alone: bool) -> None:
        super().__init__(trace, digits, badges)
        self.outline: Outline = outline(trace, Level.brief, most, own_alone=own_alone)
        self.folded = self.outline.hidden
        self.shown = {self.output, *self.outline.told, *trace.program.variables.values()}

    def boxes(self) -> Iterator[Box]:
        names = self.outline.names
        for node in self.trace.nodes:
            if node in self.shown:
                yield self.box(node, f"n{node}", names)

    def arrows(self) -> Iterator[Arrow]:
        ways: dict[tuple[int, int], list[Way]] = {}
        for operand, them in self.outline.ways.items():
            for way in them:
                ways.setdefault((way.user, operand), []).append(way)
        for node in self.outline.told:
            for position, operand in enumerate(self._operands(node)):
                yield self._arrow(node, operand, position, ways.get((node, operand), []))

    def _operands(self, node: int) -> list[int]:
        """The shown nodes that a node is made of, in the order of the text."""
        return [part for part in self.outline.parts(node) if part in self.shown]

    def _arrow(self, node: int, operand: int, position: int, ways: list[Way]) -> Arrow:
        counts, upstream = any(way.counts for way in ways), self.trace.adjoints.get(node, 0.0)
        bare = Arrow(f"n{operand}", f"n{node}", position, dead=bool(ways) and not counts)
        if not ways:
            return bare
        # Of a way that is not taken the derivative is shown if it is a number, as that of an operation is.
        partial = sum(way.partial for way in ways if way.counts or not isnan(way.partial)) + 0.0
        number = partial * upstream if partial and counts else 0.0
        return self.numbered(
            bare, partial, number, Zero.NOT_TAKEN if not counts else None if upstream else Zero.UPSTREAM
        )
