"""What gradcli says of formulas in which much cancels, whose truth is known by construction: what is wrong, what open.

Run it with the Python that has gradcli and its test extra: python tests/benchmarks/attack.py [FORMULAS] [SEED] [KIND …]
Each formula is one of `cancelling.KINDS` around others, at a point; what is asked of it says `attacked`. All that is
wrong is printed, then a table, and how many of the identities mpmath confirms in 2 s.
"""

import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from attacked import Said, attack, is_confirmed
from cancelling import KINDS, NEARLY, Formula, formula
from heading import heading
from terms import text

CONFIRMING = 2.0
"""Seconds that mpmath has for one formula."""
COLUMNS = "kind formulas confirmed numbers wrong open of_not_0 open_0 of_0 verdicts false unchecked slowest"


@dataclass
class Row:
    """One kind: how many there are of each, and what took longest."""

    formulas: int = 0
    confirmed: int = 0
    numbers: int = 0
    wrong: int = 0
    open: int = 0
    not_0: int = 0
    open_0: int = 0
    of_0: int = 0
    verdicts: int = 0
    false: int = 0
    unchecked: int = 0
    slowest: float = 0.0
    longest: str = ""

    def count(self, said: Said) -> None:
        """One more thing that was said."""
        wrong, is_number = bool(said.fault), said.how not in ("check", "verify")
        if said.seconds > self.slowest:
            self.slowest, self.longest = said.seconds, f"{said.formula.name} {said.how}"
        if is_number:
            self.numbers += 1
            self.wrong += wrong
            self.not_0 += not said.zero
            self.of_0 += said.zero
            self.open += said.open and not said.zero
            self.open_0 += said.open and said.zero
        else:
            self.verdicts += 1
            self.false += wrong
            self.unchecked += said.open

    def add(self, other: "Row") -> None:
        """Those of another kind."""
        for name in COLUMNS.split()[1:-1]:
            mine = "not_0" if name == "of_not_0" else name
            setattr(self, mine, getattr(self, mine) + getattr(other, mine))
        if other.slowest > self.slowest:
            self.slowest, self.longest = other.slowest, other.longest

    def written(self, kind: str) -> str:
        """A line of the table."""
        counts = (
            self.formulas,
            self.confirmed,
            self.numbers,
            self.wrong,
            self.open,
            self.not_0,
            self.open_0,
            self.of_0,
        )
        verdicts = (self.verdicts, self.false, self.unchecked)
        return f"{kind:14}{''.join(f'{it:9}' for it in (*counts, *verdicts))} {self.slowest:7.1f} s  {self.longest}"


def attacked(it: Formula, row: Row) -> None:
    """One formula."""
    row.formulas += 1
    row.confirmed += it.kind not in NEARLY and is_confirmed(it, CONFIRMING)
    for said in attack(it):
        row.count(said)
        if said.fault:
            print(f"{it.name} {said.how} {said.what}: {said.said[:60]} for {said.truth}: {said.fault}")
            print(f"    {text(it.typed)}   {it.point}", flush=True)


def main(count: int = 2000, seed: int = 0, *kinds: str) -> None:
    """Attack so many formulas, all kinds in turn, and print the table."""
    print(heading("mpmath", "sympy", "python-flint"))
    rows, kinds, began = defaultdict[str, Row](Row), kinds or tuple(KINDS), time.perf_counter()
    for at in range(count):
        attacked(formula(kinds[at % len(kinds)], seed + at // len(kinds)), rows[kinds[at % len(kinds)]])
    total = Row()
    for row in rows.values():
        total.add(row)
    print(f"{'':14}{''.join(f'{word:>9}' for word in COLUMNS.split()[1:-1])}   slowest")
    for kind, row in (*rows.items(), ("all", total)):
        print(row.written(kind))
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(*(kind(text) for kind, text in zip((int, int, *(str for _ in KINDS)), sys.argv[1:], strict=False)))
