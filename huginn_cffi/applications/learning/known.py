"""The TCP signatures of a database in the compiler's form, so that new ones can be compared with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from huginn_cffi.database.compiling import compile_image
from huginn_cffi.database.database import Database
from huginn_cffi.explain.fields import ANY, ANY_VERSION, JUDGES, PacketFields, SignatureFields
from huginn_cffi.explain.nearest import TcpTable
from sigcompiler.claims.flavors import label_text
from sigcompiler.collector import Collector
from sigcompiler.lint import lint
from sigcompiler.model import LabelLine, Place, Section, SignatureFile, TcpSignature, Window
from sigcompiler.vocabulary import Direction, PayloadClass, Quirk, WindowKind

if TYPE_CHECKING:
    from huginn_cffi.signatures.signatures import Signature


def tcp_signatures(database: Database) -> list[TcpSignature]:
    """The TCP signatures of a database, in the order of their priority."""
    table, records = TcpTable(database), database._records.tcp
    numbers = sorted(
        number for response in (False, True) for number, _, _ in table.of_direction(response=response)
    )
    labels: dict[tuple[str, int], LabelLine] = {}
    return [_signature(records[number], table[number], labels) for number in numbers]


def database_of(signatures: Sequence[TcpSignature]) -> Database:
    """A database of these signatures alone, in this order."""
    labels = list({id(one.label): one.label for one in signatures}.values())
    places = [one.place for one in signatures] + [label.place for label in labels]
    files = dict.fromkeys(place.file for place in places)
    model = SignatureFile(files=list(files), labels=labels, tcp=list(signatures))
    return Database._open(compile_image(model), "signatures", ())


def warnings_of(signatures: Sequence[TcpSignature]) -> list[str]:
    """What the compiler would warn of: lines that others cover."""
    collector = Collector()
    lint(SignatureFile(tcp=list(signatures)), collector)
    return [f"{item.file}:{item.line}: {item.message}" for item in collector.finish()]


def place_of(signature: TcpSignature) -> str:
    """Where a signature is written, and its label: ``30-linux.fp:22 (Linux 4.19-6.15)``."""
    label = signature.label
    name = label_text(label.name, label.flavor)
    return f"{signature.place.file}:{signature.place.line} ({name})"


def wanted_of(signature: TcpSignature) -> SignatureFields:
    """The signature as it is compared with packets."""
    return SignatureFields(
        signature.version or ANY_VERSION,
        signature.ittl,
        signature.unreliable_ttl,
        signature.olen,
        ANY if signature.mss is None else signature.mss,
        signature.window.kind,
        signature.window.value,
        ANY if signature.wscale is None else signature.wscale,
        bytes(signature.options),
        signature.eol_pad,
        signature.quirks,
        signature.payload,
    )


def fits(wanted: SignatureFields, seen: PacketFields) -> bool:
    """Whether a packet fits a signature exactly."""
    return all(judge(wanted, seen)[0] == "exact" for judge in JUDGES.values())


def _signature(
    signature: Signature, wanted: SignatureFields, labels: dict[tuple[str, int], LabelLine]
) -> TcpSignature:
    own = signature.label
    response = signature.direction == "response"
    label = labels.setdefault(
        (own.file, own.line),
        LabelLine(
            Place(own.file, own.line, 1),
            Section.TCP_RESPONSE if response else Section.TCP_REQUEST,
            own.name,
            own.flavor,
            generic=own.kind == "generic",
            userland=own.userland,
            os_class=own.os_class,
            systems=own.systems,
        ),
    )
    return TcpSignature(
        place=Place(signature.file, signature.line, signature.column),
        label=label,
        direction=Direction.RESPONSE if response else Direction.REQUEST,
        version=wanted.version or None,
        ittl=wanted.ittl,
        unreliable_ttl=wanted.unreliable_ttl,
        olen=wanted.olen,
        mss=None if wanted.mss == ANY else wanted.mss,
        window=Window(WindowKind(wanted.window_kind), wanted.window),
        wscale=None if wanted.wscale == ANY else wanted.wscale,
        options=tuple(wanted.options),
        eol_pad=wanted.eol_pad,
        quirks=Quirk(wanted.quirks),
        payload=PayloadClass(wanted.payload),
        text=signature.text,
        provenance=signature.provenance,
    )
