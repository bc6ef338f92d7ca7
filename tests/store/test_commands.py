"""``--store``, ``--where`` and ``hosts merge``, as programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from huginn_cffi.store.reading import Store
from huginn_cffi.store.writer import Writer
from tests.support.hosts import host, source_of
from tests.support.sample import sample

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def store(tmp_path: Path, capsys: Printed) -> str:
    """What the sample has; it is read twice, which adds nothing."""
    capture, path = tmp_path / "sample.pcap", str(tmp_path / "hosts.sqlite")
    capture.write_bytes(sample())
    for _ in range(2):
        assert main(["hosts", str(capture), "--store", path, "--sensor", "gate"]) == 0
    capsys.readouterr()
    return path


def test_the_store_says_what_the_captures_say(store: str, tmp_path: Path, capsys: Printed) -> None:
    assert main(["hosts", "--format", "json", str(tmp_path / "sample.pcap")]) == 0
    direct = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    direct = [one for one in direct if "ip" in one]
    assert main(["hosts", "--format", "json", "--store", store]) == 0
    *kept_hosts, end = map(json.loads, capsys.readouterr().out.splitlines())
    assert (end["event"], end["hosts"], end["new_hosts"]) == ("summary", len(kept_hosts), None)
    kept = {one["ip"]: one for one in kept_hosts}
    assert len(direct) > 10
    assert {one["ip"] for one in direct} <= kept.keys()
    for one in direct:
        found = kept[one["ip"]]
        same = ("local", "client_ports", "server_ports", "findings")
        assert {name: one[name] for name in same} == {name: found[name] for name in same}
        names = ("family", "flavor", "syns", "syn_acks")
        if one["family"] is not None:
            assert {name: one[name] for name in names} == {name: found[name] for name in names}
            assert abs(one["confidence"] - found["confidence"]) <= 0.001
        assert len(found["tools"]) == len(one["tools"])
        assert all(
            tool.startswith(name) for tool, name in zip(sorted(one["tools"]), found["tools"], strict=True)
        )


def test_where(store: str, capsys: Printed) -> None:
    assert main(["hosts", "--store", store, "--where", "family = 'Windows'"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("[Host] 192.0.2.10\n  OS:     Windows")
    assert "Linux" not in text
    assert main(["hosts", "--store", store, "--where", "1; DROP TABLE host"]) == 2
    assert "the condition is wrong" in capsys.readouterr().err
    assert main(["hosts", "--store", store, "--where", "ip = 'nobody'", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("site,ip,tunnel,local,family,")


def test_merge(store: str, tmp_path: Path, capsys: Printed) -> None:
    other, out = str(tmp_path / "other.sqlite"), str(tmp_path / "out.sqlite")
    Writer(other, "yard", source_of([host("203.0.113.77")])).close()
    for _ in range(2):
        assert main(["hosts", "merge", "--site", "Oslo", out, store, other]) == 0
        assert capsys.readouterr().err == "merged 2 sensors\n"
    with Store(out) as merged, Store(store) as first:
        assert len(merged) == len(first) + 1
        assert merged.find("203.0.113.77")[0]["site"] == "Oslo"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["hosts"], "name captures, or a store"),
        (["hosts", "x.pcap", "--keep", "90d"], "--keep needs --store"),
        (["hosts", "--store", "STORE", "--keep", "90d"], "are for writing"),
        (["hosts", "--store", "STORE", "--forget", "90d"], "are for writing"),
        (
            ["hosts", "--store", "STORE", "--since", "2026-01-01"],
            "--since applies to captures",
        ),
        (["hosts", "x.pcap", "--store", "STORE", "--where", "1"], "--where selects hosts of a store"),
        (["hosts", "x.pcap", "--store", "STORE", "-o", "STORE"], "name one file"),
        (["hosts", "--store", "STORE", "--summary", "--format", "csv"], "--summary is of all hosts"),
        (["hosts", "--store", "STORE", "--summary", "--where", "local"], "--summary is of all hosts"),
        (["hosts", "x.pcap", "--store", "STORE", "--summary"], "--summary needs --store without captures"),
        (["report", "-o", "PAGE"], "name captures, or a store"),
        (["report", "x.pcap", "--store", "STORE", "-o", "PAGE"], "name captures, or a store"),
        (
            ["report", "--store", "STORE", "--ip", "192.0.2.1", "-o", "PAGE"],
            "options on traffic are for captures",
        ),
        (["report", "--store", "STORE", "-o", "STORE"], "is an input as well"),
        (["hosts", "--store", "nowhere.sqlite"], "No such file"),
        (["hosts", "merge", "STORE", "STORE"], "is both an input and the output"),
        (["capture", "lo", "--store", "STORE", "--anonymize", "key"], "not with --anonymize"),
        (["capture", "lo", "--hosts", "PAGE", "--anonymize", "key"], "--hosts has addresses as they are"),
        (["capture", "lo", "--api", "PAGE", "--anonymize", "key"], "--api has addresses as they are"),
        (
            ["capture", "lo", "--listen", "127.0.0.1:1", "--anonymize", "key"],
            "--listen has addresses as they are",
        ),
        (["capture", "lo", "--listen", "127.0.0.1:1", "--listen", "127.0.0.1:2"], "it can be given once"),
        (["hosts", "--store", "STORE", "--anonymize", "key"], "--store has addresses as they are"),
        (["hosts", "--store", "STORE", "--summary", "--anonymize", "key"], "not with --anonymize"),
        (["devices", "--store", "STORE", "--anonymize", "key"], "--store has addresses as they are"),
    ],
)
def test_refused_in_words(store: str, capsys: Printed, arguments: list[str], words: str) -> None:
    assert main([store if word == "STORE" else word for word in arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert printed.err.count("\n") == 1


def test_a_file_named_merge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.chdir(tmp_path)
    Path("merge").write_bytes(sample())
    assert main(["hosts", "./merge"]) == 0
    assert "[Host] 192.0.2.10" in capsys.readouterr().out
