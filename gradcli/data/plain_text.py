"""What polars reads of a text whose rows are plain: its lines, and its cells.

Depends on polars, which forgives more than it should: who calls has looked at the bytes, and looks at what comes.
"""

from collections.abc import Collection, Sequence

import polars as pl

from gradcli.data.batch import LINE, unnamed


def lines_of(text: bytes, sentinel: bytes) -> pl.DataFrame:
    """The lines of a text, in one column; `sentinel` is a byte that is not in it.

    >>> lines_of(b'1,"a"\\n2,\\n', b"\\x01").to_dict(as_series=False)
    {'line': ['1,"a"', '2,']}
    """
    return pl.read_csv(text, has_header=False, separator=sentinel.decode(), quote_char=None, schema={LINE: pl.String})


def columns_of(
    text: bytes,
    separator: str,
    names: Sequence[str],
    wanted: Collection[str],
    kind: type[pl.DataType],
    quote: str | None = None,
) -> pl.DataFrame:
    """Those columns of a text that are wanted, all of one type. An empty text is a text.

    >>> columns_of(b"1,a,\\n2.5,b,x\\n", ",", ["x", "s", "t"], ["x"], pl.Float64).to_dict(as_series=False)
    {'x': [1.0, 2.5]}
    """
    places = [place for place, name in enumerate(names) if name in wanted]
    if not places:
        return pl.DataFrame()
    numbered = [f"{place}" for place in range(len(names))]  # polars takes no names of its own here
    cells = pl.read_csv(
        text,
        has_header=False,
        separator=separator,
        quote_char=quote,
        schema=dict.fromkeys(numbered, kind),
        columns=places,
        empty_string_is_null=False,
    )
    cells.columns = [names[place] for place in places]
    return cells


def are_numbers(columns: pl.DataFrame) -> bool:
    """Whether there is a number in every cell, and none so large that it may have been a decimal beyond the doubles."""
    return not any(column.null_count() or unnamed(column).is_infinite().any() for column in columns)
