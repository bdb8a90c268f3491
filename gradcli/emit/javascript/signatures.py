"""The kinds of every function that a kernel may call, and the parsed source of the kernels.

Depends on `kinds`, `library` and `names`.
"""

import ast
from functools import cache
from pathlib import Path
from types import ModuleType

from gradcli.emit.javascript import library, names
from gradcli.emit.javascript.kinds import Signature, UntranslatableError, of_function


@cache
def signature(name: str) -> Signature:
    """The kinds of a function by its JavaScript name: from the library, or from the kernel's own annotations."""
    if name in library.library():
        return library.signature(name)
    module, known = names.parted(name)
    return of_function(definition(module, known), module)


def definition(module: ModuleType, name: str) -> ast.FunctionDef:
    """The definition of a function in a module's source."""
    found = _definitions(module).get(name)
    if found is None:
        raise UntranslatableError(f"{module.__name__} defines no function {name}")
    return found


@cache
def _definitions(module: ModuleType) -> dict[str, ast.FunctionDef]:
    body = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
