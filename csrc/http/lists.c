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

enum { LETTERS = 31 }; /* a letter, of either case, without what all have in common */

static inline int separates(uint8_t c)
{
    return c == '-' || c == '_';
}

/* Whether the letters of a name from `at` on begin with a word. */
static int begins(const uint8_t *name, uint32_t length, uint32_t at, const char *word)
{
    for (; at < length && *word != '\0'; at++)
        if (!separates(name[at]) && lower(name[at]) != (uint8_t)*word++)
            return 0;
    return *word == '\0';
}

/* By first letter. */
static const char *const WORDS[LETTERS + 1][2] = {
    ['a' & LETTERS] = {"auth"}, ['c' & LETTERS] = {"cookie", "credential"}, ['k' & LETTERS] = {"key"},
    ['p' & LETTERS] = {"passw"}, ['s' & LETTERS] = {"session", "secret"}, ['t' & LETTERS] = {"token"},
};

static int begins_secret(const uint8_t *name, uint32_t length, uint32_t at)
{
    const char *const *words = WORDS[name[at] & LETTERS];
    return (words[0] != NULL && begins(name, length, at, words[0])) ||
           (words[1] != NULL && begins(name, length, at, words[1]));
}

/* By first letter: the second letters of such words. Names are many, and few of them begin like that. */
static const uint32_t SECONDS[LETTERS + 1] = {
    ['a' & LETTERS] = UINT32_C(1) << ('u' & LETTERS),
    ['c' & LETTERS] = UINT32_C(1) << ('o' & LETTERS) | UINT32_C(1) << ('r' & LETTERS),
    ['k' & LETTERS] = UINT32_C(1) << ('e' & LETTERS),
    ['p' & LETTERS] = UINT32_C(1) << ('a' & LETTERS),
    ['s' & LETTERS] = UINT32_C(1) << ('e' & LETTERS),
    ['t' & LETTERS] = UINT32_C(1) << ('o' & LETTERS),
};

int hg_http_is_secret(const uint8_t *name, uint32_t length)
{
    uint32_t before = 0, seconds = 0, letters = 0; /* `before`: the letter before, `seconds`: those of its words */
    for (uint32_t i = 0; i < length; i++) {
        if (separates(name[i]))
            continue;
        if (++letters > HG_HTTP_MOST_NAME) /* no name is as long */
            return 1;
        if ((seconds >> (name[i] & LETTERS) & 1) != 0 && begins_secret(name, length, before))
            return 1;
        seconds = SECONDS[name[i] & LETTERS];
        before = i;
    }
    return 0;
}

hg_http_text hg_http_value(const hg_http_head *head, const char *name)
{
    const size_t length = strlen(name);
    for (uint32_t i = head->field_count; i-- > 0;) {
        const hg_http_field *field = head->fields + i;
        if (field->value.length > 0 && field->name.length == length &&
            hg_http_same(head->bytes + field->name.offset, field->name.length, name))
            return field->value;
    }
    return (hg_http_text){0, 0};
}
