/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "summary/sentences.h"

#include "base/error.h"
#include "hosts/ended.h"
#include "hosts/words.h"

/* The words before the hosts. %s: other values of the sentence. */
typedef struct words {
    const char *headline;
    const char *more;
} words;

static const words WORDS[HG_FOUND_KINDS] = {
#define HG_WORDS(name, kind, headline, more) [HG_FINDING_##name] = {headline, more},
    HG_EACH_FINDING(HG_WORDS)
#undef HG_WORDS
    [HG_FOUND_LONELY] = {" stood 4 hops or more away from the rest of the /24", ""},
};

_Static_assert(HG_FAR_HOPS == 4, "as the words have it");

/* ---- parts ------------------------------------------------------------------------------------------ */

int hg_put_between(hg_writer *to, uint64_t number, uint64_t count)
{
    if (number + 1 == count)
        return 0;
    if (number + 1 < HG_SHOWN) {
        hg_write_word(to, ", ");
        return 1;
    }
    HG_WRITE_WITH(to, " and ", hg_write_u64, count - HG_SHOWN);
    hg_write_word(to, " more");
    return 0;
}

static void put_host(hg_writer *to, const hg_host_entry *host)
{
    HG_WRITE_MADE(to, HG_HOST_WORDS_BYTES, hg_put_host_words, host);
}

/* " (Windows XP, ended 2014-04-08, sure 88 %)" */
static void put_ended(hg_writer *to, const hg_sentence *of, const hg_host_entry *host)
{
    hg_host_verdict verdict;
    hg_host_judge(of->all, host, &verdict);
    hg_support_ends ended;
    hg_host_end(of->all, host, &verdict, &ended);
    hg_write_word(to, " (");
    const hg_ended_program *program = of->kind == HG_FINDING_BROWSER ? &ended.browser : &ended.server;
    if (of->kind != HG_FINDING_ENDED && program->name != NULL) {
        hg_put_label(to, program->name);
        HG_WRITE_WITH(to, ", ended ", hg_put_day, program->day);
    } else {
        hg_put_system(to, &verdict);
        HG_WRITE_WITH(to, ", ended ", hg_put_day, ended.system);
        HG_WRITE_WITH(to, ", sure ", hg_write_u64, (uint64_t)(100.0 * ended.confidence));
        hg_write_word(to, " %");
    }
    hg_write_word(to, ")");
}

/* " (1,000 addresses at port 22 ...)" */
static void put_scanned(hg_writer *to, const hg_sentence *of, const hg_host_entry *host)
{
    hg_scans scans;
    (void)hg_scan_find(of->all, host, INT64_MAX, &scans);
    const hg_scan *scan = hg_scan_of_finding(&scans, of->kind);
    if (scan == NULL)
        return;
    HG_WRITE_WITH(to, " (", hg_put_scan, scan, (uint32_t)(scan - scans.of));
    hg_write_word(to, ")");
}

static void put_hosts(hg_writer *to, const hg_sentence *of)
{
    uint64_t i = 0;
    do {
        put_host(to, of->hosts[i]);
        if ((HG_SCAN_FINDINGS >> of->kind & 1) != 0)
            put_scanned(to, of, of->hosts[i]);
        if (of->kind >= HG_FINDING_ENDED && of->kind <= HG_FINDING_OLD_SERVER)
            put_ended(to, of, of->hosts[i]);
    } while (hg_put_between(to, i++, of->host_count));
}

void hg_put_hosts(hg_writer *to, const hg_best *hosts)
{
    uint32_t i = 0;
    do
        put_host(to, *(const hg_host_entry *const *)hg_best_at(hosts, i));
    while (hg_put_between(to, i++, hosts->offered));
}

static void put_names(hg_writer *to, const hg_sentence *of)
{
    uint64_t i = 0;
    if (of->name_count == 0)
        return;
    do
        hg_put_label(to, of->names[i]);
    while (hg_put_between(to, i++, of->name_count));
}

/* Why clocks cannot be trusted, the reason of most hosts first. */
static void put_reasons(hg_writer *to, const hg_sentence *of)
{
    uint64_t left[HG_DOUBT_KINDS], count = 0;
    for (uint32_t i = 1; i < HG_DOUBT_KINDS; i++) {
        left[i] = of->doubts[i];
        count += left[i] > 0;
    }
    for (uint64_t n = 0; n < count; n++) {
        uint32_t best = 1;
        for (uint32_t i = 2; i < HG_DOUBT_KINDS; i++)
            best = left[i] > left[best] ? i : best;
        hg_write_word(to, hg_doubt_reason(best));
        left[best] = 0;
        if (!hg_put_between(to, n, count))
            return;
    }
}

/* ---- names ------------------------------------------------------------------------------------------ */

static int by_name(const void *one, const void *other)
{
    const hg_host_name *a = *(const hg_host_name *const *)one, *b = *(const hg_host_name *const *)other;
    const int found = hg_compare_texts(a->name, b->name);
    return found != 0 ? found : hg_compare_texts(a->flavor, b->flavor);
}

