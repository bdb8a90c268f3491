"""`gradcli completion`: a script that lets a shell complete commands, options and operators.

Depends on the commands' own parameters and on the functions that can be called. The script knows all the words, so
that a shell starts nothing when a key is pressed.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import typer

from gradcli.cli import COMMANDS
from gradcli.cli.streams import emit
from gradcli.language.functions import FUNCTIONS


class Shell(StrEnum):
    """The shells that scripts are written for."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


class Option(NamedTuple):
    """An option: whether a value follows it, the values that there are to choose from, and whether it names a file."""

    valued: bool = False
    choices: tuple[str, ...] = ()
    file: bool = False


class Known(NamedTuple):
    """What can be completed behind a command; files too, where it takes any."""

    options: Mapping[str, Option]
    words: tuple[str, ...]
    files: bool


Words = Mapping[str, Known]
"""Command → what can be completed behind it."""
OVERALL = ("--help", "-h", "--version", "-V")
FILES = frozenset({"--bind", "--claims", "--out", "-o"})
FEW = ("table", "plain", "json")
"""The forms of `check` and `rules`."""


def command(shell: Annotated[Shell, typer.Argument(help="The shell to write for.", show_default=False)]) -> None:
    """Completion for a shell: commands, options and operators.

    gradcli completion bash

    bash: eval "$(gradcli completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc, after compinit;
    fish: gradcli completion fish > ~/.config/fish/completions/gradcli.fish

    Exit codes: 0 done, 2 no such shell.
    """
    script = {Shell.bash: _bash, Shell.zsh: _zsh, Shell.fish: _fish}[shell]
    emit(f"{line}\n" for line in script(words()))


def words() -> Words:
    """All that can be completed."""
    from gradcli.cli.manual import pages

    named = {"help": (*pages(), *COMMANDS), "completion": tuple(Shell), "map": (), "rules": tuple(FUNCTIONS)}
    return {name: Known(_options(name), named.get(name, tuple(FUNCTIONS)), name == "map") for name in COMMANDS}


def _options(name: str) -> dict[str, Option]:
    from gradcli.cli.main import typer_command

    found = dict.fromkeys(OVERALL, Option())
    for parameter in typer_command(name).params:
        if not getattr(parameter, "hidden", False):
            found.update({it: _option(name, parameter, it) for it in parameter.opts if it.startswith("-")})
    return found


def _option(command: str, parameter: Any, name: str) -> Option:
    """An option with its choices: those that Typer knows, or that its help names, as `auto|double|exact|N`."""
    listed = (it for it in (parameter.metavar or "").split("|") if it.islower() and it.isalpha())
    choices = tuple(map(str, getattr(parameter.type, "choices", listed)))
    few = name == "--format" and command in ("check", "rules")
    return Option(not getattr(parameter, "is_flag", False), FEW if few else choices, name in FILES)


def _bash(known: Words) -> Iterator[str]:
    yield from (
        "_gradcli() {",
        '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words="" files=""',
        "    [ $COMP_CWORD -gt 1 ] && [ \"$before\" = '=' ] && before=${COMP_WORDS[COMP_CWORD-2]}",
        "    [ \"$word\" = '=' ] && before=${COMP_WORDS[COMP_CWORD-1]} word=",
        f'    if [ $COMP_CWORD = 1 ]; then words="{" ".join((*known, *OVERALL))}"; else',
        '        case "${COMP_WORDS[1]} $before" in',
        *(f"            {pattern}) {_bash_words(words, files=files)} ;;" for pattern, words, files in _cases(known)),
        "        esac",
        "    fi",
        '    COMPREPLY=($(compgen -W "$words" -- "$word"))',
        '    [ "$files" ] && COMPREPLY+=($(compgen -f -- "$word")) && compopt -o filenames 2>/dev/null',
        "}",
        "complete -F _gradcli gradcli",
    )


def _bash_words(words: Sequence[str], *, files: bool) -> str:
    return f'words="{" ".join(words)}"' + (" files=1" if files else "")


def _zsh(known: Words) -> Iterator[str]:
    yield from (
        "#compdef gradcli",
        "_gradcli() {",
        f"    if (( CURRENT == 2 )); then compadd -- {' '.join((*known, *OVERALL))}; return; fi",
        "    local before=$words[CURRENT-1]",
        "    if [[ $words[CURRENT] == --*=* ]]; then before=${words[CURRENT]%%=*}; compset -P '*='; fi",
        '    case "$words[2] $before" in',
        *(f"        {pattern}) {_zsh_words(words, files=files)} ;;" for pattern, words, files in _cases(known)),
        "    esac",
        "}",
        "compdef _gradcli gradcli",
    )


def _zsh_words(words: Sequence[str], *, files: bool) -> str:
    return "; ".join([*([f"compadd -- {' '.join(words)}"] if words else []), *(["_files"] if files else [])]) or ":"


def _cases(known: Words) -> Iterator[tuple[str, Sequence[str], bool]]:
    """Patterns of a command and the word before, with the words that may follow, and whether files may."""
    for command, (options, words, files) in known.items():
        for name, option in options.items():
            if option.valued:
                yield f'"{command} {name}"', option.choices, option.file
        yield f'"{command} "*', (*options, *words), files


def _fish(known: Words) -> Iterator[str]:
    yield from (
        "function __gradcli_command",
        "    set -l typed (commandline -opc)",
        "    test (count $typed) -gt 1; and test $typed[2] = $argv[1]",
        "end",
    )
    yield f"complete -c gradcli -f -n __fish_use_subcommand -a '{' '.join((*known, *OVERALL))}'"
    for command, (options, words, files) in known.items():
        inside = f"complete -c gradcli -n '__gradcli_command {command}'"
        yield f"{inside} {'-F' if files else '-f'} -a '{' '.join(words)}'"
        yield from (f"{inside} {_fish_option(name, option)}" for name, option in options.items())


def _fish_option(name: str, option: Option) -> str:
    flag = f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
    follows = " -r -F" if option.file else f" -x -a '{' '.join(option.choices)}'" if option.valued else ""
    return flag + follows
