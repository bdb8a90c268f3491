"""Python's operators between two operands: what each becomes on kinds.

Depends on `fragments`. What the tables do not have is an error: JavaScript's own % or >> on floats is another thing.
"""

import ast

from gradcli.emit.javascript.fragments import ATOM, POWER, PRODUCT, SHIFT, SUM, Code, converted, enclosed, given
from gradcli.emit.javascript.kinds import FLOAT, INT, Kind, UntranslatableError, common, item

SIGNS: dict[tuple[Kind, str], tuple[str, int]] = {
    **{(kind, name): known for kind in (INT, FLOAT) for name, known in
       (("Add", ("+", SUM)), ("Sub", ("-", SUM)), ("Mult", ("*", PRODUCT)))},
    (INT, "Pow"): ("**", POWER), (INT, "LShift"): ("<<", SHIFT), (INT, "RShift"): (">>", SHIFT),
    (FLOAT, "Div"): ("/", PRODUCT),
}  # fmt: skip
"""Kind and operator -> its sign in JavaScript, and how tightly that binds."""
CALLS: dict[tuple[Kind, str], tuple[str, Kind]] = {
    (INT, "FloorDiv"): ("int$floordiv", INT),
    (INT, "Mod"): ("int$mod", INT),
    (INT, "Div"): ("fixed_point$ratio", FLOAT),
}  # fmt: skip
"""Kind and operator -> the function that it is, and the kind of its result."""
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "===", ast.NotEq: "!==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


def operated(left: Code, operator: ast.operator, right: Code) -> Code:
    """Two operands and an operator between them."""
    kind, name = common([left.kind, right.kind]), type(operator).__name__
    operands = converted(left, kind), converted(right, kind)
    if (kind, name) in CALLS:
        function, result = CALLS[kind, name]
        return Code(f"{function}({operands[0].text},{operands[1].text})", result)
    if (kind, name) not in SIGNS:
        raise UntranslatableError(f"{left.text!r} {name} {right.text!r}: no JavaScript for this")
    sign, power = SIGNS[kind, name]
    before, after = ATOM if power == POWER else power, ATOM if operands[1].text.startswith("-") else power + 1
    return Code(f"{enclosed(operands[0], before)}{sign}{enclosed(operands[1], after)}", kind, power)


def comparison(left: Code, operator: ast.cmpop, right: Code) -> str:
    """Two operands and a comparison between them; of an int and a float only if the int is a literal, and so exact."""
    if isinstance(operator, ast.In):
        return f"{enclosed(right)}.includes({given(left, item(right.kind))})"
    sign = COMPARISONS.get(type(operator))
    if sign is None:
        raise UntranslatableError(f"{left.text!r} {type(operator).__name__} {right.text!r}: no JavaScript for this")
    kind = common([left.kind, right.kind])
    texts = [enclosed(converted(code, kind), SHIFT) for code in (left, right)]
    if left.kind != right.kind and any(text.startswith("Number(") for text in texts):
        raise UntranslatableError(f"{left.text!r} {type(operator).__name__} {right.text!r}: an int and a float")
    return sign.join(texts)
