"""What one visit to a server shows of its client: a line for each subject, with the reason, as a page."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from html import escape
from typing import NamedTuple

from huginn_cffi.server.clients import Reason
from huginn_cffi.server.connections import client_check, results_of_connection, verdict
from huginn_cffi.server.hellos import ClientHello
from huginn_cffi.server.systems import ClientSystem

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""The page's content policy: it runs no script and loads nothing."""

_NO_SYN: dict[Reason, str] = {
    "unsupported": "This server's system does not keep the SYNs of connections; Linux does.",
    "not armed": "The SYN came before this server asked the kernel to keep SYNs.",
    "cookies or read before": "The kernel answered a flood of connections with SYN cookies and kept no SYN.",
    "closed": "The connection was closed before its SYN was read.",
}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


class Connection(NamedTuple):
    """What a server knows of a visitor's connection."""

    address: str
    """The other end."""
    client: ClientSystem | None
    why_no_syn: Reason | None
    hello: ClientHello | None
    is_encrypted: bool


class Line(NamedTuple):
    """A subject, what was seen of it, and why."""

    subject: str
    value: str
    why: str
    contradicts: bool = False


def lines_of(seen: Connection, head: bytes, headers: Message) -> Iterator[Line]:
    """The lines of the page, for a connection and its request: the head as received, and parsed."""
    ignored = [name for name in _FORWARDED if name in headers]
    why = "The other end of the connection."
    if ignored:
        why += f" Ignored, because any client can send it: {', '.join(ignored)}."
    yield Line("Address", seen.address, why)
    if seen.client is None:
        no_syn = _NO_SYN[seen.why_no_syn or "closed"]
        yield from (Line(subject, "not seen", no_syn) for subject in ("System", "Hops", "Link", "Clock"))
    else:
        yield from _lines_of_syn(seen.client)
    yield _line_of_hello(seen)
    yield from _lines_of_request(seen, head, headers)


def _lines_of_syn(client: ClientSystem) -> Iterator[Line]:
    syn = client.result.syn
    if syn is None:
        yield Line("System", "unknown", "The SYN cannot be read.")
        return
    seen, match = syn.signature, syn.match
    reasons = "; ".join(match.evidence) if match else "no signature fits"
    sure = f" Of answers of this kind, {client.confidence:.0%} are right." if client.confidence else ""
    yield Line("System", str(client), f"By the SYN, {seen}: {reasons}.{sure}")
    yield Line(
        "Hops",
        str(seen.distance),
        f"The TTL is {seen.ttl} here and was {seen.ittl} at first; each router takes 1.",
    )
    sizes = f"The SYN's MSS of {seen.mss} shows an MTU of {client.mtu}."
    yield Line("Link", client.link or "unknown", sizes if client.mtu else "The SYN has no usable MSS.")
    if "ts" in seen.olayout.split(","):
        why = "The SYN has a TCP timestamp. An uptime takes a second one, but the kernel keeps only the SYN."
        yield Line("Clock", "runs; uptime not seen", why)
    else:
        yield Line("Clock", "none", "The SYN has no TCP timestamp.")


def _line_of_hello(seen: Connection) -> Line:
    subject = "Browser by TLS"
    if seen.hello is not None:
        return Line(subject, str(seen.hello), f"By the ClientHello with JA4 {seen.hello.ja4}.")
    if seen.is_encrypted:
        return Line(subject, "not seen", "No complete ClientHello came in time.")
    return Line(subject, "not seen", "This connection has no TLS; huginn me with a certificate offers it.")


def _lines_of_request(seen: Connection, head: bytes, headers: Message) -> Iterator[Line]:
    results = results_of_connection(seen.client, head)
    request = next(filter(None, (one.http_request for one in results)), None)
    check = client_check(headers.items(), seen.hello)
    yield Line(
        "Browser by headers",
        str((request and request.match) or "unknown"),
        f"User-Agent: {headers.get('User-Agent', 'none')}. Check: {check}.",
        check.client_check == "mismatch",
    )
    said = verdict(seen.client, seen.hello, dict(headers.items()))
    claim = (request and request.claims) or "no known system"
    yield Line("Claimed system", claim, f"SYN and claim: {said}.", said.verdict == "contradicts")


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>What your packets say about you</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 44rem; padding: 0 1rem;
  overflow-wrap: anywhere; color: #222; background: #fff }}
h1 {{ font-size: 1.3rem }}
dl > div {{ border-left: .25rem solid #bbb; margin: 0 0 .9rem; padding: .1rem .7rem }}
dt, .why {{ color: #595959; font-size: .9rem }}
dd {{ margin: 0 }}
.value {{ font-size: 1.15rem; font-weight: 600 }}
.contradicts {{ background: #fde7e7; border-color: #c00 }}
.contradicts .value {{ color: #b00000 }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #ddd; background: #181818 }} dt, .why {{ color: #a8a8a8 }} dl > div {{ border-color: #555 }}
  .contradicts {{ background: #421c1c; border-color: #f66 }} .contradicts .value {{ color: #ff9a9a }}
}}
</style>
<h1>What your packets say about you</h1>
<dl>
{lines}
</dl>
<p class="why">Each line shows what this connection reveals, and why.
Nothing is kept or sent elsewhere. <a href="/">Look again</a></p>
"""


def page_of(seen: Connection, head: bytes, headers: Message) -> bytes:
    """The page for the visitor, with `lines_of` as escaped text."""
    lines = "\n".join(
        f"<div{' class=contradicts' * one.contradicts}><dt>{one.subject}{': contradicts' * one.contradicts}"
        f'<dd class="value">{escape(one.value)}<dd class="why">{escape(one.why)}</div>'
        for one in lines_of(seen, head, headers)
    )
    return _PAGE.format(lines=lines).encode("utf-8", "replace")
