"""Signed databases: what is accepted and used from then on, and what is refused and changes nothing."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi.base.errors import DatabaseError
from huginn_cffi.cli.service import LiveHosts, Reporting, Service
from huginn_cffi.cli.signature_options import Signatures
from huginn_cffi.database import installed, signed
from huginn_cffi.database.installed import FILE_NAME, database_in_use, folders, in_use, install
from huginn_cffi.database.signed import DATE_FORM, key_name, verified
from tests.support import samples
from tests.support.in_process import run_in_process_as_text
from tools.release import sign_database

pytestmark = pytest.mark.no_asan("Python alone")

BUILT_IN = datetime.strptime(installed.BUILT_IN_DATE, DATE_FORM).replace(tzinfo=timezone.utc)
NOW = BUILT_IN + timedelta(days=10)
KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
RULES = (
    "classes = unix\n[tcp:request]\nlabel = s:unix:{}:\nsig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0\n"
)


def sign(image: bytes, date: datetime, key: Ed25519PrivateKey) -> bytes:
    return signed.sign(image, date.strftime(DATE_FORM), key)


def pem(*keys: Any) -> bytes:
    return b"".join(
        one.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) for one in keys
    )


def image(name: str, folder: Path) -> bytes:
    path = folder / "image.hgdb"
    hg.Database.compile(text=RULES.format(name)).save(path)
    return path.read_bytes()


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only place of installed databases, whoever runs the tests."""
    folder = tmp_path / "place"
    monkeypatch.setattr(installed, "folders", lambda: (str(folder),))
    database_in_use.cache_clear()
    yield folder
    database_in_use.cache_clear()


@pytest.fixture
def key(tmp_path: Path) -> str:
    path = tmp_path / "key.pem"
    path.write_bytes(pem(KEY))
    return str(path)


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., str]:
    """A file with a signed database of one label."""

    def made(name: str, date: datetime = NOW, key: Ed25519PrivateKey = KEY) -> str:
        path = tmp_path / f"{name}.hgsig"
        path.write_bytes(sign(image(name, tmp_path), date, key))
        return str(path)

    return made


def name_in_use() -> str:
    return in_use().database.signatures[0].label.name


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return run_in_process_as_text(*words)


