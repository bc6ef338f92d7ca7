/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sources.c - sources whose surroundings misbehave: a libpcap and a kernel made up here.
 *
 * Input: kind (two bits: packets, live, descriptor), behind a packet filter or not, workers,
 * length of a script (16 bits), the script, data. The script says what the world does next: how
 * many packets come, when a read is short, fails or is interrupted, when an interface goes.
 *
 * Every packet that was returned must be counted, those that the packet filter refused as such;
 * and a descriptor read in any pieces gives what memory gives.
 */
#define _GNU_SOURCE

#include "fuzz.h"

#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "source/libpcap.h"

enum { KINDS = 3, LINKTYPE_SHIFT = 4, FILTERED = 4, BY_LINK = 8, FAKE_FD = 1000, FAKE_SOCKET = 1001 };
enum { SINCE_NS = 1000, UNTIL_NS = 1000000, MOST_WAIT_MS = 1000 };

/* What surrounds the source. */
static struct world {
    fuzz_input script;
    fuzz_input data;
    uint64_t now_ms;
    uint64_t given;         /* packets returned */
    uint64_t given_bytes;
    uint64_t refused;       /* by the packet filter */
    uint32_t snaplen;
    uint32_t wanted;        /* packets of one call that count */
    int broken;             /* a read failed for good */
} world;

/* ---- the kernel -------------------------------------------------------------------------- */

int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout);
ssize_t __wrap_read(int fd, void *out, size_t bytes);
char *__wrap_if_indextoname(unsigned index, char *name);
int __wrap_ioctl(int fd, unsigned long request, struct ifreq *out);
int __wrap_socket(int domain, int type, int protocol);
int __wrap_close(int fd);
int __wrap_clock_gettime(clockid_t clock, struct timespec *out);
int __real_clock_gettime(clockid_t clock, struct timespec *out);

int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout)
{
    uint8_t next = fuzz_byte(&world.script);
    (void)fds;
    world.now_ms += next;
    errno = EINTR;
    if (next % 8 == 1)
        return -1;
    return next % 8 == 2 && timeout >= 0 ? 0 : (int)count;
}

ssize_t __wrap_read(int fd, void *out, size_t bytes)
{
    FUZZ_CHECK(fd == FAKE_FD);
    uint8_t next = fuzz_byte(&world.script);
    errno = next == 1 ? EAGAIN : next == 2 ? EINTR : EIO;
    world.broken |= next == 3;
    if (next == 1 || next == 2 || next == 3)
        return -1;
    size_t wanted = next == 0 || next > bytes ? bytes : next;
    if (wanted > world.data.left)
        wanted = world.data.left;
    fuzz_take(&world.data, out, wanted);
    return (ssize_t)wanted;
}

char *__wrap_if_indextoname(unsigned index, char *name)
{
    static const int reasons[4] = {ENXIO, ENODEV, EPERM, 0};
    uint8_t next = fuzz_byte(&world.script);
    (void)index;
    if (next % 8 < 4) {
        strcpy(name, "made-up0");
        return name;
    }
    errno = reasons[next % 4];
    return NULL;
}

int __wrap_ioctl(int fd, unsigned long request, struct ifreq *out)
{
    uint8_t next = fuzz_byte(&world.script);
    FUZZ_CHECK(fd == FAKE_SOCKET && request == SIOCGIFFLAGS);
    out->ifr_flags = (short)(next % 4 < 2 ? IFF_UP : 0);
    return next % 4 == 3 ? -1 : 0;
}

int __wrap_socket(int domain, int type, int protocol)
{
    (void)domain, (void)type, (void)protocol;
    return fuzz_byte(&world.script) % 4 == 1 ? -1 : FAKE_SOCKET;
}

int __wrap_close(int fd)
{
    FUZZ_CHECK(fd == FAKE_SOCKET);
    return 0;
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *out)
{
    if (clock != CLOCK_MONOTONIC)
        return __real_clock_gettime(clock, out);
    world.now_ms += fuzz_byte(&world.script);
    *out = (struct timespec){.tv_sec = (time_t)(world.now_ms / 1000), .tv_nsec = (long)(world.now_ms % 1000) * 1000000};
    return 0;
}

/* ---- libpcap ----------------------------------------------------------------------------- */

static void give(hg_pcap_handler handler, unsigned char *user)
{
    uint8_t head[6];
    fuzz_take(&world.data, head, sizeof head);
    uint32_t captured = head[0], length = hg_le16(head + 1);
    uint8_t *bytes = malloc(captured); /* gone when the handler returns, as a slot of a ring is */
    FUZZ_CHECK(bytes != NULL || captured == 0);
    fuzz_take(&world.data, bytes, captured);
    struct pcap_pkthdr header = {.ts = {.tv_sec = hg_le16(head + 3), .tv_usec = head[5]}, .caplen = captured,
                                 .len = length};
    handler(user, &header, bytes);
    free(bytes);
    if (world.wanted == 0)
        return; /* more than was asked for */
    world.wanted--;
    world.given++;
    world.given_bytes += captured < world.snaplen ? captured : world.snaplen;
}

