/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/details.h"
#include "uses/cryptography.h"

#include <math.h>

#include "devices/devices.h"
#include "hosts/fact.h"
#include "ssh/fields.h"
#include "tls/certificate_fields.h"
#include "tls/fields.h"
#include "tls/hello.h"

enum { MOST_CHOSEN = 512, MOST_OF_HOST = HG_HOST_SIGHTINGS / 4 };

_Static_assert(MOST_CHOSEN >= HG_MOST_ALGORITHM + HG_RENDER_SLACK, "the longest name must fit");

/* ---- the server's choice ------------------------------------------------------------------------------- */

static char *put_hello(char *p, hg_row row)
{
    const hg_tls_columns *c = &row.columns->tls;
    p = HG_AFTER(hg_put_tls_version(p, c->tls_version[row.at]), ", ");
    p = c->group[row.at] == 0 ? HG_AFTER(p, "-") : hg_put_tls_group(p, c->group[row.at]);
    return hg_put_tls_cipher(HG_AFTER(p, ", "), c->cipher[row.at]);
}

static char *put_time(char *p, int64_t seconds)
{
    p = HG_AFTER(p, ", ");
    return seconds == HG_NO_CERTIFICATE_TIME ? HG_AFTER(p, "-") : hg_put_certificate_time(p, seconds);
}

