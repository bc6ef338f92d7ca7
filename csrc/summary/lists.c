/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * lists.c - names and links, with the number of hosts of each.
 */
#include <math.h>
#include <stdlib.h>

#include "summary/digest.h"

/* What has no name stands last. */
static int is_nameless(const hg_host_name *name)
{
    return name->name.length == 0 || name->kind == HG_NAME_JA4;
}

/* Most hosts first, then most packets, then by list and text. */
static int by_hosts(const void *one, const void *other)
{
    const hg_name_count *a = *(const hg_name_count *const *)one, *b = *(const hg_name_count *const *)other;
    int order = hg_falling(a->hosts, b->hosts);
    order = order != 0 ? order : hg_falling(a->packets, b->packets);
    order = order != 0 ? order : a->list - b->list;
    order = order != 0 ? order : is_nameless(a->name) - is_nameless(b->name);
    order = order != 0 ? order : hg_compare_texts(a->name->name, b->name->name);
    order = order != 0 ? order : hg_compare_texts(a->name->flavor, b->name->flavor);
    return order != 0 ? order : a->name->kind - b->name->kind;
}

int hg_name_counts_choose(const hg_name_counts *counts, uint32_t lists, uint32_t kinds, hg_best *out)
{
    *out = (hg_best){.bytes = sizeof(const hg_name_count *), .order = by_hosts};
    for (uint32_t i = 0; i < counts->count; i++) {
        const hg_name_count *of = counts->rows + i;
        if ((lists >> of->list & 1) != 0 && (kinds >> of->name->kind & 1) != 0)
            hg_best_offer(out, &of);
    }
    hg_best_sort(out);
    return !out->has_failed;
}

/* Writes a row of a list. */
typedef void write_name_count(hg_json *to, const hg_name_count *of);

static int write_list(hg_digest *digest, hg_json *to, const char *list, const char *key, uint32_t lists, uint32_t kinds,
                      write_name_count *write)
{
    hg_best rows;
    const int is_chosen = hg_name_counts_choose(&digest->counts, lists, kinds, &rows);
    HG_JSON_KEY(to, key, open, '[');
    for (uint32_t i = 0; is_chosen && i < rows.count; i++) {
        hg_json_open(to, '{');
        write(to, *(const hg_name_count *const *)hg_best_at(&rows, i));
        hg_json_close(to, '}');
    }
    hg_json_close(to, ']');
    hg_digest_omit(digest, list, rows.offered - rows.count);
    hg_best_free(&rows);
    return is_chosen;
}

void hg_digest_write(hg_digest *digest, hg_json *to, const char *list, const hg_best *rows, void (*write)(hg_json *to, const void *row))
{
    const char *dot = strrchr(list, '.');
    HG_JSON_KEY(to, dot == NULL ? list : dot + 1, open, '[');
    for (uint32_t i = 0; i < rows->count; i++) {
        hg_json_open(to, '{');
        write(to, hg_best_at(rows, i));
        hg_json_close(to, '}');
    }
    hg_json_close(to, ']');
    hg_digest_omit(digest, list, rows->offered - rows->count);
}

static void write_flavor(hg_json *to, const hg_name_count *of)
{
    HG_JSON_KEY(to, "flavor", text, of->name->flavor.text, of->name->flavor.length);
}

/* ---- systems ---------------------------------------------------------------------------------------- */

static void write_system(hg_json *to, const hg_name_count *of)
{
    const int is_tool = of->name->kind == HG_NAME_TOOL;
    HG_JSON_KEY(to, "role", word, of->list == HG_COUNTED_CLIENTS ? "client" : "server");
    HG_JSON_KEY(to, "name", span, of->name->name);
    write_flavor(to, of);
    HG_JSON_KEY(to, "tool", bool, is_tool);
    HG_JSON_KEY(to, "hosts", u64, of->hosts);
    HG_JSON_KEY(to, "packets", u64, of->packets);
    HG_JSON_KEY(to, "specific", u64, of->packets - of->generic - of->fuzzy);
    HG_JSON_KEY(to, "generic", u64, of->generic);
    HG_JSON_KEY(to, "fuzzy", u64, of->fuzzy);
    HG_JSON_KEY(to, "confidence", share, is_tool ? (double)NAN : of->confidence / (double)of->packets);
}

