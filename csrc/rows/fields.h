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

#include "base/findings.h"
#include "base/kinds.h"
#include "database/database.h"
#include "devices/fields.h"
#include "greetings/fields.h"
#include "http/fields.h"
#include "segments/fields.h"
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

#define HG_OF_SHARED(column) (of->row.columns->column[of->row.index])
#define HG_OF(reader, column) (of->row.columns->reader.column[of->row.at])
#define HG_VALUE(TYPE, FIELD, value)                           \
    static inline TYPE hg_of_##FIELD(const hg_row_context *of) \
    {                                                          \
        return (value);                                        \
    }
/* A text in `room`, written by the expression `end`, whose value is the text's end; null unless `is_there`. */
#define HG_MADE(FIELD, is_there, end)                                         \
    static inline hg_span hg_of_##FIELD(const hg_row_context *of, char *room) \
    {                                                                         \
        if (!(is_there))                                                      \
            return (hg_span){0};                                        \
        return hg_span_of(room, (uint32_t)((end) - room));    \
    }
/* A text that is already in memory; null when it is empty. */
#define HG_FREE(FIELD, text)                                                  \
    static inline hg_span hg_of_##FIELD(const hg_row_context *of, char *room) \
    {                                                                         \
        (void)room;                                                           \
        const hg_span found = (text);                                         \
        return found.length == 0 ? (hg_span){0} : found;                      \
    }
#define HG_ITEMS(FIELD, end)                                                         \
    static inline char *hg_of_##FIELD(const hg_row_context *of, char *p, char quote) \
    {                                                                                \
        return (end);                                                                \
    }

/* ---- unchanged columns -------------------------------------------------------------------- */

#define HG_PLAIN_U8(FIELD, reader, column) HG_VALUE(uint8_t, FIELD, HG_OF(reader, column))
#define HG_PLAIN_U16(FIELD, reader, column) HG_VALUE(uint16_t, FIELD, HG_OF(reader, column))
#define HG_PLAIN_U32(FIELD, reader, column) HG_VALUE(uint32_t, FIELD, HG_OF(reader, column))
#define HG_PLAIN_I16(FIELD, reader, column) HG_VALUE(int16_t, FIELD, HG_OF(reader, column))
#define HG_PLAIN_F64(FIELD, reader, column) HG_VALUE(double, FIELD, HG_OF(reader, column))
#define HG_PLAIN_BOOL(FIELD, reader, column) HG_VALUE(int, FIELD, HG_OF(reader, column) != 0)
#define HG_PLAIN(FIELD, FORM, reader, column) HG_PLAIN_##FORM(FIELD, reader, column)
HG_PLAIN_FIELDS(HG_PLAIN)

/* ---- all events --------------------------------------------------------------------------- */

#define HG_HAS_ADDRESSES hg_has_addresses(of->row.columns, of->row.index)
HG_VALUE(int64_t, TIME_NS, HG_OF_SHARED(time_ns))
HG_VALUE(uint64_t, PACKET_NUMBER, HG_OF_SHARED(packet_number))
HG_VALUE(uint64_t, FLOW, HG_OF_SHARED(flow))
HG_VALUE(int, EVENT, HG_OF_SHARED(event))
HG_MADE(SRC_IP, HG_HAS_ADDRESSES, hg_put_address(room, HG_OF_SHARED(ip_version), HG_OF_SHARED(src_ip)))
HG_MADE(DST_IP, HG_HAS_ADDRESSES, hg_put_address(room, HG_OF_SHARED(ip_version), HG_OF_SHARED(dst_ip)))
HG_MADE(COMMUNITY_ID, HG_HAS_ADDRESSES, hg_put_bytes(room, of->community, HG_COMMUNITY_BYTES))
HG_VALUE(uint16_t, SRC_PORT, HG_OF_SHARED(src_port))
HG_VALUE(uint16_t, DST_PORT, HG_OF_SHARED(dst_port))
HG_VALUE(int, TUNNEL, HG_OF_SHARED(tunnel) < HG_TUNNEL_KINDS ? HG_OF_SHARED(tunnel) - 1 : -1)
HG_VALUE(int, FROM_SERVER, HG_OF_SHARED(from_server) != 0)

/* ---- handshakes, links, uptimes ----------------------------------------------------------- */

