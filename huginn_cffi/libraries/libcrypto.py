"""Ciphers for QUIC's first packets, found when they are first needed: the one place that loads libcrypto.

The package neither links nor ships libcrypto. It is taken from the running system; where there is none,
from the package ``cryptography``; and where that is absent too, QUIC's hellos are counted and not read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import HuginnError, check
from huginn_cffi.base.handles import CData

if TYPE_CHECKING:
    from cffi import FFI


NAMES = ("libcrypto.so.3", "libcrypto.so.1.1")
"""File names of the library, in the order they are tried."""

REMEDY = (
    "install libcrypto: apt install libssl3 (Debian, Ubuntu), dnf install openssl-libs (Fedora); "
    "or: pip install 'huginn-cffi[quic]'"
)

FUNCTIONS = {
    "cipher_ctx_new": "EVP_CIPHER_CTX_new",
    "cipher_ctx_free": "EVP_CIPHER_CTX_free",
    "cipher_ctx_ctrl": "EVP_CIPHER_CTX_ctrl",
    "encrypt_init": "EVP_EncryptInit_ex",
    "encrypt_update": "EVP_EncryptUpdate",
    "decrypt_init": "EVP_DecryptInit_ex",
    "decrypt_update": "EVP_DecryptUpdate",
    "decrypt_final": "EVP_DecryptFinal_ex",
}
"""Members of ``hg_crypto`` and the functions of libcrypto that they are."""

CIPHERS = {
    "aes_128_ecb": ("AES-128-ECB", "EVP_aes_128_ecb"),
    "aes_128_gcm": ("AES-128-GCM", "EVP_aes_128_gcm"),
}
"""The same for ciphers: their names for libcrypto 3, and the functions that return them in 1.1."""


DECLARATIONS = f"""
const void *EVP_aes_128_ecb(void);
const void *EVP_aes_128_gcm(void);
void *EVP_CIPHER_fetch(void *, const char *, const char *);
{"".join(f"void {function}(void);" for function in FUNCTIONS.values())}
"""
"""Those that are called from here; of the others, whose types are those of ``hg_crypto``, the addresses."""


@dataclass(frozen=True, slots=True)
class Crypto:
    """Ciphers that give right answers.

    `native` is an ``hg_crypto *`` for the core, or NULL where there are none. `name` says whose they are
    (a library's file name, ``cryptography``), and is empty then; `why` says why there are none.
    """

    native: CData
    name: str = ""
    why: str = ""
    _alive: tuple[object, ...] = ()
    """What the functions need."""


def load_crypto() -> Crypto:
    """What the system has, found by the first call. Never raises for what is missing."""
    return _load(NAMES, fallback=True)


@cache
def _load(names: tuple[str, ...], *, fallback: bool) -> Crypto:
    reasons = []
    for name in names:
        try:
            return _checked(*_libcrypto(name), name)
        except (OSError, AttributeError, ValueError, HuginnError) as error:
            reasons.append(f"{name}: {error}")
    if fallback:
        try:
            return _checked(*_cryptography(), "cryptography")
        except (ImportError, MemoryError, HuginnError) as error:
            reasons.append(f"cryptography: {error}")
    return Crypto(ffi.NULL, why=f"{_why(reasons)}; {REMEDY}")


def _why(reasons: list[str]) -> str:
    """Absent, or present and not to be used: then the reason helps."""
    broken = [one for one in reasons if "o such file" not in one and "No module named" not in one]
    return (
        f"libcrypto cannot be used ({broken[0]})"
        if broken
        else "neither libcrypto nor cryptography is installed"
    )


def _checked(native: CData, alive: tuple[object, ...], name: str) -> Crypto:
    error = ffi.new("hg_error *")
    check(lib.hg_crypto_check(native, error), error, subject=name)
    return Crypto(native, name, _alive=alive)


def _libcrypto(name: str) -> tuple[CData, tuple[object, ...]]:
    from cffi import FFI  # 28 ms, which only callers need

    declared = FFI()
    declared.cdef(DECLARATIONS)
    library: Any = declared.dlopen(name)
    native = ffi.new("hg_crypto *")
    for member, function in FUNCTIONS.items():
        address = int(declared.cast("uintptr_t", declared.addressof(library, function)))
        setattr(native, member, ffi.cast(ffi.typeof(getattr(native, member)), address))
    for member, (cipher, function) in CIPHERS.items():
        found = int(declared.cast("uintptr_t", _cipher(declared, library, cipher, function)))
        setattr(native, member, ffi.cast("const void *", found))
    return native, (library,)


def _cipher(declared: FFI, library: Any, name: str, function: str) -> Any:
    """A cipher. One that was fetched need not be looked for again with each use (libcrypto 3)."""
    try:
        fetch = library.EVP_CIPHER_fetch
    except AttributeError:
        found = getattr(library, function)()
    else:
        found = fetch(declared.NULL, name.encode("ascii"), declared.NULL)
    if found == declared.NULL:
        raise ValueError(f"it has no {name}")
    return found


def _cryptography() -> tuple[CData, tuple[object, ...]]:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    def mask(user: CData, key: CData, block: CData, out: CData) -> int:
        encryptor = Cipher(algorithms.AES(_bytes(key, 16)), modes.ECB()).encryptor()
        ffi.buffer(out, 16)[:] = encryptor.update(_bytes(block, 16))
        return 1

    def opened(
        user: CData,
        key: CData,
        nonce: CData,
        header: CData,
        header_length: int,
        sealed: CData,
        length: int,
        out: CData,
    ) -> int:
        try:
            plain = AESGCM(_bytes(key, 16)).decrypt(
                _bytes(nonce, 12), _bytes(sealed, length), _bytes(header, header_length)
            )
        except InvalidTag:
            return 0
        ffi.buffer(out, len(plain))[:] = plain
        return 1

    native = ffi.new("hg_crypto *")
    callbacks = tuple(_callback(native, member, call) for member, call in (("mask", mask), ("open", opened)))
    return native, callbacks


def _callback(native: CData, member: str, call: Callable[..., int]) -> CData:
    """A function of Python as a member of the struct; 0, for not done, when it raises."""
    made = ffi.callback(ffi.typeof(getattr(native, member)), call, error=0)
    setattr(native, member, made)
    return made


def _bytes(data: CData, length: int) -> bytes:
    return bytes(ffi.buffer(data, length))
