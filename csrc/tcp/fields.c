/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.c - words that qualify a name, and the distance.
 */
#include "tcp/fields.h"

#include "hg_layout.h"
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
