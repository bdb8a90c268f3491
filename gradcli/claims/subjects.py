"""What a claim is about: which derivative, at which point, or the update of which weight; Left → Subject.

Depends on `gradcli.claims.notations` for how it is written, on `gradcli.claims.names` for what names mean.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gradcli.claims.names import Names
from gradcli.claims.notations import Left, Word
from gradcli.claims.points import Point
from gradcli.claims.textbook import slope
from gradcli.errors import LanguageError, UsageError, listed
from gradcli.language.functions import FUNCTIONS, fitting
from gradcli.language.notation import quoted

NEW = "_new"
"""What the name of an updated weight ends with, as in the answer of `gradcli grad --lr`."""


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

    def __init__(self, names: Names, left: Left, rate: float | None, text: str) -> None:
        """`text` is what the left side stands in."""
        self.names, self.left, self.rate, self.point = names, left, rate, Point(names, left)
        self.text = text[left.span[0] : left.span[1]]

    def all(self) -> list[Subject]:
        """The subjects, in the order in which a claim has their right sides. Raises LanguageError."""
        if self.left.kind == "gradient":
            found = [*self._components()]
        else:
            found = [self._primed() if self.left.kind == "primed" else self._by() if self.left.by else self._named()]
        return [subject._replace(is_rounded=self.point.is_rounded) for subject in found]

    def _by(self) -> Subject:
        """dL/dw, d²L/dw², ∂²L/∂w∂x: all names are there."""
        source, of = self.names.of(self.left.of), self.left.of.name if self.left.of else self.names.program.name
        *_, last = self.left.by
        variable = self.names.by(last)
        point = self.point.numbers(source, last.name)
        if self.left.times > 1:
            source, of = self._once(source, of, self.left.by[0])
        return Subject(self.text, of, last.name, source, variable, point)

    def _once(self, source: int, of: str, by: Word) -> tuple[int, str]:
        node = self.names.by(by)
        return slope(self.names.graph, source, node), f"(d{of}/d{by.name})"

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
        point = self.point.numbers(program.output, weight.name)
        return Subject(self.text, program.name, weight.name, program.output, node, point, self.rate)

    def _primed(self) -> Subject:
        """L'(w), L'(2), L'."""
        of = self.left.of or Word("", self.left.span)
        called = self.point.called
        source = self._called_with(of, called)
        by = self._only(source, of.name, called)
        variable, name = self.names.by(by), of.name
        point = self.point.numbers(source, by.name)
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
            return Word(there[0], self.point.span)
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
        point = self.point.numbers(source, "")
        for name in names:
            text = f"d{quoted(of)}/d{quoted(name)}"
            yield Subject(text, of, name, source, self.names.known[name], point)


def _split(word: Word, at: int) -> tuple[Word, Word]:
    """L and w of L_w."""
    cut, (start, end) = word.span[0] + at, word.span
    return Word(word.name[:at], (start, cut)), Word(word.name[at + 1 :], (cut + 1, end))


def _counted(names: Sequence[str]) -> str:
    return f"are {listed(names)}" if names else "is none"
