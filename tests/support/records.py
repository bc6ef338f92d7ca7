"""Rendered records, to be compared."""

from __future__ import annotations

import re

_CAPTURE = re.compile(rb',"capture":(?:null|"(?:[^"\\]|\\.)*")')


def unnamed(rendered: bytes) -> bytes:
    """JSON lines without the capture's name, which differs between a file and the same bytes in memory."""
    found, count = _CAPTURE.subn(b"", rendered)
    assert count == rendered.count(b"\n"), "each record has it once"
    return found
