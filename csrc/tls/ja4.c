/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/ja4.h"

#include "base/hash.h"

enum { DIGEST_BYTES = HG_JA4_DIGITS / 2, DIGITS = 4, CIPHERS_AT = 11, EXTENSIONS_AT = CIPHERS_AT + HG_JA4_DIGITS + 1 };

/* The list of part b (ciphers) or c (extensions, then signature algorithms). */
typedef struct value_list {
    uint16_t *values;
    uint32_t before_algorithms; /* number of ciphers, or of extensions */
    uint32_t count;             /* number of all values */
} value_list;

static const char HEX[] = "0123456789abcdef";

/* ---- part a ------------------------------------------------------------------------------------ */

/* Indexed by hg_tls_place. */
static const char VERSION_CODES[HG_TLS_PLACES][3] = {"00", "10", "11", "12", "13", "s2",
                                                     "s3", "00", "d1", "d2", "d3", "00"};

/* JA4 takes the offered version with the highest number, which a draft has. */
static uint16_t highest_version(const hg_hello *hello)
{
    uint16_t highest = hello->version;
    for (uint32_t i = 0; i + 2 <= hello->versions.length; i += 2) {
        const uint16_t offered = hg_be16(hello->versions.data + i);
        if (hg_is_tls_draft(offered) && offered > highest)
            highest = offered;
    }
    return highest;
}

/* Writes the first and last character of the first ALPN protocol, or of its hexadecimal form if one of them is not
 * alphanumeric; 00 if there is no protocol, or its name is empty or cut. */
static void put_protocol(char *out, const hg_span *protocols)
{
    out[0] = out[1] = '0';
    if (protocols->length < 2 || protocols->data[0] == 0 || protocols->data[0] >= protocols->length)
        return;
    uint8_t first = protocols->data[1], last = protocols->data[protocols->data[0]];
    int plain = hg_is_alphanumeric(first) && hg_is_alphanumeric(last);
    out[0] = plain ? (char)first : HEX[first >> 4];
    out[1] = plain ? (char)last : HEX[last & 15];
}

static void put_count(char *out, uint32_t count)
{
    if (count > 99)
        count = 99;
    out[0] = (char)('0' + count / 10);
    out[1] = (char)('0' + count % 10);
}

static char *put_a(char *out, const hg_hello *hello, uint8_t transport, uint32_t ciphers, uint32_t extensions)
{
    out[0] = transport == HG_TRANSPORT_QUIC ? 'q' : transport == HG_TRANSPORT_DTLS ? 'd' : 't';
    memcpy(out + 1, VERSION_CODES[hg_place_of_tls(highest_version(hello))], 2);
    out[3] = hello->has_name_extension ? 'd' : 'i';
    put_count(out + 4, ciphers);
    put_count(out + 6, extensions);
    put_protocol(out + 8, &hello->protocols);
    return out + 10;
}

/* ---- lists of parts b and c ---------------------------------------------------------------------- */

/* Sorts short lists by insertion, and long lists by radix, low byte first, so that an attacker's long lists cost no
 * more per value. `spare` has room for `count` values. */
static void sort(uint16_t *values, uint16_t *spare, uint32_t count)
{
    for (uint32_t shift = 0; count > 64 && shift < 16; shift += 8) {
        uint32_t places[257] = {0};
        for (uint32_t i = 0; i < count; i++)
            places[(values[i] >> shift & 255) + 1]++;
        for (uint32_t byte = 0; byte < 256; byte++)
            places[byte + 1] += places[byte];
        for (uint32_t i = 0; i < count; i++)
            spare[places[values[i] >> shift & 255]++] = values[i];
        memcpy(values, spare, count * sizeof *values);
    }
    for (uint32_t i = 1; i < (count > 64 ? 0 : count); i++) {
        const uint16_t value = values[i];
        uint32_t at = i;
        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}

static uint32_t put_values(uint16_t *out, const hg_span *list)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i + 2 <= list->length; i += 2) {
        uint16_t value = hg_be16(list->data + i);
        if (!hg_is_grease(value))
            out[count++] = value;
    }
    return count;
}

