/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.c - the words of `params`, the distance, and the parts of a signature.
 */
#include "tcp/fields.h"

#include "tcp/observe.h"

#define HG_PUT_PARAM(p, word) hg_put_item((p), first, hg_span_of((word), sizeof(word) - 1), separator, quote)

char *hg_put_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote)
{
    const char *first = p;
    const uint8_t dscp = row.columns->tcp.dscp[row.at];
    if (marks->flags & HG_SIGNATURE_GENERIC)
        p = HG_PUT_PARAM(p, "generic");
    if (marks->fuzzy)
        p = HG_PUT_PARAM(p, "fuzzy");
    if (marks->olayout != NULL && memcmp(marks->olayout, row.columns->tcp.olayout[row.at], HG_OLAYOUT_BYTES) != 0)
        p = HG_PUT_PARAM(p, "erased_options");
    if (marks->flags & HG_SIGNATURE_UNRELIABLE_TTL)
        p = HG_PUT_PARAM(p, "random_ttl");
    if (row.columns->tcp.distance[row.at] > HG_MAX_DISTANCE)
        p = HG_PUT_PARAM(p, "excess_dist");
    if (dscp != 0) {
        char tos[] = "tos:0x00";
        (void)hg_put_hex_byte(tos + sizeof tos - 3, dscp);
        p = HG_PUT_PARAM(p, tos);
    }
    return p;
}

char *hg_put_params_or_none(char *p, hg_row row, const hg_match_marks *marks)
{
    char *end = hg_put_params(p, row, marks, ' ', 0);
    return end == p ? HG_AFTER(p, "none") : end;
}

char *hg_put_distance(char *p, hg_row row, const hg_match_marks *marks)
{
    if (marks->flags & HG_SIGNATURE_UNRELIABLE_TTL)
        HG_PUT(p, "<= ");
    return hg_put_i32(p, row.columns->tcp.distance[row.at]);
}

/* ---- parts of a signature, and p0f's raw signature --------------------------------------------------- */

/* p0f considers a SYN+ACK with this MSS a reply to its own probe, and prints a wildcard. */
#define PROBE_MSS 1331

typedef struct flag_word {
    uint32_t bit;
    uint32_t length;
    char text[8];
} flag_word;

#define QUIRK(number, text) {(number), sizeof(text) - 1, text},
static const flag_word quirk_words[] = {HG_QUIRK_WORDS(QUIRK)};
#undef QUIRK
#define QUIRK(number, text) | (number)
static const uint32_t all_quirks = 0 HG_QUIRK_WORDS(QUIRK);
#undef QUIRK

/* Indexed by option kind; other kinds have no word. */
#define OPTION(number, text) [number] = {1, sizeof(text) - 1, text},
static const flag_word option_words[] = {HG_OPTION_WORDS(OPTION)};
#undef OPTION

static char *put_word(char *p, const flag_word *word)
{
    memcpy(p, word->text, sizeof word->text); /* a fixed size is one store; HG_RENDER_SLACK leaves room */
    return p + word->length;
}

char *hg_put_olayout(char *p, hg_row row)
{
    const uint8_t *layout = row.columns->tcp.olayout[row.at];
    uint32_t count = layout[HG_OLAYOUT_COUNT];
    if (count > HG_MAX_OPTIONS)
        count = HG_MAX_OPTIONS;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t kind = layout[i];
        if (i > 0)
            *p++ = ',';
        if (kind < sizeof option_words / sizeof option_words[0] && option_words[kind].length != 0) {
            p = put_word(p, &option_words[kind]);
        } else {
            *p++ = '?';
            p = hg_put_u32(p, kind);
        }
        if (kind == HG_OPTION_EOL) {
            *p++ = '+';
            p = hg_put_u32(p, layout[HG_OLAYOUT_EOL_PAD]);
        }
    }
    return p;
}

/* Does not use hg_put_item, because put_word writes a word with one store, and most handshakes have quirks. */
char *hg_put_quirks(char *p, uint32_t quirks, char quote)
{
    const char *start = p;
    quirks &= all_quirks;
    for (const flag_word *word = quirk_words; quirks != 0; word++) {
        if (!(quirks & word->bit))
            continue;
        quirks &= ~word->bit;
        if (p != start)
            *p++ = ',';
        if (quote)
            *p++ = quote;
        p = put_word(p, word);
        if (quote)
            *p++ = quote;
    }
    return p;
}

static char *put_window(char *p, const hg_tcp_columns *columns, uint32_t at)
{
    uint8_t kind = columns->window_kind[at];
    if (kind == HG_WINDOW_MSS)
        HG_PUT(p, "mss*");
    else if (kind == HG_WINDOW_MTU)
        HG_PUT(p, "mtu*");
    else
        return hg_put_u32(p, columns->wsize[at]);
    return hg_put_u32(p, columns->window_multiple[at]);
}

char *hg_put_raw_signature(char *p, hg_row row)
{
    const hg_columns *columns = row.columns;
    const uint32_t i = row.index, at = row.at;
    uint32_t distance = hg_guess_distance(columns->tcp.ttl[at]);
    *p++ = columns->ip_version[i] == 6 ? '6' : '4';
    *p++ = ':';
    p = hg_put_u32(p, columns->tcp.ttl[at]);
    *p++ = '+';
    if (distance > HG_MAX_DISTANCE)
        *p++ = '?';
    else
        p = hg_put_u32(p, distance);
    *p++ = ':';
    p = hg_put_u32(p, columns->tcp.olen[at]);
    *p++ = ':';
    if (columns->tcp.mss[at] == PROBE_MSS && columns->event[i] == HG_EVENT_SYN_ACK)
        *p++ = '*';
    else
        p = hg_put_u32(p, columns->tcp.mss[at]);
    *p++ = ':';
    p = put_window(p, &columns->tcp, at);
    *p++ = ',';
    p = hg_put_u32(p, columns->tcp.wscale[at]);
    *p++ = ':';
    p = hg_put_olayout(p, row);
    *p++ = ':';
    p = hg_put_quirks(p, columns->tcp.quirks[at], 0);
    *p++ = ':';
    *p++ = columns->tcp.pclass[at] ? '+' : '0';
    return p;
}
