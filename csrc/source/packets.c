/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * packets.c - packets in arrays of the caller.
 */
#include <stdlib.h>

#include "base/error.h"
#include "packet/frame.h"

typedef struct packets {
    struct hg_source source; /* first, so that pointers to the two can be converted */
    const uint8_t *bytes;
    const uint64_t *offsets;
    const int64_t *times_ns;
    size_t count;
    size_t next;
    uint32_t linktype;
} packets;

static hg_status packets_next(hg_source *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    packets *list = (packets *)self;
    for (*count = 0; *count < capacity && list->next < list->count; list->next++, ++*count) {
        uint64_t start = list->offsets[list->next], end = list->offsets[list->next + 1];
        if (end < start || end - start > UINT32_MAX) {
            if (*count > 0)
                return HG_OK; /* the next call returns the error */
            return hg_fail_at(error, HG_E_ARGUMENT, (uint64_t)list->next + 1, start,
                              "packet %zu: its offsets do not give a length of 0 to 2^32-1", list->next + 1);
        }
        hg_frame *frame = &frames[*count];
        frame->data = list->bytes + start;
        frame->time_ns = list->times_ns[list->next];
        frame->captured = frame->wire = (uint32_t)(end - start);
        frame->linktype = list->linktype;
        frame->counted_before = 0;
    }
    return list->next == list->count ? HG_END : HG_OK;
}

hg_status hg_source_open_packets(const uint8_t *bytes, const uint64_t *offsets, const int64_t *times_ns, size_t count,
                                 uint32_t linktype, hg_source **out, hg_error *error)
{
    *out = NULL;
    packets *list = calloc(1, sizeof *list);
    if (list == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a list of packets");
    list->source.next = packets_next;
    list->bytes = bytes;
    list->offsets = offsets;
    list->times_ns = times_ns;
    list->count = count;
    list->linktype = linktype;
    *out = &list->source;
    return HG_OK;
}
