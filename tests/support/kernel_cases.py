"""What the kernels of another language are compared on: every operator at its points, and at those of its derivatives.

The cases are JSON, so that any process can be given them; `kernel_cases.js` compares them in node or in a browser.
"""

import base64
import json
import subprocess
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import doubles
import measure
from rows import ROWS, Point, names, orders, text

from gradcli.derivatives import differentiate
from gradcli.emit.javascript import kernels
from gradcli.evaluate.scalar import MEANINGS, evaluate_all
from gradcli.graph.walk import reachable
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS

CHECKER = Path(__file__).with_name("kernel_cases.js")
MOST = 4
"""How many doubles a kernel may be from that of Python."""
BESIDE = (
    1.5, 2.5, 20.5, 26.6, 36.9, 38.5, 88.7, 170.5, 171.62, 172.5, 188.5, 190.5, 699.9, 700.1, 702.0, 704.0, 706.0, 708.3,
    708.4, 709.78, 709.79, 710.4, 710.5, 744.4, 745.13, 745.14, 1022.5, 1023.9, 1074.5, 2.0**52 - 0.5, 1e154, 1e308,
)  # fmt: skip
"""Where values turn subnormal, infinite or 0, and halves."""
EVERY = (*doubles.SPECIAL, *measure.axis((*BESIDE, *measure.MAGNITUDES)))
MANY = (*doubles.SPECIAL, *measure.axis(measure.FEW))
SOME = (0.0, -0.0, 5e-324, 1.0, -1.5, 1 + 2**-52, 1e-200, -1e200, 1.7e308, float("inf"), float("-inf"), float("nan"))
ORDERS = (3.0, 7.0, 30.0, 31.0, 171.0, -0.0, -1.0, 0.5, float("inf"), float("nan"))
NEAR = (0.0, -0.0, 1.0, -2.0, 0.3, -2.5, 31.9, 32.1, 1e8, 1e-21, float("inf"), float("-inf"), float("nan"))
"""Where high orders are tried: of a large number they take long."""
Cases = dict[tuple[str, int], dict[bytes, Point]]
"""Operator and number of operands -> the points, by their bits: zeros of either sign are two."""


def made() -> str:
    """All cases as JSON: operator, number of operands, all operands and all values as little-endian doubles."""
    return json.dumps([_case(*key, list(points.values())) for key, points in collected().items()])


def collected() -> Cases:
    """Every operator's points, those of its definition and those that its derivatives meet."""
    cases: Cases = defaultdict(dict)
    for row in OPERATORS.values():
        _add(cases, row.name, points(row))
    for row in ROWS:
        for operator, point in met(row):
            _add(cases, operator, [point])
    return cases


def points(row: Operator) -> Iterator[Point]:
    """The ends of the doubles in every place, the row's own interval, all magnitudes, and beside the zeros."""
    if not row.signature:
        return iter([()])
    return _drawn(row)


def _drawn(row: Operator) -> Iterator[Point]:
    arity = len(names(row))
    if before := orders(row):
        few, near = (MANY, NEAR) if arity - before == 1 else (SOME, SOME[:6])
        yield from product(*[(0.0, 1.0, 2.0)] * before, *[few] * (arity - before))
        yield from product(ORDERS, *[(1.0, -3.0)] * (before - 1), *[near] * (arity - before))
    else:
        yield from product((EVERY, MANY, SOME)[arity - 1], repeat=arity)
    yield from measure.draws(row, 100)
    yield from measure.scales(row, 100)
    if arity == 1:
        yield from ((zero + n * 2.0**-60,) for zero in _zeros(row) for n in measure.AWAY)
    if row.variadic:
        yield from ((x,) for x in EVERY)
        yield from product(SOME, repeat=3)


def _zeros(row: Operator) -> Iterator[float]:
    return measure.sign_changes(row, MEANINGS[row.name])


def met(row: Operator) -> Iterator[tuple[str, Point]]:
    """What the operators in the derivatives of a row are applied to, at some of its points."""
    program = parse(text(row), variables=names(row))
    graph, nodes = program.graph, [program.variables[name] for name in names(row)]
    needed = reachable(graph, differentiate(graph, program.output, nodes).gradient)
    few = product(SOME if len(nodes) == 1 else SOME[::3], repeat=len(nodes))
    for point in (*few, *measure.draws(row, 10), *measure.scales(row, 10)):
        values = evaluate_all(graph, needed, dict(zip(names(row), point, strict=True)))
        for node, flag in enumerate(needed):
            if flag and node not in graph.leaves:
                yield graph.operators[node], tuple(values[operand] for operand in graph.operands[node])


def _add(cases: Cases, operator: str, found: Iterable[Point]) -> None:
    for point in found:
        cases[operator, len(point)].setdefault(array("d", point).tobytes(), point)


def _case(operator: str, arity: int, found: Sequence[Point]) -> dict[str, Any]:
    kernel = MEANINGS[operator]
    return {
        "operator": operator,
        "arity": arity,
        "operands": packed(number for point in found for number in point),
        "values": packed(kernel(*point) for point in found),
    }


def packed(numbers: Iterable[float]) -> str:
    """Doubles as text."""
    return base64.b64encode(array("d", numbers).tobytes()).decode()


def script(operators: Iterable[str]) -> str:
    """The kernels of some operators, and the comparison."""
    return f'"use strict";\n{kernels(operators)}{CHECKER.read_text()}'


def in_node(program: str, *, stdin: str = "") -> Any:
    """What a program gives that reads `INPUT` and ends with an expression: node runs it in one process."""
    given = 'const INPUT = JSON.parse(require("fs").readFileSync(0, "utf8") || "null");'
    done = subprocess.run(
        ["node", "-e", f"{given}\nconst write = x => console.log(JSON.stringify(x));\n{program}"],
        input=stdin, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
