"""What the names in a claim mean: variables, definitions, functions and the output of the program it speaks of.

Depends on the language.
"""

from collections.abc import Sequence

from gradcli.claims.notations import Word
from gradcli.errors import LanguageError, NameProblem, Source, Span, listed
from gradcli.graph.graph import VARIABLE
from gradcli.graph.walk import reachable
from gradcli.language.functions import RESERVED
from gradcli.language.glued import unglued
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.notation import quoted
from gradcli.language.parsed import OpenProgram, Value
from gradcli.language.tokens import is_name
from gradcli.operators.table import CONSTANT
from gradcli.shapes import Array, entry_names, parted


def entries(value: Value) -> Sequence[int]:
    """The nodes of an array, or the one of a number."""
    return value.entries if isinstance(value, Array) else (value,)


class Names:
    """The names that one claim may use.

    known   the nodes of all numbers: variables, definitions, the output, entries
    arrays  the arrays of which all entries are known

    A variable that is nowhere in the program is made known as it is met: of such the derivative is 0.
    """

    def __init__(self, opened: OpenProgram, source: Source, text: str = "") -> None:
        """`text` is the source as gradcli writes it, where that is another."""
        self.program, self.read, self.functions = opened
        self.graph, self.source, self.text = self.program.graph, source, text or source.text
        written = {name: node for name, node in self.graph.variables().items() if node < self.program.written}
        output = {} if self.program.entries else {self.program.name: self.program.output}
        self.known = {**written, **self.program.definitions, **output}
        shapes = {name: shape for name, shape in self.program.arrays.items() if name not in self.known}
        names = {name: entry_names(name, shape) for name, shape in shapes.items()}
        self.arrays = {
            name: Array(shapes[name], [self.known[each] for each in them])
            for name, them in names.items()
            if self.known.keys() >= {*them}
        }
        self.absent: list[Word] = []

    def value(self, name: str) -> Value | None:
        """What a name is; None where there is none."""
        return self.arrays.get(name, self.known.get(name))

    def _there(self, word: Word) -> Value | None:
        """What a name is, or a part of an array: W[1,:]."""
        found = self.value(word.name)
        if found is None and word.name.endswith("]") and word.name.partition("[")[0] in self.arrays:
            return self._part(word)
        return found

    def _part(self, word: Word) -> Value:
        """A part of an array. Raises LanguageError with the place in the claim."""
        try:
            return self.read(Source(self.source.text[: word.span[1]], self.source.name), word.span[0], {})
        except LanguageError as error:
            error.source = self.source
            raise

    def is_output(self, name: str) -> bool:
        """Whether the output is called so; one that the program does not name may be called anything that is a name."""
        free = self.value(name) is None and self.program.name not in self.program.definitions
        return free and is_name(name) and name not in CONSTANT and name not in RESERVED

    def of(self, word: Word | None) -> Value:
        """What is differentiated."""
        if word is None:
            return self.program.output
        found = self._there(word)
        if found is not None:
            return found
        if word.name in self.functions:
            return self.applied(word, self.functions[word.name])
        if self.is_output(word.name):
            return self.program.output
        raise self.unknown(*word)

    def by(self, word: Word) -> Value:
        """By what it is differentiated."""
        found = self._there(word)
        if found is not None:
            return found
        if word.name in CONSTANT:
            raise self.no_variable(*word)
        if self._near(word.name) or word.name.endswith("]"):
            raise self.unknown(*word)
        self.absent.append(word)
        self.known[word.name] = self.graph.variable(word.name, *word.span)
        return self.known[word.name]

    def applied(self, function: Word, arguments: Sequence[str]) -> Value:
        """A function of the program of these names."""
        call = f"{function.name}({', '.join(map(quoted, arguments))})"
        found = self.read(Source(call, self.source.name), 0, {})
        variables = self.graph.variables()
        self.known.update({name: variables[name] for name in arguments if self.value(name) is None})
        return found

    def variables_of(self, value: Value) -> list[str]:
        """The variables on which a value depends, in the order of the program; of an array its name."""
        needed = reachable(self.graph, entries(value))
        names = (name for name, node in self.graph.variables().items() if node < len(needed) and needed[node])
        return [*dict.fromkeys(self._whole(name) for name in names)]

    def _whole(self, name: str) -> str:
        """The array of which a name is an entry, if there is one."""
        entry = parted(name)
        return entry[0] if entry and entry[0] in self.arrays else name

    def is_variable(self, name: str) -> bool:
        """Whether it is a variable, and not defined by the program."""
        found = self.value(name)
        return found is not None and all(self.graph.operators[node] == VARIABLE for node in entries(found))

    @property
    def first_variable(self) -> str:
        """A variable to show how a claim is written."""
        return self._whole(next(iter(self.program.variables), "x"))

    def entry_names(self, name: str, value: Value) -> list[str]:
        """The names of the entries of what is called so."""
        if not isinstance(value, Array):
            return [name]
        called = {node: each for each, node in self.known.items()} if value != self.arrays.get(name) else {}
        plain = entry_names(name, value.shape)
        return [called.get(node, each) for each, node in zip(plain, value.entries, strict=True)]

    def check_variable(self, word: Word, what: str) -> None:
        """Raise NameProblem for a name that is none of a variable."""
        if self.value(word.name) is None:
            raise self.unknown(*word)
        if not self.is_variable(word.name):
            hint = f"the variables are: {listed(self.program.variables) or 'none'}"
            raise self.problem(f"{what}, and `{word.name}` is defined by the formula", hint, word.span)

    # -- what can be wrong

    def problem(self, message: str, hint: str, span: Span) -> NameProblem:
        """An error about a name in the claim."""
        return NameProblem(message, hint=hint, span=span, source=self.source)

    def unknown(self, name: str, span: Span) -> NameProblem:
        """A name that there is not."""
        return self.problem(
            f"`{name}` is no variable and no named node of the formula", self._near(name) or self._all(), span
        )

    def unknown_inside(self, name: str, span: Span, inside: Span) -> NameProblem:
        """A name that there is not, in a formula; perhaps it is a product of names that there are."""
        error, formula = self.unknown(name, span), self.source.text[slice(*inside)].strip()
        if offer := unglued(formula, [name], self.known):
            error.hint = offer.hint
        return error

    def no_variable(self, what: str, span: Span) -> NameProblem:
        """A constant, or more than a name, where a variable belongs."""
        message = f"a derivative is by a variable or a named node, and `{what}` is neither"
        return self.problem(message, self._all(), span)

    def no_claim(self, span: Span) -> LanguageError:
        """What is no claim at all."""
        by = self.first_variable
        hint = f"write it as d{quoted(self.program.name)}/d{quoted(by)} = …"
        return LanguageError("this is no claim about a derivative", hint=hint, span=span, source=self.source)

    def _near(self, name: str) -> str:
        names = [*self.arrays, *self.known]
        return look_alike(name, names) or did_you_mean(name, names)

    def _all(self) -> str:
        names = dict.fromkeys(self._whole(name) for name in self.known)
        return f"the names there are: {listed(names)}"
