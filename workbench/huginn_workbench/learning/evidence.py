"""Labels traffic with the system of each sender, from a label file, a User-Agent or the user."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from huginn_cffi import (
    Analyzer,
    Batch,
    Endpoint,
    HttpRequestObservation,
    HuginnError,
    Signature,
)
from huginn_cffi.sources.searching import find_captures
from huginn_workbench.arguments import OnError
from huginn_workbench.core import RowViews
from huginn_workbench.evaluation.labels import LabelledPacket, read_labels, version_words
from huginn_workbench.learning.counting import MOST_NAMED, Count, Quota, first_of
from huginn_workbench.learning.sightings import FilePath, Handshake, Shown, count_handshake
from huginn_workbench.wording import named, range_text
from sigcompiler.claims.flavors import family_names, flavor_items, label_text, versions
from sigcompiler.claims.versions import SERVERS, Versions, is_windows, listed

STANDARD_INPUT, INPUT_NAME = "-", "standard input"
"""In arguments, and as the name of a batch's capture."""

OTHER_CLASS = "other"
"""The class for families that no signature names."""

VAGUE = frozenset(("Unix", "device", "unknown"))
"""Labels that name no family."""

_NAME = re.compile(r"[A-Za-z0-9 ./\-_!?()]+")
_FULL = re.compile(r"s:(?P<os_class>[^:]+):(?P<family>[^:]*):(?P<flavor>.*)")
_VERSION = re.compile(r"(?<=\S)\s+(?=\d|NT\b|ME\b|XP\b|Vista\b)")
_KERNEL = re.compile(r"\d+(\.\d+)+")


class LearningError(HuginnError, ValueError):
    """Nothing can be learned from the input; the message names what is missing."""


class LabelledSystem(NamedTuple):
    """The system of a sender. `flavor` has versions and may be empty; an empty `os_class` is unknown."""

    family: str
    flavor: str = ""
    os_class: str = ""

    def __str__(self) -> str:
        """Family and versions."""
        return label_text(self.family, self.flavor)


def system_of(text: str) -> LabelledSystem:
    """The system for ``Windows 11``, ``Linux 6.1-6.12``, or a whole label ``s:unix:Linux:6.18``.

    Raises `LearningError` for a name that is invalid in a label.
    """
    full = _FULL.fullmatch(text.strip())
    if full is not None:
        found = LabelledSystem(full["family"].strip(), full["flavor"].strip(), full["os_class"].strip())
    else:
        family, *rest = _VERSION.split(text.strip(), maxsplit=1)
        found = LabelledSystem(family, rest[0] if rest else "")
    if not _NAME.fullmatch(found.family) or not found.flavor.isprintable():
        raise LearningError(
            f"{text!r} names no system: a family of letters, digits, blanks and ./-_!?(), then its version"
        )
    return found


def labelled_system(family: str, version: str) -> LabelledSystem | None:
    """The system of a row of labels; None for labels that name no family."""
    if family in VAGUE or not _NAME.fullmatch(family):
        return None
    words = version_words(family, version)
    if family == "Linux" and _KERNEL.fullmatch(words):
        words = ".".join(words.split(".")[:2])  # packets do not show further parts of a version
    return LabelledSystem(family, words)


def classes(signatures: Iterable[Signature]) -> dict[str, str]:
    """The class of every family that a database names."""
    found: dict[str, str] = {}
    for signature in signatures:
        if signature.os_class:
            for family in family_names(signature.name):
                found.setdefault(family, signature.os_class)
    return found


def joined(family: str, flavors: Iterable[str]) -> str:
    """One flavor from several: a list of Windows releases, or the range of numbered versions.

    Words that are not versions are listed unchanged.
    """
    items = list(dict.fromkeys(item for flavor in flavors for item in flavor_items(flavor)))
    spans = [versions(family, item) for item in items]
    if not items or not all(spans):
        return listed(items)
    if is_windows(family):
        return listed(sorted(items, key=lambda item: (item in SERVERS, versions(family, item))))
    first, last = min(span[0].first for span in spans), max(span[0].last for span in spans)
    return range_text(Versions(first, last))


