"""The records by which heads of HTTP messages are looked up (`csrc/http/match.c` walks them).

What a signature needs of a head is a set of *atoms*: a header is there, or it is there with a text in its
value. Atoms are numbered from the rarest on. A tree has a node for each set that signatures need, below
that of the set without its most frequent atom; so a head, which has some atoms, meets only nodes whose
atoms it has, and few of them. At a node lie its signatures by the order that they need. All texts that
signatures have for headers of a name are found in one pass over a value (`texts`), and so are those of
``ua_os``. Texts of optional headers and of software are atoms that no node needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sigcompiler.model import HttpSignature, Section, SignatureFile
from sigcompiler.table.hashing import Words, mix
from sigcompiler.table.layout import (
    GRADE_GENERIC,
    GRADE_SHIFT,
    HTTP_MOST_MOVES,
    HTTP_NAME_VALUED,
    HTTP_NO_USE,
    HTTP_STEP_OPTIONAL,
    NO_INDEX,
    TableLimitError,
)

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


Atom: TypeAlias = "tuple[str, str | None]"
"""A name in lower case, and the text that its value must have."""

Place: TypeAlias = Callable[[str], tuple[int, int]]
"""Puts a text into the strings of a database."""

_WORD = 8


class HttpRecords:
    """The sections ``http_...``; ``names`` by what the core hashes."""

    def __init__(self, source: SignatureFile, place: Place) -> None:
        self._numbers: dict[str, int] = {}
        needs = [needed_atoms(signature) for signature in source.http]
        frequency = Counter(atom for need in needs for atom in dict.fromkeys(need))
        order = [atom for atom, _ in reversed(frequency.most_common())]
        more = (atom for signature in source.http for atom in searched_atoms(signature))
        self._atoms = {atom: number for number, atom in enumerate(dict.fromkeys((*order, *more)))}
        self.steps: list[Record] = []
        self.runs = [self._add_steps(signature) for signature in source.http]
        """Number of the software, first step and number of steps of each signature, and how many more must
        be absent."""
        self.nodes, self.members, nodes = _tree(source.http, needs, self._atoms, self._numbers)
        self.atoms: list[Record] = [
            (*(place(text) if text else (0, 0)), self._number(name), *nodes[number])
            for (name, text), number in self._atoms.items()
        ]
        self.texts, roots = _automata(source, self._atoms)
        valued = {h.name.lower() for signature in source.http for h in signature.headers if h.value}
        self.names: dict[Words, Record] = {
            name_words(name): (
                *place(name),
                number,
                self._atoms.get((name, None), NO_INDEX),
                roots.get(name, NO_INDEX),
                HTTP_NAME_VALUED * (name in valued),
            )
            for name, number in self._numbers.items()
        }

    def _add_steps(self, signature: HttpSignature) -> tuple[int, int, int, int]:
        first = len(self.steps)
        for header in signature.headers:
            name = header.name.lower()
            atom = self._atoms[name, header.value] if header.value else NO_INDEX
            self.steps.append((atom, self._number(name), HTTP_STEP_OPTIONAL * header.optional))
        self.steps += [(NO_INDEX, self._number(name.lower()), 0) for name in signature.absent]
        software = self._atoms[software_atom(signature)] if signature.software else NO_INDEX
        return software, first, len(signature.headers), len(signature.absent)

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))


def needed_atoms(signature: HttpSignature) -> list[Atom]:
    """What a head must have, in this order."""
    return [(header.name.lower(), header.value) for header in signature.headers if not header.optional]


def searched_atoms(signature: HttpSignature) -> Iterator[Atom]:
    """All texts that are looked for in values: of headers, and the software in that which shows it."""
    for header in signature.headers:
        if header.value:
            yield header.name.lower(), header.value
    if signature.software:
        yield software_atom(signature)


def software_atom(signature: HttpSignature) -> Atom:
    """The software, in the header that shows it."""
    return ("server" if signature.section is Section.HTTP_RESPONSE else "user-agent"), signature.software


def name_words(name: str) -> Words:
    """A name in lower case as the core hashes it: eight characters a word, then the length."""
    data = name.encode("ascii")
    return (
        *(int.from_bytes(data[at : at + _WORD], "little") for at in range(0, len(data), _WORD)),
        len(data),
    )


# The tree of sets of atoms.


@dataclass(slots=True)
class _Node:
    atom: int
    best: int = NO_INDEX
    children: dict[int, _Node] = field(default_factory=dict)
    members: list[tuple[int, int]] = field(default_factory=list)
    """Order and signature."""


def _tree(
    signatures: Sequence[HttpSignature],
    needs: Sequence[Sequence[Atom]],
    atoms: dict[Atom, int],
    names: dict[str, int],
) -> tuple[list[Record], list[Record], list[Record]]:
    """Nodes, those of requests below the first, of responses below the second; members; nodes by atom."""
    roots = [_Node(NO_INDEX), _Node(NO_INDEX)]
    for number, (signature, need) in enumerate(zip(signatures, needs, strict=True)):
        node = roots[signature.section is Section.HTTP_RESPONSE]
        grade = (GRADE_GENERIC << GRADE_SHIFT) * signature.label.generic | number
        node.best = min(node.best, grade)
        for atom in sorted({atoms[one] for one in need}):
            node = node.children.setdefault(atom, _Node(atom))
            node.best = min(node.best, grade)
        node.members.append((mix((names[name] for name, _ in need), 0), number))
    nodes = list(roots)
    records: list[Record] = []
    members: list[Record] = []
    for node in nodes:  # which grows
        children = [node.children[atom] for atom in sorted(node.children)]
        counts = (len(nodes), len(children), len(members), len(node.members))
        records.append((node.atom, *counts, node.best))
        nodes += children
        members += sorted(node.members)
    numbers = {id(node): number for number, node in enumerate(nodes)}
    firsts = [
        tuple(numbers[id(root.children[atom])] if atom in root.children else NO_INDEX for root in roots)
        for atom in range(len(atoms))
    ]
    return records, members, firsts


def _automata(source: SignatureFile, atoms: dict[Atom, int]) -> tuple[TextLayout, dict[str, int]]:
    """Automata, the first one for ``ua_os``, and where that of each name begins."""
    names = dict.fromkeys(name for name, text in atoms if text)
    numbers = {name: number for number, name in enumerate(names, 1)}
    automata = Automata(1 + len(numbers))
    for (name, text), atom in atoms.items():
        if text:
            automata.add(numbers[name], text, atom=atom)
    for number, system in enumerate(source.user_agent_systems):
        automata.add(0, system.text or system.name, system=number)
    layout = automata.laid_out()
    return layout, {name: layout.bases[number] for name, number in numbers.items()}
