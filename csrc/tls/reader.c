/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.c - reads ClientHellos, ServerHellos and certificates from TCP streams.
 *
 * The first ClientHello of a connection is an event; further ones are counted. Each ServerHello is an event, including
 * a HelloRetryRequest, after which another ServerHello follows. Early in a stream a hello may begin with any segment,
 * as after CONNECT, SOCKS or STARTTLS. Up to TLS 1.2 the message after a ServerHello may be the server's certificate
 * chain; later versions encrypt it. */
#include "tls/reader.h"

#include "tls/certificate.h"
#include "tls/values.h"

enum {
    STREAM_BYTES = 32768,
    YOUNG_BYTES = 4096 /* a hello may begin within these first bytes of a stream */
};

/* ---- messages in records (RFC 8446, 5.1); message and record boundaries are independent ---------- */

enum {
    RECORD_HEADER = 5,
    RECORD_MOST = 16640,
    CIPHER_CHANGE = 20,
    ALERT = 21,
    HANDSHAKE = 22,
    SSL2_BIT = 0x80,
    MOST_RECORDS = 256 /* per message; records of one byte are legal, but no implementation sends them */
};

typedef enum message_state {
    MESSAGE_OTHER = 0,    /* the bytes are something else */
    MESSAGE_MORE = 1,     /* the bytes fit so far */
    MESSAGE_WHOLE = 2,    /* the message is complete */
    MESSAGE_TOO_LONG = 3  /* its length exceeds the limit, or it spans too many records */
} message_state;

typedef struct record_message {
    uint32_t length;      /* length of the message */
    uint32_t skip;        /* bytes of earlier messages in its first record */
    uint32_t last;        /* offset of its last record */
    uint32_t end;         /* offset of the end of its last record */
    uint32_t used;        /* bytes of its last record's content, up to the end of the message */
    uint8_t fills_record; /* 1: the message ends where its last record ends */
} record_message;

/* 1 if the bytes form the header of a handshake record, or its beginning. */
static int fits_header(const uint8_t *data, uint32_t length)
{
    if (length >= RECORD_HEADER && hg_be16(data + 3) > RECORD_MOST)
        return 0;
    return data[0] == HANDSHAKE && (length < 2 || data[1] == 3);
}

/* MySQL's clients request TLS and begin at once: a packet of 32 bytes, after its length and number. */
enum { MYSQL_REQUEST = 0x20000001, MYSQL_FIRST = 0x20, MYSQL_BYTES = 36 };

/* Skips what may come before a hello: that, alerts (a server may warn of an unknown name), ChangeCipherSpec. `*at`
 * becomes the end of the last complete one. 1: only the beginning of another one follows, or nothing. */
static int skip_records(const uint8_t *data, uint32_t length, uint32_t *at)
{
    *at = length >= MYSQL_BYTES && hg_be32(data) == MYSQL_REQUEST ? MYSQL_BYTES : 0;
    while (*at < length) {
        const uint8_t *record = data + *at;
        const uint32_t left = length - *at, content = record[0] == ALERT ? 2 : 1;
        if ((record[0] != ALERT && record[0] != CIPHER_CHANGE) || (left > 1 && record[1] != 3) ||
            (left >= RECORD_HEADER && hg_be16(record + 3) != content))
            return 0;
        if (left < RECORD_HEADER + content)
            return 1;
        *at += RECORD_HEADER + content;
    }
    return 1;
}

/* The first bytes of a message, collected from records. */
typedef struct message_start {
    uint8_t header[HG_TLS_MESSAGE_HEADER];
    uint32_t length; /* of the message so far */
    uint32_t needed; /* its whole length; until that is known, the length of its header */
    uint32_t skip; /* bytes of earlier messages still to be skipped */
} message_start;

/* Adds a fragment; 0: the message has another type. */
static int gather(message_start *message, const uint8_t *fragment, uint32_t length, uint8_t type)
{
    const uint32_t skipped = length < message->skip ? length : message->skip;
    message->skip -= skipped;
    fragment += skipped;
    length -= skipped;
    for (uint32_t i = 0; i < length && message->length + i < HG_TLS_MESSAGE_HEADER; i++)
        message->header[message->length + i] = fragment[i];
    message->length += length;
    if (length > 0 && message->header[0] != type)
        return 0;
    if (message->length >= HG_TLS_MESSAGE_HEADER)
        message->needed = HG_TLS_MESSAGE_HEADER + (hg_be32(message->header) & 0xFFFFFF);
    return 1;
}

