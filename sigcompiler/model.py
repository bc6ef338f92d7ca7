"""The typed content of a signature file, with the place of every value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, TypedDict

from sigcompiler import vocabulary
from sigcompiler.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a value. Lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Section(IntEnum):
    """The five sections of p0f's format, and sections for ClientHellos, devices, segments and banners."""

    MTU = 0
    TCP_REQUEST = 1
    TCP_RESPONSE = 2
    HTTP_REQUEST = 3
    HTTP_RESPONSE = 4
    TLS_CLIENT = 5
    DEVICE = 6
    SEGMENTS = 7
    BANNER = 8


SECTION_WORDS = {one: f"[{one.name.lower().replace('_', ':')}]" for one in Section}


class DeviceValues(NamedTuple):
    """The values of a ``[device]`` label; a value that the label does not state is empty.

    ``<model>`` in a value stands for the text that the signature captures under this name. In a ``[banner]``
    label the first three values are the name, version and variant of a program.
    """

    type: str
    manufacturer: str
    model: str
    system: str
    version: str


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A label: the sender of the packets that the signatures below it describe.

    In ``[mtu]`` only ``name`` is set (the link's name). ``os_class`` is ``None`` there, in ``[device]`` and
    ``[banner]``, and for userland tools (class ``!``), whose ``sys`` line is kept in ``systems``.
    """

    place: Place
    section: Section
    name: str
    flavor: str = ""
    generic: bool = False
    userland: bool = False
    os_class: str | None = None
    systems: tuple[str, ...] = ()
    """Items of the ``sys`` line, ``@class`` items with their ``@``."""
    device: DeviceValues | None = None
    """The values of a ``[device]`` or ``[banner]`` label; its ``name`` joins them with blanks."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window field: ``value`` is the window, the multiple N or the modulus; 0 for ``*``."""

    kind: vocabulary.WindowKind
    value: int


class SigFields(TypedDict):
    """The fields of `SigLine`."""

    place: Place
    label: LabelLine
    text: str
    provenance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SigLine:
    """A ``sig`` line under a label; its subclasses add the values of each section."""

    place: Place
    label: LabelLine
    text: str
    """The value as written, trimmed."""
    provenance: str = ""
    """The nearest ``; source: …`` comment above the line, under the same label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TcpSignature(SigLine):
    """One ``sig`` line of a TCP section.

    ``version`` is 4, 6 or ``None`` (either); ``mss`` and ``wscale`` are ``None`` for ``*``.
    ``options`` holds option kinds; ``eol_pad`` is the number of bytes after an EOL (0 without one).
    ``unreliable_ttl`` marks ``N-``: the packet's TTL is at most ``ittl``, distance unknown.
    """

    direction: vocabulary.Direction
    version: int | None
    ittl: int
    unreliable_ttl: bool
    olen: int
    mss: int | None
    window: Window
    wscale: int | None
    options: tuple[int, ...]
    eol_pad: int
    quirks: vocabulary.Quirk
    payload: vocabulary.PayloadClass
    own_rules: bool = False
    """Whether the line stands below the comment ``; rules: beyond p0f`` in its file."""

    @property
    def exact_ttl(self) -> bool:
        """Whether the TTL must fit even in a fuzzy match: an MSS, with or without NOPs, proves too little."""
        return self.own_rules and not set(self.options) - {
            vocabulary.OptionKind.MSS,
            vocabulary.OptionKind.NOP,
        }

    def quirks_for(self, version: int) -> vocabulary.Quirk:
        """The quirks that a packet with this IP version must show."""
        if self.version is not None:
            return self.quirks
        return self.quirks & ~(vocabulary.IPV6_ONLY_QUIRKS if version == 4 else vocabulary.IPV4_ONLY_QUIRKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class MtuSignature(SigLine):
    """One ``sig`` line of ``[mtu]``."""

    mtu: int


@dataclass(frozen=True, slots=True)
class HttpHeader:
    """One header of an HTTP signature; ``value`` is the text in ``[...]``, if any."""

    name: str
    value: str | None
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSignature(SigLine):
    """One ``sig`` line of an HTTP section; ``version`` is 0 (HTTP/1.0), 1, 2 or ``None`` (any)."""

    version: int | None
    headers: tuple[HttpHeader, ...]
    absent: tuple[str, ...]
    software: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsSignature(SigLine):
    """One ``sig`` line of ``[tls:client]``: a JA4 or a stable JA4.

    ``start`` is its first part, ten characters, each of which may be ``?`` (``*`` is ten of them);
    ``ciphers`` and ``extensions`` are the digests of the other two, ``None`` for ``*``.
    """

    start: str
    ciphers: str | None
    extensions: str | None

    @property
    def wildcard(self) -> bool:
        """Whether the signature fits more than one JA4."""
        return "?" in self.start or self.ciphers is None or self.extensions is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSignature(SigLine):
    """One ``sig`` line of ``[device]`` or ``[banner]``: a pattern for one kind of announcement."""

    announcement: vocabulary.AnnouncementKind
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class SegmentValues:
    """Numbers from ``first`` to ``last`` that are multiples of ``multiple`` (1: all of them)."""

    first: int
    last: int
    multiple: int = 1

    def has(self, number: int) -> bool:
        """Whether `number` is one of them."""
        return self.first <= number <= self.last and number % self.multiple == 0


@dataclass(frozen=True, slots=True)
class SegmentCondition:
    """A feature of a host's segments, and its required values, or with ``negated`` its forbidden values."""

    feature: vocabulary.SegmentFeature
    negated: bool
    values: tuple[SegmentValues, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSignature(SigLine):
    """One ``sig`` line of ``[segments]``. It fits if all its conditions are met."""

    conditions: tuple[SegmentCondition, ...]


@dataclass(frozen=True, slots=True)
class UserAgentSystem:
    """One item of a ``ua_os`` line: ``text`` is the text to search, ``None`` for the name itself."""

    place: Place
    name: str
    text: str | None


@dataclass(slots=True)
class SignatureFile:
    """The content of one or several signature files, in file order.

    Several files in one compilation are read in the given order, like one long file, but
    each has its own sections and classes.
    """

    files: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    user_agent_systems: list[UserAgentSystem] = field(default_factory=list)
    labels: list[LabelLine] = field(default_factory=list)
    mtu: list[MtuSignature] = field(default_factory=list)
    tcp: list[TcpSignature] = field(default_factory=list)
    """Both directions, in file order: the index is the priority."""
    http: list[HttpSignature] = field(default_factory=list)
    tls: list[TlsSignature] = field(default_factory=list)
    """In file order: the lower index leads among equally specific signatures."""
    device: list[DeviceSignature] = field(default_factory=list)
    """In file order: of the signatures that fit, specific ones lead, then ones with more required text."""
    segments: list[SegmentSignature] = field(default_factory=list)
    """In file order: the first one that fits is the answer."""
    source_hash: bytes = b""
    """SHA-256 over the texts of all files in order, without file names."""

    def __len__(self) -> int:
        own = len(self.tls) + len(self.device) + len(self.segments)
        return len(self.mtu) + len(self.tcp) + len(self.http) + own
