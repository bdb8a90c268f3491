"""The forward pass, told: every value from the ones before it, and which branch is taken.

Depends on `gradcli.explanation.steps`.
"""

from collections.abc import Iterator

from gradcli.explanation.document import Line, Section, Side, equation, few, figure, formula, name, prose
from gradcli.explanation.steps import Steps
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.passes.outline import Outline


def forward(outline: Outline, steps: Steps) -> Section:
    """A line for each told node, of many the first and the last."""
    lines = [line for node, hidden in few(outline.told) for line in _lines(outline, steps, node, hidden)]
    return Section("Forward: every value from the ones before it", lines)


def _lines(outline: Outline, steps: Steps, node: int, hidden: int) -> Iterator[Line]:
    if hidden:
        yield prose(f"… {hidden:,} more …")
    title = name(outline.names[node])
    if outline.graph.operators[node] == "where":
        yield from _branch(outline, steps, node, title)
    elif outline.graph.operators[node] in having(Trait.TRUTH):
        whole = formula(outline.graph, node, outline.names)
        yield equation(title, " = ", whole, f" is {steps.value(node)}")
    else:
        yield equation(title, " = ", *steps.definition(node), *_in_doubles(outline, steps, node))


def _branch(outline: Outline, steps: Steps, node: int, title: Side) -> Iterator[Line]:
    """A conditional, the condition, and the branch that is taken."""
    graph, names = outline.graph, outline.names
    condition, if_true, if_false = graph.operands[node]
    holds = bool(outline.trace.values[condition])
    taken = if_true if holds else if_false
    yield equation(title, " = ", formula(graph, node, names))
    test = formula(graph, condition, names, spell_out=condition not in names)
    shown = steps.definition(taken) if taken not in names else _named(steps, taken)
    yield equation(test, f" is {'true' if holds else 'false'}, so ", title, " = ", *shown)


def _named(steps: Steps, node: int) -> tuple[str | Side, ...]:
    return name(steps.name(node)), " = ", figure(steps.value(node))


def _in_doubles(outline: Outline, steps: Steps, node: int) -> tuple[str, ...]:
    double = outline.trace.doubles.get(node)
    told = steps.shown(outline.trace.values[node] if double is None else double.value)
    return (f"  (doubles give {told})",) if told != steps.shown(outline.trace.values[node]) else ()
