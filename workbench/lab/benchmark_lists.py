"""Makes the lists of the benchmark: ``python -m workbench.lab.benchmark_lists SHARED``.

SHARED has the folders corpus (manifest.csv, labels.csv), devices (devices.csv), http-tls and facts. tshark
reads the systems that Chrome announced over QUIC, and which devices own their address alone.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from huginn_workbench.benchmark.lists import FIELDS, LABELS, SOURCES, CaptureSource, HostLabel
from huginn_workbench.evaluation.labels import truth

Row: TypeAlias = dict[str, str]
AGENTS = ("gquic.tag.uaid", "tls.quic.parameter.google.user_agent")
ANNOUNCED = (
    (r"^(?:\w+ )?Chrome/\S+ Windows NT 10\.0", "Windows", "10/11"),
    (r"^(?:\w+ )?Chrome/\S+ Windows NT 6\.1", "Windows", "7/2008R2"),
    (r"^(?:\w+ )?Chrome/\S+ Intel Mac OS X 10_15", "macOS", ""),
    (r"^(?:\w+ )?Chrome/\S+ Intel Mac OS X (\d+)_(\d+)", "macOS", r"\1.\2"),
    (r"^(?:\w+ )?Chrome/\S+ Android ([\d.]+)", "Android", r"\1"),
    (r"^(?:\w+ )?Chrome/\S+ Linux", "Linux", ""),
)
"""Chrome's User-Agents. Windows 11 says 10.0 too, and macOS from 11 on says 10.15, so that is no version."""

