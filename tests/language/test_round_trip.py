"""Printing and parsing agree: parse ∘ print is the identity, and no pair of parentheses could be left out."""

from collections.abc import Callable
from itertools import count
from math import fabs, isfinite, isnan

from doubles import doubles
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from structure import same

from gradcli.errors import GradcliError, Source
from gradcli.evaluate.scalar import evaluate
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.language import Program, parse
from gradcli.language.notation import expression_text, expression_texts, program_text
from gradcli.operators.table import OPERATORS

CONSTANTS = [name for name, row in OPERATORS.items() if not row.signature]
OPERATIONS = [name for name, row in OPERATORS.items() if row.signature]
SYMBOLS = [name for name in OPERATIONS if OPERATORS[name].notation]
VARIABLES = ["x", "y", "x1", "μ", "größe", "x̂", "sin", "e", "if", "a b", "1st", "xⁿ", "ﬁ", "_z", "np"]
numbers = doubles().filter(isfinite).map(abs) | st.sampled_from([0.0, 1.0, 2.0, 0.5, 1e22])


@st.composite
def programs(draw: st.DrawFn, operations: list[str] = OPERATIONS, most: int = 9) -> Program:
    """A graph of operators of the table, some of its nodes named, in no more than `most` operations."""
    graph, fresh = Graph(), count(1)
    definitions: dict[str, int] = {}
    nodes = [draw(leaves(graph, definitions, fresh)) for _ in range(draw(st.integers(1, 4)))]
    for _ in range(draw(st.integers(0, most))):
        operator = draw(st.sampled_from(operations))
        row = OPERATORS[operator]
        arity = draw(st.integers(1, 3)) if row.variadic else len(row.operands)
        node = graph.node(operator, tuple(draw(st.sampled_from(nodes)) for _ in range(arity)))
        nodes.append(node)
        if node not in graph.names and draw(st.integers(0, 4)) == 0 and not literal(graph, node):
            graph.names[node] = f"n{next(fresh)}"
            definitions[graph.names[node]] = node
    output = nodes[-1]
    needed = reachable(graph, [output])
    variables = {name: node for name, node in graph.variables().items() if node <= output and needed[node]}
    name = graph.names.get(output, "f")
    return Program(Source(""), graph, output, name, definitions, variables, (), len(graph))


def leaves(graph: Graph, definitions: dict[str, int], fresh: "count[int]") -> st.SearchStrategy[int]:
    """A variable, a number, a constant with a name of its own, or one of the table's."""

    def named(value: float) -> int:
        name = f"n{next(fresh)}"
        definitions[name] = graph.named_constant(name, value)
        return definitions[name]

    return st.one_of(
        st.sampled_from(VARIABLES).map(graph.variable),
        numbers.map(graph.constant),
        st.one_of(numbers, numbers.map(lambda number: -number)).map(named),
        st.sampled_from(CONSTANTS).map(lambda name: graph.node(name, ())),
    )


def literal(graph: Graph, node: int) -> bool:
    """Whether a definition of this node would make a number with a name of it."""
    return graph.operators[node] == "neg" and graph.value_of(graph.operands[node][0]) is not None


@given(programs())
@examples(600)
def test_parsing_what_was_printed_gives_the_same_program(program: Program) -> None:
    text = program_text(program)
    again = parse(text)
    assert same(program, again), text
    assert program_text(again) == text


@given(programs(operations=SYMBOLS))
@examples(400)
def test_operators_with_symbols_survive_printing(program: Program) -> None:
    assert same(program, parse(program_text(program))), program_text(program)


@given(programs(operations=SYMBOLS, most=6))
@examples(300)
def test_no_parentheses_could_be_left_out(program: Program) -> None:
    text = program_text(program)
    for opening, closing in pairs(text):
        shorter = f"{text[:opening]}{text[opening + 1 : closing]}{text[closing + 1 :]}"
        assert not reads_as(shorter, program), f"{text} could be {shorter}"


def pairs(text: str) -> list[tuple[int, int]]:
    """The parentheses that group, not those of a call, and not inside a name in back-ticks."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for at, character in enumerate(text):
        if character == "(":
            opened.append(at)
        elif character == ")":
            opening = opened.pop()
            if not (opening and text[opening - 1].isalnum()):
                found.append((opening, at))
    return found


def reads_as(text: str, program: Program) -> bool:
    """Whether a text is this program."""
    try:
        return same(parse(text), program)
    except GradcliError:
        return False


# -- texts that people write, against Python's own reading of them

# Floats throughout: a tower of whole numbers would keep Python busy for ever.
atoms = st.sampled_from(["x", "y", "z", "2.0", "3.0", ".5", "1e1", "(x)", "abs(y)", "min(x, 2.0)", "max(y, z)"])
signs = st.sampled_from(["", "", "-", "--"])
infix = st.sampled_from([" + ", " - ", "*", "/", "**", "**-", "%", "+", "-", " * -"])
comparisons = st.sampled_from([" < ", " <= ", " > ", " >= ", " == ", " != "])


def chains(operand: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Operands joined by operators, or put in parentheses, or chosen by a condition."""
    pieces = st.lists(st.tuples(infix, operand), min_size=1, max_size=4)
    joined = st.builds(lambda sign, head, tail: sign + head + "".join(a + b for a, b in tail), signs, operand, pieces)
    condition = st.builds(lambda left, sign, right: left + sign + right, operand, comparisons, operand)
    both = st.builds(
        lambda left, word, right: f"{left} {word} {right}", condition, st.sampled_from(["and", "or"]), condition
    )
    negated = st.builds("not {}".format, condition)
    chosen = st.builds("({} if {} else {})".format, joined, condition | both | negated, joined)
    return st.one_of(joined, joined.map("({})".format), joined.map("abs({})".format), chosen)


python_texts = st.recursive(atoms, chains, max_leaves=12)
SPELLINGS: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: text.replace("**", "^"),
    lambda text: text.replace("**", "^").replace("*", "×").replace("/", "÷").replace("-", "−"),
    lambda text: text.replace(" ", "  ").replace(" (", "\t("),
]


@given(
    python_texts, st.sampled_from([-1.5, 0.0, 0.25, 2.0]), st.sampled_from([-3.0, 1.0, 4.0]), st.sampled_from(SPELLINGS)
)
@examples(500)
def test_arithmetic_has_the_value_that_python_gives(
    text: str, x: float, y: float, respell: Callable[[str], str]
) -> None:
    names = {"x": x, "y": y, "z": 7.0, "abs": fabs, "min": min, "max": max}
    try:
        expected = fabs(eval(text, {"__builtins__": {}}, names))
    except (ArithmeticError, TypeError):
        return  # Python raises, or goes over to complex numbers, where IEEE has an infinity or a NaN
    program = parse(respell(text))
    (value,) = evaluate(program.graph, [program.output], {"x": x, "y": y, "z": 7.0})
    assert fabs(value) == expected or isnan(expected)


@given(programs())
@examples(300)
def test_texts_of_all_nodes_are_those_of_each(program: Program) -> None:
    graph = program.graph
    for limit in (5, 40, 100_000):
        assert [*expression_texts(graph, range(len(graph)), limit)] == [
            expression_text(graph, node, limit) for node in range(len(graph))
        ]
