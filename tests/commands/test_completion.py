"""`gradcli completion`: scripts that the shells take, and what they offer where a key is pressed."""

import shutil
import subprocess
from collections.abc import Callable

import pytest

from gradcli.cli import COMMANDS

Gradcli = Callable[..., tuple[int, str, str]]
ASK = """
asked() {
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gradcli; echo "${COMPREPLY[*]}"
}
"""


def offered(script: str, *words: str) -> list[str]:
    """What bash completes the last word to."""
    line = " ".join(f"'{word}'" for word in words)
    done = subprocess.run(
        ["bash", "-c", f"{script}{ASK}asked {line}"], capture_output=True, text=True, check=True, timeout=20
    )
    assert not done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("gr",), ["grad", "graph"]),
        (("graph", "--format", "d"), ["dot"]),
        (("graph", "--rankdir", ""), ["LR", "TB", "RL", "BT"]),
        (("graph", "-o", "pypro"), ["pyproject.toml"]),
        (("grad", "--fo"), ["--format"]),
        (("grad", "--format", "j"), ["json"]),
        (("grad", "--format", "=", "l"), ["latex"]),
        (("grad", "--color", "="), ["auto", "always", "never"]),
        (("map", "--eng"), ["--engine"]),
        (("rules", "sig"), ["sign", "sigmoid"]),
        (("grad", "logadd"), ["logaddexp"]),
        (("help", "prec"), ["precision"]),
        (("help", "ma"), ["map"]),
        (("completion", "f"), ["fish"]),
        (("map", "--format"), []),
        (("map", "--engine", ""), ["auto", "llvm", "blocks", "python"]),
        (("check", "--format", ""), ["table", "plain", "json"]),
        (("grad", "--wrt", ""), []),
        (("check", "--claims", "pypro"), ["pyproject.toml"]),
        (("map", "x*y", "pypro"), ["pyproject.toml"]),
        (("rules", "tanh", "-"), ["--help", "-h", "--version", "-V", "--search", "--format", "--json", "--color"]),
    ],
)
def test_bash_completes(words: tuple[str, ...], expected: list[str], gradcli: Gradcli) -> None:
    _, script, _ = gradcli("completion", "bash")
    assert offered(script, "gradcli", *words) == expected


def test_every_command_is_offered(gradcli: Gradcli) -> None:
    _, script, _ = gradcli("completion", "bash")
    assert set(offered(script, "gradcli", "")) == {*COMMANDS, "--help", "-h", "--version", "-V"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_script(shell: str, gradcli: Gradcli) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here")
    code, script, err = gradcli("completion", shell)
    assert (code, err) == (0, "")
    subprocess.run(
        [shell, "--no-execute" if shell == "fish" else "-n"], input=script, text=True, check=True, timeout=20
    )


def test_a_shell_that_is_not_known_is_an_error(gradcli: Gradcli) -> None:
    code, _, err = gradcli("completion", "tcsh")
    assert code == 2
    assert "bash" in err
