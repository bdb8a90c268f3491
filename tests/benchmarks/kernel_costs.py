"""What gradcli's engines cost: a gradient against a value, one thread against two, and making the engine."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from statistics import median

import numpy as np
from contest import pin, race, ratio, seconds, table
from heading import cores
from peers.ours import ENGINES, Gradcli, formula_of
from problems import PROBLEMS, Problem
from texts import long_sum

from gradcli.compiler.columns import Compiled
from gradcli.language import parse
from gradcli.rewriting.formula import Formula, formula

OPERATIONS = 1000
"""Of the long formula whose compilation is timed, before it is differentiated."""

Line = tuple[str, ...]
Pair = Mapping[str, Callable[[], object]]


def gradient_costs(length: int, rounds: int) -> str:
    """A table of the value alone against value and gradient."""
    header = ("Gradient against value", "value, ns/row", "with gradient, ns/row", "÷ value")
    return table(*header, rows=_lines(_value_and_gradient, length, rounds))


def thread_times(length: int, rounds: int) -> str:
    """A table of one thread against two, on two cores; every call gets new memory for its columns."""
    pin(2)
    header = (f"Threads, {cores()}", "one, ns/row", "two, ns/row", "÷ one")
    return table(*header, rows=_lines(_one_and_two, length, rounds))


def compile_times(rounds: int) -> str:
    """A table of making an engine and asking it for one row, once its library is loaded; the gradient is given."""
    header = ("Making an engine", "operations", "ms", "ms/operation")
    return table(*header, rows=(_making(*each, rounds) for each in product(ENGINES, _formulas().items())))


def _lines(pairs: Callable[[Gradcli, Problem, int], Iterator[Pair]], length: int, rounds: int) -> Iterator[Line]:
    """A line for each engine, problem and way to ask."""
    for engine, problem in product(ENGINES, PROBLEMS):
        for way, pair in zip(("rows", "sums"), pairs(engine, problem, length), strict=True):
            yield f"{engine.NAME}, {problem.name}, {way}", *_compared(pair, length, rounds)


def _compared(pair: Pair, length: int, rounds: int) -> Line:
    for work in pair.values():
        work()
    times = race(pair, rounds)
    first, second = pair
    each = (f"{median(times[name]) / length * 1e9:.2f}" for name in pair)
    return *each, f"{ratio(times, second, first):.2f}"


def _value_and_gradient(engine: Gradcli, problem: Problem, length: int) -> Iterator[Pair]:
    columns, outputs = problem.columns(length), problem.outputs(length)
    yield {
        "value": engine.rows(problem, columns, outputs[:1], slopes=False),
        "both": engine.rows(problem, columns, outputs),
    }
    yield {
        "value": engine.sums(problem, columns, slopes=False),
        "both": engine.sums(problem, columns),
    }


def _one_and_two(engine: Gradcli, problem: Problem, length: int) -> Iterator[Pair]:
    columns = dict(zip(problem.variables, problem.columns(length), strict=True))
    program = parse(problem.text)
    wrt = {name: program.variables[name] for name in problem.wrt}
    one, two = (Compiled(program, wrt, engine=engine.NAME.split()[-1], threads=threads) for threads in (1, 2))
    yield {"one": lambda: one.rows(columns, length), "two": lambda: two.rows(columns, length)}
    yield {"one": lambda: one.sums(columns, length), "two": lambda: two.sums(columns, length)}


def _formulas() -> dict[str, tuple[Formula, frozenset[str]]]:
    """What to make engines of."""
    program = parse(long_sum(OPERATIONS))
    problems = {problem.name: (formula_of(problem), frozenset(problem.uniform)) for problem in PROBLEMS}
    return {**problems, "a long sum": (formula(program, program.variables), frozenset())}


def _making(engine: Gradcli, named: tuple[str, tuple[Formula, frozenset[str]]], rounds: int) -> Line:
    name, (it, uniform) = named
    columns = [1.0 if variable in uniform else np.ones(1) for variable in it.variables]
    outputs = [np.empty(1) for _ in it.outputs]
    took = median(seconds(lambda: engine.make(it, uniform).rows(columns, outputs)) for _ in range(rounds)) * 1e3
    return f"{engine.NAME}, {name}", str(it.operations), f"{took:.1f}", f"{took / it.operations:.3f}"
