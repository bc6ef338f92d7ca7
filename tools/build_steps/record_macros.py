"""Writes keys of records and hosts, and the order of their fields, as C macros."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from itertools import groupby

from sigcompiler.emit_header import BANNER
from sigcompiler.schema import rows
from sigcompiler.schema.findings import FINDINGS, SCANS, SUMMARY_FINDINGS, WEIGHTS, Finding, SummaryFinding
from sigcompiler.schema.hosts import SOURCE_WORDS, Host
from sigcompiler.schema.objects import keys_of
from sigcompiler.schema.rows import CHANGES, EVENTS, FIELDS, READERS, JsonFormat, RecordField, Source
from tools.build_steps.additions import KEPT_OBJECTS, LIST_OF_ONE, MORE, Addition

PROGRAMS: dict[str, Source] = {"tls_client": "client", "http_request": "client", "http_response": "server"}
"""Events for which the database names a program, and the source of the name."""


_CONDITIONS = {("eve", "tls"): "!named->is_quic", ("eve", "quic"): "named->is_quic"}
"""By object: the C condition under which a record has it."""

_LABELLED = tuple(
    event
    for event in EVENTS
    if READERS[event] not in ("tcp", "tls", "http", "segments") and event not in CHANGES
)
"""Events whose lines in the text format consist only of fields with a label (`RecordField.label`)."""

_LABEL_WIDTH = len("Version: ")
_LAYOUTS = {
    "BOOL": "BITS",
    "U8": "8",
    "U16": "16",
    "I16": "16",
    "U32": "32",
    "U64": "64",
    "F64": "64",
    "TIME": "64",
    "WORD": "WORDS",
    "EACH": "TEXT_PER_ROW",
}

_JSON_FORMS = {"src_port": "PORT", "dst_port": "PORT", "signature": "SIGNATURE"}
"""Forms that only JSON distinguishes."""


def records_header(columns: Container[str]) -> str:
    """``hg_records.h``: keys, kinds of events and sets of them, and the fields of each kind in order.

    `columns` are the names in `hg_columns`.
    """
    lines = [
        BANNER,
        "#pragma once",
        "",
        *_keys(),
        *_kinds(),
        *_orders(),
        *_places(),
        *_columns(columns),
        "",
    ]
    return "\n".join(lines)


def _keys() -> Iterator[str]:
    r"""Macros such as ``#define HG_EVE_SRC_IP "\"src_ip\":"``: names of EVE and ECS, and keys of objects."""
    yield "/* Keys of records. */"
    for field in FIELDS:
        if field.eve:
            yield _text(f"EVE_{field.column.upper()}", _key(field.eve))
        if field.ecs:
            yield _text(f"ECS_{field.column.upper()}", _key(field.ecs))
    yield _text("JSON_MATCH", _key(rows.MATCH_OBJECT))
    yield _text("JSON_CLIENT", _key(rows.CLIENT_OBJECT))
    yield _text("JSON_SERVER", _key(rows.SERVER_OBJECT))
    yield _text("JSON_SCHEMA_VERSION", f'"{rows.JSON_VERSION_KEY}":{rows.SCHEMA_VERSION}')
    yield _text("EVE_OBJECT", rows.EVE_OBJECT)
    yield _text("ECS_OBJECT", rows.ECS_OBJECT)
    yield _text("ECS_VERSION", rows.ECS_VERSION)
    yield "/* X(name of a label, host.os.type). */"
    yield listed("ECS_OS_TYPES(X)", (f'X("{name}", "{kind}")' for name, kind in rows.ECS_OS_TYPES.items()))


