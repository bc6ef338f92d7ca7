/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * records.h - a handshake message in TLS records (RFC 8446, 5.1), which do not line up with it.
 */
#pragma once

#include "tls/hello.h"

enum { HG_RECORD_HEADER = 5, HG_RECORD_MOST = 16640, HG_RECORD_HANDSHAKE = 22, HG_RECORD_CIPHER_CHANGE = 20, HG_RECORD_ALERT = 21 };

typedef enum hg_message_state {
    HG_MESSAGE_OTHER = 0,    /* the bytes are something else */
    HG_MESSAGE_MORE = 1,     /* they fit as far as they go */
    HG_MESSAGE_WHOLE = 2,    /* the message is there */
    HG_MESSAGE_TOO_LONG = 3  /* it claims more than is read, or lies in too many records */
} hg_message_state;

typedef struct hg_record_message {
    uint32_t length;      /* of the message */
    uint32_t skip;        /* bytes of messages before it in its first record */
    uint32_t last;        /* where the last record that it touches begins, from the first byte on */
    uint32_t end;         /* and ends */
    uint32_t used;        /* bytes of the content of that record, up to its end */
    uint8_t fills_record; /* 1: nothing follows it there */
} hg_record_message;

/* Passes alerts (a server may warn of an unknown name) and changes of ciphers that come before a hello; `*at` becomes
 * the end of the last whole one. 1: there is nothing behind it but perhaps the beginning of another one. */
int hg_records_pass(const uint8_t *data, uint32_t length, uint32_t *at);
/* Looks for a message of a type, at most `most` bytes long, in records at the beginning of the bytes. Of these, `skip` bytes
 * of content are of messages before it. */
hg_message_state hg_records_find(const uint8_t *data, uint32_t length, uint32_t skip, uint8_t type, uint32_t most,
                                 hg_record_message *out);
/* Puts a message that was found together at `out`, which has room for its length. */
void hg_records_join(const uint8_t *data, const hg_record_message *message, uint8_t *out);
