"""Text → graph: tokens, grammar, names, and the printer that goes back. Depends on the graph and the operator table."""

from gradcli.language.program import Program, parse
from gradcli.language.rules import parse_template

__all__ = ["Program", "parse", "parse_template"]
