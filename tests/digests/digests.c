/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * digests.c - SHA-1, SHA-256 and what stands on it, of lines from standard input, for comparison with others.
 *
 *     one BYTES                  SHA-1 of a short message
 *     sha PIECE BYTES            added in pieces of so many bytes (0: in one)
 *     hmac KEY BYTES
 *     label SECRET LENGTH NAME   HKDF-Expand-Label
 *
 * Bytes are hexadecimal. Gives a line with the answer of each way to hash blocks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/digest.h"

enum { LONGEST = 1 << 20 };

typedef struct bytes {
    uint8_t *data; /* of its own and to its end, so that the sanitizer sees what is read past it */
    size_t length;
} bytes;

static unsigned digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static bytes from_hex(const char *text)
{
    bytes made = {.length = strlen(text) / 2};
    made.data = malloc(made.length + 1);
    for (size_t i = 0; i < made.length; i++)
        made.data[1 + i] = (uint8_t)(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
    return made;
}

static void sha(hg_digest_blocks blocks, const bytes *message, size_t piece, uint8_t *out)
{
    hg_message_digest hash;
    if (piece == 0) {
        hg_sha256_of(blocks, message->data + 1, message->length, out);
        return;
    }
    hg_sha256_start(&hash, blocks);
    for (size_t at = 0; at < message->length; at += piece) {
        size_t left = message->length - at;
        hg_digest_add(&hash, message->data + 1 + at, left < piece ? left : piece);
    }
    hg_sha256_end(&hash, out);
}

/* The message in each lane, among others. */
static size_t sha1(hg_sha1_lanes lanes, const char *text, uint8_t *out)
{
    bytes message = from_hex(text);
    hg_sha1_message messages[HG_SHA1_LANES] = {{{1, 2, 3}, 3}};
    uint32_t digests[HG_SHA1_WORDS][HG_SHA1_LANES];
    uint8_t digest[4 * HG_SHA1_WORDS];
    for (int lane = 0; lane < HG_SHA1_LANES; lane++) {
        hg_sha1_message kept = messages[lane];
        memcpy(messages[lane].bytes, message.data + 1, message.length);
        messages[lane].length = (uint8_t)message.length;
        lanes(messages, digests);
        for (int i = 0; i < HG_SHA1_WORDS; i++)
            hg_put_be32(digest + 4 * i, digests[i][lane]);
        if (lane > 0 && memcmp(out, digest, sizeof digest) != 0)
            abort();
        memcpy(out, digest, sizeof digest);
        messages[lane] = kept;
    }
    free(message.data);
    return sizeof digest;
}

/* Length of the answer. */
static size_t answer(hg_digest_blocks blocks, char *const words[4], uint8_t *out)
{
    bytes key = from_hex(words[1]), message = from_hex(words[0][0] == 'l' ? "" : words[2]);
    hg_hmac hmac;
    size_t length = HG_SHA256_BYTES;
    if (words[0][0] == 's') {
        sha(blocks, &message, strtoul(words[1], NULL, 10), out);
    } else {
        hg_hmac_key(&hmac, blocks, key.data + 1, key.length);
        if (words[0][0] == 'h')
            hg_hmac_of(&hmac, message.data + 1, message.length, out);
        else
            hg_expand_label(&hmac, words[3], out, length = strtoul(words[2], NULL, 10));
    }
    free(key.data);
    free(message.data);
    return length;
}

int main(void)
{
    static char line[2 * LONGEST + 64];
    const hg_digest_blocks ways[] = {hg_sha256_portable, hg_sha256_fastest()};
    const hg_sha1_lanes lanes[] = {hg_sha1_portable, hg_sha1_fastest()};
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *words[4] = {0}, *at = line;
        line[strcspn(line, "\n")] = 0;
        for (int i = 0; i < 4; i++) {
            words[i] = at;
            at += i < 3 ? strcspn(at, " ") : 0;
            if (*at == ' ')
                *at++ = 0;
        }
        for (int way = 0; way < 2; way++) {
            uint8_t out[HG_SHA256_BYTES];
            size_t length = words[0][0] == 'o' ? sha1(lanes[way], words[1], out) : answer(ways[way], words, out);
            for (size_t i = 0; i < length; i++)
                printf("%02x", out[i]);
            printf(way == 0 ? " " : "\n");
        }
    }
    return 0;
}
