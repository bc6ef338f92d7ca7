"""Proposes signatures from labelled traffic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from huginn_cffi import Analyzer, Database
from huginn_workbench.arguments import (
    DEFAULT,
    MAX_INVENTORY,
    MOST_INVENTORY,
    Direction,
    OnError,
    required,
    whole,
)
from huginn_workbench.core import contradiction
from huginn_workbench.learning import results, sightings
from huginn_workbench.learning.collisions import Neighbours, database_of, tcp_signatures
from huginn_workbench.learning.counting import Count
from huginn_workbench.learning.evidence import (
    OTHER_CLASS,
    LabelledEvidence,
    LabelledSystem,
    LearningError,
    classes,
    evidence_of,
    expanded,
    joined,
)
from huginn_workbench.learning.generalise import Candidate, candidates, is_near, narrowed
from huginn_workbench.learning.results import Learned
from huginn_workbench.learning.sightings import FilePath, PacketMember, SignatureMatch
from sigcompiler.claims.flavors import claims, family_names
from sigcompiler.diagnostics import visible
from sigcompiler.model import TcpSignature


def learn(
    captures: FilePath | Sequence[FilePath],
    *,
    labels: FilePath | None = None,
    system: str | None = None,
    hosts: Sequence[str] = (),
    database: Database = DEFAULT,
    source: str = "captures",
    max_inventory: int = MAX_INVENTORY,
    on_error: OnError | None = None,
    analyzer: Analyzer | None = None,
) -> Learned:
    """Propose signatures for the systems of labelled traffic that `database` does not name.

    `captures` are files or folders of files. The senders' systems come from one of: `labels`, a CSV
    file in the format of `evaluate`; `system`, such as ``Windows 11`` or a whole label
    ``s:unix:Linux:6.18``, for captures of one host, which `hosts` (addresses or networks) identifies
    if several hosts send SYNs; otherwise plaintext User-Agents. `source` names the origin of the
    packets in the provenance. The first `max_inventory` handshake packets are examined; ``left_out``
    of the result counts the rest. Pass an `analyzer` to use its filter and times; its database is
    not used.

    Raises `LearningError` if there is nothing to learn from, `LabelError` for an unreadable file of
    labels, and `CaptureError` for a damaged capture; `on_error` gets this error instead.
    """
    chosen = required(database)
    if labels is not None and system is not None:
        raise LearningError("give either labels or a system, not both")
    if hosts and system is None:
        raise LearningError("hosts belong to a system: they say which of the senders runs it")
    if not source.strip() or not source.isprintable() or ";" in source:
        raise LearningError(f"source must be one line of words without a semicolon, not {visible(source)!r}")
    paths = expanded(captures)
    read = partial(sightings.handshakes, on_error=on_error, analyzer=analyzer)
    limit = whole("max_inventory", max_inventory, 1, MOST_INVENTORY)
    evidence = evidence_of(paths, labels, system, hosts, read, limit)
    return _Learner(chosen, evidence, source.strip()).learned()


@dataclass(slots=True)
class _Learner:
    """One run of `learn`: the results collected over all families."""

    database: Database
    evidence: LabelledEvidence
    source: str
    _accepted: list[tuple[Candidate, results.Proposal]] = field(default_factory=list)
    _refusals: list[results.Refusal] = field(default_factory=list)
    _known: dict[tuple[LabelledSystem, Direction, str, bool], Count] = field(default_factory=dict)
    _far: Count = field(default_factory=Count)

    def learned(self) -> Learned:
        members = self._members()
        base = tcp_signatures(self.database)
        neighbours = Neighbours(base, members, self.database)
        os_classes = self._classes(members)
        hosts = {name: len(set().union(*(one.senders for one in own))) for name, own in members.items()}
        for family in sorted(members, key=lambda name: (-hosts[name], name)):
            unnamed = self._unnamed(family, members[family])
            for candidate in candidates(unnamed):
                self._judge(candidate, family, os_classes[family], neighbours, "")
        self._accepted.sort(key=lambda pair: (pair[1].direction, str(pair[1].system)))
        return Learned(
            proposals=tuple(proposal for _, proposal in self._accepted),
            refusals=tuple(self._refusals),
            known=tuple(results.Known(*key[:3], tally.support, key[3]) for key, tally in self._known.items()),
            changes=tuple(self._changes(neighbours.signatures)) if self._accepted else (),
            notes=tuple(self._notes()),
            text=results.signature_file(self._accepted, self._files()),
            left_out=self.evidence.quota.left_out,
        )

    def _members(self) -> dict[str, list[PacketMember]]:
        found: dict[str, list[PacketMember]] = defaultdict(list)
        for system, shown in self.evidence.systems.items():
            for one, tally in shown.items():
                member = PacketMember(one.packed(), system.flavor)
                member.merge(tally)
                found[system.family].append(member)
        return dict(found)

    def _classes(self, families: Iterable[str]) -> dict[str, str]:
        """The class of each family: as given, as in the database, or the class for unknown families."""
        known = classes(one for one in self.database.signatures if one.section.startswith("tcp:"))
        given = {system.family: system.os_class for system in self.evidence.systems if system.os_class}
        return {
            family: given.get(family)
            or next((known[name] for name in family_names(family) if name in known), OTHER_CLASS)
            for family in families
        }

    def _unnamed(self, family: str, members: Sequence[PacketMember]) -> list[PacketMember]:
        """The packets that no specific line of the family names; named ones are recorded as known."""
        found = []
        for member in members:
            match = sightings.named(self.database, member.shown)
            if match is not None and match.certain and _shares(match, family):
                self._note_known(family, member, match)
            elif is_near(member.shown.seen):
                found.append(member)
            else:
                self._far.merge(member)
        return found

    def _note_known(self, family: str, member: PacketMember, match: SignatureMatch) -> None:
        signature = match.signature
        line = f"{signature.file}:{signature.line} ({signature.label})"
        system, agrees = LabelledSystem(family, member.flavor), _agrees(match, family, member.flavor)
        key = (system, member.shown.direction, line, agrees)
        self._known.setdefault(key, Count()).merge(member)

    def _judge(
        self, candidate: Candidate, family: str, os_class: str, neighbours: Neighbours, narrowed_by: str
    ) -> bool:
        """Propose a candidate, or narrower lines if it is too wide; False if it is refused."""
        objection = neighbours.objection(candidate, family)
        if not objection:
            pair = self._proposal(candidate, family, os_class, narrowed_by)
            neighbours.accept(pair[0].signature)
            self._accepted.append(pair)
            return True
        before, reason = len(self._refusals), narrowed_by or objection
        parts = [self._judge(part, family, os_class, neighbours, reason) for part in narrowed(candidate)]
        if not any(parts):
            system = LabelledSystem(family, joined(family, (one.flavor for one in candidate.members)))
            direction, support = candidate.members[0].shown.direction, candidate.tally.support
            refusal = results.Refusal(system, direction, candidate.text, support, objection)
            self._refusals[before:] = [refusal]  # one refusal in place of the parts' refusals
        return any(parts)

    def _proposal(
        self, candidate: Candidate, family: str, os_class: str, narrowed_by: str
    ) -> tuple[Candidate, results.Proposal]:
        system = LabelledSystem(family, joined(family, (one.flavor for one in candidate.members)), os_class)
        unnamed = candidate.signature.label
        label = replace(unnamed, name=family, flavor=system.flavor, os_class=os_class)
        provenance = results.provenance_of(self.evidence.kind, self.source, candidate.tally)
        signature = replace(candidate.signature, label=label, text=candidate.text, provenance=provenance)
        direction, support = candidate.members[0].shown.direction, candidate.tally.support
        proposal = results.Proposal(system, direction, candidate.text, provenance, support, narrowed_by)
        return replace(candidate, signature=signature), proposal

    def _changes(self, signatures: Sequence[TcpSignature]) -> Iterable[results.AnswerChange]:
        after = database_of(signatures)
        found: dict[tuple[Direction, str, str], Count] = {}
        for shown, tally in self.evidence.everything.items():
            matches = (sightings.named(one, shown) for one in (self.database, after))
            old, new = map(sightings.answer, matches)
            if old != new:
                found.setdefault((shown.direction, old, new), Count()).merge(tally)
        for (direction, old, new), tally in found.items():
            yield results.AnswerChange(direction, old, new, tally.support)

    def _notes(self) -> list[str]:
        notes = list(self.evidence.notes)
        if self._far.packets:
            support = self._far.support
            notes.append(
                f"{support} left out: the TTL is more than 35 hops below any initial one ({support.example})"
            )
        return notes

    def _files(self) -> list[str]:
        tallies = (tally for shown in self.evidence.systems.values() for tally in shown.values())
        return sorted({file for tally in tallies for file, _ in tally.senders})


def _shares(match: SignatureMatch, family: str) -> bool:
    return bool(set(family_names(family)).intersection(family_names(match.signature.name)))


def _agrees(match: SignatureMatch, family: str, flavor: str) -> bool:
    """Whether a version in the line could be the labelled version; without versions they agree."""
    own = match.signature
    return contradiction(claims(own.name, own.flavor), claims(family, flavor)) != "versions"