HANDSHAKES = {"request": "SYN", "response": "SYN+ACK"}
ANNOUNCEMENTS = ("dhcp", "dhcpv6", "mdns", "ssdp", "nbns", "smb", "ssh", "http", "tls", "lldp_cdp")


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def announced_over_quic(captures: Iterable[Path]) -> Iterator[tuple[str, str, str, str, str]]:
    """Capture, address, family, version and year of each host that announces one system."""
    for capture in captures:
        command = ["tshark", "-n", "-r", str(capture), "-Y", " or ".join(AGENTS), "-T", "fields"]
        for name in ("frame.time_epoch", "ip.src", "ipv6.src", *AGENTS):
            command += ["-e", name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for line in done.stdout.splitlines():
            _, ip, ip6, *agents = line.split("\t")
            text = next(filter(None, agents))
            found = [
                (family, match.expand(version))
                for pattern, family, version in ANNOUNCED
                if (match := re.match(pattern, text))
            ]
            said[ip or ip6].add(found[0] if found else ("", ""))
        year = str(1970 + int(float(done.stdout.partition(".")[0] or 0) // 31556952))
        for host, systems in said.items():
            family, version = min(systems)
            if len(systems) == 1 and family:
                yield capture.name, host, family, version, year


@cache
def senders(capture: Path) -> dict[str, set[str]]:
    """The MACs that sent packets from each address."""
    command = [
        "tshark",
        "-n",
        "-r",
        str(capture),
        "-T",
        "fields",
        "-e",
        "eth.src",
        "-e",
        "ip.src",
        "-e",
        "ipv6.src",
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for line in subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines():
        mac, *addresses = line.split("\t")
        for address in filter(None, addresses):
            found[address].add(mac)
    return found


class Lists:
    """The two lists while they are made. The first label of a host's field stays."""

    def __init__(self, shared: Path) -> None:
        corpus, quic = (rows(shared / name / "manifest.csv") for name in ("corpus", "http-tls/captures"))
        self.folder = shared
        self.devices = rows(shared / "devices" / "devices.csv")
        self.sources: dict[str, CaptureSource] = {}
        self.labels: dict[tuple[str, str, str], HostLabel] = {}
        self._known = {row["file"]: row for row in (*corpus, *quic)}
        self._by_sum = {row["sha256"]: row["file"] for row in (*corpus, *quic)}
        self._commits = {row["repo"]: row["commit"] for row in (*quic, *self.devices)}
        observed = rows(shared / "facts" / "observed.csv")
        self._of_rules = {name for row in observed for name in row["sources"].split()}
        self._of_rules |= {row["repo"].rpartition("/")[2] for row in self.devices}

    def add(
        self, capture: str, host: str, values: Row, evidence: str, certainty: str, handshake: str, year: str
    ) -> None:
        """The labels of a host. Rules count as written with a repository if it is among their evidence."""
        repository = self.sources[capture].repository
        rules = "yes" if {repository, repository.rpartition("/")[2]} & self._of_rules else "no"
        fields_of_first = ("type", "maker", "model") if (capture, host, "family") in self.labels else FIELDS
        for field in fields_of_first:
            if text := values.get(field):
                label = HostLabel(capture, host, field, text, evidence, certainty, rules, handshake, year)
                self.labels.setdefault((capture, host, field), label)

    def use(self, capture: str, shows: str) -> None:
        row = self._known[capture]
        repository = row.get("origin_repo") or row["repo"]
        path = row.get("path_in_repo") or row["path"]
        commit = row.get("commit") or self._commits.get(repository, "")
        self.sources.setdefault(
            capture,
            CaptureSource(capture, repository, commit, path, row["sha256"], "", row["licence"], shows),
        )

    def add_handshakes(self) -> None:
        """Senders of SYNs and SYN+ACKs. The label of a host is its least doubtful and most precise one."""
        hosts: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows(self.folder / "corpus" / "labels.csv"):
            hosts[row["file"], row["ip"]].append(row)
        for (capture, host), some in hosts.items():
            best = min(some, key=lambda row: (bool(row["suspect"]), row["strength"], -len(row["os_version"])))
            some = [row for row in some if bool(row["suspect"]) == bool(best["suspect"])]
            sent = {row["direction"] for row in some}
            packets = " and ".join(name for way, name in HANDSHAKES.items() if way in sent)
            certainty = "probable" if best["strength"] == "weak" else "certain"
            known = truth(best["os_family"], best["os_version"])
            family = best["os_family"] if best["os_family"] != "unknown" else min(known.families)
            values = {"family": family, "version": best["os_version"] if known.versions else ""}
            self.use(capture, "handshakes")
            self.add(
                *(capture, host, values, best["evidence_kind"]),
                "doubtful" if best["suspect"] else certainty,
                packets,
                best["year"],
            )

    def add_quic(self) -> None:
        """Clients that announce their system over QUIC."""
        captures = [
            path for path in (self.folder / "http-tls" / "captures").iterdir() if ".pcap" in path.name
        ]
        for capture, host, family, version, year in announced_over_quic(sorted(captures)):
            self.use(capture, "QUIC")
            values = {"family": family, "version": version}
            self.add(capture, host, values, "quic-user-agent", "certain", "", year)

    def add_devices(self) -> None:
        """Devices with announcements. A shortened copy of a listed capture is replaced by that capture."""
        folder = self.folder / "devices" / "captures"
        files = {
            path.name.rpartition("__")[2][:8]: path for path in sorted(folder.iterdir()) if "__" in path.name
        }
        for row in (row for row in self.devices if row["nth"] == "0"):
            path = files[row["sha256"][:8]]
            capture = self._by_sum.get(row["sha256"], path.name)
            shown = " ".join(name for name in ANNOUNCEMENTS if row[name] == "y")
            if capture in self._known:
                self.use(capture, shown)
            else:
                own = sha256(path.read_bytes()).hexdigest()
                origin = (row["repo"], row["commit"], row["path"], row["sha256"])
                cut = "" if own == row["sha256"] else own
                self.sources.setdefault(capture, CaptureSource(capture, *origin, cut, row["licence"], shown))
            certainty = {"sure": "certain"}.get(row["label_certainty"], "probable")
            evidence = "announced" if row["label_source"] == "announced" else "documentation"
            values = {"family": row["system"], **row}
            path = path if capture not in self._known else self.folder / "corpus" / capture
            is_own = senders(path).get(row["ip"]) == {row["mac"]}
            self.add(capture, row["ip"] if is_own else row["mac"], values, evidence, certainty, "", "")


def write(
    path: Path, kind: type[CaptureSource] | type[HostLabel], values: Sequence[CaptureSource | HostLabel]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(one.name for one in fields(kind))
        writer.writerows(sorted(map(astuple, values)))
    print(f"{path.name}: {len(values)} rows", file=sys.stderr)


def main() -> None:
    lists = Lists(Path(sys.argv[1]))
    lists.add_handshakes()
    lists.add_quic()
    lists.add_devices()
    write(SOURCES, CaptureSource, [*lists.sources.values()])
    write(LABELS, HostLabel, [*lists.labels.values()])


if __name__ == "__main__":
    main()
