"""Judges what a client claims to be by all evidence, with one table; and writes the verdict as a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import handle_of
from huginn_cffi.base.structured_fields import string
from huginn_cffi.claims.robots import NONE, Robots
from huginn_cffi.claims.signatures import UNSIGNED, RequestSignature
from huginn_cffi.run.opened import OpenDatabase
from sigcompiler.csv_rows import rows_of

Verdict = Literal["consistent", "proven", "contradicts", "false", "not_checked", ""]

ROWS = rows_of(Path(__file__).with_name("verdicts.csv").resolve())
"""The table of verdicts."""

_INPUTS = ("claim", "signature", "address", "system", "program")
_LAYERS = {
    "SYN": "syn",
    "hello": "hello",
    "ClientHello": "hello",
    "client hint": "headers",
    "headers": "headers",
    "order of headers": "headers",
    "order of pseudo-headers": "headers",
}
"""Layers by the words with which the core begins each fact of a comparison."""

_FACT = re.compile(r"(?:^|, |; )([A-Za-z][A-Za-z -]*): ")
_PROGRAM = re.compile(
    r"(?:Mozilla/5\.0 \(compatible; |(?!Mozilla/))([\w.+-]{1,48})(?:/(\d{1,4}(?:\.\d{1,4})?))?",
    re.ASCII,
)
_PRODUCT = re.compile(
    r"(?<![\w.])(?!AppleWebKit|Gecko|Mobile|Safari|Version)([A-Za-z][\w.+-]{1,47})/(\d{1,4}(?:\.\d{1,4})?)",
    re.ASCII,
)
"""A product in a User-Agent that begins as browsers' do, such as an app's beside its engine's."""


@dataclass(frozen=True, slots=True)
class ClientClaim:
    """What a client claims to be, and the verdict on it. As text, it is the value of ``Huginn-Claim``."""

    name: str = ""
    """A browser or program with its version and system, or a robot. "": the client claims nothing."""
    verdict: Verdict = ""
    by: tuple[str, ...] = ()
    """The evidence that decided: "address", "signature", "syn", "hello", "headers"."""
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    """What contradicts: the system of the "syn", the program of the "hello"; or the date of an old "list"."""

    def __str__(self) -> str:
        text = string(self.name)
        if self.verdict:
            text += f";verdict={self.verdict}"
        if self.by:
            text += f";by={self.by[0]}" if len(self.by) == 1 else f";by={string(' '.join(self.by))}"
        shown = {**self.details, "reason": self.reason}
        return text + "".join(f";{key}={string(value)}" for key, value in shown.items() if value)


class ClaimEvidence(NamedTuple):
    """The results of comparing a connection's SYN, ClientHello and headers."""

    system: str = "not_checked"
    """Whether SYN and ClientHello fit the stated system: "consistent", "contradicts", "not_checked"."""
    program: str = "not_checked"
    """Whether ClientHello and headers fit the browser: "consistent", "mismatch", "not_checked"."""
    reason: str = ""
    """The facts that were compared, or why nothing was."""
    syn: str = ""
    """The system of the SYN; "" if unknown."""
    hello: str = ""
    """The program of the ClientHello; "" if unknown."""
    headers: bool = False
    """Whether headers beside the User-Agent were compared."""


@lru_cache(4096)
def stated(database: OpenDatabase | None, agent: bytes, platform: bytes) -> tuple[str, str]:
    """The browser with its version, and the system that two headers state; "" if unknown."""
    browser, system = ffi.new("char[]", lib.HG_STATED_BYTES), ffi.new("char[]", lib.HG_STATED_BYTES)
    lib.hg_client_state(handle_of(database), agent, len(agent), platform, len(platform), browser, system)
    return ffi.string(browser).decode("utf-8", "replace"), ffi.string(system).decode("utf-8", "replace")


