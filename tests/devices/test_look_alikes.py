"""Devices whose announcements resemble those of others: each is what it is, or has no type."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from tests.devices.test_software import request as browser
from tests.support.captures import pcap
from tests.support.devices.calls import DEVICE, question
from tests.support.devices.dhcp import option
from tests.support.devices.made import MAC
from tests.support.devices.mdns import address, message, name, points, sent, text
from tests.support.devices.neighbours import capabilities, lldp_frame, tlv
from tests.support.devices.requests import ANDROID, WINDOWS, request

BRIDGE, ROUTER, WLAN, TELEPHONE, STATION = 4, 16, 8, 32, 128
"""Capabilities of LLDP."""


def cisco(image: str, *, bits: int = BRIDGE, train: str = "") -> list[bytes]:
    """The description with which IOS fills LLDP; all of them end alike."""
    said = f"Cisco IOS Software{train}, {image}, Version 15.2(7)E3, RELEASE SOFTWARE (fc3)\n"
    said += "Copyright (c) 1986-2020 by Cisco Systems, Inc.\nCompiled Mon 01-Jan-20 by prod_rel_team"
    return described(said, bits)


def described(said: str, bits: int) -> list[bytes]:
    return [lldp_frame(tlv(6, said.encode()), capabilities(bits))]


def leased(*options: bytes, card: str = MAC) -> list[bytes]:
    return [request(*options, ip=DEVICE, mac=card)]


def offered(*services: tuple[str, bytes]) -> list[bytes]:
    """Services in mDNS, with a key each."""
    return [
        sent(message(points(kind, "a"), text("a", kind, *filter(None, [key]))), source=DEVICE)
        for kind, key in services
    ]


def asked(service: str) -> list[bytes]:
    return [sent(question(name(service), flags=0, kind=12), source=DEVICE)] * 4


AMAZON = "fc:a1:83:00:53:01"
CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/95.0 Mobile Safari/537.36"
UBUNTU = "Ubuntu 24.04.3 LTS Linux 6.8.0-60-generic #63-Ubuntu SMP PREEMPT_DYNAMIC x86_64"
PROXMOX = "Debian GNU/Linux 12 (bookworm) Linux 6.5.11-7-pve #1 SMP PREEMPT_DYNAMIC PMX x86_64"
NO_TYPE = ""

CASES = {
    "Cisco switch": (cisco("C2960X Software (C2960X-UNIVERSALK9-M)"), "switch"),
    "Cisco access point": (cisco("AP3G2 Software (AP3G2-K9W8-M)", bits=WLAN), "access-point"),
    "Cisco router": (
        cisco("ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M)", bits=ROUTER, train=" [Everest]"),
        "router",
    ),
    "Cisco controller": (
        cisco("C9800 Software (C9800_IOSXE-K9)", bits=BRIDGE | ROUTER, train=" [Amsterdam]"),
        "wireless-controller",
    ),
    "Cisco telephone": (described("Cisco IP Phone 8841,V2, Sip88xx.12-5-1SR3-74", TELEPHONE), "voip-phone"),
    "Echo": (
        [*leased(option(12, b"Android"), ANDROID, card=AMAZON), *offered(("_amzn-wplay._tcp", b""))],
        "-phone",
    ),
    "Fire TV": (browser(CHROME.format("Linux; Android 9; AFTMM; wv")), "media-player"),
    "Fire tablet": (browser(CHROME.format("Linux; Android 9; KFMAWI")), "tablet"),
    "PC with Spotify": ([*leased(WINDOWS), *offered(("_spotify-connect._tcp", b"CPath=/"))], "computer"),
    "PC with iTunes": ([*leased(WINDOWS), *offered(("_home-sharing._tcp", b"hQ=1"))], "computer"),
    "PC with an AirPlay receiver": (
        [
            *leased(WINDOWS),
            *offered(("_airplay._tcp", b"model=AppleTV3,2"), ("_raop._tcp", b"am=AppleTV3,2")),
        ],
        "computer",
    ),
    "AirPlay receiver alone": (offered(("_raop._tcp", b"am=ShairportSync")), NO_TYPE),
    "host with Docker": (described(UBUNTU, BRIDGE | ROUTER), "computer"),
    "Proxmox": (described(PROXMOX, BRIDGE | ROUTER | WLAN), "computer"),
    "router on a PC's card": (described("VyOS 2025.11", BRIDGE | ROUTER), "router"),
    "virtual machine": (leased(option(12, b"vm7"), card="52:54:00:00:53:01"), NO_TYPE),
    "printer that a PC shares": (
        [*leased(WINDOWS), *offered(("_ipp._tcp", b"ty=HP LaserJet M404"))],
        "computer|printer",
    ),
    "browser in a television": (browser(CHROME.format("Linux; Android 9; BRAVIA 4K UR2")), "-phone"),
    "robot": (browser(CHROME.format("Linux; Android 5.0") + " (compatible; Bytespider)"), NO_TYPE),
    "phone's hotspot": (
        [*leased(ANDROID, option(12, b"Pixel-9")), *browser(CHROME.format("Linux; Android 14; K"))],
        "phone",
    ),
    "dual boot": ([*leased(WINDOWS), *leased(ANDROID)], NO_TYPE),
    "Apple by its questions": (asked("_companion-link._tcp.local"), NO_TYPE),
    "Windows by its questions": (asked("_microsoft_mcc._tcp.local"), NO_TYPE),
    "who looks for Chromecasts": (asked("_googlecast._tcp.local"), NO_TYPE),
    "Android's own name": ([sent(message(address("Android-4", DEVICE)), source=DEVICE)], NO_TYPE),
}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("case", CASES)
def test_each_is_what_it_is(case: str, order: int) -> None:
    """`-phone` is anything but a phone; `a|b` is one of these."""
    frames, expected = CASES[case]
    is_talk = case in ("phone's hotspot",) or len(frames) > 4
    made = [*enumerate(frames if order == 1 or is_talk else frames[::-1])]
    capture = pcap([(10**18 + number * 10**7, one) for number, one in made], 1)
    hosts = hg.Analyzer(protocols=PROTOCOLS).read(capture).hosts
    types = {one.device.type or "" for one in hosts if one.device and one.ip in (DEVICE, None)} or {""}
    assert len(types) == 1
    [said] = types
    assert said != expected[1:] if expected.startswith("-") else said in expected.split("|")


@pytest.mark.parametrize("address", [DEVICE, "192.0.2.31"])
@pytest.mark.parametrize(
    ("service", "system"),
    [
        ("_rdlink._tcp.local", "macOS or iOS"),
        ("_dosvc._tcp.local", "Windows"),
        ("_googlecast._tcp.local", None),
        ("_sleep-proxy._udp.local", None),
    ],
)
def test_questions_to_the_group_name_the_system_of_any_address(
    service: str, system: str | None, address: str
) -> None:
    """Only stations of the link ask the group, so the address may be public."""
    frames = [sent(question(name(service), flags=0, kind=12), source=address)] * 3
    capture = pcap([(10**18 + at * 10**9, one) for at, one in enumerate(frames)], 1)
    found = hg.Analyzer(protocols=PROTOCOLS).read(capture).hosts
    assert [one.device.system for one in found if one.device] == [system] * (system is not None)
