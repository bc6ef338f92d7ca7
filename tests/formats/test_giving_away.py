"""Records to give away: other addresses, no names of files, and the chosen fields alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64encode
from hashlib import sha1
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from sigcompiler.schema.rows import DEVICES, EVENTS, FIELDS
from tests.formats.inputs import Row, rows_of_json, run
from tests.support import tunnels
from tests.support.captures import pcap
from tests.support.devices import dhcp
from tests.support.devices.made import MAC, capture
from tests.support.packets import Ip4, Tcp, packet
from tests.support.rendered_rows import check_lines
from tests.support.tls.conversation import Conversation

SAMPLE = str(Path(__file__).parents[2] / "examples" / "sample.pcap")
# Key and addresses of the sample that the authors of Crypto-PAn published with their program.
KEY = bytes.fromhex("1522178d33a4cf80130a5b1649907d10d8988f837979652762574c2d2a842202")
KNOWN = {
    "128.11.68.132": "135.242.180.132",
    "129.118.74.4": "134.136.186.123",
    "130.132.252.244": "133.68.164.234",
}


@pytest.fixture
def key(tmp_path: Path) -> str:
    """A file with a key."""
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    (tmp_path / "key").write_bytes(KEY)
    return str(tmp_path / "key")


def named(path: Path, format: str) -> list[Row]:
    """Rows of a file as plain values."""
    if format in ("json", "eve", "ecs"):
        return rows_of_json(path.read_bytes().splitlines(), format)
    pq = pytest.importorskip("pyarrow.parquet")
    csv = pytest.importorskip("pyarrow.csv")
    read = {"parquet": pq.read_table, "csv": csv.read_csv}[format]
    rows: list[Row] = read(path).to_pylist()
    return rows


def test_addresses_become_those_of_the_published_sample(key: str) -> None:
    from huginn_cffi.analysis.anonymous import Anonymizer, read_key
    from tests.support.packets import Ip4, Tcp, packet

    pairs = [*KNOWN]
    packets = [
        (n, packet(Ip4(source=ip, destination=pairs[0]), Tcp(sport=n + 9))) for n, ip in enumerate(pairs)
    ]
    results = hg.Analyzer().analyze_packets(packets)
    for number, result in enumerate(results):
        Anonymizer(read_key(key)).apply(result._batch)
        assert result.syn is not None
        assert result.syn.source.ip == KNOWN[pairs[number]]
        assert result.syn.destination.ip == KNOWN[pairs[0]]


@pytest.mark.parametrize("format", ["json", "eve", "ecs", "csv", "parquet"])
def test_every_format_has_the_new_addresses_and_no_names(
    format: str, key: str, inputs: tuple[str, str], tmp_path: Path, outputs: dict[str, Path]
) -> None:
    path = tmp_path / "out"
    assert run(format, *inputs, path, "--anonymize", key) == 0
    if format in ("json", "eve", "ecs"):
        check_lines(b"".join(path.read_bytes().splitlines(keepends=True)[:200]), format)
    found, before = named(path, format), named(outputs[format], format)
    assert len(found) == len(before)
    replaced: dict[str, str] = {}
    for row, old in zip(found, before, strict=True):
        for name in (field.column for field in FIELDS if field.private):
            assert row[name] in (None, "")
        assert row["match_family"] == old["match_family"]
        if row["event"] in ("lldp", "cdp", "arp", "device_change"):
            assert row["src_ip"] in (None, "")
            continue
        for name in ("src_ip", "dst_ip"):
            assert replaced.setdefault(old[name], row[name]) == row[name]
            assert row[name] != old[name]
        assert row["community_id"] == community_id(row)
    assert len(set(replaced.values())) == len(replaced) > 3


OVER_UDP = set(DEVICES) - {"smb"}


def community_id(row: Row) -> str:
    """By its specification, of Python's own SHA-1."""
    ends = sorted((ip_address(row[f"{end}_ip"]).packed, int(row[f"{end}_port"])) for end in ("src", "dst"))
    protocol = 17 if row["transport"] in ("quic", "dtls") or row["event"] in OVER_UDP else 6
    message = bytes(2) + ends[0][0] + ends[1][0] + bytes([protocol, 0])
    message += b"".join(port.to_bytes(2, "big") for _, port in ends)
    return "1:" + b64encode(sha1(message).digest()).decode()


@pytest.mark.parametrize(
    "words", [["--format", "text"], ["--format", "p0f"], ["--summary"], ["--summary", "--format", "json"]]
)
def test_texts_and_summaries_too(words: list[str], key: str, capsysbinary: Any) -> None:
    assert main(["pcap", "--anonymize", key, *words, SAMPLE]) == 0
    shown = capsysbinary.readouterr().out
    assert b"sample.pcap" not in shown
    for old in (b"192.0.2.", b"198.51.100.", b"203.0.113.", b"2001:db8"):
        assert old not in shown


