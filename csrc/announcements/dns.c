/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dns.c - DNS messages: services that devices call, and host names in LLMNR (RFC 4795).
 */
#include "announcements/dns.h"

#include "announcements/match.h"
#include "announcements/readers.h"

enum { MOST_LABEL = 63, POINTS = 0xC0, MOST_JUMPS = 16 };
enum { ANSWERS_AT = 6, ADDITIONALS_AT = 10 };
enum { RECORD_FIXED = 10 };

/* A pointer must lead to an offset before the labels that were just read, so that every name ends. */
uint32_t hg_dns_read_name(const hg_span *message, uint32_t at, hg_dns_name *out)
{
    uint32_t end = 0, begin = at, used = 1;
    out->count = 0;
    for (uint32_t jumps = 0; at < message->length;) {
        const uint32_t length = message->data[at];
        if (length == 0)
            return end != 0 ? end : at + 1;
        if ((length & POINTS) == POINTS) {
            if (at + 2 > message->length || jumps++ == MOST_JUMPS)
                return 0;
            end = end != 0 ? end : at + 2;
            at = hg_be16(message->data + at) & 0x3FFFu;
            if (at >= begin)
                return 0;
            begin = at;
            continue;
        }
        used += length + 1;
        if (length > MOST_LABEL || length > message->length - at - 1 || used > HG_DNS_MOST_NAME ||
            out->count == HG_DNS_MOST_LABELS)
            return 0;
        out->labels[out->count++] = (hg_dns_label){.at = (uint16_t)(at + 1), .length = (uint8_t)length};
        at += 1 + length;
    }
    return 0;
}

uint32_t hg_dns_skip_name(const hg_span *message, uint32_t at)
{
    while (at < message->length) {
        const uint32_t length = message->data[at];
        if (length == 0)
            return at + 1;
        if ((length & POINTS) == POINTS)
            return message->length - at < 2 ? 0 : at + 2;
        if (length > MOST_LABEL)
            return 0;
        at += 1 + length;
    }
    return 0;
}

uint32_t hg_dns_first_record(const hg_span *message)
{
    uint32_t at = HG_DNS_HEADER;
    for (uint32_t left = hg_be16(message->data + HG_DNS_QUESTIONS_AT); left > 0; left--) {
        at = hg_dns_skip_name(message, at);
        if (at == 0 || message->length - at < HG_DNS_QUESTION_FIXED)
            return 0;
        at += HG_DNS_QUESTION_FIXED;
    }
    return at;
}

uint32_t hg_dns_read_record(const hg_span *message, uint32_t at, hg_dns_record *out)
{
    out->owner = at;
    at = hg_dns_skip_name(message, at);
    if (at == 0 || message->length - at < RECORD_FIXED)
        return 0;
    const uint8_t *fixed = message->data + at;
    out->type = hg_be16(fixed);
    out->class_bits = hg_be16(fixed + 2);
    out->ttl = hg_be32(fixed + 4);
    out->length = hg_be16(fixed + 8);
    out->data = at + RECORD_FIXED;
    return out->length > message->length - out->data ? 0 : out->data + out->length;
}

uint32_t hg_dns_record_count(const hg_span *message)
{
    return (uint32_t)hg_be16(message->data + ANSWERS_AT) + hg_be16(message->data + HG_DNS_AUTHORITIES_AT) +
           hg_be16(message->data + ADDITIONALS_AT);
}

/* ---- called services ------------------------------------------------------------------------- */

enum { PORT = 53, CLASS_AT = 2 };

/* Writes a name as text and returns its length. 0: a label contains a dot, so the text would be another name. */
static uint32_t put_name(const hg_span *message, const hg_dns_name *name, char *out)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < name->count; i++) {
        const uint8_t *label = message->data + name->labels[i].at;
        if (memchr(label, '.', name->labels[i].length) != NULL)
            return 0;
        if (i > 0)
            out[used++] = '.';
        memcpy(out + used, label, name->labels[i].length);
        used += name->labels[i].length;
    }
    return used;
}

