"""The records by which heads of HTTP messages are looked up (`csrc/http/match.c` walks them).

What a signature needs of a head is a set of *atoms*: a header is there, or it is there with a text in its
value. Atoms are numbered from the rarest on. A tree has a node for each set that signatures need, below
that of the set without its most frequent atom; so a head, which has some atoms, meets only nodes whose
atoms it has, and few of them. At a node lie its signatures by the order that they need. All texts that
signatures have for headers of a name are found in one pass over a value (Aho-Corasick), and so are those
of ``ua_os``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from sigcompiler.model import HttpSignature, Section, SignatureFile
from sigcompiler.table.hashing import Words, mix
from sigcompiler.table.layout import (
    GRADE_GENERIC,
    GRADE_SHIFT,
    HTTP_ROW_LEAST,
    HTTP_STEP_OPTIONAL,
    NO_INDEX,
)

if TYPE_CHECKING:
    from sigcompiler.table.cold import Record

Atom: TypeAlias = "tuple[int, str | None]"
"""Number of a name, and the text that its value must have."""

Place: TypeAlias = Callable[[str], tuple[int, int]]
"""Puts a text into the strings of a database."""

_WORD = 8


class HttpRecords:
    """The sections ``http_...``; ``names`` by what the core hashes."""

    NO_NAME: ClassVar[Record] = (0, 0, NO_INDEX, NO_INDEX, NO_INDEX)

    def __init__(self, source: SignatureFile, place: Place) -> None:
        self._place = place
        self._numbers: dict[str, int] = {}
        self.steps: list[Record] = []
        self.runs = [self._add_steps(signature) for signature in source.http]
        """First step and number of steps of each signature, and how many more must be absent."""
        needs = [self._needs(signature) for signature in source.http]
        frequency = Counter(atom for need in needs for atom in dict.fromkeys(need))
        atoms = {atom: number for number, (atom, _) in enumerate(reversed(frequency.most_common()))}
        valued = {
            self._number(header.name)
            for signature in source.http
            for header in signature.headers
            if header.value
        }
        roots = {name: number for number, name in enumerate(sorted(valued), 1)}
        self.names: dict[Words, Record] = {
            name_words(name): (
                *place(name),
                number,
                atoms.get((number, None), NO_INDEX),
                roots.get(number, NO_INDEX),
            )
            for name, number in self._numbers.items()
        }
        self.nodes, self.members, self.firsts = _tree(source.http, needs, atoms)
        self.states, self.rows, self.uses = _automata(source, atoms, roots)

    def _add_steps(self, signature: HttpSignature) -> tuple[int, int, int]:
        first = len(self.steps)
        for header in signature.headers:
            text = self._place(header.value or "")
            self.steps.append((*text, self._number(header.name), HTTP_STEP_OPTIONAL * header.optional))
        self.steps += [(0, 0, self._number(name), 0) for name in signature.absent]
        return first, len(signature.headers), len(signature.absent)

    def _needs(self, signature: HttpSignature) -> list[Atom]:
        """What a head must have, in this order."""
        return [
            (self._number(header.name), header.value) for header in signature.headers if not header.optional
        ]

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name.lower(), len(self._numbers))


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
    signatures: Sequence[HttpSignature], needs: Sequence[Sequence[Atom]], atoms: dict[Atom, int]
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
        node.members.append((mix((name for name, _ in need), 0), number))
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


# An automaton for the texts of each name, and one for those of ``ua_os``.


@dataclass(slots=True)
class _State:
    root: _State | None
    byte: int
    depth: int
    children: dict[int, _State] = field(default_factory=dict)
    uses: list[tuple[int, int]] = field(default_factory=list)
    fail: _State | None = None
    suffix: _State | None = None
    number: int = 0


def _automata(
    source: SignatureFile, atoms: dict[Atom, int], numbers: dict[int, int]
) -> tuple[list[Record], list[Record], list[Record]]:
    """States in order of depth, the first for ``ua_os`` and the next by `numbers` of names; rows; uses."""
    roots = [_State(None, 0, 0) for _ in range(1 + len(numbers))]
    for (name, text), atom in atoms.items():
        if text is not None:
            _state_of(roots[numbers[name]], text).uses.append((name, atom))
    for number, system in enumerate(source.user_agent_systems):
        _state_of(roots[0], system.text or system.name).uses.append((NO_INDEX, number))
    states = list(roots)
    for number, state in enumerate(states):  # which grows
        state.number = number
        states += (state.children[byte] for byte in sorted(state.children))
        _link(state)
    records: list[Record] = []
    rows: list[Record] = []
    uses: list[Record] = []
    first_child = len(roots)
    for state in states:
        row = NO_INDEX
        if len(state.children) >= HTTP_ROW_LEAST:
            row = len(rows)
            rows.append(tuple(_number(state.children.get(byte), 0) for byte in range(256)))
        goes_on = (_number(state.fail, state.number), _number(state.suffix, NO_INDEX))
        counts = (first_child, len(uses), len(state.uses), len(state.children))
        records.append((*goes_on, *counts, state.depth, row, state.byte, 0, 0, 0))
        first_child += len(state.children)
        uses += state.uses
    return records, rows, uses


def _state_of(root: _State, text: str) -> _State:
    state = root
    for depth, byte in enumerate(text.encode("utf-8", "surrogateescape"), 1):
        state = state.children.setdefault(byte, _State(root, byte, depth))
    return state


def _link(state: _State) -> None:
    """Set, for the children, where to go on when nothing longer fits, and the next text that ends there."""
    for byte, child in state.children.items():
        fail = state.fail
        while fail is not None and byte not in fail.children:
            fail = fail.fail
        child.fail = child.root if fail is None else fail.children[byte]
        if child.fail is not None:
            child.suffix = child.fail if child.fail.uses else child.fail.suffix


def _number(state: _State | None, none: int) -> int:
    return none if state is None else state.number
