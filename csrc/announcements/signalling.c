/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * signalling.c - what telephones, cameras and their servers say in the signalling of calls and streams: SIP (RFC 3261,
 * over UDP and TCP), RTSP (RFC 2326) and Cisco's SCCP (TCP port 2000).
 *
 * A text begins with a word for the protocol: "sip" with the value of User-Agent or Server, "rtsp" with that of Server,
 * "rtsp-agent" with that of User-Agent, "sccp" with the first letters of the device's name and the number of its type,
 * as in "sccp SEP 115".
 *
 * Proxies pass on what others say. They add their own Via to requests, and remove it from answers; so a request with
 * several is left out, and of answers only those to REGISTER are read, which the registrar itself gives.
 */
#include "announcements/readers.h"

#include "announcements/announcing.h"
#include "announcements/head.h"

enum { STREAM_BYTES = 4096 };

/* ---- heads of SIP and RTSP -------------------------------------------------------------------------- */

typedef enum head_kind { NO_HEAD, SIP_REQUEST, SIP_ANSWER, RTSP_REQUEST, RTSP_ANSWER } head_kind;

static head_kind kind_of(hg_span first)
{
    if (hg_begins_like(first.data, first.length, "sip/2.0 "))
        return SIP_ANSWER;
    if (hg_begins_like(first.data, first.length, "rtsp/1.0 "))
        return RTSP_ANSWER;
    return hg_span_ends(first, " SIP/2.0") ? SIP_REQUEST : hg_span_ends(first, " RTSP/1.0") ? RTSP_REQUEST : NO_HEAD;
}

/* The length of a head with its empty line; 0: it is not complete. */
static uint32_t head_length(hg_span data)
{
    hg_span rest = data, line;
    while (hg_head_line(&rest, &line))
        if (hg_head_trimmed(line).length == 0 && line.data + line.length < data.data + data.length)
            return data.length - rest.length;
    return 0;
}

/* The first letters of methods with which connections begin, and of both protocols' answers. */
static int begins_word(uint8_t first)
{
    return first != 0 && strchr("ADIMNORS", first) != NULL;
}

/* 1 when the bytes begin with the first line of a head, or may once more bytes arrive. */
static int may_be_head(hg_span data)
{
    hg_span rest = data, line = {.length = 0};
    if (!begins_word(data.data[0]))
        return 0;
    (void)hg_head_line(&rest, &line);
    for (uint32_t i = 0; i < line.length; i++)
        if (line.data[i] < ' ' && line.data[i] != '\r')
            return 0;
    return line.length == data.length || kind_of(hg_head_trimmed(line)) != NO_HEAD;
}

typedef struct head {
    hg_span software, sequence;
    uint32_t vias;
    uint8_t has_body;
} head;

static void take_field(head *head, hg_span name, hg_span value)
{
    if (hg_is_like(name.data, name.length, "user-agent") || hg_is_like(name.data, name.length, "server"))
        head->software = head->software.length == 0 ? value : head->software;
    else if (hg_is_like(name.data, name.length, "cseq"))
        head->sequence = value;
    else if (hg_is_like(name.data, name.length, "via") || hg_is_like(name.data, name.length, "v"))
        head->vias += value.length > 0 && memchr(value.data, ',', value.length) != NULL ? 2 : 1;
    else if (hg_is_like(name.data, name.length, "content-length") || hg_is_like(name.data, name.length, "l"))
        head->has_body = !hg_span_is(value, "0");
}

static int is_of_sender(const head *head, head_kind kind)
{
    if (kind == SIP_ANSWER)
        return head->vias <= 1 && hg_span_ends(head->sequence, " REGISTER");
    return head->vias <= (kind == SIP_REQUEST);
}

/* The most fields of a head. Each costs more than its bytes, and real heads have fewer than 50. */
enum { MOST_FIELDS = 64 };

/* Reads a message up to its body. Returns whether it has a body, or too many fields. */
static int read_head(hg_announcing *to, hg_span data, head_kind kind, hg_stats *stats)
{
    static const char *const WORDS[] = {"", "sip ", "sip ", "rtsp-agent ", "rtsp "};
    head of = {.vias = 0};
    hg_span line, name, value;
    (void)hg_head_line(&data, &line);
    for (uint32_t fields = 0; hg_head_line(&data, &line) && hg_head_trimmed(line).length > 0; fields++)
        if (fields == MOST_FIELDS) {
            stats->signalling_malformed++;
            return 1;
        } else if (hg_head_field(line, &name, &value))
            take_field(&of, name, value);
        else
            stats->signalling_malformed += line.data[0] > ' '; /* others continue the line before */
    if (is_of_sender(&of, kind) && of.software.length > 0)
        hg_announce_after(to, HG_SAYS_SIGNALLING, WORDS[kind], of.software.data, of.software.length);
    return of.has_body;
}

static hg_span first_line(hg_span data)
{
    hg_span line = {.length = 0};
    (void)hg_head_line(&data, &line);
    return hg_head_trimmed(line);
}

hg_datagram_event hg_read_signalling(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const hg_span data = hg_span_of(in->data, in->length);
    const head_kind kind = kind_of(first_line(data));
    hg_announcing list;
    hg_announce_begin(&list, config->host_names, to);
    if (kind == SIP_REQUEST || kind == SIP_ANSWER)
        (void)read_head(&list, data, kind, to->stats);
    return hg_announce_any(&list, to, kind == SIP_ANSWER ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT);
}