def judge(
    robots: Robots,
    database: OpenDatabase | None,
    agent: bytes,
    platform: bytes,
    address: str,
    compared: ClaimEvidence,
    signature: RequestSignature = UNSIGNED,
) -> ClientClaim:
    """The verdict on the client at `address` that sent these headers. IPv4 in IPv6 counts as IPv4."""
    browser, system = stated(database, agent, platform)
    text = agent.decode("utf-8", "replace")
    named = robots.named(text)
    place = robots.place(named, address) if named else NONE
    kind = "robot" if named or signature.agent else "browser" if browser else "program" if text else "none"
    compared = _for_program(compared, text) if kind == "program" else compared
    agents = robots.agents(named) if named else {signature.agent}
    seen = {
        "claim": kind,
        "signature": signature.state_for(agents),
        "address": place.state,
        "system": compared.system,
        "program": compared.program,
    }
    row = next(row for row in ROWS if all(row[key] in ("*", seen[key]) for key in _INPUTS))
    name = " and ".join(named) or signature.agent or browser or _program(text)
    if system and kind in ("browser", "program"):
        name += f" on {system}"
    verdict = row["verdict"]
    by: tuple[str, ...]
    if kind == "robot":
        is_signed = seen["signature"] == "valid"
        by = ("signature",) if is_signed else ("address",) if verdict != "not_checked" else ()
        reason = row["reason"] or ("" if is_signed else signature.reason or place.reason)
        return ClientClaim(name, verdict, by, reason, {} if is_signed or not by else place.details)  # type: ignore[arg-type]
    by, details = _evidence(verdict, compared)
    reason = row["reason"] or (compared.reason if verdict == "not_checked" else "")
    if verdict == "not_checked" and signature.reason:
        reason = signature.reason
    return ClientClaim(name, verdict, by, reason, details)  # type: ignore[arg-type]


def _for_program(compared: ClaimEvidence, agent: str) -> ClaimEvidence:
    """The comparison for a program that is no browser: its ClientHello may be any library's."""
    facts = {*_FACT.findall(compared.reason)}
    if compared.system == "contradicts" and not {"User-Agent", "client hint"} & facts:
        compared = compared._replace(system="not_checked")
    first = re.split(r"[/ ]", agent, maxsplit=1)[0].casefold()
    hello = compared.hello.casefold()
    fits = bool(first and hello) and (first.startswith(hello) or hello.startswith(first))
    return compared._replace(program="consistent" if fits else "not_checked")


def _evidence(verdict: str, compared: ClaimEvidence) -> tuple[tuple[str, ...], dict[str, str]]:
    """The layers that support a verdict, and the contradicting values."""
    layers = {"syn": compared.syn, "hello": compared.hello}
    if verdict == "contradicts":
        named = {_LAYERS[fact] for fact in _FACT.findall(compared.reason) if fact in _LAYERS}
        # several systems share the address: the core's reason is that, not the two facts
        named |= set() if named else {"syn"} if compared.syn and compared.system == verdict else {"hello"}
        by = tuple(layer for layer in ("syn", "hello", "headers") if layer in named)
        return by, {layer: layers[layer] for layer in by if layers.get(layer)}
    if verdict != "consistent":
        return (), {}
    is_fit = compared.program == "consistent"
    found = {
        "syn": compared.system == verdict and bool(compared.syn),
        "hello": bool(compared.hello) and (is_fit or not compared.syn),
        "headers": compared.headers and is_fit,
    }
    return tuple(layer for layer, supports in found.items() if supports), {}


def _program(agent: str) -> str:
    """A program's name with its version; else the beginning of the User-Agent.

    Punctuation is replaced, so that no User-Agent writes ";verdict=" for a proxy that searches the field.
    """
    found = _PROGRAM.match(agent) or _PRODUCT.search(agent, len("Mozilla/"))
    name = " ".join(filter(None, found.groups())) if found else agent.partition("/")[0][:48] or agent[:48]
    return re.sub(r"[^A-Za-z0-9 ._+/-]", "?", name)
