/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/quic_look.h"

#include <stdlib.h>

#include "tls/hello.h"

enum { LONGEST_DATAGRAM = 65535 };
_Static_assert(HG_MOST_MESSAGE_BYTES + HG_RUNS_LIMIT * sizeof(hg_run) <= LONGEST_DATAGRAM, "plain has room for a peek");

/* ---- life ------------------------------------------------------------------------------ */

hg_status hg_quic_worker_init(hg_quic_worker *worker, const hg_crypto *crypto, hg_error *error)
{
    *worker = (hg_quic_worker){0};
    worker->pieces = malloc(hg_pieces_bytes(HG_MOST_MESSAGE_BYTES));
    worker->plain = malloc(LONGEST_DATAGRAM);
    if (worker->pieces == NULL || worker->plain == NULL) {
        hg_quic_worker_clear(worker);
        return hg_fail(error, HG_E_MEMORY, "no memory to open QUIC packets");
    }
    worker->pieces->capacity = HG_MOST_MESSAGE_BYTES;
    hg_status status = hg_quic_cipher_init(&worker->cipher, crypto, error);
    if (status != HG_OK)
        hg_quic_worker_clear(worker);
    return status;
}

void hg_quic_worker_clear(hg_quic_worker *worker)
{
    hg_quic_cipher_clear(&worker->cipher);
    free(worker->pieces);
    free(worker->plain);
    *worker = (hg_quic_worker){0};
}

/* ---- opening ---------------------------------------------------------------------------- */

/* Gathers the CRYPTO frames of a packet. Bytes beyond the limit are dropped: no complete message needs them. */
static void gather_frames(hg_quic_worker *worker, const hg_quic_version *version, uint32_t length, uint8_t *has_gaps)
{
    hg_quic_frames frames = {.from = {worker->plain, worker->plain + length}, .google = version->google};
    hg_quic_crypto found;
    while (hg_quic_next_crypto(&frames, &found)) {
        if (found.offset >= HG_MOST_MESSAGE_BYTES)
            continue;
        uint32_t offset = (uint32_t)found.offset, room = HG_MOST_MESSAGE_BYTES - offset;
        uint32_t taken = found.bytes.length < room ? found.bytes.length : room;
        if (!hg_pieces_add(worker->pieces, offset, found.bytes.data, taken))
            *has_gaps = 1;
    }
}

int64_t hg_message_bytes(const uint8_t *bytes, uint32_t length, uint8_t type)
{
    if (length > 0 && bytes[0] != type)
        return -1;
    if (length < HG_TLS_MESSAGE_HEADER)
        return 0;
    uint32_t whole = ((uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]) + HG_TLS_MESSAGE_HEADER;
    if (whole > HG_MOST_MESSAGE_BYTES)
        return -1;
    return length >= whole ? whole : 0;
}

/* Writes the runs of the pieces, then the bytes of all runs. */
static void put_out(const hg_pieces *pieces, uint8_t *out, hg_quic_peek *peek)
{
    uint8_t *at = out + pieces->count * sizeof(hg_run);
    memcpy(out, pieces->runs, pieces->count * sizeof(hg_run));
    for (uint32_t i = 0; i < pieces->count; i++) {
        uint32_t length = pieces->runs[i].end - pieces->runs[i].first;
        memcpy(at, pieces->bytes + pieces->runs[i].first, length);
        at += length;
    }
    peek->out = out;
    peek->run_count = (uint16_t)pieces->count;
    peek->used = (uint32_t)(at - out);
    const int64_t whole = hg_message_bytes(pieces->bytes, hg_pieces_from(pieces, 0), HG_TLS_CLIENT_HELLO);
    if (whole > 0) {
        peek->hello = out + pieces->count * sizeof(hg_run);
        peek->hello_length = (uint32_t)whole;
    }
}

