/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hpack.h - decodes header fields in HPACK (RFC 7541), as one end of a connection sends them.
 *
 * Texts are decoded into the caller's memory, one after the other, and stay there: entries of the dynamic table are
 * offsets into it. So a block never takes more than that memory, whatever it refers to.
 */
#pragma once

#include "http/head.h"

typedef enum hg_hpack_result {
    HG_HPACK_BAD = 0,     /* the bytes break a rule of RFC 7541 */
    HG_HPACK_GOOD = 1,
    HG_HPACK_NO_ROOM = 2 /* there is no room for more text or more fields */
} hg_hpack_result;

enum {
    HG_HPACK_TABLE = 4096,     /* size of the dynamic table unless changed (RFC 9113, 6.5.2) */
    HG_HPACK_ENTRY = 32,       /* bytes that an entry counts in addition to its texts (RFC 7541, 4.1) */
    HG_HPACK_MOST_ENTRIES = HG_HPACK_TABLE / HG_HPACK_ENTRY
};

typedef struct hg_hpack {
    uint8_t *text; /* borrowed */
    uint32_t room; /* bytes, at most 65,535 */
    uint32_t used;
    uint32_t size;  /* of the entries, as RFC 7541 counts it */
    uint32_t limit; /* highest `size` */
    uint32_t newest;
    uint32_t count;
    hg_http_field entries[HG_HPACK_MOST_ENTRIES]; /* a ring */
} hg_hpack;

/* A table without entries. */
void hg_hpack_begin(hg_hpack *table, uint8_t *text, uint32_t room);

/* Decodes a whole header block. Fields are added to `fields`, which has room for `most`, from `*count` on.
 *
 * The other end may have allowed a table larger than HG_HPACK_TABLE. Then reading works as long as references stay
 * within the latest entries. A wrong field is never returned. */
hg_hpack_result hg_hpack_read(hg_hpack *table, const uint8_t *block, uint32_t length, hg_http_field *fields,
                              uint32_t most, uint32_t *count);
