/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * lists.c - counts names and links, and lists them with their number of hosts.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "hosts/details.h"
#include "summary/digest.h"
#include "systems/words.h"
#include "uses/cryptography.h"

/* ---- labels ----------------------------------------------------------------------------------------- */

typedef struct numbered_name {
    const hg_host_name *name;
    uint32_t number;
} numbered_name;

/* 0: both count as one label. Claimed systems are counted by name, without versions. */
static int by_label(const void *one, const void *other)
{
    const hg_host_name *a = ((const numbered_name *)one)->name, *b = ((const numbered_name *)other)->name;
    return HG_FIRST_ORDER(a->kind - b->kind, hg_compare_texts(a->name, b->name),
                          a->kind == HG_NAME_CLAIMED ? 0 : hg_compare_texts(a->flavor, b->flavor));
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

/* Collects the names of a host, or all names if `host` is NULL. */
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

/* 1 + the list in which names of a source are counted; 0: none. */
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
    [HG_SOURCE_CRYPTOGRAPHY] = 1 + HG_COUNTED_CHOICES,
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
    hg_name_count *count = take(counts, LISTS[seen->source] - 1U, seen, name);
    if (count == NULL)
        return 0;
    count->hosts += count->last_host != host;
    count->last_host = host;
    count->packets += seen->packets;
    count->fuzzy += (name->flags & HG_NAMED_FUZZY) != 0 ? seen->packets : 0;
    count->generic += (name->flags & (HG_NAMED_FUZZY | HG_NAMED_GENERIC)) == HG_NAMED_GENERIC ? seen->packets : 0;
    count->confidence += name->confidence * (double)seen->packets;
    hg_widen(&count->first_ns, &count->last_ns, seen->first_ns, seen->last_ns);
    return 1;
}

/* ---- rows ------------------------------------------------------------------------------------------- */

/* Names without a text, and bare JA4s, come last. */
static int is_nameless(const hg_host_name *name)
{
    return name->name.length == 0 || name->kind == HG_NAME_JA4;
}

/* Orders by falling hosts, then falling packets, then list and text. */
static int by_hosts(const void *one, const void *other)
{
    const hg_name_count *a = one, *b = other;
    return HG_FIRST_ORDER(hg_falling(a->hosts, b->hosts), hg_falling(a->packets, b->packets), a->list - b->list,
                          is_nameless(a->name) - is_nameless(b->name), hg_compare_texts(a->name->name, b->name->name),
                          hg_compare_texts(a->name->flavor, b->name->flavor), a->name->kind - b->name->kind);
}

int hg_name_counts_choose(const hg_name_counts *counts, uint32_t lists, uint32_t kinds, hg_best *out)
{
    *out = (hg_best){.bytes = sizeof(hg_name_count), .order = by_hosts};
    for (uint32_t i = 0; i < counts->count; i++) {
        const hg_name_count *count = counts->rows + i;
        if ((lists >> count->list & 1) != 0 && (kinds >> count->name->kind & 1) != 0)
            hg_best_offer(out, count);
    }
    hg_best_sort(out);
    return !out->has_failed;
}

void hg_digest_omit(hg_digest *digest, const char *list, uint64_t rows)
{
    if (rows > 0)
        HG_JSON_KEY(&digest->omitted, list, u64, rows);
}

void hg_digest_write(hg_digest *digest, hg_json *to, const char *list, hg_best *rows,
                     void (*write)(hg_json *to, const void *row))
{
    const char *dot = strrchr(list, '.');
    digest->has_failed |= rows->has_failed;
    hg_best_sort(rows);
    HG_JSON_KEY_INSIDE(to, dot == NULL ? list : dot + 1, '[')
    for (uint32_t i = 0; i < rows->count; i++) {
        hg_json_open(to, '{');
        write(to, hg_best_at(rows, i));
        hg_json_close(to, '}');
    }
    hg_digest_omit(digest, list, rows->offered - rows->count);
    hg_best_free(rows);
}

static void write_names(hg_digest *digest, hg_json *to, const char *list, uint32_t lists, uint32_t kinds,
                        void (*write)(hg_json *to, const void *row))
{
    hg_best rows;
    (void)hg_name_counts_choose(&digest->counts, lists, kinds, &rows);
    hg_digest_write(digest, to, list, &rows, write);
}

/* ---- systems ---------------------------------------------------------------------------------------- */

static void write_system(hg_json *to, const void *one)
{
    const hg_name_count *count = one;
    const int is_tool = count->name->kind == HG_NAME_TOOL;
    HG_JSON_KEY(to, "role", word, count->list == HG_COUNTED_CLIENTS ? "client" : "server");
    HG_JSON_KEY(to, "name", span, count->name->name);
    HG_JSON_KEY(to, "flavor", text, count->name->flavor.text, count->name->flavor.length);
    HG_JSON_KEY(to, "tool", bool, is_tool);
    HG_JSON_KEY(to, "hosts", u64, count->hosts);
    HG_JSON_KEY(to, "packets", u64, count->packets);
    HG_JSON_KEY(to, "specific", u64, count->packets - count->generic - count->fuzzy);
    HG_JSON_KEY(to, "generic", u64, count->generic);
    HG_JSON_KEY(to, "fuzzy", u64, count->fuzzy);
    HG_JSON_KEY(to, "confidence", share, is_tool ? (double)NAN : count->confidence / (double)count->packets);
}

