/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * findings.c - writes findings as sentences, the heaviest first.
 */
#include <stdlib.h>

#include "base/error.h"
#include "hosts/details.h"
#include "records/write.h"
#include "summary/digest.h"
#include "uses/cryptography.h"

enum { MANY_HOSTS = 5 /* hosts from which a shared signature without a name is a finding */ };

/* The values in the sentence of a finding about hosts. */
typedef struct sentence {
    uint32_t kind; /* hg_host_finding, HG_FOUND_FAR_OFF */
    const hg_hosts *all; /* to find the scans and ended support of a host */
    const hg_best *hosts;
    uint64_t name_count; /* tools, or texts of contradictions */
    const hg_host_name *names[HG_SHOWN];
    uint32_t systems;    /* least number behind one address */
    uint64_t doubts[HG_DOUBT_KINDS];
} sentence;

/* The words after the hosts: what they did, and its possible causes; %s is replaced by other values of the sentence. */
typedef struct words {
    const char *headline;
    const char *more;
} words;

static const words WORDS[HG_FOUND_KINDS] = {
#define HG_WORDS(NAME, kind, headline, more, topic, answer) [HG_FINDING_##NAME] = {headline, more},
    HG_EACH_FINDING(HG_WORDS)
#undef HG_WORDS
        [HG_FOUND_FAR_OFF] = {" stood 4 hops or more away from the rest of the /24", ""},
};

_Static_assert(HG_FAR_HOPS == 4, "the words above say 4");

/* ---- parts ------------------------------------------------------------------------------------------ */

/* " (Windows XP: no updates since 2014-04-08, 88 % sure)" */
static void put_ended(hg_writer *to, uint32_t kind, const hg_host_view *view)
{
    const hg_ended_program *program = kind == HG_FINDING_OLD_BROWSER ? &view->ended.browser : &view->ended.server;
    const int is_program = kind != HG_FINDING_OLD_SYSTEM && program->name != NULL;
    if (!is_program && view->ended.system == HG_SUPPORTED)
        return; /* of a store, which has only the kind of the finding */
    hg_write_word(to, " (");
    if (is_program) {
        hg_put_label(to, program->name);
        HG_WRITE_WITH(to, ": no updates since ", hg_put_day, program->day);
    } else {
        hg_put_system(to, &view->conclusion);
        HG_WRITE_WITH(to, ": no updates since ", hg_put_day, view->ended.system);
        HG_SAY(to, ", ", (uint64_t)(100.0 * view->ended.confidence), " % sure");
    }
    hg_write_word(to, ")");
}

enum { ENDED = 1 << HG_FINDING_OLD_SYSTEM | 1 << HG_FINDING_OLD_BROWSER | 1 << HG_FINDING_OLD_SERVER };

/* " (a signature with SHA-1 from position 1 of the chain on; subject ...)", of the first weak certificate */
static void put_weak(hg_writer *to, const hg_hosts *hosts, const hg_host_entry *host)
{
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&hosts->names, seen->name);
        const hg_span why =
            name->kind == HG_NAME_CRYPTOGRAPHY ? hg_certificate_part(name, HG_CERTIFICATE_WEAKNESS) : (hg_span){0};
        if (why.length == 0)
            continue;
        HG_SAY(to, " (", why, ")");
        return;
    }
}

/* Writes the product whose support ended. */
static void put_product(hg_writer *to, const void *data, const hg_host_entry *host)
{
    const sentence *sentence = data;
    hg_host_view view;
    hg_host_view_of(sentence->all, host, 0, &view);
    put_ended(to, sentence->kind, &view);
}

