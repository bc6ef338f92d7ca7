/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hellos.c - datagrams to hellos, as the engine asks for them, from lines of standard input.
 *
 *     hellos MOST_BYTES [locked]
 *
 *     take FLOW SIDE BYTES   prints a line for a message: number of the datagram and of the first of its
 *                            connection, quic or dtls, type, version, bytes (hexadecimal)
 *     params BYTES           transport parameters: count, malformed, no migration, grease, places and values, then
 *                            user agent, id and versions (hexadecimal, - absent, . empty)
 *     forget FLOW
 *     again                  saves all that is remembered, and goes on from what was saved
 *
 * Ends with a line of counts. `locked`: there is nothing to open packets with.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/libcrypto.h"
#include "tls/datagram.h"

enum { FLOWS = 1 << 16, LONGEST = 65535, ROOM = LONGEST + 1024 };

#define CHECK(condition)                                                                                    \
    do {                                                                                                    \
        if (!(condition)) {                                                                                 \
            fprintf(stderr, "%d: not so: %s\n", __LINE__, #condition);                                      \
            exit(2);                                                                                        \
        }                                                                                                   \
    } while (0)

static hg_quic_worker looker, follower;
static hg_connections connections;
static hg_stats counts;
static uint64_t most_bytes, datagrams;
static uint8_t is_open[FLOWS];

static unsigned digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static void print(const hg_message_event *event, const char *transport)
{
    printf("%llu %llu %s %u %08x ", (unsigned long long)datagrams, (unsigned long long)event->connection, transport,
           event->type, event->version);
    for (uint32_t i = 0; i < event->length; i++)
        printf("%02x", event->message[i]);
    printf("\n");
}

static void take(hg_datagram_in *d)
{
    static uint8_t out[ROOM];
    hg_quic_peek sight;
    hg_dtls_peek hellos = {0};
    hg_message_event event;
    uint8_t *exact = malloc(hg_quic_room(d->length) + 1); /* so that the sanitizer sees what is beyond */
    hg_quic_look(&looker, d->data, d->length, exact, &sight);
    if (sight.kind == HG_QUIC_NOT)
        hg_dtls_look(d->data, d->length, &hellos);
    CHECK(sight.used <= hg_quic_room(d->length) && (sight.hello == NULL || sight.kind == HG_QUIC_OPENED));
    memcpy(out, exact, sight.used);
    is_open[d->flow] |= sight.kind == HG_QUIC_OPENED || sight.kind == HG_QUIC_LOCKED || hellos.is_hello;
    d->flow = is_open[d->flow] ? d->flow : 0;
    event = hellos.is_handshake ? hg_dtls_follow(&connections, d) : hg_quic_follow(&connections, &follower, d, &sight);
    if (event.type != 0)
        print(&event, hellos.is_handshake ? "dtls" : "quic");
    CHECK(connections.bytes <= most_bytes);
    free(exact);
}

static void again(void)
{
    hg_error error;
    hg_saved to = {0};
    hg_connections_transfer(&connections, FLOWS, &to); /* counts */
    const size_t length = to.length;
    to = (hg_saved){.out = malloc(length)};
    hg_connections_transfer(&connections, FLOWS, &to);
    uint64_t before = connections.bytes;
    hg_connections_clear(&connections);
    CHECK(hg_connections_init(&connections, FLOWS, most_bytes, &counts, &error) == HG_OK);
    hg_saved from;
    for (size_t cut = 0; cut < length; cut += length / 16 + 1) {
        from = (hg_saved){.in = to.out, .length = cut, .is_loading = 1, .error = &error};
        hg_connections_transfer(&connections, FLOWS, &from);
        CHECK(from.status == HG_E_ARGUMENT);
    }
    from = (hg_saved){.in = to.out, .length = length, .is_loading = 1, .error = &error};
    hg_connections_transfer(&connections, FLOWS, &from);
    CHECK(from.status == HG_OK && from.length == 0);
    CHECK(connections.bytes == before);
    free(to.out);
}

static void print_text(hg_span text)
{
    printf(text.data == NULL ? " -" : text.length == 0 ? " ." : " ");
    for (uint32_t i = 0; i < text.length; i++)
        printf("%02x", text.data[i]);
}

static void read_params(const uint8_t *body, uint32_t length)
{
    print_text(hg_quic_user_agent(body, length));
    printf("\n");
}

/* Bytes of memory of their own, from the second on, so that the sanitizer sees what is beyond. */
static uint8_t *from_hex(const char *text, uint32_t *length)
{
    *length = (uint32_t)strspn(text, "0123456789abcdef") / 2;
    uint8_t *data = malloc(*length + 1);
    for (uint32_t i = 0; i < *length; i++)
        data[1 + i] = (uint8_t)(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
    return data;
}

static void do_line(const char *line)
{
    unsigned flow = 0, side = 0;
    int at = 0;
    uint32_t length;
    if (strncmp(line, "again", 5) == 0) {
        again();
    } else if (strncmp(line, "params ", 7) == 0) {
        uint8_t *body = from_hex(line + 7, &length);
        read_params(body + 1, length);
        free(body);
    } else if (sscanf(line, "forget %u", &flow) == 1) {
        hg_connections_forget(&connections, flow % FLOWS);
        is_open[flow % FLOWS] = 0;
    } else if (sscanf(line, "take %u %u %n", &flow, &side, &at) == 2) {
        uint8_t *data = from_hex(line + at, &length);
        hg_datagram_in d = {.data = data + 1, .length = length, .flow = flow % FLOWS, .side = side != 0,
                         .number = ++datagrams};
        take(&d);
        free(data);
    }
}

int main(int count, char **arguments)
{
    static char line[2 * LONGEST + 64];
    static hg_crypto crypto;
    hg_error error;
    CHECK(count >= 2);
    most_bytes = strtoull(arguments[1], NULL, 10);
    if (count == 2 && !libcrypto_load(&crypto))
        return 77;
    CHECK(hg_quic_worker_init(&looker, &crypto, &error) == HG_OK);
    CHECK(hg_quic_worker_init(&follower, &crypto, &error) == HG_OK);
    CHECK(hg_connections_init(&connections, FLOWS, most_bytes, &counts, &error) == HG_OK);
    while (fgets(line, sizeof line, stdin) != NULL)
        do_line(line);
#define COUNT(name) printf(#name "=%llu ", (unsigned long long)counts.name);
    COUNT(quic_not_decrypted) COUNT(quic_undecryptable) COUNT(quic_google) COUNT(quic_other_version)
    COUNT(streams_with_gap) COUNT(tls_unreadable)
    COUNT(streams_evicted) COUNT(tls_later_hellos)
    printf("\n");
    hg_connections_clear(&connections);
    hg_quic_worker_clear(&looker);
    hg_quic_worker_clear(&follower);
    return 0;
}
