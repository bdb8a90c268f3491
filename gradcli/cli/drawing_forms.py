"""The forms of a drawing: how each is called, what its files end in, how much it has room for, what draws it.

Depends on nothing but the errors' data: what draws is loaded when it is asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from gradcli.errors import UsageError


class Form(NamedTuple):
    """A form of the picture: the module and the function that writes it, the ends of the names of its files.

    most   how many definitions it draws at most; of more the last ones, with the others folded into them
    whole  whether it tells the answer too, beside the picture
    """

    module: str
    function: str
    suffixes: Sequence[str]
    most: int
    whole: bool = False


FORMS: Mapping[str, Form] = {
    "text": Form("gradcli.show.drawing", "text", (".txt",), 200),
    "svg": Form("gradcli.drawing.svg", "svg", (".svg",), 400),
    "png": Form("gradcli.drawing.png", "png", (".png",), 120),
    "dot": Form("gradcli.drawing.dot", "dot", (".dot", ".gv"), 10_000),
    "mermaid": Form("gradcli.drawing.mermaid", "mermaid", (".mmd", ".mermaid"), 250),
    "html": Form("gradcli.page.document", "page", (".html", ".htm"), 400, whole=True),
    "json": Form("gradcli.drawing.graph_json", "graph_json", (".json",), 10_000),
}
TEXT, PAGE, STDOUT, PIPE_WIDTH = "text", "html", "-", 80
SHOWN = ("html", "svg", "png")
"""The forms that a browser shows."""
Draw = Callable[..., Iterator[Any]]


def form_of(form: str | None, out: str | None, *, opens: bool) -> str:
    """The form that is asked for, by its name or by that of the file.

    Raises UsageError for one that there is not, where name and file ask for two, and for what no browser shows.
    """
    known, suffix = ", ".join(FORMS), Path(out or "").suffix.lower()
    found = next((name for name, one in FORMS.items() if suffix in one.suffixes), None)
    if form is not None and form not in FORMS:
        raise UsageError(f"graph has no form `{form}`", hint=f"take {known}")
    if form is not None and found not in (None, form):
        raise UsageError(f"--format {form} and --out {out} ask for two forms", hint="keep one of them")
    if form is None and found is None and out not in (None, STDOUT):
        ends = ", ".join(end for one in FORMS.values() for end in one.suffixes)
        hint = f"end it in {ends}, or add --format {known}"
        raise UsageError(f"--out {out}: no form of a drawing ends so", hint=hint)
    if opens and (form or found or PAGE) not in SHOWN:
        raise UsageError(f"--open shows {', '.join(SHOWN)}, not {form or found}", hint="take --format html")
    if opens and out == STDOUT:
        raise UsageError("--open opens a file, and --out - is none", hint="leave out one of them")
    return form or found or (PAGE if opens else TEXT)


def draw_of(form: str) -> Draw:
    """What writes a form, in pieces."""
    draw: Draw = getattr(import_module(FORMS[form].module), FORMS[form].function)
    return draw
