"""The operator table for eyes and for pipes: a line a row, or one row in full.

Depends on the operator table and on what is computed by its operators; on Rich only where a table is drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from gradcli.operators.row import Operator
from gradcli.rewriting.stable_forms import STABLE
from gradcli.show import forms
from gradcli.show.table import Column, Table

if TYPE_CHECKING:
    from gradcli.show.blocks import Blocks

COLUMNS = (Column("operator", "bold"), Column("local derivatives", "green"), Column("is"))


def written(rows: Sequence[Operator], form: str, color: str, *, whole: bool) -> Iterator[str]:
    """The rows as text: `form` is table, plain or json; `whole` tells all of each row."""
    return forms.written(
        form, lambda: list(map(_record, rows)), partial(_plain, rows, whole), partial(_page, rows, color, whole)
    )


def facts(told: Mapping[str, str], form: str, color: str) -> Iterator[str]:
    """Facts by their labels: as one object of JSON, as lines, or as a table for a person."""
    rows = [*told.items()]
    table = Table("", (Column("", "bold"), Column("")), rows, lambda row: row)
    return forms.written(
        form,
        lambda: dict(told),
        lambda: (f"{label}\t{text}\n" for label, text in rows),
        lambda: _drawn_facts(table, color),
    )


def _drawn_facts(table: Table[tuple[str, str]], color: str) -> str:
    from gradcli.show.console import console, drawn
    from gradcli.show.grid import titled

    return drawn(console(color), titled(table))


def call(row: Operator) -> str:
    """How an operator is written: x + y, -x, atan2(y, x), pi."""
    if not row.signature:
        return row.name
    if row.notation is None:
        return f"{row.name}({row.signature.replace('*x', 'x, …')})"
    operands, symbol = row.operands, row.notation.symbol
    space = " " if symbol.isalpha() or row.notation.left else ""
    return f"{operands[0]} {symbol} {operands[1]}" if row.notation.left else f"{symbol}{space}{operands[0]}"


def derivatives(row: Operator) -> dict[str, str]:
    """The local derivative by each operand, as it is executed but in the tails."""
    if row.variadic:
        beside = {"d/dx beside a literal 0": row.beside_zero} if row.beside_zero else {}
        return {"d/dx": row.partials[0], **beside}
    return {f"d/d{operand}": partial for operand, partial in zip(row.operands, row.partials, strict=True)}


def textbook(row: Operator) -> dict[str, str]:
    """The local derivatives as a textbook writes them, where that is another form."""
    return {by: text for by, text in zip(derivatives(row), row.textbook, strict=False) if text}


def _facts(row: Operator) -> Iterator[tuple[str, str]]:
    """All that a row tells a person, as label and text."""
    yield from (("operator", call(row)), ("is", row.doc))
    yield from (("gradient", row.backward),) if row.backward else ()
    yield from _slopes(row)
    facts = {
        **_tails(row),
        "also written": ", ".join(row.notation.spellings) if row.notation else "",
        "also called": ", ".join((*row.aliases, *((row.overloads,) if row.overloads else ()))),
        "defined as": row.definition,
        "domain": row.domain,
        "kink where": row.kink,
        "ties where": row.tie,
        **(_leaving(row) if row.kink else {}),
    }
    yield from ((label, text) for label, text in facts.items() if text)
    yield from (("in columns", f"{formula} is computed as {better}") for formula, better in _stands_for(row).items())


def _slopes(row: Operator) -> Iterator[tuple[str, str]]:
    """Each local derivative, and under it what a textbook writes."""
    read = textbook(row)
    for by, text in derivatives(row).items():
        yield by, text
        if by in read:
            yield "textbook", read[by]


def _stands_for(row: Operator) -> dict[str, str]:
    """The formulas that columns have this operator for, as it keeps their digits."""
    return {formula: better for formula, better in STABLE.items() if f"{row.name}(" in better}


def _tails(row: Operator) -> dict[str, str]:
    """Where a local derivative is computed in another form."""
    tails = {by: tail for by, tail in zip(derivatives(row), row.tails, strict=False) if tail}
    return {f"{by} in the tails": f"{tail.partial} where {tail.where}" for by, tail in tails.items()}


def _leaving(row: Operator) -> dict[str, str]:
    """What the operator does as its operands leave the kink."""
    names, rates = ", ".join(row.operands), ", ".join(f"d{operand}" for operand in row.operands)
    moving = f"as {names} move at the rates {rates}" if "," in names else f"as {names} moves at the rate {rates}"
    jumps = f"to {row.one_sided_limit}, {moving}" if row.one_sided_limit else ""
    turns = f"{row.name}(dx, …) of the operands that tie" if row.variadic else f"{row.directional or '0'}, {moving}"
    return {"jumps there": jumps, "turns there": f"at the rate {turns}"}


def _record(row: Operator) -> dict[str, object]:
    return {
        "name": row.name,
        "written": call(row),
        "doc": row.doc,
        "backward": row.backward,
        "derivatives": derivatives(row),
        "textbook": textbook(row),
        "tails": _tails(row),
        "definition": row.definition,
        "aliases": row.aliases,
        "domain": row.domain,
        "kink": row.kink,
        "turn": row.directional,
        "beside": row.one_sided_limit,
        "stands_for": _stands_for(row),
    }


def _plain(rows: Sequence[Operator], whole: bool) -> Iterator[str]:
    for row in rows:
        if whole:
            yield from (f"{label}\t{text}\n" for label, text in _facts(row))
        else:
            yield f"{call(row)}\t{'; '.join(_equations(row))}\t{row.doc}\n"


def _equations(row: Operator) -> Iterator[str]:
    """The local derivatives, each as an equation."""
    return (f"{by} = {text}" for by, text in derivatives(row).items())


def _page(rows: Sequence[Operator], color: str, whole: bool) -> str:
    from gradcli.show.console import console, drawn
    from gradcli.show.grid import Fitted

    return drawn(console(color), [_all_facts(rows) if whole else Fitted(Table("", COLUMNS, rows, _cells))])


def _cells(row: Operator) -> Sequence[str]:
    return call(row), "\n".join(_equations(row)), row.doc


def _all_facts(rows: Sequence[Operator]) -> "Blocks":
    """The facts of each row, with an empty line between two rows."""
    from gradcli.show.blocks import Blocks, Field

    return Blocks([[Field(label, text) for label, text in _facts(row)] for row in rows])
