"""gradcli in a shell, as a process of its own."""

import os
import subprocess
import sysconfig

PLAIN = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}


def in_shell(command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join((sysconfig.get_path("scripts"), os.environ["PATH"]))
    return subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**PLAIN, "PATH": path, **environment},
        check=False,
    )
