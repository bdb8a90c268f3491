"""Names as other languages and libraries write them: np.sin(x), Exp[x], DEXP(X), M_PI.

Depends on `gradcli.language.expression`, and on `gradcli.language.libraries` for what is called how elsewhere, which is
loaded where a name is from there.
"""

import re
from collections.abc import Mapping
from functools import cached_property

from gradcli.errors import Span
from gradcli.language.expression import Expression, State
from gradcli.language.functions import FUNCTIONS
from gradcli.language.rules import parse_template
from gradcli.language.scope import Function
from gradcli.language.tokens import Token, same_signs

CONSTANTS: Mapping[str, str] = {
    "M_E": "e", "M_PI": "pi", "M_PI_2": "pi/2", "M_PI_4": "pi/4", "M_1_PI": "1/pi", "M_2_PI": "2/pi",
    "M_2_SQRTPI": "2/sqrt(pi)", "M_LN2": "log(2)", "M_LN10": "log(10)", "M_LOG2E": "1/log(2)", "M_LOG10E": "1/log(10)",
    "M_SQRT2": "sqrt(2)", "M_SQRT1_2": "sqrt(1/2)", "Pi": "pi", "PI": "pi", "Infinity": "inf", "Inf": "inf",
    "NaN": "nan", "TRUE": "1", "True": "1", "FALSE": "0", "False": "0", "Degree": "pi/180",
    "GoldenRatio": "(1 + sqrt(5))/2", "EulerGamma": "-digamma(1)",
}  # fmt: skip
"""Constants of languages that stand without a prefix → what they are. They begin with capital letters, as variables
may: here they are looked up without loading what is called how in libraries."""
_DERIVATIVE = r"(?<!\w)d\s*/\s*d([^\W\d_]\w*)\Z"
NOTHING = r"\s*\(\s*\)"
"""The parentheses of a call without arguments; compiled where a name may be such a one."""


