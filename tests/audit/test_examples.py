"""The example policies: a network that keeps each, and one that breaks each rule; and as cases of pytest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.applications.auditing.policy import read_policy
from huginn_cffi.base.errors import CaptureError
from huginn_cffi.cli import main
from huginn_cffi.hosts.objects import Ended, HostPeer
from huginn_cffi.testing import policy_cases
from tests.audit.made import Printed, policy, rule, store, use
from tests.support.hosts import BEGAN, conclusion, host, port
from tests.support.office import PATH

POLICIES = Path(__file__).resolve().parents[2] / "examples" / "policies"
SURE: dict[str, Any] = {**conclusion("Windows", "11", 0.99), "version_confidence": 0.98}
OLD_WINDOWS: dict[str, Any] = {**conclusion("Windows", "7", 0.99), "version_confidence": 0.98}
ENDED = Ended("system", "Windows 7", "2020-01-14", 0.98, ())


def peer(ip: str, direction: str, number: int) -> HostPeer:
    return HostPeer(ip, direction, number, None, 1, 1, BEGAN, BEGAN)  # type: ignore[arg-type]


def certificate(until: str) -> Any:
    return use(f"ml_dsa_87, ML-DSA-87, 2020-01-01T00:00:00Z, {until}, ab, -", "X.509")


def server(number: int) -> Any:
    return port(number, "server")


MODERN = use("TLS 1.3, SecP384r1MLKEM1024, TLS_AES_256_GCM_SHA384")
OLD_TLS = use("TLS 1.0, -, TLS_RSA_WITH_3DES_EDE_CBC_SHA")

GOOD = {
    "office": [host("192.0.2.1", local=True, **SURE, ports=(server(443),), sightings=(MODERN,))],
    "plant": [
        host("192.168.25.139", ports=(server(102),), peers=(peer("192.168.25.146", "from", 102),), systems=1),
        host("192.168.25.146", peers=(peer("192.168.25.139", "to", 102),)),
    ],
    "web-farm": [host("192.0.2.1", sightings=(MODERN, certificate("2030-01-01T00:00:00Z")))],
    "guests": [
        host("10.20.0.1", ports=(server(53),), peers=(peer("10.20.3.4", "from", 53),)),
        host("10.20.3.4", peers=(peer("10.20.0.1", "to", 53), peer("203.0.113.80", "to", 443))),
    ],
    "lab": [],
}
BAD = {
    "office": [
        *(
            host(
                "192.0.2.1",
                local=True,
                **OLD_WINDOWS,
                ended=(ENDED,),
                ports=(server(23),),
                sightings=(OLD_TLS,),
            ),
        ),
        host("192.0.2.2", local=True, **SURE, claimed_by="00:00:5e:00:53:99", findings=("port_scan",)),
    ],
    "plant": [
        host(
            "192.168.25.139",
            ports=(server(102), server(80)),
            peers=(peer("192.168.25.66", "from", 102), peer("203.0.113.1", "to", 443)),
            claimed_by="00:00:5e:00:53:99",
        )
    ],
    "web-farm": [host("192.0.2.1", sightings=(OLD_TLS, certificate("2021-01-01T00:00:00Z")))],
    "guests": [
        host(
            "10.20.3.4",
            ports=(server(8080),),
            peers=(peer("192.168.1.5", "to", 445), peer("10.20.3.5", "from", 8080)),
            findings=("address_scan",),
        )
    ],
    "lab": [
        host(
            "192.0.2.50",
            local=True,
            connections=0,
            ports=(server(23),),
            peers=(peer("203.0.113.1", "to", 443),),
            sightings=(OLD_TLS,),
        ),
        host("192.0.2.77", local=True),
    ],
}


def verdicts(printed: Printed, path: str, *words: str) -> dict[str, str]:
    main(["audit", path, *words, "--format", "json"])
    return {one["name"]: one["verdict"] for one in json.loads(printed.readouterr().out)["rules"]}


def path_of(name: str, folder: Path) -> str:
    return farm(folder, "2023-11-01") if name == "web-farm" else str(POLICIES / f"{name}.toml")


@pytest.mark.parametrize("name", ["office", "plant", "web-farm", "guests"])
def test_a_network_that_keeps_a_policy(tmp_path: Path, capsys: Printed, name: str) -> None:
    found = verdicts(capsys, path_of(name, tmp_path), "--store", store(tmp_path, *GOOD[name]))
    assert "fails" not in found.values()
    assert "passes" in found.values()
    # That a controller calls nobody, and that nobody calls a guest, is seen as no such row.
    assert set(found.values()) <= {"passes", "matched nothing"}


@pytest.mark.parametrize("name", list(BAD))
def test_a_network_that_breaks_each_rule(tmp_path: Path, capsys: Printed, name: str) -> None:
    found = verdicts(capsys, path_of(name, tmp_path), "--store", store(tmp_path, *BAD[name]))
    # The device of the lab sent no announcement: its manufacturer is not known.
    others = [one for one, verdict in found.items() if verdict != "fails"]
    assert others == (["It is the ordered device"] if name == "lab" else [])


def test_every_example_is_here() -> None:
    assert {path.stem for path in POLICIES.iterdir()} == BAD.keys() == GOOD.keys()
    for path in POLICIES.iterdir():
        assert len(read_policy(str(path))) >= 4


@pytest.mark.parametrize(("date", "verdict"), [("2027-01-01", "cannot be told"), ("2023-11-01", "fails")])
def test_a_date_of_the_web_farm(tmp_path: Path, capsys: Printed, date: str, verdict: str) -> None:
    """The server was seen in November 2023; CNSA 2.0 allows no hybrid key exchange with X25519."""
    kept = store(
        tmp_path, host("192.0.2.1", sightings=(use("TLS 1.3, X25519MLKEM768, TLS_AES_256_GCM_SHA384"),))
    )
    found = verdicts(capsys, farm(tmp_path, date), "--store", kept)
    assert (found["CNSA 2.0 for new systems"], found["Post-quantum key exchange"]) == (verdict, "passes")


def farm(folder: Path, date: str) -> str:
    """The policy with another date: a store has no times after today."""
    text = (POLICIES / "web-farm.toml").read_text(encoding="utf-8")
    assert text.count("2027-01-01") == 1
    return policy(folder, text.replace("2027-01-01", date))


CASES = f"""
import pytest
from huginn_cffi.testing import policy_cases

