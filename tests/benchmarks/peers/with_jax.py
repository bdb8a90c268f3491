"""JAX: the formula in Python, differentiated and compiled by XLA. Its columns lie in its own memory from the start."""

from collections.abc import Callable, Sequence
from functools import partial
from types import SimpleNamespace

import jax
import jax.numpy as jnp
from jax.scipy.special import ndtr
from problems import Array, Column, Problem

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

NAME = "JAX"
MATHEMATICS = SimpleNamespace(exp=jnp.exp, log=jnp.log, sqrt=jnp.sqrt, sigmoid=jax.nn.sigmoid, normal_cdf=ndtr)


def rows(problem: Problem, columns: list[Column], outputs: list[Array]) -> Callable[[], Sequence[Array]]:
    function = partial(problem.function, MATHEMATICS)
    axes = [None if isinstance(column, float) else 0 for column in columns]
    kernel = jax.jit(jax.vmap(jax.value_and_grad(function, problem.places), axes))
    given = list(map(jnp.asarray, columns))

    def run() -> list[Array]:
        value, slopes = jax.block_until_ready(kernel(*given))
        return [value, *slopes]

    return run


def sums(problem: Problem, columns: list[Column]) -> Callable[[], Sequence[float]]:
    given = list(map(jnp.asarray, columns))

    def total(*arguments: jax.Array) -> jax.Array:
        return jnp.sum(problem.function(MATHEMATICS, *arguments))

    @jax.jit
    def kernel(*arguments: jax.Array) -> list[jax.Array]:
        value, slopes = jax.value_and_grad(total, problem.places)(*arguments)
        return [value, *map(jnp.sum, slopes)]

    return lambda: jax.block_until_ready(kernel(*given))
