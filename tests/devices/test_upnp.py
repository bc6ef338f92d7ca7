"""Descriptions of UPnP devices that users quote in public issues (Home Assistant and netdisco, Universal
Media Server, Jellyfin, miniupnp, syncthing, tailscale, TinyUPnP, openHAB, plugins for WeMo and Samsung): an
answer is right or absent.

Each row restates manufacturer, model name, model number, type and description, and what the device is.
"""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_workbench.core import explain_device
from tests.devices.test_public_tables import DATABASE, rows
from tests.support.captures import pcap
from tests.support.golden import GoldenFlow

DESCRIBED = """
Sonos, Inc.;Sonos PLAY:1;S12;ZonePlayer;Sonos PLAY:1|speaker|Sonos|ZPS12
Sonos, Inc.;Sonos Move;S17;ZonePlayer;Sonos Move|speaker|Sonos|ZPS17
Sonos, Inc.;Sonos CONNECT;ZP90;ZonePlayer;Sonos CONNECT|speaker|Sonos|ZP90
Yamaha Corporation;R-N602;N602;MediaRenderer;MusicCast|media-player|Yamaha|R-N602
Yamaha Corporation;RX-V4A;V4A;MediaRenderer;AV Receiver|media-player|Yamaha|RX-V4A
DENON;AVR-2312;2312;MediaRenderer;AV SURROUND RECEIVER|media-player|Denon|AVR-2312
Samsung Electronics;UE40ES5700;1.0;MainTVServer2;Samsung TV MainTVServer2|tv|Samsung|UE40ES5700
Samsung Electronics;UE65HU8500;AllShare1.0;MediaRenderer;Samsung TV DMR|tv|Samsung|UE65HU8500
Samsung Electronics;Samsung DTV DMR;1;MediaRenderer;Samsung DTV DMR|tv|Samsung|
Samsung Electronics;GT-I9100;1.0;MediaServer;Samsung DMS|||
LG Electronics.;LG TV;1.0;MediaRenderer;LG WebOSTV DMRplus|tv|LG|
Sony Corporation;KDL-32W706B;MINT1.7.0.1;MediaRenderer;|tv|Sony|KDL-32W706B
Sony Corporation;HDR-AS15;SonyImagingDevice;MediaServer;Sony Digital Media Server|camera|Sony|HDR-AS15
Google Inc.;Eureka Dongle;;dial;|media-player|Google|Chromecast
Roku;Roku 3;4200X;player;Roku Streaming Player Network Media|media-player|Roku|Roku 3
Belkin International Inc.;NetCamHDv1;1.0;NetCamSensor;Belkin Plugin Socket 1.0|camera|Belkin|NetCamHDv1
Belkin International Inc.;Socket;1.0;controllee;Belkin Plugin Socket 1.0||Belkin|
AVM Berlin;FRITZ!Box 7530;avme;avmnexus;FRITZ!Box 7530|router|AVM|FRITZ!Box 7530
AVM;FRITZ!Box 7590;7590 - avm;InternetGatewayDevice;FRITZ!Box 7590|router|AVM|FRITZ!Box 7590
D-link;DSL-X1852E;MDSL-X1852E;InternetGatewayDevice;DSL-X1852E|router|D-Link|DSL-X1852E
NETGEAR, Inc.;WNR2000v5;1;InternetGatewayDevice;NETGEAR WNR2000v5|router|Netgear|WNR2000v5
Linksys Inc.;WRT120N;v1.0.04;InternetGatewayDevice;Internet Access Server|router|Linksys|WRT120N
ASKEY;RTV9015VW;8671x;InternetGatewayDevice;ADSL SoHo Router|router|Askey|RTV9015VW
ASUSTeK Computer Inc.;RT-AC1200G+;386.1;InternetGatewayDevice;RT-AC1200G+|router|ASUS|RT-AC1200G+
DD-WRT;Netgear R8000;V24;InternetGatewayDevice;Gateway|router||
MikroTik;Router OS;;InternetGatewayDevice;|router|MikroTik|
Sagemcom;Residential Livebox,(DSL,WAN Ethernet);4;InternetGatewayDevice;SG40_sip-fr|router|Sagemcom|
dreamstatic;firetruck-OpenBSD67;02;InternetGatewayDevice;firetruck upnp|||
CANON INC.;MX620 series;MX620 series;Basic;|printer|Canon|MX620
Canon;Canon EOS Rebel T6;;Basic;Canon Digital Camera|camera|Canon|EOS Rebel T6
TMM;C51;100;MediaRenderer;DIRECTV C51-100|||
Fetch Technologies Co., Ltd;Fetch DLNA1.5 DMS;1;MediaServer;DLNA1.5 MediaServer|||
Royal Philips Electronics;Philips hue bridge 2015;BSB002;Basic;Philips hue Personal Wireless Lighting|hub|Philips|Hue Bridge
Synology;DS218+;DS218+ 6.2-23739;Basic;Synology NAS|nas|Synology|DS218+
"""  # noqa: E501

