"""The limits that the help states are those that are kept: at each there is an error that says so, and no crash."""

import pytest
from conftest import Gradcli

from gradcli.cli import source
from gradcli.cli.main import COMMANDS, LIMITS, WITHOUT_FORMULA
from gradcli.graph import graph
from gradcli.language import scope, tokens
from gradcli.verify import precise

DOUBLING = "f0(x) = x + x; " + "; ".join(f"f{at}(x) = f{at - 1}(f{at - 1}(x))" for at in range(1, 30)) + "; f29(x)"


def test_the_numbers_are_those_of_the_program() -> None:
    assert LIMITS.startswith(f"Limits: {graph.MAX_NODES:,} operations, {scope.MAX_INLINED:,} of them out of functions")
    assert f"numbers of {tokens.MAX_DIGITS:,} characters; files of {source.MAX_BYTES >> 20} MB" in LIMITS
    assert f"{precise.MOST_DIGITS:,} digits, and {precise.SECONDS:g} s for them" in LIMITS
    assert f"Beyond {precise.MOST_NODES:,} operations --precision auto is double" in LIMITS


@pytest.mark.parametrize("command", [(name,) for name in COMMANDS if name not in WITHOUT_FORMULA] + [()])
def test_the_help_states_them(gradcli: Gradcli, command: tuple[str, ...]) -> None:
    assert LIMITS in " ".join(gradcli(*command, "--help").out.split())


def test_operations(gradcli: Gradcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "MAX_NODES", 100)
    code, out, err = gradcli("grad", "x" + "*x+1" * 100, "--x", "1")
    assert (code, out) == (2, "")
    assert "the expression has more than 100 operations" in err


def test_operations_out_of_functions(gradcli: Gradcli) -> None:
    code, out, err = gradcli("eval", DOUBLING, "--x", "1")
    assert (code, out) == (2, "")
    assert "unfold to more than 1,000,000 operations" in err


@pytest.mark.parametrize("command", ["grad", "eval", "check"])
def test_characters_of_a_number(gradcli: Gradcli, command: str) -> None:
    assert gradcli("eval", "0." + "1" * 998).code == 0
    code, out, err = gradcli(command, "0." + "1" * 999)
    assert (code, out) == (2, "")
    assert "this number has 1,001 characters; gradcli reads up to 1,000" in err


@pytest.mark.parametrize(
    ("arguments", "code"), [(["grad", "-"], 2), (["grad", "x", "--bind", "-"], 4), (["check", "x", "--claims", "-"], 4)]
)
def test_bytes_of_a_file(gradcli: Gradcli, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 1 << 20)
    answer = gradcli(*arguments, stdin=b" " * ((1 << 20) + 1))
    assert (answer.code, answer.out) == (code, "")
    assert "standard input has more than 1 MB" in answer.err


@pytest.mark.parametrize("command", ["grad", "eval", "check"])
def test_digits(gradcli: Gradcli, command: str) -> None:
    assert gradcli(command, "1/3", "--precision", "10000").code == 0
    code, out, err = gradcli(command, "1/3", "--precision", "10001")
    assert (code, out) == (2, "")
    assert "from 1 to 10,000 digits" in err


def test_seconds_for_digits(gradcli: Gradcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precise, "SECONDS", 0.02)
    formula = "+".join(f"lgamma({at}.1)" for at in range(1, 200))
    code, out, err = gradcli("eval", formula, "--precision", "9000")
    assert (code, out) == (2, "")
    assert "9,000 digits of this formula take more than 0.02 s" in err


def test_memory(gradcli: Gradcli, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("gradcli.cli.evaluate.answered", exhausted)
    code, out, err = gradcli("eval", "x", "--x", "1")
    assert (code, out) == (2, "")
    assert err.startswith("error: there is not enough memory for this")


def test_operations_whose_errors_are_followed(gradcli: Gradcli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precise, "MOST_NODES", 4)
    code, out, err = gradcli("eval", "(1 - cos(x))/x^2", "--x", "1e-9")
    assert (code, out) == (0, "f\t0\n")
    assert "evaluated in plain double precision" in err
