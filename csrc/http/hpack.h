/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hpack.h - decodes the HPACK header fields (RFC 7541) that one end of a connection sends.
 *
 * Texts are decoded into the caller's memory, one after the other, and stay there; entries of the dynamic table refer
 * to them. So all header blocks together take at most that memory. */
#pragma once

#include "http/head.h"

typedef enum hg_hpack_result {
    HG_HPACK_BAD = 0,     /* the bytes break a rule of RFC 7541 */
    HG_HPACK_GOOD = 1,
    HG_HPACK_NO_ROOM = 2  /* there is no room for more text or more fields */
} hg_hpack_result;

enum {
    HG_HPACK_TABLE = 4096,     /* most bytes of the dynamic table by default (RFC 9113, 6.5.2) */
    HG_HPACK_ENTRY = 32,       /* bytes that each entry adds to the size, besides its texts (RFC 7541, 4.1) */
    HG_HPACK_MOST_ENTRIES = HG_HPACK_TABLE / HG_HPACK_ENTRY
};

typedef struct hg_hpack {
    uint8_t *text; /* decoded texts; borrowed */
    uint32_t room; /* bytes of `text`, at most 65,535 */
    uint32_t used; /* bytes of `text` in use */
    uint32_t size;  /* of all entries, as RFC 7541 counts it */
    uint32_t limit; /* highest allowed `size` */
    uint32_t newest; /* index of the newest entry */
    uint32_t count;  /* number of entries */
    hg_http_field entries[HG_HPACK_MOST_ENTRIES]; /* the dynamic table, a ring */
} hg_hpack;

/* Initialises a table without entries. */
void hg_hpack_begin(hg_hpack *table, uint8_t *text, uint32_t room);

/* Decodes a whole header block. Appends its fields to `fields`, which holds `*count` fields and has room for `most`.
 *
 * The receiver may have allowed a table larger than HG_HPACK_TABLE. Then decoding fails at the first reference to an
 * entry that a table of HG_HPACK_TABLE bytes no longer has; a wrong field is never returned. */
hg_hpack_result hg_hpack_read(hg_hpack *table, const uint8_t *block, uint32_t length, hg_http_field *fields,
                              uint32_t most, uint32_t *count);
