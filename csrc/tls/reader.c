/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.c - reads ClientHellos, ServerHellos and the certificates behind these from TCP streams.
 *
 * The first ClientHello of a connection is an event; further ones are counted. Each ServerHello is an event. A
 * HelloRetryRequest is a ServerHello too, and another one follows it. Early in a stream a hello may begin at the start
 * of any segment, as after CONNECT, SOCKS or STARTTLS. The message behind a ServerHello up to TLS 1.2 may be the chain of
 * the server's certificates; later versions encipher it.
 */
#include "tls/reader.h"

#include "flow/reader.h"
#include "tls/certificate.h"
#include "tls/finding.h"
#include "tls/records.h"
#include "tls/version.h"

enum {
    STREAM_BYTES = 32768,
    YOUNG_BYTES = 4096 /* of a stream, in which a hello may begin */
};

typedef enum tls_stage {
    STAGE_FIRST = 0,   /* no hello was read in the direction */
    STAGE_FURTHER = 1, /* one was */
    STAGE_CHAIN = 2,   /* of the server: certificates may follow */
    STAGES = 3
} tls_stage;

/* A direction. */
typedef struct tls_side {
    uint16_t record; /* of STAGE_CHAIN: offset of the record that certificates may begin in, */
    uint16_t skip;   /* and bytes of its content before them */
    uint8_t stage;
    uint8_t zero;
} tls_side;

typedef struct tls_state {
    hg_flow_memory memory; /* a tls_side of the client and one of the server */
    hg_ja4_maker maker;
    hg_chain_reader chains;
    uint8_t chain[STREAM_BYTES]; /* the one at hand, of several records */
} tls_state;

/* ---- life --------------------------------------------------------------------------------------- */

static size_t open(const hg_config *config, void *state)
{
    tls_state *tls = state;
    tls->maker.hash_key = config->hash_key;
    tls->maker.room.blocks = hg_sha256_fastest();
    tls->chains.blocks = tls->maker.room.blocks;
    tls->chains.shows_names = config->host_names;
    return 2 * sizeof(tls_side);
}

static tls_side *side_of(const tls_state *tls, hg_index flow, int from_server)
{
    return (tls_side *)hg_flow_memory_of(tls, flow) + from_server;
}

static void rewind(void *state, hg_index flow, int from_server, int all)
{
    if (all)
        *side_of(state, flow, from_server) = (tls_side){0};
}

static int is_sound(const void *state, const void *of)
{
    const tls_side *sides = of;
    (void)state;
    return sides[0].stage < STAGES && sides[0].record < STREAM_BYTES && sides[1].stage < STAGES && sides[1].record < STREAM_BYTES;
}

/* ---- finding a hello ------------------------------------------------------------------------------- */

/* SSL 2.0's header is a length of 15 bits under a bit that is set. */
static hg_message_state find_ssl2(const uint8_t *data, uint32_t length, hg_span *message)
{
    uint32_t claimed = length < 2 ? 0 : (uint32_t)hg_be16(data) & 0x7FFF;
    if (data[0] < 0x80 || (length >= 2 && (claimed < 9 || claimed > HG_RECORD_MOST)))
        return HG_MESSAGE_OTHER;
    if ((length >= 3 && data[2] != HG_TLS_CLIENT_HELLO) || (length >= 4 && data[3] != 0 && data[3] != 3))
        return HG_MESSAGE_OTHER;
    if (length >= 5 && data[3] == 0 && data[4] != 2)
        return HG_MESSAGE_OTHER;
    if (length >= 11 && 9u + hg_be16(data + 5) + hg_be16(data + 7) + hg_be16(data + 9) != claimed)
        return HG_MESSAGE_OTHER;
    if (length < 11 || length - 2 < claimed)
        return HG_MESSAGE_MORE;
    *message = hg_span_of(data + 2, claimed);
    return HG_MESSAGE_WHOLE;
}

static int begins(const uint8_t *data, uint32_t length)
{
    hg_record_message message;
    hg_span ssl2;
    if (length > HG_RECORD_HEADER) {
        if (hg_records_find(data, length, 0, HG_TLS_CLIENT_HELLO, HG_MOST_HELLO, &message) != HG_MESSAGE_OTHER)
            return 1;
        if (hg_records_find(data, length, 0, HG_TLS_SERVER_HELLO, HG_MOST_HELLO, &message) != HG_MESSAGE_OTHER)
            return 2;
    }
    return length >= 11 && find_ssl2(data, length, &ssl2) != HG_MESSAGE_OTHER;
}

/* ---- what a hello becomes --------------------------------------------------------------------------- */

