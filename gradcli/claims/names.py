"""What the names in a claim mean: variables, definitions, functions and the output of the program it speaks of.

Depends on the language.
"""

from collections.abc import Sequence

from gradcli.claims.notations import Word
from gradcli.errors import LanguageError, NameProblem, Source, Span, listed
from gradcli.graph.walk import reachable
from gradcli.language.functions import RESERVED
from gradcli.language.glued import unglued
from gradcli.language.guess import did_you_mean, look_alike
from gradcli.language.notation import quoted
from gradcli.language.program import OpenProgram
from gradcli.language.tokens import is_name
from gradcli.operators.table import CONSTANT


class Names:
    """The names that one claim may use. `known` holds the nodes of all: variables, definitions, the output.

    A variable that is nowhere in the program is made known as it is met: of such the derivative is 0.
    """

    def __init__(self, opened: OpenProgram, source: Source, text: str = "") -> None:
        """`text` is the source as gradcli writes it, where that is another."""
        self.program, self.read, self.functions = opened
        self.graph, self.source, self.text = self.program.graph, source, text or source.text
        written = {name: node for name, node in self.graph.variables().items() if node < self.program.written}
        self.known = {**written, **self.program.definitions, self.program.name: self.program.output}
        self.absent: list[Word] = []

    def is_output(self, name: str) -> bool:
        """Whether the output is called so; one that the program does not name may be called anything that is a name."""
        free = name not in self.known and self.program.name not in self.program.definitions
        return free and is_name(name) and name not in CONSTANT and name not in RESERVED

    def of(self, word: Word | None) -> int:
        """What is differentiated."""
        if word is None:
            return self.program.output
        if word.name in self.known:
            return self.known[word.name]
        if word.name in self.functions:
            return self.applied(word, self.functions[word.name])
        if self.is_output(word.name):
            return self.program.output
        raise self.unknown(*word)

    def by(self, word: Word) -> int:
        """By what it is differentiated."""
        if word.name in self.known:
            return self.known[word.name]
        if word.name in CONSTANT:
            raise self.no_variable(*word)
        if self._near(word.name):
            raise self.unknown(*word)
        self.absent.append(word)
        self.known[word.name] = self.graph.variable(word.name, *word.span)
        return self.known[word.name]

    def applied(self, function: Word, arguments: Sequence[str]) -> int:
        """A function of the program of these names."""
        call = f"{function.name}({', '.join(map(quoted, arguments))})"
        node = self.read(Source(call, self.source.name), 0)
        variables = self.graph.variables()
        self.known.update({name: variables[name] for name in arguments if name not in self.known})
        return node

    def variables_of(self, *nodes: int) -> list[str]:
        """The variables on which these nodes depend, in the order of the program."""
        needed = reachable(self.graph, nodes)
        return [name for name, node in self.graph.variables().items() if node < len(needed) and needed[node]]

    def is_variable(self, name: str) -> bool:
        """Whether it is a variable, and not defined by the program."""
        return name in self.known and self.graph.variables().get(name) == self.known[name]

    def check_variable(self, word: Word, what: str) -> None:
        """Raise NameProblem for a name that is none of a variable."""
        if word.name not in self.known:
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
        by = next(iter(self.program.variables), "x")
        hint = f"write it as d{quoted(self.program.name)}/d{quoted(by)} = …"
        return LanguageError("this is no claim about a derivative", hint=hint, span=span, source=self.source)

    def _near(self, name: str) -> str:
        return look_alike(name, self.known) or did_you_mean(name, self.known)

    def _all(self) -> str:
        return f"the names there are: {listed(self.known)}"
