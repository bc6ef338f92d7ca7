"""Signatures and labels as a database describes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sigcompiler.claims.flavors import label_text

Kind = Literal["specific", "generic"]
Direction = Literal["request", "response"]


@dataclass(frozen=True, slots=True)
class Signature:
    """One ``sig`` line, and the label above it. ``text`` is its value as written.

    ``name`` and ``flavor`` (version or variant, may be empty) name the sender; ``kind`` says whether that is
    one system or a family; ``userland`` is true for tools. ``os_class`` is ``None`` for userland tools, whose
    ``systems`` say where they run, and for links of MTU signatures, which only have a ``name``.

    ``file``, ``line`` and ``column`` are the position of the value, ``label_line`` that of the label, all but
    the first from 1.

    ``section`` is "mtu", "tcp:request", "tcp:response", "http:request", "http:response", "tls:client",
    "device" or "segments". ``direction`` is ``None`` for MTU, device and segments signatures. ``provenance``
    is the text of the nearest ``; source:`` comment above the line. ``unreliable_ttl``: the sender chooses
    its initial TTL at random (``64-``), so that the distance is an upper bound. ``last_resort``: a program or
    a bad line shaped the packets, so the versions of the label count only if nothing else names a version.
    """

    section: str
    direction: Direction | None
    text: str
    name: str
    flavor: str
    kind: Kind
    userland: bool
    os_class: str | None
    systems: tuple[str, ...]
    label_line: int
    file: str
    line: int
    column: int
    provenance: str
    unreliable_ttl: bool = False
    last_resort: bool = False

    @property
    def label(self) -> str:
        """Name and flavor."""
        return label_text(self.name, self.flavor)
