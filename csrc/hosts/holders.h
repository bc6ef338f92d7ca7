/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * holders.h - the hosts that had one address in turn, each in the hands of another station (stations/holder.h).
 */
#pragma once

#include "hosts/hosts.h"
#include "stations/holder.h"

enum { HG_ADDRESS_HOLDERS = 64 /* hosts kept for one address */ };

/* Why a host is in no list. */
typedef enum hg_hidden {
    HG_NOT_HIDDEN,
    HG_HIDDEN_ONE_FRAME, /* its station sent one frame with the address, and did not state that it has it: the MAC may
                          * be damaged
                          */
    HG_HIDDEN_LEASE, /* it sent nothing since it leased the address beyond a router */
    HG_HIDDEN_CARD /* the current host of the address has this station, too, and all that it sends */
} hg_hidden;

/* A host whose second packet is in the list of senders that was added: it is shown from that packet on. */
typedef struct hg_late_host {
    uint64_t packet_number;
    hg_index host;
} hg_late_host;

/* ---- table.c, senders.c ---- */

/* The packets of the host with this index, made with those of all hosts before it. NULL: no memory. */
hg_host_sender *hg_host_take_sender(hg_hosts *hosts, hg_index index);
/* Adds packets to those of their host. */
void hg_host_note_packets(hg_hosts *hosts, hg_index index, const hg_sender *sent);
/* Whether another station used the address of a host at the same time as the station `mac` (NULL: none). */
int hg_host_was_shared(const hg_hosts *hosts, const hg_host_entry *host, const uint8_t *mac);
/* Notes that a host sends with its MAC, which it did at `own_ns` before. Hosts that send in turns within minutes run at
 * the same time; of a machine with two systems, one runs after the other. */
void hg_host_note_turn(hg_hosts *hosts, hg_index index, int64_t own_ns, int64_t time_ns);
/* Initialises `frame_mac_chains`. 0: no memory. */
int hg_host_init_senders(hg_hosts *hosts);
/* Begins another host with this address, which becomes the current one, in place of host `least` (0: of none). The rest
 * is as in hg_host_take. */
hg_index hg_host_begin(hg_hosts *hosts, hg_host_id id, int64_t time_ns, int is_weak, hg_index least);
/* An earlier host with the same address; 0: none. The current one is found first. */
hg_index hg_host_earlier(const hg_hosts *hosts, hg_index index);
/* Makes a host the current one of its address: hg_host_find returns it. */
void hg_host_make_current(hg_hosts *hosts, hg_index index);
/* Gives a host outside tunnels another address, which no other host may have. */
void hg_host_rename(hg_hosts *hosts, hg_index index, const hg_address *address, uint8_t version);
/* Forgets the packets of a host that is evicted. */
void hg_host_forget_sender(hg_hosts *hosts, hg_index index);

/* ---- holders.c ---- */

/* The packets of the host with this index; NULL: none were counted. */
static inline hg_host_sender *hg_host_sender_at(const hg_hosts *hosts, hg_index index)
{
    return index > hosts->senders.used ? NULL : hg_pool_at(&hosts->senders, index);
}

/* Whether a host is in no list, as it may be none. */
static inline int hg_host_is_hidden(const hg_hosts *hosts, hg_index index)
{
    const hg_host_sender *sender = hg_host_sender_at(hosts, index);
    return sender != NULL && sender->hidden != HG_NOT_HIDDEN;
}

/* The station that sends from the host's address; NULL: not known, or a router sends for the host. */
const uint8_t *hg_host_station(const hg_hosts *hosts, hg_index index);
/* The same by frames alone; NULL also if only statements (ARP, Neighbor Discovery, DHCP) tie a station to the address.
 */
const uint8_t *hg_host_sending_station(const hg_hosts *hosts, hg_index index);
/* Of the hosts with the address of `current`, the one of this station that a packet at this time continues; 0: none. */
hg_index hg_host_of_station(const hg_hosts *hosts, hg_index current, const uint8_t *station, int64_t time_ns);
/* The host that sent a frame: the one above, else `current`. `station`: NULL if it is not known. */
hg_index hg_host_that_sent(const hg_hosts *hosts, hg_index current, const uint8_t *station, int64_t time_ns);
/* The same for an announcement; the host is created if missing. `is_arp`: the frame only states who has the address. 0:
 * no room. */
hg_index hg_host_take_announcer(hg_hosts *hosts, hg_host_id id, const uint8_t *station, int64_t time_ns, int is_arp);
/* The host that sent these packets, created if missing. `*widens`: whether their times are the host's. 0: no room. */
hg_index hg_host_take_holder(hg_hosts *hosts, hg_host_id id, const hg_sender *sent, int *widens);
/* Begins a host that leased the address beyond a router, which becomes the current one; it is shown with its first
 * packet. 0: no room. */
hg_index hg_host_begin_leased(hg_hosts *hosts, hg_host_id id, int64_t time_ns);
/* Shows the host if a lease hides it. */
void hg_host_show_leased(hg_hosts *hosts, hg_index index);
/* Notes that a station states the address. If it holds the address, its host is shown; else its next frame is use. */
void hg_host_note_statement(hg_hosts *hosts, hg_index index, const uint8_t *station, int64_t time_ns);
/* Shows the hosts whose station sent a second frame before packet `until`, or with it. */
void hg_hosts_settle_doubts(hg_hosts *hosts, uint64_t until);
/* The host that completed a handshake: of stations with one address, the one that received the other end's packet
 * (`receiver`; NULL: not known). It becomes the current host. */
hg_index hg_host_that_received(hg_hosts *hosts, hg_index index, const uint8_t *receiver);
/* Joins the host of another card with the host of its machine. */
void hg_host_join_card(hg_hosts *hosts, hg_index card, hg_index index);
