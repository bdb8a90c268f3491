"""Texts in gradcli's own language as templates: the rules and definitions of the operator table, what a call means.

Depends on `gradcli.language.expression`.
"""

from functools import cache

from gradcli.errors import Source
from gradcli.graph.template import Template, template
from gradcli.language.expression import Expression
from gradcli.language.scope import Scope
from gradcli.language.tokens import tokens


@cache
def parse_template(text: str, parameters: tuple[str, ...]) -> Template:
    """A rule or definition of the operator table as a template over its parameters. Cached: the table never changes."""
    source = Source(text, "rule")
    scope = Scope(source, parameters)
    output = Expression(source, scope).parse(tokens(source))
    scope.graph.forget_places()
    return template(scope.graph, output, parameters)
