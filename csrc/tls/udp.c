/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/udp.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/error.h"

hg_status hg_hello_worker_new(const hg_config *config, hg_hello_worker **out, hg_error *error)
{
    hg_hello_worker *worker = calloc(1, sizeof *worker);
    *out = NULL;
    if (worker == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory to look at datagrams");
    worker->maker.hash_key = config->hash_key;
    worker->maker.room.blocks = hg_sha256_fastest();
    const hg_crypto *crypto = config->find_crypto != NULL ? config->find_crypto() : NULL;
    hg_status status = hg_quic_worker_init(&worker->quic, crypto, error);
    if (status != HG_OK) {
        free(worker);
        return status;
    }
    *out = worker;
    return HG_OK;
}

void hg_hello_worker_free(hg_hello_worker *worker)
{
    if (worker != NULL)
        hg_quic_worker_clear(&worker->quic);
    free(worker);
}

int hg_hello_may_be(const uint8_t *data, uint32_t length)
{
    hg_dtls_sight sight;
    if (hg_quic_is(data, length))
        return 1;
    hg_dtls_look(data, length, &sight);
    return sight.is_handshake;
}

int hg_hello_may_begin(const uint8_t *data, uint32_t length)
{
    enum { LONG_HEADER = 0xC0, VERSION_END = 5, HANDSHAKE = 22, DTLS_MAJOR = 0xFE };
    if (length < VERSION_END)
        return 0;
    if ((data[0] & LONG_HEADER) == LONG_HEADER)
        return hg_quic_version_of(hg_be32(data + 1)) != NULL;
    return data[0] == HANDSHAKE && data[1] == DTLS_MAJOR;
}

/* ---- a look ----------------------------------------------------------------------------- */

/* DTLS: the body with the header that TLS gives it. */
static void put_message(uint8_t *out, uint8_t type, const uint8_t *body, uint32_t length)
{
    out[0] = type;
    out[1] = (uint8_t)(length >> 16);
    out[2] = (uint8_t)(length >> 8);
    out[3] = (uint8_t)length;
    memcpy(out + HG_TLS_MESSAGE_HEADER, body, length);
}

uint32_t hg_hello_look(hg_hello_worker *worker, const hg_database *database, const uint8_t *data, uint32_t length,
                       uint8_t *out, hg_hello_sight *sight)
{
    *sight = (hg_hello_sight){0};
    hg_quic_look(&worker->quic, data, length, out, &sight->quic);
    if (sight->quic.hello != NULL)
        sight->is_found = (uint8_t)hg_tls_find(&worker->maker, database, sight->quic.hello,
                                               sight->quic.hello_length, HG_TRANSPORT_QUIC, &sight->finding);
    if (sight->quic.kind != HG_QUIC_NOT)
        return sight->quic.used;
    hg_dtls_look(data, length, &sight->dtls);
    if (sight->dtls.hello == NULL)
        return 0;
    put_message(out, HG_TLS_CLIENT_HELLO, sight->dtls.hello, sight->dtls.hello_length);
    sight->is_found = (uint8_t)hg_tls_find(&worker->maker, database, out,
                                           sight->dtls.hello_length + HG_TLS_MESSAGE_HEADER, HG_TRANSPORT_DTLS,
                                           &sight->finding);
    return 0; /* what was found refers to places, not to these bytes */
}

int hg_hello_begins(const hg_hello_sight *sight, int *from_server)
{
    *from_server = sight->dtls.is_handshake && !sight->dtls.begins;
    return sight->quic.kind == HG_QUIC_OPENED || sight->quic.kind == HG_QUIC_LOCKED || sight->dtls.is_handshake;
}

/* ---- following -------------------------------------------------------------------------- */

/* The message in the texts of the batch, with a header. */
static hg_text_place put_text(hg_batch *batch, const hg_message_event *event, uint8_t transport)
{
    if (transport == HG_TRANSPORT_QUIC)
        return hg_batch_put_text(batch, event->message, event->length);
    hg_text_place place = hg_batch_reserve_text(batch, event->length + HG_TLS_MESSAGE_HEADER);
    put_message(batch->texts + place.offset, event->type, event->message, event->length);
    return place;
}

/* 1 when the message is the one that was read in the look. */
static int was_found(const hg_hello_sight *sight, const hg_message_event *event)
{
    return sight->is_found && (event->message == sight->quic.hello || event->message == sight->dtls.hello);
}

uint8_t hg_hello_follow(hg_connections *connections, hg_hello_worker *worker, const hg_datagram *datagram,
                        const hg_hello_sight *sight, const hg_reader_output *to, uint64_t *connection)
{
    const int is_dtls = sight->dtls.is_handshake;
    const uint8_t transport = is_dtls ? HG_TRANSPORT_DTLS : HG_TRANSPORT_QUIC;
    hg_message_event event = is_dtls ? hg_dtls_follow(connections, datagram)
                                     : hg_quic_follow(connections, &worker->quic, datagram, &sight->quic);
    if (event.type == 0)
        return 0;
    hg_text_place place = put_text(to->batch, &event, transport);
    hg_tls_finding found = sight->finding;
    if (!was_found(sight, &event) && !hg_tls_find(&worker->maker, to->database, to->batch->texts + place.offset,
                                                  place.length, transport, &found)) {
        to->batch->text_count = place.offset;
        to->stats->tls_unreadable++;
        return 0;
    }
    hg_tls_finding_place(&found, place);
    found.quic_version = is_dtls ? 0 : event.version;
    memcpy(to->finding, &found, sizeof found);
    *connection = event.connection;
    return event.type;
}
