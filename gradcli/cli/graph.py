"""`gradcli graph`: the graph of a formula drawn, with the numbers of both passes.

Depends on `gradcli.drawing` for what is drawn, on `FORMS` for how; what it shares with other commands is in
`gradcli.cli.program_request`.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import typer

from gradcli.answers import Answer, answered, unanswered
from gradcli.cli import NOT_FINITE, options
from gradcli.cli.drawing_forms import FORMS, PIPE_WIDTH, STDOUT, TEXT, Draw, draw_of, form_of
from gradcli.cli.opened import opened, temporary
from gradcli.cli.options import option
from gradcli.cli.program_request import chosen_nodes, request
from gradcli.cli.same_file import check_apart
from gradcli.cli.streams import emit, file_name, tell
from gradcli.drawing.colour_names import colour
from gradcli.drawing.colours import readable
from gradcli.drawing.folding import NoRoomError, folded, followed, is_followed, pictures, remarks
from gradcli.drawing.look import Direction, Look, Theme, Values
from gradcli.drawing.picture import Fold, Picture
from gradcli.errors import BindingError, Kind, Notice, Source, UsageError
from gradcli.face.deadline import Deadline
from gradcli.language.notation import cut
from gradcli.language.program import Program

LONGEST_TITLE, MOST_ON_A_PAGE = 2000, 30_000
BADGES: Mapping[Kind, str] = {
    "kink": "kink",
    "jump": "jump",
    "precision": "precision",
    "not finite": "not finite",
    "unsettled": "not settled",
}
"""A kind of notice → what stands at the box that it is about."""
Pieces = list[str] | list[bytes]
DRAWING = "Drawing"
VALUES = "Which numbers are drawn; for none the variables need no values, but on a page."
COLLAPSE = "Draw all between your definitions as one: where there are more than 60 operations, never, or always."
RANKDIR = "The way of the arrows: LR is left to right, TB top to bottom."
THEME = "The colours of SVG, PNG and HTML; auto: as the reader's screen is."
BACKGROUND = "A colour behind them, as CSS names it: white, #fff, none."
ASCII = "Draw with + - | > alone."
FORM = f"The form; default: by --out, or text. One of: {', '.join(FORMS)}."
OPEN = "Open it in your browser: a page, or the file of --out; without --out a temporary file."
OUT = "Write to a file, which comes to its place when it is whole; - is standard output."


def command(
    context: typer.Context,
    expression: options.Expression,
    let: options.Let = None,
    bind: options.Bind = None,
    wrt: options.Wrt = None,
    values: Annotated[Values, option("--values", VALUES, DRAWING)] = Values.both,
    collapse: Annotated[Fold, option("--collapse", COLLAPSE, DRAWING)] = Fold.auto,
    direction: Annotated[Direction, option("--rankdir", RANKDIR, DRAWING)] = Direction.LR,
    ascii_only: Annotated[bool, option("--ascii", ASCII, DRAWING)] = False,
    theme: Annotated[Theme, option("--theme", THEME, DRAWING)] = Theme.auto,
    background: Annotated[str, option("--background", BACKGROUND, DRAWING, metavar="COLOUR")] = "",
    precision: options.Precision = "auto",
    seconds: options.Seconds = None,
    form: Annotated[str | None, option("--format", FORM, options.OUTPUT, metavar="|".join(FORMS))] = None,
    out: Annotated[str | None, option("--out -o", OUT, options.OUTPUT, metavar="FILE")] = None,
    opens: Annotated[bool, option("--open", OPEN, options.OUTPUT)] = False,
    digits: options.Digits = 6,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """The graph of a formula drawn: boxes and arrows, values forward, gradients backward.

    gradcli graph "y = x*w; L = (y - 2)^2" --x 2 --w 3

    An arrow shows the local derivative, by which the gradient that comes back is multiplied; a legend tells the rest.

    A graph that a form has no room for is folded into the last of your definitions, at most into the output alone.

    In a terminal as wide as it is, else 80 columns: left to right where that fits, else top to bottom, else a tree.

    -o FILE.html is a page to play with: both passes step by step, sliders, gradient descent. --open shows it.

    Exit codes: 0 done, 2 a mistake in what was typed, 3 a number is not finite, 4 a file.
    """
    deadline, behind = Deadline(seconds), colour(background)
    shown = readable(theme, behind)
    written, path = form_of(form, out, opens=opens), None if out in (None, STDOUT) else file_name(out or "")
    if path is not None:
        check_apart(expression, bind or (), path)
    numbers = values is not Values.none or FORMS[written].whole
    program, bindings = deadline.keep(lambda: _asked(expression, let, bind, context, numbers=numbers, form=written))
    by = chosen_nodes(program, wrt)

    def found() -> Answer:
        follow = is_followed(program, collapse)
        return answered(program, bindings, by, precision, follow=follow) if numbers else unanswered(program)

    def drawn() -> tuple[Answer, Pieces]:
        look = Look(cut(program.source.text, LONGEST_TITLE), values, direction, shown, behind, width=_width(path))
        look = look._replace(ascii=ascii_only or not _has_letters(path), color=path is None and _colored(color))
        answer = found()
        return answer, _pieces(written, answer, look, collapse, digits)

    answer, pieces = deadline.keep(drawn)
    path = temporary(FORMS[written].suffixes[0]) if opens and path is None else path
    _write(pieces, path, program.source, color, drawing=written == TEXT)
    said = [Notice("output", opened(path))] if opens and path is not None else []
    beside = [*(remarks(answer, collapse) if numbers else ()), *said, *_other_theme(theme, shown, background)]
    tell([*answer.notices, *beside], program.source, color)
    told = not numbers or (answer.finite and all(it.kind != "unsettled" for it in answer.notices))
    raise typer.Exit(0 if told else NOT_FINITE)


def _asked(
    expression: str, let: options.Let, bind: options.Bind, context: typer.Context, *, numbers: bool, form: str
) -> tuple[Program, dict[str, float]]:
    """The program and its bindings; where these are missing, that there is a drawing without."""
    try:
        return request(expression, let, bind, context, all_of_them=numbers)
    except BindingError as error:
        if not FORMS[form].whole and error.hint and error.hint.startswith("add "):
            error.hint += ", or --values none for the graph without numbers"
        raise


def _other_theme(asked: Theme, shown: Theme, background: str) -> Iterator[Notice]:
    """That the theme that is asked for gives way to its background."""
    if shown is not asked and asked is not Theme.auto:
        yield Notice("option", f"--theme {asked} cannot be read on {background}: this is {shown}")


def _pieces(form: str, answer: Answer, look: Look, collapse: Fold, digits: int) -> Pieces:
    """What is written of an answer in a form."""
    how = collapse, digits, _badges(answer.notices), FORMS[form].most
    if not FORMS[form].whole:
        return _first_that_fits(draw_of(form), pictures(answer, *how), look)
    trace = followed(answer, "take --format svg, or explain a part of the formula", MOST_ON_A_PAGE)
    return _first_that_fits(draw_of(form), folded(trace, *how), look, answer, trace)


def _first_that_fits(draw: Draw, found: Iterable[Picture], look: Look, *more: Any) -> Pieces:
    """The first picture that a form has room for. Raises NoRoomError where it has none for the last."""
    refused: NoRoomError | None = None
    for each in found:
        try:
            return list(draw(each, look, *more))
        except NoRoomError as error:
            refused = error
    raise refused or NoRoomError("there is nothing to draw")


def _badges(notices: Iterable[Notice]) -> dict[int, tuple[str, ...]]:
    """What notices say of nodes, each once."""
    found: dict[int, dict[str, None]] = {}
    for notice in notices:
        if notice.node is not None and notice.kind in BADGES:
            found.setdefault(notice.node, {})[BADGES[notice.kind]] = None
    return {node: tuple(badges) for node, badges in found.items()}


def _width(path: str | None) -> int:
    """The columns that there are."""
    if path is None and sys.stdout.isatty():
        from gradcli.show.console import console

        return console().width
    told = os.environ.get("COLUMNS", "")
    return int(told) if path is None and told.isdecimal() and int(told) else PIPE_WIDTH


def _colored(color: options.Color) -> bool:
    from gradcli.show.console import console

    return console(color).color_system is not None


def _has_letters(path: str | None) -> bool:
    """Whether what is written to can have the letters of boxes."""
    try:
        "┌─▶∂×…".encode(sys.stdout.encoding if path is None else "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _write(pieces: Pieces, path: str | None, source: Source, color: str, *, drawing: bool) -> None:
    """Write a picture to standard output, or to a file that is there when it is whole."""
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if path is None and len(texts) == len(pieces):
        emit(texts, drawn=drawing)
        return
    if path is None and sys.stdout.isatty():
        raise UsageError("a terminal cannot show the bytes of this form", hint="write them to a file: --out FILE")
    from gradcli.data.output import output

    with output(path, lambda text: tell([Notice("output", text)], source, color)) as stream:
        stream.writelines(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
