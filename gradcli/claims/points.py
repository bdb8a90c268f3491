"""The point at which a derivative is claimed: the parentheses of L'(2), dL/dw(x=2, w=3) and f'(x).

Depends on `gradcli.claims.names` for what names mean, on `gradcli.evaluate.constant` for the numbers.
"""

import re

from gradcli.claims.names import Names
from gradcli.claims.notations import WORD, Left, Word, plain
from gradcli.claims.split import parts, trimmed
from gradcli.errors import GradcliError, LanguageError, Source, Span, listed
from gradcli.evaluate.constant import constant
from gradcli.language.notation import quoted
from gradcli.letters import pattern
from gradcli.operators.table import CONSTANT

_DECIMAL = re.compile(r"\s*[-−+]?\s*[\d._]+(?:[eE][-+]?\d+)?\s*")


class Point:
    """What stands in the parentheses after a left side, if there are any.

    span   where it stands, or the left side does
    items  a name or nothing, and a number or None: (x, None) of x, (x, 2) of x=2
    """

    def __init__(self, names: Names, left: Left) -> None:
        self.names, self.left = names, left
        self.span = left.point.span if left.point else left.span
        self.items = self._items()

    @property
    def called(self) -> list[str]:
        """The names: of x and x=2."""
        return [name for name, _ in self.items if name]

    @property
    def is_rounded(self) -> bool:
        """Whether there are numbers that are no decimals, such as pi, so that doubles are only near to them."""
        return any(value and not _DECIMAL.fullmatch(value.name) for _, value in self.items)

    def numbers(self, source: int, by: str) -> dict[str, float]:
        """The numbers at which it is claimed: those of names, or one for each variable of `source`, or one for `by`.

        Raises LanguageError, and BindingError for what is no number.
        """
        items = self.items
        if self.left.kind == "quotient of the output" and any(value and self._names(value) for _, value in items):
            raise self._of_expression()
        for name, value in items:
            if not value and name not in self.names.known:
                raise self.names.unknown(name, self.span)
        numbers = [value for name, value in items if not name and value]
        if not numbers:
            return dict(self._bound(name, value) for name, value in items if value)
        there = [by] if len(numbers) == 1 and by else self.names.variables_of(source)
        if len(there) > 1 and len(numbers) == len(there) and there != sorted(there):
            message = f"in which order {listed(there)} stand here is open"
            raise self._wrong_point(message, f"name them: ({', '.join(f'{quoted(name)}=2' for name in there)})")
        if len(numbers) != len(items) or len(numbers) != len(there):
            message = f"a point is a number for each of {listed(there) or 'no variable'}, and here {given(len(items))}"
            hint = f"name them: ({', '.join(f'{quoted(name)}=2' for name in there or ['x'])})"
            raise self._wrong_point(message, hint)
        return dict(self._bound(name, value) for name, value in zip(there, numbers, strict=True))

    def _items(self) -> list[tuple[str, Word | None]]:
        if self.left.point is None or not self.left.point.name.strip():
            return []
        return [self._item(*trimmed(self.names.text, it)) for it in self._commas(self.left.point.span)]

    def _commas(self, span: Span) -> list[Span]:
        return parts(self.names.text, span, ",;")

    def _item(self, start: int, end: int) -> tuple[str, Word | None]:
        text = self.names.text
        name, sign, value = text[start:end].partition("=")
        name = name.strip()
        if sign and not name:
            raise self._of_expression()
        if sign:
            begin = end - len(value.lstrip())
            return plain(name) if name else "", Word(text[begin:end], (begin, max(end, begin + 1)))
        return (plain(name), None) if name and self._is_name(name) else ("", Word(name, (start, end)))

    def _is_name(self, text: str) -> bool:
        return text[0] == "`" or (text.isidentifier() and (plain(text) in self.names.known or text not in CONSTANT))

    def _bound(self, name: str, value: Word) -> tuple[str, float]:
        self.names.check_variable(Word(name, value.span), "a point binds variables")
        padded = " " * value.span[0] + value.name
        try:
            return name, constant(Source(padded, f"`{name}`"))
        except GradcliError as error:
            error.source, error.span = self.names.source, error.span or value.span
            raise

    def _names(self, value: Word) -> set[str]:
        return {*pattern(WORD, value.name).findall(value.name)} & self.names.known.keys()

    def _of_expression(self) -> LanguageError:
        """What d/dx (x^2) means."""
        error = self.names.no_claim(self.span)
        error.message = "what is differentiated is the output or a named node"
        return error

    def _wrong_point(self, message: str, hint: str) -> LanguageError:
        return LanguageError(message, hint=hint, span=self.span, source=self.names.source)


def given(count: int) -> str:
    """So many are given."""
    return f"{count} {'are' if count > 1 else 'is'} given"
