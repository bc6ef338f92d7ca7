/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_packet.h - QUIC packets with long headers: the parts that are readable without keys, and the frames after
 * decryption.
 *
 *     datagram   │ packet │ packet │ … │ other bytes │
 *     packet     first byte, version, ids, [token], length │ number, frames, tag (protected)
 *
 * No packet is read beyond the end of its datagram. In Google QUIC only the client's frames are supported; in a
 * server's packet, reading stops at Google's own ACK frame.
 */
#pragma once

#include "base/bytes.h"
#include "hg_quic_salts.h"

/* ---- versions that differ in their first packets --------------------------------------------- */

/* Salts from which the first keys are derived. */
typedef enum hg_quic_salt {
#define HG_SALT(name, ...) HG_SALT_##name,
    HG_QUIC_SALTS_ROWS(HG_SALT) HG_SALTS
#undef HG_SALT
} hg_quic_salt;

enum { HG_QUIC_SALT_BYTES = 20 };

extern const uint8_t HG_QUIC_SALT[HG_SALTS][HG_QUIC_SALT_BYTES];

typedef struct hg_quic_version {
    uint32_t first; /* first version number of a range */
    uint32_t last;
    uint8_t salt;      /* hg_quic_salt */
    uint8_t is_v2;     /* 1: labels and packet types of QUIC version 2 */
    uint8_t google;    /* 1: frame types of Google QUIC */
    uint8_t without_tls; /* 1: Google's own handshake, without a hello */
} hg_quic_version;

/* The version with this number; NULL: its keys are unknown. */
const hg_quic_version *hg_quic_version_of(uint32_t number);

enum {
    HG_QUIC_LONGEST_ID = 20,
    HG_QUIC_SHORTEST_FIRST_ID = 8, /* bytes of the id that a client chooses for the server */
    HG_QUIC_LONGEST_HEADER = 2048, /* longer headers are not read; no server's tokens need them */
    HG_QUIC_LEAST_PROTECTED = 20,  /* bytes of packet number and protected payload */
    HG_QUIC_LEAST_FIRST = 1200     /* bytes in a client's first datagram; checked if the version is unknown */
};

typedef enum hg_quic_type {
    HG_QUIC_INITIAL = 0,
    HG_QUIC_0RTT = 1,
    HG_QUIC_HANDSHAKE = 2,
    HG_QUIC_RETRY = 3,
    HG_QUIC_NEGOTIATION = 4, /* version 0 */
    HG_QUIC_UNKNOWN = 5      /* unknown version: type and length are unknown, too */
} hg_quic_type;

typedef struct hg_quic_packet {
    const uint8_t *data; /* its first byte */
    const hg_quic_version *version; /* NULL: unknown */
    uint32_t number;     /* version number */
    uint32_t length;     /* of the whole packet; of the rest of the datagram if the type has no length field */
    uint32_t header;     /* bytes before the packet number; 0 for types without a length field */
    uint32_t token;      /* length of the token; HG_QUIC_INITIAL only */
    hg_span to;          /* destination id; lies in the datagram */
    hg_span from;        /* source id */
    uint8_t type;        /* hg_quic_type */
} hg_quic_packet;

/* Reads the packet that begins at `data`, with `left` bytes to the end of the datagram. 0: no packet with a long header
 * begins there, or a length is out of bounds. */
int hg_quic_packet_read(const uint8_t *data, uint32_t left, hg_quic_packet *packet);

/* 1 if this may be a client's first Initial: its destination id has at least 8 bytes, or it carries a token because the
 * server chose the id in a Retry. Its fixed bit must also be set: peers may clear it only after they have agreed
 * on that (RFC 9287). */
static inline int hg_quic_may_be_first(const hg_quic_packet *packet)
{
    const uint8_t fixed_bit = 0x40;
    return packet->type == HG_QUIC_INITIAL && (packet->data[0] & fixed_bit) != 0 &&
           (packet->to.length >= HG_QUIC_SHORTEST_FIRST_ID || packet->token > 0);
}

/* The version in a first packet of Google QUIC, such as "Q043"; 0: it is not one. */
uint32_t hg_quic_google_version(const uint8_t *data, uint32_t length);

/* The unread frames of a decrypted packet. */
typedef struct hg_quic_frames {
    hg_cursor from;
    uint8_t google; /* as in hg_quic_version */
} hg_quic_frames;

/* Handshake bytes; they lie in the packet. */
typedef struct hg_quic_crypto {
    uint64_t offset;
    hg_span bytes;
} hg_quic_crypto;

/* Finds the next CRYPTO frame. 0: the end, or a frame that is damaged or not allowed in an Initial; nothing after it is
 * read. */
int hg_quic_next_crypto(hg_quic_frames *frames, hg_quic_crypto *found);

/* ---- transport parameters (RFC 9000, section 18), carried in an extension of the hello ----------- */

enum { HG_QUIC_PARAMS_EXTENSION = 0x39, HG_QUIC_PARAMS_EXTENSION_OF_DRAFTS = 0xFFA5 /* before draft 33 */ };

/* The first user agent in the body of the extension; `data` is NULL if there is none before the end or before a damaged
 * parameter. Chrome 84 to 98 sent it in clear; the bytes are untrusted. */
hg_span hg_quic_user_agent(const uint8_t *body, uint32_t length);
