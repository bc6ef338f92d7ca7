/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "summary/tallies.h"

#include <stdlib.h>

int hg_compare_texts(hg_text_part one, hg_text_part other)
{
    const uint32_t common = one.length < other.length ? one.length : other.length;
    const int found = common == 0 ? 0 : memcmp(one.text, other.text, common);
    return found != 0 ? found : (one.length > other.length) - (one.length < other.length);
}

/* ---- labels ----------------------------------------------------------------------------------------- */

typedef struct numbered_name {
    const hg_host_name *name;
    uint32_t number;
    uint32_t zero;
} numbered_name;

/* 0: both are counted as one. What programs state is counted by system alone. */
static int by_label(const void *one, const void *other)
{
    const hg_host_name *a = ((const numbered_name *)one)->name, *b = ((const numbered_name *)other)->name;
    if (a->kind != b->kind)
        return a->kind - b->kind;
    const int found = hg_compare_texts(a->name, b->name);
    return found != 0 || a->kind == HG_NAME_CLAIMED ? found : hg_compare_texts(a->flavor, b->flavor);
}

static void number_labels(hg_tallies *tallies, const hg_hosts *hosts, numbered_name *names)
{
    const uint32_t count = hosts->names.pool.used;
    for (uint32_t i = 0; i < count; i++)
        names[i] = (numbered_name){.name = hg_host_name_at(&hosts->names, i + 1), .number = i + 1};
    if (count > 0)
        qsort(names, count, sizeof *names, by_label);
    for (uint32_t i = 0; i < count; i++) {
        tallies->count_of_labels += i == 0 || by_label(names + i - 1, names + i) != 0;
        tallies->labels[names[i].number] = tallies->count_of_labels;
    }
}

int hg_tallies_init(hg_tallies *tallies, const hg_hosts *hosts)
{
    const size_t names = hosts->names.pool.used + (size_t)1;
    numbered_name *sorted = malloc(names * sizeof *sorted);
    tallies->labels = calloc(names, sizeof *tallies->labels);
    if (sorted != NULL && tallies->labels != NULL)
        number_labels(tallies, hosts, sorted);
    free(sorted);
    if (sorted == NULL || tallies->labels == NULL)
        return 0;
    tallies->places = calloc(HG_TALLY_LISTS * (tallies->count_of_labels + (size_t)1), sizeof *tallies->places);
    return tallies->places != NULL;
}

void hg_tallies_free(hg_tallies *tallies)
{
    free(tallies->labels);
    free(tallies->places);
    free(tallies->rows);
    *tallies = (hg_tallies){0};
}

/* ---- counting --------------------------------------------------------------------------------------- */

/* HG_TALLY_LISTS: it is not counted. */
static hg_tally_list list_of(uint8_t source)
{
    switch ((hg_host_source)source) {
    case HG_SOURCE_SYN:
        return HG_TALLY_CLIENTS;
    case HG_SOURCE_SYN_ACK:
        return HG_TALLY_SERVERS;
    case HG_SOURCE_CLIENT_HELLO:
        return HG_TALLY_TLS;
    case HG_SOURCE_HTTP_CLIENT:
        return HG_TALLY_REQUESTS;
    case HG_SOURCE_USER_AGENT:
    case HG_SOURCE_CLIENT_HINT:
        return HG_TALLY_CLAIMS;
    case HG_SOURCE_SERVER_HEADER:
        return HG_TALLY_RESPONSES;
    case HG_SOURCE_MISMATCH_TLS:
    case HG_SOURCE_MISMATCH_HTTP:
        return HG_TALLY_MISMATCHES;
    case HG_SOURCE_CLIENT_CHECK:
        return HG_TALLY_CLIENT_CHECKS;
    case HG_SOURCE_LINK:
    case HG_SOURCE_PORT_RANGE:
    case HG_SOURCE_CLOCK:
    case HG_SOURCE_MIDDLEBOX:
    case HG_SOURCE_LOOPBACK:
    case HG_SOURCE_SEGMENTS:
    case HG_SOURCE_ANNOUNCEMENT:
    case HG_HOST_SOURCES:
        break;
    }
    return HG_TALLY_LISTS;
}

/* The tally of a label in a list; NULL: no memory. */
static hg_tally *take(hg_tallies *tallies, hg_tally_list list, const hg_seen *seen, const hg_host_name *name)
{
    uint32_t *place = tallies->places + list * (tallies->count_of_labels + (size_t)1) + tallies->labels[seen->name];
    if (*place != 0)
        return tallies->rows + *place - 1;
    if (tallies->count == tallies->room) {
        const uint32_t room = tallies->room == 0 ? 64 : 2 * tallies->room;
        hg_tally *grown = realloc(tallies->rows, room * sizeof *grown);
        if (grown == NULL)
            return NULL;
        tallies->rows = grown;
        tallies->room = room;
    }
    tallies->rows[tallies->count] =
        (hg_tally){.name = name, .list = (uint8_t)list, .first_ns = seen->first_ns, .last_ns = seen->last_ns};
    *place = ++tallies->count;
    return tallies->rows + *place - 1;
}

int hg_tallies_add(hg_tallies *tallies, const hg_hosts *hosts, hg_index host, const hg_seen *seen)
{
    const hg_tally_list list = list_of(seen->source);
    const hg_host_name *name = hg_host_name_at(&hosts->names, seen->name);
    if (list == HG_TALLY_LISTS)
        return 1;
    hg_tally *of = take(tallies, list, seen, name);
    if (of == NULL)
        return 0;
    of->hosts += of->last_host != host;
    of->last_host = host;
    of->packets += seen->packets;
    of->fuzzy += (name->flags & HG_NAMED_FUZZY) != 0 ? seen->packets : 0;
    of->generic += (name->flags & (HG_NAMED_FUZZY | HG_NAMED_GENERIC)) == HG_NAMED_GENERIC ? seen->packets : 0;
    of->confidence += name->confidence * (double)seen->packets;
    of->first_ns = seen->first_ns < of->first_ns ? seen->first_ns : of->first_ns;
    of->last_ns = seen->last_ns > of->last_ns ? seen->last_ns : of->last_ns;
    return 1;
}
