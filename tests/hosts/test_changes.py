"""p0f's `host change` and `ip sharing`: each reason with its score, and p0f's own rows for the same packets.

The points are those of p0f's rows: `raw_hits` counts scores of 6 or more, 3 or more, 2 or more, 1 or more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from tests.hosts.changes_by_p0f import ReportedChange, by_p0f, in_our_log, program
from tests.support.api_vectors import ANY_LINUX, FIREFOX, GECKO, NEW_LINUX, NOBODY, NT, SEVEN, XP
from tests.support.captures import pcap
from tests.support.packets import ACK, NOP, PSH, RST, SOK, Ip4, Tcp, mss, packet, reply, timestamps, wscale

START = 1_800_000_000
NS, MS = 10**9, 10**6
HOST, SERVER = "10.0.0.2", "10.0.0.1"
STRANGE = replace(NOBODY, options=mss(1460) + SOK + wscale(3) + NOP + NOP + NOP)
"""Unknown, and with another layout than `NOBODY`."""

Packet = tuple[int, bytes]


@pytest.fixture(scope="module")
def stock(stock_path: Path) -> hg.Database:
    return hg.Database.open(str(stock_path))


def seen(*syns: Tcp, ttls: tuple[int, ...] = (), gap: int = NS) -> list[Packet]:
    """SYNs of one host, each from the next port unless it has one of its own."""
    found = []
    for number, syn in enumerate(syns):
        own = syn if syn.sport != 40000 else replace(syn, sport=41000 + number)
        ip = Ip4(HOST, SERVER, ttl=ttls[number] if ttls else 128)
        found.append((START * NS + number * gap, packet(ip, own)))
    return found


def ours(packets: list[Packet], database: hg.Database) -> dict[str, list[ReportedChange]]:
    return in_our_log(pcap(packets, linktype=101), database)


def told(packets: list[Packet], database: hg.Database, address: str = HOST) -> list[tuple[str, str, str]]:
    """The rows of our log about an address."""
    found = ours(packets, database).get(address, [])
    return [(one.kind, one.reasons, one.hits) for one in found]


def one(reasons: str, points: int) -> list[tuple[str, str, str]]:
    hits = ",".join("1" if points >= least else "0" for least in (6, 3, 2, 1))
    return [("host_change", reasons, hits)]


def ticking(value: int, syn: Tcp = NEW_LINUX) -> Tcp:
    return replace(syn, options=mss(1460) + SOK + timestamps(value) + NOP + wscale(7))


@pytest.mark.parametrize(
    ("packets", "wanted"),
    [
        pytest.param(seen(XP, XP), [], id="the same again"),
        pytest.param(seen(XP, NEW_LINUX, ttls=(128, 64)), one("os_diff", 8), id="another system"),
        pytest.param(seen(XP, NT, ttls=(128, 128)), one("os_diff", 2), id="another version"),
        pytest.param(seen(XP, NOBODY), one("sig_diff x_known", 2), id="to a layout without a name"),
        pytest.param(seen(NOBODY, STRANGE), [], id="another layout alone is one point"),
        pytest.param(
            seen(NOBODY, replace(STRANGE, flags=NOBODY.flags | 0x20)), one("sig_diff", 2), id="other quirks"
        ),
        pytest.param(seen(NOBODY, replace(STRANGE, sport=30000)), one("sig_diff port", 2), id="a lower port"),
        pytest.param(
            seen(NOBODY, replace(STRANGE, sport=40937)),
            [],
            id="only 63 lower",
        ),
        pytest.param(
            seen(NOBODY, replace(STRANGE, sport=40936)), one("sig_diff port", 2), id="exactly 64 lower"
        ),
        pytest.param(
            seen(NOBODY, replace(STRANGE, options=mss(1400) + STRANGE.options[4:])),
            one("sig_diff mtu", 2),
            id="another MSS",
        ),
        pytest.param(seen(XP, XP, ttls=(128, 127)), one("ttl", 4), id="TTL of a near host"),
        pytest.param(seen(XP, XP, ttls=(122, 121)), [], id="TTL, seven hops away: one point"),
        pytest.param(seen(XP, XP, ttls=(122, 119)), one("ttl", 4), id="three of it"),
        pytest.param(seen(XP, XP, ttls=(114, 115)), [], id="one of it, far away"),
        pytest.param(seen(XP, XP, ttls=(111, 114)), one("ttl", 4), id="three of it, far away"),
        pytest.param(seen(XP, XP, ttls=(114, 111)), one("ttl", 4), id="the same down, which p0f misses"),
        pytest.param(
            seen(ticking(1000), ticking(2000), ttls=(64, 63)), one("ttl", 2), id="halved by a clock"
        ),
        pytest.param(
            seen(ticking(1000), ticking(2501), ttls=(64, 63)),
            one("tstamp ttl", 8),
            id="1,501 ticks in a second",
        ),
        pytest.param(seen(ticking(1000), ticking(2500), ttls=(64, 63)), one("ttl", 2), id="1,500 ticks"),
        pytest.param(seen(ticking(1000), ticking(999), ttls=(64, 63)), one("tstamp ttl", 8), id="ticks back"),
        pytest.param(
            seen(ticking(1000), ticking(900), ttls=(64, 63), gap=50 * MS),
            one("ttl", 2),
            id="a few ticks back at once",
        ),
        pytest.param(
            seen(ticking(1000), ticking(1000 + 86400 * 1000), ttls=(64, 63), gap=86400 * NS),
            one("ttl", 4),
            id="nothing after a day",
        ),
        pytest.param(seen(ticking(1000), ticking(9_000_000), ttls=(64, 64)), [], id="a clock alone"),
    ],
)
def test_a_reason(stock: hg.Database, packets: list[Packet], wanted: list[tuple[str, str, str]]) -> None:
    assert told(packets, stock) == wanted


def test_names_of_one_stack_are_not_another_system() -> None:
    """p0f takes iOS for another system than Mac OS X, by its name: a score of 8."""
    sig = "*:64:0:*:{},*:mss,nop,nop,sok:df,id+:0"
    text = f"[tcp:request]\nlabel = s:unix:Mac OS X:10\nsig = {sig.format(1111)}\n"
    text += f"label = s:unix:iOS:9\nsig = {sig.format(2222)}\n"
    database = hg.Database.compile(text="classes = unix\n" + text)
    kinds = [replace(XP, window=window) for window in (1111, 2222)]
    assert told(seen(*kinds, ttls=(64, 64)), database) == one("os_diff", 2)


def talk(
    time: int, head: str, answer: str = "", port: int = 40000, own: Tcp = NEW_LINUX, ttl: int = 64
) -> Iterator[Packet]:
    """A connection with a request, and an answer if there is one. `own` is the client's SYN."""
    ip, syn = Ip4(HOST, SERVER, ttl=ttl), replace(own, sport=port)
    request = f"GET / HTTP/1.1\r\n{head}\r\n".encode()
    client = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK | PSH, options=b"", payload=request)
    yield time, packet(ip, syn)
    yield time + MS, reply(ip, syn, window=65160, options=ANY_LINUX.options)
    yield time + 2 * MS, packet(ip, client)
    if answer:
        payload = f"HTTP/1.1 200 OK\r\n{answer}\r\n\r\n".encode()
        server = Tcp(80, port, 5001, client.seq + len(request), ACK | PSH, 500, b"", payload)
        yield time + 3 * MS, packet(Ip4(SERVER, HOST), server)


