"""A page of `gradcli graph` that is open in a browser: what it shows, and what may go wrong in it.

Depends on Playwright, whose pages it is given.
"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SETTLED = "performance.getEntriesByName('settle', 'measure').length"
WAIT = f"""async (known) => {{
  for (const start = performance.now(); {SETTLED} <= known; await new Promise((on) => setTimeout(on, 10)))
    if (performance.now() - start > 20_000) throw new Error("the page never settles");
}}"""
"""Playwright's own waiting makes functions of texts, which the page forbids."""
SCRIPTS = Path(__file__).parents[2] / "gradcli" / "page" / "script"
SHOWN = """() => {
  const stage = document.querySelector(".stage"), parts = (kind) => [...stage.querySelectorAll(`[data-${kind}]`)].sort((a, b) => a.dataset[kind] - b.dataset[kind]);
  const told = parts("arrow").map((arrow) => arrow.querySelector("title").textContent);
  const column = (at) => [...document.querySelectorAll("#table tbody tr")].map((row) => row.cells[at].textContent);
  const drawn = (part) => parts("box").map((group) => group.querySelector(part)?.textContent);
  return { values: column(4), adjoints: column(5), arrows: told,
           answer: [...document.querySelectorAll(".answer b")].map((b) => b.textContent),
           drawn: { values: drawn(".g-v"), adjoints: drawn(".g-d") },
           lines: [...document.querySelectorAll(".steps li")].map((line) => line.textContent) };
}"""


def chromium() -> str | None:
    """The path of the system's Chromium."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Opened:
    """A page at an address; `wrong` is what went wrong so far."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page, self.address = page, address
        self.wrong: list[str] = []
        self.listeners: dict[Any, Callable[[Any], None]] = {
            "console": lambda message: self.wrong.append(f"console: {message.text}"),
            "pageerror": lambda error: self.wrong.append(f"error: {error}"),
            "request": lambda request: self._asked(request.url),
        }
        for event, listener in self.listeners.items():
            page.on(event, listener)
        page.goto("about:blank")
        page.goto(address)
        self.settled(0)

    def leave(self) -> None:
        """Listen no more."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "about:")):
            self.wrong.append(f"request: {url[:100]}")

    def settled(self, before: int | None = None) -> None:
        """Wait until the page has shown what was asked for; `before` is how often it had done so before."""
        if self.page.evaluate("document.documentElement.classList.contains('on')"):
            self.page.evaluate(WAIT, self.page.evaluate(SETTLED) if before is None else before)

    def done(self, act: Any) -> None:
        """Do something, and wait until the page shows it."""
        before = self.page.evaluate(SETTLED)
        act()
        self.settled(before)

    def turn(self, hash_: str) -> None:
        """Go to an address on the page."""
        self.done(lambda: self.page.evaluate("to => { location.hash = to }", hash_))

    def move(self, bindings: Mapping[str, float]) -> None:
        """Bind the variables to other numbers."""
        self.turn(urlencode({f"at.{name}": repr(value) for name, value in bindings.items()}))

    def shown(self) -> dict[str, Any]:
        """The numbers that stand on the page."""
        found: dict[str, Any] = self.page.evaluate(SHOWN)
        return found

    def text(self, selector: str) -> str:
        return self.page.locator(selector).text_content() or ""

    def slide(self, selector: str, to: float) -> None:
        """Drag a slider."""
        script = "([key, to]) => { const it = document.querySelector(key); it.value = to; it.dispatchEvent(new Event('input', { bubbles: true })) }"
        self.done(lambda: self.page.evaluate(script, [selector, to]))


Open = Callable[..., Opened]
"""Opens the page of a formula: `open_page("x*w", {"x": 2, "w": 3}, "--digits", "8"`."""
Make = Callable[..., Path]
"""Writes it: `make("x*w", {"x": 2, "w": 3}, "--digits", "8")`."""
