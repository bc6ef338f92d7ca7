"""Readers of announcements beside tshark: ``python -m tools.bench.announcements``, a table in Markdown.

Each capture has ordinary messages of one protocol (those of ``tools.bench.adversarial``). Both programs read
it from the file in turn; rates are by processor time, the median of the rounds. tshark shows one field of the
protocol, and its start, measured on an empty capture, does not count. Beside them stands the plain path: the
same capture with readers of TCP alone, which skip all of it but handshakes.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time

from huginn_cffi import Analyzer
from tests.devices import smb
from tests.devices.made import ETHERNET
from tests.support.captures import pcap
from tools.bench.adversarial import devices
from tools.bench.adversarial.model import CostlyInput

STEP_NS = 100_000
PACKETS_OF_SESSION = 4
FILTERS = {
    devices.DHCP: ("dhcp", "dhcp", "dhcp.option.vendor_class_id"),
    devices.MDNS: ("mdns", "mdns", "dns.txt"),
    devices.SSDP: ("ssdp", "ssdp", "http.server"),
    devices.NETBIOS: ("netbios", "browser", "browser.os_major"),
    devices.SMB: ("smb", "smb2.cmd == 1", "ntlmssp.version.build_number"),
    devices.NEIGHBOURS: ("lldp", "lldp", "lldp.tlv.system.desc"),
}
"""By the ordinary message: the protocol, and tshark's filter and field."""


def capture_of(one: CostlyInput, packets: int) -> bytes:
    """So many packets: those of the input again and again."""
    if one.name == devices.SMB:
        made = devices.session(smb.setup2(smb.negotiate()), count=packets // PACKETS_OF_SESSION)()
    else:
        made = one.make()
    frames = [*made.before, *made.costly]
    again = (frames[number % len(frames)] for number in range(packets))
    return pcap([(number * STEP_NS, frame) for number, frame in enumerate(again)], ETHERNET)


def ours(path: Path, protocol: str) -> tuple[float, int]:
    """Seconds, and events, to columns."""
    analyzer = Analyzer(protocols=(protocol,))
    began = process_time()
    for _ in analyzer.batches(str(path)):
        pass
    return process_time() - began, analyzer.stats.events


def theirs(path: Path, wanted: str, field: str) -> tuple[float, int]:
    """Seconds of tshark, and the packets that it shows."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["tshark", "-n", "-r", str(path), "-Y", wanted, "-T", "fields", "-e", field]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, len(done.stdout.splitlines())


def measured(one: CostlyInput, folder: Path, packets: int, rounds: int) -> str:
    """A line of the table."""
    protocol, wanted, field = FILTERS[one.name]
    path, empty = folder / "in.pcap", folder / "empty.pcap"
    path.write_bytes(capture_of(one, packets))
    empty.write_bytes(pcap([], ETHERNET))
    found = [
        (ours(path, protocol), ours(path, "tcp"), theirs(path, wanted, field), theirs(empty, wanted, field))
        for _ in range(rounds)
    ]
    own = median(reading[0] for reading, *_ in found)
    plain = median(skipping[0] for _, skipping, *_ in found)
    other = median(reading[0] - start[0] for *_, reading, start in found)
    events = found[0][0][1]
    return (
        f"| {one.name} | {packets / own:,.0f} | {events:,} | {packets / plain:,.0f} | "
        f"{packets / other:,.0f} | {other / own:,.0f} x |"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 without tshark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--packets", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    if shutil.which("tshark") is None:
        print("announcements: tshark is not installed", file=sys.stderr)
        return 2
    print("| message | packets/s | events | skipped, packets/s | tshark, packets/s | ratio |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for one in devices.BASELINES:
            print(measured(one, Path(name), given.packets, given.rounds), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
