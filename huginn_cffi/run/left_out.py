"""Names of what packets hold that are not analysed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.arguments import wrappings
from huginn_cffi.base.names import DROPS


def _table(text: str) -> dict[int, str]:
    words = text.split()
    return {int(number, 0): name for number, name in zip(words[::2], words[1::2], strict=True)}


_LINKTYPES = dict.fromkeys(range(147, 163), "user") | _table(
    # https://www.tcpdump.org/linktypes.html
    "3 AX.25 16 PPP-BSDOS 18 pfsync 103 PPP-BSDOS 139 MTP2 140 MTP2 141 MTP3 142 SCCP 165 MS/TP 187 "
    "Bluetooth-HCI 189 USB 190 CAN 195 802.15.4 199 IPMB 201 Bluetooth-HCI 202 AX.25 203 LAPD 210 "
    "FlexRay 211 MOST 212 LIN 215 802.15.4 220 USB 224 Fibre-Channel 225 Fibre-Channel 227 CAN 230 "
    "802.15.4 231 D-Bus 235 DVB-CI 236 3GPP-27.010 237 STANAG-5066 243 MPEG-2 245 NFC 246 pfsync 247 "
    "InfiniBand 248 SCTP 249 USBPcap 251 Bluetooth-LE 252 Wireshark-PDU 253 netlink 254 "
    "Bluetooth-monitor 255 Bluetooth 256 Bluetooth-LE 257 PROFIBUS 266 USB 283 802.15.4"
)
_ETHERTYPES = _table(
    "0 LLC 0x0806 ARP 0x22F0 AVTP 0x8035 RARP 0x8809 LACP 0x8863 PPPoE-discovery 0x888E 802.1X "
    "0x8892 PROFINET 0x88A4 EtherCAT 0x88B8 GOOSE 0x88BA Sampled-Values 0x88CC LLDP 0x88F7 PTP 0x8902 CFM"
)
_PROTOCOLS = _table(
    "1 ICMP 2 IGMP 46 RSVP 50 ESP 58 ICMPv6 88 EIGRP 89 OSPF 103 PIM 112 VRRP 132 SCTP 136 UDP-Lite"
)
_PORTS = _table(
    "53 DNS 67 DHCP 69 TFTP 88 Kerberos 111 RPC 123 NTP 137 NetBIOS 138 NetBIOS 161 SNMP 162 SNMP 389 LDAP "
    "443 QUIC 500 IKE 514 syslog 520 RIP 1194 OpenVPN 1812 RADIUS 1813 RADIUS 1900 SSDP 2055 NetFlow "
    "2123 GTP-C 3478 STUN 4500 IPsec 4739 IPFIX 5004 RTP 5060 SIP 5246 CAPWAP 5353 mDNS 5355 LLMNR "
    "5683 CoAP 6343 sFlow 51820 WireGuard"
)


def _named(prefix: str, form: str, space: int, known: dict[int, str]) -> Callable[[int], str]:
    names = {**known, **wrappings(space)}

    def name(number: int) -> str:
        word = f" ({names[number]})" if number in names else ""
        return f"{prefix} {number:{form}}{word}" if number or not word else names[number]

    return name


def left_out(listed: Callable[[Any, Any], int], of: Any) -> dict[str, int]:
    """Names and counts, the most frequent first. `listed` is the core's function, and `of` its engine."""
    found = ffi.new("hg_left_out[]", lib.HG_MOST_LEFT_OUT)
    names = {
        lib.HG_SPACE_IP: lambda number: DROPS[number - 1].replace("_", " "),
        lib.HG_SPACE_LINKTYPE: _named("link type", "d", lib.HG_SPACE_LINKTYPE, _LINKTYPES),
        lib.HG_SPACE_ETHERTYPE: _named("EtherType", "#06x", lib.HG_SPACE_ETHERTYPE, _ETHERTYPES),
        lib.HG_SPACE_SNAP: _named("SNAP protocol", "#06x", lib.HG_SPACE_SNAP, {}),
        lib.HG_SPACE_PPP: _named("PPP protocol", "#06x", lib.HG_SPACE_PPP, {}),
        lib.HG_SPACE_PROTOCOL: _named("IP protocol", "d", lib.HG_SPACE_PROTOCOL, _PROTOCOLS),
        lib.HG_SPACE_UDP: _named("UDP port", "d", lib.HG_SPACE_UDP, _PORTS),
    }
    rows = found[0 : listed(of, found)]
    return {names[row.space](row.number): row.packets for row in rows}
