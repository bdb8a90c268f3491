"""Runs the prose: every command and every line of Python in a Markdown file, against what is written there.

    python -m tests.prose --update README.md samples/*.md      writes what the commands print now, to be reviewed

A ```console block holds commands after `$ `, a backslash carrying one over the line, and under each what it prints:
standard output, then standard error, without blanks at line ends and blank lines at the end. Commands run in bash, at
the root of the repository, with the gradcli of the running Python. In a ```python block a statement's trailing comment
is its value, or what it prints. No other block is run: installing goes in ```sh.
"""

import ast
import contextlib
import io
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    ROOT / "README.md",
    *sorted((ROOT / "samples").glob("*.md")),
    *sorted((ROOT / "gradcli" / "manual").glob("*.md")),
)
PROGRAMS = ("gradcli", "echo", "printf", "cat")
"""What a command may begin with, so that no prose installs or deletes anything."""
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "LINES")},
    "PATH": os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", ""))),
    "COLUMNS": "80",
    "NO_COLOR": "1",
    "PYTHONIOENCODING": "utf-8",
}


def written_anew(text: str) -> str:
    """A Markdown text with everything its blocks print as it is printed now. Equal to the text if that is up to date."""
    names: dict[str, Any] = {}
    lines = iter(text.splitlines())
    fresh: list[str] = []
    blocks: dict[str, Callable[[list[str]], Iterable[str]]] = {
        "```console": _console,
        "```python": lambda body: _python(body, names),
    }
    for line in lines:
        fresh.append(line)
        block = blocks.get(line)
        if block:
            fresh.extend(block(list(_body(lines))))
            fresh.append("```")
    return "\n".join(fresh) + "\n"


def printed(command: str) -> str:
    """What a command prints: standard output, then standard error."""
    if command.split(maxsplit=1)[0] not in PROGRAMS:
        raise ValueError(f"`{command}` begins with none of {', '.join(PROGRAMS)}: put it in a block that is not run")
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    return (done.stdout + done.stderr).decode()


def _body(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line == "```":
            return
        yield line
    raise ValueError("a block that is never closed")


def _console(body: list[str]) -> Iterator[str]:
    lines = iter(body)
    for line in lines:
        if not line.startswith("$ "):
            continue
        command = [line]
        while command[-1].endswith("\\"):
            command.append(next(lines))
        yield from command
        yield from _trimmed(printed("\n".join(command)[2:]))


def _trimmed(output: str) -> list[str]:
    return [line.rstrip() for line in output.rstrip().splitlines()]


def _python(body: list[str], names: dict[str, Any]) -> Iterator[str]:
    source = "\n".join(body)
    fresh = list(body)
    for statement in ast.parse(source).body:
        last = (statement.end_lineno or 1) - 1
        code, mark, _ = body[last].partition("  # ")
        answer = _answer(statement, names)
        if mark and answer:
            fresh[last] = f"{code}{mark}{answer}"
    yield from fresh


def _answer(statement: ast.stmt, names: dict[str, Any]) -> str:
    """The value of a statement that is an expression, or what it prints."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        if not isinstance(statement, ast.Expr):
            exec(compile(ast.Module([statement], []), "prose", "exec"), names)
            return ""
        value = eval(compile(ast.Expression(statement.value), "prose", "eval"), names)
    return shown.getvalue().strip() if value is None else repr(value)


def main(arguments: list[str]) -> int:
    """Update the files named after `--update`."""
    if arguments[:1] != ["--update"]:
        sys.exit("usage: python -m tests.prose --update FILE…")
    for name in arguments[1:]:
        path = Path(name)
        path.write_text(written_anew(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
