"""Writes ``huginn_cffi/_native.pyi``, the types of the cffi module, from csrc/huginn.h."""

from __future__ import annotations

import re
from collections.abc import Iterator

HEAD = '''"""The exports of the cffi module, generated from csrc/huginn.h by the build; do not edit."""

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

CData: TypeAlias = Any
_Function = TypeVar("_Function", bound=Callable[..., object])

class _FFI:
    NULL: CData
    def buffer(self, cdata: CData, size: int = ...) -> bytearray: ...
    def callback(self, ctype: CData, python_callable: Callable[..., object], error: object) -> CData: ...
    def cast(self, ctype: CData, value: CData) -> CData: ...
    def def_extern(self, *, name: str) -> Callable[[_Function], _Function]: ...
    def dlopen(self, name: str) -> CData: ...
    def from_buffer(self, ctype: str, data: object) -> CData: ...
    def from_handle(self, handle: CData) -> Any: ...
    def gc(self, cdata: CData, destructor: Callable[[CData], None]) -> CData: ...
    def memmove(self, to: CData, data: bytes, count: int) -> None: ...
    def new(self, ctype: str, init: object = ...) -> CData: ...
    def new_allocator(self, *, should_clear_after_alloc: bool) -> Callable[[str, int], CData]: ...
    def new_handle(self, of: object) -> CData: ...
    def release(self, cdata: CData) -> None: ...
    def sizeof(self, ctype: CData) -> int: ...
    def string(self, cdata: CData) -> bytes: ...
    def unpack(self, cdata: CData, length: int) -> list[int]: ...
    def typeof(self, ctype: str) -> CData: ...

ffi: _FFI
lib: _Lib

class _Lib:
    hg_python_card: CData
    hg_python_crypto: CData
'''

_VALUES = {"void": "None", "double": "float", "_Bool": "bool"}
_ENUM = re.compile(r"enum(?: \w+)? \{([^}]*)\} ?(\w*);")
_FUNCTION = re.compile(r"^([\w ]+?[ *]+)(hg_\w+)\(([^;{}]*)\);", re.MULTILINE)


def _members(text: str) -> Iterator[str]:
    enums = _ENUM.findall(text)
    for body, _ in enums:
        yield from (f"{name}: int" for name in re.findall(r"\b(HG_\w+)\b(?: =[^,]*)?(?:,|\s*$)", body))
    yield from (f"{name}: int" for name in re.findall(r"^#define (HG_\w+) ", text, re.MULTILINE))
    numbers = {"int", "size_t", *(name for _, name in enums)}

    def python(c_type: str) -> str:
        """The Python type for a C type or parameter; pointers and structs become ``Any``."""
        word = c_type.removeprefix("const ").split()[0]
        if re.search(r"[*\[(]", c_type):
            return "CData"
        is_number = word in numbers or re.fullmatch(r"u?int\d+_t", word)
        return _VALUES.get(word) or ("int" if is_number else "CData")

    for result, name, listed in _FUNCTION.findall(text):
        taken = [] if listed == "void" else listed.split(",")
        words = ", ".join(("self", *(f"_{n}: {python(one.strip())}" for n, one in enumerate(taken))))
        yield f"def {name}({words}) -> {python(result)}: ..."


def native_stub(declarations: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", declarations, flags=re.DOTALL)
    return HEAD + "".join(f"    {one}\n" for one in _members(text))
