/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * capture_file.c - opens capture files and recognises their formats.
 *
 * Files are read with read(2) into a reused buffer, never mapped. The times of a walk over all packet
 * headers, in ns per packet, with the file in the page cache:
 *
 *     packets of                540 bytes on average      70 bytes
 *     read(2), 1 MiB                   38 to 55            9 to 12
 *     fresh mapping, populated         18 to 61               9
 *     fresh mapping, not populated     19 to 68               8
 *
 * Most of the spread depends on how the kernel placed the file in memory when it was written. Mapping takes
 * half the time at best, and more time at worst. With two workers it takes longer, because they compete for
 * the kernel's locks on mappings. Reading also needs the same memory for files of any size, works for
 * pipes, and causes no SIGBUS when a file shrinks.
 */
#include <errno.h>
#include <stdlib.h>

#include "source/capture.h"
#include "base/error.h"
#include "base/hash.h"
#include "packet/sieve.h"

#define MAGIC_BYTES 4

/* Whether a packet is a second or more older than one before it. */
static uint32_t is_back(int64_t before_ns, int64_t ns)
{
    enum { BACK_NS = 1000000000 };
    return ns < before_ns && (uint64_t)before_ns - (uint64_t)ns >= BACK_NS;
}

/* Compares times, before the packets of a call are counted: in any division into calls, the same packets are compared.
 * They are few, as captures that are out of order have their packets in long runs; a source that counts most packets
 * compares the others. */
static void compare_times(hg_capture *capture, const hg_frame *frames, uint32_t count)
{
    enum { APART = 256 };
    const int has_few = capture->source.sieve != NULL && capture->source.sieve->segments;
    const uint32_t begin = has_few ? 0 : (uint32_t)(-capture->packets % APART), step = has_few ? 1 : APART;
    for (uint32_t i = begin; i < count; i += step) {
        capture->back += is_back(capture->compared_ns, frames[i].time_ns);
        capture->compared_ns = frames[i].time_ns;
    }
}

static void note_times(hg_capture *capture, const hg_frame *frames, uint32_t count)
{
    const hg_sieve *sieve = capture->source.sieve;
    const int is_sieved = sieve != NULL && sieve->packets > 0;
    if (count == 0 && !is_sieved)
        return;
    if (capture->packets == 0)
        capture->first_ns = capture->compared_ns = is_sieved ? sieve->first_ns : frames[0].time_ns;
    capture->latest_ns = is_sieved ? sieve->latest_ns : frames[count - 1].time_ns;
    compare_times(capture, frames, count);
}

/* Keeps digests of the first packets, of which none is only counted, so that they are those of any source. */
static hg_status read_first(hg_capture *capture, hg_frame *frames, uint32_t capacity, uint32_t *count)
{
    enum { NS_PER_US = 1000 };
    hg_sieve *const sieve = capture->source.sieve;
    uint32_t known = (uint32_t)capture->packets;
    const uint32_t missing = HG_FIRST_PACKETS - known;
    capture->source.sieve = NULL;
    hg_status status =
        capture->read(capture, frames, capacity < missing ? capacity : missing, count, &capture->failure);
    capture->source.sieve = sieve;
    for (uint32_t i = 0; i < *count; i++)
        capture->digests[known++] = hg_hash_span(hg_hash_mix(0, (uint64_t)(frames[i].time_ns / NS_PER_US)),
                                                 (hg_span){.data = frames[i].data, .length = frames[i].captured});
    atomic_store_explicit(&capture->digested, known, memory_order_release);
    return status;
}

static hg_status capture_next(hg_source *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    hg_capture *capture = (hg_capture *)self;
    *count = 0;
    if (self->sieve != NULL)
        self->sieve->bytes = self->sieve->packets = 0;
    if (capture->failure.status == HG_OK) {
        hg_status status = capture->packets < HG_FIRST_PACKETS
                               ? read_first(capture, frames, capacity, count)
                               : capture->read(capture, frames, capacity, count, &capture->failure);
        note_times(capture, frames, *count);
        capture->packets += *count;
        if (self->sieve != NULL)
            capture->packets += self->sieve->packets;
        if (status >= 0)
            return status;
        if (status == HG_E_IO && capture->failure.system == EINTR) {
            /* A signal came, or no input came for some time. The caller may call again, so this error is not stored. */
            memset(&capture->failure, 0, sizeof capture->failure);
            return HG_OK;
        }
    }
    if (error != NULL)
        *error = capture->failure;
    return (hg_status)capture->failure.status;
}

