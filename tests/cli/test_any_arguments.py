"""Whatever is typed, gradcli ends with one of its exit codes and never with a traceback."""

import contextlib
import io
import re
import shlex
import sys
from types import SimpleNamespace
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from gradcli.cli.main import run

WORDS = st.sampled_from(
    shlex.split(
        "grad eval rules x y w x^2 x*w 1/x log(x) abs(x) -x^2 (x x)) 1/2x @ @nosuch - -- --x --w --x=2 --w=-1 --x=0 x=2 "
        "y=pi w=x =2 x= 2 -1 1e999 nan --let --let=x=2 --bind --bind=- --wrt --wrt=x x,w --lr --lr=0.1 --steps --steps=3 "
        "--json --format --format=csv table plain ndjson tsv markdown latex yaml --raw --raw=x --digits --digits=3 --rows "
        "--rows=0 --color --color=always never --help -h --version --bogus -x sin * ** é х ` `a y=x;y^2 f(x)=x"
    )
)
ARGUMENTS = st.lists(WORDS | st.text(max_size=8), max_size=6)
STDIN = st.sampled_from([b"", b"x^2", b'{"x": 2, "w": 3}', b"[", b"\xff"]) | st.binary(max_size=8)


def answered(arguments: list[str], stdin: bytes) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin))),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        return run(arguments), err.getvalue()


@settings(max_examples=1000, deadline=None)
@given(arguments=ARGUMENTS, stdin=STDIN, command=st.sampled_from([["grad"], ["eval"], ["rules"], []]))
def test_any_arguments(arguments: list[str], stdin: bytes, command: list[str]) -> None:
    code, err = answered([*command, *arguments], stdin)
    assert code in (0, 2, 3, 4)
    assert "Traceback" not in err
    if code in (2, 4):
        assert re.match(r"(\x1b\[[\d;]+m)?error: ", err)
