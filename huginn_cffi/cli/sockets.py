"""``--api`` and ``--listen``: programs query a command over a socket about hosts or connections."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.base.installation import to_add
from huginn_cffi.cli.parameters import FILE, option, parsed
from huginn_cffi.cli.standard_error import complain, counted, say
from huginn_cffi.sockets.addresses import Network, Where, listening_socket, read_networks, read_where

if TYPE_CHECKING:
    from prometheus_client import Metric

    from huginn_cffi.base.arguments import Cancel
    from huginn_cffi.claims.proofs import RobotProofs
    from huginn_cffi.database.database import Database
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.run.batch import Batch
    from huginn_cffi.sockets.http_server import Listener
    from huginn_cffi.sockets.p0f_api import ApiServer
    from huginn_cffi.sockets.peers import PeerCounts
    from huginn_cffi.sockets.socket_file import SocketFile
    from huginn_cffi.sources.privileges import User

DESCRIPTORS = 256
"""File descriptors reserved for everything except clients."""

MODES = ("0660", "0666")


class ApiOptions(NamedTuple):
    """Options of the socket for queries about hosts."""

    api: str | None = option("--api PATH", type=FILE)
    socket_group: str | None = option("--socket-group GROUP")
    api_mode: str = option("--api-mode", type=click.Choice(MODES), default=MODES[0])

    def check(self) -> None:
        """Refuse options that could not work later."""
        if self.api is None:
            if self.api_mode != MODES[0]:
                raise click.UsageError("--api-mode needs --api PATH")
            return
        from huginn_cffi.sockets.socket_file import check_path

        group_id(self.socket_group)
        check_path(self.api)


class Answering(ABC):
    """A socket that exists until `close`, and starts to answer at the first `do_due`."""

    _server: ApiServer | Listener
    _file: SocketFile | None = None
    """The socket's file, for a Unix socket."""
    _answers = False

    def do_due(self) -> None:
        """Answer from now on."""
        if not self._answers:
            self._server.start()
            self._answers = True

    @abstractmethod
    def report_now(self) -> None:
        """Report how many questions were answered."""

    def close(self) -> None:
        """End all connections, and remove the file."""
        try:
            if self._answers:
                self._server.stop()
                self.report_now()
        finally:
            if self._file is not None and (why := self._file.remove()) is not None:
                complain(why)


class Api(Answering):
    """The socket of ``--api``.

    `user` is the user that the process will become: it owns the socket, so that it can remove it. The
    answering thread starts later, because it would keep the rights with which it starts.
    """

    def __init__(self, options: ApiOptions, inventory: Inventory, user: User | None = None) -> None:
        from huginn_cffi.sockets.p0f_api import ApiServer

        self.path: str = options.api or ""
        most = _room_for_clients()
        self._file = socket_file(self.path, options.socket_group, user, mode=int(options.api_mode, 8))
        self._server: ApiServer = ApiServer(self._file.socket, inventory, most_clients=most)

    def report_now(self) -> None:
        """Report how many questions were answered."""
        turned = self._server.turned_away
        more = f", {counted(turned, 'client')} turned away" if turned else ""
        more += f", {counted(idle, 'idle client')} closed" if (idle := self._server.idle) else ""
        say(f"api:      {self._server.answered} answered{more}")


def socket_file(path: str, group: str | None, user: User | None, *, mode: int = 0o660) -> SocketFile:
    """A listening Unix socket, owned by the user that the process will become, and by a group."""
    from huginn_cffi.sockets.socket_file import Owner, SocketFile

    gid = group_id(group)
    if user is not None and gid < 0:
        gid = user.gid
    return SocketFile(path, mode=mode, owner=Owner(-1 if user is None else user.uid, gid))


def group_id(name: str | None) -> int:
    """The id of a group; -1 for None. `HuginnError` if there is no group of that name."""
    import grp

    if name is None:
        return -1
    try:
        return (grp.getgrgid(int(name)) if name.isdecimal() else grp.getgrnam(name)).gr_gid
    except (KeyError, OverflowError, ValueError):
        raise HuginnError(f"there is no group {named(name)}") from None


def _room_for_clients() -> int:
    """The limit for connected clients; raises the process's limit of descriptors for them."""
    import resource

    from huginn_cffi.sockets.p0f_api import MOST_CLIENTS

    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CLIENTS + DESCRIPTORS
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if allowed == resource.RLIM_INFINITY:
        return MOST_CLIENTS
    if allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
        allowed = wanted
    return max(1, min(MOST_CLIENTS, allowed - DESCRIPTORS))


INSTALL = f"--listen needs aiohttp and prometheus_client: {to_add('listen')}"

COLLECT_MS = 8
"""How long the kernel collects packets, in ms: short, because clients wait for answers."""

WAITING = 1024
"""Length of the queue of connections that wait to be accepted."""


def _read_one(texts: Sequence[str]) -> Where:
    if len(texts) > 1:
        raise ValueError("it can be given once; a proxy in front can listen at other addresses")
    return read_where(texts[0])