/* 1 for extensions that the stable JA4 leaves out. */
static int is_unstable(uint16_t type)
{
    return type == HG_TLS_PADDING || type == HG_TLS_SESSION_TICKET || type == HG_TLS_PRE_SHARED_KEY ||
           type == HG_TLS_EARLY_DATA;
}

static value_list ciphers_of(hg_ja4_room *room, const hg_hello *hello, hg_ja4_kind kind)
{
    uint32_t count = put_values(room->values, &hello->ciphers);
    if (!kind.wire_order)
        sort(room->values, room->spare, count);
    return (value_list){room->values, count, count};
}

/* Collects the extensions for part c; `*all` becomes the number of extensions for part a. */
static uint32_t put_types(uint16_t *out, const hg_hello *hello, hg_ja4_kind kind, uint32_t *all)
{
    uint32_t at = 0, count = 0;
    uint16_t type;
    hg_span content;
    *all = 0;
    while (hg_extension_next(&hello->extensions, &at, &type, &content)) {
        if (hg_is_grease(type) || (kind.stable && is_unstable(type)))
            continue;
        ++*all;
        if (kind.wire_order || (type != HG_TLS_SERVER_NAME && type != HG_TLS_ALPN))
            out[count++] = type;
    }
    return count;
}

static value_list extensions_of(hg_ja4_room *room, const hg_hello *hello, hg_ja4_kind kind, uint32_t *all)
{
    value_list list = {.values = room->values};
    list.before_algorithms = put_types(room->values, hello, kind, all);
    if (!kind.wire_order)
        sort(room->values, room->spare, list.before_algorithms);
    list.count = list.before_algorithms;
    if (list.before_algorithms > 0)
        list.count += put_values(room->values + list.before_algorithms, &hello->algorithms);
    return list;
}

/* ---- digests ------------------------------------------------------------------------------------ */

/* Writes four hexadecimal digits. They are computed together, each in its own byte of a number. */
static inline char *put_value(char *p, uint16_t value)
{
    const uint32_t spread = ((uint32_t)value & 0xFF00) << 8 | (value & 0xFF);
    const uint32_t digits = (spread & 0xF000F0) << 4 | (spread & 0x0F000F);
    const uint32_t letters = (digits + 0x06060606) >> 4 & 0x01010101;
    const uint32_t text = digits + 0x30303030 + letters * ('a' - '0' - 10);
    p[0] = (char)(text >> 24);
    p[1] = (char)(text >> 16);
    p[2] = (char)(text >> 8);
    p[3] = (char)text;
    return p + DIGITS;
}

/* Writes value `i` with the separator before it. */
static char *put_item(char *p, const value_list *list, uint32_t i)
{
    if (i > 0)
        *p++ = i == list->before_algorithms ? '_' : ',';
    return put_value(p, list->values[i]);
}

/* Hashes in pieces, since a list may have thousands of values. The digest of an empty list is zeros. */
static void put_digest(hg_digest_blocks blocks, const value_list *list, char *out)
{
    char text[64 * (DIGITS + 1)];
    uint8_t digest[HG_SHA256_BYTES];
    hg_message_digest sum;
    if (list->count == 0) {
        memset(out, '0', HG_JA4_DIGITS);
        return;
    }
    hg_sha256_start(&sum, blocks);
    for (uint32_t i = 0; i < list->count;) {
        char *p = text;
        for (uint32_t end = i + 64; i < list->count && i < end; i++)
            p = put_item(p, list, i);
        hg_digest_add(&sum, text, (size_t)(p - text));
    }
    hg_sha256_end(&sum, digest);
    for (int i = 0; i < DIGEST_BYTES; i++) {
        *out++ = HEX[digest[i] >> 4];
        *out++ = HEX[digest[i] & 15];
    }
}

