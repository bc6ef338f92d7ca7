/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagram.h - the interface of the readers of hellos in datagrams (QUIC and DTLS).
 *
 * There are two steps. First a worker examines one datagram alone and does all work that needs no state of other
 * packets, including key derivation and decryption. The result is the datagram's peek:
 *
 *     hg_quic_look(worker, data, length, out, &peek)      hg_dtls_look(data, length, &peek)
 *
 * Then one thread at a time follows the datagrams in capture order. Before that, the caller looks up the flow, or opens
 * one if the peek begins a connection. With flow 0 (no flow) a datagram is at most counted:
 *
 *     event = hg_quic_follow(connections, worker, &datagram, &peek)      hg_dtls_follow(…)
 *
 * Call hg_quic_look first, and hg_dtls_look if its result is HG_QUIC_NOT. Both reject other protocols by the first
 * bytes. A peek's `hello` is complete, so the worker may parse and digest it at once. `follow` decides whether it is an
 * event. If the event's `message` is the same pointer, those results are used. Other messages are parsed then, in
 * order.
 *
 * Open a flow for peeks that begin a connection: HG_QUIC_OPENED, HG_QUIC_LOCKED, and for DTLS `begins`. To include
 * servers whose client was not captured, open one for `is_hello` too.
 *
 * An event's message lies in the datagram, in the peek's output, or in memory of the connections that stays valid until
 * the next `follow`. Call hg_connections_forget when a flow ends. For saving, see connections.h.
 */
#pragma once

#include "base/digest.h"
#include "flow/reader.h"
#include "tls/connections.h"
#include "tls/hello.h"
#include "tls/quic_packet.h"

/* ---- keys of Initials (RFC 9001, section 5) ------------------------------------------------ */

enum { HG_AES_KEY = 16, HG_AES_BLOCK = 16, HG_GCM_NONCE = 12, HG_GCM_TAG = 16 };

typedef struct hg_quic_keys {
    uint8_t key[HG_AES_KEY];
    uint8_t iv[HG_GCM_NONCE];
    uint8_t mask_key[HG_AES_KEY]; /* for header protection */
} hg_quic_keys;

/* Functions and state to derive keys and to decrypt packets with the caller's AES-128 (single blocks and GCM). Each
 * worker keeps one, because creating a context takes longer than decrypting a packet. The keys are not secret: they are
 * derived from the packets. All zero is valid: it decrypts nothing and need not be cleared. */
typedef struct hg_quic_cipher {
    const hg_crypto *crypto; /* NULL: nothing can be decrypted */
    void *ecb;               /* libcrypto contexts; NULL: not used */
    void *gcm;
    hg_hmac salts[HG_SALTS]; /* HMAC-SHA-256 with each salt as its key */
} hg_quic_cipher;

/* Derives the keys of one side. `id` is the id that the client chose for the server, or that the server chose in a
 * Retry. */
void hg_quic_keys_make(const hg_quic_cipher *cipher, const hg_quic_version *version, hg_span id, int from_server,
                       hg_quic_keys *keys);

/* ---- examining a datagram ---------------------------------------------------------------------------------- */

/* Limits per datagram: packets examined, and Initials decrypted. */
enum { HG_QUIC_MOST_COALESCED = 16, HG_QUIC_MOST_OPENED = 4 };

typedef enum hg_quic_kind {
    HG_QUIC_NOT = 0,     /* not QUIC, or a packet that cannot contain a hello */
    HG_QUIC_OPENED =
        1, /* a client's Initial, decrypted with keys from its destination id; begins or continues a connection */
    HG_QUIC_CLOSED = 2,  /* an Initial that keys from its destination id do not decrypt, such as a server's */
    HG_QUIC_LOCKED = 3,  /* an Initial that may begin a connection, but no cipher is available to decrypt it */
    HG_QUIC_RETRIED = 4, /* a server's Retry */
    HG_QUIC_GOOGLES = 5, /* Google's own QUIC, without TLS */
    HG_QUIC_OTHER = 6    /* an unknown version, or a Version Negotiation packet */
} hg_quic_kind;

typedef struct hg_quic_peek {
    const uint8_t *hello; /* a complete ClientHello in `out`, or NULL */
    uint32_t hello_length;
    uint32_t used;        /* bytes used in `out` */
    const uint8_t *out;   /* runs (hg_byte_run), then the bytes of all runs */
    hg_numbers numbers;   /* of the decrypted packets */
    uint32_t version;     /* version number, known or not */
    uint16_t run_count;
    uint8_t packets;      /* number of decrypted packets */
    uint8_t has_gaps;     /* 1: there were too many gaps, so some bytes are missing from the runs */
    uint8_t kind;         /* hg_quic_kind */
} hg_quic_peek;

/* A worker's memory for hg_quic_look and hg_quic_follow. */
typedef struct hg_quic_worker {
    hg_quic_cipher cipher;
    hg_pieces *pieces; /* of the current datagram */
    uint8_t *plain;    /* decrypted frames of the current packet */
} hg_quic_worker;

