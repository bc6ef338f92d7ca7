"""The exceptions, and the translation of the core's statuses."""

from __future__ import annotations

import errno
import pickle
from typing import TYPE_CHECKING

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check

if TYPE_CHECKING:
    from huginn_cffi._native import CData


def native_error(message: str, *, record: int = 0, offset: int = 0, system: int = 0) -> CData:
    error = ffi.new("hg_error *")
    error.message = message.encode()
    error.record, error.offset, error.system = record, offset, system
    return error


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (hg.SignatureError, ValueError),
        (hg.FilterError, ValueError),
        (hg.CaptureError, OSError),
        (hg.DatabaseError, Exception),
        (hg.LibpcapError, Exception),
    ],
)
def test_hierarchy(kind: type[Exception], builtin: type[Exception]) -> None:
    assert issubclass(kind, hg.HuginnError)
    assert issubclass(kind, builtin)


@pytest.mark.parametrize("status", ["HG_OK", "HG_END"])
def test_success_is_returned(status: str) -> None:
    value = getattr(lib, status)
    assert check(value, native_error("unused")) == value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("HG_E_MEMORY", MemoryError),
        ("HG_E_ARGUMENT", ValueError),
        ("HG_E_IO", hg.CaptureError),
        ("HG_E_FORMAT", hg.CaptureError),
        ("HG_E_TRUNCATED", hg.CaptureError),
        ("HG_E_UNSUPPORTED", hg.CaptureError),
    ],
)
def test_statuses(status: str, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="what was wrong"):
        check(getattr(lib, status), native_error("what was wrong"))


def test_databases_raise_their_own() -> None:
    with pytest.raises(hg.DatabaseError, match=r"^x\.hgdb: big-endian$"):
        check(lib.HG_E_UNSUPPORTED, native_error("big-endian"), subject="x.hgdb", raises=hg.DatabaseError)


def test_capture_error_tells_the_place() -> None:
    error = native_error("truncated at record 2, byte offset 100", record=2, offset=100)
    with pytest.raises(hg.CaptureError) as caught:
        check(lib.HG_E_TRUNCATED, error, subject="a.pcap")
    assert str(caught.value) == "a.pcap: truncated at record 2, byte offset 100"
    assert (caught.value.filename, caught.value.record, caught.value.offset) == ("a.pcap", 2, 100)
    assert caught.value.errno is None
    assert not caught.value.refused


def test_capture_error_gives_the_systems_reason() -> None:
    with pytest.raises(hg.CaptureError) as caught:
        check(lib.HG_E_IO, native_error("reading failed", system=errno.EISDIR), subject="a", refused=True)
    assert str(caught.value) == "a: reading failed: Is a directory"
    assert caught.value.errno == errno.EISDIR
    assert caught.value.refused


def test_capture_error_survives_pickling() -> None:
    error = hg.CaptureError("a.pcap: cut", path="a.pcap", record=7, offset=9)
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == "a.pcap: cut"
    assert (again.record, again.offset, again.filename) == (7, 9, "a.pcap")
