"""What people type who know p0f, tcpdump, or the files at hand, and the answers."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from tests.support.sample import sample

EXAMPLES = Path(__file__).parents[2] / "examples"

HABITS = {
    ("-r", "x.pcap"): "huginn pcap FILE",
    ("-i", "eth0"): "huginn capture IFACE",
    ("-f", "p0f.fp"): "--db FILE",
    ("pcap", "-r", "x.pcap"): "huginn pcap FILE",
    ("pcap", "-nr", "x.pcap"): "never looked up",
    ("pcap", "-q", "x.pcap"): "--no-progress",
    ("pcap", "-v", "x.pcap"): "--stats",
    ("capture", "-i", "eth0"): "huginn capture IFACE",
    ("capture", "-w", "x.pcap"): "-o FILE",
    ("report", "-f", "p0f.fp"): "--db FILE",
    ("-V",): "huginn --version",
    ("pcap", "--store", "x.sqlite", "x.pcap"): "huginn capture writes a store",
}


@pytest.mark.parametrize("arguments", HABITS, ids=" ".join)
def test_options_of_others(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert HABITS[arguments] in line


@pytest.mark.parametrize(
    "words", [("compile", "--header", "-o", "x.h"), ("report", "x.pcap", "-o", "--hosts", "y.pcap")]
)
def test_an_option_is_no_name_of_an_output(
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("x.h", "x.pcap", "y.pcap"):
        Path(name).write_bytes(sample())
    assert main(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "is in the place of a file name; a file of this name is ./-" in line
    assert not any(path.name.startswith("-") for path in tmp_path.iterdir())


def test_other_options_are_unknown_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pcap", "-z", "x.pcap"]) == 2
    assert "No such option '-z'." in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"huginn, version {hg.__version__}"
    assert hg.Database.load_default().source_hash in second
    assert re.search(r"evidence up to 20\d\d", second)
    data = Path(hg.__file__).parent / "data"
    lists = [(data / name).read_text("utf-8") for name in ("97-cards.fp", "97-vendors.fp")]
    makers = sum(len(re.findall("(?m)^sig +=", text)) for text in lists)
    others = len(hg.Database.load_default()) - makers
    assert f"database: {others:,} signatures, {makers:,} numbers of makers," in second


def tarred(mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        entry = tarfile.TarInfo("sample.pcap")
        entry.size = len(sample())
        archive.addfile(entry, io.BytesIO(sample()))
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("sample.pcap", sample())
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "kind"), [("s.zip", "ZIP"), ("no-name", "tar"), ("s.tar", "tar"), ("s.tgz", "tar")]
)
def test_archives_are_named(name: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = {"s.zip": zipped, "s.tgz": lambda: tarred("w:gz")}.get(name, lambda: tarred("w:"))()
    (tmp_path / name).write_bytes(data)
    assert main(["pcap", str(tmp_path / name)]) == 2
    assert f"{name}: a {kind} archive; unpack it" in capsys.readouterr().err


def test_a_capture_with_the_name_of_an_archive_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.tgz").write_bytes(gzip.compress(sample()))
    assert main(["pcap", str(tmp_path / "s.tgz")]) == 0
    assert "[TCP SYN]" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--summary", "--stats"])
def test_nothing_is_summed_up_where_nothing_was_read(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pcap", option, str(tmp_path / "missing.pcap")]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    (tmp_path / "some.pcap").write_bytes(sample())
    assert main(["pcap", option, str(tmp_path / "missing.pcap"), str(tmp_path / "some.pcap")]) == 1
    shown = capsys.readouterr()
    assert "26 (2129 bytes)" in shown.out + shown.err


@pytest.mark.parametrize("command", ["check", "compile"])
def test_a_compiled_database_among_signature_files(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "some.hgdb"
    hg.Database.load_default().save(path)
    more = ["-o", str(tmp_path / "out")] if command == "compile" else []
    assert main([command, str(path), *more]) == 2
    shown = capsys.readouterr()
    assert "a compiled database, not a signature file" in shown.out + shown.err
    assert "E004" not in shown.out + shown.err


def test_a_capture_among_signature_files(capsys: pytest.CaptureFixture[str]) -> None:
    path = EXAMPLES / "meter.pcap"
    assert main(["pcap", "--db", str(path), str(path)]) == 2
    first, hint, last = capsys.readouterr().err.splitlines()
    assert first.startswith(f"{path}:1:5: error[E004]: a NUL byte")
    assert "huginn pcap FILE reads a capture" in hint
    assert last == "huginn: the signatures have errors, shown above"


@pytest.mark.parametrize(
    ("command", "format", "hint"),
    [
        ("hosts", "eve", "huginn pcap and huginn capture can write it"),
        ("hosts", "ocsf", "huginn devices and huginn pcap can write it"),
        ("pcap", "netbox", "huginn devices can write it"),
        ("capture", "zeek", "huginn pcap, hosts and devices can write it"),
    ],
)
def test_a_format_of_other_commands(
    command: str, format: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--format", format, str(EXAMPLES / "meter.pcap")]) == 2
    assert hint in capsys.readouterr().err


def test_all_faults_of_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "some.fp"
    start = "classes = unix\n[tcp:request]\nlabel = s:unix:X:1\n"
    line = "sig = *:64:0:*:mss*4,7:mss,sak,foo,ws:df,idx+:9"
    path.write_text(f"{start}{line}\n")
    assert main(["check", str(path)]) == 2
    out = capsys.readouterr().out
    places = [int(place) for place in re.findall(r"some\.fp:4:(\d+): error", out)]
    assert places == [line.index(word) + 1 for word in ("sak", "foo", "idx+", "9")]
    assert "did you mean sok?" in out


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("sig = *:300:0:*:mss*4,7:mss,foo,ts:df,id+:0", ["300", "foo"]),
        ("sig = *:64:0:99999:mss*4,7:mss,sackOK,ts:df,bar,id+:0", ["99999", "sackOK", "bar"]),
        ("sig = *:64:0:*:mss*4000,7:foo,ws,eol+300:foo,id+:9", ["4000", "foo", "300", "foo", "9"]),
        ("sig = *:foo:0:99999:mss*4,7:mss:df:0", ["foo", "99999"]),
    ],
)
def test_a_range_beside_a_word_that_is_none(
    line: str, wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "some.fp"
    path.write_text(f"classes = unix\n[tcp:request]\nlabel = s:unix:X:1\n{line}\n")
    assert main(["check", str(path)]) == 2
    places = [int(place) for place in re.findall(r"some\.fp:4:(\d+): error", capsys.readouterr().out)]
    expected, after = [], 0
    for word in wrong:
        after = line.index(word, after) + 1
        expected.append(after)
    assert places == expected


def test_dir_shows_public_names() -> None:
    import huginn_cffi

    assert [name for name in dir(huginn_cffi) if not name.startswith("__")] == sorted(hg.__all__)