def _kinds() -> Iterator[str]:
    yield "/* Kinds of events: X(kind, number). Sets of kinds have one bit per kind. */"
    yield listed("RECORD_EVENTS(X)", (f"X({kind.upper()}, {number})" for number, kind in enumerate(EVENTS)))
    yield "/* Kinds with names: X(kind, name, reader, heading in the text format). */"
    yield listed(
        "EVENT_NAMES(X)",
        (
            f'X({kind.upper()}, "{kind}", {rows.READERS[kind].upper()}, "[{rows.HEADINGS[kind]}] ")'
            for kind in EVENTS
        ),
    )
    yield "/* Readers, and their columns: X(reader, columns). */"
    yield listed(
        "EACH_READER(X)", (f"X({name.upper()}, {name})" for name in dict.fromkeys(rows.READERS.values()))
    )
    yield f"#define HG_HANDSHAKE_EVENTS {_bits(rows.HANDSHAKE)}u"
    yield f"#define HG_UPTIME_EVENTS {_bits(rows.UPTIME)}u"
    yield f"#define HG_HELLO_EVENTS {_bits(rows.HELLO)}u"
    yield f"#define HG_HTTP_EVENTS {_bits(rows.HTTP)}u"
    yield f"#define HG_DEVICE_EVENTS {_bits(rows.DEVICES)}u"
    yield f"#define HG_RESOLUTION_EVENTS {_bits(rows.RESOLUTION)}u"
    yield f"#define HG_SSH_EVENTS {_bits(rows.SSH)}u"
    yield "/* For a switch over kinds. */"
    yield listed("CASES_OF_LABELLED", (f"case HG_EVENT_{event.upper()}:" for event in _LABELLED))
    yield listed("CASES_OF_DEVICES", (f"case HG_EVENT_{event.upper()}:" for event in rows.DEVICES))


def _orders() -> Iterator[str]:
    common = [field for field in FIELDS if field.is_common]
    yield "/* Fields of every event in order: VALUE(writer, key, is private, is optional);"
    yield "   for EVE and ECS fields in our object. */"
    yield listed("JSON_COMMON(VALUE)", map(_json_value, common))
    yield listed("EVE_COMMON(VALUE)", (_json_value(one) for one in common if not one.eve))
    yield listed("ECS_COMMON(VALUE)", (_json_value(one) for one in common if not one.ecs))
    yield "/* Fields of one kind of event; NAMED(writer): the fields of a database match. */"
    for event in EVENTS:
        yield listed(f"JSON_{event.upper()}(VALUE, NAMED)", _items(event))
    yield "/* Fields with a label in the text format: X(function, form, getter, words, label, events as bits,"
    yield "   is private). */"
    yield listed("LABELLED_FIELDS(X)", map(_labelled, (field for field in FIELDS if field.label)))
    answers = (field for field in FIELDS if field.source == "answer")
    yield listed(
        "FIELDS_ANSWER(VALUE)",
        (f'VALUE(put_{one.column}, "{one.json.rpartition(".")[2]}")' for one in answers),
    )
    yield "/* The fields of each match: VALUE(form, getter, is private, key). */"
    for source in ("signature", "client", "server", "link"):
        yield listed(f"FIELDS_{source.upper()}(VALUE)", _formed(source))
    yield ""


def _places() -> Iterator[str]:
    """Values and objects that have names in EVE and ECS, by kind of event."""
    found: dict[tuple[JsonFormat, str], list[Addition]] = {}
    for format, additions in MORE.items():
        for more in additions:
            for event in more.events:
                found.setdefault((format, event), []).append(more)
    yield "/* Names of EVE and ECS: OBJECT(condition, key, is written even if empty, members);"
    yield "   VALUE(writer, key, behind it, is private). X(format, kind). */"
    names = {key: ", ".join(key).upper() for key in found}
    yield listed("EACH_PLACES(X)", (f"X({name})" for name in names.values()))
    for (format, event), places in found.items():
        name = names[format, event].replace(", ", "_")
        yield listed(f"{name}(OBJECT, VALUE)", _members(format, places, ""))