/* Looks for a message of this type, at most `most` bytes long, in the records at the beginning of `data`. The first
 * `skip` bytes of their content belong to earlier messages. */
static message_state find_message(const uint8_t *data, uint32_t length, uint32_t skip, uint8_t type, uint32_t most,
                                  record_message *out)
{
    message_start message = {.needed = HG_TLS_MESSAGE_HEADER, .skip = skip};
    uint32_t at = 0;
    for (uint32_t records = 0; records < MOST_RECORDS; records++) {
        uint32_t left = length - at;
        if (left > 0 && !fits_header(data + at, left))
            return MESSAGE_OTHER;
        if (left < RECORD_HEADER)
            return MESSAGE_MORE;
        uint32_t content = hg_be16(data + at + 3), there = left - RECORD_HEADER;
        uint32_t fragment = content < there ? content : there;
        if (!gather(&message, data + at + RECORD_HEADER, fragment, type))
            return MESSAGE_OTHER;
        if (message.needed > most)
            return MESSAGE_TOO_LONG;
        if (message.length >= HG_TLS_MESSAGE_HEADER && message.length >= message.needed) {
            const uint32_t used = fragment - (message.length - message.needed);
            *out = (record_message){message.needed, skip, at, at + RECORD_HEADER + content, used, used == content};
            return MESSAGE_WHOLE;
        }
        at += RECORD_HEADER + content;
        if (fragment < content)
            return MESSAGE_MORE;
    }
    return MESSAGE_TOO_LONG;
}

/* Copies the message from its records to `out`, which has room for its length. */
static void join_records(const uint8_t *data, const record_message *message, uint8_t *out)
{
    for (uint32_t left = message->length, skip = message->skip; left > 0;) {
        const uint32_t content = hg_be16(data + 3), skipped = content < skip ? content : skip;
        const uint32_t fragment = content - skipped < left ? content - skipped : left;
        memcpy(out, data + RECORD_HEADER + skipped, fragment);
        out += fragment;
        left -= fragment;
        skip -= skipped;
        data += RECORD_HEADER + content;
    }
}

/* ---- state ------------------------------------------------------------------------------------------ */

typedef enum tls_stage {
    STAGE_FIRST = 0,   /* no hello was read yet */
    STAGE_FURTHER = 1, /* a hello was read */
    STAGE_CHAIN = 2,   /* server only: certificates may follow */
    STAGES = 3
} tls_stage;

/* The state of a direction. */
typedef struct tls_side {
    uint16_t record; /* STAGE_CHAIN: offset of the record in which certificates may begin */
    uint16_t skip;   /* STAGE_CHAIN: bytes in this record before them */
    uint8_t stage;
    uint8_t zero; /* padding; the struct is saved as bytes */
} tls_side;

typedef struct tls_state {
    hg_flow_memory memory; /* for each flow two tls_side: the client's, the server's */
    hg_ja4_maker maker;
    hg_chain_reader chains;
    uint8_t chain[STREAM_BYTES]; /* the current chain, joined from several records */
} tls_state;

/* ---- state of flows -------------------------------------------------------------------------------- */

static void open(const hg_config *config, void *state)
{
    tls_state *tls = state;
    tls->maker.hash_key = config->hash_key;
    tls->maker.room.blocks = hg_sha256_fastest();
    tls->chains.blocks = tls->maker.room.blocks;
    tls->chains.shows_names = config->host_names;
}

static tls_side *side_of(const tls_state *tls, hg_index flow, int from_server)
{
    return (tls_side *)hg_flow_memory_of(tls, flow) + from_server;
}

static int is_sound(const void *state, const void *memory)
{
    const tls_side *sides = memory;
    (void)state;
    return sides[0].stage < STAGES && sides[0].record < STREAM_BYTES && sides[1].stage < STAGES &&
           sides[1].record < STREAM_BYTES;
}

/* ---- finding a hello ------------------------------------------------------------------------------- */

