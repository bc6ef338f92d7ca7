"""Session setups of SMB built field by field ([MS-CIFS], [MS-SMB], [MS-SMB2], [MS-NLMP])."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from random import Random

from tests.support.devices.made import MAC, OTHER_MAC, frame
from tests.support.tls.conversation import Conversation

NEGOTIATE, CHALLENGE, AUTHENTICATE = 1, 2, 3
UNICODE, VERSION = 1, 0x02000000
WINDOWS_10 = bytes((10, 0)) + struct.pack("<H", 19041) + b"\0\0\0\x0f"
MORE = 0xC0000016
COMPUTER = 1


def framed(message: bytes) -> bytes:
    """A message of a session."""
    return struct.pack("!I", len(message)) + message


def fields(at: int, *values: bytes) -> tuple[bytes, bytes]:
    """Headers of values that stand from `at` on, and the values."""
    headers = b""
    for number, value in enumerate(values):
        place = at + sum(map(len, values[:number]))
        headers += struct.pack("<HHI", len(value), len(value), place)
    return headers, b"".join(values)


def negotiate(version: bytes | None = WINDOWS_10, name: bytes = b"") -> bytes:
    """NTLM's first message."""
    headers, values = fields(32 if version is None else 40, b"", name)
    flags = UNICODE | (0 if version is None else VERSION)
    return b"NTLMSSP\0" + struct.pack("<II", NEGOTIATE, flags) + headers + (version or b"") + values


def pairs(*of: tuple[int, bytes]) -> bytes:
    """Target information."""
    return b"".join(struct.pack("<HH", kind, len(value)) + value for kind, value in (*of, (0, b"")))


def challenge(version: bytes | None = WINDOWS_10, name: str = "SRV", target: bytes | None = None) -> bytes:
    """The server's message."""
    if target is None:
        target = pairs((2, "HOME".encode("utf-16-le")), (COMPUTER, name.encode("utf-16-le")))
    flags = UNICODE | (0 if version is None else VERSION)
    headers, values = fields(48 if version is None else 56, "HOME".encode("utf-16-le"), target)
    body = headers[:8] + struct.pack("<I", flags) + bytes(16) + headers[8:] + (version or b"")
    return b"NTLMSSP\0" + struct.pack("<I", CHALLENGE) + body + values


def authenticate(version: bytes | None = WINDOWS_10, name: str = "PC") -> bytes:
    """The client's last message."""
    texts = [text.encode("utf-16-le") for text in ("HOME", "anna", name)]
    headers, values = fields(64 if version is None else 72, bytes(24), bytes(24), *texts, b"")
    flags = UNICODE | (0 if version is None else VERSION)
    body = headers + struct.pack("<I", flags) + (version or b"")
    return b"NTLMSSP\0" + struct.pack("<I", AUTHENTICATE) + body + values


def header2(command: int, *, reply: bool = False, status: int = 0) -> bytes:
    """The header of versions 2 and 3."""
    start = b"\xfeSMB" + struct.pack("<HHIHHII", 64, 0, status, command, 1, int(reply), 0)
    return start.ljust(64, b"\0")


def negotiation2(*, reply: bool = False) -> bytes:
    """A negotiation of versions 2 and 3."""
    return framed(header2(0, reply=reply) + bytes(40))


def setup2(token: bytes, *, reply: bool = False, command: int = 1, place: int | None = None) -> bytes:
    """A session setup of versions 2 and 3."""
    at = 64 + (8 if reply else 24)
    at = at if place is None else place
    body = (
        struct.pack("<HHHH", 9, 0, at, len(token))
        if reply
        else struct.pack("<HBBIIHHQ", 25, 0, 1, 0, 0, at, len(token), 0)
    )
    return framed(header2(command, reply=reply, status=MORE if reply else 0) + body + token)


DRSUAPI = bytes.fromhex("354251e3064bd111ab0400c04fc2dcd2")
"""The interface of a directory ([MS-DRSR], 1.9), as a bind has it."""


