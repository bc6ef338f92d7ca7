/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - the fields of a row, one function each, for JSON and tables.
 *
 * sigcompiler/schema/rows.py defines which events have which fields; tools/build_steps/record_macros.py chooses their
 * forms. The form determines what a function returns: for WORD, the index of the field's word, or -1 for null; for
 * texts (MADE, EACH, FREE), a span, whose data is NULL for null; for LIST, the end of the items, which it writes at `p`
 * with commas between them, each between two `quote` characters (0: none); for the other forms, a number.
 */
#pragma once

#include "announcements/fields.h"
#include "base/findings.h"
#include "database/database.h"
#include "flow/identity.h"
#include "greetings/fields.h"
#include "http/fields.h"
#include "passive_stack/fields.h"
#include "ssh/fields.h"
#include "tcp/fields.h"
#include "tls/certificate_fields.h"
#include "tls/fields.h"

/* All inputs of the functions that compute a row's fields. */
typedef struct hg_row_context {
    hg_row row;
    const hg_match_marks *marks;
    const hg_database *database;
    hg_http_visibility shown; /* which header values are shown */
    const char *community; /* Community ID; set for rows with addresses */
} hg_row_context;

/* Room for any text that a function writes, and for any list without quotes. */
#define HG_FIELD_ROOM (HG_HTTP_MOST_SIGNATURE + 512)

#define HG_OF_SHARED(column) (context->row.columns->column[context->row.index])
#define HG_OF(reader, column) (context->row.columns->reader.column[context->row.at])
#define HG_VALUE(TYPE, getter, value)                        \
    static inline TYPE getter(const hg_row_context *context) \
    {                                                        \
        return (value);                                      \
    }
/* A text in `room`, written by the expression `end`, whose value is the text's end; null unless `is_there`. */
#define HG_MADE(getter, is_there, end)                                      \
    static inline hg_span getter(const hg_row_context *context, char *room) \
    {                                                                       \
        if (!(is_there))                                                    \
            return (hg_span){0};                                            \
        return hg_span_of(room, (uint32_t)((end) - room));                  \
    }
/* A text that is already in memory; null when it is empty. */
#define HG_FREE(getter, text)                                               \
    static inline hg_span getter(const hg_row_context *context, char *room) \
    {                                                                       \
        (void)room;                                                         \
        const hg_span found = (text);                                       \
        return found.length == 0 ? (hg_span){0} : found;                    \
    }
#define HG_ITEMS(getter, end)                                                      \
    static inline char *getter(const hg_row_context *context, char *p, char quote) \
    {                                                                              \
        return (end);                                                              \
    }

/* ---- unchanged columns -------------------------------------------------------------------- */

HG_PLAIN_FIELDS(HG_VALUE)
HG_PLAIN_TEXTS(HG_FREE)

/* ---- all events --------------------------------------------------------------------------- */

#define HG_HAS_ADDRESSES hg_has_addresses(context->row.columns, context->row.index)
HG_VALUE(int, hg_of_event, HG_OF_SHARED(event))
HG_MADE(hg_of_src_ip, HG_HAS_ADDRESSES, hg_put_address(room, HG_OF_SHARED(ip_version), HG_OF_SHARED(src_ip)))
HG_MADE(hg_of_dst_ip, HG_HAS_ADDRESSES, hg_put_address(room, HG_OF_SHARED(ip_version), HG_OF_SHARED(dst_ip)))
HG_MADE(hg_of_community_id, HG_HAS_ADDRESSES, hg_put_bytes(room, context->community, HG_COMMUNITY_BYTES))
HG_VALUE(int, hg_of_tunnel, HG_OF_SHARED(tunnel) < HG_TUNNEL_KINDS ? HG_OF_SHARED(tunnel) - 1 : -1)

static inline hg_span hg_of_segment(const hg_row_context *context, char *room)
{
    const uint64_t segment = hg_segment_of_row(context->row);
    return segment == 0 ? (hg_span){0} : hg_span_of(room, (uint32_t)(hg_put_segment(room, segment) - room));
}

HG_VALUE(int, hg_of_rivals, HG_OF_SHARED(anomalies) >> HG_ANOMALY_DIFFERENT_COPIES & 1)
HG_ITEMS(hg_of_doubt, hg_put_anomalies(p, HG_OF_SHARED(anomalies), quote))