def answers(*lines: str) -> list[Packet]:
    """A connection a second, each with an answer; its headers are parted by ``|``."""
    found: list[Packet] = []
    for number, line in enumerate(lines):
        answer = line.replace("|", "\r\n")
        found += talk((START + number) * NS, "Host: x\r\n", answer, 40000 + number)
    return found


NGINX = "Server: nginx/1.2|Date: {}|Content-Type: a|Content-Length: 0|Connection: close"
APACHE_1 = "Server: Apache|Content-Type: a|Content-Length: 0|Date: {}|Connection: close"
APACHE_2 = "Date: {}|Server: Apache/2|Content-Length: 0|Connection: close|Content-Type: a"
UNKNOWN = "Foo: x|Server: zz|Content-Type: a"


def dated(*seconds: int) -> list[Packet]:
    """A second apart, with dates of a minute."""
    return answers(*(NGINX.format(f"Fri, 15 Jan 2027 12:00:{second:02d} GMT") for second in seconds))


@pytest.mark.parametrize(
    ("packets", "wanted"),
    [
        pytest.param(answers(NGINX, NGINX), [], id="the same again"),
        pytest.param(answers(NGINX, APACHE_2), one("srv_sig_lb", 8), id="other software"),
        pytest.param(answers(APACHE_1, APACHE_2), one("srv_sig_lb", 2), id="another version of it"),
        pytest.param(answers(NGINX, UNKNOWN), one("x_known", 4), id="to what has no name"),
        pytest.param(answers(UNKNOWN, NGINX), one("x_known", 4), id="from there, which p0f does not tell"),
        pytest.param(answers(NGINX + "|Via: 1.1 p"), one("via", 8), id="a proxy"),
        pytest.param(dated(0, 11), [], id="11 s in one"),
        pytest.param(dated(0, 12), one("date", 4), id="12 s"),
        pytest.param(dated(20, 10), [], id="10 s back"),
        pytest.param(
            dated(20, 9),
            one("date", 4),
            id="11 s back",
        ),
    ],
)
def test_a_reason_of_a_server(
    stock: hg.Database, packets: list[Packet], wanted: list[tuple[str, str, str]]
) -> None:
    assert told(packets, stock, SERVER) == wanted


