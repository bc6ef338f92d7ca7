/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * preamble.c - messages before the protocol of a connection proper.
 *
 * PROXY (proxied.c), SOCKS 4 and 4A, SOCKS 5 (RFC 1928) with RFC 1929, TDS (MS-TDS, 2.2.3), and OpenVPN over TCP.
 */
#include "conversations/preamble.h"

#include <string.h>

#include "base/bytes.h"
#include "tls/openvpn.h"

/* What a client has sent. */
enum { SENT_PROXY = 1, SENT_SOCKS_4 = 2, SENT_SOCKS_5 = 4, SENT_TDS = 8, SENT_OPENVPN = 16 };
/* The server of SOCKS 5 chose a method; the client offered some and has not sent its request. */
enum { SENT_CHOICE = 32, OWES_REQUEST = 64 };

/* Besides lengths and HG_GOES_ON: the server refused what the client asked. */
#define REFUSED (UINT32_MAX - 1)

/* The command, a port, which is never 0, an address, the user's name, and after an address of 0.0.0.x the name of a
 * host. */
static uint32_t socks_4_request(const uint8_t *data, uint32_t length)
{
    enum { FIXED = 8, ADDRESS_AT = 4, MOST = 512 };
    if (data[0] != 4 || (length > 1 && data[1] != 1 && data[1] != 2) || length > MOST ||
        (length >= ADDRESS_AT && hg_be16(data + 2) == 0))
        return 0;
    if (length <= FIXED)
        return HG_GOES_ON;
    const uint8_t *end = memchr(data + FIXED, 0, length - FIXED);
    const uint32_t address = hg_be32(data + ADDRESS_AT);
    if (end != NULL && address > 0 && address < 256)
        end = memchr(end + 1, 0, length - (uint32_t)(end + 1 - data));
    return end != NULL ? (uint32_t)(end + 1 - data) : HG_GOES_ON;
}

/* Version, command or result, 0, then an address: IPv4, a name with its length, or IPv6; a port. */
static uint32_t socks_5_address(const uint8_t *data, uint32_t length)
{
    enum { FIXED = 4, LEAST = 10, PORT = 2, IPV4 = 1, NAME = 3, IPV6 = 4 };
    if (data[0] != 5 || (length > 2 && data[2] != 0))
        return 0;
    if (length <= FIXED)
        return HG_GOES_ON;
    const uint8_t kind = data[FIXED - 1];
    const uint32_t address = kind == IPV4 ? 4u : kind == IPV6 ? 16u : kind == NAME ? 1u + data[FIXED] : 0;
    return address != 0 ? hg_once_within(FIXED + address + PORT, length) : 0;
}

/* The methods that a client of SOCKS 5 offers, each once; fewer are assigned. Frames of DNP3 begin with 5, too, and
 * then 0x64, and frames of Modbus may begin with 5. A request, which has 0 in the third byte, may follow at once. */
static uint32_t socks_5_offer(const uint8_t *data, uint32_t length)
{
    enum { METHODS_AT = 2, MOST_METHODS = 16 };
    if (data[0] != 5 || (length > 1 && (data[1] == 0 || data[1] > MOST_METHODS)) ||
        (length >= METHODS_AT + 2 && data[1] > 1 && hg_be16(data + METHODS_AT) == 0))
        return 0;
    if (length < METHODS_AT)
        return HG_GOES_ON;
    const uint32_t whole = METHODS_AT + (uint32_t)data[1];
    const int is_followed = length > whole && data[whole] == 5 && (length <= whole + 2 || data[whole + 2] == 0);
    return length > whole && !is_followed ? 0 : hg_once_within(whole, length);
}

/* What a client of SOCKS 5 sends after its offer: a name and password, or a request. */
static uint32_t socks_5_request(const uint8_t *data, uint32_t length)
{
    enum { LEAST = 3 };
    if (data[0] != 1)
        return socks_5_address(data, length);
    const uint32_t name_end = length < LEAST ? length : data[1] + 2u;
    return name_end >= length ? HG_GOES_ON : hg_once_within(name_end + 1 + data[name_end], length);
}

/* The header of TDS: type, status, length of the packet. */
enum { TDS_HEADER = 8, PRELOGIN = 0x12, RESULT = 0x04, STATUS_AT = 1, LAST = 1, TDS_LENGTH_AT = 2, WINDOW_AT = 7 };

static int has_tls(const uint8_t *data, uint32_t length)
{
    return data[0] == PRELOGIN && length > TDS_HEADER + 1 && hg_be16(data + TDS_HEADER) == 0x1603;
}

