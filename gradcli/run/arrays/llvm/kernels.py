"""A formula → the text of its kernels: a loop over vectors of rows that writes columns, or that adds them up.

Depends on `body.py` for what is done to a vector. A kernel is `kernel(uniforms, columns, results, start, stop)`. Its
last vector ends with the last row, and so may overlap the one before: there must be at least as many rows as lanes.
"""

from collections.abc import Callable, Sequence

from gradcli.run.arrays.formula import Formula
from gradcli.run.arrays.llvm.body import Body
from gradcli.run.arrays.llvm.code import Code, Value
from gradcli.run.arrays.llvm.library import Library
from gradcli.run.arrays.llvm.vectors import Mask, Vector, choose

Kernel = Callable[[Formula, Sequence[str], Sequence[str], Library], str]
"""Takes a formula, its uniform variables and the others in the order in which the kernel is given them."""
Carried = tuple[str, str, Value]
"""What goes from one vector to the next: the register, its first value, and its value in the next."""


def rows_kernel(formula: Formula, uniforms: Sequence[str], columns: Sequence[str], library: Library) -> str:
    """The kernel that fills a column for each output."""
    code = Code(library)
    for position, value in enumerate(_outputs(formula, uniforms, columns, code)):
        code.each.lines.append(f"  store {code.vector} {value.text}, ptr {_row(code, 'results', position)}, align 8")
    return _text(code, [], [])


def sums_kernel(formula: Formula, uniforms: Sequence[str], columns: Sequence[str], library: Library) -> str:
    """The kernel that adds up each output in every lane: a vector of sums, then one of what rounding has left out."""
    code = Code(library)
    outputs, fresh = _outputs(formula, uniforms, columns, code), _fresh(code)
    carried: list[Carried] = []
    lines: list[str] = []
    for position, value in enumerate(outputs):
        term = choose(fresh, Vector(code, value), 0.0)
        total, rest = (Vector(code, Value(f"%{name}{position}", varies=True)) for name in ("sum", "rest"))
        new_total, new_rest = _two_sum(total, rest, term)
        carried += [(f"sum{position}", "zeroinitializer", new_total), (f"rest{position}", "zeroinitializer", new_rest)]
        lines += _stored(code, 2 * position, new_total) + _stored(code, 2 * position + 1, new_rest)
    return _text(code, carried, lines)


def _two_sum(total: Vector, rest: Vector, term: Vector) -> tuple[Value, Value]:
    """The sum with one more term, and what rounding has left out of it up to here (Knuth 2, 4.2.2)."""
    new = total + term
    back = new - total
    return new.value, (rest + ((total - (new - back)) + (term - back))).value


def _fresh(code: Code) -> Mask:
    """The lanes whose rows the vector before did not have."""
    width = code.library.width
    lanes = f"<{width} x i64>"
    counted = code.each.register("sub i64 %done, %i")
    first = code.each.register(f"insertelement {lanes} poison, i64 {counted}, i32 0")
    every = code.each.register(f"shufflevector {lanes} {first}, {lanes} poison, <{width} x i32> zeroinitializer")
    order = ", ".join(f"i64 {lane}" for lane in range(width))
    return Mask(code, Value(code.each.register(f"icmp sge {lanes} <{order}>, {every}"), varies=True))


def _stored(code: Code, position: int, value: Value) -> list[str]:
    """Store a vector after the loop."""
    place = f"%place{position}"
    offset = position * code.library.width
    return [
        f"  {place} = getelementptr double, ptr %results, i64 {offset}",
        f"  store {code.vector} {value.text}, ptr {place}, align 8",
    ]


def _outputs(formula: Formula, uniforms: Sequence[str], columns: Sequence[str], code: Code) -> list[Value]:
    variables = {name: _uniform(code, position) for position, name in enumerate(uniforms)}
    for position, name in enumerate(columns):
        if name in formula.variables:
            place = _row(code, "columns", position)
            variables[name] = Value(code.each.register(f"load {code.vector}, ptr {place}, align 8"), varies=True)
    return Body(formula, code, variables).outputs


def _uniform(code: Code, position: int) -> Value:
    """A number in every lane."""
    place = code.once.register(f"getelementptr double, ptr %uniforms, i64 {position}")
    number = code.once.register(f"load double, ptr {place}")
    first = code.once.register(f"insertelement {code.vector} poison, double {number}, i32 0")
    zeros = f"<{code.library.width} x i32> zeroinitializer"
    return Value(code.once.register(f"shufflevector {code.vector} {first}, {code.vector} poison, {zeros}"))


def _row(code: Code, table: str, position: int) -> str:
    """Where the first row of a vector is in a column."""
    place = code.once.register(f"getelementptr ptr, ptr %{table}, i64 {position}")
    column = code.once.register(f"load ptr, ptr {place}")
    return code.each.register(f"getelementptr double, ptr {column}, i64 %i")


def _text(code: Code, carried: Sequence[Carried], after: Sequence[str]) -> str:
    """The whole kernel: what is done once, the loop, and what is done after it."""
    width, before, last = code.library.width, code.once.label, code.each.label
    phis = [
        f"  %{name} = phi {code.vector} [ {first}, %{before} ], [ {new.text}, %{last} ]" for name, first, new in carried
    ]
    lines = [
        "define void @kernel(ptr %uniforms, ptr %columns, ptr %results, i64 %start, i64 %stop) #0 {",
        "entry:",
        *code.once.lines,
        f"  %last = sub i64 %stop, {width}",
        "  br label %loop",
        "loop:",
        f"  %i = phi i64 [ %start, %{before} ], [ %next, %{last} ]",
        f"  %done = phi i64 [ %start, %{before} ], [ %step, %{last} ]",
        *phis,
        *code.each.lines,
        f"  %step = add i64 %i, {width}",
        "  %next = call i64 @llvm.smin.i64(i64 %step, i64 %last)",
        "  %more = icmp slt i64 %i, %last",
        "  br i1 %more, label %loop, label %end",
        "end:",
        *after,
        "  ret void",
        "}",
        "declare i64 @llvm.smin.i64(i64, i64)",
        *code.functions.values(),
        f'attributes #0 = {{ nounwind "min-legal-vector-width"="{64 * width}" "prefer-vector-width"="{64 * width}" }}',
    ]
    return "\n".join(lines) + "\n"
