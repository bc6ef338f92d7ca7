/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * browsers.c - rules for the request headers of each browser engine.
 *
 * The rules are data (browsers.csv): the order of headers, and the headers that every request has. They hold for all
 * kinds of requests: pages, images, forms, scripts, media, WebSocket. They were measured with Chromium, Firefox and
 * WebKitGTK (workbench/lab/requests.csv), and compared with the browser lists of curl-impersonate and rama. No rule
 * uses a header that scripts may set or move.
 */
#include "names/browsers.h"

#include "hg_browser_words.h"
#include "hg_browsers.h"
#include "hg_engine_words.h"

/* ---- headers ---------------------------------------------------------------------------------------- */

enum { MOST_DIGITS = 4 };

/* All names of headers. Each header's own name comes first, in the order of hg_header. */
static const struct header_name {
    const char *name;
    hg_header is;
    /* clang-format off */
} NAMES[] = {
#define NAMED(kind, header, name) {(name), HG_HEADER_##header},
    HG_REQUEST_HEADERS_OWN_ROWS(NAMED) HG_REQUEST_HEADERS_OTHER_ROWS(NAMED)
#undef NAMED
};
/* clang-format on */

enum { NAME_COUNT = sizeof NAMES / sizeof NAMES[0] };

const char *hg_header_name(hg_header header)
{
    return NAMES[header].name;
}

static void read_field(const hg_http_head *head, uint32_t number, hg_request *out)
{
    const hg_http_field *field = head->fields + number;
    uint32_t at = 0;
    while (at < NAME_COUNT && !hg_is_like(head->bytes + field->name.offset, field->name.length, NAMES[at].name))
        at++;
    if (at == NAME_COUNT)
        return;
    if (out->place[NAMES[at].is] < 0)
        out->place[NAMES[at].is] = (int)number;
    if (field->value.length > 0)
        out->value[NAMES[at].is] = hg_span_of(head->bytes + field->value.offset, field->value.length);
}

void hg_request_read(const hg_http_head *head, hg_request *out)
{
    *out = (hg_request){.head = head};
    for (int i = 0; i < HG_HEADERS; i++)
        out->place[i] = -1;
    for (uint32_t i = 0; i < head->field_count; i++)
        read_field(head, i, out);
}

int hg_was_passed_on(const hg_http_head *head)
{
    for (uint32_t i = 0; i < head->field_count; i++) {
        const hg_http_text name = head->fields[i].name;
        for (uint32_t at = HG_HEADER_PASSED_ON; at < NAME_COUNT; at++)
            if (NAMES[at].is == HG_HEADER_PASSED_ON &&
                hg_is_like(head->bytes + name.offset, name.length, NAMES[at].name))
                return 1;
    }
    return 0;
}

/* ---- names ------------------------------------------------------------------------------------------ */

/* Words in User-Agents that name a browser but do not send its requests: robots, television boxes, game consoles, old
 * Opera and Edge, and programs whose engine uses another HTTP library. The last is Android's captive portal check. */
/* clang-format off */
static const char *const OTHERS[] = {
    "http://", "https://", "bot",  "Bot",   "spider", "crawl",       "Crawl",    "preview", "PhantomJS", "wkhtml",
      "AdobeAIR",
    "Opera",   "Edge/",    "Silk", "Tizen", "TV",     "PlayStation", "Nintendo", "Xbox",    "CFNetwork", "IEMobile",
    "MSOffice",
    "Chrome/60.0.3112.32 ",
};
/* clang-format on */

/* The first row whose word is in the User-Agent counts. */
#define ROW(word, name, engine, version) {word, name, engine, version},
static const hg_browser BROWSERS[] = {HG_BROWSER_WORDS_ROWS(ROW)};
#undef ROW

static const hg_browser SAFARI = {"Safari/", "Safari", HG_WEBKIT, "Version/"},
                        WEBKIT_GTK = {"Safari/", "WebKitGTK", HG_WEBKIT_GTK,
                                      NULL}; /* it states the version of Safari */

