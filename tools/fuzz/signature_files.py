"""Signature files that are slow on purpose: the result, time and memory of compiling each.

python -m tools.fuzz.signature_files
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.support.command import ENVIRONMENT

HEAD = "classes = unix\n[tcp:request]\nlabel = s:unix:A:1\n"
SIGNATURE = "sig = 4:64:0:1460:mss*4,7:mss,sok,ts,nop,ws:df,id+:0\n"


def _moduli() -> str:
    return "".join(f"sig = *:64:0:*:%{2 + n},*:mss,sok,ts,nop,ws:df:*\n" for n in range(60_000))


def _classes() -> str:
    lines = (",".join(f"c{line}x{number}" for number in range(1000)) for line in range(500))
    return "".join(f"classes = {line}\n" for line in lines)


FILES: dict[str, Callable[[], str]] = {
    "100 MB of signatures": lambda: HEAD + SIGNATURE * 1_900_000,
    "one signature a million times": lambda: HEAD + SIGNATURE * 1_000_000,
    "60,000 windows of different moduli": lambda: HEAD + _moduli(),
    "one line of 60 MB": lambda: "classes = " + "," * 60_000_000,
    "30 million lines that say nothing": lambda: "x\n" * 30_000_000,
    "60 million empty lines": lambda: "\n" * 60_000_000,
    "half a million classes": _classes,
}

CODE = r"""
import json, re, sys, time
from huginn_cffi import Database, SignatureError
try:
    answer = str(len(Database.compile(sys.argv[1])))
except SignatureError as error:
    answer = str(error)
used = int(re.search(r"VmHWM:\s*(\d+) kB", open("/proc/self/status").read())[1]) * 1024
print(json.dumps([answer, time.process_time(), used]))
"""


def measured(folder: Path, text: str) -> tuple[str, float, int]:
    """Compile `text` in a separate process; returns result, seconds and bytes."""
    path = folder / "hostile.fp"
    path.write_text(text)
    command = [sys.executable, "-c", CODE, str(path)]
    done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=True, timeout=3600)
    answer, seconds, used = json.loads(done.stdout)
    return answer, seconds, used


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, make in FILES.items():
            text = make()
            answer, seconds, used = measured(Path(folder), text)
            found = (
                f"{answer} signatures" if answer.isdigit() else answer.partition("\n")[0].partition(": ")[2]
            )
            size = f"{len(text) / 1e6:.0f} MB"
            print(f"| {name} | {size} | {seconds:.1f} s | {used / 1e6:.0f} MB | {found[:90]} |", flush=True)


if __name__ == "__main__":
    main()
