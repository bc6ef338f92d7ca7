/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * marked.c - sources that mark frames of another source (HG_LINKTYPE_FILTERED): frames that libpcap's filter refuses,
 * or frames captured outside a span of time.
 *
 * They are marked and not dropped, because packets are numbered as they were captured. The source is
 * read to its end even after the span: captures that were merged, or made on several processors, are
 * not sorted, so a packet inside the span may follow a later one.
 */
#include <stdlib.h>

#include "base/error.h"
#include "source/libpcap.h"
#include "packet/parse.h"

typedef struct bpf_source {
    struct hg_source source; /* first, so that pointers to the two can be converted */
    hg_bpf bpf;
    uint64_t frames; /* returned so far */
    int64_t unfit;   /* the link type of a frame for which there is no program; -1: none */
} bpf_source;

static int run_program(const bpf_source *self, const void *program, const uint8_t *data, uint32_t captured,
                       uint32_t wire)
{
    struct pcap_pkthdr header = {.caplen = captured, .len = wire};
    return self->bpf.function(program, &header, data) != 0;
}

/* The program that runs on whole frames of this link type, or NULL. */
static const void *link_program(const hg_bpf *bpf, uint32_t linktype)
{
    for (uint32_t i = 0; i < bpf->count; i++)
        if (bpf->linktypes[i] == linktype)
            return bpf->link_programs[i];
    return NULL;
}

/* Runs the program from the IP header on, so that VLAN tags and similar headers do not affect the expression. Only
 * `len` still means the whole frame. A frame without IP passes; it is dropped later for that reason. */
static int keep_ip(const bpf_source *self, const hg_frame *frame)
{
    hg_view view = {.data = frame->data, .captured = frame->captured, .wire = frame->wire};
    if (hg_link_strip(frame->linktype, &view) != HG_DROP_NONE)
        return 1;
    return run_program(self, self->bpf.ip_program, view.data, view.captured, frame->wire);
}

/* Marks the frames that the filter refuses. Returns how many frames come before the first one whose link type has no
 * program. */
static uint32_t mark_refused(bpf_source *self, hg_frame *frames, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        hg_frame *frame = frames + i;
        int keep = 1;
        if (self->bpf.ip_program != NULL) {
            keep = keep_ip(self, frame);
        } else if (hg_linktype_supported(frame->linktype)) {
            const void *program = link_program(&self->bpf, frame->linktype);
            if (program == NULL) {
                self->unfit = frame->linktype;
                return i;
            }
            keep = run_program(self, program, frame->data, frame->captured, frame->wire);
        }
        if (!keep)
            frame->linktype = HG_LINKTYPE_FILTERED;
    }
    return count;
}

static hg_status bpf_next(hg_source *source, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    bpf_source *self = (bpf_source *)source;
    *count = 0;
    if (self->unfit < 0) {
        hg_status status = self->source.inner->next(self->source.inner, frames, capacity, count, error);
        if (status < HG_OK)
            return status;
        uint32_t fit = mark_refused(self, frames, *count);
        self->frames += fit;
        *count = fit;
        if (self->unfit < 0)
            return status;
        if (fit > 0)
            return HG_OK; /* the next call returns the error at once */
    }
    return hg_fail_at(error, HG_E_UNSUPPORTED, self->frames + 1, 0,
                      "packet %llu: the filter has no program for link type %lld", (unsigned long long)self->frames + 1,
                      (long long)self->unfit);
}

hg_status hg_source_open_bpf(hg_source *inner, const hg_bpf *bpf, hg_source **out, hg_error *error)
{
    *out = NULL;
    bpf_source *self = calloc(1, sizeof *self);
    if (self == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a filter");
    self->source.next = bpf_next;
    self->source.inner = inner;
    self->bpf = *bpf;
    self->unfit = -1;
    *out = &self->source;
    return HG_OK;
}

int64_t hg_source_bpf_unfit(const hg_source *source)
{
    return source->next == bpf_next ? ((const bpf_source *)source)->unfit : -1;
}

/* ---- a span of time -------------------------------------------------------------------------- */

typedef struct between_source {
    struct hg_source source; /* first, so that pointers to the two can be converted */
    int64_t since_ns;
    int64_t until_ns;
} between_source;

static hg_status between_next(hg_source *source, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    const between_source *self = (const between_source *)source;
    hg_status status = self->source.inner->next(self->source.inner, frames, capacity, count, error);
    for (uint32_t i = 0; i < *count; i++)
        if (frames[i].time_ns < self->since_ns || frames[i].time_ns >= self->until_ns)
            frames[i].linktype = HG_LINKTYPE_FILTERED;
    return status;
}

hg_status hg_source_open_between(hg_source *inner, int64_t since_ns, int64_t until_ns, hg_source **out, hg_error *error)
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
