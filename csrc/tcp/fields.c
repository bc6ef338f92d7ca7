/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.c - words that qualify a name, and the distance.
 */
#include "tcp/fields.h"

#include <string.h>

#include "hg_layout.h"
#include "tcp/observe.h"

typedef struct word_list {
    char *p;
    char separator;
    char quote;
    uint8_t started;
} word_list;

static void open_item(word_list *list)
{
    if (list->started)
        *list->p++ = list->separator;
    list->started = 1;
    if (list->quote)
        *list->p++ = list->quote;
}

static void close_item(word_list *list)
{
    if (list->quote)
        *list->p++ = list->quote;
}

static void add(word_list *list, const char *word, size_t length)
{
    open_item(list);
    list->p = hg_put_bytes(list->p, word, length);
    close_item(list);
}

#define ADD(list, literal) add((list), (literal), sizeof(literal) - 1)

/* The signature's options are others than the row's: some were overwritten on the way. */
static int has_erased_options(hg_row row, const hg_match_marks *marks)
{
    return marks->olayout != NULL &&
           memcmp(marks->olayout, row.columns->tcp.olayout[row.at], HG_OLAYOUT_BYTES) != 0;
}

char *hg_put_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote)
{
    word_list list = {p, separator, quote, 0};
    uint8_t dscp = row.columns->tcp.dscp[row.at];
    if (marks->flags & HG_SIGNATURE_GENERIC)
        ADD(&list, "generic");
    if (marks->fuzzy)
        ADD(&list, "fuzzy");
    if (has_erased_options(row, marks))
        ADD(&list, "erased_options");
    if (marks->flags & HG_SIGNATURE_UNRELIABLE_TTL)
        ADD(&list, "random_ttl");
    if (row.columns->tcp.distance[row.at] > HG_MAX_DISTANCE)
        ADD(&list, "excess_dist");
    if (dscp != 0) {
        open_item(&list);
        HG_PUT(list.p, "tos:0x");
        list.p = hg_put_hex_byte(list.p, dscp);
        close_item(&list);
    }
    return list.p;
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
