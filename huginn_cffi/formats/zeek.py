"""Events, hosts and devices as logs of Zeek, with its names and types of fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import datetime, timezone
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TextIO

from huginn_cffi.base.names import in_tunnel
from huginn_cffi.base.times import parse_time
from huginn_cffi.formats.folders import OutputFolder
from sigcompiler.claims.flavors import label_text
from sigcompiler.schema.rows import ZEEK_SYSTEMS

if TYPE_CHECKING:
    from pathlib import Path

    from huginn_cffi.run.rows import Rows

_CONNECTION = (
    "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port community_id:string "
)
LOGS = {
    "ssl": _CONNECTION + "version:string cipher:string curve:string server_name:string next_protocol:string "
    "ja3:string ja3s:string ja4:string",
    "http": _CONNECTION + "trans_depth:count method:string host:string uri:string version:string "
    "user_agent:string status_code:count",
    "ssh": _CONNECTION + "version:count client:string server:string kex_alg:string",
    "software": "ts:time host:addr software_type:enum name:string version.major:count version.minor:count "
    "version.minor2:count version.minor3:count version.addl:string unparsed_version:string",
    "known_hosts": "ts:time host:addr",
    "known_services": "ts:time host:addr port_num:port port_proto:enum service:set[string]",
    "known_devices": "ts:time mac:string",
}
"""The fields of each log, with their types, in order."""
HOST_LOGS, DEVICE_LOGS = ("software", "known_hosts", "known_services"), ("known_devices",)
"""The logs of `ZeekLogs.add_hosts` and `ZeekLogs.add_devices`."""
MOST_OPEN = 10_000
"""Most connections that wait for their other side; beyond, the oldest is written as it is."""

_KINDS = {
    "http_client": "HTTP::BROWSER",
    "http_server": "HTTP::SERVER",
    "ssh_client": "SSH::CLIENT",
    "ssh_server": "SSH::SERVER",
}
_EXACT = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?([A-Za-z]\w*)?(?: \([^()]*\))?")
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class ZeekLogs:
    """Logs in a folder, each created with its first row: of these `names`. They replace an earlier run's.

    `OSError` as in `OutputFolder`.
    """

    def __init__(self, folder: Path, names: Iterable[str] = LOGS) -> None:
        self._names = [f"{log}.log" for log in names]
        self._folder = OutputFolder(folder, self._names)
        self._files: dict[str, TextIO] = {}
        self._fields = {log: [one.split(":") for one in fields.split()] for log, fields in LOGS.items()}
        self._latest: dict[str, int] = {}
        self._open = ExitStack()

    def add(self, log: str, row: Mapping[str, Any]) -> None:
        """Add a row; times are ns since 1970. A field without a value may be missing."""
        self._latest[log] = max(row["ts"], self._latest.get(log, 0))
        try:
            self._file(log, row["ts"]).write(self._line(log, row))
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self._folder.path / f"{log}.log")) from None

    def add_hosts(self, hosts: Iterable[Mapping[str, Any]]) -> None:
        """Add the logs of hosts (values of `Inventory.values`), without those inside tunnels."""
        for host in (one for one in hosts if one["ip"] is not None and not in_tunnel(one["tunnel"])):
            first = {"ts": host["first_seen"], "host": host["ip"]}
            self.add("known_hosts", first)
            for port in host["server_ports"]:
                self.add("known_services", {**first, "port_num": port, **_service(host["peers"], port)})
            for seen in host["sightings"]:
                if seen["kind"] != "cryptography":
                    self.add("software", {**first, "ts": seen["first_seen"], **_software(seen)})

    def add_devices(self, devices: Iterable[Mapping[str, Any]]) -> None:
        """Add the log of devices (values as in JSON), which has those with a MAC."""
        for one in devices:
            if one["mac"] is not None:
                self.add("known_devices", {"ts": parse_time(one["first_seen"]), "mac": one["mac"]})

    def close(self) -> None:
        """End the logs; a second call is harmless."""
        with closing(self._folder):
            with self._open:
                for log, file in self._files.items():
                    file.write(f"#close\t{_day(self._latest[log])}\n")
                self._files.clear()
            self._folder.publish(self._names)

    def _file(self, log: str, first: int) -> TextIO:
        if log not in self._files:
            path = self._folder.unfinished(f"{log}.log")
            file = path.open("x", encoding="utf-8", errors="replace", newline="\n")
            self._files[log] = self._open.enter_context(file)
            names, types = zip(*self._fields[log], strict=True)
            head = (
                *("#separator \\x09", "#set_separator\t,", "#empty_field\t(empty)", "#unset_field\t-"),
                *(f"#path\t{log}", f"#open\t{_day(first)}"),
                *("\t".join(("#fields", *names)), "\t".join(("#types", *types)), ""),
            )
            file.write("\n".join(head))
        return self._files[log]

    def _line(self, log: str, row: Mapping[str, Any]) -> str:
        return "\t".join(_cell(kind, row.get(name)) for name, kind in self._fields[log]) + "\n"


class ZeekWriter:
    """Writes the logs of connections; a `RecordWriter`.

    Both sides of a connection become one row; of HTTP it has the first request and response.
    """

    def __init__(self, folder: Path) -> None:
        self._logs = ZeekLogs(folder, _FIELDS)
        self._waiting: dict[tuple[str, int], dict[str, Any]] = {}

    def write(self, batch: Rows, rows: int | None = None) -> None:
        """Write the first `rows` events of a batch, by default all."""
        from huginn_cffi.formats.rendering import Renderer

        for piece in Renderer("json", batch.database).pieces(batch, 0, batch.count if rows is None else rows):
            for line in piece.splitlines():
                event = json.loads(line)
                log = _LOG_OF.get(event["event"])
                if log is not None:
                    self._take(log, event)

    def close(self) -> None:
        """Write the rows that wait, and end the logs."""
        while self._waiting:
            self._write_oldest()
        self._logs.close()

    def _take(self, log: str, event: dict[str, Any]) -> None:
        row = self._waiting.setdefault((log, event["flow"]), _connection(event))
        for name, value in _FIELDS[log](event):
            if value is not None:
                row.setdefault(name, value)
        if len(self._waiting) > MOST_OPEN:
            self._write_oldest()

    def _write_oldest(self) -> None:
        oldest = next(iter(self._waiting))
        self._logs.add(oldest[0], self._waiting.pop(oldest))


def _connection(event: Mapping[str, Any]) -> dict[str, Any]:
    ends = ("dst", "src") if event["from_server"] else ("src", "dst")
    return {
        "ts": parse_time(event["time"]),
        "uid": uid(event["community_id"]),
        **{f"id.{side}_h": event[f"{end}_ip"] for side, end in zip(("orig", "resp"), ends, strict=True)},
        **{f"id.{side}_p": event[f"{end}_port"] for side, end in zip(("orig", "resp"), ends, strict=True)},
        "community_id": event["community_id"],
    }


def uid(community_id: str) -> str:
    """An identifier in Zeek's form, derived from the Community ID: Zeek's own are random."""
    number, letters = int.from_bytes(sha256(community_id.encode()).digest()[:13], "big"), []
    for _ in range(17):
        number, letter = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "C" + "".join(letters)


Values = Iterator[tuple[str, Any]]


def _ssl(event: Mapping[str, Any]) -> Values:
    if not event["from_server"]:
        names = (("server_name", "sni"), ("ja3", "ja3"), ("ja4", "ja4"))
        yield from ((of, event.get(name)) for of, name in names)
        return
    version = event["tls_version"]
    yield "version", version and version.replace(" ", "v").replace(".", "").replace("SSLv30", "SSLv3")
    names = (("cipher", "cipher"), ("curve", "group"), ("ja3s", "ja3s"))
    yield from ((of, event.get(name)) for of, name in names)
    yield "next_protocol", next(iter(event["alpn"]), None)


def _http(event: Mapping[str, Any]) -> Values:
    yield "trans_depth", 1
    if event["from_server"]:
        yield "status_code", event.get("status")
    else:
        names = (("method", "method"), ("host", "http_host"), ("uri", "path"), ("user_agent", "user_agent"))
        yield from ((of, event.get(name)) for of, name in (*names, ("version", "http_version")))


def _ssh(event: Mapping[str, Any]) -> Values:
    banner = event.get("banner")
    yield (
        "version",
        int(banner[4] == "2" or banner[4:8] == "1.99") + 1 if banner and len(banner) > 4 else None,
    )
    yield "server" if event["from_server"] else "client", banner
    yield "kex_alg", event.get("key_exchange")


_FIELDS = {"ssl": _ssl, "http": _http, "ssh": _ssh}
_LOG_OF = {
    **dict.fromkeys(("tls_client", "tls_server"), "ssl"),
    **dict.fromkeys(("http_request", "http_response"), "http"),
    **dict.fromkeys(("ssh_client", "ssh_server"), "ssh"),
}


def _service(peers: Iterable[Mapping[str, Any]], port: int) -> dict[str, Any]:
    used = {one["protocol"] for one in peers if one["direction"] == "from" and one["port"] == port}
    return {
        "port_proto": "udp" if used == {"quic"} else "tcp",
        "service": sorted("SSL" if one == "tls" else one.upper() for one in used if one),
    }


def _software(seen: Mapping[str, Any]) -> dict[str, Any]:
    systems = ZEEK_SYSTEMS if seen["kind"] == "system" else {}
    kind = systems.get(seen["name"], "Software::UNKNOWN")
    found = {"software_type": _KINDS.get(seen["kind"], kind), "name": seen["name"]}
    if seen["flavor"]:
        found["unparsed_version"] = label_text(seen["name"], seen["flavor"])
    if exact := _EXACT.fullmatch(seen["flavor"]):
        parts = ("major", "minor", "minor2", "minor3")
        numbers = zip(parts, map(exact.group, (1, 2, 3, 4)), strict=True)
        found |= {f"version.{part}": int(number[:9]) for part, number in numbers if number}
        found |= {"version.addl": exact[5]} if exact[5] else {}
    return found


def _cell(kind: str, value: Any) -> str:
    if value is None:
        return "-"
    if kind == "time":
        return f"{value // 10**9}.{value % 10**9 // 1000:06}"
    if kind == "set[string]":
        return ",".join(value) or "(empty)"
    if kind != "string":
        return str(value)
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029]", _escaped, value)
    return {"": "(empty)", "-": r"\x2d", "(empty)": r"\x28empty)"}.get(text, text)


def _escaped(found: re.Match[str]) -> str:
    return r"\\" if found[0] == "\\" else "".join(rf"\x{one:02x}" for one in found[0].encode())


def _day(time: int) -> str:
    return datetime.fromtimestamp(time // 10**9, timezone.utc).strftime("%Y-%m-%d-%H-%M-%S")
