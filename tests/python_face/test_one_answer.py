"""One answer, whoever asks: what a command prints as JSON, the Python face returns, to the bit.

The calls are those of the other tests and of the prose: every `gradcli("grad", …)` and `gradcli("eval", …)` that is
written out there, and every formula with its point in a table of theirs.
"""

import ast
import json
import re
import shlex
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Gradcli
from prose import FILES, ROOT

import gradcli as face
from gradcli.cli import COMMANDS
from gradcli.errors import shortened

sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))
from formulas import FORMULAS

Words = tuple[str, ...]
NAMED = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}
TAKEN = ("--wrt", "--precision")
OUT_OF_PLACE = ("--verify", "--lr", "--steps", "--format", "--raw", "--rows", "--digits", "--color", "--json", "--help")
"""Options of a call that is about something else; it is made without them."""


def written() -> Iterator[Words]:
    """The calls of `grad` and `eval` that tests and prose write out, on formulas that need no file."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "gradcli":
                words = [
                    word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)
                ]
                if len(words) == len(node.args) and not node.keywords:
                    yield tuple(words)
    for path in FILES:
        for line in re.findall(r"^\$ gradcli (.*[^\\])$", path.read_text(encoding="utf-8"), re.MULTILINE):
            if not set("|;<>$") & set(re.sub(r'"[^"]*"|\'[^\']*\'', "", line)):
                yield tuple(shlex.split(line))


def tabled() -> Iterator[Words]:
    """A call for each tuple of a formula and its bindings in the tables of the tests of numbers and derivatives."""
    for path in sorted(
        path for folder in ("numbers", "derivatives") for path in (ROOT / "tests" / folder).glob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) >= 2:
                match node.elts[:2]:
                    case [ast.Constant(str() as formula), ast.Dict() as point]:
                        yield ("grad", formula, *(f"{key}={ast.unparse(it)}" for key, it in _items(point)))


def of_science() -> Iterator[Words]:
    """The formulas of physics, statistics and machine learning, in the middle of their ranges."""
    for it in FORMULAS:
        yield ("grad", it.text, *(f"--let={name}={(low + high) / 2!r}" for name, (low, high) in it.ranges.items()))


def _items(point: ast.Dict) -> Iterator[tuple[str, ast.expr]]:
    for key, value in zip(point.keys, point.values, strict=True):
        assert isinstance(key, ast.Constant)
        yield f"--{key.value!s}", value


def plain(words: Words) -> Words:
    """A call without what is said of its output."""
    kept, rest = [], iter(words)
    for word in rest:
        name, mark, _ = word.partition("=")
        if name not in OUT_OF_PLACE:
            kept.append(word)
        elif name not in ("--verify", "--json", "--help") and not mark:
            next(rest, None)
    return tuple(kept)


CALLS = [
    *dict.fromkeys(
        plain(it) for it in (*written(), *tabled(), *of_science()) if it[:1] in (("grad",), ("eval",)) and it[1:]
    )
]


def numbers(record: dict[str, Any]) -> dict[str, float]:
    return {name: NAMED.get(str(number), number) for name, number in record.items()}


def bits(number: float | list[Any]) -> Any:
    return [*map(bits, number)] if isinstance(number, list) else float(number).hex()


def option(words: Words, name: str) -> str | None:
    found = re.search(rf"\0{name}[=\0]([^\0]*)", "\0" + "\0".join(words))
    return found[1] if found else None


def typed(words: Words, name: str) -> str | None:
    """What was typed for a variable: a number is that decimal, and a float another one."""
    found = re.search(rf"\0(?:--let[=\0])?(?:--)?`?{re.escape(name)}`?[=\0]([^\0]*)", "\0".join(words[2:]).join("\0\0"))
    return found[1] if found else None


def test_there_are_many_calls() -> None:
    assert len(CALLS) > 250
    assert {"eval", "grad"} == {words[0] for words in CALLS} <= {*COMMANDS}


@pytest.mark.one_in(8)
@pytest.mark.sample(3)
@pytest.mark.parametrize("words", CALLS, ids=lambda words: shlex.join(words)[:60])
def test_the_face_returns_what_the_command_prints(gradcli: Gradcli, words: Words) -> None:
    code, out, _ = gradcli(*words, "--json")
    if code not in (0, 3) or not out:
        pytest.skip("the command does not answer")
    record = json.loads(out)
    point = {name: typed(words, name) or number for name, number in numbers(record["bindings"]).items()}
    precision = option(words, "--precision") or "auto"
    if isinstance(record["value"], list):  # an answer is of one number, a value may be an array
        assert bits(face.value(record["expression"], point, precision=precision)) == bits(record["value"])
        return
    program = face.parse(record["expression"], variables=point)
    wrt = () if words[0] == "eval" else option(words, "--wrt")
    answer = face.answer(program, point, wrt=wrt, precision=precision)
    assert bits(answer.value) == bits(numbers(record)["value"])
    assert {name: bits(slope) for name, slope in answer.gradient.items()} == {
        name: bits(slope) for name, slope in numbers(record["gradient"]).items()
    }
    written = program.written  # a derivative's nodes have other numbers where its edges are told
    assert [[it.kind, shortened(it.message), min(it.node or 0, written)] for it in answer.notices] == [
        [it["kind"], it["message"], min(it["node"] or 0, written)]
        for it in record["notices"]
        if it["kind"] not in ("omitted", "no variable")  # which options mend
    ]
    if answer.decimals:
        assert answer.decimals._asdict() == record["decimals"]
    if "nodes" in record:
        assert [bits(node.value) for node in answer.nodes] == [bits(numbers(it)["value"]) for it in record["nodes"]]
        assert [node.text for node in answer.nodes] == [it["text"] for it in record["nodes"]]
    if words[0] == "grad":
        value, gradient = face.value_and_gradient(program, point, wrt=wrt, precision=precision)
        assert bits(value) == bits(answer.value) == bits(face.value(program, point, precision=precision))
        assert list(map(bits, gradient.values())) == list(map(bits, answer.gradient.values()))