/* ---- SCCP ------------------------------------------------------------------------------------------- */

enum {
    SCCP_PORT = 2000,
    SCCP_HEADER = 8,
    SCCP_REGISTER = 1,
    SCCP_ALARM = 0x20,
    SCCP_NAME = 12,
    SCCP_TYPE = 40,
    SCCP_LEAST = 44,
    SCCP_MOST = 512
};

static int begins_sccp(const hg_packet *packet, const uint8_t *data, uint32_t length)
{
    return packet->destination_port == SCCP_PORT && length >= SCCP_NAME && hg_le32(data) <= SCCP_MOST &&
           (hg_le32(data + SCCP_HEADER) == SCCP_REGISTER || hg_le32(data + SCCP_HEADER) == SCCP_ALARM);
}

/* Whether more bytes may complete a registration: the lengths before it are below 2^16. */
static int may_be_sccp(const hg_packet *packet, hg_span data)
{
    enum { UPPER = 2, UPPER_END = 4 };
    uint32_t needed = SCCP_LEAST;
    for (uint32_t i = UPPER; i < UPPER_END && i < data.length; i++)
        if (data.data[i] != 0)
            return 0;
    if (data.length >= SCCP_NAME && !begins_sccp(packet, data.data, data.length))
        return 0;
    if (data.length >= SCCP_NAME && hg_le32(data.data + SCCP_HEADER) == SCCP_ALARM)
        needed += SCCP_HEADER + hg_le32(data.data);
    return packet->destination_port == SCCP_PORT && data.length < needed;
}

/* Announces a registration: length (4 bytes), version (4), message (4), name (16), user, instance, address and type (4
 * each). Telephones may send an alarm first. */
static void read_sccp(hg_announcing *to, const uint8_t *data, uint32_t length)
{
    enum { LETTERS = 3 };
    if (hg_le32(data + SCCP_HEADER) == SCCP_ALARM && SCCP_HEADER + hg_le32(data) < length) {
        length -= SCCP_HEADER + hg_le32(data);
        data += SCCP_HEADER + hg_le32(data);
    }
    if (length < SCCP_LEAST || hg_le32(data + SCCP_HEADER) != SCCP_REGISTER)
        return;
    HG_ANNOUNCE_PIECES(to, HG_SAYS_SIGNALLING, "sccp ", hg_span_of(data + SCCP_NAME, LETTERS), " ",
                       hg_le32(data + SCCP_TYPE));
}

/* ---- connections ------------------------------------------------------------------------------------ */

static hg_beginner begins(const uint8_t *data, uint32_t length)
{
    switch (kind_of(first_line(hg_span_of(data, length)))) {
    case SIP_REQUEST:
    case RTSP_REQUEST:
        return HG_BEGINS_CLIENT;
    case SIP_ANSWER:
    case RTSP_ANSWER:
        return HG_BEGINS_SERVER;
    case NO_HEAD:
        break;
    }
    return HG_BEGINS_NOTHING;
}

/* Words, and SCCP's lengths. An answer to other words would keep its bytes from readers that look for their beginning
 * in them. */
static int wants(hg_place place, uint8_t first)
{
    enum { LEAST_LENGTH = 0x20, MOST_LENGTH = 0x9C };
    return (place != HG_AT_ANSWER && begins_word(first)) ||
           (place == HG_AT_CLIENT && first >= LEAST_LENGTH && first <= MOST_LENGTH && first % 4 == 0);
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    const hg_flow_memory *memory = state;
    hg_reader_result result = {.keep = bytes->offset};
    hg_span rest = hg_span_of(bytes->data, bytes->length);
    hg_announcing list;
    (void)flow;
    hg_announce_begin(&list, memory->shows_names, to);
    if (!from_server && may_be_sccp(to->packet, rest))
        return result;
    if (!from_server && begins_sccp(to->packet, rest.data, rest.length)) {
        read_sccp(&list, rest.data, rest.length);
        result.done = 1;
    }
    while (!result.done && list.count == 0 && rest.length > 0) {
        const uint32_t length = head_length(rest);
        const head_kind kind = length > 0 ? kind_of(first_line(rest)) : NO_HEAD;
        if (length == 0 && may_be_head(rest) && bytes->offset + bytes->length < STREAM_BYTES)
            break;
        result.done = kind == NO_HEAD || read_head(&list, hg_span_of(rest.data, length), kind, to->stats);
        rest = hg_span_of(rest.data + length, rest.length - length);
    }
    result.keep = bytes->offset + (bytes->length - rest.length);
    if (hg_announce_any(&list, to, HG_DATAGRAM_CLIENT) == HG_DATAGRAM_NOTHING)
        return result;
    return (hg_reader_result){.has_event = 1, .event = HG_EVENT_SIGNALLING, .done = 1};
}

const hg_reader hg_signalling_reader = {
    .protocol = HG_PROTOCOL_SIGNALLING,
    .proof = HG_PROOF_NEAR,
    .stream_bytes = STREAM_BYTES,
    .most_text = HG_MOST_ANNOUNCED_TEXT + 2,
    .flow_bytes = sizeof(uint8_t), /* not used: the state only shows whether names are shown */
    .begins = begins,
    .wants = wants,
    .follow = follow,
    .write = hg_device_write,
};
