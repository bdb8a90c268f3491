"""Elements of a page: texts escaped, and numbers that the script can find and write anew.

Depends on `gradcli.drawing`.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from gradcli.drawing.cards import LONGEST_TITLE
from gradcli.drawing.lettering import LONGEST_WORD, markup
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
    return f"<b data-{'truth' if truth else 'loose' if loose else 'n'}={place}>{markup(shown)}</b>"


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
    """A text in which long names have lost their middles, as in the formulas of boxes.

    >>> cut("<b>a_name_of_forty_letters_that_is_told_once</b> = 2", ["a_name_of_forty_letters_that_is_told_once"])
    '<b>a_nam…_once</b> = 2'
    """
    long = shorter(titles)
    known = long | {f"d{title}": f"d{shown}" for title, shown in long.items()}  # dL/dw is a fraction of such words
    return re.sub(r"\w+", lambda word: known.get(word[0], word[0]), text) if long else text


def shorter(titles: Iterable[str]) -> dict[str, str]:
    """Long names without their middles; with more of them, or all, where two would look the same then."""
    long = [*dict.fromkeys(title for title in titles if len(title) > LONGEST_TITLE)]
    ways = ({title: amid(title, most) for title in long} for most in (LONGEST_WORD, LONGEST_TITLE))
    return next((way for way in ways if len({*way.values()}) == len(way)), {})
