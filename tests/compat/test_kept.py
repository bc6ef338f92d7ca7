"""What the version before wrote is read, and says the same, or is refused with the remedy."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import json
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.pickle_compat import by_names
from huginn_cffi.batch import moving
from huginn_cffi.engine import batch as batches
from huginn_cffi.engine import stats as counters
from sigcompiler.schema.rows import FIELDS, SCHEMA_VERSION
from sigcompiler.table.layout import FORMAT_VERSION, HEADER_FORMAT
from tests.compat import keep
from tests.compat.surface import FORMATS, KEPT, ROOT, fields, places
from tests.compat.test_names import UNRELEASED, says
from tests.docs.test_api import PATHS
from tests.support.version1 import GONE, RENAMED, SOFTWARE
from tests.unit import samples

NOW = dict(keep.objects())
REMEDY = "make it again with this version"


NAME = "Linux 3.11 and newer"
SOURCE = "10.1.0.0"
SAID: dict[str, Callable[[Any], tuple[object, object]]] = {
    "results": lambda kept: ([str(one.syn.match) for one in kept], [NAME]),
    "batch": lambda kept: (
        [(str(one.syn.match), one.mtu.observed.mtu) for one in kept.results()],
        [(NAME, 1500)],
    ),
    "stats": lambda kept: ((kept.packets, kept.events_by_kind["syn"], kept.drops["truncated"]), (1, 1, 0)),
    "hosts": lambda kept: ([(one.ip, one.family, one.syns) for one in kept], [(SOURCE, "Linux", 1)]),
    "explanation": lambda kept: ((kept.direction, [one.label for one in kept.nearest]), ("request", [NAME])),
    "filter": lambda kept: (kept, hg.FilterConfig(port=hg.PortFilter(dst=443))),
    "default": lambda kept: (kept.source_hash, hg.Database.load_default().source_hash),
}
"""What of each kept pickle is looked at, and what it must be."""


def test_a_database_file() -> None:
    path = KEPT / "signatures.hgdb"
    _, version, *_ = struct.unpack_from(HEADER_FORMAT, path.read_bytes())
    if version == FORMAT_VERSION:
        found = hg.fingerprint(samples.SYN_PACKET, hg.Database.load(path)).syn
        assert found is not None
        assert str(found.match) == "Linux 3.11 and newer"
    else:
        with pytest.raises(hg.DatabaseError, match=r"compile the \.fp file again"):
            hg.Database.load(path)


@pytest.mark.parametrize("version", [1, FORMAT_VERSION - 1, FORMAT_VERSION + 1])
def test_a_database_file_of_another_format(tmp_path: Path, version: int) -> None:
    data = bytearray((KEPT / "signatures.hgdb").read_bytes())
    struct.pack_into("<I", data, 8, version)
    path = tmp_path / "other.hgdb"
    path.write_bytes(data)
    with pytest.raises(hg.DatabaseError, match=rf"format version {version}, .* compile the \.fp file again"):
        hg.Database.load(path)


@pytest.mark.parametrize("name", SAID)
def test_a_pickle(name: str) -> None:
    """Of this version it is read; that of the version before may be refused."""
    found, expected = SAID[name](pickle.loads(pickle.dumps(NOW[name])))
    assert found == expected
    try:
        kept = pickle.loads((KEPT / f"{name}.pickle").read_bytes())
    except hg.HuginnError as error:
        refused = str(error)
    else:
        found, expected = SAID[name](kept)
        assert found == expected
        return
    assert REMEDY in refused or "compile the .fp file again" in refused


def test_every_kept_pickle_is_tried() -> None:
    assert {path.stem for path in KEPT.glob("*.pickle")} == NOW.keys() == SAID.keys()


def cells() -> tuple[Any, ...]:
    batch: Any = NOW["batch"]
    _, (found, origin) = batch.__reduce__()
    return found, origin


@pytest.mark.parametrize("first", [b"cells 00000000", b"", b"\1"])
def test_rows_with_other_columns_are_refused(first: bytes) -> None:
    found, origin = cells()
    assert batches.batch_of(found, origin).count == 2
    with pytest.raises(hg.HuginnError, match=REMEDY):
        batches.batch_of((first, *found[1:]), origin)
    with pytest.raises(hg.HuginnError, match=REMEDY):
        batches.batch_of(found[1:], origin)


def test_rows_know_a_changed_column(monkeypatch: pytest.MonkeyPatch) -> None:
    before = moving.layout()
    first, *others = moving.MEMBERS
    for changed in (others, [first._replace(width=2), *others], [first._replace(code="d"), *others]):
        moving.layout.cache_clear()
        monkeypatch.setattr(moving, "MEMBERS", tuple(changed))
        assert moving.layout() != before
    moving.layout.cache_clear()


def test_default_signatures_of_another_version_are_refused() -> None:
    made, (source_hash,) = hg.Database.load_default().__reduce__()  # type: ignore[misc]
    assert made(source_hash)  # type: ignore[operator]
    with pytest.raises(hg.HuginnError, match=f"default database .*other signatures.*{REMEDY}"):
        made(bytes(32))  # type: ignore[operator]


def test_counters_that_are_newer_than_a_pickle_are_0() -> None:
    values = {"packets": 3, "drops": {"truncated": 1}, "events_by_kind": {"syn": 2}}
    found = counters._restored(dict(values))
    assert (found.packets, found.analysed, found.drops["truncated"], found.drops["not_tcp"]) == (3, 0, 1, 0)
    assert found.drops.keys() == hg.Stats().drops.keys()
    for more in ({"lost": 1}, {"drops": {"bored": 1}}, {"events_by_kind": {"yawn": 1}}):
        with pytest.raises(hg.HuginnError, match=REMEDY):
            counters._restored({**values, **more})


@by_names
@dataclasses.dataclass(frozen=True, slots=True)
class Changing:
    """A class whose fields are changed below."""

    old: int
    more: tuple[int, ...] = ()
    several: list[int] = dataclasses.field(default_factory=list)


def test_fields_are_pickled_by_name() -> None:
    one = Changing(1, (2,))
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == copy.deepcopy(one) == one
    restored: Any = one.__reduce__()[0]
    assert restored(Changing, {"old": 4}) == Changing(4)
    with pytest.raises(hg.HuginnError, match=f"Changing .*lacks old.*{REMEDY}"):
        restored(Changing, {"more": ()})
    with pytest.raises(hg.HuginnError, match=f"Changing .*has gone.*{REMEDY}"):
        restored(Changing, {"old": 1, "gone": 2})
    with pytest.raises(hg.HuginnError, match=REMEDY):
        one.__setstate__([1, (2,), []])  # type: ignore[attr-defined]


def documented(path: str) -> object:
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def test_all_public_classes_of_values_are_pickled_by_name() -> None:
    kinds = [documented(path) for path in PATHS]
    values = [kind for kind in kinds if inspect.isclass(kind) and dataclasses.is_dataclass(kind)]
    assert len(values) > 12
    own = {"huginn_cffi.base.pickle_compat", hg.Stats.__module__}
    assert [kind for kind in values if kind.__reduce__.__module__ not in own] == []


def renamed(event: str, format: str, place: str) -> str:
    """Where version 2 has what stood there: JSON and columns changed, EVE and ECS did not."""
    if format in ("eve", "ecs"):
        return place
    if place.startswith("software"):
        return SOFTWARE[event] + place.removeprefix("software")
    return RENAMED.get(place, place)


def test_fields_of_records() -> None:
    """A field that is gone, or whose key or type is another one, raises the number of the schema.

    Nothing else changed than what the tables of `tests.support.version1` say.
    """
    kept = json.loads((KEPT / "records.json").read_text(encoding="utf-8"))
    before, now = places(kept["fields"]), places(fields())
    if kept["schema_version"] != SCHEMA_VERSION:
        assert says(UNRELEASED, "schema_version"), "CHANGELOG.md does not say that it rose"
        assert (kept["schema_version"], SCHEMA_VERSION) == (1, 2)
        before = {(one[0], one[1], renamed(*one)): kind for one, kind in before.items()}
        before = {one: kind for one, kind in before.items() if one[1] != "json" or one[2] not in GONE}
    lost = {one for one, kind in before.items() if now.get(one) != kind}
    assert lost == set(), "raise SCHEMA_VERSION (sigcompiler/schema/rows.py)"


def test_lines_of_fields_are_read_as_they_were_written() -> None:
    found = places(fields())
    assert found["tls_client", "eve", "fingerprint.client.name"] == "text"
    assert found["http_request", "eve", "fingerprint.software.name"] == "text"
    assert found["client_uptime", "ecs", "huginn.minutes"] == "u32"
    assert found["http_response", "column", "server_name"] == "text"
    assert ("tls_client", "eve", "fingerprint.software.name") not in found
    wanted = {
        (event, form, place)
        for one in FIELDS
        for event in one.events
        for form in FORMATS
        for place in one.places(form, event)
    }
    assert {one for one in found if one[1] != "column"} == wanted


def test_the_manual_says_which_number_records_have() -> None:
    page = (ROOT / "docs" / "record-fields.md").read_text(encoding="utf-8")
    assert f"`schema_version`, which is {SCHEMA_VERSION};" in page