static int dispatch(struct pcap *handle, int count, hg_pcap_handler handler, unsigned char *user)
{
    (void)handle;
    FUZZ_CHECK(count > 0);
    if (world.script.left == 0)
        return -1;
    uint8_t next = fuzz_byte(&world.script);
    int packets = next & 31;
    world.wanted = (uint32_t)count;
    if ((next & 0x20) == 0 && packets > count)
        packets = count;
    for (int i = 0; i < packets; i++)
        give(handler, user);
    return (next & 0xC0) == 0xC0 ? -1 : (next & 0xC0) == 0x80 ? -2 : packets;
}

static char *geterr(struct pcap *handle)
{
    static char message[] = "made-up failure";
    (void)handle;
    return message;
}

/* Refuses by the bytes, all of which it reads. */
static int refuse_some(const void *program, const void *header, const uint8_t *packet)
{
    uint32_t captured = ((const struct pcap_pkthdr *)header)->caplen;
    uint8_t sum = *(const uint8_t *)program;
    for (uint32_t i = 0; i < captured; i++)
        sum = (uint8_t)(sum + packet[i]);
    world.refused += (sum & 1) == 0;
    return sum & 1;
}

/* ---- running ----------------------------------------------------------------------------- */

static hg_engine *engine_with(uint32_t workers)
{
    static hg_engine *engines[2];
    hg_config config = {.protocols = HG_ALL_PROTOCOLS, .max_connections = 4, .max_hosts = 4, .uptime = 1, .decapsulate = 1, .workers = workers};
    hg_engine **engine = engines + (workers - 1);
    if (*engine == NULL)
        FUZZ_CHECK(hg_engine_new(&config, hg_database_default(), engine, NULL) == HG_OK);
    hg_engine_reset(*engine);
    return *engine;
}

typedef struct outcome {
    uint64_t rows;
    hg_stats stats;
    hg_status status;
    hg_error error;
} outcome;

static outcome run(hg_source *source, uint32_t workers, uint64_t step)
{
    static hg_batch batch;
    outcome found = {.rows = 0};
    hg_engine *engine = engine_with(workers);
    if (batch.capacity == 0)
        fuzz_batch_make(&batch, HG_MIN_BATCH);
    do {
        found.status = hg_engine_run(engine, source, &batch, step, &found.error);
        found.rows = fuzz_batch_hash(found.rows, &batch);
    } while (found.status == HG_OK);
    found.stats = *hg_engine_stats(engine);
    hg_engine_reset(engine);
    return found;
}

/* The same behind a packet filter that has programs for the first two link types only. */
static outcome run_filtered(hg_source *inner, uint8_t flags, uint32_t workers, uint64_t step)
{
    static const uint8_t program = 1;
    static const void *const programs[2] = {&program, &program};
    static const uint32_t linktypes[2] = {1, 101};
    hg_bpf bpf = {.function = refuse_some, .link_programs = programs, .linktypes = linktypes, .count = 2};
    hg_source *source;
    if ((flags & BY_LINK) == 0)
        bpf.ip_program = &program;
    FUZZ_CHECK(hg_source_open_bpf(inner, &bpf, &source, NULL) == HG_OK);
    FUZZ_CHECK(hg_source_bpf_unfit(source) == -1 && hg_source_bpf_unfit(inner) == -1);
    outcome found = run(source, workers, step);
    int64_t unfit = hg_source_bpf_unfit(source);
    FUZZ_CHECK((found.status == HG_E_UNSUPPORTED) == (unfit >= 0));
    FUZZ_CHECK(unfit < 0 || hg_linktype_supported((uint32_t)unfit));
    hg_source_free(source);
    return found;
}

static outcome run_either(hg_source *source, uint8_t flags, uint64_t step)
{
    uint32_t workers = (flags >> 7) + 1u;
    outcome found = (flags & FILTERED) != 0 ? run_filtered(source, flags, workers, step) : run(source, workers, step);
    FUZZ_CHECK(found.stats.drops[HG_DROP_FILTERED] == world.refused);
    return found;
}

static uint32_t some_linktype(uint8_t flags)
{
    static const uint32_t linktypes[8] = {1, 101, 276, 12, 0, 127, 147, 228};
    return linktypes[flags >> LINKTYPE_SHIFT & 7];
}

/* ---- the kinds --------------------------------------------------------------------------- */

