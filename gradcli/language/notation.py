"""Graph → text, in the language that the parser reads, with the fewest parentheses. parse ∘ print is the identity.

Depends on the operator table, whose binding powers the parser uses too. Nothing recurses; a text that sharing
would blow up is cut at a limit.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.graph.walk import reachable
from gradcli.graph.written import Written, decimal_text
from gradcli.language.functions import RESERVED
from gradcli.language.program import Program
from gradcli.language.symbols import NOTATIONS
from gradcli.language.tokens import is_name
from gradcli.operators import precedence
from gradcli.operators.row import Notation, Operator
from gradcli.operators.table import CONSTANT as CONSTANTS
from gradcli.operators.table import OPERATORS
from gradcli.shapes import parted

ELLIPSIS = "…"


class Operand(NamedTuple):
    """A node still to be printed, the binding power that its place demands, whether an operator stands before it."""

    node: int
    demanded: int = 0
    after: bool = False


Part = str | Operand


def expression_text(
    graph: Graph, node: int, limit: int = 1_000_000, *, names: Mapping[int, str] | None = None, spell_out: bool = True
) -> str:
    """One node as text, cut after `limit` characters.

    Nodes that have a name are written as that; `names` are those of the definitions unless others are given. With
    `spell_out` the node itself is written out even if it has a name.
    """
    known = graph.names if names is None else names
    parts = _spelled(graph, Operand(node)) if spell_out else _parts(graph, known, Operand(node))
    pending: list[Part] = [*parts][::-1]
    written: list[str] = []
    length = 0
    while pending and length <= limit:
        part = pending.pop()
        if isinstance(part, str):
            written.append(part)
            length += len(part)
        else:
            pending.extend(reversed(tuple(_parts(graph, known, part))))
    return cut("".join(written), limit)


def expression_texts(graph: Graph, nodes: Iterable[int], limit: int) -> Iterator[str]:
    """The texts of nodes, each cut after `limit` characters and made of those of its operands, which come first."""
    texts: dict[int, str] = {}
    for node in nodes:
        parts = (_placed(graph, part, texts) for part in _spelled(graph, Operand(node)))
        texts[node] = "".join(parts)[: limit + 1]  # one more than is shown says that there is more
        yield cut(texts[node], limit)


def _placed(graph: Graph, part: Part, texts: Mapping[int, str]) -> str:
    """A part as a text, out of the texts of nodes: an operand by its name, or in the parentheses that it needs."""
    if isinstance(part, str):
        return part
    node, notation = part.node, NOTATIONS.get(graph.operators[part.node])
    if not graph.operands[node] or node in graph.names:
        return "".join(map(str, _parts(graph, graph.names, part)))
    return f"({texts[node]})" if notation and _is_loose(notation, part) else texts[node]


def cut(text: str, most: int) -> str:
    """A text of so many characters at most, with a mark where the rest was."""
    return text if len(text) <= most else text[: most - 1] + ELLIPSIS


def program_text(program: Program, most: int | None = None, *, named: bool = False) -> str:
    """A whole program: the definitions that the output needs, then the output; or the first `most` letters.

    With `named` the output has its name, whether the program gives it one or not.
    """
    graph, output, name = program.graph, program.output, program.name
    left = max(100_000, 4 * len(program.source.text)) if most is None else most
    needed = reachable(graph, [output])
    statements: list[str] = []
    for node in sorted(graph.names):
        if left > 0 and node <= output and needed[node] and (node != output or graph.names[node] != name):
            statements.append(f"{graph.names[node]} = {expression_text(graph, node, left)}")
            left -= len(statements[-1])
    last = expression_text(graph, output, max(left, 1), spell_out=graph.names.get(output, name) == name)
    statements.append(f"{name} = {last}" if named or program.definitions.get(name) == output else last)
    return "; ".join(statements)


def number_text(value: float) -> str:
    """A number in its shortest form that reads back as the same double: 2, 0.1, 1e22."""
    text = repr(value)
    return text[:-2] if text.endswith(".0") else text.replace("e+", "e")


def literal_text(value: float) -> str:
    """A literal as it reads back: 0.1, 1e999, or all of its digits where a double has not as many."""
    return decimal_text(value) if isinstance(value, Written) else number_text(value)


def quoted(name: str) -> str:
    """A variable's name as the parser takes it: in back-ticks where it is no plain name, or means something else."""
    plain = name.partition("[")[0] if parted(name) else name
    meant = plain in RESERVED or plain in CONSTANTS
    return name if is_name(plain) and not meant else f"`{name}`"


def _parts(graph: Graph, names: Mapping[int, str], operand: Operand) -> Iterable[Part]:
    """An operand as its name, or spelled out."""
    name = names.get(operand.node)
    if name is None:
        return _spelled(graph, operand)
    loose = name.startswith("-") and (operand.after or operand.demanded >= precedence.NEGATION)
    return (f"({name})" if loose else name,)  # a number that stands for a node


def _spelled(graph: Graph, operand: Operand) -> Iterable[Part]:
    """The parts of an operand: texts and its own operands."""
    operator, leaf = graph.operators[operand.node], graph.leaves.get(operand.node, "")
    if operator == VARIABLE:
        return (quoted(str(leaf)),)
    if operator == CONSTANT:
        return (_number(literal_text(float(leaf) if isinstance(leaf, str) else leaf), operand),)
    notation = NOTATIONS.get(operator)
    inner = graph.operands[operand.node]
    if notation is not None:
        return _operation(notation, inner, operand)
    row = OPERATORS[operator]
    return _call(row.overloads or operator, inner) if row.signature else (_constant(row, graph.names.values()),)


def _number(text: str, operand: Operand) -> str:
    return f"({text})" if text[0] == "-" and operand.demanded > precedence.NEGATION and not operand.after else text


def _call(operator: str, operands: tuple[int, ...]) -> Iterator[Part]:
    for position, operand in enumerate(operands):
        yield ", " if position else f"{operator}("
        yield Operand(operand)
    yield ")"


def _constant(row: Operator, taken: Collection[str]) -> str:
    """A named constant by a name that no definition has taken: pi, π, or the number."""
    free = (name for name in (row.name, *row.aliases) if name not in taken)
    return next(free, f"({row.definition})" if row.definition else row.name)


def _operation(notation: Notation, operands: tuple[int, ...], place: Operand) -> Iterable[Part]:
    """An operation, in parentheses where its place demands it. A minus needs none after an operator: 2^-x."""
    parts = _infix(notation, *operands) if notation.left else _prefix(notation, *operands)
    return ("(", *parts, ")") if _is_loose(notation, place) else parts


def _is_loose(notation: Notation, place: Operand) -> bool:
    """Whether an operation binds less than its place demands."""
    own = notation.left or notation.right
    return own < place.demanded and not (place.after and own == precedence.NEGATION)


def _infix(notation: Notation, first: int, second: int) -> Iterator[Part]:
    """A left-associative operator takes its own kind on the left, a right-associative one on the right."""
    symbol, left, right, _ = notation
    strict = right < left or left == precedence.COMPARISON
    yield Operand(first, left + strict)
    yield f" {symbol} " if left <= precedence.SUM else symbol
    yield Operand(second, max(left, right), after=True)


def _prefix(notation: Notation, operand: int) -> Iterator[Part]:
    yield notation.symbol + (" " if notation.symbol.isalpha() else "")
    yield Operand(operand, notation.right)
