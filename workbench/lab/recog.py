"""Generates ``98-recog.fp``: ``python -m workbench.lab.recog FOLDER``; FOLDER has files of rapid7/recog.

Leaves out texts that the other files of the default database already name, and models that other makers
imitate (Samba and netatalk announce Xserve and Time Capsule, receivers of AirPlay an Apple TV).
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import huginn_cffi as hg
from huginn_workbench.core import explain_device
from huginn_workbench.recog import RecogSignature, convert_recog, fp_text
from sigcompiler.reading.parser import parse_files

DATA = Path(hg.__file__).parent / "data"
TARGET = DATA / "98-recog.fp"
FILES = (
    *("dhcp_vendor_class", "mdns_device-info_txt", "smb_native_os", "smb_native_lm", "snmp_sysdescr"),
    *("sip_banners", "sip_user_agents", "rtsp_servers"),
)
IMITATED = re.compile(
    r"model=(Xserve|RackMac|TimeCapsule|AppleTV|AudioAccessory|AirPort)|AAPLBSDPC|osxvers="
    r"|sip (M5T|IPDECT|Grandstream|<model> |\*)|sip Huawei$|dhcp-class Cisco <model>$"
    r"|description (Siemens, SI|<model>, \*, Linux|Meraki|Cisco IOS Software\*|H3C"
    r"|Juniper (\* |Networks, Inc. <model>))"
)
"""Models that other makers imitate or that `97-devices.fp` names by rule; texts that several kinds share: not
all devices of SIMATIC are computers with Windows."""

SPELLINGS = {"AXIS": "Axis", "Kyocera Mita": "Kyocera", "Oki": "OKI", "TP-LINK": "TP-Link"}
"""Makers that the other files spell in another way."""

TYPES = {
    "server": r"Hardware:.*UCOS|3COM VCX|DEFINITY|PR:CS 1000|Nortel.*(Server|VGMC)|SNMP agent for HiPath 3000"
    r"|WLSE|Palo Alto Networks Panorama|Juniper Networks, Inc\. SRC|APC InfraStruXure M|Mitel Border",
    "wireless-controller": r"Cisco Controller|Juniper Networks, Inc MX-|HiPath Wireless Access C|Symbol WS",
    "router": r"HUAWEI-3COM WBR|Netopia|Prestige 660|P-660HW|Juniper Networks.* Edge (Routing|Switch)",
    "switch": r"HPE? Comware.*Switch",
    "nas": r"HP StorageWorks VLS",
    "sensor": r"APC (Environmental|NetBotz)",
    "camera-recorder": r"(Panasonic )?WJ-HD",
    "other": r"APC - \*-port IP KVM|APC \* Rack PDU|Brocade.*TrafficWork|Recti|Ciena .*OPTICAL|CIENA .*Tra",
}
"""Our types of devices for which recog's word means a family: servers of calls are VoIP, too, controllers of
access points WAP, and sensors and rails of sockets Power Device."""


def _mended(one: RecogSignature) -> RecogSignature:
    """The signature with our spelling of its maker, and our type of its device."""
    kind, type_, maker, *rest = one.label.split(":")
    text = one.pattern.partition(" ")[2].removeprefix("sip ")
    type_ = next((name for name, words in TYPES.items() if re.match(words, text, re.I)), type_)
    return replace(one, label=":".join((kind, type_, SPELLINGS.get(maker, maker), *rest)))


def _says(database: hg.Database, one: RecogSignature) -> bool:
    """Whether a database already gives all these values for a fixed text."""
    kind, _, text = one.pattern.partition(" ")
    if re.search(r"[*?<\\]", text):
        return False
    found = explain_device(database, kind, text)
    values = one.label.split(":")[1:]
    own = (found.type, found.manufacturer, found.model, found.system, found.version)
    return found.match is not None and all(
        not value or value == said for value, said in zip(values, own, strict=True)
    )


def main(folder: Path) -> int:
    found = convert_recog(folder / f"{name}.xml" for name in FILES)
    rules = DATA / "97-devices.fp"
    database = hg.Database.compile(rules)
    lines = rules.read_text("utf-8").splitlines()
    known = {line.partition("= ")[2].lower() for line in lines if line.startswith("sig")}
    found.signatures = [
        one
        for one in map(_mended, found.signatures)
        if not IMITATED.search(one.pattern) and one.pattern.lower() not in known and not _says(database, one)
    ]
    while True:
        TARGET.write_text(fp_text(found), "utf-8")
        lines = TARGET.read_text("utf-8").splitlines()
        _, diagnostics = parse_files([str(rules), str(TARGET)])
        wrong = {lines[one.line - 1].partition("= ")[2] for one in diagnostics if one.file == str(TARGET)}
        if not wrong:
            break
        found.signatures = [one for one in found.signatures if one.pattern not in wrong]
    reasons = ", ".join(f"{reason} {count}" for reason, count in found.reasons.most_common() if count)
    print(f"{len(found.signatures)} signatures of {found.converted} of {found.fingerprints} fingerprints")
    print(f"not converted: {reasons}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
