/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * logins.c - servers that take logins in clear text, and clients that guess passwords.
 *
 * Only numbers are kept. A guess is a login that a server refused, or an SSH session that ends early: its key exchange
 * counts, and what follows a login takes the count back. Guessing takes many in a short time, so neither a client with
 * an old password is found, nor backups and administration with many sessions that succeed. */
#include <stdlib.h>

#include "handshakes/handshakes.h"
#include "devices/internet.h"
#include "devices/local.h"
#include "systems/words.h"
#include "hosts/fact.h"
#include "ssh/fields.h"
#include "hosts/keys.h"

enum {
    HOST_LOGINS = 8,    /* services of a host */
    GUESSING = 1 << 12, /* a client and server replace others in the same place */
    GUESSING_S = 300,
    LEAST_GUESSES = 30
};

/* Logins at a service of a host. */
typedef struct hg_host_login {
    uint32_t next;
    uint32_t count;
    uint32_t refused;
    uint16_t port;
    uint8_t protocol; /* hg_login */
} hg_host_login;

/* The guesses of a client at a service. */
struct hg_guessing {
    uint64_t key; /* 0: none */
    uint32_t begin_s;
    int32_t count; /* in GUESSING_S from `begin_s` on */
};

static hg_host_login *find(const hg_hosts *hosts, uint32_t first, uint16_t port, uint8_t protocol)
{
    hg_host_login *one = NULL;
    while ((one = hg_pool_next(&hosts->logins, first, one)) != NULL && (one->port != port || one->protocol != protocol))
        continue;
    return one;
}

/* Counts a login at the row's sender. */
static void count_login(const hg_host_event *row, uint16_t port, hg_login protocol, int is_refused)
{
    uint32_t number, *first = hg_fact_take(row->hosts, row->host, HG_FACT_logins);
    hg_host_login *one = first == NULL ? NULL : find(row->hosts, *first, port, (uint8_t)protocol);
    if (first != NULL && one == NULL &&
        (one = hg_pool_append(&row->hosts->logins, first, HOST_LOGINS, &number)) != NULL)
        *one = (hg_host_login){.port = port, .protocol = (uint8_t)protocol};
    row->hosts->untracked += one == NULL;
    if (one != NULL) {
        one->count++;
        one->refused += is_refused != 0;
    }
    hg_host_add_findings(row->hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_CLEARTEXT_LOGIN);
}

/* What many refused logins at the row's sender are. Web pages make browsers send logins to servers outside. */
static uint64_t finding_at(const hg_host_event *row, hg_login protocol)
{
    const hg_columns *c = row->of.columns;
    const int is_outside = hg_is_of_internet(c->src_ip[row->of.index], c->ip_version[row->of.index]) &&
                           !hg_host_is_local(row->hosts, row->host);
    return UINT64_C(1) << (protocol == HG_LOGIN_HTTP && is_outside ? HG_FINDING_REFUSED_WEB_LOGINS
                                                                   : HG_FINDING_PASSWORD_GUESSING);
}

