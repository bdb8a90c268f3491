"""The operators in JavaScript, run by node, are those of Python; what has no JavaScript is told when it is generated."""

import json
import math
import random
import re
import shutil
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from pathlib import Path
from types import ModuleType

import kernel_cases
import measure
import pytest
from rows import ROWS

from gradcli.derivatives import differentiate
from gradcli.emit.javascript import UntranslatableError, kernels
from gradcli.emit.javascript.operators import composite
from gradcli.emit.javascript.pieces import needed, plain
from gradcli.emit.javascript.statements import function
from gradcli.evaluate.scalar import MEANINGS, evaluate
from gradcli.kernels import fixed_point
from gradcli.language import parse
from gradcli.operators.table import OPERATORS

node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
ARITHMETIC = ("add", "sub", "mul", "div", "neg", "pow", "abs", "sqrt", "max", "where")


@node
def test_every_operator_is_within_4_doubles_of_python() -> None:
    program = kernel_cases.script(OPERATORS) + f"write(KERNEL_CASES.compared(KERNELS, INPUT, {kernel_cases.MOST}));"
    found = kernel_cases.in_node(program, stdin=kernel_cases.made())
    assert {result["operator"] for result in found} == {*OPERATORS}
    assert [(result["operator"], *result["apart"][:3]) for result in found if result["apart"]] == []


@node
@pytest.mark.parametrize(
    ("wrong", "value"),
    [("-0", 0.0), ("0", -0.0), ("5e-324", 0.0), ("Infinity", 1.7976931348623157e308), ("NaN", 1.0), ("1", math.nan),
     ("1.0000000000000013", 1.0), ("1n", 1.0), ("-Infinity", math.inf)],
)  # fmt: skip
def test_the_comparison_sees(wrong: str, value: float) -> None:
    case = json.dumps([{"operator": "f", "arity": 0, "operands": "", "values": kernel_cases.packed([value])}])
    compared = f"KERNEL_CASES.compared({{f: () => {wrong}}}, INPUT, {kernel_cases.MOST})"
    assert kernel_cases.in_node(f"{kernel_cases.CHECKER.read_text()}write({compared});", stdin=case)[0]["apart"]


@node
def test_a_graph_and_its_gradient_are_computed_node_by_node() -> None:
    program = parse("loss = gelu(w*x + b)^2 + logaddexp(x, lgamma(w)) + max(x, w, 0.5)*atan2(b, x) - pi")
    graph, bound = program.graph, {"w": 2.3, "x": -0.7, "b": 0.4}
    wanted = [program.output, *differentiate(graph, program.output, list(program.variables.values())).gradient]
    leaves = {at: bound[leaf] if isinstance(leaf, str) else leaf for at, leaf in graph.leaves.items()}
    given = {"operators": graph.operators, "operands": graph.operands, "leaves": leaves, "wanted": wanted}
    loop = """
    const values = [];
    INPUT.operators.forEach((name, at) => values.push(
      at in INPUT.leaves ? INPUT.leaves[at] : KERNELS[name](...INPUT.operands[at].map(operand => values[operand]))));
    write(INPUT.wanted.map(at => values[at]));
    """
    used = [name for at, name in enumerate(graph.operators) if at not in leaves]
    got = kernel_cases.in_node(kernels(used) + loop, stdin=json.dumps(given))
    assert got == pytest.approx(evaluate(graph, wanted, bound), rel=1e-14)


@node
def test_a_definition_does_for_an_operator_without_a_kernel() -> None:
    rows = [row for row in ROWS if row.definition]
    drawn = {row.name: list(measure.draws(row, 5)) for row in rows}
    text = ",".join(f'"{row.name}":{composite(row)}' for row in rows)
    program = "".join(needed([text])) + f"const defined = {{{plain(text)}}};"
    answer = "write(Object.fromEntries(Object.entries(INPUT).map(([k, v]) => [k, v.map(x => defined[k](...x))])));"
    got = kernel_cases.in_node(program + answer, stdin=json.dumps(drawn))
    for name, points in drawn.items():
        assert got[name] == pytest.approx([MEANINGS[name](*point) for point in points], rel=1e-9, abs=1e-12), name


