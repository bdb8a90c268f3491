"""What `gradcli rules` tells of learning: an optimiser with the very rule that is executed, a schedule, clipping.

Depends on the tables beside it.
"""

from gradcli.language.notation import number_text
from gradcli.learn.choosing import ROWS
from gradcli.learn.optimisers import Optimiser
from gradcli.learn.schedules import KINDS, Kind

CLIPPING = {
    "clipping": "--clip-norm LIMIT, --clip-norm-type 1|2|inf, --clip-value LIMIT",
    "is": "a gradient that is longer than the limit is made as long as that, all entries by one factor; by value each"
    " entry is cut to it, before the norm is taken",
    "convention": "to the limit itself, by scaling, so that no norm overflows; PyTorch divides by the norm + 1e-6",
    "order": "clip, weight decay, moments, step",
    "not finite": "a gradient with NaN or an infinity stops the run, and passes no clip",
}


def facts(name: str) -> dict[str, str] | None:
    """Label -> text, of an optimiser, a schedule, or `clip`; None for what is none of them.

    >>> facts("lion")["settings"]
    'lr=0.0001 betas=0.9,0.99 weight_decay=0'
    """
    if row := ROWS.get(name):
        return _optimiser(row)
    if kind := KINDS.get(name):
        return _schedule(name, kind)
    return dict(CLIPPING) if name in ("clip", "clipping") else None


def _optimiser(row: Optimiser) -> dict[str, str]:
    statements = [f"{each.strip()}" for each in row.rule.split(";")]
    starts = ", ".join(f"{name} = {number_text(start)}" for name, start in row.states.items())
    return {
        "optimiser": row.name,
        "is": row.doc,
        "settings": _settings(row),
        "begins": starts,
        "rule": "; ".join(statements),
        "where": "w is a weight, g its gradient (clipped), t the number of the step, from 1",
        "source": row.source,
    }


def _settings(row: Optimiser) -> str:
    shown = {name: number_text(value) for name, value in row.settings.items()}
    if "b1" in shown:
        shown = {"lr": shown.pop("lr"), "betas": f"{shown.pop('b1')},{shown.pop('b2')}", **shown}
    return " ".join(f"{name}={value}" for name, value in shown.items())


def _schedule(name: str, kind: Kind) -> dict[str, str]:
    takes = {"": "", "count": " N", "factor": " 0.9", "counts": " 5,8"}[kind.takes]
    options = "".join(f" {key}={value:.4g}" for key, value in kind.options.items() if key != "hold")
    return {
        "schedule": f"{name}{takes}{options}",
        "is": kind.doc,
        "convention": "steps count from 0, as in PyTorch's closed forms; behind `warmup N` it counts anew",
    }
