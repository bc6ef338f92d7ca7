"""Generates headers for the core: ``python -m tools.build_steps.c_headers FOLDER``.

The headers contain the layout of tables, the default database, the lists of columns and names, and the keys
of records. Needs lark, and the project's root as the working directory or on ``sys.path``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sigcompiler.claims.confidence import Confidence, read_confidence
from sigcompiler.csv_rows import rows_of
from sigcompiler.diagnostics import SignatureFileError
from sigcompiler.emit_header import BANNER, emit_header, layout_header
from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import parse_files, without_errors
from sigcompiler.table.build import build_table
from tools.build_steps.claims_headers import crypto_header, support_header
from tools.build_steps.python_views import views_module
from tools.build_steps.record_macros import findings_header, hosts_header, listed, records_header

ROOT = Path(__file__).resolve().parents[2]
PUBLIC_HEADER = ROOT / "csrc" / "huginn.h"
SIGNATURES = ROOT / "huginn_cffi" / "data"
CONFIDENCE = SIGNATURES / "confidence.json"
CDEF_BEGIN, CDEF_END = "/* cdef:begin */", "/* cdef:end */"
API_MARK = "HG_API "
"""The macro before each public function that makes a shared library export it."""
CORE_TABLES = {
    "base/round_words.csv": "digest",
    "packet/numbers.csv": "space",
    "packet/wrapping.csv": "space",
    "names/browser_words.csv": "",
    "names/browsers.csv": "rule",
    "names/engine_words.csv": "",
    "names/request_headers.csv": "kind",
    "names/stated.csv": "source",
    "names/windows.csv": "source",
    "hosts/host_events.csv": "",
    "announcements/makers.csv": "",
    "announcements/robot_words.csv": "place",
    "names/cpe.csv": "",
    "http/headers.csv": "message",
    "http/hpack.csv": "",
    "http/huffman.csv": "",
    "http/languages.csv": "",
    "http/secrets.csv": "has",
    "tls/oids.csv": "",
    "tls/anchors.csv": "",
    "tls/quic_salts.csv": "",
    "tls/quic_versions.csv": "",
    "tls/test_vector.csv": "",
}
"""Tables in ``csrc/``, and the column whose words have a list each. Cells are C, but see `_cell`."""
TEXTS = ("name", "token", "version", "product", "release", "code", "text", "maker", "types", "origin")
"""Columns with texts. Empty cells of `OPTIONAL` ones are ``NULL``."""
OPTIONAL = ("product", "release")
NAMED = {
    **{
        name: name.upper() for name in ("drop", "anomaly", "tunnel", "scope", "protocol", "reason", "verdict")
    },
    "client_check": "CLIENT",
    "host_source": "SOURCE",
    "peer_status": "PEER",
}
"""Enums whose constants give words for records and counters, and the prefix of the constants."""


def declarations() -> str:
    """The declarations between the marks of the public header, in a form that cffi can read."""
    _, begin, rest = PUBLIC_HEADER.read_text(encoding="utf-8").partition(CDEF_BEGIN)
    text, end, _ = rest.partition(CDEF_END)
    if not begin or not end:
        raise SystemExit(f"csrc/huginn.h: the marks {CDEF_BEGIN} and {CDEF_END} are missing")
    return text.replace(API_MARK, "")


def write_headers(folder: Path) -> list[Path]:
    """Write the headers into `folder`; returns their paths. An error in a signature file ends the program."""
    texts = {
        "hg_layout.h": layout_header(),
        "hg_default.h": emit_header(build_table(default_signatures(), _default_confidence())),
        "hg_columns.h": _columns_header(),
        "hg_records.h": records_header(set(_columns("hg_columns", declarations()))),
        "hg_hosts.h": hosts_header(),
        "hg_crypto.h": crypto_header(BANNER),
        "hg_support.h": support_header(BANNER),
        "hg_findings.h": findings_header(),
        **{f"hg_{Path(name).stem}.h": _rows_header(name, by) for name, by in CORE_TABLES.items()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_if_changed(folder / name, text)
    return [folder / name for name in texts]


def _rows_header(name: str, by: str) -> str:
    """A table of the core as lists: X(cells) for each row, in a list for each word of the column `by`."""
    path = ROOT / "csrc" / name
    lines = [BANNER, "#pragma once", ""]
    for word, rows in groupby(rows_of(path), key=lambda row: row.get(by)):
        head = "_".join(filter(None, (path.stem.upper(), word, "ROWS(X)")))
        lines.append(listed(head, (f"X({', '.join(map(_cell, row, row.values()))})" for row in rows)))
    return "\n".join([*lines, ""])


def _cell(column: str, cell: str) -> str:
    if column in OPTIONAL and not cell:
        return "NULL"
    if column == "oid":
        first, second, *numbers = map(int, cell.split("."))
        return "".join(map(_base_128, (40 * first + second, *numbers))).join('""')
    if column == "letters":
        return f"0x{sum(1 << (ord(letter) & 31) for letter in set(cell)):X}u"
    if column == "hex":
        return ", ".join(f"0x{byte:02X}" for byte in bytes.fromhex(cell))
    return json.dumps(cell) if column in TEXTS else cell


def _base_128(number: int) -> str:
    """A number of an object identifier as the core compares it: groups of 7 bits, all but the last marked."""
    last = f"\\x{number & 0x7F:02X}"
    while number := number >> 7:
        last = f"\\x{number & 0x7F | 0x80:02X}{last}"
    return last


def views_module_text() -> str:
    """The text of the generated Python module with attributes of typed results."""
    return views_module({name.rpartition(".")[2] for name in _columns("hg_columns", declarations())})


def _columns_header() -> str:
    """``hg_columns.h``: lists of all columns by struct, and names for enum values."""
    columns = list(_columns("hg_columns", declarations()))
    lines = [
        BANNER,
        "#pragma once",
        "",
        '#include "base/bytes.h"',
        '#include "huginn.h"',
        "",
    ]
    lines += [
        "/* X(name, reader) for each column, by its name in hg_columns; HG_READERS: all readers share it. */",
        listed("EACH_COLUMN(X)", (f"X({name}, {_reader_of(name)})" for name in columns)),
        "/* X(name) for the columns of each reader except `row` and offsets; X(text) for its texts. */",
    ]
    for reader, group in groupby(columns, key=lambda name: name.rpartition(".")[0]):
        names = list(group)
        word = (reader or "shared").upper()
        places = [name for name in names if name.endswith(("_offset", ".row"))]
        lines.append(listed(f"{word}_COLUMNS(X)", (f"X({name})" for name in names if name not in places)))
        lines.append(
            listed(f"{word}_TEXTS(X)", (f"X({name[:-7]})" for name in places if name.endswith("_offset")))
        )
    lines.append("/* Names of enum values, in order from 0, derived from the constants. */")
    lines += [_names(name, f"HG_{begin}_") for name, begin in NAMED.items()]
    lines.append("/* The values of a row in a reader's columns, and the function that writes them. */")
    for struct, reader in re.findall(r"(hg_\w+_columns) (\w+);", _body("hg_columns", declarations())):
        lines += _values(struct, reader)
    return "\n".join([*lines, ""])


def _names(enum: str, begin: str) -> str:
    """``#define HG_DROP_NAMES "none", "truncated"``, without the last constant, which is the count."""
    body = declarations().partition(f"typedef enum hg_{enum} {{")[2].partition("}")[0]
    constants = re.findall(r"^ +(\w+) = ", body, re.MULTILINE)[:-1]
    words = ", ".join(f'"{constant.removeprefix(begin).lower()}"' for constant in constants)
    return f"#define HG_{enum.upper()}_NAMES {words}"


