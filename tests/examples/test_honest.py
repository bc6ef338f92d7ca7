"""A browser, curl and health checks, seen by all that acts; then scans, of which only one proves who sent it.

``HONEST_SECONDS=600 python -m pytest -n 0 -s tests/examples/test_honest.py`` as root looks for ten minutes,
prints how long each program took to act, and wants ten seconds at most.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.examples import honest
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
    running,
    wait_for,
)
from tests.support import needs
from tests.support.browser import FLAGS
from tests.support.network import Network, inside, ip, network
from tests.support.processes import capturing

SECONDS = os.environ.get("HONEST_SECONDS")
RAW, FORGED, SCANNER = "203.0.113.67", "203.0.113.77", "203.0.113.66"
"""Who sends SYNs alone, in whose name it does so, too, and who connects."""

SLOW = "--max-rate", "100"
"""Nobody answers forged SYNs: after a second, another one shows that they are a scan."""

CAPTURE = ("cable", "--no-decapsulate", "--format", "json", "--events", "scan", "--rotate-size", "64M")


def scan(wire: Network, *words: str) -> None:
    always = ("-e", "cable", "-n", "-Pn", "-p", "1-200", "-T5", "--max-retries", "0", "--host-timeout", "20s")
    command = [program("nmap", "nmap"), *words, *always, honest.SERVER]
    subprocess.run(inside(wire.client, command), check=True, capture_output=True, timeout=PATIENCE_S)


@contextmanager
def browsing(wire: Network, folder: Path) -> Iterator[None]:
    home = folder / "home"
    home.mkdir()
    words = [
        *FLAGS,
        f"--user-data-dir={home}",
        "--remote-debugging-port=0",
        f"http://{honest.SERVER}:{honest.PORT}/",
    ]
    command = inside(wire.client, [program("chromium", "chromium"), *words])
    with (folder / "browser.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(home)})
    try:
        yield
    finally:
        process.terminate()  # it ends its own processes
        process.wait(PATIENCE_S)


def test_honest_traffic_leads_to_nothing_and_a_scan_to_one_decision_each(tmp_path: Path) -> None:
    needs.root()
    for name in ("crowdsec", "fail2ban-server", "nft", "nmap", "chromium", "curl"):
        program(name, name.partition("-")[0])
    events, config, jails = tmp_path / "events.jsonl", crowdsec_folder(tmp_path), fail2ban_folder(tmp_path)
    jail = jails / "jail.d/huginn.conf"
    jail.write_text(jail.read_text().replace("\naction =\n", "\n"))  # the end of the dry run
    with network(tagged=False) as wire, ExitStack() as cleanup:
        for host in (honest.BROWSER, honest.CURL, honest.CHECKER, RAW, SCANNER):
            ip("-n", wire.client, "address", "add", f"{host}/24", "dev", "cable")
        for host in (honest.SERVER, *honest.SERVERS):
            ip("-n", wire.server, "address", "add", f"{host}/24", "dev", "cable")
        rules = ["nft", "-f", str(EXAMPLES / "nftables" / "huginn.nft")]
        subprocess.run(inside(wire.server, rules), check=True)
        capture = cleanup.enter_context(capturing(wire.server, *CAPTURE, "-o", str(events), folder=tmp_path))
        decided = cleanup.enter_context(crowdsec(config, events, tmp_path))
        banned = cleanup.enter_context(fail2ban(jails, events, tmp_path, inside(wire.server, [])))
        follow = f"tail --pid=$$ -n +1 -F {events}"  # it ends with the shell
        blocking = f"{follow} | {sys.executable} {EXAMPLES}/nftables/block.py --block"
        cleanup.enter_context(running(inside(wire.server, ["sh", "-c", blocking]), tmp_path / "block.log"))

        def hosts() -> dict[str, list[str]]:
            return {
                "CrowdSec": [value for (value,) in decided("select value from decisions")],
                "fail2ban": banned(),
                "nftables": elements(wire.server),
            }

        def scans() -> set[tuple[str, str]]:
            *lines, _ = events.read_text().split("\n")
            found = [json.loads(line) for line in lines]
            return {(one["src_ip"], one["handshake"]) for one in found if one["finding"].endswith("_scan")}

        module = [sys.executable, honest.__file__]
        served, rounds = tmp_path / "served", tmp_path / "rounds"

        def asked() -> Counter[str]:
            return Counter(line.split()[0] for line in served.read_text().splitlines()[1:])

        def all_asked() -> bool:
            return min(asked()[honest.BROWSER], asked()[honest.CHECKER]) > len(honest.SERVERS)

        cleanup.enter_context(running(inside(wire.server, [*module, "serve"]), served))
        wait_for(lambda: served.read_text(), served)
        with ExitStack() as ordinary:
            ordinary.enter_context(running(inside(wire.client, [*module, "check"]), rounds))
            ordinary.enter_context(browsing(wire, tmp_path))
            wait_for(lambda: "Chrome" in served.read_text() and "curl" in served.read_text(), served)
            time.sleep(float(SECONDS or 20))  # some rounds; each asks the same servers
            wait_for(all_asked, served)
        print("requests:", dict(asked()), "rounds:", len(rounds.read_text().splitlines()))
        assert set(asked()) == {honest.BROWSER, honest.CURL, honest.CHECKER}
        assert scans() == set()
        assert set(map(tuple, hosts().values())) == {()}

        with open_ports(wire, honest.SERVER):
            scan(wire, "-sS", "-S", RAW, "-D", f"{FORGED},ME", *SLOW)
            wait_for(lambda: {(RAW, "none"), (FORGED, "none")} <= scans(), events)
            began = time.monotonic()
            took = {}
            scan(wire, "-sT", "-S", SCANNER)

            def all_acted() -> bool:
                acted = [name for name, of in hosts().items() if of and name not in took]
                took.update(dict.fromkeys(acted, time.monotonic() - began))
                return len(took) == 3

            wait_for(all_acted, events)
        print("seconds from the start of the scan:", took)
        assert SECONDS is None or max(took.values()) < 10
        assert hosts() == {name: [SCANNER] for name in took}
        assert scans() - {(SCANNER, "none")} == {(RAW, "none"), (FORGED, "none"), (SCANNER, "completed")}
        rules = inside(wire.server, ["nft", "list", "table", "inet", "f2b-table"])
        wait_for(lambda: SCANNER.encode() in subprocess.run(rules, capture_output=True).stdout, jail)
        capture.stop()  # traffic continues, and who is blocked stays so
        for host, passes in ((honest.CURL, True), (SCANNER, False)):
            ask = ["curl", "-s", "-m", "5", "--interface", host, f"http://{honest.SERVER}:{honest.PORT}/"]
            status = subprocess.run(inside(wire.client, ask), capture_output=True).returncode
            assert (status == 0) == passes
