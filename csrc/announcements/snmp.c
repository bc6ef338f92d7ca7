/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * snmp.c - SNMP answers in which devices describe their system (RFC 1157, RFC 3416, RFC 3418).
 *
 * In answers of versions 1 and 2c, sysDescr and sysObjectID are read. Each answer is an event, also without them,
 * because its community was sent in clear text. The community and other variables, such as name, contact and
 * location, are skipped. The whole answer is checked before any part of it is used. */
#include "announcements/readers.h"

#include "announcements/announcing.h"
#include "base/asn1.h"
#include "base/value.h"

enum { PORT = 161, VERSION_1 = 0, VERSION_2C = 1, MOST_INTEGER = 4 };

/* Tags of BER (X.690). */
enum {
    INTEGER = 0x02,
    BYTES = 0x04,
    OBJECT = 0x06,
    SEQUENCE = 0x30,
    RESPONSE = 0xA2,
    FIRST_PDU = 0xA0,
    LAST_PDU = 0xA8
};

typedef struct snmp_answer {
    hg_span description, object;
    uint8_t has_community; /* 1: it is an answer of version 1 or 2c */
} snmp_answer;

/* Lengths in SNMP may have more bytes than they need (RFC 3417, 8), so it is not DER. */

/* Reads a signed 32-bit integer. */
static int take_integer(hg_cursor *in, int32_t *value)
{
    hg_span content;
    if (!hg_asn1_take(in, 0, INTEGER, &content) || content.length == 0 || content.length > MOST_INTEGER)
        return 0;
    uint32_t bits = content.data[0] >= 0x80 ? UINT32_MAX : 0;
    for (uint32_t i = 0; i < content.length; i++)
        bits = bits << 8 | content.data[i];
    memcpy(value, &bits, sizeof bits);
    return 1;
}

/* Reads the next number of an object identifier; 0: it is malformed or has more than 32 bits. */
static int next_number(hg_cursor *in, uint32_t *number)
{
    enum { MORE = 0x80, VALUE = 0x7F };
    uint64_t value = 0;
    if (in->at == in->end || *in->at == MORE)
        return 0;
    while (in->at < in->end && value <= UINT32_MAX) {
        value = value << 7 | (*in->at & VALUE);
        if ((*in->at++ & MORE) == 0) {
            *number = (uint32_t)value;
            return value <= UINT32_MAX;
        }
    }
    return 0;
}

static int is_object(hg_span content)
{
    hg_cursor in = hg_cursor_of(content);
    uint32_t number;
    while (in.at < in.end)
        if (!next_number(&in, &number))
            return 0;
    return content.length > 0;
}

/* Reads a variable and its value. */
static int read_variable(hg_cursor *list, snmp_answer *found)
{
    static const uint8_t DESCRIPTION[] = {0x2B, 6, 1, 2, 1, 1, 1, 0}, ID[] = {0x2B, 6, 1, 2, 1, 1, 2, 0};
    hg_cursor in;
    hg_span name, value;
    uint8_t tag;
    if (!hg_asn1_enter(list, 0, SEQUENCE, &in) || !hg_asn1_take(&in, 0, OBJECT, &name) || !is_object(name) ||
        !hg_asn1_next(&in, 0, &tag, &value) || in.at != in.end || (tag == OBJECT && !is_object(value)))
        return 0;
    if (tag == BYTES && hg_span_equal(name, hg_span_of(DESCRIPTION, sizeof DESCRIPTION)))
        found->description = value;
    if (tag == OBJECT && hg_span_equal(name, hg_span_of(ID, sizeof ID)))
        found->object = value;
    return 1;
}

/* Reads an answer; other messages are skipped. 0: the message is malformed. */
static int read_answer(hg_cursor in, snmp_answer *found)
{
    hg_cursor message, pdu, list;
    hg_span content;
    int32_t version, id, error, index;
    if (!hg_asn1_enter(&in, 0, SEQUENCE, &message) || in.at != in.end || !take_integer(&message, &version))
        return 0;
    if (version != VERSION_1 && version != VERSION_2C)
        return 1;
    if (!hg_asn1_take(&message, 0, BYTES, &content) || message.at == message.end)
        return 0;
    if (*message.at >= FIRST_PDU && *message.at <= LAST_PDU && *message.at != RESPONSE)
        return 1;
    if (!hg_asn1_enter(&message, 0, RESPONSE, &pdu) || message.at != message.end || !take_integer(&pdu, &id) ||
        !take_integer(&pdu, &error) || !take_integer(&pdu, &index) || !hg_asn1_enter(&pdu, 0, SEQUENCE, &list) ||
        pdu.at != pdu.end)
        return 0;
    found->has_community = 1;
    while (error == 0 && list.at < list.end)
        if (!read_variable(&list, found))
            return 0;
    return 1;
}

static void announce_object(hg_announcing *to, hg_span object)
{
    enum { ARCS = 40, MOST_NUMBER = 11 /* with its dot */ };
    char text[HG_MOST_ANNOUNCED_TEXT + MOST_NUMBER + HG_RENDER_SLACK], *p = text;
    hg_cursor in = hg_cursor_of(object);
    uint32_t number;
    while (in.at < in.end && p <= text + HG_MOST_ANNOUNCED_TEXT && next_number(&in, &number)) {
        const int is_first = p == text;
        p = hg_put_word(p, is_first ? "1." : ".");
        p = hg_put_u32(p, is_first ? number - ARCS : number);
    }
    hg_announce(to, HG_SAYS_SNMP_OBJECT, (const uint8_t *)text, (uint32_t)(p - text));
}

hg_datagram_event hg_read_snmp(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    enum { ISO = 0x2B /* 1.3 */ };
    snmp_answer found = {0};
    hg_announcing list;
    if (in->packet->source_port != PORT)
        return HG_DATAGRAM_NOTHING;
    if (!read_answer((hg_cursor){in->data, in->data + in->length}, &found))
        return hg_malformed(&to->stats->snmp_malformed);
    if (!found.has_community)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    if (found.description.length > 0) { /* the same kind of text as in LLDP */
        hg_announce_open(&list, HG_SAYS_DESCRIPTION);
        hg_announce_unnamed(&list, found.description);
        hg_announce_close(&list);
    }
    if (found.object.length > 0 && found.object.data[0] == ISO)
        announce_object(&list, found.object);
    hg_announce_end(&list, to);
    return HG_DATAGRAM_SERVER;
}