static hg_buffer *capture_hold(hg_source *self)
{
    return hg_buffer_hold(((hg_capture *)self)->window.buffer);
}

static hg_status capture_share(hg_source *self, uint32_t workers, hg_error *error)
{
    return hg_window_share(&((hg_capture *)self)->window, workers, error);
}

static void capture_read_ahead(hg_source *self)
{
    hg_read_ahead_fill(&((hg_capture *)self)->window.ahead);
}

int hg_source_times(const hg_source *source, int64_t *first_ns, int64_t *latest_ns)
{
    const hg_capture *capture = (const hg_capture *)source;
    if (source->share != capture_share || capture->packets == 0)
        return 0;
    *first_ns = capture->first_ns;
    *latest_ns = capture->latest_ns;
    return 1;
}

void hg_source_add_losses(const hg_source *source, hg_outside *out)
{
    const hg_capture *capture = (const hg_capture *)source;
    if (source->share != capture_share)
        return;
    out->lost = hg_add_limited(out->lost, capture->dropped);
    out->back += capture->back + is_back(capture->compared_ns, capture->latest_ns);
}

void hg_source_begin(hg_source *source, uint32_t most)
{
    hg_frame frame;
    hg_status status = HG_OK;
    while (status == HG_OK && source->share == capture_share && ((hg_capture *)source)->packets < most) {
        uint32_t count = 0;
        status = source->next(source, &frame, 1, &count, NULL);
    }
}

uint32_t hg_source_digests(const hg_source *source, uint64_t *digests)
{
    const hg_capture *capture = (const hg_capture *)source;
    if (source->share != capture_share)
        return 0;
    const uint32_t found = atomic_load_explicit(&capture->digested, memory_order_acquire);
    memcpy(digests, capture->digests, found * sizeof *digests);
    return found;
}

hg_status hg_capture_truncated(const hg_capture *capture, uint64_t offset, hg_error *error)
{
    uint64_t record = capture->packets + 1;
    return hg_fail_at(error, HG_E_TRUNCATED, record, offset, "truncated at record %llu, byte offset %llu",
                      (unsigned long long)record, (unsigned long long)offset);
}

hg_status hg_capture_damaged(const hg_capture *capture, uint64_t offset, const char *why, hg_error *error)
{
    uint64_t record = capture->packets + 1;
    return hg_fail_at(error, HG_E_FORMAT, record, offset, "damaged at record %llu, byte offset %llu: %s",
                      (unsigned long long)record, (unsigned long long)offset, why);
}

/* The error for an input that is no capture. If it is compressed, the message names the format. */
static hg_status not_a_capture(const hg_window *window, hg_error *error)
{
    const uint8_t *magic = window->at;
    const char *compressed = NULL;
    if (hg_window_left(window) >= MAGIC_BYTES) {
        if (magic[0] == 0x1f && magic[1] == 0x8b)
            compressed = "gzip";
        else if (hg_be32(magic) == 0x28b52ffd)
            compressed = "zstd";
        else if (hg_be32(magic) == 0xfd377a58)
            compressed = "xz";
        else if (memcmp(magic, "BZh", 3) == 0)
            compressed = "bzip2";
    }
    if (compressed != NULL)
        return hg_fail(error, HG_E_FORMAT, "not a pcap or pcapng file (compressed with %s: decompress it first)",
                       compressed);
    return hg_fail(error, HG_E_FORMAT,
                   "not a pcap or pcapng file; if another program captured it, convert it with Wireshark's editcap: "
                   "editcap -F pcapng FILE NEW");
}

