/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stream.c - the reader of protocols of plants in connections. Frames show the protocol; ports do not count. A server
 * has its role when it answers a question of its client, and a client when it goes on reading or writing after such an
 * answer. */
#include "industrial/readers.h"

#include "industrial/protocol.h"

enum { STREAM_BYTES = 16384, LEAST_CUT = 4096, MOST_SHORT = 512 };

/* The first protocol that recognises a frame reads the connection; so those with few fixed bytes are last. */
static const hg_industrial_protocol *const PROTOCOLS[] = {
    &hg_industrial_tpkt,   &hg_industrial_enip,   &hg_industrial_dnp3, &hg_industrial_modbus,
    &hg_industrial_iec104, &hg_industrial_c37118, &hg_industrial_fox,  &hg_industrial_fins,
    &hg_industrial_opcua,  &hg_industrial_mqtt,   &hg_industrial_ads};

enum { COUNT = sizeof PROTOCOLS / sizeof *PROTOCOLS, NONE = UINT8_MAX };

/* What a connection has shown. */
typedef enum shown_role { ASKED = 1, WORKS = 2, ANSWERED = 4, HAS_SERVER = 8, HAS_CLIENT = 16, PART = 32 } shown_role;

typedef struct industrial_flow {
    uint8_t protocol; /* number in PROTOCOLS plus one; 0: not known yet; NONE: none of them */
    uint8_t shown;    /* bits; from PART on, the part for which the latest question asks */
    uint16_t key;     /* of the latest question */
} industrial_flow;

static int is_sound(const void *state, const void *memory)
{
    const industrial_flow *flow = memory;
    (void)state;
    return flow->protocol <= COUNT || flow->protocol == NONE;
}

static hg_frame_kind read_frame(const hg_industrial_protocol *protocol, hg_industrial_frame *frame, hg_span data,
                                uint32_t length)
{
    frame->bytes = hg_span_of(data.data, length);
    frame->word = protocol->word;
    frame->key = frame->part = 0;
    return protocol->read(frame);
}

static hg_beginner begins(const uint8_t *data, uint32_t length)
{
    const hg_span bytes = hg_span_of(data, length);
    for (uint32_t i = 0; length > 0 && i < COUNT; i++) {
        const uint32_t first = PROTOCOLS[i]->length(bytes);
        if (first == 0 || first > length)
            continue;
        hg_industrial_frame frame = {.is_first = 1};
        for (frame.from_server = 0; frame.from_server < 2; frame.from_server++)
            if (read_frame(PROTOCOLS[i], &frame, bytes, first) > HG_FRAME_OTHER)
                return frame.from_server ? HG_BEGINS_SERVER : HG_BEGINS_CLIENT;
    }
    return HG_BEGINS_NOTHING;
}

/* Frames begin with control characters, with bytes beyond ASCII, or with a letter of a protocol. TLS does not count.
 * Frames of Modbus begin with any byte: see wants_zeros. */
static int wants(hg_place place, uint8_t first)
{
    enum { TLS = 0x16, ASCII_END = 0x7F };
    return place != HG_AT_ANSWER && first != TLS &&
           (first <= ' ' || first >= ASCII_END || strchr("AFHcdefhop", first) != NULL);
}

/* Whether an incomplete frame of `length` bytes may turn out to be the protocol's. */
static int may_show(const hg_industrial_protocol *protocol, hg_span data, uint32_t length, int from_server)
{
    if (protocol->header != 0 && data.length >= protocol->header)
        return 1;
    return length <= MOST_SHORT && (protocol->may_begin == NULL || protocol->may_begin(data, from_server));
}

/* The number of the protocol, as in industrial_flow; 0: more bytes are needed. */
static uint8_t recognise(hg_span data, int from_server)
{
    static const uint8_t ZEROS[6]; /* Modbus and ADS, which may begin with zeros, have their length there */
    int needs_more = 0;
    if (data.length >= sizeof ZEROS && memcmp(data.data, ZEROS, sizeof ZEROS) == 0)
        return NONE;
    for (uint8_t i = 0; i < COUNT; i++) {
        hg_industrial_frame frame = {.from_server = (uint8_t)from_server};
        const uint32_t length = PROTOCOLS[i]->length(data);
        if (length > data.length)
            needs_more |= may_show(PROTOCOLS[i], data, length, from_server);
        else if (length > 0 && read_frame(PROTOCOLS[i], &frame, data, length) != HG_FRAME_WRONG)
            return (uint8_t)(i + 1);
    }
    return needs_more ? 0 : NONE;
}

