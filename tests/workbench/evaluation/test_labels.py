"""Labels are read strictly, and their versions understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from huginn_workbench.evaluation.labels import LabelError, accepts, read_labels, truth, version_words
from tests.workbench.evaluation.build import HEADER, ROWS


def written(folder: Path, *lines: str) -> Path:
    path = folder / "labels.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rows(made: Path) -> None:
    rows = read_labels(made / "labels.csv")
    assert len(rows) == len(ROWS)
    first = rows[0]
    assert (first.file, first.frame, first.direction) == ("alpha__one.pcap", 1, "request")
    assert (first.source, first.year, first.suspect) == ("alpha", "2020", "")
    assert str(first) == "alpha__one.pcap, packet 1, 10.0.0.1: Linux kernel 5.4.0-1-generic"
    assert rows[6].suspect == "no-tcp-options+synthetic"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a.pcap,0,request,10.0.0.1,,,Linux,,,,,", "frame must be a number from 1 on, not '0'"),
        ("a.pcap,one,request,10.0.0.1,,,Linux,,,,,", "frame must be a number from 1 on, not 'one'"),
        ("a.pcap,1,both,10.0.0.1,,,Linux,,,,,", "direction must be request or response, not 'both'"),
        ("../a.pcap,1,request,10.0.0.1,,,Linux,,,,,", "the name of a capture in the folder"),
        ("a.pcap,1,request,10.0.0.1,,,,,,,,", "file and os_family must not be empty"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = written(tmp_path, HEADER, ROWS[0], row)
    with pytest.raises(LabelError) as caught:
        read_labels(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert message in str(caught.value)


def test_a_short_row_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, "a.pcap,1,request")
    with pytest.raises(LabelError, match=r"labels\.csv:2: file and os_family must not be empty"):
        read_labels(path)


def test_missing_columns_and_files(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"labels\.csv:1: no column frame, os_version;"):
        read_labels(written(tmp_path, "file,direction,ip,os_family"))
    with pytest.raises(LabelError, match=r"absent\.csv: No such file"):
        read_labels(tmp_path / "absent.csv")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabelError, match=r"binary\.csv: is not a CSV file in UTF-8"):
        read_labels(tmp_path / "binary.csv")


@pytest.mark.parametrize(
    ("family", "version", "words"),
    [
        ("Windows", "7/2008R2 (build 7601)", "7 or 2008 R2"),
        ("Windows", "10 1607/2016 (build 14393)", "10 or 2016"),
        ("Windows", "XP64/2003 (build 3790)", "XP or 2003"),
        ("Windows", "Server 2022 (build 20348)", "2022"),
        ("Windows", "Vista+", "Vista or newer"),
        ("Windows", 'Windows (TM) Code Name "Longhorn" Ultima', "Vista"),
        ("Windows", "", ""),
        ("Linux", "kernel 6.8.0-45-generic", "6.8.0"),
        ("Linux", "Ubuntu 22.04", "5.15-6.8"),
        ("Linux", "Fedora", ""),
        ("macOS", "Darwin 12.2.0", "10.8"),
        ("macOS", "Darwin 20.1", "11"),
        ("macOS", "Darwin 24.0", "15"),
        ("macOS", "Darwin 25.0", "26"),
        ("macOS", "10.13 (osxvers 17)", "10.13"),
        ("iOS", "iPhone", ""),
        ("iOS", "10 (Darwin 16)", "10"),
        ("Android", "5.1.1", "5.1.1"),
        ("Unix", "Samba", ""),
    ],
)
def test_versions_of_labels(family: str, version: str, words: str) -> None:
    assert version_words(family, version) == words
    assert bool(truth(family, version).versions) == bool(words)


def test_families_of_labels() -> None:
    assert truth("unknown", "openbsd").families == {"OpenBSD"}
    unix = truth("Unix", "Samba").families
    assert [name for name in ("Linux", "FreeBSD", "Windows", "lwIP") if accepts("Unix", unix, name)] == [
        *("Linux", "FreeBSD")
    ]
    device = truth("device", "GoAhead").families
    names = ("Linux", "embedded stack", "Windows", "macOS")
    assert [name for name in names if accepts("device", device, name)] == ["Linux", "embedded stack"]
    assert truth("iOS", "").is_near("macOS")
    assert truth("Linux", "").is_near("Android")
    assert not truth("Windows", "").is_near("Linux")
    assert not truth("embedded stack", "").is_near("another stack")
