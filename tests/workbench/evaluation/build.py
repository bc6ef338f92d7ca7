"""A small corpus made for the tests: captures, labels, p0f's answers, signatures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.support.captures import pcap
from tests.support.packets import (
    LINUX_OPTIONS,
    NOP,
    SOK,
    Ip4,
    Tcp,
    eol,
    mss,
    packet,
    reply,
    timestamps,
    wscale,
)

SECOND = 10**9
START = 1_700_000_000
SERVER = "198.51.100.2"

LINUX = Tcp(window=1460 * 44, options=LINUX_OPTIONS)
WINDOWS = Tcp(window=8192, options=mss(1460) + NOP + wscale(8) + NOP + NOP + SOK)
APPLE = Tcp(window=65535, options=mss(1460) + NOP + wscale(6) + NOP + NOP + timestamps(77) + SOK + eol(1))
PLAIN = Tcp(window=1000, options=b"")

SIGNATURES = """\
classes = unix,win

[tcp:request]
label = s:unix:Linux:4.19 or newer
; source: kernel source; high
sig = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0
label = s:win:Windows:7 or 8
; source: public captures 2020 (1 labelled host); medium
sig = *:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0
; source: public captures 2021 (1 labelled host), behind the one above; medium
sig = *:128:0:*:8192,*:mss,nop,ws,nop,nop,sok:df,id+:0
label = s:unix:macOS:10.14 or newer
; source: XNU source; high
sig = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+,flow:0
label = g:win:Windows:
; source: option order of the family; medium
sig = *:128:0:*:*,*:mss,nop,ws,nop,nop,sok:df,id+,flow:0

[tcp:response]
label = s:unix:Linux:3.11-4.19
; source: kernel source; high
sig = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0
"""

HEADER = "file,frame,direction,ip,port,raw_sig,os_family,os_version,evidence_kind,strength,year,suspect"

ROWS = (
    "alpha__one.pcap,1,request,10.0.0.1,,,Linux,kernel 5.4.0-1-generic,,,2020,",
    "alpha__one.pcap,2,request,10.0.0.2,,,Windows,7/2008R2 (build 7601),,,2020,",
    "alpha__one.pcap,3,request,10.0.0.3,,,iOS,13.1,,,2021,",
    "alpha__one.pcap,4,request,10.0.0.4,,,Linux,,,,2021,",
    "alpha__one.pcap,5,request,10.0.0.5,,,macOS,10.7,,,2021,",
    "alpha__one.pcap,6,response,198.51.100.2,,,Linux,kernel 5.4,,,2020,",
    "beta__two.pcap,1,request,10.0.0.1,,,Windows,10/11,,,2022,no-tcp-options+synthetic",
    "beta__two.pcap,9,request,10.0.0.9,,,Linux,,,,2022,",
)
"""Right; right; near; unknown; wrong; right but the version contradicted; suspect; no such packet."""

ORACLE = (
    ("2023-11-14T22:13:20Z", "syn", "10.0.0.1/40000", "cli", "Linux 2.2.x-3.x", "generic"),
    ("2023-11-14T22:13:21Z", "syn", "10.0.0.2/40000", "cli", "Windows 7 or 8", "none"),
    ("2023-11-14T22:13:22Z", "syn", "10.0.0.3/40000", "cli", "Mac OS X", "generic fuzzy"),
    ("2023-11-14T22:13:20Z", "mtu", "10.0.0.1/40000", "cli", "", ""),
    ("2023-11-14T22:13:25Z", "syn+ack", "10.0.0.1/40000", "srv", "???", "none"),
)


def client(number: int, tcp: Tcp, ttl: int = 64) -> bytes:
    """The SYN of 10.0.0.number."""
    return packet(Ip4(source=f"10.0.0.{number}", destination=SERVER, ttl=ttl), tcp)


def windows(number: int) -> bytes:
    """The SYN of a Windows host."""
    return client(number, WINDOWS, ttl=128)


def capture(*packets: bytes) -> bytes:
    """A capture of raw IP packets, a second apart."""
    return pcap([((START + number) * SECOND, data) for number, data in enumerate(packets)])


def write_corpus(folder: Path, rows: tuple[str, ...] = ROWS) -> Path:
    """Captures, ``labels.csv``, ``own.fp`` and p0f's answers in ``oracle``."""
    answer = reply(Ip4(source="10.0.0.1", destination=SERVER), replace(LINUX, seq=0x11223344))
    one = (client(1, LINUX), windows(2), client(3, APPLE), client(4, PLAIN), client(5, LINUX), answer)
    (folder / "alpha__one.pcap").write_bytes(capture(*one))
    (folder / "beta__two.pcap").write_bytes(capture(client(1, PLAIN), windows(7)))
    (folder / "labels.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    (folder / "own.fp").write_text(SIGNATURES, encoding="utf-8")
    (folder / "oracle").mkdir(exist_ok=True)
    lines = "".join(json.dumps(_oracle_row(*row)) + "\n" for row in ORACLE)
    (folder / "oracle" / "alpha__one.pcap.jsonl").write_text(lines, encoding="utf-8")
    return folder


def _oracle_row(when: str, mod: str, end: str, subject: str, name: str, params: str) -> dict[str, str]:
    row = {"ts": when, "mod": mod, "cli": end, "srv": f"{SERVER}/80", "subj": subject}
    return {**row, "os": name, "params": params} if name else row
