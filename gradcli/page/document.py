"""A page as one file: the drawing, the steps, the tables and the text, and a script that brings them to life.

Depends on `model` and `sections`, and on what draws. `page.html` is the frame. Without a script it is a document of its
own; with it, nothing is ever asked of the net, which the policy of the page forbids.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import unescape
from importlib.resources import files
from string import Template

from gradcli.answers import Answer
from gradcli.drawing.lettering import markup, plain
from gradcli.drawing.look import Look
from gradcli.drawing.picture import Picture
from gradcli.drawing.sheet import LARGE
from gradcli.drawing.svg import inline
from gradcli.emit.javascript import kernels, short
from gradcli.evaluate.trace import Trace
from gradcli.excerpts import amid
from gradcli.page.markup import cut
from gradcli.page.model import Model
from gradcli.page.sections import answer_line, steps, table, text

SCRIPTS = (
    *("numbers", "engine", "state", "drawing", "walk", "panel", "bindings"),
    *("chart", "learning", "curve", "check", "copy", "main"),
)
"""The parts of the script in their order; each may use what stands before it, and functions of all."""

LONGEST_TITLE = 100
TEXTS = re.compile(r'("(?:[^"\\]|\\.)*"|`(?:[^`$]|\$\{[^`{}]*\})*`)')
"""Strings, and templates without others in them."""
PATTERN = re.compile(r"(?:[(,]|= |return )/")
"""Where a slash begins a pattern: elsewhere it divides."""
ALONE = re.compile(r"(?<![\w`$])\((\w+)\) =>")
"""The one parameter of a function, which needs no parentheses."""
UNQUOTED = re.compile(r'="([\w.#-]+)"(?=[ >])')
"""Values of attributes that HTML needs no quotes for; texts have none."""
SPACES = re.compile(r" (?:(?<![\w$+-] )|(?<=[\w$] )(?![\w$])|(?<=[+-] )(?![+-]))")
"""Spaces that part no words, and neither + from + nor - from -."""


def page(picture: Picture, look: Look, answer: Answer, trace: Trace) -> Iterator[str]:
    """The file. Raises what `svg` raises, and LimitError for a formula that no page computes in a frame."""
    drawing = UNQUOTED.sub(r"=\1", "".join(inline(picture, look)))  # first of all, as it may be refused
    heading = "\n".join(plain(line) for line in look.title.split("\n"))
    formula = markup(heading)
    model = Model(answer, picture, trace, unescape(formula))  # with the marks of writing from right to left
    script = _script(model.numbers.operators)
    yield Template(UNQUOTED.sub(r"=\1", _asset("page.html"))).substitute(
        theme=look.theme,
        policy=_policy(script),
        title=markup(plain(amid(look.title.strip(), LONGEST_TITLE))),
        formula=formula,
        style=_asset("style.css"),
        answer=cut(answer_line(model), model.titles),
        long=f' class="long" style="--rows:{len(model.steps)}"' if len(model.boxes) >= LARGE else "",
        drawing=drawing,
        steps=cut("".join(steps(model)), model.titles),
        table="".join(table(model)),
        text=cut("".join(text(model)), model.titles),
        model=model.json(),
        script=script,
    )


def _policy(script: str) -> str:
    """Nothing from elsewhere, and no script but this."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _script(operators: list[str]) -> str:
    lines = "\n".join([short(kernels(operators)), *(_asset(f"script/{name}.js") for name in SCRIPTS)]).split("\n")
    return '"use strict";(() => {\n' + "".join(map(_squeezed, lines)) + "\n})();"


def _squeezed(line: str) -> str:
    """A line of a script without needless spaces; one with a pattern or a template in another is left as it is."""
    parts, end = TEXTS.split(ALONE.sub(r"\1 =>", line)), "" if line[-1:] in "{;," else "\n"
    if any("`" in code or PATTERN.search(code) for code in parts[::2]):
        return line + end
    return "".join(SPACES.sub("", part) if at % 2 == 0 else part for at, part in enumerate(parts)) + end


@cache
def _asset(name: str) -> str:
    """A file of the page, without what only its makers read."""
    text = files("gradcli.page").joinpath(name).read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
