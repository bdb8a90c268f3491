"""Arguments that are given by their names: F.leaky_relu(x, negative_slope=0.2), pnorm(x, mean=0, sd=1).

Depends on `keyword_forms` for what parameters are called, and is loaded where an argument has a name, or where no
function takes so many.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from gradcli.errors import LanguageError, Span
from gradcli.language.expression import Expression, State
from gradcli.language.foreign_calls import meaning
from gradcli.language.functions import FUNCTIONS, wanted
from gradcli.language.keyword_forms import CORRECTIONS, IDLE, OF_ARRAYS, Form, forms, plain_form
from gradcli.language.readings import AmbiguityError, reach
from gradcli.language.rules import parse_template
from gradcli.language.scope import Function
from gradcli.language.tokens import Token

NOTHING = frozenset({"None", "NULL", "nothing"})
WORDS = NOTHING | {"True", "False", "TRUE", "FALSE", "true", "false", "T", "F"}
"""What may be given for a parameter that is no number."""


class Named(NamedTuple):
    """An argument given by a name: the name, its place, where its value begins, and the value where it is a word."""

    name: str
    span: Span
    start: int
    word: str = ""


def keyword(parse: Expression, token: Token) -> State:
    """Begin an argument that has a name."""
    return lambda equals: partial(_value, parse, token, equals[3])


def _value(parse: Expression, name: Token, start: int, token: Token) -> State | None:
    """Take the first token of the value, and mark the call as one with names."""
    power, what, given, at, call = parse.frames[-1]
    known = token[1] in parse.known or token[1] in parse.scope.variables
    is_word = token[0] == "string" or (token[0] == "name" and (token[1] in WORDS or name[1] in IDLE) and not known)
    word = token[1].strip("'\"") if is_word else ""
    parse.named.setdefault(call[2], {})[len(parse.arguments[-1])] = Named(name[1], name[2:], start, word)
    shown = call[1] if call[1].endswith("=") else f"{call[1]}="
    parse.frames[-1] = (power, what, given, at, (call[0], shown, *call[2:]))
    if not is_word:
        return parse.operand(token)
    parse.node, parse.start, parse.end, parse.tail = -1, token[2], token[3], "string"
    return partial(_after_word, parse)


def _after_word(parse: Expression, token: Token) -> State | None:
    if token[0] not in (")", ","):
        raise parse.mistakes.no_operator(token, parse.start)
    return parse.operator(token)


def called(parse: Expression, token: Token, operands: Sequence[int], end: int) -> int | None:
    """The node of a call whose arguments may have names, or have a form that libraries alone have; None where it has
    neither. Raises LanguageError where no function has such parameters."""
    name, named = token[1].removesuffix("="), parse.named.pop(token[2], {})
    if not named and (name in FUNCTIONS and FUNCTIONS[name][0].variadic):
        return None
    shown, span = parse.scope.source.text[token[2] : token[3]], (token[2], end)
    known = [*_known(parse, name, len(operands), named)]
    for form in known:
        order = _order(form, len(operands), named)
        if order is not None:
            return _applied(parse, form, order, named, operands, shown, span)
    if not named:
        return None
    raise _refused(parse, (name, shown), named, known, span)


def _known(parse: Expression, name: str, count: int, named: Mapping[int, Named]) -> Iterator[Form]:
    """The ways to call a function: of the program, of the libraries, of the table."""
    if own := parse.scope.functions.get(name):
        yield Form(tuple((one,) for one in own.parameters), {}, len(own.parameters), {}, "")
        return
    rows = FUNCTIONS.get(name, ())
    yield from forms(name)
    yield from forms(rows[0].name) if rows and rows[0].name != name else ()
    for row in rows if named and rows and rows[0].name != "where" else ():
        words = [at for at in named if named[at].name in IDLE]
        operands = tuple(f"x{at}" for at in range(count - len(words))) if row.variadic else row.operands
        shift = len(row.operands) - len(row.defaults)
        defaults = {row.operands[shift + at]: float(value) for at, value in enumerate(row.defaults)}
        yield plain_form(operands, f"{name}({', '.join(operands)})", defaults)
    for own_count in range(1, 5) if named else ():
        if (found := meaning(name, own_count)) and len(found.texts) == 1:
            yield plain_form(found.parameters, found.texts[0], {})


def _order(form: Form, count: int, named: Mapping[int, Named]) -> list[int | float] | None:
    """For each parameter the place of its argument, or as a float what it is where there is none; None for no fit."""
    given: dict[str, int | float] = dict(form.defaults)
    left = {**form.options}
    for at, one in named.items():
        if one.name in left:
            if one.word not in left.pop(one.name):
                return None
        elif one.name not in IDLE and one.word not in NOTHING:
            parameter = next((names[0] for names in form.parameters if one.name in names), None)
            if parameter is None or one.word or isinstance(given.get(parameter), int):
                return None
            given[parameter] = at
    free = [names[0] for names in form.parameters[: form.placed] if not isinstance(given.get(names[0]), int)]
    places = [at for at in range(count) if at not in named]
    given |= dict(zip(free, places, strict=False))
    complete = not left and len(places) <= len(free) and all(names[0] in given for names in form.parameters)
    return [given[names[0]] for names in form.parameters] if complete else None


def _applied(
    parse: Expression,
    form: Form,
    order: Sequence[int | float],
    named: Mapping[int, Named],
    operands: Sequence[int],
    shown: str,
    span: Span,
) -> int:
    nodes = tuple(parse.graph.constant(at, *span) if isinstance(at, float) else operands[at] for at in order)
    parameters = tuple(names[0] for names in form.parameters)
    name = (span[0], span[0] + len(shown))
    if not form.text:
        return parse.graph.place(parse.scope.unfold(parse.scope.functions[shown], nodes, span), *span)
    typed = {order.index(at): one.name for at, one in named.items() if at in order}
    listed = [
        f"{typed[at]}={one}" if at in typed and typed[at] != one else one
        for at, one in enumerate(parameters)
        if isinstance(order[at], int)
    ]
    listed += [f"{one.name}={one.word}" for one in named.values() if one.word]
    if (call := f"{shown}({', '.join(listed)})") != form.text:
        left_out = [f"{one} = {at:g}" for one, at in zip(parameters, order, strict=True) if isinstance(at, float)]
        where = f" with {', '.join(left_out)}" if left_out else ""
        parse.scope.read_as(f"`{call}` is read as {form.text}{where}", name)
    function = Function(shown, parameters, parse_template(form.text, parameters))
    return parse.graph.place(parse.scope.unfold(function, nodes, span), *span)


# -- mistakes


def _refused(
    parse: Expression, names: tuple[str, str], named: Mapping[int, Named], known: Sequence[Form], span: Span
) -> LanguageError:
    """The error for a call that fits no form: of the first name that none has, or of all of it."""
    name, shown = names
    parameters = {one for form in known for each in form.parameters for one in each}
    parameters |= {one for form in known for one in form.options} | IDLE
    strange = next((one for one in named.values() if one.name not in parameters), None)
    if strange is None:
        hint = f"its parameters are {_listed(known)}" if known else "`gradcli rules` lists what is"
        return parse.mistakes.error(f"`{shown}` is not called so here", hint, span)
    if name in FUNCTIONS and FUNCTIONS[name][0].name == "where":
        end = parse.mistakes.reach(strange.start, 1)
        reading = f"{strange.name} == {parse.mistakes.text(strange.start, end)}"
        return parse.mistakes.asked("a single = does not compare", [reading], (strange.span[0], end), "compare with ==")
    message = f"`{strange.name}` is no parameter of `{shown}` here"
    if strange.name in CORRECTIONS | OF_ARRAYS:
        return _without(parse, message, name, strange, span)
    plain = wanted(name)[1] if name in FUNCTIONS and not forms(name) else f"{shown}({_listed(known)})"
    return parse.mistakes.error(message, f"its form here is {plain}", strange.span)


def _listed(known: Sequence[Form]) -> str:
    """The parameters of the first form, each by one of its names."""
    return ", ".join(names[0] for names in known[0].parameters) if known else ""


def _without(parse: Expression, message: str, name: str, strange: Named, span: Span) -> AmbiguityError:
    """The error for a parameter that numbers have no use for, with the call without it."""
    source = parse.scope.source
    text, stop = source.text, max(reach(source, strange.start, 1), strange.start)
    comma = text.rfind(",", span[0], strange.span[0])
    before = text[span[0] : comma if comma > 0 else strange.span[0]]
    call = re.sub(r"\(\s*\[([^][]*)\]", r"(\1", f"{before}{text[stop : span[1]]}")
    count = call.count(",") + 1
    if strange.name in CORRECTIONS and text[strange.start : stop].strip() in ("1", "1.0") and count > 1:
        factor = f"({count}/{count - 1})" if count > 2 else "(2)"
        call = f"{factor if name == 'var' else f'sqrt{factor}'}*{call}"
    hint = f"leave it away, and give each number: {name}(x, y)"
    return AmbiguityError(message, [re.sub(r"\s+", " ", call)], hint, span, source)
