"""What the script of a page is told: the graph of value and derivatives, what is drawn of it, and a vector to be tried.

Depends on `flows`, `kinks`, `numbers` and `walk`. It is JSON in an element of the page, and `<` does not occur in it.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from math import isfinite, isnan
from struct import pack
from typing import Any

from gradcli.answers import Answer
from gradcli.drawing.picture import DECADES, Box, Kind, Picture
from gradcli.drawing.shapes import DEAD, DOTS, THICKEST, THIN
from gradcli.errors import LimitError
from gradcli.evaluate.trace import Trace
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.page.flows import Flow, Flows, flows
from gradcli.page.kinks import kink_condition
from gradcli.page.markup import cut
from gradcli.page.numbers import Numbers, numbers
from gradcli.page.walk import Walk
from gradcli.passes.arithmetic import rounded
from gradcli.passes.zeros import idle

BOX = ("key", "value", "adjoint", "whole", "kink", "truth", "notes")
"""What a box is told by, beside its row of the table: nodes of value, gradient and kink, what is to be said of it."""
FLOW = ("arrow", "up", "partial", "gives", "sign", "weight", "means", "after", "sum", "idle", "dead", "guard", "counts")
"""What a flow is told by: its arrow, its nodes, how it is shown at first, why it may be 0."""
LONGEST = 160
"""Letters of a box's formula in full that a page tells beside its operation: one that is longer no one reads."""
MOST_NODES = 30_000
"""Nodes of value and derivatives that a page computes in a frame."""


