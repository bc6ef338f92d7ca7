"""Fingerprints the clients of one's own server: Linux keeps their SYNs if the server requests it.

This needs no capture and no special rights. Each server's middleware is a module of its own, imported on use.
"""

from __future__ import annotations

from huginn_cffi.server.clients import client, counts, why
from huginn_cffi.server.hellos import ClientHello, peek_hello, peek_hello_async, read_hello
from huginn_cffi.server.sockets import arm, saved_syn, supported
from huginn_cffi.server.systems import ClientSystem, parse_saved

__all__ = [
    "ClientHello",
    "ClientSystem",
    "arm",
    "client",
    "counts",
    "parse_saved",
    "peek_hello",
    "peek_hello_async",
    "read_hello",
    "saved_syn",
    "supported",
    "why",
]
