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
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from sigcompiler.model import HttpSignature, Section, SignatureFile
from sigcompiler.table.hashing import Words, mix
from sigcompiler.table.layout import (
    GRADE_GENERIC,
    GRADE_SHIFT,
    HTTP_NAME_VALUED,
    HTTP_STEP_OPTIONAL,
    NO_INDEX,
)
from sigcompiler.table.texts import Automata, TextLayout

if TYPE_CHECKING:
    from sigcompiler.table.layout import Record

Atom: TypeAlias = "tuple[str, str | None]"
"""A name in lower case, and the text that its value must have."""

Place: TypeAlias = Callable[[str], tuple[int, int]]
"""Puts a text into the strings of a database."""

_WORD = 8


class HttpRecords:
    """The sections ``http_...``; ``names`` by what the core hashes."""

    NO_NAME: ClassVar[Record] = (0, 0, NO_INDEX, NO_INDEX, NO_INDEX, 0)

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
