/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * frame.h - the frames that a source passes to the engine, a block at a time.
 */
#pragma once

#include "huginn.h"

/* Frames that a source returns in one call. 512 frames keep a block's working set in the L1/L2 cache. */
#ifndef HG_BLOCK_FRAMES
#define HG_BLOCK_FRAMES 512
#endif

/* The same for several workers. Larger, because the lock changes hands once a block. */
#define HG_LARGEST_BLOCK (4 * HG_BLOCK_FRAMES)

/* The link type of a frame that libpcap's filter refused: it is not read and counts as HG_DROP_FILTERED.
 * It stays in the stream because packets are numbered as they were captured. No capture can contain
 * this number: link types of files have 16 bits. */
#define HG_LINKTYPE_FILTERED 0xFFFFFFFFu

typedef struct hg_frame {
    const uint8_t *data; /* captured bytes, owned by the source, valid until its next call */
    int64_t time_ns;
    uint32_t captured; /* bytes at `data` */
    uint32_t wire;     /* bytes on the wire, at least `captured` */
    uint32_t linktype; /* LINKTYPE_ number of the interface, or HG_LINKTYPE_FILTERED */
    uint32_t passed;   /* packets of the same call that were passed over before this one */
} hg_frame;

/* Number of a frame's packet, counted over all input: `index` is the frame's index in its block, whose first packet has
 * the number `first`. */
static inline uint64_t hg_frame_number(const hg_frame *frame, uint32_t index, uint64_t first)
{
    return first + index + frame->passed;
}

/* A source is a struct whose first member is this. */
struct hg_source {
    /* Puts up to `capacity` frames into `frames` and their number into `*count`. HG_OK: there
     * may be more; HG_END: the input is at its end (`*count` may be above 0). On an error
     * `*count` is 0: frames before the damage were returned by earlier calls. */
    hg_status (*next)(hg_source *self, hg_frame *frames, uint32_t capacity, uint32_t *count,
                      hg_error *error);
    void (*free)(hg_source *self); /* NULL: it is only its own memory */
    /* Keeps the bytes that the frames of the latest call point to, beyond the next call, until
     * hg_buffer_release. NULL: they stay for as long as the source does. */
    struct hg_buffer *(*hold)(hg_source *self);
    /* For sources that can read ahead; otherwise both are NULL. `share` says that `workers` threads will
     * take turns with `next`, and that each will hold what one call brought. It may be repeated, but
     * no other thread may use the source meanwhile. After HG_E_MEMORY it may be tried again. From then
     * on any thread may call `read_ahead`, which reads some of the input in advance, even during a
     * `next`. */
    hg_status (*share)(hg_source *self, uint32_t workers, hg_error *error);
    void (*read_ahead)(hg_source *self);
    /* The source whose frames this one marks; it has the three operations above. NULL: this source has its own. */
    hg_source *inner;
    /* Set by the caller, or NULL: where to count frames that are not returned. Sources may ignore it. */
    struct hg_sieve *sieve;
};

/* The source that reads. */
static inline hg_source *hg_source_innermost(hg_source *source)
{
    while (source->inner != NULL)
        source = source->inner;
    return source;
}

/* What a source that lacks the operation does in its place. */
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

/* `wire` counts what was on the wire, `captured` what is at `data`. */
typedef struct hg_view {
    const uint8_t *data;
    uint32_t captured;
    uint32_t wire;
    uint64_t link_protocol; /* of what is there in place of IP, as in hg_requirements; 0: not known */
} hg_view;

/* Moves `view` on by `bytes`; 0 when fewer were captured. */
static inline int hg_take(hg_view *view, uint32_t bytes)
{
    if (view->captured < bytes)
        return 0;
    view->data += bytes;
    view->captured -= bytes;
    view->wire -= bytes;
    return 1;
}

/* Ends `view` after `bytes`, which must not be more than were on the wire. */
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
