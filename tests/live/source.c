/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Drives the live source with a libpcap that is made up here, so that what real interfaces do
 * rarely happens at will. Each scenario prints what it sees; test_source.py knows what it must be.
 */
#define _DEFAULT_SOURCE 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include "packet/frame.h"

enum { PACKET_BYTES = 300, SNAPLEN = 256, ETHERNET = 1 };

struct pcap_pkthdr {
    struct timeval ts;
    uint32_t caplen;
    uint32_t len;
};

/* What the made-up libpcap does at the next calls. */
struct pcap {
    int waiting;     /* packets that are there */
    int fail_after;  /* calls until it fails; -1: never */
    int given;       /* packets handed over */
    uint32_t caplen;
    uint32_t len;
};

static uint64_t allocations_left = UINT64_MAX;
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

void *__wrap_malloc(size_t size)
{
    return allocations_left-- == 0 ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return allocations_left-- == 0 ? NULL : __real_calloc(count, size);
}

int hg_linktype_supported(uint32_t linktype)
{
    return linktype == ETHERNET || linktype == 101;
}

static void give(struct pcap *pcap, hg_pcap_handler handler, unsigned char *user)
{
    unsigned char *bytes = malloc(pcap->caplen); /* gone afterwards, as in a ring */
    memset(bytes, pcap->given & 0xFF, pcap->caplen);
    struct pcap_pkthdr header = {.ts = {.tv_sec = 7, .tv_usec = 5}, .caplen = pcap->caplen, .len = pcap->len};
    handler(user, &header, bytes);
    free(bytes);
    pcap->given++;
}

static int dispatch(struct pcap *pcap, int count, hg_pcap_handler handler, unsigned char *user)
{
    int given = 0;
    for (; given < count && pcap->waiting > 0; given++, pcap->waiting--)
        give(pcap, handler, user);
    if (pcap->fail_after >= 0 && pcap->fail_after-- == 0)
        return -1;
    return given;
}

static char *geterr(struct pcap *pcap)
{
    static char message[] = "made-up failure";
    (void)pcap;
    return message;
}

