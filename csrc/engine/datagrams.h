/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagrams.h - UDP: from the datagrams of a block to what is in them. Those that a reader of datagrams takes go to
 * it in order (datagram_readers.h); hellos of QUIC and DTLS are looked at before.
 *
 *     hg_sights_look     what each shows by itself; a block at a time, any number of them at once
 *     hg_datagrams_follow     in order, one thread at a time
 *
 * Flows over UDP have a table of their own, as large as that of TCP, so that none of them pushes out a
 * TCP conversation. A flow begins with what may begin a connection. One without a whole hello is the first
 * to make room, and is over after 10 s.
 */
#ifndef HG_DATAGRAMS_H
#define HG_DATAGRAMS_H

#include "engine/datagram_readers.h"
#include "engine/readers.h"
#include "tls/udp.h"

/* What the datagrams of a block show, in their order. */
typedef struct hg_sights {
    hg_hello_sight *list;
    uint8_t *bytes; /* of them all */
    size_t byte_capacity;
    uint32_t capacity;
} hg_sights;

void hg_sights_clear(hg_sights *sights);

/* HG_DROP_NONE when a datagram that was parsed is worth a look, HG_DROP_TRUNCATED when it may be and was
 * not captured as a whole. Sets its reader. */
hg_drop hg_datagram_judge(uint32_t protocols, hg_packet *packet, const hg_frame *frame);

/* Looks at those datagrams among the packets that no reader takes, whose frames are `frames`. `*worker` is the looker's own; it is
 * made when it is first needed. Without memory there is no sight of them (packet->sight 0, else from 1). */
void hg_sights_look(hg_sights *sights, hg_hello_worker **worker, const hg_config *config,
                    const hg_database *database, hg_packet *packets, uint32_t count, const hg_frame *frames);

/* Bytes of hg_config.max_stream_bytes that are for hellos in datagrams; the rest is for TCP. */
static inline uint64_t hg_bytes_of_datagrams(const hg_config *config)
{
    uint64_t quarter = config->max_stream_bytes / 4;
    return quarter > HG_LEAST_CONNECTION_BYTES ? quarter : HG_LEAST_CONNECTION_BYTES;
}

typedef struct hg_datagrams {
    hg_flows flows;
    hg_connections connections;
    hg_hello_worker *worker; /* of the ordered stage; NULL until it is needed */
    hg_config config;
    hg_stats *stats;
    uint8_t is_on;
    uint8_t reads_hellos;
} hg_datagrams;

/* Nothing where `interest` has no datagrams. `config` is copied, `stats` borrowed. All zero is valid for
 * the rest. */
hg_status hg_datagrams_init(hg_datagrams *datagrams, const hg_config *config, const hg_interest *interest,
                            hg_stats *stats, hg_error *error);
void hg_datagrams_clear(hg_datagrams *datagrams);
void hg_datagrams_reset(hg_datagrams *datagrams);
void hg_datagrams_count_into(hg_datagrams *datagrams, hg_stats *stats);

/* What is remembered as bytes; contracts of hg_flows_save and hg_flows_load. */
size_t hg_datagrams_state_bytes(const hg_datagrams *datagrams);
void hg_datagrams_save(const hg_datagrams *datagrams, uint8_t *out);
hg_status hg_datagrams_load(hg_datagrams *datagrams, const uint8_t *bytes, size_t length, size_t *used,
                            hg_error *error);

/* The next datagram, packet number `number`. 1 when it ended a hello or announced something: the event is in `*found`,
 * but for its packet. */
int hg_datagrams_follow(hg_datagrams *datagrams, const hg_database *database, const hg_sights *sights,
                        const hg_packet *packet, const hg_frame *frame, uint64_t number, hg_batch *batch,
                        hg_reader_event *found);

#endif
