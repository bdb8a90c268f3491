"""What a claim is about: which derivative, at which point, or the update of which weight; Left → Subject.

Depends on `gradcli.claims.notations` for how it is written, on `gradcli.claims.names` for what names mean.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gradcli.claims.names import Names
from gradcli.claims.notations import NAME, Left, Word, plain
from gradcli.claims.split import parts, trimmed
from gradcli.derivatives import differentiate
from gradcli.errors import GradcliError, LanguageError, Source, Span, UsageError, listed
from gradcli.evaluate.constant import constant
from gradcli.language.functions import FUNCTIONS, fitting
from gradcli.language.notation import quoted
from gradcli.operators.table import CONSTANT

NEW = "_new"
"""What the name of an updated weight ends with, as in the answer of `gradcli grad --lr`."""
_DECIMAL = re.compile(r"\s*[-−+]?\s*[\d._]+(?:[eE][-+]?\d+)?\s*")


class Subject(NamedTuple):
    """What a claim is about.

    text    as it is written
    of, by  the names: what is differentiated, by what
    source, variable  their nodes
    point   the numbers at which it is claimed, beside those that are bound
    rate    the learning rate of an update; None for a derivative
    is_rounded  whether the numbers of the point are only near to what is written, as that of pi is
    """

    text: str
    of: str
    by: str
    source: int
    variable: int
    point: Mapping[str, float]
    rate: float | None = None
    is_rounded: bool = False


class Subjects:
    """What one left side is about: one derivative, or several if it is a gradient."""

    def __init__(self, names: Names, left: Left, rate: float | None) -> None:
        self.names, self.left, self.rate = names, left, rate
        self.text = names.source.text[left.span[0] : left.span[1]]

    def all(self) -> list[Subject]:
        """The subjects, in the order in which a claim has their right sides. Raises LanguageError."""
        if self.left.kind == "gradient":
            found = [*self._components()]
        else:
            found = [self._primed() if self.left.kind == "primed" else self._by() if self.left.by else self._named()]
        is_rounded = any(value and not _DECIMAL.fullmatch(value.name) for _, value in self._items())
        return [subject._replace(is_rounded=is_rounded) for subject in found]

    def _by(self) -> Subject:
        """dL/dw, d²L/dw², ∂²L/∂w∂x: all names are there."""
        source, of = self.names.of(self.left.of), self.left.of.name if self.left.of else self.names.program.name
        *_, last = self.left.by
        variable = self.names.by(last)
        point = self._point(source, last.name)
        if self.left.times > 1:
            source, of = self._once(source, of, self.left.by[0])
        return Subject(self.text, of, last.name, source, variable, point)

    def _once(self, source: int, of: str, by: Word) -> tuple[int, str]:
        node = self.names.by(by)
        return differentiate(self.names.graph, source, [node]).gradient[0], f"(d{of}/d{by.name})"

    def _named(self) -> Subject:
        """w_new, L_w."""
        word, known = self.left.of or Word("", self.left.span), self.names.known
        if word.name in known:
            raise self._value(word)
        new = word.name.removesuffix(NEW)
        if new != word.name and (self.names.is_variable(new) or NEW[1:] not in known):
            return self._update(Word(new, (word.span[0], word.span[1] - len(NEW))))
        cuts = [at for at, letter in enumerate(word.name) if letter == "_" and word.name[:at] and word.name[at + 1 :]]
        if not cuts:
            raise self.names.no_claim(self.left.span)
        of, by = _split(word, max(cuts, key=lambda at: (word.name[:at] in known) + (word.name[at + 1 :] in known)))
        if not {of.name, by.name} & known.keys():
            raise self.names.no_claim(self.left.span)
        self.left = self.left._replace(of=of, by=(by,))
        return self._by()

    def _value(self, word: Word) -> LanguageError:
        message = f"a claim is about a derivative, and `{word.name}` is a value"
        by = next(iter(self.names.program.variables), "x")
        hint = f"write d{quoted(word.name)}/d{quoted(by)} = …; `gradcli eval` gives values"
        return LanguageError(message, hint=hint, span=word.span, source=self.names.source)

    def _update(self, weight: Word) -> Subject:
        program = self.names.program
        self.names.check_variable(weight, "an update is of a variable")
        if self.rate is None:
            message = f"`{self.text}` is an update, and there is no learning rate"
            hint = "add --lr 0.1; in Python lr=0.1"
            raise LanguageError(message, hint=hint, span=self.left.span, source=self.names.source)
        if self.rate == 0:
            raise UsageError("a learning rate of 0 updates nothing", hint="give another, such as 0.1")
        node = self.names.known[weight.name]
        point = self._point(program.output, weight.name)
        return Subject(self.text, program.name, weight.name, program.output, node, point, self.rate)

    def _primed(self) -> Subject:
        """L'(w), L'(2), L'."""
        of = self.left.of or Word("", self.left.span)
        called = self._called()
        source = self._called_with(of, called)
        by = self._only(source, of.name, called)
        variable, name = self.names.by(by), of.name
        point = self._point(source, by.name)
        if self.left.times > 1:
            source, name = self._once(source, name, by)
        return Subject(self.text, name, by.name, source, variable, point)

    def _called_with(self, of: Word, called: Sequence[str]) -> int:
        """What an L' is of: a name, or a function of the names in parentheses; sin'(x) is cos(x) in any formula."""
        parameters = self.names.functions.get(of.name)
        if parameters is None and of.name not in self.names.known and of.name in FUNCTIONS and fitting(of.name, 1):
            return self.names.applied(of, [*called] if len(called) == 1 else ["x"])
        if parameters and called and len(called) == len(parameters) and tuple(called) != parameters:
            return self.names.applied(of, called)
        return self.names.of(of)

    def _only(self, source: int, of: str, called: Sequence[str]) -> Word:
        """The one variable by which an L' is: the one in parentheses, or the only one there is."""
        there = [*called] or self.names.variables_of(source)
        if len(there) == 1:
            return Word(there[0], self.left.point.span if self.left.point else self.left.span)
        what = f"`{of}'` is a derivative by one variable, and here {_counted(there)}"
        hint = f"write d{quoted(of)}/d{quoted(there[0] if there else 'x')} = …"
        raise LanguageError(what, hint=hint, span=self.left.span, source=self.names.source)

    def _components(self) -> Iterator[Subject]:
        """∇L: a derivative by each variable, in their order."""
        source, of = self.names.of(self.left.of), self.left.of.name if self.left.of else self.names.program.name
        names = self.names.variables_of(source)
        if not names:
            raise LanguageError(
                f"`{of}` depends on no variable, and has no gradient",
                hint=f"write d{quoted(of)}/dx = 0",
                span=self.left.span,
                source=self.names.source,
            )
        point = self._point(source, "")
        for name in names:
            text = f"d{quoted(of)}/d{quoted(name)}"
            yield Subject(text, of, name, source, self.names.known[name], point)

    # -- the point

    def _items(self) -> list[tuple[str, Word | None]]:
        """What stands in the parentheses after the left side: a name or nothing, a number or None."""
        if self.left.point is None or not self.left.point.name.strip():
            return []
        return [self._item(*trimmed(self.names.source.text, it)) for it in self._commas(self.left.point.span)]

    def _commas(self, span: Span) -> list[Span]:
        return parts(self.names.source.text, span, ",;")

    def _item(self, start: int, end: int) -> tuple[str, Word | None]:
        text = self.names.source.text
        name, sign, value = text[start:end].partition("=")
        name = name.strip()
        if sign:
            begin = end - len(value.lstrip())
            return plain(name) if name else "", Word(text[begin:end], (begin, max(end, begin + 1)))
        return (plain(name), None) if name and self._is_name(name) else ("", Word(name, (start, end)))

    def _is_name(self, text: str) -> bool:
        return text[0] == "`" or (text.isidentifier() and (plain(text) in self.names.known or text not in CONSTANT))

    def _called(self) -> list[str]:
        """The names in the parentheses: of x and x=2."""
        return [name for name, _ in self._items() if name]

    def _point(self, source: int, by: str) -> dict[str, float]:
        """The numbers at which it is claimed: those of names, or one for each variable, or one for `by`."""
        items = self._items()
        if self.left.kind == "quotient of the output" and any(value and self._names(value) for _, value in items):
            raise self._of_expression()
        for name, value in items:
            if not value and name not in self.names.known:
                raise self.names.unknown(name, self.left.point.span if self.left.point else self.left.span)
        numbers = [value for name, value in items if not name and value]
        if not numbers:
            return dict(self._bound(name, value) for name, value in items if value)
        there = [by] if len(numbers) == 1 and by else self.names.variables_of(source)
        if len(numbers) != len(items) or len(numbers) != len(there):
            message = f"a point is a number for each of {listed(there) or 'no variable'}, and here {given(len(items))}"
            hint = f"name them: ({', '.join(f'{quoted(name)}=2' for name in there or ['x'])})"
            raise self._wrong_point(message, hint)
        return dict(self._bound(name, value) for name, value in zip(there, numbers, strict=True))

    def _bound(self, name: str, value: Word) -> tuple[str, float]:
        self.names.check_variable(Word(name, value.span), "a point binds variables")
        padded = " " * value.span[0] + value.name
        try:
            return name, constant(Source(padded, f"`{name}`"))
        except GradcliError as error:
            error.source, error.span = self.names.source, error.span or value.span
            raise

    def _names(self, value: Word) -> set[str]:
        return {*re.findall(NAME, value.name)} & self.names.known.keys()

    def _of_expression(self) -> LanguageError:
        """What d/dx (x^2) means."""
        error = self.names.no_claim(self.left.point.span if self.left.point else self.left.span)
        error.message = "what is differentiated is the output or a named node"
        return error

    def _wrong_point(self, message: str, hint: str) -> LanguageError:
        span: Span = self.left.point.span if self.left.point else self.left.span
        return LanguageError(message, hint=hint, span=span, source=self.names.source)


def _split(word: Word, at: int) -> tuple[Word, Word]:
    """L and w of L_w."""
    cut, (start, end) = word.span[0] + at, word.span
    return Word(word.name[:at], (start, cut)), Word(word.name[at + 1 :], (cut + 1, end))


def _counted(names: Sequence[str]) -> str:
    return f"are {listed(names)}" if names else "is none"


def given(count: int) -> str:
    """So many are given."""
    return f"{count} {'are' if count > 1 else 'is'} given"
