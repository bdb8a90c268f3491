"""Claims about derivatives, such as `dL/dw = 2*(x*w - 2)*x`: text → nodes beside the formula that they speak of.

Depends on the language. The right side is an expression of gradcli's own language in the scope of the program: it may
use the program's variables, definitions and functions, and derivatives, as in `dL/dy * dy/dw`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import normalize

from gradcli.derivatives import differentiate
from gradcli.errors import LanguageError, NameProblem, Source, Span, listed
from gradcli.graph.graph import Graph
from gradcli.graph.template import template
from gradcli.graph.walk import reachable
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.notation import quoted
from gradcli.language.program import Program, Reader, parse_open
from gradcli.operators.table import CONSTANT

_NAME = r"[^\W\d]\w*|`[^`\n]+`"
_QUOTIENT = rf"[d∂]\s*(?P<of>{_NAME})\s*/\s*[d∂]\s*(?P<by>{_NAME})"
_IS = r"\s*={1,2}"
_CLAIM = re.compile(rf"\s*(?:{_QUOTIENT}|[d∂]\s*/\s*[d∂]\s*(?P<alone>{_NAME})){_IS}")
_TWICE = r"(?:²|2|\^2|\*\*2)"
_SECOND = re.compile(
    rf"\s*[d∂]{_TWICE}\s*(?P<of>{_NAME})?\s*/\s*[d∂]\s*"
    rf"(?:(?P<by>[^\W\d]\w*?|`[^`\n]+`){_TWICE}|(?P<first>{_NAME})\s*(?:∂\s*|(?<=\s)d\s*)(?P<then>{_NAME})){_IS}"
)
_LEFT = re.compile(rf"\s*[d∂](?P<of>[^=/]*)/\s*[d∂]\s*(?P<by>[^=]*?){_IS}")
_ANOTHER = re.compile(rf"[,;]\s*(?:{_QUOTIENT}){_IS}")
_COMMENT = re.compile(r"(`[^`\n]*`)|#[^\n]*")
_INSIDE = re.compile(rf"(?<!\w){_QUOTIENT}(?!\w)")


class Claim(NamedTuple):
    """A claim that has been read.

    text    as typed
    of, by  the names: what is differentiated, by what
    source, variable  their nodes
    node    the node of the right side
    right   the right side as typed
    graph   where the nodes are
    """

    text: str
    of: str
    by: str
    source: int
    variable: int
    node: int
    right: str
    graph: Graph

    @property
    def name(self) -> str:
        """The derivative that it is about: dL/dw."""
        return f"d{self.of}/d{self.by}"

    @property
    def holds_derivatives(self) -> bool:
        """Whether its right side has derivatives itself, whose numbers are those of the rules."""
        return _INSIDE.search(self.right) is not None


def read_claims(text: Source, claims: Iterable[Source], variables: Iterable[str] = ()) -> tuple[Program, list[Claim]]:
    """A program, and claims about it, in one graph. Raises LanguageError with the place in the claim."""
    program, read = parse_open(text.text, variables=variables, name=text.name)
    return program, [_Reading(program, read, claim).claim() for claim in claims]


def split_lines(text: str, path: str) -> list[Source]:
    """The claims of a file: one a line; `#` starts a comment."""
    lines = enumerate(text.splitlines(), 1)
    return [Source(line, f"{path}, line {number}") for number, line in lines if line.partition("#")[0].strip()]


class _Reading:
    """One claim being read. `known` holds all that it may name: variables, definitions, the output."""

    def __init__(self, program: Program, read: Reader, source: Source) -> None:
        self.program, self.read, self.source = program, read, source
        written = {name: node for name, node in program.graph.variables().items() if node < program.written}
        self.known = {**written, **program.definitions, program.name: program.output}

    def claim(self) -> Claim:
        """Read all of it."""
        match = _SECOND.match(self.source.text) or _CLAIM.match(self.source.text)
        if not match:
            raise self._no_claim()
        of = _plain(match["of"] or self.program.name)
        source = self._of(of, match.span("of"))
        *before, last = [group for group in ("first", "then", "by", "alone") if match.groupdict().get(group)]
        if match.re is _SECOND:
            first = before[0] if before else last
            node = self._by(_plain(match[first]), match.span(first))
            source = differentiate(self.program.graph, source, [node]).gradient[0]
            of = f"(d{of}/d{_plain(match[first])})"
        by = _plain(match[last])
        variable = self._by(by, match.span(last))
        text = _COMMENT.sub(lambda found: found[1] or "", self.source.text)
        right = text[match.end() :].strip()
        return Claim(text.strip(), of, by, source, variable, self._right(match), right, self.program.graph)

    def _of(self, name: str, span: Span) -> int:
        """What is differentiated: an output that the program does not name may be called anything."""
        if name in self.known:
            return self.known[name]
        if self.program.name not in self.program.definitions:
            return self.program.output
        raise self._unknown(name, span)

    def _by(self, name: str, span: Span) -> int:
        if name in self.known:
            return self.known[name]
        if name in CONSTANT:
            raise self._constant(name, span)
        raise self._unknown(name, span)

    def _right(self, match: re.Match[str]) -> int:
        """The node of the right side, what it calls by a name of its own put in place."""
        start = match.end()
        self._check_single(start)
        shadow, meant = self._shadow(start)
        try:
            node = self.read(Source(shadow, self.source.name), start)
        except LanguageError as error:
            error.source = self.source
            raise
        node = self._filled(node, meant | self._names_of_output(match))
        self._check_names(node, start)
        return node

    def _names_of_output(self, match: re.Match[str]) -> dict[str, int]:
        """The names of the output that the program does not define: its own, and what the claim calls it."""
        called = _plain(match["of"]) if match["of"] else self.program.name
        names = {self.program.name} - self.program.definitions.keys() | {called} - self.known.keys()
        return dict.fromkeys(sorted(names), self.program.output)

    def _shadow(self, start: int) -> tuple[str, dict[str, int]]:
        """The text with each derivative as one name in back-ticks, which is just as long; and the nodes of these."""
        found: dict[str, int] = {}

        def hidden(match: re.Match[str]) -> str:
            of, by = match["of"], match["by"]
            written = {f"d{of}", f"∂{of}", f"d{by}", f"∂{by}"}
            if "`" in match[0] or not {of, by} <= self.known.keys() or written & self.known.keys():
                return match[0]
            name = f"{of}/{by}".ljust(len(match[0]) - 2)
            found[name] = differentiate(self.program.graph, self.known[of], [self.known[by]]).gradient[0]
            return f"`{name}`"

        text = self.source.text
        return text[:start] + _INSIDE.sub(hidden, text[start:]), found

    def _filled(self, node: int, meant: Mapping[str, int]) -> int:
        """A node in which names are replaced by the nodes that they mean."""
        if not meant:
            return node
        graph = self.program.graph
        holes = template(graph, node, list(meant))
        variables = graph.variables()
        return holes.put(graph, [*meant.values(), *(variables[name] for name in holes.parameters[len(meant) :])])

    # -- what can be wrong

    def _no_claim(self) -> LanguageError:
        text = self.source.text
        left = _LEFT.match(text)
        if left and left["by"] and left["by"] not in self.known:
            return self._constant(left["by"], left.span("by"))
        message, span = "this is no claim about a derivative", (0, max(1, len(text.rstrip())))
        if left and left["by"]:
            message, span = "what is differentiated is the output or a named node", left.span("of")
        by = next(iter(self.program.variables), "x")
        hint = f"write it as d{quoted(self.program.name)}/d{quoted(by)} = …"
        return LanguageError(message, hint=hint, span=span, source=self.source)

    def _check_single(self, start: int) -> None:
        another = _ANOTHER.search(self.source.text, start)
        if another:
            message, span = "one claim is expected, and here begins another", another.span("of")
            hint = "give each its own --claim, or its own line of a file"
            raise LanguageError(message, hint=hint, span=(span[0] - 1, span[1]), source=self.source)

    def _check_names(self, node: int, start: int) -> None:
        graph, needed = self.program.graph, reachable(self.program.graph, [node])
        for name, at in graph.variables().items():
            if at <= node and needed[at] and name not in self.known:
                raise self._unknown(name, graph.span(at) or (start, start + 1))

    def _constant(self, what: str, span: Span) -> NameProblem:
        message = f"a derivative is by a variable or a named node, and `{what}` is neither"
        return NameProblem(message, hint=self._names(), span=span, source=self.source)

    def _unknown(self, name: str, span: Span) -> NameProblem:
        hint = look_alike(name, self.known) or did_you_mean(name, self.known) or self._names()
        message = f"`{name}` is no variable and no named node of the formula"
        return NameProblem(message, hint=hint, span=span, source=self.source)

    def _names(self) -> str:
        return f"the names there are: {listed(self.known)}"


def _plain(name: str) -> str:
    return normalize("NFKC", name.strip("`")) if name[0] != "`" else name.strip("`")
