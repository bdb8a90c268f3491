"""What a name or a number means: a variable, a definition, a constant of the table, the node of a literal.

Depends on `gradcli.operators` for the names there are, and on `gradcli.graph`.
"""

import re
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

from gradcli.errors import LanguageError, NameProblem, Notice, Source, Span, listed
from gradcli.graph.graph import MAX_NODES, Graph
from gradcli.graph.written import LARGEST, NORMAL, SURE, literal
from gradcli.language.functions import FUNCTIONS, RESERVED
from gradcli.language.tokens import Token
from gradcli.letters import one_name
from gradcli.operators.table import CONSTANT

APPLIED = (
    r"(?:[ \t]*(?:(?:\^|\*\*)[ \t]*[-+]?(?:\d+|\([-+]?\d+\))|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)[ \t]*\(?|[ \t]+)"
    r"(?<=[ \t(])(?!(?:if|then|else|and|or|not)\b)[^\W]"
)
"""What stands behind the name of a function that is applied without parentheses, or has a power of its own."""


def whole_number(value: object) -> int | None:
    """The whole number that a value is, given as a number or as a text; None where it is none."""
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError, OverflowError):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else None


class Names:
    """The names of one text, and the graph in which they become nodes.

    known        names resolved so far, and their nodes
    definitions  names that a statement defined
    variables    names that are variables even where a constant or a function has that name
    spelled      plain names, and the variables that are called so but for their letters' form: x1 and x₁
    functions    names that are functions of the program
    defining     the name that the statement at hand defines
    values       what is bound to variables, where that was said
    arrays       the names of arrays, and how many indices they have; none where there are only numbers
    has_bounds   whether a name is taken for the whole number that is bound to it
    """

    def __init__(self, source: Source, variables: Iterable[str] = (), most: int = MAX_NODES) -> None:
        """The scope of a program of at most so many operations."""
        self.source, self.graph = source, Graph(most)
        self.variables: MutableMapping[str, Any] = dict.fromkeys(variables)
        self.values: Mapping[str, Any] = variables if hasattr(variables, "keys") else {}  # type: ignore[assignment]
        self.spelled: dict[str, list[str]] = {}
        for name in self.variables:
            if one_name(name) != name:
                self.spelled.setdefault(one_name(name), []).append(name)
        self.functions: dict[str, Any] = {}
        self.known: dict[str, int] = {}
        self.definitions: dict[str, int] = {}
        self.notices: list[Notice] = []
        self.noted: set[str] = set()
        self.defining = ""
        self.has_bounds = False
        self.arrays: dict[str, int] = {}

    def error(self, message: str, hint: str, span: Span) -> NameProblem:
        """An error about a name in this text."""
        return NameProblem(message, hint=hint, span=span, source=self.source)

    # -- names and numbers

    def resolve(self, token: Token) -> int:
        """The node of a name that is seen for the first time."""
        _, name, start, end = token
        if name in self.spelled:
            return self._learn(name, self.graph.variable(self._only(name, (start, end)), start, end))
        if name not in self.variables:
            if name == self.defining:
                hint = "a definition uses names defined before it"
                raise self.error(f"`{name}` is defined by itself", hint, (start, end))
            if name in CONSTANT:
                return self._learn(name, self.graph.node(CONSTANT[name], (), start, end))
            if (name in FUNCTIONS or name in self.functions) and self._is_function(token):
                from gradcli.language.bare import bare_function  # only a mistake needs it

                raise bare_function(self.source, name, (start, end))
        return self._learn(name, self.graph.variable(name, start, end))

    def _only(self, name: str, span: Span) -> str:
        """The variable that a plain name means. Raises NameProblem where there are two of them."""
        found: list[str] = [*([name] if name in self.variables else ()), *self.spelled[name]]
        if len(set(found)) > 1:
            message = f"{listed([f'`{other}`' for other in found])} are one name in a formula, and both are given"
            raise self.error(message, f"write the one that you mean in back-ticks: `{found[0]}`", span)
        return found[0]

    def quoted(self, token: Token) -> int:
        """The node of a name in back-ticks: a variable or a definition, never a constant."""
        _, name, start, end = token
        exact = self.source.text[start + 1 : end - 1]
        name = exact if exact in self.variables else self._only(name, (start, end)) if name in self.spelled else name
        plain = name in self.definitions or name in self.variables or not (name in CONSTANT or name in RESERVED)
        key = name if plain else f"`{name}`"
        node = self.known[key] if key in self.known else self._learn(key, self.graph.variable(name, start, end))
        return self.graph.place(node, start, end)

    def number(self, token: Token) -> int:
        """The node of a number; where it is too far from 1 to be written out, of the product that it means."""
        _, text, start, end = token
        if "_" in text and re.search(r"\.[0-9]*_(?:4|8|10|16)$", text):
            raise self._kind_of_number(text, (start, end))
        near = float(text)
        value = near if len(text) <= SURE and NORMAL <= near <= LARGEST else literal(text)  # most need no closer look
        return self._product(text, (start, end)) if value is None else self.graph.constant(value, start, end)

    def _kind_of_number(self, text: str, span: Span) -> LanguageError:
        """1.0_8 has the kind 8 in Fortran; elsewhere the _ groups digits."""
        from gradcli.language.readings import AmbiguityError  # only a mistake needs it

        readings = text.rpartition("_")[0], text.replace("_", "")
        question = "is what follows the _ the kind of a number, or are these its digits?"
        return AmbiguityError(question, readings, "write the number without _", span, self.source)

    def _product(self, text: str, span: Span) -> int:
        """1.5e-999999 is 1.5*10^-999999."""
        mantissa, _, exponent = text.lower().partition("e")
        ten, size = (self.number(("number", digits, *span)) for digits in ("10", exponent.lstrip("+-")))
        power = self.graph.node("neg", (size,), *span) if exponent.startswith("-") else size
        factors = self.number(("number", mantissa, *span)), self.graph.node("pow", (ten, power), *span)
        return self.graph.node("mul", factors, *span)

    def is_constant(self, name: str) -> bool:
        """Whether a name means a constant of the table here."""
        return name in CONSTANT and name not in self.variables and name not in self.definitions

    def behind(self, sign: str, operand: int, span: Span) -> int:
        """The node of a sign behind its operand: n! is a factorial, 30° are radians."""
        return self.graph.node("factorial" if sign == "!" else "radians", (operand,), *span)

    def exponent(self, token: Token) -> int:
        """The node of a superscript."""
        _, text, start, end = token
        node = self.number(("number", text.lstrip("+-"), start, end))
        return self.graph.node("neg", (node,), start, end) if text.startswith("-") else node

    def _learn(self, name: str, node: int) -> int:
        self.known[name] = node
        return node

    def _is_function(self, token: Token) -> bool:
        """Whether a function's name means it: always, or where it is written as a function is: logit x, sec^2(x)."""
        always = token[1] in RESERVED or token[1] in self.functions
        return always or bool(re.match(APPLIED, self.source.text[token[3] :]))

    # -- bounds of sums

    def whole(self, name: str) -> int | None:
        """The whole number that is bound to a name; None where there is none."""
        return whole_number(self.values.get(name))

    def use_as_bound(self, name: str, span: Span) -> None:
        """Take a name for the whole number that is bound to it, wherever it stands: nothing is differentiated by it."""
        self.graph.variable(name, *span)
        self.has_bounds = True
        self.read_as(f"`{name}` is a bound here: the whole number {self.whole(name)}, and no variable", span)

    # -- what is said of it

    def read_as(self, message: str, span: Span) -> None:
        """Note, once, how something was read that is unusual here."""
        if message not in self.noted:
            self.noted.add(message)
            self.notices.append(Notice("reading", message, None, span))

    def note_factor_e(self) -> None:
        """Note that e is a number where it is a factor, as variables are."""
        graph, node = self.graph, self.known["e"]
        if graph.operators[node] != "e":
            return
        text, spans = self.source.text, graph.spans(node)
        bare = [span for span in spans if not text[: span[0]].rstrip().endswith(".")]  # np.e can only be the number
        if bare and any(
            node in operands and graph.operators[at] == "mul" for at, operands in enumerate(graph.operands)
        ):
            self.read_as("`e` is the number 2.718…; if you mean a variable, bind it: --let e=VALUE", bare[0])
