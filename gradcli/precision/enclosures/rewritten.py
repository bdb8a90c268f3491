"""A graph written anew around a point, without what cancels there whatever the numbers are.

Depends on `forms` and `reductions` for what arithmetic shows, on `tangents` for where a formula is smooth; algebra is
asked for the rest. Operands first: what is shown of one node makes the next one shorter. A node becomes an earlier one,
a number, or a sum that is known better; all others stay as they are. Only numbers that are real for certain cancel, and
where derivatives are to be taken of the new graph, only where all of it is smooth.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from time import monotonic
from typing import Any, NamedTuple

from flint import arb, ctx, fmpq

from gradcli.derivatives import differentiate
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.graph.walk import reachable
from gradcli.graph.written import Written, quotient
from gradcli.graph.written import as_written as written
from gradcli.language.rules import parse_template
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having
from gradcli.precision.enclosures.balls import ONE, ZERO, Enclosure, as_written, is_finite, is_huge, sign, truth
from gradcli.precision.enclosures.conversions import are_apart
from gradcli.precision.enclosures.forms import Atoms, Form, Monomial, TooLongError, atom, number, plus, scaled
from gradcli.precision.enclosures.laws import DEFINED, RULES
from gradcli.precision.enclosures.lifts import STILL, Tangent
from gradcli.precision.enclosures.meanings import MEANINGS
from gradcli.precision.enclosures.questions import Algebra, Question, simplest
from gradcli.precision.enclosures.reductions import function
from gradcli.precision.enclosures.search import DEARER, enclosed, leaves
from gradcli.precision.enclosures.tangents import lifted
from gradcli.time_limit import within

NARROW = 128
"""A number of which so many bits are known need not be put together otherwise."""
SLOPE_BITS = 256
"""So many bits tell whether there is a slope at all; those of gamma take minutes with more."""
PATIENCE = 1.5
"""Seconds for one question."""
MOST_FAILED = 16
FEWEST_BITS, MOST_BITS, SWEEP = 1 << 12, 1 << 16, 0.25
"""The working precision is what one sweep over all takes so many seconds for, at most."""
ASIDE = (fmpq(1031, 1024), fmpq(1021, 1024), fmpq(1033, 1024), fmpq(1019, 1024))
"""By how much variables are changed to see whether two nodes are the same there too."""
COMPARED = {"lt": (-1,), "le": (-1, 0), "gt": (1,), "ge": (1, 0), "eq": (0,), "ne": (-1, 1)}
"""The signs of the difference for which a comparison holds."""
WHOLE = having(Trait.WHOLE)
NO_SLOPES: Mapping[int, tuple[int, int]] = {}
Key = frozenset[tuple[Monomial, fmpq]]


class _Known(NamedTuple):
    """What is known of a new node: its number, how fast it moves, its number elsewhere, and its form if it is real."""

    value: Enclosure
    slope: Enclosure
    aside: Enclosure
    form: Form | None


class Rewriting:
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
        self.old, self.leaves, self.algebra, self.until, self.around = old, leaves, algebra, until, around
        self.graph, self.of, self.atoms = Graph(), dict[int, int](), Atoms()
        self.logs, self.exps = dict[int, Form](), dict[int, Form]()
        self.known: list[_Known] = []
        self.exact: dict[int, Enclosure] = {}
        self.moving: list[int] = []
        self.by_form: dict[Key, int] = {}
        self.alike: dict[object, list[int]] = {}
        self.failed: set[Key] = set()

    def write(self, nodes: Sequence[int]) -> "Rewriting":
        """Nodes and all that they need."""
        for at, flag in enumerate(reachable(self.old, nodes)):
            if flag and at not in self.of:
                operands = [self.of[it] for it in self.old.operands[at]]
                self.of[at] = self._leaf(at) if at in self.leaves else self._put(self.old.operators[at], *operands)
        return self

    # -- what rules are given

    def node(self, form: Form) -> int:
        """The node of a form, put together if there is none."""
        key = frozenset(form.items())
        if key not in self.by_form:
            found = self._summed(form)
            self.known[found] = self.known[found]._replace(form=form)
            self.by_form[key] = found
        return self.by_form[key]

    def called(self, operator: str, *operands: int) -> int:
        """The node of an operator, as it stands."""
        found = self.graph.node(operator, operands)
        if found == len(self.known):
            self._know(found, operator, operands)
        return found

    def sign(self, node: int) -> int | None:
        """The sign of an atom; None where it is not known."""
        return 1 if node in self.logs else sign(self.known[node].value)

    def is_real(self, node: int) -> bool:
        """Whether a node is a real number for certain, and smooth where derivatives are to be taken."""
        return self.known[node].form is not None

    # -- leaves and plain nodes

    def _leaf(self, at: int) -> int:
        leaf, value = self.old.leaves[at], self.leaves[at]
        if not isinstance(leaf, str):
            return self._constant(value)
        found = self.graph.variable(leaf)
        if found == len(self.known):
            by = ASIDE[len(self.moving) % len(ASIDE)]
            self.moving.append(found)
            aside = value * by if is_finite(value) and value != 0 else by
            self._add(found, _Known(value, by if self.around else STILL, aside, None), real=is_finite(value))
            self.exact[found] = value
        return found

    def _constant(self, value: fmpq) -> int:
        found = self.graph.constant(_literal(value))
        if found == len(self.known):
            self._add(found, _Known(value, STILL, value, None), number(value))
            self.exact[found] = value
        return found

    def _add(self, node: int, known: _Known, form: Form | None = None, *, real: bool = True) -> None:
        form = (form if form is not None else atom(node)) if real else None
        self.known.append(known._replace(form=form))
        if form is not None:
            self.by_form.setdefault(frozenset(form.items()), node)

    def _know(self, node: int, operator: str, operands: Sequence[int]) -> None:
        known = [self.known[at] for at in operands]
        value, slope = MEANINGS[operator](*[it.value for it in known]), STILL
        if self.around:
            with ctx.workprec(SLOPE_BITS):
                slope = lifted(operator, *[Tangent(it.value, it.slope) for it in known]).slope
            slope = STILL if all(it.slope is STILL for it in known) and _is_real(value) else slope
        aside = value if slope is STILL else MEANINGS[operator](*[it.aside for it in known])
        real = all(it.form is not None for it in known) and _is_real(value) and _is_real(slope)
        self._add(node, _Known(value, slope, aside, None), real=real)

    # -- nodes

    def _put(self, operator: str, *operands: int) -> int:
        """An operator on new nodes: what it chooses, what it is by its form, or by what algebra shows."""
        chosen, row = self._chosen(operator, operands), OPERATORS[operator]
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
        return self._constant(known.value) if type(known.value) is fmpq and not moves else None

    def _expanded(self, operator: str, operands: Sequence[int]) -> int:
        """A composite that chooses, by its definition."""
        template = parse_template(OPERATORS[operator].definition, OPERATORS[operator].operands)
        meanings = {step.operator: partial(self._put, step.operator) for step in template.steps}
        return template.run(operands, meanings, lambda literal: self._constant(as_written(literal)))

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
            return self._constant(form.get((), ZERO))
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

    def _summed(self, form: Form) -> int:
        terms = [self._term(monomial, factor) for monomial, factor in sorted(form.items(), key=lambda it: it[0])]
        return reduce(partial(self.called, "add"), terms) if terms else self._constant(ZERO)

    def _term(self, monomial: Monomial, factor: fmpq) -> int:
        if factor == -1 and monomial:
            return self.called("neg", self._term(monomial, ONE))
        over, under = [] if factor == 1 and monomial else [self._constant(factor)], list[int]()
        power: Form = {}
        for node, exponent in monomial:
            if node in self.logs and monomial != ((node, ONE),):
                power = plus(power, scaled(self.logs[node], exponent))
            else:
                base = node if abs(exponent) == 1 else self.called("pow", node, self._constant(abs(exponent)))
                (over if exponent > 0 else under).append(base)
        over += [self.called("exp", self.node(power))] if power else []
        top = reduce(partial(self.called, "mul"), over) if over else self._constant(ONE)
        return self.called("div", top, reduce(partial(self.called, "mul"), under)) if under else top

    # -- choices

    def _chosen(self, operator: str, operands: Sequence[int]) -> int | None:
        """The operand or the number that a choice comes to all around; None where that is not certain."""
        if operator == "where":
            holds = truth(self.known[operands[0]].value) if self.known[operands[0]].slope is STILL else None
            return None if holds is None else operands[1 if holds else 2]
        if operator in ("min", "max"):
            return self._best(1 if operator == "max" else -1, operands)
        if operator == "abs":
            side, form = self.sign(operands[0]), self.known[operands[0]].form
            return None if form is None or not side else operands[0] if side > 0 else self.node(scaled(form, fmpq(-1)))
        if operator in COMPARED and (side := self._side(*operands)) is not None:
            return self._constant(fmpq(side in COMPARED[operator]))
        if operator in WHOLE:
            known = self.known[self.called(operator, *operands)]
            return self._constant(known.value) if type(known.value) is fmpq and known.slope is STILL else None
        return None

    def _best(self, way: int, operands: Sequence[int]) -> int | None:
        first, *others = operands
        for other in others:
            side = self._side(first, other)
            if side is None:
                return None
            first = other if side == -way else first
        return first

    def _side(self, one: int, other: int) -> int | None:
        """The sign of a difference, all around; None where that is not certain."""
        first, second = self.known[one].form, self.known[other].form
        if one == other or first is None or second is None:
            return 0 if one == other and first is not None else None
        try:
            apart = self.atoms.plus(first, scaled(second, fmpq(-1)))
        except TooLongError:
            return sign(self.known[self.called("sub", one, other)].value) or None
        if not apart:
            return 0
        plain = sign(self.known[self.called("sub", one, other)].value)
        return (plain or self.sign(self.node(apart)) or None) if self.around or plain != 0 else 0

    # -- algebra

    def _same(self, node: int) -> int:
        """The node or number that a node is, if algebra shows that for all numbers of the variables; else itself."""
        known = self.known[node]
        if known.form is None or node in self.exact or not (is_finite(known.value) and is_finite(known.aside)):
            return node
        other = self._candidate(node, known.value, known.aside)
        if other is None or not self._is_shown(Question(node, other, tuple(self.moving))):
            return node
        return other if isinstance(other, int) else self._constant(other)

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
        return not (apart or self._side(one, other))

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


class Anew(NamedTuple):
    """A graph without what cancels.

    of      the new node of each that was asked for
    smooth  whether the output is known to be smooth at the point, as derivatives were to be taken
    """

    graph: Graph
    of: dict[int, int]
    smooth: bool = False


class Point(NamedTuple):
    """Where a graph is looked at: what variables are bound to, and how that is read."""

    bindings: Mapping[str, Any]
    read: Callable[[Any], Enclosure]


def written_anew(
    graph: Graph,
    nodes: Sequence[int],
    point: Point,
    algebra: Algebra | None,
    seconds: float,
    slopes: Mapping[int, tuple[int, int]] = NO_SLOPES,
) -> Anew:
    """A graph of the same nodes; algebra is asked for so many seconds.

    `slopes` says which nodes are the derivative of which output by which variable: they are taken anew.
    Raises KeyError for a missing binding.
    """
    outputs = {output for node, (output, _) in slopes.items() if node in nodes}
    if any(graph.operators[by] != VARIABLE for _, by in slopes.values()):
        outputs = set()
    until = monotonic() + seconds
    with ctx.workprec(_affordable(graph, [*outputs] or nodes, point)):
        return (
            _with_slopes(graph, nodes, point, algebra, until, slopes, outputs)
            if outputs
            else _plainly(graph, nodes, point)
        )


def _affordable(graph: Graph, nodes: Sequence[int], point: Point) -> int:
    """The working precision for nodes."""
    needed, bits = reachable(graph, nodes), FEWEST_BITS
    given = leaves(graph, needed, point.bindings, point.read)
    while bits < MOST_BITS:
        began = monotonic()
        with ctx.workprec(bits):
            enclosed(graph, needed, given)
        if DEARER * (monotonic() - began) > SWEEP:
            break
        bits *= 2
    return bits


def _plainly(graph: Graph, nodes: Sequence[int], point: Point) -> Anew:
    """Nodes as they are at the point."""
    given = leaves(graph, reachable(graph, nodes), point.bindings, point.read)
    found = Rewriting(graph, given).write(nodes)
    return Anew(found.graph, {node: found.of[node] for node in nodes})


def _with_slopes(
    graph: Graph,
    nodes: Sequence[int],
    point: Point,
    algebra: Algebra | None,
    until: float,
    slopes: Mapping[int, tuple[int, int]],
    outputs: set[int],
) -> Anew:
    """Nodes as they are all around, slopes where all is smooth: at a kink there is more to be said of them."""
    values = [node for node in nodes if node not in slopes]
    given = leaves(graph, reachable(graph, [*values, *outputs]), point.bindings, point.read)
    first = Rewriting(graph, given, algebra, until, around=True).write([*values, *outputs])
    smooth = all(first.is_real(first.of[output]) for output in outputs)
    moved = {node: _slope(first, *slopes[node]) for node in nodes if node in slopes} if smooth else {}
    of = {node: first.of[node] for node in values} | moved
    second = _plainly(first.graph, [*of.values()], point)
    return Anew(second.graph, {node: second.of[at] for node, at in of.items()}, smooth)


def _slope(of: Rewriting, output: int, by: int) -> int:
    """The derivative in the new graph, where the output may not depend on the variable any more."""
    moving = of.graph.variable(str(of.old.leaves[by]))
    return differentiate(of.graph, of.of[output], [moving]).gradient[0]


def _is_real(x: Enclosure) -> bool:
    return is_finite(x) or is_huge(x)


def _is_narrow(x: Enclosure) -> bool:
    return is_finite(x) and (type(x) is fmpq or bool(x.rel_accuracy_bits() > NARROW))


def _may_be(x: Enclosure, number: fmpq) -> bool:
    return bool(x == number) if type(x) is fmpq else bool(x.contains(number))


def _rounded(x: Enclosure) -> tuple[int, int]:
    """The middle of a ball, as near as balls of two equal numbers are for certain."""
    with ctx.workprec(60):
        man, exponent = (+(x.mid() if type(x) is arb else arb(x))).mid().man_exp()
    return int(man), int(exponent)


def _literal(value: fmpq) -> float:
    """A number as a literal, which is the decimal that its double shows only if it is that."""
    over, under = int(value.p), int(value.q)
    near = quotient(over, under)
    is_that = near - near == 0 and fmpq(*written(near)) == value
    return near if is_that else Written(near, (over, under))