@pytest.mark.parametrize("rule", policy_cases("policy.toml", {str(PATH)!r}))
def test_policy(rule):
    rule.check()
"""


def test_rules_are_cases_of_pytest(tmp_path: Path) -> None:
    policy(
        tmp_path,
        rule("No telnet", "port != 23", of='"services"'),
        rule("No SSH", "port != 22", of='"services"'),
        rule("Known system", "family = 'Linux'", where="\"ip = '192.0.2.20'\""),
    )
    (tmp_path / "test_network.py").write_text(CASES)
    command = [sys.executable, "-m", "pytest", "-v", "-n", "0", "-p", "no:cacheprovider", "test_network.py"]
    environment = os.environ | {"PYTHONPATH": str(POLICIES.parents[1]), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    for words in (
        "test_network.py::test_policy[No telnet] PASSED",
        "test_network.py::test_policy[No SSH] FAILED",
        "test_network.py::test_policy[Known system] SKIPPED",
        "\nfails (medium): No SSH: 192.0.2.40 00:00:5e:00:53:40: port 22",
    ):
        assert words in done.stdout


def test_cases_of_a_store_and_wrong_sources(tmp_path: Path) -> None:
    path = policy(tmp_path, rule("a", "1"))
    [case] = policy_cases(path, store=store(tmp_path, host("192.0.2.1")))
    assert (case.id, case.values[0].verdict) == ("a", "passes")
    with pytest.raises(ValueError, match="name captures, or a store"):
        policy_cases(path)
    with pytest.raises(CaptureError):
        policy_cases(path, str(tmp_path / "missing.pcap"))