static char *put_weakness(char *p, const hg_certificate_columns *c, uint32_t at)
{
    static const char *const WORDS[] = {"an RSA key below 2,048 bits", "a signature with MD5",
                                        "a signature with SHA-1"};
    const char *before = ", ";
    for (uint32_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if ((c->weaknesses[at] >> i & 1) != 0) {
            p = hg_put_word(hg_put_word(p, before), WORDS[i]);
            before = " and ";
        }
    p = hg_put_u32(HG_AFTER(p, " from position "), c->weak_position[at]);
    return hg_put_hex(HG_AFTER(p, " of the chain on; subject "), c->weak_subject[at], HG_SUBJECT_HASH);
}

static char *put_certificate(char *p, hg_row row)
{
    enum { HASH_SHOWN = 8 };
#define WORD(word) word,
    static const char *const TYPES[] = {"unknown", HG_WORDS_KEY_TYPE(WORD)};
    _Static_assert(sizeof TYPES / sizeof *TYPES == HG_KEY_TYPES, "a word for each type");
    const hg_certificate_columns *c = &row.columns->certificates;
    const hg_span signature = HG_TEXT_OF(row, certificates, signature_algorithm);
    p = hg_put_word(p, TYPES[c->key_type[row.at]]);
    if (c->key_bits[row.at] != 0)
        p = hg_put_u32(HG_AFTER(p, " "), c->key_bits[row.at]);
    p = HG_AFTER(p, ", ");
    p = c->self_signed[row.at] ? HG_AFTER(p, "-") : hg_put_bytes(p, signature.text, signature.length);
    p = put_time(put_time(p, c->not_before[row.at]), c->not_after[row.at]);
    p = hg_put_hex(HG_AFTER(p, ", "), c->sha256[row.at], HASH_SHOWN);
    return c->weaknesses[row.at] != 0 ? put_weakness(p, c, row.at) : p;
}

hg_span hg_certificate_part(const hg_host_name *name, hg_certificate_text part)
{
    hg_span rest = name->flavor;
    for (uint32_t left = part;; left--) {
        const char *end = hg_text_find(rest, ", ");
        const uint32_t length = end == NULL ? rest.length : (uint32_t)(end - rest.text);
        if (left == 0)
            return hg_span_of(rest.text, length);
        if (end == NULL)
            return (hg_span){0};
        rest = hg_span_of(end + 2, rest.length - length - 2);
    }
}

/* Returns the protocol, and writes the server's choice to `text`; NULL: the row shows none. */
static const char *put_chosen(hg_row row, char text[MOST_CHOSEN], char **end)
{
    static const char *const TRANSPORTS[] = {[HG_TRANSPORT_TCP] = "TLS",
                                             [HG_TRANSPORT_QUIC] = "QUIC",
                                             [HG_TRANSPORT_DTLS] = "DTLS",
                                             [HG_TRANSPORT_OPENVPN] = "TLS"};
    switch ((hg_event)row.columns->event[row.index]) {
    case HG_EVENT_TLS_SERVER: {
        const hg_transport transport = hg_transport_of(row);
        *end = put_hello(text, row);
        return row.columns->tls.hello_retry[row.at] || transport >= HG_TRANSPORTS ? NULL : TRANSPORTS[transport];
    }
    case HG_EVENT_SSH_SERVER: {
        const hg_span exchange = HG_TEXT_OF(row, ssh, key_exchange);
        *end = hg_put_bytes(text, exchange.text, exchange.length);
        return exchange.length == 0 || !hg_ssh_has_host_key(row) ? NULL : "SSH";
    }
    case HG_EVENT_CERTIFICATE:
        *end = put_certificate(text, row);
        return "X.509";
    default:
        return NULL;
    }
}

static void note_choice(hg_hosts *hosts, hg_host_entry *host, hg_row row)
{
    char text[MOST_CHOSEN], *end = text;
    const char *protocol = put_chosen(row, text, &end);
    if (protocol == NULL)
        return;
    const hg_host_name name = {.kind = HG_NAME_CRYPTOGRAPHY,
                               .version_share = (double)NAN,
                               .name = hg_span_of_word(protocol),
                               .flavor = hg_span_of(text, (size_t)(end - text))};
    uint32_t count;
    const uint32_t known = hg_host_label(hosts, host, HG_SOURCE_CRYPTOGRAPHY, &name, &count);
    if (known == 0) /* names of this kind get at most half of the places for names that senders can make up */
        hosts->names.may_invent = (uint8_t)(count < MOST_OF_HOST && hg_host_has_room_for_invented(hosts, host));
    const uint32_t number = known != 0 ? known : hg_names_take(&hosts->names, &name);
    hosts->untracked +=
        number == 0 || hg_host_note_name(hosts, host, HG_SOURCE_CRYPTOGRAPHY, number, row.columns->scope[row.index],
                                         row.columns->time_ns[row.index]) == 0;
}

enum { LOOKED_AT = 64 /* most keys of a chain that are compared */ };

static hg_ssh_key *key_at(const hg_hosts *hosts, uint32_t number)
{
    return hg_pool_at(&hosts->host_keys, number);
}

/* ---- SSH host keys of all hosts ------------------------------------------------------------------------------ */

/* Whether two hosts cannot be one device. An IPv4 and an IPv6 address can be one device. */
static int are_apart(const hg_hosts *hosts, const hg_host_entry *one, const hg_host_entry *other)
{
    const hg_device *a = hg_device_of(hosts, one), *b = hg_device_of(hosts, other);
    if (one->version != other->version || hg_same_address(one->address, other->address) || one->in_tunnel ||
        other->in_tunnel)
        return 0;
    return a == NULL || b == NULL || !a->has_mac || !b->has_mac || memcmp(a->mac, b->mac, HG_MAC_LENGTH) != 0;
}

static int is_shared(const hg_hosts *hosts, const hg_ssh_key *key)
{
    const hg_chains *chains = &hosts->host_key_chains;
    const hg_ssh_key *other = NULL;
    for (uint32_t i = 0; i < LOOKED_AT && (other = hg_chains_next(chains, chains->hash(hosts, key), other)) != NULL;
         i++)
        if (other->key == key->key && are_apart(hosts, hg_host_at(hosts, key->host), hg_host_at(hosts, other->host)))
            return 1;
    return 0;
}

/* ---- SSH host keys of one host --------------------------------------------------------------------------------- */

/* The key in a row, not linked yet. */
static hg_ssh_key key_of(const hg_hosts *hosts, hg_index index, hg_row row)
{
    const hg_span type = HG_TEXT_OF(row, ssh, host_key_type);
    hg_ssh_key out = {.host = index,
                      .port_and_type = hg_hash_span(hosts->hash_key ^ row.columns->src_port[row.index], type)};
    memcpy(&out.key, row.columns->ssh.host_key[row.at], sizeof out.key);
    return out;
}

/* The next key in the list, from `number` on, with the same port and type as `key`; 0: none. */
static uint32_t next_like(const hg_hosts *hosts, uint32_t number, const hg_ssh_key *key)
{
    while (number != 0 && key_at(hosts, number)->port_and_type != key->port_and_type)
        number = key_at(hosts, number)->next;
    return number;
}

/* Adds a key at the end, or notes that an earlier key came back. */
static void add(hg_hosts *hosts, hg_host_extra *extra, hg_ssh_key wanted)
{
    hg_ssh_key *known = NULL;
    uint32_t number;
    while ((known = hg_pool_next(&hosts->host_keys, extra->host_keys, known)) != NULL)
        if (known->port_and_type == wanted.port_and_type && known->key == wanted.key) {
            known->alternates |= next_like(hosts, known->next, known) != 0;
            return;
        }
    hg_ssh_key *made = hg_pool_append(&hosts->host_keys, &extra->host_keys, HG_HOST_KEYS, &number);
    if (made == NULL) {
        hosts->untracked++;
        return;
    }
    *made = wanted;
    hg_chains_enter(&hosts->host_key_chains, number);
}

static void note_keys(hg_hosts *hosts, hg_index index, hg_row row)
{
    const hg_span lists = HG_TEXT_OF(row, ssh, kexinit);
    const int is_certain = row.columns->scope[row.index] >= HG_SCOPE_HANDSHAKE;
    hg_host_extra *extra = is_certain ? hg_host_take_extra(hosts, hg_host_at(hosts, index)) : NULL;
    if (extra == NULL)
        return;
    /* a renewed certificate differs, although the key in it may be the same */
    if (hg_ssh_has_host_key(row) && !hg_ssh_all_have(HG_TEXT_OF(row, ssh, host_key_type), "-cert-v"))
        add(hosts, extra, key_of(hosts, index, row));
    extra->weak_ssh |= (uint8_t)hg_ssh_is_weak(lists);
}

/* Whether a later key of the same port and type replaced this one, and no such key came back. */
static int is_replaced(const hg_hosts *hosts, uint32_t first, const hg_ssh_key *key)
{
    if (next_like(hosts, key->next, key) == 0)
        return 0;
    for (uint32_t at = next_like(hosts, first, key); at != 0; at = next_like(hosts, key_at(hosts, at)->next, key))
        if (key_at(hosts, at)->alternates)
            return 0;
    return 1;
}

uint64_t hg_host_keys_findings(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_host_extra *extra = hg_host_read_extra(hosts, host);
    if (hg_is_loopback(host))
        return 0;
    uint64_t out = extra->weak_ssh ? UINT64_C(1) << HG_FINDING_WEAK_SSH : 0;
    for (const hg_ssh_key *key = NULL; (key = hg_pool_next(&hosts->host_keys, extra->host_keys, key)) != NULL;) {
        out |= is_replaced(hosts, extra->host_keys, key) ? UINT64_C(1) << HG_FINDING_SSH_KEY_CHANGED : 0;
        out |= is_shared(hosts, key) ? UINT64_C(1) << HG_FINDING_SSH_KEY_SHARED : 0;
    }
    return out;
}

/* ---- the fact -------------------------------------------------------------------------------------- */

static uint32_t hash_of_key(const void *hosts, const void *key)
{
    return hg_hash_fold(hg_hash_mix(((const hg_hosts *)hosts)->hash_key, ((const hg_ssh_key *)key)->key));
}

static void forget(hg_hosts *hosts, const hg_host_entry *host)
{
    const uint32_t first = hg_host_read_extra(hosts, host)->host_keys;
    for (uint32_t number = first; number != 0; number = key_at(hosts, number)->next)
        hg_chains_leave(&hosts->host_key_chains, number);
    hg_pool_give_back_list(&hosts->host_keys, first);
}

/* Notes a server that speaks only SSH 1; "1.99" stands for SSH 1 and 2 (RFC 4253, 5.1). */
static void note_old_ssh(const hg_host_event *row)
{
    const hg_span banner = HG_TEXT_OF(row->of, ssh, banner);
    if (!hg_begins_like(banner.data, banner.length, "ssh-1.") ||
        hg_begins_like(banner.data, banner.length, "ssh-1.99") ||
        row->of.columns->scope[row->of.index] < HG_SCOPE_HANDSHAKE)
        return;
    hg_host_extra *extra = hg_host_take_extra(row->hosts, row->host);
    if (extra != NULL)
        extra->weak_ssh = 1;
}

static void take(hg_host_event *row)
{
    const hg_tls_columns *tls = &row->batch->columns.tls;
    const int is_hello = hg_event_is_hello(row->event);
    uint16_t *versions = row->event == HG_EVENT_TLS_CLIENT ? &row->host->client_versions : &row->host->server_versions;
    if (is_hello)
        *versions = (uint16_t)(*versions | hg_bit_of_tls(tls->tls_version[row->of.at]));
    if (row->event == HG_EVENT_TLS_SERVER && !hg_row_is_weak(row) &&
        hg_tls_is_disallowed_cipher(tls->cipher[row->of.at]))
        *versions = (uint16_t)(*versions | 1U << HG_WEAK_CIPHER);
    if (row->event == HG_EVENT_TLS_CLIENT) {
        row->host->flags |= tls->post_quantum[row->of.at] != 0 ? HG_HOST_POST_QUANTUM : 0;
        return;
    }
    if (row->event == HG_EVENT_SSH_SERVER)
        note_old_ssh(row);
    if (hg_event_is_ssh(row->event) && !hg_ssh_has_kexinit(row->of))
        return;
    if (row->event == HG_EVENT_SSH_SERVER)
        note_keys(row->hosts, row->index, row->of);
    note_choice(row->hosts, row->host, row->of);
}

const hg_fact hg_fact_cryptography = {
    .events = HG_HELLO_EVENTS | HG_SSH_EVENTS | UINT64_C(1) << HG_EVENT_CERTIFICATE,
    .pools = HG_FACT_POOLS(HG_HASHED_POOL(host_keys, hg_ssh_key, HG_AS_HOSTS, host_key_chains, 0, hash_of_key)),
    .on = take,
    .forget = forget,
};
