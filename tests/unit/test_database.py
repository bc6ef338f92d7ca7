"""Databases: default, compiled, saved and loaded."""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.database import compiling
from sigcompiler.claims.confidence import read_confidence
from sigcompiler.emit_binary import emit_binary
from sigcompiler.reading.parser import parse_files
from sigcompiler.table.build import build_table
from tests.support import samples
from tests.support.core import CONFIDENCE


def name_of_sample(database: hg.Database) -> str:
    found = hg.fingerprint(samples.SYN_PACKET, database).syn
    assert found is not None
    assert found.match is not None
    return str(found.match)


def test_default() -> None:
    database = hg.Database.load_default()
    assert len(database) == len(database.signatures) > 100
    assert database.warnings == ()
    assert name_of_sample(database).startswith("Linux")


def test_constructor_is_refused() -> None:
    with pytest.raises(TypeError, match="load_default"):
        hg.Database()


def test_compiled_text(database: hg.Database) -> None:
    assert len(database) == 6
    assert database.source_hash == hashlib.sha256(samples.SIGNATURES.encode()).hexdigest()
    assert repr(database) == f"<Database of 6 signatures, source {database.source_hash[:12]}>"
    assert name_of_sample(database) == "Linux 3.11 and newer"


def test_signatures_of_all_sections(database: hg.Database) -> None:
    found = [(item.section, item.direction, item.label, item.line) for item in database.signatures]
    assert found == [
        ("tcp:request", "request", "Linux 3.11 and newer", 9),
        ("tcp:request", "request", "Twin same", 11),
        ("tcp:request", "request", "Generic", 13),
        ("tcp:response", "response", "Server", 17),
        ("mtu", None, "Ethernet or modem", 5),
        ("http:request", "request", "Tool 1", 22),
    ]


def test_one_signature_in_full(database: hg.Database) -> None:
    first = database.signatures[0]
    assert first.text == "*:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"
    assert (first.file, first.line, first.column, first.provenance) == ("<text>", 9, 7, "")
    assert (first.kind, first.os_class, first.userland) == ("specific", "unix", False)
    assert (first.label_line, first.unreliable_ttl) == (8, False)


def test_labels(database: hg.Database) -> None:
    generic, tool = database.signatures[2], database.signatures[5]
    assert (generic.label, tool.label) == ("Generic", "Tool 1")
    assert generic.kind == "generic"
    assert (tool.userland, tool.os_class, tool.systems) == (True, None, ("@unix",))


def test_provenance() -> None:
    text = samples.SIGNATURES.replace("sig = *:64:0:*:mss*20,7", "; source: made up\nsig = *:64:0:*:mss*20,7")
    assert hg.Database.compile(text=text).signatures[0].provenance == "made up"


def test_files_follow_one_another(tmp_path: Path) -> None:
    first, second = tmp_path / "a.fp", tmp_path / "b.fp"
    first.write_text(samples.SIGNATURES)
    second.write_text(samples.SIGNATURES.replace("Linux", "Other"))
    database = hg.Database.compile([first, str(second)])
    assert len(database) == 12
    assert name_of_sample(database) == "Linux 3.11 and newer"
    assert {signature.file for signature in database.signatures} == {str(first), str(second)}


def test_warnings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "twice.fp"
    line = "sig = *:64:0:*:*,*:mss::0\n"
    path.write_text("classes = unix\n[tcp:request]\nlabel = s:unix:A:\n" + line * 2)
    database = hg.Database.compile(path)
    (warning,) = database.warnings
    assert (warning.severity, warning.file, warning.line) == ("warning", str(path), 5)


def test_errors_are_all_given() -> None:
    text = "classes = unix\n[tcp:request]\nlabel = s:unix:A:\nsig = nonsense\nsig = *:64:0:*:*,*:mss::7\n"
    with pytest.raises(hg.SignatureError) as caught:
        hg.Database.compile(text=text)
    found = [(item.severity, item.line) for item in caught.value.diagnostics]
    assert found == [("error", 4), ("error", 4), ("error", 5)]  # no version, and nothing after it
    assert "<text>:4:" in str(caught.value)


def test_missing_signature_file_names_path_and_reason() -> None:
    with pytest.raises(hg.SignatureError, match=r"/nonexistent\.fp: .*No such file or directory"):
        hg.Database.compile("/nonexistent.fp")