/* Writes the digest of a list from the cache. If it is not there, sorts the ciphers or extensions and computes it. */
static void put_cached(hg_ja4_maker *maker, const value_list *list, char *out)
{
    if (list->count == 0 || list->count > HG_JA4_MEMO_VALUES) {
        sort(list->values, maker->room.spare, list->before_algorithms);
        put_digest(maker->room.blocks, list, out);
        return;
    }
    size_t bytes = list->count * sizeof *list->values;
    const uint64_t hash = hg_hash_span(maker->hash_key ^ list->before_algorithms, hg_span_of(list->values, bytes));
    hg_ja4_memo_slot *slot = maker->memo + hash % HG_JA4_MEMO_SLOTS;
    if (slot->count != list->count || slot->before_algorithms != list->before_algorithms ||
        memcmp(slot->values, list->values, bytes) != 0) {
        memcpy(slot->values, list->values, bytes);
        slot->count = (uint16_t)list->count;
        slot->before_algorithms = (uint16_t)list->before_algorithms;
        sort(list->values, maker->room.spare, list->before_algorithms);
        put_digest(maker->room.blocks, list, slot->digits);
    }
    memcpy(out, slot->digits, HG_JA4_DIGITS);
}

/* Removes the extensions that the stable JA4 leaves out. Returns how many. */
static uint32_t drop_unstable(value_list *list)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (i >= list->before_algorithms || !is_unstable(list->values[i]))
            list->values[kept++] = list->values[i];
    const uint32_t dropped = list->count - kept;
    list->count = kept;
    list->before_algorithms -= dropped;
    return dropped;
}

void hg_ja4_make(hg_ja4_maker *maker, const hg_hello *hello, uint8_t transport, char *ja4, char *ja4_stable)
{
    uint32_t extensions, dropped;
    value_list list = ciphers_of(&maker->room, hello, (hg_ja4_kind){.wire_order = 1});
    const uint32_t ciphers = list.count;
    ja4[CIPHERS_AT - 1] = ja4[EXTENSIONS_AT - 1] = '_';
    put_cached(maker, &list, ja4 + CIPHERS_AT);
    list = extensions_of(&maker->room, hello, (hg_ja4_kind){0}, &extensions);
    put_cached(maker, &list, ja4 + EXTENSIONS_AT);
    put_a(ja4, hello, transport, ciphers, extensions);
    memcpy(ja4_stable, ja4, HG_JA4_LENGTH);
    dropped = drop_unstable(&list);
    if (dropped == 0)
        return;
    put_a(ja4_stable, hello, transport, ciphers, extensions - dropped);
    put_cached(maker, &list, ja4_stable + EXTENSIONS_AT);
}

/* ---- lists as text ------------------------------------------------------------------------------- */

/* Bytes of a list as text, or of its digest. */
static size_t list_bytes(const value_list *list, int raw)
{
    return !raw ? HG_JA4_DIGITS : list->count == 0 ? 0 : (size_t)list->count * (DIGITS + 1) - 1;
}

static char *put_list(hg_digest_blocks blocks, const value_list *list, int raw, char *p)
{
    if (!raw)
        put_digest(blocks, list, p);
    for (uint32_t i = 0; raw && i < list->count; i++)
        p = put_item(p, list, i);
    return raw ? p : p + HG_JA4_DIGITS;
}

void hg_ja4_text(hg_ja4_room *room, const hg_hello *hello, uint8_t transport, hg_ja4_kind kind, char *out,
                 size_t capacity, size_t *length)
{
    uint32_t extensions;
    value_list list = extensions_of(room, hello, kind, &extensions);
    *length = list_bytes(&list, kind.raw);
    list = ciphers_of(room, hello, kind);
    *length += 10 + 1 + list_bytes(&list, kind.raw) + 1;
    if (*length > capacity)
        return;
    char *p = put_a(out, hello, transport, list.count, extensions);
    *p++ = '_';
    p = put_list(room->blocks, &list, kind.raw, p);
    *p++ = '_';
    list = extensions_of(room, hello, kind, &extensions);
    put_list(room->blocks, &list, kind.raw, p);
}
