"""The flow of a gradient: as lines, as an object of JSON, as bars on a logarithmic scale for a person.

Depends on `gradcli.learn.flow`, and on Rich where a table is drawn.
"""

import json
from collections.abc import Iterator
from math import log10
from typing import Any

from gradcli.language.notation import number_text
from gradcli.learn.flow import Flow, Layer
from gradcli.passes.arithmetic import rounded
from gradcli.precision.json_numbers import strict
from gradcli.show.record import strict_map
from gradcli.show.table import Column, Table

BAR = 24
"""The longest bar, in letters."""


def written(flow: Flow, form: str, digits: int, color: str) -> Iterator[str]:
    """The flow in a form: plain, json or table."""
    if form == "json":
        yield json.dumps(_object(flow), ensure_ascii=False, allow_nan=False) + "\n"
    elif form == "plain":
        yield from (f"{name}\t{number_text(size)}\n" for name, size in _sizes(flow))
        yield f"factor\t{number_text(flow.factor)}\nverdict\t{flow.verdict}\n"
        yield from (f"with {what}\t{number_text(factor)}\n" for what, factor in flow.mends.items())
    else:
        yield _page(flow, digits, color)


def sentence(flow: Flow, digits: int = 4) -> str:
    """What the flow says, in words."""
    steps, first, last = len(flow.layers) - 1, flow.layers[0], flow.layers[-1]
    if flow.verdict == "dead":
        name = next(layer.name for layer in reversed(flow.layers) if not layer.gradient)
        return f"no gradient arrives at `{name}`: a slope on the way to it is exactly 0"
    share = rounded(first.gradient / last.gradient, digits)
    told = f"each of {steps} layers multiplies the gradient by {rounded(flow.factor, digits)}, all together by {share}"
    return f"{flow.verdict}: {told}" if flow.verdict != "steady" else f"steady: {told}"


def _sizes(flow: Flow) -> Iterator[tuple[str, float]]:
    for layer in flow.layers:
        yield layer.name, layer.gradient


def _object(flow: Flow) -> dict[str, Any]:
    return {
        "layers": [_record(layer) for layer in flow.layers],
        "factor": strict(flow.factor),
        "verdict": flow.verdict,
        "weights": strict_map(flow.weights),
        "mends": {what: strict(factor) for what, factor in flow.mends.items()},
    }


def _record(layer: Layer) -> dict[str, Any]:
    numbers = {"size": layer.size, "gradient": layer.gradient, "factor": layer.factor}
    counts = {"activations": layer.activations, "saturated": layer.saturated, "dead": layer.dead}
    return {
        "name": layer.name,
        "entries": len(layer.nodes),
        **{key: strict(it) for key, it in numbers.items()},
        **counts,
    }


def _page(flow: Flow, digits: int, color: str) -> str:
    from gradcli.show.console import console, drawn
    from gradcli.show.grid import titled

    columns = (
        Column("layer", "bold"), Column("gradient", "green", numeric=True), Column("on a logarithmic scale"),
        Column("factor", numeric=True), Column("activations"),
    )  # fmt: skip
    bars = _bars([layer.gradient for layer in flow.layers])
    rows = [*zip(flow.layers, bars, strict=True)]
    layers = Table(
        sentence(flow), columns, rows,
        lambda row: (row[0].name, rounded(row[0].gradient, digits), row[1], _factor(row[0], digits), _state(row[0])),
    )  # fmt: skip
    tried = Column("something else"), Column("factor of a layer", numeric=True)
    mends = Table("The same graph with", tried, [*flow.mends.items()], lambda row: (row[0], rounded(row[1], digits)))
    parts = [*titled(layers, 60), *(titled(mends) if flow.mends else ())]
    return drawn(console(color), parts)


def _factor(layer: Layer, digits: int) -> str:
    return "" if layer.factor is None else rounded(layer.factor, digits)


def _state(layer: Layer) -> str:
    """How many activations are saturated or dead."""
    told = [
        f"{count} of {layer.activations} {what}"
        for count, what in ((layer.saturated, "saturated"), (layer.dead, "dead"))
        if count
    ]
    return ", ".join(told)


def _bars(sizes: list[float]) -> list[str]:
    """A bar for each size, by its logarithm: the least of all has one letter, 0 has none."""
    logs = [log10(size) for size in sizes if size]
    low, high = min(logs, default=0.0), max(logs, default=0.0)
    scale = (BAR - 1) / (high - low) if high > low else 0.0
    return ["█" * (1 + round((log10(size) - low) * scale)) if size else "dead" for size in sizes]
