"""Laurent series of a formula in one of its nodes, with formulas for coefficients: what it tends to where it has none.

Depends on the rules of the operator table. (1 - cos(x))/x^2 at x = 0 is (t^2/2 - t^4/24 + …)/t^2: its limit is the
term without t. A coefficient is taken for 0 where its double is, or is what rounding leaves of that: whoever uses a
series has to try it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from math import isfinite
from typing import NamedTuple

from gradcli.derivatives.rules import kink_rule
from gradcli.diagnose.nonfinite.simple_forms import ratio, simple
from gradcli.evaluate.scalar import MEANINGS, evaluate, run_template
from gradcli.graph.graph import Graph
from gradcli.graph.template import Template
from gradcli.graph.walk import dependent, reachable
from gradcli.language.rules import parse_template
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having

TERMS = 7
"""Terms that are kept: each that cancels at the front is one less."""
NOISE = 1e-12
"""What a sum leaves of its terms may be rounding alone."""
DECISIONS = having(Trait.DECISION)


class NoSeriesError(ArithmeticError):
    """A formula that is no such series there, or not seen to be one."""


class Coefficient(NamedTuple):
    """A formula, its double at the point, and whether no variable is in it."""

    node: int
    value: float
    fixed: bool


class Series(NamedTuple):
    """The sum of terms[k] t^(order + k); None is 0, and not the first. Of what follows the last nothing is known."""

    order: int
    terms: tuple[Coefficient | None, ...]

    @property
    def known(self) -> int:
        """The first power of t of which nothing is known."""
        return self.order + len(self.terms)

    def term(self, power: int) -> Coefficient | None:
        """The coefficient of a power below `known`."""
        return self.terms[power - self.order] if power >= self.order else None


class Expansion:
    """Series of the nodes of a graph around a point at which they have these doubles, in the distance t of a node.

    The node `by` is `around` + t; a node that does not depend on it is its own series.
    """

    def __init__(self, graph: Graph, values: Mapping[int, float], by: int, around: int) -> None:
        self.graph, self.values, self.by, self.around = graph, values, by, around
        self.meanings: Mapping[str, Callable[..., Series]] = _Meanings(self)

    def of(self, node: int) -> Series:
        """The series of a node. Raises NoSeriesError."""
        graph, found = self.graph, dict[int, Series]()
        moving = dependent(graph, [self.by], node)
        free = dependent(graph, graph.variables().values(), node)
        for at, flag in enumerate(reachable(graph, [node])):
            if at == self.by:
                start = self.constant(self.around, fixed=not free[self.around] if self.around <= node else True)
                found[at] = self.add(start, _normal(1, [self.literal(1.0)] + [None] * (TERMS - 1)))
            elif flag and moving[at]:
                operands = [found[operand] for operand in graph.operands[at]]
                found[at] = self.meanings[graph.operators[at]](*operands)
            elif flag:
                found[at] = self.constant(at, fixed=not free[at])
        return found[node]

    # -- coefficients

    def literal(self, value: float) -> Coefficient:
        """A number."""
        return Coefficient(self.graph.constant(float(value)), float(value), fixed=True)

    def made(self, operator: str, *operands: Coefficient) -> Coefficient:
        """An operator on coefficients, in simple form."""
        value = MEANINGS[operator](*[operand.value for operand in operands])
        if not isfinite(value):
            raise NoSeriesError
        fixed = all(operand.fixed for operand in operands)
        nodes = tuple(operand.node for operand in operands)
        size = ratio(self.graph, abs(value)) if fixed else None
        if size is None:
            return Coefficient(simple(self.graph, operator, nodes), value, fixed)
        return Coefficient(size if value >= 0 else self.graph.node("neg", (size,)), value, fixed)

    def total(self, operator: str, x: Coefficient | None, y: Coefficient | None) -> Coefficient | None:
        """x + y or x - y, and None where that is 0."""
        if y is None:
            return x
        if x is None:
            return y if operator == "add" else self.made("neg", y)
        found = self.made(operator, x, y)
        return found if abs(found.value) > NOISE * (abs(x.value) + abs(y.value)) else None

    # -- series

    def constant(self, node: int, *, fixed: bool) -> Series:
        """A node that stands still."""
        value = self.values[node] if node in self.values else evaluate(self.graph, [node], {})[0]
        if not isfinite(value):
            raise NoSeriesError
        first = None if value == 0.0 else Coefficient(node, value, fixed)
        return _normal(0, [first] + [None] * (TERMS - 1))

    def add(self, x: Series, y: Series, operator: str = "add") -> Series:
        """x + y, or x - y."""
        order, known = min(x.order, y.order), min(x.known, y.known)
        powers = range(order, known)
        return _normal(order, [self.total(operator, x.term(power), y.term(power)) for power in powers])

    def mul(self, x: Series, y: Series) -> Series:
        """x*y."""
        length = min(len(x.terms), len(y.terms))
        return _normal(x.order + y.order, [self.crossed(x.terms, y.terms, at) for at in range(length)])

    def crossed(
        self, xs: Sequence[Coefficient | None], ys: Sequence[Coefficient | None], at: int, first: int = 0
    ) -> Coefficient | None:
        """The sum of xs[j] ys[at - j], from j = `first` on."""
        total: Coefficient | None = None
        for x, y in zip(xs[first : at + 1], ys[at - first :: -1], strict=False):
            if x and y:
                total = self.total("add", total, self.made("mul", x, y))
        return total

    def div(self, x: Series, y: Series) -> Series:
        """x/y, one term after another."""
        quotient = list[Coefficient | None]()
        first = y.terms[0] if y.terms else None
        if first is None:
            raise NoSeriesError
        for at in range(min(len(x.terms), len(y.terms))):
            over = self.total("sub", x.terms[at], self.crossed(y.terms, quotient, at, 1) if at else None)
            quotient.append(self.made("div", over, first) if over else None)
        return _normal(x.order - y.order, quotient)

    def neg(self, x: Series) -> Series:
        """-x."""
        return Series(x.order, tuple(self.made("neg", term) if term else None for term in x.terms))

    def pow(self, x: Series, y: Series) -> Series:
        """x^y: of what vanishes or is a pole whole powers alone; where y moves too it is exp(y*log(x))."""
        if not _is_still(y):
            return self.function("exp", self.mul(y, self.function("log", x)))
        exponent = y.term(0) or self.literal(0.0)
        if x.order == 0 or not x.terms:
            return self.function("pow", x, y)
        if not (exponent.fixed and exponent.value.is_integer()):
            raise NoSeriesError
        found = self.function("pow", Series(0, x.terms), y)
        return Series(found.order + x.order * int(exponent.value), found.terms)

    def function(self, operator: str, *operands: Series) -> Series:
        """A smooth function of series: y' is the sum of its partials, each times the slope of that operand."""
        if operator in DECISIONS or any(operand.order < 0 or operand.known < 1 for operand in operands):
            raise NoSeriesError
        numbers = [operand.term(0) or self.literal(0.0) for operand in operands]
        first = self.made(operator, *numbers)
        rule = kink_rule(operator)
        if rule and run_template(rule.kink, [number.value for number in (*numbers, first)]):
            raise NoSeriesError
        terms: list[Coefficient | None] = [first if abs(first.value) > NOISE else None]
        for power in range(1, min(operand.known for operand in operands)):
            terms.append(self.next_term(operator, operands, terms, power))
        return _normal(0, terms)

    def next_term(
        self, operator: str, operands: Sequence[Series], terms: Sequence[Coefficient | None], power: int
    ) -> Coefficient | None:
        """power * y[power], the sum of j x[j] p[power - j], over power."""
        known = [_cut(operand, power) for operand in (*operands, _normal(0, [*terms]))]
        total: Coefficient | None = None
        for operand, form in zip(operands, partials(operator), strict=True):
            if _is_still(operand):
                continue
            slope = form.run(known, self.meanings, self.read)
            if slope.order < 0 or slope.known < power:
                raise NoSeriesError
            for j in range(1, power + 1):
                x, p = operand.term(j), slope.term(power - j)
                if x and p:
                    share = self.made("div", self.literal(j), self.literal(power))
                    total = self.total("add", total, self.made("mul", self.made("mul", share, x), p))
        return total

    def read(self, number: float) -> Series:
        """A number of a rule."""
        return _normal(0, [self.literal(number) if number else None] + [None] * (TERMS - 1))


