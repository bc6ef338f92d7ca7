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
