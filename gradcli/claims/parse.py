"""Claims about derivatives, such as `dL/dw = 2*(x*w - 2)*x`: text → nodes beside the formula that they speak of.

    dL/dw = dL/dy * dy/dw = 8*2 = 16      a claim for each side of a chain of equalities
    dL/dx = 24, dL/dw = 16                several claims
    ∇L = (24, 16)                         a claim for each component
    w_new = 3 - 0.1*16                    of an update, with a learning rate

Depends on the language. A right side is an expression of gradcli's own language in the scope of the program: it may
use the program's variables, definitions and functions, and derivatives.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gradcli.claims.names import Names
from gradcli.claims.notations import Left, left_side
from gradcli.claims.points import given
from gradcli.claims.right_sides import holds_derivatives, read_side
from gradcli.claims.split import components, joining, marks, parts, trimmed, without_comments
from gradcli.claims.subjects import Subject, Subjects
from gradcli.errors import LanguageError, Source, Span, UsageError, listed
from gradcli.graph.graph import Graph
from gradcli.language.program import OpenProgram, Program, parse_open
from gradcli.language.statements import is_latex

_LEFT = re.compile(r"\s*[d∂](?P<of>[^=/]*)/\s*[d∂]\s*(?P<by>[^=]*?)\s*={1,2}")


class Claim(NamedTuple):
    """A claim that has been read: one right side about one derivative.

    text    as typed, without comments; of several sides or components this one
    of, by  the names: what is differentiated, by what
    source, variable  their nodes
    node    the node of the right side; of an update, of the derivative that it must have been made of
    right   the right side as typed
    graph   where the nodes are
    point   the numbers at which it is claimed, beside those that are bound
    rate    the learning rate of an update; None for a derivative
    is_rounded  whether the numbers of the point are only near to what is written, as that of pi is
    is_number  whether the right side is of numbers alone
    side, sides  which side of a chain of how many it is
    """

    text: str
    of: str
    by: str
    source: int
    variable: int
    node: int
    right: str
    graph: Graph
    point: Mapping[str, float] = {}
    rate: float | None = None
    is_rounded: bool = False
    is_number: bool = False
    side: int = 0
    sides: int = 1

    @property
    def name(self) -> str:
        """The derivative that it is about, or the update: dL/dw, w_new."""
        return f"d{self.of}/d{self.by}" if self.rate is None else f"{self.by}_new"

    @property
    def holds_derivatives(self) -> bool:
        """Whether its right side has derivatives itself, whose numbers are those of the rules."""
        return holds_derivatives(self.right, of_update=self.rate is not None)


def read_claims(
    text: Source, claims: Iterable[Source], variables: Iterable[str] = (), rate: float | None = None
) -> tuple[Program, list[Claim]]:
    """A program, and claims about it, in one graph; `rate` is the learning rate of updates.

    Raises LanguageError with the place in the claim, and UsageError for a rate without an update.
    """
    opened = parse_open(text.text, variables=variables, name=text.name)
    read = [claim for source in claims for claim in _read(opened, source, rate)]
    if rate is not None and all(claim.rate is None for claim in read):
        bound = (
            "; bind the variable with --let lr=…, in Python in a mapping" if "lr" in opened.program.variables else ""
        )
        message = "a learning rate is for claims about an update, and there is none"
        raise UsageError(message, hint=f"leave it out, or claim w_new = …{bound}")
    return opened.program, read


def split_lines(text: str, path: str) -> list[Source]:
    """The claims of a file: some on each line; `#` starts a comment."""
    lines = enumerate(text.splitlines(), 1)
    return [Source(line, f"{path}, line {number}") for number, line in lines if line.partition("#")[0].strip()]


def _read(opened: OpenProgram, source: Source, rate: float | None) -> Iterator[Claim]:
    """All claims of a text: one ends where after a comma, a semicolon or on a new line another begins."""
    text = without_comments(source.text)
    if is_latex(text):
        from gradcli.claims.latex import plain_derivatives  # few claims are written so

        names = Names(opened, source)
        text = plain_derivatives(text, names.known.keys() | names.functions.keys())
    begins = [at + 1 for at in marks(text, (0, len(text)), ",;\n") if left_side(text, at + 1)]
    spans = list(zip([0, *begins], [*(at - 1 for at in begins), len(text)], strict=True))
    for span in spans:
        yield from _Reading(Names(opened, source, text), text, span, rate).claims()


class _Reading:
    """One claim being read: what stands in this span of `text`, which is the source without its comments."""

    def __init__(self, names: Names, text: str, span: Span, rate: float | None) -> None:
        self.names, self.text, self.span, self.rate = names, text, span, rate

    def claims(self) -> list[Claim]:
        """A claim for each subject, and each side of it."""
        left = left_side(self.text[: self.span[1]], self.span[0])
        if not left:
            raise self._no_claim()
        subjects = Subjects(self.names, left, self.rate, self.text).all()
        sides = parts(self.text, (left.right, self.span[1]), "=")
        self._check_joined(sides)
        rows = [self._components(left, subjects, side) for side in sides]
        columns = zip(subjects, zip(*rows, strict=True), strict=True)
        called = left.of.name if left.of and left.kind != "named" else subjects[0].of
        read = [
            self._side(subject, called, side, (at, len(column)))
            for subject, column in columns
            for at, side in enumerate(column)
        ]
        self._check_absent(read)
        whole = self.text[self.span[0] : self.span[1]].strip()
        return [read[0]._replace(text=whole)] if len(read) == 1 and left.kind != "gradient" else read

    def _check_joined(self, sides: list[Span]) -> None:
        """Raise LanguageError where claims are joined by words or comparisons, which would be parts of the sides."""
        joined = next(filter(None, (joining(self.text, side) for side in sides)), None)
        if joined and (len(sides) > 1 or holds_derivatives(self.text[slice(*sides[0])], of_update=False)):
            message = f"`{self.text[slice(*joined)]}` joins no claims"
            hint = "part them by `;`, or put what is one side in parentheses"
            raise LanguageError(message, hint=hint, span=joined, source=self.names.source)

    def _components(self, left: Left, subjects: list[Subject], side: Span) -> list[Span]:
        """The part of a side that belongs to each subject."""
        if left.kind != "gradient":
            return [side]
        found = components(self.text, side)
        if len(found) == len(subjects):
            return found
        names = [subject.by for subject in subjects]
        message = f"this gradient has {_counted(len(names))}, by {listed(names)}, and here {given(len(found))}"
        hint = f"write ({', '.join(f'by {name}' for name in names[:3])}{', …' if len(names) > 3 else ''})"
        raise LanguageError(message, hint=hint, span=_inner(self.text, side), source=self.names.source)

    def _side(self, subject: Subject, called: str, span: Span, place: tuple[int, int]) -> Claim:
        node, graph = read_side(self.names, subject, called, self.text, span), self.names.graph
        right = self.text[span[0] : span[1]].strip()
        is_number = not self.names.variables_of(node)
        if subject.rate is not None:  # w - rate*slope = node
            step = graph.node("sub", (subject.variable, node))
            node = graph.node("div", (step, graph.constant(subject.rate)))
        text, of, by, source, variable, point, rate, is_rounded = subject
        about = f"{text} = {right}", of, by, source, variable
        return Claim(*about, node, right, graph, point, rate, is_rounded, is_number, *place)

    def _check_absent(self, read: list[Claim]) -> None:
        """By what is nowhere in the formula the derivative is 0; a claim of anything else has a name misspelt."""
        for word in self.names.absent:
            if any(claim.graph.value_of(claim.node) != 0 for claim in read):
                del self.names.known[word.name]
                raise self.names.unknown(*word)

    def _no_claim(self) -> LanguageError:
        left = _LEFT.match(self.text[: self.span[1]], self.span[0])
        if left and left["by"] and left["by"] not in self.names.known:
            return self.names.no_variable(left["by"], left.span("by"))
        start = self.span[0]
        error = self.names.no_claim((start, max(start + 1, len(self.text[: self.span[1]].rstrip()))))
        if left and left["by"]:
            error.message, error.span = "what is differentiated is the output or a named node", left.span("of")
        return error


def _counted(count: int) -> str:
    return f"{count} component{'s' if count > 1 else ''}"


def _inner(text: str, span: Span) -> Span:
    """Where a side stands; one letter at least, for the caret."""
    start, end = trimmed(text, span)
    return start, max(start + 1, end)
