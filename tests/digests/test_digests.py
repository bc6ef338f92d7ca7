"""SHA-1, SHA-256, HMAC and HKDF of the core: published answers, and those of Python for all messages."""

from __future__ import annotations

import hashlib
import hmac
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from tests.support import builds
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS

Ask = Callable[[Sequence[str]], list[str]]

# FIPS 180-4's examples, NIST's CAVP file SHA256ShortMsg.rsp, and the million of FIPS 180-2.
KNOWN = {
    b"": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    b"abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq": (
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    bytes.fromhex("d3"): "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1",
    bytes.fromhex("11af"): "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98",
    b"a" * 1_000_000: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
}

# RFC 4231, the cases that fit one block.
HMACS = {
    (b"\x0b" * 20, b"Hi There"): "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    (b"Jefe", b"what do ya want for nothing?"): (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (b"\xaa" * 20, b"\xdd" * 50): "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    (bytes(range(1, 26)), b"\xcd" * 50): "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
}

# RFC 9001, appendix A.1.
SALT = "38762cf7f55934b34d179ae6a4c80cadccbb7f0a"
SECRET = "7db5df06e7a69e432496adedb00851923595221596ae2ae9fb8115c1e9ed0a44"
CLIENT = "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea"
LABELS = {
    (SECRET, "client in", 32): CLIENT,
    (SECRET, "server in", 32): "3c199828fd139efd216c155ad844cc81fb82fa8d7446fa7d78be803acdda951b",
    (CLIENT, "quic key", 16): "1f369613dd76d5467730efcbe3b1a22d",
    (CLIENT, "quic iv", 12): "fa044b2f42a3fd3b46fb255c",
    (CLIENT, "quic hp", 16): "9f50449e04a0e810283a1e9933adedd2",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Answers to lines, after it was seen that the portable way and the fastest agree."""
    out = tmp_path_factory.mktemp("digests") / "digests"
    builds.write_headers(out.parent)
    files = (
        Path(__file__).with_name("digests.c"),
        *sources("base/cpu", "base/digest"),
    )
    program = builds.program(out, files, [*builds.FLAGS, *SANITIZERS])

    def run(lines: Sequence[str]) -> list[str]:
        text = "".join(f"{line}\n" for line in lines)
        done = subprocess.run([str(program)], input=text, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stderr) == (0, "")
        answers = [line.split() for line in done.stdout.splitlines()]
        assert [portable for portable, fastest in answers if portable != fastest] == []
        return [portable for portable, _ in answers]

    return run


def test_known_digests(ask: Ask) -> None:
    for piece in (0, 1, 63, 64, 65):
        assert ask([f"sha {piece} {message.hex()}" for message in KNOWN]) == list(KNOWN.values())


def test_every_length_around_blocks(ask: Ask) -> None:
    random = Random(1)
    messages = [(piece, random.randbytes(length)) for length in range(300) for piece in (0, 1, 7, 64, 100)]
    expected = [hashlib.sha256(message).hexdigest() for _, message in messages]
    assert ask([f"sha {piece} {message.hex()}" for piece, message in messages]) == expected


def test_short_messages_by_sha1(ask: Ask) -> None:
    random = Random(3)
    messages = [b"", b"abc", *(random.randbytes(length) for length in range(56))]
    expected = [hashlib.sha1(message, usedforsecurity=False).hexdigest() for message in messages]
    assert ask([f"one {message.hex()}" for message in messages]) == expected


def test_known_macs(ask: Ask) -> None:
    assert ask([f"hmac {key.hex()} {message.hex()}" for key, message in HMACS]) == list(HMACS.values())
    assert ask([f"hmac {SALT} 8394c8f03e515708"]) == [SECRET]


def test_every_length_of_key_and_message(ask: Ask) -> None:
    random = Random(2)
    pairs = [(random.randbytes(key), random.randbytes(message)) for key in range(65) for message in range(56)]
    expected = [hmac.digest(key, message, "sha256").hex() for key, message in pairs]
    assert ask([f"hmac {key.hex()} {message.hex()}" for key, message in pairs]) == expected


def test_known_labels(ask: Ask) -> None:
    lines = [f"label {secret} {length} {name}" for secret, name, length in LABELS]
    assert ask(lines) == list(LABELS.values())
