r"""Names as LaTeX writes them, \alpha, x_{1} or \hat{y}, where the command line binds them.

Depends on the language, which it loads for such a name alone.
"""


def plain_name(typed: str) -> str:
    """The name that a formula has for one that is typed as LaTeX writes it; others stay as they are."""
    if not ("\\" in typed or "{" in typed):
        return typed
    from gradcli.language.latex import name_of

    return name_of(typed) or typed
