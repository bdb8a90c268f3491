"""Which of the told operations stay where there is room for some: the last ones, or the output alone.

Depends on `gradcli.evaluate.trace`.
"""

from collections.abc import Sequence

from gradcli.evaluate.trace import Trace

MOST_STEPS = 400_000
"""Where definitions are left out, so many operations between the others are walked; else only the output is told."""


def last_told(trace: Trace, told: set[int], most: int | None) -> set[int]:
    """So many of the told operations, as long as what is between them is walked in some steps; else the last one."""
    operands = trace.program.graph.operands
    kept = sorted(node for node in told if operands[node])
    if most is None or len(kept) <= most:
        return told
    last = kept[-most:] if _is_walked(operands, {*kept[-most:]}) else kept[-1:]
    return {*last, *(node for node in told if not operands[node])}


def _is_walked(operands: Sequence[Sequence[int]], told: set[int]) -> bool:
    """Whether few enough operations are between told ones, those that are between several counted for each."""
    steps = 0
    for user in told:
        pending, seen = [user], {user}
        while pending:
            below = [node for node in operands[pending.pop()] if node not in told and node not in seen]
            seen.update(below)
            pending += below
            steps += 1
            if steps > MOST_STEPS:
                return False
    return True