/* `crypto` is borrowed. If it is NULL or has no functions, nothing is decrypted. HG_E_UNSUPPORTED: libcrypto refuses
 * the ciphers. hg_quic_worker_clear also accepts a worker that is all zero. */
hg_status hg_quic_worker_init(hg_quic_worker *worker, const hg_crypto *crypto, hg_error *error);
void hg_quic_worker_clear(hg_quic_worker *worker);

/* The most bytes that hg_quic_look writes for a datagram of this length. */
static inline uint32_t hg_quic_room(uint32_t length)
{
    return length + HG_RUNS_LIMIT * (uint32_t)sizeof(hg_byte_run);
}

/* Sets the peek. `out` has room for hg_quic_room(length) bytes. With `worker` NULL, nothing is decrypted, `out` is not
 * used, and an Initial is HG_QUIC_CLOSED. A datagram longer than 65,535 bytes is HG_QUIC_NOT. */
void hg_quic_look(hg_quic_worker *worker, const uint8_t *data, uint32_t length, uint8_t *out, hg_quic_peek *peek);

/* ---- used by hg_quic_follow ------------------------------------------------------------------ */

/* Finds the first Initial of a datagram; 0: none. */
int hg_quic_find_initial(const uint8_t *data, uint32_t length, hg_quic_packet *initial);
/* Decrypts `initial` and later Initials in the datagram with the same destination id and version. Writes their
 * handshake bytes to `out` and sets the peek. `out` has room for hg_quic_room of the datagram, or is worker->plain.
 * `peek->numbers` are those of earlier packets and are updated; packets with one of them have no bytes. 0: none was
 * decrypted. */
int hg_quic_gather(hg_quic_worker *worker, const hg_quic_keys *keys, const hg_quic_packet *initial, const uint8_t *end,
                   uint8_t *out, hg_quic_peek *peek);

/* The length of a complete message of this type at the front; 0: incomplete; -1: another type, or longer than
 * HG_MOST_MESSAGE_BYTES. */
int64_t hg_message_bytes(const uint8_t *bytes, uint32_t length, uint8_t type);

/* A complete handshake message. */
typedef struct hg_message_event {
    const uint8_t *message; /* QUIC: type, length in 3 bytes, body. DTLS: the body alone */
    uint32_t length;        /* length of `message` */
    uint32_t version; /* QUIC: version of the packet that completed it; DTLS: version in a record of the first hello */
    uint64_t connection; /* number of the first packet of the connection */
    uint8_t type; /* HG_TLS_CLIENT_HELLO, HG_TLS_SERVER_HELLO; 0: no message */
} hg_message_event;

/* How surely the receiver takes a datagram, as hg_connection_side.rank. With a wrong checksum, or few hops left, it
 * counts where no better ones come: cards compute checksums after the capture. */
static inline uint8_t hg_rank_of(const hg_datagram_in *datagram)
{
    enum { WORST = 1, MANY = 32, LEAST = HG_SHORT_RANK + HG_SAME_RANKS + 1 };
    return (uint8_t)(datagram->is_unlikely ? WORST : LEAST + (datagram->hops < MANY ? datagram->hops : MANY));
}

static inline hg_message_event hg_message_event_of(const hg_connection *one, uint8_t type, const uint8_t *message,
                                                   uint32_t length)
{
    return (hg_message_event){message, length, one->version, one->first_packet, type};
}

/* ---- DTLS -------------------------------------------------------------------------------------------- */

typedef struct hg_dtls_peek {
    const uint8_t *hello; /* body of the first ClientHello that is complete in one fragment, or NULL */
    uint32_t hello_length;
    uint8_t begins; /* 1: the datagram contains a ClientHello or a part of one, so it may begin a connection */
    uint8_t is_hello; /* 1: the datagram contains a hello or a part of one that states its message */
    uint8_t is_handshake; /* 1: it may contain a part of a hello; pass it to hg_dtls_follow */
    uint8_t transport; /* HG_TRANSPORT_DTLS or HG_TRANSPORT_OPENVPN */
} hg_dtls_peek;

/* Sets the peek; `is_handshake` is 0 if the datagram is not DTLS or contains no hello. */
void hg_dtls_look(const uint8_t *data, uint32_t length, hg_dtls_peek *peek);

/* Reads a datagram whose peek has `is_handshake`. The bytes are borrowed for the call. */
hg_message_event hg_dtls_follow(hg_connections *c, const hg_datagram_in *datagram);

/* ---- QUIC -------------------------------------------------------------------------------------------- */

/* Reads a datagram; `peek` is the result of hg_quic_look for it. The bytes of both are borrowed for the call. */
hg_message_event hg_quic_follow(hg_connections *c, hg_quic_worker *worker, const hg_datagram_in *datagram,
                                const hg_quic_peek *peek);
