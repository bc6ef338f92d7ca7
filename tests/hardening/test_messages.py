"""Messages about odd input: never a traceback, never without a name, never without an end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from huginn_cffi import Analyzer, CaptureError, Database, DatabaseError, SignatureError
from tests.support import captures
from tests.support.in_process import run_in_process
from tests.support.packets import Ip4, Tcp, packet
from tests.support.sample import sample

SYN = packet(Ip4(), Tcp())
LABELS = "file,frame,direction,ip,os_family,os_version\n"


def run(folder: Path, arguments: Sequence[str]) -> tuple[int, str]:
    """Exit status and standard error."""
    done = run_in_process(*arguments, cwd=folder)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize(
    "words",
    [
        ("pcap", ""),
        ("pcap", "--db", "", "a.pcap"),
        ("pcap", "-o", "", "a.pcap"),
        ("explain", "--packet", "1", ""),
        ("compile", "", "-o", "out.hgdb"),
        ("compile", "a.fp", "-o", ""),
        ("check", ""),
    ],
)
def test_empty_name(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "a.pcap").write_bytes(sample())
    (tmp_path / "a.fp").write_text("[mtu]\nlabel = Ethernet\nsig = 1500\n")
    status, said = run(tmp_path, words)
    assert status == 2
    assert not any(line.startswith((":", "huginn: :")) for line in said.splitlines())
    if words[0] != "check":
        assert "''" in said


@pytest.mark.parametrize(
    "words",
    [("hosts", "{}"), ("diff", "{}", "default"), ("evaluate", "{}", "labels.csv")],
    ids=lambda words: words[0],
)
def test_name_that_is_too_long(tmp_path: Path, words: tuple[str, ...]) -> None:
    name = "n" * 300
    status, said = run(tmp_path, [word.format(name) for word in words])
    assert (status, said) == (2, f"huginn: {name}: File name too long\n")


def test_binary_file_of_signatures(tmp_path: Path) -> None:
    """10,000 errors would scroll away whatever else was said."""
    (tmp_path / "a.pcap").write_bytes(sample())
    (tmp_path / "noise.fp").write_bytes(b"\xff\x01 no\n" * 20_000)
    status, said = run(tmp_path, ["pcap", "--db", "noise.fp", "a.pcap"])
    assert status == 2
    assert said.count("error[") == 50
    assert said.rstrip().endswith("findings are not)")
    assert "signatures have errors, shown above (" in said
    with pytest.raises(SignatureError) as caught:
        Database.open(tmp_path / "noise.fp")
    assert len(caught.value.diagnostics) > 1000
    assert str(caught.value).count("error[") == 2
    assert len(str(caught.value).splitlines()) <= 10
    assert "further errors" in str(caught.value)


def test_file_that_no_database_can_be(tmp_path: Path) -> None:
    """Sparse, so that it costs nothing to make; to read it would take all memory."""
    path = tmp_path / "vast.hgdb"
    Database.compile(text="[mtu]\nlabel = Ethernet\nsig = 1500\n").save(path)
    os.truncate(path, 1 << 40)
    with pytest.raises(DatabaseError, match=f"^{path}: has more than 1 GiB"):
        Database.open(path)


EVIL = "e\x1b[31m\r\n\x9b\u202e\udcff"
SHOWN = "e\\x1b[31m\\x0d\\x0a\\x9b\\u202e\\udcff"


def test_names_in_exceptions(tmp_path: Path) -> None:
    path = tmp_path / EVIL
    for refuse, kind in (
        (lambda: list(Analyzer().analyze_pcap(str(path))), CaptureError),
        (lambda: Database.open(path), DatabaseError),
        (lambda: Database.compile(path), SignatureError),
    ):
        with pytest.raises(kind) as caught:
            refuse()
        assert str(caught.value).startswith(f"{tmp_path}/{SHOWN}: ")
        assert str(caught.value).isprintable()
    path.write_bytes(sample()[:-1])
    with pytest.raises(CaptureError) as damaged:
        list(Analyzer().analyze_pcap(str(path)))
    assert str(damaged.value).startswith(f"{tmp_path}/{SHOWN}: truncated at record ")
    assert damaged.value.filename == str(path)


EVIDENCE = [
    '{"ts": 5, "mod": "syn", "cli": "1.2.3.4/1", "srv": "1.2.3.4/2", "params": ""}',
    '{"ts": "2020-01-01T00:00:00Z", "mod": "syn", "cli": 7, "srv": 8, "params": ""}',
    '{"ts": "2020-01-01T00:00:00Z", "mod": "syn", "cli": "::1/1", "srv": "::1/2", "os": 5, "params": ""}',
    "[" * 100_000,
    "5",
    "{",
    '{"mod": []}',
]


@pytest.mark.parametrize("line", EVIDENCE)
def test_oracle_rows_that_are_none(tmp_path: Path, line: str) -> None:
    (tmp_path / "labels.csv").write_text(LABELS + "a.pcap,1,request,192.0.2.10,Windows,10\n")
    (tmp_path / "a.pcap").write_bytes(sample())
    (tmp_path / "a.pcap.jsonl").write_text(line)
    status, said = run(
        tmp_path,
        ["evaluate", "--oracle", ".", "--leave-one-source-out", "--fit", "out.json", ".", "labels.csv"],
    )
    assert (status, said.count("\n")) == (2, 1)
    assert said.startswith("huginn: a.pcap.jsonl:1: is not a row of p0f's answers: ")
    assert len(said) < 300


def test_oracle_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(LABELS + "a.pcap,1,request,192.0.2.10,Windows,10\n")
    (tmp_path / "a.pcap").write_bytes(sample())
    (tmp_path / "a.pcap.jsonl").write_bytes(b"\xff\xfe")
    said = run(
        tmp_path,
        ["evaluate", "--oracle", ".", "--leave-one-source-out", "--fit", "out.json", ".", "labels.csv"],
    )
    assert said == (2, "huginn: a.pcap.jsonl: is not UTF-8\n")


LONG = "9" * 120_000
ROWS = [
    f"a.pcap,1,request,192.0.2.10,macOS,Darwin {LONG}",
    f"a.pcap,1,request,192.0.2.10,Linux,kernel {LONG}.1",
    f"a.pcap,1,request,192.0.2.10,FreeBSD,{LONG}",
    f"a.pcap,1,request,192.0.2.10,Windows,{'(' * 120_000}",
    f"a.pcap,1,request,192.0.2.10,Windows,{'/' * 120_000}",
    "a.pcap,1,request,192.0.2.10," + "Z" * 120_000 + ",",
]


@pytest.mark.parametrize("row", ROWS)
def test_labels_of_great_length(tmp_path: Path, row: str) -> None:
    """A version of 120,000 digits is none; 120,000 parentheses took minutes."""
    (tmp_path / "labels.csv").write_text(LABELS + row + "\n")
    (tmp_path / "a.pcap").write_bytes(sample())
    status, said = run(tmp_path, ["evaluate", ".", "labels.csv"])
    assert (status, said) == (0, "")


@pytest.mark.parametrize(
    "row",
    [
        f"a.pcap,1,{'r' * 100_000},192.0.2.10,Linux,",
        f"{'../' * 30_000}a.pcap,1,request,192.0.2.10,Linux,",
        "a\0b.pcap,1,request,192.0.2.10,Linux,",
        "../a.pcap,1,request,192.0.2.10,Linux,",
        "/etc/passwd,1,request,192.0.2.10,Linux,",
        "a.pcap,\u0661,request,192.0.2.10,Linux,",
        '"' + "a" * 200_000 + '",1,request,192.0.2.10,Linux,',
    ],
)
def test_labels_that_are_refused(tmp_path: Path, row: str) -> None:
    (tmp_path / "labels.csv").write_text(LABELS + row + "\n")
    status, said = run(tmp_path, ["evaluate", ".", "labels.csv"])
    assert (status, said.count("\n")) == (2, 1)
    assert said.startswith("huginn: labels.csv")
    assert len(said) < 300


def test_version_of_many_digits_in_a_label() -> None:
    digits = "7" * 5000
    signature = "*:128:0:*:*,*:mss,nop,ws,nop,nop,sok:df,id+:*"
    label = f"label = s:unix:Linux:{digits}"
    database = Database.compile(text=f"classes = unix\n[tcp:request]\n{label}\nsig = {signature}\n")
    results = Analyzer(database).analyze_pcap(sample())
    matches = [result.syn.match for result in results if result.syn and result.syn.match]
    assert matches
    assert all(match.flavor == digits and match.confidence > 0 for match in matches)


def test_section_of_another_version_has_its_place() -> None:
    """Behind packets that were read it is damage, and damage has a place."""
    capture = captures.section() + captures.interface() + captures.enhanced(SYN)
    later = captures.section()[:12] + b"\x09" + captures.section()[13:]
    with pytest.raises(CaptureError) as caught:
        list(Analyzer().analyze_pcap(capture + later))
    offset = len(capture)
    assert (caught.value.refused, caught.value.record, caught.value.offset) == (False, 2, offset)
    place = f"damaged at record 2, byte offset {offset}"
    assert str(caught.value).startswith(f"capture in memory: {place}: its section has an unsupported version")
