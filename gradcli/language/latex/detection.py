r"""When a text is LaTeX: where it holds a command, a brace behind ^ or _, or stands in $…$, \(…\) or \[…\].

Depends on nothing.
"""

import re

_QUOTED = re.compile(r"`[^`\n]*`|#[^\n]*")
"""Names of columns and comments, whose letters say nothing."""
_LATEX = re.compile(
    r"""\\(?![A-Za-z]\w*\s*->)[A-Za-z,;:!{}|\\%&$_] | [\^_]\s*\{ | \$(?=\S)[^$]*\S\$(?!\w)
      | \A\s*(?: \$\$.*\$\$ | \\\(.*\\\) | \\\[.*\\\] )\s*\Z""",
    re.VERBOSE | re.DOTALL,
)


def is_latex(text: str) -> bool:
    r"""Whether a text is read as LaTeX.

    >>> [is_latex(text) for text in (r"\alpha x", "x^{2}", "$x$", "x^2", "x^2 # \\alpha", r"`a\b` + 1")]
    [True, True, True, False, False, False]
    """
    return _LATEX.search(_QUOTED.sub("", text)) is not None
