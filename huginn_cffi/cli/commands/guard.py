"""``huginn guard``: captures, keeps a store, learns and alerts with one command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from threading import Thread

from huginn_cffi.base.errors import StoreError
from huginn_cffi.base.times import rfc3339
from huginn_cffi.cli.commands.alert import Receivers, Task, channels_of, repeat
from huginn_cffi.cli.parameters import FILE, SECONDS, argument, command, group, option, quantity
from huginn_cffi.cli.signals import StopSignals
from huginn_cffi.cli.standard_error import complain, say
from huginn_cffi.cli.status import REFUSED

FIRST_S, DAY_S = 15.0, 86_400.0
"""The first sign of life comes so long after the start, in seconds, and each other one a day later."""
JUDGED_S = 60.0
"""The time between two judgements by a policy, in seconds."""
MOST_RESTART_S = 60.0
"""The longest pause before a program is started again, in seconds; the first is one second."""
END_S = 4.5
"""How long the programs may take to end, in seconds."""


@command()
def guard(
    interface: str = argument("IFACE"),
    receivers: Receivers = group(Receivers),
    store: str | None = option("--store FILE", type=FILE),
    policy: str | None = option("--policy FILE", type=FILE),
    learn: int = option("--learn TIME", callback=quantity(SECONDS, 1, 1 << 33), default="24H"),
) -> int:
    """Watch a network: capture, keep a store, learn its devices, and send news."""
    channels_of(receivers)  # refuses wrong ones before anything starts
    path = store or str(_own_folder() / f"{interface.replace('/', '_')}.sqlite")
    life = _SignOfLife(path)
    tasks = [Task(life.send_due), *([] if policy is None else [_judging(path, policy)])]
    capture = ["capture", interface, "--wait", "--store", path, "--format", "json", "-o", os.devnull]
    capture += ["--events", "device_change,finding", "--random-macs"]
    capture += ["--stats-interval", "10", "--stats-format", "json"]
    known = path.removesuffix(".sqlite") + "-known.csv"
    alert = ["alert", "--store", path, "--known", known, "--learn", str(learn)]
    alert += ["--webhook-form", receivers.form, *(["--host-names"] if receivers.host_names else [])]
    secrets = ("mail_to", "mail_from", "smtp", "webhook", "mqtt")  # other users can read command lines
    given = {name.upper(): value for name in secrets if (value := getattr(receivers, name)) is not None}
    stop, parts = StopSignals(None), [_Part(capture, {}, life.note), _Part(alert, given, None)]
    with stop.on_signals():
        say(f"guarding {interface} with the store {path}")
        for task in tasks:  # which may wait for the store
            Thread(target=repeat, args=(task, path, stop), daemon=True).start()
        try:
            while not stop.is_set():
                if REFUSED in [part.keep() for part in parts]:
                    return REFUSED
                time.sleep(0.2)
        finally:
            stop.take_time()
            end = time.monotonic() + END_S
            for part in parts:
                part.terminate()
            for part in parts:
                part.stop(max(0.0, end - time.monotonic()))
    return stop.status


def _judging(store: str, policy: str) -> Task:
    """Judges the store by a policy, again and again: a row that begins to fail is news."""
    from huginn_cffi.applications.auditing.policy import read_policy
    from huginn_cffi.applications.auditing.watching import note_failures

    rules = read_policy(policy)  # a wrong one is refused before anything starts

    def judge() -> None:
        note_failures(store, rules)

    def pause(seconds: float) -> None:
        time.sleep(JUDGED_S if Path(store).exists() else seconds)

    return Task(judge, pause)


def _own_folder() -> Path:
    """The folder of systemd's unit, root's, or the user's; it is created for this user alone."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    own = Path("/var/lib/huginn") if os.geteuid() == 0 else Path(state) / "huginn"
    found = Path(os.environ.get("STATE_DIRECTORY") or own)
    found.mkdir(0o700, parents=True, exist_ok=True)
    return found


class _SignOfLife:
    """Puts a sign of life into the queue of news, and counts for it the packets that a capture lost."""

    def __init__(self, store: str) -> None:
        self._store = store
        self._due = time.monotonic() + FIRST_S
        self._since_ns = time.time_ns()
        self._lost = self._before = 0

    def note(self, lines: Iterable[str]) -> None:
        """Read the messages of a capture: count its lost packets, and show all but counters."""
        last = 0
        for line in lines:
            if not line.startswith("{"):
                say(line.rstrip("\n"))
                continue
            total = json.loads(line)["total"]
            now = sum(count for name, count in total.items() if name.startswith("dropped_by_"))
            self._lost, last = self._lost + max(0, now - last), now

    def send_due(self) -> None:
        """Add one to the queue, if it is time and the store is there."""
        if time.monotonic() < self._due:
            return
        from huginn_cffi.store.news import add_news
        from huginn_cffi.store.opening import open_for_marks, store_errors, transaction

        now, lost = time.time_ns(), self._lost
        try:
            with store_errors(self._store), closing(open_for_marks(self._store)) as connection:
                ((devices, sensor, news),) = connection.execute(
                    "SELECT (SELECT count(DISTINCT coalesce(mac, addr)) FROM host WHERE local), "
                    "(SELECT min(id) FROM sensor), "
                    "(SELECT count(*) FROM news WHERE stored > ? AND kind != 'sign_of_life')",
                    (self._since_ns,),
                )
                counts = {"devices": devices, "packets_lost": lost - self._before, "news": news}
                record = {"time": rfc3339(now), "event": "device_change", "change": "sign_of_life", **counts}
                with transaction(connection):
                    add_news(connection, sensor, [json.dumps(record)])
        except StoreError:  # the capture has not created it yet, or writes much
            self._due = time.monotonic() + 1
            return
        self._due, self._since_ns, self._before = time.monotonic() + DAY_S, now, lost


class _Part:
    """A program that is started again whenever it ends."""

    def __init__(
        self,
        words: Iterable[str],
        environment: dict[str, str],
        read: Callable[[Iterable[str]], None] | None,
    ) -> None:
        self._words, self._environment = [*words], environment
        self._read = read
        self._process: subprocess.Popen[str] | None = None
        self._pause, self._due = 1.0, 0.0
        self._began = 0.0

    def keep(self) -> int | None:
        """Start it if it is time. `REFUSED` if its first start was refused: then the options are wrong."""
        now = time.monotonic()
        if self._process is not None and (status := self._process.poll()) is not None:
            self._process = None
            if status == REFUSED and self._pause == 1 and now - self._began < MOST_RESTART_S:
                return REFUSED
            if now - self._began > MOST_RESTART_S:
                self._pause = 1.0
            complain(f"{self._words[0]} ended with status {status}; it is started again")
            self._due, self._pause = now + self._pause, min(2 * self._pause, MOST_RESTART_S)
        if self._process is None and now >= self._due:
            self._began = now
            self._process = subprocess.Popen(
                [sys.executable, "-m", "huginn_cffi", *self._words],
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE if self._read is not None else None,
                text=True,
                errors="replace",
                start_new_session=True,  # Ctrl-C comes through this program alone
            )
            if self._read is not None:
                Thread(target=self._read, args=(self._process.stderr,), daemon=True).start()
        return None

    def terminate(self) -> None:
        """Let it end."""
        if self._process is not None:
            self._process.terminate()

    def stop(self, seconds: float) -> None:
        """Wait for its end; if that takes too long, kill it."""
        if self._process is not None:
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
