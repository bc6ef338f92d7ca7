/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * live.c - packets of an interface, read through libpcap's functions.
 *
 * libpcap is in non-blocking mode; the code here waits for packets, for a limited time. libpcap's read
 * timeout is not used, because its meaning depends on the system, kernel and capture mode. In some of them
 * a read on an idle interface never returns.
 *
 * A packet's bytes are valid only until libpcap's handler returns, because the ring slot goes back to the
 * kernel. So they are copied, one packet after the other. A buffer holds as many packets as fit, so a
 * large snap length costs memory only if packets are large.
 */
#define _DEFAULT_SOURCE 1 /* glibc: struct ifreq */

#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "packet/frame.h"
#include "source/libpcap.h"
#include "packet/linktype.h"

#define LOOK_AGAIN_MS 100 /* a reconfigured interface is up again after this time */
#define BLIND_WAIT_MS 10  /* the longest wait if there is no descriptor to wait on */
#define NS_PER_S INT64_C(1000000000)
#define ALIGNMENT 64u
#define MOST_BUFFER_BYTES (1u << 20) /* not more, because a worker may hold 17 buffers at once */
#define MOST_WAIT_MS 1000

typedef struct live {
    struct hg_source source; /* first, so that pointers to the two can be converted */
    hg_live pcap;
    uint32_t linktype;
    uint32_t most_bytes;   /* the most bytes of a packet, aligned */
    uint32_t buffer_bytes; /* size of a buffer, at least `most_bytes` */
    uint32_t used;         /* bytes of the buffer in use, during a dispatch */
    int socket; /* to query the state of the interface; -1: it is not queried */
    int busy;   /* 1: the previous call returned frames, so this one does not wait */
    hg_frame *frames; /* where the handler writes packets during a dispatch: `count` so far, at most `capacity` */
    uint32_t count;
    uint32_t capacity;
    uint32_t wanted; /* packets requested from libpcap and not returned yet */
    hg_buffer *buffer; /* for the frames of one call */
    hg_buffers buffers;
} live;