/* An SSL 2.0 header is a bit that is set, then a length of 15 bits. */
static message_state find_ssl2(const uint8_t *data, uint32_t length, hg_span *message)
{
    uint32_t claimed = length < 2 ? 0 : (uint32_t)hg_be16(data) & 0x7FFF;
    if (data[0] < SSL2_BIT || (length >= 2 && (claimed < 9 || claimed > RECORD_MOST)))
        return MESSAGE_OTHER;
    if ((length >= 3 && data[2] != HG_TLS_CLIENT_HELLO) || (length >= 4 && data[3] != 0 && data[3] != 3))
        return MESSAGE_OTHER;
    if (length >= 5 && data[3] == 0 && data[4] != 2)
        return MESSAGE_OTHER;
    if (length >= 11 && 9u + hg_be16(data + 5) + hg_be16(data + 7) + hg_be16(data + 9) != claimed)
        return MESSAGE_OTHER;
    if (length < 11 || length - 2 < claimed)
        return MESSAGE_MORE;
    *message = hg_span_of(data + 2, claimed);
    return MESSAGE_WHOLE;
}

/* See hg_reader.begins. */
static hg_beginner begins(const uint8_t *data, uint32_t length)
{
    record_message message;
    hg_span ssl2;
    if (length > RECORD_HEADER) {
        if (find_message(data, length, 0, HG_TLS_CLIENT_HELLO, HG_MOST_HELLO, &message) != MESSAGE_OTHER)
            return HG_BEGINS_CLIENT;
        if (find_message(data, length, 0, HG_TLS_SERVER_HELLO, HG_MOST_HELLO, &message) != MESSAGE_OTHER)
            return HG_BEGINS_SERVER;
    }
    return length >= 11 && find_ssl2(data, length, &ssl2) != MESSAGE_OTHER ? HG_BEGINS_CLIENT : HG_BEGINS_NOTHING;
}

/* Whether `read_first` may find more than bytes to look behind, judging by the first of them. */
static int wants(hg_place place, uint8_t first)
{
    return (first >= CIPHER_CHANGE && first <= HANDSHAKE) ||
           (place == HG_AT_CLIENT && (first >= SSL2_BIT || first == MYSQL_FIRST));
}

/* ---- looking ahead ---------------------------------------------------------------------------------- */

/* Looks for a hello in the first record of a segment, and writes its hg_tls_values. */
static uint32_t look(const void *state, void **memory, const hg_database *database, hg_span data, void *out)
{
    const tls_state *tls = state;
    hg_ja4_maker *maker = *memory;
    record_message message;
    const uint8_t type = data.length > RECORD_HEADER ? data.data[RECORD_HEADER] : 0;
    if (type != HG_TLS_CLIENT_HELLO && type != HG_TLS_SERVER_HELLO)
        return 0;
    const message_state found = find_message(data.data, data.length, 0, type, HG_MOST_HELLO, &message);
    if (found != MESSAGE_WHOLE || message.last != 0)
        return found == MESSAGE_MORE ? HG_LOOK_GOES_ON : 0;
    if (maker == NULL && (maker = *memory = calloc(1, sizeof *maker)) == NULL)
        return 0;
    maker->hash_key = tls->maker.hash_key;
    maker->room.blocks = tls->maker.room.blocks;
    const uint8_t *hello = data.data + RECORD_HEADER;
    const int is_hello = hg_tls_find(maker, database, hello, message.length, HG_TRANSPORT_TCP, out);
    return is_hello ? sizeof(hg_tls_values) : 0;
}

/* ---- events ----------------------------------------------------------------------------------------- */

/* Parses the message that was copied into the batch, unless its values are `known`. 0: it is not a hello, and was
 * removed from the batch. */
static int report(tls_state *tls, const hg_reader_output *to, hg_text_place place, int ssl2, const hg_tls_values *known)
{
    hg_tls_values found;
    if (known != NULL) {
        found = *known;
    } else if (!hg_tls_find(&tls->maker, to->database, to->batch->texts + place.offset, place.length,
                            ssl2 ? HG_TLS_SSL2 : HG_TRANSPORT_TCP, &found)) {
        to->batch->text_count = place.offset;
        to->stats->tls_unreadable++;
        return 0;
    }
    hg_tls_values_place(&found, place);
    if (to->batch->texts[place.offset] == HG_TLS_CLIENT_HELLO) {
        found.tls_syn = to->matches->syn;
        to->matches->hello = found.client;
    }
    memcpy(to->values, &found, sizeof found);
    return 1;
}