/* Words of the last rules in hg_browser_of. */
enum { VERSION, SAFARI_WORD, ANDROID, MACINTOSH, MAC_OS, LINUX, MORE_WORDS };
static const char *const MORE[MORE_WORDS] = {"Version/", "Safari/", "Android", "Macintosh", "like Mac OS X", "Linux"};

/* Numbers of all these words: OTHERS, BROWSERS, MORE. */
enum {
    OTHER_COUNT = sizeof OTHERS / sizeof OTHERS[0],
    BROWSER_COUNT = sizeof BROWSERS / sizeof BROWSERS[0],
    FIRST_MORE = OTHER_COUNT + BROWSER_COUNT,
    WORD_COUNT = FIRST_MORE + MORE_WORDS
};
_Static_assert(WORD_COUNT <= 64, "a number has a bit for each word");

static const char *word_of(uint32_t number)
{
    return number < OTHER_COUNT  ? OTHERS[number]
           : number < FIRST_MORE ? BROWSERS[number - OTHER_COUNT].word
                                 : MORE[number - FIRST_MORE];
}

/* Finds all words in one pass, because the sender chooses the text. Returns a bit for each word. */
static uint64_t words_in(hg_span agent)
{
    uint64_t begin[UINT8_MAX + 1] = {0}, found = 0; /* by the first byte, the words that begin with it */
    for (uint32_t i = 0; i < WORD_COUNT; i++)
        begin[(uint8_t)word_of(i)[0]] |= UINT64_C(1) << i;
    for (uint32_t at = 0; at < agent.length; at++)
        for (uint64_t left = begin[agent.data[at]] & ~found; left != 0; left &= left - 1) {
            const hg_span word = hg_span_of_word(word_of((uint32_t)__builtin_ctzll(left)));
            if (word.length <= agent.length - at && agent.data[at + 1] == word.data[1] &&
                memcmp(agent.data + at, word.data, word.length) == 0)
                found |= left & (0 - left);
        }
    return found;
}

const hg_browser *hg_browser_of(hg_span agent)
{
    enum { MOST_AGENT = 512 };
    const uint64_t found = words_in(hg_span_first(agent, MOST_AGENT)), more = found >> FIRST_MORE;
    const uint64_t browsers = found >> OTHER_COUNT & ((UINT64_C(1) << BROWSER_COUNT) - 1);
    if ((found & ((UINT64_C(1) << OTHER_COUNT) - 1)) != 0)
        return NULL;
    if (browsers != 0)
        return BROWSERS + __builtin_ctzll(browsers);
    if ((more & (1 << VERSION | 1 << SAFARI_WORD)) != (1 << VERSION | 1 << SAFARI_WORD) || (more >> ANDROID & 1) != 0)
        return NULL;
    if ((more & (1 << MACINTOSH | 1 << MAC_OS)) != 0)
        return &SAFARI;
    return (more >> LINUX & 1) != 0 ? &WEBKIT_GTK : NULL;
}

hg_span hg_digits_behind(hg_span in, const char *word)
{
    const char *at = hg_text_find(in, word);
    hg_span digits = {0};
    if (at == NULL)
        return digits;
    const char *end = in.text + in.length;
    for (digits.text = at + strlen(word); digits.text + digits.length < end && digits.length < MOST_DIGITS &&
                                          digits.text[digits.length] >= '0' && digits.text[digits.length] <= '9';)
        digits.length++;
    return digits;
}

/* ---- headers of engines ----------------------------------------------------------------------------- */

#define RULE(kind, engines, other, header) {(engines), other, header},

/* Pairs of headers: if a request has both, `first` comes before `second`. */
static const struct order {
    uint8_t engine;
    hg_header first;
    hg_header second;
} ORDERS[] = {HG_BROWSERS_ORDER_ROWS(RULE)};

/* Headers that every request has, or every request with another header. */
static const struct need {
    uint8_t engine;
    hg_header other; /* HG_HEADERS: none */
    hg_header header;
} NEEDS[] = {HG_BROWSERS_NEED_ROWS(RULE)};

static int is_http1(const hg_request *request)
{
    return request->head->version < 2;
}

/* Whether a Chromium request lacks Connection. One device in rama's list omits it, but sends the other headers of pages
 * and scripts; requests that look like its requests do not count. */
