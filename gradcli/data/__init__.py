"""Tables in and out: CSV, TSV, NDJSON, Parquet and Arrow, as streams of blocks, in constant memory.

Depends on polars for the columns, on NumPy where it is needed, on `gradcli.compiler` for the numbers.

    choices      what a person may choose
    formats      the names, extensions and first bytes of the forms
    tables       opening them
    text         bytes → blocks of whole rows, as they come
    line_ends    the first row of a text, and what ends its lines
    quoted_rows  where a row ends, in texts that may have quotes
    quotes       what of a text is quoted, and how wide its rows are
    separated    a block of CSV or TSV → a batch
    ndjson       a block of JSON lines → a batch
    uniform      the same, where all lines are written alike
    columnar     Parquet and Arrow → batches
    cells        the exact road: row by row, where a block is not what it should be
    writable     cells that the form of the output cannot hold
    encoding     a batch and its new columns → the bytes of a text
    packing      frames → Parquet and Arrow
    plan         which variable is a column
    arithmetic   plain arithmetic over columns, without an engine
    mapping      the value and the gradient of every batch
    reduction    one record of all batches
    stream       the loop
    ahead        work on several blocks at once, results in order
    writing      bytes out, whole rows only
    replacing    a file that comes to its place when it is whole
    memory       what is freed is kept for the next block

A number is never silently wrong, and a row never silently lost. What comes of bad input, where `--on-error` is `fail`:

    a cell that is no number: empty, NA, 1_000, 0x10, 1e400   an error with file, line and column, exit code 4
    blanks around a number, +1, .5, 5., 1e-400                the nearest double
    NaN, inf, -Infinity, in any case                          taken as such; in JSON as strings
    a ragged row, a cut JSON line, NUL, bytes not UTF-8       an error with file and line
    rows that are ragged so that they even out                an error each: the bytes of every row are counted
    a newline between quotes                                  part of the cell, or of a name
    an empty line                                             no row
    a byte-order mark, CRLF, no newline at the end            read; written without, as LF, with
    a return alone, outside quotes                            ends a row; where it ends the first row, all returns
                                                              are line feeds, those between quotes too
    a quotation mark in TSV                                   a letter, in and out: TSV has no quotes (IANA)
    a tab, newline or open quote in a cell to become TSV      an error with file, line and column: it has no escape
    a header alone                                            a header alone
    an empty file, a missing or doubled column                an error before any work
    a quote that is not closed                                a letter: costs that line at most
    a key of JSON twice in an object                          an error where the formula or a cell takes it
    a key of JSON that the first row has not                  an error where the formula has its name, which is bound
                                                              or a constant, or where there is no column for it
    files whose columns have other types                      an error in Parquet and Arrow, text in texts
    a name with * ? [ ] { } ~ or like a web address           the very file of that name
    a pipe                                                    is opened once, in its turn; named twice, an error
    a Parquet or Arrow file cut short, a directory            an error

Standard output gets every good row before an error; a file of `--out` stays as it was. `skip` leaves out the rows that
`fail` would stop at, `null` keeps those that are whole and leaves their new cells empty; both count them and say so.
"""