static const hg_reader_result DONE = {.done = 1};

/* Looks for a certificate chain at `data`, where one may begin; `left` bytes are available. */
static message_state find_chain(const tls_side *side, const uint8_t *data, uint32_t left, record_message *out)
{
    return find_message(data, left, side->skip, HG_TLS_CERTIFICATE, STREAM_BYTES - (uint32_t)side->record, out);
}

/* Prepares for the certificates that may follow a ServerHello up to TLS 1.2, in its last record or after it. */
static hg_reader_result await_chain(tls_side *side, const hg_bytes *bytes, const record_message *message)
{
    const uint32_t begin = message->fills_record ? message->end : message->last, record = bytes->offset + begin;
    hg_reader_result found = {.keep = record, .has_event = 1, .event = HG_EVENT_TLS_SERVER};
    record_message chain;
    found.done = record >= STREAM_BYTES;
    if (found.done)
        return found;
    *side = (tls_side){.record = (uint16_t)record,
                       .skip = (uint16_t)(message->fills_record ? 0 : message->used),
                       .stage = STAGE_CHAIN};
    found.again = find_chain(side, bytes->data + begin, bytes->length - begin, &chain) != MESSAGE_MORE;
    return found;
}

/* Reports the message that was found in records, and decides where to continue. */
static hg_reader_result report_records(tls_state *tls, tls_side *side, const hg_bytes *bytes,
                                       const record_message *message, int from_server, const hg_reader_output *to)
{
    hg_text_place place = hg_batch_reserve_text(to->batch, message->length);
    join_records(bytes->data, message, to->batch->texts + place.offset);
    const hg_tls_values *known = hg_look_of(to->look, &hg_tls_reader, bytes);
    if (!report(tls, to, place, 0, known))
        return DONE;
    side->stage = STAGE_FURTHER;
    hg_tls_values found;
    memcpy(&found, to->values, sizeof found);
    if (from_server && !found.hello_retry && found.tls_version >= HG_TLS_NUMBERS[HG_SSL_3] &&
        found.tls_version <= HG_TLS_NUMBERS[HG_TLS_1_2])
        return await_chain(side, bytes, message);
    /* Later bytes matter only if they may contain another hello. */
    int continues = message->fills_record && (!from_server || found.hello_retry);
    return (hg_reader_result){
        .keep = bytes->offset + message->end,
        .done = (uint8_t)!continues,
        .has_event = 1,
        .event = from_server ? HG_EVENT_TLS_SERVER : HG_EVENT_TLS_CLIENT,
    };
}

static hg_reader_result report_ssl2(tls_state *tls, const hg_span *message, const hg_reader_output *to)
{
    hg_text_place place = hg_batch_put_text(to->batch, message->data, message->length);
    if (!report(tls, to, place, 1, NULL))
        return DONE;
    return (hg_reader_result){.done = 1, .has_event = 1, .event = HG_EVENT_TLS_CLIENT};
}

/* ---- the bytes of a direction -------------------------------------------------------------------------- */

/* The first `length` bytes are not a hello. One may begin after them, with the next segment. */
static hg_reader_result look_later(const hg_bytes *bytes, uint32_t length)
{
    const uint32_t end = bytes->offset + length;
    return (hg_reader_result){.keep = end, .done = end >= YOUNG_BYTES};
}

