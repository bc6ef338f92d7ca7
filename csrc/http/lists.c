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

/* The words that mark secrets: a number has one bit for each letter of each word. These are their first bits. */
enum { AUTH = 0, COOKIE = 4, CREDENTIAL = 10, KEY = 20, PASSW = 23, SECRET = 28, SESSION = 34, TOKEN = 41 };

#define AT(word, letter) (UINT64_C(1) << ((word) + (letter)))
#define BOTH_CASES(upper, bits) [upper] = (bits), [(upper) | 0x20] = (bits)

/* For each byte the bits of its letters in the words. A separator may stand between any letters. */
#define SEPARATES UINT64_MAX
static const uint64_t PLACES[UINT8_MAX + 1] = {
    ['-'] = SEPARATES,
    ['.'] = SEPARATES,
    ['_'] = SEPARATES,
    BOTH_CASES('A', AT(AUTH, 0) | AT(CREDENTIAL, 8) | AT(PASSW, 1)),
    BOTH_CASES('C', AT(COOKIE, 0) | AT(CREDENTIAL, 0) | AT(SECRET, 2)),
    BOTH_CASES('D', AT(CREDENTIAL, 3)),
    BOTH_CASES('E', AT(COOKIE, 5) | AT(CREDENTIAL, 2) | AT(CREDENTIAL, 4) | AT(KEY, 1) | AT(SECRET, 1) |
                        AT(SECRET, 4) | AT(SESSION, 1) | AT(TOKEN, 3)),
    BOTH_CASES('H', AT(AUTH, 3)),
    BOTH_CASES('I', AT(COOKIE, 4) | AT(CREDENTIAL, 7) | AT(SESSION, 4)),
    BOTH_CASES('K', AT(COOKIE, 3) | AT(KEY, 0) | AT(TOKEN, 2)),
    BOTH_CASES('L', AT(CREDENTIAL, 9)),
    BOTH_CASES('N', AT(CREDENTIAL, 5) | AT(SESSION, 6) | AT(TOKEN, 4)),
    BOTH_CASES('O', AT(COOKIE, 1) | AT(COOKIE, 2) | AT(SESSION, 5) | AT(TOKEN, 1)),
    BOTH_CASES('P', AT(PASSW, 0)),
    BOTH_CASES('R', AT(CREDENTIAL, 1) | AT(SECRET, 3)),
    BOTH_CASES('S', AT(PASSW, 2) | AT(PASSW, 3) | AT(SECRET, 0) | AT(SESSION, 0) | AT(SESSION, 2) | AT(SESSION, 3)),
    BOTH_CASES('T', AT(AUTH, 2) | AT(CREDENTIAL, 6) | AT(SECRET, 5) | AT(TOKEN, 0)),
    BOTH_CASES('U', AT(AUTH, 1)),
    BOTH_CASES('W', AT(PASSW, 4)),
    BOTH_CASES('Y', AT(KEY, 2)),
};

int hg_http_is_secret(const uint8_t *name, uint32_t length)
{
    const uint64_t first = AT(AUTH, 0) | AT(COOKIE, 0) | AT(CREDENTIAL, 0) | AT(KEY, 0) | AT(PASSW, 0) |
                           AT(SECRET, 0) | AT(SESSION, 0) | AT(TOKEN, 0);
    const uint64_t last = AT(AUTH, 3) | AT(COOKIE, 5) | AT(CREDENTIAL, 9) | AT(KEY, 2) | AT(PASSW, 4) |
                          AT(SECRET, 5) | AT(SESSION, 6) | AT(TOKEN, 4);
    uint64_t matched = 0, seen = 0; /* `matched`: the letters up to which a word has matched */
    uint32_t separators = 0;
    for (const uint8_t *at = name, *end = name + length; at < end; at++) {
        const uint64_t places = PLACES[*at];
        if (places == SEPARATES) {
            separators++;
            continue;
        }
        matched = (matched << 1 | first) & places;
        seen |= matched;
    }
    return (seen & last) != 0 || length - separators > HG_HTTP_MOST_NAME; /* names longer than any real one */
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
    const hg_http_text value = hg_http_value(head, name);
    const uint8_t *text = head->bytes + value.offset;
    uint32_t first = 0, end = value.length;
    while (first < end && (text[first] == ' ' || text[first] == '"'))
        first++;
    while (end > first && (text[end - 1] == ' ' || text[end - 1] == '"'))
        end--;
    return (hg_http_text){(uint16_t)(value.offset + first), (uint16_t)(end - first)};
}

/* ---- languages ---- */

/* ISO 639-1, sorted by code. */
static const struct {
    uint8_t code[3];
    const char *name;
} LANGUAGES[] = {
#define ROW(code, name) {code, name},
    HG_LANGUAGES_ROWS(ROW)
#undef ROW
};

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