def _values(struct: str, reader: str) -> Iterator[str]:
    """A struct with a member for each column of a reader, and the function that writes a row.

    The function copies bytes, so that the values may lie in hg_event_values.
    """
    members, stores = [], ["    c->row[at] = row;"]
    columns = re.findall(r"(\w+) \(?\*(\w+)\)?(\[\w+\])?;", _body(struct, declarations()))
    for kind, name, count in columns:
        text = name.removesuffix("_offset")
        if text != name:
            members.append(f"    hg_text_place {text};")
            stores += [
                f"    memcpy(c->{name} + at, &values->{text}.offset, sizeof(uint32_t));",
                f"    memcpy(c->{text}_length + at, &values->{text}.length, sizeof(uint32_t));",
            ]
        elif name != "row" and not name.endswith("_length"):
            members.append(f"    {kind} {name}{count};")
            stores.append(
                f"    memcpy(c->{name} + at, {'' if count else '&'}values->{name}, sizeof values->{name});"
            )
    yield from ("typedef struct {", *members, f"}} hg_{reader}_values;")
    yield f"static inline void hg_write_row_{reader}(const {struct} *c, uint32_t at, uint32_t row,"
    yield from (f"    const hg_{reader}_values *values)", "{", *stores, "}")


def _reader_of(column: str) -> str:
    reader, dot, _ = column.rpartition(".")
    return f"HG_READER_{reader.upper()}" if dot else "HG_READERS"


def _columns(struct: str, text: str, prefix: str = "") -> Iterator[str]:
    for member in filter(None, map(str.strip, _body(struct, text).split(";"))):
        kind, name = re.fullmatch(r"(\w+) \(?\*?(\w+)(?:\)\[\w+\])?", member, re.DOTALL).groups()  # type: ignore[union-attr]
        if "*" in member:
            yield prefix + name
        else:
            yield from _columns(kind, text, f"{prefix}{name}.")


def _body(struct: str, text: str) -> str:
    match = re.search(rf"typedef struct {struct} \{{(.*?)\}} {struct};", text, re.DOTALL)
    assert match is not None, struct
    return re.sub(r"/\*.*?\*/", "", match[1], flags=re.DOTALL)


def write_if_changed(path: Path, text: str) -> None:
    """Write a file only if its text changes, so that its time stays old for make-like checks."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _default_confidence() -> Confidence:
    try:
        return read_confidence(CONFIDENCE)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{error}; the build stops") from None


def default_signatures() -> SignatureFile:
    paths = sorted(path.relative_to(ROOT) for path in SIGNATURES.glob("*.fp"))
    if not paths:
        raise SystemExit(f"{SIGNATURES}: no signature files (*.fp)")
    try:
        signatures, diagnostics = without_errors(parse_files(paths))
    except SignatureFileError as error:
        print(*error.diagnostics, sep="\n", file=sys.stderr)
        raise SystemExit("the default signature database has errors (above); the build stops") from None
    for diagnostic in diagnostics:
        print(diagnostic, file=sys.stderr)
    return signatures


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m tools.build_steps.c_headers FOLDER")
    write_headers(Path(sys.argv[1]))
