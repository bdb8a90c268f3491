"""The door: `gradcli` and `python -m gradcli` begin here, with signals that end the process without a word.

Loading takes longer than most answers, and Python's own way with an interrupt is a traceback. Nothing is raised, for
that could be swallowed by whatever is running: the process ends where it stands, once `gradcli.interrupts` has seen to
what must be done before. This comes when the module is loaded, before anything else of gradcli's is.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes longer to load than all that is here
    from typing import NoReturn

try:
    import signal

    def _end(number: int, _frame: object) -> None:
        os._exit(128 + number)

    def _end_at_signals() -> None:
        """Let the signals that end a process do so, but for those that are ignored: `nohup`, work in the background."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # not every system has all of them
            if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                signal.signal(number, _end)

    _end_at_signals()
    import gc
except KeyboardInterrupt:
    os._exit(130)


def main() -> None:
    """Run the command line."""
    # One command, then the process ends: walking its objects for cycles would cost more than it frees.
    gc.disable()
    try:
        from gradcli.cli.memory import LEAST, allowed

        if allowed() < LEAST:
            _end_without_memory()
        from gradcli.cli.main import main as run  # after that, for loading Typer makes many objects
    except ModuleNotFoundError:
        raise
    except (ImportError, MemoryError, OSError, SystemError):  # what comes of too little memory
        _end_without_memory()
    run()


def _end_without_memory() -> "NoReturn":
    """Say that there is none, without loading anything."""
    try:
        os.write(2, b"error: there is not enough memory to begin\nmend: allow more: ulimit -v unlimited\n")
    finally:
        os._exit(4)


if __name__ == "__main__":
    main()
