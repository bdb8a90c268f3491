"""A page as a test reads it back: its elements, and what its script is told.

Depends on the standard library: whatever wrote the page, this is how a browser sees it.
"""

import json
from base64 import b64decode
from html.parser import HTMLParser
from struct import unpack
from typing import Any, NamedTuple

ENDED_BY = {"li": ("li",), "td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "tr")}
"""A tag that begins → those that it ends."""
OPTIONAL = {*ENDED_BY}
VOID = {"meta", "link", "input", "br", "img"}


class Element(NamedTuple):
    """An element with what stands in it, text for text."""

    tag: str
    attributes: dict[str, str]
    parts: "list[Element | str]"

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, tag: str = "", **attributes: str) -> "list[Element]":
        """The elements in it, at any depth, with that tag and these attributes."""
        found: list[Element] = []
        for part in self.parts:
            if isinstance(part, Element):
                known = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
                fits = tag in ("", part.tag) and known.items() <= part.attributes.items()
                found += [part] if fits else []
                found += part.all(tag, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, [])
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open[-1].tag in ENDED_BY.get(tag, ()):
            self.open.pop()
        element = Element(tag, {name: value or "" for name, value in attrs}, [])
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        while self.open[-1].tag in OPTIONAL - {tag}:
            self.open.pop()
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


class Page:
    """A page read back."""

    def __init__(self, text: str) -> None:
        reader = _Reader()
        reader.feed(text)
        reader.close()
        assert reader.open == [reader.root], "an element is not closed"
        self.root, self.source = reader.root, text
        self.model: dict[str, Any] = json.loads(self.by_id("model").text, parse_constant=str)
        names = self.model["names"]
        for key, keys in (("bindings", names), ("variables", names), ("gradient", self.model["by"] or names)):
            self.model[key] = dict(zip(keys, self.model[key], strict=True))

    def by_id(self, key: str) -> Element:
        (found,) = self.root.all(id=key)
        return found

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """The boxes, by the names of what is told of them, with their numbers in the table."""
        rows = [[cell for cell in row.parts if isinstance(cell, Element)] for row in self.by_id("table").all("tr")[1:]]
        return [self._box(told, cells) for told, cells in zip(self.model["boxes"], rows, strict=True)]

    def _box(self, told: list[Any], cells: list[Element]) -> dict[str, Any]:
        title, does, *_ = cells
        known = {name: it for name, it in zip(self.model["box"], told, strict=False) if it is not None}
        part = {} if "class" in does.attributes else {"does": does.text}
        return known | part | {"title": title.text, "at": [cell.text for cell in cells[-2:]]}

    @property
    def flows(self) -> list[dict[str, Any]]:
        """What flows back, by the names of its numbers."""
        return [self._flow(dict(zip(self.model["flow"], row, strict=False))) for row in self.model["flows"]]

    def _flow(self, told: dict[str, Any]) -> dict[str, Any]:
        usual = {
            "after": told["gives"],
            "means": told["partial"],
            "guard": self.model["one"],
            "counts": self.model["one"],
        }
        return usual | {name: it for name, it in told.items() if it is not None}

    @property
    def golden(self) -> list[float]:
        """The vector that travels in the page."""
        data = b64decode(self.model["golden"])
        return list(unpack(f"<{len(data) // 8}d", data))