/* A packet before the login, or the header of one that holds a record of TLS. */
static uint32_t tds_packet(const uint8_t *data, uint32_t length, int from_server)
{
    enum { TLS_END = TDS_HEADER + 2, MOST_PLAIN = 1024 };
    const uint8_t type = from_server ? RESULT : PRELOGIN;
    if ((data[0] != type && data[0] != PRELOGIN) || (length > STATUS_AT && data[STATUS_AT] > LAST) ||
        (length > WINDOW_AT && data[WINDOW_AT] != 0))
        return 0;
    const uint32_t stated = length < TDS_LENGTH_AT + 2 ? MOST_PLAIN : hg_be16(data + TDS_LENGTH_AT);
    if (stated <= TDS_HEADER)
        return 0;
    if (length < TLS_END)
        return HG_GOES_ON;
    if (has_tls(data, length))
        return TDS_HEADER;
    const int is_plain = data[0] == type && data[TDS_HEADER] == 0; /* the version is first */
    return is_plain && stated <= MOST_PLAIN ? hg_once_within(stated, length) : 0;
}

/* Reads the version in a server's packet before the login: options follow, with number (1 byte), place (2), length (2).
 * 0: it states none. */
static int read_tds(const uint8_t *packet, uint32_t length, hg_tds_answer *answer)
{
    enum { OPTION = 5, VERSION_BYTES = 6 };
    const uint8_t *data = packet + TDS_HEADER;
    if (length < TDS_HEADER + OPTION || packet[0] != RESULT || hg_be16(data + 3) != VERSION_BYTES)
        return 0;
    const uint32_t at = TDS_HEADER + hg_be16(data + 1);
    if (at > length || length - at < sizeof answer->version)
        return 0;
    memcpy(answer->version, packet + at, sizeof answer->version);
    return answer->is_read && answer->version[0] != 0;
}

/* The contents of packets that carry one message: offsets into the bytes. */
typedef struct contents {
    uint32_t begins[1 + HG_OPENVPN_MOST_PIECES];
    uint32_t ends[1 + HG_OPENVPN_MOST_PIECES];
    uint32_t count; /* 0: the bytes are no such packets */
    uint32_t total; /* bytes of content */
    uint32_t is_whole;
} contents;

static void add_content(contents *contents, uint32_t begin, uint32_t end)
{
    contents->begins[contents->count] = begin;
    contents->ends[contents->count++] = end;
    contents->total += end - begin;
}

/* Finds the packets of messages whose content the readers need, as TDS splits what it carries. If the last of several
 * messages is incomplete, the others count. A single message in a single packet needs no join. */
static void find_tds(const hg_bytes *bytes, contents *out)
{
    enum { MOST = 16 };
    uint32_t at = 0;
    if (!has_tls(bytes->data, bytes->length))
        return;
    while (out->count < MOST && at + TDS_HEADER <= bytes->length) {
        const uint8_t *header = bytes->data + at;
        const uint32_t length = hg_be16(header + TDS_LENGTH_AT);
        const int is_packet = header[0] == PRELOGIN && length > TDS_HEADER;
        if (out->is_whole && (!is_packet || length > bytes->length - at))
            break;
        if (!is_packet) {
            out->count = 0;
            return;
        }
        add_content(out, at + TDS_HEADER, at + length);
        at += length;
        out->is_whole = (header[STATUS_AT] & LAST) != 0 && at <= bytes->length;
    }
    if (out->count == 1 && (bytes->data[STATUS_AT] & LAST) != 0)
        out->count = 0;
}

/* Finds the packets of a hello that is in more than one. Acknowledgments may be between them. */
static void find_openvpn(const hg_bytes *bytes, contents *out)
{
    enum { LENGTH = 2, MESSAGE_AT = 5, MESSAGE_HEADER = 4 };
    uint32_t at = 0, needed = 0, first = 0;
    while (!out->is_whole && out->count <= HG_OPENVPN_MOST_PIECES && at + LENGTH <= bytes->length) {
        const uint8_t *packet = bytes->data + at + LENGTH;
        const uint32_t stated = hg_be16(bytes->data + at), left = bytes->length - at - LENGTH;
        const uint32_t length = stated < left ? stated : left;
        const uint32_t content =
            needed == 0 ? hg_openvpn_record(packet, length) : hg_openvpn_piece(packet, length, first + out->count - 1);
        if (needed == 0) {
            if (content == 0)
                return;
            needed = MESSAGE_AT + MESSAGE_HEADER + hg_be24(packet + content + MESSAGE_AT + 1);
            first = hg_openvpn_number(packet + content);
            if (needed <= stated - content)
                return;
        }
        if (content != 0 && hg_openvpn_number(packet + content) != first + out->count) {
            out->count = 0;
            return;
        }
        if (content != 0)
            add_content(out, at + LENGTH + content, at + LENGTH + stated);
        at += LENGTH + stated;
        out->is_whole = out->total >= needed && at <= bytes->length;
    }
}

