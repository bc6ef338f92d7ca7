"""Home Assistant: messages as its MQTT discovery documents them, a real broker, and brokers that stall."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from huginn_cffi.base.times import parse_time
from tests.support.in_process import run_in_process, run_in_process_as_text
from tests.support.processes import TIMEOUT_S

pytest.importorskip("paho.mqtt", reason="paho-mqtt is not installed (extra mqtt)")

from paho.mqtt import subscribe

from huginn_cffi.applications.alerting import home_assistant
from huginn_cffi.applications.alerting.home_assistant import HomeAssistant

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MACS = ["02:00:5e:10:00:01", "00:00:5e:00:53:15", "00:00:5e:00:53:16", "00:00:5e:00:53:28"]
LAST = parse_time("2026-01-15T10:00:01.500000000Z")
NOWHERE = "mqtt://127.0.0.1:9"

COMMON = {
    *("availability_topic", "device", "origin", "unique_id", "name", "state_topic", "json_attributes_topic"),
    "device_class",
}
DOCUMENTED = {
    "device_tracker": {*COMMON, "source_type", "payload_home", "payload_not_home"},
    "binary_sensor": {*COMMON, "payload_on", "payload_off"},
}
"""Keys of Home Assistant's pages "MQTT device tracker" and "MQTT binary sensor"."""


def test_home_assistant_accepts_the_messages(made: Callable[..., HomeAssistant]) -> None:
    """By its own schemas (tried with 2024.3.3, the last version for Python 3.11)."""
    components = {
        name: pytest.importorskip(
            f"homeassistant.components.mqtt.{name}", reason="Home Assistant is not installed"
        )
        for name in DOCUMENTED
    }
    for host_names in (False, True):
        for name, component in components.items():
            for one in configs(made(host_names=host_names).wanted(LAST), name):
                accepted = component.DISCOVERY_SCHEMA(one)  # a key that it does not know is left out
                assert {*one} <= {*map(str, accepted)}
                assert {*one["device"]} <= {*map(str, accepted["device"])}


OF_DEVICE = {"identifiers", "connections", "name", "manufacturer", "model", "sw_version"}


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "hosts.sqlite"
    assert run_in_process("hosts", "--store", path, EXAMPLES / "devices.pcap").returncode == 0
    return str(path)


@pytest.fixture
def made(store: str) -> Iterator[Callable[..., HomeAssistant]]:
    found: list[HomeAssistant] = []

    def make(url: str = NOWHERE, *, host_names: bool = False) -> HomeAssistant:
        found.append(HomeAssistant(url, store, host_names=host_names))
        return found[-1]

    yield make
    for one in found:
        one.close()


def configs(wanted: dict[str, str], component: str) -> list[dict[str, Any]]:
    found = [
        json.loads(text) for topic, text in wanted.items() if topic.startswith(f"homeassistant/{component}/")
    ]
    for one in found:
        assert {*one} <= DOCUMENTED[component]
        assert {*one["device"]} <= OF_DEVICE
        assert one["origin"]["name"]
        for name in ("state_topic", "json_attributes_topic"):
            assert name not in one or one[name] in wanted
    return found


def test_messages_are_those_of_the_discovery(made: Callable[..., HomeAssistant]) -> None:
    wanted = made().wanted(LAST)
    trackers, sensors = configs(wanted, "device_tracker"), configs(wanted, "binary_sensor")
    assert len(trackers) == len(sensors) == 5
    assert len({one["unique_id"] for one in trackers + sensors}) == 10
    [printer] = [one for one in trackers if one["device"].get("manufacturer") == "HP"]
    assert printer["device"]["model"] == "LaserJet 400 M401dn"
    assert printer["source_type"] == "router"
    assert wanted[printer["state_topic"]] == "home"
    attributes = json.loads(wanted[printer["json_attributes_topic"]])
    assert (attributes["type"], attributes["findings"]) == ("printer", [])
    assert attributes["last_seen"].startswith("2026-01-15T10:00:01")
    assert {one["device_class"] for one in sensors} == {"problem"}
    assert {wanted[one["state_topic"]] for one in sensors} == {"OFF"}
    later = made().wanted(LAST + 16 * 60 * 10**9)
    assert later[printer["state_topic"]] == "not_home"


def test_findings_and_devices_elsewhere(made: Callable[..., HomeAssistant], store: str) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE host SET findings = 'scanner | worm' WHERE mac = ?", (MACS[3],))
        connection.execute("UPDATE host SET local = 0 WHERE mac = ?", (MACS[0],))
        connection.execute("UPDATE host SET mac = '00:00:5e:00:01:07' WHERE mac = ?", (MACS[1],))  # VRRP
    connection.close()
    wanted = made().wanted(LAST)
    assert len(configs(wanted, "device_tracker")) == 3
    states = sorted(wanted[one["state_topic"]] for one in configs(wanted, "binary_sensor"))
    assert states == ["OFF", "OFF", "ON"]
    assert any('"findings":["scanner","worm"]' in text for text in wanted.values())