_PROXIED = frozenset(("via", "x-forwarded-for", "forwarded"))
"""Headers that a proxy adds."""

_WINDOWS = {
    "5.0": "2000",
    "5.1": "XP",
    "5.2": "XP or 2003",
    "6.0": "Vista or 2008",
    "6.1": "7 or 2008 R2",
    "6.2": "8 or 2012",
    "6.3": "8.1 or 2012 R2",
    "10.0": "10 or newer",
}
"""Windows releases by NT kernel version; 10.0 covers all later releases."""

_FROZEN = {"macOS": "10.15", "iOS": "18.6", "Android": "10"}
"""Frozen versions, which browsers also state for all later releases."""

_NT = re.compile(r"Windows NT (\d+\.\d+)|Microsoft-CryptoAPI/(\d+\.\d+)")
_IOS = re.compile(r"(?:iPhone OS|CPU OS) (\d+)_(\d+)")
_MACOS = re.compile(r"Mac OS X (\d+)[_.](\d+)")
_ANDROID = re.compile(r"Android (\d+(?:\.\d+)*)")
_UNIX = re.compile(r"\b(FreeBSD|OpenBSD|NetBSD|Linux|CrOS|Debian APT|linux-gnu)\b")


class Request(NamedTuple):
    """A client's request: sender, receiver, packet, and User-Agent."""

    client: Endpoint
    server: Endpoint
    packet: int
    user_agent: str


def system_of_agent(text: str) -> LabelledSystem | None:
    """The system that a User-Agent names, or None. A version that browsers froze becomes "or newer"."""
    if windows := _NT.search(text):
        flavor = _WINDOWS.get(windows[1] or windows[2])
        return LabelledSystem("Windows", flavor) if flavor else None
    if apple := _IOS.search(text):
        return _system("iOS", f"{apple[1]}.{apple[2]}")
    if android := _ANDROID.search(text):
        return _system("Android", android[1])
    if mac := _MACOS.search(text):
        return _system("macOS", mac[1] if int(mac[1]) > 10 else f"{mac[1]}.{mac[2]}")
    if unix := _UNIX.search(text):
        return LabelledSystem(unix[1] if unix[1].endswith("BSD") else "Linux")
    return None


def requests(path: FilePath, on_error: OnError) -> Iterator[Request]:
    """First requests of connections, if with a User-Agent and without a proxy's headers, in order."""
    reader = Analyzer(None, uptime=False, protocols=("http",))
    for batch in reader.batches(os.fspath(path), on_error=on_error):
        rows = RowViews(batch)
        for row in (row for row, direction in rows.messages() if direction == "request"):
            request = rows.view(HttpRequestObservation, row)
            agent = (request.user_agent or "").strip()
            if agent and _PROXIED.isdisjoint(name.lower() for name in request.signature.headers):
                ends = rows.endpoint(row, "src"), rows.endpoint(row, "dst")
                yield Request(*ends, rows.place(row)[2], agent)


def _system(family: str, version: str) -> LabelledSystem:
    """The system of this version, or newer if User-Agents freeze this version."""
    return LabelledSystem(family, f"{version} or newer" if version == _FROZEN[family] else version)


Read: TypeAlias = "Callable[[Path], Iterator[Handshake]]"
"""A function that reads the handshake packets of a capture."""

Network: TypeAlias = "IPv4Network | IPv6Network"
Kind = Literal["labels", "user-agent", "as"]

_PREFIX = 64
"""Number of leading bits that all addresses of an IPv6 host share, even with privacy extensions."""


