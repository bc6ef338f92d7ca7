/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/values.h"

#include "tls/quic_packet.h"

/* The position of `bytes` in the message; length 0: `bytes` is NULL or empty. */
static hg_text_place place_in(const uint8_t *message, hg_span bytes)
{
    if (bytes.data == NULL)
        return (hg_text_place){0};
    return (hg_text_place){.offset = (uint32_t)(bytes.data - message), .length = bytes.length};
}

/* Finds the user agent in QUIC's transport parameters. */
static hg_text_place find_user_agent(const hg_hello *hello, const uint8_t *message)
{
    uint32_t at = 0;
    uint16_t type;
    hg_span content;
    while (hg_extension_next(&hello->extensions, &at, &type, &content))
        if (type == HG_QUIC_PARAMS_EXTENSION || type == HG_QUIC_PARAMS_EXTENSION_OF_DRAFTS)
            return place_in(message, hg_quic_user_agent(content.data, content.length));
    return (hg_text_place){0};
}

static void name_client(hg_ja4_maker *maker, const hg_database *database, const hg_hello *hello, hg_tls_values *out)
{
    char *ja4 = (char *)out->ja4, *ja4_stable = (char *)out->ja4_stable;
    hg_ja4_make(maker, hello, out->transport, ja4, ja4_stable);
    if (database == NULL)
        return;
    const hg_tls_match match = hg_database_match_tls(database, ja4, ja4_stable);
    out->client = match.signature;
    out->client_stable = match.stable;
    out->client_wildcard = match.wildcard;
}

int hg_tls_find(hg_ja4_maker *maker, const hg_database *database, const uint8_t *message, uint32_t length,
                uint8_t transport, hg_tls_values *out)
{
    hg_hello hello;
    int read = transport == HG_TLS_SSL2 ? hg_hello_read_ssl2(message, length, &hello)
                                        : hg_hello_read(message, length, transport, &hello);
    if (!read)
        return 0;
    *out = (hg_tls_values){
        .tls_version = hello.version,
        .transport = transport == HG_TLS_SSL2 ? HG_TRANSPORT_TCP : transport,
#define TAKE(type, name) .name = hello.name,
        HG_HELLO_VALUES(TAKE).client = HG_NO_SIGNATURE,
        .tls_syn = HG_NOT_SEEN,
        .sni = place_in(message, hello.name),
    };
    if (message[0] != HG_TLS_CLIENT_HELLO || hello.ssl2)
        return 1;
    name_client(maker, database, &hello, out);
    if (transport == HG_TRANSPORT_QUIC)
        out->quic_user_agent = find_user_agent(&hello, message);
    return 1;
}

void hg_tls_values_place(hg_tls_values *found, hg_text_place hello)
{
    found->hello = hello;
    found->sni.offset += hello.offset;
    found->quic_user_agent.offset += hello.offset;
}

HG_ROW_WRITER(hg_tls_values_write, tls)