/* ---- handshakes, links, uptimes ----------------------------------------------------------- */

HG_VALUE(uint8_t, hg_of_ip_version, HG_OF_SHARED(ip_version) == 6 ? 6 : 4)
/* An unknown kind is shown as "literal". */
HG_VALUE(int, hg_of_window_kind, HG_OF(tcp, window_kind) <= HG_WINDOW_MTU ? HG_OF(tcp, window_kind) : 0)
HG_MADE(hg_of_olayout, 1, hg_put_olayout(room, context->row))
HG_ITEMS(hg_of_quirks, hg_put_quirks(p, HG_OF(tcp, quirks), quote))
HG_VALUE(int, hg_of_pclass, HG_OF(tcp, pclass) != 0)
HG_VALUE(int, hg_of_reliable, HG_OF(tcp, uptime_doubt) == HG_DOUBT_NONE)

static inline hg_span hg_of_signature(const hg_row_context *context, char *room)
{
    const size_t length = hg_event_is_http(HG_OF_SHARED(event))
                              ? hg_http_signature_of(context->row, context->database, context->shown, (uint8_t *)room)
                              : (size_t)(hg_put_raw_signature(room, context->row) - room);
    return hg_span_of(room, (uint32_t)length);
}

HG_ITEMS(hg_of_params, hg_event_is_http(HG_OF_SHARED(event))
                           ? hg_put_http_params(p, context->row, context->marks, ',', quote)
                           : hg_put_params(p, context->row, context->marks, ',', quote))

/* ---- hellos ------------------------------------------------------------------------------- */

HG_VALUE(int, hg_of_transport, HG_OF(tls, transport) < HG_TRANSPORTS ? HG_OF(tls, transport) : 0)
HG_MADE(hg_of_tls_version, 1, hg_put_tls_version(room, HG_OF(tls, tls_version)))
HG_FREE(hg_of_sni, hg_server_name_of(context->row))
HG_MADE(hg_of_quic_version, HG_OF(tls, transport) == HG_TRANSPORT_QUIC,
        hg_put_quic_version(room, HG_OF(tls, quic_version)))
HG_FREE(hg_of_quic_user_agent, hg_user_agent_of(context->row))
HG_ITEMS(hg_of_alpn, hg_put_protocols(p, context->row, quote))
HG_MADE(hg_of_ja4, !HG_OF(tls, ssl2), hg_put_bytes(room, (const char *)HG_OF(tls, ja4), HG_JA4_LENGTH))
HG_MADE(hg_of_ja4_stable, !HG_OF(tls, ssl2), hg_put_bytes(room, (const char *)HG_OF(tls, ja4_stable), HG_JA4_LENGTH))
HG_MADE(hg_of_ja3, !HG_OF(tls, ssl2), hg_put_ja3(room, context->row))
HG_MADE(hg_of_ja3s, 1, hg_put_ja3(room, context->row))
HG_MADE(hg_of_cipher, 1, hg_put_tls_cipher(room, HG_OF(tls, cipher)))
HG_MADE(hg_of_group, HG_OF(tls, group) != 0, hg_put_tls_group(room, HG_OF(tls, group)))
HG_VALUE(int, hg_of_downgrade, HG_OF(tls, downgrade) < HG_DOWNGRADES ? HG_OF(tls, downgrade) - 1 : -1)
HG_VALUE(uint32_t, hg_of_hello_bytes, HG_OF(tls, hello_length))

/* ---- segments ------------------------------------------------------------------------------ */

HG_FREE(hg_of_family, hg_segments_name(context->database, context->row))
HG_VALUE(int, hg_of_silence, HG_OF(segments, silence) < HG_SILENCES ? HG_OF(segments, silence) - 1 : -1)
HG_VALUE(uint16_t, hg_of_segments, HG_OF(segments, segment_count))
HG_MADE(hg_of_shows, 1, hg_put_segments(room, context->row))

/* ---- HTTP --------------------------------------------------------------------------------- */

HG_VALUE(int, hg_of_http_version, HG_OF(http, http_version) <= 2 ? HG_OF(http, http_version) : 0)
HG_FREE(hg_of_signature_agent, hg_signature_agent_of(context->row))
HG_MADE(hg_of_akamai_md5, HG_OF(http, akamai_length) != 0, hg_put_akamai_md5(room, context->row))

