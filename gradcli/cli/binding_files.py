"""Bindings out of files: a JSON object, or what gradcli printed with --json.

Depends on `gradcli.cli.source` for their texts.
"""

import json
from collections import Counter
from collections.abc import Sequence
from math import isinf
from typing import Any, NamedTuple

from gradcli.cli.source import read_text, title_of
from gradcli.errors import LONGEST_QUOTED, BindingError, FileProblem, Source
from gradcli.evaluate.constant import too_far
from gradcli.graph.written import typed
from gradcli.language.notation import cut
from gradcli.letters import one_name
from gradcli.shapes import flattened, plain_entry

_SPECIAL = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}
OBJECT = 'write an object: {"x": 2}'


class FromFile(NamedTuple):
    """A value in a file of bindings; only one that the expression uses has to be a number.

    rivals  other values of the same name in that file, so that none of them is meant for sure
    printed whether gradcli printed it: then it is a double; else a person typed it
    """

    value: object
    path: str
    rivals: tuple[object, ...] = ()
    printed: bool = False

    def number(self, name: str) -> float:
        """The value: a double, or the decimal that was typed.

        Raises BindingError for two values and for one that is too far from 1, FileProblem for what is no number.
        """
        if self.rivals:
            found = f'{_shown(self.value)} in "bindings", {_shown(self.rivals[0])} beside it'
            raise BindingError(f"in {self.path}, `{name}` has two values: {found}", hint="leave one of them out")
        special = _SPECIAL.get(self.value) if isinstance(self.value, str) else self.value
        if isinstance(special, float):
            return special
        if isinstance(self.value, list):
            message = f"in {self.path}, `{name}` is no array: its lists are empty, or of different lengths"
            raise FileProblem(message, hint="give every row as many numbers: [[1, 2], [3, 4]]")
        if not isinstance(self.value, _Number):
            hint = "bindings are numbers; strings may be NaN, Infinity, -Infinity"
            raise FileProblem(f"in {self.path}, `{name}` is not a number", hint=hint)
        where = f"in {self.path}, `{name}`"
        return _double(self.value, where) if self.printed else _decimal(self.value, where)


class _Number(str):
    """A number, as it is written."""


AS_WRITTEN: dict[str, Any] = {"parse_int": _Number, "parse_float": _Number, "parse_constant": _SPECIAL.get}


class _Object(dict[str, Any]):
    """An object of JSON; `twice` is a key that comes twice in it, `rivals` says how it is written."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        names = [plain_entry(one_name(name)) for name, _ in pairs]
        super().__init__(zip(names, (value for _, value in pairs), strict=True))
        self.twice = next((name for name, count in Counter(names).items() if count > 1), None)
        written = dict.fromkeys(name for name, _ in pairs if plain_entry(one_name(name)) == self.twice)
        self.rivals = " and ".join(f"`{name}`" for name in written) + (
            " are one name, which" if len(written) > 1 else ""
        )


def file_bindings(paths: Sequence[str]) -> dict[str, FromFile]:
    """The bindings in JSON files; a later file overrides an earlier one.

    Raises FileProblem for what cannot be read, BindingError for a name that comes twice in one object.
    """
    found: dict[str, FromFile] = {}
    for path in paths:
        title = title_of(path)
        found.update(_named(_content(read_text(path, "--bind"), title), title))
    return found


def _content(text: str, path: str) -> _Object:
    """The object in a file."""
    source = Source(text, path)
    try:
        content = json.loads(text, object_pairs_hook=_Object, **AS_WRITTEN)
    except json.JSONDecodeError as problem:
        span = (problem.pos, problem.pos + 1)
        raise FileProblem(f"this is not JSON: {problem.msg}", hint=OBJECT, span=span, source=source) from None
    except RecursionError:
        raise FileProblem(f"the JSON of {path} is nested too deeply", hint=OBJECT) from None
    if not isinstance(content, _Object):
        raise FileProblem(f"{path} holds no JSON object", hint=OBJECT)
    return content


def _named(content: _Object, path: str) -> dict[str, FromFile]:
    """The values of a plain object, or of gradcli's own JSON: its bindings, as its update left them."""
    own = content.get("bindings")
    if not isinstance(own, _Object):
        return _from(content, path)
    beside, within = _from(content, path, printed=True), _from(own, path, printed=True)
    if "expression" in content:  # gradcli wrote it, and what is beside the bindings is about them
        update = content.get("update")
        after = update.get("after") if isinstance(update, _Object) else None
        return within | (_from(after, path, printed=True) if isinstance(after, _Object) else {})
    del beside["bindings"]
    rivals = {name: within[name]._replace(rivals=(content[name],)) for name in within if name in beside}
    return beside | within | rivals


def _from(values: _Object, path: str, *, printed: bool = False) -> dict[str, FromFile]:
    """The values of an object. Raises BindingError for a key that comes twice."""
    if values.twice is not None:
        raise BindingError(f"in {path}, {values.rivals} comes twice in one object", hint="leave one of them out")
    found: dict[str, FromFile] = {}
    for name, value in values.items():
        array = flattened(value) if isinstance(value, list) else None
        entries = array.named(name) if array and isinstance(array.entries[0], str | float) else {name: value}
        found |= {each: FromFile(number, path, printed=printed) for each, number in entries.items()}
    return found


def _double(value: _Number, where: str) -> float:
    """The nearest double. Raises BindingError where its magnitude is beyond them: gradcli prints none."""
    number = float(value)
    if isinf(number):
        raise BindingError(f"{where} is beyond the largest double, 1.8e308", hint='write "Infinity"')
    if number == 0.0 and value.lower().split("e")[0].strip("-0."):
        raise BindingError(f"{where} is below the smallest double, 5e-324", hint="write 0")
    return number


def _decimal(value: _Number, where: str) -> float:
    """The decimal that was typed. Raises BindingError for one that is too far from 1."""
    number = typed(value)
    if number is None:
        raise too_far(where)
    return number


def _shown(value: object) -> str:
    return cut(value if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False), LONGEST_QUOTED)
