"""Automata that find all texts of a value in one pass (Aho-Corasick; `csrc/http/texts.c` runs them).

A state stands for the beginning of a text. What follows a byte is a *move*. Those of all states lie in one
array: a move for a byte at the state's base plus the byte, with that base, since moves of other states lie
between. Moves to the first byte of a text are those of the beginning state only: they follow where the state
itself has none. So each byte takes two looks at most, whatever the texts are. A move at whose end texts end
refers to the *use* of the longest, and that to the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sigcompiler.table.layout import HTTP_MOST_MOVES, HTTP_NO_USE, NO_INDEX, TableLimitError

if TYPE_CHECKING:
    from sigcompiler.table.layout import Record

_BYTES = 256
_PLACES = 256
"""Free places that are tried for the first move of a state."""


@dataclass(slots=True)
class _State:
    children: dict[int, _State] = field(default_factory=dict)
    fail: _State | None = None
    """Where the longest end of this beginning leads that is a beginning too; None at the first state."""
    moves: dict[int, _State] = field(default_factory=dict)
    base: int = 0
    atom: int = NO_INDEX
    system: int = NO_INDEX
    use: int = HTTP_NO_USE


@dataclass(frozen=True, slots=True)
class TextLayout:
    """The sections ``http_moves``, ``http_ends`` and ``http_uses``."""

    moves: list[Record]
    ends: list[Record]
    uses: list[Record]
    bases: list[int]
    """Where each automaton begins; the first one at 0."""


class Automata:
    """So many automata, by number."""

    def __init__(self, count: int) -> None:
        self._roots = [_State() for _ in range(count)]
        self._count = 0

    def add(self, number: int, text: str, *, atom: int = NO_INDEX, system: int = NO_INDEX) -> None:
        """Look for `text`. Of several systems with one text the first counts."""
        state = self._roots[number]
        for byte in text.encode("utf-8", "surrogateescape"):
            if byte not in state.children:
                self._require_few(1)
                state.children[byte] = _State()
            state = state.children[byte]
        state.atom = min(state.atom, atom)
        state.system = min(state.system, system)

    def laid_out(self) -> TextLayout:
        """All of them, once all texts are known."""
        states = list(self._roots)
        for state in states:  # which grows
            states += (state.children[byte] for byte in sorted(state.children))
            _link(state)
            self._require_few(len(state.moves) - len(state.children) if state.children else 0)
        places = _Places()
        uses: list[Record] = []
        for state in states:
            _add_use(state, uses)
            if state.children or state.fail is None:
                state.base = places.take(sorted(state.moves))
            else:
                state.base = state.fail.base
        moves: list[Record] = [(NO_INDEX, 0)] * places.count
        ends: list[Record] = [(HTTP_NO_USE,)] * places.count
        for state in states:
            for byte, following in state.moves.items():
                moves[state.base + byte] = (state.base, following.base)
                ends[state.base + byte] = (following.use,)
        return TextLayout(moves, ends, uses, [root.base for root in self._roots])

    def _require_few(self, more: int) -> None:
        self._count += more
        if self._count > HTTP_MOST_MOVES:
            raise TableLimitError(
                "too many or too long texts of HTTP signatures and of ua_os: finding them takes more than "
                f"{HTTP_MOST_MOVES} steps; write fewer, or shorter ones"
            )


def _link(state: _State) -> None:
    """Set the moves of a state, and where its children fall back to. Shorter beginnings have theirs."""
    inherited = {} if state.fail is None or state.fail.fail is None else state.fail.moves
    state.moves = inherited | state.children if state.children else inherited
    for byte, child in state.children.items():
        at = state
        while at.fail is not None and byte not in at.fail.children:
            at = at.fail
        child.fail = at if at.fail is None else at.fail.children[byte]


def _add_use(state: _State, uses: list[Record]) -> None:
    """Uses are in order of depth. The system is the first of all that end here."""
    state.use = further = HTTP_NO_USE if state.fail is None else state.fail.use
    if state.atom == state.system == NO_INDEX:
        return
    system, following = state.system, NO_INDEX
    if further != HTTP_NO_USE:
        system, following = min(system, uses[further][1]), further
    state.use = len(uses)
    uses.append((state.atom, system, following))


class _Places:
    """Which places of the array are taken."""

    def __init__(self) -> None:
        self._taken = bytearray()
        self._bases: set[int] = set()
        self._first_free = 0

    @property
    def count(self) -> int:
        """So many that from each base there is one for any byte; none where nothing is looked for."""
        return max(self._bases) + _BYTES if self._taken else 0

    def take(self, moves: Sequence[int]) -> int:
        """Take the places of these bytes; return the base at which they lie, which no other state has."""
        base = next(base for base in self._found(moves[0] if moves else 0) if self._is_free(base, moves))
        self._bases.add(base)
        if moves:
            self._taken.extend(bytes(max(0, base + moves[-1] + 1 - len(self._taken))))
        for byte in moves:
            self._taken[base + byte] = 1
        free = self._taken.find(0, self._first_free)
        self._first_free = len(self._taken) if free < 0 else free
        return base

    def _found(self, first: int) -> Iterator[int]:
        """Bases with a free place for the first move; behind the last place that is taken all are free."""
        at = max(self._first_free, first)
        for _ in range(_PLACES):
            at = self._taken.find(0, at)
            if at < 0:
                break
            yield at - first
            at += 1
        at = max(len(self._taken), first)
        while True:
            yield at - first
            at += 1

    def _is_free(self, base: int, moves: Sequence[int]) -> bool:
        places = (base + byte for byte in moves)
        return base not in self._bases and not any(self._taken[at : at + 1] == b"\1" for at in places)
