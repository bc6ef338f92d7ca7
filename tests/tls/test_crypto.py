"""Where the ciphers for QUIC come from: each way is checked by known answers of the standards."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import NoReturn

import pytest

from huginn_cffi._native import ffi, lib
from huginn_cffi.libraries import libcrypto
from huginn_cffi.libraries.libcrypto import NAMES, REMEDY, load_crypto


def test_libcrypto_of_the_system_serves() -> None:
    found = libcrypto._load(NAMES, fallback=False)
    if not found.name:
        pytest.skip(f"there is no libcrypto: {found.why}")
    assert (found.name in NAMES, found.why) == (True, "")
    assert load_crypto().name == found.name


def test_cryptography_serves_in_its_place() -> None:
    pytest.importorskip("cryptography")
    found = libcrypto._load(("libcrypto.so.none",), fallback=True)
    assert (found.name, found.why) == ("cryptography", "")


def test_without_both_there_is_a_reason_and_a_remedy() -> None:
    found = libcrypto._load(("libcrypto.so.none",), fallback=False)
    assert (found.native, found.name) == (ffi.NULL, "")
    assert found.why == f"neither libcrypto nor cryptography is installed; {REMEDY}"


def test_a_library_that_cannot_be_used_is_named() -> None:
    found = libcrypto._load(("libc.so.6",), fallback=False)
    assert found.native == ffi.NULL
    assert found.why.startswith("libcrypto cannot be used (libc.so.6: ")


def test_threads_that_ask_at_once_get_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker keeps what it got, so that nothing else may take its place."""
    workers = 4
    all_ask = Barrier(workers)

    def none(name: str) -> NoReturn:
        all_ask.wait(60)
        raise OSError(f"{name}: no such file")

    def load(worker: int) -> libcrypto.Crypto:
        return libcrypto._load(("libcrypto.so.late",), fallback=False)

    monkeypatch.setattr(libcrypto, "_libcrypto", none)
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(load, range(workers)))
    assert [one is found[0] for one in found] == [True] * workers


@pytest.mark.parametrize("member", ["mask", "open"])
def test_wrong_answers_are_refused(member: str) -> None:
    """A mask that does nothing; an opening that calls everything authentic."""
    pytest.importorskip("cryptography")
    good = libcrypto._load(("libcrypto.so.none",), fallback=True)
    native = ffi.new("hg_crypto *", good.native[0])
    wrong = ffi.callback(ffi.typeof(getattr(native, member)), lambda *values: 1, error=0)
    setattr(native, member, wrong)
    error = ffi.new("hg_error *")
    assert lib.hg_crypto_check(native, error) == lib.HG_E_UNSUPPORTED
    assert b"wrong answer" in ffi.string(error.message)


def test_no_functions_are_refused() -> None:
    assert lib.hg_crypto_check(ffi.new("hg_crypto *"), ffi.NULL) == lib.HG_E_UNSUPPORTED
    assert lib.hg_crypto_check(ffi.NULL, ffi.NULL) == lib.HG_E_UNSUPPORTED


def test_importing_the_package_loads_no_ciphers() -> None:
    code = "import sys, huginn_cffi; print('cffi' in sys.modules, 'cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
