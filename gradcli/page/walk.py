"""Both passes step by step: a line for what is given, for each operation, and for each contribution on the way back.

Depends on `flows` and `markup`. The lines are complete as they are; the script marks the one at hand, and writes their
numbers anew.
"""

from collections.abc import Iterator, Mapping

from gradcli.drawing.lettering import markup
from gradcli.drawing.picture import Box, Picture
from gradcli.evaluate.scalar import MEANINGS
from gradcli.evaluate.trace import Trace
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.page.flows import Flow, Flows
from gradcli.page.markup import number, substituted
from gradcli.page.numbers import Numbers
from gradcli.passes.arithmetic import decimal, multiplied, relation, rounded
from gradcli.passes.titles import truth

LONGEST = 160


class Walk:
    """Writes the lines of a picture."""

    def __init__(self, trace: Trace, picture: Picture, found: Flows, places: Numbers, names: Mapping[int, str]) -> None:
        self.trace, self.picture, self.found, self.places, self.names = trace, picture, found, places, names
        self.graph, self.digits = trace.program.graph, picture.digits
        self.boxes = {box.key: box for box in picture.boxes}
        self.entries = {(entry.node, entry.position): entry for entry in trace.contributions}

    def forward(self) -> Iterator[str]:
        """What is given, then the operations in order."""
        yield from (self._made(box) for box in self.picture.boxes if box.operation)

    def backward(self) -> Iterator[str]:
        """The seed, then what flows back."""
        if not self.found.flows:
            return
        yield f"{self._slope(self.trace.program.output)} = 1, where the backward pass begins"
        yield from map(self._flow, self.found.flows)

    def _slope(self, of: int, by: int | None = None) -> str:
        """∂L/∂w, or ∂y/∂w."""
        above, below = (self.trace.program.output, of) if by is None else (of, by)
        return markup(f"∂{self.names[above]}/∂{self.names[below]}")

    def shown(self, node: int) -> str:
        """The value of a node for reading."""
        return truth(self.graph.operators[node], self.trace.values[node]) or rounded(
            self.trace.values[node], self.digits
        )

    def value(self, node: int, *, loose: bool = False) -> str:
        """The value of a node as markup."""
        is_truth = self.graph.operators[node] in having(Trait.TRUTH)
        return number(self.places.places[node], self.shown(node), loose=loose, truth=is_truth)

    def _made(self, box: Box) -> str:
        """y = x*w = 2*3 = 6."""
        known = {at: name for at, name in self.names.items() if at in self.places.places}
        written = substituted(self.graph, box.node, known, lambda at, loose: self.value(at, loose=loose), LONGEST)
        middle = [written] if written and "<b " in written else []
        first = markup(f"{box.title} = {box.operation}")
        return f"{' = '.join([first, *middle])} <i>{self._sign(box.node)}</i> {self.value(box.node)}"

    def _sign(self, node: int) -> str:
        """`=` where the operation gives the shown number of the shown ones; of several operations, of exact ones."""
        operands, values = self.graph.operands[node], self.trace.values
        shown = [float(decimal(rounded(values[operand], self.digits))) for operand in operands]
        if not self.picture.whole:
            return "=" if all(one == values[operand] for one, operand in zip(shown, operands, strict=True)) else "≈"
        found = MEANINGS[self.graph.operators[node]](*shown)
        return "=" if found != found or rounded(found, self.digits) == rounded(values[node], self.digits) else "≈"

    def _flow(self, flow: Flow) -> str:
        """∂y/∂w = x = 2; ∂L/∂y × ∂y/∂w = 8 × 2 = 16 goes back to w.

        Its elements are, in this order: the formula of the local derivative and its value, where it is more than a
        number; upstream, local derivative, sign, product; the reason, if there is one.
        """
        arrow = self.picture.arrows[flow.arrow]
        target, source = self.boxes[arrow.target], self.boxes[arrow.source]
        own = self._slope(target.node, source.node)
        upstream = rounded(self.trace.adjoints.get(target.node, 0.0), self.digits)
        above, result, local = (f"<b>{markup(it)}</b>" for it in (upstream, arrow.contribution, arrow.local))
        formula = f"{own}<span> = {markup(flow.formula)}</span> = {local}; " if flow.formula != arrow.local else ""
        sign = relation(multiplied([decimal(upstream), decimal(arrow.local)]), arrow.contribution, self.digits)
        product = f"{above} × {local} <i>{sign}</i> {result}"
        whole = f"{self._slope(target.node)} × {own} = {product} goes back to {markup(source.title)}"
        why = f"<em>{markup(f' ({arrow.why})')}</em>" if arrow.why else ""
        return f"{formula if flow.formula else ''}{whole}{why}"
