"""Finds the packets behind answers, by a second reading of the captures."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from huginn_cffi.applications.auditing.evaluating import AuditAnswer, AuditPacket, RuleAnswers
from huginn_cffi.base.names import EXPLAINED
from huginn_cffi.base.times import SECOND_NS, parse_time, rfc3339
from huginn_cffi.formats.rendering import Renderer

if TYPE_CHECKING:
    from huginn_cffi.run.batch import Batch

_SUBJECTS = ("src_ip", "dst_ip", "device_ip", "mac", "source_mac")
_SUBJECT = re.compile(rb'"(?:%s)":"([^"]+)"' % "|".join(_SUBJECTS).encode())
_SYSTEM = (*EXPLAINED, "segments", "smb", "greeting")
_UPTIMES = ("client_uptime", "server_uptime")
_SHOWING = {
    **dict.fromkeys(("family", "flavor", "ended", "confidence", "version_confidence"), _SYSTEM),
    **dict.fromkeys(("mac", "claimed_by"), ("arp", "neighbor")),
    **dict.fromkeys(("mtu", "link"), ("mtu",)),
    **dict.fromkeys(("uptime_minutes", "uptime_modulo_days", "uptime_hz", "uptime_reliable"), _UPTIMES),
}
"""Kinds of events that show a column, if there are any; other columns are shown by all other kinds."""
PACKET = "packet"
"""In place of a kind of event: the first packet of an address, for rows that no event shows."""
_OTHERS = frozenset(("mtu", *_UPTIMES, PACKET))
_OF_ADDRESSES = ("hosts", "holders", "devices")
_MOST_WAIT = 60 * SECOND_NS
"""Longest time from a SYN to its answer."""
_NEGOTIATING = {"SSH": "ssh_server", "X.509": "certificate"}
"""Kinds of events behind rows of the view ``cryptography``; of others, ``tls_server``."""


def prove(answers: Iterable[RuleAnswers], batches: Iterable[Batch]) -> None:
    """Add packets to all listed answers: of each kind of event and MAC the first.

    `batches` are from a second reading of the same captures.
    """
    proofs = defaultdict[str, list[_Proof]](list)
    for one in answers:
        for answer in (*one.failures, *one.unknown):
            if subject := answer.ip or answer.mac:
                proofs[subject].append(_Proof(one, answer))
    addresses = {ip.encode() for ip in proofs}
    for event, batch in _events(batches, addresses) if addresses else ():
        for ip in {str(event.get(name)) for name in _SUBJECTS} & proofs.keys():
            for proof in proofs[ip]:
                proof.add(event, batch)
    for proof in (proof for some in proofs.values() for proof in some):
        proof.end()


def _events(batches: Iterable[Batch], addresses: set[bytes]) -> Iterator[tuple[dict[str, Any], Batch]]:
    for batch in batches:
        for piece in Renderer("json", batch.database).pieces(batch, 0, len(batch)):
            for line in piece.splitlines():
                if not addresses.isdisjoint(_SUBJECT.findall(line)):
                    yield json.loads(line), batch
        for one in batch._native.senders[0 : batch._native.sender_count]:
            ip = str(ip_address(bytes(one.address)[: 4 if one.version == 4 else 16]))
            if ip.encode() in addresses:
                mac = bytes(one.mac).hex(":")
                sent = {"event": PACKET, "mac": mac, "time": rfc3339(one.first_ns)}
                yield {**sent, "device_ip": ip, "packet_number": one.packet_number}, batch


class _Proof:
    """The packets behind an answer."""

    def __init__(self, of: RuleAnswers, answer: AuditAnswer) -> None:
        self._of, self._answer = of.rule.of, answer
        self._shows = {kind for name in of.rule.reads_require for kind in _SHOWING.get(name, ())}
        self._first = answer.first_seen[:19]
        if self._of == "peers":  # a peer is seen with the answer, after its SYN
            self._first = rfc3339(parse_time(answer.first_seen) - _MOST_WAIT)[:19]
        self._found: dict[tuple[str, str | None], AuditPacket] = {}

    def add(self, event: dict[str, Any], batch: Batch) -> None:
        kind = event["event"], event.get("mac")
        if kind not in self._found and self._belongs(event):
            number = event["packet_number"] - batch.packets_before
            self._found[kind] = AuditPacket(batch.capture, number, event["event"])

    def end(self) -> None:
        found = [one for one in self._found.values() if one.event in self._shows]
        found = found or [one for one in self._found.values() if one.event not in _OTHERS]
        self._answer.packets.extend(found or self._found.values())

    def _belongs(self, event: dict[str, Any]) -> bool:
        """Whether an event belongs to the row; times of ports are whole seconds."""
        answer, record = self._answer, self._answer.record
        if not self._first <= event["time"][:19] <= record["last_seen"][:19]:
            return False
        if event["event"] == PACKET:  # its segment is not known
            return self._of in _OF_ADDRESSES and answer.mac in (None, event["mac"])
        if (event.get("segment") or event.get("tunnel")) != answer.tunnel:
            return False
        client, server = ((event.get(f"{end}_ip"), event.get(f"{end}_port")) for end in ("src", "dst"))
        if event.get("from_server"):
            client, server = server, client
        if self._of == "services":
            return bool(event.get("from_server")) and server == (answer.ip, record["port"])
        if self._of == "peers":
            ends = (answer.ip, record["peer"]) if record["direction"] == "to" else (record["peer"], answer.ip)
            return record["peer"] is None or (client[0], *server) == (*ends, record["port"])
        if self._of == "cryptography":
            return event.get("src_ip") == answer.ip and _negotiates(event, **record)
        if answer.ip is None:
            return answer.mac in (event.get("mac"), event.get("source_mac"))
        return answer.ip == (event.get("device_ip") or event.get("src_ip"))


def _negotiates(event: dict[str, Any], protocol: str, algorithms: str, **_: Any) -> bool:
    """Whether an event of a server shows the algorithms."""
    names = algorithms.split(", ")
    if event["event"] != _NEGOTIATING.get(protocol, "tls_server"):
        return False
    if protocol == "X.509":
        return any(event["sha256"].startswith(name) for name in names[4:5])
    if protocol == "SSH":
        return names[0] in event["key_exchanges"]
    return event["cipher"] == names[-1] and (protocol == "QUIC" or event["tls_version"] == names[0])
