"""Opens what was drawn in the reader's browser; where there is none, its place is told.

Depends on the standard library's `webbrowser`, which reads BROWSER and knows the desktop.
"""

import os
import tempfile
import webbrowser
from pathlib import Path

from gradcli.errors import FileProblem


def temporary(suffix: str) -> str:
    """The name of a new file that stays until the system clears its temporary files. Raises FileProblem."""
    try:
        descriptor, path = tempfile.mkstemp(suffix, "gradcli-")
    except OSError as problem:
        raise FileProblem(
            f"there is no room for a temporary file: {problem.strerror}", hint="give --out FILE"
        ) from None
    os.close(descriptor)
    return path


def opened(path: str) -> str:
    """Open a file in the reader's browser, and say what became of it."""
    try:
        browser = webbrowser.get()
        done = _has_window(browser) and browser.open(Path(path).absolute().as_uri())
    except (webbrowser.Error, OSError):
        done = False
    return f"opened {path}" if done else f"there is no browser to open it in: it is {path}"


def _has_window(browser: webbrowser.BaseBrowser) -> bool:
    """Whether a browser leaves the terminal alone; one that BROWSER names is as its owner wants it."""
    return bool(os.environ.get("BROWSER")) or type(browser) is not webbrowser.GenericBrowser
