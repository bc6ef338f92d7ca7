"""``huginn me``: a page that shows each visitor what its own connection reveals."""

from __future__ import annotations

import errno
import io
import socket
import ssl
import threading
from contextlib import suppress
from ipaddress import ip_address

import click

from huginn_cffi import server
from huginn_cffi.base.errors import LibpcapError, named
from huginn_cffi.base.installation import to_add
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import FILE, command, option
from huginn_cffi.cli.signals import interrupted_by_sigterm
from huginn_cffi.cli.standard_error import complain, counted, say
from huginn_cffi.cli.status import INTERRUPTED
from huginn_cffi.server.visitors import VisitorServer, Visits

LOOPBACKS = ("127.0.0.1", "::1")
ELSEWHERE = ("192.0.2.1", "2001:db8::1")
"""Addresses for documentation (RFC 5737, RFC 3849), of no network: the way there is the default route."""


@command()
def me(
    port: int = option("--port", type=click.IntRange(0, 65535), default=8080),
    tls: str | None = option("--tls CERT", type=FILE),
    is_public: bool = option("--public"),
) -> int:
    """Serve a page that shows each visitor what its connection reveals, until Ctrl-C."""
    context = None if tls is None else _context(tls)
    visits = Visits()
    with interrupted_by_sigterm():
        with suppress(KeyboardInterrupt):
            urls = []
            for address in _addresses(is_public):
                if (made := _listening(address, port, context, visits)) is not None:
                    port = made.server_address[1]
                    threading.Thread(target=made.serve_forever, daemon=True).start()
                    urls.append(made.url)
            _say_where(urls)
            if not server.supported():
                say("this system keeps no SYNs: the page shows no system, hops, link or clock")
            if context is None:
                say("without --tls CERT there is no ClientHello to show")
            say("Ctrl-C ends it")
            threading.Event().wait()
        turned = f", {visits.turned_away} turned away" if visits.turned_away else ""
        connections = counted(visits.connections, "connection")
        say(f"{counted(visits.pages, 'page')} for {connections}{turned}; nothing was kept")
    return INTERRUPTED


def _context(path: str) -> ssl.SSLContext:
    """For a PEM file with a certificate and its key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(path, password="")  # or OpenSSL asks for it on the terminal
    except ssl.SSLError:
        reason = "needs a certificate and its key, without a password, as PEM"
        raise click.ClickException(f"{named(path)}: {reason}") from None
    except OSError as error:
        raise click.ClickException(f"{named(path)}: {error.strerror}") from None
    return context


def _addresses(is_public: bool) -> list[str]:
    """The addresses to listen on, the most useful first; public ones only if asked for."""
    from huginn_cffi.sources.interfaces import list_interfaces

    routed = [one for one in map(_routed, ELSEWHERE) if one]
    try:
        found = [_scoped(one, item.name) for item in list_interfaces() if item.up for one in item.addresses]
    except LibpcapError:
        found = [*routed, *LOOPBACKS]
    public = [] if is_public else [one for one in found if not ip_address(one).is_private]
    if public:
        say(f"not served: {', '.join(public)}, because public; with --public they are")

    def usefulness(one: str) -> tuple[bool, bool, bool]:
        address = ip_address(one)
        return address.is_loopback, address.is_link_local, one not in routed

    return sorted((one for one in dict.fromkeys(found) if one not in public), key=usefulness)


def _routed(to: str) -> str | None:
    """The own address on the way to another one. To connect a UDP socket sends nothing."""
    family = socket.AF_INET6 if ":" in to else socket.AF_INET
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect((to, 9))
        return str(probe.getsockname()[0])
    return None


def _scoped(address: str, interface: str) -> str:
    """An address with its interface, if only both together name a host: ``fe80::1%eth0``."""
    found = ip_address(address)
    return f"{address}%{interface}" if found.version == 6 and found.is_link_local else address


def _listening(
    address: str, port: int, context: ssl.SSLContext | None, visits: Visits
) -> VisitorServer | None:
    """``None`` if the address cannot be used yet, or no longer."""
    try:
        return VisitorServer(address, port, context, visits)
    except OSError as error:
        reason = f"port {port} of {address}: {error.strerror}"
        if error.errno == errno.EADDRNOTAVAIL:
            complain(f"{reason}; not served")
            return None
        raise click.ClickException(f"{reason}; name another with --port") from None


def _say_where(urls: list[str]) -> None:
    """Print the addresses, and the QR code of the first."""
    if not urls:
        raise click.ClickException("this machine has no private address to listen on; see --public")
    print_text("".join(f"{url}\n" for url in urls))
    try:
        import segno
    except ModuleNotFoundError:
        say(f"for a QR code of the address: {to_add('qr')}")
    else:
        code = io.StringIO()
        segno.make(urls[0], error="l", micro=False).terminal(code, compact=True)
        print_text(code.getvalue())
