"""The command line: one small file per command, shared options in one place. No mathematics."""

REFUTED, USAGE, NOT_FINITE, FILE, FAULT, INTERRUPTED, CLOSED_PIPE = 1, 2, 3, 4, 70, 130, 141
"""The exit codes of gradcli, beside 0."""

COMMANDS = {
    "grad": "gradcli.cli.grad",
    "eval": "gradcli.cli.evaluate",
    "explain": "gradcli.cli.explain",
    "graph": "gradcli.cli.graph",
    "check": "gradcli.cli.check",
    "rules": "gradcli.cli.rules",
    "map": "gradcli.cli.map.command",
    "train": "gradcli.cli.train.command",
    "flow": "gradcli.cli.flow",
    "help": "gradcli.cli.manual",
    "completion": "gradcli.cli.completion",
}
"""Command → the module whose `command` function it is."""