void hg_write_systems(hg_digest *digest, hg_json *to)
{
    write_names(digest, to, "systems", 1U << HG_COUNTED_CLIENTS | 1U << HG_COUNTED_SERVERS,
                1U << HG_NAME_SYSTEM | 1U << HG_NAME_TOOL, write_system);
}

static void write_signature(hg_json *to, const void *one)
{
    const hg_name_count *count = one;
    HG_JSON_KEY(to, "direction", word, count->list == HG_COUNTED_CLIENTS ? "request" : "response");
    HG_JSON_KEY(to, "signature", span, count->name->name);
    HG_JSON_KEY(to, "hosts", u64, count->hosts);
    HG_JSON_KEY(to, "packets", u64, count->packets);
}

void hg_write_unknown(hg_digest *digest, hg_json *to)
{
    write_names(digest, to, "unknown", 1U << HG_COUNTED_CLIENTS | 1U << HG_COUNTED_SERVERS, 1U << HG_NAME_SIGNATURE,
                write_signature);
}

/* ---- TLS -------------------------------------------------------------------------------------------- */

static void write_roles(hg_json *to, const char *key, const uint64_t *counts, const char *client, const char *server)
{
    HG_JSON_KEY(to, key, open, '{');
    HG_JSON_KEY(to, client, u64, counts[HG_ROLE_CLIENT]);
    HG_JSON_KEY(to, server, u64, counts[HG_ROLE_SERVER]);
    hg_json_close(to, '}');
}

static void write_version(hg_json *to, uint32_t place)
{
    const char *name = place == HG_TLS_1_3_DRAFT ? "TLS 1.3 draft" : hg_tls_version_name(HG_TLS_NUMBERS[place]);
    HG_JSON_KEY(to, "version", word, name == NULL ? "other" : name);
}

static void write_client(hg_json *to, const void *one)
{
    const hg_name_count *count = one;
    const int is_named = count->name->kind == HG_NAME_PROGRAM;
    HG_JSON_KEY(to, "name", span, is_named ? count->name->name : (hg_span){0});
    HG_JSON_KEY(to, "flavor", text, count->name->flavor.text, count->name->flavor.length);
    HG_JSON_KEY(to, "ja4", span, is_named ? (hg_span){0} : count->name->name);
    HG_JSON_KEY(to, "hosts", u64, count->hosts);
    HG_JSON_KEY(to, "hellos", u64, count->packets);
}

/* The hellos of one role and version. */
typedef struct version_row {
    uint64_t hosts;
    uint64_t hellos;
    uint32_t role;
    uint32_t place;
} version_row;

static int by_use(const void *one, const void *other)
{
    const version_row *a = one, *b = other;
    return HG_FIRST_ORDER(hg_falling(a->hosts, b->hosts), hg_falling(a->hellos, b->hellos),
                          hg_falling(b->role, a->role), hg_falling(b->place, a->place));
}

static void write_use(hg_json *to, const void *one)
{
    const version_row *row = one;
    HG_JSON_KEY(to, "role", word, row->role == HG_ROLE_CLIENT ? "client" : "server");
    write_version(to, row->place);
    HG_JSON_KEY(to, "hosts", u64, row->hosts);
    HG_JSON_KEY(to, "hellos", u64, row->hellos);
}

static void write_versions(hg_digest *digest, hg_json *to)
{
    hg_best rows = {.bytes = sizeof(version_row), .order = by_use};
    for (uint32_t role = 0; role < HG_ROLES; role++)
        for (uint32_t place = 0; place < HG_TLS_PLACES; place++) {
            const version_row row = {digest->version_hosts[role][place], digest->summary->versions[role][place], role,
                                     place};
            if (row.hellos > 0)
                hg_best_offer(&rows, &row);
        }
    hg_digest_write(digest, to, "tls.versions", &rows, write_use);
}

static void write_old(hg_json *to, const void *one)
{
    const hg_old_row *row = one;
    HG_JSON_KEY(to, "role", word, row->role == HG_ROLE_CLIENT ? "client" : "server");
    if (row->place == HG_WEAK_CIPHER)
        HG_JSON_KEY(to, "version", word, "weak cipher suite");
    else
        write_version(to, row->place);
    HG_JSON_KEY(to, "host", written, hg_write_host, row->hosts, row->host);
}

static void write_choice(hg_json *to, const void *one)
{
    const hg_name_count *count = one;
    HG_JSON_KEY(to, "protocol", span, count->name->name);
    HG_JSON_KEY(to, "algorithms", span, count->name->flavor);
    HG_JSON_KEY(to, "hosts", u64, count->hosts);
    HG_JSON_KEY(to, "connections", u64, count->packets);
}

