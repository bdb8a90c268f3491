"""A mistake ends with its own exit code and says what is wrong, where, and one way to mend it."""

import json
from pathlib import Path

import pytest
from conftest import Gradcli

USAGE, FILE = 2, 4
ESCAPE = "\x1b[31m"

# arguments → a piece of the message, a piece of the mend
MISTAKES = {
    "unbound": (["grad", "x*w", "x=2"], "w has no value", "--w VALUE"),
    "several unbound": (["grad", "(x*w-2)^2"], "x, w have no value", "--x VALUE --w VALUE"),
    "unbound quoted": (["grad", "`a b`*2"], "a b has no value", "'`a b`'=VALUE"),
    "unbound, an option": (["grad", "lr*x", "--x", "1", "--lr", "2"], "lr has no value", "--let lr=VALUE"),
    "bound twice": (["grad", "x", "--x", "1", "x=2"], "`x` is bound twice", "once"),
    "bound twice by --let": (["grad", "x", "--let", "x=1", "--let", "x=1"], "`x` is bound twice", "once"),
    "unused": (["grad", "x", "--x", "1", "--y", "2"], "--y is neither", "x"),
    "unused, no variables": (["grad", "2", "--y", "2"], "--y is neither", "no variables"),
    "misspelt variable": (["grad", "weight", "--wieght", "2"], "--wieght", "did you mean --weight?"),
    "misspelt option": (["grad", "x", "--x", "1", "--fromat", "csv"], "--fromat", "did you mean --format?"),
    "misspelt flag": (["grad", "--vrify", "x^2", "--x", "1"], "an expression is missing", "`x^2` was read as the value"),
    "defined": (["grad", "y = 2*x; y^2", "--x", "1", "--y", "2"], "`y` is defined in the expression", "another name"),
    "look-alike": (["grad", "х*2", "--x", "2"], "--x is neither", "Cyrillic Small Letter Ha (U+0445) only looks like x"),
    "missing value": (["grad", "x", "--x"], "--x has no value", "--x NUMBER"),
    "empty value": (["grad", "x", "--x", ""], "--x has no value", "number"),
    "empty value of x=": (["grad", "x", "x="], "x has no value", "number"),
    "value not constant": (["grad", "x", "--x", "abc"], "must be a number", "pi/4"),
    "value with a mistake": (["grad", "x", "--x", "2+"], "nothing follows `+`", "write what belongs there"),
    "value with a comma": (["grad", "x", "--x", "1,5"], "comma", "1.5"),
    "value too large": (["grad", "x", "--x", "1e9999"], "too far from 1", "in the formula itself"),
    "not NAME=VALUE": (["grad", "x", "--let", "2"], "`2` is not of the form", "--let x=2"),
    "option without value": (["grad", "x", "--x", "1", "--lr"], "--lr needs a value", "--lr VALUE"),
    "single dash": (["grad", "x^2", "-x", "2"], "one expression is expected", "--x VALUE"),
    "spaces around =": (["grad", "x^2", "x", "=", "2"], "one expression is expected", "x=2"),
    "a number without a name": (["grad", "x^2", "3"], "one expression is expected", "x=2"),
    "no quotes": (["grad", "x", "+", "y", "x=1"], "one expression is expected", "quotes"),
    "no expression": (["grad"], "an expression is missing", "quotes"),
    "no expression but bindings": (["grad", "--x", "2"], "an expression is missing", "quotes"),
    "empty expression": (["grad", ""], "there is no expression here", "write one"),
    "empty standard input": (["grad", "-"], "there is no expression here", "write one"),
    "syntax": (["grad", "x +* 2", "--x", "1"], "an operand is expected", "write a number"),
    "unclosed": (["eval", "sin(x", "--x", "1"], "is missing", "`)`"),
    "two readings": (["grad", "1/2x", "--x", "1"], "two ways", "(1/2)*x or 1/(2*x)"),
    "wrt unknown": (["grad", "x", "--x", "1", "--wrt", "z"], "does not depend on `z`", "x"),
    "wrt misspelt": (["grad", "alpha", "--alpha", "1", "--wrt", "alhpa"], "`alhpa`", "did you mean alpha?"),
    "wrt empty": (["grad", "x", "--x", "1", "--wrt", ""], "--wrt names no variable", "--wrt x,w"),
    "raw unknown": (["grad", "x", "--x", "1", "--raw", "q"], "no number called `q`", "x, f"),
    "raw and json": (["grad", "x", "--x", "1", "--raw", "x", "--json"], "--raw prints one number", "leave"),
    "raw and lr": (["grad", "x", "--x", "1", "--raw", "x", "--lr", "1"], "--raw prints one number", "leave"),
    "raw and csv": (["eval", "x", "--x", "1", "--raw", "--format", "csv"], "--raw prints one number", "leave"),
    "two forms": (["grad", "x", "--x", "1", "--json", "--format", "csv"], "ask for two forms", "one of them"),
    "steps without lr": (["grad", "x", "--x", "1", "--steps", "3"], "no learning rate", "--lr 0.1"),
    "lr by a definition": (["grad", "y = x; 2*y^2", "x=1", "--wrt", "q", "--lr", "1"], "`q`", "x"),
    "lr, defined": (["grad", "y = 2*x; y^2", "x=1", "--wrt", "y", "--lr", "1"], "`y` is defined", "--wrt"),
    "lr no number": (["grad", "x", "--x", "1", "--lr", "fast"], "'--lr'", "--help"),
    "steps zero": (["grad", "x", "--x", "1", "--lr", "1", "--steps", "0"], "'--steps'", "--help"),
    "digits": (["grad", "x", "--x", "1", "--digits", "40"], "'--digits'", "--help"),
    "form": (["grad", "x", "--x", "1", "--format", "yaml"], "'yaml' is not one of", "--help"),
    "colour": (["grad", "x", "--x", "1", "--color", "pink"], "'pink' is not one of", "--help"),
    "option of another command": (["eval", "x", "--x", "1", "--verify"], "--verify has no value", "--help"),
    "two inputs": (["grad", "-", "--bind", "-"], "standard input cannot be both", "file"),
    "command unknown": (["gard", "x"], "`gard` is not a command", "did you mean grad?"),
    "command unlike any": (["frobnicate"], "`frobnicate` is not a command", "grad, eval, explain, graph, check, rules"),
    "formula as command": (["x^2"], "`x^2` is not a command", 'gradcli grad "x^2"'),
    "operator unknown": (["rules", "coshh"], "no operator `coshh`", "cosh"),
    "operator unlike any": (["rules", "qqqq"], "no operator `qqqq`", "`gradcli rules`"),
    "rules as csv": (["rules", "--format", "csv"], "no form csv", "table, plain or json"),
    "rules of two": (["rules", "tanh", "relu"], "(relu)", "--help"),
    "byte in the expression": (["grad", "x\udcff", "--x", "1"], "not UTF-8", "UTF-8"),
    "byte in a value": (["grad", "x", "--x", "\udcff"], "not UTF-8", "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message", "mend"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_says_what_is_wrong_and_how_to_mend_it(
    gradcli: Gradcli, arguments: list[str], message: str, mend: str
) -> None:
    code, out, err = gradcli(*arguments)
    assert (code, out) == (USAGE, "")
    first, last = err.splitlines()[0], err.splitlines()[-1]
    assert first.startswith("error: ")
    assert message in first
    assert last.startswith("mend: ")
    assert mend in last


PLACES = {
    "expression": (["grad", "x + y*2", "x=1"], "expression", "x + y*2", "    ^"),
    "second line": (["grad", "y = x\ny*w", "x=1"], "expression, line 2", "y*w", "  ^"),
    "value": (["grad", "x", "--x", "2 + a"], "--x", "2 + a", "    ^"),
    "standard input": (["grad", "-", "x=1"], "standard input", "x $", "  ^"),
    "wide letters": (["grad", "変数 + )", "変数=1"], "expression", "変数 + )", "       ^"),
}


@pytest.mark.parametrize(("arguments", "name", "line", "caret"), PLACES.values(), ids=PLACES)
def test_a_mistake_is_shown_where_it_is(
    gradcli: Gradcli, arguments: list[str], name: str, line: str, caret: str
) -> None:
    shown = gradcli(*arguments, stdin="x $").err.splitlines()
    assert shown[1:4] == [f"   in {name}:", f"   {line}", f"   {caret}"]


FILES = {
    "not JSON": (b'{"x": ', "not JSON"),
    "empty": (b"", "not JSON"),
    "a list": (b"[1]", "no JSON object"),
    "a text": (b'{"x": "two"}', "`x` is not a number"),
    "a list that is no array": (b'{"x": [2, [3]]}', "`x` is no array"),
    "true": (b'{"x": true}', "`x` is not a number"),
    "null": (b'{"x": null}', "`x` is not a number"),
    "not UTF-8": (b'{"x\xff": 2}', "not UTF-8: byte 4 is 0xff"),
    "a bomb": (b"[" * 200_000, "nested too deeply"),
    "a bomb of objects": (b'{"x":' * 200_000, "nested too deeply"),
    "bindings of no use": (b'{"bindings": {"x": "two"}}', "`x` is not a number"),
}


@pytest.mark.parametrize(("content", "message"), FILES.values(), ids=FILES)
def test_a_bad_file_of_bindings(gradcli: Gradcli, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "weights.json"
    path.write_bytes(content)
    for answer in (gradcli("grad", "x", "--bind", str(path)), gradcli("grad", "x", "--bind", "-", stdin=content)):
        assert (answer.code, answer.out) == (FILE, "")
        assert message in answer.err
        assert answer.err.splitlines()[-1].startswith("mend: ")


def test_a_file_that_cannot_be_read(gradcli: Gradcli, tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path, Path("\0")):
        for arguments in (["x", "--bind", str(path)], [f"@{path}"]):
            code, out, err = gradcli("grad", *arguments)
            assert (code, out) == (FILE, "")
            assert err.startswith("error: cannot read ")


def test_an_expression_in_bytes_that_are_not_utf_8(gradcli: Gradcli, tmp_path: Path) -> None:
    path = tmp_path / "loss.txt"
    path.write_bytes(b"x\xff")
    assert gradcli("grad", f"@{path}", "x=1").code == FILE
    code, _, err = gradcli("grad", "-", "x=1", stdin=b"x\xff")
    assert code == USAGE
    assert "byte 2 is 0xff" in err


TERMINAL_COMMANDS = [
    ["grad", f"x{ESCAPE}", "x=1"],
    ["grad", f"`a{ESCAPE}`", "x=1"],
    ["grad", "x", f"--x={ESCAPE}2"],
    ["grad", "x", "x=1", f"--let={ESCAPE}"],
    ["grad", "x", "x=1", f"--y{ESCAPE}", "2"],
    ["grad", "x", "x=1", "--wrt", ESCAPE],
    ["grad", "x", "x=1", "--raw", ESCAPE],
    ["grad", "x", "x=1", "--lr", ESCAPE],
    ["grad", "x", "x=1", "--format", ESCAPE],
    ["grad", "x", "x=1", "--bind", f"no{ESCAPE}.json"],
    ["grad", f"@no{ESCAPE}.txt"],
    ["rules", ESCAPE],
    ["rules", "tanh", ESCAPE],
    [ESCAPE],
]


@pytest.mark.parametrize("arguments", TERMINAL_COMMANDS, ids=repr)
def test_what_is_typed_cannot_command_the_terminal(gradcli: Gradcli, arguments: list[str]) -> None:
    code, out, err = gradcli(*arguments)
    assert code in (USAGE, FILE)
    assert "\x1b" not in out + err


def test_names_in_a_file_cannot_command_the_terminal(gradcli: Gradcli) -> None:
    content = json.dumps({f"x{ESCAPE}": "no number", "y": ESCAPE})
    assert "\x1b" not in gradcli("grad", "y", "--bind", "-", stdin=content).err
    assert "\x1b" not in gradcli("grad", "z", "--bind", "-", stdin=content).err


def test_two_errors_are_one_kind_each(gradcli: Gradcli) -> None:
    names = [f"v{number}" for number in range(30)]
    err = gradcli("grad", "+".join(names)).err
    assert "v0, v1, v2 and 27 more have no value" in err