/* Writes the details of a scan or a weak certificate. */
static void put_details(hg_writer *to, const void *data, const hg_host_entry *host)
{
    const sentence *sentence = data;
    hg_host_view view;
    if (sentence->kind == HG_FINDING_WEAK_CERTIFICATE) {
        put_weak(to, sentence->all, host);
        return;
    }
    hg_host_view_of(sentence->all, host, 0, &view);
    const hg_scan *scan = hg_scan_of_finding(&view.scans, sentence->kind);
    if (scan != NULL) { /* " (1,000 addresses at port 22 ...)" */
        HG_WRITE_WITH(to, " (", hg_put_scan, scan, (uint32_t)(scan - view.scans.of));
        hg_write_word(to, ")");
    }
}

enum { WITH_DETAILS = HG_SCAN_FINDINGS | 1 << HG_FINDING_WEAK_CERTIFICATE };

static void put_names(hg_writer *to, const sentence *sentence)
{
    uint64_t i = 0;
    if (sentence->name_count == 0)
        return;
    do
        hg_put_label(to, sentence->names[i]);
    while (hg_put_between(to, i++, sentence->name_count));
}

/* Writes why clocks are unreliable; reasons of most hosts first. */
static void put_reasons(hg_writer *to, const sentence *sentence)
{
    uint64_t left[HG_DOUBT_KINDS], count = 0;
    for (uint32_t i = 1; i < HG_DOUBT_KINDS; i++) {
        left[i] = sentence->doubts[i];
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
    return HG_FIRST_ORDER(hg_compare_texts(a->name, b->name), hg_compare_texts(a->flavor, b->flavor));
}

/* Finds all scanners, or all other tools, sorted; a tool in several lists counts once. */
static int find_tools(const hg_name_counts *counts, int are_scanners, sentence *out)
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
    const int succeeded = !rows.has_failed;
    hg_best_free(&rows);
    return succeeded;
}

/* Finds the texts of contradictions, most hosts first. */
static int find_reasons(const hg_name_counts *counts, hg_counted_list list, sentence *out)
{
    hg_best rows;
    const int succeeded = hg_name_counts_choose(counts, 1U << list, 1U << HG_NAME_MISMATCH, &rows);
    out->name_count = rows.offered;
    for (uint32_t i = 0; i < rows.count && i < HG_SHOWN; i++)
        out->names[i] = ((const hg_name_count *)hg_best_at(&rows, i))->name;
    hg_best_free(&rows);
    return succeeded;
}

/* Finds the counted names for a sentence of this kind. 0: no memory. */
static int find_names(sentence *sentence, const hg_name_counts *counts)
{
    switch (sentence->kind) {
    case HG_FINDING_SCANNER:
    case HG_FINDING_FORGED_PACKETS:
        return find_tools(counts, sentence->kind == HG_FINDING_SCANNER, sentence);
    case HG_FINDING_CONTRADICTS:
        return find_reasons(counts, HG_COUNTED_MISMATCHES, sentence);
    case HG_FINDING_CLIENT_MISMATCH:
        return find_reasons(counts, HG_COUNTED_CLIENT_CHECKS, sentence);
    default:
        return 1;
    }
}

/* ---- sentences -------------------------------------------------------------------------------------- */

/* Writes " is Linux, but its browser says Windows" for "SYN: Linux, User-Agent: Windows". 0: the text has another
 * form. */
static int put_two_systems(hg_writer *to, hg_span text)
{
    static const char SYN[] = "SYN: ", AGENT[] = ", User-Agent: ";
    const char *end = text.text + text.length, *middle = hg_text_find(text, AGENT);
    if (middle == NULL || hg_text_find(text, SYN) != text.text)
        return 0;
    const char *system = text.text + strlen(SYN), *claimed = middle + strlen(AGENT);
    HG_SAY(to, " is ", hg_span_of(system, (size_t)(middle - system)), ", but its browser says ",
           hg_span_of(claimed, (size_t)(end - claimed)));
    return 1;
}

