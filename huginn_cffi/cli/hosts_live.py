"""The inventory of a running capture, and the outputs that use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Protocol, TypeVar

from huginn_cffi.base.errors import named
from huginn_cffi.base.files import replace_file
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.cli.standard_error import complain, counted, say, say_untracked

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.hosts.inventory import Inventory


class HostsUser(Protocol):
    """Outputs of an inventory during a capture: a file, a socket, a store."""

    def do_due(self) -> None:
        """Do due work; called between two batches, so it must be short."""

    def asked(self) -> None:
        """Write or report now (SIGUSR1)."""

    def close(self) -> None:
        """The capture has ended; called once."""


class HostsFile:
    """A file of all hosts, one JSON object per line: written at the end, and on request.

    Writing many hosts takes a while; the capture continues meanwhile.
    """

    def __init__(self, inventory: Inventory, path: str) -> None:
        self._inventory, self._path = inventory, path
        self._writing: Thread | None = None

    def do_due(self) -> None:
        """Nothing is due between batches."""

    def asked(self) -> None:
        """Write it in a thread, unless one is already writing."""
        if self._writing is None or not self._writing.is_alive():
            self._writing = Thread(target=self._write, name="huginn-hosts")
            self._writing.start()

    def close(self) -> None:
        """Wait for the thread, and write the file a last time."""
        if self._writing is not None:
            self._writing.join()
        self._write()

    def _write(self) -> None:
        """Replace the file. An error is printed, but does not end the capture."""
        self._inventory.conclude()
        data = b"".join(self._inventory.written("json"))
        try:
            replace_file(Path(self._path), data)
        except OSError as error:
            complain(f"{named(self._path)}: cannot be written: {error.strerror}")
            return
        if self._inventory.forgotten:
            say(f"forgotten: {counted(self._inventory.forgotten, 'host')}, not seen for longest")
        say_untracked(self._inventory.untracked)


User = TypeVar("User", bound=HostsUser)


class LiveHosts:
    """The inventory of a running capture (None until the first user is added) and its users."""

    def __init__(
        self, database: Database | None, max_inventory: int = MAX_INVENTORY, *, host_names: bool = False
    ) -> None:
        self.inventory: Inventory | None = None
        self._database, self._max_inventory, self._host_names = database, max_inventory, host_names
        self._users: list[HostsUser] = []

    def add(self, make: Callable[[Inventory], User]) -> User:
        """Create a user of the inventory with `make`, and add it."""
        if self.inventory is None:
            from huginn_cffi.hosts.inventory import Inventory

            self.inventory = Inventory(
                self._database,
                max_inventory=self._max_inventory,
                live=True,
                host_names=self._host_names,
            )
        user = make(self.inventory)
        self._users.append(user)
        return user

    def do_due(self) -> None:
        """Let all users do due work."""
        for user in self._users:
            user.do_due()

    def asked(self) -> None:
        """Tell all users to write or report now."""
        for user in self._users:
            user.asked()

    def close(self) -> None:
        """The capture has ended; a second call is harmless."""
        while self._users:
            self._users.pop().close()
