"""Headers by ``huginn compile --header``: programs open their tables, and answer as with the files."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cffi import FFI

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.cli import main
from huginn_cffi.database.compiling import compile_table, read_signatures
from huginn_cffi.formats.rendering import Renderer
from sigcompiler.emit_header import standalone_header
from sigcompiler.table import layout
from tests.support.builds import c_compiler
from tests.support.captures import pcap
from tests.support.core import ROOT, SHARED
from tests.support.packets import NOP, SOK, Ip, Ip4, Ip6, Tcp, mss, packet, reply, timestamps, wscale
from tests.support.sanitizers import OF_OTHERS

EXAMPLES = ROOT / "examples"
OWN = EXAMPLES / "own.fp"
RAW_IP = 101
COMMAND = (c_compiler(lambda _: "cc"), "-std=c11", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
SECOND = """\
classes = unix
[tcp:request]
label = s:unix:Second:
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
"""

PROGRAM = """\
#include "huginn.h"
#include "own.h"
#include "second.h"
#include "own.h"
static hg_tables changing = HUGINN_TABLES;
const hg_tables *own(void) { return &huginn_tables; }
const hg_tables *second(void) { return &second_tables; }
hg_tables *changed(void) { return &changing; }
void forget_labels(void) { changing.labels_count = 0; }
void age(void) { changing.format_version -= 1; }
"""


def write_header(folder: Path, name: str, text: str, prefix: str) -> None:
    signatures, _ = read_signatures(None, text)
    (folder / f"{name}.h").write_text(standalone_header(compile_table(signatures), prefix))


def compiled(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    (folder / "program.c").write_text(program)
    command = [*COMMAND, f"-I{ROOT / 'csrc'}", "program.c", "-o", "program.so"]
    return subprocess.run(command, cwd=folder, env=OF_OTHERS, capture_output=True, text=True)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Any]:
    """A program with two headers; it has its own copies of their tables."""
    assert main(["compile", str(OWN), "--header", str(tmp_path / "own.h")]) == 0
    write_header(tmp_path, "second", SECOND, "second")
    done = compiled(tmp_path, PROGRAM)
    assert (done.returncode, done.stderr) == (0, "")
    its = FFI()
    its.cdef(
        "void *own(void); void *second(void); void *changed(void); void forget_labels(void); void age(void);"
    )
    opened = its.dlopen(str(tmp_path / "program.so"))
    yield opened
    its.dlclose(opened)


def open_tables(tables: Any) -> tuple[int, Any, str]:
    """Status, handle and message of `hg_database_of_tables`."""
    out, error = ffi.new("hg_database **"), ffi.new("hg_error *")
    tables = ffi.cast("hg_tables *", int(FFI().cast("intptr_t", tables)))
    status = lib.hg_database_of_tables(tables, out, error)
    return status, out[0], ffi.string(error.message).decode()


def database_of(tables: Any) -> hg.Database:
    status, handle, said = open_tables(tables)
    assert (status, said) == (lib.HG_OK, "")
    return hg.Database._adopt(ffi.gc(handle, lib.hg_database_free), None, ())


def any_packets(count: int) -> bytes:
    """SYNs and SYN+ACKs with values around those of the example's signatures."""
    draw = random.Random(94)
    layouts = (
        lambda size: mss(size) + SOK + timestamps(draw.choice((0, 7))) + NOP + wscale(draw.choice((7, 10))),
        lambda size: mss(size) + NOP + NOP + timestamps(5) + NOP + NOP + SOK + NOP + wscale(3),
        lambda size: mss(size) + NOP + wscale(6) + SOK + timestamps(5),
        lambda size: mss(size),
    )
    found = []
    for number in range(count // 2):
        four = Ip4(identification=draw.choice((0, 9)), fragment=draw.choice((0, 0x4000)))
        ip: Ip = draw.choice((four, four, Ip6(flow_label=draw.choice((0, 5)))))
        ip = replace(ip, ttl=draw.choice((255, 128, 64, 60, 28)), tos=draw.choice((0, 0, 2)))
        system, other = draw.randrange(4), draw.randrange(4)
        size, windows = draw.choice((1460, 1440, 1400)), (44 * 1440, 6 * 1460, 65535, 8192)
        syn = Tcp(sport=1024 + number, window=windows[system], options=layouts[system](size))
        syn = replace(syn, window=draw.choice((syn.window, 44 * size, 6 * size)))
        answer = {"window": draw.choice((65535, 28960)), "options": layouts[other](size)}
        found += [packet(ip, syn), reply(ip, syn, **answer)]
    return pcap([(number * 10**6, data) for number, data in enumerate(found)], RAW_IP)


def answers(database: hg.Database, capture: Path) -> list[str]:
    """All records, as JSON, which tells the lines of signatures, too."""
    found = b""
    for batch in hg.Analyzer(database).batches(capture):
        found += b"".join(Renderer("json", database).pieces(batch, 0, len(batch)))
    return found.decode().splitlines()


def test_a_header_answers_as_its_file(program: Any, tmp_path: Path) -> None:
    capture = tmp_path / "capture.pcap"
    capture.write_bytes(any_packets(2000))
    assert main(["compile", str(OWN), "-o", str(tmp_path / "own.hgdb")]) == 0
    wanted = answers(hg.Database.compile(OWN), capture)
    for name in ("build server", "Acme Meter", "Acme Camera", "file server"):
        assert sum(name in one for one in wanted) > 5
    assert answers(hg.Database.open(tmp_path / "own.hgdb"), capture) == wanted
    assert answers(database_of(program.own()), capture) == wanted


def test_two_headers_in_one_program(program: Any) -> None:
    capture = EXAMPLES / "own.pcap"
    assert sum("build server" in one for one in answers(database_of(program.own()), capture)) == 1
    second = answers(database_of(program.second()), capture)
    assert sum("Second" in one for one in second) == 1
    assert not any("build server" in one for one in second)


def test_tables_that_change_after_the_check(program: Any) -> None:
    """What was checked is what counts."""
    database = database_of(program.changed())
    wanted = answers(database, EXAMPLES / "own.pcap")
    program.forget_labels()
    assert answers(database, EXAMPLES / "own.pcap") == wanted
    status, handle, said = open_tables(program.changed())
    assert (status, handle) == (lib.HG_E_DATABASE, ffi.NULL)
    assert said == "damaged: record 1 of section signatures is invalid"


def test_tables_of_another_version(program: Any) -> None:
    program.age()
    status, handle, said = open_tables(program.changed())
    assert (status, handle) == (lib.HG_E_DATABASE, ffi.NULL)
    now = layout.FORMAT_VERSION
    assert said == f"format version {now - 1}, this program reads version {now}; compile the .fp file again"


def test_headers_that_cannot_be_together(tmp_path: Path) -> None:
    """Without an error the second would be left out, and its signatures would name nothing."""
    write_header(tmp_path, "one", OWN.read_text(), "mine")
    write_header(tmp_path, "two", SECOND, "mine")
    write_header(tmp_path, "upper", SECOND, "MINE")
    for other in ("two", "upper"):
        done = compiled(tmp_path, f'#include "one.h"\n#include "{other}.h"\n')
        assert "compile one of them with another --prefix" in done.stderr
    older = (tmp_path / "two.h").read_text().replace(f"_VERSION {layout.FORMAT_VERSION}", "_VERSION 1")
    (tmp_path / "older.h").write_text(older)
    done = compiled(tmp_path, '#include "older.h"\n#include "one.h"\n')
    assert "headers of different versions of huginn: compile their .fp files again" in done.stderr


@pytest.mark.skipif(not (SHARED / "cases" / "card").is_dir(), reason="needs ../shared/cases")
@pytest.mark.parametrize("language", [("-xc", "-std=c11"), ("-xc++", "-std=c++11"), ("-xc++", "-std=c++20")])
def test_the_case_that_a_user_tried(tmp_path: Path, language: tuple[str, ...]) -> None:
    write_header(tmp_path, "mine", (SHARED / "cases" / "card" / "own.fp").read_text(), "huginn")
    source = SHARED / "cases" / "card" / "own_header.c"
    command = [COMMAND[0], *language, *COMMAND[2:-2], f"-I{ROOT / 'csrc'}", "-I.", "-c", source, "-o", "it.o"]
    subprocess.run(command, cwd=tmp_path, env=OF_OTHERS, check=True)
