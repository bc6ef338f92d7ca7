/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * streams.c - directions of flows as commands say: streams STREAM_BYTES MOST_BYTES [whole] < commands
 *
 *     begin FLOW SIDE SEQ              the direction's first byte has this number
 *     take FLOW SIDE SEQ DONE HEX      a segment; of the bytes that it gives, the first DONE are done with, or
 *                                      all with those behind them where whole streams are read
 *     stop FLOW SIDE
 *     close FLOW                       and the flow begins anew
 *     again                            all is saved, and loaded by others, which go on
 *
 * After each `take`: offset and bytes in hexadecimal; what waited behind bytes that were passed over, which
 * nobody needs again, too. At the end: directions given up with a gap,
 * too long, for want of memory, and the bytes in use. Segments end where their memory does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/streams.h"

enum { FLOWS = 64, LONGEST_LINE = 1 << 18 };

static uint8_t *from_hex(const char *hex, uint32_t *length)
{
    *length = (uint32_t)(strlen(hex) / 2);
    uint8_t *bytes = malloc(*length);
    for (uint32_t i = 0; i < *length; i++) {
        unsigned value = 0;
        if (sscanf(hex + 2 * (size_t)i, "%2x", &value) != 1)
            abort();
        bytes[i] = (uint8_t)value;
    }
    return bytes;
}

static void show(const hg_bytes *bytes)
{
    printf("%u ", bytes->offset);
    for (uint32_t i = 0; i < bytes->length; i++)
        printf("%02x", bytes->data[i]);
    printf("\n");
}

static void take(hg_streams *streams, hg_index flow, int side, uint32_t seq, uint32_t done, const char *hex)
{
    uint32_t length;
    uint8_t *data = from_hex(hex, &length);
    hg_bytes bytes = hg_streams_take(streams, flow, side, seq, data, length);
    show(&bytes);
    for (; bytes.length > 0; done = bytes.length) {
        if (!streams->whole && done > bytes.length)
            done = bytes.length;
        bytes = hg_streams_keep(streams, flow, side, &bytes, bytes.offset + done);
        if (bytes.length > 0)
            show(&bytes);
    }
    free(data);
}

/* 1 when the bytes are loaded, all of them. */
static int load(hg_streams *streams, const uint8_t *bytes, size_t length)
{
    hg_saved from = {.in = bytes, .length = length, .is_loading = 1};
    hg_streams_transfer(streams, FLOWS, &from);
    return from.status == HG_OK && from.length == 0;
}

/* Goes on with what was saved. Bytes with one changed, and all that are cut, are refused or harmless. */
static void again(hg_streams *streams, const hg_requirements *requirements, uint64_t most_bytes, hg_stats *stats)
{
    hg_saved to = {0};
    hg_streams_transfer(streams, FLOWS, &to); /* counts */
    const size_t length = to.length;
    uint8_t *saved = malloc(length), *damaged = malloc(length);
    if (saved == NULL || damaged == NULL)
        abort();
    to = (hg_saved){.out = saved};
    hg_streams_transfer(streams, FLOWS, &to);
    hg_stats spare = {0};
    hg_streams other;
    if (hg_streams_init(&other, FLOWS, requirements, most_bytes, &spare, NULL) != HG_OK)
        abort();
    for (size_t i = 0; i < length; i += 1 + length / 64) {
        memcpy(damaged, saved, length);
        damaged[i] ^= (uint8_t)(1 + i % 255);
        load(&other, damaged, length);
        uint8_t *cut = malloc(i);
        memcpy(cut, saved, i);
        if (load(&other, cut, i))
            abort();
        free(cut);
    }
    hg_streams_clear(&other);
    hg_streams_clear(streams);
    if (hg_streams_init(streams, FLOWS, requirements, most_bytes, stats, NULL) != HG_OK ||
        !load(streams, saved, length))
        abort();
    free(saved);
    free(damaged);
}

int main(int argc, char **argv)
{
    static char line[LONGEST_LINE], hex[LONGEST_LINE];
    hg_stats stats = {0};
    hg_streams streams;
    if (argc < 3)
        return 2;
    const uint64_t most_bytes = strtoull(argv[2], NULL, 10);
    const hg_requirements requirements = {.stream_bytes = (uint32_t)atoi(argv[1]), .whole_streams = argc > 3};
    if (hg_streams_init(&streams, FLOWS, &requirements, most_bytes, &stats, NULL) != HG_OK)
        return 2;
    while (fgets(line, sizeof line, stdin) != NULL) {
        unsigned flow, seq, done;
        int side;
        if (sscanf(line, "begin %u %d %u", &flow, &side, &seq) == 3)
            hg_streams_begin(&streams, flow, side, seq);
        else if (sscanf(line, "take %u %d %u %u %s", &flow, &side, &seq, &done, hex) == 5)
            take(&streams, flow, side, seq, done, hex);
        else if (sscanf(line, "stop %u %d", &flow, &side) == 2)
            hg_streams_stop(&streams, flow, side);
        else if (sscanf(line, "charge %u %d %u %u", &flow, &side, &seq, &done) == 4)
            printf("%d\n", hg_streams_charge(&streams, flow, side, seq, done));
        else if (strcmp(line, "again\n") == 0)
            again(&streams, &requirements, most_bytes, &stats);
        else if (sscanf(line, "close %u", &flow) == 1)
            hg_streams_close(&streams, flow), hg_streams_open(&streams, flow);
        else
            return 2;
    }
    if (stats.streams_too_costly > 0)
        printf("streams_too_costly %llu\n", (unsigned long long)stats.streams_too_costly);
    printf("%llu %llu %llu %llu\n", (unsigned long long)stats.streams_with_gap,
           (unsigned long long)stats.streams_too_long, (unsigned long long)stats.streams_evicted,
           (unsigned long long)streams.bytes);
    hg_streams_clear(&streams);
    return 0;
}