/* All scanners, or other tools, sorted; a tool with both roles is listed once. */
static int find_tools(const hg_name_counts *counts, int are_scanners, hg_sentence *out)
{
    hg_best rows = {.bytes = sizeof(const hg_host_name *), .order = by_name};
    for (uint32_t i = 0; i < counts->count; i++)
        if (counts->rows[i].name->kind == HG_NAME_TOOL && hg_is_scanner(counts->rows[i].name) == are_scanners)
            hg_best_offer(&rows, &counts->rows[i].name);
    hg_best_sort(&rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        if (i > 0 && by_name(hg_best_at(&rows, i - 1), hg_best_at(&rows, i)) == 0)
            continue;
        if (out->name_count < HG_SHOWN)
            out->names[out->name_count] = *(const hg_host_name *const *)hg_best_at(&rows, i);
        out->name_count++;
    }
    const int is_done = !rows.has_failed;
    hg_best_free(&rows);
    return is_done;
}

/* What differs, of most hosts first. */
static int find_reasons(const hg_name_counts *counts, hg_counted_list list, hg_sentence *out)
{
    hg_best rows;
    const int is_done = hg_name_counts_choose(counts, 1U << list, 1U << HG_NAME_MISMATCH, &rows);
    out->name_count = rows.offered;
    for (uint32_t i = 0; i < rows.count && i < HG_SHOWN; i++)
        out->names[i] = (*(const hg_name_count *const *)hg_best_at(&rows, i))->name;
    hg_best_free(&rows);
    return is_done;
}

int hg_sentence_find_names(hg_sentence *of, const hg_name_counts *counts)
{
    switch (of->kind) {
    case HG_FINDING_SCANNER:
    case HG_FINDING_FORGED:
        return find_tools(counts, of->kind == HG_FINDING_SCANNER, of);
    case HG_FINDING_CONTRADICTS:
        return find_reasons(counts, HG_COUNTED_MISMATCHES, of);
    case HG_FINDING_CLIENT:
        return find_reasons(counts, HG_COUNTED_CLIENT_CHECKS, of);
    default:
        return 1;
    }
}

/* ---- sentences -------------------------------------------------------------------------------------- */

void hg_put_sentence(hg_writer *to, const hg_sentence *of)
{
    const char *more = WORDS[of->kind].more, *gap = strstr(more, "%s");
    hg_put_count(to, of->host_count, "host");
    hg_write_word(to, WORDS[of->kind].headline);
    hg_write_text(to, more, gap == NULL ? strlen(more) : (size_t)(gap - more));
    if (of->kind == HG_FINDING_SHARED) {
        HG_WRITE_WITH(to, "at least ", hg_write_u64, of->systems < 2 ? 2 : of->systems);
        hg_write_word(to, of->host_count == 1 ? " systems" : " systems behind one of them");
    } else if (of->kind == HG_FINDING_CLOCK) {
        put_reasons(to, of);
    } else if (gap != NULL) {
        put_names(to, of);
    }
    if (gap != NULL)
        hg_write_word(to, gap + 2);
    hg_write_word(to, ": ");
    put_hosts(to, of);
}

void hg_put_headline(hg_writer *to, uint32_t kind, const hg_best *hosts)
{
    hg_put_count(to, hosts->offered, "host");
    hg_write_word(to, WORDS[kind].headline);
    HG_WRITE_WITH(to, ": ", hg_put_hosts, hosts);
}

/* ---- one host --------------------------------------------------------------------------------------- */

/* 0: no memory. */
static int find_names(const hg_hosts *hosts, const hg_host_entry *host, hg_sentence *out)
{
    hg_name_counts counts = {0};
    int is_found = hg_name_counts_init(&counts, hosts, host);
    for (const hg_sighting *seen = NULL; is_found && (seen = hg_next_sighting(hosts, host, seen)) != NULL;)
        is_found = hg_name_counts_add(&counts, hosts, 1, seen);
    is_found = is_found && hg_sentence_find_names(out, &counts);
    hg_name_counts_free(&counts);
    return is_found;
}

static void find_extra(const hg_hosts *hosts, const hg_host_entry *host, hg_sentence *out)
{
    const hg_host_clock *clock = hg_host_clock_of(hosts, host);
    out->systems = hg_host_systems_of(hosts, host).systems;
    if (clock != NULL)
        out->doubts[clock->doubted] = 1;
}

const char *hg_host_finding_name(uint32_t finding)
{
    return hg_finding_kind(finding);
}

hg_status hg_host_finding_write(hg_hosts *hosts, uint32_t place, uint32_t finding, char *out, size_t capacity,
                                size_t *length, hg_error *error)
{
    hg_writer to = {.at = out, .capacity = capacity};
    *length = 0;
    if (place >= hosts->known.used || finding >= HG_HOST_FINDINGS)
        return hg_fail(error, HG_E_ARGUMENT, "finding %u of host %u of %u", finding, place, hosts->known.used);
    pthread_mutex_lock(&hosts->lock);
    const hg_host_entry *host = hg_host_at(hosts, place + 1);
    hg_sentence of = {.kind = finding, .all = hosts, .host_count = 1, .hosts = {host}};
    const int is_found = find_names(hosts, host, &of);
    find_extra(hosts, host, &of);
    hg_put_sentence(&to, &of);
    pthread_mutex_unlock(&hosts->lock);
    *length = to.length;
    if (!is_found)
        return hg_fail(error, HG_E_MEMORY, "no memory for the names of a finding");
    return to.is_full ? hg_fail(error, HG_E_ARGUMENT, "no room for a finding in %zu bytes", capacity) : HG_OK;
}
