/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * gzip.h - a gzip stream (RFC 1951, RFC 1952) as the bytes in it. Browsers decompress, too, but do not say how
 * many bytes they took, refuse a second member, and throw away what came before damage.
 */
#ifndef HG_WEB_GZIP_H
#define HG_WEB_GZIP_H

#include <stddef.h>
#include <stdint.h>

enum {
    HG_GZIP_WINDOW = 1 << 15, /* how far back a match reaches */
    HG_GZIP_RING = 2 * HG_GZIP_WINDOW,
    HG_GZIP_INPUT = 1 << 16,
    HG_GZIP_FAST_BITS = 10,
    HG_GZIP_CODE_BITS = 15,
    HG_GZIP_CODES = 288
};

/* Up to `length` bytes of the compressed input, 0 at its end; negative: it cannot be read. */
typedef int32_t (*hg_gzip_input)(uint8_t *to, uint32_t length);

typedef struct hg_gzip_code {
    uint16_t fast[1 << HG_GZIP_FAST_BITS];   /* by the next bits: symbol << 4 | length; 0: a longer code, or none */
    uint16_t count[HG_GZIP_CODE_BITS + 1];   /* codes of each length */
    uint16_t symbols[HG_GZIP_CODES];         /* in the order of their codes */
} hg_gzip_code;

typedef struct hg_gzip {
    hg_gzip_input input;
    uint64_t read;    /* bytes of the input that were taken in */
    uint64_t bits;    /* the next ones, the first lowest */
    uint32_t held;    /* how many of them */
    uint32_t at, end; /* in `bytes` */
    uint32_t step;    /* what comes next */
    int last;         /* the block is the last of its member */
    int fixed;        /* the codes are those that the format fixes */
    uint32_t left;    /* of a stored block */
    uint64_t made, given, begun; /* bytes that came out, that were returned, and where the member began */
    uint64_t hashed;
    uint32_t crc, crc_table[256];
    const char *damage; /* why it ended too early; NULL: it did not */
    hg_gzip_code literals, distances;
    uint8_t bytes[HG_GZIP_INPUT], ring[HG_GZIP_RING];
} hg_gzip;

/* `head` are the first bytes, which were read from the input already. */
void hg_gzip_open(hg_gzip *gzip, hg_gzip_input input, const uint8_t *head, uint32_t length);
/* Up to `length` bytes; 0: there are no more, and hg_gzip_damage says whether that is the end. -1: as the input. */
int32_t hg_gzip_read(hg_gzip *gzip, uint8_t *to, uint32_t length);
/* Writes what is wrong with the stream, and returns its length; 0: nothing. */
size_t hg_gzip_damage(const hg_gzip *gzip, char *out, size_t capacity);

#endif