def test_what_was_installed_is_used_by_commands_and_programs(
    made: Callable[..., str], key: str, tmp_path: Path
) -> None:
    capture = tmp_path / "one.pcap"
    capture.write_bytes(samples.capture(1))
    done = run("database", "update", made("Pump"), "--key", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("in use now: 1 signature, SHA-256 ")
    assert "  OS:     Pump\n" in run("pcap", capture).stdout
    digest = in_use().database.source_hash
    assert f'"database":"{digest[:12]}"' in run("pcap", "--format", "json", capture).stdout
    assert f"SHA-256 {digest}, installed, of {NOW:%Y-%m-%d} (" in run("--version").stdout
    with hg.Analyzer() as analyzer:
        [result] = analyzer.analyze_pcap(capture)
        assert str(result.syn.match) == "Pump"
    other = tmp_path / "other.fp"
    other.write_text(RULES.format("Other"))
    assert "  OS:     Other\n" in run("pcap", "--db", other, capture).stdout


def test_show(made: Callable[..., str], key: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "BUILT_IN_DATE", "2026-01-01T00:00:00Z")
    shown = run("database", "show")
    assert shown.returncode == 0
    assert "built in, of " in shown.stdout
    assert f"updates:  installed in {place}\n" in shown.stdout
    install(made("Pump", datetime.now(timezone.utc) - timedelta(days=1, hours=1)), key)
    first, second, _ = run("database", "show").stdout.splitlines()
    assert first.endswith("(1 day old)")
    assert second == f"file:     {place / FILE_NAME}, signed with key {key_name(KEY.public_key())}"


def damages(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is wrong, and what must be said of it."""
    yield "not a signed database", b""
    yield "not a signed database", data[20:]
    yield "not a signed database", b"classes = unix\n"
    yield (
        "signed in a form that this version of huginn does not know",
        data.replace(b"SIGNED 1", b"SIGNED 2", 1),
    )
    yield "damaged: the header has no end", data[:100]
    yield "damaged: the header cannot be read", data.replace(b'"date":"2', b'"date":"x', 1)
    yield "damaged: the header cannot be read", data.replace(b'"length":', b'"length":-', 1)
    yield "damaged: the header cannot be read", data.replace(b'{"', b"[" * 500 + b'{"', 1)
    yield "damaged: it ends after ", data[:-1]
    yield "damaged: it ends after ", data[:1000]
    yield "damaged: 1 bytes follow the signature", data + b"\n"
    yield "damaged: the database is not the one", data[:1000] + bytes([data[1000] ^ 1]) + data[1001:]
    yield "wrong signature: key ", data[:-1] + bytes([data[-1] ^ 1])
    yield "wrong signature: key ", data.replace(b'"date":"20', b'"date":"21', 1)
    yield "wrong signature: made with key ", data.replace(b'"key":"', b'"key":"\xc3\xa9\\u001b', 1)


def test_damage_is_refused_and_the_previous_one_stays(
    made: Callable[..., str], key: str, place: Path, tmp_path: Path
) -> None:
    install(made("Before", NOW - timedelta(days=1)), key)
    before = (place / FILE_NAME).read_bytes()
    path = tmp_path / "damaged.hgsig"
    for reason, data in damages(Path(made("After")).read_bytes()):
        path.write_bytes(data)
        done = run("database", "update", path, "--key", key)
        assert done.returncode == 2
        assert done.stderr.startswith(f"huginn: {path}: {reason}"), done.stderr
        assert done.stderr.endswith(f"; still in use: installed, of {NOW - timedelta(days=1):%Y-%m-%d}\n")
        assert done.stderr.count("\n") == 1
        assert "\x1b" not in done.stderr
        assert sorted(place.iterdir()) == [place / FILE_NAME]
        assert (place / FILE_NAME).read_bytes() == before
    assert name_in_use() == "Before"


@given(st.data())
def test_no_changed_byte_is_accepted(data: st.DataObject) -> None:
    good = sign(b"HUGINNDB" + bytes(200), NOW, KEY)
    at = data.draw(st.integers(0, len(good) - 1))
    changed = good[:at] + bytes([good[at] ^ data.draw(st.integers(1, 255))]) + good[at + 1 :]
    with pytest.raises(DatabaseError):
        verified(changed, [KEY.public_key()])


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_are_accepted(data: bytes, has_magic: bool) -> None:
    with pytest.raises(DatabaseError):
        verified((b"HUGINN-SIGNED 1\n" if has_magic else b"") + data, [KEY.public_key()])


def test_wrong_keys(made: Callable[..., str], key: str, tmp_path: Path) -> None:
    path = made("Pump", key=OTHER)
    reason = (
        f"wrong signature: made with key {key_name(OTHER.public_key())}, not {key_name(KEY.public_key())}"
    )
    with pytest.raises(DatabaseError, match=reason):
        install(path, key)
    with pytest.raises(DatabaseError, match="no built-in key; name the public key with --key FILE"):
        install(path, None)
    private = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    contents = {b"": "not a public key", private: "not a public key", pem(KEY)[:60]: "not a public key"}
    for content, words in {**contents, pem(generate_private_key(SECP256R1())): "not an Ed25519"}.items():
        file = tmp_path / "wrong.pem"
        file.write_bytes(content)
        with pytest.raises(DatabaseError, match=f"wrong.pem: .*{words}"):
            install(path, str(file))
    assert run("database", "update", path, "--key", tmp_path / "absent").returncode == 2
    assert in_use().path is None


def test_one_of_several_keys_is_enough(made: Callable[..., str], tmp_path: Path) -> None:
    """So that a key can be replaced by another."""
    keys = tmp_path / "keys.pem"
    keys.write_bytes(pem(OTHER, KEY))
    assert install(made("Pump"), str(keys))[1]


def test_a_shipped_key_needs_no_option(
    made: Callable[..., str], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "SHIPPED_KEY", key)
    assert install(made("Pump"), None)[1]
    assert name_in_use() == "Pump"


def test_only_newer_ones(made: Callable[..., str], key: str) -> None:
    with pytest.raises(DatabaseError, match="older than the one in use"):
        install(made("Old", BUILT_IN - timedelta(seconds=1)), key)
    assert install(made("First"), key)[1]
    assert not install(made("First"), key)[1]
    assert run("database", "update", made("First"), "--key", key).stdout.startswith("already in use: ")
    with pytest.raises(DatabaseError, match="older than the one in use"):
        install(made("Second", NOW - timedelta(seconds=1)), key)
    with pytest.raises(DatabaseError, match="another one of the same date as the one in use"):
        install(made("Second"), key)
    assert install(made("Second", NOW + timedelta(seconds=1)), key)[1]
    assert name_in_use() == "Second"


def test_a_database_of_another_format_is_refused(tmp_path: Path, key: str) -> None:
    data = bytearray(image("Pump", tmp_path))
    data[8] ^= 0xFF
    path = tmp_path / "format.hgsig"
    path.write_bytes(sign(bytes(data), NOW, KEY))
    with pytest.raises(DatabaseError, match=r"format\.hgsig: .*version"):
        install(str(path), key)


def test_an_installed_one_that_cannot_be_used_is_mentioned(
    made: Callable[..., str], key: str, place: Path
) -> None:
    install(made("Pump"), key)
    path = place / FILE_NAME
    data = path.read_bytes()
    for change, reason in (
        (lambda: path.write_bytes(data[:-100]), "damaged: it ends after"),
        (lambda: path.write_bytes(data[:2000] + b"x" * 40 + data[2040:]), "damaged|checksum"),
        (lambda: path.write_bytes(b"nothing"), "not a signed database"),
        (lambda: [path.write_bytes(data), path.chmod(0o664)], "users other than root and this one"),
        (lambda: [path.unlink(), path.mkdir()], "Is a directory"),
    ):
        change()
        found = in_use()
        assert found.path is None
        [ignored] = found.ignored
        assert ignored.startswith(f"{path}: ")
        done = run("database", "show")
        assert done.returncode == 1
        assert done.stderr == f"huginn: {ignored}; in use: {found}\n"
        database_in_use.cache_clear()
        with pytest.warns(RuntimeWarning, match=reason):
            assert database_in_use() is found.database or len(database_in_use()) == len(found.database)


def test_a_newer_built_in_one_wins(
    made: Callable[..., str], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of the package."""
    install(made("Pump"), key)
    monkeypatch.setattr(installed, "BUILT_IN_DATE", NOW.strftime(DATE_FORM))
    assert in_use()[2:] == (None, "", ())


def test_the_newest_of_user_and_system(
    made: Callable[..., str], key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, own = tmp_path / "system", tmp_path / "own"
    monkeypatch.setattr(installed, "folders", lambda: (str(own), str(system)))
    install(made("Own"), key)
    monkeypatch.setattr(installed, "folders", lambda: (str(system),))
    install(made("System", NOW + timedelta(days=1)), key)
    assert in_use((str(own), str(system))).path == str(system / FILE_NAME)
    (system / FILE_NAME).write_bytes(b"")
    assert in_use((str(own), str(system))).path == str(own / FILE_NAME)


def test_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("XDG_DATA_HOME", "/home/somebody/data")
    assert folders() == ("/var/lib/huginn",), "root uses nothing of a user"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert folders() == ("/home/somebody/data/huginn", "/var/lib/huginn")
    monkeypatch.setenv("HOME", "/home/somebody")
    for unusable in ("", "relative"):
        monkeypatch.setenv("XDG_DATA_HOME", unusable)
        assert folders()[0] == "/home/somebody/.local/share/huginn"


@pytest.mark.parametrize("fault", ["os.fsync", "os.fchmod", "pathlib.Path.replace", "a full disk"])
def test_a_disk_that_fails_changes_nothing(
    made: Callable[..., str], key: str, place: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    install(made("Before"), key)
    after, limits = made("After", NOW + timedelta(days=1)), resource.getrlimit(resource.RLIMIT_FSIZE)
    with monkeypatch.context() as patch:
        if fault == "a full disk":
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
        else:
            patch.setattr(fault, failing)
        try:
            with pytest.raises(DatabaseError, match=r"cannot be written: (No space left on|File too large)"):
                install(after, key)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert name_in_use() == "Before"
    assert [path.name for path in place.iterdir()] == [FILE_NAME]


KILLED = """
import os, signal, sys
from pathlib import Path
from huginn_cffi.database import installed, signed
at, place, file, key = sys.argv[1:]
installed.folders = lambda: (place,)
kill = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
if at == "write":
    opened = os.fdopen
    def half(descriptor, mode):
        file = opened(descriptor, mode)
        if mode == "wb":
            os.write(descriptor, b"HUGINN-SIGNED 1"); kill()
        return file
    os.fdopen = half
elif at == "replace":
    Path.replace = kill
elif at == "replaced":
    replace = Path.replace
    Path.replace = lambda *names: (replace(*names), kill())
else:
    setattr(os, at, kill)
installed.install(file, key)
"""


@pytest.mark.parametrize("at", ["write", "fchmod", "fsync", "replace", "replaced"])
def test_a_killed_update_leaves_the_old_one_or_the_new_one(
    made: Callable[..., str], key: str, place: Path, at: str
) -> None:
    install(made("Before"), key)
    words = [at, str(place), made("After", NOW + timedelta(days=1)), key]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *words], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert name_in_use() == ("After" if at == "replaced" else "Before")
    assert not in_use().ignored
    install(made("Later", NOW + timedelta(days=2)), key)
    assert name_in_use() == "Later"
    assert [path.name for path in place.iterdir()] == [FILE_NAME]


def test_updates_at_the_same_time_leave_the_newest(made: Callable[..., str], key: str, place: Path) -> None:
    program = (
        "import sys; from huginn_cffi.database import installed\n"
        "installed.folders = lambda: (sys.argv[1],); installed.install(*sys.argv[2:])"
    )
    files = [made(f"Name {number}", NOW + timedelta(days=number)) for number in (2, 0, 3, 1)]
    words = [[sys.executable, "-c", program, str(place), file, key] for file in files]
    running = [subprocess.Popen(line, stderr=subprocess.PIPE) for line in words]
    for one in running:
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0 or b"older than the one in use" in said
    assert name_in_use() == "Name 3"


def test_a_running_sensor_takes_it_up(
    made: Callable[..., str], key: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SIGHUP, whoever the sensor has become: the places are those of who started it."""
    used: list[hg.Database] = []
    sensor = SimpleNamespace(reload=used.append, counted=SimpleNamespace(packets=0))
    output = SimpleNamespace(reopen=lambda: None)
    output.rotate_if_due = lambda: None
    hosts = LiveHosts(None)
    served = Service(sensor, output, Signatures(), Reporting(), hosts, (str(place),))  # type: ignore[arg-type]
    install(made("Pump"), key)
    with served.on_signals():
        os.kill(os.getpid(), signal.SIGHUP)
        served.do_due()
    assert [one.signatures[0].label.name for one in used] == ["Pump"]
    assert capsys.readouterr().err == (
        f"huginn: outputs are open again; the database is installed, of {NOW:%Y-%m-%d}\n"
    )


def test_without_cryptography(made: Callable[..., str], key: str) -> None:
    program = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from huginn_cffi.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", program, "database", "update", made("Pump"), "--key", key]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "pip install 'huginn-cffi[update]'" in done.stderr


def test_a_maintainer_signs_one(tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    private, output = tmp_path / "private.pem", tmp_path / "signed.hgsig"
    private.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    own = tmp_path / "own.hgdb"
    own.write_bytes(image("Own", tmp_path))
    assert sign_database.main(["--key", str(private), "-o", str(output), str(own)]) == 0
    assert "signatures: 1," in capsys.readouterr().out
    assert install(str(output), key)[1]
    assert name_in_use() == "Own"
    assert sign_database.main(["--key", key, "-o", str(output)]) == 1
    assert sign_database.main(["--key", str(private), "-o", str(tmp_path / "default.hgsig")]) == 0
    header, _ = verified((tmp_path / "default.hgsig").read_bytes(), [KEY.public_key()])
    assert header.date > installed.BUILT_IN_DATE
