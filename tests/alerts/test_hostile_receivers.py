"""Receivers that refuse, stall or lie hold up neither another channel nor another event nor the end."""

from __future__ import annotations

import json
import signal
import socket
import socketserver
import sqlite3
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from email.utils import formatdate
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from huginn_cffi.applications.alerting import channels
from huginn_cffi.applications.alerting import delivery as deliveries
from huginn_cffi.applications.alerting.channels import Channel, Mail, NotSentError, Webhook
from huginn_cffi.applications.alerting.delivery import Delivery, Limits
from huginn_cffi.applications.alerting.messages import Message
from huginn_cffi.base.errors import StoreError
from huginn_cffi.cli.commands.alert import Receivers, channels_of
from huginn_cffi.hosts import network_cards
from huginn_cffi.store.writer import Writer
from tests.support.alert_events import TIME, event
from tests.support.hostile_receivers import MAIL_SERVERS, WEBHOOKS, Changing
from tests.support.in_process import run_in_process_as_text
from tests.support.processes import ROOT, TIMEOUT_S, huginn
from tests.support.receivers import Hook, Mailbox, Server, Tarpit, serving
from tests.support.server_certificate import certificate

__all__ = ["certificate"]
MESSAGE = Message("1", "New", ["x"], [], [])
HOSTILE = [*((Mailbox, one) for one in MAIL_SERVERS), *((Hook, one) for one in WEBHOOKS)]
TEST_OF_FILTERS = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"


@pytest.fixture(autouse=True)
def no_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_cards, "INSTALLED", ())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "devices.sqlite"


@pytest.fixture
def hook() -> Iterator[Server]:
    with serving(Hook) as server:
        yield server


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAUSES_S", "MOST_RETRY_S"):
        monkeypatch.setattr(deliveries, name, (0.0,) * 3)
    monkeypatch.setattr(deliveries, "RETRY_S", 0.0)


def webhook(server: Server, form: str = "json") -> Webhook:
    return Webhook(f"http://127.0.0.1:{server.port}/", form)


def mail(server: Server) -> Mail:
    return Mail(f"smtp://127.0.0.1:{server.port}", "huginn@example.org", "me@example.org")


def happen(store: Path, *events: dict[str, Any]) -> None:
    with Writer(str(store), "gate/eth0") as writer:
        writer.hand_over([json.dumps(one) for one in events], [])


def deliver(store: Path, *receivers: Channel, rounds: int = 1) -> list[str]:
    said: list[str] = []
    sending = Delivery(str(store), receivers, Limits(0, None), None, said.append)
    for _ in range(rounds):
        sending.run_once()
        sending.finish(TIMEOUT_S)
    return said


def macs(server: Server) -> list[str]:
    return [one["mac"] for found in server.documents for one in found["events"]]


@pytest.mark.usefixtures("no_pauses")
def test_an_event_that_a_filter_refuses_holds_up_no_other(store: Path, hook: Server) -> None:
    """It comes without the texts of its device."""
    hook.status = lambda body: 403 if b"GTUBE" in body else 204
    happen(store, *(event(n, device_model=TEST_OF_FILTERS if n == 5 else "x") for n in range(1, 12)))
    assert deliver(store, webhook(hook), rounds=20) == []
    assert sorted(macs(hook)) == [event(number)["mac"] for number in range(1, 12)]
    (bare,) = (one for one in hook.documents if event(5)["mac"] in one["text"])
    assert [*bare["events"][0]] == ["time", "event", "change", "mac", "device_ip"]
    assert "refused a message with texts of devices, so this one has none" in bare["text"]


