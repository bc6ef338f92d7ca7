/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * preamble.c - messages before the protocol of a connection proper.
 *
 * PROXY (HAProxy's proxy-protocol.txt), SOCKS 4 and 4A, SOCKS 5 (RFC 1928) with RFC 1929, TDS (MS-TDS, 2.2.3), and
 * OpenVPN over TCP.
 */
#include "engine/preamble.h"

#include <string.h>

#include "base/bytes.h"
#include "tls/openvpn.h"

/* What a client has sent. */
enum { SENT_PROXY = 1, SENT_SOCKS_4 = 2, SENT_SOCKS_5 = 4, SENT_TDS = 8, SENT_OPENVPN = 16 };

static uint32_t within(uint32_t bytes, uint32_t length)
{
    return bytes <= length ? bytes : 0;
}

static uint32_t proxy_header(const uint8_t *data, uint32_t length)
{
    enum { LINE_MOST = 107, FIXED = 16, VERSION_AT = 12, LENGTH_AT = 14 };
    static const uint8_t SIGNATURE[VERSION_AT] = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    static const char LINES[][11] = {"PROXY TCP4 ", "PROXY TCP6 ", "PROXY UNKNO"};
    if (length >= FIXED && memcmp(data, SIGNATURE, sizeof SIGNATURE) == 0 && data[VERSION_AT] >> 4 == 2)
        return within(FIXED + hg_be16(data + LENGTH_AT), length);
    int is_line = 0;
    for (uint32_t i = 0; length > sizeof *LINES && i < sizeof LINES / sizeof *LINES; i++)
        is_line |= memcmp(data, LINES[i], sizeof *LINES) == 0;
    const uint8_t *end = is_line ? memchr(data, '\n', length < LINE_MOST ? length : LINE_MOST) : NULL;
    return end != NULL && end[-1] == '\r' ? (uint32_t)(end + 1 - data) : 0;
}

/* The command, a port, an address, the user's name, and after an address of 0.0.0.x the name of a host. */
static uint32_t socks_4_request(const uint8_t *data, uint32_t length)
{
    enum { FIXED = 8, ADDRESS_AT = 4 };
    if (length <= FIXED || data[0] != 4 || (data[1] != 1 && data[1] != 2))
        return 0;
    const uint8_t *end = memchr(data + FIXED, 0, length - FIXED);
    const uint32_t address = hg_be32(data + ADDRESS_AT);
    if (end != NULL && address > 0 && address < 256)
        end = memchr(end + 1, 0, length - (uint32_t)(end + 1 - data));
    return end != NULL ? (uint32_t)(end + 1 - data) : 0;
}

/* Version, command or result, 0, then an address: IPv4, a name with its length, or IPv6; a port. */
static uint32_t socks_5_address(const uint8_t *data, uint32_t length)
{
    enum { FIXED = 4, LEAST = 10, PORT = 2, IPV4 = 1, NAME = 3, IPV6 = 4 };
    if (length < LEAST || data[0] != 5 || data[2] != 0)
        return 0;
    const uint8_t kind = data[FIXED - 1];
    const uint32_t address = kind == IPV4 ? 4u : kind == IPV6 ? 16u : kind == NAME ? 1u + data[FIXED] : 0;
    return address != 0 ? within(FIXED + address + PORT, length) : 0;
}

/* A packet before the login, or the header of one that holds a record of TLS. */
static uint32_t tds_packet(const uint8_t *data, uint32_t length, int from_server)
{
    enum { HEADER = 8, PRELOGIN = 0x12, RESULT = 0x04, LAST = 1, LENGTH_AT = 2, WINDOW_AT = 7 };
    if (length <= HEADER || data[1] > LAST || data[WINDOW_AT] != 0)
        return 0;
    const uint32_t stated = hg_be16(data + LENGTH_AT);
    if (data[0] == PRELOGIN && stated > HEADER && length > HEADER + 1 && hg_be16(data + HEADER) == 0x1603)
        return HEADER;
    const int is_plain = data[0] == (from_server ? RESULT : PRELOGIN) && data[HEADER] == 0; /* the version comes first */
    return is_plain && stated > HEADER ? within(stated, length) : 0;
}

/* A packet with its length before it, or the header of one that holds a hello. A client's first packet resets the
 * connection, and ends with a count of acknowledgments and a number, which are 0 (other protocols begin with lengths, too). */
static uint32_t openvpn_packet(const uint8_t *data, uint32_t length, int is_first, uint32_t *end)
{
    enum { LENGTH = 2, LEAST = 14, RESET_1 = 1, RESET_2 = 7, LAST = 11, ZEROS = 5 };
    static const uint8_t zeros[ZEROS] = {0};
    if (length < LENGTH + LEAST)
        return 0;
    const uint32_t whole = LENGTH + hg_be16(data), operation = data[LENGTH] >> HG_OPENVPN_OPERATION_SHIFT;
    if (whole < LENGTH + LEAST || operation == 0 || operation > LAST)
        return 0;
    if (is_first)
        return (operation == RESET_1 || operation == RESET_2) && whole == length &&
               memcmp(data + length - ZEROS, zeros, ZEROS) == 0 ? length : 0;
    const uint32_t record = hg_openvpn_record(data + LENGTH, (whole < length ? whole : length) - LENGTH);
    if (record == 0)
        return within(whole, length);
    *end = whole - LENGTH - record;
    return LENGTH + record;
}

static uint32_t of_client(const uint8_t *data, uint32_t length, uint8_t *seen, uint32_t *end)
{
    enum { COUNT_AT = 1, METHODS_AT = 2, LEAST = 5 };
    uint32_t found = *seen == 0 ? proxy_header(data, length) : 0;
    uint8_t sent = SENT_PROXY;
    if ((*seen & SENT_SOCKS_5) != 0) {
        const int is_login = data[0] == 1 && length >= LEAST && data[1] + 3u <= length;
        return is_login ? within(data[1] + 3u + data[data[1] + 2u], length) : socks_5_address(data, length);
    }
    if (found == 0 && (*seen & (SENT_SOCKS_4 | SENT_TDS)) == 0 && (found = socks_4_request(data, length)) != 0)
        sent = SENT_SOCKS_4;
    if (found == 0 && data[0] == 5 && length > METHODS_AT && length == (uint32_t)METHODS_AT + data[COUNT_AT]) {
        found = length;
        sent = SENT_SOCKS_5;
    }
    if (found == 0 && (found = tds_packet(data, length, 0)) != 0)
        sent = SENT_TDS;
    if (found == 0 && (found = openvpn_packet(data, length, (*seen & SENT_OPENVPN) == 0, end)) != 0)
        sent = SENT_OPENVPN;
    *seen |= found != 0 ? sent : 0;
    return found;
}

uint32_t hg_preamble(const uint8_t *data, uint32_t length, int from_server, uint8_t *seen, uint32_t *end)
{
    enum { GRANTED_4 = 0x5A, ANSWER_4 = 8, CHOICE = 2, NONE_ACCEPTED = 0xFF };
    if (!from_server)
        return of_client(data, length, seen, end);
    if ((*seen & SENT_SOCKS_4) != 0)
        return length >= ANSWER_4 && data[0] == 0 && data[1] == GRANTED_4 ? ANSWER_4 : 0;
    if ((*seen & SENT_SOCKS_5) != 0 && length == CHOICE)
        return (data[0] == 5 && data[1] != NONE_ACCEPTED) || (data[0] == 1 && data[1] == 0) ? CHOICE : 0;
    if ((*seen & SENT_SOCKS_5) != 0)
        return length > CHOICE && data[1] == 0 ? socks_5_address(data, length) : 0;
    if ((*seen & SENT_OPENVPN) != 0)
        return openvpn_packet(data, length, 0, end);
    return (*seen & SENT_TDS) != 0 ? tds_packet(data, length, 1) : 0;
}
