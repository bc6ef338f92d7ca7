"""What a lab prints at its end."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence


def report(found: Mapping[str, object], faults: Sequence[str]) -> int:
    """Print what was found as JSON, and each fault to standard error. Returns the exit status."""
    print(json.dumps(found))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0
