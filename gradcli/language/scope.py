"""What a name means: a variable, a definition, a constant, a function of the table or of the program.

Depends on `gradcli.operators` for the functions there are, and on `gradcli.graph`.
"""

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any, NamedTuple

from gradcli.errors import LanguageError, LimitError, NameProblem, Notice, Source, Span, listed
from gradcli.graph.graph import MAX_NODES, Graph
from gradcli.graph.template import Template, template
from gradcli.graph.written import LARGEST, NORMAL, SURE, literal
from gradcli.language.functions import FUNCTIONS, RESERVED, SPELLED, fitting, meant, wanted
from gradcli.language.tokens import Token
from gradcli.letters import one_name
from gradcli.operators.spellings import NOTES
from gradcli.operators.table import CONSTANT

MAX_INLINED = 1_000_000
"""How many operations the calls of a program's own functions may unfold to, all together."""

SHORT = 2
"""Up to this length a name before a parenthesis is more likely a variable than a function."""

HOLE = "\0"
"""What the name of a parameter ends with in the graph of a function's body, so that no name outside can be meant."""


APPLIED = (
    r"(?:[ \t]*(?:(?:\^|\*\*)[ \t]*[-+]?(?:\d+|\([-+]?\d+\))|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)[ \t]*\(?|[ \t]+)"
    r"(?<=[ \t(])(?!(?:if|then|else|and|or|not)\b)[^\W]"
)
"""What stands behind the name of a function that is applied without parentheses, or has a power of its own."""


class Function(NamedTuple):
    """A function that the program defines. Names that are free in its body are further holes of the template."""

    name: str
    parameters: tuple[str, ...]
    template: Template


def whole_number(value: object) -> int | None:
    """The whole number that a value is, given as a number or as a text; None where it is none."""
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError, OverflowError):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else None


