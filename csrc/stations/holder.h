/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * holder.h - who has an address: decides which host of an address a frame belongs to.
 *
 *     A host is an address in the hands of one station. When another station sends from the address, another host
 *     begins. The earlier one is over, unless its station sends from the address again within five minutes.
 */
#pragma once

#include <stdint.h>

/* A host goes on after a silence of this length only if nobody else sent from its address meanwhile. */
#define HG_HOLDER_SILENCE_NS (300 * UINT64_C(1000000000))

enum { HG_LEAST_REMOTES = 5 /* addresses whose packets a gateway sends */ };

/* What is known when a frame with the source address of a host arrives. */
typedef enum hg_holder_sign {
    HG_SIGN_NO_STATION, /* the frame has no MAC of a station, or came through a tunnel */
    HG_SIGN_SAME,       /* the holder's station sent the frame, or another card of its machine */
    HG_SIGN_EARLIER, /* the station had the address within five minutes, or nobody else sent from it since */
    HG_SIGN_NO_HOLDER,  /* no station is known to have sent from the address */
    HG_SIGN_LOOPBACK,   /* every machine has the address */
    HG_SIGN_FORWARDED,  /* the TTL or a label shows that a router forwarded the packet */
    HG_SIGN_VIRTUAL,    /* one of the two MACs belongs to a virtual router */
    HG_SIGN_ROUTER,     /* one of the two stations sends for many addresses outside the local networks */
    HG_SIGN_STATEMENT,  /* the packets only state who has the address (Neighbor Discovery), or copy it (repeaters) */
    HG_SIGN_UNSETTLED, /* the holder sent one frame only, and stated nothing: in anonymised captures, MACs may be random
                        * in each frame */
    HG_SIGNS
} hg_holder_sign;

/* A DHCP request that a relay forwarded. */
typedef struct hg_relayed {
    uint8_t mac[8]; /* of the client */
    int64_t time_ns;
} hg_relayed;

enum { HG_RELAYED = 64 /* the latest, in places by their MACs */ };

typedef enum hg_holder_verdict {
    HG_HOLDER_STAYS, /* the frame belongs to the current host */
    HG_HOLDER_IS_UNKNOWN, /* the same, and no station is known to have the address from now on */
    HG_HOLDER_RETURNS, /* to an earlier host of its station */
    HG_HOLDER_BEGINS /* to another host, which begins; it is shown when its station sends a second frame */
} hg_holder_verdict;

/* One line of the table. Lines are tried in order; the last one always applies. */
typedef struct hg_holder_rule {
    uint32_t with; /* signs that must hold, bits by hg_holder_sign */
    hg_holder_verdict verdict;
    const char *reason;
} hg_holder_rule;

/* The first rule that applies to the signs (bits by hg_holder_sign). */
const hg_holder_rule *hg_holder_judge(uint32_t signs);

/* ---- news: who uses an address, and who only states that it has it ---- */

enum { HG_LEAST_TURNS = 3 /* so many changes between two stations that use an address are a conflict */ };

/* What is known when a station uses an address or states that it has it, and another station had it before. */
typedef enum hg_take_sign {
    HG_TAKE_LEASED, /* the station uses the address, which a known DHCP server leased to it */
    HG_TAKE_THIRD, /* it uses the address for the third turn of two stations in ten minutes */
    HG_TAKE_TURN, /* it uses the address, and had it before the other station, within ten minutes */
    HG_TAKE_USE, /* it uses the address. Else it only states it, by ARP, Neighbor Discovery or DHCP: */
    HG_TAKE_PROXY, /* the other station answered for the addresses of others */
    HG_TAKE_BACK, /* the other station only stated the address, too, and took it from this one */
    HG_TAKE_SILENT, /* the other station only stated the address, too, more than five minutes ago, and it is no server's
                     */
    HG_TAKE_GATEWAY, /* the address is a gateway's or DHCP server's, seen within five minutes */
    HG_TAKE_SIGNS
} hg_take_sign;

typedef enum hg_take_verdict {
    HG_TAKE_IS_NO_NEWS,
    HG_TAKE_IS_CONFLICT, /* address_conflict */
    HG_TAKE_IS_MOVE, /* address_moved */
    HG_TAKE_IS_CLAIM, /* address_claimed, at once */
    HG_TAKE_WAITS /* the same after a minute, unless the station uses the address by then */
} hg_take_verdict;

/* One line of the table, as hg_holder_rule. `takes`: whether the station has the address from now on. */
typedef struct hg_take_rule {
    uint32_t with;
    hg_take_verdict verdict;
    uint8_t takes;
    const char *reason;
} hg_take_rule;

/* The first rule that applies to the signs (bits by hg_take_sign). */
const hg_take_rule *hg_take_judge(uint32_t signs);
