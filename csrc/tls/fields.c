/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/fields.h"

#include "base/error.h"
#include "base/escape.h"
#include "base/sink.h"
#include "hg_columns.h"
#include "tls/ja4.h"

/* 1 if the text consists of letters, digits and underscores, so that no format has to quote or escape it. */
static int is_plain(const uint8_t *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!hg_is_alphanumeric(text[i]) && text[i] != '_')
            return 0;
    return 1;
}

hg_status hg_check_hello(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    const hg_tls_columns *c = &batch->columns.tls;
    const uint32_t at = row->at, most = UINT32_MAX;
    if (!(1 HG_TLS_TEXTS(HG_AND_HAS_TEXT)))
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to texts outside the batch", row->index);
    if (batch->columns.event[row->index] == HG_EVENT_TLS_CLIENT && !c->ssl2[at] &&
        !(is_plain(c->ja4[at], sizeof c->ja4[at]) && is_plain(c->ja4_stable[at], sizeof c->ja4_stable[at])))
        return hg_fail(error, HG_E_ARGUMENT, "row %u has an invalid JA4", row->index);
    return HG_OK;
}

/* Parses the row's message again. If it is unreadable, as it may be in rows that no engine wrote, the hello is
 * empty. */
static void hello_of(hg_row row, hg_hello *out)
{
    const hg_tls_columns *c = &row.columns->tls;
    const uint8_t *message = row.texts + c->hello_offset[row.at];
    uint32_t length = c->hello_length[row.at];
    int read = c->ssl2[row.at] ? hg_hello_read_ssl2(message, length, out)
                               : hg_hello_read(message, length, c->transport[row.at], out);
    if (!read)
        *out = (hg_hello){0};
}

hg_span hg_server_name_of(hg_row row)
{
    return hg_span_first(HG_TEXT_OF(row, tls, sni), HG_MOST_SNI);
}

hg_span hg_user_agent_of(hg_row row)
{
    return hg_span_first(HG_TEXT_OF(row, tls, quic_user_agent), HG_MOST_USER_AGENT);
}

static char *put_named(char *p, const char *name, uint16_t number)
{
    if (name != NULL)
        return hg_put_word(p, name);
    HG_PUT(p, "0x");
    p = hg_put_hex_byte(p, (uint8_t)(number >> 8));
    return hg_put_hex_byte(p, (uint8_t)number);
}

char *hg_put_tls_version(char *p, uint16_t version)
{
    return put_named(p, hg_tls_version_name(version), version);
}

char *hg_put_tls_cipher(char *p, uint16_t cipher)
{
    const char *name = hg_tls_cipher_name(cipher);
    if (name != NULL)
        HG_PUT(p, "TLS_");
    return put_named(p, name, cipher);
}

char *hg_put_tls_group(char *p, uint16_t group)
{
    return put_named(p, hg_tls_group_name(group), group);
}

char *hg_put_quic_version(char *p, uint32_t version)
{
    hg_quic_version_text(version, p);
    return p + strlen(p);
}

char *hg_put_protocols(char *p, hg_row row, char quote)
{
    hg_hello hello;
    hello_of(row, &hello);
    const hg_span *list = &hello.protocols;
    uint32_t most = list->length < HG_MOST_PROTOCOLS_SHOWN ? list->length : HG_MOST_PROTOCOLS_SHOWN;
    for (uint32_t at = 0; at < most && list->data[at] < most - at; at += 1u + list->data[at]) {
        if (at > 0)
            *p++ = ',';
        const uint8_t *name = list->data + at + 1;
        p = quote ? hg_put_json_string(p, name, list->data[at]) : hg_put_bytes(p, (const char *)name, list->data[at]);
    }
    return p;
}

/* ---- JA3 and JA3S (Salesforce): lists as decimal numbers in wire order, without GREASE values ---- */

static void put_next(hg_sink *to, int *started, uint16_t value)
{
    HG_SINK(to, *started ? "-" : "", value);
    *started = 1;
}

static void put_list(hg_sink *to, const hg_span *list)
{
    int started = 0;
    for (uint32_t i = 0; i + 2 <= list->length; i += 2) {
        uint16_t value = hg_be16(list->data + i);
        if (!hg_is_grease(value))
            put_next(to, &started, value);
    }
}

static void put_types(hg_sink *to, const hg_hello *hello)
{
    int started = 0;
    uint32_t at = 0;
    uint16_t type;
    hg_span content;
    while (hg_extension_next(&hello->extensions, &at, &type, &content))
        if (!hg_is_grease(type))
            put_next(to, &started, type);
}

static void put_ja3_text(hg_sink *to, const hg_hello *hello, int is_client)
{
    HG_SINK(to, hello->legacy_version, ",");
    if (is_client)
        put_list(to, &hello->ciphers);
    else
        hg_sink_number(to, hello->cipher);
    hg_sink_word(to, ",");
    put_types(to, hello);
    if (!is_client)
        return;
    hg_sink_word(to, ",");
    put_list(to, &hello->groups);
    hg_sink_word(to, ",");
    int started = 0;
    for (uint32_t i = 0; i < hello->formats.length; i++)
        put_next(to, &started, hello->formats.data[i]);
}

