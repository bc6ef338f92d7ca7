/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * frame.c - passes one frame of any link type through all layers and the matcher.
 *
 * Input: link type (16 bits, little-endian), flags (1: tunnels are decapsulated), number of bytes on the wire that were
 * not captured (16 bits), the frame. Other numbers select a link type from the core's
 * list. The number of frames tried per link type is printed at the end.
 *
 * These results are compared and must be equal: the short and the long path through the layers, templates and the byte
 * parser, the decision table and the plain scan, with and without the cache.
 */
#include "fuzz.h"

#include "base/bytes.h"
#include "packet/linktype.h"
#include "tcp/erased.h"
#include "tcp/matcher.h"
#include "packet/parse.h"
#include "packet/sieve.h"

static hg_matcher matcher;

static struct tried {
    uint32_t linktype;
    const char *name;
    unsigned long long frames;
} tried[128]; /* more than there are link types */
static uint32_t linktypes;

static void print_tried(void)
{
    for (uint32_t i = 0; i < linktypes; i++)
        fprintf(stderr, "part %s %llu\n", tried[i].name, tried[i].frames);
}

static void prepare(void)
{
    FUZZ_CHECK(hg_matcher_init(&matcher, hg_database_default(), 1, NULL) == HG_OK);
    hg_space space;
    for (uint32_t i = 0; hg_wrapping_list(i, &space, &tried[linktypes].linktype, &tried[linktypes].name); i++)
        if (space == HG_SPACE_LINKTYPE)
            FUZZ_CHECK(hg_linktype_supported(tried[linktypes++].linktype));
    atexit(print_tried);
}

static void check_layers(const hg_frame *frame, int decapsulate, hg_drop drop, const hg_packet *packet)
{
    hg_packet other;
    hg_parsing with;
    with.reads = decapsulate;
    FUZZ_CHECK(hg_layers_parse(frame, &with, &other) == drop);
    if (drop != HG_DROP_NONE)
        return;
    FUZZ_CHECK(other.ip == packet->ip && other.tcp == packet->tcp && other.seq == packet->seq);
    FUZZ_CHECK(other.payload == packet->payload && other.header_bytes == packet->header_bytes);
    FUZZ_CHECK(other.options_length == packet->options_length && other.type == packet->type);
    FUZZ_CHECK(other.version == packet->version && other.tunnel == packet->tunnel);
    FUZZ_CHECK(other.source_port == packet->source_port && other.destination_port == packet->destination_port);
    FUZZ_CHECK(memcmp(&other.source, &packet->source, sizeof other.source) == 0);
    FUZZ_CHECK(memcmp(&other.destination, &packet->destination, sizeof other.destination) == 0);
    const uint8_t *end = frame->data + frame->captured;
    FUZZ_CHECK(packet->tcp >= frame->data + HG_TCP_HEADER && packet->tcp < end);
    FUZZ_CHECK((size_t)(end - packet->tcp) >= HG_TCP_HEADER + (size_t)packet->options_length);
}

static void check_sieve(const hg_frame *frame, hg_drop drop, const hg_packet *packet)
{
    if (frame->linktype != LINKTYPE_ETHERNET || frame->captured < HG_SIEVE_BYTES ||
        !hg_is_plain_segment(frame->data, frame->captured, frame->wire))
        return;
    FUZZ_CHECK(drop == HG_DROP_NONE && !hg_is_handshake(packet));
}

static void check_handshake(const hg_packet *packet)
{
    hg_handshake handshake;
    hg_observation plain;
    hg_match first;
    hg_matcher_queue(&matcher, packet, &handshake);
    hg_matcher_settle(&matcher);
    hg_observe_headers(packet, &plain);
    hg_observe_options(packet, &plain);
    hg_observe_multiple(&plain);
    FUZZ_CHECK(memcmp(&plain, &handshake.observation, sizeof plain) == 0);
    uint32_t fitting = hg_database_match_all(matcher.database, &plain, &first, 1);
    if (fitting == 0) /* an option was overwritten by a middlebox */
        first = hg_match_erased(&matcher.database->tables, &plain);
    FUZZ_CHECK(first.signature == handshake.match.signature && first.fuzzy == handshake.match.fuzzy);
}

static uint32_t number(fuzz_input *input)
{
    uint32_t low = fuzz_byte(input);
    return low | (uint32_t)fuzz_byte(input) << 8;
}

static struct tried *chosen(uint32_t linktype)
{
    for (uint32_t i = 0; i < linktypes; i++)
        if (tried[i].linktype == linktype)
            return &tried[i];
    return &tried[linktype % linktypes];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (matcher.memo == NULL)
        prepare();
    fuzz_input input = {data, size};
    struct tried *kind = chosen(number(&input));
    kind->frames++;
    int decapsulate = fuzz_byte(&input) & 1;
    uint32_t beyond = number(&input);
    uint8_t *bytes = fuzz_copy(input.at, input.left);
    hg_frame frame = {
        .data = bytes, .captured = (uint32_t)input.left, .wire = (uint32_t)input.left + beyond, .linktype = kind->linktype};
    hg_packet packet;
    hg_parsing with;
    with.reads = decapsulate;
    hg_drop drop = hg_packet_parse(&frame, &with, &packet);
    check_layers(&frame, decapsulate, drop, &packet);
    FUZZ_CHECK(hg_left_out_key(&frame, decapsulate) < HG_LEFT_OUT_KEYS);
    check_sieve(&frame, drop, &packet);
    if (drop == HG_DROP_NONE && hg_is_handshake(&packet))
        check_handshake(&packet);
    free(bytes);
    return 0;
}
