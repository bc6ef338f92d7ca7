"""Names and labels of strangers break no line of any format, and reach no terminal as they are.

What is tried is read from the tables of formats and of commands, so that new ones are tried too.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from huginn_cffi import Analyzer, Database
from huginn_cffi.cli import main
from huginn_cffi.cli.app import commands
from huginn_cffi.cli.wording import COMMANDS, WORKBENCH
from huginn_cffi.formats.forms import FORMATS
from huginn_cffi.formats.writers import open_writer
from huginn_cffi.sources.interfaces import Interface
from sigcompiler.table.layout import CHECKSUM_OFFSET
from tests.support.captures import pcap
from tests.support.explained import of_packet
from tests.support.packets import Ip4, Tcp, mss, packet
from tests.support.sample import sample

SYN = packet(Ip4(source="10.0.0.1"), Tcp(options=mss(1460)))

BAD = (
    b"|\"'\\,;=\t\r\n\x1b[31m\x07\x00\x7f\xc2\x9b2J\xc2\x85\xe2\x80\xae\xe2\x80\xa8\xff\xfe"
    b"<script>\x0bINJECTED"
)
"""Separators, quotes, line ends of all kinds, C0 and C1, DEL, bidi, and what is no UTF-8."""

PLAIN = b"x" * len(BAD)
MARK = "INJECTED"

NAME = os.fsdecode(BAD.replace(b"\0", b"").replace(b"\x0b", b"\n"))
"""The same as the name of a file, where it also begins a line."""


def assert_harmless(printed: bytes, what: object) -> None:
    """UTF-8 whose lines are printable, and none of which a name has begun."""
    for line in printed.decode("utf-8").split("\n"):
        assert line.replace("\t", "").isprintable(), (what, line)
        assert not line.startswith(MARK), (what, line)


# ---- labels in every format


@pytest.mark.parametrize(
    "label", [b"=1+2", b"+1", b"-1", b"@SUM(A1)", b"\tx", b"\rx", b"'=1", b"''-1", b"'plain", b"a=1"]
)
def test_labels_are_no_formulas_in_csv(tmp_path: Path, label: bytes) -> None:
    """Spreadsheets compute what begins so; one apostrophe less gives back what the database says."""
    database = database_with(label.ljust(len(BAD), b"."), tmp_path)
    rows = list(csv.DictReader(io.StringIO(written("csv", database).decode(), newline="")))
    cells = {cell for row in rows for name, cell in row.items() if name in ("match_name", "link") and cell}
    assert cells
    for cell in cells:
        assert cell[0] not in "=+-@\t\r"
        dangerous = label.lstrip(b"'")[:1] in (b"=", b"+", b"-", b"@")
        if dangerous:
            assert cell.startswith(f"'{label.decode()}")
        elif label in (b"'plain", b"a=1"):
            assert cell.startswith(label.decode())
    assert all(not cell.startswith(("=", "@")) for row in rows for cell in row.values())


def database_with(label: bytes, folder: Path) -> Database:
    """A database whose labels and file name were replaced, as no compiler would let through."""
    path = folder / "labels.hgdb"
    name, flavor, link = (bytes((letter,)) * len(BAD) for letter in b"NFL")
    source = folder / ("S" * 10)
    system = f"label = s:unix:{name.decode()}:{flavor.decode()}"
    source.write_text(
        f"classes = unix\n[tcp:request]\n{system}\nsig = *:64:0:*:*,*:mss:df,id+:0\n"
        f"[tcp:response]\n{system}\nsig = *:64:0:*:*,*:mss:df:0\n"
        f"[mtu]\nlabel = {link.decode()}\nsig = 1500\n"
    )
    Database.compile(source).save(path)
    data = path.read_bytes()
    for old in (name, flavor, link):
        assert old in data
        data = data.replace(old, label)
    changed = bytearray(data)
    struct.pack_into("<I", changed, CHECKSUM_OFFSET, zlib.crc32(changed[CHECKSUM_OFFSET + 4 :]))
    path.write_bytes(changed)
    return Database.open(path)


def written(format: str, database: Database) -> bytes:
    """The sample and one SYN that has a name, in this format."""
    out = io.BytesIO()
    writer = open_writer(format, out, database)
    for batch in Analyzer(database).batches([pcap([(0, SYN)]), sample()]):
        writer.write(batch)
    writer.close()
    return out.getvalue()


def fields(format: str, text: str) -> list[int]:
    """How many fields each record has."""
    lines = text.rstrip("\n").split("\n")
    if lines[0].startswith("{"):
        return [len(json.loads(line)) for line in lines]
    if "csv" in format or "tsv" in format:
        return [len(row) for row in csv.reader(lines, "excel-tab" if "tsv" in format else "excel")]
    return [line.count("|") if format == "p0f" else 1 for line in lines]


@pytest.mark.parametrize("format", FORMATS)
def test_labels(tmp_path: Path, format: str) -> None:
    evil, plain = (written(format, database_with(label, tmp_path)) for label in (BAD, PLAIN))
    assert evil != plain
    if FORMATS[format].binary:
        return
    assert_harmless(evil, format)
    assert fields(format, evil.decode()) == fields(format, plain.decode())
    assert b"<script>" not in evil or FORMATS[format].suffix != ".html"


@pytest.mark.parametrize("limit", [0, 5])
def test_labels_in_explanations(tmp_path: Path, limit: int) -> None:
    database = database_with(BAD, tmp_path)
    explained = of_packet(database, "4:64:0:1460:mss*20,7:mss:df,id+:0", limit=limit)
    assert_harmless(str(explained).encode("utf-8"), "explain")
    for result in Analyzer(database).analyze_pcap(pcap([(0, SYN)])):
        for part in result.parts:
            assert_harmless(str(part).encode("utf-8"), part)


# ---- names in every argument of every command

KINDS = ("missing", "capture", "damaged", "signatures", "wrong", "database", "labels", "folder")


HEADING = b"file,frame,direction,ip,os_family,os_version\n"
WORDS = NAME.partition("\n")[0].encode("utf-8", "surrogateescape")
CONTENTS = {
    "capture": sample(),
    "damaged": sample()[:-1],
    "signatures": b"classes = x\n[tcp:request]\nlabel = g:x:A:"
    + WORDS
    + b"\n"
    + b"sig = 4:64:0:*:*,*:mss:df,id+:0\n" * 2,
    "wrong": BAD + b"\nlabel = \x1b[31m:\n[\x9b\x1bx\nsig\x07 = \xff\x1b\n",
    "labels": HEADING + b'a.pcap,1,request,192.0.2.10,"' + BAD.translate(None, b'"\xff\xfe') + b'",\n',
}


def evil_file(kind: str) -> str:
    """A file of this kind under such a name, in the folder one is in."""
    name = f"{kind}{NAME}"
    path = Path(name)
    if kind == "folder":
        path.mkdir(exist_ok=True)
    elif kind == "database":
        database_with(BAD, Path()).save(path)
    elif kind != "missing":
        path.write_bytes(CONTENTS[kind])
    return name


GOOD = {"interface": "no such interface", "signature": "4:64:0:1460:mss*20,7:mss:df,id+:0"}
"""Arguments that are no names of files."""


def evil_calls(name: str) -> Iterator[list[str]]:
    """Ways to call a command with such names: as its arguments, then as each of its options."""
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    arguments = [item for item in command.params if isinstance(item, click.Argument)]
    options = [item for item in command.params if isinstance(item, click.Option) and not item.is_flag]
    files: dict[str, str] = {kind: evil_file(kind) for kind in KINDS}
    more = {"compile": ["-o", "out.hgdb"], "report": ["-o", "out.html"], "learn": ["--as", "Linux:3"]}
    for kind in KINDS if arguments else ():
        yield [name, *more.get(name, []), *(files[kind] for _ in arguments)]
    yield [name, files["folder"], files["labels"]]
    good = [GOOD.get(item.name or "", files["capture"]) for item in arguments]
    for option in options:
        for kind in ("missing", "signatures", "wrong", "database", "labels", "folder"):
            yield [name, *good, option.opts[0], files[kind]]
            if not isinstance(option.type, (click.types.StringParamType, click.Path)):
                break


@pytest.mark.parametrize("name", [*COMMANDS, *WORKBENCH])
def test_names_in_commands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    named = Interface(NAME, addresses=(), up=True, running=True)
    monkeypatch.setattr("huginn_cffi.sources.interfaces.list_interfaces", lambda: (named,))
    monkeypatch.setattr("huginn_cffi.sources.interfaces.link_type", lambda name: "ETHERNET")
    with contextlib.suppress(ModuleNotFoundError):  # not installed: the command says so
        from mcp.server.mcpserver import MCPServer

        monkeypatch.setattr(MCPServer, "run", lambda self: None)
    seen = 0
    for call in evil_calls(name):
        status = main(call)
        printed, said = capfdbinary.readouterr()
        assert status in (0, 1, 2), call
        assert b"Traceback" not in said, call
        assert_harmless(said, call)
        assert_harmless(printed, call)
        seen += bool(said or printed)
    assert seen
    for page in tmp_path.glob("*.html"):
        assert b"<script>" + MARK.encode() not in page.read_bytes()
