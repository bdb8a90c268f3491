r"""Derivatives as LaTeX writes them in a claim, \frac{\partial L}{\partial w} or \partial_w L, as gradcli does.

Depends on the language for names in LaTeX. Each becomes a text of the same length, so that all places in the claim
stay.
"""

import re
from collections.abc import Callable, Collection, Iterator

from gradcli.language.latex import spellings_of

_INNER = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"
_NAME = (
    rf"(?:\\(?!partial|nabla|frac)[A-Za-z]+(?:\s*\{{{_INNER}\}})?|[^\W\d_]+)(?:_(?:\{{{_INNER}\}}|\\[A-Za-z]+|[^\W_]))?"
)
_PARTIAL = r"\\partial(?![A-Za-z])\s*"
_D = rf"(?:{_PARTIAL}|\\(?:mathrm|text|operatorname)\s*\{{\s*d\s*\}}\s*|\\rm\s+d\s*|[d∂]\s*)"
_CALLED = r"\s*(?:(?:\\left)?\s*\([^()=]*\))?\s*"
_TWICE = r"\^\s*(?:2|\{\s*2\s*\})\s*"

_FRACTION = re.compile(rf"\\[dtc]?frac\s*\{{({_INNER})\}}\s*\{{({_INNER})\}}")
_UPPER = re.compile(rf"\s*{_D}(?P<twice>{_TWICE})?\s*(?:(?P<of>{_NAME}){_CALLED})?")
_LOWER = re.compile(rf"\s*{_D}(?P<by>{_NAME})\s*(?:(?P<square>{_TWICE})|{_D}(?P<then>{_NAME})\s*)?")
_BEHIND = re.compile(rf"\s*(?P<of>{_NAME}){_CALLED}(?=\s*&?\s*=)")
_FLAT = re.compile(rf"{_PARTIAL}(?P<of>{_NAME})\s*/\s*{_PARTIAL}(?P<by>{_NAME})")
_INDEXED = re.compile(
    rf"\\(?:partial|nabla)\s*_\s*(?:\{{(?P<inner>{_INNER})\}}|(?P<by>[^\W\d_]|\\[A-Za-z]+))\s*(?P<of>{_NAME})(?=\s*&?\s*=)"
)
_NABLA = re.compile(r"\\nabla(?![A-Za-z])")
_PLACE = re.compile(r"(?:\\right|\\[bB]igg?[rlm]?)?\s*(?:\||\\rvert|\\vert)\s*_\s*\{([^{}]*)\}(?=\s*&?\s*=)")
"""The bar of a value at a place."""
_FRAME = re.compile(
    r"\A\s*(?:\$\$?|\\\(|\\\[)|(?:\$\$?|\\\)|\\\])[.,;]?\s*\Z|&(?=\s*=)|\\displaystyle(?![A-Za-z])|\\left\s*\."
)
"""What stands around a claim, and says nothing."""


def plain_derivatives(text: str, known: Collection[str]) -> str:
    """A claim in LaTeX with its derivatives in plain notation; of the spellings of a name the known one is taken."""

    def spelled(name: str) -> str:
        spellings = spellings_of(name.strip()) or (name.strip(),)
        return next((one for one in spellings if one in known), spellings[0])

    def simple(found: re.Match[str]) -> str:
        by = found.groupdict().get("inner") or found["by"]
        return _filled(found[0], f"∂{spelled(found['of'])}/∂{spelled(by)}")

    text = _FRAME.sub(lambda found: " " * len(found[0]), text)
    text = "".join(_fractions(text, spelled))
    for form in (_FLAT, _INDEXED):
        text = form.sub(simple, text)
    text = _PLACE.sub(lambda found: _filled(found[0], f"({found[1]})"), text)
    return _NABLA.sub(lambda found: _filled(found[0], "∇"), text)


def _fractions(text: str, spelled: Callable[[str], str]) -> Iterator[str]:
    """The pieces of a text, those that are fractions of differentials in plain notation."""
    at = 0
    for found in _FRACTION.finditer(text):
        upper, lower = _UPPER.fullmatch(found[1]), _LOWER.fullmatch(found[2])
        behind = None if upper is None or upper["of"] else _BEHIND.match(text, found.end())
        if not (upper and lower) or (upper["twice"] and not (lower["square"] or lower["then"])):
            continue
        of = upper["of"] or (behind["of"] if behind else "")
        end = behind.end() if behind else found.end()
        below = f"∂{spelled(lower['by'])}" + (f"∂{spelled(lower['then'])}" if lower["then"] else "")
        twice = "²" if upper["twice"] else ""
        plain = f"∂{twice}{spelled(of) if of else ''}/{below}{'²' if lower['square'] else ''}"
        yield text[at : found.start()]
        yield _filled(text[found.start() : end], plain)
        at = end
    yield text[at:]


def _filled(typed: str, plain: str) -> str:
    """The plain text, as long as the one typed; what would be longer stays as it is."""
    return f" {plain}".ljust(len(typed)) if len(plain) < len(typed) else typed
