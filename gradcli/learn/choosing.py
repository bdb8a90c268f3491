"""The optimiser that a text asks for: "adam lr=0.1 betas=0.9,0.999 weight_decay=0.01 amsgrad".

Depends on the table of optimisers and on errors.
"""

from math import isfinite

from gradcli.errors import LanguageError, Source, UsageError, listed
from gradcli.language.guess import did_you_mean
from gradcli.learn.optimisers import OPTIMISERS, Optimiser
from gradcli.learn.stepping import Stepper

ROWS = {name: row for row in OPTIMISERS for name in (row.name, *row.aliases)}
SWITCHES = frozenset({"nesterov", "centered", "amsgrad"})
OTHER_NAMES = {"centred": "centered", "epsilon": "eps", "beta1": "b1", "beta2": "b2", "learning_rate": "lr"}


def stepper(text: str, lr: float | None) -> tuple[Stepper, float]:
    """An optimiser with its settings, and its rate: that of `lr`, or of the text, or its own.

    Raises LanguageError for a text that asks for none, UsageError for two rates.
    """
    source = Source(text, "--optimiser")
    name, *words = text.split() or ["sgd"]
    row = ROWS.get(name.lower())
    if row is None:
        hint = did_you_mean(name, ROWS) or f"there are {listed([*ROWS], most=20)}"
        raise _wrong(source, name, f"there is no optimiser `{name}`", hint)
    given: dict[str, float] = {}
    for word in words:
        given |= _setting(source, row, word)
    if lr is not None and "lr" in given:
        raise UsageError("the rate is given twice: by --lr and in --optimiser", hint="leave one of them out")
    settings = {**row.settings, **given}
    rate = settings.pop("lr") if lr is None else lr
    settings.pop("lr", None)
    return Stepper(row, settings), rate


def _setting(source: Source, row: Optimiser, word: str) -> dict[str, float]:
    key, equals, value = word.partition("=")
    key = OTHER_NAMES.get(key, key)
    if key == "betas" and "b1" in row.settings:
        pair = value.strip("()[]").split(",")
        if len(pair) != 2:
            raise _wrong(source, word, "`betas` are two numbers", "write betas=0.9,0.999")
        return {"b1": _number(source, pair[0]), "b2": _number(source, pair[1])}
    if key not in row.settings:
        known = [*("betas" if name == "b1" else name for name in row.settings if name != "b2")]
        raise _wrong(source, word, f"`{row.name}` has no setting `{key}`", f"its settings are {listed(known)}")
    if key in SWITCHES:
        return {key: _switch(source, word, value if equals else "true")}
    if not equals:
        raise _wrong(source, word, f"`{key}` needs a value", f"write {key}={row.settings[key]:g}")
    return {key: _number(source, value)}


def _switch(source: Source, word: str, value: str) -> float:
    on, off = ("true", "1", "yes", "on"), ("false", "0", "no", "off")
    if value.lower() not in (*on, *off):
        raise _wrong(source, word, f"`{value}` is neither true nor false", "leave the value away to switch it on")
    return float(value.lower() in on)


def _number(source: Source, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise _wrong(source, text, f"`{text}` is no number", "write one: 0.1") from None
    if not isfinite(value) or value < 0:
        raise _wrong(source, text, f"a setting is finite and not below 0, and this is {text}", "write one: 0.1")
    return value


def _wrong(source: Source, place: str, message: str, hint: str) -> LanguageError:
    at = max(source.text.find(place), 0)
    return LanguageError(message, hint=hint, span=(at, at + max(len(place), 1)), source=source)
