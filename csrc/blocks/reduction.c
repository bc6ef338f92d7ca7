/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reduction.c - reduces a capture to the part that the ordered stage needs: the analysed packets, cut after the bytes
 * that are read.
 *
 *     capture ─▶ reducer ─▶ reduced          any number of captures at once, anywhere
 *                              ▼
 *     state ──────────────▶ engine ─▶ state  one reduced capture after the other
 *                              ▼
 *                            events
 *
 * A packet in the reduced capture is cut after the last byte that a reader needs, and keeps its length on the wire. So
 * the reduced capture gives an engine the same events as the whole one.
 */
#include "blocks/block.h"

struct hg_reducer {
    hg_stages stages;
    hg_block block;
    uint64_t packets_read;
    hg_status outcome; /* of the source, once `ended` */
    hg_error error;
    uint8_t ended;
};

hg_status hg_reducer_new(const hg_config *config, hg_reducer **out, hg_error *error)
{
    *out = NULL;
    hg_reducer *reducer = calloc(1, sizeof *reducer);
    if (reducer == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a reducer");
    reducer->stages.filter = config->filter;
    reducer->stages.conversations.flows.stats = &reducer->stages.stats;
    reducer->stages.protocols = config->protocols;
    hg_config_requirements(config, &reducer->stages.requirements);
    reducer->stages.read_bits = hg_read_bits(config, &reducer->stages.requirements);
    hg_status status = hg_block_init(&reducer->block, HG_BLOCK_FRAMES, error);
    if (status != HG_OK) {
        free(reducer);
        return status;
    }
    *out = reducer;
    return HG_OK;
}

void hg_reducer_free(hg_reducer *reducer)
{
    if (reducer == NULL)
        return;
    hg_block_release(&reducer->block);
    hg_block_clear(&reducer->block);
    free(reducer);
}

const hg_stats *hg_reducer_stats(const hg_reducer *reducer)
{
    return &reducer->stages.stats;
}

/* ---- capture to reduced capture ---------------------------------------------------------------- */

/* Copies packets of the block while there is room; 0: some are left. */
static int copy_packets(hg_reducer *reducer, hg_reduction *out)
{
    hg_block *block = &reducer->block;
    for (; block->next_packet < block->packet_count; block->next_packet++) {
        const hg_packet *packet = block->packets + block->next_packet;
        const hg_frame *frame = block->frames + packet->frame;
        if (!hg_needs_packet(&reducer->stages.requirements, packet))
            continue;
        uint32_t length = hg_needed_bytes(&reducer->stages.requirements, packet, frame);
        if (out->count == out->capacity || out->byte_capacity - out->byte_count < length)
            return 0;
        out->time_ns[out->count] = frame->time_ns;
        out->number[out->count] = hg_frame_number(frame, packet->frame, block->first_number);
        out->wire[out->count] = frame->wire;
        out->length[out->count] = length;
        out->linktype[out->count] = frame->linktype;
        memcpy(out->bytes + out->byte_count, frame->data, length);
        out->byte_count += length;
        out->count++;
    }
    return 1;
}

/* Drops the frames from address `limit` on, and ends reading there. */
static void cut_at(hg_reducer *reducer, const uint8_t *limit, hg_reduction *out)
{
    hg_block *block = &reducer->block;
    uint32_t kept = 0;
    while (kept < block->frame_count && block->frames[kept].data < limit)
        kept++;
    if (kept == block->frame_count)
        return;
    out->next = block->frames[kept].data;
    block->frame_count = kept;
    reducer->ended = 1;
    reducer->outcome = HG_END;
}

/* Reads and parses the next block. */
static void load_block(hg_reducer *reducer, hg_source *source, const uint8_t *limit, hg_reduction *out)
{
    hg_block *block = &reducer->block;
    hg_status status =
        hg_block_read(block, &reducer->stages, source, UINT32_MAX, reducer->packets_read + 1, &reducer->error);
    if (status != HG_OK) {
        reducer->ended = 1;
        reducer->outcome = status;
    }
    if (limit != NULL)
        cut_at(reducer, limit, out);
    reducer->packets_read += block->frame_count;
    hg_block_parse(block, &reducer->stages);
    hg_block_count(block, &reducer->stages);
}

hg_status hg_reducer_run(hg_reducer *reducer, hg_source *source, const uint8_t *limit, hg_reduction *out,
                         hg_error *error)
{
    out->count = 0;
    out->byte_count = 0;
    out->next = NULL;
    while (copy_packets(reducer, out)) {
        hg_block_release(&reducer->block);
        reducer->block.next_packet = 0;
        if (reducer->ended) {
            reducer->ended = 0;
            if (reducer->outcome < HG_OK && error != NULL)
                *error = reducer->error;
            return reducer->outcome;
        }
        load_block(reducer, source, limit, out);
    }
    if (out->count == 0)
        return hg_fail(error, HG_E_ARGUMENT, "a packet's headers do not fit into %llu bytes",
                       (unsigned long long)out->byte_capacity);
    return HG_OK;
}

/* ---- reduced capture to frames ----------------------------------------------------------------- */

typedef struct reduced_source {
    struct hg_source source; /* first, so that the two convert into each other */
    const hg_reduction *reduced;
    uint64_t offset;
    uint64_t number; /* of the last packet that was returned or skipped */
    uint32_t next;
} reduced_source;

static hg_status reduced_next(hg_source *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    reduced_source *list = (reduced_source *)self;
    const hg_reduction *in = list->reduced;
    for (*count = 0; *count < capacity && list->next < in->count; list->next++, ++*count) {
        uint32_t i = list->next;
        if (in->length[i] > in->byte_count - list->offset) {
            if (*count > 0)
                return HG_OK; /* the next call returns the error */
            return hg_fail_at(error, HG_E_ARGUMENT, (uint64_t)i + 1, list->offset,
                              "packet %u of a reduced capture reaches beyond its end", i + 1);
        }
        frames[*count] = (hg_frame){
            .counted_before = (uint32_t)(in->number[i] - 1 - list->number - *count), /* keeps packet numbers */
            .data = in->bytes + list->offset,
            .time_ns = in->time_ns[i],
            .captured = in->length[i],
            .wire = in->wire[i],
            .linktype = in->linktype[i],
        };
        list->offset += in->length[i];
    }
    int is_end = list->next == in->count;
    uint64_t last = is_end ? in->packets : in->number[list->next - 1];
    if (self->sieve != NULL)
        self->sieve->packets = (uint32_t)(last - list->number - *count);
    list->number = last;
    return is_end ? HG_END : HG_OK;
}

hg_status hg_source_open_reduced(const hg_reduction *reduced, hg_source **out, hg_error *error)
{
    *out = NULL;
    reduced_source *list = calloc(1, sizeof *list);
    if (list == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a source");
    list->source.next = reduced_next;
    list->reduced = reduced;
    *out = &list->source;
    return HG_OK;
}
