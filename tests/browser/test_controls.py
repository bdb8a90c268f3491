"""Every control of the page does what it says."""

import pytest
from browsing import Open, Opened

import gradcli

TUTORIAL = "y = x*w; L = (y - 2)^2 + 2*x"
AT = {"x": 2, "w": 3}


@pytest.fixture
def tutorial(open_page: Open) -> Opened:
    return open_page(TUTORIAL, AT)


def press(opened: Opened, key: str) -> None:
    opened.done(lambda: opened.page.dispatch_event(key, "click"))


def count(opened: Opened) -> int:
    return int(opened.text("#count").split()[0])


def marked(opened: Opened) -> list[str]:
    lines: list[str] = opened.page.locator(".steps li.now").all_text_contents()
    return lines


def test_steps(tutorial: Opened) -> None:
    page, last = tutorial.page, count(tutorial)
    assert tutorial.text("#count") == f"{last} of {last}"
    assert page.is_disabled("#next")
    assert page.is_disabled("#last")
    tutorial.done(lambda: page.click("#first"))
    assert count(tutorial) == 0
    assert page.is_disabled("#back")
    assert tutorial.text("#sentence") == "given: x = 2, w = 3"
    for step in range(1, last + 1):
        press(tutorial, "#next")
        assert count(tutorial) == step
        assert marked(tutorial) == [tutorial.text("#sentence")]
    press(tutorial, "#back")
    assert count(tutorial) == last - 1
    press(tutorial, "#last")
    assert count(tutorial) == last
    tutorial.slide("#step", 3)
    assert count(tutorial) == 3
    assert page.get_attribute("#step", "aria-valuetext") == f"3 of {last}: {tutorial.text('#sentence')}"


def test_what_is_not_computed_yet_is_a_dash(tutorial: Opened) -> None:
    """x is used twice: its gradient is the first term, then the sum."""
    for step in range(count(tutorial) + 1):
        tutorial.slide("#step", step)
        shown = tutorial.shown()
        assert shown["drawn"]["values"][:2] == ["2", "3"]
        known = [text for text in shown["lines"][1 : step + 1] if "goes back to" not in text]
        made = {text.split(" = ")[0] for text in known}
        titles = tutorial.page.locator("#table tbody th").all_text_contents()
        for title, value in zip(titles, shown["values"], strict=True):
            is_known = title in ("x", "w") or not title[0].isalpha() or title in made
            assert (value != "–") == is_known, (step, title)
        back = [
            text.rsplit("= ", 1)[1].split(" goes back to ")
            for text in shown["lines"][: step + 1]
            if "goes back" in text
        ]
        terms = [float(number) for number, to in back if to == "x"]
        assert shown["drawn"]["adjoints"][0] == (f"{sum(terms):g}" if terms else "–")
        chips = tutorial.page.locator("#drawing [data-chip]:not(.later)").count()
        assert chips == len(back)


def test_play_and_pause(tutorial: Opened) -> None:
    page = tutorial.page
    press(tutorial, "#play")
    assert (count(tutorial), tutorial.text("#play")) == (0, "pause")
    tutorial.done(lambda: page.wait_for_timeout(950))
    assert count(tutorial) >= 1
    page.click("#play")
    assert tutorial.text("#play") == "play"
    stands = count(tutorial)
    page.wait_for_timeout(1000)
    assert count(tutorial) == stands


def test_bindings(tutorial: Opened) -> None:
    page = tutorial.page
    assert page.is_disabled("#restart")
    tutorial.slide("#slider-0", 2.5)
    assert page.input_value("#field-0") == "2.5"
    assert page.is_visible("#doubles")
    tutorial.done(lambda: page.fill("#field-0", "1e3"))
    assert float(page.get_attribute("#slider-0", "max") or 0) >= 1000
    assert page.input_value("#slider-0") == "1000"
    at_thousand = tutorial.text(".answer")
    for wrong in ("", "abc", "1e999", "0x10", "1,5", "Infinity", "--1"):
        page.fill("#field-0", wrong)
        assert page.get_attribute("#field-0", "aria-invalid") == "true"
        assert tutorial.text(".answer") == at_thousand
    page.press("#field-0", "Tab")
    assert page.input_value("#field-0") == "1000"
    assert page.get_attribute("#field-0", "aria-invalid") is None
    tutorial.done(lambda: page.fill("#field-0", " −2.5E-1 "))
    assert "gradcli grad" in tutorial.text("#command")
    assert "x=-0.25" in tutorial.text("#command")
    press(tutorial, "#restart")
    assert (page.input_value("#field-0"), page.is_visible("#doubles")) == ("2", False)


