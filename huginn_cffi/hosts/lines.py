"""One line of text for objects of host records; the build makes their classes (``objects.py``) from these."""

from __future__ import annotations

from sigcompiler.schema.hosts import SOURCE_WORDS


class EvidenceLine:
    """``SYN: Linux 4.19-6.15 (3 packets)``, as in ``huginn hosts``."""

    __slots__ = ()
    source: str
    name: str
    packets: int | None
    relation: str

    def __str__(self) -> str:
        if self.packets is None:
            return self.name
        unit, more = ("segment", " or more") if self.source == "segments" else ("packet", "")
        counted = f"{self.packets:,} {unit}{'' if self.packets == 1 else 's'}{more}"
        narrows = ", which narrows the versions" if self.relation == "narrows" else ""
        says = f"{SOURCE_WORDS[self.source]}: " if self.source in SOURCE_WORDS else ""
        return f"{says}{self.name} ({counted}){narrows}"


class EndedLine:
    """``Windows XP since 2014-04-08``."""

    __slots__ = ()
    product: str
    ended: str

    def __str__(self) -> str:
        return f"{self.product} since {self.ended}"


class HostPeerLine:
    """``to 192.0.2.1 port 443 (tls)``."""

    __slots__ = ()
    ip: str
    direction: str
    port: int
    protocol: str | None

    def __str__(self) -> str:
        protocol = "" if self.protocol is None else f" ({self.protocol})"
        return f"{self.direction} {self.ip} port {self.port}{protocol}"


class HostLoginsLine:
    """``ftp port 21 (3 logins)``."""

    __slots__ = ()
    protocol: str
    port: int
    count: int

    def __str__(self) -> str:
        return f"{self.protocol} port {self.port} ({self.count:,} login{'' if self.count == 1 else 's'})"
