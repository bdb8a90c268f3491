"""Lists of numbers in a call: sum([a, b]), and as other languages write them, mean(c(x, y)), Clip[x, {0, 1}].

Depends on `gradcli.language.expression`, and is loaded where a call has one. Their elements become arguments of the
call around them. Lists in lists are arrays, which are read elsewhere.
"""

import re

from gradcli.errors import LanguageError
from gradcli.language.expression import Expression, State
from gradcli.language.functions import FUNCTIONS
from gradcli.language.tokens import Token
from gradcli.operators import precedence

CLOSED_BY = {"[": "call[", "{": "call{", "c": "call"}
"""What begins a list → the frame of a call that ends where it does."""
_TAKES = frozenset({"sd", "sum", "prod", "mean", "median", "var", "std", "norm", "logsumexp", "min", "max", "hypot"})
_OF_MATHEMATICA = frozenset(
    {"Clip[", "Piecewise[", "Total[", "Mean[", "Median[", "Norm[", "Max[", "Min[", "Variance[", "StandardDeviation["}
)
LIBRARIES = {
    "np": "sum prod mean median var std max min", "torch": "sum prod mean median var std max min logsumexp",
    "np.linalg": "norm", "statistics": "mean median", "math": "prod hypot", "scipy.special": "logsumexp",
    "jax.nn": "logsumexp",
}  # fmt: skip
"""The functions of libraries that take a list, by the first of their prefixes."""
_SAMPLE = frozenset({"std", "var"})
"""Of a list some languages divide by n, and some by n - 1."""
_BY_N = ("np.", "numpy.", "jnp.")
"""The libraries that divide by n."""
_BY_BLANKS = r"\[[^\[\](){},;]*[\w)][ \t]+[-+](?=[^\s])[^\[\](){},;]*\]"
"""A list with a sign that may part its elements, or join them."""


def takes_list(parse: Expression) -> bool:
    """Whether a list may stand at a place: as the first argument of a function of several, or in one of these."""
    _, what, _, _, call = parse.frames[-1]
    name = call[1]
    if name in ("[", "{") or name in _OF_MATHEMATICA:
        return True
    row = FUNCTIONS[name][0].name if name in FUNCTIONS else name
    return what.startswith("call") and not parse.arguments[-1] and (row in _TAKES or name in _OF_MATHEMATICA)


def is_tuple(parse: Expression) -> bool:
    """Whether the innermost parenthesis is a tuple of arguments, which nothing is done with."""
    (_, what, _, _, call), (_, _, _, _, opener) = parse.frames[-2:]
    if call[1].endswith("Piecewise"):
        return True
    text = parse.source.text
    first = text[call[3] : opener[2]].strip() == "("
    row = FUNCTIONS[call[1]][0].name if call[1] in FUNCTIONS else call[1]
    end = parse.mistakes.reach(opener[2], precedence.POSTFIX + 1)
    whole = re.compile(r"\s*[,)]").match(text, end) is not None
    return what == "call" and row in _TAKES - _SAMPLE and first and whole


def begin(parse: Expression, token: Token) -> State:
    """Open a list. Raises LanguageError where none may stand, or where a sign in it may part elements."""
    if not takes_list(parse) or (token[0] == "[" == parse.frames[-1][4][1]):
        raise parse.mistakes.stray(token[2])
    text = parse.scope.source.text
    if found := re.compile(_BY_BLANKS).match(text, token[2]):
        parted = re.sub(r"(?<=[\w)])[ \t]+(?=[-+]\S)", ", ", found[0])
        joined = re.sub(r"(?<=[\w)])[ \t]+([-+])(?=\S)", r" \1 ", found[0])
        raise parse.mistakes.asked("does the sign part elements, or join them?", [parted, joined], found.span())
    parse.open(CLOSED_BY[token[0]], (), token[2], ("call", token[0], *token[2:]))
    parse.arguments.append([])
    return parse.argument


def ended(parse: Expression, token: Token, operands: tuple[int, ...], end: int) -> int:
    """Give the elements of a list to the call around it, but for the last, which is this node. Raises LanguageError."""
    around = parse.frames[-2] if len(parse.frames) > 1 else parse.frames[-1]
    text, call = parse.scope.source.text, around[4]
    if not operands:
        raise parse.mistakes.error("this list is empty", "write its elements", (token[2], end))
    if not re.compile(r"\s*[,)\]}]").match(text, end):
        raise _no_list(parse, token, end)
    is_own = (
        text[token[2]] == "[" and text[call[2] - 1 : call[2]] != "." and _has_commas(text[token[2] : end], operands)
    )
    if call[1] in _SAMPLE and not is_own and not text[: call[2]].endswith(_BY_N):
        raise _divided(parse, call, operands, (token[2], end))
    parse.arguments[-1].extend(operands[:-1])
    if not is_own:
        parse.scope.read_as("each element of the list is an argument", (token[2], end))
    return operands[-1]


def _has_commas(text: str, operands: tuple[int, ...]) -> bool:
    """Whether commas part the elements, as in an array: blanks and semicolons are another language's."""
    return text.count(",") >= len(operands) - 1 and ";" not in text


def _no_list(parse: Expression, token: Token, end: int) -> LanguageError:
    hint = "write it for each element: sum(a^2, b^2) for sum([a, b]^2)"
    return parse.mistakes.error("gradcli has numbers, and no lists to calculate with", hint, (token[2], end))


def _divided(parse: Expression, call: Token, operands: tuple[int, ...], span: tuple[int, int]) -> LanguageError:
    """std([a, b]) divides by n in NumPy, by n - 1 in MATLAB and Julia; var(c(a, b)) by n - 1 in R."""
    text, count, name = parse.scope.source.text, len(operands), call[1]
    inside = text[text.index("(" if text[span[0]] == "c" else text[span[0]], span[0]) + 1 : span[1] - 1]
    inside = inside if "," in inside else ", ".join(inside.split())
    factor = f"({count}/{count - 1})" if count != 2 else "(2)"
    own, other = f"{name}({inside})", f"{factor if name == 'var' else f'sqrt{factor}'}*{name}({inside})"
    of_torch = text[: call[2]].endswith("torch.")
    readings = [other] if text[span[0]] == "c" or of_torch else [own, other]
    stop = text.find(")", span[1]) + 1
    return parse.mistakes.asked(f"`{name}` divides by n here, and by n - 1 in others", readings, (call[2], stop))
