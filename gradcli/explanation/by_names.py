"""A program with arrays explained: a step for each name, an array being one, and of each array one entry in full.

Depends on `gradcli.passes.named`, and on `gradcli.explanation.backward` for the entry that is told.
"""

from collections.abc import Callable, Iterator

from gradcli.evaluate.trace import Trace, Zero
from gradcli.explanation.backward import Backward
from gradcli.explanation.document import Line, Section, Side, equation, few, name, prose, quoted_text, slope
from gradcli.explanation.steps import Steps
from gradcli.language.notation import expression_text
from gradcli.passes.named import Named, adjoints, named, users, values
from gradcli.passes.outline import MOST_FOLLOWED, Level, outline
from gradcli.shapes import Array

LONGEST = 160
Shown = Callable[[Array[float]], Side]
"""How an array, or a number, is written in a line."""


def sections(trace: Trace, shown: Shown, digits: int, *, words: bool) -> Iterator[Section]:
    """Forward and, where there is a gradient, backward."""
    them = named(trace)
    told = [each for each in them if not _is_given(trace, each)]
    yield Section("Forward: every value from the ones before it", [_forward(trace, each, shown) for each in told])
    if trace.adjoints:
        lines = [*_Back(trace, them, shown, digits, words=words).lines()]
        yield Section(f"Backward: from {trace.program.name} back, by the chain rule", lines)


def _is_given(trace: Trace, it: Named) -> bool:
    return all(each in trace.program.variables for each in it.names)


def _forward(trace: Trace, it: Named, shown: Shown) -> Line:
    """h = tanh(W @ x + b) = [0.1, 0.2]; one that is defined entry by entry is told as typed."""
    value = shown(values(trace, it))
    text = it.text or expression_text(trace.program.graph, it.nodes[0], LONGEST)
    if text.startswith(f"{it.name}["):
        return equation(quoted_text(text), ": ", name(it.name), " = ", value)
    if text == value.text:
        return equation(name(it.name), " = ", value)
    return equation(name(it.name), " = ", quoted_text(text), " = ", value)


class _Back:
    """Tells the backward pass of named things, from the output to the variables."""

    def __init__(self, trace: Trace, them: list[Named], shown: Shown, digits: int, *, words: bool) -> None:
        self.trace, self.them, self.shown, self.words = trace, them, shown, words
        self.output, self.into = trace.program.name, users(trace, them)
        small = len(trace.nodes) <= MOST_FOLLOWED
        found = outline(trace, Level.brief, own_alone=True) if small else None
        self.entry = Backward(found, Steps(found, digits), words=words) if found else None

    def lines(self) -> Iterator[Line]:
        back = [at for at in reversed(range(len(self.them))) if adjoints(self.trace, self.them[at])]
        for at, hidden in few(back):
            if hidden:
                yield prose(f"… {hidden:,} more …")
            yield from self._lines(self.them[at])

    def _lines(self, it: Named) -> Iterator[Line]:
        found = adjoints(self.trace, it) or values(self.trace, it)
        if not it.shape and self.entry:
            yield from self.entry.told(it.nodes[0])
            return
        yield from self._goes_into(it)
        yield equation(slope(self.output, it.name), " = ", self.shown(found))
        if len(found.entries) > 1:
            yield from self._steepest(it, found)

    def _steepest(self, it: Named, found: Array[float]) -> Iterator[Line]:
        """The entry with the largest derivative, in full; not the output itself."""
        others = [at for at, node in enumerate(it.nodes) if node != self.trace.program.output]
        steepest = max(others, key=lambda at: abs(found.entries[at]), default=0)
        lines = [*self.entry.told(it.nodes[steepest])] if self.entry and others and found.entries[steepest] else []
        if lines and self.words:
            yield prose("The steepest of these is ", name(it.names[steepest]), ":")
        yield from lines

    def _goes_into(self, it: Named) -> Iterator[Line]:
        """What comes back, and from where."""
        users = self.into[it.name]
        if not self.words:
            return
        if not users and self.trace.program.output not in it.nodes:
            yield prose(name(it.name), f": {Zero.INDEPENDENT}")
        elif users:
            listed = [part for user in users for part in (", ", name(user))][1:]
            yield prose(name(it.name), " goes into ", *listed, ":")
