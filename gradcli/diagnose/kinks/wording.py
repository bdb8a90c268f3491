"""What is said of kinks: a gradient that was corrected, a jump, a slope that is a convention.

Depends on `gradcli.diagnose.kinks.one_sided` for the sides that are told, and on the printer of the language.
"""

from collections.abc import Mapping, Sequence
from math import isnan

from gradcli.diagnose.entries import told_once
from gradcli.diagnose.kinks.one_sided import Kinks, OneSided, Sides
from gradcli.errors import Kind, Notice, listed
from gradcli.evaluate.gradient import Point
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text, number_text
from gradcli.language.program import Program
from gradcli.operators.table import OPERATORS

LONGEST = 60
MOST_NAMES = 4
MOST_NOTICES = 12


def notices(
    program: Program, point: Point, kinks: Kinks, missed: Mapping[str, float], opened: Sequence[str]
) -> tuple[Notice, ...]:
    """A notice for each kink: of the names `missed` the slope from both sides, beside what the rules give at `point`.

    Of the names `opened` no slope is known.
    """
    jumping = [name for name, sides in kinks.sides.items() if sides.jumps]
    told = {*jumping, *opened}
    bending = [name for name, sides in kinks.sides.items() if name not in told and not sides.agree]
    return _few(
        told_once(
            program,
            [
                *(_corrected(program, point, missed, *group) for group in _by_node(kinks, [*missed])),
                *(_jump(program, point, kinks, *group) for group in _by_node(kinks, jumping)),
                *(_kink(program, point, kinks, *group) for group in _by_node(kinks, bending)),
                *(_open(program, kinks, name) for name in opened),
                *_skipped(kinks),
            ],
        )
    )


def _by_node(kinks: Kinks, names: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The names in groups, each with the first kink on their way."""
    groups: dict[int, list[str]] = {}
    for name in names:
        groups.setdefault(kinks.sides[name].kinks[0], []).append(name)
    return [*groups.items()]


def _corrected(program: Program, point: Point, missed: Mapping[str, float], node: int, names: list[str]) -> Notice:
    slopes = _listed([f"by {name} is {number_text(missed[name])}" for name in names])
    rules = _rules([point.gradient[name] for name in names])
    return _notice(program.graph, "kink", node, f", yet the slope {slopes} from both sides; rule by rule {rules}")


def _rules(slopes: Sequence[float]) -> str:
    """What the rules would give."""
    if any(map(isnan, slopes)):
        return "there is none"
    would = "it would be" if len(slopes) == 1 else "they would be"
    return f"{would} {_listed([*map(number_text, slopes)])}"


def _kink(program: Program, point: Point, kinks: Kinks, node: int, names: list[str]) -> Notice:
    sides = [kinks.sides[name] for name in names]
    if any(not isnan(side.derivative) or not side.defined for left, right, _ in sides for side in (left, right)):
        text = ": " + _listed([_slopes(name, found) for name, found in zip(names, sides, strict=True)])
        text = text.replace("by", "the slope by", 1)
    else:
        text = f", and no expansion decides the slope by {_listed(names)} beside it"
    return _notice(program.graph, "kink", node, f"{text}; {_taken(point, names)}")


def _open(program: Program, kinks: Kinks, name: str) -> Notice:
    """A kink beside which the slope is not known, and no convention can stand for it."""
    of = f"d{program.name}/d{name}"
    found = _notice(program.graph, "kink", kinks.sides[name].kinks[0], f", and no expansion decides {of} beside it")
    return found._replace(kind="unsettled", details={"of": of, "settled": False})


def _slopes(name: str, sides: Sides) -> str:
    left, right = (_number(side.derivative, side) for side in (sides.left, sides.right))
    return f"by {name} is {left} from the left and {right} from the right"


def _jump(program: Program, point: Point, kinks: Kinks, node: int, names: list[str]) -> Notice:
    it = "" if node == program.output else f", and {program.name} jumps"
    steps = _listed([_step(name, kinks.sides[name], kinks.value) for name in names])
    return _notice(program.graph, "jump", node, f"{it} {steps}; {_taken(point, names)}")


def _step(name: str, sides: Sides, value: float) -> str:
    below, above = (_number(side.value, side) for side in (sides.left, sides.right))
    if below == above:
        return f"from {below} on both sides of this {name} to {number_text(value)}"
    here = "" if value in (sides.left.value, sides.right.value) else f" ({number_text(value)} at the point itself)"
    return f"from {below} to {above} as {name} grows{here}"


def _number(number: float, side: OneSided) -> str:
    return number_text(number) if not isnan(number) else "undecided" if side.defined else "undefined"


def _taken(point: Point, names: Sequence[str]) -> str:
    """What the rules give, and that it is a convention."""
    given = list(dict.fromkeys(number_text(point.gradient[name]) for name in names))
    if "nan" in given:
        return f"rule by rule there is no slope by {_listed(names)}"
    return f"{_listed(given)} {'is' if len(given) == 1 else 'are'} taken by convention"


def _few(found: Sequence[Notice]) -> tuple[Notice, ...]:
    """The first of many notices, and how many were left out."""
    more = len(found) - MOST_NOTICES
    left_out = [Notice("kink", f"{more:,} more notices of kinks are left out")] if more > 0 else []
    return (*found[:MOST_NOTICES], *left_out)


def _skipped(kinks: Kinks) -> list[Notice]:
    names = _listed(kinks.skipped)
    message = f"{kinks.reason}: the slopes by {names} were not looked at from both sides of the kinks"
    return [Notice("kink", message)] if names else []


def _listed(parts: Sequence[str]) -> str:
    return listed(parts, most=MOST_NAMES, named=MOST_NAMES)


def _notice(graph: Graph, kind: Kind, node: int, text: str) -> Notice:
    does = "jumps" if text.startswith(" from") else _does(graph.operators[node], kind)
    return Notice(kind, f"`{expression_text(graph, node, LONGEST)}` {does} exactly here{text}", node, graph.span(node))


def _does(operator: str, kind: Kind) -> str:
    """What an operator does at its kink; one that has none is here for a slope that its rule does not give."""
    row = OPERATORS[operator]
    if not row.kink:
        return "has no finite slope"
    return "has a kink" if kind == "kink" and any(partial != "0" for partial in row.partials) else "switches"