def _members(format: JsonFormat, places: list[Addition], above: str) -> Iterator[str]:
    for key, group in groupby(places, lambda more: more.path.removeprefix(above).partition(".")[0]):
        path, members = above + key, list(group)
        inside = [more for more in members if more.path != path]
        for more in members[: len(members) - len(inside)]:
            begin, end = "[]" if more.schema is LIST_OF_ONE else ("", "")
            start = json.dumps(_key(key) + begin)
            yield f'VALUE(put_{more.value}, {start}, "{end}", {more.private:d})'
        if inside:
            when = _CONDITIONS.get((format, path), "1")
            inner = " ".join(_members(format, inside, f"{path}."))
            yield f"OBJECT({when}, {json.dumps(_key(key))}, {path in KEPT_OBJECTS[format]:d}, {inner})"


def _items(event: str) -> Iterator[str]:
    """Fields of the row. All fields from one other source form one item, at the place of its first field.

    The programs behind HTTP messages have the place of a response's program.
    """
    done = set()
    for field in FIELDS:
        if field.is_common or field.events == EVENTS:
            continue
        source = PROGRAMS.get(event) if event in rows.HTTP and field.source == "server" else field.source
        if event not in field.events and source == field.source:
            continue
        if source == "row":
            yield _json_value(field)
        elif source not in done and not (event in rows.HTTP and field.source == "client"):
            done.add(source)
            yield f"NAMED({'put_answer' if source == 'answer' else 'put_name'})"


def _labelled(field: RecordField) -> str:
    label = json.dumps(f"{field.label}: ".ljust(_LABEL_WIDTH))
    name, form = field.column, _form(field)
    return (
        f"X(text_{name}, TEXT_{form}, hg_of_{name}, {_words(field)}, {label}, "
        f"{_bits(field.events)}u, {field.private:d})"
    )


def _json_value(field: RecordField) -> str:
    """The field and its key: the last part of its path, since the renderer writes the enclosing objects."""
    optional = not field.always or field.events == rows.WITH_ENDS
    return f"VALUE(put_{field.column}, {json.dumps(_key(field.json))}, {field.private:d}, {optional:d})"


def _bits(events: Iterable[str]) -> int:
    return sum(1 << EVENTS.index(event) for event in events)


def _mark_of(finding: Finding | SummaryFinding) -> str:
    """A few words for a device that has the finding."""
    return finding.mark if isinstance(finding, Finding) and finding.mark else finding.kind.replace("_", " ")


def findings_header() -> str:
    """``hg_findings.h``: the list of findings, and sets of them."""
    stored = (one.kind for one in FINDINGS if one.is_stored)
    judged = (one.kind for one in FINDINGS if one.is_judged)
    forgeable = (one.kind for one in FINDINGS if one.is_forgeable)
    lines = [
        BANNER,
        "#pragma once",
        "",
        "/* X(NAME, kind, headline, rest of the sentence, topic, words of the answer), heaviest first. */",
        listed("EACH_FINDING(X)", map(_finding, FINDINGS)),
        "/* X(NAME) for findings with a bit, those judged in intervals, by forgery too, and about scans. */",
        listed("EACH_STORED_FINDING(X)", (f"X({kind.upper()})" for kind in stored)),
        listed("EACH_JUDGED_FINDING(X)", (f"X({kind.upper()})" for kind in judged)),
        listed("EACH_FORGEABLE_FINDING(X)", (f"X({kind.upper()})" for kind in forgeable)),
        listed("EACH_SCAN_FINDING(X)", (f"X({kind.upper()})" for kind in SCANS)),
        "/* X(kind, number of its weight, mark) for findings about hosts, then those of the summary. */",
        listed(
            "EACH_WEIGHT(X)",
            (
                f'X("{one.kind}", {WEIGHTS.index(one.weight)}, "{_mark_of(one)}")'
                for one in (*FINDINGS, *SUMMARY_FINDINGS)
            ),
        ),
        f"#define HG_WEIGHT_NAMES {', '.join(map(json.dumps, WEIGHTS))}",
        "",
    ]
    return "\n".join(lines)


