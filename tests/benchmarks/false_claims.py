"""How many wrong claims pass, and how many right ones do not: every falsification of every formula, however it is bound.

Run it with the Python that has gradcli: python tests/benchmarks/false_claims.py [FORMULAS] [SEED] [SECONDS]
Every claim is judged where all variables are bound, where the exponents alone are, all but the exponents, all but `x`,
all but one at random, and none. With SECONDS at 0, as by default, no proof is tried, so the numbers decide.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from checked import PATIENCE
from falsified import EXPONENTS, FALSE, Right, rights
from heading import heading

from gradcli.claims.case import Finding
from gradcli.claims.judge import judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import Source


def ways(right: Right, source: random.Random) -> Iterator[tuple[str, dict[str, float]]]:
    """How many variables are bound: a name for it, and the bindings."""
    given, one = right.bindings, source.choice(sorted(right.bindings))
    yield "all bound", given
    yield "exponents bound", {name: it for name, it in given.items() if name in EXPONENTS}
    yield "exponents free", {name: it for name, it in given.items() if name not in EXPONENTS}
    yield "x free", {name: it for name, it in given.items() if name != "x"}
    yield "one free", {name: it for name, it in given.items() if name != one}
    yield "all free", {}


def judged(right: Right, claim: str, fixed: dict[str, float], seconds: float) -> Finding:
    """What becomes of a claim."""
    program, read = read_claims(Source(right.text), [Source(f"df/d{right.by} = {claim}")], right.bindings)
    return judge_claims(program, read, fixed, seconds, PATIENCE).findings[0]


def main(count: int = 500, seed: int = 12, seconds: float = 0.0) -> None:
    """Print each verdict that is wrong, then how many there are of each."""
    print(heading("sympy", "mpmath"))
    found, source, began = Counter[tuple[str, str, str]](), random.Random(seed), time.perf_counter()
    for right in rights(count, seed):
        for way, fixed in ways(right, source):
            for kind, claim in [("right", right.claim), *((kind, right.false(kind)) for kind in FALSE)]:
                finding = judged(right, claim, fixed, seconds)
                found[way, "right" if kind == "right" else "false", finding.verdict] += 1
                good = finding.verdict in (("proved", "agrees") if kind == "right" else ("refuted",))
                if not good:
                    print(f"{way}, {kind}: {finding.verdict} ({finding.reason}) {finding.counterexample} {right}")
    for (way, kind, verdict), times in sorted(found.items()):
        print(f"{way:16} {kind:6} {verdict:10} {times}")
    print(f"{found.total()} claims in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(*(kind(text) for kind, text in zip((int, int, float), sys.argv[1:], strict=False)))
