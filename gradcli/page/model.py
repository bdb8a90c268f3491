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
from gradcli.drawing.shapes import DASHES, DOTS, THICKEST, THIN
from gradcli.drawing.signs import MARKS
from gradcli.errors import LimitError
from gradcli.evaluate.trace import Trace
from gradcli.graph.graph import VARIABLE
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.page.flows import Flow, Flows, flows
from gradcli.page.kinks import kink_condition
from gradcli.page.numbers import Numbers, numbers
from gradcli.page.walk import Step, Walk
from gradcli.passes.arithmetic import rounded
from gradcli.passes.zeros import idle

FLOW = ("arrow", "up", "partial", "gives", "after", "guard", "counts", "means", "idle", "formula", "at")
"""What a flow is told by: its arrow, nodes, why it may be 0, its formula, and what is shown of it at first."""
MOST_NODES = 30_000
"""Nodes of value and derivatives that a page computes in a frame."""


class Model:
    """A picture with all that a page tells of it; `forward` is how many of its steps are those of the forward pass."""

    def __init__(self, answer: Answer, picture: Picture, trace: Trace) -> None:
        self.answer, self.picture, self.trace = answer, picture, trace
        self.program, self.graph = answer.program, answer.program.graph
        self.boxes = {box.key: box for box in picture.boxes}
        self.names = dict(_names(self.trace, picture))
        self.flows: Flows = flows(trace, picture, answer.wrt, self.names)
        self.kinks = {box.node: kink_condition(self.graph, box.node) for box in picture.boxes}
        self.numbers: Numbers = numbers(self.graph, self._wanted())
        if len(self.numbers.places) > MOST_NODES:
            told = f"a page that computes {len(self.numbers.places):,} nodes is more than {MOST_NODES:,}"
            raise LimitError(told, hint="take --format svg, or explain a part of the formula")
        walk = Walk(trace, picture, self.flows, self.numbers, self.names)
        self.steps: list[Step] = [*walk.forward()]
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
            "expression": self.program.source.text,
            "name": self.program.name,
            "digits": self.picture.digits,
            "bindings": {name: _number(value) for name, value in self.answer.bindings.items()},
            "variables": {name: self.place(node) for name, node in self.program.variables.items()},
            "by": [*self.answer.wrt] if [*self.answer.wrt] != [*self.program.variables] else None,
            "gradient": {name: self.place(node) for name, node in self.flows.gradient.items()},
            "operators": self.numbers.operators,
            "code": self.numbers.code(),
            "golden": self._golden(),
            "output": self.place(self.program.output),
            "boxes": [self._box(box) for box in self.picture.boxes],
            "arrows": [[keys[arrow.source], keys[arrow.target]] for arrow in self.picture.arrows],
            "flow": FLOW,
            "flows": [self._flow(flow, after) for flow, after in zip(self.flows.flows, self._sums(), strict=True)],
            "steps": [[step.box, step.flow] for step in self.steps],
            "forward": self.forward,
            "whole": self.picture.whole,
            "marks": {sign: [mark.glyph, DASHES[mark.line], mark.meaning, mark.ink] for sign, mark in MARKS.items()},
            "lines": {"thin": THIN, "thick": THICKEST, "decades": DECADES, "dots": DOTS},
        }

    def _golden(self) -> str:
        """What Python's doubles give of each node, as bytes of little-endian doubles in base64."""
        doubles = self.numbers.doubles(self.answer.bindings)
        return b64encode(pack(f"<{len(doubles)}d", *doubles)).decode()

    def _box(self, box: Box) -> dict[str, Any]:
        known = {
            "key": box.key,
            "title": box.title,
            "does": box.operation,
            "kind": box.kind,
            "value": self.place(box.node),
            "adjoint": self.place(self.flows.adjoints.get(box.node)),
            "kink": self.place(self.kinks[box.node]),
            "truth": self.graph.operators[box.node] in having(Trait.TRUTH),
            "leaf": self.graph.operators[box.node] == VARIABLE,
            "whole": box.whole if box.whole not in (box.title, box.operation) else "",
            "at": [box.value, box.adjoint],
            "notes": [notice.message for notice in self.answer.notices if notice.node == box.node],
        }
        return {key: told for key, told in known.items() if told not in ("", [], -1) and told is not False}

    def _sums(self) -> list[str]:
        """What each adjoint is once a flow is added: at the last one, that of the answer."""
        doubles = self.numbers.doubles(self.answer.bindings)
        sums = [rounded(doubles[self.place(flow.after)], self.picture.digits) for flow in self.flows.flows]
        last = {self.picture.arrows[flow.arrow].source: at for at, flow in enumerate(self.flows.flows)}
        for key, at in last.items():
            sums[at] = self.boxes[key].adjoint
        return sums

    def _flow(self, flow: Flow, after: str) -> list[Any]:
        """The numbers of a flow under the names of FLOW, without these."""
        arrow = self.picture.arrows[flow.arrow]
        nodes = (flow.upstream, flow.partial, flow.contribution, flow.after, flow.guard, flow.counts, flow.means)
        why = idle(self.graph.operators[self.boxes[arrow.target].node])
        given = [arrow.local, arrow.contribution, after, arrow.sign, round(arrow.weight, 3), int(arrow.dead), arrow.why]
        return [flow.arrow, *map(self.place, nodes), why, flow.formula, given]


def _names(trace: Trace, picture: Picture) -> Iterator[tuple[int, str]]:
    """What boxes are called, but for bare numbers."""
    for box in picture.boxes:
        if box.kind is not Kind.constant or box.node in trace.program.graph.names:
            yield box.node, box.title


def _number(value: float) -> float | str:
    """A number as JavaScript's `Number` reads it."""
    return value if isfinite(value) else "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"
