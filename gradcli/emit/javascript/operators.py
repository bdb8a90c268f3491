"""The operators of the table as JavaScript, for a page that interprets a graph in a browser.

Depends on the operator table, on the kernels and on `pieces`. What an operator means is looked up as `evaluate.scalar`
does: its kernel, or the function of that name in `math`, or its definition.
"""

import math
from collections.abc import Callable, Iterable
from importlib import import_module

from gradcli.emit.javascript import names
from gradcli.emit.javascript.fragments import literal
from gradcli.emit.javascript.pieces import needed, plain
from gradcli.kernels import KERNELS, LATE
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS

_MODULES = {operator: module for module, operators in LATE.items() for operator in operators}


def kernels(operators: Iterable[str]) -> str:
    """The text of `const KERNELS = {…}`: a function of Numbers for each operator, which needs nothing but JavaScript.

    Raises KeyError for an operator that the table does not have, UntranslatableError for a kernel without JavaScript.
    """
    texts = {operator: plain(meaning(operator)) for operator in dict.fromkeys(operators)}
    entries = ",".join(f'"{operator}":{text}' for operator, text in texts.items())
    return "\n".join(["const KERNELS=(()=>{", *needed(texts.values()), f"return {{{entries}}};", "})();", ""])


def meaning(operator: str) -> str:
    """One operator as a JavaScript expression."""
    row, native = OPERATORS[operator], getattr(math, operator, None)
    kernel = _kernel(operator) or native
    if isinstance(kernel, float):
        return f"()=>{literal(kernel)}"
    return names.of_function(kernel, operator) if kernel else composite(row)


def _kernel(operator: str) -> Callable[..., float] | None:
    """The function behind an operator, and not the one that loads its module late."""
    if operator in _MODULES:
        kernel: Callable[..., float] = getattr(import_module(f"gradcli.kernels.{_MODULES[operator]}"), operator)
        return kernel
    return KERNELS.get(operator)


class _Steps(dict[str, Callable[..., str]]):
    """Operator → what appends a call of it to the steps of a definition, and gives the name of its result."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __missing__(self, operator: str) -> Callable[..., str]:
        return lambda *operands: self.append(f"({meaning(operator)})({','.join(operands)})")

    def append(self, text: str) -> str:
        """A step more."""
        self.lines.append(f"const step{len(self.lines)}={text};")
        return f"step{len(self.lines) - 1}"


def composite(row: Operator) -> str:
    """A row's definition as a function; a variadic one takes its operands one by one."""
    definition, steps = parse_template(row.definition, row.operands), _Steps()
    given = [names.local(name) for name in definition.parameters]
    result = definition.run(given, steps, lambda number: literal(float(number)))
    function = f"({','.join(given)})=>{{{''.join(steps.lines)}return {result};}}"
    return f"(...operands)=>operands.reduce({function})" if row.variadic else function
