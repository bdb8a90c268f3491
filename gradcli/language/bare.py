"""A function without its parentheses: sin x, sin^2 x, sin^-1(x). What a person may have meant, asked of the whole text.

Depends on `gradcli.language.readings`.
"""

from itertools import islice

from gradcli.errors import NameProblem, Source, Span
from gradcli.language.functions import FUNCTIONS
from gradcli.language.readings import AmbiguityError, reach
from gradcli.language.symbols import BETWEEN, INFIX
from gradcli.language.tokens import Token, tokens
from gradcli.operators import precedence

POWERS = frozenset({"^", "**", "superscript"})
_ATOM = precedence.POSTFIX + 1
"""Nothing binds an operand tighter than that: it ends with its name, its number or its parenthesis."""


class BareFunctionError(AmbiguityError, NameProblem):
    """A function's name without a parenthesis after it."""

    kind = NameProblem.kind


def bare_function(source: Source, name: str, span: Span) -> BareFunctionError:
    """The error for a function's name before no parenthesis; `name` may be meant as a variable, too."""
    first = next(tokens(source, span[1]))
    variable = f"; or, if you mean a variable, bind it: --let {name}=VALUE" if name in FUNCTIONS else ""
    if first[0] in POWERS:
        message, otherwise = f"`{name}` is a function and has no power of its own", f"raise its value: {name}(x)^2"
        readings, end = _raised(source, name, first)
    else:
        message, otherwise = f"`{name}` is a function and needs its argument in parentheses", f"call it: {name}(x)"
        readings, end = _applied(source, name, first)
    return BareFunctionError(message, readings, otherwise + variable, (span[0], max(end, span[1])), source)


def _raised(source: Source, name: str, sign: Token) -> tuple[list[str], int]:
    """sin^2 x is sin(x)^2; sin^-1(x) may be the inverse, or the reciprocal."""
    end = sign[3] if sign[0] == "superscript" else _exponent_end(source, sign[3])
    power = sign[1] if sign[0] == "superscript" else source.text[sign[3] : end].strip()
    argument, stop = _argument(source, end)
    if not argument:
        return [], 0
    if power.strip("()").replace(" ", "").replace("−", "-") == "-1":
        inverse = [f"a{name}({argument})"] if f"a{name}" in FUNCTIONS else []
        return [*inverse, f"1/{name}({argument})"], stop
    return [f"{name}({argument})^{power}"], stop


def _exponent_end(source: Source, start: int) -> int:
    """Where an exponent ends behind which an argument stands: a number, a name or a parenthesis, with its sign."""
    for kind, _, _, end in islice(tokens(source, start), 2):
        if kind not in INFIX:
            return reach(source, start, _ATOM) if kind == "(" else end
    return start


def _argument(source: Source, start: int) -> tuple[str, int]:
    """What follows as the argument, without its parentheses, and where it ends; nothing where no operand follows."""
    kind, _, begin, _ = next(tokens(source, start))
    if kind == "(":
        end = reach(source, begin, _ATOM)
        return source.text[begin + 1 : end - 1].strip(), end
    if kind in BETWEEN:
        end = reach(source, begin, _ATOM)
        return source.text[begin:end], end
    if kind not in ("name", "number", "call", "quoted"):
        return "", start
    end = reach(source, begin, precedence.IMPLICIT_PRODUCT)
    return source.text[begin:end], end


def _applied(source: Source, name: str, first: Token) -> tuple[list[str], int]:
    """sin x is sin(x); of ln x^2 and sin x/2 it is not certain how far the argument reaches."""
    argument, end = _argument(source, first[2])
    if not argument:
        return [], 0
    atom, whole = reach(source, first[2], precedence.POWER + 1), reach(source, first[2], precedence.PRODUCT)
    if atom < end and first[0] == "name":
        return [f"{name}({argument})", f"{name}({source.text[first[2] : atom]}){source.text[atom:end]}"], end
    if whole > end:
        rest = source.text[end:whole]
        return [f"{name}({argument}){rest}", f"{name}({argument}{rest})"], whole
    return [f"{name}({argument})"], end
