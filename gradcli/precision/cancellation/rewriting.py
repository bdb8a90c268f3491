"""A graph written anew around a point, without what cancels there whatever the numbers are.

Depends on `nodes`, `choices` and `laws` for what arithmetic shows; algebra is asked for the rest. Operands first: what
is shown of one node makes the next one shorter. A node becomes an earlier one, a number, or a sum that is known better;
all others stay as they are. Only numbers that are real for certain cancel, and where derivatives are to be taken of the
new graph, only where all of it is smooth.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from time import monotonic

from flint import arb, ctx, fmpq

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.language.rules import parse_template
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS
from gradcli.precision.cancellation.choices import Choices
from gradcli.precision.cancellation.forms import Form, TooLongError, number, plus, scaled
from gradcli.precision.cancellation.laws import DEFINED, RULES
from gradcli.precision.cancellation.nodes import Key
from gradcli.precision.cancellation.powers import function
from gradcli.precision.enclosures.balls import ZERO, Enclosure, as_written, is_finite
from gradcli.precision.enclosures.conversions import are_apart
from gradcli.precision.enclosures.moving import STILL
from gradcli.precision.enclosures.questions import Algebra, Question, simplest
from gradcli.time_limit import within

NARROW = 128
"""A number of which so many bits are known need not be put together otherwise."""
PATIENCE = 1.5
"""Seconds for one question."""
MOST_FAILED = 16
"""So many differences, with both signs, that algebra does not show to be 0, and it is asked no more."""


class Rewriting(Choices):
    """Nodes of a graph, written anew at the working precision.

    graph  the new graph
    of     old node → new node
    """

    def __init__(
        self,
        old: Graph,
        leaves: Mapping[int, Enclosure],
        algebra: Algebra | None = None,
        until: float = 0.0,
        *,
        around: bool = False,
    ) -> None:
        super().__init__(around=around)
        self.old, self.leaves, self.algebra, self.until = old, leaves, algebra, until
        self.of: dict[int, int] = {}
        self.alike: dict[object, list[int]] = {}
        self.failed: set[Key] = set()

    def write(self, nodes: Sequence[int]) -> "Rewriting":
        """Nodes and all that they need."""
        for at, flag in enumerate(reachable(self.old, nodes)):
            if flag and at not in self.of:
                operands = [self.of[it] for it in self.old.operands[at]]
                leaf = self.leaves.get(at)
                put = self._put(self.old.operators[at], *operands) if leaf is None else None
                self.of[at] = self.leaf(self.old.leaves[at], leaf) if put is None else put
        return self

    def _put(self, operator: str, *operands: int) -> int:
        """An operator on new nodes: what it chooses, what it is by its form, or by what algebra shows."""
        chosen, row = self.chosen(operator, operands), OPERATORS[operator]
        if chosen is not None:
            return chosen
        if row.definition and row.kink and not row.variadic:
            return self._expanded(operator, operands)
        if (exact := self._exact(operator, operands)) is not None:
            return exact
        node = self._written(operator, operands)
        return self._same(node) if self.algebra and self.around else node

    def _exact(self, operator: str, operands: Sequence[int]) -> int | None:
        """The number that an operator is on numbers, if it is a rational."""
        if any(type(self.known[at].value) is not fmpq or self.known[at].slope is not STILL for at in operands):
            return None
        known = self.known[self.called(operator, *operands)]
        moves = any(at in self.moving for at in operands)
        return self.constant(known.value) if type(known.value) is fmpq and not moves else None

    def _expanded(self, operator: str, operands: Sequence[int]) -> int:
        """A composite that chooses, by its definition."""
        template = parse_template(OPERATORS[operator].definition, OPERATORS[operator].operands)
        meanings = {step.operator: partial(self._put, step.operator) for step in template.steps}
        return template.run(operands, meanings, lambda literal: self.constant(as_written(literal)))

    def _written(self, operator: str, operands: Sequence[int]) -> int:
        forms = [self.known[at].form for at in operands]
        plain = self.called(operator, *operands)
        try:
            form = None if None in forms else self._form(operator, *forms)
        except TooLongError:
            form = None
        if form is None:
            return plain
        if not form or [*form] == [()]:
            return self.constant(form.get((), ZERO))
        key = frozenset(form.items())
        if self.by_form.get(key, plain) >= plain and _is_narrow(self.known[plain].value):
            self.known[plain] = self.known[plain]._replace(form=form)
            self.by_form[key] = plain
        return self.node(form)

    def _form(self, operator: str, *forms: Form | None) -> Form:
        """The form of an operator on forms. Raises TooLongError."""
        if operator in RULES:
            return RULES[operator](self, *forms)
        row = OPERATORS[operator]
        simple = not (row.variadic or row.kink or Trait.ANALYTIC in row.traits)
        definition = DEFINED.get(operator) or (row.definition if simple else "")
        if not definition:
            return function(self, operator, *forms)  # type: ignore[arg-type]
        template = parse_template(definition, row.operands)
        meanings = {step.operator: partial(self._form, step.operator) for step in template.steps}
        return template.run(forms, meanings, lambda literal: number(as_written(literal)))  # type: ignore[arg-type]

    # -- algebra

    def _same(self, node: int) -> int:
        """The node or number that a node is, if algebra shows that for all numbers of the variables; else itself."""
        known = self.known[node]
        if known.form is None or node in self.exact or not (is_finite(known.value) and is_finite(known.aside)):
            return node
        other = self._candidate(node, known.value, known.aside)
        if other is None or not self._is_shown(Question(node, other, tuple(self.moving))):
            return node
        return other if isinstance(other, int) else self.constant(other)

    def _candidate(self, node: int, value: Enclosure, aside: Enclosure) -> "fmpq | int | None":
        if type(value) is fmpq and type(aside) is fmpq:
            return value if value == aside else None
        summed = self.graph.operators[node] in ("add", "sub")
        if _may_be(value, ZERO) or _may_be(aside, ZERO):
            return ZERO if _may_be(value, ZERO) and _may_be(aside, ZERO) and summed else None
        exact = simplest(value) if type(value) is arb else value
        if exact is not None and _may_be(aside, exact):
            return exact
        others = self.alike.setdefault((_rounded(value), _rounded(aside)), [])
        if node in others:
            return None
        others.append(node)
        return next((it for it in others[:-1] if self._overlap(it, node)), None)

    def _overlap(self, one: int, other: int) -> bool:
        first, second = self.known[one], self.known[other]
        apart = are_apart(first.value, second.value) or are_apart(first.aside, second.aside)
        return not (apart or self.side(one, other))

    def _is_shown(self, question: Question) -> bool:
        """Whether algebra answers with yes. It is not asked of the same difference again."""
        keys = self._differences(question)
        if self.algebra is None or keys & self.failed or len(self.failed) >= MOST_FAILED or monotonic() > self.until:
            return False
        values = [it.value for it in self.known]
        shown = bool(within(PATIENCE, partial(self.algebra, self.graph, question, self.exact, values), False))
        self.failed |= set() if shown else keys
        return shown

    def _differences(self, question: Question) -> set[Key]:
        """What is asked to be 0, with either sign."""
        first, other = self.known[question.node].form, question.other
        second = self.known[other].form if isinstance(other, int) else number(other)
        try:
            apart = plus(first or {}, scaled(second or {}, fmpq(-1)))
        except TooLongError:
            return set()
        return {frozenset(it.items()) for it in (apart, scaled(apart, fmpq(-1)))}


def _is_narrow(x: Enclosure) -> bool:
    return is_finite(x) and (type(x) is fmpq or bool(x.rel_accuracy_bits() > NARROW))


def _may_be(x: Enclosure, number: fmpq) -> bool:
    return bool(x == number) if type(x) is fmpq else bool(x.contains(number))


def _rounded(x: Enclosure) -> tuple[int, int]:
    """The middle of a ball, as near as balls of two equal numbers are for certain."""
    with ctx.workprec(60):
        man, exponent = (+(x.mid() if type(x) is arb else arb(x))).mid().man_exp()
    return int(man), int(exponent)
