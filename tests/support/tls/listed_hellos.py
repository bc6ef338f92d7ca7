"""Hellos with the lists of a JA4_r."""

from __future__ import annotations

from tests.support.tls.hello_model import Hello

TRANSPORTS = {"t": "tcp", "q": "quic", "d": "dtls"}
VERSIONS = {"13": 0x0304, "12": 0x0303, "11": 0x0302, "10": 0x0301, "s3": 0x0300, "s2": 2}
VERSIONS |= {"d1": 0xFEFF, "d2": 0xFEFD, "d3": 0xFEFC, "00": 0x7F1C}


def codes(text: str) -> list[int]:
    return [int(code, 16) for code in text.split(",")] if text else []


def of_lists(ja4_r: str) -> Hello:
    """A hello with the lists of a JA4_r, whose names and ALPN are in its first part alone."""
    start, ciphers, extensions, *algorithms = ja4_r.split("_")
    kinds = codes(extensions) + [0] * (start[3] == "d")
    kinds += [16] * (min(int(start[6:8]), 99) - len(kinds))
    return Hello(
        VERSIONS[start[1:3]],
        tuple(codes(ciphers)),
        tuple(kinds),
        algorithms=tuple(codes(algorithms[0])) if algorithms else (),
        alpn=(bytes(start[8:], "ascii"),) if start[8:] != "00" else (),
        transport=TRANSPORTS[start[0]],
    )
