"""`gradcli completion`: a script that lets a shell complete commands, options and operators.

Depends on the commands' own parameters and on the operator table. The script knows all the words, so that a shell
starts nothing when a key is pressed.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

import typer

from gradcli.cli.streams import emit
from gradcli.operators.table import OPERATORS


class Shell(StrEnum):
    """The shells that scripts are written for."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


Words = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Command → its options, each with the values that there are to choose from; those of the arguments under ""."""

FILES = '*" --bind"|*" --claims"|*" --out"|*" -o"'
"""A shell's pattern of the options whose values are names of files."""


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
    from gradcli.cli.main import COMMANDS
    from gradcli.cli.manual import pages

    operators = tuple(name for name in OPERATORS if name.isidentifier())
    arguments = {"help": (*pages(), *COMMANDS), "completion": tuple(Shell)}
    return {name: {**_options(name), "": arguments.get(name, operators)} for name in COMMANDS}


def _options(name: str) -> dict[str, tuple[str, ...]]:
    from gradcli.cli.main import typer_command

    found: dict[str, tuple[str, ...]] = {"--help": (), "-h": ()}
    for parameter in typer_command(name).params:
        choices = tuple(map(str, getattr(parameter.type, "choices", ())))
        found.update({option: choices for option in parameter.opts if option.startswith("-")})
    return found


def _bash(known: Words) -> Iterator[str]:
    yield from (
        "_gradcli() {",
        '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=""',
        "    [ $COMP_CWORD -gt 1 ] && [ \"$before\" = '=' ] && before=${COMP_WORDS[COMP_CWORD-2]}",
        "    [ \"$word\" = '=' ] && word=",
        "    if [ $COMP_CWORD = 1 ]; then",
        f'        words="{" ".join((*known, "--help", "--version"))}"',
        "    else",
        '        case "${COMP_WORDS[1]} $before" in',
        *(
            f'            "{command} {option}") words="{" ".join(values)}" ;;'
            for command, option, values in _chosen(known)
        ),
        f"            {FILES})",
        "                compopt -o default 2>/dev/null; COMPREPLY=(); return ;;",
        "            *)",
        '                case "${COMP_WORDS[1]}" in',
        *(f'                    {command}) words="{" ".join(_offered(of))}" ;;' for command, of in known.items()),
        "                esac ;;",
        "        esac",
        "    fi",
        '    COMPREPLY=($(compgen -W "$words" -- "$word"))',
        "}",
        "complete -o default -F _gradcli gradcli",
    )


def _zsh(known: Words) -> Iterator[str]:
    yield from (
        "#compdef gradcli",
        "_gradcli() {",
        "    local -a words_known",
        "    if (( CURRENT == 2 )); then",
        f"        compadd -- {' '.join((*known, '--help', '--version'))}; return",
        "    fi",
        '    case "$words[2] $words[CURRENT-1]" in',
        *(
            f'        "{command} {option}") compadd -- {" ".join(values)}; return ;;'
            for command, option, values in _chosen(known)
        ),
        f"        {FILES}) _files; return ;;",
        "    esac",
        '    case "$words[2]" in',
        *(f"        {command}) compadd -- {' '.join(_offered(of))} ;;" for command, of in known.items()),
        "    esac",
        "    _files",
        "}",
        "compdef _gradcli gradcli",
    )


def _fish(known: Words) -> Iterator[str]:
    yield f"complete -c gradcli -n __fish_use_subcommand -f -a '{' '.join(known)}'"
    for command, of in known.items():
        inside = f"complete -c gradcli -n '__fish_seen_subcommand_from {command}'"
        yield f"{inside} -a '{' '.join(of[''])}'"
        for option, values in of.items():
            if option:
                yield f"{inside} {_fish_option(option)}" + (f" -x -a '{' '.join(values)}'" if values else "")


def _fish_option(option: str) -> str:
    return f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"


def _chosen(known: Words) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The options of which the values are a choice: command, option, values."""
    for command, of in known.items():
        yield from ((command, option, values) for option, values in of.items() if option and values)


def _offered(of: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What may come next where no option waits for its value."""
    return [*filter(None, of), *of[""]]
