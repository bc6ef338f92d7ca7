"""Provides ciphers for QUIC's first packets, on first use. The only module that loads libcrypto.

The package neither links nor ships libcrypto. It uses the running system's library; without one, the package
``cryptography``. Without both, QUIC ClientHellos are counted but not read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import HuginnError, check
from huginn_cffi.base.handles import CData
from huginn_cffi.base.installation import to_add

if TYPE_CHECKING:
    from cffi import FFI


NAMES = ("libcrypto.so.3", "libcrypto.so.1.1")
"""File names of the library, in the order they are tried."""

REMEDY = (
    "install libcrypto: apt install libssl3 (Debian, Ubuntu), dnf install openssl-libs (Fedora); "
    f"or: {to_add('quic')}"
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
"""Members of ``hg_crypto``, and the functions of libcrypto that fill them."""

CIPHERS = {
    "aes_128_ecb": ("AES-128-ECB", "EVP_aes_128_ecb"),
    "aes_128_gcm": ("AES-128-GCM", "EVP_aes_128_gcm"),
}
"""Members for ciphers: the cipher's name in libcrypto 3, and the function that returns it in 1.1."""


DECLARATIONS = f"""
const void *EVP_aes_128_ecb(void);
const void *EVP_aes_128_gcm(void);
void *EVP_CIPHER_fetch(void *, const char *, const char *);
{"".join(f"void {function}(void);" for function in FUNCTIONS.values())}
"""
"""Functions called from Python have full types; of others only the address is used."""


@dataclass(frozen=True, slots=True)
class Crypto:
    """Ciphers that passed the core's self-test.

    `native` is an ``hg_crypto *`` for the core, NULL without ciphers. `name` is their origin (a library's
    file name or ``cryptography``), "" without ciphers; `why` is then the reason.
    """

    native: CData = ffi.NULL
    name: str = ""
    why: str = ""
    _alive: tuple[object, ...] = ()
    """Objects that must live as long as the functions."""


def load_crypto() -> Crypto:
    """The system's ciphers, loaded by the first call. Never raises if they are missing."""
    return _load(NAMES, fallback=True)


_LOADED: dict[tuple[tuple[str, ...], bool], Crypto] = {}


def _load(names: tuple[str, ...], *, fallback: bool) -> Crypto:
    """The same object for all threads, also those that call at once: the core borrows it."""
    key = names, fallback
    return _LOADED.get(key) or _LOADED.setdefault(key, _found(names, fallback=fallback))


def _found(names: tuple[str, ...], *, fallback: bool) -> Crypto:
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
    for reason in reasons:
        if "o such file" not in reason and "No module named" not in reason:
            return Crypto(why=f"libcrypto cannot be used ({reason}); {REMEDY}")
    return Crypto(why=f"neither libcrypto nor cryptography is installed; {REMEDY}")


def _checked(native: CData, alive: tuple[object, ...], name: str) -> Crypto:
    error = ffi.new("hg_error *")
    check(lib.hg_crypto_check(native, error), error, subject=name)
    return Crypto(native, name, _alive=alive)


def _libcrypto(name: str) -> tuple[CData, tuple[object, ...]]:
    from cffi import FFI  # imported here: it takes 28 ms

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
    """A cipher. With libcrypto 3 it is fetched once, which saves a look-up on each use."""
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
    """A C callback for a Python function; returns 0 (failure) if the function raises."""
    made = ffi.callback(ffi.typeof(getattr(native, member)), call, error=0)
    setattr(native, member, made)
    return made


def _bytes(data: CData, length: int) -> bytes:
    return bytes(ffi.buffer(data, length))
