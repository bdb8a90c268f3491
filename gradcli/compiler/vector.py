"""A formula on vectors: one number of each output for every entry, by NumPy.

Depends on the engine of NumPy.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from gradcli.compiler.engine import Array
from gradcli.compiler.numpy.engine import blocks_engine
from gradcli.rewriting.formula import Formula

Vectors = Mapping[str, float | Sequence[float] | Array]


def vectorised(formula: Formula, scalars: frozenset[str], length: int) -> Callable[[Vectors], list[Array]]:
    """A function of the formula's variables by name, of which `scalars` are numbers and all others vectors of a length,
    to the outputs in their order."""
    engine = blocks_engine(formula, scalars)

    def outputs(given: Vectors) -> list[Array]:
        columns = [
            float(given[name]) if name in scalars else np.ascontiguousarray(given[name], float)  # type: ignore[arg-type]  # `scalars` are numbers
            for name in formula.variables
        ]
        found = [np.empty(length) for _ in formula.outputs]
        engine.rows(columns, found)
        return found

    return outputs
