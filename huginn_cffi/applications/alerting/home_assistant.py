"""Devices of a store in Home Assistant, by its MQTT discovery (paho-mqtt, extra ``huginn-cffi[mqtt]``)."""

from __future__ import annotations

import hmac
import json
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from threading import Lock
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from paho.mqtt.client import Client, MQTTMessageInfo
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from huginn_cffi.applications.alerting.channels import in_words, is_loopback
from huginn_cffi.base.times import parse_time, rfc3339
from huginn_cffi.hosts.devices import stored_devices
from huginn_cffi.hosts.lines import device_text
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.store.opening import kept, open_for_marks, store_errors
from huginn_cffi.store.reading import COLUMNS, Store
from sigcompiler.claims.flavors import label_text
from sigcompiler.diagnostics import visible

MOST_DEVICES = 1000
"""Most devices; the ones that were there first, with completed connections before others."""
HOME_S = 15 * 60
"""A device that sent something within this time is at home, in seconds."""
PERIOD_S = 10.0
"""Seconds between two looks at the store."""
STALL_S = 30.0
"""After this time without the broker's acknowledgement, it is reported to stall, in seconds."""
MOST_QUEUED, MOST_BYTES = 20 * MOST_DEVICES, 1 << 20
"""Messages that wait for the broker's acknowledgement, and bytes of a packet from it."""
_KEY = "mqtt_key"
"""The name of the key of digests, which the store keeps."""
_DISCOVERY = "homeassistant"
_OF_SEGMENT = "local AND mac IS NOT NULL"
_HOSTS = """\
(SELECT max(local) AS local, max(mac) AS mac, sum(connections) AS connections, min(first_seen) AS first_seen
FROM host GROUP BY sensor, addr, holder)"""


class _BrokerClient(Client):
    """A client whose thread and memory survive a broker that breaks the protocol."""

    def __init__(self, name: str, *broker: Any) -> None:
        super().__init__(CallbackAPIVersion.VERSION2, client_id=name)
        self._broker = broker
        self.problem = ""
        """What ended the last connection, in words."""
        self.max_queued_messages_set(MOST_QUEUED)
        self.connect_async(*broker)

    def loop_forever(self, *arguments: Any, **named: Any) -> MQTTErrorCode:
        """Begin again after any exception."""
        while True:
            try:
                return super().loop_forever(*arguments, **named)
            except Exception as error:  # as many kinds as there are malformed packets
                self.problem = in_words(error)
                self.disconnect()
                time.sleep(1)
                self.connect_async(*self._broker)

    def _sock_recv(self, bufsize: int) -> bytes:
        """Receive, but nothing of QoS 2, which paho keeps without a limit, and no large packet."""
        if bufsize > MOST_BYTES or self._in_packet["command"] & 0xF4 == 0x34:
            raise ValueError("the broker sent a packet that is too large, or of QoS 2")
        return super()._sock_recv(bufsize)


