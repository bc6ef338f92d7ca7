"""What the cffi module exports. Kept by hand beside csrc/huginn.h."""

from collections.abc import Callable
from typing import Any, TypeAlias

CData: TypeAlias = Any
"""A pointer or struct of the core; the header says which."""

class _Lib:
    HG_OK: int
    HG_END: int
    HG_E_MEMORY: int
    HG_E_IO: int
    HG_E_FORMAT: int
    HG_E_TRUNCATED: int
    HG_E_DATABASE: int
    HG_E_ARGUMENT: int
    HG_E_UNSUPPORTED: int
    HG_EVENT_SYN: int
    HG_EVENT_SYN_ACK: int
    HG_EVENT_MTU: int
    HG_EVENT_CLIENT_UPTIME: int
    HG_EVENT_SERVER_UPTIME: int
    HG_EVENT_KINDS: int
    HG_DOUBT_NONE: int
    HG_DROP_NONE: int
    HG_DROP_KINDS: int
    HG_FORMAT_TEXT: int
    HG_FORMAT_JSON: int
    HG_FORMAT_P0F: int
    HG_MAX_OPTIONS: int
    HG_MAX_RECORD: int
    HG_MIN_BATCH: int
    HG_NO_SIGNATURE: int
    HG_SIDE_EITHER: int
    HG_SIDE_CLIENT: int
    HG_SIDE_SERVER: int

    def hg_database_default(self) -> CData: ...
    def hg_database_open(self, bytes: CData, length: int, out: CData, error: CData) -> int: ...
    def hg_database_free(self, database: CData) -> None: ...
    def hg_database_section(self, database: CData, name: bytes, count: CData, stride: CData) -> CData: ...
    def hg_database_source_hash(self, database: CData) -> CData: ...
    def hg_database_match(self, database: CData, observation: CData) -> CData: ...
    def hg_database_match_all(
        self, database: CData, observation: CData, out: CData, capacity: int
    ) -> int: ...
    def hg_doubt_reason(self, doubt: int) -> CData: ...
    def hg_drop_name(self, drop: int) -> CData: ...
    def hg_source_open_fd(self, fd: int, out: CData, error: CData) -> int: ...
    def hg_source_open_memory(self, bytes: CData, length: int, out: CData, error: CData) -> int: ...
    def hg_source_open_packets(
        self,
        bytes: CData,
        offsets: CData,
        times_ns: CData,
        count: int,
        linktype: int,
        out: CData,
        error: CData,
    ) -> int: ...
    def hg_source_open_live(self, live: CData, out: CData, error: CData) -> int: ...
    def hg_source_free(self, source: CData) -> None: ...
    def hg_linktype_supported(self, linktype: int) -> int: ...
    def hg_linktype_list(self, i: int, linktype: CData, name: CData) -> int: ...
    def hg_filter_new(
        self, conditions: CData, count: int, deny: int, hash_key: int, out: CData, error: CData
    ) -> int: ...
    def hg_filter_free(self, filter: CData) -> None: ...
    def hg_filter_passes(
        self,
        filter: CData,
        client: CData,
        server: CData,
        client_port: int,
        server_port: int,
        version: int,
    ) -> int: ...
    def hg_source_open_bpf(self, inner: CData, bpf: CData, out: CData, error: CData) -> int: ...
    def hg_source_bpf_unfit(self, source: CData) -> int: ...
    def hg_engine_new(self, config: CData, database: CData, out: CData, error: CData) -> int: ...
    def hg_engine_free(self, engine: CData) -> None: ...
    def hg_engine_run(
        self, engine: CData, source: CData, batch: CData, max_packets: int, error: CData
    ) -> int: ...
    def hg_engine_stats(self, engine: CData) -> CData: ...
    def hg_render(
        self,
        batch: CData,
        database: CData,
        format: int,
        first: int,
        last: int,
        out: CData,
        capacity: int,
        written: CData,
        next: CData,
        error: CData,
    ) -> int: ...
    def hg_render_signature(
        self, batch: CData, row: int, out: CData, capacity: int, written: CData, error: CData
    ) -> int: ...

class _FFI:
    """What is used of cffi.FFI. `string` is only given C strings, so it returns bytes."""

    NULL: CData

    def buffer(self, cdata: CData, size: int = ...) -> bytearray: ...
    def cast(self, ctype: CData, value: CData) -> CData: ...
    def from_buffer(self, ctype: str, data: object) -> CData: ...
    def gc(self, cdata: CData, destructor: Callable[[CData], None]) -> CData: ...
    def new(self, ctype: str, init: object = ...) -> CData: ...
    def new_allocator(self, *, should_clear_after_alloc: bool) -> Callable[[str, int], CData]: ...
    def sizeof(self, ctype: CData) -> int: ...
    def string(self, cdata: CData) -> bytes: ...
    def typeof(self, ctype: str) -> CData: ...

ffi: _FFI
lib: _Lib
