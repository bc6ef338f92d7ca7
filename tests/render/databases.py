"""Databases made without the text parser, as the core opens them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sigcompiler.emit_binary import emit_binary
from sigcompiler.model import LabelLine, MtuSignature, Place, Section, SignatureFile, TcpSignature, Window
from sigcompiler.table.build import build_table
from sigcompiler.vocabulary import Direction, PayloadClass, Quirk, WindowKind
from tests.support.rendered_rows import ffi, lib


@dataclass(frozen=True, slots=True)
class RenderedSignature:
    """What the tests want of one TCP signature; the rest of it plays no part in rendering."""

    name: str
    flavor: str = ""
    generic: bool = False
    userland: bool = False
    unreliable_ttl: bool = False
    os_class: str | None = None
    text: str = "*:64:0:*:*,*:mss:df,id+:0"
    file: str = "made.fp"
    line: int = 1
    provenance: str = ""


def open_database(signatures: Sequence[RenderedSignature], links: Sequence[tuple[str, int]] = ()) -> Any:
    """A handle that frees itself; signature and link numbers are the positions given."""
    source = SignatureFile(files=sorted({"made.fp", *(named.file for named in signatures)}))
    for named in signatures:
        signature = signature_of(named)
        source.labels.append(signature.label)
        source.tcp.append(signature)
    for name, mtu in links:
        place = Place("made.fp", 1, 1)
        label = LabelLine(place, Section.MTU, name)
        source.labels.append(label)
        source.mtu.append(MtuSignature(place=place, label=label, mtu=mtu, text=str(mtu)))
    return _opened(emit_binary(build_table(source)))


def signature_of(named: RenderedSignature) -> TcpSignature:
    """What the compiler makes a record of."""
    place = Place(named.file, named.line, 1)
    label = LabelLine(
        place,
        Section.TCP_REQUEST,
        named.name,
        named.flavor,
        generic=named.generic,
        userland=named.userland,
        os_class=named.os_class,
    )
    return TcpSignature(
        place=place,
        label=label,
        direction=Direction.REQUEST,
        version=None,
        ittl=64,
        unreliable_ttl=named.unreliable_ttl,
        olen=0,
        mss=None,
        window=Window(WindowKind.ANY, 0),
        wscale=None,
        options=(2,),
        eol_pad=0,
        quirks=Quirk.DF | Quirk.ID_PLUS,
        payload=PayloadClass.NONE,
        text=named.text,
        provenance=named.provenance,
    )


def _opened(image: bytes) -> Any:
    memory = ffi.new("uint64_t[]", (len(image) + 7) // 8)
    ffi.buffer(memory)[: len(image)] = image
    out, error = ffi.new("hg_database **"), ffi.new("hg_error *")
    status = lib.hg_database_open(ffi.cast("uint8_t *", memory), len(image), out, error)
    assert status == 0, ffi.string(error.message)
    handle = out[0]

    def free(database: Any, _memory: Any = memory) -> None:
        lib.hg_database_free(database)

    return ffi.gc(handle, free)


def one(name: str, flavor: str = "", **fields: Any) -> Any:
    """A database of one signature."""
    return open_database([replace(RenderedSignature(name, flavor), **fields)])
