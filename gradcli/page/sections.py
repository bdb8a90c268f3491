"""The parts of a page that a formula fills: its answer, the steps of both passes, a table, and the text of `explain`.

Depends on `markup`, on the model of the page and on what explains.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from gradcli.drawing.lettering import markup
from gradcli.drawing.picture import Box, Kind
from gradcli.explanation import Level, Line, Section, explained
from gradcli.language.notation import number_text
from gradcli.page.markup import element, number, shorter
from gradcli.page.model import Model
from gradcli.passes.arithmetic import rounded

DASH = "–"
MOST_NAMED = 12


def answer_line(model: Model) -> str:
    """L = 16, ∂L/∂x = 24, …"""
    name, output, values, adjoints = model.program.name, model.program.output, model.trace.values, model.trace.adjoints
    shown = [(name, model.place(output), values[output])]
    for by, slope in model.answer.point.gradient.items():
        told = adjoints.get(model.answer.wrt[by], slope)
        shown.append((f"∂{name}/∂{by}", model.place(model.flows.gradient[by]), told))
    digits = model.picture.digits
    return " ".join(f"<span>{markup(it)} = {number(at, rounded(value, digits))}</span>" for it, at, value in shown)


def steps(model: Model) -> Iterator[str]:
    """The lines of both passes, counted from what is given."""
    first = 1 + model.forward
    yield f"<h3>Forward</h3>{_list([_given(model), *model.steps[: model.forward]], 0)}"
    yield f"<h3>Backward</h3>{_list(model.steps[model.forward :], first)}" if model.steps[model.forward :] else ""


def _list(them: Sequence[str], first: int) -> str:
    lines = "".join(f"<li>{line}" for line in them)  # no page needs the end of a line, or of a cell
    return f'<ol class="steps" start="{first}">{lines}</ol>'


def _given(model: Model) -> str:
    variables, values, digits = model.program.variables, model.trace.values, model.picture.digits
    told = [f"{markup(it)} = {number(model.place(at), rounded(values[at], digits))}" for it, at in variables.items()]
    return f"given: {', '.join(told) or 'numbers alone'}"


def table(model: Model) -> Iterator[str]:
    """The boxes as a table: what each is made of, and where it goes. Its own name is the one that is told whole."""
    short = shorter(box.title for box in model.picture.boxes)
    titles = {key: short.get(box.title, box.title) for key, box in model.boxes.items()}
    heads = ("box", "is", "from", "to", "value", f"∂{markup(short.get(model.program.name, model.program.name))}/∂box")
    yield "<table><thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead><tbody>"
    made: dict[str, list[str]] = {}
    used: dict[str, list[str]] = {}
    for arrow in model.picture.arrows:
        made.setdefault(arrow.target, []).append(titles[arrow.source])
        used.setdefault(arrow.source, []).append(titles[arrow.target])
    for box in model.picture.boxes:
        yield _row(box, made.get(box.key, []), used.get(box.key, []))
    yield "</tbody></table>"


def _row(box: Box, made: Sequence[str], used: Sequence[str]) -> str:
    kind = "given" if box.kind is Kind.variable else "a constant"
    told = (_listed(made), _listed(used), box.value, box.adjoint or DASH)
    does = f"<td>{markup(box.operation)}" if box.operation else f"<td class=k>{kind}"
    return f"<tr><th>{markup(box.title)}{does}{''.join(f'<td>{markup(text)}' for text in told)}"


def _listed(titles: Sequence[str], none: str = DASH) -> str:
    more = f" and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
    return ", ".join(titles[:MOST_NAMED]) + more or none


def text(model: Model) -> Iterator[str]:
    """What `explain` tells at the bindings that were given."""
    at = _listed([f"{name} = {number_text(value)}" for name, value in model.answer.bindings.items()], "")
    yield element("p", f"At {at}, as it was given." if at else "As it was given.")
    for section in explained(model.answer, Level.steps, None, model.picture.digits, drawn=model.picture.whole):
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield element("h3", section.title) if section.title else ""
    for equations, lines in groupby(section.lines, lambda line: bool(line.equation)):
        if equations:
            yield element("pre", "\n".join(line.text for line in lines))
        else:
            yield from map(_sentence, lines)


def _sentence(line: Line) -> str:
    parts = (markup(it) if isinstance(it, str) else element("code", it.text.strip("`")) for it in line.parts)
    return f"<p>{''.join(parts)}</p>"