static void state_role(hg_announcing *list, const char *word, const char *role)
{
    HG_ANNOUNCE_PIECES(list, HG_SAYS_INDUSTRIAL, word, role);
}

static void note_frame(industrial_flow *flow, const hg_industrial_frame *frame, hg_frame_kind kind)
{
    if (kind == HG_FRAME_ANSWER && frame->from_server) {
        if ((flow->shown & ASKED) == 0 || frame->key != flow->key)
            return;
        if ((flow->shown & HAS_SERVER) == 0)
            state_role(frame->list, frame->word, " server");
        flow->shown |= (flow->shown & WORKS) != 0 ? HAS_SERVER | ANSWERED : HAS_SERVER;
    } else if ((kind == HG_FRAME_QUESTION || kind == HG_FRAME_WORK) && !frame->from_server) {
        if (kind == HG_FRAME_WORK && (flow->shown & (ANSWERED | HAS_CLIENT)) == ANSWERED) {
            state_role(frame->list, frame->word, " client");
            flow->shown |= HAS_CLIENT;
        }
        flow->shown = (uint8_t)((flow->shown & (PART - 1) & ~(uint32_t)WORKS) | ASKED |
                                (kind == HG_FRAME_WORK ? WORKS : 0) | frame->part * PART);
        flow->key = frame->key;
    }
}

/* Reads the whole frames, and the beginning of one that is longer than all that is read; moves `rest` past them. 0: the
 * rest is no frame. */
static int read_frames(industrial_flow *flow, hg_span *rest, int from_server, hg_announcing *list)
{
    const hg_industrial_protocol *protocol = PROTOCOLS[flow->protocol - 1];
    hg_industrial_frame frame = {.list = list, .from_server = (uint8_t)from_server};
    while (rest->length > 0) {
        const uint32_t length = protocol->length(*rest), whole = rest->length;
        if (length > whole && (length <= STREAM_BYTES || whole < LEAST_CUT))
            return 1;
        frame.asked_key = flow->key;
        frame.asked_part = flow->shown / PART;
        frame.asked = (flow->shown & ASKED) == 0 ? 0 : (flow->shown & WORKS) != 0 ? HG_FRAME_WORK : HG_FRAME_QUESTION;
        const hg_frame_kind kind =
            length == 0 ? HG_FRAME_WRONG : read_frame(protocol, &frame, *rest, length < whole ? length : whole);
        if (kind == HG_FRAME_WRONG)
            return 0;
        note_frame(flow, &frame, kind);
        if (length > whole)
            flow->protocol = NONE;
        *rest = hg_span_from(*rest, length);
    }
    return 1;
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    const hg_flow_memory *memory = state;
    industrial_flow *current = hg_flow_memory_of(state, flow);
    hg_span rest = hg_span_of(bytes->data, bytes->length);
    hg_reader_result result = {.keep = bytes->offset};
    hg_announcing list;
    if (current->protocol == 0)
        current->protocol = recognise(rest, from_server);
    if (current->protocol == 0 || current->protocol == NONE) {
        result.done = current->protocol == NONE || bytes->offset + bytes->length >= STREAM_BYTES;
        return result;
    }
    hg_announce_begin(&list, memory->shows_names, to);
    const int is_sound = read_frames(current, &rest, from_server, &list);
    to->stats->industrial_malformed += !is_sound;
    result.keep = bytes->offset + (bytes->length - rest.length);
    result.done = !is_sound || bytes->offset + bytes->length >= STREAM_BYTES;
    result.has_event = hg_announce_any(&list, to, HG_DATAGRAM_CLIENT) != HG_DATAGRAM_NOTHING;
    result.event = HG_EVENT_INDUSTRIAL;
    return result;
}

const hg_reader hg_industrial_reader = {
    .protocol = HG_PROTOCOL_INDUSTRIAL,
    .proof = HG_PROOF_HANDSHAKE,
    .stream_bytes = STREAM_BYTES,
    .most_text = HG_MOST_ANNOUNCED,
    .flow_bytes = sizeof(industrial_flow),
    .begins = begins,
    .wants = wants,
    .wants_zeros = 1, /* Modbus begins with the number of its transaction */
    .follow = follow,
    .write = hg_device_write,
    .is_sound = is_sound,
};
