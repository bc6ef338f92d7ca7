"""The records for looking up heads of HTTP messages (`csrc/http/match.c` reads them).

A signature requires a set of *atoms*: an atom is a header, or a header with a text in its value. Atoms are
numbered, the rarest first. A tree has a node for each required set; its parent is the set without the most
frequent atom. So a head visits only nodes whose atoms it has, and few of them. A node holds its signatures by
the header order that they require. One pass over a value finds all texts that signatures have for this header
name (`Automata`); the texts of ``ua_os`` are found in the same way. Texts of optional headers and of software
are atoms that no node requires.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sigcompiler.model import HttpSignature, Section, SignatureFile
from sigcompiler.table import layout
from sigcompiler.table.hashing import Words, mix
from sigcompiler.table.layout import NO_INDEX, Record, TableLimitError

_BYTES = 256
_PLACES = 256
"""Limit of the free places that are tried for the first move of a state."""


@dataclass(slots=True)
class _State:
    children: dict[int, _State] = field(default_factory=dict)
    fail: _State | None = None
    """The state of the longest proper suffix that is also a prefix of a text; None at the root."""
    moves: dict[int, _State] = field(default_factory=dict)
    base: int = 0
    atom: int = NO_INDEX
    system: int = NO_INDEX
    use: int = layout.HTTP_NO_USE


class Automata:
    """A fixed number of Aho-Corasick automata, by number: ``http_moves``, ``http_ends`` and ``http_uses``."""

    def __init__(self, count: int) -> None:
        self.moves: list[Record] = []
        self.ends: list[Record] = []
        self.uses: list[Record] = []
        self._roots = [_State() for _ in range(count)]
        self._count = 0

    def add(self, number: int, text: str, *, atom: int = NO_INDEX, system: int = NO_INDEX) -> None:
        """Add `text` to the search. If several systems have the same text, the first one counts."""
        state = self._roots[number]
        for byte in text.encode("utf-8", "surrogateescape"):
            if byte not in state.children:
                self._require_few(1)
                state.children[byte] = _State()
            state = state.children[byte]
        state.atom = min(state.atom, atom)
        state.system = min(state.system, system)

    def lay_out(self) -> list[int]:
        """Fill the sections, after all texts were added; returns the start of each automaton, first 0."""
        states = list(self._roots)
        for state in states:  # the list grows during the loop
            states += (state.children[byte] for byte in sorted(state.children))
            _link(state)
            self._require_few(len(state.moves) - len(state.children) if state.children else 0)
        places = _Places()
        for state in states:
            _add_use(state, self.uses)
            if state.children or state.fail is None:
                state.base = places.take(sorted(state.moves))
            else:
                state.base = state.fail.base
        self.moves += [(NO_INDEX, 0)] * places.count
        self.ends += [(layout.HTTP_NO_USE,)] * places.count
        for state in states:
            for byte, following in state.moves.items():
                self.moves[state.base + byte] = (state.base, following.base)
                self.ends[state.base + byte] = (following.use,)
        return [root.base for root in self._roots]

    def _require_few(self, more: int) -> None:
        self._count += more
        if self._count > layout.HTTP_MOST_MOVES:
            raise TableLimitError(
                "too many or too long texts of HTTP signatures and of ua_os: finding them takes more than "
                f"{layout.HTTP_MOST_MOVES} steps; write fewer, or shorter ones"
            )


def _link(state: _State) -> None:
    """Set the moves of a state and the fallbacks of its children. Shorter prefixes must be linked first."""
    inherited = {} if state.fail is None or state.fail.fail is None else state.fail.moves
    state.moves = inherited | state.children if state.children else inherited
    for byte, child in state.children.items():
        at = state
        while at.fail is not None and byte not in at.fail.children:
            at = at.fail
        child.fail = at if at.fail is None else at.fail.children[byte]


def _add_use(state: _State, uses: list[Record]) -> None:
    """Add a record for the text that ends at a state, linked to the shorter texts that end there too."""
    state.use = further = layout.HTTP_NO_USE if state.fail is None else state.fail.use
    if state.atom == state.system == NO_INDEX:
        return
    system, following = state.system, NO_INDEX
    if further != layout.HTTP_NO_USE:
        # The first system of all texts that end here.
        system, following = min(system, uses[further][1]), further
    state.use = len(uses)
    uses.append((state.atom, system, following))


class _Places:
    def __init__(self) -> None:
        self._taken = bytearray()
        self._bases: set[int] = set()
        self._first_free = 0

    @property
    def count(self) -> int:
        """The length of the array: every base has a place for any byte. 0 without texts."""
        return max(self._bases) + _BYTES if self._taken else 0

    def take(self, moves: Sequence[int]) -> int:
        """Occupy the places for these bytes and return their base, which no other state has."""
        base = next(base for base in self._free_bases(moves[0] if moves else 0) if self._is_free(base, moves))
        self._bases.add(base)
        if moves:
            self._taken.extend(bytes(max(0, base + moves[-1] + 1 - len(self._taken))))
        for byte in moves:
            self._taken[base + byte] = 1
        free = self._taken.find(0, self._first_free)
        self._first_free = len(self._taken) if free < 0 else free
        return base

    def _free_bases(self, first: int) -> Iterator[int]:
        """Bases with a free place for the first move. Beyond the last occupied place all are free."""
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
"""A name in lower case, and the text that the value must contain."""

Place: TypeAlias = Callable[[str], tuple[int, int]]
"""Adds a text to the strings of a database."""

_WORD = 8


class HttpRecords:
    """The sections ``http_...``; ``names`` is keyed by the words that the core hashes."""

    def __init__(self, source: SignatureFile, place: Place) -> None:
        self._numbers: dict[str, int] = {}
        needs = [needed_atoms(signature) for signature in source.http]
        frequency = Counter(atom for need in needs for atom in dict.fromkeys(need))
        order = [atom for atom, _ in reversed(frequency.most_common())]
        more = (atom for signature in source.http for atom in searched_atoms(signature))
        self._atoms = {atom: number for number, atom in enumerate(dict.fromkeys((*order, *more)))}
        self.steps: list[Record] = []
        self.runs = [self._add_steps(signature) for signature in source.http]
        """For each signature: number of the software, first step, number of steps, and number of absent
        headers."""
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
                layout.HTTP_NAME_VALUED * (name in valued),
            )
            for name, number in self._numbers.items()
        }

    def _add_steps(self, signature: HttpSignature) -> tuple[int, int, int, int]:
        first = len(self.steps)
        for header in signature.headers:
            name = header.name.lower()
            atom = self._atoms[name, header.value] if header.value else NO_INDEX
            self.steps.append((atom, self._number(name), layout.HTTP_STEP_OPTIONAL * header.optional))
        self.steps += [(NO_INDEX, self._number(name.lower()), 0) for name in signature.absent]
        software = self._atoms[software_atom(signature)] if signature.software else NO_INDEX
        return software, first, len(signature.headers), len(signature.absent)

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))


def needed_atoms(signature: HttpSignature) -> list[Atom]:
    """The atoms that a head must have, in this order."""
    return [(header.name.lower(), header.value) for header in signature.headers if not header.optional]


def searched_atoms(signature: HttpSignature) -> Iterator[Atom]:
    """All texts that are searched in values: texts of headers, and the software in its header."""
    for header in signature.headers:
        if header.value:
            yield header.name.lower(), header.value
    if signature.software:
        yield software_atom(signature)


def software_atom(signature: HttpSignature) -> Atom:
    """The atom of the software, in the header that shows it."""
    header = "server" if signature.label.section is Section.HTTP_RESPONSE else "user-agent"
    return header, signature.software


def name_words(name: str) -> Words:
    """The words that the core hashes for a lower-case name: eight characters each, then its length."""
    data = name.encode("ascii")
    words = (int.from_bytes(data[at : at + _WORD], "little") for at in range(0, len(data), _WORD))
    return (*words, len(data))


# The tree of sets of atoms.


@dataclass(slots=True)
class _Node:
    atom: int
    best: int = NO_INDEX
    children: dict[int, _Node] = field(default_factory=dict)
    members: list[tuple[int, int]] = field(default_factory=list)
    """Required header order (hashed) and signature."""


def _tree(
    signatures: Sequence[HttpSignature],
    needs: Sequence[Sequence[Atom]],
    atoms: dict[Atom, int],
    names: dict[str, int],
) -> tuple[list[Record], list[Record], list[Record]]:
    """Nodes (first the roots for requests and for responses), members, and children of the roots by atom."""
    roots = [_Node(NO_INDEX), _Node(NO_INDEX)]
    for number, (signature, need) in enumerate(zip(signatures, needs, strict=True)):
        node = roots[signature.label.section is Section.HTTP_RESPONSE]
        grade = (layout.GRADE_GENERIC << layout.GRADE_SHIFT) * signature.label.generic | number
        node.best = min(node.best, grade)
        for atom in sorted({atoms[one] for one in need}):
            node = node.children.setdefault(atom, _Node(atom))
            node.best = min(node.best, grade)
        node.members.append((mix((names[name] for name, _ in need), 0), number))
    nodes = list(roots)
    records: list[Record] = []
    members: list[Record] = []
    for node in nodes:  # the list grows during the loop
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


def _automata(source: SignatureFile, atoms: dict[Atom, int]) -> tuple[Automata, dict[str, int]]:
    """The automata, the first one for ``ua_os``, and the start of the automaton of each name."""
    names = dict.fromkeys(name for name, text in atoms if text)
    numbers = {name: number for number, name in enumerate(names, 1)}
    automata = Automata(1 + len(numbers))
    for (name, text), atom in atoms.items():
        if text:
            automata.add(numbers[name], text, atom=atom)
    for number, system in enumerate(source.user_agent_systems):
        automata.add(0, system.text or system.name, system=number)
    bases = automata.lay_out()
    return automata, {name: bases[number] for name, number in numbers.items()}