PROGRAMS = """
Justin Maggard;Windows Media Connect compatible (MiniDLNA);1;MediaServer;MiniDLNA on Linux
Ivo Clarysse, Henner Zeller;gmediarender;0.3.1;MediaRenderer;gmediarender 0.3.1
Volumio;Volumio;;MediaRenderer;The Audiophile Music Player
XBMC Foundation;Kodi;18.9;MediaRenderer;Kodi - Media Renderer
Plex, Inc.;Plex Media Server;1.0;MediaServer;Plex Media Server
Hyperion Open Source Ambient Lighting;Hyperion;2.0.0;Basic;Hyperion Open Source Ambient Light
cocy;Wohnzimmer;;MediaRenderer;
"""


@pytest.mark.parametrize(("text", "type_", "maker", "model"), rows(DESCRIBED))
def test_descriptions_name_the_device(text: str, type_: str, maker: str, model: str) -> None:
    found = explain_device(DATABASE, "discovery", "upnp " + text)
    assert (found.type or "", found.manufacturer or "", found.model or "") == (type_, maker, model)


@pytest.mark.parametrize("text", PROGRAMS.split("\n")[1:-1])
def test_programs_name_no_device(text: str) -> None:
    found = explain_device(DATABASE, "discovery", "upnp " + text)
    assert (found.type, found.manufacturer, found.model) == (None, None, None)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("body", ["<root><a>1</a></root>", "<root><device><a>", "<?xml version='1.0'?>"])
