"""Words for what is in a chain of local derivatives: its nodes, its factors, its numbers.

Depends on `gradcli.claims.mistakes.chain` and on the printer of the language.
"""

from collections.abc import Callable
from fractions import Fraction

from gradcli.claims.mistakes.chain import Chain, Step, equal
from gradcli.claims.notations import as_factor
from gradcli.errors import LONGEST_QUOTED
from gradcli.graph.graph import CONSTANT
from gradcli.language.notation import expression_text
from gradcli.precision.multiprecision import same
from gradcli.precision.multiprecision_kernels import MP, Number

LARGEST_FRACTION = 1000
MOST_NODES = 60
NICE = 20
"""Digits to which a number must be a short one to count as that."""


class Wording:
    """A chain, and words for what is in it."""

    def __init__(self, chain: Chain) -> None:
        self.chain, self.claim, self.graph = chain, chain.claim, chain.claim.graph
        self.steps = chain.steps()

    def text(self, node: int) -> str:
        """A node by its name, or as it is written."""
        name = self.graph.names.get(node)
        return name or expression_text(self.graph, node, LONGEST_QUOTED)

    def formula(self, node: int) -> str:
        """A local derivative, written out."""
        return expression_text(self.graph, node, LONGEST_QUOTED, spell_out=node not in self.graph.names)

    def partial(self, step: Step) -> str:
        """The local derivative's name: ∂y/∂w."""
        return f"∂{as_factor(self.text(step.edge.node))}/∂{as_factor(self.text(step.edge.operand))}"

    def local(self, step: Step) -> str:
        """The local derivative with its formula: ∂y/∂w = x."""
        return f"{self.partial(step)} = {self.formula(step.edge.partial)}"

    def in_value(self, form: str, node: int) -> str:
        """A form such as 1 - h², where h is the value of a node."""
        return form.replace("h", as_factor(self.text(node)))

    def operator(self, step: Step) -> str:
        """The operator of the step's node."""
        return self.graph.operators[step.edge.node]

    def is_only_path(self, step: Step) -> bool:
        """Whether all of the derivative flows through a step."""
        return equal(step.flow, self.chain.true)

    def others(self) -> list[int]:
        """The nodes that could have been mistaken for the right one."""
        return [node for node in self.chain.nodes[:MOST_NODES] if self.graph.operators[node] != CONSTANT]


CONSTANTS: dict[str, Callable[[], Number]] = {
    "log(2)": lambda: MP.log(2),
    "log(10)": lambda: MP.log(10),
    "pi": lambda: +MP.pi,
    "(2*pi)": lambda: 2 * MP.pi,
    "sqrt(2)": lambda: MP.sqrt(2),
    "(180/pi)": lambda: 180 / MP.pi,
}
"""Constants that are lost now and then."""


def nice(number: Number) -> str:
    """A number as a short fraction; empty where it is none."""
    if number != number or abs(number) > 10**6:
        return ""
    for name, known in CONSTANTS.items():
        for text, value in ((name, known()), (f"1/{name}", 1 / known())):
            if same(number, value, NICE):
                return text
    near = Fraction(float(number)).limit_denominator(LARGEST_FRACTION)
    exact = MP.mpf(near.numerator) / near.denominator
    return str(near) if near and same(exact, number, NICE) else ""