PRIVATE = {"host", "path", "value", "hint", "server", "cookie"}


def written(format: str, folder: Path, *words: str) -> bytes:
    """A request and a response with everything that can be shown of them."""
    asked = (
        *("GET /private-path HTTP/1.1", "Host: private-host", "User-Agent: curl/8.0", "Accept: public-value"),
        *('Sec-CH-UA-Platform: "private-hint"', "X-A: private-value", "Cookie: private-cookie"),
    )
    answer = ("HTTP/1.1 200 OK", "Server: private-server", "X-B: private-value", "Connection: public-value")
    talk = Conversation(server_port=80)
    talk.client(0, "\r\n".join((*asked, "", "")).encode()).server(0, "\r\n".join((*answer, "", "")).encode())
    (folder / "in.pcap").write_bytes(pcap(list(talk.timed()), nanoseconds=True))
    out = folder / f"out{len(words)}"
    shown = ("--http", "all", "--http-paths", "--http-values")
    more = ("--format", format, *shown, "-o", str(out), *words)
    assert main(["pcap", str(folder / "in.pcap"), *more]) == 0
    return out.read_bytes()


@pytest.mark.parametrize("format", ["text", "p0f", "json", "eve", "ecs", "csv"])
def test_of_http_no_path_and_no_value_but_common_ones(format: str, key: str, tmp_path: Path) -> None:
    own = written(format, tmp_path)
    assert {name for name in PRIVATE if f"private-{name}".encode() in own} >= {"value", "server"}
    assert b"private-cookie" not in own
    given = written(format, tmp_path, "--anonymize", key)
    assert b"private-" not in given
    assert given.count(b"=[public-value]") == 2
    assert b"curl/8.0" in given


def test_hosts_too(key: str, tmp_path: Path) -> None:
    path = tmp_path / "hosts.jsonl"
    assert main(["hosts", "--anonymize", key, "--format", "json", "-o", str(path), SAMPLE]) == 0
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    hosts = [one["ip"] for one in lines if one.get("ip")]  # a gateway may have none, nor has the last line
    four = [ip_address(ip) for ip in hosts if ":" not in ip]
    assert len(hosts) == 11
    assert not any(ip in ip_network("192.0.2.0/24") for ip in four)


