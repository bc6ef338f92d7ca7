"""CrowdSec, fail2ban and nftables with our examples: they act on scans that connections prove only."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from textwrap import dedent
from urllib.request import Request, urlopen

import pytest

import huginn_cffi as hg
from tests.examples.acting import (
    EXAMPLES,
    PATIENCE_S,
    crowdsec,
    crowdsec_folder,
    elements,
    fail2ban,
    fail2ban_folder,
    open_ports,
    program,
    wait_for,
)
from tests.support import needs, tunnels
from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp
from tests.support.finding_rows import RAW, connects, enough, ports
from tests.support.network import CLIENT_IP4, CLIENT_IP6, SERVER_IP4, SERVER_IP6, Network, inside, network
from tests.support.packets import ACK, RST, ethernet
from tests.support.processes import capturing
from tests.support.scans import HOST

SCANNERS = ["2001:db8:7::9", "203.0.113.10", "203.0.113.9"]
ALLOWED = "192.0.2.1", "2001:db8::1"
FORGED, NAMED, FORGED_HERE = "203.0.113.66", "203.0.113.68", "10.90.0.77"
CONNECT_SCAN = """
import socket, sys
for port in range(1, 201):
    with socket.socket(socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET) as talk:
        talk.connect_ex((sys.argv[1], port))
"""


def rendered(packets: list[Packet], linktype: int = 101) -> list[str]:
    """All events, as the examples' command writes them, with the texts of others."""
    analyzer = hg.Analyzer(findings=True, host_names=True)
    batches = analyzer.batches(pcap(packets, linktype))
    return [line for batch in batches for line in batch.render("json").decode().splitlines()]


def finding(packets: list[Packet], handshake: str) -> str:
    (found,) = (line for line in rendered(packets) if f'"handshake":"{handshake}"' in line)
    return found


def hostile(proven: str) -> list[str]:
    """A device whose name ends the line and begins another, which is as that of a scanner."""
    event = json.loads(proven.replace(HOST, NAMED))
    for key in ("from_server", "community_id", "database", "schema_version"):
        del event[key]
    text = json.dumps(event | {"reason": ""}, separators=(",", ":")).replace("}", ",").encode()
    found = []
    for value in (b"\n" + text, text, b'"}\r\n' + text):
        name = dhcp.message(dhcp.option(12, value[:255]))
        found += rendered([(10**18, dhcp.from_client(name))], 1)
    assert len(found) == 3
    assert all(NAMED in line and "completed" in line for line in found)
    return found


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Everything that is to be acted on, and all that is not; the time is now."""
    connecting = connects(ports(200), enough, ACK, RST | ACK)
    proven = finding(connecting, "completed")
    carried = [
        (time, tunnels.carried(17, tunnels.udp(4789, tunnels.vxlan(ethernet(data)))))
        for time, data in connecting
    ]
    found = [*rendered(connecting)[:9], finding(RAW, "none").replace(HOST, FORGED)]
    found += [finding(carried, "completed").replace(HOST, FORGED), *hostile(proven)]
    found += [proven.replace(HOST, address) for address in (*ALLOWED, *SCANNERS)]
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.123456789Z")
    found = [f'{{"time":"{now}"{line[line.index(",") :]}' for line in found]
    assert all(json.loads(line)["time"] == now for line in found)
    return found


# ---- CrowdSec


def explained(config: Path, line: str, folder: Path) -> str:
    """The parsers' steps, as `cscli explain` has them written: that command's files have fixed names in /tmp,
    where another user's are in the way."""
    source, dumps = folder / "line.jsonl", folder / "dumps"
    source.write_text(line + "\n")
    dumps.mkdir()
    words = ["-c", str(config), "-type", "huginn", "-dsn", f"file://{source}", "-dump-data", str(dumps)]
    command = [program("crowdsec", "crowdsec"), *words, "-no-api"]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
    return (dumps / "parser-dump.yaml").read_text()


