/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * handshakes.h - which handshakes were completed, and how many systems share an address.
 *
 * A SYN can be forged, and its row comes before the answer is captured. A handshake therefore stays open until the
 * connection is completed: by an acknowledgement or, if that was not captured, by data of scope `handshake` from the
 * sender. The first completed handshake makes a host proven: from then on, only completed handshakes decide the system,
 * the number of systems, changes, clock, link and ports in its record. All others are weaker evidence; they may confirm
 * the clock.
 */
#pragma once

#include "handshakes/systems.h"
#include "hosts/hosts.h"

/* The traits of a SYN or SYN+ACK. Most hosts have them, so they are kept small. */
typedef struct hg_syn_traits {
    uint32_t layout;    /* hash of the kinds and number of options */
    uint32_t time_s;
    uint32_t ts1;
    uint32_t signature; /* in the database used then; HG_NO_SIGNATURE: none */
    uint32_t quirks : 17;
    uint32_t fuzzy : 1;
    uint32_t database : 14; /* hg_hosts.database_number at that time */
    uint16_t time_ms;   /* milliseconds after time_s */
    uint16_t mss;
    uint16_t port;      /* source port */
    uint8_t ttl;
} hg_syn_traits;
_Static_assert(sizeof(hg_syn_traits) == 28, "a million hosts with one SYN each must fit into 256 MB");

/* One measurement of a host's clock, from its TCP timestamps. */
typedef struct hg_clock_shown {
    double hz;            /* ticks per second */
    uint32_t minutes;     /* uptime modulo `modulo_days` */
    uint32_t modulo_days; /* days after which the timestamps start again */
    uint8_t doubt;        /* hg_doubt */
} hg_clock_shown;

/* The facts about a handshake, except the name of its system. */
typedef struct hg_handshake_facts {
    hg_clock_shown clock;
    hg_syn_traits traits;
    uint32_t mtu;  /* 0: none */
    uint32_t link; /* number of the link's name in hg_hosts.names; 0: none */
    int16_t distance; /* hops */
    uint16_t port; /* the server's */
    uint8_t has_clock; /* 1: `clock` is set */
} hg_handshake_facts;

/* The apparent distance of the sender of a handshake. */
typedef struct hg_hops {
    int16_t count;
    uint8_t is_reliable; /* 1: the match is exact, and the signature's TTL shows the distance */
} hg_hops;

/* A SYN or SYN+ACK whose connection is not completed yet: it may be forged. */
struct hg_open_handshake {
    uint64_t key; /* 0: none */
    hg_systems_syn syn;
    hg_index host;
    uint32_t host_hash; /* hg_host_hash: shows whether another host has the place `host` now */
    uint32_t name;  /* number in hg_hosts.names; 0: none */
    uint8_t source; /* hg_host_source */
    uint8_t counts; /* 1: not a retry, so it counts for the number of systems */
    uint8_t shows_system; /* 0: of a tool, of loopback, or a second attempt with other options */
    uint32_t server; /* of a SYN: hg_internal_server */
    hg_address other; /* the address of its receiver */
    uint64_t receiver; /* as in hg_columns */
    int64_t time_ns; /* when it was sent */
    hg_hops hops;
    hg_handshake_facts facts;
};

/* The number of the connection of a SYN. */
uint64_t hg_handshake_flow(const hg_open_handshake *syn);
/* The open handshake of the row's connection and direction; NULL: none. */
hg_open_handshake *hg_handshake_open(const hg_hosts *hosts, hg_row row);
/* The traits of a SYN or SYN+ACK. */
hg_syn_traits hg_host_traits(const hg_hosts *hosts, hg_row row);
/* A hash of the host's address. */
uint32_t hg_host_hash(const hg_hosts *hosts, hg_index index);
/* The sender's distance, from the TTL. */
hg_hops hg_handshake_hops(const hg_hosts *hosts, hg_row row);
/* Notes the host's distance. If it varies too much, that is a finding at `row`. */
void hg_handshake_note_hops(hg_hosts *hosts, hg_index index, uint32_t row, hg_hops hops);
/* Takes a SYN or SYN+ACK; `shows_system` 0: of a tool or of loopback. Returns 1 if the connection was tried before with
 * other options: such a SYN shows nothing about the system. */
int hg_handshake_take(hg_hosts *hosts, hg_index index, hg_row row, uint32_t name, int is_retry, int shows_system);
/* Completes the open handshake of the row's sender. The row must have the scope `handshake`. */
void hg_handshake_prove(hg_hosts *hosts, hg_index index, hg_row row);
/* Completes the open handshakes of both ends of a connection, except a SYN+ACK that is disputed (HG_DISPUTED_ANSWER).
 * Their findings are noted at `row`. */
void hg_handshake_complete(hg_hosts *hosts, const hg_completion *completion, uint32_t row);

/* The number of systems that share the address; zeros if they were not counted. */
static inline hg_systems_count hg_host_systems_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_systems *systems = hg_pool_get(&hosts->systems, hg_host_read_extra(hosts, host)->systems);
    return systems == NULL ? (hg_systems_count){0} : hg_systems_counted(systems);
}
