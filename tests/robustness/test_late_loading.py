"""SymPy takes long to load where no bytecode is kept: an alarm in the middle costs a proof, and breaks nothing after."""

import subprocess
import sys

CHECKED_TWICE = """
import gradcli
for seconds in ({seconds}, 60):
    print(gradcli.check("log(1 + exp(x*w))", claims="df/dx = w/(1 + exp(-x*w))", seconds=seconds).verdict)
"""
LOADED_TWICE = """
import sys
from gradcli.proof.loading import loaded
from gradcli.time_limit import within
assert within({seconds}, lambda: loaded("is_zero"), None) is None
assert not [name for name in sys.modules if name.split(".")[0] == "sympy"]
import_again = loaded("is_zero").sympy
x = import_again.Symbol("x")
print(loaded("is_zero").is_zero(import_again.sin(x)**2 + import_again.cos(x)**2 - 1))
"""


def printed(program: str) -> list[str]:
    found = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False)
    assert found.stderr == ""
    return found.stdout.split()


def test_a_claim_without_time_for_a_proof_is_no_error() -> None:
    first, second = printed(CHECKED_TWICE.format(seconds=0.5))
    assert first in ("unchecked", "agrees", "proved")
    assert second == "proved"


def test_half_of_sympy_does_not_stay() -> None:
    assert printed(LOADED_TWICE.format(seconds=0.1)) == ["True"]