int hg_write_systems(hg_digest *digest, hg_json *to)
{
    return write_list(digest, to, "systems", "systems", 1U << HG_COUNTED_CLIENTS | 1U << HG_COUNTED_SERVERS,
                      1U << HG_NAME_SYSTEM | 1U << HG_NAME_TOOL, write_system);
}

static void write_signature(hg_json *to, const hg_name_count *of)
{
    HG_JSON_KEY(to, "direction", word, of->list == HG_COUNTED_CLIENTS ? "request" : "response");
    HG_JSON_KEY(to, "signature", span, of->name->name);
    HG_JSON_KEY(to, "hosts", u64, of->hosts);
    HG_JSON_KEY(to, "packets", u64, of->packets);
}

int hg_write_unknown(hg_digest *digest, hg_json *to)
{
    return write_list(digest, to, "unknown", "unknown", 1U << HG_COUNTED_CLIENTS | 1U << HG_COUNTED_SERVERS,
                      1U << HG_NAME_SIGNATURE, write_signature);
}

/* ---- TLS -------------------------------------------------------------------------------------------- */

static void write_roles(hg_json *to, const char *key, const uint64_t *counts, const char *client, const char *server)
{
    HG_JSON_KEY(to, key, open, '{');
    HG_JSON_KEY(to, client, u64, counts[HG_ROLE_CLIENT]);
    HG_JSON_KEY(to, server, u64, counts[HG_ROLE_SERVER]);
    hg_json_close(to, '}');
}

static const char *role_name(uint32_t role)
{
    return role == HG_ROLE_CLIENT ? "client" : "server";
}

static void write_version(hg_json *to, uint32_t place)
{
    const char *name = place == HG_TLS_1_3_DRAFT ? "TLS 1.3 draft" : hg_tls_version_name(HG_TLS_NUMBERS[place]);
    HG_JSON_KEY(to, "version", word, name == NULL ? "other" : name);
}

static void write_client(hg_json *to, const hg_name_count *of)
{
    const int is_named = of->name->kind == HG_NAME_PROGRAM;
    HG_JSON_KEY(to, "name", span, is_named ? of->name->name : (hg_span){0});
    write_flavor(to, of);
    HG_JSON_KEY(to, "ja4", span, is_named ? (hg_span){0} : of->name->name);
    HG_JSON_KEY(to, "hosts", u64, of->hosts);
    HG_JSON_KEY(to, "hellos", u64, of->packets);
}

/* Hellos of a role and version. */
typedef struct version_row {
    uint64_t hosts;
    uint64_t hellos;
    uint32_t role;
    uint32_t place;
} version_row;

static int by_use(const void *one, const void *other)
{
    const version_row *a = one, *b = other;
    int order = hg_falling(a->hosts, b->hosts);
    order = order != 0 ? order : hg_falling(a->hellos, b->hellos);
    order = order != 0 ? order : hg_falling(b->role, a->role);
    return order != 0 ? order : hg_falling(b->place, a->place);
}

static void write_versions(const hg_digest *digest, hg_json *to)
{
    version_row rows[HG_ROLES * HG_TLS_PLACES];
    uint32_t count = 0;
    for (uint32_t role = 0; role < HG_ROLES; role++)
        for (uint32_t place = 0; place < HG_TLS_PLACES; place++)
            if (digest->of->versions[role][place] > 0)
                rows[count++] = (version_row){digest->version_hosts[role][place], digest->of->versions[role][place], role, place};
    qsort(rows, count, sizeof *rows, by_use);
    HG_JSON_KEY(to, "versions", open, '[');
    for (uint32_t i = 0; i < count; i++) {
        hg_json_open(to, '{');
        HG_JSON_KEY(to, "role", word, role_name(rows[i].role));
        write_version(to, rows[i].place);
        HG_JSON_KEY(to, "hosts", u64, rows[i].hosts);
        HG_JSON_KEY(to, "hellos", u64, rows[i].hellos);
        hg_json_close(to, '}');
    }
    hg_json_close(to, ']');
}

static void write_old(hg_json *to, const void *one)
{
    const hg_old_row *row = one;
    HG_JSON_KEY(to, "role", word, role_name(row->role));
    write_version(to, row->place);
    HG_JSON_KEY(to, "host", host, row->host);
}

