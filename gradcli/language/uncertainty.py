"""Numbers with their uncertainty, 2+-0.1 or 1.234(5): a binding takes the number alone, and never a sum or a product in
its place.

Depends on the errors alone.
"""

import re

from gradcli.errors import BindingError, Source

_NUMBER = r"(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?"
_SIGNED = rf"(?<=[\w.)])\s*(?P<sign>\+[-−–]|[-−–]\+|∓|±|\+/[-−–]|\\pm)\s*(?P<size>{_NUMBER}\s*%?)"
_DIGITS = rf"(?<![\w.]){_NUMBER}(?P<sign>\s*)\(\s*(?P<size>{_NUMBER})\s*\)"
"""Behind the number, and in parentheses in units of its last digits."""
_CALCULATED = {"": ("*", "product")} | dict.fromkeys(("+-", "+−", "+–", "-+", "−+", "–+"), ("-", "difference"))
"""What else they are, by their sign: an operator, and its name."""


def check_certain(source: Source) -> None:
    """Raise BindingError for a value that holds an uncertainty, with the readings that there are."""
    if _is_plain(source.text):
        return
    if found := re.search(_SIGNED, source.text) or re.search(_DIGITS, source.text):
        hint, verb = f"write {_with(source, found, '')} for the number alone", "is"
        if calculated := _CALCULATED.get(found["sign"].strip()):
            operator, name = calculated
            hint, verb = f"{hint}, or {_with(source, found, operator + found['size'])} for the {name}", "may be"
        message = f"`{found[0].strip()}` {verb} an uncertainty, and a binding takes a number alone"
        raise BindingError(message, hint=hint, span=found.span(), source=source)


def _is_plain(text: str) -> bool:
    """Whether a text is one number, as most are: to make ready for the others takes a millisecond."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def _with(source: Source, found: re.Match[str], instead: str) -> str:
    """The binding with the uncertainty, from its sign or parenthesis on, written otherwise."""
    before, after = source.text[: found.start("sign")].strip(), source.text[found.end() :].strip()
    return f"{source.name}{' ' if source.name.startswith('-') else '='}{before}{instead}{after}"
