"""Which arrays of a formula a table fills: by columns `x[1]`, `x[2]`, …, or by one column of lists.

Depends on the language's programs and on `gradcli.shapes`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gradcli.data.readers import Table
from gradcli.errors import FileProblem
from gradcli.language.program import Program
from gradcli.shapes import Shape, entry_name, entry_names, gathered, parted, plain_entry


class Columns(NamedTuple):
    """What a formula may take of a table.

    names  the columns, of those with lists the entries; but no entry of an array that the formula does not name
    lists  the columns that have lists, and their shapes
    """

    names: dict[str, None]
    lists: Mapping[str, Shape]

    @property
    def entries(self) -> dict[str, str]:
        """Each entry of a list, and the column that it is in."""
        return {each: name for name, shape in self.lists.items() for each in entry_names(name, shape)}


def columns_for(text: str, table: Table) -> Columns:
    """The columns of a table as a text can name them. What it declares itself, `x: [3]`, needs no first row.

    Raises FileProblem where a name is that of a column, and of an array of other columns.
    """
    _check_one_name(text, table)
    named = [name for name in table.columns if name in text and not _is_declared(name, text)]
    lists = table.shapes(named) if named else {}
    return _columns(text, table, lists)


def _check_one_name(text: str, table: Table) -> None:
    """Raise FileProblem where a name is that of a column, and of an array of other columns."""
    for name in gathered(table.columns):
        if name in table.columns and re.search(rf"(?<![\w`]){re.escape(name)}(?![\w`])", text):
            first = next(each for each in table.columns if each.startswith(f"{name}["))
            message = f"`{name}` is a column of the table, and the array of which `{first}` is an entry"
            raise FileProblem(message, hint="rename one of them")


def with_declared(columns: Columns, program: Program, text: str, table: Table) -> Columns:
    """The same with the columns that the program declares to be arrays; texts have no lists."""
    if not program.arrays or not table.has_lists:
        return columns
    declared = {
        name: shape
        for name, shape in program.arrays.items()
        if name in columns.names and entry_name(name, (1,) * len(shape)) in program.variables
    }
    return _columns(text, table, {**columns.lists, **declared}) if declared else columns


def _columns(text: str, table: Table, lists: Mapping[str, Shape]) -> Columns:
    names = dict[str, None]()
    for name in table.columns:
        entry = parted(name)
        if name in lists:
            names |= dict.fromkeys(entry_names(name, lists[name]))
        elif not entry or (entry[0] in text and name == plain_entry(name)):
            names[name] = None
    return Columns(names, lists)


def _is_declared(name: str, text: str) -> bool:
    """Whether a text says the shape of an array in numbers."""
    return re.search(rf"(?<!\w){re.escape(name)}\s*:\s*\[[\d,\s]*\]", text) is not None


def lists_out(program: Program, outputs: Iterable[str], columns: Columns) -> dict[str, Shape]:
    """The derivatives that are columns of lists, where a form has such: all by arrays but those of columns `x[1]`, …"""
    known, entries = {*outputs}, columns.entries
    return {
        f"d_{name}": shape
        for name, shape in program.arrays.items()
        if all(f"d_{each}" in known for each in entry_names(name, shape))
        and not any(each in columns.names and each not in entries for each in entry_names(name, shape))
    }