def test_a_body_that_is_no_description_hides_no_response(body: str, *, chunked: bool) -> None:
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
    sent = f"{len(body):x}\r\n{body}\r\n0\r\n\r\n" if chunked else body
    first = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n{length}\r\n\r\n{sent}".encode()
    flow = GoldenFlow("tcp 192.168.7.7:40000 > 192.168.7.9:1400", [(False, b"GET / HTTP/1.1\r\n\r\n" * 2)])
    flow.messages += [(True, first), (True, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")]
    capture = pcap([(10**18 + number, data) for number, data in enumerate(flow.frames())], 1)
    found = hg.Analyzer(None, protocols=("http", "discovery"), http="all").analyze_pcap(capture)
    assert [one.http_response.status for one in found if one.http_response] == [200, 404]


GROUP, SIX, OWN = "239.255.255.250:1900", "fd00::9", "http://192.168.7.9/raw/1"


def announces(kind: bytes, source: str = "192.168.7.9:1900", to: str = GROUP, at: str = OWN) -> list[bytes]:
    """A message of SSDP."""
    first = b"HTTP/1.1 200 OK" if kind == b"200" else kind + b" * HTTP/1.1"
    rest = f"\r\nNT: upnp:rootdevice\r\nST: upnp:rootdevice\r\nNTS: ssdp:alive\r\nLocation: {at}\r\n\r\n"
    return list(GoldenFlow(f"udp {source} > {to}", [(False, first + rest.encode())]).frames())


BODY = (
    b"<root><device><deviceType>urn:schemas-upnp-org:device:ZonePlayer:1</deviceType>"
    b"<manufacturer>Sonos, Inc.</manufacturer><modelNumber>S12</modelNumber></device></root>"
)
XML = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
OTHER = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"


def described(
    client: str, server: str = "192.168.7.9:80", asks: tuple[str, ...] = ("/raw/1",), answer: bytes = XML
) -> list[bytes]:
    """A connection with requests, which its answers follow."""
    sent = b"".join(f"GET {one} HTTP/1.1\r\nHost: 192.168.7.9\r\n\r\n".encode() for one in asks)
    flow = GoldenFlow(f"tcp {client}:40000 > {server}", [(False, sent), (True, answer)])
    return list(flow.frames())


NOTIFIES, BY_SIX = announces(b"NOTIFY"), ("NOTIFY", f"{SIX}:1900", "ff02::c:1900")


@pytest.mark.parametrize(
    ("frames", "counts"),
    [
        ([*NOTIFIES, *described("192.168.7.7")], True),
        ([*announces(b"200", to="192.168.7.7:40000"), *described("192.168.7.7")], True),
        ([*NOTIFIES, *described("203.0.113.7")], False),
        ([*announces(b"200", to="203.0.113.7:40000"), *described("192.168.7.7")], False),
        ([*announces(b"M-SEARCH"), *described("192.168.7.7")], False),
        ([*announces(b"NOTIFY", source="192.168.7.8:1900"), *described("192.168.7.7")], False),
        ([*described("192.168.7.7"), *NOTIFIES], False),
        (described("192.168.7.7"), False),
        ([*described("203.0.113.7"), *NOTIFIES, *described("192.168.7.8")], True),
    ],
)
def test_a_description_counts_if_ssdp_announced_a_device(frames: list[bytes], *, counts: bool) -> None:
    """Others may have stored it on the server, and fetch it or have a visitor's browser fetch it."""
    assert types_of(frames) == ["speaker"] * counts


def types_of(frames: list[bytes], http: str = "first") -> list[str]:
    capture = pcap([(10**18 + number, data) for number, data in enumerate(frames)], 1)
    inventory = hg.Analyzer(http=http).read(capture).hosts
    shown = [one.device for one in inventory if one.ip in ("192.168.7.9", SIX)]
    return [one.type for one in shown if one and one.type]


@pytest.mark.parametrize(
    ("location", "server", "asked", "counts"),
    [
        ("http://192.168.7.9:80/raw/1", "192.168.7.9:80", "/raw/1", True),
        ("HTTP://192.168.7.9:8080/d.xml?a=1", "192.168.7.9:8080", "/d.xml?a=1", True),
        ("http://192.168.7.9:8080/d.xml", "192.168.7.9:8080", "http://192.168.7.9:8080/d.xml", True),
        ("http://192.168.7.9:1400", "192.168.7.9:1400", "/", True),
        ("http://192.168.7.9:1400/", "192.168.7.9:1400", "http://192.168.7.9:1400", True),
        (OWN, "192.168.7.9:8080", "/raw/1", False),
        (OWN, "192.168.7.9:80", "/raw/2", False),
        (OWN, "192.168.7.9:80", "/raw/1?", False),
        (OWN, "192.168.7.9:80", "/RAW/1", False),
        ("http://192.168.7.90/raw/1", "192.168.7.9:80", "/raw/1", False),
        ("http://192.168.7.8/raw/1", "192.168.7.9:80", "/raw/1", False),
        ("http://192.168.7.9:80a/raw/1", "192.168.7.9:80", "/raw/1", False),
        ("http://192.168.7.9:65616/raw/1", "192.168.7.9:80", "/raw/1", False),
        ("https://192.168.7.9/raw/1", "192.168.7.9:80", "/raw/1", False),
        ("", "192.168.7.9:80", "/raw/1", False),
        (f"http://[{SIX}]:80/raw/1", f"{SIX}:80", "/raw/1", True),
        (f"http://[{SIX}%252]/raw/1", f"{SIX}:80", "/raw/1", True),
        (f"http://[{SIX}]/raw/2", f"{SIX}:80", "/raw/1", False),
        ("http://[fd00::8]/raw/1", f"{SIX}:80", "/raw/1", False),
    ],
)
@pytest.mark.parametrize("http", ["first", "all"])
def test_a_description_counts_where_ssdp_says_it_is(
    location: str, server: str, asked: str, *, counts: bool, http: str
) -> None:
    """Its server may pass on files of others at other places."""
    client, of = ("fd00::7", BY_SIX) if SIX in server else ("192.168.7.7", ("NOTIFY",))
    frames = [*announces(of[0].encode(), *of[1:], at=location), *described(client, server, (asked,))]
    assert types_of(frames, http) == ["speaker"] * counts
    if counts:
        led = described("2001:db8::7" if SIX in server else "203.0.113.7", server, (asked,))
        assert types_of([*announces(of[0].encode(), *of[1:], at=location), *led], http) == []


@pytest.mark.parametrize(
    ("asks", "answer", "counts"),
    [
        (("/a", "/raw/1"), OTHER + XML, False),
        (("/raw/1", "/a"), XML + OTHER, False),
        (("/raw/1", "/raw/1"), XML, False),
        (("/raw/1",), XML.replace(b"text/xml", b"text/html"), False),
        (("/raw/1",), XML.replace(b"200 OK", b"302 Found\r\nLocation: /raw/2"), False),
        (("/raw/1",), XML.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b"), False),
        (("/raw/1",), XML.partition(b"<")[0], False),
        (("/raw/1",), b"HTTP/1.1 100 Continue\r\n\r\n" + XML, True),
    ],
    ids=["a later one", "an earlier one", "two", "a page", "moved", "packed", "HEAD", "an interim answer"],
)
def test_an_answer_belongs_to_one_request(asks: tuple[str, ...], answer: bytes, *, counts: bool) -> None:
    """Of several without an answer, the description's is not known."""
    frames = [*NOTIFIES, *described("192.168.7.7", asks=asks, answer=answer)]
    assert types_of(frames, "all") == ["speaker"] * counts


def test_more_places_than_are_kept_replace_the_first() -> None:
    """Eight are kept."""
    first, *others = [announces(b"NOTIFY", at=f"{OWN}{number}") for number in range(8)]
    asked = described("192.168.7.7", asks=("/raw/10",))
    many = [*first, *(one for some in others for one in some)]
    assert types_of([*many, *asked]) == ["speaker"]
    assert types_of([*many, *NOTIFIES, *asked]) == []


def test_what_was_read_in_4_kb_counts() -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n"
    body = (
        "<root><device><deviceType>urn:schemas-upnp-org:device:ZonePlayer:1</deviceType>"
        "<manufacturer>Sonos, Inc.</manufacturer><modelNumber>S12</modelNumber>" + "<x>1</x>" * 600
    )
    sent = [(head + body).encode()[start : start + 1400] for start in range(0, len(head + body), 1400)]
    flow = GoldenFlow("tcp 192.168.7.7:40000 > 192.168.7.9:1400", [(False, b"GET / HTTP/1.1\r\n\r\n")])
    flow.messages += [(True, one) for one in sent]
    frames = [*announces(b"NOTIFY", at="http://192.168.7.9:1400"), *flow.frames()]
    capture = pcap([(10**18 + number, data) for number, data in enumerate(frames)], 1)
    for http in ("first", "all"):
        (device,) = (one.device for one in hg.Analyzer(http=http).read(capture).hosts if one.device)
        assert (device.type, device.model) == ("speaker", "ZPS12")
