"""A formula → the text of its kernels: a loop over vectors of rows that writes columns, or that adds them up.

Depends on `body` for what is done to a vector. A kernel is `kernel(uniforms, columns, results, start, stop)`, of at
least as many rows as a vector has lanes. Its last vector ends with the last row, and so may overlap the one before:
what adds up must be given whole vectors.
"""

from collections.abc import Callable, Sequence

from gradcli.compiler.llvm.body import Body
from gradcli.compiler.llvm.builder import Code, Value
from gradcli.compiler.llvm.libm import Library
from gradcli.compiler.llvm.values import Vector
from gradcli.rewriting.formula import Formula

Kernel = Callable[[Formula, Sequence[str], Sequence[str], Library], str]
"""Takes a formula, its uniform variables and the others in the order in which the kernel is given them."""
Carried = tuple[str, Value]
"""What goes from one vector to the next, at first 0: the register, and its value in the next."""

ATTRIBUTES = 'nounwind "stackrealign" "min-legal-vector-width"="{bits}" "prefer-vector-width"="{bits}"'
"""Without the second, vectors on the stack may lie across two lines of the cache, at up to half the speed."""
ONE = "@one = global double 1.0"
"""A 1 that the compiler must not take for granted."""


def rows_kernel(formula: Formula, uniforms: Sequence[str], columns: Sequence[str], library: Library) -> str:
    """The kernel that fills a column for each output."""
    code = Code(library)
    for position, value in enumerate(_outputs(formula, uniforms, columns, code)):
        code.each.lines.append(f"  store {code.vector} {value.text}, ptr {_row(code, 'results', position)}, align 8")
    return _text(code, [], [])


def sums_kernel(formula: Formula, uniforms: Sequence[str], columns: Sequence[str], library: Library) -> str:
    """The kernel that adds up each output in every lane: a vector of sums, then one of what rounding has left out."""
    code = Code(library)
    code.globals["one"] = ONE
    outputs, one = _outputs(formula, uniforms, columns, code), Vector(code, _number(code, "@one"))
    carried: list[Carried] = []
    lines: list[str] = []
    for position, term in enumerate(outputs):
        total, rest = (Vector(code, Value(f"%{name}{position}", varies=True)) for name in ("sum", "rest"))
        new_total, new_rest = _two_sum(total, rest, Vector(code, term), one)
        carried += [(f"sum{position}", new_total), (f"rest{position}", new_rest)]
        lines += _stored(code, 2 * position, new_total) + _stored(code, 2 * position + 1, new_rest)
    return _text(code, carried, lines)


def _two_sum(total: Vector, rest: Vector, term: Vector, one: Vector) -> tuple[Value, Value]:
    """The sum with one more term, and what rounding has left out of it up to here (Knuth 2, 4.2.2).

    Processors have units for additions, and others for fused multiplications and additions: with a factor 1, both work.
    """
    new = total + term
    back = one.fma(new, -total)
    error = one.fma(total, back - new) + one.fma(term, -back)
    return new.value, (rest + error).value


def _stored(code: Code, position: int, value: Value) -> list[str]:
    """Store a vector after the loop."""
    place = f"%place{position}"
    offset = position * code.library.width
    return [
        f"  {place} = getelementptr double, ptr %results, i64 {offset}",
        f"  store {code.vector} {value.text}, ptr {place}, align 8",
    ]


def _outputs(formula: Formula, uniforms: Sequence[str], columns: Sequence[str], code: Code) -> list[Value]:
    places = [code.once.register(f"getelementptr double, ptr %uniforms, i64 {at}") for at in range(len(uniforms))]
    variables = {name: _number(code, place) for name, place in zip(uniforms, places, strict=True)}
    for position, name in enumerate(columns):
        if name in formula.variables:
            place = _row(code, "columns", position)
            variables[name] = Value(code.each.register(f"load {code.vector}, ptr {place}, align 8"), varies=True)
    return Body(formula, code, variables).outputs


def _number(code: Code, place: str) -> Value:
    """A number in every lane."""
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
    width = code.library.width
    lines = [
        "define void @kernel(ptr %uniforms, ptr %columns, ptr %results, i64 %start, i64 %stop) #0 {",
        "entry:",
        *code.once.lines,
        f"  %last = sub i64 %stop, {width}",
        "  br label %loop",
        *_loop(code, carried),
        "end:",
        *after,
        "  ret void",
        "}",
        "declare i64 @llvm.smin.i64(i64, i64)",
        *code.globals.values(),
        f"attributes #0 = {{ {ATTRIBUTES.format(bits=64 * width)} }}",
    ]
    return "\n".join(lines) + "\n"


def _loop(code: Code, carried: Sequence[Carried]) -> list[str]:
    """What is done for every vector; the one after it starts behind it, but never beyond the last."""
    before, last = code.once.label, code.each.label
    phis = [
        f"  %{name} = phi {code.vector} [ zeroinitializer, %{before} ], [ {new.text}, %{last} ]"
        for name, new in carried
    ]
    return [
        "loop:",
        f"  %i = phi i64 [ %start, %{before} ], [ %next, %{last} ]",
        *phis,
        *code.each.lines,
        f"  %step = add i64 %i, {code.library.width}",
        "  %next = call i64 @llvm.smin.i64(i64 %step, i64 %last)",
        "  %more = icmp slt i64 %i, %last",
        "  br i1 %more, label %loop, label %end",
    ]
