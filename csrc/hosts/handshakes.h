/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * handshakes.h - which handshakes were completed, and how many systems share the host.
 *
 * Anybody can forge a SYN, and its row comes before the answer is seen. A handshake is therefore remembered until the
 * connection is completed or, where its acknowledgement was not captured, its sender sends data of scope `handshake`.
 * From the first such proof on, only completed handshakes decide about the system of the host, the number of its
 * systems, its changes, clock, link and ports; the others stay as weaker evidence.
 */
#pragma once

#include "hosts/hosts.h"

/* How far away the sender of a handshake seems to be. */
typedef struct hg_hops {
    int16_t count;
    uint8_t is_reliable; /* the TTL shows it */
} hg_hops;

/* A SYN or SYN+ACK that may be forged. */
struct hg_open_handshake {
    uint64_t key; /* 0: none */
    hg_systems_syn syn;
    hg_index host;
    uint32_t who; /* a hash of the host's address: another host may have its place now */
    uint32_t name;
    uint8_t source; /* hg_host_source */
    uint8_t counts; /* the number of systems may depend on it */
    hg_hops hops;
    hg_handshake_facts facts;
};

/* The open handshake of the row's connection and side; NULL: none. */
hg_open_handshake *hg_handshake_open(const hg_hosts *hosts, hg_row row);
/* A hash of the host's address, which shows whether another host has its place now. */
uint32_t hg_handshake_who(const hg_hosts *hosts, hg_index index);
hg_hops hg_handshake_hops(const hg_hosts *hosts, hg_row row);
void hg_handshake_note_hops(hg_hosts *hosts, hg_index index, uint32_t row, hg_hops hops);
/* 1: the connection was tried before, with other options, so this SYN shows nothing about the system. */
int hg_handshake_take_syn(hg_hosts *hosts, hg_index index, hg_row row, uint32_t name, int is_retry);
void hg_handshake_take_syn_ack(hg_hosts *hosts, hg_index index, hg_row row, uint32_t name);
/* A row of scope `handshake`. */
void hg_handshake_prove(hg_hosts *hosts, hg_index index, hg_row row);
/* Both ends of a connection. `row` completes what findings follow. */
void hg_handshake_complete(hg_hosts *hosts, const hg_completion *completion, uint32_t row);
