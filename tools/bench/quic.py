"""QUIC's first packets beside libcrypto's own calls: ``python -m tools.bench.quic``.

Builds ``quic.c`` as the package builds its core and prints, a core, how many packets a second libcrypto alone
opens (keys with a kept MAC context, header mask, AES-GCM), and how many the core does: a look at each
datagram, and a look with what follows in order. The goal is 80 % of libcrypto's rate.
"""

from __future__ import annotations

import argparse
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from statistics import median

from tests.support import builds
from tests.support.core import sources
from tests.tls.datagram_model import Initial, crypto
from tests.tls.datagrams import MODULES, MORE, NEEDED
from tools.bench.hotpath import LINK_TIME, CompilerAbsentError, package_flags

HERE = Path(__file__).resolve().parent

GOAL = 0.8
UNFIT = 77
PACKET_BYTES = 1200
HELLO_BYTES = 600


class UnfitLibcryptoError(Exception):
    """There is no libcrypto 3 on this system to compare with."""


def packets(count: int) -> bytes:
    """Initials of as many connections, each after its length."""
    random = Random(1)
    out = []
    for _ in range(count):
        hello = b"\1" + HELLO_BYTES.to_bytes(3, "big") + random.randbytes(HELLO_BYTES)
        own_id = random.randbytes(8)
        frames = crypto(0, hello)
        short = len(Initial(own_id, frames, own_id).unsealed())
        sealed = Initial(own_id, frames + bytes(PACKET_BYTES - short), own_id).sealed()
        out.append(struct.pack("<I", len(sealed)) + sealed)
    return b"".join(out)


def run(count: int, rounds: int) -> list[tuple[float, float, float]]:
    """Packets a second, a round: libcrypto, look, look and follow."""
    compiler = shutil.which("gcc")
    if compiler is None:
        raise CompilerAbsentError("gcc is not installed")
    with tempfile.TemporaryDirectory() as name:
        data = Path(name, "packets")
        data.write_bytes(packets(count))
        files = (HERE / "quic.c", *sources(*(f"tls/{one}" for one in (*MODULES, *MORE)), *NEEDED))
        flags = [*package_flags(), LINK_TIME, "-DNDEBUG"]
        program = builds.program(Path(name, "quic"), files, flags, ["-ldl"], compiler)
        done = subprocess.run([program, data, str(rounds)], capture_output=True, text=True, timeout=600)
    if done.returncode == UNFIT:
        raise UnfitLibcryptoError("there is no libcrypto 3 on this system")
    done.check_returncode()
    rows = (line.split() for line in done.stdout.splitlines())
    return [(float(plain), float(look), float(both)) for plain, look, both in rows]


def main() -> int:
    """Print the table; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description="QUIC's first packets beside libcrypto's own calls.")
    parser.add_argument("--packets", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    plain, look, both = (median(rates) for rates in zip(*run(given.packets, given.rounds), strict=True))
    print(f"libcrypto alone    {plain:>10,.0f} packets/s")
    print(f"look               {look:>10,.0f} packets/s  {look / plain:.0%}")
    print(f"look and follow    {both:>10,.0f} packets/s  {both / plain:.0%}")
    return 0 if both / plain >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
