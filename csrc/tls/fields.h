/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - writes the values of a hello into records. They come from the columns, or from the message.
 */
#pragma once

#include "base/kinds.h"
#include "base/value.h"

/* Most bytes of the ALPN list that are shown. */
enum { HG_MOST_PROTOCOLS_SHOWN = 160 };

/* HG_E_ARGUMENT: texts of the row are outside the batch, or its JA4 is invalid. */
hg_status hg_check_hello(const hg_batch *batch, const hg_row *row, hg_error *error);

/* The transport of a hello; HG_TRANSPORT_TCP for all other events. */
static inline hg_transport hg_transport_of(hg_row row)
{
    if (!hg_event_is_hello(row.columns->event[row.index]))
        return HG_TRANSPORT_TCP;
    return (hg_transport)row.columns->tls.transport[row.at];
}

/* The server name to show, at most HG_MOST_SNI bytes; length 0: none. */
hg_span hg_server_name_of(hg_row row);
/* The user agent in QUIC's transport parameters, at most HG_MOST_USER_AGENT bytes; length 0: none. */
hg_span hg_user_agent_of(hg_row row);
/* These write a name such as "TLS 1.3", or a number without a name in hexadecimal. */
char *hg_put_tls_version(char *p, uint16_t version);
char *hg_put_tls_cipher(char *p, uint16_t cipher);
char *hg_put_tls_group(char *p, uint16_t group);
/* Writes "1", "draft-29" or the like, at most HG_QUIC_VERSION_TEXT bytes. */
char *hg_put_quic_version(char *p, uint32_t version);
/* Writes the ALPN protocols separated by commas: as JSON strings, or, if `quote` is 0, their bytes unchanged. */
char *hg_put_protocols(char *p, hg_row row, char quote);
/* Writes the MD5 of the JA3 or JA3S text, in hexadecimal. */
char *hg_put_ja3(char *p, hg_row row);
