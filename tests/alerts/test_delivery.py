"""News of a store reach their receivers once: by mail, by webhook, over failures and crashes."""

from __future__ import annotations

import errno
import json
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.applications.alerting import delivery as deliveries
from huginn_cffi.applications.alerting import known as known_devices
from huginn_cffi.applications.alerting.channels import Channel, Mail, Webhook
from huginn_cffi.applications.alerting.delivery import Delivery, Limits
from huginn_cffi.applications.alerting.known import KnownDevices
from huginn_cffi.base.installation import to_add
from huginn_cffi.hosts import network_cards
from huginn_cffi.store import news as queue
from huginn_cffi.store.news import QueuePosition
from huginn_cffi.store.writer import Writer
from tests.support.alert_events import TIME, event
from tests.support.captures import pcap
from tests.support.devices import dhcp
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET
from tests.support.in_process import run_in_process_as_text
from tests.support.processes import ROOT, TIMEOUT_S, huginn
from tests.support.receivers import Hook, Mailbox, Server, serving
from tests.support.sample import sample


class Waiting(Delivery):
    """A delivery that waits for the outcome of its messages, one after the other."""

    def _serve(self, connection: sqlite3.Connection, line: deliveries._Line) -> None:
        super()._serve(connection, line)
        if line.on_way is not None:
            line.on_way.join(TIMEOUT_S)

    def run_once(self) -> None:
        super().run_once()
        self.finish(TIMEOUT_S)


NEVER_LEARNS = Limits(settle=0, learn=None)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "devices.sqlite"


def happen(store: Path, *events: dict[str, Any]) -> None:
    """As a capture writes them."""
    with Writer(str(store), "gate/eth0") as writer:
        writer.hand_over([json.dumps(one) for one in events], [])


@pytest.fixture
def hook() -> Iterator[Server]:
    with serving(Hook) as server:
        yield server


@pytest.fixture
def mailbox() -> Iterator[Server]:
    with serving(Mailbox) as server:
        yield server


def webhook(server: Server, form: str = "json") -> Webhook:
    return Webhook(f"http://127.0.0.1:{server.port}/", form)


def mail(server: Server) -> Mail:
    return Mail(f"smtp://127.0.0.1:{server.port}", "huginn@example.org", "me@example.org")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def deliver(store: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Delivery]:
    """A delivery whose pauses have passed whenever it is asked."""
    for name in ("PAUSES_S", "MOST_RETRY_S"):
        monkeypatch.setattr(deliveries, name, (0.0,) * 3)
    monkeypatch.setattr(deliveries, "RETRY_S", 0.0)
    monkeypatch.setattr(network_cards, "INSTALLED", ())

    def made(
        *channels: Channel, limits: Limits = NEVER_LEARNS, known: KnownDevices | None = None
    ) -> Delivery:
        return Waiting(str(store), channels, limits, known, said.append)

    return made


def test_a_new_device_is_one_mail(store: Path, mailbox: Server, deliver: Callable[..., Delivery]) -> None:
    maker = {"device_type": "laptop", "device_manufacturer": "Apple", "device_model": "MacBook"}
    happen(store, event(7, **maker))
    for _ in range(2):
        deliver(mail(mailbox)).run_once()
    (found,) = mailbox.mails
    assert found["Subject"] == "New on gate/eth0: laptop Apple MacBook, 192.0.2.7"
    assert (found["From"], found["To"]) == ("huginn@example.org", "me@example.org")
    assert found["Auto-Submitted"] == "auto-generated"
    local = datetime(2026, 1, 15, 10, tzinfo=timezone.utc).astimezone()
    assert found.get_content().splitlines() == [
        "Address:    192.0.2.7",
        "MAC:        00:16:3e:00:00:07",
        "Type:       laptop",
        "Maker:      Apple",
        "Model:      MacBook",
        "Seen by:    gate/eth0",
        f"Time:       {local:%Y-%m-%d %H:%M:%S %Z}",
        "",
        f"Next: huginn hosts --store {store} --ip 192.0.2.7",
    ]