static hg_live opened(struct pcap *pcap)
{
    *pcap = (struct pcap){.fail_after = -1, .caplen = PACKET_BYTES, .len = PACKET_BYTES + 100};
    return (hg_live){.handle = pcap, .dispatch = dispatch, .geterr = geterr, .dlt = ETHERNET,
                     .descriptor = -1, .snaplen = SNAPLEN, .wait_ms = 100};
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static hg_frame frames[2 * HG_BLOCK_FRAMES];

static hg_status next(hg_source *source, uint32_t capacity, uint32_t *count)
{
    hg_error error = {0};
    hg_status status = source->next(source, frames, capacity, count, &error);
    if (status < 0)
        printf("failed %d %d %s\n", status, error.system, error.message);
    return status;
}

/* Bytes are copied and cut at the snap length; control comes back when all is handed over. */
static void burst_of(int packets, uint32_t caplen, uint32_t snaplen)
{
    struct pcap pcap;
    hg_live live = opened(&pcap);
    hg_source *source;
    uint32_t count, seen = 0, wrong = 0;
    live.snaplen = snaplen;
    hg_source_open_live(&live, &source, NULL);
    pcap.waiting = packets;
    pcap.caplen = caplen;
    do {
        next(source, 2 * HG_BLOCK_FRAMES, &count);
        printf("count %u\n", count);
        for (uint32_t i = 0; i < count; i++, seen++) {
            for (uint32_t k = 0; k < frames[i].captured; k++)
                wrong += frames[i].data[k] != (seen & 0xFF);
        }
    } while (count > 0);
    printf("seen %u wrong %u captured %u wire %u linktype %u time %lld\n", seen, wrong, frames[0].captured,
           frames[0].wire, frames[0].linktype, (long long)frames[0].time_ns);
    hg_source_free(source);
}

static void burst(void)
{
    burst_of(1000, PACKET_BYTES, SNAPLEN);
}

/* With the largest snap length small packets stand close together, and large ones come a few at a time. */
static void large(void)
{
    burst_of(1000, PACKET_BYTES, HG_MAX_SNAPLEN);
    burst_of(20, HG_MAX_SNAPLEN, HG_MAX_SNAPLEN);
}

static void idle(void)
{
    struct pcap pcap;
    hg_live live = opened(&pcap);
    hg_source *source;
    uint32_t count;
    hg_source_open_live(&live, &source, NULL);
    double began = now();
    hg_status status = next(source, 1, &count);
    printf("status %d count %u within %d\n", status, count, now() < began + 0.2);
    hg_source_free(source);
}

/* What came in before the capture begins is thrown away, however much it is. */
static void discard(void)
{
    struct pcap pcap;
    hg_live live = opened(&pcap);
    hg_source *source;
    uint32_t count;
    hg_source_open_live(&live, &source, NULL);
    pcap.waiting = 1000;
    hg_live_discard(&live);
    printf("given %d ", pcap.given);
    next(source, 8, &count);
    printf("count %u\n", count);
    hg_source_free(source);
}

/* A failure waits until the packets before it were handed over. */
static void failure(void)
{
    struct pcap pcap;
    hg_live live = opened(&pcap);
    hg_source *source;
    uint32_t count;
    hg_source_open_live(&live, &source, NULL);
    pcap.waiting = 3;
    pcap.fail_after = 0;
    printf("status %d ", next(source, 8, &count));
    printf("count %u\n", count);
    pcap.fail_after = 0;
    next(source, 8, &count);
    printf("count %u\n", count);
    hg_source_free(source);
}

/* Lengths that contradict each other, and time stamps in ns. */
static void odd(void)
{
    struct pcap pcap;
    hg_live live = opened(&pcap);
    hg_source *source;
    uint32_t count;
    live.nanoseconds = 1;
    live.dlt = 12;
    hg_source_open_live(&live, &source, NULL);
    pcap.caplen = 60;
    pcap.len = 40;
    pcap.waiting = 1;
    next(source, 8, &count);
    printf("captured %u wire %u linktype %u time %lld\n", frames[0].captured, frames[0].wire,
           frames[0].linktype, (long long)frames[0].time_ns);
    hg_source_free(source);
}

static void open_with(int dlt, uint32_t snaplen, uint32_t wait_ms, uint64_t allocations)
{
    struct pcap pcap;
    hg_live live = opened(&pcap);
    hg_error error = {0};
    hg_source *source;
    live.dlt = dlt;
    live.snaplen = snaplen;
    live.wait_ms = wait_ms;
    allocations_left = allocations;
    hg_status status = hg_source_open_live(&live, &source, &error);
    allocations_left = UINT64_MAX;
    printf("open %d %s\n", status, error.message);
    if (source != NULL)
        source->free(source);
}

static void refusals(void)
{
    open_with(189, SNAPLEN, 100, UINT64_MAX);
    open_with(ETHERNET, 0, 100, UINT64_MAX);
    open_with(ETHERNET, HG_MAX_SNAPLEN + 1, 100, UINT64_MAX);
    open_with(ETHERNET, SNAPLEN, 1001, UINT64_MAX);
    open_with(ETHERNET, SNAPLEN, 100, 0);
    open_with(ETHERNET, SNAPLEN, 100, 1);
    open_with(ETHERNET, SNAPLEN, 100, 2);
}

void hg_source_free(hg_source *source)
{
    source->free(source);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } SCENARIOS[] = {{"burst", burst}, {"large", large}, {"idle", idle}, {"odd", odd}, {"discard", discard},
                     {"failure", failure}, {"refusals", refusals}};
    for (size_t i = 0; argc > 1 && i < sizeof SCENARIOS / sizeof SCENARIOS[0]; i++)
        if (strcmp(argv[1], SCENARIOS[i].name) == 0)
            SCENARIOS[i].run();
    return 0;
}