/* Writes " says IIS, but its packets are Linux". 0: the host has no such name. */
static int put_two_servers(hg_writer *to, const hg_hosts *hosts, const hg_host_entry *host)
{
    hg_host_view view;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        if (seen->source != HG_SOURCE_SERVER_HEADER ||
            !hg_host_contradicts_all(hosts, host, seen->name, HG_SOURCE_SYN_ACK))
            continue;
        hg_host_view_of(hosts, host, 0, &view);
        hg_write_word(to, " says ");
        hg_put_label(to, hg_host_name_at(&hosts->names, seen->name));
        hg_write_word(to, ", but its packets are ");
        hg_put_system(to, &view.conclusion);
        return 1;
    }
    return 0;
}

/* Writes both sides of a contradiction of one host. 0: the finding is another one. */
static int put_sides(hg_writer *to, const sentence *sentence)
{
    if (sentence->hosts->offered != 1)
        return 0;
    if (sentence->kind == HG_FINDING_CONTRADICTS)
        return sentence->name_count == 1 && put_two_systems(to, sentence->names[0]->name);
    return sentence->kind == HG_FINDING_SERVER_MISMATCH &&
           put_two_servers(to, sentence->all, hg_listed_host(sentence->hosts, 0));
}

/* Writes the hosts and what they did, such as "192.0.2.1, 192.0.2.2 scanned many addresses", with the product if
 * support ended. Returns 1 if the words name the values that the long form would add. */
static int put_headline(hg_writer *to, const sentence *sentence)
{
    const int is_ended = ((uint64_t)ENDED >> sentence->kind & 1) != 0, is_one = sentence->hosts->offered == 1;
    hg_put_details_of_hosts(to, sentence->hosts, is_ended && !is_one ? put_product : NULL, sentence);
    if (put_sides(to, sentence))
        return 1;
    hg_write_word(to, WORDS[sentence->kind].headline);
    if (is_ended && is_one)
        put_product(to, sentence, hg_listed_host(sentence->hosts, 0));
    return 0;
}

/* Writes the long form: headline, causes, and details of the first hosts. */
static void put_sentence(hg_writer *to, const sentence *sentence)
{
    const char *more = WORDS[sentence->kind].more, *gap = strstr(more, "%s");
    const int is_whole = put_headline(to, sentence);
    if (is_whole && gap != NULL)
        gap -= strlen(" (");
    HG_SAY(to, hg_span_of(more, gap == NULL ? strlen(more) : (size_t)(gap - more)));
    if (sentence->kind == HG_FINDING_SEVERAL_SYSTEMS)
        HG_SAY(to, "at least ", sentence->systems < 2 ? 2 : sentence->systems,
               sentence->hosts->offered == 1 ? " systems" : " systems behind one of them");
    else if (sentence->kind == HG_FINDING_CLOCKS)
        put_reasons(to, sentence);
    else if (gap != NULL && !is_whole)
        put_names(to, sentence);
    if (gap != NULL && !is_whole)
        hg_write_word(to, gap + 2);
    if (((uint64_t)WITH_DETAILS >> sentence->kind & 1) != 0)
        HG_WRITE_WITH(to, ": ", hg_put_details_of_hosts, sentence->hosts, put_details, sentence);
}

/* ---- one host --------------------------------------------------------------------------------------- */

/* 0: no memory. */
static int find_own_names(const hg_hosts *hosts, const hg_host_entry *host, sentence *out)
{
    hg_name_counts counts = {0};
    int is_found = hg_name_counts_init(&counts, hosts, host);
    for (const hg_sighting *seen = NULL; is_found && (seen = hg_next_sighting(hosts, host, seen)) != NULL;)
        is_found = hg_name_counts_add(&counts, hosts, 1, seen);
    is_found = is_found && find_names(out, &counts);
    hg_name_counts_free(&counts);
    return is_found;
}

