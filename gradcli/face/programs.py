"""A parsed formula as the Python face gives it: a program that a person can read, and a notebook can draw.

Depends on the language and on `gradcli.emit`, which stands above it.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from gradcli.errors import shortened
from gradcli.evaluate.gradient import Gradient
from gradcli.face.arrays import spread_out
from gradcli.face.bindings import formula
from gradcli.language import program as language

if TYPE_CHECKING:
    from gradcli.face.bindings import Size


class Program(language.Program):
    """A parsed formula: its text, its graph, the names of its output, its variables and its definitions.

    gradients  what was made ready to answer before
    """

    gradients: dict[object, Gradient]

    def __new__(cls, *parts: Any) -> "Program":
        """What a program of the language is made of."""
        program = super().__new__(cls, *parts)
        program.gradients = {}
        return program

    def __reduce__(self) -> tuple[Any, ...]:
        """What a copy is made of: nothing is ready in it."""
        return type(self), tuple(self)

    def __repr__(self) -> str:
        """The call that makes it, but for its `variables`."""
        return f"gradcli.parse({shortened(self.source.text)!r})"

    def _repr_html_(self) -> str:
        """The formula as it was typed."""
        from gradcli.emit.html import code  # here and below: a notebook alone needs it

        return code(shortened(self.source.text))

    def _repr_latex_(self) -> str:
        """The formula as mathematics, a line for each definition."""
        from gradcli.emit.aligned import aligned

        return aligned(self)


def parse(
    text: str,
    *,
    variables: Iterable[str] = (),
    name: str = "expression",
    shapes: "Mapping[str, Size] | None" = None,
) -> Program:
    """Parse a formula, to be used often.

    `variables` are names that are variables even if a constant (`e`) or a function (`gamma`) is called so;
    in a mapping each has its number, or its array;
    `shapes` are those of arrays that the text does not declare: {"x": 3, "W": (2, 3)}; `name` is what errors call the
    text. The output may be an array, for `value`. Raises LanguageError with a span where the text is no formula,
    BindingError for what is no shape, and UsageError for what is no text.
    """
    known = spread_out(variables).values if isinstance(variables, Mapping) else variables
    return Program(*formula(text, known, name, shapes=shapes, takes_arrays=True))
