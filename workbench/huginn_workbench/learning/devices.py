"""Proposes ``[device]`` signatures from labelled devices."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from ipaddress import ip_address
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from huginn_cffi import PROTOCOLS, Analyzer, Batch, Database, DhcpObservation, SignatureError
from huginn_workbench.arguments import DEFAULT, MAX_INVENTORY, MOST_INVENTORY, OnError, required, whole
from huginn_workbench.core import explain_device, public_part
from huginn_workbench.evaluation.labels import labels_by_host
from huginn_workbench.learning import program_lines
from huginn_workbench.learning.announced_lines import (
    AnnouncedLine,
    AnnouncedMember,
    lines_of,
    single_lines,
    tokens_of,
)
from huginn_workbench.learning.counting import Counts, first_of
from huginn_workbench.learning.evidence import LearningError, network_of, read_batches
from huginn_workbench.learning.inventories import AnnouncedText, announced_by
from huginn_workbench.learning.program_lines import LearnedPrograms, ProgramLine, SectionLines
from huginn_workbench.learning.results import SEVERAL
from huginn_workbench.learning.sightings import FilePath
from huginn_workbench.wording import counted, named
from sigcompiler.model import DeviceValues
from sigcompiler.patterns import parse_pattern
from sigcompiler.schema.rows import DEVICES

SECTION = "device"

DEVICE_PROTOCOLS = tuple(name for name in DEVICES if name in PROTOCOLS)
"""Events by which devices announce themselves."""

_MAC = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")


class AnnouncingSender(NamedTuple):
    """The sender of announcements: the MAC, if known, and the source address."""

    file: str
    mac: str
    ip: str

    @property
    def device(self) -> str:
        """The identity that counts as one device."""
        return self.mac or self.ip


def device_label(text: str) -> DeviceValues:
    """The values of a label. Raises `LearningError` for an invalid label."""
    words = [word.strip() for word in text.strip().removeprefix("s:").split(":")]
    found = DeviceValues(*words[:5], *[""] * (5 - len(words)))
    errors = program_lines.line_errors(":".join(("s", *found)), "dhcp-class x", SECTION)
    if len(words) > len(found) or not text.isprintable():
        raise LearningError(f"{text!r} is not a label: TYPE:MANUFACTURER:MODEL:SYSTEM:VERSION")
    if errors:
        raise LearningError(f"{text!r} is not a label: {errors[0].message}; {errors[0].hint}")
    return found


_Senders: TypeAlias = dict[AnnouncingSender, set[str]]
"""The addresses of each sender."""
_Labelled: TypeAlias = dict[AnnouncingSender, DeviceValues]


def _labels_of_hosts(label: DeviceValues, hosts: Sequence[str], senders: _Senders) -> _Labelled:
    """The label for the chosen hosts. Raises `LearningError` if none is chosen and a capture has several."""
    macs = {mac for mac in map(_mac, hosts) if mac}
    networks = [network_of(text) for text in hosts if not _mac(text)]
    if not hosts:
        devices = sorted({(one.file, one.device) for one in senders})
        for file, own in groupby(devices, key=itemgetter(0)):
            if len(names := [name for _, name in own]) > 1:
                message = f"{len(names)} devices announce something: {first_of(names)}"
                raise LearningError(f"{named(file)}: {message}; say with --host which one it is")
        return dict.fromkeys(senders, label)
    return {
        one: label
        for one, ips in senders.items()
        if one.mac in macs or any(ip_address(ip) in network for ip in ips for network in networks)
    }


def _mac(text: str) -> str:
    """A MAC in the notation of results; empty if the text is not a MAC."""
    found = text.lower().replace("-", ":")
    return found if _MAC.fullmatch(found) else ""


def _host(text: str) -> str:
    return _mac(text) or str(ip_address(text))


def _labels_of_file(path: FilePath, senders: _Senders) -> _Labelled:
    columns = ("file", "ip", "device")  # "ip" may also be a MAC
    rows = labels_by_host(path, columns, _host, lambda value: device_label(value["device"]))
    found = {}
    for one, ips in senders.items():
        keys = ((Path(one.file).name, host) for host in (one.mac, *sorted(ips)))
        if (key := next((key for key in keys if key in rows), None)) is not None:
            found[one] = rows[key]
    return found


OWN_WORDS = frozenset(
    ("dhcp-class", "dhcp-vendor", "server", "description", "inventory", "software", "platform")
)
"""Kinds with texts chosen by the makers of devices; texts of other kinds are shared by many devices."""

_UNSET = ("0.0.0.0", "::")


class _CountedTexts(Counts[AnnouncedText]):
    """The texts that devices announce, with senders and DHCP leases, up to a common limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._leases: set[AnnouncingSender] = set()

    def add(self, batch: Batch) -> None:
        for _, seen, texts in announced_by(batch):
            ip = seen.source.ip
            mac = seen.mac or seen.source_mac or ""
            if isinstance(seen, DhcpObservation) and seen.dhcp_message == "ack" and seen.device_ip:
                lease = AnnouncingSender(batch.capture, mac, seen.device_ip)
                if lease not in self._leases and self.take():
                    self._leases.add(lease)
            sender = AnnouncingSender(batch.capture, mac, "" if ip in _UNSET else ip)
            for text in texts:
                self.count(text, sender, 0)

    def senders(self, text: AnnouncedText) -> set[AnnouncingSender]:
        found: Any = self.counts[text].senders
        return found  # type: ignore[no-any-return]

    def all_senders(self) -> _Senders:
        """The addresses by sender. A sender without an address yet gets the addresses of its MAC."""
        senders: set[AnnouncingSender] = set().union(*map(self.senders, self.counts))
        by_mac: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in senders | self._leases:
            if one.mac and one.ip:
                by_mac[one.file, one.mac].add(one.ip)
        return {one: {one.ip} if one.ip else by_mac.get((one.file, one.mac), set()) for one in senders}


