/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * between.c - the frames of another source; those captured outside a span of time are marked.
 *
 * They are marked, not left out, because packets are numbered as they were captured. The source
 * is read to its end: captures that were merged, or taken on several processors, are not sorted,
 * so a packet after the span may be followed by one within it.
 */
#include <stdlib.h>

#include "base/error.h"
#include "packet/frame.h"

typedef struct between_source {
    struct hg_source source; /* first, so that the two convert into each other */
    int64_t since_ns;
    int64_t until_ns;
} between_source;

static hg_status between_next(hg_source *source, hg_frame *frames, uint32_t capacity, uint32_t *count,
                              hg_error *error)
{
    const between_source *self = (const between_source *)source;
    hg_status status = self->source.inner->next(self->source.inner, frames, capacity, count, error);
    for (uint32_t i = 0; i < *count; i++)
        if (frames[i].time_ns < self->since_ns || frames[i].time_ns >= self->until_ns)
            frames[i].linktype = HG_LINKTYPE_FILTERED;
    return status;
}

hg_status hg_source_open_between(hg_source *inner, int64_t since_ns, int64_t until_ns, hg_source **out,
                                 hg_error *error)
{
    *out = NULL;
    between_source *self = calloc(1, sizeof *self);
    if (self == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a span of time");
    self->source.next = between_next;
    self->source.inner = inner;
    self->since_ns = since_ns;
    self->until_ns = until_ns;
    *out = &self->source;
    return HG_OK;
}
