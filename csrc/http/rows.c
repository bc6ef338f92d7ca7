/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/rows.h"

#include "http/akamai.h"
#include "http/languages.h"
#include "http/lists.h"
#include "http/match.h"
#include "http/signature.h"

/* What hg_http_write_row gets. */
typedef struct http_finding {
    hg_text_place head;
    hg_text_place method;
    hg_text_place host;
    hg_text_place path;
    hg_text_place software;
    hg_text_place platform;
    hg_text_place platform_version;
    hg_text_place akamai;
    hg_http_match match;
    hg_client_matches matches;
    uint16_t status;
    uint8_t response;
    uint8_t version;
    uint8_t language;
} http_finding;

_Static_assert(sizeof(http_finding) <= sizeof(hg_finding), "hg_finding is too small");

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
    http_finding found = {
        .head = {offset, length},
        .software = place_of(hg_http_trimmed(stored.bytes, hg_http_software(&stored)), offset),
        .match = match_of(to->database, head, memo),
        .matches = {HG_NOT_SEEN, HG_NOT_SEEN},
        .status = stored.status,
        .response = stored.response,
        .version = stored.version,
        .akamai = akamai,
    };
    if (!stored.response) {
        found.matches = *to->matches;
        const hg_http_text host = hg_http_trimmed(stored.bytes, hg_http_value(&stored, "Host"));
        const hg_http_text language = hg_http_value(&stored, "Accept-Language");
        found.method = place_of(stored.method, offset);
        found.host = place_of(host.length > 0 ? host : stored.authority, offset);
        found.path = place_of(stored.target, offset);
        found.platform = hint_of(&stored, "Sec-CH-UA-Platform", offset);
        found.platform_version = hint_of(&stored, "Sec-CH-UA-Platform-Version", offset);
        found.language = hg_http_language(stored.bytes + language.offset, language.length);
    }
    memcpy(to->finding, &found, sizeof found);
}

void hg_http_write_row(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding)
{
    const hg_http_columns *c = &columns->http;
    static const hg_text_place nothing = {0, 0};
    http_finding found;
    memcpy(&found, finding, sizeof found);
    const hg_text_place agent = found.response ? nothing : found.software;
    const hg_text_place server = found.response ? found.software : nothing;
    c->row[at] = row;
    c->http_version[at] = found.version;
    c->status[at] = found.status;
    c->language[at] = found.language;
    c->software[at] = found.match.signature;
    c->dishonest[at] = found.match.dishonest;
    HG_WRITE_PLACE(c, head, at, found.head);
    HG_WRITE_PLACE(c, method, at, found.method);
    HG_WRITE_PLACE(c, http_host, at, found.host);
    HG_WRITE_PLACE(c, path, at, found.path);
    HG_WRITE_PLACE(c, user_agent, at, agent);
    HG_WRITE_PLACE(c, server_header, at, server);
    HG_WRITE_PLACE(c, platform, at, found.platform);
    HG_WRITE_PLACE(c, platform_version, at, found.platform_version);
    HG_WRITE_PLACE(c, akamai, at, found.akamai);
    c->http_syn[at] = found.matches.syn;
    c->http_hello[at] = found.matches.hello;
}
