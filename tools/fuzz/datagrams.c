/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagrams.c - QUIC and DTLS up to the hello, with ciphers that change nothing, so that the fuzzer writes packet
 * contents directly.
 *
 * Input: steps, each with an action (flow and side, or forget), a length (2), and the bytes of a datagram. Two readers
 * execute all steps; one continues, the other saves and loads its state after each step. Their results must be equal.
 */
#include "ciphers.h"
#include "fuzz.h"

#include "base/bytes.h"
#include "tls/datagram.h"

enum { FLOWS = 4, LONGEST = 2000, FORGET = 0x40 };

typedef struct subject {
    hg_connections connections;
    hg_stats counts;
} subject;

static void make(subject *s)
{
    memset(s, 0, sizeof *s);
    FUZZ_CHECK(hg_connections_init(&s->connections, FLOWS, HG_LEAST_CONNECTION_BYTES, &s->counts, NULL) == HG_OK);
}

/* Saves the connections into memory of exactly the required size. */
static hg_saved saved(subject *s)
{
    hg_saved to = {0};
    hg_connections_transfer(&s->connections, FLOWS, &to); /* computes the length */
    to = (hg_saved){.out = malloc(to.length)};
    hg_connections_transfer(&s->connections, FLOWS, &to);
    return to;
}

static void save_and_load(subject *s)
{
    const hg_saved first = saved(s);
    hg_saved from = {.in = first.out, .length = first.length, .is_loading = 1};
    hg_connections_transfer(&s->connections, FLOWS, &from);
    FUZZ_CHECK(from.status == HG_OK && from.length == 0);
    const hg_saved again = saved(s);
    FUZZ_CHECK(again.length == first.length && memcmp(first.out, again.out, first.length) == 0);
    free(first.out);
    free(again.out);
}

static void check_event(const hg_message_event *event, int is_dtls)
{
    if (event->type == 0)
        return;
    FUZZ_CHECK(event->type == HG_TLS_CLIENT_HELLO || event->type == HG_TLS_SERVER_HELLO);
    FUZZ_CHECK(event->length > 0 && event->length <= HG_MOST_MESSAGE_BYTES && event->connection > 0);
    const uint8_t *m = event->message;
    if (!is_dtls)
        FUZZ_CHECK(m[0] == event->type && (hg_be32(m) & 0xFFFFFF) + 4 == event->length);
}

static hg_message_event follow(subject *s, hg_quic_worker *worker, const hg_datagram_in *d, const hg_quic_peek *peek,
                               const hg_dtls_peek *hellos)
{
    hg_message_event event = hellos->is_handshake ? hg_dtls_follow(&s->connections, d)
                                                  : hg_quic_follow(&s->connections, worker, d, peek);
    check_event(&event, hellos->is_handshake);
    FUZZ_CHECK(s->connections.bytes <= HG_LEAST_CONNECTION_BYTES);
    return event;
}

static void read_params(const uint8_t *data, uint32_t length)
{
    const hg_span agent = hg_quic_user_agent(data, length);
    FUZZ_CHECK(agent.data == NULL || (agent.data >= data && agent.data + agent.length <= data + length));
}

static void take(subject *plain, subject *saving, hg_quic_worker *worker, hg_datagram_in *d)
{
    uint8_t *out = malloc(hg_quic_room(d->length) + 1);
    hg_quic_peek peek;
    hg_dtls_peek hellos;
    hg_quic_look(worker, d->data, d->length, out, &peek);
    hg_dtls_look(d->data, d->length, &hellos);
    FUZZ_CHECK(peek.used <= hg_quic_room(d->length));
    FUZZ_CHECK(peek.hello == NULL || peek.hello + peek.hello_length <= out + peek.used);
    FUZZ_CHECK(hellos.hello == NULL || hellos.hello + hellos.hello_length <= d->data + d->length);
    FUZZ_CHECK(peek.kind == HG_QUIC_NOT || !hellos.is_handshake);
    hg_message_event one = follow(plain, worker, d, &peek, &hellos);
    hg_message_event other = follow(saving, worker, d, &peek, &hellos);
    FUZZ_CHECK(one.type == other.type && one.length == other.length && one.connection == other.connection);
    FUZZ_CHECK(one.type == 0 || memcmp(one.message, other.message, one.length) == 0);
    FUZZ_CHECK(memcmp(&plain->counts, &saving->counts, sizeof plain->counts) == 0);
    read_params(d->data, d->length);
    free(out);
}

/* Loads arbitrary bytes: they are refused, or give a valid state. */
static void load_anything(const uint8_t *data, size_t size)
{
    subject s;
    hg_saved from = {.in = data, .length = size, .is_loading = 1};
    make(&s);
    hg_connections_transfer(&s.connections, FLOWS, &from);
    if (from.status == HG_OK)
        save_and_load(&s);
    hg_connections_clear(&s.connections);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    subject plain, saving;
    hg_quic_worker worker;
    FUZZ_CHECK(hg_quic_worker_init(&worker, &fuzz_crypto, NULL) == HG_OK);
    make(&plain);
    make(&saving);
    for (uint64_t number = 1; input.left > 0; number++) {
        uint8_t head[3];
        fuzz_take(&input, head, sizeof head);
        const fuzz_input part = fuzz_part(&input, hg_le16(head + 1) % (LONGEST + 1u));
        uint8_t *bytes = fuzz_copy(part.at, part.left);
        hg_datagram_in d = {.data = bytes, .length = (uint32_t)part.left, .flow = head[0] % FLOWS, .side = head[0] >> 7,
                         .number = number};
        if ((head[0] & FORGET) != 0 && d.flow != 0) {
            hg_connections_forget(&plain.connections, d.flow);
            hg_connections_forget(&saving.connections, d.flow);
        }
        take(&plain, &saving, &worker, &d);
        save_and_load(&saving);
        free(bytes);
    }
    load_anything(data, size);
    hg_connections_clear(&plain.connections);
    hg_connections_clear(&saving.connections);
    hg_quic_worker_clear(&worker);
    return 0;
}