@pytest.mark.parametrize("words", [["--format", "json"], ["--summary"], ["--summary", "--format", "json"]])
def test_devices_too(words: list[str], key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = dhcp.option(60, b"AXIS,Network Camera,P3245,10.12.1")
    asked = dhcp.message(named, kind=dhcp.INFORM, ciaddr="192.0.2.7", mac=MAC)
    path = tmp_path / "in.pcap"
    path.write_bytes(capture([dhcp.from_client(asked, mac=MAC)]))
    assert main(["pcap", "--anonymize", key, *words, str(path)]) == 0
    shown = capsys.readouterr().out
    assert "camera" in shown or words == ["--format", "json"]
    for old in ("192.0.2.7", MAC, MAC.replace(":", "")):
        assert old not in shown


def test_ends_of_tunnels_too(key: str) -> None:
    """Outside and within; what distinguishes tunnels stays."""
    from huginn_cffi.analysis.anonymous import Anonymizer, read_key

    inner = tunnels.carried(tunnels.IP4, packet(Ip4(), Tcp()))
    within = tunnels.carried(tunnels.GRE, tunnels.gre(inner, 0x0800, key=7))
    (batch,) = hg.Analyzer(None).batches(pcap([(10**18, within)], 101))
    (old,) = {bytes(batch._native.columns.outer[row]) for row in range(len(batch))}
    ends = ip_address(tunnels.OUTER.source).packed, ip_address(tunnels.OUTER.destination).packed
    assert (old[:4], old[16:20]) == ends
    Anonymizer(read_key(key)).apply(batch)
    new = bytes(batch._native.columns.outer[0])
    assert new[40:] == old[40:]
    assert all(new[at : at + 4] != old[at : at + 4] for at in (0, 16, 32, 36))


def test_a_mac_becomes_another_one_always_the_same(key: str) -> None:
    from huginn_cffi.analysis.anonymous import Anonymizer, read_key

    one, other = (Anonymizer(read_key(key))._replaced_mac(bytes([0, 0, 0x5E, 0, 0x53, n])) for n in (1, 2))
    assert one == Anonymizer(read_key(key))._replaced_mac(bytes([0, 0, 0x5E, 0, 0x53, 1])) != other
    assert [mac[0] & 3 for mac in (one, other)] == [0, 0]


def test_prefixes_of_any_length_are_kept(key: str) -> None:
    from huginn_cffi.analysis.anonymous import Anonymizer, read_key

    found = Anonymizer(read_key(key))
    addresses = [0xC0000201, 0xC0000202, 0xC0000299, 0xC0010001, 0x0A000001]
    made = [
        int.from_bytes(found._replaced(4, ip.to_bytes(4, "big").ljust(16, b"\0"))[:4], "big")
        for ip in addresses
    ]
    for one, new in zip(addresses, made, strict=True):
        for other, new_other in zip(addresses, made, strict=True):
            assert (one ^ other).bit_length() == (new ^ new_other).bit_length()


@pytest.mark.parametrize(
    ("data", "status"), [(KEY.hex().encode() + b"\n", 0), (b"short", 2), (b"x" * 33, 2), (b"g" * 64, 2)]
)
def test_keys(data: bytes, status: int, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(key).write_bytes(data)
    assert main(["pcap", "--anonymize", key, SAMPLE]) == status
    error = capsys.readouterr().err
    assert ("head -c 32 /dev/urandom" in error) == (status == 2)
    assert "Traceback" not in error


def test_what_cannot_be_a_key(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pcap", "--anonymize", "missing.key", SAMPLE]) == 2
    assert "missing.key: No such file" in capsys.readouterr().err
    assert main(["pcap", "--anonymize", key, "-o", key, SAMPLE]) == 2
    assert Path(key).read_bytes() == KEY


def without(module: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """The command where a module is not installed."""
    code = f"import sys; sys.modules[{module!r}] = None\nfrom huginn_cffi.cli import main\n"
    code += "sys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False)


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(KEY)
    done = without("yacryptopan", "pcap", "--anonymize", str(tmp_path / "key"), SAMPLE)
    assert done.returncode == 2
    assert b"[anonymize]'" in done.stderr


def test_csv_without_pyarrow_is_the_same(inputs: tuple[str, str], outputs: dict[str, Path]) -> None:
    options = ("--db", inputs[1], "--format", "csv", "--http-paths", "--segments", "--host-names")
    options += ("--events", ",".join(EVENTS))
    done = without("pyarrow", "pcap", inputs[0], *options)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == outputs["csv"].read_bytes()


@pytest.mark.parametrize("format", ["json", "eve", "ecs", "csv", "parquet"])
def test_fields_are_chosen_by_either_name(format: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    words = ["--fields", "packet_number, src_ip,match.family,match_confidence,uptime_minutes"]
    assert main(["pcap", "--format", format, "-o", str(path), *words, SAMPLE]) == 0
    whole = hg.Analyzer().batches(SAMPLE)
    expected = [json.loads(line) for batch in whole for line in batch.render("json").splitlines()]
    if format in ("csv", "parquet"):
        rows = named(path, format)
        columns = ["packet_number", "src_ip", "match_family", "match_confidence", "uptime_minutes"]
        assert list(rows[0]) == columns
        assert [row["packet_number"] for row in rows] == [one["packet_number"] for one in expected]
        return
    for line, one in zip(path.read_text(encoding="utf-8").splitlines(), expected, strict=True):
        match = one.get("match", 0)
        picked = match if not match else {name: match[name] for name in ("family", "confidence")}
        own = {"match": picked} if match != 0 else {}
        if "uptime_minutes" in one:
            own["uptime_minutes"] = one["uptime_minutes"]
        ends = {"packet_number": one["packet_number"], "src_ip": one["src_ip"]}
        assert (
            json.loads(line)
            == {
                "json": {**ends, **own},
                "eve": {
                    "pcap_cnt": ends["packet_number"],
                    "src_ip": ends["src_ip"],
                    **({"fingerprint": own} if own else {}),
                },
                "ecs": {
                    "event": {"sequence": ends["packet_number"]},
                    "source": {"ip": ends["src_ip"]},
                    **({"huginn": own} if own else {}),
                },
            }[format]
        )


def test_csv_fields_without_pyarrow_are_the_same(tmp_path: Path) -> None:
    words = ["pcap", "--format", "csv", "--fields", "event,mtu,match_evidence", SAMPLE]
    done = without("pyarrow", *words)
    assert main([*words, "-o", str(tmp_path / "out")]) == 0
    assert done.stdout == (tmp_path / "out").read_bytes()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "csv", "--fields", "mss,src_ipp"], "no field 'src_ipp'; did you mean src_ip"),
        (
            ["--format", "csv", "--fields", "zzz"],
            "no field 'zzz'; none of the ",
        ),
        (["--format", "text", "--fields", "mss"], "text has no fields to choose from"),
        (["--format", "csv", "--fields", ""], "no field ''"),
    ],
)
def test_wrong_fields_are_refused(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pcap", *words, SAMPLE]) == 2
    assert message in capsys.readouterr().err


def test_fields_of_a_folder_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    assert main(["pcap", "--format", "csv", "--fields", "mss", "-o", f"{tmp_path}{os.sep}", SAMPLE]) == 2
    assert "--fields needs one output file" in capsys.readouterr().err
