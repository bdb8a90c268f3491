"""What a call means: a function of the table, one that is written out, or one of the program.

Depends on `gradcli.language.names` for what stands in it, and on `gradcli.graph`.
"""

import re
from collections import ChainMap
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from gradcli.errors import LanguageError, LimitError, NameProblem, Source, Span
from gradcli.graph.graph import MAX_NODES
from gradcli.graph.template import Template, template
from gradcli.language.functions import FUNCTIONS, RESERVED, SPELLED, fitting, meant
from gradcli.language.names import Names
from gradcli.language.tokens import Token
from gradcli.operators.spellings import NOTES
from gradcli.operators.table import CONSTANT

MAX_INLINED = 1_000_000
"""How many operations the calls of a program's own functions may unfold to, all together."""

SHORT = 2
"""Up to this length a name before a parenthesis is more likely a variable than a function."""

HOLE = "\0"
"""What the name of a parameter ends with in the graph of a function's body, so that no name outside can be meant."""


class Function(NamedTuple):
    """A function that the program defines. Names that are free in its body are further holes of the template."""

    name: str
    parameters: tuple[str, ...]
    template: Template


class Scope(Names):
    """The names and functions of one program or of one function's body.

    parameters   the parameters, where this is the body of a function
    called       names of functions that were called and are not reserved
    inlined      how many operations the functions called so far unfolded to
    placed       how many further places they told
    """

    functions: dict[str, Function]

    def __init__(self, source: Source, variables: Iterable[str] = (), most: int = MAX_NODES) -> None:
        """The scope of a program of at most so many operations."""
        super().__init__(source, variables, most)
        self.parameters: tuple[str, ...] = ()
        self.called: set[str] = set()
        self.inlined = self.placed = 0

    def body(self, name: str, parameters: tuple[str, ...]) -> Self:
        """The scope of the body of a function of this program: what is defined here is a variable there."""
        inner = type(self)(self.source)
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
            empty = re.compile(r"\s*\(\s*\)").match(self.source.text, end)
            hint = f"write {name}" if empty else f"did you mean {name}*(…)?"
            raise self.error(f"`{name}` is {what}, not a function", hint, (start, end))
        raise self._unknown_function(name, (start, end))

    def _is_taken(self, name: str) -> bool:
        """Whether the text has used the name of a function, which yields it, for a variable or a definition."""
        return name not in RESERVED and (name in self.known or name in self.definitions)

    def _unknown_function(self, name: str, span: Span) -> NameProblem:
        from gradcli.language.elsewhere import instead  # only a mistake needs these
        from gradcli.language.pieces import factors_before

        if found := re.compile(r"\s*\(([^()=\n]*[;|][^()=\n]*)\)\s*&?\s*=(?!=)").match(self.source.text, span[1]):
            parameters = ", ".join(re.split(r"\s*[;|,]\s*", found[1].strip()))
            return self.error("parameters are parted by commas", f"write {name}({parameters}) = …", span)
        hint = instead(name)
        if not hint and (apart := factors_before(name, {*self.variables, *self.known})):
            return self.error(f"there is no function `{name}`", f"did you mean {apart}(…)?", span)
        hint = hint or meant(name, self.functions)
        if hint or len(name) > SHORT:
            hint = hint or "`gradcli rules` lists all; define your own: f(x) = x^2"
            return self.error(f"there is no function `{name}`", hint, span)
        hint = f"did you mean {name}*(…)? A function is defined before its use: {name}(x) = …"
        return self.error(f"`{name}` is not a function", hint, span)

    def call(self, token: Token, arguments: tuple[int, ...], end: int) -> int | None:
        """The node of a function on arguments, None where none of that name takes so many; `token` is its name, `end`
        the end of the call."""
        name, span = token[1], (token[2], end)
        if name in self.functions:
            return self.graph.place(self.unfold(self.functions[name], arguments, span), *span)
        found = fitting(name, len(arguments))
        if found is None:
            return None
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
        return LanguageError(message, hint=f"its form here is {signature}", span=span, source=self.source)