static void write_certificate(hg_json *to, const void *one)
{
    static const char *const KEYS[HG_CERTIFICATE_PARTS] = {"public_key", "signature", "not_before", "not_after",
                                                           "sha256"};
    const hg_mismatch_row *row = one;
    HG_JSON_KEY(to, "host", written, hg_write_host, row->hosts, row->host);
    for (uint32_t i = 0; i < HG_CERTIFICATE_PARTS; i++) {
        const hg_span part = hg_certificate_part(row->why, (hg_certificate_text)i);
        HG_JSON_KEY(to, KEYS[i], span, hg_span_is(part, "-") ? (hg_span){0} : part);
    }
}

void hg_write_tls(hg_digest *digest, hg_json *to)
{
    HG_JSON_KEY(to, "tls", open, '{');
    write_roles(to, "hellos", digest->summary->hellos, "client", "server");
    write_roles(to, "post_quantum", digest->summary->post_quantum, "client", "server");
    write_names(digest, to, "tls.clients", 1U << HG_COUNTED_TLS, 1U << HG_NAME_PROGRAM | 1U << HG_NAME_JA4,
                write_client);
    write_versions(digest, to);
    hg_digest_write(digest, to, "tls.old", digest->lists + HG_LIST_OLD, write_old);
    hg_json_close(to, '}');
    write_names(digest, to, "negotiated", 1U << HG_COUNTED_CHOICES, 1U << HG_NAME_CRYPTOGRAPHY, write_choice);
    hg_digest_write(digest, to, "certificates", digest->lists + HG_LIST_CERTIFICATES, write_certificate);
}

/* ---- HTTP ------------------------------------------------------------------------------------------- */

static void write_program(hg_json *to, const void *one)
{
    const hg_name_count *count = one;
    HG_JSON_KEY(to, "name", span, count->name->name);
    HG_JSON_KEY(to, "flavor", text, count->name->flavor.text, count->name->flavor.length);
    HG_JSON_KEY(to, "hosts", u64, count->hosts);
    HG_JSON_KEY(to, "messages", u64, count->packets);
}

static void write_claim(hg_json *to, const void *one)
{
    const hg_name_count *count = one;
    HG_JSON_KEY(to, "system", span, count->name->name);
    HG_JSON_KEY(to, "hosts", u64, count->hosts);
    HG_JSON_KEY(to, "messages", u64, count->packets);
}

void hg_write_http(hg_digest *digest, hg_json *to)
{
    HG_JSON_KEY(to, "http", open, '{');
    write_roles(to, "messages", digest->summary->messages, "request", "response");
    write_names(digest, to, "http.clients", 1U << HG_COUNTED_REQUESTS, 1U << HG_NAME_PROGRAM, write_program);
    write_names(digest, to, "http.servers", 1U << HG_COUNTED_RESPONSES, 1U << HG_NAME_PROGRAM, write_program);
    write_names(digest, to, "http.claims", 1U << HG_COUNTED_CLAIMS, 1U << HG_NAME_CLAIMED, write_claim);
    hg_json_close(to, '}');
}

/* ---- links ------------------------------------------------------------------------------------------ */

typedef struct link_row {
    uint64_t hosts;
    uint64_t packets;
    uint32_t mtu;
    hg_span name; /* empty: none */
} link_row;

static int by_link(const void *one, const void *other)
{
    const link_row *a = one, *b = other;
    return HG_FIRST_ORDER(hg_falling(a->hosts, b->hosts), hg_falling(a->packets, b->packets),
                          (a->name.length == 0) - (b->name.length == 0), hg_compare_texts(a->name, b->name),
                          hg_falling(b->mtu, a->mtu));
}

static void write_link(hg_json *to, const void *one)
{
    const link_row *row = one;
    HG_JSON_KEY(to, "link", span, row->name);
    HG_JSON_KEY(to, "mtu", u64, row->mtu);
    HG_JSON_KEY(to, "hosts", u64, row->hosts);
    HG_JSON_KEY(to, "packets", u64, row->packets);
}

void hg_write_links(hg_digest *digest, hg_json *to)
{
    hg_best rows = {.bytes = sizeof(link_row), .order = by_link};
    for (const hg_count *count = NULL; (count = hg_counts_next(&digest->summary->links, count)) != NULL;) {
        const uint64_t *hosts = hg_counts_find(&digest->link_hosts, count->key);
        link_row row = {
            .hosts = hosts == NULL ? 0 : *hosts, .packets = count->value, .mtu = (uint32_t)(count->key >> 32)};
        if ((uint32_t)count->key != 0)
            row.name = hg_host_name_at(&digest->hosts->names, (uint32_t)count->key)->name;
        hg_best_offer(&rows, &row);
    }
    hg_digest_write(digest, to, "links", &rows, write_link);
}
