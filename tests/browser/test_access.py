"""Everybody can read and use the page: by keyboard, on a narrow screen, in both schemes, with a screen reader."""

import base64
from functools import partial
from typing import Any

import pytest
from approved import NETWORK, WEIGHTS
from browsing import Make, Open, Opened
from drawn_formulas import LONG

import gradcli

TUTORIAL = "y = x*w; L = (y - 2)^2 + 2*x"
AT = {"x": 2, "w": 3}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "tutorial": (TUTORIAL, AT),
    "network": (NETWORK, dict(weight.split("=") for weight in WEIGHTS)),
    "not a number": ("log(0 - x)*0 + sqrt(-y) + relu(z) + (if z > 0 then x else y)", {"x": 1, "y": 2, "z": 0}),
    "long names": (f"{LONG}*{LONG}_2 + {LONG}", {LONG: 1.5, f"{LONG}_2": 2.5}),
    "a number": ("5", {}),
}
BESIDE = """() => {
  const wide = (it) => it.getBoundingClientRect(), shown = [...document.querySelectorAll("button,input,select,output,h2,h3,label,th,td,.steps li,#sentence,p")]
    .filter((it) => it.checkVisibility() && wide(it).width && it.textContent + it.value);
  const out = shown.filter((it) => !it.closest(".scroll,.skip") && (wide(it).right > innerWidth + 1 || wide(it).left < 0));
  const over = [];
  shown.forEach((one, at) => shown.slice(at + 1).forEach((other) => {
    if (one.contains(other) || other.contains(one) || one.closest(".scroll,.grid") || other.closest(".scroll,.grid")) return;
    const [a, b] = [wide(one), wide(other)];
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) over.push([one.outerHTML.slice(0, 80), other.outerHTML.slice(0, 80)]);
  }));
  return { room: document.documentElement.scrollWidth - innerWidth, out: out.map((it) => it.outerHTML.slice(0, 80)), over };
}"""
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colour = (text) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (rgb) => { const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const against = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const behind = (it) => {
    for (let at = it; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found[3] === 255) return found.slice(0, 3);
    }
    return colour("Canvas").slice(0, 3);
  };
  const under = (text) => {
    const { x, y, width, height } = text.getBoundingClientRect(), middle = [x + width / 2, y + height / 2];
    const shapes = [...text.ownerSVGElement.querySelectorAll("path, rect, circle")].filter((it) => it.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING && getComputedStyle(it).fill !== "none" && getComputedStyle(it).visibility !== "hidden");
    const found = shapes.filter((it) => { const box = it.getBoundingClientRect(); return box.left <= middle[0] && middle[0] <= box.right && box.top <= middle[1] && middle[1] <= box.bottom; }).at(-1);
    return found ? colour(getComputedStyle(found).fill).slice(0, 3) : behind(text.ownerSVGElement);
  };
  const pale = [];
  for (const text of document.querySelectorAll("svg text:not(defs text)")) {
    if (!text.textContent || text.closest(".later") || getComputedStyle(text).visibility === "hidden") continue;
    const contrast = against(colour(getComputedStyle(text).fill).slice(0, 3), under(text));
    if (contrast < 4.5) pale.push([text.textContent, text.getAttribute("class"), contrast]);
  }
  for (const it of document.querySelectorAll("body *")) {
    if (it.closest("svg") || !it.checkVisibility() || it.disabled || ![...it.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    const contrast = against(colour(getComputedStyle(it).color).slice(0, 3), behind(it));
    if (contrast < 4.5) pale.push([it.textContent.slice(0, 40), it.tagName, contrast]);
  }
  return pale;
}"""


def problems(opened: Opened, axe: str) -> list[Any]:
    """What axe-core finds, and what it cannot: text in a drawing that is pale."""
    opened.page.evaluate(axe)
    found = opened.page.evaluate("axe.run().then(found => found.violations.map(it => [it.id, it.nodes[0].html]))")
    return [*found, *opened.page.evaluate(CONTRASTS)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, open_page: Open, axe: str) -> None:
    opened = open_page(TUTORIAL, AT, color_scheme=scheme)
    assert problems(opened, axe) == []
    opened.turn("step=4&box=n0&at.x=-2")
    assert problems(opened, axe) == []
    opened.page.fill("#field-0", "wrong")
    opened.page.set_viewport_size({"width": 360, "height": 800})
    assert problems(opened, axe) == []


@pytest.mark.parametrize("name", ["not a number", "network"])
def test_axe_finds_nothing_in_a_large_page(name: str, open_page: Open, axe: str) -> None:
    opened = open_page(*PAGES[name], color_scheme="dark" if name == "network" else "light")
    assert problems(opened, axe) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_that_was_asked_for_holds_in_any_scheme(theme: str, open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT, "--theme", theme, color_scheme="dark" if theme == "light" else "light")
    assert opened.page.evaluate(CONTRASTS) == []
    paper = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[theme]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_stands_out_of_the_page_or_on_other_things(name: str, open_page: Open) -> None:
    opened = open_page(*PAGES[name])
    for width in (1600, 700, 360):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert opened.page.evaluate(BESIDE) == {"room": 0, "out": [], "over": []}, width


def test_the_banner_shows_where_the_browser_disagrees(make: Make, open_page: Open, axe: str) -> None:
    """A page whose golden numbers are others."""
    formula, at = "tanh(x)*w", {"x": 0.5, "w": 3}
    path = make(formula, at, "--digits", "7")
    text = path.read_text("utf-8")
    start = text.index('"golden":"') + len('"golden":"')
    end = text.index('"', start)
    bytes_ = bytearray(base64.b64decode(text[start:end]))
    bytes_[7 + 8 * (len(bytes_) // 8 - 1)] ^= 0x40
    path.write_text(text[:start] + base64.b64encode(bytes_).decode() + text[end:], "utf-8")
    opened = open_page(formula, at, "--digits", "7")
    assert opened.page.is_visible("#banner")
    assert "otherwise than Python did" in opened.text("#banner")
    assert problems(opened, axe) == []


def test_the_keyboard_alone_reaches_and_does_everything(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT)
    page, seen = opened.page, list[str]()
    active = "(() => { const it = document.activeElement; return it.id || it.dataset.box || it.className?.baseVal || it.className || it.tagName })()"
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(active))
        if seen[-1] == "BODY":
            break
    wanted = page.evaluate(
        "[...document.querySelectorAll('button, input, select')].filter(it => !it.disabled).map(it => it.id)"
    )
    assert [key for key in wanted if key not in seen] == []
    assert seen[0] == "skip"
    assert len([key for key in seen if key.endswith("-n0") or key == "0"]) == 1
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(it => it.tabIndex === 0)")
    page.locator("#drawing [data-box='0']").focus()
    trail = []
    for key in (
        "ArrowRight",
        "ArrowUp",
        "ArrowDown",
        "ArrowLeft",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
    ):
        opened.done(partial(page.keyboard.press, key))
        trail.append(opened.text("#panel h3"))
    assert trail[0] in ("y = x*w", "v3 = 2*x")
    assert trail[-1].startswith("L = ")
    page.focus("#step")
    opened.done(lambda: page.keyboard.press("ArrowLeft"))
    assert opened.text("#count").startswith(str(opened.page.evaluate("document.querySelector('#step').max - 1")))
    page.focus("#slider-0")
    opened.done(lambda: page.keyboard.press("ArrowRight"))
    assert page.input_value("#field-0") == "2.01" or float(page.input_value("#field-0")) > 2
    page.focus("#learn")
    opened.done(lambda: page.keyboard.press("Enter"))
    assert "Step 1" in opened.text("#learned")


@pytest.mark.parametrize(
    "formula", ["a = x*y; b = x*z; c = y*z; L = a*b + c", "y = where(x > 0, sqrt(x)*z, x^2 - y1); L = y^2"]
)
def test_arrows_of_the_keyboard_reach_every_box(open_page: Open, formula: str) -> None:
    opened = open_page(formula, dict.fromkeys(gradcli.parse(formula).variables, 2.0))
    boxes, reached, waiting = opened.page.locator("#drawing [data-box]").count(), set[int](), [0]
    at = "Number(document.activeElement.dataset.box)"
    while waiting:
        box = waiting.pop()
        reached.add(box)
        for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
            opened.page.locator(f"#drawing [data-box='{box}']").focus()
            opened.done(partial(opened.page.keyboard.press, key))
            there = opened.page.evaluate(at)
            waiting += [there] if there not in reached and there not in waiting else []
    assert len(reached) == boxes


def test_boxes_tell_what_they_are_joined_to(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT)
    label = opened.page.get_attribute("#drawing [data-box='2']", "aria-label") or ""
    assert label.startswith("y = x*w; value 6; gradient 8; made of x and w; goes into")


def test_less_motion_on_request(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT, reduced_motion="reduce")
    opened.page.click("#play")
    assert opened.page.evaluate("getComputedStyle(document.querySelector('[data-box]')).transitionDuration") in (
        "0s",
        "1e-05s",
    )
    opened.page.click("#play")
    before = opened.text("#learned")
    opened.page.click("#run")
    opened.page.wait_for_timeout(250)
    assert opened.text("#learned") == before
