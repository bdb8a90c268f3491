"""The parts of a page around its drawing, complete without a script: what needs one is hidden where none runs.

Depends on `markup`, on the model of the page and on what explains.
"""

from collections.abc import Iterator, Sequence

from gradcli.drawing.lettering import markup
from gradcli.drawing.picture import Box, Kind
from gradcli.explanation import Level, Section, explained
from gradcli.language.notation import number_text
from gradcli.page.markup import element, number
from gradcli.page.model import Model
from gradcli.passes.arithmetic import rounded

DASH = "–"
PANEL = '<aside id="panel" aria-live="polite" aria-label="The box at hand"></aside>'
MOST_NAMED = 12


def top(model: Model) -> Iterator[str]:
    """The formula, its answer, and what a script writes where something is wrong."""
    answer, digits = model.answer, model.picture.digits
    shown = [(model.program.name, model.place(model.program.output), rounded(answer.value, digits))]
    slopes = {name: rounded(slope, digits) for name, slope in answer.gradient.items()}
    shown += [(f"∂{model.program.name}/∂{name}", model.place(model.flows.gradient[name]), slopes[name]) for name in slopes]
    yield '<a class="skip" href="#walk">to the steps</a><header><p class="brand">gradcli</p>'
    yield element("h1", model.program.source.text.strip())
    yield '<p class="answer">'
    yield " ".join(f"<span>{markup(name)} = {number(place, text)}</span>" for name, place, text in shown)
    yield '</p><p id="banner" role="alert" hidden></p><p id="doubles" class="quiet" hidden></p>'
    yield "<noscript><p>Nothing moves here without JavaScript; all there is to read is below.</p></noscript></header>\n"


def player() -> Iterator[str]:
    """The controls of the walk, and of the bindings."""
    buttons = (("first", "⏮", "to the beginning"), ("back", "◀", "one step back"), ("play", "▶▶", "play"))
    buttons += (("next", "▶", "one step on"), ("last", "⏭", "to the end"))
    made = "".join(f'<button id="{key}" type="button" aria-label="{does}" title="{does}">{sign}</button>' for key, sign, does in buttons)
    yield '<section id="walk" class="live" aria-labelledby="walk-t"><h2 id="walk-t">Both passes, step by step</h2>'
    yield f'<div class="bar" role="group" aria-label="Steps">{made}<label>step <input id="step" type="range" min="0" '
    yield 'step="1"></label><output id="count" for="step"></output></div><p id="sentence" aria-live="polite"></p></section>\n'
    yield '<section id="bindings" class="live" aria-labelledby="bindings-t"><h2 id="bindings-t">Bindings</h2><div class="grid">'
    yield '</div><div class="bar"><button id="restart" type="button">as given</button></div></section>\n'


def lower(model: Model) -> Iterator[str]:
    """All that stands below the drawing."""
    yield from _tools(model)
    yield from _steps(model)
    yield from _table(model)
    yield from _text(model)


def _tools(model: Model) -> Iterator[str]:
    if model.answer.gradient and model.program.variables:
        yield from _learning()
        yield _part("along", "The output along one variable", '<div class="bar"><label>variable <select id="axis"></select>'
        "</label><label>from <input id=\"axis-from\" inputmode=\"decimal\" size=\"9\"></label><label>to <input id=\"axis-to\" "
        'inputmode="decimal" size="9"></label></div><figure id="curve"></figure>')
        yield _part("check", "The gradient against finite differences", '<div class="scroll" tabindex="0" role="group" '
        'aria-label="The check; it scrolls"><table id="differences"></table></div>')
    yield _part("copy", "Take it with you", '<div class="bar"><button id="copy-svg" type="button">copy as SVG</button>'
    '<button id="copy-command" type="button">copy as a command</button><output id="copied"></output></div>'
    '<p><code id="command"></code></p>')


def _part(key: str, title: str, inner: str) -> str:
    """A section that lives by the script."""
    return f'<section id="{key}" class="live" aria-labelledby="{key}-t"><h2 id="{key}-t">{markup(title)}</h2>{inner}</section>\n'


