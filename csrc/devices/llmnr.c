/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * llmnr.c - the names that hosts have by LLMNR (RFC 4795).
 *
 * A host asks for all records of its own name to learn whether another one has it (4.1), and answers for no other name.
 * Questions for the names of other hosts are not kept.
 */
#include "devices/readers.h"

#include "base/bytes.h"
#include "devices/announcing.h"
#include "devices/dns.h"

enum { PORT = 5355, FLAGS_AT = 2, CODE_AT = 3, QUESTIONS_AT = 4 };
enum { IS_ANSWER = 0x80, OPCODE = 0x78, CONFLICT = 0x04, CODE = 0x0F };
enum { QUESTION_FIXED = 4, CLASS_INTERNET = 1, TYPE_ANY = 255, MOST_RECORDS = 16 };

/* The name that the sender asks all records of; 0: it asks for another host, or the message is malformed. */
static int read_question(const hg_dns *of, hg_dns_name *out, int *is_malformed)
{
    const uint32_t at = hg_be16(of->data + QUESTIONS_AT) == 1 ? hg_dns_read_name(of, HG_DNS_HEADER, out) : 0;
    *is_malformed = at == 0 || of->length - at < QUESTION_FIXED;
    return !*is_malformed && hg_be16(of->data + at) == TYPE_ANY && hg_be16(of->data + at + 2) == CLASS_INTERNET;
}

static int is_source(const hg_packet *packet, const hg_dns *of, const hg_dns_record *record)
{
    uint8_t source[16];
    memcpy(source, packet->source.word, sizeof source);
    return record->class_bits == CLASS_INTERNET && record->type == (packet->version == 4 ? HG_DNS_A : HG_DNS_AAAA) &&
           record->length == (packet->version == 4 ? 4 : 16) && memcmp(of->data + record->data, source, record->length) == 0;
}

/* The name that has the sender's address; 0: none has, or the message is malformed. */
static int read_answer(const hg_packet *packet, const hg_dns *of, hg_dns_name *out, int *is_malformed)
{
    hg_dns_record record;
    uint32_t at = hg_dns_first_record(of), left = hg_dns_records(of);
    *is_malformed = at == 0;
    for (left = left < MOST_RECORDS ? left : MOST_RECORDS; at != 0 && left > 0; left--) {
        at = hg_dns_read_record(of, at, &record);
        *is_malformed = at == 0 || (is_source(packet, of, &record) && hg_dns_read_name(of, record.owner, out) == 0);
        if (!*is_malformed && is_source(packet, of, &record))
            return 1;
    }
    return 0;
}

static hg_datagram_event read_message(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const hg_dns of = {in->data, in->length};
    hg_dns_name name;
    hg_announcing list;
    int is_malformed = in->length < HG_DNS_HEADER, is_own = 0;
    const uint8_t flags = is_malformed ? OPCODE : in->data[FLAGS_AT] & (IS_ANSWER | OPCODE | CONFLICT);
    if (flags == IS_ANSWER && in->packet->source_port == PORT && (in->data[CODE_AT] & CODE) == 0)
        is_own = read_answer(in->packet, &of, &name, &is_malformed);
    else if (flags == 0 && in->packet->destination_port == PORT)
        is_own = read_question(&of, &name, &is_malformed);
    to->stats->dns_malformed += (uint64_t)is_malformed;
    if (!is_own || name.count != 1)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    hg_announce(&list, HG_SAYS_NAME, in->data + name.labels[0].at, name.labels[0].length);
    return hg_announce_any(&list, to, flags == IS_ANSWER ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT);
}

const hg_datagram_reader hg_llmnr_reader = {
    HG_READS_DEVICES(DNS),
    .proof = HG_PROOF_NEAR,
    .ports = {PORT},
    .read = read_message,
};