static int is_bare(const hg_request *request)
{
    if (!is_http1(request) || hg_request_has(request, HG_HEADER_CONNECTION))
        return 0;
    return !hg_request_has(request, HG_HEADER_ACCEPT_LANGUAGE) ||
           request->place[HG_HEADER_ACCEPT_LANGUAGE] < request->place[HG_HEADER_ACCEPT_ENCODING] ||
           (!hg_request_has(request, HG_HEADER_UPGRADE_INSECURE) && !hg_request_has(request, HG_HEADER_ORIGIN) &&
            !hg_request_has(request, HG_HEADER_REFERER));
}

/* Chromium's preflight requests over plain HTTP have Sec-Fetch-Mode without Sec-Fetch-Site. */
static int is_needed(const hg_request *request, const struct need *one)
{
    if (one->other == HG_HEADERS)
        return is_http1(request) || one->header != HG_HEADER_CONNECTION;
    return hg_request_has(request, one->other) && !hg_request_has(request, HG_HEADER_PREFLIGHT);
}

int hg_browser_lacks(const hg_request *request, uint8_t engine, hg_header *missing)
{
    if (hg_request_has(request, HG_HEADER_SEC_WEBSOCKET)) /* the WebSocket handshake has other headers */
        return 0;
    for (size_t i = 0; i < sizeof NEEDS / sizeof NEEDS[0]; i++) {
        const struct need *one = NEEDS + i;
        *missing = one->header;
        if ((one->engine & engine) != 0 && !hg_request_has(request, *missing) && is_needed(request, one))
            return 1;
    }
    *missing = HG_HEADER_CONNECTION;
    return engine == HG_CHROMIUM && is_bare(request);
}

/* Accept-Encoding may be anywhere if Chrome requests a part of a video, or Safari sends a body. */
static int is_encoding_free(const hg_request *request, uint8_t engine)
{
    return engine == HG_CHROMIUM
               ? hg_text_find(request->value[HG_HEADER_ACCEPT_ENCODING], "identity;q=1, *;q=0") != NULL
               : engine == HG_WEBKIT && hg_request_has(request, HG_HEADER_CONTENT_LENGTH);
}

static int stands_in(const struct order *one, hg_header header)
{
    return one->first == header || one->second == header;
}

int hg_browser_disorders(const hg_request *request, uint8_t engine, hg_header *first, hg_header *second)
{
    const int is_free = is_encoding_free(request, engine);
    for (size_t i = 0; i < sizeof ORDERS / sizeof ORDERS[0]; i++) {
        const struct order *one = ORDERS + i;
        if ((one->engine & engine) == 0 || !hg_request_has(request, one->first) ||
            !hg_request_has(request, one->second) || request->place[one->first] < request->place[one->second] ||
            (!is_http1(request) && stands_in(one, HG_HEADER_HOST)) ||
            (is_free && stands_in(one, HG_HEADER_ACCEPT_ENCODING)))
            continue;
        *first = one->second;
        *second = one->first;
        return 1;
    }
    return 0;
}

int hg_browser_has_pseudo(uint8_t engine, hg_span order)
{
    static const struct pseudo {
        uint8_t engine;
        const char *order;
    } orders[] = {
        {HG_CHROMIUM, "m,a,s,p"},
        {HG_GECKO, "m,p,a,s"},
        {HG_WEBKIT | HG_WEBKIT_GTK, "m,s,p,a"},
        {HG_WEBKIT | HG_WEBKIT_GTK, "m,s,a,p"},
    };
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
        if ((orders[i].engine & engine) != 0 && hg_span_is(order, orders[i].order))
            return 1;
    return 0;
}

/* ---- ClientHellos ----------------------------------------------------------------------------------- */

uint8_t hg_engines_of(hg_span name)
{
    static const struct named_engine {
        const char *word;
        uint8_t engines;
    } words[] = {
#define ROW(word, engines) {word, engines},
        HG_ENGINE_WORDS_ROWS(ROW)
#undef ROW
    };
    uint8_t engines = 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (hg_text_find(name, words[i].word) != NULL)
            engines |= words[i].engines;
    return engines;
}