def _finding(one: Finding) -> str:
    texts = (one.kind, f" {one.headline}", one.more, one.topic or "", one.answer)
    return f"X({one.kind.upper()}, {', '.join(map(json.dumps, texts))})"


def listed(head: str, items: Iterable[str]) -> str:
    return " \\\n    ".join([f"#define HG_{head}", *items])


def _key(place: str) -> str:
    return f'"{place.rpartition(".")[2]}":'


def _text(name: str, value: str) -> str:
    return f"#define HG_{name} {json.dumps(value)}"


def _columns(columns: Container[str]) -> Iterator[str]:
    """Lists of all fields with the way to make their values, of row fields, and of words for few values."""
    yield f"#define HG_FIELDS {len(FIELDS)}"
    yield "/* All: X(layout, the function that gets it, needs a name, events as bits, is private). */"
    yield listed("EACH_FIELD(X)", map(_tabled, FIELDS))
    yield "/* Fields that tables fill by row, texts, and fields of a match: X(function, form, getter). */"
    yield from _tables()
    numbers = {field.column: number for number, field in enumerate(FIELDS)}
    for column in ("signature", "capture"):
        yield f"#define HG_FIELD_{column.upper()} {numbers[column]}"
    yield "/* Fields of some kinds of events: X(writer, form, getter, words, number, events as bits). */"
    of_row = [field for field in FIELDS if field.source == "row" and not field.is_common]
    yield listed("ROW_FIELDS(X)", (_written(field, numbers[field.column]) for field in of_row))
    yield "/* Fields of every kind of event, likewise. */"
    common = [field for field in FIELDS if field.is_common]
    yield listed("COMMON_FIELDS(X)", (_written(field, numbers[field.column]) for field in common))
    yield "/* Fields of both lists that are a column: X(type, getter, value); texts: X(getter, text). */"
    yield listed("PLAIN_FIELDS(X)", map(_plain, filter(_is_plain, (*common, *of_row))))
    texts = (_plain_text(field, columns) for field in of_row)
    yield listed("PLAIN_TEXTS(X)", filter(None, texts))
    yield "/* All values of text fields with few values: X(word). */"
    for field in FIELDS:
        if field.words:
            yield listed(
                f"WORDS_{field.column.upper()}(X)", (f"X({json.dumps(word)})" for word in field.words)
            )
    yield "/* The words of all fields in the order of their numbers; each list ends with NULL. */"
    yield listed(
        "EACH_WORDS",
        (" ".join(f"{json.dumps(word)}," for word in field.words) + " NULL," for field in FIELDS),
    )
    yield "#define HG_NO_WORDS(X)"
    yield _text("TEXTS_BETWEEN", rows.TEXTS_BETWEEN)
    yield ""


def _words(field: RecordField) -> str:
    """The macro with its words; another field has none."""
    return f"HG_WORDS_{field.column.upper()}" if field.words else "HG_NO_WORDS"


def _written(field: RecordField, number: int) -> str:
    name = field.column
    form = _JSON_FORMS.get(name, _form(field))
    return f"X(put_{name}, PUT_{form}, hg_of_{name}, {_words(field)}, {number}, {_bits(field.events)}u)"


def _of_match(field: RecordField) -> str:
    """The getter of a value of a match; all kinds of matches have the same values."""
    key = field.column.removeprefix(f"{field.source}_").removeprefix("match_")
    return {"link": "hg_match_name", "kind": "hg_match_kind_word"}.get(key, f"hg_match_{key}")


def _how(field: RecordField) -> str:
    """The way a table fills it: per row, per group or per batch."""
    if field.source in ("capture", "database"):
        return "BATCH"
    if _form(field) in ("MADE", "FREE", "LIST"):
        return "TEXT"
    return "FILL" if field.source == "row" else "NUMBER"


