"""Names: module$name is the JavaScript of what a Python module has under a name.

Depends on the standard library and on `gradcli.kernels`. No word of Python has a $: no local name is ever in the way.
"""

import re
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

from gradcli.emit.javascript.kinds import UntranslatableError

RESERVED = frozenset(
    re.findall(
        r"\w+",
        "arguments case catch const debugger default delete do enum eval export extends function implements in "
        "instanceof interface let new null package private protected public static super switch this throw typeof "
        "undefined var void BigInt Infinity Map Math NaN Number Object",
    )
)
"""Words that a local name of Python may be, and one of JavaScript must not."""


def local(name: str) -> str:
    """The name of a parameter or a variable."""
    return name + "$" if name in RESERVED else name


def joined(module: ModuleType, name: str) -> str:
    """The JavaScript name of what a module has."""
    return f"{module.__name__.rpartition('.')[2].lstrip('_')}${name}"


def of_function(function: Callable[..., object], otherwise: str = "") -> str:
    """The JavaScript name of a function, wherever it was imported; `otherwise` names one without a name: a lambda."""
    function = getattr(function, "__wrapped__", function)
    name = function.__name__ if function.__name__.isidentifier() else otherwise
    if function.__module__.startswith("gradcli.") and not function.__module__.startswith("gradcli.kernels."):
        raise UntranslatableError(f"{function.__module__}.{name} is no kernel")
    return f"{function.__module__.rpartition('.')[2].lstrip('_')}${name}"


def parted(name: str) -> tuple[ModuleType, str]:
    """The module of kernels and the name in it that a JavaScript name stands for."""
    module, _, known = name.partition("$")
    try:
        return import_module(f"gradcli.kernels.{module}"), known
    except ModuleNotFoundError:
        raise UntranslatableError(f"{module}.{known} has no JavaScript: write {name} into library.js") from None


def found(module: ModuleType, name: str) -> Any:
    """What a module has under a name."""
    try:
        return getattr(module, name)
    except AttributeError:
        raise UntranslatableError(f"{module.__name__} has no {name}") from None
