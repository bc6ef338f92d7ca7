/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/hello.h"

/* The unread bytes of a message. Taking more bytes than are left empties the cursor and sets `failed`. */
typedef struct hello_cursor {
    const uint8_t *data;
    uint32_t left;
    int failed;
} hello_cursor;

static hg_span take(hello_cursor *from, uint32_t length)
{
    if (length > from->left) {
        from->failed = 1;
        length = from->left;
    }
    hg_span taken = hg_span_of(from->data, length);
    from->data += length;
    from->left -= length;
    return taken;
}

static uint32_t take_number(hello_cursor *from, uint32_t bytes)
{
    hg_span taken = take(from, bytes);
    uint32_t value = 0;
    for (uint32_t i = 0; i < taken.length; i++)
        value = value << 8 | taken.data[i];
    return taken.length == bytes ? value : 0;
}

/* Takes a list that follows its length, a number of `bytes` bytes. */
static hg_span take_list(hello_cursor *from, uint32_t bytes)
{
    return take(from, take_number(from, bytes));
}

/* ---- extensions ------------------------------------------------------------------------------- */

int hg_extension_next(const hg_span *block, uint32_t *at, uint16_t *type, hg_span *content)
{
    if (block->length - *at < 4)
        return 0;
    const uint8_t *head = block->data + *at;
    uint32_t length = hg_be16(head + 2);
    if (block->length - *at - 4 < length)
        return 0;
    *type = hg_be16(head);
    *content = hg_span_of(head + 4, length);
    *at += 4 + length;
    return 1;
}

/* Reads an extension that is a single list: a length of `bytes` bytes, then values of `width` bytes. A list that is
 * cut, ends within a value or is followed by other bytes counts as malformed. */
static hg_span read_list(hg_hello *hello, hg_span content, uint32_t bytes, uint32_t width)
{
    if (content.length >= bytes) {
        const uint32_t left = content.length - bytes, length = bytes == 1 ? content.data[0] : hg_be16(content.data);
        hello->malformed |= (uint8_t)(length != left || length % width != 0);
        if (length <= left && length % width == 0)
            return hg_span_of(content.data + bytes, length);
    }
    hello->malformed = 1;
    return hg_span_of(NULL, 0);
}

static void read_shares(hg_hello *hello)
{
    uint32_t at = 0;
    uint16_t group;
    hg_span key;
    while (hg_extension_next(&hello->shares, &at, &group, &key)) /* key shares have the same form as extensions */
        hello->post_quantum |= (uint8_t)hg_tls_is_post_quantum(group);
    if (at < hello->shares.length)
        hello->malformed = 1;
}

/* Takes the first host name (type 0). */
static void read_name(hg_hello *hello, hg_span content)
{
    hello->has_name_extension = 1;
    if (content.length == 0)
        return;
    hello_cursor from = {content.data, content.length, 0};
    hg_span list = take_list(&from, 2);
    hello->malformed |= (uint8_t)(from.failed || from.left > 0);
    from = (hello_cursor){list.data, list.length, 0};
    while (from.left > 0 && !from.failed) {
        uint32_t type = take_number(&from, 1);
        hg_span name = take_list(&from, 2);
        if (type == 0 && name.length > 0 && hello->name.data == NULL)
            hello->name = name;
    }
    hello->malformed |= (uint8_t)from.failed;
}

/* Extensions of a ClientHello that are lists: offset in hg_hello, bytes of the length field, bytes per value. */
static const struct {
    uint16_t at;
    uint8_t bytes, width;
} LISTS[HG_TLS_KEY_SHARE + 1] = {
    [HG_TLS_GROUPS] = {offsetof(hg_hello, groups), 2, 2},
    [HG_TLS_POINT_FORMATS] = {offsetof(hg_hello, formats), 1, 1},
    [HG_TLS_SIGNATURE_ALGORITHMS] = {offsetof(hg_hello, algorithms), 2, 2},
    [HG_TLS_ALPN] = {offsetof(hg_hello, protocols), 2, 1},
    [HG_TLS_SUPPORTED_VERSIONS] = {offsetof(hg_hello, versions), 1, 2},
    [HG_TLS_KEY_SHARE] = {offsetof(hg_hello, shares), 2, 1},
};