class ForeignNames(Expression):
    """One parse of an expression whose names may be those of other languages."""

    def capital(self, token: Token) -> int:
        """The node of a name that is seen for the first time, which may be a constant of another language."""
        _, name, start, end = token
        if name == "E" and "[" in self.source.text and name not in self.scope.variables and self.is_mathematica:
            return self._constant(name, "e", (start, end))
        if name in CONSTANTS and name not in self.scope.variables and name != self.scope.defining:
            return self._constant(name, CONSTANTS[name], (start, end))
        return super().capital(token)

    def _constant(self, name: str, text: str, span: Span) -> int:
        self.scope.read_as(f"`{name}` is read as {text}", span)
        return self._unfolded(Function(name, (), parse_template(text, ())), (), span)

    def _unfolded(self, function: Function, operands: tuple[int, ...], span: Span) -> int:
        return self.graph.place(self.scope.unfold(function, operands, span), *span)

    # -- calls

    def function(self, token: Token) -> Token:
        """What a function of another language is called here."""
        from gradcli.language.foreign_calls import written_out
        from gradcli.language.keyword_forms import forms  # only a name from elsewhere needs these
        from gradcli.language.libraries import renamed

        kind, name, start, end = token
        scope = self.scope
        if (
            name in FUNCTIONS
            or name == scope.defining
            or any(name in known for known in (scope.functions, scope.known, scope.variables))
        ):
            return super().function(token)
        if name[0] == "d" and (found := re.search(_DERIVATIVE, scope.source.text[:end])):
            raise self.mistakes.derivative(found.span(), found[1])
        if name == "c" and self._is_list():
            return token
        if name in written_out() or name.endswith("[") or forms(name):
            return token
        if name in CONSTANTS and re.compile(NOTHING).match(scope.source.text, end):
            return token
        if plain := renamed(name, FUNCTIONS):
            self._check_one_name(name, plain, (start, end))
            scope.read_as(f"`{name}` is read as {plain}", (start, end))
            return kind, plain, start, end
        return super().function(token)

    def _is_list(self) -> bool:
        """Whether c(…), of R, stands where a list may."""
        from gradcli.language.lists import takes_list  # few calls have one

        return self.frames[-1][1] == "call" and takes_list(self)

    def _check_one_name(self, name: str, plain: str, span: Span) -> None:
        """Raise where Acos may be A*cos, for there is an A."""
        first, rest = name[0], name[1:]
        if rest in FUNCTIONS and (first in self.scope.variables or first in self.scope.known):
            raise self.mistakes.asked(f"is `{name}` one function, or a product?", [plain, f"{first}*{rest}"], span)

    def applied(self, token: Token, operands: tuple[int, ...], end: int) -> int:
        """The node of a call that has another name here, or is written out."""
        from gradcli.language.foreign_calls import counts, meaning
        from gradcli.language.keywords import called  # only a name from elsewhere needs these
        from gradcli.language.libraries import renamed

        kind, name, start, stop = token
        if name in ("[", "{", "c"):
            from gradcli.language.lists import ended  # few calls have one

            return ended(self, token, operands, end)
        shown, span = self.scope.source.text[start:stop], (start, end)
        found = meaning(name, len(operands))
        if found is None and (node := called(self, token, operands, end)) is not None:
            return node
        if found is None and (plain := renamed(name.rstrip("["), FUNCTIONS)):
            self.scope.read_as(f"`{shown}` is read as {plain}", (start, stop))
            token = (kind, plain, start, stop)
            node = self.scope.call(token, operands, end)
            return super().applied(token, operands, end) if node is None else node
        if name in CONSTANTS and not operands:
            return self._constant(shown, CONSTANTS[name], (start, stop))
        if found is None and name == "where" and len(operands) == 1 and shown.upper() == "IF":
            raise self.mistakes.error("this IF has a condition alone", "write: if c then a else b", span)
        if found is None and name in FUNCTIONS:
            return super().applied(token, operands, end)
        if found is None:
            raise self.scope.wrong_count(shown, len(operands), counts(name), f"{shown}(…) with as many", span)
        if len(found.texts) > 1:
            readings = [self._filled(text, found.parameters, stop) for text in found.texts]
            raise self.mistakes.asked(f"`{shown}` means one thing in one language, another in another", readings, span)
        opening, closing = "[]" if name.endswith("[") else "()"
        call = f"{shown}{opening}{', '.join(found.parameters)}{closing}"
        self.scope.read_as(f"`{call}` is read as {found.texts[0]}", (start, stop))
        body = Function(shown, found.parameters, parse_template(found.texts[0], found.parameters))
        return self._unfolded(body, operands, span)

    def _filled(self, text: str, parameters: tuple[str, ...], stop: int) -> str:
        """A text with the arguments, as they are written, of the call whose name ends there."""
        source = self.scope.source
        signs = same_signs(source.text)
        at = signs.index("(", stop) + 1
        given: dict[str, str] = {}
        for parameter in parameters:
            end = self.mistakes.reach(at, 1)
            given[parameter] = source.text[at:end].strip()
            at = (
                min(at for at in (signs.find(sign, end) for sign in ",;") if at >= 0) + 1
                if len(given) < len(parameters)
                else end
            )
        return re.sub(
            "|".join(rf"\b{parameter}\b" for parameter in parameters), lambda found: _operand(found, given), text
        )

    def check_sinc(self, span: Span) -> None:
        """Raise where a sign that MATLAB and Julia alone have stands in a text with their sinc."""
        if re.search(r"(?<!\.)\bsinc\s*\.?\(", self.scope.source.text):
            message = "`sinc` is sin(pi*x)/(pi*x) in MATLAB and Julia, and sin(x)/x here"
            raise self.mistakes.error(message, "write sinc(pi*x) for theirs, and ^ * / for .^ .* ./", span)
        if re.search(r"\blog\.\([^()]*,", self.scope.source.text):
            raise self.mistakes.error("the base comes first in Julia's log", "write log(x, base)", span)

    @cached_property
    def is_mathematica(self) -> bool:
        """Whether a function of the text has its arguments in brackets, as in Mathematica."""
        from gradcli.language.libraries import MATHEMATICA  # only a name from elsewhere needs it

        return any(name in MATHEMATICA for name in re.findall(r"([A-Z]\w*)\[", self.source.text))

    def index(self, token: Token) -> State:
        """Open a call of Mathematica's: Exp[x]."""
        from gradcli.language.foreign_calls import written_out  # only few names need it
        from gradcli.language.libraries import MATHEMATICA, REFUSED, RENAMED

        _, name, start, end = token
        if name in FUNCTIONS:
            raise self.mistakes.error("a call has parentheses", f"write {name}(x)", (start, end))
        if name in self.scope.functions:
            return self.call(token, "call[")
        if name in REFUSED:
            raise self.mistakes.error(f"`{name}[…]` {REFUSED[name][0]}", REFUSED[name][1], (start, end))
        if name not in MATHEMATICA and f"{name}[" not in written_out() and RENAMED.get(name) not in FUNCTIONS:
            raise self.mistakes.stray(self.scope.source.text.index("[", end))
        return self.call(("call", f"{name}[", start, end), "call[")

    def keyword(self, token: Token) -> State | None:
        """Begin an argument that has a name: negative_slope=0.2."""
        if self.frames[-1][1] != "call":
            return self.no_operand(token)
        from gradcli.language.keywords import keyword  # few calls have one

        return keyword(self, token)

    def in_tuple(self) -> bool:
        """Whether the parenthesis that is open is one around arguments: max((x, y)), a pair of SymPy's Piecewise."""
        from gradcli.language.lists import is_tuple  # few calls have one

        return is_tuple(self)

    def list_(self, token: Token) -> State:
        """Open a list of arguments."""
        from gradcli.language.lists import begin  # few calls have one

        return begin(self, token)


def _operand(found: re.Match[str], given: Mapping[str, str]) -> str:
    """What was given for a parameter that stands in a text: in parentheses where it is no argument of its own."""
    argument, before, after = given[found[0]], found.string[: found.start()], found.string[found.end() :]
    alone = argument.isalnum() or (before.endswith(("(", ", ")) and after.startswith((",", ")")))
    return argument if alone else f"({argument})"