def _tabled(field: RecordField) -> str:
    is_named = field.source not in ("row", "capture", "database")
    layout = _LAYOUTS.get(_form(field), "TEXTS")
    how = _how(field)
    get = ".fill = NULL" if how == "BATCH" else f".{how.lower()} = {how.lower()}_{field.column}"
    return f"X(HG_LAYOUT_{layout}, {get}, {is_named:d}, {_bits(field.events)}u, {field.private:d})"


def _tables() -> Iterator[str]:
    of_row = [field for field in FIELDS if field.source == "row"]
    for name, how, form in (("FILLED", "FILL", "FILL"), ("TEXT", "TEXT", "CELL")):
        of = (field for field in of_row if _how(field) == how)
        items = (f"X({how.lower()}_{one.column}, {form}_{_form(one)}, hg_of_{one.column})" for one in of)
        yield listed(f"{name}_FIELDS(X)", items)
    matched = (field for field in FIELDS if field.source in ("signature", "link", "client", "server"))
    yield listed(
        "MATCH_FIELDS(X)",
        (f"X({_how(one).lower()}_{one.column}, MATCH_{_form(one)}, {_of_match(one)})" for one in matched),
    )


_C_TYPES = {"bool": "int", "f64": "double", "i16": "int16_t", "time": "int64_t"}
_C_TYPES |= {f"u{bits}": f"uint{bits}_t" for bits in (8, 16, 32, 64)}


def _is_plain(field: RecordField) -> bool:
    return field.type in _C_TYPES and field.column not in rows.COMPUTED


def _plain(field: RecordField) -> str:
    reader = rows.READERS[field.events[0]]
    value = f"HG_OF_SHARED({field.column})" if field.is_common else f"HG_OF({reader}, {field.column})"
    kind = _C_TYPES[field.type]
    return f"X({kind}, hg_of_{field.column}, {value}{' != 0' * (field.type == 'bool')})"


def _plain_text(field: RecordField, columns: Container[str]) -> str:
    """A text that is one of `columns` as it is; empty for another field."""
    reader, name = rows.READERS[field.events[0]], field.column
    if field.type != "text" or reader == "tls" or f"{reader}.{name}_offset" not in columns:
        return ""
    macro = "HG_HTTP_TEXT_OF(context->row" if reader == "http" else f"HG_TEXT_OF(context->row, {reader}"
    return f"X(hg_of_{name}, {macro}, {name}))"


def _form(field: RecordField) -> str:
    """The form of its text. MADE: the core's own words; FREE: text from outside; EACH: it rarely repeats."""
    if field.type in ("words", "numbers", "texts"):
        return "LIST"
    if field.type != "text":
        return field.type.upper()
    if field.words:
        return "WORD"
    if field.column in rows.VARIED_TEXTS:
        return "EACH"
    return "FREE" if field.column in rows.FREE_TEXTS else "MADE"


def _formed(source: Source) -> Iterator[str]:
    for field in FIELDS:
        if field.source == source:
            key = json.dumps(_key(field.json))
            yield f"VALUE(PUT_{_form(field)}, {_of_match(field)}, {field.private:d}, {key})"


def hosts_header() -> str:
    """``hg_hosts.h``: X(key) for each key in order; keys only for programs have a separate list.

    X(key) for each number in a host's entry, and X(NAME, word) for each source that reads packets.
    """
    keys = keys_of(Host)
    lists = (
        listed("HOST_KEYS(X)", (f"X({one.name})" for one in keys if not one.inner)),
        listed("HOST_INNER_KEYS(X)", (f"X({one.name})" for one in keys if one.inner)),
        listed("PLAIN_HOST_KEYS(X)", (f"X({one.name})" for one in keys if one.plain)),
        listed("SOURCE_WORDS(X)", (f'X({name.upper()}, "{word}")' for name, word in SOURCE_WORDS.items())),
    )
    return "\n".join((BANNER, "#pragma once", "", *(f"{one}\n" for one in lists), ""))
