"""How fast a page of some 500 nodes is in the system's Chromium: its first paint, and a frame while a slider moves.

    python tests/benchmarks/page.py [--moves 60]

The formula is a network of three layers, drawn without folding; its drawing is in sight. A frame's work is all that the
page's thread does for it, script, style, layout and paint, in time of the processor and by the clock, which differ on a
busy machine. Beside it stands what the script measures: the numbers computed and written.
"""

import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.cli.main import run

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTH = 9
MOVE = """async (at) => {
  const slider = document.querySelector("#bindings input[type=range]"), { min, max } = slider;
  slider.value = Number(min) + ((max - min) * ((at * 17) % 61)) / 61;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((on) => requestAnimationFrame(() => setTimeout(on)));
}"""
SCRIPT = "performance.getEntriesByName('frame', 'measure').map((it) => it.duration)"
IN_SIGHT = "document.querySelector('#drawing').scrollIntoView()"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


class Work(NamedTuple):
    """What frames took, each in milliseconds."""

    frames: list[float]

    @property
    def middle(self) -> float:
        return median(self.frames)

    @property
    def most(self) -> float:
        """At the 95th percentile."""
        return sorted(self.frames)[int(0.95 * len(self.frames))]

    def __str__(self) -> str:
        return f"median {self.middle:.1f} ms, 95% {self.most:.1f} ms"


class Speed(NamedTuple):
    """The first paint in milliseconds, and a frame's work: of the processor, by the clock, and that of the script alone."""

    paint: float
    processor: Work
    clock: Work
    script: Work


def network(width: int = WIDTH) -> tuple[str, dict[str, float]]:
    """A formula of two hidden layers, and its bindings."""
    names = [f"x{at}" for at in range(width)]
    bindings = {name: 0.1 * (at + 1) for at, name in enumerate(names)}
    lines = []
    for layer in range(2):
        weights = [[f"w{layer}_{to}_{by}" for by in range(width)] for to in range(width)]
        bindings |= {
            name: round(0.1 * (at % 11 - 5), 3) for at, name in enumerate(name for row in weights for name in row)
        }
        lines += [
            f"h{layer}_{to} = tanh({' + '.join(map('*'.join, zip(row, names, strict=True)))})"
            for to, row in enumerate(weights)
        ]
        names = [f"h{layer}_{to}" for to in range(width)]
    return "; ".join([*lines, "L = " + " + ".join(f"({name} - 0.5)^2" for name in names)]), bindings


def write(path: Path, width: int = WIDTH) -> None:
    """The page of the network."""
    formula, bindings = network(width)
    bound = [f"{name}={x}" for name, x in bindings.items()]
    assert run(["graph", formula, "--collapse", "none", "--out", str(path), *bound]) == 0


def measured(page: "Page", address: str, moves: int = 60, loads: int = 3) -> Speed:
    """The best first paint of some, and the frames of a drag."""
    paints = [_paint(page, address) for _ in range(loads)]
    page.evaluate(IN_SIGHT)
    clocks = [_clock(page, domain) for domain in ("threadTicks", "timeTicks")]
    page.evaluate(MOVE, -1)
    page.evaluate("performance.clearMeasures()")
    told = [[_busy(clock) for clock in clocks]]
    for at in range(moves):
        page.evaluate(MOVE, at)
        told.append([_busy(clock) for clock in clocks])
    processor, clock = ([later - before for before, later in pairwise(each)] for each in zip(*told, strict=True))
    return Speed(min(paints), Work(processor), Work(clock), Work(page.evaluate(SCRIPT)))


def _paint(page: "Page", address: str) -> float:
    page.goto(address)
    page.wait_for_timeout(1000)
    return float(page.evaluate(PAINT))


def _clock(page: "Page", domain: str) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": domain})
    return session


def _busy(session: Any) -> float:
    """The milliseconds that the page's thread has worked."""
    told = session.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(it["value"] for it in told if it["name"] == "TaskDuration"))


def main() -> None:
    sys.path[:0] = [str(Path(__file__).parents[1] / "support")]
    from browsing import ARGUMENTS, chromium
    from heading import asked, heading
    from playwright.sync_api import sync_playwright

    moves = asked(__doc__, moves=60).moves
    print(heading("playwright"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "page.html"
        write(path)
        browser = driver.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        speed = measured(page, path.as_uri(), moves)
        boxes = page.locator("#drawing [data-box]").count()
        print(f"{boxes} boxes, {path.stat().st_size / 1e3:,.0f} kB: first paint {speed.paint:.0f} ms")
        print(f"a frame's work, of the processor: {speed.processor}")
        print(f"by the clock: {speed.clock}; of the script alone: {speed.script}")
        browser.close()


if __name__ == "__main__":
    main()