class Scope:
    """The names of one program or of one function's body, and the graph in which they become nodes.

    known        names resolved so far, and their nodes
    definitions  names that a statement defined
    variables    names that are variables even where a constant or a function has that name
    spelled      plain names, and the variables that are called so but for their letters' form: x1 and x₁
    parameters   the parameters, where this is the body of a function
    called       names of functions that were called and are not reserved
    inlined      how many operations the functions called so far unfolded to
    placed       how many further places they told
    values       what is bound to variables, where that was said
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
        self.functions: dict[str, Function] = {}
        self.parameters: tuple[str, ...] = ()
        self.known: dict[str, int] = {}
        self.definitions: dict[str, int] = {}
        self.called: set[str] = set()
        self.notices: list[Notice] = []
        self.noted: set[str] = set()
        self.defining = ""
        self.inlined = self.placed = 0
        self.has_bounds = False

    def body(self, name: str, parameters: tuple[str, ...]) -> "Scope":
        """The scope of the body of a function of this program: what is defined here is a variable there."""
        inner = Scope(self.source)
        inner.known = {parameter: inner.graph.variable(parameter + HOLE) for parameter in parameters}
        inner.variables = ChainMap(dict.fromkeys(parameters), self.definitions, self.variables)
        inner.functions, inner.spelled = self.functions, self.spelled
        inner.notices, inner.noted = self.notices, self.noted
        inner.definitions, inner.called = self.definitions, self.called
        inner.inlined, inner.placed = self.inlined, self.placed
        inner.parameters, inner.defining = parameters, name
        return inner

    def define(self, name: str, body: "Scope", output: int) -> None:
        """Take up a function from the scope of its body. The constants it means keep their meaning from here on."""
        holes = [parameter + HOLE for parameter in body.parameters]
        self.functions[name] = Function(name, body.parameters, template(body.graph, output, holes, placed=True))
        self.inlined, self.placed = body.inlined, body.placed
        for constant in CONSTANT.keys() & body.known.keys():
            if constant not in body.variables:
                for span in body.graph.spans(body.known[constant]):
                    self.known.setdefault(constant, self.graph.node(CONSTANT[constant], (), *span))

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
        near = float(text)
        value = near if len(text) <= SURE and NORMAL <= near <= LARGEST else literal(text)  # most need no closer look
        return self._product(text, (start, end)) if value is None else self.graph.constant(value, start, end)

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

    # -- functions

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

    def require_function(self, token: Token) -> None:
        """Raise NameProblem unless the name can be called."""
        _, name, start, end = token
        if name == self.defining:
            hint = "write out the few steps that are needed"
            raise self.error(f"`{name}` calls itself: recursion has no end in a graph", hint, (start, end))
        if name in self.functions or (name in FUNCTIONS and not self._is_taken(name)):
            return
        if name in FUNCTIONS:
            message = f"`{name}` is a variable here, and a function of gradcli's too"
            hint = f"write {name}*(…) for a product; for the function give the variable another name"
            raise self.error(message, hint, (start, end))
        if name in self.known or name in self.variables or name in CONSTANT:
            what = "a constant" if name in CONSTANT and name not in self.variables else "a variable"
            raise self.error(f"`{name}` is {what}, not a function", f"did you mean {name}*(…)?", (start, end))
        raise self._unknown_function(name, (start, end))

    def _is_taken(self, name: str) -> bool:
        """Whether the text has used the name of a function, which yields it, for a variable or a definition."""
        return name not in RESERVED and (name in self.known or name in self.definitions)

    def _unknown_function(self, name: str, span: Span) -> NameProblem:
        from gradcli.language.pieces import factors_before  # only a mistake needs it

        if apart := factors_before(name, {*self.variables, *self.known}):
            return self.error(f"there is no function `{name}`", f"did you mean {apart}(…)?", span)
        hint = meant(name, self.functions)
        if hint or len(name) > SHORT:
            hint = hint or "`gradcli rules` lists all; define your own: f(x) = x^2"
            return self.error(f"there is no function `{name}`", hint, span)
        hint = f"did you mean {name}*(…)? A function is defined before its use: {name}(x) = …"
        return self.error(f"`{name}` is not a function", hint, span)

    def call(self, token: Token, arguments: tuple[int, ...], end: int) -> int:
        """The node of a function on arguments; `token` is its name, `end` the end of the call."""
        name, span = token[1], (token[2], end)
        if name in self.functions:
            return self.graph.place(self.unfold(self.functions[name], arguments, span), *span)
        found = fitting(name, len(arguments))
        if found is None:
            raise self.wrong_count(name, len(arguments), *wanted(name), span)
        if name not in RESERVED:
            self.called.add(name)
        if name in SPELLED:
            return self._written_out(SPELLED[name].name, arguments, span)
        operator, defaults = found
        left_out = [self.graph.constant(value, *span) for value in defaults]
        return self.graph.node(operator, (*arguments, *left_out), *span)

    def _written_out(self, name: str, arguments: tuple[int, ...], span: Span) -> int:
        """The node of a function that is written out where it is called."""
        from gradcli.language.spelled import MOST_SORTED, spelled  # few programs have one

        if name == "median" and len(arguments) > MOST_SORTED:
            message = f"`median` takes {MOST_SORTED:,} arguments at most, and {len(arguments):,} are given"
            raise LimitError(message, hint="take the median of fewer", span=span, source=self.source)
        if name in NOTES:
            self.read_as(NOTES[name], span)
        return self.graph.place(spelled(self.graph, name, arguments, span), *span)

    def unfold(self, function: Function, arguments: tuple[int, ...], span: Span) -> int:
        """The node of a function's body on arguments."""
        own = len(function.parameters)
        if len(arguments) != own:
            signature = f"{function.name}({', '.join(function.parameters)})"
            raise self.wrong_count(function.name, len(arguments), str(own), signature, span)
        self._count_inlined(len(function.template.steps), span)
        free = [self._free(name, span) for name in function.template.parameters[own:]]
        slots = function.template.fill(self.graph, [*arguments, *free])
        self._tell_places(function.template, slots)
        return slots[function.template.output]

    def _tell_places(self, body: Template, slots: Sequence[int]) -> None:
        """Tell what the places in a body mean at this call, until that is too much: they add up as operations do."""
        self.placed += len(body.places)
        if self.placed <= MAX_INLINED:
            for slot, start, end in body.places:
                self.graph.place(slots[slot], start, end)

    def apply(self, token: Token) -> int:
        """The node of a function of this program on its own parameters."""
        function, span = self.functions[token[1]], token[2:]
        return self.unfold(function, tuple(self._free(name, span) for name in function.parameters), span)

    def _count_inlined(self, steps: int, span: Span) -> None:
        """Calls are written out where they stand, and calls of calls double and double again."""
        self.inlined += steps + 1
        if self.inlined > MAX_INLINED:
            message = f"the functions of this program unfold to more than {MAX_INLINED:,} operations"
            hint = "name a result once and use the name: y = f(x)"
            raise LimitError(message, hint=hint, span=span, source=self.source)

    def _free(self, name: str, span: Span) -> int:
        """A name that is free in a function, where it is called: what it means outside of all functions."""
        if name in self.parameters:
            return self.graph.variable(name, *span)
        return self.known[name] if name in self.known else self._learn(name, self.graph.variable(name, *span))

    def wrong_count(self, name: str, count: int, takes: str, signature: str, span: Span) -> LanguageError:
        """The error for a call with another number of arguments than a function takes."""
        noun = "argument" if takes == "1" else "arguments"
        message = f"`{name}` takes {takes} {noun}, and {count} {'is' if count == 1 else 'are'} given"
        return LanguageError(message, hint=f"write {signature}", span=span, source=self.source)
