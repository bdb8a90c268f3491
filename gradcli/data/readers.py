"""Opening tables: files or standard input, in whatever form → columns, and blocks to be made into batches.

Depends on the modules of the forms.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from gradcli.data import columnar_reader, delimited, ndjson
from gradcli.data.batch import Batch, Reading
from gradcli.data.blocks import Block, Cut, at_newline, blocks, outside_quotes
from gradcli.data.columnar_reader import Frame
from gradcli.data.options import SEPARATORS, TEXT, TableFormat, of_name, of_start
from gradcli.data.row_ends import Begun, begun
from gradcli.data.sources import beginning, bytes_of, opens_again, size_of, title
from gradcli.errors import FileProblem, listed

Part = Block | Frame


class Table(NamedTuple):
    """A table, opened.

    columns  the names of its columns
    header   the first line of a text, which names them
    parts    blocks of it, the first without rows, to be decoded in any order; takes the columns that are wanted
    decode   a block → a batch
    size     its bytes, where they are known
    shapes   the shapes of those of some columns that have lists; takes their names
    """

    form: TableFormat
    columns: tuple[str, ...]
    header: str
    parts: Callable[[Sequence[str]], Iterator[Part]]
    decode: Callable[[Any, Reading], Batch]
    size: int | None
    shapes: columnar_reader.Shapes = lambda _: {}

    @property
    def has_lists(self) -> bool:
        """Whether a cell of such a table may be a list."""
        return self.form not in SEPARATORS


@contextmanager
def opened(paths: Sequence[str], asked: TableFormat | None) -> Iterator[Table]:
    """The tables of the paths as one, until it is done with.

    Raises FileProblem where they are no tables, or have different columns.
    """
    stream = bytes_of(paths[0])
    start = beginning(stream)
    if not start:
        raise FileProblem(f"{title(paths[0])} is empty", hint="a table begins with the names of its columns")
    form = asked or of_name(paths[0]) or of_start(start)
    whole = chain([start], stream)
    with ExitStack() as until:
        table = _text(paths, form, whole) if form in TEXT else _columnar(paths, form, whole, until)
        yield table._replace(size=size_of(paths))


def _columnar(paths: Sequence[str], form: TableFormat, first: Iterable[bytes], until: ExitStack) -> Table:
    """A table of Parquet or Arrow; `first` are the bytes of the first path."""
    streams = [(paths[0], first), *((path, bytes_of(path)) for path in paths[1:])]
    if form is TableFormat.arrows:
        columns, parts, shapes = columnar_reader.open_streams((title(path), stream) for path, stream in streams)
        return Table(form, columns, "", parts, columnar_reader.decode, None, shapes)
    files = [
        (path if opens_again(path) else columnar_reader.spooled(stream, until), title(path)) for path, stream in streams
    ]
    names = [columnar_reader.names(file, form, name) for file, name in files]
    _check_same(dict(zip(paths, names, strict=True)), form)
    shapes = partial(columnar_reader.shapes, files[0][0], form, files[0][1])
    return Table(form, names[0], "", partial(columnar_reader.frames, files, form), columnar_reader.decode, None, shapes)


def _text(paths: Sequence[str], form: TableFormat, whole: Iterable[bytes]) -> Table:
    columns, head = _begun(title(paths[0]), form, whole)
    for path in filter(opens_again, paths[1:]):  # what else there is can be opened once only, when its turn comes
        _check_same({paths[0]: columns, path: _begun(path, form, bytes_of(path))[0]}, form)
    later = [(path, bytes_of(path)) for path in paths[1:]]
    cut: Cut = at_newline
    decode: Callable[[Block, Reading], Batch] = ndjson.decode
    shapes: columnar_reader.Shapes = partial(ndjson.shapes, head.row)
    if form in SEPARATORS:
        cut = partial(outside_quotes, separator=SEPARATORS[form])
        decode = partial(delimited.decode, separator=SEPARATORS[form])
        shapes = lambda _: {}  # noqa: E731 - a cell of a text is one number

    def parts(_wanted: Sequence[str]) -> Iterator[Block]:
        yield Block(b"", title(paths[0]), head.first, 0)
        seen = 0
        texts = chain([(columns, head)], (_begun(title(path), form, stream) for path, stream in later))
        for path, (found, text) in zip(paths, texts, strict=True):
            _check_same({paths[0]: columns, path: found}, form)
            for block in blocks(text.rest, title(path), cut, text.first):
                yield block._replace(start=seen)
                seen += block.lines

    return Table(form, columns, head.row.decode(), parts, decode, None, shapes)


def _begun(file: str, form: TableFormat, whole: Iterable[bytes]) -> tuple[tuple[str, ...], Begun]:
    """The columns of a text, and the text from its first row on."""
    text = begun(iter(whole), SEPARATORS.get(form))
    if not text.row:
        raise FileProblem(f"{file} is empty, or begins with an empty line", hint="name the columns in the first line")
    if form is TableFormat.ndjson:
        return ndjson.names(text.row, file), text
    return delimited.header(text.row, SEPARATORS[form], file), text


def _check_same(columns: dict[str, tuple[str, ...]], form: TableFormat) -> None:
    """Raise FileProblem where files have different columns; objects of JSON have theirs in any order."""
    (first, names), *others = columns.items()
    for path, found in others:
        if found != names and (form is not TableFormat.ndjson or {*found} != {*names}):
            raise FileProblem(
                f"{title(path)} has other columns than {title(first)}: {listed(found, most=8, named=8)}",
                hint=f"the columns of {title(first)} are {listed(names, most=8, named=8)}",
            )
