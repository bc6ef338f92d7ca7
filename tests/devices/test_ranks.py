"""Evidence counts by rank: names say nothing alone, and nothing contradicts evidence of a higher rank."""

from __future__ import annotations

import csv
import re
from itertools import product
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.hosts import HostRecord
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS, BANNERS, DEVICE_TYPES, RANKS, WITH_MODELS, Rank
from tests.devices.test_calls import device
from tests.devices.test_software import request as http_request
from tests.support.devices.calls import DEVICE, asked, question
from tests.support.devices.dhcp import INFORM, from_client, message, option
from tests.support.devices.made import MAC, capture, ip_of, mac_of
from tests.support.devices.mdns import address, points, sent, text
from tests.support.devices.mdns import message as message_of
from tests.support.devices.mdns import name as dns_name
from tests.support.devices.neighbours import cdp_frame, cdp_tlv
from tests.support.devices.requests import WINDOWS, hosts, request

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "devices.md"

RANKED = hg.Database.compile(
    text="""[device]
label = s:printer:Identity:M1::
sig = mdns _x._tcp ty=M1
label = s:camera:Class:::
sig = dhcp-class TheClass
label = s:nas:Service:::
sig = mdns _service._tcp
label = s:router:Name:::
sig = name the-name
label = s:plug:Call:::
sig = calls _call._tcp.local
label = s:tv:Agent:::
sig = user-agent Agent/*
label = s:scale:Card:::
sig = mac 00:00:5e:*
"""
)

_PREFIXES = (
    "",
    "PC-",
    "WS-",
    "NB-",
    "SRV-",
    "DESKTOP-",
    "LAPTOP-",
    "KM",
    "HP",
    "DS",
    "TS-",
    "M2",
    "V2",
    "AP-",
)
_WORDS = (
    *(
        "FIN",
        "SALES",
        "ROOM",
        "LAB",
        "HQ",
        "BERLIN",
        "DESK",
        "ARIA",
        "RING",
        "KALIBER",
        "PRIMACOM",
        "SCHLAGE",
    ),
    *(
        "GALAXY",
        "SERVER",
        "RECEPTION",
        "KITCHEN",
        "LEGAL",
        "ACCOUNTS",
        "BRAVO",
        "MERCURY",
        "UBUNTU1",
        "DEBORA",
    ),
)
_ENDS = ("", "-01", "01", "-0042", "101", "1234", "A", "7", "-B")
NAMES = [
    "".join(one)
    for one in product(_PREFIXES, _WORDS, _ENDS)
    if len("".join(one)) <= 15 and "".join(one) not in ("KALI", "DEBIAN")
][:2000]


_MAKERS = (
    *("RING", "SONOS", "NEST", "HUE", "ROKU", "ECHO", "ARLO", "BLINK", "TAPO", "SHELLY", "CANON", "EPSON"),
    *("BROTHER", "LENOVO", "ACER", "XEROX", "AXIS", "SYNOLOGY", "CISCO", "SNOM", "NOKIA", "PIXEL", "GALAXY"),
    *("CHROMECAST", "KINDLE", "TESLA", "KALI", "TIZEN", "ANDROID", "UBUNTU", "WINXP", "MACOS", "FRITZ"),
)
_PLACES = (
    *("BUCHHALTUNG", "EMPFANG", "VERSAND", "LAGER", "COMPTA", "ACCUEIL", "VENTAS", "TALLER", "MAGAZZINO"),
    *("SALE", "KASSE", "AULA", "FILESRV", "DC", "NAS", "PRINTER", "SWITCH", "KIOSK"),
)
OTHERS = [
    "".join(one)
    for word in _MAKERS
    for one in (
        *product((word,), ("-", "", "_"), ("7", "12", "101", "2024", "0815", "889520", "123456")),
        *product((word, word.title()), ("-", "_", "."), _PLACES),
        *product(_PLACES, ("-",), (word, word.lower())),
        *product((word,), ("PC", "SRV", "LAB", "SON", "ER", "LAND", "HOUSE"), ("", "1", "-02")),
        *product(("annas-", "Bobs-", "home-", "DEB-W", "INV"), (word.lower(),)),
    )
]