def learn_devices(
    captures: FilePath | Sequence[FilePath],
    *,
    labels: FilePath | None = None,
    device: str = "",
    hosts: Sequence[str] = (),
    database: Database = DEFAULT,
    source: str = "captures",
    max_inventory: int = MAX_INVENTORY,
    on_error: OnError | None = None,
    analyzer: Analyzer | None = None,
) -> LearnedPrograms:
    """Propose ``[device]`` signatures for the announcements of labelled devices.

    `device` is the label of `hosts` (addresses, networks or MACs; empty: the only sender):
    ``TYPE:MANUFACTURER:MODEL:SYSTEM:VERSION``; its end may be left out. Alternatively, `labels` is a CSV file
    with the columns ``file``, ``ip`` (or a MAC) and ``device``. If you pass an `analyzer`, it needs
    ``host_names=True`` to recognise names, so that no line includes one. Other arguments are as in `learn`.
    """
    chosen = required(database)
    if labels is not None and (device or hosts):
        raise LearningError("a file of labels names the device of each host; give no device or host with it")
    texts = _CountedTexts(whole("max_inventory", max_inventory, 1, MOST_INVENTORY))
    labels_of = (
        partial(_labels_of_hosts, device_label(device), hosts)
        if labels is None
        else partial(_labels_of_file, labels)
    )
    for batch in read_batches(captures, analyzer, on_error, protocols=DEVICE_PROTOCOLS, host_names=True):
        texts.add(batch)
    senders = texts.all_senders()
    labelled = labels_of(senders)
    if not labelled:
        others = first_of(sorted({one.device for one in senders}))
        these = f"; these do: {others}" if others else ""
        raise LearningError(f"the labelled devices announce nothing that can be read{these}")
    return _AnnouncementLearner(chosen, source, texts, labelled).learned()


