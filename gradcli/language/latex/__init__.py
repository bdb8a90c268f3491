r"""LaTeX as another spelling of the language: it gives the parser's own tokens, with places in the LaTeX.

    detection    when a text is LaTeX
    lexemes      its letters, numbers, commands and brackets, each bracket with its partner
    commands     what commands mean, as tables
    names        what a letter with accents and subscripts is called, and what it is bound as
    scripts      arguments of commands; powers and subscripts
    functions    \sin x, \log_2 x, \max\{a, b\}: how far an argument reaches
    sums         \sum and \prod, written out
    cases        \begin{cases}
    reader       lexemes → tokens

Depends on the tokens, the scope and the table. It is imported only where a text is LaTeX.
"""

from gradcli.language.latex.detection import is_latex
from gradcli.language.latex.reader import Reader
from gradcli.language.latex.scripts import name_of, spellings_of

__all__ = ["Reader", "is_latex", "name_of", "spellings_of"]