def test_the_manual_shows_the_table_of_ranks() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (`.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    shown = {
        rank: set(re.findall(r"`([\w-]+)`", kinds))
        for rank, kinds in rows
        if rank.upper() in Rank.__members__
    }
    assert [*shown] == [one.name.lower() for one in reversed(Rank)]
    for word, kind in ANNOUNCEMENT_WORDS.items():
        expected = {RANKS[kind].name.lower()} | ({"identity"} if kind in WITH_MODELS else set())
        assert kind in BANNERS or {rank for rank in shown if word in shown[rank]} == expected, word


RANKING = {
    "Identity": [sent(message_of(text("a", "_x._tcp", b"ty=M1")), source=DEVICE)],
    "Class": [request(option(60, b"TheClass"), ip=DEVICE)],
    "Service": [sent(message_of(points("_service._tcp", "a")), source=DEVICE)],
    "Name": [request(option(12, b"the-name"), ip=DEVICE)],
    "Call": [sent(question(dns_name("_call._tcp.local"), flags=0, kind=12), source=DEVICE)],
    "Agent": http_request("Agent/1"),
}
"""Evidence by rank, the highest first; the card is the same in all frames."""


def test_each_rank_decides_against_all_lower_ones() -> None:
    for number, maker in enumerate([*RANKING, "Card"]):
        frames = [frame for one in [*RANKING.values()][number:] for frame in one]
        frames.append(request(option(12, b"x"), ip=DEVICE))
        for made in (frames, frames[::-1], frames * 5):
            table = hg.Analyzer(RANKED, protocols=PROTOCOLS).read(capture(made)).hosts
            [found] = [one.device for one in table if one.ip == DEVICE]
            assert found is not None
            assert found.manufacturer == maker


@pytest.mark.parametrize(
    ("maker", "expected"), [("Sonos", "speaker"), ("Somebody", "printer"), ("", "printer")]
)
def test_a_type_that_the_maker_does_not_build_is_not_stated(maker: str, expected: str) -> None:
    """A lower rank may name one that it builds."""
    lines = ["label = s:printer::::", "sig = dhcp-class TheClass", "label = s:speaker::::"]
    lines += ["sig = mdns _service._tcp", f"label = s::{maker}:x::", "sig = mac 00:00:5e:*"]
    database = hg.Database.compile(text="\n".join(["[device]", *lines]))
    frames = [*RANKING["Class"], *RANKING["Service"]]
    for made, said in ((frames, expected), (frames[:1], expected if expected == "printer" else None)):
        table = hg.Analyzer(database, protocols=PROTOCOLS).read(capture(made)).hosts
        [found] = [one.device for one in table if one.ip == DEVICE]
        assert found is not None
        assert found.type == said


def test_patterns_name_only_types_that_their_makers_build() -> None:
    core = Path(__file__).parents[2] / "csrc" / "announcements" / "makers.csv"
    rows = csv.DictReader(line for line in core.read_text("utf-8").splitlines() if line[0] != "#")
    built = {row["maker"]: {"", *row["types"].split()} for row in rows}
    assert all(types <= {"", *DEVICE_TYPES} for types in built.values())
    for path in (Path(hg.__file__).parent / "data").glob("97-*.fp"):
        for type_, maker in re.findall(r"^label = [gs]:([a-z-]*):([^:\n]+):", path.read_text("utf-8"), re.M):
            assert type_ in built.get(maker, {type_}), (maker, type_)


def named(names: list[str], *options: bytes) -> list[HostRecord]:
    """The devices that request addresses by these names."""
    requests = [
        from_client(
            message(
                option(12, one.encode()), *options, kind=INFORM, ciaddr=ip_of(number), mac=mac_of(number)
            ),
            mac=mac_of(number),
            source=ip_of(number),
        )
        for number, one in enumerate(names)
    ]
    return [*hg.Analyzer().read(capture(requests)).hosts]


def test_ordinary_names_say_nothing_alone() -> None:
    assert len(NAMES) == 2000
    assert len(OTHERS) > 6000
    found = [*named(NAMES), *named(OTHERS)]
    assert len(found) == len(NAMES) + len(OTHERS)
    assert [(one.ip, one.device, one.family) for one in found if one.device or one.family] == []


def test_ordinary_names_do_not_change_what_protocols_say() -> None:
    found = named(NAMES, WINDOWS)
    assert {
        (one.device.type, one.device.manufacturer, one.device.model, one.device.system)
        if one.device
        else None
        for one in found
    } == {("computer", None, None, "Windows")}


@pytest.mark.parametrize(
    ("name", "card", "expected"),
    [
        ("WS-30", "00:24:e4:00:00:01", "scale"),
        ("WS-30", MAC, None),
        ("EPSON1A2B3C", MAC, "printer"),
        ("EPSONPRINTER", MAC, None),
        ("KM1A2B34", "00:17:c8:00:00:01", "printer"),
        ("DESKTOP-4F7KQ2A", MAC, "computer"),
        ("DESKTOP-ROOM101", MAC, None),
        ("iPad-von-Anna", MAC, "tablet"),
        ("iPad-2", MAC, "tablet"),
        ("IPAD-KIOSK99", MAC, None),
        ("IPHONE-REPAIR", MAC, None),
        ("PGH200", "24:6f:28:00:00:01", "hub"),
        ("PGH200", MAC, None),
        ("KITCHEN-LAMP", "24:6f:28:00:00:01", None),
        ("GALAXY-TAB", "24:6f:28:00:00:01", None),
        ("Chromecast", MAC, "media-player"),
        ("CHROMECAST-LAGER", MAC, None),
        ("Ring-4E5AEC", MAC, "doorbell"),
        ("RING-889520", MAC, None),
        ("EPSON123456", MAC, None),
    ],
)
def test_a_name_counts_in_its_default_form_or_beside_a_card_that_fits(
    name: str, card: str, expected: str | None
) -> None:
    [one] = hosts(request(option(12, name.encode()), mac=card))
    assert (one.device and one.device.type) == expected


def test_a_lower_rank_refines_but_does_not_contradict() -> None:
    """The platform states a router; the description and capabilities in its frame say something else."""
    image = b"Cisco IOS Software, 2800 Software (C2800NM-A), Version 12.4(15)T, RELEASE (x)"
    frame = cdp_frame(
        cdp_tlv(4, (0x01 | 0x08).to_bytes(4, "big")), cdp_tlv(5, image), cdp_tlv(6, b"Cisco 2811")
    )
    [one] = hosts(frame)
    assert one.device is not None
    assert (one.device.type, one.device.manufacturer, one.device.model) == ("router", "Cisco", "2811")


def test_source_route_bridging_is_no_bridge() -> None:
    """Routers and access points set the bit 0x04; a switch sets 0x02 or 0x08."""
    for bits, expected in ((0x05, "router"), (0x04, None), (0x0A, "switch"), (0x02, "switch")):
        [one] = hosts(cdp_frame(cdp_tlv(1, b"x"), cdp_tlv(4, bits.to_bytes(4, "big"))))
        assert (one.device and one.device.type) == expected, bits


def test_two_identities_that_contradict_each_other_leave_the_value_empty() -> None:
    printer = text("a", "_ipp._tcp", b"ty=HP LaserJet 4")
    shared = sent(message_of(printer, text("a", "_device-info._tcp", b"model=MacBookPro18,1")))
    [one] = hosts(shared)
    assert one.device is None or one.device.type is None


@pytest.mark.parametrize(
    ("called", "model"),
    [
        ("HP LaserJet M404 [AABBCC]", "LaserJet Pro M404dn"),
        ("HP LaserJet M40 [AABBCC]", None),
        ("HP LaserJet M405 [AABBCC]", None),
        ("HP LaserJet M404 Pro [AABBCC]", None),
    ],
)
def test_an_abbreviated_model_is_no_other_model(called: str, model: str | None) -> None:
    [one] = hosts(sent(message_of(text(called, "_ipp._tcp", b"ty=HP LaserJet Pro M404dn"))))
    assert one.device is not None
    assert (one.device.type, one.device.model) == ("printer", model)


def test_a_question_for_a_name_gives_no_type_alone() -> None:
    """DNS questions may come from a web page; beside a radio module they count."""
    question = asked("www.fitbit.com")
    assert device(question) in (None, (None, None))
    module = request(option(12, b"GainSpan0a1b2c"), ip=DEVICE)
    assert device(question, module) == ("scale", "Fitbit")
    assert device(module) in (None, (None, None))


@pytest.mark.parametrize(
    ("vendor_class", "expected"),
    [
        ("Arista;DCS-7050S-64;4.20.1F;JPE1", ("switch", "Arista", "DCS-7050S-64")),
        ("Cisco System, Inc. IP Phone CP-8945", ("voip-phone", "Cisco", "CP-8945")),
        ("MSFT 5.0 XBOX", ("console", "Microsoft", "Xbox")),
        ("Cradlepoint DHCP Client", ("router", "Cradlepoint", None)),
        ("MSFT 98", None),
        ("Cisco something", None),
    ],
)
def test_classes(vendor_class: str, expected: tuple[str, ...] | None) -> None:
    """Classes that several kinds of devices send name none of them."""
    [one] = hosts(request(option(60, vendor_class.encode())))
    found = one.device
    assert (found and (found.type, found.manufacturer, found.model)) == expected


XBOX, PC = (1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 121, 249, 15), (1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119)


@pytest.mark.parametrize(
    ("options", "expected"), [((), "computer"), (PC, "computer"), (XBOX, "console"), ((1, 3, 6), "computer")]
)
def test_a_class_names_a_system_and_the_system_a_type_below_all_others(
    options: tuple[int, ...], expected: str
) -> None:
    """Consoles have Windows' class of DHCP, too."""
    [one] = hosts(request(WINDOWS, option(55, bytes(options)) if options else b""))
    assert one.device is not None
    assert (one.device.type, one.device.system) == (expected, "Windows")


@pytest.mark.parametrize(
    ("card", "maker", "expected"),
    [("00:08:74:00:53:01", "Dell", None), ("00:11:32:00:53:01", "Synology", "nas")],
)
def test_a_card_for_computers_gives_no_type(card: str, maker: str, expected: str | None) -> None:
    """It may be a gateway's. A maker of one kind of device builds cards for nothing else."""
    [one] = hosts(request(option(12, b"x"), mac=card))
    assert one.device is not None
    assert (one.device.type, one.device.manufacturer) == (expected, maker)


@pytest.mark.parametrize("host", ["Android", "Android-4", "Android-12"])
def test_a_name_that_a_system_gives_counts_in_mdns_only(host: str) -> None:
    [one] = hosts(sent(message_of(address(host))))
    assert one.device is not None
    assert (one.device.type, one.device.system) == (None, "Android")
    [one] = hosts(request(option(12, host.encode())))
    assert one.device is None or one.device.system is None
    [one] = hosts(sent(message_of(address(f"{host}-kitchen"))))
    assert one.device is None or one.device.system is None
