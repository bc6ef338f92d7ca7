"""Measure stacks, and add the results to the table: ``python -m workbench.lab WHAT``.

``linux``: the running kernel, as root. ``linux --kernel VMLINUZ --modules FOLDER``: another kernel, in QEMU.
``stacks``: everything else that is installed. Existing rows of the table stay; remove both files to start
again.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.lab import linux, stacks
from workbench.lab.agents import build_agent
from workbench.lab.netns import loopback, two_namespaces, virtual_machine
from workbench.lab.records import SUBJECTS, TABLE, MeasuredSubject, SignatureRecord, merged
from workbench.lab.tools import add_rows, read_table, write_table

MEMORY = 4400
"""MB of memory at which all limits that a kernel derives from its memory have their maximum."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m workbench.lab")
    parser.add_argument("what", choices=("linux", "stacks"))
    parser.add_argument("names", nargs="*", help="stacks to measure; without one, all")
    parser.add_argument("--kernel", type=Path, help="a kernel's image, booted in QEMU")
    parser.add_argument("--modules", type=Path, help="a folder with its modules somewhere below")
    parser.add_argument("--memory", type=int, default=MEMORY, help="of the machine, in MB")
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = list(_measure(wanted, Path(folder)))
    words = ["python", "-m", "workbench.lab", wanted.what, *wanted.names]
    words += ["--kernel", wanted.kernel.name, "--memory", str(wanted.memory)] if wanted.kernel else []
    today = date.today().isoformat()
    named = {(one.stack, one.versions): None for one in found}
    fresh = [MeasuredSubject(*name, shlex.join(words), today) for name in named]
    write_table(TABLE, merged([*read_table(TABLE, SignatureRecord), *found]), SignatureRecord)
    add_rows(SUBJECTS, MeasuredSubject, fresh, ("stack", "version", "command"))
    print(f"{len(found)} records", file=sys.stderr)


def _measure(wanted: argparse.Namespace, folder: Path) -> Iterator[SignatureRecord]:
    agent = build_agent(folder / "program")
    if wanted.what == "stacks":
        yield from stacks.measure(agent, folder, wanted.names)
        return
    with ExitStack() as cleanup:
        if wanted.kernel is None:
            rooms = [cleanup.enter_context(two_namespaces(agent)), cleanup.enter_context(loopback(agent))]
        else:
            machine = virtual_machine(agent, wanted.kernel, wanted.modules, folder, wanted.memory)
            rooms = cleanup.enter_context(machine)
        for room in rooms:
            for direction in ("request", "response"):
                for one in linux.measure(room, direction):
                    little = wanted.kernel is not None and wanted.memory < MEMORY
                    yield replace(one, versions=f"{one.versions}@{wanted.memory}MB") if little else one


if __name__ == "__main__":
    main()
