/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * proxied.c - the header of PROXY, which states for whom a proxy connects (HAProxy's proxy-protocol.txt).
 */
#include "conversations/proxied.h"

#include <string.h>

#include "base/bytes.h"

enum { FIXED = 16, VERSION_AT = 12, FAMILY_AT = 13, LENGTH_AT = 14 }; /* the header of version 2 */

static int begins_with(const uint8_t *data, uint32_t length, const void *expected, uint32_t bytes)
{
    return memcmp(data, expected, length < bytes ? length : bytes) == 0;
}

static int is_version_2(const uint8_t *data, uint32_t length)
{
    static const uint8_t SIGNATURE[VERSION_AT] = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    return begins_with(data, length, SIGNATURE, sizeof SIGNATURE) &&
           (length <= VERSION_AT || data[VERSION_AT] >> 4 == 2);
}

uint32_t hg_proxy_header(const uint8_t *data, uint32_t length)
{
    enum { LINE_MOST = 107, LINE = 11 };
    static const char LINES[][LINE + 1] = {"PROXY TCP4 ", "PROXY TCP6 ", "PROXY UNKNO"};
    if (is_version_2(data, length))
        return hg_once_within(length < FIXED ? FIXED : FIXED + hg_be16(data + LENGTH_AT), length);
    int is_line = 0;
    for (uint32_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
        is_line |= begins_with(data, length, LINES[i], LINE);
    if (!is_line)
        return 0;
    const uint8_t *end = memchr(data, '\n', length < LINE_MOST ? length : LINE_MOST);
    if (end == NULL)
        return length < LINE_MOST ? HG_GOES_ON : 0;
    return end[-1] == '\r' ? (uint32_t)(end + 1 - data) : 0;
}

static int skip(const uint8_t **at, char expected)
{
    const int is_there = **at == (uint8_t)expected;
    *at += is_there;
    return is_there;
}

/* Reads a number of at most `most`. The bytes end with a character that is no digit, here and in the next functions. */
static int read_number(const uint8_t **at, uint32_t base, uint32_t most, uint32_t *out)
{
    static const char DIGITS[] = "0123456789abcdef";
    const uint8_t *begin = *at;
    for (*out = 0; *out <= most; ++*at) {
        const char *digit = memchr(DIGITS, **at >= 'A' && **at <= 'F' ? **at | 0x20 : **at, base);
        if (digit == NULL)
            break;
        *out = *out * base + (uint32_t)(digit - DIGITS);
    }
    return *at > begin && *out <= most;
}

static int read_ipv4(const uint8_t **at, uint8_t *out)
{
    uint32_t byte = 0;
    for (uint32_t i = 0; i < 4; i++) {
        if ((i > 0 && !skip(at, '.')) || !read_number(at, 10, UINT8_MAX, &byte))
            return 0;
        out[i] = (uint8_t)byte;
    }
    return 1;
}

static int read_ipv6(const uint8_t **at, uint8_t *out)
{
    enum { BYTES = 16, NO_GAP = BYTES + 1 };
    uint32_t count = 0, gap = NO_GAP, group = 0;
    while (count < BYTES) {
        const int is_gap = (*at)[0] == ':' && (*at)[1] == ':';
        if (is_gap && gap != NO_GAP)
            return 0;
        if (is_gap) {
            gap = count;
            *at += 2;
        } else if (count > 0 && !skip(at, ':')) {
            break;
        }
        const uint8_t *begin = *at;
        if (is_gap && **at == ' ')
            break;
        if (!read_number(at, 16, UINT16_MAX, &group))
            return 0;
        if (**at == '.') {
            *at = begin;
            if (count > BYTES - 4 || !read_ipv4(at, out + count))
                return 0;
            count += 4;
            break;
        }
        out[count++] = (uint8_t)(group >> 8);
        out[count++] = (uint8_t)group;
    }
    if (gap == NO_GAP || count == BYTES)
        return count == BYTES;
    memmove(out + BYTES - (count - gap), out + gap, count - gap);
    memset(out + gap, 0, BYTES - count);
    return 1;
}

/* "PROXY TCP4 192.0.2.9 198.51.100.1 56324 443" */
static int read_line(const uint8_t *at, hg_greetings_values *out)
{
    enum { FAMILY_AT = 9, FIRST = 11 };
    uint32_t source = 0, destination = 0;
    const int is_6 = at[FAMILY_AT] == '6';
    int (*const read)(const uint8_t **at, uint8_t *out) = is_6 ? read_ipv6 : read_ipv4;
    out->proxied_version = is_6 ? 6 : 4;
    if (memcmp(at, "PROXY TCP", FAMILY_AT) != 0)
        return 0;
    at += FIRST;
    if (!read(&at, out->proxied_src_ip) || !skip(&at, ' ') || !read(&at, out->proxied_dst_ip) || !skip(&at, ' ') ||
        !read_number(&at, 10, UINT16_MAX, &source) || !skip(&at, ' ') ||
        !read_number(&at, 10, UINT16_MAX, &destination))
        return 0;
    out->proxied_src_port = (uint16_t)source;
    out->proxied_dst_port = (uint16_t)destination;
    return *at == '\r';
}

/* Version and command, family and protocol, length; then both addresses and ports. */
static int read_block(const uint8_t *header, uint32_t length, hg_greetings_values *out)
{
    enum { PROXY_2 = 0x21, TCP4 = 0x11, TCP6 = 0x21 };
    const uint32_t bytes = header[FAMILY_AT] == TCP6 ? 16 : 4;
    const uint8_t *ports = header + FIXED + (size_t)2 * bytes;
    if (header[VERSION_AT] != PROXY_2 || (header[FAMILY_AT] != TCP4 && header[FAMILY_AT] != TCP6) ||
        length < FIXED + 2 * bytes + 4)
        return 0;
    memcpy(out->proxied_src_ip, header + FIXED, bytes);
    memcpy(out->proxied_dst_ip, header + FIXED + bytes, bytes);
    out->proxied_src_port = hg_be16(ports);
    out->proxied_dst_port = hg_be16(ports + 2);
    out->proxied_version = bytes == 4 ? 4 : 6;
    return 1;
}

int hg_proxy_read(const uint8_t *header, uint32_t length, hg_event_values *out)
{
    enum { LEAST_LINE = 11 };
    hg_greetings_values found = {.greeting_signature = HG_NO_SIGNATURE};
    const int is_stated = length >= FIXED && is_version_2(header, length)
                              ? read_block(header, length, &found)
                              : length > LEAST_LINE && read_line(header, &found);
    memcpy(out, &found, sizeof found);
    return is_stated;
}

static hg_reader_result report(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to)
{
    (void)flow, (void)from_server, (void)bytes;
    memcpy(to->values, state, sizeof *to->values);
    return (hg_reader_result){.done = 1, .has_event = 1, .event = HG_EVENT_PROXIED};
}

static HG_ROW_WRITER(write, greetings)

const hg_reader hg_proxied_reader = {.proof = HG_PROOF_HANDSHAKE, .follow = report, .write = write};