class ListenOptions(NamedTuple):
    """Options of the socket for questions about connections."""

    listen: Where | None = option("--listen ADDRESS", multiple=True, callback=parsed(_read_one, None, "."))
    listen_allow: tuple[Network, ...] = option(
        "--listen-allow NETWORK", multiple=True, callback=parsed(read_networks, (), ".")
    )
    robots: str | None = option("--robots FOLDER", type=click.Path(exists=True, file_okay=False))
    site: tuple[str, ...] = option("--site NAME", multiple=True)

    def check(self, socket: ApiOptions) -> None:
        """Refuse options that could not work later."""
        where = self.listen
        if socket.socket_group is not None and socket.api is None and (where is None or where.path is None):
            raise click.UsageError("--socket-group needs a Unix socket: --api PATH or --listen unix:PATH")
        if self.site and self.robots is None:
            raise click.UsageError("--site needs --robots FOLDER")
        if where is None:
            if self.listen_allow:
                raise click.UsageError("--listen-allow needs --listen ADDRESS")
            if self.robots is not None:
                raise click.UsageError("--robots needs --listen ADDRESS")
            return
        if where.address is None and self.listen_allow:
            raise click.UsageError("--listen-allow is for TCP; a Unix socket has --socket-group")
        if where.address is not None and not where.address.is_loopback and not self.listen_allow:
            raise click.UsageError(f"{where} is not loopback: say who may ask, with --listen-allow NETWORK")
        try:
            import aiohttp  # noqa: F401
            import prometheus_client  # noqa: F401
        except ModuleNotFoundError:
            raise click.UsageError(INSTALL) from None
        if where.path is not None:
            from huginn_cffi.sockets.socket_file import check_path

            group_id(socket.socket_group)
            check_path(where.path)


class _StopsAnswers:
    """A `Cancel` that stops a listener when it is set."""

    def __init__(self, cancel: Cancel, listener: Listener) -> None:
        self._cancel, self._listener = cancel, listener

    def is_set(self) -> bool:
        """As that of the given one."""
        if self._cancel.is_set():
            self._listener.request_stop()
        return self._cancel.is_set()


class Listen(Answering):
    """The socket of ``--listen``.

    `take` gets each batch of the capture. Call `measure` before the first `do_due`.
    """

    def __init__(
        self,
        inventory: Inventory,
        *,
        options: ListenOptions,
        group: str | None,
        database: Database | None,
        user: User | None = None,
    ) -> None:
        from huginn_cffi.sockets.http_server import Listener
        from huginn_cffi.sockets.peers import Peers

        assert options.listen is not None
        self.peers: Peers = Peers(database)
        where = options.listen
        if where.path is not None:
            self._file = socket_file(where.path, group, user)
            listening = self._file.socket
        else:
            try:
                listening = listening_socket(where, WAITING)
            except OSError as error:
                # create_server appends the address as a tuple
                reason = (error.strerror or str(error)).partition(" (while attempting")[0]
                raise HuginnError(f"{where}: {reason}") from None
            where = where._replace(port=listening.getsockname()[1])
        self._where = where
        self._proofs = _proofs_of(options)
        self._server: Listener = Listener(
            listening,
            self.peers,
            inventory,
            proofs=self._proofs,
            allowed=options.listen_allow or None,
        )
        self._reloading = threading.Lock()
        self._folder = options.robots
        self._say_lists()

    def reload(self) -> None:
        """Read the lists again (SIGHUP), in a thread, because packets come meanwhile."""
        if self._folder is not None:
            threading.Thread(target=self._reload, daemon=True).start()

    def _reload(self) -> None:
        with self._reloading:
            for problem in self._proofs.reload():
                complain(f"--robots: {problem}")
            self._say_lists()

    def _say_lists(self) -> None:
        if self._folder is not None:
            say(f"robots:   {self._proofs.robots.described()}")

    def measure(self, counters: Callable[[], bytes]) -> None:
        """Set the function that returns the capture's metrics; metrics of questions are appended."""
        from huginn_cffi.sources.metrics import metrics_text

        self._server.metrics = lambda: (
            counters() + metrics_text(_metrics_of(self.peers.counts(), self._server))
        )

    def take(self, batch: Batch) -> Batch:
        """Add the connections of a batch to the table."""
        return self._server.take(batch)

    def do_due(self) -> None:
        """Answer from now on."""
        if not self._answers:
            super().do_due()
            say(f"answering on {named(str(self._where))}")

    def stopped_by(self, cancel: Cancel) -> Cancel:
        """`cancel`, which also stops the answers: packets that arrive at the end may never be read."""
        return _StopsAnswers(cancel, self._server)

    def report_now(self) -> None:
        """Report how many questions were answered."""
        counts = self.peers.counts()
        words = ", ".join(f"{count} {name}" for name, count in counts.answers.items())
        say(f"listen:   {words}; {counted(counts.connections, 'connection')} known")


def _proofs_of(options: ListenOptions) -> RobotProofs:
    """The lists and keys in the folder of ``--robots``."""
    from huginn_cffi.claims.proofs import RobotProofs

    try:
        return RobotProofs(options.robots, options.site)
    except (OSError, ValueError, ImportError) as error:
        raise HuginnError(f"--robots: {error}") from None


def _metrics_of(counts: PeerCounts, server: Listener) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    yield GaugeMetricFamily("huginn_connections", "Connections that are remembered", value=counts.connections)
    yield CounterMetricFamily(
        "huginn_evicted_connections",
        "Connections evicted early to make room for others",
        value=counts.evicted,
    )
    answers = CounterMetricFamily(
        "huginn_connection_answers", "Questions about connections, by status", labels=["status"]
    )
    for status, count in counts.answers.items():
        answers.add_metric([status], count)
    yield answers
    claims = CounterMetricFamily("huginn_claims", "Claims of clients, by verdict", labels=["verdict"])
    for verdict, count in server.verdicts.items():
        claims.add_metric([verdict], count)
    yield claims
    signatures = CounterMetricFamily(
        "huginn_signatures", "Signatures of robots, by result", labels=["result"]
    )
    for result, count in server.proofs.signatures.counts.items():
        signatures.add_metric([result], count)
    yield signatures
