"""What clients of p0f's API get from p0f and from a capture of the same traffic.

    python -m tests.live.api_peers 'COMMAND'...

Needs root and p0f. Each command asks the socket whose path it gets as its first argument for the addresses
that follow, all of them public, and prints a line for each. Prints what differs between the two.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from api import vectors  # noqa: E402

from live import network as net  # noqa: E402
from live.test_api import both_listening, send  # noqa: E402

STOCK = Path("/etc/p0f/p0f.fp")
HOSTS = ["9.77.0.2", "9.77.0.1", "2a00::2", "9.99.99.99"]
HOSTS += [f"9.88.0.{number}" for number in range(10, 17)] + [f"9.77.3.{number}" for number in range(1, 5)]


def compare(command: str, theirs: Path, ours: Path) -> None:
    """Print the lines that differ, and how many are the same."""
    print(command)
    answers = [
        subprocess.run(
            [*shlex.split(command), str(path), *HOSTS],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout.splitlines()
        for path in (theirs, ours)
    ]
    pairs = list(zip(*map(sorted, answers), strict=True))
    for one, other in pairs:
        if one != other:
            print(f"  p0f:    {one}\n  huginn: {other}")
    print(f"  {sum(one == other for one, other in pairs)} of {len(pairs)} lines are the same")


def main(commands: list[str]) -> None:
    """Send the traffic once, then ask with every client."""
    with net.network() as made, tempfile.TemporaryDirectory() as folder:
        for namespace in (made.client, made.server):
            net.silence(namespace)
        with both_listening(made, STOCK, Path(folder)) as (theirs, ours):
            send(made, vectors.both_runs("9", "2a00"), Path(folder), (theirs, ours), "9.77.3.4")
            for command in commands:
                compare(command, theirs, ours)


if __name__ == "__main__":
    main(sys.argv[1:])
