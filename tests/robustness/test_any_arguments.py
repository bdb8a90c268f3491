"""Whatever is typed, gradcli ends with one of its exit codes and never with a traceback."""

import shlex

import pytest
from contract import check
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""The alarm of a time limit may ring in hypothesis's own callback of the garbage collector; it rings again."""

WORDS = st.sampled_from(
    shlex.split(
        "grad eval explain rules --level --level=brief full x y w x^2 x*w 1/x log(x) abs(x) -x^2 (x x)) 1/2x @ @nosuch - -- --x --w --x=2 --w=-1 --x=0 x=2 "
        "y=pi w=x =2 x= 2 -1 1e999 nan --let --let=x=2 --bind --bind=- --wrt --wrt=x x,w --lr --lr=0.1 --steps --steps=3 "
        "--json --format --format=csv table plain ndjson tsv markdown latex yaml --raw --raw=x --digits --digits=3 --rows "
        "--rows=0 --color --color=always never --help -h --version --bogus -x sin * ** é х ` `a y=x;y^2 f(x)=x "
        "--precision --precision=exact --precision=30 --precision=x --verify"
    )
)
CHECKED = st.sampled_from(
    shlex.split(
        "--claim --claim=df/dx=2x --claim=dq/dx --claims --claims=- df/dx=2*x --seconds=0.05 --seconds --precision=9"
    )
)
ARGUMENTS = st.lists(WORDS | st.text(max_size=8), max_size=6)
STDIN = st.sampled_from([b"", b"x^2", b'{"x": 2, "w": 3}', b"[", b"\xff"]) | st.binary(max_size=8)


@examples(600)
@given(arguments=ARGUMENTS, stdin=STDIN, command=st.sampled_from([["grad"], ["eval"], ["explain"], ["rules"], []]))
def test_any_arguments(arguments: list[str], stdin: bytes, command: list[str]) -> None:
    check([*command, *arguments], stdin)


@examples(200)
@given(arguments=st.lists(WORDS | CHECKED, max_size=6), stdin=STDIN)
def test_any_arguments_of_a_check(arguments: list[str], stdin: bytes) -> None:
    check(["check", "--seconds=0.05", *arguments], stdin)
