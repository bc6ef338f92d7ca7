/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/lists.h"

#include "http/message.h"

#include <string.h>

typedef struct listed_name {
    const char *name;
    uint8_t lists;
} listed_name;

/* Common names in p0f's order. */
static const listed_name REQUEST[] = {
    {"Host", HG_HTTP_COMMON | HG_HTTP_SKIPPED},
    {"User-Agent", HG_HTTP_COMMON | HG_HTTP_SKIPPED},
    {"Connection", HG_HTTP_COMMON},
    {"Accept", HG_HTTP_COMMON},
    {"Accept-Encoding", HG_HTTP_COMMON},
    {"Accept-Language", HG_HTTP_COMMON},
    {"Accept-Charset", HG_HTTP_COMMON},
    {"Keep-Alive", HG_HTTP_COMMON},
    {"Cookie", HG_HTTP_OPTIONAL},
    {"Referer", HG_HTTP_OPTIONAL},
    {"Origin", HG_HTTP_OPTIONAL},
    {"Range", HG_HTTP_OPTIONAL},
    {"If-Modified-Since", HG_HTTP_OPTIONAL},
    {"If-None-Match", HG_HTTP_OPTIONAL},
    {"Via", HG_HTTP_OPTIONAL},
    {"X-Forwarded-For", HG_HTTP_OPTIONAL},
    {"Authorization", HG_HTTP_OPTIONAL},
    {"Proxy-Authorization", HG_HTTP_OPTIONAL},
    {"Cache-Control", HG_HTTP_OPTIONAL},
    {NULL, 0},
};
static const listed_name RESPONSE[] = {
    {"Content-Type", HG_HTTP_COMMON | HG_HTTP_SKIPPED},
    {"Connection", HG_HTTP_COMMON},
    {"Keep-Alive", HG_HTTP_COMMON},
    {"Accept-Ranges", HG_HTTP_COMMON},
    {"Date", HG_HTTP_COMMON | HG_HTTP_SKIPPED},
    {"Server", HG_HTTP_SKIPPED},
    {"Set-Cookie", HG_HTTP_OPTIONAL},
    {"Last-Modified", HG_HTTP_OPTIONAL},
    {"ETag", HG_HTTP_OPTIONAL},
    {"Content-Length", HG_HTTP_OPTIONAL},
    {"Content-Disposition", HG_HTTP_OPTIONAL},
    {"Cache-Control", HG_HTTP_OPTIONAL},
    {"Expires", HG_HTTP_OPTIONAL},
    {"Pragma", HG_HTTP_OPTIONAL},
    {"Location", HG_HTTP_OPTIONAL},
    {"Refresh", HG_HTTP_OPTIONAL},
    {"Content-Range", HG_HTTP_OPTIONAL},
    {"Vary", HG_HTTP_OPTIONAL},
    {NULL, 0},
};

static uint8_t lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

int hg_http_same(const uint8_t *text, uint32_t length, const char *word)
{
    uint32_t i = 0;
    for (; i < length && word[i] != '\0'; i++)
        if (lower(text[i]) != lower((uint8_t)word[i]))
            return 0;
    return i == length && word[i] == '\0';
}

uint8_t hg_http_lists_of(const uint8_t *name, uint32_t length, int response)
{
    for (const listed_name *one = response ? RESPONSE : REQUEST; one->name != NULL; one++)
        if (hg_http_same(name, length, one->name))
            return one->lists;
    return 0;
}

const char *hg_http_common(uint32_t i, int response)
{
    const listed_name *one = (response ? RESPONSE : REQUEST) + i;
    return one->name != NULL && (one->lists & HG_HTTP_COMMON) != 0 ? one->name : NULL;
}

int hg_http_is_secret(const uint8_t *name, uint32_t length)
{
    static const char *const WORDS[] = {"cookie", "auth",   "token", "key",
                                        "session", "secret", "passw", "credential"};
    char letters[HG_HTTP_MOST_NAME + 1];
    uint32_t count = 0;
    for (uint32_t i = 0; i < length; i++) {
        if (name[i] == '-' || name[i] == '_')
            continue;
        if (count == HG_HTTP_MOST_NAME) /* no name is as long */
            return 1;
        letters[count++] = (char)lower(name[i]);
    }
    letters[count] = '\0';
    for (uint32_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strstr(letters, WORDS[i]) != NULL)
            return 1;
    return 0;
}

hg_http_text hg_http_value(const hg_http_head *head, const char *name)
{
    for (uint32_t i = head->field_count; i-- > 0;) {
        const hg_http_field *field = head->fields + i;
        if (field->value.length > 0 && hg_http_same(head->bytes + field->name.offset, field->name.length, name))
            return field->value;
    }
    return (hg_http_text){0, 0};
}
