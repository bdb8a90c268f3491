"""LLVM's text in the making: instructions one after another, where equal ones meet.

Depends on `libm`. There are two streams: `once` runs when a kernel is called, `each` for every vector of rows.
An instruction joins `each` if some operand is made there.
"""

from collections.abc import Callable
from struct import pack
from typing import NamedTuple

from gradcli.compiler.llvm.libm import Library


class Value(NamedTuple):
    """An operand: its text, and whether it differs from row to row. A constant holds its number."""

    text: str
    varies: bool = False
    number: float | None = None


class Stream:
    """A run of instructions that may branch on its way, and come together again."""

    def __init__(self, prefix: str, label: str) -> None:
        self.prefix, self.label = prefix, label
        self.lines: list[str] = []
        self.known: dict[str, str] = {}
        self.registers = 0

    def fresh(self) -> str:
        """A name that this stream has not used."""
        self.registers += 1
        return f"{self.prefix}{self.registers}"

    def register(self, instruction: str) -> str:
        """The register that holds the result of an instruction."""
        found = self.known.get(instruction)
        if found is None:
            found = self.known[instruction] = f"%{self.fresh()}"
            self.lines.append(f"  {found} = {instruction}")
        return found

    def forget(self, number: int) -> None:
        """Know no more than the first so many results: the others are of a block that may be passed over."""
        while len(self.known) > number:
            self.known.popitem()

    def open(self, label: str) -> None:
        """From here on, instructions belong to a block of this name."""
        self.label = label
        self.lines.append(f"{label}:")


class Code:
    """The two streams over vectors of `library.width` doubles, and the functions and numbers outside that they name."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.vector, self.mask = f"<{library.width} x double>", f"<{library.width} x i1>"
        self.once, self.each = Stream("u", "entry"), Stream("v", "loop")
        self.globals: dict[str, str] = {}

    def constant(self, number: float) -> Value:
        """The same number in every lane."""
        return Value(f"splat (double 0x{pack('>d', number).hex()})", number=number)

    def emit(self, form: str, *operands: Value) -> Value:
        """The result of an instruction; `form` has a pair of braces for each operand."""
        varies = any(operand.varies for operand in operands)
        stream = self.each if varies else self.once
        return Value(stream.register(form.format(*[operand.text for operand in operands])), varies)

    def call(self, function: str, *operands: Value) -> Value:
        """A vector function of vectors; its declaration or definition is `globals[function]`."""
        arguments = ", ".join([f"{self.vector} {{}}"] * len(operands))
        return self.emit(f"call {self.vector} @{function}({arguments})", *operands)

    def intrinsic(self, name: str, *operands: Value) -> Value:
        """A function that LLVM has for vectors of any length, such as sqrt."""
        function = f"llvm.{name}.v{self.library.width}f64"
        self.globals[function] = declaration(self.vector, function, len(operands))
        return self.call(function, *operands)

    def c_function(self, name: str, *operands: Value) -> Value:
        """A function of the C library: its vector variant, or lane by lane where that is missing."""
        variant = self.library.vector_variant(name, len(operands))
        if variant:
            self.globals[variant] = declaration(self.vector, variant, len(operands))
        return self.call(variant or self.lanes(name, len(operands)), *operands)

    def lanes(self, name: str, arity: int) -> str:
        """The vector function that calls a function of the C library for each lane."""
        self.library.scalar(name)
        function = f"lanes_{name}"
        if function not in self.globals:
            self.globals[name] = declaration("double", name, arity)
            self.globals[function] = lane_by_lane(self.library.width, name, function, arity)
        return function

    def where_any(self, condition: Value, build: Callable[[], Value], otherwise: Value, *, varies: bool) -> Value:
        """What `build` writes, passed over where no lane fulfils the condition; then the result is `otherwise`."""
        stream = self.each if varies else self.once
        flags = stream.register(f"bitcast {self.mask} {condition.text} to i{self.library.width}")
        some = stream.register(f"icmp ne i{self.library.width} {flags}, 0")
        before, label, outside = stream.label, stream.fresh(), len(stream.known)
        stream.lines.append(f"  br i1 {some}, label %{label}in, label %{label}out")
        stream.open(f"{label}in")
        result = build()
        stream.forget(outside)
        after = stream.label
        stream.lines.append(f"  br label %{label}out")
        stream.open(f"{label}out")
        joined = f"phi {self.vector} [ {otherwise.text}, %{before} ], [ {result.text}, %{after} ]"
        return Value(stream.register(joined), varies)


def declaration(kind: str, function: str, arity: int) -> str:
    """A function that is defined elsewhere."""
    return f"declare {kind} @{function}({', '.join([kind] * arity)})"


def lane_by_lane(width: int, scalar: str, function: str, arity: int) -> str:
    """The definition of a vector function in terms of a scalar one."""
    vector, names = f"<{width} x double>", "xyz"[:arity]
    lines = [f"define internal {vector} @{function}({', '.join(f'{vector} %{name}' for name in names)}) #0 {{"]
    for lane in range(width):
        lines += [f"  %{name}{lane} = extractelement {vector} %{name}, i32 {lane}" for name in names]
        arguments = ", ".join(f"double %{name}{lane}" for name in names)
        lines.append(f"  %r{lane} = call double @{scalar}({arguments})")
        before = f"%s{lane - 1}" if lane else "poison"
        lines.append(f"  %s{lane} = insertelement {vector} {before}, double %r{lane}, i32 {lane}")
    return "\n".join([*lines, f"  ret {vector} %s{width - 1}", "}"])