static inline hg_span hg_of_language(const hg_row_context *context, char *room)
{
    const char *name = hg_language_name(HG_OF(http, language));
    return name == NULL ? (hg_span){0} : hg_span_of(room, (uint32_t)(hg_put_word(room, name) - room));
}

/* ---- devices ------------------------------------------------------------------------------ */

#define HG_IS_KNOWN_MAC(bit) ((HG_OF(devices, macs) & (bit)) != 0)
HG_MADE(hg_of_mac, HG_IS_KNOWN_MAC(HG_KNOWS_MAC), hg_put_mac(room, HG_OF(devices, mac)))
HG_MADE(hg_of_source_mac, HG_IS_KNOWN_MAC(HG_KNOWS_SOURCE_MAC), hg_put_mac(room, HG_OF(devices, source_mac)))
HG_MADE(hg_of_device_ip, HG_OF(devices, device_ip_version) != 0,
        hg_put_address(room, HG_OF(devices, device_ip_version), HG_OF(devices, device_ip)))
HG_FREE(hg_of_host_name, hg_device_text(context->row, HG_SAYS_NAME))
HG_FREE(hg_of_fqdn, hg_device_text(context->row, HG_SHOWS_FQDN))
HG_FREE(hg_of_vendor_class, hg_device_text(context->row, HG_SAYS_DHCP_CLASS))
HG_FREE(hg_of_client_id, hg_device_text(context->row, HG_SHOWS_CLIENT_ID))
HG_MADE(hg_of_scope, 1, hg_put_word(room, hg_scope_name(HG_OF_SHARED(scope))))
HG_ITEMS(hg_of_parameters, hg_put_device_numbers(p, context->row, hg_dhcp_list_kind(context->row), quote))
HG_ITEMS(hg_of_dhcp_options, hg_put_device_numbers(p, context->row, HG_SHOWS_OPTIONS, quote))
HG_ITEMS(hg_of_announced, hg_put_announced(p, context->row, context->shown == HG_HTTP_SHOW_PRIVATE, quote))
HG_ITEMS(hg_of_vendor_data, hg_put_device_texts(p, context->row, HG_SAYS_DHCP_VENDOR, quote))

static inline hg_span hg_of_dhcp_message(const hg_row_context *context, char *room)
{
    const char *name = hg_dhcp_message_name(HG_OF(devices, message));
    (void)room;
    return name == NULL ? (hg_span){0} : hg_span_of_word(name);
}

HG_VALUE(int, hg_of_operation, HG_OF(devices, operation) - 1)
HG_MADE(hg_of_target_ip, HG_OF(devices, target_ip_version) != 0,
        hg_put_address(room, HG_OF(devices, target_ip_version), HG_OF(devices, target_ip)))
HG_VALUE(int, hg_of_change, HG_OF(devices, change))
HG_MADE(hg_of_previous_mac, memcmp(HG_OF(devices, previous_mac), (uint8_t[HG_MAC_LENGTH]){0}, HG_MAC_LENGTH) != 0,
        hg_put_mac(room, HG_OF(devices, previous_mac)))
HG_FREE(hg_of_device_type, hg_device_text(context->row, HG_SHOWS_VALUES + HG_DEVICE_TYPE))
HG_FREE(hg_of_device_manufacturer, hg_device_text(context->row, HG_SHOWS_VALUES + HG_DEVICE_MANUFACTURER))
HG_FREE(hg_of_device_model, hg_device_text(context->row, HG_SHOWS_VALUES + HG_DEVICE_MODEL))
HG_FREE(hg_of_device_system, hg_device_text(context->row, HG_SHOWS_VALUES + HG_DEVICE_SYSTEM))
HG_FREE(hg_of_device_version, hg_device_text(context->row, HG_SHOWS_VALUES + HG_DEVICE_VERSION))
HG_FREE(hg_of_before, hg_device_text(context->row, HG_BEFORE_CHANGE))
HG_FREE(hg_of_after, hg_device_text(context->row, HG_AFTER_CHANGE))
HG_FREE(hg_of_claimed_role, hg_device_text(context->row, HG_CLAIMED_ROLE))

