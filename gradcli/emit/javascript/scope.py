"""Scope: what the names in a function mean, its own ones and those of its module.

Depends on `fragments` and `names`.
"""

import ast
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from gradcli.emit.javascript import names
from gradcli.emit.javascript.fragments import Code, literal, number
from gradcli.emit.javascript.kinds import FLOAT, INT, Kind, UntranslatableError, item, listed, of_global

LONGEST = 24
"""A constant of a module that takes more digits than this has a name; any other stands where it is used."""


class Scope:
    """`kinds` of the function's own names; all others are those of its module."""

    def __init__(self, module: ModuleType, kinds: Mapping[str, Kind]) -> None:
        self.module, self.kinds = module, dict(kinds)

    def inner(self) -> "Scope":
        """The scope of a comprehension."""
        return Scope(self.module, self.kinds)

    def has(self, name: str) -> bool:
        """Whether a name is that of a variable, or of something in the module."""
        return name in self.kinds or hasattr(self.module, name)

    def read(self, name: str) -> Code:
        """The value of a variable, or of a constant of the module."""
        if name in self.kinds:
            return Code(names.local(name), self.kinds[name])
        value = names.found(self.module, name)
        kind = of_global(self.module, name, value)
        if kind in (INT, FLOAT) and len(literal(value)) <= LONGEST:
            return number(value, kind)
        return Code(names.joined(self.module, name), kind)

    def known(self, node: ast.expr) -> Any:
        """What `name` or `module.name` means in the module; None for what is no such word."""
        match node:
            case ast.Name(id=name) if name not in self.kinds:
                return names.found(self.module, name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner not in self.kinds:
                module = names.found(self.module, owner)
                return names.found(module, name) if isinstance(module, ModuleType) else None
        return None


def bound(target: ast.expr, kind: Kind, scope: Scope) -> str:
    """The pattern that takes a value of a kind apart into names, which the scope then knows."""
    if isinstance(target, ast.Name):
        if scope.kinds.setdefault(target.id, kind) != kind:
            raise UntranslatableError(f"{target.id} is of kind {scope.kinds[target.id].name}, then {kind.name}")
        return names.local(target.id)
    if not isinstance(target, ast.Tuple):
        raise UntranslatableError(f"{ast.unparse(target)!r} cannot be assigned to")
    return f"[{','.join(_places(target.elts, kind, scope))}]"


def _places(targets: Sequence[ast.expr], kind: Kind, scope: Scope) -> list[str]:
    kinds = kind.items if kind.name == "tuple" else (item(kind),) * len(targets)
    if len(kinds) != len(targets):
        raise UntranslatableError(f"{len(kinds)} values do not fit {len(targets)} names")
    return [_place(target, part, scope) for target, part in zip(targets, kinds, strict=True)]


def _place(target: ast.expr, kind: Kind, scope: Scope) -> str:
    if isinstance(target, ast.Starred):
        return f"...{bound(target.value, listed(kind), scope)}"
    return bound(target, kind, scope)