class _AnnouncementLearner:
    """Judges the texts of labelled devices, and the lines for them."""

    def __init__(self, database: Database, source: str, texts: _CountedTexts, labelled: _Labelled) -> None:
        self._database, self._left_out = database, texts.left_out
        self._lines = SectionLines(SECTION, source)
        names: dict[str, set[str]] = defaultdict(set)
        for text in (one for one in texts.counts if one.announcement == "name"):
            for sender in texts.senders(text):
                names[sender.device].add(text.text)
        self._senders = {text: {one.device for one in texts.senders(text)} for text in sorted(texts.counts)}
        self._by_kind: dict[str, set[str]] = defaultdict(set)
        for text, devices in self._senders.items():
            self._by_kind[text.announcement] |= devices
        self._members = list(self._membership(texts, labelled, names))
        self._devices: dict[tuple[str, ...], set[str]] = defaultdict(set)
        """By type and manufacturer."""
        for sender, label in labelled.items():
            self._devices[label[:2]].add(sender.device)

    def _membership(
        self, texts: _CountedTexts, labelled: _Labelled, names: dict[str, set[str]]
    ) -> Iterator[AnnouncedMember]:
        for text in self._senders:
            shown = public_part(text.announcement, text.text)
            own: dict[DeviceValues, set[str]] = defaultdict(set)
            for sender in texts.senders(text):
                if sender in labelled:
                    own[labelled[sender]].add(sender.device)
            for label, devices in sorted(own.items()) if shown else ():
                device_names = sorted(set().union(*(names[device] for device in devices)))
                cut = len(shown) < len(text.text)
                tokens = tokens_of(text.announcement, shown, label, device_names, cut=cut)
                if any(token.text for token in tokens):
                    yield AnnouncedMember(text.announcement, text.text, label, tokens, devices)

    def learned(self) -> LearnedPrograms:
        lines = lines_of([member for member in self._members if self._is_wanted(member)])
        for one in self._judged(lines):  # a text without a word of its label gets a lower weight
            tied = all(member.is_tied for member in one.members)
            self._lines.propose(one.label, one.text, len(one.senders), tied=tied)
        return program_lines.learned([self._lines], self._left_out)

    def _is_wanted(self, member: AnnouncedMember) -> bool:
        """Whether a text needs a line; otherwise the reason is recorded."""
        found = explain_device(self._database, member.announcement, member.text)
        match = found.match
        if match is not None:
            place, generic = f"{match.file}:{match.line}", match.kind == "generic"
            contradicts = _contradicts(found, member.values)
            if contradicts and not generic:
                name = " ".join(filter(None, _values_of(found)))
                return self._refuse(member, f"{place} names it {name}")
            if not contradicts and not _adds(member, found):
                line = single_lines([member])[0]
                self._lines.known.append(ProgramLine(SECTION, line.label, line.text, place))
                return False
        if not any(member.values):
            return self._refuse(member, "it holds neither the model nor the version, and the label no more")
        return member.is_tied or self._is_own(member)

    def _is_own(self, member: AnnouncedMember) -> bool:
        """Whether a text without a word of the label distinguishes these devices from all others."""
        kind, devices = member.announcement, self._devices[member.label[:2]]
        sent = self._senders[AnnouncedText(kind, member.text)]
        if not sent <= devices:
            hosts = counted(len(sent - devices), "host")
            return self._refuse(member, f"{hosts} without this label sent the same")
        others = self._by_kind[kind] - devices
        if kind in OWN_WORDS or (len(sent) >= SEVERAL and len(others) >= SEVERAL):
            return True
        condition = f"{SEVERAL} such devices must send it, and {SEVERAL} others something else"
        return self._refuse(member, f"it holds no word of the label, so {condition}")

    def _refuse(self, member: AnnouncedMember, reason: str) -> bool:
        line = single_lines([member])[0]
        self._lines.refuse(line.label, line.text, reason)
        return False

    def _judged(self, lines: list[AnnouncedLine]) -> list[AnnouncedLine]:
        """Lines that name their own texts correctly and no others wrongly; wide lines are narrowed first."""
        left = [one for line in lines for one in self._usable_lines(line)]
        while faults := self._faults(left):
            kept = [
                self._narrowed(line, faults[number]) if number in faults else [line]
                for number, line in enumerate(left)
            ]
            left = [one for line in chain.from_iterable(kept) for one in self._usable_lines(line)]
        return left

    def _narrowed(self, line: AnnouncedLine, reason: str) -> list[AnnouncedLine]:
        """One line per text of the line. If it has only one text: none, and the reason is recorded."""
        found = single_lines(line.members)
        if len(found) > 1:
            return found
        self._lines.refuse(line.label, line.text, reason)
        return []

    def _usable_lines(self, line: AnnouncedLine) -> list[AnnouncedLine]:
        """The line, if it compiles and no database line beats it; otherwise narrower lines, or none."""
        if errors := program_lines.line_errors(line.label, line.text, SECTION):
            return [one for one in self._narrowed(line, errors[0].message) if one.text != line.text]
        weight = parse_pattern(line.pattern).weight
        for member in line.members:
            match = explain_device(self._database, member.announcement, member.text).match
            if match is None:
                continue
            if match.text.lower() == line.text.lower():
                return self._narrowed(line, f"{match.file}:{match.line} has the same pattern")
            if match.kind != "specific":
                continue
            if parse_pattern(match.text.partition(" ")[2].strip()).weight > weight:
                reason = f"{match.file}:{match.line} has more literal text"
                return [one for one in self._narrowed(line, reason) if one.text != line.text]
        return [line]

    def _faults(self, lines: list[AnnouncedLine]) -> dict[int, str]:
        """The faults, by index of the line, that appear when all lines form one database."""
        if not lines:
            return {}
        numbered = [(one.label, f"{at}; low", one.text) for at, one in enumerate(lines)]
        body = program_lines.signature_file(numbered, SECTION)
        try:
            together = Database.compile(text=body)
        except SignatureError as error:
            return dict.fromkeys(range(len(lines)), str(error).splitlines()[0])
        right: dict[int, set[str]] = defaultdict(set)
        wrong: dict[int, set[str]] = defaultdict(set)
        for member in self._members:
            found = explain_device(together, member.announcement, member.text)
            if found.match is not None:
                number = int(found.match.provenance.partition(";")[0])
                (wrong if _contradicts(found, member.values) else right)[number].update(member.senders)
        reason_of = program_lines.rivals_reason
        rivals = {at: reason_of(len(own), len(right.get(at, ()))) for at, own in wrong.items()}
        return {at: reason for at, reason in rivals.items() if reason} or {
            number: "other proposed lines name its texts"
            for number in range(len(lines))
            if number not in right
        }


def _values_of(found: object) -> DeviceValues:
    """The values in the explanation of an announced text."""
    return DeviceValues(*(getattr(found, name) or "" for name in DeviceValues._fields))


def _contradicts(found: object, values: DeviceValues) -> bool:
    """Whether a name contradicts the label in a field; one of them may be more specific."""
    for stated, labelled in zip(_values_of(found), values, strict=True):
        first, second = (re.sub(r"[\W_]+", "", one).lower() for one in (stated, labelled))
        if first and second and first not in second and second not in first:
            return True
    return False


def _adds(member: AnnouncedMember, found: object) -> bool:
    """Whether the text has a value of the label that the current name lacks."""
    stated, label = _values_of(found), member.label
    return bool(
        (not stated.manufacturer and label.manufacturer and member.names(label.manufacturer))
        or (not stated.model and member.value("model"))
        or (not stated.system and label.system and member.names(label.system))
        or (not stated.version and member.value("version"))
    )
