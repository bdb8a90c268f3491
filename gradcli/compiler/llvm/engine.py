"""The engine: a formula's kernels, compiled when first needed and called on columns.

Depends on llvmlite, and on NumPy for the columns. What has a kernel in wide arithmetic and no form in
`lowerings` is not served, nor is what has an order: the forms that it takes may differ from row to row.
"""

import ctypes
from collections.abc import Sequence
from threading import Lock

import numpy as np

from gradcli.compiler.engine import REDUCTION, Array, Column, Engine, cut
from gradcli.compiler.llvm.emitters import EMITTERS
from gradcli.compiler.llvm.fallback import MARK, WithFallback, marked
from gradcli.compiler.llvm.jit import Function, compiled
from gradcli.compiler.llvm.libm import Library, host_library
from gradcli.compiler.llvm.loops import Kernel, rows_kernel, sums_kernel
from gradcli.compiler.lowerings import LLVM, is_composite
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import UnsupportedOperator, lowered

CONSTANTS = frozenset({"pi", "tau", "e", "inf", "nan"})
SHORT = 5_000
"""A text of so many lines is compiled thoroughly, in half a second at most; a longer one quickly, at 0.02 ms a line."""
MOST = 32_768
"""Of more operations, the numbers that a row keeps might not fit on a thread's stack."""
NATIVE = EMITTERS.keys() | CONSTANTS


def llvm_engine(formula: Formula, scalars: frozenset[str], library: Library | None = None) -> Engine:
    """The engine of a formula in which the variables `scalars` are numbers. Raises UnsupportedOperator."""
    _check(formula)
    whole = marked(lowered(formula, NATIVE, LLVM))
    _check(whole)
    machine = LlvmEngine(whole, list(formula.variables), scalars, library or host_library())
    return WithFallback(machine, formula) if MARK in whole.outputs else machine


def serves(operator: str) -> bool:
    """Whether an operator comes out right: it has a form of its own here, or its definition is its only meaning."""
    return operator in NATIVE or operator in LLVM.formulas or is_composite(operator)


class LlvmEngine(Engine):
    """One lowered formula as machine code; `variables` are all that it is given, in order."""

    def __init__(self, formula: Formula, variables: Sequence[str], uniform: frozenset[str], library: Library) -> None:
        self.formula, self.library = formula, library
        self.uniforms = [name for name in variables if name in uniform]
        self.columns = [name for name in variables if name not in uniform]
        self.outputs = len(formula.outputs)
        self._functions: dict[Kernel, Function] = {}
        self._lock = Lock()

    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill the outputs."""
        length, width = len(outputs[0]), self.library.width
        if length >= width:
            self._ready(rows_kernel, columns)(_pointers(outputs), 0, length)
        elif length:
            wide = [np.empty(width) for _ in outputs]
            self._ready(rows_kernel, _padded(columns, width))(_pointers(wide), 0, width)
            for output, values in zip(outputs, wide, strict=True):
                output[:] = values[:length]

    def sums(self, columns: Sequence[Column], length: int) -> list[Sequence[float]]:
        """The partial sums of each output: of every lane of every block, and the few rows that make no vector."""
        width = self.library.width
        few = length % width
        sums = self._lanes(columns, length - few).reshape(self.outputs, -1)
        if few:
            last = self._lanes(_padded(cut(columns, length - few, length), width), width)
            sums = np.hstack([sums, last[:, 0, 0, :few]])
        return list(sums.tolist())

    def _lanes(self, columns: Sequence[Column], length: int) -> Array:
        """What whole vectors add up to: output by block by sum and rest by lane."""
        starts = range(0, length, REDUCTION)
        parts = np.empty((len(starts), self.outputs, 2, self.library.width))
        add = self._ready(sums_kernel, columns)
        for part, start in zip(parts, starts, strict=True):
            add(part.ctypes.data, start, min(start + REDUCTION, length))
        parts[:, :, 1][~np.isfinite(parts[:, :, 0])] = 0.0
        return parts.swapaxes(0, 1)

    def _ready(self, kernel: Kernel, columns: Sequence[Column]) -> Function:
        """A kernel that has its columns, and keeps them alive, and waits for results, start and stop."""
        uniforms = [column for column in columns if isinstance(column, float)]
        arrays = [column for column in columns if not isinstance(column, float)]
        given = (ctypes.c_double * len(uniforms))(*uniforms), _pointers(arrays)
        function = self._function(kernel)

        def run(*results_start_stop: object, _keeps_alive: object = arrays) -> None:
            function(*given, *results_start_stop)

        return run

    def _function(self, kernel: Kernel) -> Function:
        """A kernel, compiled by the first thread that asks for it."""
        with self._lock:
            if kernel not in self._functions:
                text = kernel(self.formula, self.uniforms, self.columns, self.library)
                self._functions[kernel] = compiled(text, thoroughly=text.count("\n") <= SHORT)
            return self._functions[kernel]


def _check(formula: Formula) -> None:
    """Raise UnsupportedOperator for what would not come out right."""
    graph = formula.graph
    operators = {graph.operators[node] for node, flag in enumerate(formula.needed) if flag and node not in graph.leaves}
    refused = [operator for operator in operators if not serves(operator)]
    if refused:
        raise UnsupportedOperator(min(refused))
    if formula.operations > MOST:
        raise UnsupportedOperator(f"{formula.operations:,} operations")


def _pointers(arrays: Sequence[Array]) -> "ctypes.Array[ctypes.c_void_p]":
    return (ctypes.c_void_p * len(arrays))(*[array.ctypes.data for array in arrays])


def _padded(columns: Sequence[Column], width: int) -> list[Column]:
    """Columns of as many rows as a vector has lanes; the last row is repeated."""
    return [
        column if isinstance(column, float) else np.concatenate([column, np.full(width - len(column), column[-1])])
        for column in columns
    ]
