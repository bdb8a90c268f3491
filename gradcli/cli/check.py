"""`gradcli check`: is my derivative right, and if not, where is the first wrong step? Or, without claims: is gradcli's?

Depends on the lower floors; mpmath is loaded here, SymPy once a proof is tried.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gradcli.answers import answered
from gradcli.cli import options
from gradcli.cli.binding_files import Filed, from_files
from gradcli.cli.bindings import bind, typed
from gradcli.cli.deadline import Deadline
from gradcli.cli.formats import NOT_FINITE, REFUTED, chosen, emit, tell
from gradcli.cli.program_request import chosen_nodes
from gradcli.cli.same_file import check_apart
from gradcli.cli.source import read_expression, read_text
from gradcli.errors import FileProblem, LanguageError, Notice, Source, UsageError
from gradcli.language.program import Program, parse
from gradcli.precision.settle import check as check_precision
from gradcli.time_limit import left

if TYPE_CHECKING:
    from gradcli.claims.judge import Outcome
    from gradcli.verify.audit import Audit

FORMS = (options.Format.table, options.Format.plain, options.Format.json)
CLAIMS = "Claims"


def command(
    context: typer.Context,
    expression: options.Expression,
    claim: Annotated[
        list[str] | None,
        options.many("--claim", "CLAIM", "Such as dL/dw = 2*(y-t)*x, about a variable or a node; repeatable.", CLAIMS),
    ] = None,
    claims: Annotated[
        list[str] | None,
        options.many("--claims", "FILE", "Claims in a file, one a line, # for comments; - is standard input.", CLAIMS),
    ] = None,
    seconds: Annotated[
        float,
        typer.Option(
            "--seconds",
            min=0.0,
            max=3600.0,
            callback=options.number,
            help="How long all may take; without a proof numbers decide.",
        ),
    ] = 5.0,
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
    from gradcli.show import audit as shown_audit
    from gradcli.show import claims as shown_claims

    written = chosen(form, json)
    if written not in FORMS:
        raise UsageError(f"check has no form {written.value}", hint="take table, plain or json")
    deadline = Deadline(seconds)
    source, program, fixed = deadline.keep(lambda: _read(context, expression, let, bind, claims))
    texts = deadline.keep(lambda: [*_typed(claim or ()), *(line for path in claims or () for line in _lines(path))])
    _check_claimed(texts, wrt, precision)
    told: tuple[Notice, ...] = ()
    if texts:
        outcome = deadline.keep(lambda: _judged(source, texts, fixed, seconds))
        refuted, undecided = (outcome.verdict == verdict for verdict in ("refuted", "unchecked"))
        emit(deadline.all(shown_claims.written(outcome, written.value, color.value, digits)), written)
    else:
        own = deadline.keep(lambda: _own(program, wrt, fixed, seconds, precision))
        told = _left_out(own)
        refuted, undecided = own.verdict == "refuted", own.undecided
        emit(deadline.all(shown_audit.written(own, written.value, color.value, digits)), written)
    tell((*program.notices, *told), program.source, color)
    raise typer.Exit(REFUTED if refuted else NOT_FINITE if undecided else 0)


def _judged(source: Source, texts: Sequence[Source], fixed: Mapping[str, float], seconds: float) -> "Outcome":
    from gradcli.claims.judge import judge_claims
    from gradcli.claims.parse import read_claims

    program, read = read_claims(source, texts, fixed)
    return judge_claims(program, read, fixed, min(seconds, left()))


def _own(program: Program, wrt: str | None, fixed: Mapping[str, float], seconds: float, precision: str) -> "Audit":
    from gradcli.verify.audit import audit

    answering = partial(answered, precision=precision)
    return audit(program, chosen_nodes(program, wrt), fixed, min(seconds, left()), answering)


def _left_out(own: "Audit") -> tuple[Notice, ...]:
    """What to say of derivatives that were not reached."""
    if not own.left_out:
        return ()
    return (Notice("time", f"there was no time for {own.left_out:,} more derivatives; --seconds N gives more"),)


def _check_claimed(claims: Sequence[Source], wrt: str | None, precision: str) -> None:
    """Raise UsageError for an unknown precision, and for an option that says nothing about claims."""
    check_precision(precision)
    if claims and wrt is not None:
        raise UsageError("--wrt is for a check without claims", hint="a claim says itself by what it differentiates")
    if claims and precision != "auto":
        raise UsageError(
            "--precision is for a check without claims", hint="leave it out: a claim must be right to 45 digits"
        )


def _read(
    context: typer.Context,
    expression: str,
    let: Sequence[str] | None,
    files: Sequence[str] | None,
    claims: Sequence[str] | None,
) -> tuple[Source, Program, dict[str, float]]:
    """The expression and the bindings there are; a variable without one is sampled."""
    if [expression, *(files or ()), *(claims or ())].count("-") > 1:
        raise UsageError("standard input can be read once only", hint="give the others as files")
    check_apart(expression, [*(files or ()), *(claims or ())])
    hand, read = typed(let or ()), from_files(files or ())
    source = read_expression(expression)
    program = parse(source.text, variables={*hand, *read}, name=source.name)
    unbound = {name: Filed(0.0, "") for name in program.variables}
    numbers = bind(program, hand, {**unbound, **read}, options.flags(context))
    return source, program, {name: number for name, number in numbers.items() if name in hand or name in read}


def _typed(claims: Sequence[str]) -> list[Source]:
    return [_utf8(Source(text, "--claim")) for text in claims]


def _utf8(source: Source) -> Source:
    """Bytes of an argument that are not UTF-8 arrive as lone surrogates."""
    for at, character in enumerate(source.text):
        if "\ud800" <= character <= "\udfff":
            message = "the claim has a byte that is not UTF-8"
            raise LanguageError(message, hint="type or paste it as UTF-8", span=(at, at + 1), source=source)
    return source


def _lines(path: str) -> list[Source]:
    from gradcli.claims.parse import split_lines

    if "=" in path and not Path(path).exists():
        raise UsageError(
            f"--claims reads a file, and there is none called `{path}`", hint="for the claim itself write --claim"
        )
    found = split_lines(read_text(path, "--claims"), "standard input" if path == "-" else path)
    if not found:
        raise FileProblem(f"{path} holds no claim", hint="write one a line: dL/dw = 2*(x*w - 2)*x")
    return found
