"""Why contributions are added: the paths from a variable to the output, the product along each, and their sum.

Depends on `gradcli.explanation.steps`. Paths are counted by dynamic programming, so that 41 squarings, which have 2^41
of them, take no longer than 41 steps.
"""

from collections.abc import Iterator, Sequence
from functools import reduce

from gradcli.evaluate.trace import Contribution, Zero
from gradcli.explanation.document import (
    Line,
    Section,
    Side,
    equation,
    figure,
    name,
    prose,
    quoted_text,
    sides,
    slope,
    summed,
)
from gradcli.explanation.steps import Steps
from gradcli.language.notation import expression_text
from gradcli.passes.arithmetic import added, balanced, multiplied
from gradcli.passes.outline import Outline
from gradcli.passes.titles import side_text
from gradcli.passes.ways import Way
from gradcli.passes.zeros import own_cause
from gradcli.precision.beyond import is_zero, times

MOST_WRITTEN = 8
MOST_DIGITS = 40
"""A count of more binary digits is told as a power of 2."""
ORDINALS = ("first", "second", "third")
ENOUGH = 3
"""Variables of which the paths are told."""
LONGEST = 30
ONCE = "going back from the output, each node adds up once what comes back to it."


def paths(outline: Outline, steps: Steps, order: Sequence[int]) -> Section:
    """The paths of every variable that has more than one; no lines where none has."""
    counts = counted(outline)
    many = [node for node in order if counts.get(node, 0) > 1]
    lines = [line for node in many[:ENOUGH] for line in _lines(outline, steps, node, counts[node])]
    if len(many) > ENOUGH:
        lines.append(prose(f"{len(many) - ENOUGH:,} more have several paths too."))
    if lines:
        lines.append(prose("There is no need to walk the paths one by one: ", ONCE))
    return Section("Why contributions are added: a change goes along every path at once", lines)


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
        yield prose(title, " reaches ", output, f" along {count_text(count)} paths, too many to be written out.")
        return
    yield prose(title, " reaches ", output, f" along {count} paths; along each the local derivatives multiply:")
    products = [_product(path) for path in walked]
    brief = [_stops(steps, path, whole=False) for path in walked]
    alike = {stops.text for stops in brief if sum(other.text == stops.text for other in brief) > 1}
    for path, stops, result in zip(walked, brief, products, strict=True):
        whole = stops.text in alike
        yield _path(
            steps, path, _stops(steps, path, whole=True) if whole else stops, _factors(path, whole=whole), result
        )
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


def _factors(path: list[Way], *, whole: bool) -> list[float]:
    """The local derivatives along a path: a factor for each of its stops."""
    if not whole:
        return [way.partial for way in path]
    return [entry.partial for way in path for entry in reversed(way.entries)]


def _path(steps: Steps, path: list[Way], stops: Side, factors: list[float], result: float) -> Line:
    """x → u1 → f: 2 × 3 = 6."""
    if not all(way.counts for way in path):
        return equation(stops, ": ", figure("0"), f"  ({_cause(steps, path)})")
    if len(factors) == 1:
        return equation(stops, ": ", figure(steps.shown(result)))
    shown = balanced(factors, result, steps.digits, multiplied)
    numbers = sides(" × ", *map(figure, shown.numbers))
    return equation(stops, ": ", numbers, f" {shown.sign} ", figure(shown.result))


def _cause(steps: Steps, path: list[Way]) -> str:
    """Why nothing comes back along a path: what the operation nearest to the output says that passes nothing on."""
    entries = [entry for way in reversed(path) for entry in way.entries if is_zero(entry.partial)]
    if not entries:
        return str(Zero.UPSTREAM)
    first, trace = entries[0], steps.outline.trace
    return f"the kink: {side_text(trace, first.side)}" if first.side else str(own_cause(trace, first))


def _stops(steps: Steps, path: list[Way], *, whole: bool) -> Side:
    """The nodes of a path; the whole of them with those that are told with others, and with the places of operands."""
    stops = [name(steps.name(path[0].operand))]
    for way in path:
        for entry in reversed(way.entries if whole else way.entries[:1]):
            stops.append(_stop(steps, entry) if whole else name(steps.name(entry.node)))
    return sides(" → ", *stops)


def _stop(steps: Steps, entry: Contribution) -> Side:
    """A node on a path by its name or its formula; by which operand it is entered, where they are the same."""
    names, operands = steps.outline.names, steps.graph.operands[entry.node]
    text = names.get(entry.node) or f"({expression_text(steps.graph, entry.node, LONGEST, names=names)})"
    if operands.count(entry.operand) > 1:
        place = entry.position
        text += f" as its {ORDINALS[place] if place < len(ORDINALS) else f'{place + 1}th'} operand"
    return name(text) if entry.node in names and operands.count(entry.operand) < 2 else quoted_text(text)


def _sum(outline: Outline, steps: Steps, node: int, products: list[float]) -> Line:
    trace = outline.trace
    whole = slope(steps.name(trace.program.output), steps.name(node))
    shown = balanced(products, trace.ruled.get(node, trace.adjoints[node]), steps.digits, added)
    return equation(whole, " = ", summed(shown.numbers), f" {shown.sign} ", figure(shown.result))
