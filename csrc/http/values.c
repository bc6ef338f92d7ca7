/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/values.h"

#include "base/bytes.h"
#include "http/lists.h"
#include "http/message.h"
#include "http/signature.h"

#include <stdlib.h>

static hg_text_place place_of(hg_http_text text)
{
    return (hg_text_place){text.offset, text.length};
}

/* The signature of a head, unless it has more headers than p0f reads. */
static hg_http_match match_of(const hg_database *database, const hg_http_head *head, hg_http_memo *memo)
{
    enum { MOST_FIELDS = 32 };
    if (database == NULL || head->field_count > MOST_FIELDS)
        return (hg_http_match){.signature = HG_NO_SIGNATURE};
    return hg_database_match_http(database, head, memo);
}

uint32_t hg_http_find_values(const hg_http_head *head, const hg_database *database, hg_http_settings settings,
                             hg_http_memo *memo, uint8_t *out, hg_http_values *found, uint8_t *has_secrets)
{
    hg_http_head stored;
    const uint32_t length = hg_http_store(head, settings, out, &stored);
    const hg_http_match match = match_of(database, head, memo);
    *has_secrets = stored.has_secrets;
    *found = (hg_http_values){
        .head = {0, length},
        .software = match.signature,
        .dishonest = match.dishonest,
        .http_syn = HG_NOT_SEEN,
        .http_hello = HG_NOT_SEEN,
        .status = stored.status,
        .http_version = stored.version,
    };
    *(stored.response ? &found->server_header : &found->user_agent) =
        place_of(hg_http_trimmed(stored.bytes, hg_http_software(&stored)));
    if (stored.response)
        return length;
    const hg_http_text host = hg_http_trimmed(stored.bytes, hg_http_value(&stored, "Host"));
    const hg_http_text language = hg_http_value(&stored, "Accept-Language");
    found->method = place_of(stored.method);
    found->http_host = place_of(host.length > 0 ? host : stored.authority);
    found->path = place_of(stored.target);
    found->platform = place_of(hg_http_hint(&stored, "Sec-CH-UA-Platform"));
    found->platform_version = place_of(hg_http_hint(&stored, "Sec-CH-UA-Platform-Version"));
    found->language = hg_http_language(stored.bytes + language.offset, language.length);
    return length;
}

void hg_http_values_place(hg_http_values *found, int response, uint32_t offset)
{
    found->head.offset += offset;
    if (response) {
        found->server_header.offset += offset;
        return;
    }
    found->user_agent.offset += offset;
    found->method.offset += offset;
    found->http_host.offset += offset;
    found->path.offset += offset;
    found->platform.offset += offset;
    found->platform_version.offset += offset;
}

uint32_t hg_http_look_at(hg_span data, const hg_database *database, hg_http_settings settings, uint64_t hash_key,
                         void **memory, void *out)
{
    hg_http_look *look = out;
    hg_http_memo *memo = *memory;
    const int response = data.length > 5 && memcmp(data.data, "HTTP/", 5) == 0;
    if (hg_http_read_begun(data.data, data.length, response, &look->head) == 0 ||
        (look->head.status / 100 == 1 && look->head.status != 101))
        return 0;
    if (memo == NULL && (memo = *memory = calloc(1, sizeof *memo)) == NULL)
        return 0;
    memo->hash_key = hash_key;
    uint8_t *stored = (uint8_t *)(look->head.fields + look->head.field_count);
    look->stored = stored;
    look->stored_length =
        hg_http_find_values(&look->head, database, settings, memo, stored, &look->found, &look->has_secrets);
    return (uint32_t)(stored - (uint8_t *)out) + look->stored_length;
}

int hg_http_report(const hg_http_head *head, const hg_http_look *look, hg_text_place akamai, hg_http_settings settings,
                   hg_http_memo *memo, const hg_reader_output *to)
{
    hg_http_values found;
    uint8_t has_secrets;
    const uint32_t offset = to->batch->text_count;
    uint8_t *out = to->batch->texts + offset;
    if (look == NULL) {
        to->batch->text_count +=
            hg_http_find_values(head, to->database, settings, memo, out, &found, &has_secrets);
    } else {
        memcpy(out, look->stored, look->stored_length);
        to->batch->text_count += look->stored_length;
        found = look->found;
        has_secrets = look->has_secrets;
    }
    hg_http_values_place(&found, head->response, offset);
    found.akamai = akamai;
    if (!head->response) {
        found.http_syn = to->matches->syn;
        found.http_hello = to->matches->hello;
    }
    memcpy(to->values, &found, sizeof found);
    return has_secrets;
}
