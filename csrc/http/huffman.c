/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * huffman.c - HPACK's Huffman code. The code is canonical: codes of one length are consecutive numbers, given to
 * symbols in rising order, and longer codes continue where shorter ones end. So a code is found by its size alone.
 */
#include "http/huffman.h"

#include "base/bytes.h"

enum { END_OF_TEXT = 256 };

/* Codes of 5 to 8 bits, which are all but the rare ones, have a class each, and begin with a byte below this. */
enum { SHORT_CODES = 0xFE, LONG_CLASSES = 4 };

typedef struct code_class {
    uint8_t bits;   /* of each code */
    uint8_t symbol; /* place of the first one's symbol */
    uint32_t first; /* code */
    uint32_t last;  /* the last code, with ones behind it up to 32 bits */
} code_class;

static const code_class CLASSES[] = {
    {5, 0, 0x0, 0x4FFFFFFF}, {6, 10, 0x14, 0xB7FFFFFF},
    {7, 36, 0x5C, 0xF7FFFFFF}, {8, 68, 0xF8, 0xFDFFFFFF},
    {10, 74, 0x3F8, 0xFF3FFFFF}, {11, 79, 0x7FA, 0xFF9FFFFF},
    {12, 82, 0xFFA, 0xFFBFFFFF}, {13, 84, 0x1FF8, 0xFFEFFFFF},
    {14, 90, 0x3FFC, 0xFFF7FFFF}, {15, 92, 0x7FFC, 0xFFFDFFFF},
    {19, 95, 0x7FFF0, 0xFFFE5FFF}, {20, 98, 0xFFFE6, 0xFFFEDFFF},
    {21, 106, 0x1FFFDC, 0xFFFF47FF}, {22, 119, 0x3FFFD2, 0xFFFFAFFF},
    {23, 145, 0x7FFFD8, 0xFFFFE9FF}, {24, 174, 0xFFFFEA, 0xFFFFF5FF},
    {25, 186, 0x1FFFFEC, 0xFFFFF7FF}, {26, 190, 0x3FFFFE0, 0xFFFFFBBF},
    {27, 205, 0x7FFFFDE, 0xFFFFFE1F}, {28, 224, 0xFFFFFE2, 0xFFFFFFEF},
    {30, 253, 0x3FFFFFFC, 0xFFFFFFFF},
};

/* By length of code, then by value. Behind them comes the end of text, which no text holds. */
static const uint8_t SYMBOLS[] = {
    48, 49, 50, 97, 99, 101, 105, 111, 115, 116, 32, 37, 45, 46, 47, 51, 52, 53, 54, 55, 56, 57, 61, 65,
    95, 98, 100, 102, 103, 104, 108, 109, 110, 112, 114, 117, 58, 66, 67, 68, 69, 70, 71, 72, 73, 74,
    75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 89, 106, 107, 113, 118, 119, 120, 121, 122, 38,
    42, 44, 59, 88, 90, 33, 34, 40, 41, 63, 39, 43, 124, 35, 62, 0, 36, 64, 91, 93, 126, 94, 125, 60,
    96, 123, 92, 195, 208, 128, 130, 131, 162, 184, 194, 224, 226, 153, 161, 167, 172, 176, 177, 179,
    209, 216, 217, 227, 229, 230, 129, 132, 133, 134, 136, 146, 154, 156, 160, 163, 164, 169, 170, 173,
    178, 181, 185, 186, 187, 189, 190, 196, 198, 228, 232, 233, 1, 135, 137, 138, 139, 140, 141, 143,
    147, 149, 150, 151, 152, 155, 157, 158, 165, 166, 168, 174, 175, 180, 182, 183, 188, 191, 197, 231,
    239, 9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237, 199, 207, 234, 235, 192, 193, 200,
    201, 202, 205, 210, 213, 218, 219, 238, 240, 242, 243, 255, 203, 204, 211, 212, 214, 221, 222, 223,
    241, 244, 245, 246, 247, 248, 250, 251, 252, 253, 254, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17,
    18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127, 220, 249, 10, 13, 22,
};

_Static_assert(sizeof SYMBOLS == END_OF_TEXT, "each byte has a code");

/* The last class ends with all bits set, so there is always one. */
static const code_class *class_of(uint32_t window)
{
    const uint32_t top = window >> 24;
    if (top < SHORT_CODES)
        return CLASSES + (top >= 0x50) + (top >= 0xB8) + (top >= 0xF8);
    const code_class *class = CLASSES + LONG_CLASSES;
    while (window > class->last)
        class++;
    return class;
}

hg_hpack_result hg_huffman_read(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t room, uint32_t *used)
{
    uint64_t window = 0; /* bits not yet decoded, from the top */
    uint32_t bits = 0, at = 0, put = 0;
    hg_hpack_result result = HG_HPACK_GOOD;
    for (;;) {
        if (bits < 32 && length - at >= 4) {
            window |= (uint64_t)hg_be32(in + at) << (32 - bits);
            at += 4;
            bits += 32;
        }
        for (; bits < 32 && at < length; bits += 8)
            window |= (uint64_t)in[at++] << (56 - bits);
        const uint32_t next = (uint32_t)(window >> 32);
        const code_class *class = class_of(next);
        if (bits < class->bits)
            break;
        const uint32_t place = class->symbol + (next >> (32 - class->bits)) - class->first;
        if (place == END_OF_TEXT || put == room) {
            result = place == END_OF_TEXT ? HG_HPACK_BAD : HG_HPACK_NO_ROOM;
            break;
        }
        out[put++] = SYMBOLS[place];
        window <<= class->bits;
        bits -= class->bits;
    }
    *used = put;
    /* What is left fills the last byte with ones. */
    const int padded = bits < 8 && window >> 56 == ((0xFF00u >> bits) & 0xFF);
    return result != HG_HPACK_GOOD || padded ? result : HG_HPACK_BAD;
}
