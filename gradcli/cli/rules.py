"""`gradcli rules`: the operator table, and one row of it in full.

Depends on the operator table alone.
"""

from typing import Annotated

import typer


def command(name: Annotated[str | None, typer.Argument(help="An operator: tanh, max, *.")] = None) -> None:
    """The operators there are, and the rule of each: definition, derivative, kink, domain."""
    print(name)