LINUX, WINDOWS = GECKO.format("X11; Linux x86_64"), GECKO.format("Windows NT 10.0")
MSIE = (
    "Accept: */*\r\nAccept-Language: fr\r\nAccept-Encoding: gzip, deflate\r\nUser-Agent: Mozilla/4.0 "
    "(compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)\r\nHost: x\r\nConnection: Keep-Alive\r\n"
)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        pytest.param(FIREFOX.format(LINUX, "fr,en;q=0.5"), [], id="honest"),
        pytest.param(FIREFOX.format(WINDOWS, "fr,en;q=0.5"), one("ua_vs_os", 4), id="another system"),
        pytest.param(FIREFOX.format("curl/8.0", "fr,en;q=0.5"), [], id="dishonest"),
        pytest.param(f"Foo: x\r\nUser-Agent: {WINDOWS}\r\nHost: x\r\n", [], id="unknown software"),
        pytest.param("Host: x\r\nX-Forwarded-For: 192.0.2.1\r\n", one("via", 8), id="a proxy"),
        pytest.param(
            MSIE,
            [("host_change", "app_vs_os", "0,1,1,1"), ("host_change", "ua_vs_os", "0,2,2,2")],
            id="software of another system",
        ),
    ],
)
def test_a_reason_of_a_client(stock: hg.Database, head: str, wanted: list[tuple[str, str, str]]) -> None:
    assert told(list(talk(START * NS, head)), stock) == wanted


LIBFETCH = "Host: x\r\nUser-Agent: libfetch/2.0\r\nConnection: close\r\n"
"""Its line in p0f.fp says ``sys = @unix``."""


@pytest.mark.parametrize(
    ("syn", "ttl", "wanted"),
    [
        pytest.param(NEW_LINUX, 64, [], id="a system of the class"),
        pytest.param(XP, 128, one("app_vs_os", 4), id="of another class"),
        pytest.param(NOBODY, 128, [], id="of no name"),
    ],
)
def test_software_for_a_class_of_systems(
    stock: hg.Database,
    stock_path: Path,
    tmp_path: Path,
    syn: Tcp,
    ttl: int,
    wanted: list[tuple[str, str, str]],
) -> None:
    packets = list(talk(START * NS, LIBFETCH, own=syn, ttl=ttl))
    assert told(packets, stock) == wanted
    if program() is not None:
        assert ours(packets, stock) == by_p0f(packets, stock_path, tmp_path)


