"""The network stacks of names. They decide whether two names can mean the same system.

Systems with the same stack cannot be distinguished by their packets, so they agree: Android and ChromeOS
with Linux, iOS with macOS, Xbox with Windows. The names occur in labels and ``ua_os`` lines of this
project's and p0f's files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from sigcompiler.csv_rows import rows_of
from sigcompiler.model import LabelLine, Section

STACKS = tuple(tuple(row["names"].split("|")) for row in rows_of("stacks.csv"))
"""The systems of each stack; the position of a stack is its bit."""

_BITS = {name.lower(): 1 << place for place, names in enumerate(STACKS) for name in names}


def stacks_of(name: str) -> int:
    """The stacks of a name, as bits; two names agree if they share a bit.

    ``macOS or iOS`` has two parts. The result is 0 (unknown) if a part is in no list.
    """
    parts = [_BITS.get(part.strip().lower(), 0) for part in name.split(" or ")]
    return 0 if 0 in parts else reduce(or_, parts, 0)


def class_stacks(labels: Iterable[LabelLine]) -> dict[str, int]:
    """The known stacks of the systems in each class (``@unix`` in a ``sys`` line)."""
    found: dict[str, int] = {}
    for label in labels:
        if label.os_class is not None:
            item = f"@{label.os_class}"
            found[item] = found.get(item, 0) | stacks_of(label.name)
    return found


def label_stacks(label: LabelLine, classes: Mapping[str, int]) -> int:
    """The stacks that a label states for its sender; 0 if it states none.

    A tool's own packets show nothing about the stack. A client program, such as a browser, has the
    systems of its ``sys`` line; `classes` gives the stacks of each class.
    """
    if not label.userland:
        return stacks_of(label.name)
    if label.section in (Section.TCP_REQUEST, Section.TCP_RESPONSE):
        return 0
    parts = [classes.get(item, 0) if item.startswith("@") else stacks_of(item) for item in label.systems]
    return 0 if 0 in parts else reduce(or_, parts, 0)