static void find_extra(const hg_hosts *hosts, const hg_host_entry *host, sentence *out)
{
    const hg_host_clock *clock = hg_host_clock_of(hosts, host);
    out->systems = hg_host_systems_of(hosts, host).systems;
    if (clock != NULL)
        out->doubts[clock->doubted] = 1;
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
    const hg_best only = {.rows = (uint8_t *)&host, .hosts = hosts, .count = 1, .offered = 1};
    sentence of = {.kind = finding, .all = hosts, .hosts = &only};
    const int is_found = find_own_names(hosts, host, &of);
    find_extra(hosts, host, &of);
    put_sentence(&to, &of);
    pthread_mutex_unlock(&hosts->lock);
    *length = to.length;
    if (!is_found)
        return hg_fail(error, HG_E_MEMORY, "no memory for the names of a finding");
    return to.is_full ? hg_fail(error, HG_E_ARGUMENT, "no room for a finding in %zu bytes", capacity) : HG_OK;
}

/* ---- rows ------------------------------------------------------------------------------------------- */

static void put_count(hg_writer *to, uint64_t count, const char *what, const char *words)
{
    HG_SAY(to, HG_COUNT(count, what), words);
}

/* Begins a finding. */
static void begin_kind(hg_json *to, const char *kind)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "kind", word, kind);
    HG_JSON_KEY(to, "weight", word, hg_weight_name(hg_finding_weight(kind)));
    HG_JSON_KEY(to, "mark", word, hg_finding_mark(kind));
}

static void begin_text(hg_json *to)
{
    hg_json_key(to, "text");
    hg_json_begin_text(to);
}

/* Begins a finding that is not about hosts, up to its text. */
static void begin(hg_json *to, const char *kind, uint64_t count, const char *what, const char *words)
{
    begin_kind(to, kind);
    HG_JSON_KEY(to, "headline", written, put_count, count, what, words);
    begin_text(to);
}

/* Ends a finding. Without hosts (NULL), numbers that are 0 are unknown. */
static void end(hg_json *to, const hg_best *hosts, hg_finding_packets of)
{
    hg_json_end_text(to);
    HG_JSON_KEY_INSIDE(to, "hosts", '[')
    for (uint32_t i = 0; hosts != NULL && i < hosts->count; i++)
        hg_json_written(to, hg_write_host, hosts->hosts, hg_listed_host(hosts, i));
    HG_JSON_KEY(to, "host_count", u64, hosts == NULL ? 0 : hosts->offered);
    HG_JSON_KEY(to, "packets", optional, hosts != NULL || of.packets != 0, u64, of.packets);
    HG_JSON_KEY(to, "first_seen", optional, hosts != NULL || of.first_ns != 0, time, of.first_ns);
    HG_JSON_KEY(to, "last_seen", optional, hosts != NULL || of.last_ns != 0, time, of.last_ns);
    hg_json_close(to, '}');
}

/* ---- hosts ------------------------------------------------------------------------------------------ */

static void write_hosts(hg_json *to, hg_digest *digest, uint32_t kind)
{
    const hg_best *hosts = digest->lists + HG_LIST_FOUND + kind;
    sentence of = {.kind = kind, .all = digest->hosts, .hosts = hosts, .systems = digest->most_systems};
    memcpy(of.doubts, digest->doubts, sizeof of.doubts);
    const int is_found = hosts->offered > 0 && find_names(&of, &digest->counts);
    digest->has_failed |= hosts->offered > 0 && !is_found;
    if (!is_found)
        return;
    begin_kind(to, kind == HG_FOUND_FAR_OFF ? "hops" : hg_host_finding_name(kind));
    HG_JSON_KEY(to, "headline", written, put_headline, &of);
    begin_text(to);
    put_sentence(&to->out, &of);
    end(to, hosts, digest->found[kind]);
}

