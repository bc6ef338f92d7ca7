/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_packet.h - QUIC packets with long headers: the parts that are readable without keys, and the frames after
 * decryption.
 *
 *     datagram   │ packet │ packet │ … │ bytes that begin none │
 *     packet     first byte, version, ids, [token], length │ number, frames, tag (protected)
 *
 * Nothing depends on ports. No packet is read beyond the end of its datagram. Only the client frames of Google QUIC
 * are known: the rest of a server's packet after its own kind of ACK is not read.
 */
#pragma once

#include "base/span.h"

/* ---- versions, which differ in their first packets --------------------------------------------- */

/* Salts of the first keys, in the order of HG_QUIC_SALT. */
typedef enum hg_quic_salt {
    HG_SALT_V1 = 0, /* and drafts 33, 34 */
    HG_SALT_V2 = 1,
    HG_SALT_DRAFT_29 = 2, /* to 32 */
    HG_SALT_DRAFT_23 = 3, /* to 28 */
    HG_SALT_DRAFT_21 = 4, /* to 22 */
    HG_SALT_T051 = 5,
    HG_SALT_T050 = 6,
    HG_SALT_Q050 = 7,
    HG_SALTS = 8
} hg_quic_salt;

enum { HG_QUIC_SALT_BYTES = 20 };

extern const uint8_t HG_QUIC_SALT[HG_SALTS][HG_QUIC_SALT_BYTES];

typedef struct hg_quic_version {
    uint32_t first; /* numbers, from this one to the last */
    uint32_t last;
    uint8_t salt;      /* hg_quic_salt */
    uint8_t second;    /* 1: labels and types of packets are those of version 2 */
    uint8_t google;    /* 1: frames are numbered as Google's QUIC did */
    uint8_t without_tls; /* 1: the handshake is Google's own; there is no hello in it */
} hg_quic_version;

/* The version of this number, or NULL: its keys are not known. */
const hg_quic_version *hg_quic_version_of(uint32_t number);

enum {
    HG_QUIC_LONGEST_ID = 20,
    HG_QUIC_SHORTEST_FIRST_ID = 8, /* that a client may choose for the server */
    HG_QUIC_LONGEST_HEADER = 2048, /* longer ones, with tokens that no server makes, are not read */
    HG_QUIC_LEAST_PROTECTED = 20,  /* bytes after the header: number, and what protects it */
    HG_QUIC_LEAST_FIRST = 1200     /* a client's first datagram, where its version is not known */
};

typedef enum hg_quic_type {
    HG_QUIC_INITIAL = 0,
    HG_QUIC_0RTT = 1,
    HG_QUIC_HANDSHAKE = 2,
    HG_QUIC_RETRY = 3,
    HG_QUIC_NEGOTIATION = 4, /* version 0 */
    HG_QUIC_UNKNOWN = 5      /* a version that is not known, and so neither its type nor its length */
} hg_quic_type;

typedef struct hg_quic_packet {
    const uint8_t *data; /* its first byte */
    const hg_quic_version *version; /* NULL: not known */
    uint32_t number;     /* of the version */
    uint32_t length;     /* of the whole packet; for a type without a length the rest of the datagram */
    uint32_t header;     /* bytes before the packet number; HG_QUIC_INITIAL only, as those below */
    uint32_t token;      /* bytes of the token */
    hg_span to;          /* destination id, in the datagram */
    hg_span from;        /* source id */
    uint8_t type;        /* hg_quic_type */
} hg_quic_packet;

/* Reads the packet that begins at `data`, with `left` bytes to the end of the datagram. 0: no packet
 * with a long header that keeps to its lengths begins there. */
int hg_quic_packet_read(const uint8_t *data, uint32_t left, hg_quic_packet *packet);

/* 1 when this may be a client's first Initial: its id has 8 bytes or more, or a server chose it in a
 * Retry, whose token the packet has then; and the bit is set that ends may leave out once they know one
 * another (RFC 9287). */
static inline int hg_quic_may_be_first(const hg_quic_packet *packet)
{
    const uint8_t fixed_bit = 0x40;
    return packet->type == HG_QUIC_INITIAL && (packet->data[0] & fixed_bit) != 0 &&
           (packet->to.length >= HG_QUIC_SHORTEST_FIRST_ID || packet->token > 0);
}

/* The version that Google's QUIC before 46 has in its first packets ("Q043"), or 0. */
uint32_t hg_quic_google_version(const uint8_t *data, uint32_t length);

/* The frames of an open packet that are still to be read. */
typedef struct hg_quic_frames {
    hg_cursor from;
    uint8_t google; /* of hg_quic_version */
} hg_quic_frames;

/* Bytes of the handshake; they lie in the packet. */
typedef struct hg_quic_crypto {
    uint64_t offset;
    hg_span bytes;
} hg_quic_crypto;

/* The next CRYPTO frame. 0 at the end, and at a frame that an Initial may not hold or that is damaged:
 * nothing after it is read. */
int hg_quic_next_crypto(hg_quic_frames *frames, hg_quic_crypto *found);

/* ---- transport parameters (RFC 9000, section 18), which a hello carries in an extension ----------- */

enum { HG_QUIC_PARAMS_EXTENSION = 0x39, HG_QUIC_PARAMS_EXTENSION_OF_DRAFTS = 0xFFA5 /* before draft 33 */ };

/* The user agent in the body of the extension: in clear, of Chrome 84 to 98; anybody's bytes. The first one counts.
 * `data` NULL: none before the end, or before a parameter with an invalid length. */
hg_span hg_quic_user_agent(const uint8_t *body, uint32_t length);