class HomeAssistant:
    """Keeps a broker's retained messages as the store is; the broker may be absent, slow or restarted.

    Messages wait for those before them, so a broker that stalls holds up nothing but itself. Topics that an
    earlier run left and that are not wanted any more are removed. `ValueError` for a URL of another form.
    """

    def __init__(self, url: str, store: str, *, host_names: bool) -> None:
        parts = checked_broker(url)
        self._store, self._host_names, self._cards = store, host_names, NetworkCards()
        with store_errors(store), closing(open_for_marks(store)) as connection:
            self._key = bytes.fromhex(kept(connection, _KEY, secrets.token_hex(32)))
        self.node = f"huginn_{hmac.digest(self._key, b'node', 'sha256').hex()[:8]}"
        self._status = f"{self.node}/status"
        self._sent: dict[str, str] = {}
        self._shown: set[str] = set()
        """MACs that stay, whatever devices come."""
        self._left_out = 0
        self._left: set[str] = set()
        self._alone = Lock()
        self._pending: list[MQTTMessageInfo] = []
        self._due, self._since = 0.0, time.monotonic()
        broker = parts.hostname, parts.port or (8883 if parts.scheme == "mqtts" else 1883)
        client = self._client = _BrokerClient(self.node, *broker)
        client.on_connect, client.on_message = self._connected, self._found
        client.will_set(self._status, "offline", qos=1, retain=True)
        client.username_pw_set(unquote(parts.username or "") or None, unquote(parts.password or "") or None)
        if parts.scheme == "mqtts":
            client.tls_set()
        if parts.scheme == "mqtt" and parts.password is not None and not is_loopback(parts):
            client.problem = "the password was not sent: mqtt:// is not encrypted, use mqtts://"
        else:
            client.loop_start()

    def run_once(self) -> str:
        """Publish what changed, if it is time; what is wrong with the broker in words, or ""."""
        now = time.monotonic()
        if not self._client.is_connected():
            late = "the broker does not answer" if now - self._since > STALL_S else ""
            return self._client.problem or late
        try:
            if not all(one.is_published() for one in self._pending):
                return "the broker acknowledges nothing" if now - self._since > STALL_S else ""
        except (RuntimeError, ValueError):  # the connection ended between two messages
            self._sent, self._pending = {}, []
        self._since, self._client.problem = now, ""
        if now < self._due:
            return ""
        self._due = now + PERIOD_S
        wanted = {**self.wanted(time.time_ns()), self._status: "online"}
        with self._alone:
            changed = {topic: text for topic, text in wanted.items() if self._sent.get(topic) != text}
            gone = dict.fromkeys((self._left | self._sent.keys()) - wanted.keys(), "")
            self._sent, self._left = wanted, set()
        self._pending = [
            self._client.publish(topic, text, qos=1, retain=True) for topic, text in (changed | gone).items()
        ]
        return self.note()

    def note(self) -> str:
        """How many devices are left out; rounded down, so that a flood is few lines."""
        if not self._left_out:
            return ""
        least = 1 << (self._left_out.bit_length() - 1)
        return f"at most {MOST_DEVICES} devices are shown; {least} or more other addresses are left out"

    def close(self) -> None:
        """Say that no more news come, and leave."""
        with suppress(RuntimeError):  # the broker is not there
            self._client.publish(self._status, "offline", qos=1, retain=True).wait_for_publish(2)
        self._client.disconnect()

    def wanted(self, now: int) -> dict[str, str]:
        """The retained messages by topic. `now` is in ns since 1970."""
        findings: dict[str, set[str]] = {}
        rows = self._rows()
        for row in rows:
            findings.setdefault(row["mac"], set()).update(filter(None, (row["findings"] or "").split(" | ")))
        found: dict[str, str] = {}
        devices = [one for one in stored_devices(rows, self._cards) if one["mac"] and not one["virtual"]]
        devices.sort(key=lambda one: one["mac"] not in self._shown)  # stable: others as in `_rows`
        self._left_out += max(0, len(devices) - MOST_DEVICES)
        self._shown = {one["mac"] for one in devices[:MOST_DEVICES]}
        for one in devices[:MOST_DEVICES]:
            found |= {
                topic: text if isinstance(text, str) else json.dumps(text, separators=(",", ":"))
                for topic, text in self._messages(one, sorted(findings.get(one["mac"], ())), now)
            }
        return found

    def _rows(self) -> list[dict[str, Any]]:
        """Hosts with completed connections, then others, each those that were there first.

        Anybody can forge SYNs in any number of names.
        """
        found, self._left_out = [], 0
        with Store(self._store) as store:
            for proof in ("connections > 0", "connections = 0"):
                where = f"{_OF_SEGMENT} AND {proof}"
                chosen = f"FROM {_HOSTS} WHERE {where}"
                first = f"SELECT first_seen {chosen} ORDER BY first_seen LIMIT {MOST_DEVICES}"
                ((last, total),) = store.counts(
                    f"SELECT (SELECT max(first_seen) FROM ({first})), count(*) {chosen}"
                )
                if last is not None:
                    early = f"{where} AND first_seen <= '{rfc3339(last)}'"
                    rows = [*store.rows(early, most=MOST_DEVICES)]
                    self._left_out += total - len(rows)
                    some = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
                    found += sorted(some, key=lambda row: str(row["first_seen"]))
        return found

    def _messages(self, one: dict[str, Any], findings: list[str], now: int) -> Iterator[tuple[str, Any]]:
        digest = hmac.digest(self._key, one["mac"].encode(), "sha256").hex()[:12]
        own = f"{self.node}/{digest}"
        kind = device_text(one["type"], one["manufacturer"], one["model"], None, None)
        system = label_text(one["system"], one["version"] or "") if one["system"] else None
        shown = one["mac"] if self._host_names else digest[:4]
        stated = one["host_name"] if self._host_names else None
        name = visible(stated or f"{kind or 'device'} {shown}")[:80]
        device: dict[str, Any] = {"identifiers": [f"{self.node}_{digest}"], "name": name}
        if self._host_names:
            device["connections"] = [["mac", one["mac"]]]
        device |= {"manufacturer": one["manufacturer"], "model": one["model"], "sw_version": system}
        common = {
            "availability_topic": self._status,
            "device": {key: value for key, value in device.items() if value},
            "origin": {"name": "huginn"},
        }
        at_home = now - parse_time(one["last_seen"]) <= HOME_S * 10**9
        yield f"{own}/state", "home" if at_home else "not_home"
        names = ("type", "manufacturer", "model", "network_card", "last_seen")
        attributes = {key: one[key] for key in ((*names, "mac") if self._host_names else names)}
        yield f"{own}/attributes", {**attributes, "system": system, "findings": findings}
        yield f"{own}/findings", "ON" if findings else "OFF"
        tracker = {"name": None, "unique_id": f"{self.node}_{digest}", "source_type": "router", **common}
        more = {"state_topic": f"{own}/state", "json_attributes_topic": f"{own}/attributes"}
        yield f"{_DISCOVERY}/device_tracker/{self.node}/{digest}/config", tracker | more
        problem = {"name": "Findings", "unique_id": f"{self.node}_{digest}_findings", **common}
        more = {"device_class": "problem", "state_topic": f"{own}/findings"}
        yield f"{_DISCOVERY}/binary_sensor/{self.node}/{digest}/config", problem | more

    def _connected(self, client: Any, data: Any, flags: Any, reason: ReasonCode, *_: Any) -> None:
        """Send everything again: the broker may have lost it."""
        if reason.is_failure:
            client.problem = f"the broker refuses the connection: {reason}"
            return
        with self._alone:
            self._left |= self._sent.keys()
            self._sent, self._pending = {}, []  # at most each `PERIOD_S`: it may come and go
        client.subscribe([(f"{_DISCOVERY}/+/{self.node}/+/config", 0), (f"{self.node}/+/+", 0)])

    def _found(self, client: Client, data: Any, message: Any) -> None:
        """Note topics that an earlier run left; a broker may send any others."""
        digest, topic = "[0-9a-f]{12}", message.topic
        ours = rf"{_DISCOVERY}/\w+/{self.node}/{digest}/config|{self.node}/(?:{digest}/)?\w+"
        if message.retain and message.payload and re.fullmatch(ours, topic, re.ASCII):
            with self._alone:
                if len(self._left) < 10 * MOST_DEVICES:
                    self._left.add(topic)


def checked_broker(url: str) -> SplitResult:
    """The parts of a broker's URL; `ValueError` for one of another form."""
    parts = urlsplit(url)
    is_mqtt = parts.scheme in ("mqtt", "mqtts") and parts.port != 0
    if not is_mqtt or not parts.hostname or parts.path.strip("/"):
        raise ValueError("the broker is mqtt://HOST:PORT, or mqtts://USER:PASSWORD@HOST")
    return parts
