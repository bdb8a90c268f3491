"""The gradient at a kink: mended where left and right agree, and in words what is left to convention.

Depends on `gradcli.diagnose.kinks.one_sided` for the slopes on both sides, and on `gradcli.diagnose.kinks.unresolved`
where first derivatives do not tell them. Rule by rule a kink has a slope by convention, which can be wrong for the
whole: relu(x) - relu(-x) is x.
"""

from collections.abc import Mapping, Sequence
from math import isclose, isfinite, isnan

from gradcli.diagnose.kinks.one_sided import Kinks, Slopes, one_sided
from gradcli.diagnose.kinks.unresolved import Ask, decided
from gradcli.errors import Notice
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text, number_text
from gradcli.language.program import Program
from gradcli.operators.table import OPERATORS

LONGEST = 60
NOISE = 1e-9
"""Up to here a slope may differ from that of the rules by rounding alone."""
MOST_NAMES = 4
MOST_NOTICES = 12


def mend(
    program: Program, point: Point, wrt: Mapping[str, int], ask: Ask | None = None
) -> tuple[Point, tuple[Notice, ...]]:
    """The point with the slopes on which left and right agree, and a notice for every kink that leaves a choice.

    `point` is what the rules give, to any precision. Where left and right differ, its gradient is kept: a convention.
    `ask` knows the sides that first derivatives leave open; without it they stay so.
    """
    kinks = one_sided(program, point, wrt)
    if ask:
        kinks = decided(program, point, wrt, kinks, ask)
    if not (kinks.nodes or kinks.slopes) or not isfinite(kinks.value):
        return point, ()
    ruled, agreed = _missed(program, point, wrt, kinks)
    jumping = [name for name, slopes in kinks.slopes.items() if slopes.jumps(kinks.value)]
    turning = [name for name, slopes in kinks.slopes.items() if name not in jumping and not slopes.agree]
    notices = (
        *(_corrected(program, ruled, agreed, *group) for group in _by_node(kinks, [*agreed])),
        *(_jump(program, point, kinks, *group) for group in _by_node(kinks, jumping)),
        *(_kink(program, point, kinks, *group) for group in _by_node(kinks, turning)),
        *_skipped(kinks),
    )
    return (point._replace(gradient={**point.gradient, **agreed}) if agreed else point), _few(notices)


def _missed(
    program: Program, point: Point, wrt: Mapping[str, int], kinks: Kinks
) -> tuple[Mapping[str, float], dict[str, float]]:
    """The slopes on which left and right agree and that the rules miss: as the rules give them, and as they are.

    The rules are asked in double precision, as the sides are; `point` may be more precise, and is then kept.
    """
    agreed = {
        name: slopes.right
        for name, slopes in kinks.slopes.items()
        if slopes.agree and not slopes.jumps(kinks.value) and not _near(slopes.right, point.gradient[name])
    }
    if not agreed:
        return {}, {}
    ruled = Gradient(program, {name: wrt[name] for name in agreed}).at(point.bindings).gradient
    return ruled, {name: slope for name, slope in agreed.items() if not _near(slope, ruled[name])}


def _near(slope: float, other: float) -> bool:
    return isclose(slope, other, rel_tol=NOISE)


def _by_node(kinks: Kinks, names: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The names in groups, each with the first kink on their way."""
    groups: dict[int, list[str]] = {}
    for name in names:
        groups.setdefault(kinks.slopes[name].kinks[0], []).append(name)
    return [*groups.items()]


# -- in words


def _corrected(
    program: Program, ruled: Mapping[str, float], agreed: Mapping[str, float], node: int, names: list[str]
) -> Notice:
    slopes = _listed([f"by {name} is {number_text(agreed[name])}" for name in names])
    rules = _rules([ruled[name] for name in names])
    return _notice(program.graph, "kink", node, f", yet the slope {slopes} from both sides; rule by rule {rules}")


def _rules(slopes: Sequence[float]) -> str:
    """What the rules would give."""
    if any(map(isnan, slopes)):
        return "there is none"
    would = "it would be" if len(slopes) == 1 else "they would be"
    return f"{would} {_listed([*map(number_text, slopes)])}"


def _kink(program: Program, point: Point, kinks: Kinks, node: int, names: list[str]) -> Notice:
    sides = [kinks.slopes[name] for name in names]
    if any(
        _decided(*side) for slopes in sides for side in zip((slopes.left, slopes.right), slopes.outside, strict=True)
    ):
        text = ": " + _listed([_sides(name, slopes) for name, slopes in zip(names, sides, strict=True)])
        text = text.replace("by", "the slope by", 1)
    else:
        text = f", and first derivatives do not decide the slope by {_listed(names)} beside it"
    return _notice(program.graph, "kink", node, f"{text}; {_taken(point, names)}")


def _decided(slope: float, outside: bool) -> bool:
    return outside or not isnan(slope)


def _sides(name: str, slopes: Slopes) -> str:
    left, right = map(_number, (slopes.left, slopes.right), slopes.outside)
    return f"by {name} is {left} from the left and {right} from the right"


def _jump(program: Program, point: Point, kinks: Kinks, node: int, names: list[str]) -> Notice:
    it = "" if node == program.output else f", and {program.name} jumps"
    steps = _listed([_step(name, kinks.slopes[name], kinks.value) for name in names])
    return _notice(program.graph, "jump", node, f"{it} {steps}; {_taken(point, names)}")


def _step(name: str, slopes: Slopes, value: float) -> str:
    below, above = map(_number, (slopes.below, slopes.above), slopes.outside)
    if below == above:
        return f"from {below} on both sides of this {name} to {number_text(value)}"
    here = "" if value in (slopes.below, slopes.above) else f" ({number_text(value)} at the point itself)"
    return f"from {below} to {above} as {name} grows{here}"


def _number(number: float, outside: bool) -> str:
    return number_text(number) if not isnan(number) else "undefined" if outside else "undecided"


def _taken(point: Point, names: Sequence[str]) -> str:
    """What the rules give, and that it is a convention."""
    given = list(dict.fromkeys(number_text(point.gradient[name]) for name in names))
    if "nan" in given:
        return f"rule by rule there is no slope by {_listed(names)}"
    return f"{_listed(given)} {'is' if len(given) == 1 else 'are'} taken by convention"


def _few(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """The first of many notices, and how many were left out."""
    more = len(notices) - MOST_NOTICES
    if more <= 0:
        return notices
    return (*notices[:MOST_NOTICES], Notice("kink", f"{more:,} more notices of kinks are left out"))


def _skipped(kinks: Kinks) -> list[Notice]:
    if not kinks.skipped:
        return []
    message = (
        f"the graph is large: the slopes by {_listed(kinks.skipped)} were not looked at from both sides of the kinks"
    )
    return [Notice("kink", message)]


def _listed(parts: Sequence[str]) -> str:
    """The first few of several parts, and how many more there are."""
    more = len(parts) - MOST_NAMES
    return ", ".join(parts[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _notice(graph: Graph, kind: str, node: int, text: str) -> Notice:
    met = "jumps" if text.startswith(" from") else _met(graph.operators[node], kind)
    return Notice(kind, f"`{expression_text(graph, node, LONGEST)}` {met} exactly here{text}", node, graph.span(node))


def _met(operator: str, kind: str) -> str:
    """What an operator does at its kink; one that has none is here for a slope that its rule does not give."""
    row = OPERATORS[operator]
    if not row.kink:
        return "has no finite slope"
    return "has a kink" if kind == "kink" and any(partial != "0" for partial in row.partials) else "switches"