static uint32_t aligned(uint32_t bytes)
{
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* How many more packets fit for certain, even if all are as large as possible. */
static uint32_t packets_that_fit(const live *self)
{
    uint32_t fit = (self->buffer_bytes - self->used) / self->most_bytes;
    return fit < self->capacity - self->count ? fit : self->capacity - self->count;
}

/* libpcap's handler: copies one packet. */
static void copy_packet(unsigned char *user, const struct pcap_pkthdr *header, const unsigned char *bytes)
{
    live *self = (live *)(void *)user;
    if (self->wanted == 0)
        return; /* cannot happen, because libpcap delivers no more packets than were requested */
    self->wanted--;
    uint8_t *kept = self->buffer->bytes + self->used;
    uint32_t captured = header->caplen < self->pcap.snaplen ? header->caplen : self->pcap.snaplen;
    memcpy(kept, bytes, captured);
    self->used += aligned(captured);
    int64_t fraction = (int64_t)header->ts.tv_usec * (self->pcap.nanoseconds ? 1 : 1000);
    self->frames[self->count++] = (hg_frame){
        .data = kept,
        .time_ns = (int64_t)header->ts.tv_sec * NS_PER_S + fraction,
        .captured = captured,
        .wire = header->len > captured ? header->len : captured,
        .linktype = self->linktype,
    };
}

/* The reason why the interface delivers no packets now; NULL: none is known. The interface is looked up
 * by its index, which stays the same when it is renamed. */
static const char *interface_state(const live *self)
{
    struct ifreq request;
    memset(&request, 0, sizeof request);
    if (self->socket < 0)
        return NULL;
    if (if_indextoname(self->pcap.interface_index, request.ifr_name) == NULL)
        return errno == ENXIO || errno == ENODEV ? "interface is gone" : NULL;
    if (ioctl(self->socket, SIOCGIFFLAGS, &request) != 0)
        return NULL; /* removed since the lookup; the next check reports it */
    return ((unsigned)request.ifr_flags & IFF_UP) != 0 ? NULL : "interface went down";
}

/* The reason why the interface will deliver no more packets; NULL: none is known. The state is checked
 * twice, because a reconfigured interface is down only briefly, and a removed one goes down before it
 * disappears. */
static const char *interface_trouble(const live *self)
{
    if (interface_state(self) == NULL)
        return NULL;
    (void)poll(NULL, 0, LOOK_AGAIN_MS);
    return interface_state(self);
}

/* Fails with errno 0 in the error, because the current errno is not the cause. */
static hg_status interface_failed(const char *why, hg_error *error)
{
    errno = 0;
    return hg_fail(error, HG_E_IO, "%s", why);
}

/* Takes the packets that are ready, without waiting. */
static hg_status take_ready(live *self, hg_frame *frames, uint32_t capacity, hg_error *error)
{
    self->frames = frames;
    self->count = 0;
    self->capacity = capacity;
    self->used = 0;
    int asked, got;
    do {
        self->wanted = packets_that_fit(self);
        asked = (int)self->wanted;
        got = self->pcap.dispatch(self->pcap.handle, asked, copy_packet, (unsigned char *)self);
    } while (got == asked && packets_that_fit(self) > 0);
    self->frames = NULL;
    if (got != -1 || self->count > 0)
        return HG_OK; /* the packets come first; the next call returns the error */
    const char *trouble = interface_trouble(self);
    return interface_failed(trouble != NULL ? trouble : self->pcap.geterr(self->pcap.handle), error);
}

/* Waits for packets. If the descriptor becomes ready without packets, the next dispatch reports the reason. */
static void wait_for_packets(const live *self)
{
    struct pollfd wanted = {.fd = self->pcap.descriptor, .events = POLLIN};
    int wait_ms = (int)self->pcap.wait_ms;
    if (self->pcap.descriptor >= 0)
        (void)poll(&wanted, 1, wait_ms);
    else
        (void)poll(NULL, 0, wait_ms < BLIND_WAIT_MS ? wait_ms : BLIND_WAIT_MS);
}

/* Called when no packet is ready: waits, and checks whether any can still come. */
static hg_status take_next(live *self, hg_frame *frames, uint32_t capacity, hg_error *error)
{
    wait_for_packets(self);
    hg_status status = take_ready(self, frames, capacity, error);
    if (status != HG_OK || self->count > 0)
        return status;
    const char *trouble = interface_trouble(self);
    return trouble == NULL ? HG_OK : interface_failed(trouble, error);
}

static hg_status live_next(hg_source *source, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    live *self = (live *)source;
    *count = 0;
    self->buffer = hg_buffers_take(&self->buffers, self->buffer_bytes, self->buffer);
    if (self->buffer == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for captured packets");
    if (capacity > HG_BLOCK_FRAMES)
        capacity = HG_BLOCK_FRAMES;
    hg_status status = take_ready(self, frames, capacity, error);
    if (status == HG_OK && self->count == 0 && !self->busy)
        status = take_next(self, frames, capacity, error);
    *count = self->count;
    self->busy = self->count > 0;
    return status;
}

static hg_buffer *live_hold(hg_source *source)
{
    return hg_buffer_hold(((live *)source)->buffer);
}

static void live_free(hg_source *source)
{
    live *self = (live *)source;
    if (self->socket >= 0)
        close(self->socket);
    hg_buffers_clear(&self->buffers);
    free(self);
}

/* DLT_ numbers equal LINKTYPE_ numbers, except for a few that systems assigned before the LINKTYPE_
 * numbers were agreed on (https://www.tcpdump.org/linktypes.html). */
static uint32_t linktype_of(int dlt)
{
#ifdef __OpenBSD__
    enum { DLT_LOOP = 12, DLT_RAW = 14 };
    if (dlt == DLT_LOOP)
        return LINKTYPE_LOOP;
#else
    enum { DLT_RAW = 12 };
#endif
    return dlt == DLT_RAW ? (uint32_t)LINKTYPE_RAW : (uint32_t)dlt;
}

static void ignore_packet(unsigned char *user, const struct pcap_pkthdr *header, const unsigned char *bytes)
{
    (void)user, (void)header, (void)bytes;
}

void hg_live_discard(const hg_live *pcap)
{
    while (pcap->dispatch(pcap->handle, HG_BLOCK_FRAMES, ignore_packet, NULL) > 0)
        continue;
}

hg_status hg_source_open_live(const hg_live *pcap, hg_source **out, hg_error *error)
{
    *out = NULL;
    uint32_t linktype = linktype_of(pcap->dlt);
    if (pcap->snaplen == 0 || pcap->snaplen > HG_MAX_SNAPLEN)
        return hg_fail(error, HG_E_ARGUMENT, "snaplen must be 1 to %d, not %u", HG_MAX_SNAPLEN, pcap->snaplen);
    if (pcap->wait_ms > MOST_WAIT_MS)
        return hg_fail(error, HG_E_ARGUMENT, "wait_ms must be 0 to %d, not %u", MOST_WAIT_MS, pcap->wait_ms);
    if (!hg_linktype_supported(linktype))
        return hg_fail(error, HG_E_UNSUPPORTED, "link type %u is not supported", linktype);
    live *self = calloc(1, sizeof *self);
    if (self != NULL) {
        self->most_bytes = aligned(pcap->snaplen);
        uint32_t bytes = self->most_bytes * HG_BLOCK_FRAMES; /* 32 MB at most */
        self->buffer_bytes = bytes < MOST_BUFFER_BYTES ? bytes : MOST_BUFFER_BYTES;
        self->buffer = hg_buffers_take(&self->buffers, self->buffer_bytes, NULL);
    }
    if (self == NULL || self->buffer == NULL) {
        free(self);
        return hg_fail(error, HG_E_MEMORY, "no memory for a live capture");
    }
    self->source.next = live_next;
    self->source.free = live_free;
    self->source.hold = live_hold;
    self->pcap = *pcap;
    self->linktype = linktype;
    self->socket = pcap->interface_index == 0 ? -1 : socket(AF_INET, SOCK_DGRAM, 0);
    *out = &self->source;
    return HG_OK;
}
