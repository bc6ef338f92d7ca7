/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * udp.c - the datagram reader of QUIC (long headers) and DTLS handshakes, on any port.
 */
#include "tls/datagram.h"
#include "tls/values.h"
#include "tls/reader.h"

/* Memory to examine datagrams in a worker, or to follow them in the ordered stage. */
struct hg_hello_worker {
    hg_quic_worker quic;
    hg_ja4_maker maker;
};

/* The result for one datagram. The bytes that hg_quic_look wrote follow it. */
typedef struct hello_peek {
    hg_quic_peek quic;
    hg_dtls_peek dtls;
    hg_tls_values values; /* of a complete ClientHello */
    uint8_t is_found;       /* 1: `values` is set */
} hello_peek;

/* ---- recognising datagrams -------------------------------------------------------------------- */

/* Whether a datagram may contain a hello. Uses no cipher, so that the answer does not depend on having one. */
static int is_hello(const uint8_t *data, uint32_t length)
{
    hg_quic_peek quic;
    hg_dtls_peek dtls;
    hg_quic_look(NULL, data, length, NULL, &quic);
    hg_dtls_look(data, length, &dtls);
    return quic.kind != HG_QUIC_NOT || dtls.is_handshake;
}

/* Whether a datagram may be a hello, if only its beginning was captured. */
static int may_begin(const uint8_t *data, uint32_t length)
{
    enum { LONG_HEADER = 0xC0, VERSION_END = 5, HANDSHAKE = 22, DTLS_MAJOR = 0xFE };
    if (length < VERSION_END)
        return 0;
    if ((data[0] & LONG_HEADER) == LONG_HEADER)
        return hg_quic_version_of(hg_be32(data + 1)) != NULL;
    return data[0] == HANDSHAKE && data[1] == DTLS_MAJOR;
}

static int begins(const uint8_t *data, uint32_t length, uint32_t whole)
{
    return length < whole ? may_begin(data, length) : is_hello(data, length);
}

/* ---- examining one datagram ------------------------------------------------------------------- */

hg_hello_worker *hg_hello_worker_new(const hg_config *config)
{
    hg_hello_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->maker.hash_key = config->hash_key;
    worker->maker.room.blocks = hg_sha256_fastest();
    const hg_crypto *crypto = config->find_crypto != NULL ? config->find_crypto() : NULL;
    if (hg_quic_worker_init(&worker->quic, crypto, NULL) == HG_OK)
        return worker;
    free(worker);
    return NULL;
}

void hg_hello_worker_free(hg_hello_worker *worker)
{
    if (worker != NULL)
        hg_quic_worker_clear(&worker->quic);
    free(worker);
}

uint32_t hg_hello_room(uint32_t length)
{
    return (uint32_t)sizeof(hello_peek) +
           hg_quic_room(length < HG_MOST_MESSAGE_BYTES ? length : HG_MOST_MESSAGE_BYTES) + HG_TLS_MESSAGE_HEADER;
}

/* Writes a TLS message header and the body of a DTLS message. */
static void put_message(uint8_t *out, uint8_t type, const uint8_t *body, uint32_t length)
{
    hg_put_be32(out, (uint32_t)type << 24 | length);
    memcpy(out + HG_TLS_MESSAGE_HEADER, body, length);
}

