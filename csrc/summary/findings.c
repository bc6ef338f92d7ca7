/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * findings.c - findings, the most serious first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "hosts/words.h"
#include "summary/sentences.h"

enum { MANY_HOSTS = 5 /* that share a signature without a name */ };

/* ---- rows ------------------------------------------------------------------------------------------- */

static void put_headline(hg_writer *to, uint64_t count, const char *of, const char *words)
{
    hg_put_count(to, count, of);
    hg_write_word(to, words);
}

/* The headline is how many there are of what. */
static void begin(hg_json *to, const char *kind, uint64_t count, const char *of, const char *words)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "kind", word, kind);
    HG_JSON_KEY(to, "headline", written, put_headline, count, of, words);
    hg_json_key(to, "text");
    hg_json_begin_text(to);
}

/* Ends a finding that names no hosts; `packets` 0: they were not counted. */
static void end(hg_json *to, uint64_t packets, int64_t first_ns, int64_t last_ns)
{
    hg_json_end_text(to);
    HG_JSON_KEY(to, "hosts", open, '[');
    hg_json_close(to, ']');
    HG_JSON_KEY(to, "host_count", u64, 0);
    HG_JSON_KEY(to, "packets", optional, packets != 0, u64, packets);
    HG_JSON_KEY(to, "first_seen", time_or_null, first_ns);
    HG_JSON_KEY(to, "last_seen", time_or_null, last_ns);
    hg_json_close(to, '}');
}

/* ---- hosts ------------------------------------------------------------------------------------------ */

static int write_hosts(hg_json *to, const hg_digest *digest, uint32_t kind)
{
    const hg_finding_hosts *found = digest->found + kind;
    hg_sentence of = {.kind = kind, .all = digest->hosts, .host_count = found->hosts.offered, .systems = digest->most_systems};
    memcpy(of.doubts, digest->doubts, sizeof of.doubts);
    if (of.host_count == 0)
        return 1;
    for (uint32_t i = 0; i < found->hosts.count && i < HG_SHOWN; i++)
        of.hosts[i] = *(const hg_host_entry *const *)hg_best_at(&found->hosts, i);
    if (!hg_sentence_find_names(&of, &digest->counts))
        return 0;
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "kind", word, kind == HG_FOUND_LONELY ? "hops" : hg_finding_kind(kind));
    HG_JSON_KEY(to, "headline", written, hg_put_headline, kind, &found->hosts);
    HG_JSON_KEY(to, "text", written, hg_put_sentence, &of);
    HG_JSON_KEY(to, "hosts", open, '[');
    for (uint32_t i = 0; i < found->hosts.count; i++)
        hg_json_host(to, *(const hg_host_entry *const *)hg_best_at(&found->hosts, i));
    hg_json_close(to, ']');
    HG_JSON_KEY(to, "host_count", u64, of.host_count);
    HG_JSON_KEY(to, "packets", u64, found->packets);
    HG_JSON_KEY(to, "first_seen", time, found->first_ns);
    HG_JSON_KEY(to, "last_seen", time, found->last_ns);
    hg_json_close(to, '}');
    return 1;
}

/* ---- all together ----------------------------------------------------------------------------------- */

/* " (192.0.0.0/16, 198.51.0.0/16, 203.0.0.0/16 and 7 more)" */
static void put_networks(hg_json *to, const hg_one_stack *of)
{
    char text[HG_MAX_ADDRESS + HG_RENDER_SLACK];
    uint64_t i = 0;
    hg_write_word(&to->out, " (");
    do {
        const hg_stack_network *network = of->named + i;
        const uint8_t address[16] = {(uint8_t)(network->prefix >> 24), (uint8_t)(network->prefix >> 16),
                                     (uint8_t)(network->prefix >> 8), (uint8_t)network->prefix};
        const uint8_t version = (uint8_t)network->version;
        hg_write_text(&to->out, text, (size_t)(hg_put_address(text, version, address) - text));
        hg_write_word(&to->out, version == 4 ? "/16" : "/32");
    } while (hg_put_between(&to->out, i++, of->networks));
    hg_write_word(&to->out, ")");
}

_Static_assert((int)HG_NAMED_NETWORKS == (int)HG_SHOWN, "as hg_put_between shows them");

static void put_one_stack(hg_json *to, const hg_one_stack *of)
{
    hg_write_word(&to->out, of->is_answer ? "SYN+ACKs of " : "SYNs of ");
    hg_write_u64(&to->out, of->networks);
    hg_write_word(&to->out, " networks");
    put_networks(to, of);
    hg_write_word(&to->out, " have one signature and one distance: ");
    hg_write_text(&to->out, of->signature, strlen(of->signature));
}

static int write_one_stack(hg_json *to, const hg_digest *digest)
{
    hg_best rows = {.bytes = sizeof(hg_one_stack), .order = hg_stacks_in_order};
    const int is_found = hg_stacks_find(&digest->of->stacks, &rows) && !rows.has_failed;
    hg_best_sort(&rows);
    if (is_found && rows.count > 0) {
        uint32_t i = 0;
        begin(to, "one_stack", rows.offered, "signature", " at one distance in many networks, as of a proxy or firewall that speaks for them");
        do
            put_one_stack(to, hg_best_at(&rows, i));
        while (hg_put_between(&to->out, i++, rows.offered));
        hg_write_word(&to->out, ": a proxy or firewall may speak for them, so that its system is named, not theirs");
        end(to, 0, 0, 0);
    }
    hg_best_free(&rows);
    return is_found;
}