@dataclass(slots=True)
class LabelledEvidence:
    """Counts by system and by observed packet."""

    kind: Kind
    quota: Quota
    """The quota of handshake packets."""
    systems: dict[LabelledSystem, dict[Shown, Count]] = field(default_factory=lambda: defaultdict(dict))
    everything: dict[Shown, Count] = field(default_factory=dict)
    """All handshake packets of the captures, with or without a label."""
    notes: list[str] = field(default_factory=list)
    """Omissions, in words."""

    def kept(self, found: Iterable[Handshake]) -> Iterator[Handshake]:
        """The handshakes of a capture that the quota admits."""
        return (one for one in found if self.quota.take())

    def add(self, one: Handshake, system: LabelledSystem | None) -> None:
        """Count a packet, also for its system if this is known."""
        count_handshake(self.everything, one)
        if system is not None:
            count_handshake(self.systems[system], one)


_NOTHING: dict[Kind, str] = {
    "labels": "no label belongs to a SYN or SYN+ACK of these captures; labels name file, packet and sender",
    "user-agent": 'no User-Agent in clear names a system; say whose capture it is with --as "Windows 11"',
    "as": "the chosen hosts sent no SYN and no SYN+ACK",
}


def evidence_of(
    captures: Sequence[Path],
    labels: FilePath | None,
    system: str | None,
    hosts: Sequence[str],
    read: Read,
    limit: int,
) -> LabelledEvidence:
    """Evidence from a file of labels, from one system, or else from User-Agents. Raises `LearningError`."""
    if labels is not None:
        found = evidence_of_labels(captures, labels, read, limit)
    elif system is not None:
        found = evidence_of_one_system(captures, system_of(system), hosts, read, limit)
    else:
        found = evidence_of_agents(captures, read, limit)
    if not found.everything:
        raise LearningError("the captures hold no SYN and no SYN+ACK to learn from")
    if not found.systems:
        raise LearningError(_NOTHING[found.kind])
    return found


def evidence_of_labels(
    captures: Sequence[Path], labels: FilePath, read: Read, limit: int
) -> LabelledEvidence:
    """Evidence from a CSV file of labels in the format of `evaluate`; captures are found by name."""
    rows = [row for row in read_labels(labels) if not row.suspect]
    wanted: dict[str, dict[tuple[int, str, str], LabelledPacket]] = defaultdict(dict)
    for row in rows:
        wanted[row.file][(row.frame, row.direction, row.ip)] = row
    known = [path for path in captures if path.name in wanted]
    if not known:
        names = ", ".join(path.name for path in captures[:MOST_NAMED])
        raise LearningError(f"{os.fspath(labels)}: no label names one of these captures: {names}")
    found, vague = LabelledEvidence("labels", Quota(limit)), 0
    for path in known:
        own = wanted[path.name]
        for one in found.kept(read(path)):
            label = own.get((one.packet, one.shown.direction, one.source.ip))
            system = labelled_system(label.family, label.version) if label else None
            vague += label is not None and system is None
            found.add(one, system)
    if vague:
        found.notes.append(f"{vague} packets left out because their labels do not name a single family")
    return found


def evidence_of_agents(captures: Sequence[Path], read: Read, limit: int) -> LabelledEvidence:
    """Evidence from User-Agents: the first request of a connection names the system of its SYN."""
    found = LabelledEvidence("user-agent", Quota(limit))
    for path in captures:
        if not path.is_file():
            name = INPUT_NAME if os.fspath(path) == STANDARD_INPUT else named(os.fspath(path))
            raise LearningError(
                f"{name}: is not a regular file, and User-Agents are read in a second pass; "
                "save it to a file, or use --as"
            )
        seen = list(found.kept(read(path)))
        systems = dict(_agents(path, seen))
        for number, one in enumerate(seen):
            found.add(one, systems.get(number))
    return found


