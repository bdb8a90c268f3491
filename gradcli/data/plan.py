"""What is to be computed of a table: which variables are its columns, which are bound, what the new columns are called.

Depends on the language and on `gradcli.compiler`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gradcli.compiler.columns import Compiled
from gradcli.data.arithmetic import arithmetic
from gradcli.errors import BindingError, FileProblem, LanguageError, listed
from gradcli.language.glued import unglued
from gradcli.language.guess import did_you_mean
from gradcli.language.program import Program, parse
from gradcli.operators.table import CONSTANT
from gradcli.rewriting.formula import Formula
from gradcli.shapes import Shape, entry_names, grouped, parted

MOST_NAMED = 10


@dataclass(frozen=True)
class Plan:
    """The formula made ready.

    bound      the numbers that are the same in every row
    needed     the columns that the formula takes
    elsewhere  the names in it that are no columns: bound, or constants
    lists      the new columns that have lists, and the shape of these
    """

    compiled: Compiled
    bound: Mapping[str, float]
    needed: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    lists: Mapping[str, Shape] = field(default_factory=dict)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the outputs, those of arrays entry by entry."""
        return tuple(self.compiled.formula.outputs)

    @property
    def new_columns(self) -> tuple[str, ...]:
        """The names of the new columns."""
        return tuple(grouped(dict.fromkeys(self.outputs), self.lists))

    @cached_property
    def arithmetic(self) -> Formula | None:
        """The formula as plain arithmetic, if that is what it is, and no engine was asked for."""
        return arithmetic(self.compiled.formula) if self.compiled.engine == "auto" else None


def constants(program: Program, columns: Collection[str]) -> tuple[str, ...]:
    """The constants that a program uses, which are variables where a column has their name."""
    text, title = program.source
    used = [name for name in CONSTANT if name not in columns and _may_name(text, name)]
    if not used:
        return ()
    try:
        meant = parse(text, variables={*columns, *program.variables, *used}, name=title).variables
    except LanguageError:  # as variables they would make no sense here
        return tuple(used)
    return tuple(name for name in used if name in meant)


def _may_name(text: str, constant: str) -> bool:
    """Whether a constant may stand in a text; letters of other alphabets may be normalised to one."""
    return not text.isascii() or re.search(rf"(?<![^\W\d]){constant}(?!\w)", text) is not None


def check_bound(
    program: Program, columns: Mapping[str, object], by_hand: Mapping[str, str], filed: Collection[str], title: str
) -> None:
    """Raise BindingError where a variable is a column and bound by hand, or neither a column nor bound.

    `by_hand` has names and how each was typed.
    """
    for name, typed in by_hand.items():
        if name in columns and name in program.variables:
            message = f"`{name}` is a column of {title}, and {typed} binds it too"
            raise BindingError(message, hint=f"leave {typed} out, or call the variable something else")
    known = {*columns, *by_hand, *filed}
    missing = [name for name in program.variables if name not in known]
    if missing:
        raise _missing(program, missing, columns, known, title)


def _missing(
    program: Program, missing: Sequence[str], columns: Collection[str], known: Collection[str], title: str
) -> BindingError:
    offer = unglued(program.source.text, missing, known)
    whole = [*grouped(dict.fromkeys(missing), program.arrays)]
    verb = "is" if len(whole) == 1 else "are"
    guess = next((hint for name in whole if (hint := _gap(name, columns) or did_you_mean(name, columns))), "")
    unbound = ((offer and offer.rest) or whole)[:MOST_NAMED]
    bind = "bind " + " ".join(_binding(name, program.arrays.get(name)) for name in unbound)
    hint = offer.or_else(bind) if offer else f"{guess or f'the columns are {_listed(columns)}'}; or {bind}"
    span = program.graph.span(program.variables[missing[0]])
    message = f"{_listed(whole)} {verb} neither a column of {title} nor bound"
    return BindingError(message, hint=hint, span=span, source=program.source)


def _gap(name: str, columns: Collection[str]) -> str:
    """Which entry an array lacks, of whose entries some are columns; or nothing."""
    there = [entry[1] for each in columns if (entry := parted(each)) and entry[0] == name]
    if len({*map(len, there)}) != 1:
        return ""
    names = entry_names(name, tuple(map(max, zip(*there, strict=True))))
    lacking = next((each for each in names if each not in columns), "")
    return f"there are columns of an array `{name}`, but none is called `{lacking}`" if lacking else ""


def _binding(name: str, shape: Shape | None) -> str:
    if shape:
        return f"--{name} @{name}.csv"
    return f"{name}=VALUE" if name.isidentifier() else f"'`{name}`=VALUE'"


def check_free(new_columns: Collection[str], columns: Collection[str], title: str) -> None:
    """Raise FileProblem where a new column has the name of one that the table has."""
    taken = [name for name in new_columns if name in columns]
    if taken:
        raise FileProblem(
            f"{title} has a column `{taken[0]}` already, which is what a new one would be called",
            hint="name the output: loss = …; or leave the table's columns out with --only",
        )


def _listed(names: Collection[str]) -> str:
    shown = [name if name.isidentifier() else f"`{name}`" for name in names]
    return listed(shown, most=MOST_NAMED, named=MOST_NAMED)
