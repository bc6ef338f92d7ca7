"""Writes and registers the skeleton of a reader: ``python -m tools.new_reader NAME [--streams | --port N]``.

By default it reads announcements of devices, sent to a UDP port; with ``--streams`` it reads the first bytes
of TCP connections. The skeleton is a parser, a description of its event and a page of tests, to change step
by step.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEADER = "csrc/huginn.h"
EVENTS, RECORD_FIELDS = "sigcompiler/schema/events.csv", "sigcompiler/schema/fields.csv"
ANNOUNCEMENTS, STREAMS = "csrc/announcements/readers.h", "csrc/conversations/readers_list.c"
CHECKS, FIELDS = "csrc/rows/check.c", "csrc/rows/fields.h"


class Skeleton:
    """The files that a reader needs, by path; `write` writes them."""

    def __init__(self, root: Path, name: str, port: int) -> None:
        self._root, self._name, self._port = root, name, port
        self._made: dict[str, str] = {}

    def add(self, path: str, template: str) -> None:
        """A new file. Raises `ValueError` if it is there already."""
        path = self._filled(path)
        if (self._root / path).exists():
            raise ValueError(f"{path} exists already")
        self._made[path] = self._filled((HERE / template).read_text(encoding="utf-8"))

    def change(self, path: str, pattern: str, new: str | Callable[[re.Match[str]], str]) -> None:
        """Replace the one place of a pattern. Raises `ValueError` unless there is exactly one."""
        text = self._made.get(path) or (self._root / path).read_text(encoding="utf-8")
        found = [*re.finditer(pattern, text, re.MULTILINE)]
        if len(found) != 1:
            raise ValueError(f"{path}: {len(found)} places are {pattern!r}, not one")
        inserted = found[0].expand(new) if isinstance(new, str) else new(found[0])
        self._made[path] = text[: found[0].start()] + self._filled(inserted) + text[found[0].end() :]

    def number(self, kind: str, count: str) -> None:
        """Give a constant of `kind` the next number of its enumeration, whose last constant is `count`."""

        def numbered(found: re.Match[str]) -> str:
            last = int(found[1])
            return f"    HG_{kind}_@NAME@ = {last},\n    {count} = {last + 1}\n"

        self.change(HEADER, rf"^    {count} = (\d+)\n", numbered)

    def write(self) -> list[str]:
        """Write all files; returns their paths."""
        for path, text in self._made.items():
            (self._root / path).parent.mkdir(exist_ok=True)
            (self._root / path).write_text(text, encoding="utf-8")
        return sorted(self._made)

    def _filled(self, text: str) -> str:
        values = {"@name@": self._name, "@NAME@": self._name.upper(), "@port@": str(self._port)}
        return re.sub("@name@|@NAME@|@port@", lambda found: values[found[0]], text)


def register(made: Skeleton, reader: str) -> None:
    """The event and the protocol."""
    made.number("EVENT", "HG_EVENT_KINDS")
    made.number("PROTOCOL", "HG_PROTOCOLS")
    made.change(HEADER, r"(HG_ALL_PROTOCOLS) (\d+)$", lambda one: f"{one[1]} {2 * int(one[2]) + 1}")
    made.change(EVENTS, r"\Z", f"@name@,@NAME@,{reader}\n")


def announcement(made: Skeleton) -> None:
    """A reader of announcements in datagrams."""
    register(made, "devices")
    made.add("csrc/announcements/@name@.c", "announcement.c.in")
    made.add("tests/golden/@name@.md", "announcement.md.in")
    made.change(
        ANNOUNCEMENTS,
        r"^(#define HG_EACH_DEVICE_READER.*\n)",
        r"\1    X(@name@, @NAME@, NEAR, .ports = {@port@}) \\\n",
    )


def stream(made: Skeleton) -> None:
    """A reader of the first bytes of connections."""
    register(made, "@name@")
    for suffix in ("c", "h"):
        made.add(f"csrc/@name@/reader.{suffix}", f"stream.{suffix}.in")
    made.add("tests/golden/@name@.md", "stream.md.in")
    made.number("READER", "HG_READERS")
    columns = (HERE / "stream_columns.h.in").read_text(encoding="utf-8")
    made.change(HEADER, r"^#define HG_TUNNEL_BYTES", lambda one: f"{columns}\n{one[0]}")
    made.change(HEADER, r"^\} hg_columns;", r"    hg_@name@_columns @name@;\n\g<0>")
    made.change(STREAMS, r'^#include "tls/reader.h"\n', r'\g<0>#include "@name@/reader.h"\n')
    made.change(STREAMS, r", NULL\};", r", &hg_@name@_reader\g<0>")
    made.change(
        CHECKS, r"^    case HG_READER_CERTIFICATES:\n        return 1;", r"    case HG_READER_@NAME@:\n\g<0>"
    )
    made.change(FIELDS, r'^#include "passive_stack/fields.h"', r'#include "@name@/reader.h"\n\g<0>')
    made.change(
        FIELDS, r"\Z", r"\nHG_MADE(hg_of_@name@_version, 1, hg_put_@name@_version(room, context->row))\n"
    )
    field = "@name@,@name@_version,text,version of the sender,,,,,,,,,Version"
    made.change(RECORD_FIELDS, r"^segments,family,", rf"{field}\n\g<0>")


def main(arguments: list[str], root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.new_reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help="a word of small letters and digits")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--streams", action="store_true", help="read TCP connections")
    kind.add_argument("--port", type=int, default=5678, help="UDP port of the announcements (%(default)s)")
    given = parser.parse_args(arguments)
    if not re.fullmatch("[a-z][a-z0-9]+", given.name) or not 0 < given.port < 1 << 16:
        parser.error("NAME is a word of small letters and digits, and a port is a number from 1 to 65535")
    made = Skeleton(root, given.name, given.port)
    try:
        (stream if given.streams else announcement)(made)
    except ValueError as error:
        print(f"new_reader: nothing was written: {error}", file=sys.stderr)
        return 1
    print(*made.write(), sep="\n")
    print(
        "next: python -m tools.build_steps.all, ruff format, build; steps: docs/internals/adding-a-reader.md",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
