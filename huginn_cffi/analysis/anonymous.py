"""Replaces IP addresses, and the MACs of devices, so that records can be shared.

Crypto-PAn (Xu, Fan, Ammar, Moon 2002): two addresses with a common prefix get replacements with a common
prefix of the same length, and the same key always gives the same replacements. Needs the extra
``huginn-cffi[anonymize]``. Values derived from addresses, such as Community IDs, are computed from the
replacements; private fields of records (`sigcompiler.schema.rows.RecordField.private`) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import unquote_to_bytes

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import named
from huginn_cffi.base.installation import to_add
from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.formats.host_names import HostNames
from huginn_cffi.run.columns import READERS
from huginn_cffi.run.rows import Rows
from sigcompiler.vocabulary import AnnouncementKind

try:
    from yacryptopan import CryptoPAn
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"--anonymize needs yacryptopan; install it with: {to_add('anonymize')}",
        name="yacryptopan",
    ) from error

KEY_BYTES = 32
MOST_KEPT = 1 << 17
"""Size of the cache of replacements, since computing one takes as long as 100 records."""

_WIDTH = 16
_INNER_AT, _INNER_BYTES, _TUNNEL_VERSION_AT = 32, 8, 45
"""Places in the column ``outer``, which has the layout of the core's ``hg_tunnel_id``."""
_STATION_BYTES = 8

_WORD = re.compile(rb"\([^()]*\)|[^\s()]*?[\da-f]{2}(?: [\da-f]{2}){5,}|[^\s()]+", re.IGNORECASE)
"""A comment, a word that ends with a MAC in which blanks are, or another word of a text."""

