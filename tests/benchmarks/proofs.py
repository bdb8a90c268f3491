"""How many claims of the kinds that people have are proved, what becomes of small mistakes in them, and how long it takes.

Run it with the Python that has gradcli: python tests/benchmarks/proofs.py [TEXT]
With a text, only the formulas are judged in which it stands. The claims are in tests/support/known_claims.py.
"""

import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from heading import heading
from known_claims import known_claims

from gradcli.claims.case import Finding
from gradcli.claims.judge import judge_claims
from gradcli.claims.parse import read_claims
from gradcli.errors import Source

SECONDS = 5.0
"""What `gradcli check` gives a claim."""
GOOD = {"right": ("proved",), "wrong": ("refuted",)}


def judged(text: str, claim: str) -> tuple[Finding, float]:
    """The finding on a claim, and the seconds it took."""
    began = time.perf_counter()
    program, read = read_claims(Source(text), [Source(claim)])
    found = judge_claims(program, read, {}, SECONDS).findings[0]
    return found, time.perf_counter() - began


def main(part: str = "") -> None:
    """Print a line for each claim that is not decided as it should be, then how many there are of each verdict."""
    print(heading("sympy", "mpmath", "python-flint"))
    judged("x^2", "df/dx = x + x")  # SymPy is loaded once
    found, seconds = Counter[tuple[str, str]](), list[float]()
    for it in known_claims():
        for kind, claim in (("right", it.right), ("wrong", it.wrong)):
            if part not in it.text:
                continue
            finding, took = judged(it.text, f"{it.left} = {claim}")
            found[kind, finding.verdict] += 1
            seconds.append(took)
            if part or finding.verdict not in GOOD[kind]:
                print(
                    f"{kind} {finding.verdict} {took:.2f} s: {it.text} :: {it.left} = {claim} ({finding.reason})",
                    flush=True,
                )
    for (kind, verdict), times in sorted(found.items()):
        print(f"{kind:5} {verdict:10} {times}")
    print(f"{len(seconds)} claims: median {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
