"""Files that are no captures we read: what they are, and what to do."""

from __future__ import annotations

import codecs
import re

_CONVERT = "convert it with Wireshark's editcap: editcap -F pcapng FILE NEW"
_UNPACK = "unpack it, and name the captures or their folder"
_NOT_PACKETS = "name a file with packets, in pcap or pcapng"
_FETCH = "fetch the file that it stands for"

_SIGNATURES = (
    (0, b"version https://git-lfs", "a Git LFS pointer", f"{_FETCH}: git lfs pull"),
    (0, b"/annex/objects/", "a git-annex pointer", f"{_FETCH}: git annex get FILE"),
    *(
        (0, magic, f"a capture of {program}", _CONVERT)
        for magic, program in (
            *((b"snoop\0", "snoop"), (b"btsnoop\0", "Bluetooth (btsnoop)"), (b"iptrace ", "iptrace")),
            *((b"GMBU", "Network Monitor"), (b"RTSS", "Network Monitor"), (b"XCP\0", "NetXRay")),
            *((b"TRSNIFF data", "Sniffer"), (b"\x7fver", "OmniPeek"), (b"\x05VNF", "Visual Networks")),
            *((b"ObserverPktBuffer", "Observer"), (b"\x54\x52\x00\x64\x00", "nettl")),
        )
    ),
    *(
        (72, magic, "an event trace of Windows (ETL)", "convert it on Windows: pktmon etl2pcap FILE")
        for magic in (b"\x02\x00\x01\xc0", b"\x02\x00\x02\xc0")
    ),
    *((0, magic, "a ZIP archive", _UNPACK) for magic in (b"PK\3\4", b"PK\5\6")),
    (0, b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (0, b"Rar!", "a RAR archive", _UNPACK),
    (0, b"MSCF", "a CAB archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"\x1f\x9d", "compressed with compress", "decompress it first: uncompress FILE"),
    (0, b"%PDF-", "a PDF document", _NOT_PACKETS),
    *((0, magic, "an image", _NOT_PACKETS) for magic in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
    *((0, magic, "a program", _NOT_PACKETS) for magic in (b"\x7fELF", b"MZ")),
    (0, b"SQLite format 3\0", "a SQLite database", _NOT_PACKETS),
    (0, bytes(32), "a file that begins with zeros", "copy or download it again"),
)
"""Offset and bytes of a signature, what the file is, and what to do."""

_TEXTS = (
    ("<.*<html|<html|<!doctype html", "an HTML page", "download the file itself, not the page that shows it"),
    ("<", "an XML file", _NOT_PACKETS),
    (r"[{\[]", "a JSON file", _NOT_PACKETS),
    (
        "",
        "not a pcap or pcapng file, but a text file",
        f"{_NOT_PACKETS}; text2pcap of Wireshark converts dumps in hexadecimal",
    ),
)
"""The same for texts: a pattern for their beginning, without white space before it."""

_TARS = (".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tar.lz4")


def recognised(head: bytes, name: str) -> str | None:
    """What a file with this name and these first bytes is, and what to do; None if that is not known."""
    for at, magic, what, remedy in _SIGNATURES:
        if head[at:].startswith(magic):
            return f"{what}; {remedy}"
    if name.lower().endswith(_TARS):  # old ones have no signature
        return f"a tar archive; {_UNPACK}"
    if (text := _text(head)) is None:
        return f"a capture of Endace (ERF); {_CONVERT}" if _is_erf(head) else None
    begins = ((re.match(begin, text, re.I | re.S), what, remedy) for begin, what, remedy in _TEXTS)
    return next(f"{what}; {remedy}" for found, what, remedy in begins if found)


def _text(head: bytes) -> str | None:
    """The text that begins like this, without a mark of its encoding and white space; None if it is none."""
    # PowerShell writes output as UTF-16, in which each Latin letter has a zero.
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in head
    try:
        decoder = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")()
        text = decoder.decode(head).lstrip()  # the limit may cut a character
    except UnicodeDecodeError:
        return None
    return text if text and all(one.isprintable() or one.isspace() for one in text) else None


def _is_erf(head: bytes) -> bool:
    """Whether a record of ERF begins: a time after 2000, a known type, and lengths that fit together."""
    seconds, kind = int.from_bytes(head[4:8], "little"), head[8:9] and head[8] & 0x7F
    record, wire = (int.from_bytes(head[at : at + 2], "big") for at in (10, 14))
    return seconds > 946_684_800 and kind in range(1, 49) and 16 < record <= wire + 40 and wire <= record