uint32_t hg_hello_look(hg_hello_worker *worker, const hg_database *database, const uint8_t *data, uint32_t length,
                       uint8_t *out)
{
    hello_peek *peek = (hello_peek *)(void *)out;
    *peek = (hello_peek){0};
    out += sizeof *peek;
    hg_quic_look(&worker->quic, data, length, out, &peek->quic);
    if (peek->quic.hello != NULL)
        peek->is_found = (uint8_t)hg_tls_find(&worker->maker, database, peek->quic.hello, peek->quic.hello_length,
                                              HG_TRANSPORT_QUIC, &peek->values);
    if (peek->quic.kind != HG_QUIC_NOT)
        return (uint32_t)sizeof *peek + peek->quic.used;
    hg_dtls_look(data, length, &peek->dtls);
    if (peek->dtls.hello != NULL) {
        put_message(out, HG_TLS_CLIENT_HELLO, peek->dtls.hello, peek->dtls.hello_length);
        peek->is_found =
            (uint8_t)hg_tls_find(&worker->maker, database, out, peek->dtls.hello_length + HG_TLS_MESSAGE_HEADER,
                                 peek->dtls.transport, &peek->values);
    }
    return (uint32_t)sizeof *peek; /* the values hold offsets, not addresses, so these bytes may move */
}

/* ---- following -------------------------------------------------------------------------------- */

int hg_hello_begins(const hg_datagram_in *datagram, int *from_server)
{
    const hello_peek *peek = datagram->peek;
    *from_server = peek->dtls.is_handshake && !peek->dtls.begins;
    return peek->quic.kind == HG_QUIC_OPENED || peek->quic.kind == HG_QUIC_LOCKED || peek->dtls.is_hello;
}

/* Copies the message with a TLS header into the texts of the batch. */
static hg_text_place put_text(hg_batch *batch, const hg_message_event *event, uint8_t transport)
{
    if (transport == HG_TRANSPORT_QUIC)
        return hg_batch_put_text(batch, event->message, event->length);
    hg_text_place place = hg_batch_reserve_text(batch, event->length + HG_TLS_MESSAGE_HEADER);
    put_message(batch->texts + place.offset, event->type, event->message, event->length);
    return place;
}

/* Copies the complete message into the batch, and parses it unless the peek has its values; 0: it is unreadable. */
static int report(hg_hello_worker *worker, const hello_peek *peek, const hg_message_event *event,
                  const hg_reader_output *to)
{
    const uint8_t transport = peek->dtls.is_handshake ? peek->dtls.transport : HG_TRANSPORT_QUIC;
    hg_text_place place = put_text(to->batch, event, transport);
    hg_tls_values found = peek->values;
    if (!(peek->is_found && (event->message == peek->quic.hello || event->message == peek->dtls.hello)) &&
        !hg_tls_find(&worker->maker, to->database, to->batch->texts + place.offset, place.length, transport, &found)) {
        to->batch->text_count = place.offset;
        to->stats->tls_unreadable++;
        return 0;
    }
    hg_tls_values_place(&found, place);
    found.quic_version = transport == HG_TRANSPORT_QUIC ? event->version : 0;
    memcpy(to->values, &found, sizeof found);
    *to->first_packet = event->connection;
    return 1;
}

static hg_datagram_event read(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    hg_hello_memory *memory = in->state;
    const hello_peek *peek = in->peek;
    if (memory->worker == NULL)
        memory->worker = hg_hello_worker_new(config);
    if (memory->worker == NULL) {
        to->stats->streams_evicted++;
        return HG_DATAGRAM_NOTHING;
    }
    memory->connections.counts = to->stats;
    const hg_message_event event = peek->dtls.is_handshake
                                       ? hg_dtls_follow(&memory->connections, in)
                                       : hg_quic_follow(&memory->connections, &memory->worker->quic, in, &peek->quic);
    if (event.type == 0 || !report(memory->worker, peek, &event, to))
        return HG_DATAGRAM_NOTHING;
    return event.type == HG_TLS_SERVER_HELLO ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT;
}

const hg_datagram_reader hg_tls_datagram_reader = {
    .protocol = HG_PROTOCOL_TLS,
    .proof = HG_PROOF_NONE,
    .events = {HG_EVENT_TLS_CLIENT, HG_EVENT_TLS_SERVER},
    .any_port = 1,
    .begins = begins,
    .read = read,
    .most_text = HG_MOST_MESSAGE_BYTES + HG_TLS_MESSAGE_HEADER,
    .write = hg_tls_values_write,
};