@pytest.mark.parametrize(
    ("arguments", "options", "kind", "message"),
    [
        ((), {}, TypeError, "give either path or text"),
        (("a.fp",), {"text": ""}, TypeError, "give either path or text"),
        ((5,), {}, TypeError, "path must be str, os.PathLike or a sequence of these, not int"),
        ((b"a.fp",), {}, TypeError, "path must be str, os.PathLike or a sequence of these, not bytes"),
        (([],), {}, ValueError, "path names no file"),
        ((), {"text": b""}, TypeError, "text must be str, not bytes"),
    ],
)
def test_wrong_arguments(
    arguments: tuple[object, ...], options: dict[str, object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        hg.Database.compile(*arguments, **options)  # type: ignore[arg-type]


def test_saved_and_loaded(database: hg.Database, tmp_path: Path) -> None:
    path = tmp_path / "made.hgdb"
    database.save(path)
    loaded = hg.Database.open(path)
    assert loaded.signatures == database.signatures
    assert loaded.source_hash == database.source_hash
    assert name_of_sample(loaded) == "Linux 3.11 and newer"
    loaded.save(tmp_path / "again.hgdb")
    assert (tmp_path / "again.hgdb").read_bytes() == path.read_bytes()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["again.hgdb", "made.hgdb"]


def test_default_can_be_saved(tmp_path: Path) -> None:
    default = hg.Database.load_default()
    default.save(tmp_path / "default.hgdb")
    loaded = hg.Database.open(tmp_path / "default.hgdb")
    assert loaded.source_hash == default.source_hash
    assert loaded.signatures == default.signatures


def test_default_is_saved_as_its_files_compile_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hg.Database.load_default().save(tmp_path / "default.hgdb")
    monkeypatch.chdir(Path(hg.__file__).parent.parent)  # the build names the files from there
    files = sorted(Path("huginn_cffi/data").glob("*.fp"))
    assert (tmp_path / "default.hgdb").read_bytes() == emit_binary(
        build_table(parse_files(files)[0], read_confidence(CONFIDENCE))
    )


def test_default_is_saved_as_it_was_built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files may have been edited since, or be gone; they are not read."""
    default = hg.Database.load_default()
    monkeypatch.setattr(compiling, "DEFAULT_FILES", tmp_path)
    default.save(tmp_path / "default.hgdb")
    assert hg.Database.open(tmp_path / "default.hgdb").signatures == default.signatures


def test_a_text_in_place_of_a_path_is_recognised() -> None:
    text = "classes = unix\n[tcp:request]\nlabel = s:unix:Pump:2\nsig = *:64:0:*:mss*4,7:mss:df,id+:0\n"
    assert hg.Database.compile(text).source_hash == hg.Database.compile(text=text).source_hash
    with pytest.raises(TypeError, match="give either path or text"):
        hg.Database.compile(text, text=text)


def test_open_tells_text_from_binary(database: hg.Database, tmp_path: Path) -> None:
    text, binary = tmp_path / "a", tmp_path / "b"
    text.write_text(samples.SIGNATURES)
    database.save(binary)
    assert [item.text for item in hg.Database.open(text).signatures] == [
        item.text for item in hg.Database.open(binary).signatures
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda image: b"", "not a signature database"),
        (lambda image: b"classes = unix\n" + bytes(200), "not a signature database"),
        (lambda image: image[:50], "truncated"),
        (lambda image: image[:-1], "truncated"),
        (lambda image: image + b"\0", "follow its end"),
        (lambda image: image[:8] + b"\xff" + image[9:], "version"),
        (lambda image: image[:300] + bytes((image[300] ^ 1,)) + image[301:], "damaged"),
    ],
)
def test_damage_is_refused_with_the_reason(
    database: hg.Database, tmp_path: Path, change: object, reason: str
) -> None:
    path = tmp_path / "bad.hgdb"
    database.save(path)
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(hg.DatabaseError, match=rf"bad\.hgdb: .*{reason}"):
        hg.Database.open(path)


def test_missing_file() -> None:
    with pytest.raises(hg.DatabaseError, match=r"^/nonexistent\.hgdb: No such file or directory$"):
        hg.Database.open("/nonexistent.hgdb")


def test_save_names_path_and_reason(database: hg.Database) -> None:
    with pytest.raises(hg.DatabaseError, match=r"^/nonexistent/x\.hgdb: No such file or directory$"):
        database.save("/nonexistent/x.hgdb")


def test_failed_save_leaves_nothing_behind(database: hg.Database, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(hg.DatabaseError, match="Is a directory"):
        database.save(tmp_path / "taken")
    assert [item.name for item in tmp_path.iterdir()] == ["taken"]


def test_results_keep_their_database_alive() -> None:
    database = hg.Database.compile(text=samples.SIGNATURES)
    found = hg.fingerprint(samples.SYN_PACKET, database)
    del database
    gc.collect()
    noise = [hg.Database.compile(text=samples.SIGNATURES) for _ in range(3)]
    assert found.syn is not None
    assert str(found.syn.match) == "Linux 3.11 and newer"
    assert len(noise) == 3


def test_a_database_is_true_even_when_empty() -> None:
    assert hg.Database.compile(text="classes = unix\n")
