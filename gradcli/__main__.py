"""The door: `gradcli` and `python -m gradcli` begin here."""

import gc


def main() -> None:
    """Run the command line."""
    # One command, then the process ends: walking its objects for cycles would cost more than it frees.
    gc.disable()
    from gradcli.cli.main import main as run  # after that, for loading Typer makes many objects

    run()


if __name__ == "__main__":
    main()
