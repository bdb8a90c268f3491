"""The shape of one row of the operator table: everything gradcli knows about one operator, as plain data.

Depends on nothing. Every text in a row is written in gradcli's own language, over the names of the
row's signature; a derivative may also use `result`, the value of the operator itself.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Trait(StrEnum):
    """What some operators are and others not, so that no other part of gradcli lists operators by name."""

    COMMUTATIVE = "the order of two operands is free"
    COMPARISON = "true or false by the order of its two operands"
    TRUTH = "true or false: a condition"
    DECISION = "chooses between pieces of a formula; what a composite chooses, its definition says"
    ROUTES = "gives the whole gradient to an operand that it chooses, and the others none"
    ENDLESS = "a decision that has pieces without end"
    ANALYTIC = "a composite whose definition chooses for its digits alone: its pieces are one analytic function"
    WHOLE = "its values are whole numbers: no small number hides behind a 0"
    ZERO_ABSORBS = "one operand that is 0 is reason enough for a 0"
    ZERO_FROM_ZERO = "it is 0 only where an operand is, or where the true result is too small for a double"
    YIELDS = "its names are the names of variables too: where no parenthesis follows they mean those"
    FROM_ABOVE = "at its jump, where the first operand is 0, it has the value to which it tends from above"
    EXPLOSIVE = "grows as an exponential does, at least"
    GENTLE = "takes any magnitude in its stride, and so many digits of it too"


class Notation(NamedTuple):
    """How an operator is written with a symbol. A higher power binds tighter; `left` is 0 for a prefix."""

    symbol: str
    left: int
    right: int
    spellings: tuple[str, ...] = ()


class Tail(NamedTuple):
    """Where a local derivative would lose digits, though it is right: its result overflows, or is subnormal.

    where    the condition, over what the partial may use
    partial  the same derivative in another form, which keeps its digits there
    """

    where: str
    partial: str


class Operator(NamedTuple):
    """One operator.

    signature   operand names: "x", "x, y", "x, a = 0.01" (a default), "*x" (any number from one up)
    partials    the local derivative by each operand; one text for all operands of a variadic operator,
                where x is the operand at hand; "0" says that the operator is flat there
    textbook    for each partial, the form of a textbook, which is shown though the partial is computed; "" where
                that is the partial, empty for none
    tails       for each partial, where another form of it is computed; empty for none
    doc         one line for `gradcli rules`
    backward    what it does to the gradient from upstream, in a learner's words and without the names of the
                signature, which may be a reader's own; each begins with one of passes, turns, scales, swaps, gates,
                routes, saturates, stops. A constant has none
    definition  the same function in terms of other operators, for targets that have no native one; of a variadic
                operator for two operands x and y, from which more follow one by one
    aliases     other names under which it can be called
    domain      where it is defined, as a condition; empty for everywhere
    kink        where it has no derivative, as a condition; the partials choose the subgradient there
    directional the derivative at the kink in the direction in which the operands x, y move at the rates dx, dy; flat if
                empty. A variadic operator needs none: there it is the operator itself, on the rates of those that tie
    one_sided_limit
                at a jump, the value just beside the point in that direction; empty where there is no jump
    sample      for each operand, the interval from which tests draw
    ulps        how far the value in doubles may be from the true one of its operands, in units in the last place
    poles       arguments at which the value is infinite though a library may raise: {0.0: -inf}
    latex       a template over #1, #2, … (#* for all operands, with commas); empty for \\operatorname{name}(…)
    targets     names that differ from the operator's own: {"sympy": "Abs"}; empty where there is another of its name
    tie         variadic only: the condition on an operand that counts towards `ties` in its partial
    alone       variadic only: the operator that it is on one operand, where it does not give that itself
    beside_zero variadic only: the partial where another operand is a literal 0
    scale       variadic only: a factor over `result`; its partial may use `scaled` and `scaled_result`, which are the
                operand and the operator itself after all operands are multiplied by it
    overloads   the function under whose name it is called too, with its own number of operands: logb as log(x, b)
    traits      what it is, of what other operators are not
    """

    name: str
    signature: str
    partials: tuple[str, ...]
    doc: str
    backward: str = ""
    definition: str = ""
    aliases: tuple[str, ...] = ()
    notation: Notation | None = None
    domain: str = ""
    kink: str = ""
    directional: str = ""
    one_sided_limit: str = ""
    textbook: tuple[str, ...] = ()
    tails: tuple[Tail | None, ...] = ()
    sample: tuple[tuple[float, float], ...] = ((-5.0, 5.0),)
    ulps: float = 2.5
    poles: Mapping[float, float] = {}
    latex: str = ""
    targets: Mapping[str, str] = {}
    tie: str = ""
    alone: str = ""
    beside_zero: str = ""
    scale: str = ""
    overloads: str = ""
    traits: tuple[Trait, ...] = ()

    @property
    def operands(self) -> tuple[str, ...]:
        """The operand names, without defaults and stars: ("x", "a")."""
        return tuple(part.split("=")[0].strip(" *") for part in self.signature.split(",") if part.strip())

    @property
    def defaults(self) -> tuple[float, ...]:
        """The values of the trailing operands that may be left out."""
        return tuple(float(part.split("=")[1]) for part in self.signature.split(",") if "=" in part)

    @property
    def variadic(self) -> bool:
        """Whether it takes any number of operands."""
        return self.signature.startswith("*")
