"""The rows of the operator table by name: what a call of a function means, and which rows a person may mean.

Depends on the operator table and on `gradcli.language.guess`.
"""

from collections.abc import Iterable
from functools import cache

from gradcli.errors import UsageError
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.symbols import NOTATIONS
from gradcli.operators.row import Operator, Trait
from gradcli.operators.spellings import SHAPED, SPELLINGS
from gradcli.operators.table import CALLABLE, CONSTANT, OPERATORS

_OVERLOADS = [row for row in OPERATORS.values() if row.overloads]
FUNCTIONS: dict[str, tuple[Operator, ...]] = {
    name: (OPERATORS[operator], *(row for row in _OVERLOADS if row.overloads == operator))
    for name, operator in CALLABLE.items()
}
"""The rows that a name before a parenthesis may mean; the number of arguments decides."""
SPELLED: dict[str, Operator] = {name: row for row in SPELLINGS for name in (row.name, *row.aliases)}
"""The functions that are written out where they are called."""
FUNCTIONS.update({name: (row,) for name, row in SPELLED.items()})
RESERVED = frozenset([name for name, rows in FUNCTIONS.items() if Trait.YIELDS not in rows[0].traits])
"""The names that mean a function wherever they stand, and are no variables unless something binds them."""


NEAR = 0.78
"""How like two names of functions must be for one to be offered for the other: a wrong function is worse than none."""


def meant(name: str, more: Iterable[str] = ()) -> str:
    """What a person may mean by a name that no function has: a formula, or a function that is spelled nearly so."""
    from gradcli.language.elsewhere import NOT_HERE, instead  # only a mistake needs it

    if hint := instead(name) or instead(name.lower() if name.isupper() else ""):
        return hint
    names = [*FUNCTIONS, *more]
    near = "" if name in NOT_HERE or len(name) == 1 else did_you_mean(name, names, cutoff=NEAR)
    return look_alike(name, names) or near


def counts(row: Operator) -> str:
    """How many arguments a row takes, in words."""
    most, optional = len(row.operands), len(row.defaults)
    if row.variadic:
        return "one or more"
    return f"{most - optional} or {most}" if optional else str(most)


def wanted(name: str) -> tuple[str, str]:
    """How many arguments a function takes, and its signatures, in words."""
    rows = FUNCTIONS[name]
    signatures = " or ".join(f"{name}({row.signature.replace('*x', 'x, y, …')})" for row in rows)
    return " or ".join(counts(row) for row in rows), signatures


@cache
def fitting(name: str, count: int) -> tuple[str, tuple[float, ...]] | None:
    """The operator that a name means with so many arguments, and the defaults of those left out; None for none."""
    for row in FUNCTIONS.get(name, ()):
        most, defaults = len(row.operands), row.defaults
        if row.variadic and count >= 1:
            return row.name, ()
        if not row.variadic and most - len(defaults) <= count <= most:
            return row.name, defaults[len(defaults) - (most - count) :]
    return None


def all_rows() -> tuple[Operator, ...]:
    """All rows: those of operators, and those of functions that are written out or are of arrays."""
    return (*OPERATORS.values(), *SPELLINGS, *SHAPED)


def found(words: str) -> tuple[Operator, ...]:
    """The rows whose doc or names hold all of some words. Raises UsageError where none does."""
    wanted = words.casefold().split()
    rows = [row for row in all_rows() if all(word in _told(row) for word in wanted)]
    if not rows or not wanted:
        raise UsageError(f"no row tells of `{words}`", hint="`gradcli rules` lists all")
    return tuple(rows)


def _told(row: Operator) -> str:
    """Name, other names and doc of a row."""
    return " ".join((row.name, *row.aliases, row.overloads, row.doc)).casefold()


def rows_of(name: str) -> tuple[Operator, ...]:
    """The rows that a name or a symbol means. Raises UsageError."""
    if name in SPELLED:
        return FUNCTIONS[name]
    if of_arrays := tuple(row for row in SHAPED if row.name == name):
        return of_arrays
    spoken = OPERATORS.get(CALLABLE.get(name, CONSTANT.get(name, name)))
    symbols = [OPERATORS[row] for row, sign in NOTATIONS.items() if name in (sign.symbol, *sign.spellings)]
    rows = [spoken] if spoken else symbols
    if not rows:
        from gradcli.language.elsewhere import instead  # only a mistake needs it

        hint = instead(name) or did_you_mean(name, [*OPERATORS, *FUNCTIONS], cutoff=NEAR) or "`gradcli rules` lists all"
        raise UsageError(f"there is no operator `{name}`", hint=hint)
    return (*rows, *(row for row in _OVERLOADS if row.overloads in {row.name for row in rows}))