/* ---- changes ------------------------------------------------------------------------------ */

HG_ITEMS(hg_of_reasons, hg_put_reasons(p, HG_OF(changes, reasons), ',', quote))

static inline char *hg_of_raw_hits(const hg_row_context *context, char *p, char quote)
{
    (void)quote; /* numbers are never quoted */
    return hg_put_hits(p, HG_OF(changes, raw_hits));
}

/* ---- findings ------------------------------------------------------------------------------ */

HG_MADE(hg_of_finding, HG_OF(changes, finding) < HG_HOST_FINDINGS,
        hg_put_word(room, hg_host_finding_name(HG_OF(changes, finding))))
HG_MADE(hg_of_reason, HG_OF(changes, finding) < HG_HOST_FINDINGS,
        hg_put_word(room, hg_finding_words(HG_OF(changes, finding))))
HG_MADE(hg_of_finding_mac, memcmp(HG_OF(changes, finding_mac), (const uint8_t[HG_MAC_LENGTH]){0}, HG_MAC_LENGTH) != 0,
        hg_put_mac(room, HG_OF(changes, finding_mac)))
HG_VALUE(int, hg_of_handshake, HG_OF(changes, handshake) < HG_HANDSHAKES ? HG_OF(changes, handshake) - 1 : -1)

/* ---- SSH ---------------------------------------------------------------------------------- */

HG_MADE(hg_of_hassh, hg_ssh_has_kexinit(context->row), hg_put_hassh(room, context->row))
HG_ITEMS(hg_of_key_exchanges, hg_put_ssh_list(p, context->row, HG_SSH_KEX, quote))
HG_ITEMS(hg_of_host_key_algorithms, hg_put_ssh_list(p, context->row, HG_SSH_HOST_KEYS, quote))
HG_ITEMS(hg_of_ciphers, hg_put_ssh_list(p, context->row, HG_SSH_CIPHERS, quote))
HG_ITEMS(hg_of_mac_algorithms, hg_put_ssh_list(p, context->row, HG_SSH_MACS, quote))
HG_ITEMS(hg_of_compressions, hg_put_ssh_list(p, context->row, HG_SSH_COMPRESSIONS, quote))
HG_VALUE(int, hg_of_post_quantum_kex, HG_OF(ssh, post_quantum_kex) - 1)
HG_MADE(hg_of_host_key, hg_ssh_has_host_key(context->row), hg_put_host_key(room, context->row))

/* ---- greetings, logins -------------------------------------------------------------------- */

HG_VALUE(int, hg_of_greeting_protocol, HG_OF(greetings, greeting_protocol))
HG_VALUE(int, hg_of_login_protocol, HG_OF(greetings, login_protocol))
HG_VALUE(int, hg_of_login_answer, HG_OF(greetings, login_refused) != 0)
HG_MADE(hg_of_proxied_src_ip, 1,
        hg_put_address(room, HG_OF(greetings, proxied_version), HG_OF(greetings, proxied_src_ip)))
HG_MADE(hg_of_proxied_dst_ip, 1,
        hg_put_address(room, HG_OF(greetings, proxied_version), HG_OF(greetings, proxied_dst_ip)))

/* ---- certificates ------------------------------------------------------------------------- */

#define HG_CERTIFICATE_TIME(getter, column)                                \
    HG_MADE(getter, HG_OF(certificates, column) != HG_NO_CERTIFICATE_TIME, \
            hg_put_certificate_time(room, HG_OF(certificates, column)))
HG_MADE(hg_of_sha256, 1, hg_put_certificate_hash(room, context->row))
HG_ITEMS(hg_of_site_names, hg_put_site_names(p, context->row, quote))
HG_CERTIFICATE_TIME(hg_of_not_before, not_before)
HG_CERTIFICATE_TIME(hg_of_not_after, not_after)
HG_VALUE(int, hg_of_key_type, HG_OF(certificates, key_type) - 1)
HG_ITEMS(hg_of_weaknesses, hg_put_weaknesses(p, context->row, quote))
HG_MADE(hg_of_weak_subject, HG_OF(certificates, weaknesses) != 0,
        hg_put_hex(room, HG_OF(certificates, weak_subject), HG_SUBJECT_HASH))
