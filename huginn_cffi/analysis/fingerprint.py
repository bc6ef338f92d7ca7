"""The fingerprint of a single packet, without earlier packets."""

from __future__ import annotations

from huginn_cffi._native import lib
from huginn_cffi.base import arguments
from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default, resolve
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.making import fingerprint_result
from huginn_cffi.run.results import AnalysisResult
from huginn_cffi.run.rows import new_batch
from huginn_cffi.run.run import packet_reader

_NO_IP_HEADER = ("bad_ip_header", "truncated")
"""Drops of what is no packet from the IP header on. A MAC that begins like one may give others."""


def fingerprint(
    packet: arguments.Buffer, db: Database | Default | None = DEFAULT, *, linktype: int | None = None
) -> AnalysisResult:
    """Return the result of one packet, which is read in place.

    `linktype` is the LINKTYPE_ number of its first header: 101 for IP, 1 for Ethernet. By default the packet
    begins with its IP header or, if it cannot, with an Ethernet header; the result's ``capture`` says which.

    The result's ``drop`` names the reason why a packet could not be read, and ``reason`` states it in words;
    both are ``None`` for packets that were read, even if the result has no parts. ``db=None`` means no
    database. The result's time is 0 and its packet number is 1. May be called from several threads at once.
    Raises `TypeError` if `packet` is not a buffer or `db` is not a `Database`, and `ValueError` for a link
    type that cannot be read.
    """
    number = arguments.LINKTYPE_RAW if linktype is None else arguments.linktype(linktype)
    memory = arguments.buffer("packet", packet)
    database = resolve(db)
    with memory, packet_reader(database) as reader:
        batch = _new_batch(database, number)
        drop = reader.read(memory, batch, number)
        if linktype is None and drop is not None:
            framed = _new_batch(database, arguments.LINKTYPE_ETHERNET)
            inner = reader.read(memory, framed, arguments.LINKTYPE_ETHERNET)
            has_ip = inner not in (*_NO_IP_HEADER, "not_ip", "bad_link_header")
            if inner is None or (has_ip and drop in _NO_IP_HEADER):
                batch, drop = framed, inner
    return fingerprint_result(batch, drop)


def _new_batch(database: Database | None, linktype: int) -> Batch:
    """Without room for texts: only the TCP reader runs, and one packet completes no connection."""
    names = {arguments.LINKTYPE_RAW: "IP packet", arguments.LINKTYPE_ETHERNET: "Ethernet frame"}
    name = names.get(linktype, f"frame of link type {linktype}")
    return Batch(lib.HG_MIN_BATCH, database, name, native=new_batch(lib.HG_MIN_BATCH, 0, 0))