@pytest.mark.parametrize(("operators", "most"), [(ARITHMETIC, 1000), (OPERATORS, 48_000)], ids=["few", "all"])
def test_a_page_stays_small(operators: Sequence[str], most: int) -> None:
    assert len(kernels(operators).encode()) < most


def test_a_page_has_no_more_than_it_needs() -> None:
    text = kernels(["mul", "max", "mul"])
    assert re.findall(r"const ([\w$]+)", text) == ["KERNELS", "operator$mul", "arithmetic$greatest"]
    assert text.splitlines()[-2:] == ['return {"mul":operator$mul,"max":arithmetic$greatest};', "})();"]


def test_a_page_is_plain_javascript() -> None:
    text = kernels(OPERATORS)
    assert not re.search(
        r"//|\beval\b|\bFunction\b|\bimport\b|\brequire\b|\bfetch\b|\bMath\.random\b|^\s", text, re.MULTILINE
    )


def test_an_operator_that_does_not_exist_is_told() -> None:
    with pytest.raises(KeyError, match="haversine"):
        kernels(["add", "haversine"])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return math.gamma(x)", "math.gamma has no JavaScript: write math$gamma into library.js"),
        ("return x.hex()", "float.hex has no JavaScript"),
        ("return x % 2.0", "'x' Mod '2': no JavaScript"),
        ("return x // 2.0", "'x' FloorDiv '2': no JavaScript"),
        ("return x or 1.0", "gives one of its operands"),
        ("return 1", None),
        ("return x > 0", "is of kind bool, where float is wanted"),
        ("return math.ldexp(1.0, x)", "is of kind float, where int is wanted"),
        ("n = 1\n    n += x\n    return n", "is of kind float, where int is wanted"),
        ("try:\n        return 1/x\n    except ZeroDivisionError:\n        return 0.0", "no JavaScript for Try"),
        ("return (lambda y: y)(x)", "is no function of a module"),
        ("return max(x, 1.0, key=x)", "no JavaScript for such operands"),
        ("return float(unknown)", "has no unknown"),
        ("return sum(n for n, _ in zip([1], [2])) / 1", "zip without strict=True"),
        ("return 1.0 if int(x) < x else 0.0", "an int and a float"),
        ("max = x\n    return max(x, 1.0)", "no function of a module"),
        ("return [x, 1.0][::-1][0]", "no JavaScript for this slice"),
        ("return x if x is not None else 0.0", "'None': there is no JavaScript for this constant"),
        ("a, *b = (x, 1, 2)\n    return a", "3 values do not fit 2 names"),
        ("a = 1.0\n    b = 1\n    a = b = 2\n    return a", "assigns to names of two kinds"),
        ("return sum(n*m for n in [1] for m in [2]) / 1", "what it has beside its loop"),
        ("return math.copysign(*[x, x])", "operands that are taken apart"),
        ('return float("1")', "no JavaScript for this constant"),
        ("return -x if not x else ~1 / 1", "no JavaScript for this operator"),
        ("return x**2.0", "'x' Pow '2': no JavaScript"),
        ("return math.ldexp(x, y=1)", "operands by name"),
        ("while x > 1.0:\n        x -= 1.0\n    else:\n        x = 0.0\n    return x", "the else of a loop"),
        ("return {1: x}[1]", "no JavaScript for Dict"),
        ("with x:\n        return x", "no JavaScript for With"),
        ("x = 1\n    return x", None),
    ],
)
def test_what_cannot_be_translated_is_an_error_and_no_code(tmp_path: Path, body: str, said: str | None) -> None:
    module = written(tmp_path, f"import math\n\ndef kernel(x: float) -> float:\n    {body}\n")
    if said is None:
        assert function(module, "kernel").startswith("x=>")
        return
    with pytest.raises(UntranslatableError, match=re.escape(said)) as told:
        function(module, "kernel")
    assert "kernel" in str(told.value)


