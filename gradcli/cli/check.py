"""`gradcli check`: is my derivative right, and if not, where is the first wrong step? Or, without claims: is gradcli's?

Depends on the lower floors; mpmath is loaded here, SymPy once a proof is tried.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from gradcli.answers import answered
from gradcli.cli import NOT_FINITE, REFUTED, options
from gradcli.cli.binding_files import FromFile
from gradcli.cli.bindings import bind
from gradcli.cli.formats import chosen_of_few
from gradcli.cli.memory import LEAST_FOR_PROOFS, require
from gradcli.cli.program_request import chosen_nodes, parsed
from gradcli.cli.same_file import check_apart
from gradcli.cli.source import checked, read_text, title_of
from gradcli.cli.streams import emit, tell
from gradcli.errors import FileProblem, Notice, Source, UsageError
from gradcli.face.deadline import Deadline
from gradcli.language.program import Program
from gradcli.precision.settle import check as check_precision
from gradcli.time_limit import left

CLAIMS = "Claims"
CLAIM = "Such as dL/dw = 2*(y-t)*x, L'(2) = 4 or w_new = 1.4; repeatable."
FILE = "Claims in a file, a line each, # for comments; - is standard input."
LR = "The learning rate of claims about w_new = w - lr*gradient."
SECONDS = "How long all may take; without a proof numbers decide."


class Verdict(NamedTuple):
    """What came of a check. `written` takes a form, when to colour, and the digits of a number on a page."""

    written: Callable[[str, str, int], Iterator[str]]
    refuted: bool
    undecided: bool
    notices: tuple[Notice, ...] = ()


def command(
    context: typer.Context,
    expression: options.Expression,
    claim: Annotated[list[str] | None, options.option("--claim", CLAIM, CLAIMS, metavar="CLAIM")] = None,
    claims: Annotated[list[str] | None, options.option("--claims", FILE, CLAIMS, metavar="FILE")] = None,
    lr: Annotated[float | None, options.option("--lr", LR, CLAIMS, parser=options.finite, metavar="FLOAT")] = None,
    seconds: Annotated[float, options.option("--seconds", SECONDS, **options.TIME)] = 5.0,
    let: options.Let = None,
    bind: options.Bind = None,
    wrt: options.Wrt = None,
    precision: options.Precision = "auto",
    form: options.FormatOption = None,
    json: options.Json = False,
    digits: options.Digits = 6,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """Is a derivative right? If not: a point that shows it, and the likely mistake.

    gradcli check "y = x*w; (y-2)^2" --claim "dL/dw = 2*(y-2)*x"

    Claims are held against gradcli's derivative with 50 digits at many points, and by SymPy. A variable that is bound
    (--x 2) keeps its value. The right side is an expression, and may hold derivatives: dL/dw = dL/dy * dy/dw.
    Without a claim gradcli's own gradient is checked, as `grad` answers it with this --precision, and its second
    derivatives.

    Exit codes: 0 all right, 1 refuted, 2 a mistake in what was typed, 3 nothing to decide by, 4 a file.
    """
    require(LEAST_FOR_PROOFS, "check")
    written = chosen_of_few(form, json, "check")
    deadline = Deadline(seconds)
    program, fixed, given = deadline.keep(lambda: _read(context, expression, let, bind, claims))
    texts = deadline.keep(lambda: [*_typed(claim or ()), *(line for path in claims or () for line in _lines(path))])
    _check_claimed(texts, wrt, precision, lr)

    def judged() -> Verdict:
        if texts:
            return _on_claims(program.source, texts, fixed, given, lr, seconds)
        return _on_gradcli(program, wrt, fixed, seconds, precision)

    verdict = deadline.keep(judged)
    emit(deadline.all(verdict.written(written, color, digits)), drawn=written is options.Format.table)
    tell((*program.notices, *verdict.notices), program.source, color)
    raise typer.Exit(REFUTED if verdict.refuted else NOT_FINITE if verdict.undecided else 0)


def _on_claims(
    source: Source,
    texts: Sequence[Source],
    fixed: Mapping[str, float],
    given: Mapping[str, object],
    lr: float | None,
    seconds: float,
) -> Verdict:
    """The verdict on what a person claims."""
    from gradcli.claims.judge import judge_claims
    from gradcli.claims.parse import read_claims
    from gradcli.show.claims import written

    outcome = judge_claims(*read_claims(source, texts, given, lr), fixed, min(seconds, left()))
    return Verdict(partial(written, outcome), outcome.verdict == "refuted", outcome.verdict == "unchecked")


def _on_gradcli(
    program: Program, wrt: str | None, fixed: Mapping[str, float], seconds: float, precision: str
) -> Verdict:
    """The verdict on gradcli's own gradient, and what to say of derivatives that were not reached."""
    from gradcli.show.audit import written
    from gradcli.verify.audit import audit

    answering = partial(answered, precision=precision)
    found = audit(program, chosen_nodes(program, wrt), fixed, min(seconds, left()), answering)
    text = f"there was no time for {found.left_out:,} more derivatives; --seconds N gives more"
    late = (Notice("time", text),) if found.left_out else ()
    return Verdict(partial(written, found), found.verdict == "refuted", found.undecided, late)


def _check_claimed(claims: Sequence[Source], wrt: str | None, precision: str, lr: float | None) -> None:
    """Raise UsageError for an unknown precision, and for an option that says nothing about what is checked."""
    check_precision(precision)
    if lr is not None and not claims:
        hint = "add --claim 'w_new = w - lr*dL/dw'; a variable is bound with --let lr=…"
        raise UsageError("--lr is for claims about an update", hint=hint)
    if claims and wrt is not None:
        raise UsageError("--wrt is for a check without claims", hint="a claim says itself by what it differentiates")
    if claims and precision != "auto":
        hint = "leave it out: a claim must be right to 45 digits"
        raise UsageError("--precision is for a check without claims", hint=hint)


def _read(
    context: typer.Context, expression: str, let: options.Let, files: options.Bind, claims: Sequence[str] | None
) -> tuple[Program, dict[str, float], Mapping[str, object]]:
    """The expression, the bindings of its variables there are, and all there are; one without a number is sampled."""
    if [expression, *(files or ()), *(claims or ())].count("-") > 1:
        raise UsageError("standard input can be read once only", hint="give the others as files")
    check_apart(expression, [*(files or ()), *(claims or ())])
    program, given = parsed(expression, let, files)
    unbound = {name: FromFile(0.0, "") for name in program.variables}
    numbers = bind(program, given._replace(from_files=unbound | given.from_files), options.flags(context))
    names = given.names
    return program, {name: number for name, number in numbers.items() if name in names}, given.values


def _typed(claims: Sequence[str]) -> list[Source]:
    return [checked(Source(text, "--claim"), "claim") for text in claims]


def _lines(path: str) -> list[Source]:
    from gradcli.claims.parse import split_lines

    if "=" in path and not Path(path).exists():
        message = f"--claims reads a file, and there is none called `{path}`"
        raise UsageError(message, hint="for the claim itself write --claim")
    found = split_lines(read_text(path, "--claims"), title_of(path))
    if not found:
        raise FileProblem(f"{path} holds no claim", hint="write one a line: dL/dw = 2*(x*w - 2)*x")
    return found
