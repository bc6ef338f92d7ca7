/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/lists.h"

#include "base/bytes.h"
#include "base/search.h"
#include "hg_headers.h"
#include "hg_languages.h"
#include "huginn.h"

typedef struct listed_name {
    const char *name;
    uint8_t lists;
} listed_name;

#define ROW(message, name, lists) {name, lists},

/* The common names are in p0f's order. */
static const listed_name REQUEST[] = {HG_HEADERS_REQUEST_ROWS(ROW){NULL, 0}},
                         RESPONSE[] = {HG_HEADERS_RESPONSE_ROWS(ROW){NULL, 0}};
#undef ROW

uint8_t hg_http_lists_of(const uint8_t *name, uint32_t length, int response)
{
    for (const listed_name *one = response ? RESPONSE : REQUEST; one->name != NULL; one++)
        if (hg_is_like(name, length, one->name))
            return one->lists;
    return 0;
}

const char *hg_http_common(uint32_t i, int response)
{
    const listed_name *one = (response ? RESPONSE : REQUEST) + i;
    return one->name != NULL && (one->lists & HG_HTTP_COMMON) != 0 ? one->name : NULL;
}

static int separates(uint8_t byte)
{
    return byte == '-' || byte == '.' || byte == '_';
}

/* Whether the name contains the word, without regard to separators in it. */
static int holds(const uint8_t *name, const uint8_t *end, const char *word)
{
    for (; name < end; name++) {
        if ((*name | 0x20) != (uint8_t)word[0])
            continue;
        const char *next = word + 1;
        for (const uint8_t *at = name + 1; at < end && *next != 0 && (separates(*at) || (*at | 0x20) == *next); at++)
            next += !separates(*at);
        if (*next == 0)
            return 1;
    }
    return 0;
}

int hg_http_is_secret(const uint8_t *name, uint32_t length)
{
    const uint8_t *const end = name + length;
    uint32_t letters = 0, separators = 0;
    for (const uint8_t *at = name; at < end; at++)
        letters |= hg_http_letter(*at);
    for (const uint8_t *at = name; length > HG_HTTP_MOST_NAME && at < end; at++)
        separators += (uint32_t)separates(*at);
#define HOLDS(has, word, all) || ((letters & (all)) == (all) && holds(name, end, word))
    return length - separators > HG_HTTP_MOST_NAME /* longer than any real name */
                                     HG_SECRETS_K_ROWS(HOLDS) HG_SECRETS_S_ROWS(HOLDS) HG_SECRETS_A_ROWS(HOLDS);
#undef HOLDS
}

hg_http_text hg_http_value_of(const hg_http_head *head, const char *name, size_t length)
{
    for (uint32_t i = head->field_count; i-- > 0;) {
        const hg_http_field *field = head->fields + i;
        if (field->value.length > 0 && field->name.length == length &&
            hg_is_like(head->bytes + field->name.offset, field->name.length, name))
            return field->value;
    }
    return (hg_http_text){0, 0};
}

hg_http_text hg_http_software(const hg_http_head *head)
{
    return hg_http_value(head, head->response ? "Server" : "User-Agent");
}

hg_http_text hg_http_hint(const hg_http_head *head, const char *name)
{
    return hg_http_without(head->bytes, hg_http_value(head, name), '"');
}

/* ---- languages ---- */

/* ISO 639-1, sorted by code. */
static const struct {
    uint8_t code[3];
    const char *name;
    /* clang-format off */
} LANGUAGES[] = {
#define ROW(code, name) {code, name},
    HG_LANGUAGES_ROWS(ROW)
#undef ROW
};
/* clang-format on */

enum { LANGUAGE_COUNT = sizeof LANGUAGES / sizeof *LANGUAGES };

_Static_assert(LANGUAGE_COUNT < HG_LANGUAGE_UNKNOWN, "numbers of languages are bytes");

uint8_t hg_http_language(const uint8_t *value, uint32_t length)
{
    if (length < 2 || !hg_is_letter(value[0]) || !hg_is_letter(value[1]) || (length > 2 && hg_is_letter(value[2])))
        return HG_LANGUAGE_NONE;
    uint32_t first = 0;
    HG_SEARCH(first, LANGUAGE_COUNT, hg_be16(LANGUAGES[middle].code) < hg_be16(value))
    return first < LANGUAGE_COUNT && hg_be16(LANGUAGES[first].code) == hg_be16(value) ? (uint8_t)(first + 1)
                                                                                      : HG_LANGUAGE_UNKNOWN;
}

const char *hg_language_name(uint8_t language)
{
    return language != HG_LANGUAGE_NONE && language <= LANGUAGE_COUNT ? LANGUAGES[language - 1].name : NULL;
}
