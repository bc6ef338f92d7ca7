"""The window of a signature as terms of a filter.

``mss*N`` stands for the first divisor of the window in an order that csrc/tcp/multiple.c has: the MSS,
the MSS less the timestamps, the usual sizes of Ethernet, the MTU. BPF can count, so all of it can be
asked, but for the MSS of the other side: a SYN+ACK's window may be a multiple of that, and there any
multiple of N passes.

libpcap's optimizer (1.10.3) compiles some of such expressions wrongly, and two habits avoid it. No value
is tested twice: it brings tests of one value together, and loses registers that those between them
need. No value is the left side of two divisions: it keeps them in memory, and takes the place of
one for that of the other. So each division has the window under another mask, of 16 bits or more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from huginn_cffi.applications.authors.bpf_access import every, some
from huginn_cffi.applications.authors.bpf_options import OptionLayout
from sigcompiler.model import TcpSignature
from sigcompiler.vocabulary import Direction, OptionKind, Quirk, WindowKind

LEAST_MSS = 100
"""Below it no multiple is looked for."""

MAX_WINDOW = 65535
TIMESTAMP_BYTES = 12
ETHERNET = {4: (1460, 1448), 6: (1460, 1448, 1440, 1428)}
ETHERNET_MTU = 1500
NEVER = "1 = 0"


class Divisor(NamedTuple):
    """What a window may be a multiple of, as text or number.

    It is tried where `condition` holds: empty: always; None: unknown.
    """

    size: str | int
    kind: WindowKind
    condition: str | None = ""


def window_terms(signature: TcpSignature, layout: OptionLayout) -> Iterator[str]:
    """What is to be asked of the window."""
    window, own = signature.window, layout.header.at(14, 2)
    if window.kind == WindowKind.LITERAL:
        yield f"{own} = {window.value}"
    elif window.kind == WindowKind.MODULO:
        yield f"{own} % {window.value} = 0"
    elif window.kind != WindowKind.ANY:
        mss = _mss(signature, layout)
        if isinstance(mss, str):
            yield f"{mss} >= {LEAST_MSS}"
        chain = _Chain(signature, own, list(_divisors(signature, layout, mss)))
        yield chain.text()


def _mss(signature: TcpSignature, layout: OptionLayout) -> str | int:
    if signature.mss is not None:
        return signature.mss
    return layout.value(OptionKind.MSS, 2, 2) or 0


@dataclass(frozen=True, slots=True)
class _Chain:
    """The divisors one after the other: this one, or else the next ones."""

    signature: TcpSignature
    own: str
    """The window."""
    divisors: list[Divisor]

    def text(self) -> str:
        """The term; one that never holds for a multiple that no packet shows."""
        return self._from(0) or NEVER

    def _from(self, first: int) -> str:
        """What may still give the multiple when the divisors before `first` do not fit; empty: nothing."""
        if first == len(self.divisors):
            return self._by_peer()
        divisor = self.divisors[first]
        if isinstance(divisor.size, int):
            return self._from_numbers(first)
        rest = self._from(first + 1)
        if rest:
            rest = every(filter(None, [self._refuted(divisor), rest]))
        if divisor.kind != self.signature.window.kind:
            return rest
        hit = f"{self.signature.window.value} * {divisor.size} = {self.own}"
        hit = every(filter(None, [divisor.condition, hit]))
        return some(filter(None, [hit, rest]))

    def _from_numbers(self, first: int) -> str:
        """Divisors that are numbers: of each it is known whether an earlier one takes its window."""
        end, windows = first, []
        times = self.signature.window.value
        while end < len(self.divisors) and isinstance(self.divisors[end].size, int):
            divisor = self.divisors[end]
            window = times * int(divisor.size)
            earlier = [int(one.size) for one in self.divisors[first:end] if one.condition == ""]
            taken = any(window % size == 0 for size in earlier)
            if divisor.kind == self.signature.window.kind and 0 < window <= MAX_WINDOW and not taken:
                windows.append(every(filter(None, [divisor.condition, f"{self.own} = {window}"])))
            end += 1
        rest = self._from(end)
        if rest:
            refuted = [self._refuted(divisor) for divisor in self.divisors[first:end]]
            rest = every(filter(None, [*refuted, rest]))
        return some(filter(None, [*windows, rest])) if windows or rest else ""

    def _refuted(self, divisor: Divisor) -> str:
        """The window is no multiple of it; empty if that cannot be expressed."""
        refuted = f"{self._dividend(divisor)} % {divisor.size} != 0"
        if divisor.condition is None:
            return ""
        return refuted if not divisor.condition else f"({negated(divisor.condition)} or {refuted})"

    def _dividend(self, divisor: Divisor) -> str:
        """The window, written in another way for each division by what the packet holds."""
        if isinstance(divisor.size, int):
            return self.own
        return f"({self.own} & {(1 << 16 + self.divisors.index(divisor)) - 1:#x})"

    def _by_peer(self) -> str:
        """The MSS of the client, which is not in the packet."""
        window = self.signature.window
        if self.signature.direction != Direction.RESPONSE or window.kind != WindowKind.MSS:
            return ""
        return f"{self.own} % {window.value} = 0"


def negated(condition: str) -> str:
    """The opposite of ``VALUE != 0``."""
    return condition.replace(" != ", " = ")


def _divisors(signature: TcpSignature, layout: OptionLayout, mss: str | int) -> Iterator[Divisor]:
    """In the order in which they are tried."""
    version = layout.header.version
    yield Divisor(mss, WindowKind.MSS)
    clock = _clock(signature, layout)
    if clock != NEVER:
        yield Divisor(_plus(mss, -TIMESTAMP_BYTES), WindowKind.MSS, clock)
    for size in ETHERNET[version]:
        yield Divisor(size, WindowKind.MSS)
    yield Divisor(_plus(mss, 40), WindowKind.MTU)
    yield Divisor(_plus_headers(mss, signature, layout), WindowKind.MTU)
    if version == 6:
        yield Divisor(_plus(mss, 60), WindowKind.MTU)
    yield Divisor(ETHERNET_MTU, WindowKind.MTU)


def _clock(signature: TcpSignature, layout: OptionLayout) -> str | None:
    """When packets have their own timestamp other than 0, as a condition; the last one counts."""
    count = signature.options.count(OptionKind.TS)
    if count and signature.quirks & Quirk.BAD:
        return None
    if not count or (count == 1 and signature.quirks & Quirk.TS1_MINUS):
        return NEVER
    if not signature.quirks & Quirk.TS1_MINUS:
        return ""
    return f"{layout.value(OptionKind.TS, 2, 4)} != 0"


def _plus(mss: str | int, count: int) -> str | int:
    if isinstance(mss, int):
        return mss + count
    return f"({mss} {'+' if count > 0 else '-'} {abs(count)})"


def _plus_headers(mss: str | int, signature: TcpSignature, layout: OptionLayout) -> str | int:
    """The MSS and all headers."""
    ip = 20 + signature.olen if layout.header.version == 4 else 40
    if layout.fixed and not layout.header.extension:
        return _plus(mss, ip + layout.end.offset)
    parts = [str(mss), str(ip), layout.header_bytes, layout.header.extension]
    return f"({' + '.join(filter(None, parts))})"