def test_a_frame_that_comes_late_is_waited_for(tutorial: Opened) -> None:
    late = "(() => { const soon = requestAnimationFrame; window.requestAnimationFrame = (then) => setTimeout(() => soon(then), 400) })()"
    tutorial.page.evaluate(late)
    tutorial.slide("#slider-0", 2.5)
    assert tutorial.page.is_visible("#doubles")
    assert tutorial.shown()["lines"][0] == "given: x = 2.5, w = 3"


def test_what_is_not_ticked_does_not_learn(open_page: Open) -> None:
    opened = open_page("y = x*w; L = (y - target)^2", {"x": 2, "w": 3, "target": 2})
    page = opened.page
    assert page.get_by_label("x", exact=True).count()
    for at in (0, 2):
        page.uncheck(f"#moves-{at}")
    opened.done(lambda: page.click("#learn"))
    assert opened.shown()["lines"][0] == "given: x = 2, w = 1.4, target = 2"
    assert "changes by -25.6" in opened.text("#learned")
    assert "from 16 to 0.64" in opened.text("#learned")


def test_the_line_of_a_branch_that_is_not_taken_has_the_local_derivative_0(open_page: Open) -> None:
    opened = open_page("max(x, y)*w", {"x": 1, "y": 2, "w": 3})
    opened.move({"y": 0.5})
    line = next(line for line in opened.shown()["lines"] if "goes back to y" in line)
    assert "∂f/∂v1 × ∂v1/∂y = 3 × 0 = 0" in line


def test_where_there_is_no_number_nothing_is_learned(open_page: Open) -> None:
    opened = open_page("log(x)", {"x": -1})
    opened.page.click("#learn")
    assert "no finite number" in opened.text("#learned")


def test_a_field_says_what_is_wrong(tutorial: Opened) -> None:
    tutorial.page.fill("#field-0", "pi/4")
    assert tutorial.page.is_visible("#wrong")
    assert "a number" in tutorial.text("#wrong")
    tutorial.done(lambda: tutorial.page.fill("#field-0", "0.5"))
    assert not tutorial.page.is_visible("#wrong")


def test_the_step_at_hand_is_in_sight_and_the_drawing_fits(open_page: Open) -> None:
    opened = open_page(
        "; ".join(f"h{at} = tanh(w*{f'h{at - 1}' if at else 'x'})" for at in range(9)),
        {"x": 1, "w": 2},
        viewport={"width": 700, "height": 800},
    )
    page = opened.page
    page.evaluate("document.querySelector('.stage').scrollLeft = 0")
    opened.done(lambda: page.click("#first"))
    for _ in range(17):
        page.click("#next")
    inside = """() => { const at = document.querySelector(".stage .here")?.getBoundingClientRect(), all = document.querySelector(".stage").getBoundingClientRect();
      return at === undefined || (at.left >= all.left - 1 && at.right <= all.right + 1) }"""
    assert page.evaluate(inside)
    if page.get_attribute("#fit", "aria-pressed") == "false":  # a drawing that nearly fits does so from the start
        page.click("#fit")
    assert page.evaluate("(it => it.scrollWidth <= it.clientWidth + 1)(document.querySelector('.stage'))")


