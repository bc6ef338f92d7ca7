/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * frame.h - the frames that a source passes to the engine, a block at a time.
 */
#pragma once

#include "huginn.h"

/* The most frames in a block. With 512, its working set stays in the L1 and L2 caches. */
#ifndef HG_BLOCK_FRAMES
#define HG_BLOCK_FRAMES 512
#endif

/* The same for an engine with several workers: larger, because workers take a lock for each block. */
#define HG_LARGEST_BLOCK (4 * HG_BLOCK_FRAMES)

/* The link type of a frame that a packet filter or a span of time excludes. The frame is not read and counts as
 * HG_DROP_FILTERED. It stays in the stream because packets are numbered as they were captured. No capture contains this
 * number, because link types in files have 16 bits. */
#define HG_LINKTYPE_FILTERED 0xFFFFFFFFu

typedef struct hg_frame {
    const uint8_t *data; /* captured bytes, owned by the source, valid until its next call */
    int64_t time_ns;     /* since the epoch */
    uint32_t captured;   /* bytes at `data` */
    uint32_t wire;       /* bytes on the wire, at least `captured` */
    uint32_t linktype;   /* LINKTYPE_ number of the interface, or HG_LINKTYPE_FILTERED */
    uint32_t counted_before; /* packets before this one, in the same call, that the source only counted (sieve.h) */
} hg_frame;

/* The number of a frame's packet, counted over all input. `index` is the frame's index in its block, and `first` is the
 * number of the block's first packet. */
static inline uint64_t hg_frame_number(const hg_frame *frame, uint32_t index, uint64_t first)
{
    return first + index + frame->counted_before;
}

/* A source is a struct whose first member is this. */
struct hg_source {
    /* Writes up to `capacity` frames to `frames` and their number to `*count`. HG_OK: there may be
     * more; HG_END: the input has ended (`*count` may be above 0). On an error `*count` is 0,
     * because earlier calls returned the frames before the damage. */
    hg_status (*next)(hg_source *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error);
    void (*free)(hg_source *self); /* NULL: hg_source_free frees only the struct */
    /* Holds the buffer with the frames of the latest call and returns it. The frames' bytes then stay valid
     * until hg_buffer_release. NULL: the bytes of all frames are valid as long as the source. */
    struct hg_buffer *(*hold)(hg_source *self);
    /* Both are NULL if the source cannot read ahead. `share` announces that `workers` threads will take
     * turns with `next`, and that each will hold the frames of one call. It may be called again, also after
     * HG_E_MEMORY, but no other thread may use the source meanwhile. Afterwards any thread may call
     * `read_ahead`, even during `next`; it reads some of the input in advance. */
    hg_status (*share)(hg_source *self, uint32_t workers, hg_error *error);
    void (*read_ahead)(hg_source *self);
    /* The source whose frames this one filters; `hold`, `share` and `read_ahead` go to it. NULL: none. */
    hg_source *inner;
    /* Lets the source count packets instead of returning their frames. Set by the caller, or NULL. Sources may ignore
     * it. */
    struct hg_sieve *sieve;
};

/* The source that reads the input. */
static inline hg_source *hg_source_innermost(hg_source *source)
{
    while (source->inner != NULL)
        source = source->inner;
    return source;
}

/* These call the innermost source's operation. If it has none, they return NULL or HG_OK, or do nothing. */
static inline struct hg_buffer *hg_source_hold(hg_source *source)
{
    source = hg_source_innermost(source);
    return source->hold != NULL ? source->hold(source) : NULL;
}

static inline hg_status hg_source_share(hg_source *source, uint32_t workers, hg_error *error)
{
    source = hg_source_innermost(source);
    return source->share != NULL ? source->share(source, workers, error) : HG_OK;
}

static inline void hg_source_read_ahead(hg_source *source)
{
    source = hg_source_innermost(source);
    if (source->read_ahead != NULL)
        source->read_ahead(source);
}

/* ---- the bytes of a frame that are not parsed yet ---- */

typedef struct hg_view {
    const uint8_t *data;
    uint32_t captured; /* bytes at `data` */
    uint32_t wire;     /* bytes on the wire, at least `captured` */
} hg_view;

/* Moves the beginning of `view` by `bytes`; 0 when fewer were captured. */
static inline int hg_take(hg_view *view, uint32_t bytes)
{
    if (view->captured < bytes)
        return 0;
    view->data += bytes;
    view->captured -= bytes;
    view->wire -= bytes;
    return 1;
}

/* Shortens `view` to `bytes`, which must not be more than were on the wire. */
static inline void hg_limit(hg_view *view, uint32_t bytes)
{
    view->wire = bytes;
    if (view->captured > bytes)
        view->captured = bytes;
}

/* The version of the IP header at `view`: the upper half of the first byte, which must be captured. */
static inline uint32_t hg_ip_version(const hg_view *view)
{
    return view->data[0] >> 4;
}