_ORIGINAL = re.compile(
    rb"""
    (?<![\d.]) (?!(?<=\w/) \d+\.\d+\.0\.0) # a version such as Chrome/120.0.0.0
    \d{1,3} ([._-]) (?:\d{1,3}\1){2} \d{1,3} (?!\.?\d)
    | (?<![\da-f]) [\da-f]{2} ([:._/\s]) (?:[\da-f]{2}\2){4} [\da-f]{2} (?![\da-f]) # a MAC
    | (?<![\da-f]) (?:[\da-f]{1,2}:){5} [\da-f]{1,2} (?![\da-f]) # without leading zeros
    | (?<![\da-f]) (?:[\da-f]{12} (?![\da-f]) | (?=\d*[a-f]) [\da-f]{12}) # or with more digits around it
    | (?<![\da-f]) [\da-f]{6} : [\da-f]{6} (?![\da-f]) # its halves
    | [\da-f]{1,4} : [\da-f]{0,2}ff : fe[\da-f]{2} : [\da-f]{4} # an EUI-64 made of it
    | (?<![\da-f]) [\da-f]{4} ([.:]) [\da-f]{4} \3 [\da-f]{4} (?![\da-f]) # a MAC in groups of four digits
    | (?<![\da-f.]) [\da-f] (?:\.[\da-f])* \.ip6\b # a name of IPv6's reverse zone
    | (?: (?<![\w:]) | (?<![\da-f:]) (?=[\da-f:]*\d)) (?:[\da-f:]*:: | (?:[\da-f]{1,4}:){7}) [\da-f]* # IPv6
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What an address or MAC in a word looks like. Dashes are also read as colons."""

_NUMBER = re.compile(
    rb"(?=(?<!\d)((?:\d{1,3}[.,]){3}\d{1,3})(?!\d)|(?<![\da-f])([\da-f]{6}|[\da-f]{8}|\d{8,10})(?![\da-f]))",
    re.IGNORECASE,
)
"""What may be an address or the last half of a MAC, if a packet has it."""

_TEXTS = (
    *(("greetings", name) for name in ("program", "program_version", "program_variant", "stated_system")),
    *(("http", name) for name in ("method", "user_agent")),
    *(("ssh", name) for name in ("banner", "host_key_type", "key_exchange")),
    ("tls", "quic_user_agent"),
)
"""Columns of texts, of which senders choose a part."""

_HEAD_BYTES = 5
"""Bytes before the texts of a stored head (csrc/http/values.h)."""

_ALPN = re.compile(rb"(?=\0\x10(..)(..))", re.DOTALL)
"""An extension of a hello: its type, its length, and the length of the list in it."""

_NAMES = (AnnouncementKind["NAME"], 66)
"""Records that are names of hosts; 66 is the core's ``HG_SHOWS_FQDN``."""

Some = TypeVar("Some", bound=Rows)


class Anonymizer:
    """Replaces the addresses in batches, with a key of `KEY_BYTES` bytes."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key has {len(key)} bytes, not {KEY_BYTES}")
        self._scheme, self._key = CryptoPAn(key), key
        self._kept: dict[bytes, bytes] = {}
        self._halves: dict[bytes, None] = {}
        """The last halves of replaced MACs, which devices have in their names and texts."""
        self._names = HostNames()

    def apply(self, batch: Some) -> Some:
        """Replace all addresses of a batch in place and return it. A second call changes nothing."""
        if batch._hides_private:
            return batch
        self.learn_names(batch)
        batch._hides_private = True
        count = len(batch)
        versions = batch._cells.ip_version[:count].tolist()
        for column in (batch._cells.src_ip, batch._cells.dst_ip):
            old = column[: count * _WIDTH].tobytes()
            pieces = (old[_WIDTH * row : _WIDTH * (row + 1)] for row in range(count))
            column[: count * _WIDTH] = b"".join(map(self._replaced, versions, pieces))
        self._replace_tunnels(batch)
        for name in ("device_ip", "target_ip"):
            self._replace_addresses(batch, "devices", f"{name}_version", name)
        self._replace_addresses(batch, "greetings", "proxied_version", "proxied_src_ip", "proxied_dst_ip")
        self._replace_macs(batch, "devices", "mac", "source_mac", "previous_mac")
        self._replace_macs(batch, "changes", "finding_mac")
        self._replace_senders(batch)
        self._replace_stations(batch)
        self._replace_subjects(batch)
        self._mask_texts(batch)
        rows = batch._native.counts[READERS["devices"]]
        batch._cells.dense["devices"]["shows_names"][:rows] = bytes(rows)
        return batch

    def learn_names(self, batch: Some) -> Some:
        """Note the names of hosts in a batch, for texts in this one and later ones, and return it."""
        texts = memoryview(ffi.buffer(batch._native.texts, batch._native.text_count))
        for first, last in self._spans(batch, "devices", "announced", texts):
            if texts[first - 2] in _NAMES:
                self._names.add(texts[first:last].tobytes())
        return batch

    def _mask_texts(self, batch: Rows) -> None:
        """Mask words with an address or MAC, and names of hosts, in texts that senders chose."""
        texts = memoryview(ffi.buffer(batch._native.texts, batch._native.text_count))
        own = self._spans(batch, "devices", "announced", texts)
        said = (span for span in own if texts[span[0] - 2] not in _NAMES)
        whole = (self._spans(batch, *column) for column in _TEXTS)
        heads = (_parts(texts, at + _HEAD_BYTES, end, 2) for at, end in self._spans(batch, "http", "head"))
        lists = (_parts(texts, at, end, 4, "big") for at, end in self._spans(batch, "ssh", "kexinit"))
        hellos = (_protocols(texts, at, end) for at, end in self._spans(batch, "tls", "hello"))
        for first, last in chain(said, *whole, *heads, *lists, *hellos):
            text = _WORD.sub(self._masked, texts[first:last].tobytes())
            texts[first:last] = self._names.mask(text)

    @staticmethod
    def _spans(
        batch: Rows, reader: str, name: str, records: memoryview | None = None
    ) -> Iterator[tuple[int, int]]:
        """Where the texts of a column are; `records` have their kind and length before them."""
        columns, rows = batch._cells.dense[reader], batch._native.counts[READERS[reader]]
        spans = zip(columns[f"{name}_offset"][:rows], columns[f"{name}_length"][:rows], strict=True)
        for begin, length in spans:
            at, end = begin, begin + length
            while at < end:
                first, last = (at, end) if records is None else (at + 2, at + 2 + records[at + 1])
                yield first, last
                at = last

    def _replace_senders(self, batch: Rows) -> None:
        for at in range(batch._native.sender_count):
            one = batch._native.senders[at]
            ffi.buffer(one.address)[:] = self._replaced(one.version, bytes(one.address))
            if any(one.mac):
                ffi.buffer(one.mac)[:] = self._replaced_mac(bytes(one.mac))
        for at in range(batch._native.stealth_count):
            scan = batch._native.stealth[at]
            for address in (scan.src_ip, scan.dst_ip):
                ffi.buffer(address)[:] = self._replaced(scan.ip_version, bytes(address))
            if any(mac := bytes(scan.mac)):
                ffi.buffer(scan.mac)[:] = self._replaced_mac(mac)

    def _replace_stations(self, batch: Rows) -> None:
        """Replace the MACs at the beginning of stations."""
        for stations in (batch._cells.station.cast("B"), batch._cells.receiver.cast("B")):
            for at in range(0, _STATION_BYTES * len(batch), _STATION_BYTES):
                if any(mac := stations[at : at + MAC_BYTES].tobytes()):
                    stations[at : at + MAC_BYTES] = self._replaced_mac(mac)

    def _replace_tunnels(self, batch: Rows) -> None:
        """Replace outer tunnel addresses, and the digest of inner tunnels, which could reveal addresses."""
        width, outer = lib.HG_TUNNEL_BYTES, batch._cells.outer
        for row, kind in enumerate(batch._cells.tunnel[: len(batch)].tolist()):
            if kind in (lib.HG_TUNNEL_NONE, lib.HG_TUNNEL_SEGMENT):
                continue
            version = outer[width * row + _TUNNEL_VERSION_AT]
            for at in (width * row, width * row + _WIDTH):
                outer[at : at + _WIDTH] = self._replaced(version, outer[at : at + _WIDTH].tobytes())
            within = slice(width * row + _INNER_AT, width * row + _INNER_AT + _INNER_BYTES)
            if any(outer[within]):
                outer[within] = blake2b(outer[within], key=self._key, digest_size=_INNER_BYTES).digest()

    def _replace_subjects(self, batch: Rows) -> None:
        """Replace digests of certificates' subjects, which somebody may guess: a name or an address."""
        width, found = lib.HG_SUBJECT_HASH, batch._cells.dense["certificates"]["weak_subject"]
        for at in range(0, width * batch._native.counts[READERS["certificates"]], width):
            if any(one := found[at : at + width].tobytes()):
                found[at : at + width] = blake2b(one, key=self._key, digest_size=width).digest()

    def _replace_addresses(self, batch: Rows, reader: str, version: str, *names: str) -> None:
        columns = batch._cells.dense[reader]
        for addresses in (columns[name] for name in names):
            for row in range(batch._native.counts[READERS[reader]]):
                cell = slice(_WIDTH * row, _WIDTH * (row + 1))
                addresses[cell] = self._replaced(columns[version][row], addresses[cell].tobytes())

    def _replace_macs(self, batch: Rows, reader: str, *names: str) -> None:
        for macs in (batch._cells.dense[reader][name] for name in names):
            for at in range(0, MAC_BYTES * batch._native.counts[READERS[reader]], MAC_BYTES):
                if any(mac := macs[at : at + MAC_BYTES].tobytes()):
                    macs[at : at + MAC_BYTES] = self._replaced_mac(mac)

    def _replaced_mac(self, mac: bytes) -> bytes:
        """Replace all but the group and local bits; the prefix would reveal the device's manufacturer."""
        if len(self._halves) < MOST_KEPT:
            self._halves[mac[MAC_BYTES // 2 :]] = None
        digest = blake2b(mac, key=self._key, digest_size=MAC_BYTES).digest()
        return bytes((digest[0] & ~3 | mac[0] & 3, *digest[1:]))

    def _masked(self, word: re.Match[bytes]) -> bytes:
        text = unquote_to_bytes(word[0])
        looks_so = _ORIGINAL.search(text) or _ORIGINAL.search(text.replace(b"-", b":"))
        is_original = looks_so or any(
            one in self._halves or one.ljust(_WIDTH, b"\0") in self._kept for one in _numbers(text)
        )
        return re.sub(rb"\w", b"x", word[0]) if is_original else word[0]

    def _replaced(self, version: int, address: bytes) -> bytes:
        if version == 0:
            return address
        found = self._kept.get(address)
        if found is None:
            from ipaddress import ip_address

            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            text = str(ip_address(address[:4] if version == 4 else address))
            new = ip_address(self._scheme.anonymize(text)).packed
            found = self._kept[address] = new.ljust(_WIDTH, b"\0")
        return found


def _parts(
    texts: memoryview, at: int, end: int, width: int, order: Literal["big", "little"] = "little"
) -> Iterator[tuple[int, int]]:
    """Where texts are that follow one another, each after its length in `width` bytes."""
    while at + width <= end:
        first, at = at + width, at + width + int.from_bytes(texts[at : at + width], order)
        yield first, min(at, end)


def _protocols(texts: memoryview, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the protocols of ALPN are in a hello."""
    for found in _ALPN.finditer(texts, at, end):
        size, list_size = int.from_bytes(found[1], "big"), int.from_bytes(found[2], "big")
        if size == list_size + 2 and found.end(2) + list_size <= end:
            yield from _parts(texts, found.end(2), found.end(2) + list_size, 1)


def _numbers(text: bytes) -> Iterator[bytes]:
    """What numbers in a text mean as bytes: dotted, hexadecimal or decimal."""
    for dotted, number in _NUMBER.findall(text):
        if dotted:
            yield bytes(min(int(one), 255) for one in re.split(rb"[.,]", dotted))
            continue
        if len(number) in (6, 8):
            yield bytes.fromhex(number.decode())
        if number.isdigit() and int(number) < 1 << 32:
            yield int(number).to_bytes(4, "big")


def read_key(path: str) -> bytes:
    """The key in a file: 32 bytes, or 64 hexadecimal digits. `ValueError` and `OSError` name the file."""
    with Path(path).open("rb") as file:
        data = file.read(1024)
    if len(data) == KEY_BYTES:
        return data
    try:
        key = bytes.fromhex(data.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(
            f"{named(path)}: a key is {KEY_BYTES} bytes or {2 * KEY_BYTES} hexadecimal digits; "
            f"make one with: head -c {KEY_BYTES} /dev/urandom > {named(path)}"
        )
    return key
