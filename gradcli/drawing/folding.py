"""How much of a graph is drawn: all that a form has room for, folded further and further until it fits.

Depends on `picture`. A graph that is too large to be followed is drawn by its ends, the output and the variables: their
numbers are those of the answer, so that it takes little longer than the answer did.
"""

from collections.abc import Iterator

from gradcli.answers import Answer
from gradcli.drawing.picture import LONGEST, Arrow, Badges, Fold, Picture
from gradcli.drawing.pictured import Drawn, picture
from gradcli.errors import LimitError, Notice
from gradcli.evaluate.trace import Trace
from gradcli.graph.walk import reachable
from gradcli.language.notation import cut, quoted
from gradcli.language.program import Program
from gradcli.passes.outline import MOST_FOLLOWED as MOST_UNNAMED
from gradcli.precision.settle import HUGE

MOST_FOLLOWED, MOST_ONE_BY_ONE = 100_000, 50_000
"""Operations of a graph that is drawn definition by definition, and of one that is drawn operation by operation."""


MOST_SETTLED = 25_000
"""Operations of a graph of which every number is as precise as the answer: in a larger one its ends alone are."""
IN_BETWEEN = Notice(
    "precision", "the drawn numbers between the variables and the output are plain doubles: there are too many"
)


class NoRoomError(LimitError):
    """A form has no room for a picture; it may have for a smaller one."""


def pictures(answer: Answer, fold: Fold, digits: int, badges: Badges, most: int) -> Iterator[Picture]:
    """The picture of an answer with so many definitions or fewer; then with half of them, and so on, where it folds.

    Raises LimitError for a graph that is too large to be drawn without a fold.
    """
    if is_followed(answer.program, fold):
        most_followed = MOST_ONE_BY_ONE if fold is Fold.none else MOST_FOLLOWED
        yield from folded(followed(answer, "fold it: --collapse auto", most_followed), fold, digits, badges, most)
    else:
        yield _ends(answer, digits, badges)._replace(folded=_counts(answer.program)[0] - 1)


def is_followed(program: Program, fold: Fold) -> bool:
    """Whether a picture shows more than the ends of a graph."""
    operations, named = _counts(program)
    return fold is Fold.none or operations <= (MOST_FOLLOWED if named else MOST_UNNAMED)


def followed(answer: Answer, mend: str, most: int) -> Trace:
    """Every number on the way to an answer. Raises LimitError, with its mend, for a graph too large for that."""
    operations, _ = _counts(answer.program)
    if operations > most:
        raise LimitError(f"a drawing of {operations:,} operations is more than {most:,}", hint=mend)
    return (answer if operations <= MOST_SETTLED else answer._replace(precision="double")).trace


def remarks(answer: Answer, fold: Fold) -> Iterator[Notice]:
    """What is to be said of the numbers of a picture, beyond what is said of the answer."""
    plain = answer.precision == "double" or any(notice == HUGE for notice in answer.notices)
    if not plain and _counts(answer.program)[0] > MOST_SETTLED and is_followed(answer.program, fold):
        yield IN_BETWEEN


def folded(trace: Trace, fold: Fold, digits: int, badges: Badges, most: int) -> Iterator[Picture]:
    """The pictures of a graph that is followed."""
    while most:
        found = picture(trace, fold, digits, badges, most)
        yield found
        most = min(most, len(found.boxes)) // 2 if found.folded else 0


def _counts(program: Program) -> tuple[int, int]:
    """How many operations the output needs, and how many of them the user named."""
    graph, needed = program.graph, reachable(program.graph, [program.output])
    operations = sum(1 for flag, operands in zip(needed, graph.operands, strict=False) if flag and operands)
    named = sum(1 for node in graph.names if node < program.output and needed[node] and graph.operands[node])
    return operations, named


def _ends(answer: Answer, digits: int, badges: Badges) -> Picture:
    """The output and the variables, with all between them in one arrow each: the gradient."""
    program, output, variables = answer.program, answer.program.output, answer.program.variables
    nodes, values = (*variables.values(), output), {**{node: answer.bindings[name] for name, node in variables.items()}}
    slopes = {variables[name]: slope for name, slope in answer.point.gradient.items() if name in variables}
    adjoints = {**slopes, output: 1.0} if answer.wrt else slopes
    draw = Drawn(Trace(program, answer.point, nodes, values | {output: answer.value}, adjoints, ()), digits, badges)
    draw.largest = max(map(abs, slopes.values()), default=0.0)
    start, end = program.graph.span(output) or (0, 0)
    boxes = [draw.told(node, f"n{node}", quoted(name), "", "") for name, node in variables.items()]
    text = cut(program.source.text[start:end], LONGEST)
    boxes.append(draw.told(output, f"n{output}", program.name, text, text))
    bare = [Arrow(f"n{node}", f"n{output}", position) for position, node in enumerate(variables.values())]
    arrows = [
        draw.numbered(each, slopes[node], slopes[node]) if node in slopes else each
        for node, each in zip(nodes, bare, strict=False)
    ]
    return Picture(tuple(boxes), tuple(arrows), digits=digits, whole=False)
