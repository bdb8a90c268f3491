"""A page as one file: the drawing, the steps, the tables and the text, and a script that brings them to life.

Depends on `model` and `sections`, and on what draws and explains. Without a script it is a document of its own; with
it, nothing is ever asked of the net, which its policy forbids.
"""

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files

from gradcli.answers import Answer
from gradcli.drawing.lettering import markup, plain
from gradcli.drawing.look import Look
from gradcli.drawing.picture import Picture
from gradcli.drawing.svg import inline
from gradcli.emit.javascript import kernels
from gradcli.evaluate.trace import Trace
from gradcli.page import sections
from gradcli.page.model import Model

SCRIPTS = (
    "numbers.js", "engine.js", "state.js", "drawing.js", "walk.js", "panel.js", "bindings.js", "learning.js",
    "curve.js", "check.js", "copy.js", "main.js",
)  # fmt: skip
"""The parts of the script in their order; each may use what stands before it."""


def page(picture: Picture, look: Look, answer: Answer, trace: Trace) -> Iterator[str]:
    """The file in pieces. Raises what `svg` does, and LimitError for a formula that no page computes in a frame."""
    model = Model(answer, picture, trace)
    script, style = _script(model), _asset("style.css")
    yield "<!doctype html>\n"
    yield f'<html lang="en" data-theme="{look.theme}"><head><meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">\n'
    yield f"<title>{markup(plain(look.title))} · gradcli</title>\n<style>{style}</style></head><body>\n"
    yield from sections.top(model)
    yield '<main>\n'
    yield from sections.player()
    yield '<section id="drawing" aria-labelledby="drawing-t"><h2 id="drawing-t">The graph</h2><div class="stage">'
    yield '<div class="scroll" tabindex="0" role="group" aria-label="The drawing; it scrolls">'
    yield from inline(picture, look)
    yield f"</div>{sections.PANEL}</div></section>\n"
    yield from sections.lower(model)
    yield "</main>\n"
    yield f'<script type="application/json" id="model">{model.json()}</script>\n<script>{script}</script></body></html>\n'


def _policy(script: str) -> str:
    """Nothing from elsewhere, and no script but this."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _script(model: Model) -> str:
    parts = [kernels(model.numbers.operators), *map(_asset, (f"script/{name}" for name in SCRIPTS))]
    return '"use strict";(() => {\n' + "\n".join(parts) + "\n})();"


@cache
def _asset(name: str) -> str:
    """A file of the page, without the lines that only its makers read."""
    text = files("gradcli.page").joinpath(name).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
