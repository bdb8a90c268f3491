"""The right side of a claim: a part of its text → the node of an expression in the scope of the program.

Depends on the language, and on `gradcli.claims.textbook` for derivatives that it names, as in `dL/dy * dy/dw`.
"""

import re
from collections.abc import Mapping

from gradcli.claims.names import Names
from gradcli.claims.notations import QUOTIENT
from gradcli.claims.split import trimmed
from gradcli.claims.subjects import Subject
from gradcli.claims.textbook import slope
from gradcli.errors import LanguageError, Source, Span
from gradcli.graph.template import template
from gradcli.graph.walk import reachable
from gradcli.language.statements import is_latex
from gradcli.letters import pattern

_INSIDE = rf"(?<!\w){QUOTIENT}(?!\w)"
RATES = ("lr", "learning_rate", "rate", "eta", "η", "alpha", "α")
GRADIENTS = ("gradient", "grad")
OLD = "_old"
_DERIVATIVES = rf"{_INSIDE}|\b(?:{'|'.join(GRADIENTS)})\b"


def holds_derivatives(right: str, *, of_update: bool) -> bool:
    """Whether a right side has derivatives itself, whose numbers are those of the rules."""
    return pattern(_DERIVATIVES if of_update else _INSIDE, right).search(right) is not None


def read_side(names: Names, subject: Subject, called: str, text: str, span: Span) -> int:
    """The node of the right side that stands here; `called` is what the claim calls the output.

    What it calls by a name of its own is put in place. Raises LanguageError with the place in the claim.
    """
    start, end = span[0], trimmed(text, span)[1]
    if not text[start:end].strip():
        hint = "write what the derivative is, such as 2*x"
        raise LanguageError(
            f"nothing follows `{text[start - 1]}`", hint=hint, span=(start - 1, start), source=names.source
        )
    outputs = (
        [called]
        if subject.rate is None
        else [called, *(it["of"] for it in pattern(_INSIDE, text).finditer(text, start, end))]
    )
    known = {**dict.fromkeys(filter(names.is_output, outputs), names.program.output), **names.known}
    shadow, meant = _shadow(names, known, text, (start, end))
    try:
        node = names.read(Source(shadow, names.source.name), start)
    except LanguageError as error:
        error.source = names.source
        raise
    node = _filled(names, node, meant | _of_update(names, subject) | _of_output(names, called))
    _check_names(names, node, (start, end))
    return node


def _of_output(names: Names, called: str) -> dict[str, int]:
    """The names of the output that the program does not define: its own, and what the claim calls it."""
    program = names.program
    found = {program.name} - program.definitions.keys() | {called} - names.known.keys() - names.functions.keys()
    return dict.fromkeys(sorted(found), program.output)


def _of_update(names: Names, subject: Subject) -> dict[str, int]:
    """The names that people have for what an update is made of, where the program has none of these."""
    if subject.rate is None:
        return {}
    graph = names.graph
    gradient = slope(graph, subject.source, subject.variable)
    rate = graph.constant(subject.rate)
    meant = {subject.by + OLD: subject.variable, **dict.fromkeys(RATES, rate), **dict.fromkeys(GRADIENTS, gradient)}
    return {name: node for name, node in meant.items() if name not in names.known}


def _shadow(names: Names, known: Mapping[str, int], text: str, span: Span) -> tuple[str, dict[str, int]]:
    """The text with each derivative as one name in back-ticks, which is just as long; and the nodes of these."""
    found: dict[str, int] = {}

    def hidden(match: re.Match[str]) -> str:
        of, by = match["of"], match["by"]
        written = {f"d{of}", f"∂{of}", f"d{by}", f"∂{by}"}
        if "`" in match[0] or not {of, by} <= known.keys() or written & known.keys():
            return match[0]
        name = f"{of}/{by}".ljust(len(match[0]) - 2)
        found[name] = slope(names.graph, known[of], known[by])
        return f"`{name}`"

    before = r"\,".ljust(span[0]) if is_latex(names.source.text) else text[: span[0]]
    return before + pattern(_INSIDE, text).sub(hidden, text[span[0] : span[1]]), found


def _filled(names: Names, node: int, meant: Mapping[str, int]) -> int:
    """A node in which names are replaced by the nodes that they mean."""
    if not meant:
        return node
    holes = template(names.graph, node, list(meant))
    variables = names.graph.variables()
    return holes.put(names.graph, [*meant.values(), *(variables[name] for name in holes.parameters[len(meant) :])])


def _check_names(names: Names, node: int, span: Span) -> None:
    graph, needed = names.graph, reachable(names.graph, [node])
    for name, at in graph.variables().items():
        if at <= node and needed[at] and name not in names.known:
            raise names.unknown_inside(name, graph.span(at) or (span[0], span[0] + 1), span)
