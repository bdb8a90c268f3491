"""Vectors of doubles and masks of truths as Python values: arithmetic on them writes the instructions.

Depends on `builder`. Nothing here is faster than IEEE 754 allows: every result is the one that a float would have.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import frexp
from struct import pack

from gradcli.compiler.llvm.builder import Code, Value

SMALLEST = 2.0**-1022
"""The smallest number whose digits are all there."""
ROOT_HALF = 0.5**0.5


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """A truth for each lane."""

    code: Code
    value: Value

    def __and__(self, other: "Mask") -> "Mask":
        return self._with("and", other)

    def __or__(self, other: "Mask") -> "Mask":
        return self._with("or", other)

    def __xor__(self, other: "Mask") -> "Mask":
        return self._with("xor", other)

    def __invert__(self) -> "Mask":
        return self ^ Mask(self.code, Value("splat (i1 true)"))

    def _with(self, instruction: str, other: "Mask") -> "Mask":
        return Mask(self.code, self.code.emit(f"{instruction} {self.code.mask} {{}}, {{}}", self.value, other.value))


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """A double for each lane."""

    code: Code
    value: Value

    def __add__(self, other: "Vector | float") -> "Vector":
        return self._with("fadd", other)

    def __radd__(self, other: float) -> "Vector":
        return self.constant(other) + self

    def __sub__(self, other: "Vector | float") -> "Vector":
        return self._with("fsub", other)

    def __rsub__(self, other: float) -> "Vector":
        return self.constant(other) - self

    def __mul__(self, other: "Vector | float") -> "Vector":
        return self._with("fmul", other)

    def __rmul__(self, other: float) -> "Vector":
        return self.constant(other) * self

    def __truediv__(self, other: "Vector | float") -> "Vector":
        inverse = _inverse(self.constant(other).value.number)
        return self * inverse if inverse else self._with("fdiv", other)

    def __rtruediv__(self, other: float) -> "Vector":
        return self.constant(other) / self

    def __neg__(self) -> "Vector":
        return Vector(self.code, self.code.emit(f"fneg {self.code.vector} {{}}", self.value))

    def __abs__(self) -> "Vector":
        return self.intrinsic("fabs")

    def __lt__(self, other: "Vector | float") -> Mask:
        return self.compared("olt", other)

    def __le__(self, other: "Vector | float") -> Mask:
        return self.compared("ole", other)

    def __gt__(self, other: "Vector | float") -> Mask:
        return self.compared("ogt", other)

    def __ge__(self, other: "Vector | float") -> Mask:
        return self.compared("oge", other)

    def compared(self, relation: str, other: "Vector | float") -> Mask:
        """The lanes in which LLVM's relation holds."""
        form = f"fcmp {relation} {self.code.vector} {{}}, {{}}"
        return Mask(self.code, self.code.emit(form, self.value, self.constant(other).value))

    def equals(self, other: "Vector | float") -> Mask:
        """The lanes that hold the same number."""
        return self.compared("oeq", other)

    def differs(self, other: "Vector | float") -> Mask:
        """The lanes that do not; NaN differs from itself."""
        return self.compared("une", other)

    def is_nan(self) -> Mask:
        """The lanes that hold no number."""
        return self.compared("uno", self)

    def intrinsic(self, name: str, *others: "Vector | float") -> "Vector":
        """A function that LLVM has."""
        operands = [self.constant(other).value for other in others]
        return Vector(self.code, self.code.intrinsic(name, self.value, *operands))

    def c(self, name: str, *others: "Vector | float") -> "Vector":
        """A function of the C library."""
        operands = [self.constant(other).value for other in others]
        return Vector(self.code, self.code.c_function(name, self.value, *operands))

    def fma(self, y: "Vector | float", z: "Vector | float") -> "Vector":
        """self*y + z, rounded only once."""
        return self.intrinsic("fma", y, z)

    def bits(self, instruction: str, number: int) -> "Vector":
        """An instruction on the bits as a whole number, with another whole number."""
        double, whole = self.code.vector, f"<{self.code.library.width} x i64>"
        bits = self.code.emit(f"bitcast {double} {{}} to {whole}", self.value)
        changed = self.code.emit(f"{instruction} {whole} {{}}, splat (i64 {number})", bits)
        return Vector(self.code, self.code.emit(f"bitcast {whole} {{}} to {double}", changed))

    def power_of_2(self) -> "Vector":
        """2^k, of a number whose last digits are the whole number k and -1023 < k < 1024."""
        return self.bits("shl", 52).bits("add", bits_of(1.0))

    def fraction_and_exponent(self) -> tuple["Vector", "Vector"]:
        """m and k of m*2^k, where sqrt(1/2) <= m < sqrt(2); |k| is 1022 or more if this is no number of all digits."""
        lifted = self.bits("add", bits_of(1.0) - bits_of(ROOT_HALF))
        fraction = lifted.bits("and", 2**52 - 1).bits("add", bits_of(ROOT_HALF))
        return fraction, lifted.bits("lshr", 52).bits("or", bits_of(2.0**52)) - (2.0**52 + 1023)

    def constant(self, number: "Vector | float") -> "Vector":
        """A number in every lane; a vector as it is."""
        return number if isinstance(number, Vector) else Vector(self.code, self.code.constant(number))

    def _with(self, instruction: str, other: "Vector | float") -> "Vector":
        form = f"{instruction} {self.code.vector} {{}}, {{}}"
        return Vector(self.code, self.code.emit(form, self.value, self.constant(other).value))


def bits_of(number: float) -> int:
    """The bits of a double as a whole number."""
    return int.from_bytes(pack(">d", number))


def _inverse(number: float | None) -> float | None:
    """1/number where that is exact, as it is of powers of 2."""
    if not number or abs(frexp(number)[0]) != 0.5 or not SMALLEST <= abs(number) <= 1 / SMALLEST:
        return None
    return 1 / number


def choose(condition: Mask, if_true: Vector | float, if_false: Vector | float) -> Vector:
    """One of two in each lane."""
    code = condition.code
    left, right = (x.value if isinstance(x, Vector) else code.constant(x) for x in (if_true, if_false))
    form = f"select {code.mask} {{}}, {code.vector} {{}}, {code.vector} {{}}"
    return Vector(code, code.emit(form, condition.value, left, right))


def where_any(condition: Mask, build: Callable[[], Vector], otherwise: Vector, *, varies: bool) -> Vector:
    """What `build` gives in the lanes of a condition, and `otherwise` in the others; free where there are none."""

    def chosen() -> Value:
        return choose(condition, build(), otherwise).value

    return Vector(condition.code, condition.code.where_any(condition.value, chosen, otherwise.value, varies=varies))


def polynomial(coefficients: Sequence[float], x: Vector) -> Vector:
    """A polynomial by Horner's rule, from the lowest coefficient up."""
    *lower, highest = coefficients
    return reduce(lambda total, c: total.fma(x, c), reversed(lower), x.constant(highest))


def truth(x: Vector | Mask) -> Mask:
    """Anything but 0 counts as true."""
    return x if isinstance(x, Mask) else x.differs(0.0)


def numbers(x: Vector | Mask) -> Vector:
    """1 for true and 0 for false."""
    return x if isinstance(x, Vector) else choose(x, 1.0, 0.0)