/* Adds to the guesses of the row's receiver at its sender, the server. */
static void count_guess(hg_host_event *row, int32_t count, hg_login protocol)
{
    const hg_columns *c = row->of.columns;
    const uint32_t at = row->of.index, now_s = hg_seconds_of(hg_row_time(row));
    hg_hosts *hosts = row->hosts;
    hg_tunnel_id tunnel;
    const hg_address client = hg_address_of(c->dst_ip[at]), server = hg_address_of(c->src_ip[at]);
    const uint8_t version = c->ip_version[at];
    const hg_index index = hg_host_find(hosts, (hg_host_id){client, hg_tunnel_of_row(row->of, &tunnel), version});
    if (index == 0 || c->scope[at] != HG_SCOPE_HANDSHAKE)
        return;
    if (hosts->guessing == NULL && (hosts->guessing = calloc(GUESSING, sizeof *hosts->guessing)) == NULL)
        return;
    const uint64_t key =
        hg_hash_mix(hg_hash_address(hg_hash_address(hosts->hash_key, client, version), server, version),
                    c->src_port[at]) |
        1;
    struct hg_guessing *guessing = hosts->guessing + (hg_hash_fold(key) & (GUESSING - 1));
    const int is_over = now_s < guessing->begin_s || now_s - guessing->begin_s > GUESSING_S;
    if (guessing->key != key && !is_over)
        hosts->attempts_displaced += (uint64_t)guessing->count;
    if (guessing->key != key || is_over)
        *guessing = (struct hg_guessing){.key = key, .begin_s = now_s};
    guessing->count += guessing->count + count < 0 ? 0 : count;
    if (guessing->count < LEAST_GUESSES)
        return;
    hg_host_add_findings(hosts, index, at, finding_at(row, protocol));
    row->peer = index;
}

/* An SSH server's row with the host key comes once for each connection. */
static void take(hg_host_event *row)
{
    const hg_columns *c = row->of.columns;
    const uint32_t at = row->of.at;
    if (row->role != HG_ROLE_SERVER || hg_row_is_weak(row) || !hg_row_is_of_sender(row))
        return;
    if (row->event == HG_EVENT_SSH_SERVER) {
        if (hg_ssh_has_host_key(row->of))
            count_guess(row, 1, HG_LOGIN_SSH);
        return;
    }
    const hg_login protocol = (hg_login)c->greetings.login_protocol[at];
    const int is_refused = c->greetings.login_refused[at] != 0;
    if (protocol == HG_LOGIN_SSH)
        count_guess(row, -1, protocol);
    else
        count_login(row, c->src_port[row->of.index], protocol, is_refused);
    if (is_refused)
        count_guess(row, 1, protocol);
}

/* ---- records ---------------------------------------------------------------------------------------- */

static const hg_host_login *next_login(const hg_host_view *view, const hg_host_login *after)
{
    const hg_shown_host of = hg_host_shown(view);
    const uint32_t *first = hg_fact_read(of.hosts, of.host, HG_FACT_logins);
    return first == NULL ? NULL : hg_pool_next(&of.hosts->logins, *first, after);
}

void hg_put_host_logins(hg_json *to, const hg_host_view *view)
{
    HG_JSON_INSIDE(to, '[')
    for (const hg_host_login *one = NULL; (one = next_login(view, one)) != NULL;)
        HG_JSON_OBJECT(to, HG_JSON_KEY(to, "protocol", word, hg_login_name(one->protocol)),
                       HG_JSON_KEY(to, "port", u64, one->port), HG_JSON_KEY(to, "count", u64, one->count),
                       HG_JSON_KEY(to, "refused", u64, one->refused));
}

/* "ftp port 21 (3 logins), telnet port 23 (1 login)" */
static void put_logins(hg_writer *to, const hg_host_view *view)
{
    const char *word = "";
    for (const hg_host_login *one = NULL; (one = next_login(view, one)) != NULL; word = ", ")
        HG_SAY(to, word, hg_login_name(one->protocol), " port ", one->port, " (", HG_COUNT(one->count, "login"), ")");
}

static void text(hg_writer *to, const hg_host_view *view)
{
    hg_host_write_line(to, view, "  Clear:  ", put_logins);
}

/* ---- the fact -------------------------------------------------------------------------------------- */

const hg_fact hg_fact_logins = {
    .bytes = sizeof(uint32_t),
    .events = UINT64_C(1) << HG_EVENT_LOGIN | UINT64_C(1) << HG_EVENT_SSH_SERVER,
    .pools = HG_FACT_POOLS(HG_HELD_POOL(logins, hg_host_login, HG_AS_HOSTS, HG_RECORD_LIST, HG_IN_DATA)),
    .memory = offsetof(hg_hosts, guessing),
    .on = take,
    .write = text,
};