/* Writes the finding about signatures without a name that many hosts share. */
static void write_unknown(hg_json *to, const hg_digest *digest)
{
    uint64_t signatures = 0, most_hosts = 0;
    hg_finding_packets found = {.first_ns = INT64_MAX, .last_ns = INT64_MIN};
    for (uint32_t i = 0; i < digest->counts.count; i++) {
        const hg_name_count *count = digest->counts.rows + i;
        if (count->name->kind != HG_NAME_SIGNATURE || count->hosts < MANY_HOSTS)
            continue;
        most_hosts = count->hosts > most_hosts ? count->hosts : most_hosts;
        hg_widen(&found.first_ns, &found.last_ns, count->first_ns, count->last_ns);
        found.packets += count->packets;
        signatures++;
    }
    if (signatures == 0 || digest->summary->database == NULL)
        return;
    begin(to, "unknown_signature", signatures, "signature", " without a name that many hosts share");
    HG_SAY(&to->out, HG_COUNT(signatures, "signature"), " without a name, ",
           signatures == 1 ? "shared by " : "each shared by at least 5 hosts, one by ", HG_COUNT(most_hosts, "host"),
           " (see: huginn unknown)");
    end(to, NULL, found);
}

_Static_assert(MANY_HOSTS == 5, "the words above say 5");

/* ---- times ------------------------------------------------------------------------------------------ */

/* Writes the finding about days outside `first` to `last`. */
static void put_apart(hg_json *to, const hg_moment *days, uint32_t count, uint32_t first, uint32_t last, uint64_t apart)
{
    const uint64_t all = count - (last - first + 1);
    uint64_t number = 0;
    begin(to, "time", apart, "handshake", " with a time far from the rest");
    HG_SAY(&to->out, HG_COUNT(apart, "handshake"), " with a time far from the rest (");
    for (uint32_t i = 0; i < count; i++) {
        if (i >= first && i <= last)
            continue;
        hg_put_day(&to->out, (int32_t)hg_floor_days(days[i].time_ns));
        if (!hg_put_between(&to->out, number++, all))
            break;
    }
    hg_write_word(&to->out, "): a wrong clock or a damaged record");
    end(to, NULL, (hg_finding_packets){.packets = apart});
}

/* Writes the finding about handshakes with a time far from the rest. 0: no memory. */
static int write_times(hg_json *to, const hg_digest *digest)
{
    const hg_counts *known = &digest->summary->days;
    hg_moment *days = malloc((known->used + 1U) * sizeof *days);
    uint32_t count = 0, first = 0, last = 0;
    uint64_t apart = 0;
    for (const hg_count *one = NULL; days != NULL && (one = hg_counts_next(known, one)) != NULL;) {
        const int64_t day = (int64_t)one->key - HG_FIRST_DAY;
        days[count++] = (hg_moment){day < INT64_MIN / HG_DAY_NS ? INT64_MIN : day * HG_DAY_NS, one->value};
    }
    if (count > 0) {
        hg_times_group(days, count, HG_DAY_NS, &first, &last);
        for (uint32_t i = 0; i < count; i++)
            apart += i < first || i > last ? days[i].count : 0;
        if (apart > 0)
            put_apart(to, days, count, first, last, apart);
    }
    free(days);
    return days != NULL;
}

/* ---- the list --------------------------------------------------------------------------------------- */

/* Writes the findings of one weight. */
static void write_weighing(hg_digest *digest, hg_json *to, uint32_t weight)
{
    for (uint32_t kind = 0; kind < HG_HOST_FINDINGS; kind++)
        if (hg_finding_weight(hg_host_finding_name(kind)) == weight)
            write_hosts(to, digest, kind);
    if (weight == hg_finding_weight("hops"))
        write_hosts(to, digest, HG_FOUND_FAR_OFF);
    if (weight == hg_finding_weight("unknown_signature"))
        write_unknown(to, digest);
    if (weight == hg_finding_weight("time"))
        digest->has_failed |= !write_times(to, digest);
}

void hg_write_findings(hg_digest *digest, hg_json *to)
{
    HG_JSON_KEY_INSIDE(to, "findings", '[')
    for (uint32_t weight = 0; weight < HG_WEIGHTS; weight++)
        write_weighing(digest, to, weight);
}
