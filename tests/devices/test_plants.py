"""Machines in captures of other projects: the identities that tshark decodes there."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.run.results import AnnouncementObservation
from tests.devices.test_tshark import BETWEEN, tshark
from tests.support.needs import missing


def test_identities_in_captures(corpus: Path) -> None:
    """BACnet's instances stay in the evidence where a model is known. A revision of 1027 is 4.3."""
    cases = corpus.parent / "cases" / "plants"
    if not cases.exists():
        missing("no shared/cases/plants beside the checkout")
    wanted: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with (cases / "expected.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wanted[row["capture"]].append(row)
    lacking = []
    for name, rows in wanted.items():
        path = cases / name
        found = [*hg.Analyzer().read(path if path.exists() else corpus / name).hosts]
        for row in rows:
            devices = [
                one.device for one in found if row["address"] in (one.ip, "(the server)") and one.device
            ]
            models = {one.model for device in devices for one in device.evidence}
            versions = {device.version for device in devices}
            version = "4.3" if row["version"] == "1027" else row["version"]
            is_found = row["model"].replace(
                "instance", "BACnet instance"
            ) in models and version in versions | {""}
            if not is_found or (row["maker"] and not any(device.manufacturer for device in devices)):
                lacking.append(row)
    assert (sum(map(len, wanted.values())), lacking) == (41, [])


# ---- tshark's fields


CAPTURES = (
    "ICS-Security-Tools__8d7c7db0-9804-012b-b2a6-0016cb8cea27.pcap",
    "icsnpp-bacnet__bacnet_example.pcap",
    "icsnpp-enip__enip_cip_example.pcap",
    "icsnpp-s7comm__s7ident.pcap",
    "nDPI__opc-ua.pcap",
    "ICS-Security-Tools__TestDissectIec104.pcap",
    "ICS-Security-Tools__c37118_1100_unclean.pcap",
    "ICS-Security-Tools__dnp3_read.pcap",
    "ICS-Security-Tools__iec61850_read.pcap",
    "ICS-Security-Tools__modbusSmall.pcap",
    "arkime__modbus.pcap",
    "arkime__mqtt_big.pcap",
    "arkime__s7comm_synthetic.pcap",
    "nDPI__beckhoff_ads.pcapng",
    "nDPI__fins.pcap",
    "nfstream__dnp3.pcap",
)
STATED = {
    "bacnet": ("bacapp.vendor_identifier", "bacapp.instance_number"),
    "enip vendor": ("enip.lir.vendor",),
    "enip type": ("enip.lir.devtype",),
    "enip product": ("enip.lir.name",),
    "mms vendor": ("mms.vendorName",),
    "mms model": ("mms.modelName",),
    "mms revision": ("mms.revision",),
    "fins model": ("omron.controller.model",),
    "fins version": ("omron.controller.version",),
    "opcua product": ("opcua.ProductUri",),
    "ads device": ("ams.ads_devicename",),
    "s7 module": ("s7comm.szl.001c.0007.cputypname",),
}
"""The first words of a statement, and tshark's fields with its value."""

FRAMES = {
    "modbus": "modbus",
    "dnp3": "dnp3",
    "iec104": "iec60870_104",
    "s7": "s7comm",
    "mms": "mms",
    "enip": "enip",
    "fins": "omron",
    "opcua": "opcua",
    "mqtt": "mqtt",
    "ads": "ams",
    "c37118": "synphasor",
    "bacnet": "bacapp",
}
"""tshark's word for the protocol of a role."""

PORTS = {"102", "502", "1883", "2404", "4712", "4840", "9600", "20000", "44818", "47808", "48898"}
"""Of servers (IANA, service names and ports; tshark decodes by them)."""

ALONE = {("10.4.14.102", "fins model", 20 * "A"), ("10.4.14.102", "fins version", 20 * "B")}
"""What tshark decodes alone: see the test."""


def plain(value: str) -> str:
    """A value as both programs write it: numbers in decimal, texts without padding."""
    text = value.strip(" \0")
    return str(int(text, 16)) if text.startswith("0x") else text


def decoded(path: Path) -> tuple[set[tuple[str, ...]], set[tuple[str, str, str]]]:
    """By tshark: who states what, and who sends frames of which protocol from and to the port of a server."""
    fields = [field for one in STATED.values() for field in one]
    ends = ("frame.protocols", "ip.src", "tcp.srcport", "udp.srcport")
    stated, roles = set(), set()
    for protocols, source, tcp, udp, *values in tshark(
        path, " || ".join(FRAMES.values()), *ends, *fields
    ).values():
        found = dict(zip(fields, values, strict=True))
        address = source.split(BETWEEN)[-1]
        for words, wanted in STATED.items():
            columns = [found[field].split(BETWEEN) for field in wanted if found[field]]
            if len(columns) == len(wanted):
                stated |= {(address, words, *map(plain, row)) for row in zip(*columns, strict=False)}
        is_server = (tcp or udp) in PORTS
        for protocol, word in FRAMES.items():
            if word in protocols.split(BETWEEN)[-1].split(":"):
                roles.add((address, protocol, "server" if is_server else "client"))
    return stated, roles


def observed(path: Path) -> tuple[set[tuple[str, ...]], set[tuple[str, str, str]]]:
    """The same by this project."""
    stated, roles = set(), set()
    for result in hg.Analyzer(None, protocols=("industrial",)).analyze_pcap(path):
        found = result.announcement
        if not isinstance(found, AnnouncementObservation):
            continue
        for text in found.announced:
            protocol, word, *value = text.removeprefix("industrial ").split(" ", 2)
            if protocol == "bacnet" and word == "vendor" and " instance " in value[0]:
                stated.add((found.source.ip, protocol, *value[0].split(" instance ")))
            elif f"{protocol} {word}" in STATED:
                stated.add((found.source.ip, f"{protocol} {word}", *value))
            elif word in ("server", "client"):
                roles.add((found.source.ip, protocol, word))
    return stated, roles


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is absent")
def test_statements_and_roles_as_tshark_decodes_them(corpus: Path) -> None:
    """tshark decodes by port. The answers of 10.4.14.102 go to FINS's port, so they are no server's."""
    cases = corpus.parent / "cases" / "plants"
    all_roles = 0
    for name in CAPTURES:
        path = cases / name if (cases / name).exists() else corpus / name
        if not path.exists():
            missing(f"no {name} beside the checkout")
        wanted, frames = decoded(path)
        stated, roles = observed(path)
        assert (name, stated) == (name, wanted - ALONE)
        assert (name, roles - frames) == (name, set())
        all_roles += len(roles)
    assert all_roles >= 40