HG_VALUE(uint8_t, IP_VERSION, HG_OF_SHARED(ip_version) == 6 ? 6 : 4)
/* An unknown kind is shown as "literal". */
HG_VALUE(int, WINDOW_KIND, HG_OF(tcp, window_kind) <= HG_WINDOW_MTU ? HG_OF(tcp, window_kind) : 0)
HG_MADE(OLAYOUT, 1, hg_put_olayout(room, of->row))
HG_ITEMS(QUIRKS, hg_put_quirks(p, HG_OF(tcp, quirks), quote))
HG_VALUE(int, PCLASS, HG_OF(tcp, pclass) != 0)
HG_VALUE(int, RELIABLE, HG_OF(tcp, doubt) == HG_DOUBT_NONE)

static inline hg_span hg_of_SIGNATURE(const hg_row_context *of, char *room)
{
    const size_t length = hg_event_is_http(HG_OF_SHARED(event))
                              ? hg_http_signature_of(of->row, of->database, of->shown, (uint8_t *)room)
                              : (size_t)(hg_put_raw_signature(room, of->row) - room);
    return hg_span_of(room, (uint32_t)length);
}

HG_ITEMS(PARAMS, hg_event_is_http(HG_OF_SHARED(event)) ? hg_put_http_params(p, of->row, of->marks, ',', quote)
                                                       : hg_put_params(p, of->row, of->marks, ',', quote))

/* ---- hellos ------------------------------------------------------------------------------- */

HG_VALUE(int, TRANSPORT, HG_OF(tls, transport) < HG_TRANSPORTS ? HG_OF(tls, transport) : 0)
HG_MADE(TLS_VERSION, 1, hg_put_tls_version(room, HG_OF(tls, tls_version)))
HG_FREE(SNI, hg_server_name_of(of->row))
HG_MADE(QUIC_VERSION, HG_OF(tls, transport) == HG_TRANSPORT_QUIC, hg_put_quic_version(room, HG_OF(tls, quic_version)))
HG_FREE(QUIC_USER_AGENT, hg_user_agent_of(of->row))
HG_ITEMS(ALPN, hg_put_protocols(p, of->row, quote))
HG_MADE(JA4, !HG_OF(tls, ssl2), hg_put_bytes(room, (const char *)HG_OF(tls, ja4), HG_JA4_LENGTH))
HG_MADE(JA4_STABLE, !HG_OF(tls, ssl2), hg_put_bytes(room, (const char *)HG_OF(tls, ja4_stable), HG_JA4_LENGTH))
HG_MADE(JA3, !HG_OF(tls, ssl2), hg_put_ja3(room, of->row))
HG_MADE(JA3S, 1, hg_put_ja3(room, of->row))
HG_MADE(CIPHER, 1, hg_put_tls_cipher(room, HG_OF(tls, cipher)))
HG_MADE(GROUP, HG_OF(tls, group) != 0, hg_put_tls_group(room, HG_OF(tls, group)))
HG_VALUE(int, DOWNGRADE, HG_OF(tls, downgrade) < HG_DOWNGRADES ? HG_OF(tls, downgrade) - 1 : -1)
HG_VALUE(uint32_t, HELLO_BYTES, HG_OF(tls, hello_length))

/* ---- segments ------------------------------------------------------------------------------ */

HG_FREE(FAMILY, hg_segments_name(of->database, of->row))
HG_VALUE(int, SILENCE, HG_OF(segments, silence) < HG_SILENCES ? HG_OF(segments, silence) - 1 : -1)
HG_VALUE(uint16_t, SEGMENTS, HG_OF(segments, segment_count))
HG_MADE(SHOWS, 1, hg_put_segments(room, of->row))

/* ---- HTTP --------------------------------------------------------------------------------- */

HG_VALUE(int, HTTP_VERSION, HG_OF(http, http_version) <= 2 ? HG_OF(http, http_version) : 0)
HG_FREE(METHOD, HG_HTTP_TEXT_OF(of->row, method))
HG_FREE(HTTP_HOST, HG_HTTP_TEXT_OF(of->row, http_host))
HG_FREE(PATH, HG_HTTP_TEXT_OF(of->row, path))
HG_FREE(USER_AGENT, HG_HTTP_TEXT_OF(of->row, user_agent))
HG_FREE(SERVER_HEADER, HG_HTTP_TEXT_OF(of->row, server_header))
HG_FREE(PLATFORM, HG_HTTP_TEXT_OF(of->row, platform))
HG_FREE(PLATFORM_VERSION, HG_HTTP_TEXT_OF(of->row, platform_version))
HG_FREE(SIGNATURE_AGENT, hg_signature_agent_of(of->row))
HG_FREE(AKAMAI, HG_HTTP_TEXT_OF(of->row, akamai))
HG_MADE(AKAMAI_MD5, HG_OF(http, akamai_length) != 0, hg_put_akamai_md5(room, of->row))