@pytest.mark.parametrize(
    ("changed", "is_told"),
    [
        ({"smtp": "smtps://me:s3cret@mail.example"}, True),
        ({"webhook": "https://chat.example/hooks/s3cret"}, True),
        ({"smtp": "smtp://mail.example:587"}, False),
        ({"webhook": "http://127.0.0.1:8080/x"}, False),
    ],
)
def test_secrets_in_the_list_of_processes_are_pointed_out(
    changed: dict[str, str],
    is_told: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Not those that the environment names."""
    receivers = Receivers(
        "me@example.org", None, "smtp://localhost", None, "json", None, host_names=False
    )._replace(**changed)
    channels_of(receivers)
    told = capsys.readouterr().err
    assert ("every user of this machine can read it" in told) is is_told
    assert "s3cret" not in told
    for name, url in changed.items():
        monkeypatch.setenv(name.upper(), url)
    channels_of(receivers)
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("no_pauses")
def test_a_refused_message_is_sent_event_by_event(store: Path, hook: Server) -> None:
    """The others need no more messages than they are, or fewer."""
    tried: list[int] = []

    def answer(body: bytes) -> int:
        tried.append(body.count(b'"change": "device_new"'))
        return 403 if b"GTUBE" in body else 204

    hook.status = answer
    happen(store, *(event(n, device_model=TEST_OF_FILTERS if n == 9 else "x") for n in range(1, 10)))
    deliver(store, webhook(hook), rounds=9)
    assert tried[:5] == [9, 1, 2, 4, 2], "all, then from one on; the one with the text comes with another"
    assert sorted(macs(hook)) == [event(number)["mac"] for number in range(1, 10)]


@pytest.mark.usefixtures("no_pauses")
def test_a_mail_server_that_refuses_a_text_gets_the_event_without_it(store: Path) -> None:
    class Filter(Mailbox):
        def answer(self, data: bytes) -> bytes:
            return b"554 5.7.1 spam\r\n" if b"GTUBE" in data.replace(b"=\r\n", b"") else b"250 ok\r\n"

    with serving(Filter) as mailbox:
        happen(store, event(1, device_model=TEST_OF_FILTERS), event(2, "address_moved"))
        deliver(store, mail(mailbox), rounds=5)
        titles = sorted(one["Subject"].partition(" on ")[0] for one in mailbox.mails)
    assert titles == ["Address moved", "New"]


@pytest.mark.usefixtures("no_pauses")
def test_a_mail_that_is_too_long_comes_in_parts(store: Path) -> None:
    """The server names its limit (RFC 1870), and refuses already the sender of a longer one."""

    class Small(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            for line in self.rfile:
                word = line[:4].upper()
                if word == b"EHLO":
                    self.wfile.write(b"250-ready\r\n250 SIZE 3000\r\n")
                elif word == b"MAIL" and int(line.rpartition(b"=")[2]) > 3000:
                    self.wfile.write(b"552 too long\r\n")
                elif word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.wfile.write(b"250 ok\r\n")
                else:
                    self.wfile.write(b"250 ok\r\n")

    taken: list[bytes] = []
    with serving(Small) as mailbox:
        happen(store, *(event(number, "address_moved") for number in range(1, 41)))
        deliver(store, mail(mailbox), rounds=30)
    text = b"".join(taken).replace(b"=\r\n", b"").decode()
    assert all(event(number)["mac"] in text for number in range(1, 41))
    assert 2 < len(taken) < 30


@pytest.mark.usefixtures("no_pauses")
def test_an_event_that_is_refused_in_any_form_is_left_out_and_named(store: Path, hook: Server) -> None:
    hook.status = lambda body: 400 if event(2)["mac"].encode() in body and b"Left out" not in body else 204
    happen(store, event(1), event(2), event(3))
    said = deliver(store, webhook(hook), rounds=12)
    assert macs(hook) == [event(1)["mac"], event(3)["mac"]]
    left_out = "Left out, since no message with it was accepted: New, 00:16:3e:00:00:02, 192.0.2.2."
    assert [left_out in one["text"] for one in hook.documents] == [False, True]
    assert said == ["webhook: 127.0.0.1: status 400; one event is left out", "webhook: works again"]


def test_a_takeover_waits_for_a_receiver_that_refuses_all(
    store: Path, hook: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again soon, although hardly any event is left out."""
    monkeypatch.setattr(deliveries, "PAUSES_S", (0.0,) * 3)
    hook.status = lambda body: 403
    happen(store, *(event(number, "address_moved") for number in range(1, 9)))
    said: list[str] = []
    sending = Delivery(str(store), [webhook(hook)], Limits(0, None), None, said.append)
    for _ in range(30):
        sending.run_once()
        sending.finish(TIMEOUT_S)
    (line,) = (one for one in sending._lines if one.queue == 0)
    assert 0 < line.retry - time.monotonic() <= 5
    hook.status = lambda body: 204
    line.retry = 0.0
    for _ in range(4):
        sending.run_once()
        sending.finish(TIMEOUT_S)
    assert macs(hook) == [event(number)["mac"] for number in range(3, 9)]


@pytest.mark.parametrize(("change", "count"), [("address_moved", 3), ("device_new", 1)])
def test_takeovers_behind_a_late_message_have_no_pause(
    store: Path, hook: Server, change: str, count: int
) -> None:
    """What came while the receiver was away is in the message after the one that was begun then."""
    hook.refuses = True
    said: list[str] = []
    sending = Delivery(str(store), [webhook(hook)], Limits(0, None), None, said.append)
    for number in range(1, 4):
        happen(store, event(number, change))
        sending.run_once()
        sending.finish(TIMEOUT_S)
        for line in sending._lines:
            line.retry = 0.0
    hook.refuses = False
    for _ in range(2):
        sending.run_once()
        sending.finish(TIMEOUT_S)
    assert len(macs(hook)) == count


def test_the_texts_of_the_earlier_station_are_left_out_too(store: Path, hook: Server, tmp_path: Path) -> None:
    """What it is remains: that is no text of a device."""
    hook.status = lambda body: 403 if b"GTUBE" in body else 204
    happen(store, event(2, "address_moved", device_ip="192.0.2.1", previous_mac=event(1)["mac"]))
    with closing(sqlite3.connect(store)) as connection, connection:
        values = {one[1]: 0 for one in connection.execute("PRAGMA table_info(host)") if one[3]}
        values |= {"sensor": 1, "addr": b"\xc0\0\2\1", "ip": "192.0.2.1", "mac": event(1)["mac"]}
        values |= {"role": "gateway", "device_model": TEST_OF_FILTERS}
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO host ({', '.join(values)}) VALUES ({marks})", [*values.values()])
    deliver(store, webhook(hook), rounds=5)
    (found,) = hook.documents
    claim = "00:16:3e:00:00:02 took the address of your gateway 192.0.2.1 (00:16:3e:00:00:01)"
    assert found["title"] == f"Address moved on gate/eth0: unknown device {claim}"


def test_texts_that_filters_refuse_delay_no_takeover(store: Path, hook: Server) -> None:
    """An attacker has many MACs; with the usual pauses, each refused event would cost five seconds."""
    hook.status = lambda body: 403 if b"GTUBE" in body else 204
    refused = [event(n, "address_moved", device_model=TEST_OF_FILTERS) for n in range(1, 7)]
    happen(store, *refused, event(7, "address_moved"), event(8, "address_claimed"))
    begin = time.monotonic()
    deliver(store, webhook(hook), rounds=30)
    assert macs(hook) == [event(number)["mac"] for number in range(1, 9)]
    assert time.monotonic() - begin < 5


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("address", ["192.0.2.9", "2001:db8::9"])
@pytest.mark.parametrize(
    ("form", "status", "times"), [("json", 403, 1), ("ntfy", 403, 1), ("slack", 413, 1), ("json", 503, 2)]
)
@pytest.mark.parametrize("place", [0, 7, 19])
def test_takeovers_whose_texts_are_refused_are_one_message_without_them(
    store: Path, hook: Server, form: str, status: int, times: int, place: int, address: str
) -> None:
    """Those that follow are not tried with texts for a minute; a receiver that takes texts gets them."""
    tried: list[tuple[bool, bool]] = []

    def answer(body: bytes) -> int:
        tried.append((b"Axis" in body, b"refused a message with texts" in body))
        return status if b"Axis" in body else 204

    hook.status = answer
    texts = ["Lexmark"] * 20
    texts[place] = "Axis"

    def take() -> None:
        moved = (
            event(n, "address_moved", device_ip=address, device_model=one) for n, one in enumerate(texts)
        )
        happen(store, *moved)
        for _ in range(3):
            sending.run_once()
            sending.finish(TIMEOUT_S)

    sending = Delivery(str(store), [webhook(hook, form)], Limits(0, None), None, print)
    take()
    assert tried == [(True, False)] * times + [(False, True)]
    take()
    assert tried[times + 1 :] == [(False, True)]
    for line in sending._lines:
        line.texts_at = 0.0
    texts[place] = "Lexmark"
    take()
    assert tried[-1] == (False, False)
    assert b"Lexmark" in hook.calls[-1][1]
    assert form != "json" or len(macs(hook)) == 60


@pytest.mark.usefixtures("no_pauses")
def test_takeovers_that_are_refused_also_without_texts_come_in_parts(store: Path, hook: Server) -> None:
    """A proxy on the way may take small messages only; each event comes once."""
    hook.status = lambda body: 413 if len(body) > 3000 or b"GTUBE" in body else 204
    moved = [event(n, "address_moved", device_model=TEST_OF_FILTERS * (n % 2)) for n in range(1, 41)]
    happen(store, *moved)
    assert deliver(store, webhook(hook), rounds=40) == []
    assert macs(hook) == [one["mac"] for one in moved]
    assert len(hook.calls) < 30


@pytest.mark.parametrize("form", ["ntfy", "discord"])
def test_a_taken_gateway_is_first_whatever_came_before(store: Path, hook: Server, form: str) -> None:
    """The form takes a part of the lines."""
    happen(store, *(event(n, "address_claimed") for n in range(1, 200)))
    happen(store, event(200, "address_claimed", claimed_role="gateway"), event(201, "address_moved"))
    deliver(store, webhook(hook, form))
    ((headers, body),) = hook.calls
    claim = "unknown device 00:16:3e:00:00:c8 claims to be your gateway 192.0.2.200"
    assert claim in body.decode().splitlines()[0]
    assert "200 claimed addresses, 1 moved address" in headers.get("Title", body.decode())
    assert claim in headers.get("Title", claim)


def test_a_receiver_that_refuses_all_gets_less_and_less(
    store: Path, hook: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revoked address of a webhook costs few events, not the queue."""
    monkeypatch.setattr(deliveries, "PAUSES_S", (0.0,) * 3)
    hook.status = lambda body: 403
    happen(store, *(event(number) for number in range(1, 33)))
    deliver(store, webhook(hook), rounds=60)
    hook.status = lambda body: 204
    deliver(store, webhook(hook), rounds=2)
    assert len(macs(hook)) == 30


@pytest.mark.parametrize("status", [401, 404, 408, 429, 500, 503, 301, 302, 307])
def test_other_refusals_are_of_the_receiver(hook: Server, status: int) -> None:
    """A redirection is not followed."""
    hook.status = lambda body: status
    hook.headers = {"Retry-After": "120", "Location": f"http://127.0.0.1:{hook.port}/other"}
    with pytest.raises(NotSentError, match=f"127.0.0.1: status {status}") as raised:
        webhook(hook).send(MESSAGE)
    assert (raised.value.is_final, raised.value.pause) == (False, 120)
    assert hook.calls == []


@pytest.mark.parametrize("word", ["RCPT", "MAIL"])
def test_what_a_mail_server_says_is_said_in_words(word: str) -> None:
    class Refusing(Mailbox):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            for line in self.rfile:
                is_it = line.upper().startswith(word.encode())
                self.wfile.write(b"550-no\r\n550 such\tuser\xff\r\n" if is_it else b"250 done\r\n")

    with serving(Refusing) as server, pytest.raises(NotSentError) as raised:
        mail(server).send(MESSAGE)
    assert str(raised.value) == "127.0.0.1: 550 no such user\N{REPLACEMENT CHARACTER}"


def test_a_wish_may_be_a_date(hook: Server) -> None:
    when = formatdate(time.time() + 30, usegmt=True)
    hook.status, hook.headers = lambda body: 429, {"Retry-After": when}
    with pytest.raises(NotSentError) as raised:
        webhook(hook).send(MESSAGE)
    assert 20 < raised.value.pause <= 30


@pytest.mark.parametrize("answer", [500, 302, 451, None])
def test_a_text_that_is_refused_for_now_holds_up_no_takeover(
    store: Path, hook: Server, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    """Some filters answer so. A receiver that answers it to everything gets every event later."""
    monkeypatch.setattr(deliveries, "PAUSES_S", (0.0,) * 3)
    is_down = True

    def is_bad(body: bytes) -> bool:
        return is_down or b"GTUBE" in body.replace(b"=\r\n", b"").replace(b"=\n", b"")

    class FilterForNow(Mailbox):
        def answer(self, data: bytes) -> bytes:
            if answer is None and is_bad(data):  # or on the way
                raise ConnectionResetError
            return b"451 later\r\n" if is_bad(data) else b"250 done\r\n"

    hook.status = lambda body: answer or 0 if is_bad(body) else 204
    refused = event(3, "address_moved", device_model=TEST_OF_FILTERS)
    happen(store, event(1, "address_moved"), event(2, "new_router"), refused, event(4, "address_claimed"))
    with serving(FilterForNow) as mailbox:
        receiver = mail(mailbox) if answer in (451, None) else webhook(hook)
        sending = Delivery(str(store), [receiver], Limits(0, None), None, print)
        for turn in range(24):
            is_down = turn < 8
            sending.run_once()
            sending.finish(TIMEOUT_S)
            for line in sending._lines:
                line.retry = 0.0
        text = " ".join(one.get_content() for one in mailbox.mails)
    found = macs(hook) or [event(n)["mac"] for n in range(1, 5) if event(n)["mac"] in text]
    assert found == [event(number)["mac"] for number in range(1, 5)]


@pytest.mark.parametrize("wish", ["", "Fri, 31 Dec 2004 23:59:59 GMT", "-1", "1e9", "\u0663", "Mon, 99 x"])
def test_a_wish_that_is_no_time_is_none(hook: Server, wish: str) -> None:
    hook.status, hook.headers = lambda body: 429, {"Retry-After": wish.encode().decode("latin-1")}
    with pytest.raises(NotSentError) as raised:
        webhook(hook).send(MESSAGE)
    assert raised.value.pause <= 0


SENDERS: dict[str, Callable[[int], Channel]] = {
    **{
        scheme: lambda port, scheme=scheme: Mail(f"{scheme}://127.0.0.1:{port}", "a@b", "me@example.org")
        for scheme in ("smtp", "smtps", "smtp+starttls")
    },
    **{
        scheme: lambda port, scheme=scheme: Webhook(f"{scheme}://127.0.0.1:{port}/", "json")
        for scheme in ("http", "https")
    },
}


@pytest.mark.parametrize(("usual", "mode"), HOSTILE)
def test_a_receiver_that_lies_accepts_nothing(
    usual: type[Mailbox] | type[Hook], mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the message up for no longer than the deadline, and gets the same one later."""
    monkeypatch.setattr(channels, "PATIENCE_S", 0.5)
    with Changing(usual) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        server.change(mode)
        sender = SENDERS["smtp" if usual is Mailbox else "http"](server.port)
        begin = time.monotonic()
        with pytest.raises(NotSentError) as raised:
            sender.send(MESSAGE)
        assert time.monotonic() - begin < 5
        assert not raised.value.is_final
        server.change("")
        sender.send(MESSAGE)
        assert len(server.mails) + len(server.calls) == 1
        server.shutdown()


@pytest.mark.parametrize("body", [b"ok", b"", b'{"html": "<p>"}', b"1 < 2"])
def test_an_answer_in_words_is_no_page_of_a_portal(hook: Server, body: bytes) -> None:
    """Slack answers "ok" as text/html."""
    hook.status, hook.body = lambda _: 200, body
    hook.headers = {"Content-Type": "text/html", "Content-Length": str(len(body))}
    webhook(hook).send(MESSAGE)
    assert len(hook.calls) == 1


@pytest.mark.parametrize("head", [b"HTTP/1.0 200 OK\r\n\r\n", b"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n"])
def test_an_answer_may_end_with_its_connection(head: bytes) -> None:
    class Old(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1 << 16)
            self.request.sendall(head)

    with serving(Old) as server:
        webhook(server).send(MESSAGE)


def test_the_addresses_of_a_name_share_one_deadline(hook: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first ones answer nothing; also a name of which nobody knows an address in time."""
    monkeypatch.setattr(channels, "PATIENCE_S", 2.0)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        places = [full.getsockname()] * 3 + [("127.0.0.1", hook.port)]
        with ExitStack() as stack:
            for _ in range(3):  # connections that nobody accepts fill its queue
                one = stack.enter_context(socket.socket())
                one.setblocking(False)
                one.connect_ex(full.getsockname())
            found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
            monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
            begin = time.monotonic()
            webhook(hook).send(MESSAGE)
            assert 1 < time.monotonic() - begin < 2
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [time.sleep(2.1)] * 0 or found)
    with pytest.raises(NotSentError, match="the name was not resolved in time"):
        webhook(hook).send(MESSAGE)
    assert len(hook.calls) == 1


def test_a_name_that_never_resolves_holds_up_its_channel_alone(
    store: Path, hook: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, forever = socket.getaddrinfo, Event()

    def resolved(host: str, *more: Any, **named: Any) -> Any:
        if host == "mail.example":
            forever.wait(TIMEOUT_S)
        return resolve(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    happen(store, event(1, "address_moved"))
    lost = Mail("smtp://mail.example", "a@b", "me@example.org")
    sending = Delivery(str(store), [lost, webhook(hook)], Limits(0, None), None, print)
    sending.run_once()
    begin = time.monotonic()
    sending.finish(0.5)
    assert time.monotonic() - begin < 3
    assert len(hook.calls) == 1
    forever.set()


def test_a_certificate_that_changes_stops_the_messages(
    certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else answers in the receiver's place, who gets nothing; then it is back."""
    other = tmp_path / "other.pem"
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-days",
        "2",
    ]
    words += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / "key", "-out", other]
    subprocess.run(words, check=True, capture_output=True)
    other.write_bytes((tmp_path / "key").read_bytes() + other.read_bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for usual, scheme in ((Hook, "https"), (Mailbox, "smtps")):
        with Server(usual) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            plain = server.socket
            for number, one in enumerate((certificate, other, certificate)):
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(one)
                server.socket = context.wrap_socket(plain.dup(), server_side=True)
                server.socket.listen()
                sender = SENDERS[scheme](server.port)
                if one is other:
                    with pytest.raises(NotSentError, match="certificate"):
                        sender.send(MESSAGE)
                else:
                    sender.send(MESSAGE)
                assert len(server.calls) + len(server.mails) == (1, 1, 2)[number]
            server.shutdown()


class Mute(socketserver.BaseRequestHandler):
    """Accepts a connection and says nothing."""

    def handle(self) -> None:
        self.request.recv(1 << 20)
        time.sleep(TIMEOUT_S)


class Leaving(socketserver.BaseRequestHandler):
    """Ends the connection after a few bytes of the message."""

    def handle(self) -> None:
        self.request.sendall(b"220 x\r\n" if self.server.server_address[1] % 2 else b"HTTP/1.1 200")
        self.request.recv(10)


class Babbling(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.recv(10)
        self.request.sendall(b"\xff\0\r\n" * 1000)


@pytest.mark.parametrize("scheme", SENDERS)
@pytest.mark.parametrize("handler", [Tarpit, Mute, Leaving, Babbling])
def test_a_message_has_a_deadline(
    scheme: str, handler: type[socketserver.BaseRequestHandler], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the receiver sends meanwhile, in each phase, also of TLS; and nothing else is raised."""
    monkeypatch.setattr(channels, "PATIENCE_S", 0.5)
    with serving(handler) as server:
        begin = time.monotonic()
        with pytest.raises(NotSentError) as raised:
            SENDERS[scheme](server.port).send(MESSAGE)
        assert time.monotonic() - begin < TIMEOUT_S / 2
        assert not raised.value.is_final


def test_starttls_can_be_demanded(mailbox_without_tls: Server) -> None:
    """Somebody on the way may remove the offer."""
    with pytest.raises(NotSentError, match="STARTTLS"):
        SENDERS["smtp+starttls"](mailbox_without_tls.port).send(MESSAGE)
    SENDERS["smtp"](mailbox_without_tls.port).send(MESSAGE)
    assert len(mailbox_without_tls.mails) == 1


@pytest.fixture
def mailbox_without_tls() -> Iterator[Server]:
    with serving(Mailbox) as server:
        yield server


def test_a_tarpit_holds_up_no_other_channel(store: Path, hook: Server) -> None:
    with serving(Tarpit) as tarpit:
        happen(store, event(1), event(2, "address_moved"))
        sending = Delivery(str(store), [mail(tarpit), webhook(hook)], Limits(0, None), None, print)
        sending.run_once()
        end = time.monotonic() + TIMEOUT_S
        while len(hook.calls) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        sending.finish(0)
        assert sorted(macs(hook)) == [event(1)["mac"], event(2)["mac"]]
        sending.run_once()
        sending.finish(0.1)
        assert len(hook.calls) == 2


def test_an_exception_of_a_channel_stays_in_it(store: Path, hook: Server) -> None:
    class Broken:
        name, form = "broken", "json"

        def send(self, message: Message) -> None:
            raise KeyError("x")

    happen(store, event(1))
    assert deliver(store, Broken(), webhook(hook)) == ["broken: 'x'; the news wait, and are tried again"]
    assert len(hook.calls) == 1


def test_the_end_does_not_wait_for_a_tarpit(store: Path) -> None:
    """Nor for a list with an error, which is named."""
    happen(store, event(1))
    with serving(Tarpit) as tarpit:
        smtp = ("--mail-to", "me@example.org", "--smtp", f"smtp://127.0.0.1:{tarpit.port}")
        words = huginn("alert", "--store", str(store), *smtp)
        with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            assert process.stderr.readline() == "sending news by mail\n"
            time.sleep(1.5)
            begin = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(TIMEOUT_S) == 0
            assert time.monotonic() - begin < 5
            assert process.stderr.read() == ""


@pytest.mark.usefixtures("no_pauses")
def test_an_event_that_no_message_can_show_holds_up_no_other(store: Path, hook: Server) -> None:
    """It is left out and named; a kind that this version does not know has its name as title."""
    happen(store, event(1), event(2, time="yesterday"), event(3, "proxy_changed"))
    deliver(store, webhook(hook), rounds=12)
    assert macs(hook) == [event(1)["mac"], event(3)["mac"]]
    assert hook.documents[1]["title"] == "Proxy changed on gate/eth0: unknown device, 192.0.2.3"
    assert (
        "Left out, since no message with it was accepted: New, 00:16:3e:00:00:02" in hook.documents[1]["text"]
    )


def test_a_damaged_record_holds_up_its_queue_alone(store: Path, hook: Server) -> None:
    happen(store, event(1), event(2, "address_moved"))
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE news SET record = '[]' WHERE kind = 'address_moved'")
    with pytest.raises(StoreError, match="is damaged"):
        deliver(store, webhook(hook))
    end = time.monotonic() + TIMEOUT_S
    while not hook.calls and time.monotonic() < end:
        time.sleep(0.01)
    assert macs(hook) == [event(1)["mac"]]


def test_a_takeover_waits_for_no_finding(store: Path, hook: Server) -> None:
    """One message of each queue goes out at once, whatever waits in the others."""
    scan = {"time": TIME, "event": "finding", "finding": "horizontal_scan", "reason": "scanned"}
    scans = [scan | {"src_ip": f"11.0.{n >> 8}.{n & 255}", "handshake": "none"} for n in range(9000)]
    taken = event(1, "address_moved", previous_mac="00:16:3e:00:00:02")
    happen(store, *scans[:4000], taken, *scans[4000:])
    deliver(store, webhook(hook))
    titles = [one["title"] for one in hook.documents]
    assert len(titles) == 2
    (moved,) = (one for one in titles if one.startswith("Address moved"))
    assert moved.endswith(
        ": unknown device 00:16:3e:00:00:01 took the address of 192.0.2.1 (00:16:3e:00:00:02)"
    )
    (other,) = (one for one in hook.documents if one["title"] != moved)
    assert other["title"] == "500 findings on gate/eth0"
    assert "4000 earlier events left the full queue" in other["text"]


def test_one_host_pushes_out_its_own_news_only(store: Path, hook: Server) -> None:
    found = [{**event(7, "device_changed"), "source_mac": "00:16:3e:00:00:07"} for _ in range(600)]
    happen(store, event(1, "device_changed", source_mac="00:16:3e:00:00:01"), *found)
    deliver(store, webhook(hook))
    assert macs(hook).count(event(1)["mac"]) == 1
    assert macs(hook).count(event(7)["mac"]) == 499
    assert "100 earlier events left" in hook.documents[0]["text"]


@pytest.mark.parametrize(
    ("option", "url"),
    [
        ("--smtp", "smtps:/user:s3cret@mail.example.org"),
        ("--smtp", "smtp+tls://user:s3cret@mail.example.org"),
        ("--smtp", "user:s3cret@mail.example.org"),
        ("--smtp", "smtp://user:s3cret@mail.example.org:99999"),
        ("--smtp", "smtp://user:s3cret@mail.example.org:x"),
        ("--smtp", "smtp://user:s3cret@[mail"),
        ("--webhook", "hooks.example.org/services/T0/B0/s3cret"),
        ("--webhook", "https:hooks.example.org/s3cret"),
        ("--webhook", "https://127.0.0.1:99999/s3cret"),
        ("--webhook", "https://127.0.0.1:0/s3cret"),
        ("--webhook", "https://no such host/s3cret"),
        ("--webhook", "https://user:s3cret@\u2100.example.org/"),
    ],
)
def test_an_error_shows_no_secret_and_the_place(store: Path, option: str, url: str) -> None:
    more = ("--mail-to", "me@example.org") if option == "--smtp" else ()
    done = run_in_process_as_text("alert", "--store", store, option, url, *more)
    assert done.returncode == 2
    assert "s3cret" not in done.stderr
    assert f"{option} is " in done.stderr
    assert ("the port is a number" in done.stderr) == (":99999" in url or ":x" in url or ":0/" in url)