def test_both_claimants_of_a_disputed_address_are_devices(
    made: Callable[..., HomeAssistant], store: str
) -> None:
    """The second one has no host of its own."""
    taker = "00:00:5e:00:53:66"
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE host SET claimed_by = ? WHERE mac = ?", (taker, MACS[1]))
    connection.close()
    found = configs(made(host_names=True).wanted(LAST), "device_tracker")
    assert {MACS[1], taker} <= {one["device"]["connections"][0][1] for one in found}


def test_invented_devices_push_out_none(
    made: Callable[..., HomeAssistant], store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody sends SYNs in any number of names. A device that is shown stays, also for a proven one."""
    monkeypatch.setattr(home_assistant, "MOST_DEVICES", 3)
    one = made(host_names=True)

    def shown() -> set[str]:
        trackers = configs(one.wanted(LAST), "device_tracker")
        return {tracker["device"]["connections"][0][1] for tracker in trackers}

    def change(statement: str) -> None:
        with sqlite3.connect(store) as connection:
            connection.execute(statement)
        connection.close()

    first = shown()
    assert len(first) == 3
    assert one.note() == "at most 3 devices are shown; 2 or more other addresses are left out"
    others = ", ".join(f"'{mac}'" for mac in first)
    change(f"UPDATE host SET syns = 1000, connections = 50, first_seen = 1 WHERE mac NOT IN ({others})")
    assert shown() == first
    again = made(host_names=True)
    trackers = configs(again.wanted(LAST), "device_tracker")
    assert {tracker["device"]["connections"][0][1] for tracker in trackers} != first


@contextmanager
def foreign_broker(answer: bytes, greeting: bytes = b"\x20\x02\0\0") -> Iterator[tuple[str, list[bytes]]]:
    """Accepts a client, then answers its first subscription with these bytes, in whatever place it stands.

    Without an answer, it ends the connection at the first message.
    """
    got: list[bytes] = []

    def talk(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection, suppress(ConnectionError):
                    serve(connection)

    def serve(connection: socket.socket) -> None:
        connection.settimeout(TIMEOUT_S)
        got.append(connection.recv(4096))
        connection.sendall(greeting)
        while data := connection.recv(4096):
            got.append(data)
            if not answer and data[0] >> 4 == 3:
                return
            if data[0] >> 4 == 8:
                connection.sendall(b"\x90\x04" + data[2:4] + b"\0\0" + answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=talk, args=(server,), daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}", got
        server.shutdown(socket.SHUT_RDWR)


def retained_publish(topic: bytes) -> bytes:
    return bytes([0x31, 3 + len(topic), 0, len(topic)]) + topic + b"x"


@pytest.mark.parametrize(
    "answer",
    [
        *(retained_publish(topic) for topic in (b"homeassistant/x/#/y/config", b"evil/+", b"\xff", b"\0")),
        b"\x31\x01\x00",  # shorter than its topic's length
        b"\x90\x00",
        b"\xf0\x00",
        b"\x31\xff\xff\xff\xff",
        b"\x31\xff\xff\xff\x7f" + bytes(100),  # 256 MB to come
        b"\x34\x06\0\1x\0\1x",  # QoS 2
    ],
)
def test_a_foreign_broker_ends_nothing(
    made: Callable[..., HomeAssistant], answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its topics are not published, and packets that break the protocol end only a connection."""
    raised: list[object] = []
    monkeypatch.setattr(threading, "excepthook", raised.append)
    with foreign_broker(answer) as (place, got):
        one, end = made(f"mqtt://{place}"), time.monotonic() + TIMEOUT_S
        while b"not_home" not in b"".join(got) and time.monotonic() < end:
            one.run_once()
            if sum(data[0] == 0x10 for data in got) > 1:
                break  # the connection ended, and there is another one
            time.sleep(0.01)
        time.sleep(0.2)
        one._due = 0.0
        one.run_once()
        assert one._client._thread is not None
        assert one._client._thread.is_alive()
    assert not any(topic in b"".join(got) for topic in (b"/#/", b"evil/+"))
    assert raised == []


def test_a_broker_that_ends_each_connection_fills_no_memory(
    made: Callable[..., HomeAssistant], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is sent again at each connection, and what was not acknowledged too."""
    monkeypatch.setattr(home_assistant, "MOST_QUEUED", 60)
    with foreign_broker(b"") as (place, got):
        one, end = made(f"mqtt://{place}"), time.monotonic() + TIMEOUT_S
        one._client.reconnect_delay_set(1, 1)
        while sum(data[0] == 0x10 for data in got) < 5 and time.monotonic() < end:
            one.run_once()
            time.sleep(0.01)
        assert len(one.wanted(LAST)) < len(one._client._out_messages) <= 60


def test_a_broker_that_refuses_is_named(made: Callable[..., HomeAssistant]) -> None:
    with foreign_broker(b"x", greeting=b"\x20\x02\0\x05") as (place, _):
        one, end = made(f"mqtt://{place}"), time.monotonic() + TIMEOUT_S
        while not (words := one.run_once()) and time.monotonic() < end:
            time.sleep(0.01)
    assert words == "the broker refuses the connection: Not authorized"


def test_a_password_needs_encryption(made: Callable[..., HomeAssistant]) -> None:
    one = made("mqtt://user:s3cret@192.0.2.1")
    assert one.run_once() == "the password was not sent: mqtt:// is not encrypted, use mqtts://"
    assert one._client._thread is None
    assert made("mqtt://user:s3cret@127.0.0.1:9")._client._thread is not None


def test_nobody_learns_a_mac_without_host_names(made: Callable[..., HomeAssistant]) -> None:
    hidden, shown = (f"{made(host_names=names).wanted(LAST)}" for names in (False, True))
    for mac in MACS:
        assert mac not in hidden
        assert mac.replace(":", "") not in hidden
        assert mac in shown
    assert f"{made().wanted(LAST)}" == hidden  # the store keeps the key


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[int]:
    program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    if not Path(program).exists():
        pytest.skip("mosquitto is not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    (tmp_path / "mosquitto.conf").write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
    process = subprocess.Popen([program, "-c", tmp_path / "mosquitto.conf"], stderr=subprocess.DEVNULL)
    yield port
    process.kill()
    process.wait()


def published(one: HomeAssistant) -> None:
    """Run until all is acknowledged and old topics have come in."""
    end, rounds = time.monotonic() + 60, 0
    while rounds < 4:
        assert time.monotonic() < end
        one._due = 0.0
        one.run_once()
        rounds += bool(one._sent and all(it.is_published() for it in one._pending))
        time.sleep(0.1)


def retained(port: int, node: str) -> dict[str, str]:
    """What a new subscriber gets: as many messages as the broker has, then its own."""
    found: dict[str, str] = {}
    mark = f"{node}/mark/{time.monotonic_ns()}"

    def note(client: Any, data: Any, message: Any) -> None:
        found[message.topic] = message.payload.decode()
        if message.topic == mark:
            client.disconnect()

    from paho.mqtt import publish

    publish.single(mark, "x", qos=1, retain=True, hostname="127.0.0.1", port=port)
    topics = [(f"homeassistant/+/{node}/+/config", 1), (f"{node}/#", 1)]
    subscribe.callback(note, [topic for topic, _ in topics], qos=1, hostname="127.0.0.1", port=port)
    publish.single(mark, "", qos=1, retain=True, hostname="127.0.0.1", port=port)
    del found[mark]
    return found


def test_a_broker_has_what_the_store_has(made: Callable[..., HomeAssistant], store: str, broker: int) -> None:
    """Retained, also after a restart; a removed device leaves nothing."""
    url = f"mqtt://127.0.0.1:{broker}"
    first = made(url)
    published(first)
    wanted = first.wanted(time.time_ns())
    assert retained(broker, first.node) == {**wanted, f"{first.node}/status": "online"}
    first.close()
    assert retained(broker, first.node)[f"{first.node}/status"] == "offline"
    with sqlite3.connect(store) as connection:
        connection.execute("DELETE FROM host WHERE mac = ?", (MACS[3],))
    connection.close()
    second = made(url)
    assert second.node == first.node
    published(second)
    fewer = second.wanted(time.time_ns())
    assert len(fewer) == len(wanted) - 5
    assert retained(broker, second.node) == {**fewer, f"{second.node}/status": "online"}


def test_a_broker_that_stalls_holds_nothing_up(
    made: Callable[..., HomeAssistant], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It accepts the connection and says nothing; the call returns, and nothing is queued."""
    monkeypatch.setattr(home_assistant, "STALL_S", -1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        one = made(f"mqtt://127.0.0.1:{server.getsockname()[1]}")
        for _ in range(100):
            assert one.run_once() == "the broker does not answer"
        assert one._pending == []
        assert one._client._out_messages == {}


@pytest.mark.parametrize("url", ["http://host", "mqtt://", "mqtt://host/path", "mqtt://host:x", "host"])
def test_other_urls_are_refused(store: str, url: str) -> None:
    done = run_in_process_as_text("alert", "--store", store, "--mqtt", url)
    assert done.returncode == 2
    assert "--mqtt:" in done.stderr
    assert done.stderr.count("\n") == 1
