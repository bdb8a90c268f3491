"""The right side of a claim: a part of its text → the node of an expression in the scope of the program.

Depends on the language, and on `gradcli.claims.textbook` for derivatives that it names, as in `dL/dy * dy/dw`.
"""

import re
from collections.abc import Iterable, Mapping

from gradcli.claims.names import Names, entries
from gradcli.claims.notations import QUOTIENT, plain
from gradcli.claims.split import trimmed
from gradcli.claims.subjects import Subject
from gradcli.claims.textbook import slopes
from gradcli.errors import LanguageError, Source, Span
from gradcli.graph.walk import reachable
from gradcli.language.parsed import Value
from gradcli.language.statements import is_latex
from gradcli.letters import pattern
from gradcli.shapes import Array

_INSIDE = rf"(?<!\w){QUOTIENT}(?!\w)"
RATES = ("lr", "learning_rate", "rate", "eta", "η", "alpha", "α")
GRADIENTS = ("gradient", "grad")
OLD = "_old"
_DERIVATIVES = rf"{_INSIDE}|\b(?:{'|'.join(GRADIENTS)})\b"


def holds_derivatives(right: str, *, of_update: bool) -> bool:
    """Whether a right side has derivatives itself, whose numbers are those of the rules."""
    return pattern(_DERIVATIVES if of_update else _INSIDE, right).search(right) is not None


def read_side(names: Names, subject: Subject, called: str, text: str, span: Span) -> Value:
    """What the right side is that stands here; `called` is what the claim calls the output.

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
    known: dict[str, Value] = dict.fromkeys(filter(names.is_output, outputs), names.program.output)
    known |= {**names.known, **names.arrays}
    shadow, derivatives = _shadow(names, known, text, (start, end))
    meant = derivatives | _of_update(names, subject) | _of_output(names, called)
    try:
        found = names.read(Source(shadow, names.source.name), start, meant)
    except LanguageError as error:
        raise _told(error, names.source, derivatives) from None
    _check_names(names, found, (start, end))
    return found


def _told(error: LanguageError, source: Source, derivatives: Iterable[str]) -> LanguageError:
    """An error about the text as it was typed."""
    error.source = source
    for name in derivatives:
        of, by = name.rstrip().split("/")
        error.message, error.hint = (it.replace(f"`{name}`", f"d{of}/d{by}") for it in (error.message, error.hint))
    return error


def _of_output(names: Names, called: str) -> dict[str, Value]:
    """The names of the output that the program does not define: its own, and what the claim calls it."""
    program = names.program
    taken = names.known.keys() | names.arrays.keys() | names.functions.keys()
    found = {program.name} - program.definitions.keys() - names.arrays.keys() | {called} - taken
    return dict.fromkeys(sorted(found), program.output)


def _of_update(names: Names, subject: Subject) -> dict[str, Value]:
    """The names that people have for what an update is made of, where the program has none of these."""
    if subject.rate is None:
        return {}
    graph = names.graph
    gradient = slopes(graph, subject.source, subject.variable)
    rate = graph.constant(subject.rate)
    meant = {subject.by + OLD: subject.variable, **dict.fromkeys(RATES, rate), **dict.fromkeys(GRADIENTS, gradient)}
    return {name: value for name, value in meant.items() if names.value(name) is None}


def _shadow(names: Names, known: Mapping[str, Value], text: str, span: Span) -> tuple[str, dict[str, Value]]:
    """The text with each derivative as one name in back-ticks, which is just as long; and what these are."""
    found: dict[str, Value] = {}

    def hidden(match: re.Match[str]) -> str:
        of, by = (_known(known, match[group]) for group in ("of", "by"))
        if "`" in match[0] or not of or not by or {f"{sign}{it[0]}" for sign in "d∂" for it in (of, by)} & known.keys():
            return match[0]
        index = _index(of[1], by[1], known[by[0]])
        name = f"{of[0]}/{by[0]}".ljust(len(match[0]) - 2 - len(index))
        found[name] = slopes(names.graph, known[of[0]], known[by[0]])
        return f"`{name}`{index}"

    before = r"\,".ljust(span[0]) if is_latex(names.source.text) else text[: span[0]]
    return before + pattern(_INSIDE, text).sub(hidden, text[span[0] : span[1]]), found


def _known(known: Mapping[str, Value], word: str) -> tuple[str, str] | None:
    """A name that is known, and the index behind it that is no part of it, as in h[i]."""
    name = plain(word)
    if name in known:
        return name, ""
    base, index = plain(word.partition("[")[0]), word[word.find("[") :]
    return (base, index) if isinstance(known.get(base), Array) else None


def _index(of: str, by: str, value: Value) -> str:
    """The index of dh/dx, an array with the indices of both, that means dh[i]/dx[j]."""
    if not of:
        return by
    rest = by[1:-1] or ", ".join(":" for _ in (value.shape if isinstance(value, Array) else ()))
    return f"{of[:-1]},{rest}]" if rest else of


def _check_names(names: Names, value: Value, span: Span) -> None:
    nodes = entries(value)
    graph, needed = names.graph, reachable(names.graph, nodes)
    for name, at in graph.variables().items():
        if at < len(needed) and needed[at] and name not in names.known:
            raise names.unknown_inside(name, graph.span(at) or (span[0], span[0] + 1), span)
