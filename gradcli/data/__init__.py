"""Tables in and out: CSV, TSV, NDJSON, Parquet and Arrow, as streams of blocks, in constant memory.

Depends on polars for the columns, on NumPy where it is needed, on `gradcli.compiler` for the numbers.

    options          what a person may choose: forms, by name, extension and first bytes; what comes of bad rows
    sources          files, standard input and pipes, and their bytes
    readers          opening them
    blocks           bytes → blocks of whole rows, as they come
    row_ends         where the rows of a text end, and its first one
    lists            columns of lists, and their entries
    byte_scan        what of a text is quoted, and how wide its rows are
    batch            what a block becomes
    plain_text       lines and cells of a text whose rows are plain
    delimited        a block of CSV or TSV → a batch
    ndjson           a block of JSON lines → a batch
    ndjson_template  the same, where all lines are written alike
    json_objects     an object of JSON, key by key
    row_by_row       the slow path, where a block is not what it should be
    columnar_reader  Parquet and Arrow → batches
    columnar_writer  frames → Parquet and Arrow
    arrow_stream     the messages of a stream of Arrow, in and out
    writable         cells that the form of the output cannot hold
    text_writer      a batch and its new columns → the bytes of a text
    plan             which variable is a column
    arrays           which array is filled by columns, or by one of lists
    numpy_files      arrays that NumPy wrote
    arithmetic       plain arithmetic over columns, without an engine
    evaluate_batch   the value and the gradient of every row of a batch
    reduce           one record of all rows
    pipeline         the loop
    in_memory        a table as a whole, for what goes through it again and again
    ordered_pool     work on several blocks at once, results in order
    output           bytes out, whole rows only
    replacing        a file that comes to its place when it is whole
    allocator        what is freed is kept for the next block

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
    columns x[1], x[2], … where the formula has `x`           its entries; one that lacks, or a column `x` beside them:
                                                              an error before any work
    a list in NDJSON, Parquet or Arrow                        an array of the shape that the formula declares, the
                                                              type has, or else the first row's
    a list of another shape, or none, or with an empty entry  an error with file, row and column, as a cell that is
                                                              no number
    files whose columns have other types                      an error in Parquet and Arrow, text in texts
    a name with * ? [ ] { } ~ or like a web address           the very file of that name
    a pipe                                                    is opened once, in its turn; named twice, an error
    a Parquet or Arrow file cut short, a directory            an error

Standard output gets every good row before an error; a file of `--out` stays as it was. `skip` leaves out the rows that
`fail` would stop at, `null` keeps those that are whole and leaves their new cells empty; both count them and say so.
"""
