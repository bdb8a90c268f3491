"""A learning rate turns a gradient into new weights; the numbers are those of the worked example everybody starts with."""

import json

import pytest
from conftest import Gradcli

EXAMPLE = ("grad", "y = x*w; L = (y - 2)^2", "--x", "2", "--w", "3", "--wrt", "w", "--lr", "0.1")


def test_an_update_says_what_it_changed(gradcli: Gradcli) -> None:
    update = json.loads(gradcli(*EXAMPLE, "--json").out)["update"]
    assert update == {
        "lr": 0.1,
        "before": {"w": 3.0},
        "after": {"w": 1.4},
        "value_after": pytest.approx(0.64),
        "predicted_change": pytest.approx(-25.6),
        "actual_change": pytest.approx(-15.36),
    }


def test_plain_lines_of_an_update(gradcli: Gradcli) -> None:
    assert gradcli(*EXAMPLE).out == (
        "L\t16\ndL/dw\t16\nw_new\t1.4\nL_new\t0.6399999999999997\npredicted_change\t-25.6\nactual_change\t-15.36\n"
    )


def test_all_variables_are_updated_unless_some_are_chosen(gradcli: Gradcli) -> None:
    everything = (*EXAMPLE[:6], "--lr", "0.1", "--json")
    assert json.loads(gradcli(*everything).out)["update"]["after"] == {"x": pytest.approx(-0.4), "w": 1.4}


def test_a_record_a_step(gradcli: Gradcli) -> None:
    out = gradcli(*EXAMPLE, "--steps", "3", "--format", "csv").out.splitlines()
    assert out[0] == "step,x,w,L,d_w,w_new,L_new"
    assert [line.split(",")[:3] for line in out[1:]] == [["1", "2", "3"], ["2", "2", "1.4"], ["3", "2", "1.08"]]
    lines = [json.loads(line) for line in gradcli(*EXAMPLE, "--steps", "3", "--format", "ndjson").out.splitlines()]
    assert [line["w_new"] for line in lines] == [1.4, 1.08, 1.016]


def test_several_steps_are_also_one_update(gradcli: Gradcli) -> None:
    record = json.loads(gradcli(*EXAMPLE, "--steps", "3", "--json").out)
    assert (record["update"]["before"], record["update"]["after"]) == ({"w": 3.0}, {"w": 1.016})
    assert [step["step"] for step in record["steps"]] == [1, 2, 3]
    assert [step["update"]["after"]["w"] for step in record["steps"]] == [1.4, 1.08, 1.016]
    assert record["steps"][1]["bindings"] == {"x": 2.0, "w": 1.4}
    assert record["steps"][1]["gradient"] == {"w": pytest.approx(3.2)}


def test_one_step_is_a_record_too(gradcli: Gradcli) -> None:
    assert gradcli(*EXAMPLE, "--steps", "1", "--format", "csv").out.startswith("step,")


def test_an_update_goes_on_where_the_one_before_ended(gradcli: Gradcli) -> None:
    again = ("grad", EXAMPLE[1], "--bind", "-", "--wrt", "w", "--lr", "0.1", "--json")
    first = gradcli(*EXAMPLE, "--json").out
    third = gradcli(*again, stdin=gradcli(*again, stdin=first).out).out
    assert json.loads(third)["update"]["after"] == {"w": 1.016}
    several = gradcli(*EXAMPLE, "--steps", "2", "--json").out
    assert json.loads(gradcli(*again, stdin=several).out)["update"]["after"] == {"w": 1.016}


@pytest.mark.parametrize("steps", [(), ("--steps", "9")])
def test_a_descent_that_leaves_the_finite_numbers_says_so(gradcli: Gradcli, steps: tuple[str, ...]) -> None:
    rate = "10" if steps else "1e300"
    code, out, err = gradcli("grad", "x^4", "--x", "2", "--lr", rate, *steps)
    assert code == 3
    assert "inf" in out
    assert "a smaller --lr may help" in err


@pytest.mark.parametrize("form", ["plain", "csv", "ndjson", "json", "table", "markdown"])
def test_a_descent_ends_with_the_first_step_that_is_not_finite(gradcli: Gradcli, form: str) -> None:
    code, out, err = gradcli("grad", "(x-1)^4", "--x=3", "--lr=10", "--steps=2000", "--format", form)
    assert code == 3
    assert len(out.splitlines()) < 60
    said = json.loads(out)["notices"][-1]["message"] if form == "json" else err
    assert "step 4 arrives where a number is not finite, and 1,996 more were not taken" in said
    if form == "csv":
        assert [line.split(",")[0] for line in out.splitlines()] == ["step", "1", "2", "3", "4"]


def test_a_weight_that_is_not_finite_ends_a_descent_too(gradcli: Gradcli) -> None:
    """The value and the slope of 8*tanh(w) are finite at infinity."""
    code, out, err = gradcli("grad", "8*tanh(w)", "--w=0", "--lr=-1e308", "--steps=9", "--format=csv")
    assert (code, out.splitlines()[1:]) == (3, ["1,0,0,8,inf,8"])
    assert "step 1 arrives where a number is not finite, and 8 more were not taken" in err


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_pages_show_updates(gradcli: Gradcli, form: str) -> None:
    page = gradcli(*EXAMPLE, "--format", form).out
    assert "Update with learning rate 0.1" in page
    assert "1.4" in page
    page = gradcli(*EXAMPLE, "--steps", "4", "--format", form).out
    assert "Descent" in page
    assert "1.016" in page


def test_an_update_steps_by_the_gradient_that_is_shown(gradcli: Gradcli) -> None:
    assert "x_new\t-0.1\n" in gradcli("grad", "relu(x) - relu(-x)", "x=0", "--lr", "0.1").out
    assert "x_new\t999.9\n" in gradcli("grad", "log(1 + exp(x))", "x=1000", "--lr", "0.1").out
    plain = gradcli("grad", "relu(x) - relu(-x)", "x=0", "--lr", "0.1", "--precision", "double").out
    assert "df/dx\t1\n" in plain
    assert "x_new\t-0.1\n" in plain


@pytest.mark.parametrize(
    ("rate", "why"),
    [
        ("1e-400", "below the smallest double"),
        ("1e999", "1e999 is no finite number"),
        ("nan", "nan is no finite number"),
        ("fast", "'fast' is not a number"),
    ],
)
def test_a_rate_that_is_no_finite_double_is_refused(gradcli: Gradcli, rate: str, why: str) -> None:
    code, out, err = gradcli("grad", "x^2", "--x", "1", "--lr", rate)
    assert (code, out) == (2, "")
    assert why in err