static inline hg_span hg_of_LANGUAGE(const hg_row_context *of, char *room)
{
    const char *name = hg_language_name(HG_OF(http, language));
    return name == NULL ? (hg_span){0} : hg_span_of(room, (uint32_t)(hg_put_word(room, name) - room));
}

/* ---- devices ------------------------------------------------------------------------------ */

#define HG_IS_KNOWN_MAC(bit) ((HG_OF(devices, macs) & (bit)) != 0)
HG_MADE(MAC, HG_IS_KNOWN_MAC(HG_KNOWS_MAC), hg_put_mac(room, HG_OF(devices, mac)))
HG_MADE(SOURCE_MAC, HG_IS_KNOWN_MAC(HG_KNOWS_SOURCE_MAC), hg_put_mac(room, HG_OF(devices, source_mac)))
HG_MADE(DEVICE_IP, HG_OF(devices, device_ip_version) != 0,
        hg_put_address(room, HG_OF(devices, device_ip_version), HG_OF(devices, device_ip)))
HG_FREE(HOST_NAME, hg_device_text(of->row, HG_SAYS_NAME))
HG_FREE(FQDN, hg_device_text(of->row, HG_SHOWS_FQDN))
HG_FREE(VENDOR_CLASS, hg_device_text(of->row, HG_SAYS_DHCP_CLASS))
HG_FREE(CLIENT_ID, hg_device_text(of->row, HG_SHOWS_CLIENT_ID))
HG_MADE(SCOPE, 1, hg_put_word(room, hg_scope_name(HG_OF_SHARED(scope))))
HG_ITEMS(PARAMETERS, hg_put_device_numbers(p, of->row, hg_dhcp_list_kind(of->row), quote))
HG_ITEMS(DHCP_OPTIONS, hg_put_device_numbers(p, of->row, HG_SHOWS_OPTIONS, quote))
HG_ITEMS(ANNOUNCED, hg_put_announced(p, of->row, of->shown == HG_HTTP_SHOW_PRIVATE, quote))
HG_ITEMS(VENDOR_DATA, hg_put_device_texts(p, of->row, HG_SAYS_DHCP_VENDOR, quote))

static inline hg_span hg_of_DHCP_MESSAGE(const hg_row_context *of, char *room)
{
    const char *name = hg_dhcp_message_name(HG_OF(devices, message));
    (void)room;
    return name == NULL ? (hg_span){0} : hg_span_of_word(name);
}

HG_VALUE(int, OPERATION, HG_OF(devices, operation) - 1)
HG_MADE(TARGET_IP, HG_OF(devices, target_ip_version) != 0,
        hg_put_address(room, HG_OF(devices, target_ip_version), HG_OF(devices, target_ip)))
HG_VALUE(int, CHANGE, HG_OF(devices, change))
HG_MADE(PREVIOUS_MAC, memcmp(HG_OF(devices, previous_mac), (uint8_t[HG_MAC_LENGTH]){0}, HG_MAC_LENGTH) != 0,
        hg_put_mac(room, HG_OF(devices, previous_mac)))
HG_FREE(DEVICE_TYPE, hg_device_text(of->row, HG_SHOWS_VALUES + HG_DEVICE_TYPE))
HG_FREE(DEVICE_MANUFACTURER, hg_device_text(of->row, HG_SHOWS_VALUES + HG_DEVICE_MANUFACTURER))
HG_FREE(DEVICE_MODEL, hg_device_text(of->row, HG_SHOWS_VALUES + HG_DEVICE_MODEL))
HG_FREE(DEVICE_SYSTEM, hg_device_text(of->row, HG_SHOWS_VALUES + HG_DEVICE_SYSTEM))
HG_FREE(DEVICE_VERSION, hg_device_text(of->row, HG_SHOWS_VALUES + HG_DEVICE_VERSION))

