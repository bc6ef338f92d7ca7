"""Asks pip-audit whether what is installed from the lock has known vulnerabilities.

    .venv/bin/python .ci/audit.py

The versions are those of `requirements/dev.txt` for this Python: what the package needs at run time,
and what tests and developers use. It ends with 1 when one has a vulnerability. Where the database of
vulnerabilities cannot be reached, it says so and ends with 0: then nothing was found out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parents[1] / "requirements" / "dev.txt"
SECONDS = 180


def locked(lines: list[str]) -> list[str]:
    """The pins of a lock that hold for this Python: ``name==version``."""
    pins = [Requirement(line.removesuffix("\\")) for line in lines if line[:1].isalnum()]
    return [f"{pin.name}{pin.specifier}" for pin in pins if pin.marker is None or pin.marker.evaluate()]


def audited(pins: str) -> tuple[list[dict[str, Any]], str]:
    """pip-audit's answer about each, or no answer and the reason."""
    with tempfile.TemporaryDirectory() as name:
        wanted, answer = Path(name, "pins.txt"), Path(name, "answer.json")
        wanted.write_text(pins)
        command = [sys.executable, "-m", "pip_audit", "-r", str(wanted), "--no-deps", "--disable-pip"]
        options = ["--progress-spinner", "off", "--format", "json", "--output", str(answer)]
        try:
            done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return [], f"no answer within {SECONDS} s"
        if not answer.exists() or not answer.read_text():
            return [], (done.stderr.strip().splitlines() or ["no answer"])[-1]
        return json.loads(answer.read_text())["dependencies"], ""


def main() -> int:
    """Print what was found."""
    pins = locked(LOCK.read_text().splitlines())
    answers, reason = audited("".join(f"{pin}\n" for pin in pins))
    known = [one for one in answers if "vulns" in one]
    if answers and not known:
        reason = answers[0]["skip_reason"]
    if not known:
        print(f"skipped: the database of vulnerabilities cannot be reached ({reason})")
        return 0
    print(f"{len(known)} of {len(pins)} packages are known to it: {', '.join(pins)}")
    bad = [(one["name"], one["version"], each["id"]) for one in known for each in one["vulns"]]
    for name, version, identifier in bad:
        print(f"{name} {version} has {identifier}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
