"""A number as it is typed: a text that is a constant expression, such as 0.1 or pi/4.

Depends on the language to read it and on `gradcli.evaluate.scalar` for its value.
"""

from gradcli.errors import BindingError, Source
from gradcli.evaluate.scalar import evaluate
from gradcli.language.program import parse
from gradcli.language.uncertainty import check_certain


def constant(source: Source) -> float:
    """The value of a constant expression. Raises BindingError for what is none, LanguageError for no formula."""
    if not source.text.strip():
        raise BindingError(f"{source.name} has no value", hint="write a number, or pi/4")
    check_certain(source)
    program = parse(source.text, name=source.name)
    if program.variables:
        name, node = next(iter(program.variables.items()))
        raise BindingError(
            f"the value of {source.name} must be a number, and `{name}` is a variable",
            hint="write a number, or pi/4",
            span=program.graph.span(node),
            source=source,
        )
    return evaluate(program.graph, [program.output], {})[0]