static const hg_capture_format *format_of(const hg_window *window)
{
    switch (hg_window_left(window) >= MAGIC_BYTES ? hg_be32(window->at) : 0) {
    case 0x0a0d0d0a:
        return &hg_pcapng_capture;
    case 0xa1b2c3d4: /* us */
    case 0xd4c3b2a1:
    case 0xa1b23c4d: /* ns */
    case 0x4d3cb2a1:
    case 0xa1b2cd34: /* Kuznetzov's */
    case 0x34cdb2a1:
    case 0x1c0001ab: /* IXIA's: us, ns */
    case 0xab01001c:
    case 0x1c0001ac:
    case 0xac01001c:
        return &hg_pcap_capture;
    default:
        return NULL;
    }
}

/* Reads the input's header, or as much of it as exists, into the window, so that opening does not wait for input
 * afterwards. The call can be repeated, like hg_window_fill. */
static hg_status bring_header(hg_window *window, hg_error *error)
{
    hg_status status = hg_window_fill(window, MAGIC_BYTES, error);
    const hg_capture_format *format = format_of(window);
    if (status == HG_OK && format != NULL)
        status = hg_window_fill(window, format->header_bytes, error);
    return status < HG_OK ? status : HG_OK;
}

/* Also frees a source that is not open yet, which consists of only a window with a part of the header. */
static void capture_free(hg_source *self)
{
    hg_window_close(&((hg_capture *)self)->window);
    free(self);
}

/* Takes ownership of the window: gives it to the new source, or closes it. */
static hg_status open_window(hg_window *window, hg_source **out, hg_error *error)
{
    const hg_capture_format *format = format_of(window);
    hg_capture *capture = format != NULL ? calloc(1, format->bytes) : NULL;
    if (capture == NULL) {
        hg_status status = format != NULL                ? hg_fail(error, HG_E_MEMORY, "no memory for a capture file")
                           : hg_window_left(window) == 0 ? hg_fail(error, HG_E_FORMAT, "empty capture file")
                                                         : not_a_capture(window, error);
        hg_window_close(window);
        return status;
    }
    capture->source.next = capture_next;
    capture->source.hold = capture_hold;
    capture->source.share = capture_share;
    capture->source.read_ahead = capture_read_ahead;
    capture->source.free = format->free != NULL ? format->free : capture_free;
    capture->read = format->read;
    capture->window = *window;
    hg_status status = format->begin(capture, error);
    if (status == HG_END)
        status = hg_fail_at(error, HG_E_TRUNCATED, 0, capture->window.read, "truncated inside the file header");
    if (status == HG_OK)
        *out = &capture->source;
    else
        capture->source.free(&capture->source);
    return status;
}

static hg_status begin_opening(int fd, const uint8_t *head, size_t head_length, hg_capture **out, hg_error *error)
{
    if (head_length > HG_MAX_HEAD)
        return hg_fail(error, HG_E_ARGUMENT, "more than %d bytes were read ahead", HG_MAX_HEAD);
    hg_capture *opening = calloc(1, sizeof *opening);
    if (opening == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a capture file");
    hg_status status = hg_window_open_fd(&opening->window, fd, error);
    if (status != HG_OK) {
        free(opening);
        return status;
    }
    hg_window_begin(&opening->window, head, head_length);
    opening->source.free = capture_free;
    *out = opening;
    return HG_OK;
}

hg_status hg_source_open_fd(int fd, const uint8_t *head, size_t head_length, hg_source **out, hg_error *error)
{
    hg_capture *opening = (hg_capture *)*out;
    hg_status status = opening == NULL ? begin_opening(fd, head, head_length, &opening, error) : HG_OK;
    *out = NULL;
    if (status != HG_OK)
        return status;
    status = bring_header(&opening->window, error);
    if (status == HG_E_IO && error->system == EINTR) {
        *out = &opening->source;
        return status;
    }
    hg_window window = opening->window;
    free(opening);
    if (status == HG_OK)
        return open_window(&window, out, error);
    hg_window_close(&window);
    return status;
}

hg_status hg_source_open_memory(const uint8_t *bytes, size_t length, hg_source **out, hg_error *error)
{
    *out = NULL;
    hg_window window;
    hg_window_open_memory(&window, bytes, length);
    return open_window(&window, out, error);
}

void hg_source_free(hg_source *source)
{
    if (source != NULL && source->free != NULL)
        source->free(source);
    else
        free(source);
}
