"""Opens libpcap on first use. The only module that loads it.

The package neither links nor ships libpcap. The functions in use are declared to cffi by hand, and looked up
in the running system's library.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from huginn_cffi._native import ffi as native
from huginn_cffi.base.errors import LibpcapError

if TYPE_CHECKING:
    from cffi import FFI

CData: TypeAlias = Any

NAMES = ("libpcap.so.1", "libpcap.so.0.8", "libpcap.dylib")
"""File names of the library, in the order they are tried: upstream's, Debian's, macOS's."""

REMEDY = "install it: apt install libpcap0.8 (Debian, Ubuntu), dnf install libpcap (Fedora)"

DECLARATIONS = """
#define PCAP_ERRBUF_SIZE 256

typedef struct pcap pcap_t;

struct bpf_insn { unsigned short code; unsigned char jt; unsigned char jf; unsigned int k; };
struct bpf_program { unsigned int bf_len; struct bpf_insn *bf_insns; };
struct pcap_stat { unsigned int ps_recv; unsigned int ps_drop; unsigned int ps_ifdrop; };

struct pcap_addr {
    struct pcap_addr *next;
    unsigned char *addr, *netmask, *broadaddr, *dstaddr; /* struct sockaddr: differs by system */
};
typedef struct pcap_if {
    struct pcap_if *next;
    char *name, *description;
    struct pcap_addr *addresses;
    unsigned int flags;
} pcap_if_t;

const char *pcap_lib_version(void);
const char *pcap_statustostr(int status);
const char *pcap_datalink_val_to_name(int dlt);

int pcap_findalldevs(pcap_if_t **found, char *errbuf);
void pcap_freealldevs(pcap_if_t *found);

pcap_t *pcap_create(const char *device, char *errbuf);
int pcap_set_snaplen(pcap_t *p, int bytes);
int pcap_set_promisc(pcap_t *p, int on);
int pcap_set_timeout(pcap_t *p, int ms);
int pcap_set_immediate_mode(pcap_t *p, int on);
int pcap_set_buffer_size(pcap_t *p, int bytes);
int pcap_set_tstamp_precision(pcap_t *p, int precision);
int pcap_get_tstamp_precision(pcap_t *p);
int pcap_activate(pcap_t *p);
int pcap_setnonblock(pcap_t *p, int on, char *errbuf);
int pcap_get_selectable_fd(pcap_t *p);
int pcap_datalink(pcap_t *p);
int pcap_set_datalink(pcap_t *p, int dlt);
int pcap_dispatch(pcap_t *p, int count, void *callback, unsigned char *user);
int pcap_stats(pcap_t *p, struct pcap_stat *out);
char *pcap_geterr(pcap_t *p);
void pcap_close(pcap_t *p);

pcap_t *pcap_open_dead(int dlt, int snaplen);
int pcap_compile(pcap_t *p, struct bpf_program *out, const char *text, int optimize, unsigned int netmask);
int pcap_setfilter(pcap_t *p, struct bpf_program *program);
void pcap_freecode(struct bpf_program *program);
/* header is a struct pcap_pkthdr, whose layout differs by system. */
int pcap_offline_filter(const struct bpf_program *program, const void *header, const unsigned char *packet);
"""


@dataclass(frozen=True, slots=True)
class Libpcap:
    """The opened library.

    `ffi` knows libpcap's types. It is not the `ffi` of the C core: pointers passed between them are cast to
    ``void *``. `lib` holds the functions.
    """

    ffi: FFI
    lib: Any
    name: str

    def for_core(self, ctype: CData | str, pointer: CData) -> CData:
        """Convert a pointer of libpcap's ffi to one of the core's ffi."""
        return native.cast(ctype, int(self.ffi.cast("uintptr_t", self.ffi.cast("void *", pointer))))

    def text(self, string: CData) -> str:
        """A C string of libpcap as str; empty for NULL."""
        if string == self.ffi.NULL:
            return ""
        raw: Any = self.ffi.string(string)
        return str(raw, "utf-8", "replace")


def load_libpcap() -> Libpcap:
    """The system's libpcap, opened by the first call. `LibpcapError` when there is none."""
    return _open(NAMES)


@cache
def _open(names: tuple[str, ...]) -> Libpcap:
    # The core's ffi tries the names. For an absent file, FFI.dlopen would run programs (ldconfig, gcc, ld) to
    # find it under another name, which takes 0.1 s and happens with this process's rights.
    from cffi import FFI  # imported here: it takes longer than the whole package

    ffi = FFI()
    reasons = []
    for name in names:
        try:
            native.dlopen(name)
        except OSError as error:
            reasons.append(str(error))
            continue
        ffi.cdef(DECLARATIONS)
        return Libpcap(ffi, ffi.dlopen(name), name)
    for reason in reasons:
        if "o such file" not in reason:
            raise LibpcapError(f"libpcap cannot be loaded: {reason}; {REMEDY}")
    raise LibpcapError(f"libpcap is not installed (looked for {', '.join(names)}); {REMEDY}")