/* Moves the contents to the end of the last one. Returns where they begin. */
static uint32_t join(uint8_t *data, const contents *contents)
{
    uint32_t at = contents->ends[contents->count - 1];
    for (uint32_t i = contents->count; i > 0; i--) {
        const uint32_t length = contents->ends[i - 1] - contents->begins[i - 1];
        at -= length;
        memmove(data + at, data + contents->begins[i - 1], length);
    }
    return at;
}

/* Joins the packets of a message of TDS or OpenVPN. `bytes` are the first ones of a direction, and have length 0 until
 * the message is complete. */
static void join_packets(hg_streams *streams, hg_index flow, int from_server, hg_bytes *bytes, hg_skipping *with)
{
    contents found;
    found.count = found.total = found.is_whole = 0;
    const int is_openvpn = (*with->seen & SENT_OPENVPN) != 0;
    if (bytes->length == 0)
        return;
    if (is_openvpn)
        find_openvpn(bytes, &found);
    else if ((*with->seen & SENT_TDS) != 0)
        find_tds(bytes, &found);
    if (found.count == 0)
        return;
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    if (stream->held == 0 || !found.is_whole)
        hg_streams_keep_all(streams, flow, from_server, bytes);
    if (!found.is_whole || stream->held == 0) {
        bytes->length = 0;
        return;
    }
    uint8_t *data = streams->held[stream->held].bytes + stream->passed;
    bytes->data = data;
    *bytes = hg_stream_begin_again(stream, bytes, bytes->offset + join(data, &found));
    if (is_openvpn)
        with->end = found.total;
}

/* A packet with its length before it, or the header of one that holds a hello. A client's first packet resets the
 * connection, and ends with a count of acknowledgments and a number, which are 0 (other protocols begin with lengths,
 * too). */
static uint32_t openvpn_packet(const uint8_t *data, uint32_t length, int is_first, uint32_t *end)
{
    enum { LENGTH = 2, LEAST = 14, RESET_1 = 1, DATA_1 = 6, RESET_2 = 7, DATA_2 = 9, LAST = 11, ZEROS = 5 };
    static const uint8_t zeros[ZEROS] = {0};
    const uint32_t whole = length < LENGTH ? LENGTH + LEAST : LENGTH + (uint32_t)hg_be16(data);
    const uint32_t operation = length <= LENGTH ? RESET_1 : data[LENGTH] >> HG_OPENVPN_OPERATION_SHIFT;
    if (whole < LENGTH + LEAST || operation == 0 || operation > LAST ||
        (is_first && (data[0] != 0 || (operation != RESET_1 && operation != RESET_2))))
        return 0;
    if (length < whole)
        return operation != DATA_1 && operation != DATA_2 ? HG_GOES_ON : 0;
    if (is_first)
        return whole == length && memcmp(data + length - ZEROS, zeros, ZEROS) == 0 ? length : 0;
    const uint32_t record = hg_openvpn_record(data + LENGTH, whole - LENGTH);
    if (record == 0)
        return whole;
    *end = whole - LENGTH - record;
    return LENGTH + record;
}

static uint32_t of_client(const uint8_t *data, uint32_t length, uint8_t *seen, uint32_t *end)
{
    uint32_t found = *seen == 0 ? hg_proxy_header(data, length) : 0;
    uint8_t sent = SENT_PROXY;
    if ((*seen & OWES_REQUEST) != 0) {
        found = socks_5_request(data, length);
        *seen &= data[0] == 5 && found < REFUSED ? (uint8_t)~OWES_REQUEST : UINT8_MAX;
        return found;
    }
    if (found == 0 && (*seen & SENT_TDS) == 0 && (found = socks_4_request(data, length)) != 0)
        sent = SENT_SOCKS_4;
    if (found == 0 && (found = socks_5_offer(data, length)) != 0)
        sent = SENT_SOCKS_5 | OWES_REQUEST;
    if (found == 0 && (found = tds_packet(data, length, 0)) != 0)
        sent = SENT_TDS;
    if (found == 0 && (found = openvpn_packet(data, length, (*seen & SENT_OPENVPN) == 0, end)) != 0)
        sent = SENT_OPENVPN;
    if (found == 0 || found == HG_GOES_ON)
        return found;
    *seen = (uint8_t)((*seen & ((sent & OWES_REQUEST) != 0 ? ~SENT_CHOICE : ~0)) | sent);
    return found;
}

