"""An answer explained: both passes in words and numbers, as sections of lines, whatever form they take in the end.

Depends on `gradcli.passes` for the numbers, on `gradcli.learn` for an update, on the printers for formulas.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gradcli.answers import Answer, evaluator
from gradcli.errors import listed
from gradcli.evaluate.trace import Zero
from gradcli.explanation.backward import Backward
from gradcli.explanation.document import Line, Section, array, equation, figure, name, prose, slope, worded
from gradcli.explanation.forward import forward
from gradcli.explanation.meaning import Kinks, meaning, update_section
from gradcli.explanation.paths import paths
from gradcli.explanation.steps import Steps
from gradcli.explanation.writing import marked, text
from gradcli.language.notation import quoted
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.passes.outline import Level, Outline, outline
from gradcli.shapes import grouped

if TYPE_CHECKING:
    from gradcli.learn.descent import Update

__all__ = ["Explanation", "Level", "Line", "Section", "explained", "updated"]

MOST_OPERATORS = 8
MOST_ENDS = 3
MOST_TRIED = 20_000
"""A larger formula is not evaluated once more for a small step."""
WHAT_OPERATIONS_DO = "What each operation does to the gradient"


class Explanation(NamedTuple):
    """An answer and what is told of it; `str` is the text that `gradcli explain` prints between head and answer."""

    answer: Answer
    sections: list[Section]

    def __str__(self) -> str:
        """The text."""
        return "".join(text(self.sections)).strip()

    def _repr_markdown_(self) -> str:
        """The text with headings and code, for a notebook."""
        return "".join(marked(self.sections))


def explained(
    answer: Answer,
    level: Level,
    update: "Update | None",
    digits: int,
    *,
    drawn: bool = False,
    by_name: bool = False,
) -> list[Section]:
    """The sections of an explanation. At the level `brief` no reasons are given; `drawn` is as in `outline`.

    `by_name` tells what has a name, an array as one, and leaves out what is between.
    """
    if by_name:
        return _by_names(answer, level, update, digits)
    found = outline(answer.trace, level, drawn=drawn)
    asked = {node: quoted(by) for by, node in answer.wrt.items()}  # one of them may lead nowhere
    found = found._replace(names=asked | found.names)
    steps, words = Steps(found, digits), level is not Level.brief
    order = [*dict.fromkeys(answer.wrt.values())]
    ends = [node for node in order if not found.graph.operands[node]]
    sections = [_order(answer), forward(found, steps)]
    if not found.told and answer.wrt:
        sections.append(_alone(answer))
    if not answer.wrt:
        told = [*sections[1:], _notices(answer), _constant()]
        return [section for section in told if section.lines]
    if words:
        sections.append(paths(found, steps, order))
    if found.told:
        sections.append(Backward(found, steps, words=words).section(ends))
    if words:
        sections.append(_operations(found))
    sections += _ending(answer, found.trace.zeros, update, digits)
    return [section for section in sections if section.lines]


def _constant() -> Section:
    """Of a formula that has nothing to differentiate by."""
    none = "There is no variable in this formula, nothing that its value could change with: there is no gradient."
    return Section("Backward", [prose(none)])


def _by_names(answer: Answer, level: Level, update: "Update | None", digits: int) -> list[Section]:
    """The sections, of which each has what has a name."""
    from gradcli.explanation.by_names import sections  # few programs have arrays

    trace, words = answer.trace, level is not Level.brief
    if not answer.wrt:
        told = [*sections(trace, lambda it: array(it, digits), digits, words=words), _notices(answer), _constant()]
        return [section for section in told if section.lines]
    told = [_order(answer), *sections(trace, lambda it: array(it, digits), digits, words=words)]
    return [section for section in (*told, *_ending(answer, trace.zeros, update, digits)) if section.lines]


def _ending(answer: Answer, zeros: Mapping[int, Zero], update: "Update | None", digits: int) -> Iterator[Section]:
    """What is told behind the passes."""
    yield _notices(answer)
    if update:
        yield update_section(answer.program, answer.point, update, digits)
    at = evaluator(answer.program, {}, answer.precision) if answer.program.written <= MOST_TRIED else None
    yield meaning(answer.program.name, answer.point, _kinks(answer, zeros), at, digits)


def _alone(answer: Answer) -> Section:
    """Of a formula that is but a variable."""
    output, (by, *_) = name(answer.program.name), answer.wrt
    changes = equation(slope(answer.program.name, by), " = ", figure("1"))
    return Section("Backward", [prose(output, " is ", name(by), " itself, and changes as it does."), changes])


def updated(answer: Answer, lr: float) -> "Update":
    """What one step of gradient descent changes. Raises UsageError where it would move nothing."""
    from gradcli.learn.descent import check_moves, descend, whole  # most explanations need no descent

    check_moves(answer.program, answer.wrt)
    at = evaluator(answer.program, answer.wrt, answer.precision)
    return whole(list(descend(at, answer.bindings, lr, 1)))


def _kinks(answer: Answer, zeros: Mapping[int, Zero]) -> Kinks:
    """The sides of those kinks at which left and right differ."""
    met = any(notice.kind in ("kink", "jump") for notice in answer.notices)
    sides = answer.sides if met else {}
    jumping = {by for by, them in sides.items() if them.jumps}
    bending = {by: them for by, them in sides.items() if by in jumping or not them.agree}
    tiny = [by for by, node in answer.wrt.items() if zeros.get(node) is Zero.UNDERFLOW]
    return Kinks(bending, jumping, tiny)


def _operations(found: Outline) -> Section:
    """A sentence for each operator on the way, the output's first."""
    graph, nodes = found.graph, {entry.node for entry in found.trace.contributions}
    operators = dict.fromkeys(graph.operators[node] for node in sorted(nodes, reverse=True))
    rows = [OPERATORS[operator] for operator in operators][:MOST_OPERATORS]
    return Section(WHAT_OPERATIONS_DO, [prose(f"{_called(row)} {row.backward}") for row in rows])


def _called(row: Operator) -> str:
    """How an operation is written: … * …, -…, sigmoid."""
    if not row.notation:
        return row.name
    symbol, space = row.notation.symbol, " " if row.notation.symbol.isalpha() else ""
    return f"… {symbol} …" if row.notation.left else f"{symbol}{space}…"


def _order(answer: Answer) -> Section:
    """In which order the passes go."""
    output, names = name(answer.program.name), [*grouped(answer.wrt, answer.program.arrays)]
    ends = listed(names) if len(names) <= MOST_ENDS else "the variables"
    return Section(
        "", [prose("First forward, from the variables to ", output, "; then back, from ", output, " to ", ends, ".")]
    )


def _notices(answer: Answer) -> Section:
    """What is to be said of the numbers: kinks, lost digits, where a number is not finite."""
    return Section("Where to look twice", [prose(*worded(_sentence(notice.message))) for notice in answer.notices])


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
