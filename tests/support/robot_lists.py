"""Operators' lists of addresses, as files."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

TODAY = datetime.now(timezone.utc).isoformat(timespec="microseconds").removesuffix("+00:00")
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def write(folder: Path, name: str, prefixes: list[object], **more: object) -> Path:
    path = folder / name
    path.write_text(json.dumps({"creationTime": TODAY, "prefixes": prefixes} | more))
    return path