static uint32_t socks_4_answer(const uint8_t *data, uint32_t length, int is_asked)
{
    enum { GRANTED = 0x5A, LAST_REFUSAL = 0x5D, BYTES = 8 };
    if (data[0] != 0 || (length > 1 && (data[1] < GRANTED || data[1] > LAST_REFUSAL)))
        return 0;
    if (length < BYTES)
        return is_asked ? HG_GOES_ON : 0;
    return data[1] == GRANTED ? BYTES : is_asked && length == BYTES ? REFUSED : 0;
}

/* The choice of a method, the answer to a password, or to a request; the second byte of the latter two is 0 if
 * granted. */
static uint32_t socks_5_answer(const uint8_t *data, uint32_t length, uint8_t *seen)
{
    enum { CHOICE = 2, LOGIN = 1, LAST_METHOD = 9, NONE_ACCEPTED = 0xFF };
    const int is_asked = (*seen & SENT_SOCKS_5) != 0, is_login = data[0] == LOGIN;
    if (data[0] != 5 && !is_login)
        return 0;
    if (length < CHOICE || (!is_asked && data[1] > LAST_METHOD))
        return is_asked ? HG_GOES_ON : 0;
    const int is_choice = (*seen & SENT_CHOICE) == 0 && !is_login && (length == CHOICE || data[CHOICE] != 0);
    if (is_choice ? data[1] == NONE_ACCEPTED : data[1] != 0) {
        const int is_whole = length == CHOICE || (!is_login && socks_5_address(data, length) == length);
        return is_asked && is_whole ? REFUSED : 0;
    }
    if (is_login && !is_asked)
        return 0;
    if (!is_choice && !is_login)
        return socks_5_address(data, length);
    *seen |= is_login ? 0 : SENT_CHOICE;
    return CHOICE;
}

/* Answers of SOCKS are also recognised if none of the client's bytes were captured before. */
static uint32_t of_server(const uint8_t *data, uint32_t length, uint8_t *seen, uint32_t *end)
{
    const uint8_t sent = *seen != 0 ? *seen : data[0] == 5 ? SENT_SOCKS_5 : SENT_SOCKS_4;
    uint32_t found = 0;
    if ((sent & SENT_SOCKS_4) != 0)
        found = socks_4_answer(data, length, (*seen & SENT_SOCKS_4) != 0);
    else if ((sent & SENT_SOCKS_5) != 0)
        found = socks_5_answer(data, length, seen);
    else if ((sent & SENT_OPENVPN) != 0)
        return openvpn_packet(data, length, 0, end);
    else if ((sent & SENT_TDS) != 0)
        return tds_packet(data, length, 1);
    *seen |= found != 0 && found < REFUSED ? sent : 0;
    return found;
}

int hg_skip_preambles(hg_streams *streams, hg_index flow, int from_server, hg_bytes *bytes, hg_skipping *with)
{
    hg_stream *stream = hg_stream_of(streams, flow, from_server);
    const uint8_t bit = (uint8_t)(1 << from_server);
    const int is_new = stream->held == 0 || (*with->waits & bit) != 0 ||
                       (int32_t)(stream->next - bytes->length - with->begin) >= 0; /* only bytes after them were held */
    uint32_t found = 1;
    *with->waits &= (uint8_t)~bit;
    join_packets(streams, flow, from_server, bytes, with);
    while (is_new && bytes->length > 0 && found > 0) {
        found = from_server ? of_server(bytes->data, bytes->length, with->seen, &with->end)
                            : of_client(bytes->data, bytes->length, with->seen, &with->end);
        if (found >= REFUSED)
            break;
        with->is_proxied |= found > 0 && hg_proxy_read(bytes->data, found, with->proxied);
        with->is_tds |= from_server && (*with->seen & SENT_TDS) != 0 && read_tds(bytes->data, found, with->tds);
        *bytes = hg_stream_begin_again(stream, bytes, found);
        if (found > 0)
            join_packets(streams, flow, from_server, bytes, with);
    }
    if (found == HG_GOES_ON)
        hg_streams_keep_all(streams, flow, from_server, bytes);
    for (int side = 0; found == REFUSED && side < 2; side++)
        hg_streams_stop(streams, flow, side);
    bytes->length = found >= REFUSED ? 0 : with->end < bytes->length ? with->end : bytes->length;
    *with->waits |= bytes->length == 0 && is_new ? bit : 0;
    return is_new;
}
