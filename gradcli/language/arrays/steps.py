"""How many steps loops in loops take, counted before the first: what is too large is refused at once.

Depends on `unfolding`.
"""

from collections.abc import Sequence

from gradcli.language.arrays.loops import MOST
from gradcli.language.arrays.unfolding import Unfolding

Loops = Sequence[tuple[int, int]]
"""The nodes of variable and range of each loop, the outermost first."""


def check_steps(unfolding: Unfolding, loops: Loops, at: int) -> None:
    """Raise LimitError where loops take too many steps, those around them included; `at` is the node they repeat."""
    around = _around(unfolding, loops, at)
    if len(loops) == 1 and around == 1:
        return
    *outer, (_, last) = loops
    steps = 0
    for _ in unfolding.runs(outer):
        steps += len(unfolding.range(last))
        if steps * around > MOST:
            break
    if steps * around > MOST:
        raise unfolding.limit(f"these loops take more than {MOST:,} steps", unfolding.span(at))


def _around(unfolding: Unfolding, loops: Loops, at: int) -> int:
    """How often loops begin, in those around them; 1 where that is not known: ranges vary, or a choice is made."""
    static, steps = unfolding.static, 1
    varies = 0
    for _, bounds in loops:
        varies |= static.varies[bounds]
    for name, numbers in unfolding.running.items():
        bit = static.bits[name]
        if varies & bit or "where" in unfolding.written.operators:
            return 1
        if static.varies[at] & bit:
            steps *= len(numbers)
    return steps
