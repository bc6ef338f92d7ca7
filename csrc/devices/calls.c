/* SPDX-License-Identifier: MIT OR Apache-2.0 */

#include "devices/calls.h"

#include "base/ascii.h"
#include "devices/dns.h"
#include "devices/match.h"
#include "devices/readers.h"

enum { PORT = 53, FLAGS_AT = 2, IS_ANSWER = 0x80, OPCODE = 0x78, QUESTIONS_AT = 4 };
enum { QUESTION_FIXED = 4, CLASS_AT = 2, CLASS_INTERNET = 1, CLASS_BITS = 0x7FFF };

/* The text of a name; 0: a label holds a dot, so that it is another name than its text. */
static uint32_t put_name(const hg_dns *of, const hg_dns_name *name, char *out)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < name->count; i++) {
        const uint8_t *label = of->data + name->labels[i].at;
        if (memchr(label, '.', name->labels[i].length) != NULL)
            return 0;
        if (i > 0)
            out[used++] = '.';
        memcpy(out + used, label, name->labels[i].length);
        used += name->labels[i].length;
    }
    return used;
}

static int may_fit(const hg_database *database, const hg_dns *of, const hg_dns_name *name)
{
    char end[HG_DNS_MOST_NAME];
    uint32_t used = 0;
    for (uint32_t i = name->count > 2 ? name->count - 2 : 0; i < name->count; i++) {
        const uint8_t *label = of->data + name->labels[i].at;
        if (used > 0)
            end[used++] = '.';
        for (uint32_t j = 0; j < name->labels[i].length; j++)
            end[used++] = (char)hg_lower(label[j]);
    }
    return hg_call_ends_like_pattern(database, end, used);
}

hg_datagram_event hg_calls_read(const hg_datagram_in *in, uint32_t most, const hg_reader_output *to)
{
    const hg_dns of = {in->data, in->length};
    hg_dns_name name;
    hg_announcing list;
    char text[HG_DNS_MOST_NAME];
    int begun = 0;
    const uint32_t count = hg_be16(in->data + QUESTIONS_AT);
    for (uint32_t i = 0, at = HG_DNS_HEADER; i < count && i < most; i++, at += QUESTION_FIXED) {
        at = hg_dns_read_name(&of, at, &name);
        if (at == 0 || in->length - at < QUESTION_FIXED) {
            to->stats->dns_malformed++;
            break;
        }
        if ((hg_be16(in->data + at + CLASS_AT) & CLASS_BITS) != CLASS_INTERNET || !may_fit(to->database, &of, &name))
            continue;
        const hg_span pattern = hg_call_pattern(to->database, text, put_name(&of, &name, text));
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

static hg_datagram_event read_question(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    (void)config;
    if (in->packet->destination_port != PORT)
        return HG_DATAGRAM_NOTHING;
    if (in->length < HG_DNS_HEADER)
        return hg_malformed(&to->stats->dns_malformed);
    return (in->data[FLAGS_AT] & (IS_ANSWER | OPCODE)) != 0 ? HG_DATAGRAM_NOTHING : hg_calls_read(in, 1, to);
}

const hg_datagram_reader hg_dns_reader = {
    HG_READS_DEVICES(DNS),
    .proof = HG_PROOF_NEAR,
    .ports = {PORT},
    .read = read_question,
};