def evidence_of_one_system(
    captures: Sequence[Path], system: LabelledSystem, hosts: Sequence[str], read: Read, limit: int
) -> LabelledEvidence:
    """Evidence from captures of one system. `hosts` are its addresses or networks; empty: the only sender.

    Raises `LearningError` if several hosts or no host sent SYNs.
    """
    networks = [network_of(text) for text in hosts]
    found = LabelledEvidence("as", Quota(limit))
    for path in captures:
        seen = list(found.kept(read(path)))
        chosen = networks or _only_host(path, seen)
        for one in seen:
            address = ip_address(one.source.ip)
            found.add(one, system if any(address in network for network in chosen) else None)
    return found


def _agents(path: Path, seen: Sequence[Handshake]) -> Iterator[tuple[int, LabelledSystem]]:
    """For each request that states a system: the index in `seen` of its SYN, and this system."""
    syns: dict[tuple[Endpoint, Endpoint], list[int]] = defaultdict(list)
    for number, one in enumerate(seen):
        if one.shown.direction == "request":
            syns[one.source, one.destination].append(number)
    # Damaged captures were already reported when their handshakes were read.
    for request in requests(path, lambda error: None):
        system = system_of_agent(request.user_agent)
        own = syns.get((request.client, request.server), [])
        before = bisect_left([seen[number].packet for number in own], request.packet)
        if system is not None and before:
            yield own[before - 1], system


def network_of(text: str) -> Network:
    """Parse an address or a network. Raises `LearningError` for other texts."""
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise LearningError(f"host {text!r} is neither an address nor a network") from None


def _only_host(path: Path, seen: Sequence[Handshake]) -> list[Network]:
    """The only host that sends SYNs in a capture, or SYN+ACKs if there is no SYN.

    Of several hosts it is the captured one, which takes part in every conversation. IP versions are
    judged separately, because a host has addresses of both.
    """
    direction = "request" if any(one.shown.direction == "request" for one in seen) else "response"
    packets = Counter(one.source.ip for one in seen if one.shown.direction == direction)
    found: list[Network] = []
    for version in (4, 6):
        own = [one for one in seen if one.shown.seen.version == version]
        senders = dict.fromkeys(_host_network(ip) for ip in packets)
        senders = {one: None for one in senders if one.version == version}
        if len(senders) > 1:
            ends = [{_host_network(one.source.ip), _host_network(one.destination.ip)} for one in own]
            senders = {one: None for one in senders if all(one in pair for pair in ends)}
            if len(senders) != 1:
                ranked = sorted(packets.items(), key=lambda item: (-item[1], item[0]))
                word = "SYN+ACKs" if direction == "response" else "SYNs"
                hosts = f"{len(ranked)} hosts send {word}: {first_of([f'{ip} ({n})' for ip, n in ranked])}"
                raise LearningError(f"{os.fspath(path)}: {hosts}; say with --host which one it is")
        found += senders
    return found


def _host_network(ip: str) -> Network:
    return ip_network((ip, _PREFIX if ":" in ip else 32), strict=False)


def read_batches(
    captures: FilePath | Iterable[FilePath],
    analyzer: Analyzer | None,
    on_error: OnError | None,
    **traffic: Any,
) -> Iterator[Batch]:
    """The events of captures, read by `analyzer`, or by a new analyzer with the arguments `traffic`."""
    reader = Analyzer(None, uptime=False, **traffic) if analyzer is None else analyzer
    for path in expanded(captures):
        yield from reader.batches(os.fspath(path), on_error=on_error)


def expanded(paths: FilePath | Iterable[FilePath]) -> list[Path]:
    """The captures for a path, or for several paths, folders and patterns, as `find_captures` finds them.

    Raises `LearningError` for a missing path or a folder without captures.
    """
    found = find_captures([paths] if isinstance(paths, (str, os.PathLike)) else paths).captures
    for name in found:
        if name == STANDARD_INPUT:
            continue
        if not os.path.exists(name):  # noqa: PTH110 - "" is no path, but Path("") is "."
            raise LearningError(f"{named(name)}: there is no such capture")
        if Path(name).is_dir():
            raise LearningError(f"{name}: the folder holds no captures")
    return [Path(name) for name in found]
