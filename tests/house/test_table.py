"""The table is sound: every text in it is gradcli's language over known names, and every name is given once."""

import math
import re
from collections.abc import Iterator

import pytest
from measure import condition, inside

from gradcli.evaluate.scalar import MEANINGS, evaluate
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.operators.table import CALLABLE, CONSTANT, OPERATORS, ROWS

every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def texts(row: Operator) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every text of a row, and the names it may use."""
    operands, extra = row.operands, (("ties", "scaled", "scaled_result") if row.variadic else ())
    yield from ((partial, (*operands, "result", *extra)) for partial in row.partials)
    yield from ((text, (*operands, "result", *extra)) for tail in row.tails if tail for text in tail)
    yield row.definition, ("x", "y") if row.variadic else operands
    yield from ((text, (*operands, "result", *extra)) for text in (row.kink, row.tie, row.beside_zero))
    yield from ((text, (*operands, "result")) for text in row.textbook)
    yield row.domain, operands


@every_row
def test_every_text_is_an_expression_over_the_names_it_may_use(row: Operator) -> None:
    for text, allowed in texts(row):
        if text:
            assert set(parse(text, variables=allowed).variables) <= set(allowed), text


@every_row
def test_a_partial_and_a_sample_for_each_operand(row: Operator) -> None:
    arity = 1 if row.variadic else len(row.operands)
    assert len(row.partials) == arity
    assert len(row.tails) in (0, arity)
    assert len(row.sample) == arity or row.sample == OPERATORS["sin"].sample
    assert all(low < high for low, high in row.sample)


@every_row
def test_the_sample_lies_in_the_domain(row: Operator) -> None:
    if row.signature and not row.variadic and row.operands[0] != "n":
        corners = [tuple(interval[i] for interval in row.sample) for i in (0, 1)]
        assert inside(row, corners) == corners


@every_row
def test_only_what_can_tie_says_how(row: Operator) -> None:
    assert row.variadic or not (row.tie or row.beside_zero)


@every_row
def test_latex_names_each_operand(row: Operator) -> None:
    places = re.findall(r"#(\d|\*)", row.latex)
    assert not row.latex or set(places) == ({"*"} if row.variadic else {str(i + 1) for i in range(len(row.operands))})


@every_row
def test_the_doc_is_one_line(row: Operator) -> None:
    assert 0 < len(row.doc) < 100
    assert "\n" not in row.doc


@every_row
def test_what_has_operands_says_in_one_line_what_it_does_to_a_gradient(row: Operator) -> None:
    assert bool(row.backward) == bool(row.operands)
    assert len(row.backward) <= 100
    assert not re.search(r"\n|\.$", row.backward)


@pytest.mark.parametrize("row", [row for row in ROWS if row.operands], ids=lambda row: row.name)
def test_it_says_so_with_few_verbs_and_none_of_its_own_names(row: Operator) -> None:
    first, *_ = words = re.findall(r"[a-z]\w*", row.backward)
    assert row.backward.startswith(first)
    assert first in {"passes", "turns", "scales", "swaps", "gates", "routes", "saturates", "stops"}
    assert not {*words} & ({*row.operands} - {"a"})


def test_every_name_is_given_once() -> None:
    spoken = [name for row in ROWS for name in (row.aliases if row.notation else (row.name, *row.aliases))]
    assert len(spoken) == len(set(spoken)) == len(CALLABLE) + len(CONSTANT)
    assert len(OPERATORS) == len(ROWS)


def test_every_symbol_is_given_once_before_and_once_between_operands() -> None:
    written = [
        (symbol, row.notation.left == 0)
        for row in ROWS
        if row.notation
        for symbol in (row.notation.symbol, *row.notation.spellings)
    ]
    assert len(written) == len(set(written))


def test_symbols_are_not_callable_but_their_aliases_are() -> None:
    assert "add" not in CALLABLE
    assert "and" not in CALLABLE
    assert CALLABLE["pow"] == "pow"
    assert CALLABLE["ln"] == "log"


def test_every_operator_of_the_design_is_there() -> None:
    called = """where abs sign min max clip floor ceil round exp expm1 exp2 log log2 log10 log1p sqrt cbrt hypot sin cos
    tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh sinc xlogy logaddexp erf erfc gamma lgamma digamma sigmoid
    relu leaky_relu elu selu gelu silu softplus softsign mish hard_tanh step ln"""
    assert set(called.split()) <= set(CALLABLE)


@pytest.mark.parametrize(
    ("name", "value"),
    [("pi", math.pi), ("π", math.pi), ("tau", math.tau), ("τ", math.tau), ("e", math.e), ("inf", math.inf)],
)
def test_constants(name: str, value: float) -> None:
    assert MEANINGS[CONSTANT[name]]() == value


@pytest.mark.parametrize("name", sorted(set(CONSTANT.values())))
def test_the_definition_of_a_constant_is_its_value(name: str) -> None:
    definition = OPERATORS[name].definition
    if definition:
        program = parse(definition)
        assert repr(evaluate(program.graph, [program.output], {})[0]) == repr(MEANINGS[name]())


@pytest.mark.parametrize(
    ("operator", "point", "at_kink"),
    [
        ("abs", (0.0,), True), ("abs", (0.1,), False), ("relu", (0.0,), True), ("clip", (1.0, 0.0, 1.0), True),
        ("clip", (0.5, 0.0, 1.0), False), ("floor", (2.0,), True), ("floor", (2.5,), False), ("round", (2.5,), True),
        ("round", (2.0,), False), ("mod", (4.0, 2.0), True), ("mod", (4.5, 2.0), False), ("lt", (1.0, 1.0), True),
        ("leaky_relu", (0.0, 1.0), False), ("elu", (0.0, 1.0), False), ("elu", (0.0, 2.0), True),
        ("hard_tanh", (-1.0,), True), ("atan2", (0.0, -1.0), True), ("atan2", (0.0, 1.0), False),
        ("step", (0.0,), True), ("hypot", (0.0, 0.0), True),
    ],
)  # fmt: skip
def test_kinks(operator: str, point: tuple[float, ...], at_kink: bool) -> None:
    row = OPERATORS[operator]
    assert condition(row, row.kink)(point, MEANINGS[operator](*point)) is at_kink
