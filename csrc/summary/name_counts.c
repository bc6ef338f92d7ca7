/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "summary/name_counts.h"

#include "base/memory.h"

#include <stdlib.h>

int hg_compare_texts(hg_span one, hg_span other)
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

static void number_labels(hg_name_counts *counts, numbered_name *names, uint32_t count)
{
    if (count > 0)
        qsort(names, count, sizeof *names, by_label);
    for (uint32_t i = 0; i < count; i++) {
        counts->count_of_labels += i == 0 || by_label(names + i - 1, names + i) != 0;
        counts->labels[names[i].number] = counts->count_of_labels;
    }
}

/* The names of a host, or all of them. */
static uint32_t choose_names(const hg_hosts *hosts, const hg_host_entry *host, numbered_name *out)
{
    uint32_t count = 0;
    for (uint32_t i = 1; host == NULL && i <= hosts->names.pool.used; i++)
        out[count++] = (numbered_name){.name = hg_host_name_at(&hosts->names, i), .number = i};
    for (const hg_sighting *seen = NULL; host != NULL && (seen = hg_next_sighting(hosts, host, seen)) != NULL;)
        out[count++] = (numbered_name){.name = hg_host_name_at(&hosts->names, seen->name), .number = seen->name};
    return count;
}

int hg_name_counts_init(hg_name_counts *counts, const hg_hosts *hosts, const hg_host_entry *host)
{
    const size_t names = hosts->names.pool.used + (size_t)1;
    numbered_name *sorted = malloc((host == NULL ? names : HG_HOST_SIGHTINGS) * sizeof *sorted);
    counts->labels = calloc(names, sizeof *counts->labels);
    if (sorted != NULL && counts->labels != NULL)
        number_labels(counts, sorted, choose_names(hosts, host, sorted));
    free(sorted);
    if (sorted == NULL || counts->labels == NULL)
        return 0;
    counts->places = calloc(HG_COUNTED_LISTS * (counts->count_of_labels + (size_t)1), sizeof *counts->places);
    return counts->places != NULL;
}

void hg_name_counts_free(hg_name_counts *counts)
{
    free(counts->labels);
    free(counts->places);
    free(counts->rows);
    *counts = (hg_name_counts){0};
}

/* ---- counting --------------------------------------------------------------------------------------- */

/* The list that names of a source are counted in, and 1; 0: none. */
static const uint8_t LISTS[HG_HOST_SOURCES] = {
    [HG_SOURCE_SYN] = 1 + HG_COUNTED_CLIENTS,
    [HG_SOURCE_SYN_ACK] = 1 + HG_COUNTED_SERVERS,
    [HG_SOURCE_CLIENT_HELLO] = 1 + HG_COUNTED_TLS,
    [HG_SOURCE_HTTP_CLIENT] = 1 + HG_COUNTED_REQUESTS,
    [HG_SOURCE_USER_AGENT] = 1 + HG_COUNTED_CLAIMS,
    [HG_SOURCE_CLIENT_HINT] = 1 + HG_COUNTED_CLAIMS,
    [HG_SOURCE_SERVER_HEADER] = 1 + HG_COUNTED_RESPONSES,
    [HG_SOURCE_TLS_CONNECTION] = 1 + HG_COUNTED_MISMATCHES,
    [HG_SOURCE_HTTP_CONNECTION] = 1 + HG_COUNTED_MISMATCHES,
    [HG_SOURCE_CLIENT_CHECK] = 1 + HG_COUNTED_CLIENT_CHECKS,
};

/* The count of a label in a list; NULL: no memory. */
static hg_name_count *take(hg_name_counts *counts, uint32_t list, const hg_sighting *seen, const hg_host_name *name)
{
    uint32_t *place = counts->places + list * (counts->count_of_labels + (size_t)1) + counts->labels[seen->name];
    if (*place != 0)
        return counts->rows + *place - 1;
    if (!hg_make_room(&counts->rows, &counts->room, counts->count + 1, sizeof *counts->rows, 64))
        return NULL;
    counts->rows[counts->count] =
        (hg_name_count){.name = name, .list = (uint8_t)list, .first_ns = seen->first_ns, .last_ns = seen->last_ns};
    *place = ++counts->count;
    return counts->rows + *place - 1;
}

int hg_name_counts_add(hg_name_counts *counts, const hg_hosts *hosts, hg_index host, const hg_sighting *seen)
{
    const hg_host_name *name = hg_host_name_at(&hosts->names, seen->name);
    if (LISTS[seen->source] == 0)
        return 1;
    hg_name_count *of = take(counts, LISTS[seen->source] - 1U, seen, name);
    if (of == NULL)
        return 0;
    of->hosts += of->last_host != host;
    of->last_host = host;
    of->packets += seen->packets;
    of->fuzzy += (name->flags & HG_NAMED_FUZZY) != 0 ? seen->packets : 0;
    of->generic += (name->flags & (HG_NAMED_FUZZY | HG_NAMED_GENERIC)) == HG_NAMED_GENERIC ? seen->packets : 0;
    of->confidence += name->confidence * (double)seen->packets;
    hg_widen(&of->first_ns, &of->last_ns, seen->first_ns, seen->last_ns);
    return 1;
}
