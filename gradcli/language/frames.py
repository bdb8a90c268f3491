"""What is open while an expression is read: a stack of frames, and the node that was read last.

Depends on `gradcli.language.scope` for the graph and on `gradcli.language.mistakes` for errors.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from gradcli.errors import Source
from gradcli.language.scope import Scope
from gradcli.language.symbols import ROOTS, WARY
from gradcli.language.tokens import Token
from gradcli.operators import precedence

if TYPE_CHECKING:
    from gradcli.language.doubts import Doubts
    from gradcli.language.mistakes import Frame

OPEN = -1
"""The power of a frame that only its own closing token ends."""
CALLS = {"call": ")", "call[": "]", "call{": "}"}
"""The frames of calls, and what ends them."""
CLOSES = {")": ("(", "call"), "]": ("call[",), "}": ("call{",)}
"""What closes → the frames that it ends."""


class Frames:
    """The stack of one parse. `node` is what was read last, from `start` to `end`, and `tail` what it ends with."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source, self.scope, self.graph = source, scope, scope.graph
        self.known, self.tell = scope.known, scope.graph.places.append
        self.node, self.start, self.end, self.tail, self.depth = -1, 0, 0, "", 0
        self.stop: Token = ("eof", "", 0, 0)
        self.frames: list[Frame] = [(OPEN, "", (), 0, self.stop)]
        self.arguments: list[list[int]] = []

    @cached_property
    def mistakes(self) -> "Doubts":
        """The mistakes that can be made in this text."""
        from gradcli.language.doubts import Doubts  # most texts have none

        return Doubts(self.source)

    @cached_property
    def named(self) -> dict[int, dict[int, Any]]:
        """The arguments that have names, by the place of the call and by their own."""
        return {}

    def open(self, what: str, given: tuple[int, ...], start: int, token: Token) -> None:
        """Push a frame that only its own closing token ends."""
        self.frames.append((OPEN, what, given, start, token))
        self.depth += 1

    def reduce(self, left: int, token: Token) -> None:
        """Close every open operator that binds tighter than `left`, the power of `token`."""
        frames, node = self.frames, self.graph.node
        wary = left in WARY
        while frames[-1][0] > left:
            if wary:
                self._check_neighbours(left, token)
            _, name, given, start, _ = frames.pop()
            self.node = node(name, given + (self.node,), start, self.end)  # noqa: RUF005 - unpacking takes longer
            self.start = start

    def _check_neighbours(self, left: int, token: Token) -> None:
        """Raise where closing the last frame for a sign of power `left` would settle what people read two ways."""
        frame = self.frames[-1]
        if frame[4][0] in ROOTS and left >= precedence.IMPLICIT_PRODUCT:
            raise self.mistakes.root(frame, token)
        if left == precedence.COMPARISON < frame[0] <= precedence.COMPARISON + 1:
            raise self.mistakes.chain(self.frames, token)

    def innermost(self, token: Token, *kinds: str) -> "Frame":
        """What `token` ends: the innermost open frame, which must be of one of these kinds."""
        self.reduce(OPEN, token)
        if self.frames[-1][1] not in kinds:
            raise self.mistakes.unbalanced(token, self.frames[-1])
        return self.frames[-1]

    def inside(self, _: Token) -> Any:
        """What to do where a statement ends in a bracket: raise, if nothing else is known."""
        raise self.mistakes.unclosed(self.frames[-1])

    def closed(self, node: int, start: int, token: Token, tail: str) -> None:
        """Take the innermost bracket off: it is now one operand."""
        self.frames.pop()
        self.depth -= 1
        self.node, self.start, self.end, self.tail = node, start, token[3], tail
