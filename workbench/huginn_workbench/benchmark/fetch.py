"""Gets the captures with git: one commit of each repository, and only the listed files."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from huginn_workbench.benchmark.captures import found_in, refusal
from huginn_workbench.benchmark.lists import CaptureSource

BASE = "https://github.com/"
TIMEOUT_S = 600
STALLED_S = 30
"""So long a transfer may be slower than a kilobyte a second."""


def fetch(
    folder: Path, sources: Iterable[CaptureSource], say: Callable[[str], object], base: str = BASE
) -> list[str]:
    """Get what the folder does not have yet; a sentence for each capture that is gone or refused.

    Captures that an earlier run left there are checked and kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [*sources]
    present, _ = found_in(folder, wanted)
    missing: dict[tuple[str, str], list[CaptureSource]] = defaultdict(list)
    for one in wanted:
        if one.capture not in present:
            missing[one.repository, one.commit].append(one)
    done, problems = len(present), []
    for (repository, commit), some in missing.items():
        store = folder / ".git" / f"{repository.replace('/', '__')}-{commit or 'HEAD'}"
        if error := _fetch_commit(store, f"{base}{repository}", commit or "HEAD"):
            problems += [f"{one.capture}: {repository} cannot be fetched: {error}" for one in some]
            continue
        for one in some:
            if problem := _get(store, one, folder):
                problems.append(problem)
            else:
                done += 1
                say(f"{done} of {len(wanted)}: {one.capture}")
    return problems


def _fetch_commit(store: Path, url: str, commit: str) -> str:
    """Fetch a commit without its files, which git gets when they are read; returns git's error."""
    settings = ("remote.origin.promisor=true", "remote.origin.partialclonefilter=blob:none")
    commands = [["init", "--quiet", "--bare", str(store)], ["config", "remote.origin.url", url]]
    commands += [["config", *setting.split("=")] for setting in settings]
    commands += [["fetch", "--quiet", "--depth=1", "--filter=blob:none", "origin", commit]]
    for command in commands:
        done = _git(store, *command)
        if done.returncode != 0:
            return _last_line(done)
    return ""


def _last_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """The last line of an error."""
    return done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]


def _get(store: Path, source: CaptureSource, folder: Path) -> str:
    path, _, member = source.path.partition("!")
    done = _git(store, "cat-file", "blob", f"FETCH_HEAD:{path}")
    if done.returncode != 0:
        if not _git(store, "ls-tree", "FETCH_HEAD", "--", path).stdout:
            return f"{source.capture}: {source.repository} has no {path} any more"
        return f"{source.capture}: {path} cannot be fetched: {_last_line(done)}; run it again"
    try:
        content = _unpacked(done.stdout, path, member)
    except (OSError, EOFError, KeyError, zipfile.BadZipFile) as error:
        return f"{source.capture}: {path} cannot be unpacked: {error}"
    if problem := refusal(source, content):
        return problem
    part = folder / f"{source.capture}.part"
    part.write_bytes(content)
    part.replace(folder / source.capture)
    return ""


def _unpacked(content: bytes, path: str, member: str) -> bytes:
    if member:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(member)
    return gzip.decompress(content) if path.endswith(".gz") else content


def _git(store: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    place = () if command[0] == "init" else ("--git-dir", str(store))
    stalled = {"GIT_HTTP_LOW_SPEED_LIMIT": "1000", "GIT_HTTP_LOW_SPEED_TIME": str(STALLED_S)}
    quiet = {**stalled, **os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", *place, *command], capture_output=True, env=quiet, timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, b"", str(error).encode())