def test_crowdsec_decides_about_scanners(tmp_path: Path, lines: list[str]) -> None:
    """It follows the file; its decisions have our reason, and every parser has had its part."""
    config, events = crowdsec_folder(tmp_path), tmp_path / "events.jsonl"
    events.write_text("{}\n")
    with crowdsec(config, events, tmp_path) as rows:
        with events.open("a") as file:
            file.write("\n".join([*lines, ""]))
        wait_for(lambda: len(rows("select value from decisions")) >= len(SCANNERS), tmp_path / "crowdsec.log")
        found = rows("select value, scenario, type from decisions order by value")
        metas = [json.loads(text) for (text,) in rows("select serialized from events")]
        steps = explained(config, lines[-1], tmp_path)
    assert [name for name in ("huginn/raw", "huginn/findings", "huginn/time") if name not in steps] == []
    assert found == [(address, "huginn/scan", "ban") for address in SCANNERS]
    assert len(metas) == len(SCANNERS)
    for meta in metas:
        values = {one["key"]: one["value"] for one in meta}
        assert (values["handshake"], values["reason"]) == ("completed", "scanned many ports of an address")


def test_crowdsecs_dry_run_blocks_nobody(tmp_path: Path, lines: list[str]) -> None:
    """With the settings that our page gives for it: decisions are simulated, and a bouncer gets none."""
    config, events = crowdsec_folder(tmp_path), tmp_path / "events.jsonl"
    page = (EXAMPLES / "crowdsec" / "README.md").read_text()
    (settings,) = re.findall(r"```yaml\n( *simulation: .*?) *```", page, re.DOTALL)
    (config.parent / "simulation.yaml").write_text(dedent(settings))
    cscli = [program("cscli", "crowdsec"), "-c", str(config)]
    added = subprocess.run([*cscli, "bouncers", "add", "ours", "-o", "raw"], capture_output=True, text=True)
    url = (config.parent / "local_api_credentials.yaml").read_text().split("url: ")[1].split()[0]
    asked = Request(f"{url}/v1/decisions", headers={"X-Api-Key": added.stdout.strip()})
    events.write_text("{}\n")
    with crowdsec(config, events, tmp_path) as rows:
        with events.open("a") as file:
            file.write("\n".join([*lines, ""]))
        wait_for(lambda: len(rows("select value from decisions")) >= len(SCANNERS), tmp_path / "crowdsec.log")
        listed = subprocess.run([*cscli, "decisions", "list", "-o", "json"], capture_output=True, check=True)
        with urlopen(asked, timeout=PATIENCE_S) as answer:
            given = json.load(answer)
    decisions = [one for alert in json.loads(listed.stdout) for one in alert["decisions"]]
    assert sorted(one["value"] for one in decisions) == SCANNERS
    assert [one["simulated"] for one in decisions] == [True] * len(SCANNERS)
    assert given is None


def test_crowdsec_tells_of_three_different_findings_without_a_decision(
    tmp_path: Path, lines: list[str]
) -> None:
    """Not of two that come again and again, nor of a host that is allowed, which come first."""
    unproven = next(line for line in lines if FORGED in line and '"none"' in line)

    def found(host: str, *kinds: str) -> list[str]:
        return [unproven.replace(FORGED, host).replace("vertical_scan", kind) for kind in kinds]

    three = "scanner", "client_mismatch", "forged_packets"
    config, events = crowdsec_folder(tmp_path), tmp_path / "events.jsonl"
    shutil.copy(EXAMPLES / "crowdsec" / "alerts" / "huginn-findings.yaml", config.parent / "scenarios")
    told = [*found(SCANNERS[0], *three[:2] * 3), *found(ALLOWED[0], *three)]
    told += [*found(SCANNERS[1], *three), *found(SCANNERS[2], *three)]
    events.write_text("{}\n")
    with crowdsec(config, events, tmp_path) as rows:
        with events.open("a") as file:
            file.write("\n".join([*told, ""]))
        wait_for(lambda: len(rows("select id from alerts")) >= 2, tmp_path / "crowdsec.log")
        alerts = sorted(rows("select scenario, source_ip from alerts"))
        assert alerts == [("huginn/findings", host) for host in SCANNERS[1:]]
        assert rows("select value from decisions") == []