/* Reads the hello that was put into the batch; takes it back when it is none. */
static int report(tls_state *tls, const hg_reader_output *to, hg_text_place place, int ssl2)
{
    hg_tls_values found;
    if (!hg_tls_find(&tls->maker, to->database, to->batch->texts + place.offset, place.length,
                     ssl2 ? HG_TLS_SSL2 : HG_TRANSPORT_TCP, &found)) {
        to->batch->text_count = place.offset;
        to->stats->tls_unreadable++;
        return 0;
    }
    hg_tls_finding_place(&found, place);
    if (to->batch->texts[place.offset] == HG_TLS_CLIENT_HELLO) {
        found.tls_syn = to->matches->syn;
        to->matches->hello = found.client;
    }
    memcpy(to->finding, &found, sizeof found);
    return 1;
}

static const hg_reader_result DONE = {.done = 1};

/* Looks for a chain where it may begin: `left` bytes from there on are there. */
static hg_message_state find_chain(const tls_side *side, const uint8_t *data, uint32_t left, hg_record_message *out)
{
    return hg_records_find(data, left, side->skip, HG_TLS_CERTIFICATE, STREAM_BYTES - (uint32_t)side->record, out);
}

/* What follows a ServerHello up to TLS 1.2, in its last record or behind it. */
static hg_reader_result await_chain(tls_side *side, const hg_bytes *bytes, const hg_record_message *message)
{
    const uint32_t begin = message->fills_record ? message->end : message->last, record = bytes->offset + begin;
    hg_reader_result found = {.keep = record, .has_event = 1, .event = HG_EVENT_TLS_SERVER};
    hg_record_message chain;
    found.done = record >= STREAM_BYTES;
    if (found.done)
        return found;
    *side = (tls_side){.record = (uint16_t)record,
                       .skip = (uint16_t)(message->fills_record ? 0 : message->used),
                       .stage = STAGE_CHAIN};
    found.again = find_chain(side, bytes->data + begin, bytes->length - begin, &chain) != HG_MESSAGE_MORE;
    return found;
}

/* The message that was found in records: an event, and where to continue. */
static hg_reader_result report_records(tls_state *tls, tls_side *side, const hg_bytes *bytes, const hg_record_message *message,
                                 int from_server, const hg_reader_output *to)
{
    hg_text_place place = hg_batch_reserve_text(to->batch, message->length);
    hg_records_join(bytes->data, message, to->batch->texts + place.offset);
    if (!report(tls, to, place, 0))
        return DONE;
    side->stage = STAGE_FURTHER;
    hg_tls_values found;
    memcpy(&found, to->finding, sizeof found);
    if (from_server && !found.hello_retry && found.tls_version >= HG_TLS_NUMBERS[HG_SSL_3] &&
        found.tls_version <= HG_TLS_NUMBERS[HG_TLS_1_2])
        return await_chain(side, bytes, message);
    /* What follows is of interest only where it may be another hello. */
    int goes_on = message->fills_record && (!from_server || found.hello_retry);
    return (hg_reader_result){
        .keep = bytes->offset + message->end,
        .done = (uint8_t)!goes_on,
        .has_event = 1,
        .event = from_server ? HG_EVENT_TLS_SERVER : HG_EVENT_TLS_CLIENT,
    };
}

static hg_reader_result report_ssl2(tls_state *tls, const hg_span *message, const hg_reader_output *to)
{
    hg_text_place place = hg_batch_put_text(to->batch, message->data, message->length);
    if (!report(tls, to, place, 1))
        return DONE;
    return (hg_reader_result){.done = 1, .has_event = 1, .event = HG_EVENT_TLS_CLIENT};
}

/* ---- the bytes of a direction -------------------------------------------------------------------------- */

/* The first `passed` bytes are no hello: one may begin behind them, with the next segment. */
static hg_reader_result look_later(const hg_bytes *bytes, uint32_t passed)
{
    const uint32_t end = bytes->offset + passed;
    return (hg_reader_result){.keep = end, .done = end >= YOUNG_BYTES};
}

static hg_reader_result read_first(tls_state *tls, tls_side *side, const hg_bytes *all, int from_server,
                             const hg_reader_output *to)
{
    hg_record_message message;
    hg_span ssl2;
    uint32_t passed;
    if (hg_records_pass(all->data, all->length, &passed))
        return look_later(all, passed);
    const hg_bytes rest = {all->data + passed, all->length - passed, all->offset + passed}, *bytes = &rest;
    uint8_t type = from_server ? HG_TLS_SERVER_HELLO : HG_TLS_CLIENT_HELLO;
    hg_message_state found = hg_records_find(bytes->data, bytes->length, 0, type, HG_MOST_HELLO, &message);
    if (found == HG_MESSAGE_WHOLE)
        return report_records(tls, side, bytes, &message, from_server, to);
    if (found == HG_MESSAGE_OTHER && !from_server && bytes->offset == 0) {
        found = find_ssl2(bytes->data, bytes->length, &ssl2);
        if (found == HG_MESSAGE_WHOLE)
            return report_ssl2(tls, &ssl2, to);
    }
    switch (found) {
    case HG_MESSAGE_MORE:
        return (hg_reader_result){.keep = bytes->offset};
    case HG_MESSAGE_TOO_LONG:
        to->stats->tls_unreadable++;
        return DONE;
    case HG_MESSAGE_OTHER:
    case HG_MESSAGE_WHOLE:
        break;
    }
    return look_later(bytes, bytes->length);
}

