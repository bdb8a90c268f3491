"""What every benchmark begins with: what it is asked, and a heading of who takes part in which version, and where.

Depends on nothing but the system; a library's version is read without loading it.
"""

import argparse
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

GRADCLI = str(Path(sys.executable).parent / "gradcli")
"""The program beside the Python that runs."""
PROGRAMS = {"awk": "awk", "miller": "mlr"}
"""The peers that are programs, not libraries of Python, and how each is called."""


def asked(about: str | None, rows: int | None = None, **options: int) -> argparse.Namespace:
    """The numbers on the command line, else these: how many rows, where it stands, and an option for each other."""
    parser = argparse.ArgumentParser(description=about)
    if rows is not None:
        parser.add_argument("rows", type=int, nargs="?", default=rows)
    for name, default in options.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def heading(*peers: str) -> str:
    """The versions of gradcli, Python and the peers; below, the processor and how many of its cores may be used."""
    versions = ", ".join((f"gradcli {version('gradcli')}", f"Python {platform.python_version()}", *map(_named, peers)))
    return f"{versions}\n{processor()}, {cores()}\n"


def version(peer: str) -> str:
    """The version of a library or program, after whose it is where there are several of that name."""
    if peer in PROGRAMS:
        return _version_of_program(PROGRAMS[peer])
    try:
        return importlib.metadata.version(peer)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def processor() -> str:
    """What the system calls the processor."""
    commands = (["cat", "/proc/cpuinfo"], ["lscpu"], ["sysctl", "machdep.cpu.brand_string"])
    told = "\n".join(_said(command) or "" for command in commands)
    found = re.search(r"(?im)^ *(?:model name|machdep\.cpu\.brand_string)[ \t]*: *(.*\S)", told)
    return found[1] if found else platform.processor() or platform.machine()


def cores() -> str:
    """How many cores this process, and what it starts, may use."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return "1 core" if count == 1 else f"{count} cores"


def _named(peer: str) -> str:
    return f"{peer} {version(peer)}"


def _version_of_program(program: str) -> str:
    """The first line that it says, without its name and what follows a comma; old awks know `-W version` alone."""
    told = [_said([program, *options]) for options in (("--version",), ("-W", "version"))]
    if told == [None, None]:
        return "not installed"
    line = next(filter(None, told), "of unknown version").splitlines()[0]
    return re.sub(rf"^{program} (version )?|,.*", "", line)


def _said(command: list[str]) -> str | None:
    """What a program prints, nothing where it fails; None where there is no such program."""
    settings = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, env=settings)
    except OSError:
        return None
    return "" if done.returncode else done.stdout.decode(errors="replace").strip()
