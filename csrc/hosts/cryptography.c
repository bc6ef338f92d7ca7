/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/cryptography.h"

#include <math.h>

#include "hg_records.h"
#include "ssh/fields.h"
#include "tls/certificate_fields.h"
#include "tls/fields.h"

enum { MOST_CHOSEN = 256, MOST_OF_HOST = HG_HOST_SIGHTINGS / 4 };

_Static_assert(MOST_CHOSEN >= HG_MOST_ALGORITHM + HG_RENDER_SLACK, "the longest name must fit");

static char *put_hello(char *p, hg_row row)
{
    const hg_tls_columns *c = &row.columns->tls;
    p = HG_AFTER(hg_put_tls_version(p, c->tls_version[row.at]), ", ");
    p = c->group[row.at] == 0 ? HG_AFTER(p, "-") : hg_put_tls_group(p, c->group[row.at]);
    return hg_put_tls_cipher(HG_AFTER(p, ", "), c->cipher[row.at]);
}

static char *put_certificate(char *p, hg_row row)
{
#define WORD(word) word,
    static const char *const TYPES[] = {"unknown", HG_WORDS_KEY_TYPE(WORD)};
    _Static_assert(sizeof TYPES / sizeof *TYPES == HG_KEY_TYPES, "a word for each type");
    const hg_certificate_columns *c = &row.columns->certificates;
    const hg_span signature = HG_TEXT_OF(row, certificates, signature_algorithm);
    p = hg_put_word(p, TYPES[c->key_type[row.at]]);
    if (c->key_bits[row.at] != 0)
        p = hg_put_u32(HG_AFTER(p, " "), c->key_bits[row.at]);
    p = HG_AFTER(p, ", ");
    return c->self_signed[row.at] ? HG_AFTER(p, "-") : hg_put_bytes(p, signature.text, signature.length);
}

/* Returns the protocol, and what was chosen at `text`; NULL: the row has no cryptography. */
static const char *put_chosen(hg_row row, char text[MOST_CHOSEN], char **end)
{
    static const char *const TRANSPORTS[] = {[HG_TRANSPORT_TCP] = "TLS", [HG_TRANSPORT_QUIC] = "QUIC", [HG_TRANSPORT_DTLS] = "DTLS"};
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

/* The name that the host has with this label, 0: none. Servers choose the same again: nothing is hashed then. A new one
 * leaves half of the room for what senders can make up to others. */
static uint32_t known_name(hg_hosts *hosts, const hg_host_entry *host, const hg_host_name *name)
{
    uint32_t count = 0;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        if (seen->source != HG_SOURCE_CRYPTOGRAPHY)
            continue;
        if (hg_same_label(hg_host_name_at(&hosts->names, seen->name), name))
            return seen->name;
        count++;
    }
    hosts->names.may_invent = (uint8_t)(count < MOST_OF_HOST && hg_host_may_invent(hosts, host));
    return 0;
}

void hg_host_note_cryptography(hg_hosts *hosts, hg_host_entry *host, hg_row row)
{
    char text[MOST_CHOSEN], *end = text;
    const char *protocol = hosts->only_changes ? NULL : put_chosen(row, text, &end);
    if (protocol == NULL)
        return;
    const hg_host_name name = {.kind = HG_NAME_CRYPTOGRAPHY, .version_share = (double)NAN, .name = hg_span_of_word(protocol),
                               .flavor = hg_span_of(text, (size_t)(end - text))};
    const uint32_t known = known_name(hosts, host, &name);
    const hg_sighting packet = {.name = known != 0 ? known : hg_names_take(&hosts->names, &name),
                                .source = HG_SOURCE_CRYPTOGRAPHY, .scope = row.columns->scope[row.index],
                                .first_ns = row.columns->time_ns[row.index], .last_ns = row.columns->time_ns[row.index]};
    hosts->untracked += packet.name == 0 || hg_host_note_name(hosts, host, &packet) == 0;
}
