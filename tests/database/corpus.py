"""Compares the answers of a user's own signatures in all their forms, on public captures.

    python -m tests.database.corpus ../shared/corpus [--every N]

The forms are a signature file, a ``.hgdb`` file and a header in a C program; and the same signatures in front
of the built-in ones, against one table compiled from both. Generic lines hide no specific built-in ones.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Collection
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cffi import FFI

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.formats.rendering import Renderer
from tests.database.test_tables import compiled, database_of
from tests.database.test_with_default import OWN
from tests.support.core import CONFIDENCE, ROOT, SIGNATURES

GENERIC = """\
classes = unix
[tcp:request]
label = g:unix:Mine:generic
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
sig = *:128:0:*:*,*:mss,nop,ws,nop,nop,sok:df,id+:0
"""
TEXTS = {"example": (ROOT / "examples" / "own.fp").read_text(), "every_kind": OWN, "generic": GENERIC}
"""A user's own signatures."""
DATABASE = re.compile(rb'"database":"\w+"')
"""The hash of the texts of signatures, which the order of reading decides."""


def forms(folder: Path, names: Collection[str] = tuple(TEXTS)) -> dict[str, list[hg.Database]]:
    """The databases that must answer alike, by their signatures."""
    found = {}
    for name in names:
        path = folder / f"{name}.fp"
        path.write_text(TEXTS[name])
        kinds = ["--header", str(path.with_suffix(".h")), "-o", str(path.with_suffix(".hgdb"))]
        assert main(["compile", str(path), *kinds, "--prefix", name]) == 0
        found[name] = [hg.Database.compile(path), hg.Database.open(path.with_suffix(".hgdb"))]
        whole = hg.Database.compile([path, *SIGNATURES], confidence=CONFIDENCE)
        found[f"{name} with default"] = [whole, hg.Database.compile(path, with_default=True)]
    lines = (
        f'#include "{name}.h"\nconst void *{name}(void) {{ return &{name}_tables; }}\n' for name in names
    )
    done = compiled(folder, "".join(('#include "huginn.h"\n', *lines)))
    assert (done.returncode, done.stderr) == (0, "")
    its = FFI()
    its.cdef("".join(f"void *{name}(void);" for name in names))
    program: Any = its.dlopen(str(folder / "program.so"))
    _PROGRAMS.append(program)
    for name in names:
        found[name].append(database_of(getattr(program, name)()))
    return found


_PROGRAMS: list[Any] = []
"""The programs with headers: one that is collected is unmapped, with the tables that databases use."""


def rows(database: hg.Database, capture: Path) -> list[bytes]:
    """All records of a capture, with the lines of the signatures that they match."""
    found = b""
    try:
        for batch in hg.Analyzer(database, max_connections=1000, max_hosts=1000).batches(capture):
            found += b"".join(Renderer("json", database).pieces(batch, 0, len(batch)))
    except hg.CaptureError as error:
        found += str(error).encode()
    return DATABASE.sub(b'"database":""', found).splitlines()


def handshakes(records: list[bytes]) -> list[bytes]:
    """The SYNs and SYN+ACKs among them."""
    return [one for one in records if b'"event":"syn' in one]


def is_hidden(built_in: bytes, own: bytes) -> bool:
    """Whether a specific line that matches exactly gives way in `own`."""
    wanted, found = (json.loads(row).get("match") or {} for row in (built_in, own))
    names = ("name", "flavor", "signature", "line")
    is_specific = wanted.get("kind") == "specific" and not wanted.get("fuzzy")
    return bool(is_specific and any(wanted[name] != found.get(name) for name in names))


def compare(tables: dict[str, list[hg.Database]], capture: Path) -> tuple[list[str], Counter[str]]:
    """The differences in the answers about a capture, and how many rows and names were compared."""
    wrong, count = [], Counter[str]()
    for name, (first, *others) in tables.items():
        wanted = rows(first, capture)
        count[f"{name}: rows"] += len(wanted)
        own_file = f'"file":"{name.split()[0]}.fp"'.encode()
        count[f"{name}: named by own lines"] += sum(own_file in row for row in wanted)
        wrong += [f"{capture.name}: {name}" for other in others if rows(other, capture) != wanted]
        if name == "generic with default":
            pairs = zip(*map(handshakes, (rows(hg.Database.load_default(), capture), wanted)), strict=True)
            wrong += [f"{capture.name}: {row.decode()}" for row, own in pairs if is_hidden(row, own)]
    return wrong, count


def captures(folder: Path, every: int = 1) -> list[Path]:
    """Each Nth capture of a folder."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".cap", ".pcap", ".pcapng"))[::every]


def command() -> int:
    """Go through a folder, in two processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    chosen = captures(parser.parse_args().folder, parser.parse_args().every)
    total, wrong = Counter[str](), list[str]()
    with TemporaryDirectory() as folder:
        _TABLES.update(forms(Path(folder)))
        with Pool(2) as pool:
            for found, count in pool.imap_unordered(_compared, chosen, chunksize=4):
                wrong += found
                total += count
    for name, number in total.items():
        print(f"{name}: {number:,}")
    print(f"{len(chosen):,} captures, {len(wrong)} differences", *wrong, sep="\n")
    return bool(wrong)


_TABLES: dict[str, list[hg.Database]] = {}
"""Made before the processes, which share it."""


def _compared(capture: Path) -> tuple[list[str], Counter[str]]:
    return compare(_TABLES, capture)


if __name__ == "__main__":
    sys.exit(command())
