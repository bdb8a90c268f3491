r"""Graph → LaTeX, from the templates of the operator table: #1 is the first operand, #* all of them with commas.

Depends on the operator table. Braces and bars group by themselves; parentheses are set where precedence demands them.
"""

import re
from collections.abc import Mapping

from gradcli.graph.graph import VARIABLE, Graph
from gradcli.graph.walk import reachable
from gradcli.language.notation import literal_text
from gradcli.language.symbols import NOTATIONS
from gradcli.operators import precedence
from gradcli.operators.row import Notation
from gradcli.operators.table import OPERATORS
from gradcli.shapes import parted

LONGEST = 10_000
ATOM = 1000
GREEK_NAMES = re.findall(
    r"\w+",
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega",
)
GREEK = dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", GREEK_NAMES, strict=True)) | {name: name for name in GREEK_NAMES}
INFINITE, NEGATIVE = r"\infty", r"-\infty"
SPECIAL = {"inf": INFINITE, "infinity": INFINITE, "-inf": NEGATIVE, "-infinity": NEGATIVE, "nan": r"\mathrm{NaN}"}
_PROSE = {sign: f"\\{sign}" for sign in "_%&#${}"} | {
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": "$<$", ">": "$>$",
    "×": r"$\times$", "∂": r"$\partial$", "≈": r"$\approx$", "→": r"$\to$", "…": r"\dots{}", "∞": r"$\infty$", "`": "'",
}  # fmt: skip
_SIGNS = {"\\": r"\backslash ", "^": r"\wedge ", "~": r"\sim "}
_HOLE = re.compile(r"#(\d|\*)")

Piece = tuple[str, int]
"""A text and the power with which it binds."""


def latex(graph: Graph, output: int, names: Mapping[int, str] | None = None) -> str:
    """One node as LaTeX. Nodes that a definition named are written as their names, but for `output` itself.

    With `names` those nodes are written as that, as they stand there, and no others.
    """
    pieces: dict[int, Piece] = {}
    known = {node: symbol(name) for node, name in graph.names.items() if node != output} if names is None else names
    for node, needed in enumerate(reachable(graph, [output])):
        if needed:
            pieces[node] = (known[node], ATOM) if node in known else _piece(graph, node, pieces)
    return pieces[output][0]


def symbol(name: str) -> str:
    r"""A name as a mathematical symbol: x, \alpha, w_{1}, \mathrm{target}; of an entry with its index, W_{1,2}."""
    if entry := parted(name):
        array, index = symbol(entry[0]), ",".join(map(str, entry[1]))
        return f"{{{array}}}_{{{index}}}" if "_" in array else f"{array}_{{{index}}}"
    stem, digits = re.fullmatch(r"(.*?)_?(\d*)", name, re.DOTALL).groups()  # type: ignore[union-attr]
    written = "\\" + GREEK[stem] if stem in GREEK else stem if len(stem) == 1 else rf"\mathrm{{{_escaped(stem)}}}"
    return f"{written}_{{{digits}}}" if digits else written


def _escaped(text: str) -> str:
    return re.sub(r"[_%&#$ {}\\^~]", lambda sign: _SIGNS.get(sign[0], f"\\{sign[0]}"), text)


def _piece(graph: Graph, node: int, pieces: dict[int, Piece]) -> Piece:
    operator = graph.operators[node]
    if operator == VARIABLE:
        return symbol(str(graph.leaves[node])), ATOM
    if (literal := graph.value_of(node)) is not None:
        return _number(literal)
    operands = [pieces[operand] for operand in graph.operands[node]]
    text = _filled(operator, operands)
    return (text if len(text) <= LONGEST else r"\cdots"), _power(operator)


def _number(value: float) -> Piece:
    text = literal_text(value)
    return number(text), precedence.PRODUCT if "e" in text else precedence.NEGATION if value < 0 else ATOM


def number(text: str) -> str:
    """A number as LaTeX writes it: 1.5e-7 is 1.5 times a power of 10."""
    if text.startswith(("10^", "-10^")):  # a number whose exponent has too many digits
        return text.replace("(", "{").replace(")", "}")
    mantissa, mark, exponent = text.partition("e")
    return SPECIAL.get(text.lower()) or (rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if mark else mantissa)


def prose(text: str) -> str:
    """Words between formulas, nothing of which LaTeX takes for a command."""
    return "".join(_PROSE.get(sign, sign) for sign in text)


def _filled(operator: str, operands: list[Piece]) -> str:
    """The operator's template with its operands in the holes."""
    row = OPERATORS[operator]
    if not row.signature:
        return row.latex or operator
    template = row.latex or rf"\operatorname{{{_escaped(operator)}}}\left(#*\right)"
    return _HOLE.sub(lambda hole: _operand(operator, template, hole, operands), template)


def _operand(operator: str, template: str, hole: re.Match[str], operands: list[Piece]) -> str:
    if hole[1] == "*":
        return ", ".join(text for text, _ in operands)
    position = int(hole[1]) - 1
    text, power = operands[position]
    enclosed = template[: hole.start()].endswith(("{", "(", "|")) and not template[hole.end() :].startswith("}^")
    notation = NOTATIONS.get(operator)
    if enclosed or "cases" in template:
        return text
    demanded = ATOM if notation is None or operator == "pow" else _demanded(notation, position)
    return text if power >= demanded and not (position and text[0] == "-") else rf"\left({text}\right)"


def _demanded(notation: Notation, position: int) -> int:
    """The power that an operand of an infix or prefix operator must have to stand without parentheses."""
    if position or not notation.left:
        return notation.right
    return notation.left + (notation.left == precedence.COMPARISON)


def _power(operator: str) -> int:
    """How tightly the text of an operator binds."""
    notation, template = NOTATIONS.get(operator), OPERATORS[operator].latex
    if notation is not None and operator not in ("div", "pow"):
        return notation.left or notation.right
    if re.search(r"\} [+-] ", template) and not template.startswith((r"\frac", r"\ln")):
        return precedence.SUM
    closed = (
        template.endswith((")", r"\right|", "floor", "ceil")) or template.startswith(r"\sqrt") or "#" not in template
    )
    return ATOM if closed else precedence.IMPLICIT_PRODUCT
