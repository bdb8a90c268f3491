"""Every command helps: it lists its options, shows an example, and the overview lists the commands."""

import json
import re
import shlex
from importlib import import_module
from importlib.metadata import version

import pytest
import typer
from conftest import Answer, Gradcli

from gradcli.cli import COMMANDS
from gradcli.operators.spellings import SHAPED, SPELLINGS
from gradcli.operators.table import OPERATORS


def options(name: str) -> list[str]:
    app = typer.Typer(add_completion=False)
    app.command()(import_module(COMMANDS[name]).command)
    shown = [it for it in typer.main.get_command(app).params if not getattr(it, "hidden", False)]
    return [option for parameter in shown for option in parameter.opts]


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_the_overview_lists_all_commands(gradcli: Gradcli, arguments: tuple[str, ...]) -> None:
    code, out, err = gradcli(*arguments)
    assert (code, err) == (0, "")
    words = " ".join(out.split())
    for name, module in COMMANDS.items():
        assert f" {name} {(import_module(module).command.__doc__ or '').partition(chr(10))[0]} " in words
    assert "--version" in out


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_a_command_lists_its_options_and_exit_codes(gradcli: Gradcli, name: str, flag: str) -> None:
    code, out, _ = gradcli(name, flag)
    assert code == 0
    for option in options(name):
        assert option in out
    assert name == "rules" or "Exit codes" in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_in_the_help_runs(gradcli: Gradcli, name: str) -> None:
    example = re.search(rf"^ *gradcli ({name} .*?) *$", gradcli(name, "--help").out, re.MULTILINE)
    assert example
    code, out, err = gradcli(*shlex.split(example[1]))
    assert code == 0
    assert re.fullmatch("(note: trains .*\n)?", err)
    assert out


def test_help_after_anything_is_help(gradcli: Gradcli) -> None:
    assert gradcli("grad", "x^2", "--x", "2", "--help") == gradcli("grad", "--help")


def test_the_version(gradcli: Gradcli) -> None:
    assert gradcli("--version") == Answer(0, f"gradcli {version('gradcli')}\n", "")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("abs", {"turns there": "at the rate abs(dx), as x moves at the rate dx"}),
        (
            "sign",
            {
                "jumps there": "to sign(dx), as x moves at the rate dx",
                "turns there": "at the rate 0, as x moves at the rate dx",
            },
        ),
        ("max", {"turns there": "at the rate max(dx, …) of the operands that tie"}),
        ("tanh", {}),
    ],
)
def test_a_rule_says_what_happens_beside_its_kink(gradcli: Gradcli, name: str, told: dict[str, str]) -> None:
    facts = dict(line.split("\t") for line in gradcli("rules", name).out.splitlines())
    assert {label: text for label, text in facts.items() if label.endswith("there")} == told
    (record,) = json.loads(gradcli("rules", name, "--json").out)
    assert (record["turn"], record["beside"]) == (OPERATORS[name].directional, OPERATORS[name].one_sided_limit)


def test_a_rule_tells_the_textbook_form_under_the_derivative_it_belongs_to(gradcli: Gradcli) -> None:
    facts = [line.split("\t") for line in gradcli("rules", "pow").out.splitlines()]
    labels = [label for label, _ in facts]
    assert labels[labels.index("d/dx") :][:4] == ["d/dx", "textbook", "d/dy", "textbook"]
    assert [text for label, text in facts if label == "textbook"] == ["y*x^(y - 1)", "result*log(x)"]
    assert "textbook" not in gradcli("rules", "sin").out
    forms = {name: json.loads(gradcli("rules", name, "--json").out)[0]["textbook"] for name in ("/", "tanh", "sin")}
    assert forms == {"/": {"d/dy": "-x/y^2"}, "tanh": {"d/dx": "1 - result^2"}, "sin": {}}


def test_all_rules_are_listed(gradcli: Gradcli) -> None:
    assert len(json.loads(gradcli("rules", "--json").out)) == len(OPERATORS) + len(SPELLINGS) + len(SHAPED)
    assert len(gradcli("rules").out.splitlines()) == len(OPERATORS) + len(SPELLINGS) + len(SHAPED)
    assert max(map(len, gradcli("rules", "--format", "table").out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("tanh", "d/dx\t(1/cosh(x))^2"),
        ("sigmoid", "d/dx\tresult*sigmoid(-x)"),
        ("*", "d/dy\tx"),
        ("×", "operator\tx * y"),
        ("mul", "operator\tx * y"),
        ("**", "operator\tx ^ y"),
        ("ln", "operator\tlog(x)"),
        ("π", "operator\tpi"),
        ("-", "operator\t-x"),
    ],
)  # fmt: skip
def test_a_rule_by_name_symbol_or_alias(gradcli: Gradcli, name: str, line: str) -> None:
    assert line in gradcli("rules", name).out.splitlines()


@pytest.mark.parametrize("form", ["table", "plain", "json"])
@pytest.mark.parametrize("name", OPERATORS)
def test_every_rule_can_be_shown(gradcli: Gradcli, name: str, form: str) -> None:
    code, out, _ = gradcli("rules", name, "--format", form)
    assert code == 0
    assert OPERATORS[name].doc.split()[0] in out