static void read_packets(uint8_t flags, uint64_t step)
{
    enum { MOST = 64 };
    uint64_t offsets[MOST + 1] = {0};
    int64_t times[MOST];
    size_t count = 0, sound = MOST;
    for (; count < MOST && world.script.left > 0; count++) {
        uint8_t next = fuzz_byte(&world.script);
        times[count] = (int64_t)next << (next & 31);
        offsets[count + 1] = offsets[count] + next;
        if (next == 255)
            offsets[count + 1] = offsets[count] - 1;
        else if (next == 254)
            offsets[count + 1] = offsets[count] + UINT64_C(0x100000000);
        else if (offsets[count + 1] > world.data.left && sound == MOST)
            offsets[count + 1] = world.data.left;
        if (sound == MOST && offsets[count + 1] - offsets[count] > UINT32_MAX)
            sound = count;
    }
    hg_source *packets, *source;
    FUZZ_CHECK(hg_source_open_packets(world.data.at, offsets, times, count, some_linktype(flags), &packets, NULL) ==
               HG_OK);
    FUZZ_CHECK(hg_source_open_between(packets, SINCE_NS, UNTIL_NS, &source, NULL) == HG_OK);
    for (size_t i = 0; (flags & FILTERED) == 0 && i < count && i < sound; i++)
        world.refused += times[i] < SINCE_NS || times[i] >= UNTIL_NS;
    outcome found = run_either((flags & FILTERED) == 0 ? source : packets, flags, step);
    hg_source_free(source);
    hg_source_free(packets);
    if (found.status == HG_E_UNSUPPORTED)
        return;
    FUZZ_CHECK(found.status == (sound == MOST ? HG_END : HG_E_ARGUMENT));
    FUZZ_CHECK(found.stats.packets == (sound == MOST ? count : sound));
    FUZZ_CHECK(sound == MOST || found.error.record == sound + 1);
}

static void read_live(uint8_t flags, uint64_t step)
{
    uint8_t head[4];
    fuzz_take(&world.script, head, sizeof head);
    hg_live live = {
        .dispatch = dispatch,
        .geterr = geterr,
        .dlt = (int)some_linktype(flags),
        .descriptor = (head[0] & 1) != 0 ? 5 : -1,
        .interface_index = head[0] >> 1 & 1,
        .snaplen = hg_le16(head + 1) < 250 ? hg_le16(head + 1) : (uint32_t)hg_le16(head + 1) << (head[0] >> 2 & 1),
        .wait_ms = (uint32_t)(head[3] >> 1) * 20,
        .nanoseconds = head[3] & 1,
    };
    hg_source *source;
    hg_error error;
    world.snaplen = live.snaplen;
    hg_status status = hg_source_open_live(&live, &source, &error);
    int is_raw = live.dlt == 12, is_known = is_raw || hg_linktype_supported((uint32_t)live.dlt);
    int is_sane = live.snaplen > 0 && live.snaplen <= HG_MAX_SNAPLEN && live.wait_ms <= MOST_WAIT_MS;
    FUZZ_CHECK(status == (!is_sane ? HG_E_ARGUMENT : !is_known ? HG_E_UNSUPPORTED : HG_OK));
    if (status != HG_OK)
        return;
    outcome found = run_either(source, flags, step);
    hg_source_free(source);
    FUZZ_CHECK(found.status == HG_E_IO || found.status == HG_E_UNSUPPORTED);
    FUZZ_CHECK(found.error.message[0] != 0);
    if (found.status == HG_E_IO)
        FUZZ_CHECK(found.stats.packets == world.given && found.stats.bytes == world.given_bytes);
    hg_live_discard(&live);
}

static void read_descriptor(uint8_t flags, uint64_t step)
{
    hg_source *source = NULL;
    hg_error error = {0}, reference;
    fuzz_input whole = world.data;
    hg_status status;
    uint8_t ahead[HG_MAX_HEAD + 2];
    size_t ahead_length = fuzz_byte(&world.script) % sizeof ahead;
    if (ahead_length > world.data.left)
        ahead_length = world.data.left;
    fuzz_take(&world.data, ahead, ahead_length);
    do
        status = hg_source_open_fd(FAKE_FD, ahead, ahead_length, &source, &error);
    while (status == HG_E_IO && error.system == EINTR);
    outcome found = {.status = status, .error = error};
    if (status == HG_OK)
        found = run_either(source, flags, step);
    hg_source_free(source);
    FUZZ_CHECK(ahead_length <= HG_MAX_HEAD || status == HG_E_ARGUMENT);
    if (world.broken || ahead_length > HG_MAX_HEAD) {
        FUZZ_CHECK(found.status < HG_OK);
        return;
    }
    status = hg_source_open_memory(whole.at, whole.left, &source, &reference);
    outcome expected = {.status = status, .error = reference};
    world.refused = 0;
    if (status == HG_OK)
        expected = run_either(source, flags & 0x7F, UINT64_MAX);
    hg_source_free(source);
    FUZZ_CHECK(found.status == expected.status && found.rows == expected.rows);
    FUZZ_CHECK(memcmp(&found.stats, &expected.stats, sizeof found.stats) == 0);
    FUZZ_CHECK(found.status >= HG_OK || strcmp(found.error.message, expected.error.message) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const kinds[KINDS + 1])(uint8_t, uint64_t) = {read_packets, read_live, read_descriptor, read_live};
    fuzz_input input = {data, size};
    uint8_t head[4];
    fuzz_take(&input, head, sizeof head);
    size_t length = hg_le16(head + 2) % 1024;
    if (length > input.left)
        length = input.left;
    uint8_t *bytes = fuzz_copy(input.at + length, input.left - length);
    world = (struct world){.script = {input.at, length}, .data = {bytes, input.left - length}};
    kinds[head[0] & 3](head[0], head[1] == 0 ? UINT64_MAX : head[1]);
    free(bytes);
    return 0;
}
