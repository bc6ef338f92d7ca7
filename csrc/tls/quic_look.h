/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_look.h - one datagram alone: is it QUIC, and what of a hello does it hold? With the keys that open Initials.
 *
 * A client's first Initial opens under keys that follow from its own id, so this needs no memory of
 * other packets, and many workers do it at once. What opens is QUIC: the tag proves it.
 */
#pragma once

#include "base/digest.h"
#include "tls/connections.h"
#include "tls/quic_packet.h"

/* ---- keys of Initials (RFC 9001, section 5) ------------------------------------------------ */

enum { HG_AES_KEY = 16, HG_AES_BLOCK = 16, HG_GCM_NONCE = 12, HG_GCM_TAG = 16 };

typedef struct hg_quic_keys {
    uint8_t key[HG_AES_KEY];
    uint8_t iv[HG_GCM_NONCE];
    uint8_t mask_key[HG_AES_KEY]; /* of the header */
} hg_quic_keys;

/* What makes keys and opens packets: AES-128 of one block, and AES-128-GCM, by the functions that the caller of the core
 * found. A worker keeps one: making a context takes longer than opening a packet. The keys that are used with it are
 * public, made from what the packets show. All zero is valid: it opens nothing, and needs no closing. */
typedef struct hg_quic_cipher {
    const hg_crypto *crypto; /* NULL: there is nothing to open with */
    void *ecb;               /* contexts of libcrypto; NULL where it is not used */
    void *gcm;
    hg_hmac salts[HG_SALTS];
} hg_quic_cipher;

/* Keys of one side, from the id that the client chose for the server, or the server in a Retry. */
void hg_quic_keys_make(const hg_quic_cipher *cipher, const hg_quic_version *version, hg_span id,
                       int from_server, hg_quic_keys *keys);

/* ---- a look --------------------------------------------------------------------------------- */

/* Work a datagram: packets walked over, and Initials opened. */
enum { HG_QUIC_MOST_COALESCED = 16, HG_QUIC_MOST_OPENED = 4 };

typedef enum hg_quic_kind {
    HG_QUIC_NOT = 0,     /* not QUIC, or a packet that no hello is in */
    HG_QUIC_OPENED = 1,  /* a client's Initial under the keys of its id: it begins or continues a connection */
    HG_QUIC_CLOSED = 2,  /* an Initial that the keys of its id do not open: of a server, or a later one */
    HG_QUIC_LOCKED = 3,  /* an Initial that may begin a connection, and there is nothing to open it with */
    HG_QUIC_RETRIED = 4, /* a server's Retry */
    HG_QUIC_GOOGLES = 5, /* Google's QUIC: no TLS in it */
    HG_QUIC_OTHER = 6    /* of another version, as far as it is known, or a Version Negotiation */
} hg_quic_kind;

typedef struct hg_quic_peek {
    const uint8_t *hello; /* a whole ClientHello, or NULL; in `out` */
    uint32_t hello_length;
    uint32_t used;        /* bytes of `out` */
    const uint8_t *out;   /* runs (hg_run), then their bytes, one after the other */
    uint64_t next;        /* packet number that is expected after these */
    uint32_t version;     /* number, of whatever kind */
    uint16_t run_count;
    uint8_t packets;      /* that were opened */
    uint8_t has_gaps;     /* 1: more gaps than are kept; some bytes are missing from the runs */
    uint8_t kind;         /* hg_quic_kind */
} hg_quic_peek;

/* What a worker needs to look, and to follow. */
typedef struct hg_quic_worker {
    hg_quic_cipher cipher;
    hg_pieces *pieces; /* of the datagram at hand */
    uint8_t *plain;    /* frames of the current packet */
} hg_quic_worker;

/* `crypto` is borrowed; with NULL, or with one that has no functions, nothing is opened. HG_E_UNSUPPORTED: libcrypto
 * refuses the ciphers. All zero is valid for hg_quic_worker_clear. */
hg_status hg_quic_worker_init(hg_quic_worker *worker, const hg_crypto *crypto, hg_error *error);
void hg_quic_worker_clear(hg_quic_worker *worker);

/* Bytes that a look at this number of bytes puts out at most. */
static inline uint32_t hg_quic_room(uint32_t length)
{
    return length + HG_RUNS_LIMIT * (uint32_t)sizeof(hg_run);
}

/* `length` is at most 65,535; more is not QUIC. `out` has room for hg_quic_room(length). Without a worker (NULL) nothing is
 * opened: an Initial is HG_QUIC_CLOSED. */
void hg_quic_look(hg_quic_worker *worker, const uint8_t *data, uint32_t length, uint8_t *out,
                  hg_quic_peek *peek);

/* ---- for those who follow ------------------------------------------------------------------ */

/* The first Initial of a datagram; 0: it holds none. */
int hg_quic_find_initial(const uint8_t *data, uint32_t length, hg_quic_packet *initial);
/* Opens `initial` and those after it in the datagram that have its ids and version, and puts what they carry at `out`,
 * which has room for hg_quic_room of the datagram, or is worker->plain, and into the peek; `peek->next` is the number that
 * is expected. 0: none opened. */
int hg_quic_gather(hg_quic_worker *worker, const hg_quic_keys *keys, const hg_quic_packet *initial, const uint8_t *end,
                   uint8_t *out, hg_quic_peek *peek);

/* Bytes of a whole message of this type at the front; 0: it is not whole; -1: it is none of this type,
 * or longer than is kept. */
int64_t hg_message_bytes(const uint8_t *bytes, uint32_t length, uint8_t type);
