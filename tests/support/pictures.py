"""Pictures for README: what commands show on a terminal, in its colours, as SVG that Rich draws; and drawn graphs.

    python tests/support/pictures.py      writes them as they are drawn now, to be reviewed

So does pytest tests/test_readme.py --update-prose. A picture is a window of its own, dark on any page; its fonts are
those of the reader's machine, so that nothing is loaded.
"""

import io
import re

from prose import ROOT, printed
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

FOLDER = ROOT / "samples" / "pictures"
PICTURES = {
    "grad": 'gradcli grad "(x*w-2)**2" --x 2 --w 3',
    "check": " \\\n    ".join(
        (
            'gradcli check "h1 = tanh(w1*x); h2 = tanh(w2*h1); L = (h2-t)²"',
            '--claim "dL/dh2 = 2*(h2-t)"',
            '--claim "dL/dh1 = 2*(h2-t)*(1-h1²)*w2"',
            '--claim "dL/dw1 = 2*(h2-t)*(1-h1²)*w2*(1-h1²)*x"',
        )
    ),
    "verify": 'gradcli check "x*tanh(w)" --x 2 --w 3',
}
"""Name → the command that is shown, and run."""
GRAPHS = {"graph": 'gradcli graph "y = x*w; L = (y - target)^2" --x 2 --w 3 --target 2 --format svg'}
"""Name → the command that draws the picture itself."""
HARD = ROOT / "samples" / "11-drawings.md"
"""A page of pictures, each with the command that makes it: the file that it writes is the picture's."""
COMMAND = re.compile(r"^    (gradcli graph (?:.*\\\n +)*.*) -o ((\w+)\.(\w+))$", re.MULTILINE)


def samples() -> dict[str, str]:
    """File → the command that draws it, of the page of samples."""
    found = COMMAND.findall(HARD.read_text(encoding="utf-8"))
    return {file: f"{command} --format {form}" for command, file, _, form in found}


AS_ON_A_TERMINAL = " --format table --color always --seconds 60"
"""With time enough on a busy machine: what is proved is proved."""
FOREGROUND, BACKGROUND = (230, 232, 235), (27, 31, 38)
COLOURS = [
    (110, 118, 129),
    (255, 123, 114),
    (126, 211, 133),
    (234, 196, 96),
    (121, 184, 255),
    (216, 160, 255),
    (99, 208, 222),
    (230, 232, 235),
]
"""Black, red, green, yellow, blue, magenta, cyan and white, each of which can be read on the background."""
WIDTH_OF_A_LETTER = 0.6
"""As a part of its height, in the fonts below."""
COLUMN = 9
"""The width in pixels of a column of the terminal, where the page has room."""
BLANKS = r" {2,}|(?m:^ )"
"""What parts a line, so that each part has its own place: some viewers drop blanks that a text begins with."""
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="WIDTH">
<style>
.{unique_id}-matrix {{ font-family: Menlo, "DejaVu Sans Mono", "Liberation Mono", Consolas, monospace; font-size: {char_height}px }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def drawn(file: str) -> str:
    """The picture of that file as it is drawn now."""
    name = file.partition(".")[0]
    command = samples().get(file) or GRAPHS.get(name)
    return printed(command) if command else _terminal(name)


def files() -> list[str]:
    """All of them."""
    return [*(f"{name}.svg" for name in (*PICTURES, *GRAPHS)), *samples()]


def _terminal(name: str) -> str:
    lines = [Text(f"$ {PICTURES[name]}"), Text.from_ansi(printed(PICTURES[name] + AS_ON_A_TERMINAL).rstrip())]
    columns = 1 + max(max(map(len, line.plain.splitlines())) for line in lines)
    screen = Console(
        record=True,
        file=io.StringIO(),
        width=columns,
        color_system="standard",
        force_terminal=True,
        legacy_windows=False,
    )
    for line in lines:
        line.highlight_regex(BLANKS, "none")
        screen.print(line, highlight=False)
    picture = screen.export_svg(
        title="",
        theme=TerminalTheme(BACKGROUND, FOREGROUND, COLOURS),
        code_format=FRAME.replace("WIDTH", str(columns * COLUMN)),
        font_aspect_ratio=WIDTH_OF_A_LETTER,
        unique_id=name,
    )
    return "\n".join(filter(None, map(str.strip, picture.splitlines()))) + "\n"


def main() -> None:
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for file in files():
        (FOLDER / file).write_text(drawn(file), encoding="utf-8")


if __name__ == "__main__":
    main()
