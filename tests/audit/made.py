"""Policies and stores made for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from huginn_cffi.hosts.objects import Evidence
from huginn_cffi.store.writer import Writer
from tests.support.hosts import BEGAN, UNKNOWN, conclusion, host, port, sighting, source_of

DAY = 86_400 * 10**9
Printed = pytest.CaptureFixture[str]


def rule(name: str, require: str, **others: str) -> str:
    """A rule; the values of others are TOML."""
    lines = ["[[rule]]", f'name = "{name}"', f'require = "{require}"']
    return "\n".join([*lines, *(f"{key.rstrip('_')} = {value}" for key, value in others.items())])


def policy(folder: Path, *rules: str) -> str:
    path = folder / "policy.toml"
    path.write_text("\n\n".join(rules), encoding="utf-8")
    return str(path)


def use(flavor: str, protocol: str = "TLS") -> Any:
    return sighting("cryptography", protocol, flavor, role="server", confidence=None)


SYN = (Evidence("syn", "a system", 1, BEGAN, BEGAN, "segment", "agrees"),)
HOSTS = (
    host("192.0.2.1", evidence=SYN, mac="00:00:5e:00:53:01", ports=(port(443, "server"), port(23, "server"))),
    host(
        "192.0.2.2",
        evidence=SYN,
        **conclusion("Windows", "11", 0.99),
        version_confidence=0.97,
        mac="00:00:5e:00:53:02",
    ),
    host(
        "192.0.2.3",
        evidence=SYN,
        **conclusion("Windows", "7", 0.99),
        version_confidence=0.97,
        ports=(port(443, "server"),),
    ),
    host(
        "192.0.2.4",
        evidence=SYN,
        **conclusion("Windows", "7", 0.6),
        version_confidence=0.6,
        last_seen_ns=BEGAN + 20 * DAY,
    ),
    host("192.0.2.5", **UNKNOWN, mac="00:00:5e:00:53:05"),
)
CRYPTOGRAPHY = (
    host("192.0.2.1", sightings=(use("TLS 1.3, X25519MLKEM768, TLS_AES_256_GCM_SHA384"),)),
    host("192.0.2.2", sightings=(use("TLS 1.0, secp256r1, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),)),
    host("192.0.2.3", sightings=(use("curve25519-sha256", "SSH"),)),
)


def store(folder: Path, *hosts: Any) -> str:
    path = str(folder / "hosts.sqlite")
    Writer(path, "gate", source_of([*hosts])).close()
    return path


def audited(printed: Printed, *words: str) -> tuple[int, list[str]]:
    """The exit status, and the lines without commands."""
    status = main(["audit", *words])
    return status, [line.partition("  # ")[0] for line in printed.readouterr().out.splitlines()]
