"""Asks pip-audit whether what the package needs at run time has known vulnerabilities.

    .venv/bin/python .ci/audit.py

The versions are those that are installed: of the package's dependencies, of its optional ones, and
of theirs. It ends with 1 when one has a vulnerability. Where the database of vulnerabilities
cannot be reached, it says so and ends with 0: then nothing was found out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

PACKAGE = "huginn-cffi"
EXTRAS = ("arrow", "compression", "metrics", "report")
SECONDS = 180


def needed(package: str, extras: tuple[str, ...], found: dict[str, str]) -> None:
    """Add to `found` what the package needs, with its version; what is not installed is left out."""
    for requirement in distribution(package).requires or ():
        name = re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0]
        extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)", requirement)
        if (extra is None or extra[1] in extras) and name.lower() not in found:
            try:
                found[name.lower()] = distribution(name).version
            except PackageNotFoundError:
                continue
            needed(name, (), found)


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
    found: dict[str, str] = {}
    needed(PACKAGE, EXTRAS, found)
    pins = "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))
    answers, reason = audited(pins)
    known = [one for one in answers if "vulns" in one]
    if answers and not known:
        reason = answers[0]["skip_reason"]
    if not known:
        print(f"skipped: the database of vulnerabilities cannot be reached ({reason})")
        return 0
    print(f"{len(known)} of {len(found)} packages are known to it: {', '.join(pins.split())}")
    bad = [(one["name"], one["version"], each["id"]) for one in known for each in one["vulns"]]
    for name, version, identifier in bad:
        print(f"{name} {version} has {identifier}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
