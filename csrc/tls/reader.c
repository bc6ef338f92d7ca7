/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.c - reads ClientHellos and ServerHellos from TCP streams.
 *
 * The first ClientHello of a connection is an event; further ones are counted. Each ServerHello is an event. A
 * HelloRetryRequest is a ServerHello too, and another one follows it. Early in a stream a hello may begin at the start
 * of any segment, as after CONNECT, SOCKS or STARTTLS.
 */
#include "tls/reader.h"

#include "base/bytes.h"
#include "base/error.h"
#include "tls/finding.h"
#include "tls/records.h"

#include <stdlib.h>
#include <string.h>

enum {
    STREAM_BYTES = 32768,
    YOUNG_BYTES = 4096 /* of a stream, in which a hello may begin */
};

typedef struct tls_state {
    uint8_t *met; /* by flow, client then server: 1 once a hello was read in the direction */
    hg_index flows;
    hg_ja4_maker maker;
} tls_state;

/* ---- life --------------------------------------------------------------------------------------- */

static void needs(const hg_config *config, hg_requirements *requirements)
{
    if ((config->protocols >> HG_PROTOCOL_TLS & 1) == 0)
        return;
    requirements->flow_ends = 1;
    if (requirements->stream_bytes < STREAM_BYTES)
        requirements->stream_bytes = STREAM_BYTES;
}

static hg_status open(const hg_config *config, hg_index flows, void **state, hg_error *error)
{
    tls_state *tls = calloc(1, sizeof *tls);
    uint8_t *met = calloc(2 * (size_t)flows, 1);
    if (tls == NULL || met == NULL) {
        free(tls);
        free(met);
        return hg_fail(error, HG_E_MEMORY, "no memory for the TLS reader");
    }
    tls->met = met;
    tls->flows = flows;
    tls->maker.hash_key = config->hash_key;
    tls->maker.room.blocks = hg_sha256_fastest();
    *state = tls;
    return HG_OK;
}

static void close(void *state)
{
    tls_state *tls = state;
    free(tls->met);
    free(tls);
}

static void reset(void *state)
{
    tls_state *tls = state;
    memset(tls->met, 0, 2 * (size_t)tls->flows);
}

static void forget(void *state, hg_index flow)
{
    tls_state *tls = state;
    memset(tls->met + 2 * (size_t)flow, 0, 2);
}

static void rewind(void *state, hg_index flow, int from_server, int all)
{
    tls_state *tls = state;
    if (all)
        tls->met[2 * (size_t)flow + (uint32_t)from_server] = 0;
}

static size_t state_bytes(const void *state, hg_index flows)
{
    (void)state;
    return 2 * (size_t)flows;
}

static void save(const void *state, hg_index flows, uint8_t *out)
{
    const tls_state *tls = state;
    memcpy(out, tls->met, 2 * (size_t)flows);
}

static hg_status load(void *state, hg_index flows, const uint8_t *bytes, size_t length, size_t *used, hg_error *error)
{
    tls_state *tls = state;
    *used = 2 * (size_t)flows;
    if (length < *used)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is cut");
    for (size_t i = 0; i < *used; i++)
        if (bytes[i] > 1)
            return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
    memcpy(tls->met, bytes, *used);
    return HG_OK;
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
        if (hg_records_find(data, length, HG_TLS_CLIENT_HELLO, &message) != HG_MESSAGE_OTHER)
            return 1;
        if (hg_records_find(data, length, HG_TLS_SERVER_HELLO, &message) != HG_MESSAGE_OTHER)
            return 2;
    }
    return length >= 11 && find_ssl2(data, length, &ssl2) != HG_MESSAGE_OTHER;
}

/* ---- what a hello becomes --------------------------------------------------------------------------- */

/* Reads the hello that was put into the batch; takes it back when it is none. */
static int report(tls_state *tls, const hg_reader_output *to, hg_text_place place, int ssl2)
{
    hg_tls_finding found;
    if (!hg_tls_find(&tls->maker, to->database, to->batch->texts + place.offset, place.length,
                     ssl2 ? HG_TLS_SSL2 : HG_TRANSPORT_TCP, &found)) {
        to->batch->text_count = place.offset;
        to->stats->tls_unreadable++;
        return 0;
    }
    hg_tls_finding_place(&found, place);
    if (to->batch->texts[place.offset] == HG_TLS_CLIENT_HELLO) {
        found.syn = to->matches->syn;
        to->matches->hello = found.client.signature;
    }
    memcpy(to->finding, &found, sizeof found);
    return 1;
}

static const hg_reader_result DONE = {.done = 1};

/* The message that was found in records: an event, and where to continue. */
static hg_reader_result report_records(tls_state *tls, uint8_t *met, const hg_bytes *bytes, const hg_record_message *message,
                                 int from_server, const hg_reader_output *to)
{
    hg_text_place place = hg_batch_reserve_text(to->batch, message->length);
    hg_records_join(bytes->data, message, to->batch->texts + place.offset);
    if (!report(tls, to, place, 0))
        return DONE;
    *met = 1;
    hg_tls_finding found;
    memcpy(&found, to->finding, sizeof found);
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

static hg_reader_result read_first(tls_state *tls, uint8_t *met, const hg_bytes *all, int from_server,
                             const hg_reader_output *to)
{
    hg_record_message message;
    hg_span ssl2;
    uint32_t passed;
    if (hg_records_pass(all->data, all->length, &passed))
        return look_later(all, passed);
    const hg_bytes rest = {all->data + passed, all->length - passed, all->offset + passed}, *bytes = &rest;
    uint8_t type = from_server ? HG_TLS_SERVER_HELLO : HG_TLS_CLIENT_HELLO;
    hg_message_state found = hg_records_find(bytes->data, bytes->length, type, &message);
    if (found == HG_MESSAGE_WHOLE)
        return report_records(tls, met, bytes, &message, from_server, to);
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
static hg_reader_result read_further(tls_state *tls, uint8_t *met, const hg_bytes *bytes, int from_server,
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
    return read_first(tls, met, &rest, from_server, to);
}

static hg_reader_result follow(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                         const hg_reader_output *to)
{
    tls_state *tls = state;
    uint8_t *met = tls->met + 2 * (size_t)flow + from_server;
    return *met ? read_further(tls, met, bytes, from_server, to) : read_first(tls, met, bytes, from_server, to);
}

const hg_reader hg_tls_reader = {
    .id = HG_READER_TLS,
    .proof = HG_PROOF_HANDSHAKE,
    .most_text = HG_MOST_HELLO,
    .needs = needs,
    .open = open,
    .close = close,
    .reset = reset,
    .begins = begins,
    .follow = follow,
    .write = hg_tls_finding_write,
    .rewind = rewind,
    .forget = forget,
    .state_bytes = state_bytes,
    .save = save,
    .load = load,
};
