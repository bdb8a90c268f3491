"""Sorting argv before Typer sees it: options, bindings and the expression, in any order.

Depends on nothing but the parameters of the command at hand. A binding `x=2` becomes `--let x=2`, and `--x 2`
`--let --x=2`, so that errors can name it as it was typed; the expression goes last, behind `--`, so that it may begin
with a minus.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from gradcli.errors import UsageError
from gradcli.letters import pattern

_HELP = frozenset({"--help", "-h"})
_RAW = "(?:[d∂]ENTRY/[d∂])?(ENTRY|QUOTED)"
_LONG = "--(?:ENTRY|LATEX)(?:=.*)?"
_DASHES = "—–"
"""What editors and chats make of two hyphens."""
_SHORT = "-TYPED"
_NUMBER = re.compile(r"[^=]*=\s*(?:[-+]?[\d._]+(?:[eE][-+]?\d+)?|\[[-+\d\s.,_eE\[\]]*\]|@\S+)\s*")
_CLAIM = r"\s*[d∂](?:ENTRY)?\s*/\s*[d∂]ENTRY\s*="
_POSITIONAL = r"\s*(ENTRY|QUOTED|LATEX)\s*=(?!=)(.*)"


def rewritten(parameters: Collection[object], arguments: Sequence[str]) -> list[str]:
    """The arguments of a command with its bindings as `--let NAME=VALUE` and its expression last.

    A command that takes no bindings gets its arguments as they are. Raises UsageError for a binding or an option
    without a value, and for more than one expression.
    """
    options = {name: parameter for parameter in parameters for name in _names(parameter)}
    if "--let" not in options:
        return list(arguments)
    kept, positional, after_raw = _parted(options, iter(arguments))
    if after_raw is not None and _names_number(
        positional[after_raw], positional[:after_raw] + positional[after_raw + 1 :]
    ):
        kept.append(f"--raw={positional.pop(after_raw)}")
    if not positional and not _HELP.intersection(kept):
        raise _without_expression(kept)
    if "--claim" in options:
        _check_claims(positional)
    takes_files = any(getattr(parameter, "nargs", 1) == -1 for parameter in parameters)
    loose = [word for word in positional if not _is(_POSITIONAL, word)]
    if len(loose) > 1 and not takes_files:
        raise _several(loose, options)
    return [*kept, *_sorted(positional, loose, takes_files=takes_files)]


def _is(form: str, word: str) -> bool:
    """Whether a word has a form that holds names."""
    return pattern(form, word).fullmatch(word) is not None


def _names(parameter: object) -> list[str]:
    found = [*getattr(parameter, "opts", ()), *getattr(parameter, "secondary_opts", ())]
    return [name for name in found if name.startswith("-")]


def _parted(options: Mapping[str, object], words: Iterator[str]) -> tuple[list[str], list[str], int | None]:
    """The options, with the bindings that look like one; the other words; which of these comes right after `--raw`."""
    flags = {name for name, parameter in options.items() if getattr(parameter, "is_flag", False)} | _HELP
    kept: list[str] = []
    positional: list[str] = []
    before, after_raw = "", None
    for word in words:
        if word == "--":
            positional.extend(words)
        elif word == "--raw" and word in options:
            if "--raw=" in kept:
                raise UsageError("--raw is there twice", hint="it prints one number: ask for one at a time")
            kept.append("--raw=")
        elif word in flags:
            kept.append(word)
        elif word.split("=", 1)[0] in options:
            kept.append(_long(_joined(word, words, options), options))
        elif _is(_LONG, word):
            kept.append(f"--let={_joined(word, words, options)}")
        else:
            after_raw = len(positional) if before == "--raw" else after_raw
            positional.append(word)
        before = word
    return kept, positional, after_raw


def _names_number(word: str, others: Sequence[str]) -> bool:
    """Whether a word can be the name of a number, and is not the formula itself."""
    return _is(_RAW, word) and not all(map(_NUMBER.fullmatch, others))


def _long(word: str, options: Mapping[str, object]) -> str:
    """An option by its long name: a short one takes its value as a word of its own."""
    name, equals, value = word.partition("=")
    return f"{next(other for other in _names(options[name]) if other.startswith('--'))}{equals}{value}"


def _joined(word: str, words: Iterator[str], options: Collection[str]) -> str:
    """An option and its value as one word, so that the value may begin with a minus. Raises UsageError for no value."""
    if "=" in word:
        return word
    value = next(words, None)
    if value is None or _is(_LONG, value):
        raise _without_value(word, options)
    return f"{word}={value}"


def _without_value(word: str, options: Collection[str]) -> UsageError:
    """An option, or what may be a variable or an option misspelt, that no value follows."""
    from gradcli.language.guess import did_you_mean  # it loads the language, which not every command needs

    if word in options:
        return UsageError(f"{word} needs a value", hint=f"write {word} VALUE")
    near = did_you_mean(word[2:], [name[2:] for name in options], mark="--")
    hint = near or f"write {word} NUMBER if it is a variable; --help tells the options there are"
    return UsageError(f"{word} has no value", hint=hint)


def _sorted(positional: Sequence[str], loose: Sequence[str], *, takes_files: bool) -> list[str]:
    """Bindings of the form x=2, then the expression, then files.

    The expression is what is no binding, else what binds no number, else the first; beside files it is the first that
    binds no number.
    """
    unbinding = [word for word in positional if not _NUMBER.fullmatch(word)][:1]
    expression = (list(loose) if not takes_files else []) or unbinding or list(positional[:1])
    rest = list(positional)
    for word in expression:
        rest.remove(word)
    bindings = [f"--let={word}" for word in rest if word not in loose]
    files = [word for word in rest if word in loose]
    return [*bindings, *(["--", *expression, *files] if expression else [])]


def _check_claims(positional: Sequence[str]) -> None:
    """Raise UsageError for a claim that stands without its option."""
    claim = next((word for word in positional if pattern(_CLAIM, word).match(word)), None)
    if claim:
        raise UsageError(f"`{claim}` is a claim, and no expression", hint=f'write --claim "{claim}"')


def _without_expression(kept: Sequence[str]) -> UsageError:
    """There is no expression; perhaps an option that does not exist took it as its value."""
    bindings = [word.removeprefix("--let=--").partition("=") for word in kept if word.startswith("--let=--")]
    lost = next(((name, value) for name, _, value in bindings if not _NUMBER.fullmatch(f"={value}")), None)
    hint = f"`{lost[1]}` was read as the value of --{lost[0]}" if lost else 'write one in quotes: "(x*w - 2)^2"'
    return UsageError("an expression is missing", hint=hint)


def _several(loose: Sequence[str], options: Collection[str]) -> UsageError:
    """More than one word could be the expression."""
    single = next((word for word in loose if _is(_SHORT, word)), None)
    dashed = next((word for word in loose if word[0:1] in _DASHES), None)
    hint = 'put the formula in quotes: "(x*w - 2)^2"'
    if dashed:
        hint = f"write two hyphens: --{dashed.lstrip(_DASHES)}"
    elif single:
        hint = f"write the option as -{single}" if f"-{single}" in options else f"write a binding as -{single} VALUE"
    elif "=" in loose or any(_NUMBER.fullmatch(f"={word}") for word in loose):
        hint = "write a binding as one word: x=2"
    listed = ", ".join(f"`{word}`" for word in loose[:4])
    return UsageError(f"one expression is expected, and there are {len(loose)}: {listed}", hint=hint)