def _learning() -> Iterator[str]:
    inner = (
        '<div class="bar"><label>learning rate <input id="rate" inputmode="decimal" size="8" value="0.1"></label>'
        '<button id="learn" type="button">one step</button><button id="run" type="button">run</button>'
        '<button id="reset" type="button">reset</button></div><p id="learned" aria-live="polite"></p>'
        '<figure id="losses"></figure>'
    )
    yield _part("learning", "Learn: each variable goes down its slope", inner)


def _steps(model: Model) -> Iterator[str]:
    """The lines of both passes."""
    yield '<section id="steps" aria-labelledby="steps-t"><h2 id="steps-t">Every step</h2>'
    given = ", ".join(f"{markup(name)} = {number(model.place(node), rounded(model.trace.values[node], model.picture.digits))}" for name, node in model.program.variables.items())
    yield f'<h3>Forward</h3><ol class="steps"><li data-step="0">given: {given or "numbers alone"}</li>'
    forward = [step for step in model.steps if step.flow < 0]
    is_seed = len(model.steps) > len(forward)
    made = forward[:-1] if is_seed else forward
    for at, step in enumerate(made, 1):
        yield f'<li data-step="{at}">{step.line}</li>'
    yield "</ol>"
    if is_seed:
        yield '<h3>Backward</h3><ol class="steps">'
        for at, step in enumerate(model.steps[len(made) :], 1 + len(made)):
            yield f'<li data-step="{at}">{step.line}</li>'
        yield "</ol>"
    yield "</section>\n"


def _table(model: Model) -> Iterator[str]:
    """The boxes as a table: what each is made of, and where it goes."""
    boxes = {box.key: box for box in model.picture.boxes}
    name = markup(model.program.name)
    yield '<section id="table" aria-labelledby="table-t"><h2 id="table-t">The graph as a table</h2>'
    yield '<div class="scroll" tabindex="0" role="group" aria-label="The table; it scrolls"><table><thead><tr>'
    heads = ("box", "is", "from", "to", "value", f"∂{name}/∂box")
    yield "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead><tbody>"
    for at, box in enumerate(model.picture.boxes):
        before = [boxes[arrow.source].title for arrow in model.picture.arrows if arrow.target == box.key]
        after = [boxes[arrow.target].title for arrow in model.picture.arrows if arrow.source == box.key]
        cells = f"<td>{markup(box.operation or _kind(box))}</td><td>{_listed(before)}</td><td>{_listed(after)}</td>"
        numbers = f'<td class="n" data-value="{at}">{markup(box.value)}</td>'
        numbers += f'<td class="n" data-adjoint="{at}">{markup(box.adjoint or DASH)}</td>'
        yield f'<tr><th scope="row">{markup(box.title)}</th>{cells}{numbers}</tr>'
    yield "</tbody></table></div></section>\n"


def _kind(box: Box) -> str:
    return "given" if box.kind is Kind.variable else "a constant"


def _listed(titles: Sequence[str]) -> str:
    shown = ", ".join(titles[:MOST_NAMED]) + (f" and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else "")
    return markup(shown or DASH)


def _text(model: Model) -> Iterator[str]:
    """What `explain` tells at the bindings that were given."""
    at = ", ".join(f"{name} = {number_text(value)}" for name, value in model.answer.bindings.items())
    yield '<section id="text" aria-labelledby="text-t"><h2 id="text-t">In words</h2>'
    yield f'<p id="text-at">{markup(f"At {at}, as it was given." if at else "As it was given.")}</p>'
    for section in explained(model.answer, Level.steps, None, model.picture.digits):
        yield from _section(section)
    yield "</section>\n"


def _section(section: Section) -> Iterator[str]:
    yield element("h3", section.title) if section.title else ""
    for line in section.lines:
        if line.equation:
            yield f'<p class="equation"><code>{markup(line.text)}</code></p>'
        else:
            parts = (markup(part) if isinstance(part, str) else element("code", part.text.strip("`")) for part in line.parts)
            yield f"<p>{''.join(parts)}</p>"
