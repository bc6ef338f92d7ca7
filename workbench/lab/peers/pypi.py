"""The answers that PyPI's p0f gets for addresses: SOCKET ADDRESS...; one line each."""

import sys
from datetime import datetime

import p0f

client = p0f.P0f(sys.argv[1], timeout=10)
for address in sys.argv[2:]:
    try:
        found = client.get_info(address)
    except KeyError:
        print(address, "is not known")
    else:
        plain = {
            name: int(value.timestamp()) if isinstance(value, datetime) else value
            for name, value in found.items()
        }
        print(address, plain)
