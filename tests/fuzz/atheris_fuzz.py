"""The contract of `tests/support/contract.py` under a coverage-guided fuzzer; not part of the tests, for it never ends by itself.

    pip install atheris "gradcli[data]"
    python tests/fuzz/atheris_fuzz.py [SECONDS]      # 60 by default

The first byte chooses what is fuzzed: the language, LaTeX, values typed by hand, files of bindings, claims, files of claims,
tables of every form, and requests: any options of any command, on any operator, at any double.
What breaks the contract ends the run with a traceback, and libFuzzer writes the bytes to a file `crash-…`, which
`python tests/fuzz/atheris_fuzz.py crash-…` runs again.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from hypothesis import given

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: pip install atheris (Linux and macOS)")

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
with atheris.instrument_imports(include=["gradcli"]):
    from asked import Request, requests
    from contract import check, check_map, check_same

    from gradcli.cli import COMMANDS

    later = ("gradcli.claims.judge", "gradcli.verify.audit", "gradcli.show.claims", "gradcli.cli.map.run")
    for module in (*COMMANDS.values(), *later):
        import_module(module)

LOSS = "y = x*w; L = (y - 2)^2"
QUICK = "--seconds=0.05"
LONGEST, MEGABYTES = 400, 2048


def language(text: str, raw: bytes) -> None:
    """A formula on standard input, every variable of which would need a number."""
    check(["grad", "-", "--x=2", "--w=0"], raw)


def latex(text: str, raw: bytes) -> None:
    """A formula in LaTeX."""
    check(["grad", "-", "--x=2", "--w=0"], b"\\alpha " + raw)


def evaluated(text: str, raw: bytes) -> None:
    """A formula of x and w, with numbers for both."""
    check(["eval", f"({text})*0 + x*w", "--x=2", "--w=0"])


def checked(text: str, raw: bytes) -> None:
    """A formula held against mathematics, at points of its own domain."""
    check(["check", "-", QUICK], raw)


def value(text: str, raw: bytes) -> None:
    """A value typed by hand."""
    check(["grad", "x^2", f"--x={text}"])


def bindings(text: str, raw: bytes) -> None:
    """A file of bindings."""
    check(["grad", "x*w", "--bind", "-"], raw)


def claim(text: str, raw: bytes) -> None:
    """A claim, and the right side of one."""
    check(["check", LOSS, f"--claim={text}", QUICK])
    check(["check", LOSS, f"--claim=dL/dw = {text}", QUICK])


def claims(text: str, raw: bytes) -> None:
    """A file of claims."""
    check(["check", LOSS, "--claims", "-", QUICK], raw)


def table(text: str, raw: bytes) -> None:
    """A table in whatever form its first bytes tell."""
    check_map(["2*w", "--w", "3", "--to", "csv", "--on-error", "skip"], raw)


def cells(text: str, raw: bytes) -> None:
    """The rows of CSV, read whole and in pieces."""
    rows(b"x,s,y\n" + raw, "csv")


def objects(text: str, raw: bytes) -> None:
    """The rows of NDJSON, read whole and in pieces."""
    rows(b'{"x":1,"y":2}\n' + raw, "ndjson")


def rows(content: bytes, form: str) -> None:
    """The rows of a text, with every outcome of those that are bad."""
    for on_error in ("fail", "skip", "null"):
        arguments = ["x*y - x", "--from", form, "--on-error", on_error]
        check_same(arguments, content, check_map(arguments, content), block=len(content) // 3 + 1)


@given(requests(("grad", "eval", "check", "rules")))
def request(it: Request) -> None:
    """Any request: what hypothesis makes of the bytes."""
    check(*it)


FUZZED: Callable[[bytes], object] = vars(request)["hypothesis"].fuzz_one_input


def asked(text: str, raw: bytes) -> None:
    """A request, the bytes of which choose its words."""
    FUZZED(raw)


SURFACES: tuple[Callable[[str, bytes], None], ...] = (
    *(language, latex, evaluated, checked, value, bindings, claim, claims),
    *(table, cells, objects),
    *(asked,) * 3,
)


def one_input(content: bytes) -> None:
    """Fuzz the surface that the first byte chooses with the bytes that follow."""
    if content:
        raw = content[1:]
        SURFACES[content[0] % len(SURFACES)](raw.decode("utf-8", "surrogateescape"), raw)


def main(arguments: list[str]) -> None:
    """Fuzz for so many seconds, or run one file again."""
    wanted = arguments[0] if arguments else "60"
    told = [f"-max_total_time={wanted}"] if wanted.isdigit() else [wanted]
    # No short timeout of libFuzzer: it would take the alarm by which gradcli keeps its own time limits.
    kept = [f"-max_len={LONGEST}", f"-rss_limit_mb={MEGABYTES}", "-timeout=86400", "-len_control=0"]
    atheris.Setup([sys.argv[0], *kept, *told], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
