/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/rows.h"

#include "http/akamai.h"
#include "http/languages.h"
#include "http/lists.h"
#include "http/match.h"
#include "http/signature.h"

HG_IS_FINDING(hg_http_values);

/* A value without its blanks and quotes: of client hints (RFC 8941, 3.3.3). */
static hg_text_place hint_of(const hg_http_head *head, const char *name, uint32_t offset)
{
    hg_http_text value = hg_http_value(head, name);
    const uint8_t *text = head->bytes + value.offset;
    uint32_t first = 0, end = value.length;
    while (first < end && (text[first] == ' ' || text[first] == '"'))
        first++;
    while (end > first && (text[end - 1] == ' ' || text[end - 1] == '"'))
        end--;
    return (hg_text_place){offset + value.offset + first, end - first};
}

static hg_text_place place_of(hg_http_text text, uint32_t offset)
{
    return (hg_text_place){offset + text.offset, text.length};
}

/* Cut it would be another client's. */
hg_text_place hg_http_put_akamai(hg_batch *batch, const uint8_t *data, const hg_h2_message *request)
{
    char *out = (char *)batch->texts + batch->text_count;
    size_t length;
    hg_akamai_text(data, request, out, HG_MOST_HTTP_TEXT, &length);
    return hg_batch_reserve_text(batch, length <= HG_MOST_HTTP_TEXT ? (uint32_t)length : 0);
}

/* What the database says of a head, which is not longer than those that p0f reads. */
static hg_http_match match_of(const hg_database *database, const hg_http_head *head, hg_http_memo *memo)
{
    enum { MOST_FIELDS = 32 };
    if (database == NULL || head->field_count > MOST_FIELDS)
        return (hg_http_match){.signature = HG_NO_SIGNATURE};
    return hg_database_match_http(database, head, memo);
}

void hg_http_report(const hg_http_head *head, hg_text_place akamai, hg_http_wish wish, hg_http_memo *memo,
                    const hg_reader_output *to)
{
    hg_http_head stored;
    const uint32_t offset = to->batch->text_count;
    const uint32_t length = hg_http_store(head, wish, to->batch->texts + offset, &stored);
    to->batch->text_count += length;
    const hg_http_match match = match_of(to->database, head, memo);
    hg_http_values found = {
        .head = {offset, length},
        .software = match.signature,
        .dishonest = match.dishonest,
        .http_syn = HG_NOT_SEEN,
        .http_hello = HG_NOT_SEEN,
        .status = stored.status,
        .http_version = stored.version,
        .akamai = akamai,
    };
    *(stored.response ? &found.server_header : &found.user_agent) =
        place_of(hg_http_trimmed(stored.bytes, hg_http_software(&stored)), offset);
    if (!stored.response) {
        found.http_syn = to->matches->syn;
        found.http_hello = to->matches->hello;
        const hg_http_text host = hg_http_trimmed(stored.bytes, hg_http_value(&stored, "Host"));
        const hg_http_text language = hg_http_value(&stored, "Accept-Language");
        found.method = place_of(stored.method, offset);
        found.http_host = place_of(host.length > 0 ? host : stored.authority, offset);
        found.path = place_of(stored.target, offset);
        found.platform = hint_of(&stored, "Sec-CH-UA-Platform", offset);
        found.platform_version = hint_of(&stored, "Sec-CH-UA-Platform-Version", offset);
        found.language = hg_http_language(stored.bytes + language.offset, language.length);
    }
    memcpy(to->finding, &found, sizeof found);
}

HG_ROW_WRITER(hg_http_write_row, http)
