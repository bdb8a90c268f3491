"""Why contributions are added: the paths from a variable to the output, the product along each, and their sum.

Depends on `gradcli.explanation.steps`. Paths are counted by dynamic programming, so that 41 squarings, which have 2^41
of them, take no longer than 41 steps.
"""

from collections.abc import Iterator, Sequence
from functools import reduce

from gradcli.explanation.document import Line, Section, Side, equation, figure, name, prose, sides, slope, summed
from gradcli.explanation.outline import Outline, Way
from gradcli.explanation.steps import Steps
from gradcli.passes.arithmetic import added, balanced, multiplied
from gradcli.precision.beyond import times

MOST_WRITTEN = 8
MOST_DIGITS = 40
"""A count of more binary digits is told as a power of 2."""
ORDINALS = ("first", "second", "third")
ENOUGH = 3
"""Variables of which the paths are told."""


def paths(outline: Outline, steps: Steps, order: Sequence[int]) -> Section:
    """The paths of every variable that has more than one; no lines where none has."""
    counts = counted(outline)
    many = [node for node in order if counts.get(node, 0) > 1]
    lines = [line for node in many[:ENOUGH] for line in _lines(outline, steps, node, counts[node])]
    if len(many) > ENOUGH:
        lines.append(prose(f"{len(many) - ENOUGH:,} more variables have several paths too."))
    if lines:
        lines.append(
            prose("Going back from the output no path need be walked: every node adds up what comes back to it, once.")
        )
    return Section("Why contributions are added: one for every path", lines)


def counted(outline: Outline) -> dict[int, int]:
    """Node → how many paths lead from it to the output."""
    counts = {outline.trace.program.output: 1}
    for node in sorted(outline.ways, reverse=True):
        counts[node] = counts.get(node, 0) + sum(counts.get(way.user, 0) * way.paths for way in outline.ways[node])
    return counts


def count_text(count: int) -> str:
    """A count for reading: 41, or about 2^100."""
    digits = count.bit_length() - 1
    if digits <= MOST_DIGITS:
        return f"{count:,}"
    return f"2^{digits}" if count == 1 << digits else f"about 2^{digits}"


def _lines(outline: Outline, steps: Steps, node: int, count: int) -> Iterator[Line]:
    title, output = name(steps.name(node)), name(steps.name(outline.trace.program.output))
    walked = list(_walked(outline, node)) if count <= MOST_WRITTEN else []
    if not walked or any(way.paths > 1 for path in walked for way in path):
        yield prose(title, " reaches ", output, f" along {count_text(count)} paths.")
        return
    yield prose(title, " reaches ", output, f" along {count} paths; along each the local derivatives multiply:")
    products = [_product(path) for path in walked]
    for path, result in zip(walked, products, strict=True):
        yield _path(steps, path, result)
    yield _sum(outline, steps, node, products)


def _product(path: list[Way]) -> float:
    """The product along a path; 0 through a branch that is not taken, whatever else is on it."""
    return reduce(times, (way.partial for way in path)) if all(way.counts for way in path) else 0.0


def _walked(outline: Outline, node: int) -> Iterator[list[Way]]:
    """The paths from a node up to the output, each as its ways."""
    pending: list[list[Way]] = [[way] for way in reversed(outline.ways.get(node, []))]
    while pending:
        path = pending.pop()
        if path[-1].user == outline.trace.program.output:
            yield path
        else:
            pending += [[*path, way] for way in reversed(outline.ways.get(path[-1].user, []))]


def _path(steps: Steps, path: list[Way], result: float) -> Line:
    """x → u1 → f: 2 × 3 = 6."""
    stops = sides(" → ", *(name(steps.name(at)) for at in (path[0].operand, *(way.user for way in path))))
    nodes = Side(stops.text + _place(steps, path), stops.latex)
    if len(path) == 1 or not all(way.counts for way in path):
        return equation(nodes, ": ", figure(steps.shown(result)))
    partials = [way.partial for way in path]
    shown = balanced(partials, result, steps.digits, multiplied)
    numbers: Side = sides(" × ", *map(figure, shown.numbers))
    return equation(nodes, ": ", numbers, f" {shown.sign} ", figure(shown.result))


def _place(steps: Steps, path: list[Way]) -> str:
    """Through which operand a path begins, where a node stands twice in what uses it."""
    way, entries = path[0], path[0].entries
    if not entries or steps.graph.operands[way.user].count(way.operand) < 2:
        return ""
    place = entries[0].position
    ordinal = ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}th"
    return f" ({ordinal} {steps.name(way.operand)} in {steps.name(way.user)})"


def _sum(outline: Outline, steps: Steps, node: int, products: list[float]) -> Line:
    trace = outline.trace
    whole = slope(steps.name(trace.program.output), steps.name(node))
    shown = balanced(products, trace.ruled.get(node, trace.adjoints[node]), steps.digits, added)
    return equation(whole, " = ", summed(shown.numbers), f" {shown.sign} ", figure(shown.result))
