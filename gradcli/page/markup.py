"""Elements of a page: texts escaped, and numbers that the script can find and write anew.

Depends on `gradcli.drawing`.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from gradcli.drawing.cards import LONGEST_TITLE
from gradcli.drawing.lettering import markup
from gradcli.excerpts import amid
from gradcli.graph.graph import Graph
from gradcli.language.notation import expression_text

OPEN, CLOSE = "\ue000", "\ue001"
"""Around the place of a node in a text: no formula and no name has these letters."""
LOOSE = re.compile(rf"(?<![\w`])\(-{OPEN}(\d+){CLOSE}\)|-{OPEN}(\d+){CLOSE}")
"""A node where a negative number needs parentheses, and where it needs none."""


def element(tag: str, text: str, **attributes: str) -> str:
    """An element with a text in it."""
    return f"<{tag}{_attributes(attributes)}>{markup(text)}</{tag}>"


def _attributes(attributes: Mapping[str, str]) -> str:
    """Attributes by their names, in which _ stands for -."""
    return "".join(f' {name.rstrip("_").replace("_", "-")}="{markup(text)}"' for name, text in attributes.items())


def number(place: int, text: str, *, loose: bool = False, truth: bool = False) -> str:
    """A number: its place on the page, and what it is at first; `loose` sets a negative one in parentheses."""
    shown = f"({text})" if loose and text.startswith("-") else text
    kind = " data-loose" * loose + " data-truth" * truth
    return f"<b data-n={place}{kind}>{markup(shown)}</b>"


def substituted(graph: Graph, node: int, known: Mapping[int, str], write: Callable[[int, bool], str], most: int) -> str:
    """A node's formula with numbers in it, as markup; `write(node, loose)` gives that of a number.

    A formula of more letters is nothing.
    """
    names = {at: f"-{OPEN}{at}{CLOSE}" for at in known if at != node}
    text = expression_text(graph, node, 20 * most, names=names)
    if len(LOOSE.sub("0", text)) > most or len(text) >= 20 * most:
        return ""
    parts, at = [], 0
    for found in LOOSE.finditer(text):
        loose, bare = found.groups()
        parts += [markup(text[at : found.start()]), write(int(loose or bare), bool(loose))]
        at = found.end()
    return "".join([*parts, markup(text[at:])])


def cut(text: str, titles: Iterable[str]) -> str:
    """A text in which long names have lost their middles, as in the boxes, unless two would look the same then.

    >>> cut("<b>a_name_of_forty_letters_that_is_told_once</b> = 2", ["a_name_of_forty_letters_that_is_told_once"])
    '<b>a_name_of_f…_told_once</b> = 2'
    """
    long = {title: amid(title, LONGEST_TITLE) for title in titles if len(title) > LONGEST_TITLE}
    distinct = len({*long.values()}) == len(long)
    if not long or not distinct:
        return text
    known = long | {f"d{title}": f"d{shown}" for title, shown in long.items()}  # dL/dw is a fraction of such words
    return re.sub(r"\w+", lambda word: known.get(word[0], word[0]), text)
