"""The inventory of a running capture, and the file that it is written to."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.cli import service as module
from huginn_cffi.cli.service import HostsFile, LiveHosts
from huginn_cffi.hosts.inventory import Inventory
from tests.hosts.test_hosts import stamped, syns
from tests.support.captures import pcap
from tests.support.known_syns import LINUX_OLDER


class Asks:
    """Writes down what it is told."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.told: list[str] = []

    def do_due(self) -> None:
        self.told.append("due")

    def report_now(self) -> None:
        self.told.append("asked")

    def close(self) -> None:
        self.told.append("close")


def test_users_share_an_inventory_and_are_called() -> None:
    users: list[Asks] = []

    def make(inventory: Inventory) -> Asks:
        users.append(Asks(inventory))
        return users[-1]

    analyzer = hg.Analyzer()
    hosts = LiveHosts(analyzer.database)
    assert hosts.inventory is None
    hosts.add(make)
    hosts.add(make)
    assert hosts.inventory is not None
    for batch in analyzer.batches(pcap([*stamped(*syns(LINUX_OLDER))])):
        hosts.inventory.add(batch)
    hosts.do_due()
    hosts.report_now()
    hosts.close()
    hosts.close()
    assert [one.told for one in users] == [["due", "asked", "close"]] * 2
    assert users[0].inventory is users[1].inventory
    assert [one.ip for one in users[0].inventory] == ["192.0.2.1"]


def written(file: HostsFile) -> None:
    """Wait for what somebody asked for."""
    assert file._writing is not None
    file._writing.join()


def test_a_file_is_written_while_the_capture_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go, began = threading.Event(), threading.Event()

    def slow(*_: object) -> None:
        began.set()
        assert go.wait(60)

    monkeypatch.setattr(module, "replace_file", slow)
    file = HostsFile(Inventory(None, live=True), str(tmp_path / "hosts.jsonl"))
    file.report_now()
    assert began.wait(60)
    first = file._writing
    file.report_now()
    assert file._writing is first, "one at a time"
    go.set()
    file.close()
    assert first is not None
    assert not first.is_alive()


def test_a_file_has_the_hosts_when_somebody_asks_and_at_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, analyzer = tmp_path / "hosts.jsonl", hg.Analyzer()
    found = Inventory(analyzer.database, max_inventory=1, live=True)
    file = HostsFile(found, str(path))
    file.do_due()
    assert not path.exists()
    for batch in analyzer.batches(pcap([*stamped(*syns(LINUX_OLDER))])):
        found.add(batch)
    file.report_now()
    written(file)
    [record] = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert (record["ip"], record["family"], record["connections"]) == ("192.0.2.1", "Linux", 1)
    [data] = syns(LINUX_OLDER)
    for batch in analyzer.batches(pcap([*stamped(data[:12] + b"\xc0\0\2\2" + data[16:])])):
        found.add(batch)
    file.close()
    [record] = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert record["ip"] == "192.0.2.2"
    assert "1 host" in capsys.readouterr().err
    HostsFile(found, str(tmp_path / "nowhere" / "hosts.jsonl")).close()
    assert "nowhere/hosts.jsonl: cannot be written" in capsys.readouterr().err


def test_one_file_for_both_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "out.jsonl")
    assert main(["capture", "lo", "-o", path, "--hosts", path]) == 2
    assert "-o and --hosts name one file" in capsys.readouterr().err