/* Looks for the first hello of a direction. */
static hg_reader_result read_first(tls_state *tls, tls_side *side, const hg_bytes *given, int from_server,
                                   const hg_reader_output *to)
{
    record_message message;
    hg_span ssl2;
    uint32_t skipped;
    if (skip_records(given->data, given->length, &skipped))
        return look_later(given, skipped);
    const hg_bytes rest = {given->data + skipped, given->length - skipped, given->offset + skipped}, *bytes = &rest;
    uint8_t type = from_server ? HG_TLS_SERVER_HELLO : HG_TLS_CLIENT_HELLO;
    message_state found = find_message(bytes->data, bytes->length, 0, type, HG_MOST_HELLO, &message);
    if (found == MESSAGE_WHOLE)
        return report_records(tls, side, bytes, &message, from_server, to);
    if (found == MESSAGE_OTHER && !from_server && bytes->offset == 0) {
        found = find_ssl2(bytes->data, bytes->length, &ssl2);
        if (found == MESSAGE_WHOLE)
            return report_ssl2(tls, &ssl2, to);
    }
    switch (found) {
    case MESSAGE_MORE:
        return (hg_reader_result){.keep = bytes->offset};
    case MESSAGE_TOO_LONG:
        to->stats->tls_unreadable++;
        return DONE;
    case MESSAGE_OTHER:
    case MESSAGE_WHOLE:
        break;
    }
    return look_later(bytes, bytes->length);
}

/* 1 if a record holds exactly one hello, judging by its header and first bytes. An encrypted record may begin with any
 * bytes, so both must fit. */
static int holds_hello(const uint8_t *record, uint8_t type)
{
    const uint8_t *message = record + RECORD_HEADER;
    return message[0] == type && (hg_be32(message) & 0xFFFFFF) + HG_TLS_MESSAGE_HEADER == hg_be16(record + 3) &&
           message[4] == 3;
}

/* After a hello: reads another one, perhaps after a ChangeCipherSpec. */
static hg_reader_result read_further(tls_state *tls, tls_side *side, const hg_bytes *bytes, int from_server,
                                     const hg_reader_output *to)
{
    enum { CIPHER_CHANGE_BYTES = RECORD_HEADER + 1, LOOKED_AT = RECORD_HEADER + 5 };
    const uint8_t *data = bytes->data;
    uint32_t at = 0, left = bytes->length;
    if (data[0] == CIPHER_CHANGE) {
        if (left <= CIPHER_CHANGE_BYTES)
            return (hg_reader_result){.keep = bytes->offset};
        at = CIPHER_CHANGE_BYTES;
        left -= at;
    }
    if (data[at] != HANDSHAKE)
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

/* Reads the certificate chain if it comes next. Resumed sessions and some cipher suites have none. */
static hg_reader_result read_chain(tls_state *tls, const tls_side *side, const hg_bytes *bytes,
                                   const hg_reader_output *to)
{
    const uint32_t end = bytes->offset + bytes->length;
    record_message message;
    hg_certificates_values found;
    if (side->record < bytes->offset || side->record > end)
        return DONE;
    const uint8_t *data = bytes->data + (side->record - bytes->offset);
    const message_state state = find_chain(side, data, end - side->record, &message);
    if (state == MESSAGE_MORE)
        return (hg_reader_result){.keep = side->record};
    if (state == MESSAGE_OTHER)
        return DONE;
    if (state == MESSAGE_WHOLE) {
        const uint8_t *whole = data + RECORD_HEADER + side->skip;
        if (message.last != 0) {
            join_records(data, &message, tls->chain);
            whole = tls->chain;
        }
        const hg_span chain = hg_span_of(whole + HG_TLS_MESSAGE_HEADER, message.length - HG_TLS_MESSAGE_HEADER);
        if (hg_chain_read(&tls->chains, chain, to->batch, &found)) {
            memcpy(to->values, &found, sizeof found);
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

static void write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values)
{
    if (columns->event[row] == HG_EVENT_CERTIFICATE)
        hg_certificate_write(columns, at, row, values);
    else
        hg_tls_values_write(columns, at, row, values);
}

const hg_reader hg_tls_reader = {
    .protocol = HG_PROTOCOL_TLS,
    .proof = HG_PROOF_HANDSHAKE,
    .stream_bytes = STREAM_BYTES,
    .most_text = HG_MOST_HELLO,
    .flow_bytes = 2 * sizeof(tls_side),
    .state_bytes = sizeof(tls_state),
    .open = open,
    .begins = begins,
    .wants = wants,
    .seeks = YOUNG_BYTES,
    .follow = follow,
    .looks_at = "\x16", /* HANDSHAKE */
    .look = look,
    .write = write,
    .is_sound = is_sound,
};
