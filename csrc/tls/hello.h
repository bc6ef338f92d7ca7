/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hello.h - parses the ClientHello and the ServerHello (RFC 8446, 5246, 6347; SSL 2.0 format: RFC 5246, E.2).
 *
 * A hello is parsed in place: the result holds the positions of its lists. Lists stay in network order, with two bytes
 * per value unless noted.
 */
#pragma once

#include "base/bytes.h"
#include "huginn.h"

/* The longest message read from TCP, including its header of four bytes. Real messages reach 17,000 bytes. */
enum { HG_MOST_HELLO = 24576 };

/* Types of handshake messages, and bytes of a message's header (type and length). */
enum { HG_TLS_CLIENT_HELLO = 1, HG_TLS_SERVER_HELLO = 2, HG_TLS_MESSAGE_HEADER = 4 };

/* Extensions that are parsed here, or that JA4 distinguishes. */
enum {
    HG_TLS_SERVER_NAME = 0x0000,
    HG_TLS_GROUPS = 0x000A,
    HG_TLS_POINT_FORMATS = 0x000B,
    HG_TLS_SIGNATURE_ALGORITHMS = 0x000D,
    HG_TLS_ALPN = 0x0010,
    HG_TLS_PADDING = 0x0015,
    HG_TLS_SESSION_TICKET = 0x0023,
    HG_TLS_PRE_SHARED_KEY = 0x0029,
    HG_TLS_EARLY_DATA = 0x002A,
    HG_TLS_SUPPORTED_VERSIONS = 0x002B,
    HG_TLS_KEY_SHARE = 0x0033,
    HG_TLS_ECH = 0xFE0D
};

/* Values copied unchanged to the columns of the same names: VALUE(type, name). */
#define HG_HELLO_VALUES(VALUE)                                                     \
    VALUE(uint16_t, cipher)      /* chosen by the server */                        \
    VALUE(uint16_t, group)       /* of the server's key share; 0: none */          \
    VALUE(uint8_t, ech)          /* 1: the client sent Encrypted Client Hello */   \
    VALUE(uint8_t, post_quantum) /* 1: a key share resists quantum computers */    \
    VALUE(uint8_t, malformed)    /* 1: extensions are cut or have wrong lengths */ \
    VALUE(uint8_t, ssl2)         /* 1: the SSL 2.0 format */                       \
    VALUE(uint8_t, hello_retry)  /* 1: it is a HelloRetryRequest */                \
    VALUE(uint8_t, downgrade)    /* hg_downgrade */
#define HG_HELLO_MEMBER(type, name) type name;

typedef struct hg_hello {
    hg_span ciphers;    /* of a ClientHello; three bytes per value in the SSL 2.0 format */
    hg_span extensions; /* all complete extensions, with their headers */
    hg_span formats;    /* point formats, one byte per value */
    hg_span groups;
    hg_span algorithms; /* signature algorithms */
    hg_span versions;   /* offered by the client in the supported_versions extension */
    hg_span shares;     /* key shares of a ClientHello: groups and keys */
    hg_span name;       /* server name; `data` is NULL: none */
    hg_span protocols;  /* ALPN protocols, each after a length byte */
    uint16_t legacy_version;
    uint16_t version; /* the newest offered version, or the chosen one */
    uint8_t has_name_extension; /* 1: the server_name extension is present, even if it is empty */
    HG_HELLO_VALUES(HG_HELLO_MEMBER)
} hg_hello;

/* 1 for GREASE: reserved values that clients send to ensure that servers ignore unknown values (RFC 8701). */
static inline int hg_is_grease(uint16_t value)
{
    return (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);
}

/* Reads a ClientHello or ServerHello, including its header. `transport` is an hg_transport. 0: not a hello. */
int hg_hello_read(const uint8_t *message, uint32_t length, uint8_t transport, hg_hello *out);
/* Reads a ClientHello in the SSL 2.0 format; `message` begins with its type. 0: not one. */
int hg_hello_read_ssl2(const uint8_t *message, uint32_t length, hg_hello *out);

/* 1 if the random value (32 bytes) of a ServerHello marks it as a HelloRetryRequest, which asks for a second
 * ClientHello (RFC 8446, 4.1.3). */
int hg_is_hello_retry(const uint8_t *random);

/* Reads the extension at `*at` of a block and moves `*at` past it. 0: no complete extension is left. */
int hg_extension_next(const hg_span *block, uint32_t *at, uint16_t *type, hg_span *content);

/* ---- versions ---- */

/* The small numbers. */
typedef enum hg_tls_place {
    HG_TLS_OTHER = 0, /* a version without a name */
    HG_TLS_1_0 = 1,
    HG_TLS_1_1 = 2,
    HG_TLS_1_2 = 3,
    HG_TLS_1_3 = 4,
    HG_SSL_2 = 5,
    HG_SSL_3 = 6,
    HG_DTLS_OPENSSL = 7,
    HG_DTLS_1_0 = 8,
    HG_DTLS_1_2 = 9,
    HG_DTLS_1_3 = 10,
    HG_TLS_1_3_DRAFT = 11,
    HG_TLS_PLACES = 12,
    HG_WEAK_CIPHER = 12 /* in a host's set of versions: a connection used a disallowed cipher suite */
} hg_tls_place;

/* The version numbers in packets, by hg_tls_place. Drafts use 0x7F00 to 0x7FFF. */
static const uint16_t HG_TLS_NUMBERS[HG_TLS_PLACES] = {
    0, 0x0301, 0x0302, 0x0303, 0x0304, 0x0002, 0x0300, 0x0100, 0xFEFF, 0xFEFD, 0xFEFC, 0x7F00,
};

/* Whether published rules (sigcompiler/claims/crypto.csv) disallow a version, such as TLS 1.1. */
int hg_tls_is_disallowed(uint16_t version);
/* Whether they disallow a cipher suite, such as one with RC4. */
int hg_tls_is_disallowed_cipher(uint16_t cipher);
/* Whether a group's key exchange resists quantum computers, by the same rules. */
int hg_tls_is_post_quantum(uint16_t group);

static inline int hg_is_tls_draft(uint16_t version)
{
    return version >> 8 == 0x7F;
}

/* The small number of a version. */
static inline uint32_t hg_place_of_tls(uint16_t version)
{
    for (uint32_t place = 1; place < HG_TLS_PLACES; place++)
        if (HG_TLS_NUMBERS[place] == version)
            return place;
    return hg_is_tls_draft(version) ? HG_TLS_1_3_DRAFT : HG_TLS_OTHER;
}

/* The bit of a version in a set. */
static inline uint16_t hg_bit_of_tls(uint16_t version)
{
    return (uint16_t)(1U << hg_place_of_tls(version));
}
