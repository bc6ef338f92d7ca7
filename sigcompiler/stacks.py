"""Which network stacks a name stands for: what decides whether two names can be of one system.

Systems that share a stack cannot be distinguished by their packets, so they agree: Android and ChromeOS
with Linux, iOS with macOS, Xbox with Windows. Names are those of labels and of ``ua_os`` lines, of this
project's files and of p0f's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sigcompiler.model import LabelLine, Section

STACKS: tuple[tuple[str, ...], ...] = (
    ("Linux", "Android", "ChromeOS", "Chrome OS", "gVisor"),
    ("Windows", "Xbox", "Xbox 360", "Xbox One"),
    ("macOS", "Mac OS X", "MacOS X", "Mac OS", "OS X", "iOS", "iPadOS", "tvOS", "watchOS", "Darwin"),
    ("FreeBSD", "PlayStation 4", "PlayStation 5"),
    ("NetBSD", "AirPort", "BlackBerry", "PlayStation 3", "PlayStation Vita"),
    ("OpenBSD",),
    ("DragonFly BSD", "DragonFly"),
    ("Solaris", "SunOS"),
    ("HP-UX",),
    ("OpenVMS",),
    ("Tru64",),
    ("Nintendo", "Nintendo 3DS", "Nintendo Switch", "Nintendo Wii"),
)
"""The names of the systems of each stack; a stack is the bit of its place. gVisor runs programs of Linux.
Append only: the bits are part of the identity of claims, which are stored.

Left out are systems that forward the connections of others (NAT in a hypervisor, load balancers) and small
stacks of devices: they say nothing about the client behind them.
"""

_BITS = {name.lower(): 1 << place for place, names in enumerate(STACKS) for name in names}


def stacks_of(name: str) -> int:
    """The stacks of a name, as bits; two names agree when their bits meet.

    ``macOS or iOS`` holds two names. 0, when a part is in no list: no stack is known.
    """
    parts = [_BITS.get(part.strip().lower(), 0) for part in name.split(" or ")]
    return 0 if 0 in parts else _union(parts)


def class_stacks(labels: Iterable[LabelLine]) -> dict[str, int]:
    """The stacks of the systems of each class (``@unix`` of a ``sys`` line), as far as they are known."""
    found: dict[str, int] = {}
    for label in labels:
        if label.os_class is not None:
            item = f"@{label.os_class}"
            found[item] = found.get(item, 0) | stacks_of(label.name)
    return found


def label_stacks(label: LabelLine, classes: Mapping[str, int]) -> int:
    """The stacks that a label says its sender runs on; 0 where it says nothing.

    A tool's own packets say nothing about the stack. A client that is no system, as a browser, has the
    systems of its ``sys`` line, where `classes` gives those of a class.
    """
    if not label.userland:
        return stacks_of(label.name)
    if label.section in (Section.TCP_REQUEST, Section.TCP_RESPONSE):
        return 0
    parts = [classes.get(item, 0) if item.startswith("@") else stacks_of(item) for item in label.systems]
    return 0 if 0 in parts else _union(parts)


def _union(parts: Iterable[int]) -> int:
    bits = 0
    for part in parts:
        bits |= part
    return bits