def test_sharing_clears_what_was_counted(stock: hg.Database) -> None:
    """The third score of 6 or more is one too many."""
    packets = seen(*[XP, NEW_LINUX] * 3, ttls=(128, 64) * 3)
    assert told(packets[:5], stock) == [
        ("host_change", "os_diff", "1,1,1,1"),
        ("host_change", "os_diff", "2,2,2,2"),
        ("ip_sharing", "os_diff", "3,3,3,3"),
        ("host_change", "os_diff", "1,1,1,1"),
    ]
    assert told(packets, stock)[-1] == ("host_change", "os_diff", "2,2,2,2")


def test_sharing_has_the_reasons_of_all_scores(stock: hg.Database) -> None:
    """Also of one that was halved to nothing."""
    other = replace(ticking(2000), options=mss(1400) + ticking(2000).options[4:])
    packets = seen(ticking(1000), other, *[XP, NEW_LINUX] * 2, ttls=(64, 64, *(128, 64) * 2))
    assert told(packets, stock)[2] == ("ip_sharing", "os_diff mtu", "3,3,3,3")


def test_of_32_scores_the_oldest_goes(stock: hg.Database) -> None:
    change, calm = seen(NEW_LINUX, XP, ttls=(64, 128)), seen(*[XP] * 33)[2:]
    last = [(START * NS + 100 * NS, packet(Ip4(HOST, SERVER, ttl=127), replace(XP, sport=50000)))]
    assert told(change + calm[:30] + last, stock)[-1] == ("host_change", "ttl", "1,2,2,2")
    assert told(change + calm + last, stock)[-1] == ("host_change", "ttl", "0,1,1,1")


def inventory_of(*parts: tuple[hg.Database, list[Packet]]) -> Inventory:
    inventory = Inventory(parts[0][0])
    for database, packets in parts:
        for batch in hg.Analyzer(database).batches(pcap(packets, linktype=101)):
            inventory.add(batch)
    return inventory


def record_of(packets: list[Packet], database: hg.Database, address: str = HOST) -> HostRecord:
    found = inventory_of((database, packets)).find(address)
    assert found is not None
    return found