def test_the_maker_of_the_card_is_named_where_a_list_has_it(
    store: Path,
    hook: Server,
    deliver: Callable[..., Delivery],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A local MAC has none, whatever the list says."""
    cards = tmp_path / "cards"
    cards.write_text("00163E Cards of Xen\n02163E Nobody\n")
    monkeypatch.setattr(network_cards, "INSTALLED", ((cards,),))
    for number, prefix in enumerate(("00:16:3e", "02:16:3e", "00:16:3f")):
        happen(store, event(7, mac=f"{prefix}:00:00:07"))
        deliver(webhook(hook)).run_once()
        text = hook.documents[number]["text"]
        assert ("Card:       Cards of Xen" in text) == (number == 0)
        assert ("Cards of Xen, 192.0.2.7" in hook.documents[number]["title"]) == (number == 0)
        assert "Nobody" not in text


def test_a_message_says_how_a_device_was_recognised(
    store: Path, mailbox: Server, tmp_path: Path, deliver: Callable[..., Delivery]
) -> None:
    """Also the host of a finding. Its name stays private."""
    client = "00:16:3e:00:00:07"
    leased = {"ciaddr": "192.0.2.7", "mac": client, "kind": dhcp.REQUEST}
    said = dhcp.message(dhcp.option(60, b"MSFT 5.0"), dhcp.option(12, b"annas-pc"), **leased)
    capture = tmp_path / "lan.pcap"
    frames = [dhcp.from_client(said, mac=client, source="192.0.2.7")]
    frames += [arp("192.0.2.7", "192.0.2.1", mac=client)] * 2
    capture.write_bytes(pcap([(10**18 + at, one) for at, one in enumerate(frames)], ETHERNET))
    assert run_in_process_as_text("hosts", capture, "--store", store, "-o", tmp_path / "out").returncode == 0
    finding = {"time": TIME, "event": "finding", "src_ip": "192.0.2.7", "finding_mac": client, "reason": "x"}
    for one in (event(7), finding):
        happen(store, one)
        deliver(mail(mailbox)).run_once()
    for found in mailbox.mails:
        text = found.get_content()
        assert "System:     Windows" in text
        assert re.search(r"^Evidence: .*dhcp-class: Windows", text, re.MULTILINE)
        assert "annas" not in text
    assert mailbox.mails[1]["Subject"] == "Finding on gate/eth0: computer, Windows, 192.0.2.7 x"
    found = run_in_process_as_text("hosts", "--store", store).stdout
    assert re.search(r"^  Why:    (.*\n +)*dhcp-class: Windows$", found, re.MULTILINE)


def test_line_ends_of_devices_make_no_headers_and_no_lines(
    store: Path, mailbox: Server, deliver: Callable[..., Delivery]
) -> None:
    happen(store, event(7, device_model="L\r\nBcc: evil@example.org\r\n\r\n<a href=x>"))
    deliver(mail(mailbox)).run_once()
    (found,) = mailbox.mails
    assert "Bcc" not in found
    assert found.get_content_type() == "text/plain"
    assert not any(line.startswith(("Bcc", "<a")) for line in found.get_content().splitlines())


def test_a_finding_names_its_host(store: Path, mailbox: Server, deliver: Callable[..., Delivery]) -> None:
    happen(store, {"time": TIME, "event": "finding", "src_ip": "192.0.2.66", "reason": "scanned many ports"})
    deliver(mail(mailbox)).run_once()
    assert (
        mailbox.mails[0]["Subject"] == "Finding on gate/eth0: unknown device, 192.0.2.66 scanned many ports"
    )
    assert "Finding:    scanned many ports" in mailbox.mails[0].get_content()


def test_what_waited_is_one_message(store: Path, hook: Server, deliver: Callable[..., Delivery]) -> None:
    happen(store, *(event(number) for number in range(1, 13)))
    deliver(webhook(hook)).run_once()
    (found,) = hook.documents
    assert found["title"] == "12 new devices on gate/eth0"
    assert [one["mac"] for one in found["events"]] == [event(n)["mac"] for n in range(1, 13)]
    assert found["text"].count("New: unknown device, 192.0.2.") == 12
    assert hook.calls[0][0]["Idempotency-Key"] == found["id"]


def test_a_flood_is_several_messages_without_a_gap(
    store: Path, hook: Server, deliver: Callable[..., Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_EVENTS", (5,) * 3)
    happen(store, *(event(number) for number in range(1, 13)))
    sending = deliver(webhook(hook))
    for _ in range(4):
        sending.run_once()
    assert [len(one["events"]) for one in hook.documents] == [5, 5, 2]


@pytest.mark.parametrize("kind", ["mail", "webhook"])
def test_a_receiver_that_refuses_gets_the_same_message_later(
    store: Path, hook: Server, mailbox: Server, kind: str, deliver: Callable[..., Delivery], said: list[str]
) -> None:
    server = mailbox if kind == "mail" else hook
    sending = deliver(mail(mailbox) if kind == "mail" else webhook(hook))
    server.refuses = True
    happen(store, event(1), event(2))
    sending.run_once()
    happen(store, event(3))
    sending.run_once()
    server.refuses = False
    for _ in range(3):
        sending.run_once()
    if kind == "mail":
        titles = [one["Subject"] for one in mailbox.mails]
    else:
        titles = [one["title"] for one in hook.documents]
    assert titles == ["2 new devices on gate/eth0", "New on gate/eth0: unknown device, 192.0.2.3"]
    assert [line.partition(":")[0] for line in said] == [kind, kind]
    assert said[-1] == f"{kind}: works again"


def test_after_a_crash_a_message_comes_again_under_its_own_id(
    store: Path, hook: Server, deliver: Callable[..., Delivery]
) -> None:
    """The process is killed between the receiver's answer and the mark."""
    happen(store, event(1))
    deliver(webhook(hook)).run_once()
    with closing(sqlite3.connect(store)) as connection, connection:
        queue.move(connection, "webhook", 1, QueuePosition(0, 1))
    happen(store, event(2))
    sending = deliver(webhook(hook))
    for _ in range(3):
        sending.run_once()
    assert [len(one["events"]) for one in hook.documents] == [1, 1, 1]
    ids = [one["id"] for one in hook.documents]
    assert ids[0] == ids[1] != ids[2]


def test_each_channel_has_its_own_position(
    store: Path, hook: Server, mailbox: Server, deliver: Callable[..., Delivery]
) -> None:
    hook.refuses = True
    happen(store, event(1))
    sending = deliver(mail(mailbox), webhook(hook))
    sending.run_once()
    hook.refuses = False
    for _ in range(2):
        sending.run_once()
    assert (len(mailbox.mails), len(hook.calls)) == (1, 1)


def test_a_full_queue_says_how_many_events_it_dropped(
    store: Path, hook: Server, deliver: Callable[..., Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "KIND_KEPT", 10)
    for begin in range(0, 30, 6):
        happen(store, *(event(number) for number in range(begin, begin + 6)))
    deliver(webhook(hook)).run_once()
    (found,) = hook.documents
    assert [one["mac"] for one in found["events"]] == [event(n)["mac"] for n in range(20, 30)]
    assert "20 earlier events left the full queue before they could be sent." in found["text"]


def test_a_new_device_waits_for_its_address(
    store: Path, hook: Server, deliver: Callable[..., Delivery]
) -> None:
    happen(store, event(1, device_ip=None))
    deliver(webhook(hook), limits=Limits(settle=3600, learn=None)).run_once()
    assert hook.calls == []
    deliver(webhook(hook), limits=NEVER_LEARNS).run_once()
    assert len(hook.calls) == 1


def test_urgent_news_do_not_wait(
    store: Path, hook: Server, deliver: Callable[..., Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "PAUSES_S", (0.0, 3600.0, 3600.0))
    sending = deliver(webhook(hook))
    for one in (event(1), event(2), event(3, "address_moved", previous_mac="00:16:3e:00:00:01")):
        happen(store, one)
        sending.run_once()
    assert [one["events"][0]["mac"] for one in hook.documents] == [event(1)["mac"], event(3)["mac"]]


def test_urgent_news_leave_later_devices_time_for_an_address(
    store: Path, hook: Server, deliver: Callable[..., Delivery]
) -> None:
    moved = event(2, "address_moved", previous_mac="00:16:3e:00:00:01")
    happen(store, event(1, device_ip=None), moved, event(3, device_ip=None))
    waiting = deliver(webhook(hook), limits=Limits(settle=3600, learn=None))
    waiting.run_once()
    waiting.run_once()
    assert [[one["mac"] for one in found["events"]] for found in hook.documents] == [[event(2)["mac"]]]
    deliver(webhook(hook)).run_once()
    assert [one["mac"] for one in hook.documents[1]["events"]] == [event(1)["mac"], event(3)["mac"]]


def test_known_devices_are_not_new_and_have_names(
    store: Path, hook: Server, tmp_path: Path, deliver: Callable[..., Delivery]
) -> None:
    path = tmp_path / "known.csv"
    path.write_text('mac,address,name,owner\n00:16:3E:00:00:01,,"Printer, hall",Ada\n,192.0.2.2,Camera,\n')
    happen(store, event(1), event(2), event(3), event(1, "device_changed", device_type="phone"))
    deliver(webhook(hook), known=KnownDevices(str(path))).run_once()
    (found,) = hook.documents
    assert found["title"] == "2 new devices, 1 changed device on gate/eth0"
    assert [one["mac"] for one in found["events"]] == [event(number)["mac"] for number in (2, 3, 1)]
    assert "New: Camera, 192.0.2.2" in found["text"], "an address has a name, but anybody may take it"
    assert "Changed: Printer, hall, 192.0.2.1" in found["text"]


def test_learning_fills_the_list_after_one_message(
    store: Path, hook: Server, tmp_path: Path, deliver: Callable[..., Delivery]
) -> None:
    """Routers and DHCP servers that are seen first belong to it, takeovers do not."""
    path = tmp_path / "known.csv"
    known, limits = KnownDevices(str(path)), Limits(settle=0, learn=3600)
    happen(store, event(1), event(2, device_type="printer"), event(2, "new_dhcp_server"))
    sending = deliver(webhook(hook), limits=limits, known=known)
    sending.run_once()
    happen(store, event(3), event(3, "new_router"), event(4, "new_dhcp_server"), event(3, "address_conflict"))
    happen(store, event(1, "address_moved"))
    for _ in range(2):
        sending.run_once()
    assert [one["title"].partition(" on ")[0] for one in hook.documents] == [
        "New DHCP server",
        "2 new devices",
        "1 address conflict, 1 moved address",
    ]
    assert [line.split(",")[0] for line in path.read_text().splitlines()] == [
        "mac",
        *(event(number)["mac"] for number in (1, 2, 3, 4)),
    ]
    (printer,) = (one for one in known if one.mac == event(2)["mac"])
    assert (printer.type, printer.note.partition(", ")[2]) == ("printer", "printer")
    happen(store, event(5))
    deliver(webhook(hook), limits=Limits(settle=0, learn=0), known=known).run_once()
    assert hook.documents[-1]["title"] == "New on gate/eth0: unknown device, 192.0.2.5"


def test_a_router_that_is_learned_later_is_no_news(
    store: Path, hook: Server, tmp_path: Path, deliver: Callable[..., Delivery]
) -> None:
    """Only the first messages of a channel have learned ones, whatever queue they come from."""
    known, limits = KnownDevices(str(tmp_path / "known.csv")), Limits(settle=0, learn=3600)
    sending = deliver(webhook(hook), limits=limits, known=known)
    for one in (event(1), event(2, "new_router"), event(3, "new_dhcp_server")):
        happen(store, one)
        sending.run_once()
    assert [found["events"][0]["mac"] for found in hook.documents] == [event(1)["mac"]]
    assert [one.mac for one in known] == [event(number)["mac"] for number in (1, 2, 3)]


def test_an_intruder_is_not_learned(
    store: Path, hook: Server, tmp_path: Path, deliver: Callable[..., Delivery]
) -> None:
    known = KnownDevices(str(tmp_path / "known.csv"))
    happen(store, event(1), event(6), event(6, "address_moved", device_ip="192.0.2.1"))
    deliver(webhook(hook), limits=Limits(settle=0, learn=3600), known=known).run_once()
    assert [one.mac for one in known] == [event(1)["mac"]]


def test_a_takeover_of_a_gateway_is_told_in_words(
    store: Path, mailbox: Server, tmp_path: Path, deliver: Callable[..., Delivery]
) -> None:
    """Who took what from whom, why that is news, and what to do."""
    (tmp_path / "known.csv").write_text("mac,name\n00:16:3e:00:00:01,Router Keller\n")
    happen(store)
    with closing(sqlite3.connect(store)) as connection, connection:
        values = {one[1]: 0 for one in connection.execute("PRAGMA table_info(host)") if one[3]}
        values |= {"sensor": 1, "addr": b"\xc0\0\2\1", "ip": "192.0.2.1", "mac": event(1)["mac"]}
        values |= {"role": "gateway", "device_manufacturer": "MikroTik", "device_model": "mikrotik RB750"}
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO host ({', '.join(values)}) VALUES ({marks})", [*values.values()])
    taken = event(6, "address_moved", device_ip="192.0.2.1", previous_mac=event(1)["mac"])
    happen(store, taken | {"device_manufacturer": "VMware"})
    deliver(mail(mailbox), known=KnownDevices(str(tmp_path / "known.csv"))).run_once()
    (found,) = (one for one in mailbox.mails if one["Subject"].startswith("Address"))
    claim = (
        "VMware 00:16:3e:00:00:06 took the address of your gateway 192.0.2.1 "
        "(Router Keller, mikrotik RB750 00:16:3e:00:00:01)"
    )
    assert found["Subject"] == f"Address moved on gate/eth0: {claim}"
    local = datetime(2026, 1, 15, 10, tzinfo=timezone.utc).astimezone()
    assert found.get_content().splitlines()[:3] == [
        f"{claim} at {local:%H:%M:%S}.",
        "Why: it sends packets from it, and another MAC did before.",
        "What to do: unless you replaced or moved a device, find 00:16:3e:00:00:06 at a switch "
        "or access point and disconnect it.",
    ]


def test_a_router_is_not_urgent_while_devices_are_learned(
    store: Path, hook: Server, tmp_path: Path, deliver: Callable[..., Delivery]
) -> None:
    """The first message waits for the addresses of the others."""
    known = KnownDevices(str(tmp_path / "known.csv"))
    happen(store, event(1, "new_router", device_ip=None), event(2, device_ip=None))
    deliver(webhook(hook), limits=Limits(settle=3600, learn=3600), known=known).run_once()
    assert hook.calls == []
    deliver(webhook(hook), limits=Limits(settle=0, learn=3600), known=known).run_once()
    titles = [one["title"] for one in hook.documents]
    assert titles == [
        "New router on gate/eth0: unknown device 00:16:3e:00:00:01 acts as a router",
        "New on gate/eth0: unknown device",
    ]


def test_learning_begins_with_the_first_start(
    store: Path,
    hook: Server,
    tmp_path: Path,
    deliver: Callable[..., Delivery],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not with the first news; and what was seen in time is learned later, too."""
    known, limits = KnownDevices(str(tmp_path / "known.csv")), Limits(settle=0, learn=3600)
    happen(store)
    deliver(webhook(hook), limits=limits, known=known).run_once()
    began = time.time_ns()
    for number, hours in ((1, 0.1), (2, 0.2), (3, 1.1)):
        with monkeypatch.context() as patched:
            patched.setattr(time, "time_ns", lambda hours=hours: began + round(hours * 3600e9))
            happen(store, event(number))
        if number == 1:
            deliver(webhook(hook), limits=limits, known=known).run_once()
    deliver(webhook(hook), limits=limits, known=known).run_once()
    macs = [[one["mac"] for one in found["events"]] for found in hook.documents]
    assert macs == [[event(1)["mac"]], [event(3)["mac"]]]


def test_each_channel_begins_with_the_first_devices(
    store: Path, hook: Server, mailbox: Server, tmp_path: Path, deliver: Callable[..., Delivery]
) -> None:
    """Also one whose receiver was down when another one had them."""
    known = KnownDevices(str(tmp_path / "known.csv"))
    happen(store, event(1), event(2))
    sending = deliver(mail(mailbox), webhook(hook), limits=Limits(settle=0, learn=3600), known=known)
    hook.refuses = True
    sending.run_once()
    happen(store, event(3))
    sending.run_once()
    hook.refuses = False
    sending.run_once()
    assert [one["Subject"] for one in mailbox.mails] == ["2 new devices on gate/eth0"]
    assert {one["title"] for one in hook.documents} == {"2 new devices on gate/eth0"}


def test_a_device_is_learned_before_its_news_are_gone(
    store: Path,
    hook: Server,
    tmp_path: Path,
    deliver: Callable[..., Delivery],
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The disk of the list is full for a while."""
    path = tmp_path / "known.csv"
    known, limits = KnownDevices(str(path)), Limits(settle=0, learn=3600)
    happen(store, event(1))
    sending = deliver(webhook(hook), limits=limits, known=known)
    sending.run_once()
    happen(store, event(2))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(known_devices, "replace_file", full)
        sending.run_once()
    assert said == ["[Errno 28] No space left on device; tried again"]
    assert event(2)["mac"] not in path.read_text()
    sending.run_once()
    assert event(2)["mac"] in path.read_text()


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("slack", b'{"text": "New on gate/eth0: &lt;b&gt; &amp;, 192.0.2.7'),
        ("ntfy", b"Address:    192.0.2.7"),
    ],
)
def test_forms_of_webhooks(
    store: Path, hook: Server, form: str, shown: bytes, deliver: Callable[..., Delivery]
) -> None:
    """Slack reads <, > and & as markup; ntfy has the title in a header (docs.ntfy.sh/publish)."""
    happen(store, event(7, device_model="<b> &"))
    deliver(webhook(hook, form)).run_once()
    ((headers, body),) = hook.calls
    assert body.startswith(shown)
    assert headers.get("Title") == ("New on gate/eth0: <b> &, 192.0.2.7" if form == "ntfy" else None)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """Waiting helps only if it is missing; tests/live has a sender that starts before the capture."""
    capture = tmp_path / "capture.pcap"
    capture.write_bytes(sample())
    done = run_in_process_as_text("alert", "--store", capture, "--mail-to", "me@example.org")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"huginn: {capture}: is not a store of hosts\n"


def test_a_store_that_is_not_there_yet_is_waited_for(store: Path) -> None:
    """Until its file has something in it."""
    words = huginn(
        *("alert", "--store", str(store), "--mail-to", "me@example.org", "--smtp", "smtp://127.0.0.1:9"),
        *("--mqtt", "mqtt://127.0.0.1:9"),
    )
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in range(2)]
        store.touch()
        time.sleep(1.5)
        happen(store, event(1))
        lines.append(process.stderr.readline())
        process.terminate()
        assert process.stderr.read() == ""
        assert process.wait(TIMEOUT_S) == 0
    assert lines[:2] == ["sending news by mail and MQTT\n", f"waiting for {store}\n"]
    assert lines[2].endswith("the news wait, and are tried again\n")


def test_the_extra_for_mqtt_is_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "huginn_cffi.applications.alerting.home_assistant"
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "paho.mqtt.client", None)
    done = run_in_process_as_text("alert", "--store", store, "--mqtt", "mqtt://127.0.0.1")
    assert (done.returncode, done.stdout) == (2, "")
    assert to_add("mqtt") in done.stderr
