"""How the learning rate goes from step to step: closed forms of the step's number, counted from 0, as in PyTorch.

Depends on the errors alone. A schedule depends on the number of the step and the planned number of steps, and on
nothing else: so a run that is resumed goes on as if it had not been stopped.
"""

from collections.abc import Callable, Mapping
from math import cos, inf, pi
from typing import NamedTuple

from gradcli.errors import LanguageError, Source, listed

Rate = Callable[[int], float]
"""Step -> the factor of the rate that was asked for."""


class Kind(NamedTuple):
    """One kind of schedule.

    takes    what comes behind its name: "count", "factor", "counts" or ""
    options  name -> default
    make     what came, the options, the rate that was asked for and the steps of the run -> its factors
    """

    doc: str
    takes: str
    options: Mapping[str, float]
    make: Callable[[tuple[float, ...], Mapping[str, float], float, int], Rate]


def _step(given: tuple[float, ...], options: Mapping[str, float], _lr: float, _steps: int) -> Rate:
    return lambda k: options["gamma"] ** (k // int(given[0]))


def _multistep(given: tuple[float, ...], options: Mapping[str, float], _lr: float, _steps: int) -> Rate:
    return lambda k: options["gamma"] ** sum(1 for place in given if k >= place)


def _cosine(given: tuple[float, ...], options: Mapping[str, float], lr: float, _steps: int) -> Rate:
    length, end = given[0], options["end"] / lr
    return lambda k: end + (1 - end) * (1 + cos(pi * (min(k, length) if options["hold"] else k) / length)) / 2


def _restarts(given: tuple[float, ...], options: Mapping[str, float], lr: float, _steps: int) -> Rate:
    end = options["end"] / lr

    def factor(k: int) -> float:
        length = given[0]
        while k >= length:
            k, length = k - int(length), length * options["mult"]
        return end + (1 - end) * (1 + cos(pi * k / length)) / 2

    return factor


def _polynomial(given: tuple[float, ...], options: Mapping[str, float], _lr: float, _steps: int) -> Rate:
    return lambda k: (1 - min(k, given[0]) / given[0]) ** options["power"]


def _warmup(given: tuple[float, ...], options: Mapping[str, float], _lr: float, _steps: int) -> Rate:
    return lambda k: options["start"] + (1 - options["start"]) * min(k, given[0]) / given[0]


def _one_cycle(_given: tuple[float, ...], options: Mapping[str, float], _lr: float, steps: int) -> Rate:
    """Up from 1/div and down to 1/(div*final), by half a cosine each (Smith and Topin, 2018)."""
    low, least = 1 / options["div"], 1 / options["div"] / options["final"]
    top, last = options["up"] * steps - 1, steps - 1

    def factor(k: int) -> float:
        first, end, share = (low, 1.0, k / top) if k <= top else (1.0, least, (k - top) / (last - top))
        return end + (first - end) * (1 + cos(pi * min(share, 1.0))) / 2

    return factor


KINDS: Mapping[str, Kind] = {
    "constant": Kind("the rate as it is", "", {}, lambda *_: lambda _k: 1.0),
    "step": Kind("times gamma after every N steps", "count", {"gamma": 0.1}, _step),
    "multistep": Kind("times gamma at each of these steps", "counts", {"gamma": 0.1}, _multistep),
    "exponential": Kind("times this after each step", "factor", {}, lambda given, *_: lambda k: given[0] ** k),
    "polynomial": Kind("(1 - k/N)^power, 0 from step N on", "count", {"power": 1.0}, _polynomial),
    "cosine": Kind(
        "half a cosine down to `end` at step N; it rises again behind it, but for `hold`", "count",
        {"end": 0.0, "hold": 0.0}, _cosine,
    ),
    "restarts": Kind(
        "half a cosine again and again, each `mult` times as long", "count", {"mult": 1.0, "end": 0.0}, _restarts
    ),
    "onecycle": Kind(
        "up to the rate for a share of the run, then down", "", {"up": 0.3, "div": 25.0, "final": 1e4}, _one_cycle
    ),
    "warmup": Kind("from `start` times the rate up to it in N steps", "count", {"start": 1 / 3}, _warmup),
}  # fmt: skip
"""Name -> what it is, in the words of `gradcli rules`."""


class _Part(NamedTuple):
    kind: str
    given: tuple[float, ...]
    options: dict[str, float]


def schedule(text: str, lr: float, steps: int) -> Rate:
    """The rates of a text such as "warmup 5 start=0.1; cosine 16 end=0". Raises LanguageError.

    Behind a warm-up the next one counts anew.

    >>> rate = schedule("warmup 4 start=0.2; step 2 gamma=0.5", 1.0, 10)
    >>> [round(rate(k), 3) for k in range(9)]
    [0.2, 0.4, 0.6, 0.8, 1.0, 1.0, 0.5, 0.5, 0.25]
    """
    source = Source(text, "--schedule")
    parts = [_part(source, piece) for piece in text.split(";") if piece.strip()] or [_Part("constant", (), {})]
    *before, last = parts
    if any(part.kind != "warmup" for part in before) or len(parts) > 2:
        raise _wrong(source, text, "one schedule is expected, or a warmup before it", "warmup 5; cosine 16")
    after = KINDS[last.kind].make(last.given, last.options, lr, steps - int(sum(part.given[0] for part in before)))
    if not before:
        return lambda k: lr * after(k)
    first, until = KINDS["warmup"].make(before[0].given, before[0].options, lr, steps), int(before[0].given[0])
    return lambda k: lr * (first(k) if k < until else after(k - until))


def _part(source: Source, piece: str) -> _Part:
    name, *words = piece.replace("=", " = ").replace(" = ", "=").split()
    kind = KINDS.get(name)
    if kind is None:
        raise _wrong(source, name, f"there is no schedule `{name}`", listed([*KINDS]))
    given: list[float] = []
    options = dict(kind.options)
    for word in words:
        key, equals, value = word.partition("=")
        if word in options and word == "hold":
            options[word] = 1.0
        elif equals and key in options:
            options[key] = _number(source, value)
        elif equals:
            raise _wrong(source, word, f"`{name}` has no setting `{key}`", listed([*options]) or "leave it out")
        else:
            given.extend(_number(source, each) for each in word.split(",") if each)
    return _checked(source, piece, _Part(name, tuple(given), options))


def _checked(source: Source, piece: str, part: _Part) -> _Part:
    takes = KINDS[part.kind].takes
    wanted = {"": (0, 0), "count": (1, 1), "factor": (1, 1), "counts": (1, inf)}[takes]
    if not wanted[0] <= len(part.given) <= wanted[1]:
        example = {
            "": part.kind,
            "count": f"{part.kind} 10",
            "factor": f"{part.kind} 0.9",
            "counts": f"{part.kind} 5,8",
        }
        raise _wrong(source, piece.strip(), f"`{part.kind}` takes other numbers", f"write {example[takes]}")
    if takes in ("count", "counts") and not all(each == int(each) and each > 0 for each in part.given):
        raise _wrong(source, piece.strip(), "a number of steps is whole, and above 0", f"write {part.kind} 10")
    if part.kind == "warmup" and not 0 < part.options["start"] <= 1:
        raise _wrong(source, piece.strip(), "a warm-up begins above 0: a first step of rate 0 is none", "start=0.1")
    return part


def _number(source: Source, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = inf
    if not abs(value) < inf:
        raise _wrong(source, text, f"`{text}` is no number", "write one: 0.1")
    return value


def _wrong(source: Source, place: str, message: str, hint: str) -> LanguageError:
    at = max(source.text.find(place), 0)
    return LanguageError(message, hint=hint, span=(at, at + max(len(place), 1)), source=source)