def reported(packets: list[Packet], database: hg.Database, address: str = HOST) -> list[tuple[str, int]]:
    """The changes that a host's record has: kinds, and seconds after the start."""
    return [(one.kind, one.time_ns // NS - START) for one in record_of(packets, database, address).changes]


def test_another_database_in_between_compares_systems_alone(stock: hg.Database) -> None:
    """Signatures of two databases cannot be compared; names of systems can."""
    parts = (stock, seen(XP, ttls=(128,))), (hg.Database.load_default(), seen(NEW_LINUX, ttls=(64,)))
    host = inventory_of(*parts).find(HOST)
    assert host is not None
    assert [one.reasons for one in host.changes] == [("os_diff",)]


# ---- what our own formats report -----------------------------------------------------------------------


def test_a_change_is_reported_once_and_sharing_as_such(stock: hg.Database) -> None:
    packets = seen(*[XP, NEW_LINUX] * 3, ttls=(128, 64) * 3)
    host = record_of(packets, stock)
    assert [(one.kind, one.time_ns // NS - START) for one in host.changes] == [
        ("host_change", 1),
        ("ip_sharing", 3),
    ]
    assert (host.host_change_ns, host.ip_sharing_ns) == ((START + 1) * NS, (START + 3) * NS)


def test_a_system_that_comes_back_after_ten_minutes_is_news(stock: hg.Database) -> None:
    syns, ttls = (XP, NEW_LINUX, XP), (128, 64, 128)
    assert reported(seen(*syns, ttls=ttls, gap=300 * NS), stock) == [("host_change", 300)]
    assert reported(seen(*syns, ttls=ttls, gap=601 * NS), stock)[1:] == [("host_change", 1202)]


RUNS = [
    replace(ticking(value), sport=port) for value, port in ((90_000, 51000), (1000, 42000), (70_000, 41000))
]
"""Runs of a program on today's Linux: each connection has a clock of its own, and any port."""


@pytest.mark.parametrize(
    ("packets", "address"),
    [
        pytest.param(seen(*RUNS * 9, ttls=(64,) * 27), HOST, id="clocks and ports"),
        pytest.param(answers(*[NGINX, APACHE_2] * 9), SERVER, id="a server with two programs"),
        pytest.param(answers(*[NGINX, UNKNOWN] * 9), SERVER, id="one of which has no name"),
        pytest.param(dated(20, 9), SERVER, id="the date of a cached answer"),
        pytest.param(answers(*[NGINX + "|Via: 1.1 p"] * 9), SERVER, id="a proxy before a server"),
        pytest.param(seen(XP, NT, ttls=(128, 128)), HOST, id="another version"),
        pytest.param(seen(*[XP, XP] * 3, ttls=(128, 127) * 3), HOST, id="another distance"),
        pytest.param(
            seen(NOBODY, replace(STRANGE, flags=NOBODY.flags | 0x20)), HOST, id="another SYN without a name"
        ),
        pytest.param(
            [*talk(START * NS, MSIE), *talk((START + 1) * NS, MSIE, port=40002)], HOST, id="a request"
        ),
    ],
)
def test_p0f_alone_has_these(stock: hg.Database, packets: list[Packet], address: str) -> None:
    assert told(packets, stock, address) != []
    assert reported(packets, stock, address) == []
    host = record_of(packets, stock, address)
    assert (host.host_change_ns, host.ip_sharing_ns) == (None, None)


def test_another_scale_is_p0fs_change_alone() -> None:
    """One Windows sends both; the look-alike has another stack in between."""
    database = hg.Database.load_default()
    first, second = (
        replace(SEVEN, window=8192, options=mss(1460) + NOP + wscale(scale) + NOP * 2 + SOK)
        for scale in (2, 8)
    )
    packets = seen(first, second, first)
    assert {reasons for _, reasons, _ in told(packets, database)} == {"os_diff"}
    assert reported(packets, database) == []
    assert len(reported(seen(first, NEW_LINUX, ttls=(128, 64)), database)) == 1


def test_a_retry_with_other_options_is_no_change(stock: hg.Database) -> None:
    """A client that was refused may try again, from the same port, with fewer options."""
    first, *others = seen(*[replace(one, sport=41000) for one in (XP, NOBODY)], replace(XP, sport=41001))
    refusal = Tcp(80, 41000, 0, XP.seq + 1, RST | ACK, 0, b"")
    packets = [first, (START * NS + MS, packet(Ip4(SERVER, HOST), refusal)), *others]
    assert len(told(packets, stock)) > 0
    assert reported(packets, stock) == []


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("size", [50, 100_000])
def test_workers_and_pieces_change_nothing(stock: hg.Database, workers: int, size: int) -> None:
    packets, inventory = random_syns(1), Inventory(stock)
    pieces = [pcap(packets[at : at + size], linktype=101) for at in range(0, len(packets), size)]
    for batch in hg.Analyzer(stock).batches(pieces, workers=workers):
        inventory.add(batch)
    found = {host.ip: host.changes for host in inventory}
    assert found == {host.ip: host.changes for host in inventory_of((stock, packets))}
    assert sum(map(len, found.values())) > 10


# ---- beside p0f --------------------------------------------------------------------------------------


def random_syns(seed: int) -> list[Packet]:
    """Hosts that send SYNs of a few kinds. TTLs of far hosts never fall, which p0f misses."""
    rng, found = Random(seed), []
    for number in range(40):
        kinds = rng.sample((ANY_LINUX, NEW_LINUX, XP, SEVEN, NT, NOBODY), rng.choice((1, 1, 2, 3)))
        ttls = rng.choice(((64, 63), (128, 125), (60, 57), (58,), (50,), (40, 40), (110,)))
        rate, port, time = rng.choice((0, 250, 1000)), 40000, START * NS + number * MS
        for _ in range(rng.randint(2, 30)):
            time += rng.choice((NS // 20, NS, 3 * NS, 100 * NS))
            port += rng.choice((1, 2, 2, 7, -70, -10))
            value = rng.getrandbits(32) if rate == 0 else 1000 + (time // MS - START * 1000) * rate // 1000
            syn = rng.choice(kinds)
            options = with_timestamp(syn.options, value % 2**32 if rng.random() < 0.9 else 0)
            if rng.random() < 0.1:
                options = mss(1400) + options[4:]
            ip = Ip4(
                f"10.1.0.{number}",
                SERVER,
                ttl=rng.choice(ttls),
                fragment=0x4000 if rng.random() < 0.9 else 0,
            )
            own = replace(syn, options=options, sport=port, seq=rng.getrandbits(32))
            found.append((time, packet(ip, own)))
    return sorted(found)


def with_timestamp(options: bytes, value: int) -> bytes:
    at = options.find(b"\x08\x0a")
    return options if at < 0 else options[: at + 2] + value.to_bytes(4, "big") + options[at + 6 :]


@pytest.mark.skipif(program() is None, reason="p0f is not installed")
@pytest.mark.parametrize("seed", range(4))
def test_p0fs_rows_of_random_syns(stock: hg.Database, stock_path: Path, tmp_path: Path, seed: int) -> None:
    packets = random_syns(seed)
    wanted = by_p0f(packets, stock_path, tmp_path)
    assert len(wanted) > 20
    assert ours(packets, stock) == wanted


def random_talks(seed: int) -> list[Packet]:
    """Connections with requests and answers. Servers name no date: p0f reads it at random."""
    rng, found = Random(seed), list[Packet]()
    heads = (
        "Host: x\r\n",
        f"Foo: x\r\nUser-Agent: {WINDOWS}\r\nHost: x\r\n",
        "Host: x\r\nVia: a\r\n",
        FIREFOX.format(LINUX, "fr,en;q=0.5"),
        FIREFOX.format(WINDOWS, "fr,en;q=0.5"),
        FIREFOX.format("curl/8.0", "fr,en;q=0.5"),
        MSIE,
    )
    lines = (NGINX, APACHE_1, APACHE_2)
    for number in range(60):
        answer = rng.choice(lines).replace("|", "\r\n") + ("\r\nVia: p" if rng.random() < 0.05 else "")
        found += talk((START + number) * NS, rng.choice(heads), answer, 40000 + 2 * number)
    return found


@pytest.mark.skipif(program() is None, reason="p0f is not installed")
@pytest.mark.parametrize("seed", range(4))
def test_p0fs_rows_of_random_talks(stock: hg.Database, stock_path: Path, tmp_path: Path, seed: int) -> None:
    packets = random_talks(seed)
    wanted = by_p0f(packets, stock_path, tmp_path)
    assert set(wanted) == {HOST, SERVER}
    assert ours(packets, stock) == wanted


def test_a_row_of_a_log_is_read() -> None:
    """What the two tests above compare with."""
    from tests.hosts.changes_by_p0f import rows_of

    line = (
        "[2027/01/15 08:00:01] mod=ip sharing|cli=192.0.2.1/40001|srv=198.51.100.1/80|subj=srv|"
        "reason=via date|raw_hits=3,3,3,4"
    )
    assert rows_of([line]) == {
        "198.51.100.1": [ReportedChange(1_800_000_001, "ip_sharing", "server", "via date", "3,3,3,4")]
    }


def test_text_shows_the_latest_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "changes.pcap"
    path.write_bytes(pcap(seen(XP, NEW_LINUX, XP, ttls=(128, 64, 128)), linktype=101))
    assert main(["hosts", str(path)]) == 0
    assert "\n  Change: host change as client (os_diff), 2027-01-15 08:00:01\n" in capsys.readouterr().out