static void write_unknown(hg_json *to, const hg_digest *digest)
{
    uint64_t signatures = 0, packets = 0, most_hosts = 0;
    int64_t first_ns = INT64_MAX, last_ns = INT64_MIN;
    for (uint32_t i = 0; i < digest->counts.count; i++) {
        const hg_name_count *of = digest->counts.rows + i;
        if (of->name->kind != HG_NAME_SIGNATURE || of->hosts < MANY_HOSTS)
            continue;
        most_hosts = of->hosts > most_hosts ? of->hosts : most_hosts;
        hg_widen(&first_ns, &last_ns, of->first_ns, of->last_ns);
        packets += of->packets;
        signatures++;
    }
    if (signatures == 0 || digest->of->database == NULL)
        return;
    begin(to, "unknown_signature", signatures, "signature", " without a name that many hosts share");
    hg_put_count(&to->out, signatures, "signature");
    hg_write_word(&to->out, " without a name, ");
    hg_write_word(&to->out, signatures == 1 ? "shared by " : "each shared by at least 5 hosts, one by ");
    hg_put_count(&to->out, most_hosts, "host");
    hg_write_word(&to->out, " (see: huginn unknown)");
    end(to, packets, first_ns, last_ns);
}

_Static_assert(MANY_HOSTS == 5, "as the words have it");

/* ---- times ------------------------------------------------------------------------------------------ */

/* `days`, of which those from `first` to `last` belong together. */
static void put_apart(hg_json *to, const hg_moment *days, uint32_t count, uint32_t first, uint32_t last, uint64_t apart)
{
    const uint64_t all = count - (last - first + 1);
    uint64_t number = 0;
    begin(to, "time", apart, "handshake", " with a time far from the rest");
    hg_put_count(&to->out, apart, "handshake");
    hg_write_word(&to->out, " with a time far from the rest (");
    for (uint32_t i = 0; i < count; i++) {
        if (i >= first && i <= last)
            continue;
        hg_put_day(&to->out, (int32_t)hg_floor_days(days[i].time_ns));
        if (!hg_put_between(&to->out, number++, all))
            break;
    }
    hg_write_word(&to->out, "): a wrong clock or a damaged record");
    end(to, apart, 0, 0);
}

static int write_times(hg_json *to, const hg_digest *digest)
{
    const hg_counts *known = &digest->of->days;
    hg_moment *days = malloc((known->used + 1U) * sizeof *days);
    uint32_t count = 0, first = 0, last = 0;
    uint64_t apart = 0;
    for (const hg_count *one = NULL; days != NULL && (one = hg_counts_next(known, one)) != NULL;) {
        const int64_t day = (int64_t)one->key - HG_FIRST_DAY;
        days[count++] = (hg_moment){day < INT64_MIN / HG_DAY_NS ? INT64_MIN : day * HG_DAY_NS, one->value};
    }
    if (count > 0) {
        hg_together(days, count, &first, &last);
        for (uint32_t i = 0; i < count; i++)
            apart += i < first || i > last ? days[i].count : 0;
        if (apart > 0)
            put_apart(to, days, count, first, last, apart);
    }
    free(days);
    return days != NULL;
}

/* ---- the list --------------------------------------------------------------------------------------- */

static void put_left_out(hg_writer *to, uint64_t packets, const char *words, const hg_best *hosts)
{
    put_headline(to, packets, "packet", words);
    if (hosts != NULL)
        HG_WRITE_WITH(to, ": ", hg_put_hosts, hosts);
}

/* `hosts`: where; NULL: of too many to say. */
static void write_left_out(hg_json *to, uint64_t packets, const char *words, const hg_best *hosts)
{
    if (packets == 0)
        return;
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "kind", word, "incomplete");
    HG_JSON_KEY(to, "headline", written, put_left_out, packets, words, hosts);
    hg_json_key(to, "text");
    hg_json_begin_text(to);
    put_left_out(&to->out, packets, words, hosts);
    end(to, packets, 0, 0);
}

static void write_incomplete(hg_json *to, const hg_digest *digest)
{
    const hg_stacks *stacks = &digest->of->stacks;
    const hg_best *cut = &digest->found[HG_FOUND_CUT].hosts;
    const uint64_t packets = hg_summary_left_out(digest->of);
    if (hg_hosts_are_full(digest->hosts))
        write_left_out(to, packets, " left out, of hosts beyond --max-inventory", NULL);
    else if (cut->offered > 0)
        write_left_out(to, packets, " left out, of hosts with more names than are kept", cut);
    else
        write_left_out(to, packets, " left out, of more days, links or signatures than are counted", NULL);
    write_left_out(to, hg_hosts_untracked(digest->hosts), " not followed in all, of too many hosts, or names of a host", NULL);
    write_left_out(to, stacks->of_many, " left out, of hosts that already have 1,000 signatures", NULL);
    write_left_out(to, stacks->left_out, " left out, with signatures that are too many to be compared by network", NULL);
}

_Static_assert(HG_STACKS_OF_A_HOST == 1000, "as the words have it");

int hg_write_findings(hg_digest *digest, hg_json *to)
{
    int is_written = 1;
    HG_JSON_KEY(to, "findings", open, '[');
    for (uint32_t kind = 0; kind < HG_HOST_FINDINGS; kind++) {
        if (kind == HG_FINDING_HOPS)
            is_written = is_written && write_one_stack(to, digest);
        is_written = is_written && write_hosts(to, digest, kind);
        if (kind != HG_FINDING_HOPS)
            continue;
        is_written = is_written && write_hosts(to, digest, HG_FOUND_LONELY);
        write_unknown(to, digest);
    }
    is_written = is_written && write_times(to, digest);
    write_incomplete(to, digest);
    hg_json_close(to, ']');
    return is_written;
}