hg_datagram_event hg_read_called_services(const hg_datagram_in *in, uint32_t most, const hg_reader_output *to)
{
    const hg_span message = hg_span_of(in->data, in->length);
    hg_dns_name name;
    hg_announcing list;
    char text[HG_DNS_MOST_NAME];
    int begun = 0;
    const uint32_t count = hg_be16(in->data + HG_DNS_QUESTIONS_AT);
    for (uint32_t i = 0, at = HG_DNS_HEADER; i < count && i < most; i++, at += HG_DNS_QUESTION_FIXED) {
        at = hg_dns_read_name(&message, at, &name);
        if (at == 0 || in->length - at < HG_DNS_QUESTION_FIXED) {
            to->stats->dns_malformed++;
            break;
        }
        if ((hg_be16(in->data + at + CLASS_AT) & HG_DNS_CLASS) != HG_DNS_INTERNET)
            continue;
        const hg_span pattern = hg_called_service_pattern(to->database, text, put_name(&message, &name, text));
        if (pattern.length == 0)
            continue;
        if (!begun)
            hg_announce_begin(&list, 0, to);
        begun = 1;
        hg_announce(&list, HG_SAYS_CALLS, pattern.data, pattern.length);
    }
    if (!begun)
        return HG_DATAGRAM_NOTHING;
    hg_announce_end(&list, to);
    return HG_DATAGRAM_QUESTION;
}

hg_datagram_event hg_read_dns(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    (void)config;
    if (in->packet->destination_port != PORT)
        return HG_DATAGRAM_NOTHING;
    if (in->length < HG_DNS_HEADER)
        return hg_malformed(&to->stats->dns_malformed);
    return (in->data[HG_DNS_FLAGS_AT] & (HG_DNS_IS_ANSWER | HG_DNS_OPCODE)) != 0 ? HG_DATAGRAM_NOTHING
                                                                                 : hg_read_called_services(in, 1, to);
}

/* ---- LLMNR ----------------------------------------------------------------------------------- */

/* A host requests all records of its own name to learn whether another host has it (4.1), and answers only for its own
 * name. Questions for names of other hosts are not kept. */
enum { LLMNR_PORT = 5355, CODE_AT = 3, CONFLICT = 0x04, CODE = 0x0F, TYPE_ANY = 255, MOST_RECORDS = 16 };

/* Reads the name in a question for records of all types: the sender's own name. 0: it is another question, or the
 * message is malformed. */
static int read_own_question(const hg_span *message, hg_dns_name *out, int *is_malformed)
{
    const uint32_t at =
        hg_be16(message->data + HG_DNS_QUESTIONS_AT) == 1 ? hg_dns_read_name(message, HG_DNS_HEADER, out) : 0;
    *is_malformed = at == 0 || message->length - at < HG_DNS_QUESTION_FIXED;
    return !*is_malformed && hg_be16(message->data + at) == TYPE_ANY &&
           hg_be16(message->data + at + 2) == HG_DNS_INTERNET;
}

static int is_source(const hg_packet *packet, const hg_span *message, const hg_dns_record *record)
{
    uint8_t source[16];
    memcpy(source, packet->source.word, sizeof source);
    return record->class_bits == HG_DNS_INTERNET && record->type == (packet->version == 4 ? HG_DNS_A : HG_DNS_AAAA) &&
           record->length == (packet->version == 4 ? 4 : 16) &&
           memcmp(message->data + record->data, source, record->length) == 0;
}

/* Reads the name that has the sender's address. 0: there is none, or the message is malformed. */
static int read_answer(const hg_packet *packet, const hg_span *message, hg_dns_name *out, int *is_malformed)
{
    hg_dns_record record;
    uint32_t at = hg_dns_first_record(message), left = hg_dns_record_count(message);
    *is_malformed = at == 0;
    for (left = left < MOST_RECORDS ? left : MOST_RECORDS; at != 0 && left > 0; left--) {
        at = hg_dns_read_record(message, at, &record);
        *is_malformed =
            at == 0 || (is_source(packet, message, &record) && hg_dns_read_name(message, record.owner, out) == 0);
        if (!*is_malformed && is_source(packet, message, &record))
            return 1;
    }
    return 0;
}

hg_datagram_event hg_read_llmnr(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const hg_span message = hg_span_of(in->data, in->length);
    hg_dns_name name;
    hg_announcing list;
    int is_malformed = in->length < HG_DNS_HEADER, is_own = 0;
    const uint8_t flags =
        is_malformed ? HG_DNS_OPCODE : in->data[HG_DNS_FLAGS_AT] & (HG_DNS_IS_ANSWER | HG_DNS_OPCODE | CONFLICT);
    if (flags == HG_DNS_IS_ANSWER && in->packet->source_port == LLMNR_PORT && (in->data[CODE_AT] & CODE) == 0)
        is_own = read_answer(in->packet, &message, &name, &is_malformed);
    else if (flags == 0 && in->packet->destination_port == LLMNR_PORT)
        is_own = read_own_question(&message, &name, &is_malformed);
    to->stats->dns_malformed += (uint64_t)is_malformed;
    if (!is_own || name.count != 1)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    hg_announce(&list, HG_SAYS_NAME, in->data + name.labels[0].at, name.labels[0].length);
    return hg_announce_any(&list, to, flags == HG_DNS_IS_ANSWER ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT);
}
