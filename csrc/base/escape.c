/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/escape.h"

#include "base/value.h"

#define INVALID UINT32_MAX
#define PLAIN 0x100u /* stands for all characters that need no escape; not a byte value */
#define EACH_BYTE (UINT64_MAX / 0xff)

/* Reads one character from `length` >= 1 bytes. Returns its code, or INVALID; `*used` becomes the number of
 * bytes read. As in Unicode's rule for replacement characters (chapter 3.9), an invalid piece ends before the
 * first byte that cannot continue it. */
static uint32_t decode(const uint8_t *text, size_t length, size_t *used)
{
    uint8_t lead = text[0];
    *used = 1;
    if (lead < 0x80)
        return lead;
    if (lead < 0xc2 || lead > 0xf4) /* a continuation byte, an overlong form, or beyond U+10FFFF */
        return INVALID;
    size_t need = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    uint32_t code = lead & (0x7fU >> need);
    /* The second byte's range excludes overlong forms, surrogates and values above U+10FFFF. */
    uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    for (size_t i = 1; i < need; i++) {
        if (i == length || text[i] < low || text[i] > high)
            return INVALID;
        code = code << 6 | (text[i] & 0x3fU);
        *used = i + 1;
        low = 0x80;
        high = 0xbf;
    }
    return code;
}

static int is_unsafe(uint32_t code)
{
    if (code < 0x20 || (code >= 0x7f && code < 0xa0))
        return 1;
    if (code < 0x61c)
        return 0;
    return code == 0x61c || code == 0x200b || code == 0x200e || code == 0x200f || code == 0x2060 || code == 0xfeff ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/* Sets the highest bit of each byte that is 0. It may also set that bit in bytes above the first such byte. */
static inline uint64_t zero_bytes(uint64_t word)
{
    return (word - EACH_BYTE) & ~word & (0x80 * EACH_BYTE);
}

/* How many bytes from `text` on need no escape: printable ASCII except backslashes and `other`. Nearly all text needs
 * none. */
static size_t plain_run(const uint8_t *text, size_t length, uint8_t other)
{
    size_t run = 0;
    for (uint64_t word; length - run >= sizeof word; run += sizeof word) {
        memcpy(&word, text + run, sizeof word);
        const uint64_t odd = (word | (word - 0x20 * EACH_BYTE)) & (0x80 * EACH_BYTE);
        if ((odd | zero_bytes(word ^ 0x7f * EACH_BYTE) | zero_bytes(word ^ '\\' * EACH_BYTE) |
             zero_bytes(word ^ other * EACH_BYTE)) != 0)
            break;
    }
    while (run < length && text[run] >= 0x20 && text[run] < 0x7f && text[run] != other && text[run] != '\\')
        run++;
    return run;
}

/* `is_json` is constant in each call. */
static inline __attribute__((always_inline)) char *escape(char *p, const uint8_t *text, size_t length, uint8_t quote,
                                                          int is_json)
{
    size_t used;
    for (size_t i = 0; i < length; i += used) {
        used = plain_run(text + i, length - i, quote);
        const uint32_t code = used > 0 ? PLAIN : decode(text + i, length - i, &used);
        const int is_valid = code != INVALID && !is_unsafe(code),
                  is_quoted = code == '\\' || (quote != 0 && code == quote);
        if (is_valid && (is_json || !is_quoted)) {
            if (is_quoted)
                *p++ = '\\';
            p = hg_put_bytes(p, (const char *)text + i, used);
        } else if (is_json) { /* all unsafe characters are below U+10000 */
            const uint32_t shown = code == INVALID ? 0xFFFD : code;
            p = hg_put_hex_byte(HG_AFTER(p, "\\u"), (uint8_t)(shown >> 8));
            p = hg_put_hex_byte(p, (uint8_t)shown);
        } else {
            for (size_t k = 0; k < used; k++)
                p = hg_put_hex_byte(HG_AFTER(p, "\\x"), text[i + k]);
        }
    }
    return p;
}

char *hg_escape_plain(char *p, const uint8_t *text, size_t length, uint8_t separator)
{
    return escape(p, text, length, separator, 0);
}

char *hg_escape_json(char *p, const uint8_t *text, size_t length)
{
    return escape(p, text, length, '"', 1);
}

char *hg_repair(char *p, const uint8_t *text, size_t length)
{
    size_t used;
    for (size_t i = 0; i < length; i += used) {
        const uint32_t code = decode(text + i, length - i, &used);
        p = code == INVALID ? HG_AFTER(p, "\xef\xbf\xbd") : hg_put_bytes(p, (const char *)text + i, used);
    }
    return p;
}

char *hg_put_json_string(char *p, const uint8_t *text, size_t length)
{
    *p++ = '"';
    p = hg_escape_json(p, text, length);
    *p++ = '"';
    return p;
}
