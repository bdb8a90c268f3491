"""Kinds: what a Python value is, as far as JavaScript must tell. An int is a BigInt there, a float a Number.

Depends on the standard library only. Tuples, lists and ranges are all arrays.
"""

import ast
from collections.abc import Sequence
from types import GenericAlias, ModuleType
from typing import NamedTuple


class UntranslatableError(Exception):
    """A kernel, or something in it, that has no JavaScript. It says what, and where."""


class Kind(NamedTuple):
    """`name` is int, float, bool, none, or one of these with items.

    tuple  an item a place
    list   one for all places
    dict   key and value
    maybe  what a dict may have
    """

    name: str
    items: tuple["Kind", ...] = ()


INT, FLOAT, BOOL, NONE = Kind("int"), Kind("float"), Kind("bool"), Kind("none")


class Signature(NamedTuple):
    """The kinds of a function's parameters, of those that may follow, and of its result."""

    parameters: tuple[Kind, ...]
    rest: Kind | None
    result: Kind


def listed(item: Kind) -> Kind:
    """An array of any length."""
    return Kind("list", (item,))


PLAIN = {"int": INT, "float": FLOAT, "bool": BOOL, "range": listed(INT)}


def of_annotation(node: ast.expr | None, known: object = None) -> Kind:
    """The kind that an annotation names; `known` is the module that may have an alias for it."""
    match node:
        case ast.Name(id=name) if name in PLAIN:
            return PLAIN[name]
        case ast.Name(id=name) if isinstance(alias := getattr(known, name, None), GenericAlias):
            return of_alias(alias)
        case ast.Subscript(value=ast.Name(id="list"), slice=part):
            return listed(of_annotation(part, known))
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[part, ast.Constant(value=end)])) if (
            end is ...
        ):
            return listed(of_annotation(part, known))
        case ast.Subscript(value=ast.Name(id="tuple" | "dict" as name), slice=ast.Tuple(elts=parts)):
            return Kind(name, tuple(of_annotation(part, known) for part in parts))
    raise UntranslatableError(f"the annotation {ast.unparse(node) if node else 'nothing'} is of no kind that is known")


def of_alias(alias: GenericAlias) -> Kind:
    """The kind of an annotation as Python keeps it."""
    return of_annotation(ast.parse(str(alias), mode="eval").body)


def of_function(node: ast.FunctionDef, known: object = None) -> Signature:
    """What a definition says of its kinds."""
    rest = node.args.vararg
    return Signature(
        tuple(of_annotation(argument.annotation, known) for argument in node.args.args),
        of_annotation(rest.annotation, known) if rest else None,
        of_annotation(node.returns, known),
    )


def of_global(module: ModuleType, name: str, value: object) -> Kind:
    """The kind of what a module has under a name: a dict's is what its annotation says."""
    if isinstance(value, dict):
        return of_alias(module.__annotations__[name])
    return of_value(value)


def of_value(value: object) -> Kind:
    """The kind of a number, or of a collection of numbers."""
    if isinstance(value, tuple | frozenset):
        return listed(common([of_value(item) for item in value]))
    if type(value).__name__ not in PLAIN:
        raise UntranslatableError(f"a {type(value).__name__} is of no kind that is known")
    return PLAIN[type(value).__name__]


def item(kind: Kind) -> Kind:
    """The kind of what an array yields."""
    if kind.name not in ("tuple", "list"):
        raise UntranslatableError(f"a {kind.name} yields nothing")
    return common(kind.items)


def common(kinds: Sequence[Kind]) -> Kind:
    """The one kind of several values: where an int meets a float, it becomes one."""
    found = set(kinds)
    if found == {INT, FLOAT}:
        return FLOAT
    if len(found) != 1:
        raise UntranslatableError(f"values of {len(found)} kinds meet")
    return kinds[0]