int hg_quic_gather(hg_quic_worker *worker, const hg_quic_keys *keys, const hg_quic_packet *initial, const uint8_t *end,
                   uint8_t *out, hg_quic_peek *peek)
{
    hg_quic_packet packet = *initial;
    worker->pieces->count = 0;
    for (int i = 0; i < HG_QUIC_MOST_COALESCED && peek->packets < HG_QUIC_MOST_OPENED; i++) {
        if (packet.type == HG_QUIC_INITIAL && packet.number == initial->number &&
            hg_span_equal(packet.to, initial->to)) {
            int64_t length = hg_quic_open(&worker->cipher, keys, &packet, &peek->next, worker->plain);
            if (length < 0)
                break;
            gather_frames(worker, packet.version, (uint32_t)length, &peek->has_gaps);
            peek->packets++;
        }
        const uint8_t *after = packet.data + packet.length;
        if (!hg_quic_packet_read(after, (uint32_t)(end - after), &packet))
            break;
    }
    if (peek->packets > 0)
        put_out(worker->pieces, out, peek);
    return peek->packets > 0;
}

int hg_quic_find_initial(const uint8_t *data, uint32_t length, hg_quic_packet *initial)
{
    const uint8_t *at = data, *end = data + length;
    for (int i = 0; i < HG_QUIC_MOST_COALESCED; i++, at += initial->length) {
        if (!hg_quic_packet_read(at, (uint32_t)(end - at), initial))
            return 0;
        if (initial->type == HG_QUIC_INITIAL)
            return 1;
    }
    return 0;
}

/* ---- a look ----------------------------------------------------------------------------- */

static void look_at_initial(hg_quic_worker *worker, const hg_quic_packet *initial, const uint8_t *end, uint8_t *out,
                            hg_quic_peek *peek)
{
    hg_quic_keys keys;
    peek->version = initial->number;
    peek->kind = HG_QUIC_CLOSED;
    if (worker == NULL || !hg_quic_may_be_first(initial))
        return;
    if (worker->cipher.crypto == NULL) { /* no cipher is available */
        peek->kind = initial->version->without_tls ? HG_QUIC_GOOGLES : HG_QUIC_LOCKED;
        return;
    }
    hg_quic_keys_make(&worker->cipher, initial->version, initial->to, 0, &keys);
    if (!hg_quic_gather(worker, &keys, initial, end, out, peek))
        return;
    peek->kind = HG_QUIC_OPENED;
    if (initial->version->without_tls)
        *peek = (hg_quic_peek){.version = initial->number, .kind = HG_QUIC_GOOGLES};
}

/* Classifies a datagram without an Initial. */
static void look_at_others(const uint8_t *data, uint32_t length, hg_quic_peek *peek)
{
    hg_quic_packet packet;
    peek->version = hg_quic_google_version(data, length);
    if (peek->version != 0)
        peek->kind = HG_QUIC_GOOGLES;
    else if (hg_quic_packet_read(data, length, &packet)) {
        peek->version = packet.number;
        if (packet.type == HG_QUIC_RETRY)
            peek->kind = HG_QUIC_RETRIED;
        else if (packet.type == HG_QUIC_NEGOTIATION)
            peek->kind = HG_QUIC_OTHER;
        else if (packet.type == HG_QUIC_UNKNOWN && length >= HG_QUIC_LEAST_FIRST &&
                 packet.to.length >= HG_QUIC_SHORTEST_FIRST_ID)
            peek->kind = HG_QUIC_OTHER;
    }
}

void hg_quic_look(hg_quic_worker *worker, const uint8_t *data, uint32_t length, uint8_t *out, hg_quic_peek *peek)
{
    hg_quic_packet initial;
    *peek = (hg_quic_peek){.kind = HG_QUIC_NOT};
    if (length == 0 || length > LONGEST_DATAGRAM)
        return;
    if (hg_quic_find_initial(data, length, &initial))
        look_at_initial(worker, &initial, data + length, out, peek);
    else
        look_at_others(data, length, peek);
}
