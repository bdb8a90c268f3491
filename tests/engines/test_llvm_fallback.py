"""Rows in which machine code would not be right have the numbers of the scalar interpreter; the others do not wait."""

import math

import numpy as np
import pytest

from gradcli.compiler.engine import REDUCTION
from gradcli.compiler.llvm import LlvmEngine, llvm_engine
from gradcli.evaluate.scalar import evaluate
from gradcli.language.program import parse
from gradcli.rewriting.formula import Formula, formula


def made(text: str, wrt: str) -> Formula:
    program = parse(text)
    return formula(program, {name: program.variables[name] for name in wrt.split()})


LOG_GAMMA = made("a*lgamma(x)", "a x")


def scalar(it: Formula, **point: float) -> list[float]:
    return [float(number) for number in evaluate(it.graph, list(it.outputs.values()), point)]


def test_a_row_beyond_machine_code_is_the_interpreters_bit_by_bit() -> None:
    x = np.array([0.5, -2.5, 7.0, -0.504083, -1e-300, -3.0, math.nan, 2.0, 3.0, -1e9 - 0.25])
    outputs = [np.empty(len(x)) for _ in LOG_GAMMA.outputs]
    columns = [2.0 if name == "a" else x for name in LOG_GAMMA.variables]
    llvm_engine(LOG_GAMMA, frozenset("a")).rows(columns, outputs)
    rows = np.array(outputs).T[x < 0]
    np.testing.assert_array_equal(rows, [scalar(LOG_GAMMA, a=2.0, x=number) for number in x[x < 0].tolist()])


def test_rows_and_sums_with_a_few_such_rows_in_a_long_table() -> None:
    x = np.random.default_rng(1).uniform(0.1, 9.0, 2 * REDUCTION + 11)
    rare = [0, 8, REDUCTION - 1, REDUCTION, len(x) - 1]
    x[rare] = [-0.5, -1.5, -2.25, -0.125, -7.75]
    engine, outputs = llvm_engine(LOG_GAMMA, frozenset("a")), [np.empty(len(x)) for _ in LOG_GAMMA.outputs]
    columns = [2.0 if name == "a" else x for name in LOG_GAMMA.variables]
    engine.rows(columns, outputs)
    for row in rare:
        assert [float(output[row]) for output in outputs] == scalar(LOG_GAMMA, a=2.0, x=float(x[row]))
    sums = [math.fsum(partial) for partial in engine.sums(columns, len(x))]
    assert sums == pytest.approx([math.fsum(output) for output in outputs], rel=2**-52)


def test_a_uniform_variable_decides_for_every_row() -> None:
    it = made("x*digamma(a)", "x")
    outputs = [np.empty(20) for _ in it.outputs]
    x = np.linspace(0, 1, 20)
    llvm_engine(it, frozenset("a")).rows([-0.5 if name == "a" else x for name in it.variables], outputs)
    assert outputs[1].tolist() == [scalar(it, a=-0.5, x=0.0)[1]] * 20


@pytest.mark.parametrize("text", ["digamma(2.5)*x", "exp(x)"])
def test_what_can_have_no_such_row_is_machine_code_alone(text: str) -> None:
    assert isinstance(llvm_engine(made(text, "x"), frozenset()), LlvmEngine)


def test_an_operator_out_of_reach_in_an_arm_not_taken() -> None:
    it = made("where(x > 0, digamma(x), x)", "")
    (value,) = outputs = [np.empty(4)]
    llvm_engine(it, frozenset()).rows([np.array([1.0, -2.0, -0.5, 3.0])], outputs)
    assert value[1:3].tolist() == [-2.0, -0.5]
    assert value[[0, 3]] == pytest.approx([scalar(it, x=1.0)[0], scalar(it, x=3.0)[0]], rel=1e-15)