SUBSET = """
import math


def floored(x: float, y: float) -> float:
    a, b = int(x), int(y)
    if not b:
        return a / 1
    quotient, rest = divmod(a, b)
    return 1000.0 * ((a // b) / 1) + (a % b) / 1 if quotient * b + rest == a and rest == a % b else math.nan


def divided(x: float, y: float) -> float:
    (a, b), (c, d) = x.as_integer_ratio(), y.as_integer_ratio()
    return (a * d) / (b * c) if c and abs(y) > 1e-300 and abs(x) < 1e8 else x


def shifted(x: float, y: float) -> float:
    a, n = int(x), abs(int(y)) % 70
    return ((a << n >> 3) % 2**90) / 3 if a > 0 else (a >> n) / 7


def rounding(x: float, y: float) -> float:
    return (round(x) - round(y)) / 1 + (-int(x)).bit_length() / 1


def parts(x: float, y: float) -> float:
    mantissa, k = math.frexp(x)
    return math.ldexp(mantissa, k + int(min(max(y, -1100.0), 0.0)))


def truths(x: float, y: float) -> float:
    both, n = bool_of(x, y), int(x)
    if x and not y or n and both:
        return 1.0
    return 2.0 if not (x and y) else 3.0 if -2 < x <= y < 8 else 4.0 if x in (2.5, -3.5) else 5.0


def loops(x: float, y: float) -> float:
    terms = [n * n for n in range(1, 9)]
    terms.append(int(x))
    terms[2] = total = 7
    for place, (this, after) in enumerate(zip(terms, [*terms[1:], 0], strict=True), start=2):
        if place > 6:
            break
        elif place % 2:
            total -= this - after
        else:
            total += place * terms[-1]
    let: int = 1000
    while let := let // 3:
        total += let
    return total / len(terms) + sum(-n for n in reversed(terms)) / 1


def sums(x: float, y: float) -> float:
    return math.fsum((x, y, 1e-30, -x, 1e16, 3.0, -1e16)) + math.isqrt(abs(int(x)) + 2**100) / math.factorial(7)


def signs(x: float, y: float) -> float:
    return math.copysign(x, y) + math.fmod(x, 2.0) + math.prod(range(1, 9, 2)) / -1
"""
NUMBERS = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    1.5,
    2.5,
    -3.5,
    7.0,
    -7.0,
    63.0,
    1e15 + 0.5,
    -123456789.0,
    5e-324,
    -1e-310,
    1e300,
    2.0**70,
)


@node
def test_whole_numbers_and_words_mean_what_they_do_in_python(tmp_path: Path) -> None:
    module = written(tmp_path, SUBSET.replace("bool_of(x, y)", "x > y"))
    kernels_of = {name: kernel for name, kernel in vars(module).items() if callable(kernel)}
    text = ",".join(f"{name}:{function(module, name)}" for name in kernels_of)
    points = list(product(NUMBERS, repeat=2))
    each = "Object.entries(those).map(([name, kernel]) => [name, INPUT.map(([x, y]) => String(kernel(+x, +y)))])"
    program = (
        f'"use strict";{"".join(needed([text]))}const those = {{{plain(text)}}};write(Object.fromEntries({each}));'
    )
    found = kernel_cases.in_node(program, stdin=json.dumps([list(map(repr, point)) for point in points]))
    for name, kernel in kernels_of.items():
        for point, got in zip(points, found[name], strict=True):
            assert float(got) == pytest.approx(kernel(*point), rel=0, abs=0, nan_ok=True), (name, point)


@node
def test_a_quotient_of_whole_numbers_is_rounded_once() -> None:
    source = random.Random(1)
    pairs = [
        (source.getrandbits(source.randrange(1, 1200)), source.getrandbits(source.randrange(1, 1200)) + 1)
        for _ in range(3000)
    ]
    pairs += [(m + half, 2 ** (1074 + k)) for m in (0, 1, 2**53 - 1, 2**52) for half in (0, 1) for k in (-1, 0, 1, 2)]
    pairs += [(2 * n + 1, 2**1075) for n in (0, 1, 2, 2**52 - 1, 2**52, 2**53 - 1)] + [
        (2**1024 - 2**970 - i, 1) for i in (0, 1)
    ]
    program = (
        "".join(needed(["fixed_point$ratio"]))
        + "write(INPUT.map(([x, y]) => String(fixed_point$ratio(BigInt(x), BigInt(y)))));"
    )
    found = kernel_cases.in_node(program, stdin=json.dumps([list(map(str, pair)) for pair in pairs]))
    assert list(map(float, found)) == [fixed_point.ratio(*pair) for pair in pairs]


def written(folder: Path, text: str) -> ModuleType:
    """A module of that text."""
    path = folder / "subset.py"
    path.write_text(text)
    spec = spec_from_file_location("subset", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
