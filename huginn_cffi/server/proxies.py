"""Reads the SYN and the JA4 of a client from request headers that one's own proxies add.

Anybody can send such headers. They count only if the connection itself comes from one of the addresses named
here.
"""

from __future__ import annotations

import ipaddress
import re
import threading
from collections.abc import Iterable
from typing import Any

from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default
from huginn_cffi.server.clients import KEY, PEER
from huginn_cffi.server.systems import ClientSystem, from_hex, system
from huginn_cffi.sockets.addresses import is_allowed

JA4_KEY = "huginn.ja4"
"""Key of the JA4 that a proxy sent, stored beside the client's system."""

UNIX = "unix"
"""Stands for all clients of a Unix socket, which have no address."""

_MOST_HEX = 1024
"""Most characters of a SYN as hex: headers take at most 120 bytes, and more with IPv6."""
_JA4 = re.compile(r"[tqd][0-9a-z]{9}_[0-9a-f]{12}_[0-9a-f]{12}")


class Proxies:
    """One's own proxies, by address or network; "unix" stands for all clients of a Unix socket.

    `counts` has the outcomes of requests: "read", "absent" (a proxy sent no SYN, which is normal with SYN
    cookies), "unreadable" (a proxy sent something else than a SYN), "forged" (a header from another address,
    which was ignored). `ValueError` for an invalid address.
    """

    def __init__(
        self,
        addresses: Iterable[str],
        *,
        syn_header: str = "X-TCP-SYN",
        ja4_header: str = "X-JA4",
        db: Database | Default | None = DEFAULT,
    ) -> None:
        if isinstance(addresses, str):
            raise TypeError(f"addresses must be texts in a list, not the text {addresses!r}")
        named = list(addresses)
        self._unix = UNIX in named
        self._networks = [ipaddress.ip_network(one) for one in named if one != UNIX]
        self._headers = syn_header.lower(), ja4_header.lower()
        self._db = db
        self._lock = threading.Lock()
        self.counts: dict[str, int] = dict.fromkeys(("read", "absent", "unreadable", "forged"), 0)

    def __contains__(self, peer: str) -> bool:
        return is_allowed(self._networks, peer) if peer else self._unix

    def read(self, peer: str, headers: Iterable[tuple[str, str]]) -> tuple[ClientSystem | None, str | None]:
        """The system and the JA4 that a proxy at `peer` sent; ``None`` for each that it did not send.

        `peer` is the address of the connection ("" for a Unix socket), `headers` are names and values. A
        header that occurs twice is not read.
        """
        found: dict[str, list[str]] = {name: [] for name in self._headers}
        for name, value in headers:
            if (name := name.lower()) in found:
                found[name].append(value)
        if peer not in self:
            if any(found.values()):
                self._count("forged")
            return None, None
        syns, ja4s = (found[name] for name in self._headers)
        ja4 = ja4s[0] if len(ja4s) == 1 and _JA4.fullmatch(ja4s[0]) else None
        return self._system(syns), ja4

    def asgi(self, app: Any) -> Any:
        """Wrap the ASGI application `app`: a proxy's values are in ``scope["state"]``.

        Place it inside the server's middleware (`huginn_cffi.server`), which stores the peer's address.
        """

        async def around(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] in ("http", "websocket"):
                state = scope.setdefault("state", {})
                pairs = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in scope["headers"]]
                self._put(state, pairs)
            await app(scope, receive, send)

        return around

    def wsgi(self, app: Any) -> Any:
        """The same for WSGI, in the ``environ``; place it inside `huginn_cffi.server.wsgi.WsgiMiddleware`."""

        def around(environ: dict[str, Any], start_response: Any) -> Any:
            names = {f"HTTP_{name.upper().replace('-', '_')}": name for name in self._headers}
            self._put(environ, [(names[key], environ[key]) for key in names.keys() & environ.keys()])
            return app(environ, start_response)

        return around

    def _put(self, place: dict[str, Any], headers: list[tuple[str, str]]) -> None:
        """Store the client and its JA4. For a known proxy this replaces the proxy's own SYN."""
        peer = place.get(PEER)
        known = peer is not None and peer in self
        client, ja4 = self.read("?" if peer is None else peer, headers)
        place[JA4_KEY] = ja4
        if known:
            place[KEY] = client

    def _system(self, values: list[str]) -> ClientSystem | None:
        if not any(values):
            self._count("absent")
            return None
        text = values[0]
        try:
            if len(values) > 1 or len(text) > _MOST_HEX:
                raise ValueError("no SYN of one client")
            found = system(from_hex(text), self._db)
            if found.distance is None:
                raise ValueError("headers of no SYN")
        except ValueError:
            self._count("unreadable")
            return None
        self._count("read")
        return found

    def _count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1
