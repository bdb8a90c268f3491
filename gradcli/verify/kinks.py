"""Where a derivative is a convention: the kinks at a point, and whether the claim is right beside them.

Depends on `gradcli.verify.judgement` and on `gradcli.run.corners`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gradcli.graph.walk import dependent
from gradcli.language.notation import expression_text
from gradcli.run.corners import met
from gradcli.verify.differences import Differences, scale
from gradcli.verify.high_precision import evaluate, number_text
from gradcli.verify.judgement import AGREES, REFUTED, Judgement, judge
from gradcli.verify.meanings import MP, Number, is_finite, run_template

ASIDE_BITS = 100
"""How far to step aside: 2^-100 of each variable, a long way for quotients whose first step is 2^-133."""
GOLDEN = 0.6180339887498949
LONGEST = 40


def kinks(differences: Differences, node: int) -> Iterator[int]:
    """The nodes on the way from `node` to the output that have a kink at this point."""
    graph = differences.graph
    follows = dependent(graph, [node], differences.output)
    return met(graph, differences.needed, follows, differences.values(1), run_template)


def by_convention(found: Judgement, claim: Number, gradient: int, differences: Differences, node: int) -> Judgement:
    """Judge a derivative where left and right part: it must be right on both sides, as a convention decides here."""
    beside = [_beside(gradient, differences, node, side) for side in (-1, 1)]
    wrong = [judgement for judgement in beside if judgement.verdict == REFUTED]
    left, right = (number_text(slope, 6) for slope in found.slopes)
    met = f"{_place(differences, node)}: the slope is {left} from the left and {right} from the right"
    if wrong:
        return Judgement(REFUTED, wrong[0].reference, f"beside {met}, the derivative is wrong")
    if all(judgement.verdict != AGREES for judgement in beside):
        return found._replace(reason=f"{met}, and beside it nothing can be told")
    return found._replace(verdict=AGREES, reference=claim, reason=f"{met}; {number_text(claim, 6)} is a convention")


def _place(differences: Differences, node: int) -> str:
    at = next(kinks(differences, node), None)
    if at is None:
        return "this point is a kink or a jump"
    return f"`{expression_text(differences.graph, at, LONGEST)}` has a kink exactly here"


def _beside(gradient: int, differences: Differences, node: int, side: int) -> Judgement:
    """The judgement at a point so near that the same pieces meet, and so odd that none does."""
    graph, bindings = differences.graph, _aside(differences.bindings, side)
    claim = evaluate(graph, [gradient], bindings, 50)[0]
    return judge(claim, Differences(graph, differences.output, bindings), node)


def _aside(bindings: Mapping[str, Any], side: int) -> dict[str, Number]:
    """Every finite binding moved by a part of its own, so that no two move alike."""
    moved = {}
    with MP.workdps(120):
        for index, (name, double) in enumerate(bindings.items()):
            value = MP.mpf(double)
            odd = side * (1 + index * GOLDEN % 1) if is_finite(value) else 0
            moved[name] = value + MP.ldexp(odd, scale(value) - ASIDE_BITS) if odd else value
    return moved