int hg_write_tls(hg_digest *digest, hg_json *to)
{
    HG_JSON_KEY(to, "tls", open, '{');
    write_roles(to, "hellos", digest->of->hellos, "client", "server");
    write_roles(to, "post_quantum", digest->of->post_quantum, "client", "server");
    const int is_written = write_list(digest, to, "tls.clients", "clients", 1U << HG_COUNTED_TLS,
                                      1U << HG_NAME_PROGRAM | 1U << HG_NAME_JA4, write_client);
    write_versions(digest, to);
    hg_digest_write(digest, to, "tls.old", &digest->old, write_old);
    hg_json_close(to, '}');
    return is_written;
}

/* ---- HTTP ------------------------------------------------------------------------------------------- */

static void write_counts(hg_json *to, const hg_name_count *of)
{
    HG_JSON_KEY(to, "hosts", u64, of->hosts);
    HG_JSON_KEY(to, "messages", u64, of->packets);
}

static void write_program(hg_json *to, const hg_name_count *of)
{
    HG_JSON_KEY(to, "name", span, of->name->name);
    write_flavor(to, of);
    write_counts(to, of);
}

static void write_claim(hg_json *to, const hg_name_count *of)
{
    HG_JSON_KEY(to, "system", span, of->name->name);
    write_counts(to, of);
}

int hg_write_http(hg_digest *digest, hg_json *to)
{
    HG_JSON_KEY(to, "http", open, '{');
    write_roles(to, "messages", digest->of->messages, "request", "response");
    const int is_written =
        write_list(digest, to, "http.clients", "clients", 1U << HG_COUNTED_REQUESTS, 1U << HG_NAME_PROGRAM, write_program) &&
        write_list(digest, to, "http.servers", "servers", 1U << HG_COUNTED_RESPONSES, 1U << HG_NAME_PROGRAM, write_program) &&
        write_list(digest, to, "http.claims", "claims", 1U << HG_COUNTED_CLAIMS, 1U << HG_NAME_CLAIMED, write_claim);
    hg_json_close(to, '}');
    return is_written;
}

/* ---- links ------------------------------------------------------------------------------------------ */

typedef struct link_row {
    uint64_t hosts;
    uint64_t packets;
    uint32_t mtu;
    uint32_t zero;
    const hg_host_name *name; /* NULL: none */
} link_row;

static int by_link(const void *one, const void *other)
{
    const link_row *a = one, *b = other;
    int order = hg_falling(a->hosts, b->hosts);
    order = order != 0 ? order : hg_falling(a->packets, b->packets);
    order = order != 0 ? order : (a->name == NULL) - (b->name == NULL);
    if (order == 0 && a->name != NULL)
        order = hg_compare_texts(a->name->name, b->name->name);
    return order != 0 ? order : hg_falling(b->mtu, a->mtu);
}

static void write_link(hg_json *to, const void *one)
{
    const link_row *row = one;
    HG_JSON_KEY(to, "link", span, row->name == NULL ? (hg_span){0} : row->name->name);
    HG_JSON_KEY(to, "mtu", u64, row->mtu);
    HG_JSON_KEY(to, "hosts", u64, row->hosts);
    HG_JSON_KEY(to, "packets", u64, row->packets);
}

int hg_write_links(hg_digest *digest, hg_json *to)
{
    hg_best rows = {.bytes = sizeof(link_row), .order = by_link};
    for (const hg_count *of = NULL; (of = hg_counts_next(&digest->of->links, of)) != NULL;) {
        const uint64_t *hosts = hg_counts_find(&digest->link_hosts, of->key);
        link_row row = {.hosts = hosts == NULL ? 0 : *hosts, .packets = of->value, .mtu = (uint32_t)(of->key >> 32)};
        if ((uint32_t)of->key != 0)
            row.name = hg_host_name_at(&digest->hosts->names, (uint32_t)of->key);
        hg_best_offer(&rows, &row);
    }
    hg_best_sort(&rows);
    hg_digest_write(digest, to, "links", &rows, write_link);
    const int is_written = !rows.has_failed;
    hg_best_free(&rows);
    return is_written;
}
