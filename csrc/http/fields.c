/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/fields.h"

#include "base/error.h"
#include "base/escape.h"
#include "base/kinds.h"
#include "base/digest.h"
#include "hg_columns.h"
#include "http/lists.h"
#include "http/match.h"

hg_status hg_check_http(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    const hg_http_columns *c = &batch->columns.http;
    const uint32_t at = row->at, most = UINT32_MAX;
    if (!(1 HG_HTTP_TEXTS(HG_AND_HAS_TEXT)))
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to texts outside the batch", row->index);
    if (c->http_version[at] > 2 || c->head_length[at] > HG_HTTP_MOST_STORED)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has no HTTP head", row->index);
    return HG_OK;
}

size_t hg_http_bound(hg_row row)
{
    /* A row has ten texts, and two kinds of records contain each text twice. */
    enum { TEXTS = 2 * 10 * HG_MOST_HTTP_TEXT };
    const size_t signature = row.columns->http.head_length[row.at] + (HG_HTTP_MOST_SIGNATURE - HG_HTTP_MOST_STORED);
    return HG_ESCAPE_GROWTH * (TEXTS + signature);
}

hg_span hg_signature_agent_of(hg_row row)
{
    hg_http_head head;
    hg_http_head_of(row, &head);
    hg_http_text value = hg_http_trimmed(head.bytes, hg_http_value(&head, "Signature-Agent"));
    const uint8_t *text = head.bytes + value.offset;
    if (value.length > 1 && text[0] == '"' && text[value.length - 1] == '"') {
        text++;
        value.length = (uint16_t)(value.length - 2);
    }
    return hg_span_of(text, value.length < HG_MOST_HTTP_TEXT ? value.length : HG_MOST_HTTP_TEXT);
}

hg_http_visibility hg_http_shown_by(int hides_private)
{
    return hides_private ? HG_HTTP_SHOW_PRIVATE : HG_HTTP_SHOW_COMMON;
}

char *hg_put_http_version(char *p, hg_row row)
{
    const uint8_t version = row.columns->http.http_version[row.at];
    if (version == 2)
        return HG_AFTER(p, "2");
    return version == 1 ? HG_AFTER(p, "1.1") : HG_AFTER(p, "1.0");
}

char *hg_put_language(char *p, hg_row row)
{
    const uint8_t language = row.columns->http.language[row.at];
    const char *name = hg_language_name(language);
    if (name != NULL)
        return hg_put_word(p, name);
    return language == HG_LANGUAGE_NONE ? HG_AFTER(p, "none") : HG_AFTER(p, "???");
}

size_t hg_http_signature_of(hg_row row, const hg_database *database, hg_http_visibility shown, uint8_t *out)
{
    hg_http_head head;
    hg_http_head_of(row, &head);
    return hg_http_signature(&head, database, shown, out);
}

char *hg_put_http_plain(char *p, hg_row row, const hg_database *database, hg_http_visibility shown, uint8_t separator)
{
    uint8_t text[HG_HTTP_MOST_SIGNATURE];
    return hg_escape_plain(p, text, hg_http_signature_of(row, database, shown, text), separator);
}

char *hg_put_akamai_md5(char *p, hg_row row)
{
    const hg_span text = HG_HTTP_TEXT_OF(row, akamai);
    uint8_t digest[HG_MD5_BYTES];
    hg_message_digest hash;
    hg_md5_start(&hash);
    hg_digest_add(&hash, text.data, text.length);
    hg_md5_end(&hash, digest);
    return hg_put_hex(p, digest, sizeof digest);
}

char *hg_put_http_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote)
{
    const hg_http_columns *c = &row.columns->http;
    const char *first = p;
    if (c->dishonest[row.at])
        p = hg_put_item(p, first, hg_span_of_word("dishonest"), separator, quote);
    if (c->user_agent_length[row.at] == 0 && c->server_header_length[row.at] == 0)
        p = hg_put_item(p, first, hg_span_of_word("anonymous"), separator, quote);
    if (marks->flags & HG_SIGNATURE_GENERIC)
        p = hg_put_item(p, first, hg_span_of_word("generic"), separator, quote);
    return p;
}

char *hg_put_http_params_or_none(char *p, hg_row row, const hg_match_marks *marks)
{
    char *end = hg_put_http_params(p, row, marks, ' ', 0);
    return end == p ? HG_AFTER(p, "none") : end;
}

/* ---- texts and lists of one message
 * ----------------------------------------------------------------------------------- */

/* Reads the stored head in row `index` of the batch. HG_E_ARGUMENT: that row has none. */
static hg_status head_at(const hg_batch *batch, uint32_t index, hg_http_head *head, hg_error *error)
{
    if (index >= batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "row %u is outside a batch of %u rows", index, batch->count);
    const hg_row row = hg_row_of(batch, index);
    if (!hg_event_is_http(batch->columns.event[index]) || row.at == UINT32_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "row %u is not an HTTP message", index);
    hg_status status = hg_check_http(batch, &row, error);
    if (status == HG_OK)
        hg_http_head_of(row, head);
    return status;
}

hg_status hg_http_write(const hg_batch *batch, const hg_database *database, uint32_t row, hg_http_visibility shown,
                        char *out, size_t capacity, size_t *length, hg_error *error)
{
    uint8_t text[HG_HTTP_MOST_SIGNATURE];
    hg_http_head head;
    *length = 0;
    hg_status status = head_at(batch, row, &head, error);
    if (status != HG_OK)
        return status;
    *length = hg_http_signature(&head, database, shown, text);
    if (*length <= capacity)
        memcpy(out, text, *length);
    return HG_OK;
}

hg_status hg_http_header(const hg_batch *batch, uint32_t row, uint32_t index, const uint8_t **name, uint32_t *length,
                         hg_error *error)
{
    hg_http_head head;
    *name = NULL;
    *length = 0;
    hg_status status = head_at(batch, row, &head, error);
    if (status != HG_OK || index >= head.field_count)
        return status;
    *name = head.bytes + head.fields[index].name.offset;
    *length = head.fields[index].name.length;
    return HG_OK;
}

hg_status hg_http_match_row(const hg_batch *batch, const hg_database *database, uint32_t row, hg_http_match *out,
                            uint32_t capacity, uint32_t *count, hg_error *error)
{
    hg_http_head head;
    *count = 0;
    hg_status status = head_at(batch, row, &head, error);
    if (status == HG_OK)
        *count = hg_database_match_all_http(database, &head, out, capacity);
    return status;
}
