r"""The signs of LaTeX: delimiters, and the one expression for its lexemes.

Depends on `commands` for the styles of letters.
"""

import re

from gradcli.language.latex.commands import SPACES, STYLES, UNSAID


def _either(names: tuple[str, ...]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


DELIMITERS = {
    "(": "()",
    ")": "()",
    "[": "[]",
    "]": "[]",
    "{": "{}",
    "}": "{}",
    r"\{": r"\{\}",
    r"\}": r"\{\}",
    "|": "||",
    r"\lbrace": r"\{\}",
    r"\rbrace": r"\{\}",
    r"\lbrack": "[]",
    r"\rbrack": "[]",
    r"\lparen": "()",
    r"\rparen": "()",
    r"\lvert": "||",
    r"\rvert": "||",
    r"\vert": "||",
    r"\|": "norm",
    r"\lVert": "norm",
    r"\rVert": "norm",
    r"\Vert": "norm",
    r"\lfloor": "floor",
    r"\rfloor": "floor",
    r"\lceil": "ceil",
    r"\rceil": "ceil",
    ".": ".",
    "⌊": "floor",
    "⌋": "floor",
    "⌈": "ceil",
    "⌉": "ceil",
    "‖": "norm",
}
OPENING = frozenset({"(", "[", "{", r"\{", r"\lbrace", r"\lbrack", r"\lparen", r"\lvert", r"\lVert", r"\lfloor"}) | {
    *(r"\lceil", "⌊", "⌈")
}
BOTH = frozenset({"|", r"\vert", r"\|", r"\Vert", "‖"})
"""Delimiters that open and close alike."""
_NAMED = r"\\(?:[lr](?:brace|brack|paren|vert|Vert|floor|ceil)|[vV]ert)(?![A-Za-z])|\\[{}|]"

GRAMMAR = re.compile(
    rf"""(?P<space> [ \t\r~\u00a0\u2000-\u200a\u202f\u205f\u3000]+ | \\[,;:!>\ \n] | \\(?:{_either(SPACES)})(?![A-Za-z])
           | \\(?:{_either(UNSAID)})\*?\s*\{{[^{{}}]*\}} | [.,]\s*(?=&|\$|\\[\])]|\\end|\Z))
      | (?P<newline> \n)
      | (?P<break> \\\\(?:\s*\[[^\]\n]*\])? | \\newline(?![A-Za-z]))
      | \\(?P<edge> begin|end)\s*\{{\s*(?P<environment> [A-Za-z]+)\*?\s*\}}
          (?:(?<=array\}})\s*(?P<columns> \{{[lcr|@{{}}\s]*\}}))?
      | (?P<word> \\(?:{_either(STYLES)})\*?\s*\{{\s*(?P<letters> [^\W\d](?:[\w.,\ -]|\\_)*? (?:_\{{\w+\}})?)\s*\}})
      | (?P<asked> \\(?:text|mbox|textrm)\s*\{{\s*(?P<said> [Ii]f|[Ff]or|[Ww]hen|[Ww]here)\s*(?=\$))
      | (?P<style> \\(?:{_either(STYLES)})\*?(?![A-Za-z]))
      | \\(?P<side> left|right|[bB]igg?[lr])(?![A-Za-z])\s*(?P<sided> {_NAMED}|[()\[\]|.⌊⌋⌈⌉‖])
      | (?P<delimiter> {_NAMED}|[()\[\]{{}}|⌊⌋⌈⌉‖])
      | (?P<math> \$\$?|\\[()\[\]])
      | \\(?P<command> [A-Za-z]+|.)
      | (?P<grouped> [0-9]+(?:\{{,\}}[0-9]+)+(?:\.[0-9]+)?)
      | (?P<percent> (?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*\\%)
      | (?P<power> (?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+)
      | (?P<number> [0-9]+(?:\.(?!\s*(?:\$|\\[\])]|\\end|\Z))[0-9]*)?|\.[0-9]+)
      | (?P<superscript> [⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
      | (?P<letter> [^\W\d_²³¹⁰-⁹½-¾][\u0300-\u036f]*)
      | (?P<script> [\^_])
      | (?P<sign> [<>=!:]=|[-+*/<>=,;!×·⋅∗÷−–≤≥≠])
      | (?P<amp> &)
      | (?P<degree> °)
      | (?P<prime> ['\u2032\u2019]+)
      | `(?P<quoted> [^`\n]*[^`\s][^`\n]*)`
      | (?P<stray> .)""",
    re.VERBOSE | re.DOTALL,
)
