/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ja3.c - the lists of a hello as decimal numbers: JA3 and JA3S (Salesforce).
 */
#include "base/bytes.h"
#include "base/sink.h"
#include "tls/ja3.h"

static void put_next(hg_sink *to, int *started, uint16_t value)
{
    if (*started)
        hg_sink_char(to, '-');
    *started = 1;
    hg_sink_number(to, value);
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

static void put_ja3(hg_sink *to, const hg_hello *hello, int is_client)
{
    hg_sink_number(to, hello->legacy_version);
    hg_sink_char(to, ',');
    if (is_client)
        put_list(to, &hello->ciphers);
    else
        hg_sink_number(to, hello->cipher);
    hg_sink_char(to, ',');
    put_types(to, hello);
    if (!is_client)
        return;
    hg_sink_char(to, ',');
    put_list(to, &hello->groups);
    hg_sink_char(to, ',');
    int started = 0;
    for (uint32_t i = 0; i < hello->formats.length; i++)
        put_next(to, &started, hello->formats.data[i]);
}

void hg_ja3_text(const hg_hello *hello, int is_client, char *out, size_t capacity, size_t *length)
{
    hg_sink to = {.out = out, .capacity = capacity};
    put_ja3(&to, hello, is_client);
    *length = to.length;
}

void hg_ja3_digest(const hg_hello *hello, int is_client, uint8_t digest[HG_MD5_BYTES])
{
    hg_message_digest hash;
    hg_sink to = {.hash = &hash};
    hg_md5_start(&hash);
    put_ja3(&to, hello, is_client);
    hg_md5_end(&hash, digest);
}