class _Meanings(dict[str, Callable[..., Series]]):
    """Operator → what it makes of series."""

    def __init__(self, expansion: Expansion) -> None:
        names = ("add", "mul", "div", "neg", "pow")
        super().__init__({name: getattr(expansion, name) for name in names})
        self["sub"] = partial(expansion.add, operator="sub")
        self.expansion = expansion

    def __missing__(self, operator: str) -> Callable[..., Series]:
        row = OPERATORS[operator]
        if row.variadic:
            raise NoSeriesError
        if not row.signature:
            return lambda: self.expansion.constant(self.expansion.graph.node(operator, ()), fixed=True)
        return partial(self.expansion.function, operator)


@cache
def partials(operator: str) -> tuple[Template, ...]:
    """The local derivatives as a textbook has them, over operands and result."""
    row = OPERATORS[operator]
    texts = zip(row.textbook or ("",) * len(row.partials), row.partials, strict=True)
    return tuple(parse_template(text or rule, (*row.operands, "result")) for text, rule in texts)


def _normal(order: int, terms: Sequence[Coefficient | None]) -> Series:
    """Without the zeros in front."""
    zeros = next((at for at, term in enumerate(terms) if term), len(terms))
    return Series(order + zeros, tuple(terms[zeros:]))


def _cut(series: Series, known: int) -> Series:
    """As if less were known of it."""
    return Series(min(series.order, known), series.terms[: max(known - series.order, 0)])


def _is_still(series: Series) -> bool:
    return series.order >= 0 and not any(series.terms[max(1 - series.order, 0) :])
