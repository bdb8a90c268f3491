"""What is open while an expression is read: a stack of frames, and the node that was read last.

Depends on `gradcli.language.scope` for the graph and on `gradcli.language.mistakes` for errors.
"""

from gradcli.errors import Source
from gradcli.language.mistakes import Frame, Mistakes
from gradcli.language.scope import Scope
from gradcli.language.symbols import WARY
from gradcli.language.tokens import Token

OPEN = -1
"""The power of a frame that only its own closing token ends."""


class Frames:
    """The stack of one parse. `node` is what was read last, from `start` to `end`, and `tail` what it ends with."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.scope, self.graph, self.mistakes = scope, scope.graph, Mistakes(source)
        self.known, self.tell = scope.known, scope.graph.places.append
        self.node, self.start, self.end, self.tail, self.depth = -1, 0, 0, "", 0
        self.stop: Token = ("eof", "", 0, 0)
        self.frames: list[Frame] = [(OPEN, "", (), 0, self.stop)]
        self.arguments: list[list[int]] = []

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
                self.mistakes.check_neighbours(frames, left, token)
            _, name, given, start, _ = frames.pop()
            self.node = node(name, given + (self.node,), start, self.end)  # noqa: RUF005 - unpacking takes longer
            self.start = start

    def innermost(self, token: Token, *kinds: str) -> Frame:
        """What `token` ends: the innermost open frame, which must be of one of these kinds."""
        self.reduce(OPEN, token)
        if self.frames[-1][1] not in kinds:
            raise self.mistakes.unbalanced(token, self.frames[-1])
        return self.frames[-1]

    def closed(self, node: int, start: int, token: Token, tail: str) -> None:
        """Take the innermost bracket off: it is now one operand."""
        self.frames.pop()
        self.depth -= 1
        self.node, self.start, self.end, self.tail = node, start, token[3], tail