def test_learning_goes_as_gradcli_goes(tutorial: Opened) -> None:
    page = tutorial.page
    tutorial.done(lambda: page.fill("#rate", "0.01"))
    press(tutorial, "#learn")
    point = gradcli.answer(TUTORIAL, AT).point
    after = {name: AT[name] - 0.01 * slope for name, slope in point.gradient.items()}
    assert {name: float(page.input_value(f"#field-{at}")) for at, name in enumerate(AT)} == after
    value = gradcli.answer(TUTORIAL, after).value
    predicted = -0.01 * sum(slope**2 for slope in point.gradient.values())
    assert f"changes by {predicted:.6g}; in fact it goes from {point.value:.6g} to {value:.6g}" in tutorial.text(
        "#learned"
    )
    page.dispatch_event("#run", "click")
    page.wait_for_timeout(300)
    press(tutorial, "#run")
    assert tutorial.text("#run") == "run"
    assert "after each of" in (page.get_attribute("#losses svg", "aria-label") or "")
    page.fill("#rate", "x")
    assert page.get_attribute("#rate", "aria-invalid") == "true"
    tutorial.done(lambda: page.fill("#rate", "1e300"))
    page.click("#learn")
    assert "no number: take a smaller learning rate" in tutorial.text("#learned")
    press(tutorial, "#reset")
    assert tutorial.page.input_value("#field-0") == "2"
    assert page.locator("#losses svg").count() == 0


def test_the_output_along_a_variable(tutorial: Opened) -> None:
    page = tutorial.page
    page.select_option("#axis", "w")
    assert "L along w from" in tutorial.text("#curve figcaption")
    page.fill("#axis-from", "1")
    page.press("#axis-from", "Tab")
    page.fill("#axis-to", "5")
    page.press("#axis-to", "Tab")
    assert tutorial.text("#curve figcaption") == "L along w from 1 to 5; at 3 it is 20, with slope 16"
    page.fill("#axis-to", "0")
    page.press("#axis-to", "Tab")
    assert page.get_attribute("#axis-to", "aria-invalid") == "true"
    assert "from 1 to 5" in tutorial.text("#curve figcaption")
    assert page.locator("#differences tbody").inner_text().count("agrees") == 2


def test_copying(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT, permissions=["clipboard-read", "clipboard-write"])
    page, read = opened.page, "navigator.clipboard.readText()"
    opened.slide("#slider-0", 2.5)
    page.click("#copy-command")
    page.wait_for_selector("#copied:not(:empty)")
    assert page.evaluate(read) == opened.text("#command") == f"gradcli grad '{TUTORIAL}' x=2.5 w=3"
    opened.slide("#step", 3)
    page.click("#copy-svg")
    page.wait_for_timeout(50)
    drawing = page.evaluate(read)
    problems = "text => { const it = new DOMParser().parseFromString(text, 'image/svg+xml'); return [it.querySelectorAll('parsererror').length, it.querySelectorAll('[tabindex],[data-box]').length, it.querySelectorAll('.g-v').length] }"
    assert page.evaluate(problems, drawing) == [0, 0, 7]
    assert ">2.5</tspan>" in drawing


def test_a_box_tells_itself_by_hover_focus_and_tap(open_page: Open) -> None:
    opened = open_page(TUTORIAL, AT, has_touch=True)
    boxes = opened.page.locator("#drawing [data-box]")
    opened.done(lambda: boxes.nth(0).hover())
    assert opened.text("#panel h3") == "x"
    told = opened.text("#panel")
    for part in ("∂L/∂x = 2 + 24 = 26", "through y: ∂L/∂y × ∂y/∂x = 8 × 3 = 24", "∂y/∂x = w = 3"):
        assert part in told
    opened.done(lambda: boxes.nth(2).focus())
    assert opened.text("#panel h3") == "y = x*w"
    assert "y = x*w = 2*3 = 6" in opened.text("#panel")
    opened.page.mouse.move(0, 0)
    opened.done(lambda: boxes.nth(1).tap())
    assert opened.text("#panel h3") == "w"
    opened.slide("#step", 2)
    assert "∂L/∂w = –" in opened.text("#panel")


def test_at_a_kink_the_slopes_beside_it_are_told(open_page: Open) -> None:
    opened = open_page("a = relu(x); b = abs(y); L = 3*a + b + x*y", {"x": 1, "y": 2})
    opened.move({"x": 0, "y": 0.5})
    told = {title.text_content() or "" for title in opened.page.locator("#drawing [data-box] > title").all()}
    (kink,) = (text for text in told if "at its kink or jump" in text)
    assert kink.startswith("a = relu(x)")
    assert kink.endswith("the slope by x is 0.5 where it is a little smaller and 3.5 where it is larger")