static void read_client_extension(hg_hello *hello, uint16_t type, hg_span content)
{
    if (type == HG_TLS_SERVER_NAME) {
        read_name(hello, content);
    } else if (type <= HG_TLS_KEY_SHARE && LISTS[type].width != 0) {
        const hg_span list = read_list(hello, content, LISTS[type].bytes, LISTS[type].width);
        memcpy((uint8_t *)hello + LISTS[type].at, &list, sizeof list);
        if (type == HG_TLS_KEY_SHARE)
            read_shares(hello);
    } else if (type == HG_TLS_ECH) {
        hello->ech = 1;
    }
}

static void read_server_extension(hg_hello *hello, uint16_t type, hg_span content)
{
    hello_cursor from = {content.data, content.length, 0};
    if (type == HG_TLS_SUPPORTED_VERSIONS && content.length == 2) {
        hello->version = (uint16_t)take_number(&from, 2);
    } else if (type == HG_TLS_KEY_SHARE && content.length >= 2) {
        hello->group = (uint16_t)take_number(&from, 2);
        hello->post_quantum = (uint8_t)hg_tls_is_post_quantum(hello->group);
    } else if (type == HG_TLS_ALPN) {
        hello->protocols = read_list(hello, content, 2, 1);
    }
}

/* Marks an extension type as read; 1: it was read before. Only the first extension of a type counts. Types without a
 * bit are not read. */
static int is_repeated(uint64_t *seen, uint16_t type)
{
    uint32_t bit = type < 63 ? type : type == HG_TLS_ECH ? 63 : 64;
    if (bit == 64)
        return 0;
    int repeated = (int)(*seen >> bit & 1);
    *seen |= UINT64_C(1) << bit;
    return repeated;
}

/* Reads the extensions at the end of a hello; they may be missing. */
static void read_extensions(hg_hello *hello, hello_cursor *from, int is_client)
{
    if (from->left == 0)
        return;
    if (from->left == 1) {
        hello->malformed = 1;
        return;
    }
    hg_span block = take_list(from, 2), content;
    uint64_t seen = 0;
    uint32_t at = 0;
    uint16_t type;
    while (hg_extension_next(&block, &at, &type, &content)) {
        if (is_repeated(&seen, type))
            continue;
        if (is_client)
            read_client_extension(hello, type, content);
        else
            read_server_extension(hello, type, content);
    }
    hello->malformed |= (uint8_t)(from->failed || from->left > 0 || at < block.length);
    hello->extensions = hg_span_of(block.data, at);
}

/* ---- ClientHello --------------------------------------------------------------------------------- */

static int is_dtls(uint16_t version)
{
    return version >> 8 == 0xFE || version == 0x0100;
}

/* Whether `offered` is newer than `best`. A standard is newer than its drafts; DTLS versions count downwards. */
static int is_newer(uint16_t offered, uint16_t best, uint8_t transport)
{
    if (hg_is_tls_draft(offered) != hg_is_tls_draft(best))
        return hg_is_tls_draft(best);
    return transport == HG_TRANSPORT_DTLS && is_dtls(offered) && is_dtls(best) ? offered < best : offered > best;
}

/* The newest version in supported_versions, else the legacy version. */
static uint16_t newest(const hg_hello *hello, uint8_t transport)
{
    uint16_t best = 0;
    int found = 0;
    for (uint32_t i = 0; i < hello->versions.length; i += 2) {
        uint16_t offered = hg_be16(hello->versions.data + i);
        if (hg_is_grease(offered))
            continue;
        if (!found || is_newer(offered, best, transport))
            best = offered;
        found = 1;
    }
    return found ? best : hello->legacy_version;
}

