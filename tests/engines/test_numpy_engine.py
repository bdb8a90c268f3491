"""What only the engine of NumPy has: forms of its own, operations passed over, and memory that fits."""

from collections.abc import Callable

import numpy as np
import pytest
from agreement import ulps
from mpmath import mp, mpf

from gradcli.compiler.columns import Compiled
from gradcli.compiler.engine import LINE, aligned
from gradcli.compiler.numpy.engine import CACHE, LONGEST, MEMORY, SHORTEST, Blocks, blocks_engine, rows_of_a_block
from gradcli.evaluate.scalar import MEANINGS
from gradcli.language import parse
from gradcli.rewriting.formula import formula

TRUTHS: dict[str, tuple[Callable[[mpf], mpf], float]] = {
    "gauss(x, 0.5)": (lambda x: mp.exp(-x * x / 2), 38.6),
    "gauss(x, 1)": (lambda x: mp.exp(-x * x), 27.3),
    "normal_cdf(x)": (lambda x: mp.erfc(-x / mp.sqrt(2)) / 2, 38.6),
    "erfc(x)": (mp.erfc, 27.3),
    "sigmoid(x)": (lambda x: 1 / (1 + mp.exp(-x)), 745.0),
    "softplus(x)": (lambda x: mp.log1p(mp.exp(x)), 745.0),
}
"""Formula → its truth, and how far from 0 it is tried."""


def rows(text: str, x: np.ndarray) -> np.ndarray:
    """A formula of x alone."""
    return Compiled(parse(text), {}, engine="blocks").rows({"x": x}, len(x))["f"]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("text", TRUTHS)
def test_forms_of_blocks_are_right(text: str) -> None:
    truth, reach = TRUTHS[text]
    source = np.random.default_rng(17)
    x = np.concatenate([source.uniform(-span, span, 1000) for span in (reach, reach / 8, 1.0, 0.1)])
    with mp.workdps(50):
        wanted = np.array([float(truth(mpf(number))) for number in x.tolist()])
    assert ulps(rows(text, x), wanted).max() <= 4


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 1.0])
@pytest.mark.parametrize(
    "text", ["where(x > 0, x, 2*x)", "where(x > 0, 1, 0)", "where(x > 0, x, 3)", "where(x > 0, -0, nan)"]
)
def test_rows_choose_each_for_itself(text: str, share: float) -> None:
    x = np.where(np.random.default_rng(3).random(5000) < share, 1.5, -0.0)
    one, other = (rows(text, np.array([number])).tobytes() for number in (1.5, -0.0))
    assert rows(text, x).tobytes() == b"".join(one if number > 0 else other for number in x.tolist())


@pytest.mark.parametrize(("x", "calls"), [([1.0, -2.0], 0), ([1.0, 4.0], 2)])
def test_a_condition_after_one_that_no_row_meets_is_not_computed(
    x: list[float], calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[float] = []

    def polygamma(_: float, x: float) -> float:
        called.append(x)
        return x

    monkeypatch.setitem(MEANINGS, "polygamma", polygamma)
    assert rows("x > 3 and polygamma(1, x) > 3", np.array(x)).tolist() == [0.0, float(x[1] > 3)]
    assert len(called) == calls


@pytest.mark.parametrize("bytes_a_row", [0, 8, 48, 122, 1000, 2**14, 2**15, 2**23])
def test_blocks_are_as_long_as_the_cache_allows(bytes_a_row: int) -> None:
    length = rows_of_a_block(bytes_a_row)
    assert LONGEST % length == 0
    assert length <= SHORTEST or length * bytes_a_row <= CACHE
    assert length <= 64 or length * bytes_a_row <= MEMORY
    assert length == LONGEST or 2 * length * bytes_a_row > min(CACHE, MEMORY) or length < SHORTEST


def test_buffers_are_kept_for_the_next_call() -> None:
    program = parse("sigmoid(x)*exp(x)")
    engine = blocks_engine(formula(program, program.variables), frozenset())
    assert isinstance(engine, Blocks)
    outputs = [np.empty(3), np.empty(3)]
    with engine.buffers() as taken:
        engine.rows([np.ones(3)], outputs)
    assert [kept is taken for kept in engine.idle] == [False, True]
    engine.rows([np.full(3, 2.0)], outputs)
    assert len(engine.idle) == 2
    assert outputs[0] == pytest.approx(np.exp(2) / (1 + np.exp(-2)))


@pytest.mark.parametrize("kind", [float, bool])
@pytest.mark.parametrize("length", [1, 7, 64, 1000])
def test_memory_starts_at_a_line_of_the_cache(length: int, kind: type[float]) -> None:
    array = aligned(length, kind)
    assert (array.shape, array.dtype) == ((length,), np.dtype(kind))
    assert array.ctypes.data % LINE == 0
    array[:] = 1
    assert array.sum() == length