char *hg_put_ja3(char *p, hg_row row)
{
    hg_hello hello;
    uint8_t digest[HG_MD5_BYTES];
    hg_message_digest hash;
    hg_sink to = {.hash = &hash};
    hello_of(row, &hello);
    hg_md5_start(&hash);
    put_ja3_text(&to, &hello, row.columns->event[row.index] == HG_EVENT_TLS_CLIENT);
    hg_md5_end(&hash, digest);
    return hg_put_hex(p, digest, sizeof digest);
}

/* ---- texts and lists of one hello
 * --------------------------------------------------------------------------------- */

/* Reads the hello in row `index` of the batch. HG_E_ARGUMENT: that row has none. */
static hg_status hello_at(const hg_batch *batch, uint32_t index, hg_row *row, hg_hello *hello, hg_error *error)
{
    if (index >= batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "row %u is outside a batch of %u rows", index, batch->count);
    uint8_t event = batch->columns.event[index];
    *row = hg_row_of(batch, index);
    if (!hg_event_is_hello(event) || row->at == UINT32_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "row %u is not a TLS hello", index);
    hg_status status = hg_check_hello(batch, row, error);
    if (status == HG_OK)
        hello_of(*row, hello);
    return status;
}

static const hg_ja4_kind KINDS[] = {
    [HG_HELLO_JA4] = {0},
    [HG_HELLO_JA4_R] = {.raw = 1},
    [HG_HELLO_JA4_O] = {.wire_order = 1},
    [HG_HELLO_JA4_RO] = {.raw = 1, .wire_order = 1},
    [HG_HELLO_JA4_STABLE] = {.stable = 1},
    [HG_HELLO_JA4_STABLE_R] = {.raw = 1, .stable = 1},
};

static void put_ja4(const hg_row *row, const hg_hello *hello, hg_hello_text which, char *out, size_t capacity,
                    size_t *length)
{
    hg_ja4_room room;
    room.blocks = hg_sha256_portable;
    if (row->columns->event[row->index] == HG_EVENT_TLS_CLIENT && !hello->ssl2)
        hg_ja4_text(&room, hello, row->columns->tls.transport[row->at], KINDS[which], out, capacity, length);
}

hg_status hg_hello_write(const hg_batch *batch, uint32_t row, hg_hello_text which, char *out, size_t capacity,
                         size_t *length, hg_error *error)
{
    hg_row at;
    hg_hello hello;
    *length = 0;
    hg_status status = hello_at(batch, row, &at, &hello, error);
    if (status != HG_OK)
        return status;
    if ((unsigned)which > HG_HELLO_JA3_TEXT)
        return hg_fail(error, HG_E_ARGUMENT, "unknown text %d of a hello", (int)which);
    hg_sink to = {.out = out, .capacity = capacity};
    if (which != HG_HELLO_JA3_TEXT) {
        put_ja4(&at, &hello, which, out, capacity, length);
    } else if (!hello.ssl2) {
        put_ja3_text(&to, &hello, batch->columns.event[row] == HG_EVENT_TLS_CLIENT);
        *length = to.length;
    }
    return HG_OK;
}

hg_status hg_hello_codes(const hg_batch *batch, uint32_t row, hg_hello_list which, uint32_t *out, uint32_t capacity,
                         uint32_t *count, hg_error *error)
{
    hg_row at_row;
    hg_hello hello;
    *count = 0;
    hg_status status = hello_at(batch, row, &at_row, &hello, error);
    if (status != HG_OK)
        return status;
    const hg_span lists[HG_HELLO_LISTS] = {hello.ciphers, hello.extensions, hello.groups,
                                           hello.shares,  hello.algorithms, hello.versions};
    hg_span list = (unsigned)which < HG_HELLO_LISTS ? lists[which] : (hg_span){0}, content;
    uint32_t width = hello.ssl2 ? 3 : 2, at = 0, value = 0;
    uint16_t type;
    if (which == HG_HELLO_EXTENSIONS || which == HG_HELLO_KEY_SHARES) {
        for (; hg_extension_next(&list, &at, &type, &content); ++*count)
            if (*count < capacity)
                out[*count] = type;
        return HG_OK;
    }
    for (; at + width <= list.length; at += width, value = 0, ++*count) {
        for (uint32_t i = 0; i < width; i++)
            value = value << 8 | list.data[at + i];
        if (*count < capacity)
            out[*count] = value;
    }
    return HG_OK;
}

hg_status hg_hello_extension(const hg_batch *batch, uint32_t row, uint32_t type, const uint8_t **data, uint32_t *length,
                             hg_error *error)
{
    hg_row at_row;
    hg_hello hello;
    *data = NULL;
    *length = 0;
    hg_status status = hello_at(batch, row, &at_row, &hello, error);
    if (status != HG_OK)
        return status;
    hg_span content;
    uint16_t found;
    for (uint32_t at = 0; hg_extension_next(&hello.extensions, &at, &found, &content);) {
        if (found != type)
            continue;
        *data = content.data;
        *length = content.length;
        break;
    }
    return HG_OK;
}
