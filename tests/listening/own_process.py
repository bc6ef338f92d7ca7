"""A server in its own process: prints its port, and for each line of input its resident memory in KB."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from huginn_cffi.sockets import addresses
from tests.listening.test_server import ServerSite


def main() -> None:
    site = ServerSite(addresses.listening_socket(addresses.read_where("127.0.0.1:0"), 4096))
    print(site.where[1], flush=True)
    for _ in sys.stdin:
        print(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0], flush=True)
    site.server.stop()


if __name__ == "__main__":
    main()
