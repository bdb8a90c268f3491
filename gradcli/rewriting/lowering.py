"""A formula in the operators that an engine has.

Depends on the operator table for definitions. What an engine has is native; every other operator becomes the engine's
own expansion of it, or its row's definition. Equal nodes meet in the new graph, whatever they were expanded from.
"""

from collections.abc import Callable, Container, Mapping
from functools import partial, reduce
from types import MappingProxyType

from gradcli.graph.graph import CONSTANT, Graph
from gradcli.graph.simplify import simplified
from gradcli.graph.walk import interpret
from gradcli.language.program import parse_template
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.common_denominator import brought_together
from gradcli.rewriting.formula import Formula, with_variables
from gradcli.rewriting.negations import REWRITES

Build = Callable[..., int]
Expansions = Mapping[str | tuple[str, float], str]

NOTHING: Mapping[str, str] = MappingProxyType({})
POWERS: Expansions = {
    ("pow", -2.0): "(1/x)*(1/x)",
    ("pow", -1.0): "1/x",
    ("pow", 2.0): "x*x",
    ("pow", 3.0): "x*x*x",
    ("pow", 4.0): "(x*x)*(x*x)",
}
"""Powers that are products; as right as pow itself, and many times faster."""

ALONE = {"hypot": "abs"}
"""What an operator of any number of operands makes of one alone, where that is not the operand itself."""
MENDED = "mended "
"""Begins the name of an operator that mends what an expansion gives."""


def definitions(*operators: str) -> dict[str | tuple[str, float], str]:
    """The definitions of rows, where they are right on an engine although the scalar interpreter has a kernel."""
    return {operator: OPERATORS[operator].definition for operator in operators}


class UnsupportedOperator(Exception):  # noqa: N818 - a word to the caller, which goes on with another engine
    """An engine has no meaning for an operator, nor has its row a definition."""


def lowered(
    formula: Formula,
    native: Container[str],
    expansions: Expansions,
    rare: Mapping[str, str] = NOTHING,
    reflected: Mapping[str, str] = NOTHING,
) -> Formula:
    """The same formula over native operators alone, each of at most as many operands as its row names.

    expansions  operator → its meaning in gradcli's language, over the operands of its row, where that is to be
                taken before the definition; (operator, number) → the same where the last operand is that literal
    rare        operator → the condition under which what is taken for it is not right: the engine mends the result,
                for which it meets the operator "mended OPERATOR" of the result, the condition and the operands
    reflected   operator f → the meaning of f(x)*f(-x), for what has that slope

    Raises UnsupportedOperator.
    """
    lowering = _Lowering(native, expansions, rare, reflected)
    old = formula.graph

    def leaf(node: int) -> int:
        text = old.leaves[node]
        is_constant = old.operators[node] == CONSTANT
        return lowering.graph.constant(float(text)) if is_constant else lowering.graph.variable(str(text))

    nodes = interpret(old, formula.needed, lowering, leaf)
    return with_variables(lowering.graph, {name: nodes[node] for name, node in formula.outputs.items()})


def _refused(operator: str, *_operands: int) -> int:
    raise UnsupportedOperator(operator)


class _Lowering(dict[str, Build]):
    """Operator → the function that appends its meaning to the new graph, found when first asked for."""

    def __init__(
        self, native: Container[str], expansions: Expansions, rare: Mapping[str, str], reflected: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.graph, self.native, self.rare, self.reflected = Graph(), native, rare, reflected
        self.origins: dict[int, tuple[str, int]] = {}
        self.expansions: Expansions = {**POWERS, **expansions}
        self.by_literal = {key[0] for key in self.expansions if isinstance(key, tuple)}

    def __missing__(self, operator: str) -> Build:
        row = OPERATORS[operator]
        build = self.native_node(operator) if operator in self.native else self.expansion(operator)
        if operator in self.rare:
            build = self.mended(operator, build)
        if operator in self.by_literal:
            build = self.literal(operator, build)
        if operator in self.reflected:
            build = self.remembered(operator, build)
        if operator == "mul" and self.reflected:
            build = self.product(build)
        self[operator] = self.chain(operator, build) if row.variadic else build
        return self[operator]

    def native_node(self, operator: str) -> Build:
        """An operator as it is."""
        rewrite = REWRITES.get(operator)

        def node(*operands: int) -> int:
            found = rewrite(self.graph, operator, operands) if rewrite else None
            made = simplified(self.graph, operator, operands) if found is None else found
            return brought_together(self.graph, made)

        return node

    def expansion(self, operator: str) -> Build:
        """An operator as what it means in terms of others."""
        row = OPERATORS[operator]
        text = self.expansions.get(operator, row.definition)
        if not text:
            return partial(_refused, operator)
        names = ("x", "y") if row.variadic else row.operands
        return self.put(text, names)

    def put(self, text: str, names: tuple[str, ...]) -> Build:
        """A text as a function of its names."""
        meaning = parse_template(text, names)
        return lambda *operands: meaning.put(self.graph, operands, self.build)

    def mended(self, operator: str, build: Build) -> Build:
        """An operator, and where it is not right, a node that says so."""
        row = OPERATORS[operator]
        condition = self.put(self.rare[operator], ("x", "y") if row.variadic else row.operands)

        def mend(*operands: int) -> int:
            rare = condition(*operands)
            if self.graph.value_of(rare) == 0.0:
                return build(*operands)
            return self.graph.node(MENDED + operator, (build(*operands), rare, *operands))

        return mend

    def build(self, _graph: Graph, operator: str, operands: tuple[int, ...], _start: int, _end: int) -> int:
        """A step of an expansion, which may need expanding in its turn."""
        return self[operator](*operands)

    def chain(self, operator: str, build: Build) -> Build:
        """An operator of any number of operands, two by two."""
        alone = self[ALONE[operator]] if operator in ALONE else None
        return lambda *operands: alone(*operands) if alone and len(operands) == 1 else reduce(build, operands)

    def remembered(self, operator: str, build: Build) -> Build:
        """An operator of one operand of which it is kept what it was."""

        def noted(operand: int) -> int:
            node = build(operand)
            self.origins[node] = operator, operand
            return node

        return noted

    def product(self, build: Build) -> Build:
        """A product that may be one of f(x) and f(-x)."""

        def multiplied(left: int, right: int) -> int:
            (f, x), (g, y) = self.origins.get(left, ("", left)), self.origins.get(right, ("", right))
            if f and f == g and simplified(self.graph, "neg", (x,)) == y:
                return self.put(self.reflected[f], ("x",))(x)
            return build(left, right)

        return multiplied

    def literal(self, operator: str, general: Build) -> Build:
        """An operator whose last operand may be a literal of which more is known."""
        names = OPERATORS[operator].operands[:-1]

        def chosen(*operands: int) -> int:
            text = self.expansions.get((operator, self.graph.value_of(operands[-1]) or 0.0))
            return self.put(text, names)(*operands[:-1]) if text else general(*operands)

        return chosen