/* 1 when a record, header and first bytes, holds one whole hello: enciphered ones look like anything. */
static int holds_hello(const uint8_t *record, uint8_t type)
{
    const uint8_t *message = record + HG_RECORD_HEADER;
    return message[0] == type && (hg_be32(message) & 0xFFFFFF) + HG_TLS_MESSAGE_HEADER == hg_be16(record + 3) &&
           message[4] == 3;
}

/* After a hello: another one, perhaps after a change of ciphers, or nothing of interest. */
static hg_reader_result read_further(tls_state *tls, tls_side *side, const hg_bytes *bytes, int from_server,
                               const hg_reader_output *to)
{
    enum { CIPHER_CHANGE_BYTES = HG_RECORD_HEADER + 1, LOOKED_AT = HG_RECORD_HEADER + 5 };
    const uint8_t *data = bytes->data;
    uint32_t at = 0, left = bytes->length;
    if (data[0] == HG_RECORD_CIPHER_CHANGE) {
        if (left <= CIPHER_CHANGE_BYTES)
            return (hg_reader_result){.keep = bytes->offset};
        at = CIPHER_CHANGE_BYTES;
        left -= at;
    }
    if (data[at] != HG_RECORD_HANDSHAKE)
        return DONE;
    if (left < LOOKED_AT)
        return (hg_reader_result){.keep = bytes->offset};
    if (!holds_hello(data + at, from_server ? HG_TLS_SERVER_HELLO : HG_TLS_CLIENT_HELLO))
        return DONE;
    if (!from_server) {
        to->stats->tls_later_hellos++;
        return DONE;
    }
    const hg_bytes rest = {data + at, left, bytes->offset + at};
    return read_first(tls, side, &rest, from_server, to);
}

/* The chain of certificates, if it comes next: not where a session goes on, or without certificates. */
static hg_reader_result read_chain(tls_state *tls, const tls_side *side, const hg_bytes *bytes, const hg_reader_output *to)
{
    const uint32_t end = bytes->offset + bytes->length;
    hg_record_message message;
    hg_certificates_values found;
    if (side->record < bytes->offset || side->record > end)
        return DONE;
    const uint8_t *data = bytes->data + (side->record - bytes->offset);
    const hg_message_state state = find_chain(side, data, end - side->record, &message);
    if (state == HG_MESSAGE_MORE)
        return (hg_reader_result){.keep = side->record};
    if (state == HG_MESSAGE_OTHER)
        return DONE;
    if (state == HG_MESSAGE_WHOLE) {
        const uint8_t *whole = data + HG_RECORD_HEADER + side->skip;
        if (message.last != 0) {
            hg_records_join(data, &message, tls->chain);
            whole = tls->chain;
        }
        const hg_span chain = hg_span_of(whole + HG_TLS_MESSAGE_HEADER, message.length - HG_TLS_MESSAGE_HEADER);
        if (hg_chain_read(&tls->chains, chain, to->batch, &found)) {
            memcpy(to->finding, &found, sizeof found);
            return (hg_reader_result){.done = 1, .has_event = 1, .event = HG_EVENT_CERTIFICATE};
        }
    }
    to->stats->certificates_unreadable++;
    return DONE;
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                         const hg_reader_output *to)
{
    tls_state *tls = state;
    tls_side *side = side_of(tls, flow, from_server);
    switch ((tls_stage)side->stage) {
    case STAGE_FURTHER:
        return read_further(tls, side, bytes, from_server, to);
    case STAGE_CHAIN:
        return read_chain(tls, side, bytes, to);
    case STAGE_FIRST:
    case STAGES:
        break;
    }
    return read_first(tls, side, bytes, from_server, to);
}

static void write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding)
{
    if (columns->event[row] == HG_EVENT_CERTIFICATE)
        hg_certificate_write(columns, at, row, finding);
    else
        hg_tls_finding_write(columns, at, row, finding);
}

const hg_reader hg_tls_reader = {
    .protocol = HG_PROTOCOL_TLS,
    .proof = HG_PROOF_HANDSHAKE,
    .stream_bytes = STREAM_BYTES,
    .most_text = HG_MOST_HELLO,
    .state_bytes = sizeof(tls_state),
    .open = open,
    .begins = begins,
    .follow = follow,
    .write = write,
    .rewind = rewind,
    .is_sound = is_sound,
};
