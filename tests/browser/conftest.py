"""Pages of `gradcli graph` in the system's Chromium, which Playwright drives; one browser for all tests.

Where either is missing the tests are passed over. All that goes wrong in a page fails the test that opened it: a
message on the console, an error of its script, a request to anywhere.
"""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import ARGUMENTS, Make, Open, Opened, chromium

from gradcli.cli.main import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MEDIA: dict[str, Any] = {"color_scheme": "light", "reduced_motion": "no-preference"}
"""What a page may be asked for anew."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all tests of a browser, where workers take groups."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: the extra `browser`")
    if chromium() is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    pytest.importorskip("axe_playwright_python", reason="axe-core is not installed: the extra `browser`")
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Writes the page of a formula, once: `make("x*w", {"x": 2, "w": 3}, "--digits", "8")`."""
    folder, known = tmp_path_factory.mktemp("pages"), dict[Any, Path]()

    def made(formula: str, at: Mapping[str, Any], *options: str) -> Path:
        key = (formula, *at.items(), options)
        if key not in known:
            path = folder / f"{len(known)}.html"
            bound = [f"{name}={value}" for name, value in at.items()]
            assert run(["graph", "--out", str(path), *options, "--", formula, *bound]) in (0, 3)
            known[key] = path
        return known[key]

    return made


@pytest.fixture(scope="session")
def shared(browser: "Browser") -> "Page":
    """The page that most tests have in turn: a context of its own takes a process more."""
    return browser.new_context().new_page()


@pytest.fixture
def open_page(browser: "Browser", shared: "Page", make: Make) -> Iterator[Open]:
    """Opens the page of a formula: `open_page("x*w", {"x": 2, "w": 3}, "--digits", "8"`."""
    opened: list[Opened] = []

    def open_it(formula: str, at: Mapping[str, Any], *options: str, address: str = "", **settings: Any) -> Opened:
        page = shared if settings.keys() <= MEDIA.keys() else browser.new_context(**settings).new_page()
        page.set_default_timeout(10_000)
        page.set_viewport_size({"width": 1600, "height": 900})
        page.mouse.move(0, 0)
        page.emulate_media(media="screen", **{name: settings.get(name, usual) for name, usual in MEDIA.items()})
        opened.append(Opened(page, make(formula, at, *options).as_uri() + address))
        return opened[-1]

    yield open_it
    for each in opened:
        each.leave()
        if each.page is not shared:
            each.page.context.close()
        assert each.wrong == []