# ---- fail2ban


def test_fail2bans_filter_matches_scanners_and_no_other_line(tmp_path: Path, lines: list[str]) -> None:
    folder, log = fail2ban_folder(tmp_path), tmp_path / "events.jsonl"
    log.write_text("\n".join([*lines, ""]))
    command = [program("fail2ban-regex", "fail2ban"), "-c", str(folder), "-o", "ip", str(log), "huginn"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    assert sorted(done.stdout.split()) == sorted([*ALLOWED, *SCANNERS])


def test_fail2bans_ban_is_of_all_protocols(tmp_path: Path) -> None:
    folder = fail2ban_folder(tmp_path)
    jail = folder / "jail.d/huginn.conf"
    jail.write_text(jail.read_text().replace("\naction =\n", "\n"))  # the end of the dry run
    (folder / "jail.d/here.local").write_text(f"[huginn]\nlogpath = {jail}\n")
    done = subprocess.run(
        [program("fail2ban-client", "fail2ban"), "-c", str(folder), "-d"], capture_output=True, text=True
    )
    assert r"meta l4proto \\{ tcp,udp,icmp,ipv6-icmp \\} <addr_family> saddr @<addr_set> " in done.stdout


def test_fail2bans_jail_bans_scanners_that_are_not_allowed(tmp_path: Path, lines: list[str]) -> None:
    """Its own server, in the dry run that the file begins with."""
    folder, log = fail2ban_folder(tmp_path), tmp_path / "events.jsonl"
    log.write_text("")
    with fail2ban(folder, log, tmp_path) as banned:
        with log.open("a") as file:
            file.write("\n".join([*lines, ""]))
        wait_for(lambda: len(banned()) >= len(SCANNERS), tmp_path / "fail2ban.log")
        assert banned() == SCANNERS


# ---- nftables


@pytest.fixture
def wire() -> Iterator[Network]:
    program("nft", "nftables")
    with network(tagged=False) as made:
        loaded = inside(made.server, ["nft", "-f", str(EXAMPLES / "nftables" / "huginn.nft")])
        done = subprocess.run(loaded, capture_output=True, text=True)
        if done.returncode != 0:
            pytest.skip(f"the kernel has no nftables: {done.stderr.splitlines()[0]}")
        yield made


def unproven(written: Path) -> set[str]:
    """Who scanned, maybe."""
    lines = written.read_text().splitlines()
    return {
        line.partition('"src_ip":"')[2].partition('"')[0] for line in lines if '"handshake":"none"' in line
    }


def block(wire: Network, text: str, *words: str) -> str:
    command = inside(wire.server, [sys.executable, str(EXAMPLES / "nftables" / "block.py"), *words])
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    return done.stdout


def test_nftables_has_scanners_after_a_dry_run(wire: Network, lines: list[str]) -> None:
    own = [lines[-1].replace(SCANNERS[-1], address) for address in (SERVER_IP4, SERVER_IP6)]
    text = "\n".join([*lines, *own, "no JSON", "{}", ""])
    allow = [word for address in ALLOWED for word in ("--allow", address)]
    said = block(wire, text, *allow)
    assert sorted(said.splitlines()) == sorted(
        [f"would be blocked: {one}" for one in SCANNERS]
        + [f"allowed: {one}" for one in (*ALLOWED, SERVER_IP4, SERVER_IP6)]
    )
    assert elements(wire.server) == []
    assert "would be" not in block(wire, text, *allow, "--block")
    assert elements(wire.server) == SCANNERS
    again = ["nft", "-f", str(EXAMPLES / "nftables" / "huginn.nft")]
    subprocess.run(inside(wire.server, again), check=True)
    assert elements(wire.server) == SCANNERS, "loading the rules again keeps them"


def test_a_set_that_is_full_takes_no_more(wire: Network, lines: list[str]) -> None:
    """Fewer are enough to see it: the size is in the rules."""
    rules = (EXAMPLES / "nftables" / "huginn.nft").read_text()
    assert rules.count("size 4096") == rules.count("timeout 4h") == 2
    smaller = "delete table inet huginn\n" + rules.replace("size 4096", "size 2")
    subprocess.run(inside(wire.server, ["nft", "-f", "-"]), input=smaller, text=True, check=True)
    many = [lines[-1].replace(SCANNERS[-1], f"203.0.113.{number}") for number in range(100, 110)]
    said = block(wire, "\n".join([*many, ""]), "--block")
    assert elements(wire.server) == ["203.0.113.100", "203.0.113.101"]
    assert said == "blocked: 203.0.113.100\nblocked: 203.0.113.101\n"


@pytest.mark.parametrize(("status", "calls", "blocked"), [(0, 10, 1000), (1, 40, 0)])
def test_a_flood_takes_few_calls_and_only_success_is_told(
    tmp_path: Path, lines: list[str], status: int, calls: int, blocked: int
) -> None:
    """By a program in place of nft. A pipe holds 64 KiB, more than a hundred events."""
    program("ip", "iproute2")
    stand_in, called = tmp_path / "nft", tmp_path / "called"
    stand_in.write_text(f'#!/bin/sh\necho "$@" >>{called}\nexit {status}\n')
    stand_in.chmod(0o755)
    many = [lines[-1].replace(SCANNERS[-1], f"198.18.{n // 250}.{n % 250}") for n in range(1000)]
    flood = tmp_path / "flood"
    flood.write_text("\n".join([*many, ""]))
    command = [sys.executable, str(EXAMPLES / "nftables" / "block.py"), "--block"]
    paths = f"{tmp_path}:/usr/sbin:/sbin:{os.environ['PATH']}"
    with flood.open() as file:
        done = subprocess.run(
            command, stdin=file, capture_output=True, text=True, env={**os.environ, "PATH": paths}
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("blocked: 198.18.") == blocked
    assert len(called.read_text().splitlines()) < calls
    assert called.read_text().splitlines()[0].startswith("add element inet huginn scanners4 { 198.18.0.0, ")


@pytest.mark.parametrize(("target", "client"), [(SERVER_IP4, CLIENT_IP4), (SERVER_IP6, CLIENT_IP6)])
def test_a_scan_over_connections_is_blocked_and_nothing_else(
    wire: Network, tmp_path: Path, target: str, client: str
) -> None:
    """First requests, raw SYNs and forged ones; then what completes its connections."""
    nmap = shutil.which("nmap")
    version = ["-6"] if ":" in target else []
    raw = [*version, "-n", "-Pn", "-p", "1-200", "-T5", "--max-retries", "0", target]
    options = ("--format", "json", "--events", "scan", "--no-decapsulate", "cable")
    written = tmp_path / "capture.out"
    with capturing(wire.server, *options, folder=tmp_path):
        wire.connect(target)
        if nmap is not None and not version:
            needs.root()
            # forged ones, which nobody answers, are a scan when others follow after a second
            forging = ["-sS", "-D", f"{FORGED_HERE},ME", "--max-rate", "100", *raw]
            subprocess.run(inside(wire.client, [nmap, *forging]), check=True, capture_output=True)
            wait_for(lambda: unproven(written) == {FORGED_HERE, client}, written)
        block(wire, written.read_text(), "--block")
        assert elements(wire.server) == []
        with open_ports(wire, target):
            scan = [sys.executable, "-c", CONNECT_SCAN, target]
            words = scan if nmap is None else [nmap, "-sT", *raw]
            subprocess.run(inside(wire.client, words), check=True, capture_output=True)
            wait_for(lambda: '"handshake":"completed"' in written.read_text(), written)
    block(wire, written.read_text(), "--block")
    assert elements(wire.server) == [client]
    with pytest.raises(subprocess.CalledProcessError):
        wire.connect(target)