/* ---- changes ------------------------------------------------------------------------------ */

HG_ITEMS(REASONS, hg_put_reasons(p, HG_OF(changes, reasons), ',', quote))

static inline char *hg_of_RAW_HITS(const hg_row_context *of, char *p, char quote)
{
    (void)quote; /* numbers are never quoted */
    return hg_put_hits(p, HG_OF(changes, raw_hits));
}

/* ---- findings ------------------------------------------------------------------------------ */

HG_MADE(FINDING, HG_OF(changes, finding) < HG_HOST_FINDINGS, hg_put_word(room, hg_host_finding_name(HG_OF(changes, finding))))
HG_MADE(REASON, HG_OF(changes, finding) < HG_HOST_FINDINGS, hg_put_word(room, hg_finding_words(HG_OF(changes, finding))))
HG_VALUE(int, HANDSHAKE, HG_OF(changes, handshake) < HG_HANDSHAKES ? HG_OF(changes, handshake) - 1 : -1)

/* ---- SSH ---------------------------------------------------------------------------------- */

HG_FREE(BANNER, HG_TEXT_OF(of->row, ssh, banner))
HG_MADE(HASSH, hg_ssh_has_kexinit(of->row), hg_put_hassh(room, of->row))
HG_ITEMS(KEY_EXCHANGES, hg_put_ssh_list(p, of->row, HG_SSH_KEX, quote))
HG_ITEMS(HOST_KEY_ALGORITHMS, hg_put_ssh_list(p, of->row, HG_SSH_HOST_KEYS, quote))
HG_ITEMS(CIPHERS, hg_put_ssh_list(p, of->row, HG_SSH_CIPHERS, quote))
HG_ITEMS(MAC_ALGORITHMS, hg_put_ssh_list(p, of->row, HG_SSH_MACS, quote))
HG_ITEMS(COMPRESSIONS, hg_put_ssh_list(p, of->row, HG_SSH_COMPRESSIONS, quote))
HG_FREE(KEY_EXCHANGE, HG_TEXT_OF(of->row, ssh, key_exchange))
HG_VALUE(int, POST_QUANTUM_KEX, HG_OF(ssh, post_quantum_kex) - 1)
HG_FREE(HOST_KEY_TYPE, HG_TEXT_OF(of->row, ssh, host_key_type))
HG_MADE(HOST_KEY, hg_ssh_has_host_key(of->row), hg_put_host_key(room, of->row))

/* ---- greetings ---------------------------------------------------------------------------- */

HG_VALUE(int, GREETING_PROTOCOL, HG_OF(greetings, greeting_protocol))
HG_FREE(PROGRAM, HG_TEXT_OF(of->row, greetings, program))
HG_FREE(PROGRAM_VERSION, HG_TEXT_OF(of->row, greetings, program_version))
HG_FREE(PROGRAM_VARIANT, HG_TEXT_OF(of->row, greetings, program_variant))
HG_FREE(STATED_SYSTEM, HG_TEXT_OF(of->row, greetings, stated_system))
HG_FREE(GREETING_TEXT, HG_TEXT_OF(of->row, greetings, greeting_text))

/* ---- certificates ------------------------------------------------------------------------- */

#define HG_CERTIFICATE_TIME(FIELD, column)                                            \
    HG_MADE(FIELD, HG_OF(certificates, column) != HG_NO_CERTIFICATE_TIME,             \
            hg_put_certificate_time(room, HG_OF(certificates, column)))
HG_MADE(SHA256, 1, hg_put_certificate_hash(room, of->row))
HG_ITEMS(SITE_NAMES, hg_put_site_names(p, of->row, quote))
HG_FREE(SUBJECT, HG_TEXT_OF(of->row, certificates, subject))
HG_FREE(ISSUER, HG_TEXT_OF(of->row, certificates, issuer))
HG_CERTIFICATE_TIME(NOT_BEFORE, not_before)
HG_CERTIFICATE_TIME(NOT_AFTER, not_after)
HG_VALUE(int, KEY_TYPE, HG_OF(certificates, key_type) - 1)
HG_FREE(SIGNATURE_ALGORITHM, HG_TEXT_OF(of->row, certificates, signature_algorithm))
HG_ITEMS(WEAKNESSES, hg_put_weaknesses(p, of->row, quote))
