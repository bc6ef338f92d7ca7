"""The tools over folders and stores: what they answer, what they hold, and what they refuse."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.applications.assistants.answers import NAMES, text_of
from huginn_cffi.applications.assistants.held import MOST_HELD
from huginn_cffi.applications.assistants.tools import Tools
from huginn_cffi.base.installation import to_add
from huginn_cffi.cli.signature_options import Signatures
from huginn_cffi.hosts import network_cards
from tests.support.hostile_texts import HOST, IMAGE, ORDER, hostile
from tests.support.in_process import run_in_process, run_in_process_as_text
from tests.support.sample import sample

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TOOLS = ("captures", "summary", "hosts", "host", "who", "devices", "crypto", "findings", "explain", "events")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "captures"
    (place / "below").mkdir(parents=True)
    (place / "sample.pcap").write_bytes(sample())
    (place / "below" / "devices.pcap").write_bytes((EXAMPLES / "devices.pcap").read_bytes())
    (place / "notes.txt").write_text("no capture")
    return place


def tools_of(path: Path, *, host_names: bool = False) -> Tools:
    return Tools(str(path), Signatures().open(), host_names=host_names)


def records(*words: object) -> list[dict[str, Any]]:
    """What a command writes as JSON."""
    done = run_in_process_as_text(*words)
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def data(answer: dict[str, Any]) -> Any:
    assert len(text_of(answer).encode()) <= 9_000
    return answer["data_from_network"]


def test_captures_with_their_time_spans(folder: Path) -> None:
    found = data(tools_of(folder).captures())
    expected = [("below/devices.pcap", 7), ("sample.pcap", 26)]
    assert [(one["name"], one["packets"]) for one in found] == expected
    assert found[1]["first_seen"] == "2026-01-15T10:00:00.000000000Z"
    assert found[1]["last_seen"] == "2026-01-15T10:00:07.400000000Z"
    assert found[1]["bytes"] == len(sample())
    assert [one["name"] for one in data(tools_of(folder).captures(1))] == ["sample.pcap"]


HOSTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "by a network": ({"address": "203.0.113.0/24"}, ["203.0.113.7", "203.0.113.53"]),
    "by an address": ({"address": "192.0.2.66"}, ["192.0.2.66"]),
    "by a family": ({"family": "freebsd"}, ["2001:db8:80::80"]),
    "by one family of two": ({"family": "iOS"}, ["2001:db8::64"]),
    "by a finding": ({"finding": "scanner"}, ["192.0.2.66"]),
    "none": ({"family": "Solaris"}, []),
}


@pytest.mark.parametrize("name", HOSTS)
def test_hosts_are_chosen(folder: Path, name: str) -> None:
    conditions, expected = HOSTS[name]
    assert [one["ip"] for one in data(tools_of(folder).hosts("sample.pcap", **conditions))] == expected


def test_hosts_and_devices_are_those_of_the_commands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = tools_of(folder)
    *hosts, _ = records("hosts", "--format", "json", folder / "sample.pcap")
    shown = data(tools.hosts("sample.pcap"))
    assert shown == [{**{key: one[key] for key in shown[0]}, "device": None} for one in hosts]
    for host in (one for one in hosts if one["ip"]):
        found = data(tools.host(host["ip"], "sample.pcap"))
        del found["packets_explained"]
        assert found == {name: value for name, value in host.items() if name not in NAMES}
    monkeypatch.setattr(network_cards, "INSTALLED", ())
    found = sorted(data(tools_of(folder).devices("below/devices.pcap")))
    assert found == [
        "192.0.2.1 00:00:5e:00:53:fe",
        "192.0.2.21 02:00:5e:10:00:01 Android 14",
        "192.0.2.22 00:00:5e:00:53:15 camera Axis P3245, 10.12.1",
        "192.0.2.23 00:00:5e:00:53:16 computer, Windows",
        "192.0.2.40 00:00:5e:00:53:28 printer HP LaserJet 400 M401dn",
    ]
    for words, chosen in (
        ({"type": "Printer"}, found[4:]),
        ({"maker": "axis"}, found[2:3]),
        ({"type": "print"}, []),
        ({"type": "camera", "maker": "HP"}, []),
    ):
        assert data(tools_of(folder).devices("below/devices.pcap", **words)) == chosen
    (counts,) = data(tools_of(folder).devices("below/devices.pcap", count=True))
    assert counts == {"devices": 5, "types": {"unknown": 2, "camera": 1, "computer": 1, "printer": 1}}
    assert data(tools_of(folder).host("192.0.2.40", "below/devices.pcap"))["device"]["evidence"]


def test_an_office_takes_three_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = tools_of(folder)
    (one,) = (one for one in tools._devices("below/devices.pcap") if one["type"] == "printer")
    monkeypatch.setattr(tools, "_devices", lambda capture: [one] * 300)
    sizes, found = [], 0
    while found < 300:
        sizes.append(len(data(tools.devices("below/devices.pcap", offset=found))))
        found += sizes[-1]
    assert len(sizes) <= 3


def test_all_packet_numbers_are_explained(folder: Path) -> None:
    tools, numbers = tools_of(folder), set()
    for host in (one for one in data(tools.hosts("sample.pcap")) if one["ip"]):
        packets = data(tools.host(host["ip"], "sample.pcap"))["packets_explained"]
        for one in packets:
            found = data(tools.explain(one["packet_number"], "sample.pcap"))
            assert found["explanation"] is not None
            numbers.add(one["packet_number"])
    assert len(numbers) >= 16  # 8 SYNs, 8 SYN+ACKs, and a ClientHello in a packet of its own
    scan, claim = data(tools.findings("sample.pcap"))
    assert claim["kind"] == "address_claimed"
    assert scan["packet_numbers"] == [14]
    events = data(tools.explain(14, "sample.pcap"))["events"]
    assert ("syn", "NMap") in [(one["event"], (one.get("match") or {}).get("name")) for one in events]
    found = data(tools.events("sample.pcap", limit=1000))
    for number in {one["packet_number"] for one in found}:
        explained = data(tools.explain(number, "sample.pcap"))
        assert explained["explanation"] or explained["why_not"]
        assert {one["packet_number"] for one in explained["events"]} == {number}


def test_events_are_chosen(folder: Path) -> None:
    tools = tools_of(folder)
    [hello] = data(tools.events("sample.pcap", "tls_client"))
    assert (hello["packet_number"], hello["ja4"]) == (23, "t13d1507h2_8daaf6152771_078775ef5e04")
    of_scanner = data(tools.events("sample.pcap", address="192.0.2.66"))
    assert {one["packet_number"] for one in of_scanner} == {14}
    first = tools.events("sample.pcap", limit=2)
    assert len(data(first)) == 2
    assert data(tools.events("sample.pcap", offset=2, limit=1)) == data(tools.events("sample.pcap"))[2:3]
    with pytest.raises(ValueError, match="no such kind of event"):
        tools.events("sample.pcap", "nothing")


def test_summary_and_cryptography(folder: Path) -> None:
    tools = tools_of(folder)
    found = data(tools.summary("sample.pcap"))
    assert (found["packets"], found["hosts"], found["events"]["syn"]) == (26, 12, 8)
    assert {one["topic"]: one["answer"] for one in found["answers"]}["scans"] == (
        "packets of a scanner: 192.0.2.66"
    )
    [server] = data(tools.crypto("sample.pcap"))["servers"]
    names = [one["name"] for one in server["uses"][0]["algorithms"]]
    assert names == ["TLS 1.3", "x25519", "TLS_AES_128_GCM_SHA256"]


def test_a_store(tmp_path: Path) -> None:
    store = tmp_path / "hosts.sqlite"
    (tmp_path / "sample.pcap").write_bytes(sample())
    assert run_in_process("hosts", "--store", store, tmp_path / "sample.pcap").returncode == 0
    tools = tools_of(store)
    assert data(tools.captures()) == [{"name": "", "store": "hosts.sqlite"}]
    assert [one["family"] for one in data(tools.hosts(address="192.0.2.10"))] == ["Windows"]
    assert data(tools.host("192.0.2.10"))["flavor"] == "10, 11, 2019, 2022 or 2025"
    assert data(tools.summary())["hosts"] == 12
    assert [one["kind"] for one in data(tools.findings())] == ["scanner", "address_claimed"]
    assert data(tools.devices(local_only=False))
    assert data(tools.crypto())["connections"] >= 1
    for refused in (lambda: tools.events(), lambda: tools.explain(1)):
        with pytest.raises(ValueError, match="a store keeps hosts and devices, no packets"):
            refused()


def test_nothing_outside_the_folder(folder: Path) -> None:
    """The same words for what is no capture, what is elsewhere, and what does not exist."""
    outside = folder.parent / "outside.pcap"
    outside.write_bytes(sample())
    (folder / "link.pcap").symlink_to(outside)
    (folder / "up").symlink_to(folder.parent)
    (folder / "circle").symlink_to(folder / "circle")
    tools = tools_of(folder)
    assert [one["name"] for one in data(tools.captures())] == ["below/devices.pcap", "sample.pcap"]
    for name in (
        *("../outside.pcap", str(outside), "link.pcap", "up/outside.pcap", "below/../../outside.pcap"),
        *("circle", "notes.txt", ".", "below", "a\0b", "x" * 5000, "/dev/zero", "*.pcap", "-", "\udcff"),
    ):
        with pytest.raises(ValueError, match="the folder has no capture of this name"):
            tools.summary(name)
    assert data(tools.summary("below/../sample.pcap"))["packets"] == 26


CALLS: dict[str, Callable[[Tools], Any]] = {
    "no name among several": lambda tools: tools.summary(),
    "an address": lambda tools: tools.host("nonsense", "sample.pcap"),
    "an unknown host": lambda tools: tools.host("192.0.2.250", "sample.pcap"),
    "a packet without events": lambda tools: tools.explain(3, "sample.pcap"),
    "a packet that is not there": lambda tools: tools.explain(27, "sample.pcap"),
    "an offset": lambda tools: tools.hosts("sample.pcap", offset=-1),
    "an offset of a document": lambda tools: tools.summary("sample.pcap", offset=-1),
    "a limit": lambda tools: tools.events("sample.pcap", limit=0),
}


@pytest.mark.parametrize("name", CALLS)
def test_wrong_arguments_are_refused_without_paths(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"^[^/]+$"):
        CALLS[name](tools_of(folder))


def test_captures_are_read_once_and_few_are_held(folder: Path) -> None:
    for number in range(MOST_HELD + 1):
        (folder / f"{number}.pcap").write_bytes(sample())
    tools = tools_of(folder)
    first = tools._held("0.pcap")
    assert tools._held("0.pcap") is first
    for number in range(1, MOST_HELD):
        tools._held(f"{number}.pcap")
    assert tools._held("0.pcap") is first
    tools._held(f"{MOST_HELD}.pcap")  # in the place of 1, which was not asked for longest
    assert len(tools._folder._held) == MOST_HELD
    assert tools._held("0.pcap") is first
    assert {path.name for path in tools._folder._held} == {"0.pcap", "2.pcap", "3.pcap", "4.pcap"}
    (folder / "0.pcap").write_bytes((EXAMPLES / "devices.pcap").read_bytes())
    assert data(tools.summary("0.pcap"))["packets"] == 7  # it was changed


def test_a_damaged_capture_says_so(folder: Path) -> None:
    (folder / "sample.pcap").write_bytes(sample()[:-7])
    answer = tools_of(folder).hosts("sample.pcap")
    assert "cut off" in answer["missing"] or "truncated" in answer["missing"]
    assert str(folder) not in answer["missing"]
    assert "missing" not in tools_of(folder).hosts("below/devices.pcap")


def test_events_beyond_the_memory_are_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huginn_cffi.applications.assistants.held.EVENT_BYTES", 0)
    answer = tools_of(folder).events("sample.pcap")
    assert answer["data_from_network"] == []
    assert answer["missing"].endswith("events were left out")


def test_texts_of_packets_are_data(folder: Path) -> None:
    """Orders are inside the marked data, images and HTML are not, and names need --host-names."""
    (folder / "sample.pcap").write_bytes(hostile())
    texts = {}
    for names in (False, True):
        tools = tools_of(folder, host_names=names)
        first = tools.events("sample.pcap", "http_request")
        answers = [first, tools.summary("sample.pcap"), tools.hosts("sample.pcap")]
        answers += [tools.host("192.0.2.1", "sample.pcap"), tools.crypto("sample.pcap")]
        texts[names] = "".join(map(text_of, answers))
        agents = [one["user_agent"] for one in data(first)]
        assert ORDER in agents[0]
        assert IMAGE not in agents[0]
        assert len(agents) == 1 or len(agents[1].encode()) <= 256
        for answer in answers:
            text_outside = {name: value for name, value in answer.items() if name != "data_from_network"}
            assert ORDER not in text_of(text_outside)
    assert "![" not in texts[True] + texts[False]
    assert "](" not in texts[True] + texts[False]
    assert "<img" not in texts[True] + texts[False]
    assert HOST in texts[True]
    assert HOST not in texts[False]


def test_the_extra_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [
        one for one in sys.modules if one.startswith(("mcp.", "huginn_cffi.applications.assistants.server"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = run_in_process_as_text("mcp", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert to_add("mcp") in done.stderr


def test_nothing_is_written(folder: Path) -> None:
    before = sorted(folder.rglob("*")), (folder / "sample.pcap").stat().st_mtime_ns
    tools = tools_of(folder)
    for name in TOOLS:
        address = {"address": "192.0.2.10"}
        arguments = {"host": address, "who": address, "explain": {"packet": 1}}.get(name, {})
        getattr(tools, name)(**arguments, **({} if name == "captures" else {"capture": "sample.pcap"}))
    assert before == (sorted(folder.rglob("*")), (folder / "sample.pcap").stat().st_mtime_ns)


def test_who_had_an_address(folder: Path, tmp_path: Path) -> None:
    """As the command says, of a capture and of a store; also of a MAC."""
    capture, store = folder / "sample.pcap", tmp_path / "hosts.sqlite"
    run_in_process_as_text("hosts", "--store", store, capture)
    for name, source in (("sample.pcap", [capture]), ("", ["--store", store])):
        tools = tools_of(folder if name else store)
        for asked, time in (
            ("192.0.2.10", "2026-01-15T09:00"),
            ("192.0.2.10", ""),
            ("00:00:5e:00:53:99", ""),
        ):
            [said] = records("who", asked, *(["--at", time] if time else []), *source, "--format", "json")
            found = data(tools.who(asked, time, name))
            assert {**found, "holders": 0} == {**said, "holders": 0}
            assert [one["first_seen"] for one in found["holders"]] == [
                one["first_seen"] for one in said["holders"]
            ]
        assert said["answer"] == "never"
    with pytest.raises(ValueError, match="'nobody' is not an address"):
        tools.who("nobody")