static int read_client(hg_hello *hello, hello_cursor *from, uint8_t transport)
{
    hello->legacy_version = (uint16_t)take_number(from, 2);
    take(from, 32); /* random */
    hg_span session = take_list(from, 1);
    if (transport == HG_TRANSPORT_DTLS)
        take_list(from, 1); /* cookie */
    hello->ciphers = take_list(from, 2);
    take_list(from, 1); /* compression */
    uint32_t major = hello->legacy_version >> 8;
    if (from->failed || session.length > 32 || hello->ciphers.length % 2 != 0)
        return 0;
    if (transport == HG_TRANSPORT_DTLS ? !is_dtls(hello->legacy_version) : major != 3)
        return 0;
    read_extensions(hello, from, 1);
    hello->version = newest(hello, transport);
    return 1;
}

int hg_hello_read_ssl2(const uint8_t *message, uint32_t length, hg_hello *out)
{
    hello_cursor from = {message, length, 0};
    *out = (hg_hello){.ssl2 = 1};
    if (take_number(&from, 1) != HG_TLS_CLIENT_HELLO)
        return 0;
    out->version = out->legacy_version = (uint16_t)take_number(&from, 2);
    uint32_t ciphers = take_number(&from, 2), session = take_number(&from, 2), challenge = take_number(&from, 2);
    out->ciphers = take(&from, ciphers);
    take(&from, session);
    take(&from, challenge);
    return !from.failed && from.left == 0 && ciphers > 0 && ciphers % 3 == 0 &&
           (out->version == 0x0002 || out->version >> 8 == 3);
}

/* ---- ServerHello --------------------------------------------------------------------------------- */

/* SHA-256 of "HelloRetryRequest". */
static const uint8_t RETRY[32] = {0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C,
                                  0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB,
                                  0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};
/* A server that supports a newer version ends its random value with this and one more byte (RFC 8446, 4.1.3). */
static const uint8_t SENTINEL[7] = {'D', 'O', 'W', 'N', 'G', 'R', 'D'};

int hg_is_hello_retry(const uint8_t *random)
{
    return memcmp(random, RETRY, sizeof RETRY) == 0;
}

static uint8_t downgrade_of(const uint8_t *random)
{
    if (memcmp(random + 24, SENTINEL, sizeof SENTINEL) != 0)
        return HG_DOWNGRADE_NONE;
    return random[31] == 1 ? HG_DOWNGRADE_TLS12 : random[31] == 0 ? HG_DOWNGRADE_TLS11 : HG_DOWNGRADE_NONE;
}

static int read_server(hg_hello *hello, hello_cursor *from, uint8_t transport)
{
    hello->version = hello->legacy_version = (uint16_t)take_number(from, 2);
    hg_span random = take(from, 32);
    /* TLS 1.3 drafts up to 21 have no session id and no compression. */
    int is_draft = hg_is_tls_draft(hello->legacy_version);
    hg_span session = is_draft ? (hg_span){0} : take_list(from, 1);
    hello->cipher = (uint16_t)take_number(from, 2);
    if (!is_draft)
        take(from, 1); /* compression */
    if (from->failed || session.length > 32)
        return 0;
    if (transport == HG_TRANSPORT_DTLS ? !is_dtls(hello->legacy_version) : !is_draft && hello->legacy_version >> 8 != 3)
        return 0;
    hello->hello_retry = (uint8_t)hg_is_hello_retry(random.data);
    hello->downgrade = downgrade_of(random.data);
    read_extensions(hello, from, 0);
    return 1;
}

int hg_hello_read(const uint8_t *message, uint32_t length, uint8_t transport, hg_hello *out)
{
    hello_cursor from = {message, length, 0};
    *out = (hg_hello){0};
    uint32_t type = take_number(&from, 1), body = take_number(&from, 3);
    if (from.failed || body != from.left)
        return 0;
    return type == HG_TLS_CLIENT_HELLO   ? read_client(out, &from, transport)
           : type == HG_TLS_SERVER_HELLO ? read_server(out, &from, transport)
                                         : 0;
}
