"""Generates manual pages from the descriptions of records, and from the rules on cryptography.

    python -m tools.build_steps.manual

writes the pages of docs/reference that `PAGES` names. A test checks that they are up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from huginn_cffi.formats.forms import TYPE_NAMES
from sigcompiler.claims.crypto import POLICIES, all_rules
from sigcompiler.schema.findings import FINDINGS, SUMMARY_FINDINGS
from sigcompiler.schema.hosts import DeviceRecord, Host
from sigcompiler.schema.objects import paths
from sigcompiler.schema.rows import (
    ECS_VERSION,
    EVE_OBJECT,
    EVENTS,
    FIELDS,
    HEADINGS,
    JsonFormat,
    RecordField,
)
from tools.build_steps.additions import MORE

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
_MARK = "<!-- what follows is written by: python -m tools.build_steps.manual -->"
FORMATS: tuple[JsonFormat, ...] = ("json", "eve", "ecs")


def manual_page(name: str) -> str:
    """A page of `PAGES`. The part above the mark is written by hand."""
    above, _, _ = (FOLDER / name).read_text(encoding="utf-8").partition(_MARK)
    return f"{above}{_MARK}\n\n" + "\n".join(PAGES[name]()) + "\n"


def _rules() -> Iterator[str]:
    titles = {"nist": "NIST", "cnsa": "CNSA 2.0", "bsi": "BSI TR-02102"}
    for policy in POLICIES:
        yield from (f"### `{policy}`: {titles[policy]}", "")
        yield from ("| kind | names | status | since | document |", "|---|---|---|---|---|")
        for rule in all_rules():
            if rule.policy == policy:
                names = " ".join(f"`{pattern}`" for pattern in rule.patterns)
                kind = rule.kind.replace("_", " ")
                document = rule.source.removeprefix(f"{policy.upper()} ").replace(
                    "section ", "\N{SECTION SIGN}"
                )
                yield f"| {kind} | {names} | {rule.status} | {rule.since or ''} | {document} |"
        yield ""


def _events() -> Iterator[str]:
    known: dict[str, str] = {}
    for events in dict.fromkeys(field.events for field in FIELDS):
        yield from (f"## {_title(events)}", "")
        yield from ("| column | type | meaning |", "|---|---|---|")
        yield from (_row(field, known) for field in FIELDS if field.events == events)
        yield ""
    yield from ("## Additional keys of JSON records", "", *_additions("json"), "")
    yield from ("## Additional keys of EVE records", "")
    yield f"`event_type` is `{EVE_OBJECT}`. The object of this name has values without a name in Suricata."
    yield from ("", *_additions("eve"), "")
    yield from ("## Additional keys of ECS records", "")
    yield f"The names come from the Elastic Common Schema {ECS_VERSION}. The host is the sender."
    yield from ("", *_additions("ecs"))


def _hosts() -> Iterator[str]:
    yield from ("## Fields of a host", "")
    yield (
        "`event` is `host`. JSON, CSV, Parquet and the attributes of `HostRecord` have these names."
        " A type with `?` may be null. The keys of `device` are those of"
        " [devices](devices.md#fields-of-a-device)."
    )
    yield from ("", *_objects(Host, frozenset(f"device.{path}" for path, _ in paths(DeviceRecord))))


def _devices() -> Iterator[str]:
    yield from ("## Fields of a device", "")
    yield "`event` is `device`. JSON, CSV and Parquet have these names. A type with `?` may be null."
    yield from ("", *_objects(DeviceRecord))


def _findings() -> Iterator[str]:
    yield "| kind | weight | event | what was observed |\n|---|---|---|---|"
    for one in FINDINGS:
        event = "yes" if one.is_stored else "`device_change`" if one.is_news else "no"
        yield f"| `{one.kind}` | {one.weight} | {event} | {one.meaning} |"
    for other in SUMMARY_FINDINGS:
        yield f"| `{other.kind}` | {other.weight} | no | {other.about}: {other.meaning} |"


def _row(field: RecordField, known: dict[str, str]) -> str:
    """A row; `known` has the first column with each long meaning, to which later ones refer."""
    first = known.setdefault(field.meaning, field.column)
    is_new = first == field.column or len(field.meaning) < 20
    meaning = field.meaning if is_new else f"as `{first}`"
    unit = f", in {field.unit}" if field.unit else ""
    words = f": {', '.join(f'`{word}`' for word in field.words)}" if field.words else ""
    kind = TYPE_NAMES.get(field.type, field.type) + "?" * (not field.always)
    return f"| `{field.column}` | {kind} | {meaning}{unit}{words}{_places(field)} |"


def _places(field: RecordField) -> str:
    """Names in the formats, unless they follow from the name of the column."""
    json = field.place("json")
    inside = json if json and json.replace(".", "_") == field.column else field.column
    usual = {"json": inside, "eve": f"{EVE_OBJECT}.{json}", "ecs": f"huginn.{json}"}
    other = [(form.upper(), field.place(form)) for form in FORMATS if field.place(form) != usual[form]]
    return "".join(f"; {name} `{place}`" if place else f"; not in {name}" for name, place in other)


def _objects(described: type, elsewhere: frozenset[str] = frozenset()) -> Iterator[str]:
    yield from ("| key | type | meaning |", "|---|---|---|")
    for path, one in paths(described):
        if path in elsewhere:
            continue
        unit = f", in {one.unit}" if one.unit else ""
        words = f": {', '.join(f'`{word}`' for word in one.words)}" if one.words else ""
        kind = one.kind.replace("_", " ") + "?" * one.nullable
        yield f"| `{path}` | {kind} | {one.meaning}{unit}{words} |"


def _title(events: tuple[str, ...]) -> str:
    others = [event for event in EVENTS if event not in events]
    if len(others) > len(events):
        return ", ".join(HEADINGS[event] for event in events)
    return f"Every event{' but ' if others else ''}{', '.join(HEADINGS[event] for event in others)}"


def _additions(format: JsonFormat) -> Iterator[str]:
    yield from ("| key | meaning |", "|---|---|")
    yield from (f"| `{more.path}` | {more.meaning.removeprefix('as ')} |" for more in MORE[format])


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "events.md": _events,
    "hosts.md": _hosts,
    "devices.md": _devices,
    "findings.md": _findings,
    "cryptography.md": _rules,
}


def main() -> None:
    """Write the pages."""
    for name in PAGES:
        (FOLDER / name).write_text(manual_page(name), encoding="utf-8")


if __name__ == "__main__":
    main()
