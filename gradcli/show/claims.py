"""The outcome of a check as a page, as plain lines, or as JSON.

Depends on `gradcli.claims.judge` for what is said, and on Rich for the page.
"""

from collections.abc import Callable, Iterator
from functools import partial
from math import isinf
from typing import TYPE_CHECKING

from gradcli.errors import listed, shortened
from gradcli.language.notation import number_text
from gradcli.passes.arithmetic import rounded
from gradcli.precision.json_numbers import strict
from gradcli.show import forms
from gradcli.show.record import Record, program_record, strict_map

if TYPE_CHECKING:
    from rich.console import RenderableType

    from gradcli.claims.case import Counterexample, Finding
    from gradcli.claims.judge import Outcome
    from gradcli.show.blocks import Field

STYLES = {"proved": "bold green", "agrees": "green", "unchecked": "yellow", "refuted": "bold red"}


def written(outcome: "Outcome", form: str, color: str, digits: int) -> Iterator[str]:
    """The outcome in one of the forms table, plain and json."""
    return forms.written(
        form, partial(_record, outcome), partial(_plain, outcome), partial(_page, outcome, color, digits)
    )


def _plain(outcome: "Outcome") -> Iterator[str]:
    """A line a claim: the claim, the verdict, the reason."""
    for finding in outcome.findings:
        claim = " ".join(finding.claim.text.split())
        yield f"{claim}\t{finding.verdict}\t{shortened(_reason(finding))}\n"
    if outcome.chain:
        yield f"chain\trefuted\t{outcome.chain}\n"


def _reason(finding: "Finding") -> str:
    """Everything that is to be said of a finding, in one line."""
    if not finding.counterexample:
        return finding.reason
    numbers = _numbers(finding, finding.counterexample, number_text)
    return f"{numbers}; {finding.diagnosis}" if finding.diagnosis else numbers


def _numbers(finding: "Finding", example: "Counterexample", text: Callable[[float], str]) -> str:
    """Both numbers, in more digits where those of `text` are the same: beyond the doubles, or in the 20th digit."""
    at = listed([f"{name} = {text(value)}" for name, value in example.bindings.items()])
    where = f"at {at} " if at else ""
    claimed, true = text(example.claimed), text(example.true)
    claimed, true = finding.apart if claimed == true or _is_lost(example) else (claimed, true)
    what = "the derivative is" if finding.claim.rate is None else "the update makes it"
    return f"{where}the claim gives {claimed}, {what} {true}"


def _is_lost(example: "Counterexample") -> bool:
    """Whether doubles do not tell the two numbers apart, or one of them is below or beyond them."""
    return example.claimed == example.true or 0.0 in (example.claimed, example.true) or isinf(example.true)


def _record(outcome: "Outcome") -> Record:
    """The outcome as strict JSON has it."""
    return {
        **program_record(outcome.program),
        "bindings": strict_map(outcome.fixed),
        "verdict": outcome.verdict,
        "claims": [_claim_record(finding) for finding in outcome.findings],
        "chain": outcome.chain or None,
    }


def _claim_record(finding: "Finding") -> Record:
    example = finding.counterexample
    return {
        "claim": finding.claim.text,
        "of": finding.claim.of,
        "by": finding.claim.by,
        "verdict": finding.verdict,
        "counterexample": strict_map(example.bindings) if example else None,
        "claimed": strict(example.claimed) if example else None,
        "true": strict(example.true) if example else None,
        "diagnosis": finding.diagnosis or None,
        "reason": finding.reason,
        "points": finding.points,
    }


def _page(outcome: "Outcome", color: str, digits: int) -> str:
    from gradcli.show.console import console, drawn

    return "\n".join(map(str.rstrip, drawn(console(color), _parts(outcome, digits)).split("\n")))


def _parts(outcome: "Outcome", digits: int) -> Iterator["RenderableType"]:
    """The formula, then each claim with what is to be said of it."""
    from gradcli.show.blocks import Blocks
    from gradcli.show.grid import head
    from gradcli.show.wrapping import Paragraph

    yield from head(outcome.program, outcome.fixed, digits)
    yield ""
    yield Blocks([list(_fields(finding, digits)) for finding in outcome.findings], gap=2)
    if outcome.chain:
        yield ""
        yield Paragraph(_sentence(outcome.chain), "yellow")


def _fields(finding: "Finding", digits: int) -> Iterator["Field"]:
    """The claim and its verdict; under it the numbers and the mistake, or the reason."""
    from gradcli.show.blocks import Field

    yield Field(f"{finding.verdict:9}", " ".join(finding.claim.text.split()), "bold", STYLES[finding.verdict])
    remarks = [(finding.reason, "dim")]
    if finding.counterexample:
        remarks = [(_numbers(finding, finding.counterexample, lambda value: rounded(value, digits)), "")]
        remarks += [(finding.diagnosis, "yellow")] if finding.diagnosis else []
    yield from (Field("", _sentence(shortened(text)), look) for text, look in remarks)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
