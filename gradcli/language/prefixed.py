"""Names with the prefix of a library: np.sin(x), jax.nn.relu(x), Math.PI.

Depends on `gradcli.language.foreign_names`, and on `gradcli.language.libraries` for what is called how there, which is
loaded where a name has a prefix.
"""

import re
from functools import partial

from gradcli.errors import LanguageError
from gradcli.language.expression import State
from gradcli.language.foreign_names import CONSTANTS, ForeignNames
from gradcli.language.frames import CALLS
from gradcli.language.functions import FUNCTIONS, NEAR, fitting
from gradcli.language.guess import did_you_mean
from gradcli.language.tokens import Token, same_signs
from gradcli.operators.table import CONSTANT

LONGEST_PATH = 8
"""No library has a prefix of more parts."""
LIKE_C = frozenset({"Math", "std"})
"""Libraries of languages whose % has the sign of the dividend."""
LAYER = r"\s*\(([^()]*)\)\s*\("
"""A layer of PyTorch's that is made, and called at once."""


class Prefixed(ForeignNames):
    """One parse of an expression whose names may have prefixes."""

    def inside(self, token: Token) -> State | None:
        """A semicolon in a call parts its arguments: max(x; 0), round(x; digits=2)."""
        if token[1] != ";" or self.frames[-1][1] not in CALLS or ")" not in self.source.text[token[3] :]:
            return super().inside(token)  # type: ignore[no-any-return]  # it raises
        self.scope.read_as("`;` in a call is read as a comma", token[2:])
        return self.comma(token)

    def module(self, token: Token) -> State:
        """Begin a name of several parts: np.sin, jax.nn.relu."""
        return partial(self.point, (token,))

    def point(self, path: tuple[Token, ...], token: Token) -> State:
        """The point, or ::, between two parts of a name."""
        return partial(self.member, path, token)

    def member(self, path: tuple[Token, ...], point: Token, token: Token) -> State | None:
        """The part after a point."""
        if token[0] == "dotted" and len(path) < LONGEST_PATH:
            return partial(self.point, (*path, token))
        if token[0] == "define" and self.frames[-1][1] == "call":  # lower.tail=FALSE, of R
            name = ".".join(part[1] for part in (*path, token))
            return self.keyword(("define", name, path[0][2], token[3]))
        if token[0] == "(" and len(path) == 1:  # exp.(x), of Julia
            self.check_sinc(path[0][2:])
            self.call(("call", *path[0][1:]), "call")
            return self.argument
        from gradcli.language.libraries import prefixes  # only a name from elsewhere needs it

        if path[-1][1] == "nn" and (layer := re.compile(LAYER).match(self.scope.source.text, token[3])):
            raise self._layer(path[0][2], token[1], layer)
        library = prefixes().get(".".join(name for _, name, _, _ in path))
        if library is None:
            raise self._no_library(path, point, token)
        take = self._library_function if token[0] == "call" else self._library_constant
        return take(path[0][2], library[0], library[1], token)

    def _library_function(self, start: int, library: str, same: frozenset[str], token: Token) -> State | None:
        """Take a function of a library: of its plain name where it is ours, else written out."""
        from gradcli.language.foreign_calls import written_out  # only a name from elsewhere needs it
        from gradcli.language.libraries import renamed

        kind, name, at, end = token
        plain = name if name in FUNCTIONS else renamed(name, FUNCTIONS)
        if f"{library}.{name}" in written_out():
            return self.operand((kind, f"{library}.{name}", start, end))
        if plain in same or self._of_list(library, name, end):
            self._drop(start, at)
            if library in LIKE_C and "%" in self.scope.source.text:
                from gradcli.language.heads import MODULO  # few formulas have both

                self.scope.read_as(f"in JavaScript and C {MODULO}", (start, at))
            return self.operand((kind, plain, at, end))
        raise self._unknown(token, same)

    def _library_constant(self, start: int, library: str, same: frozenset[str], token: Token) -> State | None:
        """Take a constant of a library."""
        from gradcli.language.foreign_calls import meaning  # only a name from elsewhere needs it

        _, name, at, end = token
        known = meaning(f"{library}.{name}", 0)
        plain = known.texts[0] if known else CONSTANTS.get(name, name)
        if plain in CONSTANT and plain in same:
            self._drop(start, at)
            self.node = self.graph.node(CONSTANT[plain], (), at, end)
        elif plain != name:
            self.node = self._constant(f"{library}.{name}", plain, (start, end))
        else:
            raise self._unknown(token, same)
        self.start, self.end, self.tail = at, end, "name"
        return self.operator

    def _drop(self, start: int, end: int) -> None:
        """Note that a prefix such as `np.` says nothing here."""
        text = self.scope.source.text[start:end].rstrip()
        self.scope.read_as(f"`{text}` is dropped: functions have plain names here", (start, start + len(text)))

    def _unknown(self, token: Token, same: frozenset[str]) -> LanguageError:
        from gradcli.language.elsewhere import instead  # only a mistake needs it

        known = same & {*FUNCTIONS, *CONSTANT}
        longer = [f"did you mean {name}?" for name in sorted(known) if name.startswith(token[1])][:1]
        here = f"gradcli's own `{token[1]}` goes without the prefix" if token[1] in FUNCTIONS else ""
        bare = token[1].removeprefix("reduce_")
        if token[1] in ("std", "var") and not self.scope.source.text[: token[2]].endswith(("np.", "jnp.", "numpy.")):
            here = f"gradcli's own `{token[1]}` divides by n, and not by n - 1"
        here = here or (f"gradcli's own `{bare}` goes without the prefix" if bare in FUNCTIONS else "")
        snake = [f"write {name}(x)" for name in FUNCTIONS if name.replace("_", "") == token[1].lower()][:1]
        hint = (
            instead(token[1])
            or "".join(longer)
            or here
            or "".join(snake)
            or did_you_mean(token[1], known, cutoff=NEAR)
            or "`gradcli rules` lists what is"
        )
        return self.scope.error(f"`{token[1]}` is not known here", hint, token[2:])

    def _layer(self, start: int, name: str, layer: re.Match[str]) -> LanguageError:
        """The error for nn.LeakyReLU(0.2)(x), whose function takes all of the arguments at once."""
        text, stop = self.scope.source.text, self.mistakes.reach(layer.end() - 1, 1_000)
        plain = next((one for one in FUNCTIONS if one.replace("_", "") == name.lower()), name)
        given = ", ".join(part for part in (text[layer.end() : stop - 1].strip(), layer[1].strip()) if part)
        otherwise = "call the function of that name, with all of its arguments"
        return self.mistakes.asked(f"`{name}` is a layer", [f"{plain}({given})"], (start, stop), otherwise)

    def _no_library(self, path: tuple[Token, ...], point: Token, token: Token) -> LanguageError:
        """The error for x.y: a method of a value, or an attribute."""
        from gradcli.language.libraries import prefixes  # only a name from elsewhere needs it

        kind, name, start, end = token
        source, owner = self.scope.source, self.scope.source.text[path[0][2] : point[2]]
        if any(known.partition(".")[0] == path[0][1] for known in prefixes()):
            hint = f"write {name}(x)" if name in FUNCTIONS else "`gradcli rules` lists what is"
            return self.scope.error(f"`{owner}` is not known here", hint, (path[0][2], point[2]))
        from gradcli.language.piped import plain_name

        if kind != "call" or not (plain := plain_name(name)):
            return self.mistakes.stray(point[2])
        stop = self.mistakes.reach(start, 1_000)
        inside = source.text[same_signs(source.text).index("(", end) + 1 : stop - 1].strip()
        count = 1 + bool(inside) + inside.count(",")
        reading = f"{plain}({owner}{', ' * bool(inside)}{inside})"
        whole = " ".join(reading.split()) if fitting(plain, count) else f"{plain}(x)"
        return self.mistakes.asked("gradcli has no methods", [reading], (path[0][2], stop), f"write {whole}")

    def _of_list(self, library: str, name: str, end: int) -> bool:
        """Whether a function of a library is called with a list, and is ours then: np.mean([x, y])."""
        from gradcli.language.lists import LIBRARIES  # only a name from elsewhere needs it

        called = re.compile(r"\s*\(\s*\[").match(self.scope.source.text, end)
        return called is not None and name in LIBRARIES.get(library, "").split()