class Model:
    """A picture with all that a page tells of it.

    forward     how many of its steps are those of the forward pass
    expression  the formula, where it is not what the heading of the page says
    """

    def __init__(self, answer: Answer, picture: Picture, trace: Trace, heading: str = "") -> None:
        self.answer, self.picture, self.trace = answer, picture, trace
        self.program, self.graph = answer.program, answer.program.graph
        self.expression = None if heading == self.program.source.text else self.program.source.text
        self.boxes = {box.key: box for box in picture.boxes}
        self.titles = [box.title for box in picture.boxes]
        self.names = dict(_names(self.trace, picture))
        self.flows: Flows = flows(trace, picture, answer.wrt, self.names)
        self.kinks = {box.node: kink_condition(self.graph, box.node) for box in picture.boxes}
        self.numbers: Numbers = numbers(self.graph, self._wanted())
        if len(self.numbers.places) > MOST_NODES:
            told = f"a page that computes {len(self.numbers.places):,} nodes is more than {MOST_NODES:,}"
            raise LimitError(told, hint="take --format svg, or explain a part of the formula")
        self.idle: dict[str, int] = {}
        walk = Walk(trace, picture, self.flows, self.numbers, self.names)
        self.steps: list[str] = [*walk.forward()]
        self.forward = len(self.steps)
        self.steps += walk.backward()

    def _wanted(self) -> Iterator[int]:
        yield self.program.output
        yield from (box.node for box in self.picture.boxes)
        yield from (kink for kink in self.kinks.values() if kink is not None)
        yield from self.flows.gradient.values()
        yield from (self.flows.adjoints[box.node] for box in self.picture.boxes if box.node in self.flows.adjoints)
        for flow in self.flows.flows:
            yield from (flow.upstream, flow.partial, flow.contribution, flow.after, flow.guard, flow.counts)
            yield from (flow.means,) if flow.means >= 0 else ()

    def place(self, node: int | None) -> int:
        """The number of a node on the page; -1 for none."""
        return self.numbers.places.get(-1 if node is None else node, -1)

    def json(self) -> str:
        """All of it."""
        text = json.dumps(self._told(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text).replace("<", "\\u003c")

    def _told(self) -> dict[str, Any]:
        keys = {box.key: at for at, box in enumerate(self.picture.boxes)}
        return {
            "expression": self.expression,
            "name": self.program.name,
            "digits": self.picture.digits,
            "names": [*self.program.variables],
            "bindings": [_number(self.answer.bindings[name]) for name in self.program.variables],
            "variables": [*map(self.place, self.program.variables.values())],
            "by": [*self.answer.wrt] if [*self.answer.wrt] != [*self.program.variables] else None,
            "gradient": [*map(self.place, self.flows.gradient.values())],
            "operators": self.numbers.operators,
            "code": self.numbers.code(),
            "golden": self._golden(),
            "output": self.place(self.program.output),
            "box": BOX,
            "boxes": [self._box(box) for box in self.picture.boxes],
            "arrows": [[keys[arrow.source], keys[arrow.target]] for arrow in self.picture.arrows],
            "flow": FLOW,
            "one": self.place(self.graph.constant(1.0)),
            "flows": [self._flow(flow, after) for flow, after in zip(self.flows.flows, self._sums(), strict=True)],
            "idle": [*self.idle],
            "whole": self.picture.whole,
            "lines": {"thin": THIN, "dead": DEAD, "thick": THICKEST, "decades": DECADES, "dots": DOTS},
        }

    def _golden(self) -> str:
        """What Python's doubles give of each node, as bytes of little-endian doubles in base64."""
        doubles = self.numbers.doubles(self.answer.bindings)
        return b64encode(pack(f"<{len(doubles)}d", *doubles)).decode()

    def _box(self, box: Box) -> list[Any]:
        """A box under the names of BOX."""
        told = len(box.whole) > LONGEST or box.whole in (box.title, box.operation)
        whole = "" if told else cut(box.whole, self.titles)
        value, adjoint, kink = map(self.place, (box.node, self.flows.adjoints.get(box.node), self.kinks[box.node]))
        truth = self.graph.operators[box.node] in having(Trait.TRUTH)
        notes = [notice.message for notice in self.answer.notices if notice.node == box.node]
        return _row([box.key, value], [(adjoint, -1), (whole, ""), (kink, -1), (truth, False), (notes, [])])

    def _sums(self) -> list[str]:
        """What each adjoint is once a flow is added: at the last one, that of the answer."""
        doubles = self.numbers.doubles(self.answer.bindings)
        sums = [rounded(doubles[self.place(flow.after)], self.picture.digits) for flow in self.flows.flows]
        last = {self.picture.arrows[flow.arrow].source: at for at, flow in enumerate(self.flows.flows)}
        for key, at in last.items():
            sums[at] = self.boxes[key].adjoint
        return sums

    def _flow(self, flow: Flow, after: str) -> list[Any]:
        """A flow under the names of FLOW."""
        arrow, one = self.picture.arrows[flow.arrow], self.place(self.graph.constant(1.0))
        up, partial, gives = map(self.place, (flow.upstream, flow.partial, flow.contribution))
        means, later, guard, counts = map(self.place, (flow.means, flow.after, flow.guard, flow.counts))
        why = self.idle.setdefault(idle(self.graph.operators[self.boxes[arrow.target].node]), len(self.idle))
        shown = [("" if after == arrow.contribution else after, ""), (why, 0), (arrow.dead, False)]
        more = [(means, partial), (later, gives), *shown, (guard, one), (counts, one)]
        return _row([flow.arrow, up, partial, gives, arrow.sign, round(100 * arrow.weight)], more)


def _row(told: list[Any], more: list[tuple[Any, Any]]) -> list[Any]:
    """What is told, and more, each with what it is where it is left out: at the end, and `null` before that.

    >>> _row([7], [(2, 2), (5, 0), (0, 0)])
    [7, None, 5]
    """
    row = [*told, *(None if it == usual else it for it, usual in more)]
    while row[-1] is None:
        row.pop()
    return row


def _names(trace: Trace, picture: Picture) -> Iterator[tuple[int, str]]:
    """What boxes are called, but for bare numbers."""
    for box in picture.boxes:
        if box.kind is not Kind.constant or box.node in trace.program.graph.names:
            yield box.node, box.title


def _number(value: float) -> float | str:
    """A number as JavaScript's `Number` reads it."""
    return value if isfinite(value) else "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"