def rpc(
    token: bytes,
    kind: int = 11,
    *,
    order: str = "<",
    offers: bytes = b"",
    address: bytes | None = None,
    result: int = 0,
) -> bytes:
    """A message of DCE/RPC with a verifier ([C706], 12.6): kind 11 is a bind, 12 its answer, 16 the last."""
    body = bytes(16)
    if offers:
        body = struct.pack("<HHIBxHHBB", 4280, 4280, 0, 1, 0, 0, 1, 0) + offers + bytes(24)
    elif address is not None:
        body = struct.pack("<HHIH", 4280, 4280, 1, len(address)) + address
        body += bytes(-len(body) % 4) + struct.pack("<BxHHH", 1, 0, result, 0) + bytes(20)
    body += struct.pack(f"{order}BBBBI", 10, 2, 0, 0, 7) + token
    flags = 0x10000000 if order == "<" else 0
    head = struct.pack("!BBBBI", 5, 0, kind, 3, flags)
    return head + struct.pack(f"{order}HHI", 16 + len(body), len(token), 1) + body


def ldap(token: bytes, operation: int = 0x60, *, number: int = 1) -> bytes:
    """A bind of LDAP by SASL (RFC 4511, 4.2), or its answer (operation 0x61)."""
    sasl = ber(0xA3, ber(4, b"GSS-SPNEGO") + ber(4, token))
    answer = ber(0x0A, b"\x0e") + ber(4, b"") + ber(4, b"") + ber(0x87, token)
    body = answer if operation == 0x61 else ber(2, b"\3") + ber(4, b"") + sasl
    return ber(0x30, ber(2, number.to_bytes(2, "big")) + ber(operation, body))


def ber(tag: int, value: bytes) -> bytes:
    """A value with its tag and its length, of which the long form has two bytes."""
    short = len(value) < 128
    return (
        bytes((tag,)) + (bytes((len(value),)) if short else b"\x82" + struct.pack("!H", len(value))) + value
    )


def texts1(at: int, texts: Sequence[str], *, unicode: bool) -> bytes:
    """Texts that stand from `at` of a message on."""
    out = b"\0" * (at & 1) if unicode else b""
    code = "utf-16-le" if unicode else "latin-1"
    return out + b"".join(f"{text}\0".encode(code, "replace") for text in texts)


def setup1(
    texts: Sequence[str],
    token: bytes = b"",
    *,
    words: int = 12,
    passwords: tuple[int, int] = (0, 0),
    unicode: bool = True,
    command: int = 0x73,
) -> bytes:
    """A session setup of version 1: a request, or with 3 or 4 words a reply."""
    reply = words < 10
    header = b"\xffSMB" + struct.pack(
        "<BIBH", command, 0, 0x80 if reply else 0, 0xC000 if unicode else 0x4000
    )
    parameters = [0xFF, 0, 0] if reply else [0xFF, 0, 4356, 10, 0, 0, 0]
    if reply:
        parameters += [len(token)] * (words - 3)
    elif words == 12:
        parameters += [len(token), 0, 0, 0, 0]
    else:
        parameters += [passwords[0], passwords[1], 0, 0, 0, 0][: words - 7]
    before = token if words in (4, 12) else bytes(sum(passwords))
    at = 32 + 1 + 2 * words + 2 + len(before)
    data = before + texts1(at, texts, unicode=unicode)
    block = bytes((words,)) + struct.pack(f"<{words}H", *parameters) + struct.pack("<H", len(data))
    return framed(header.ljust(32, b"\0") + block + data)


def connection(
    client: bytes = b"", server: bytes = b"", *, step: int = 1 << 16, port: int = 445, sport: int = 40000
) -> list[bytes]:
    """Frames of a connection, each side's bytes in segments of `step`."""
    made = Conversation(sport, port).handshake()
    for at in range(0, len(client), step):
        made.client(at, client[at : at + step])
    for at in range(0, len(server), step):
        made.server(at, server[at : at + step])
    return framed_packets(made.packets)


def framed_packets(packets: Sequence[bytes]) -> list[bytes]:
    """Frames: the client and the server have a MAC each."""
    return [frame(one, 0x0800, mac=MAC if one[12:16] == b"\xc0\0\2\1" else OTHER_MAC) for one in packets]


def some_setup(random: Random) -> bytes:
    """One side's bytes, made at random."""
    name = "".join(random.choices("abc\u00e4\U0001f600", k=random.randrange(6)))
    version = random.choice((None, WINDOWS_10, random.randbytes(8)))
    token = random.choice(
        (negotiate(version), challenge(version, name), authenticate(version, name), b"", b"NTLMSSP")
    )
    words = random.choice((3, 4, 10, 12, 13))
    return random.choice(
        (
            negotiation2() + setup2(token),
            setup2(token, reply=True),
            setup1(
                (name, "b", "c", "d"),
                token,
                words=words,
                passwords=(random.randrange(3), random.randrange(3)),
                unicode=random.random() < 0.7,
            ),
        )
    )
