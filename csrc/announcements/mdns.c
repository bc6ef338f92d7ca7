/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * mdns.c - announcements of hosts by multicast DNS.
 *
 *     read_records ─▶ bind_all: own, of others, or not known ─▶ announce_all
 *
 * Reflectors and sleep proxies send the answers of other hosts, with the addresses of these hosts. So a name's records
 * are left out if the message gives the name another address than the sender's. Of queries, only the questions are read
 * (hg_read_called_services), because their records describe other hosts. Which names they ask for is kept for some
 * seconds, to tell answers from announcements.
 */
#include "announcements/readers.h"

#include "announcements/dns.h"

enum { PORT = 5353, SRV_FIXED = 6 };
enum { MOST_RECORDS = 256, MOST_STRINGS = 64, MOST_QUESTIONS = 16 };
#define HASH_BEGIN UINT64_C(0xCBF29CE484222325)

/* Whether a record belongs to the sender. */
typedef enum binding { NOT_KNOWN, OWN, OF_OTHERS } binding;

/* A record, and the name that it describes: its owner, or the name that a PTR points to. */
typedef struct record {
    uint64_t name;     /* hash of that name */
    uint64_t instance; /* hash of its first label */
    uint64_t host;     /* SRV: hash of the host that it points to */
    uint32_t name_at;  /* offset of the name */
    uint32_t data;     /* offset of the record's data */
    uint16_t length;   /* length of the data */
    uint16_t type;
    binding binding;
} record;

typedef struct mdns_message {
    hg_span bytes;
    const hg_datagram_in *in;
    const hg_packet *packet;
    record records[MOST_RECORDS];
    uint32_t count;
    uint8_t is_malformed;
    uint8_t is_cut; /* 1: there were more than MOST_RECORDS records */
} mdns_message;

/* ---- records ------------------------------------------------------------------------------ */

/* Hashes a text in lower case and its length (FNV-1a). A sender that constructs a collision harms only its own
 * records. */
static uint64_t hash_text(uint64_t hash, const uint8_t *text, uint32_t length)
{
    const uint64_t prime = UINT64_C(0x100000001B3);
    hash = (hash ^ length) * prime;
    for (uint32_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)hg_lower(text[i])) * prime;
    return hash;
}

static uint64_t hash_labels(const hg_span *message, const hg_dns_name *name, uint32_t count)
{
    uint64_t hash = HASH_BEGIN;
    for (uint32_t i = 0; i < count; i++)
        hash = hash_text(hash, message->data + name->labels[i].at, name->labels[i].length);
    return hash;
}

static int is_useful(const hg_dns_record *record)
{
    if ((record->class_bits & HG_DNS_CLASS) != HG_DNS_INTERNET)
        return 0;
    switch (record->type) {
    case HG_DNS_A:
        return record->length == 4;
    case HG_DNS_AAAA:
        return record->length == 16;
    case HG_DNS_SRV:
        return record->length > SRV_FIXED;
    case HG_DNS_PTR:
    case HG_DNS_TXT:
    case HG_DNS_HINFO:
        return 1;
    default:
        return 0;
    }
}

/* Whether a record takes back what its name announced. Telephones of Xiaomi announce this service with a TTL of 0. */
static int is_goodbye(const mdns_message *message, const hg_dns_name *name, uint32_t ttl)
{
    for (uint32_t i = 0; i < name->count && ttl == 0; i++)
        if (hg_span_is(hg_span_of(message->bytes.data + name->labels[i].at, name->labels[i].length), "_mi-connect"))
            return 0;
    return ttl == 0;
}

static void take_record(mdns_message *message, const hg_dns_record *found)
{
    hg_dns_name name;
    record *made = message->records + message->count;
    *made = (record){.name_at = found->type == HG_DNS_PTR ? found->data : found->owner,
                     .data = found->data,
                     .length = found->length,
                     .type = found->type};
    if (hg_dns_read_name(&message->bytes, made->name_at, &name) == 0) {
        message->is_malformed = 1;
        return;
    }
    if (is_goodbye(message, &name, found->ttl))
        return;
    made->name = hash_labels(&message->bytes, &name, name.count);
    made->instance = hash_labels(&message->bytes, &name, name.count < 1 ? name.count : 1);
    if (found->type == HG_DNS_SRV && hg_dns_read_name(&message->bytes, found->data + SRV_FIXED, &name) == 0) {
        message->is_malformed = 1;
        return;
    }
    made->host = hash_labels(&message->bytes, &name, name.count);
    message->count++;
}

static void read_records(mdns_message *message)
{
    hg_dns_record found;
    uint32_t at = hg_dns_first_record(&message->bytes);
    message->is_malformed = at == 0;
    for (uint32_t left = hg_dns_record_count(&message->bytes); at != 0 && left > 0; left--) {
        at = hg_dns_read_record(&message->bytes, at, &found);
        if (at == 0)
            message->is_malformed = 1;
        else if (message->count == MOST_RECORDS) {
            message->is_cut = 1;
            return;
        } else if (is_useful(&found))
            take_record(message, &found);
    }
}

/* ---- the host of a record ------------------------------------------------------------------- */

static int is_link_local(const uint8_t *address)
{
    return address[0] == 0xFE && (address[1] & 0xC0) == 0x80;
}

/* Whether an address record belongs to the sender. An address of another family or scope than the sender's shows
 * nothing. */
static binding bind_address(const mdns_message *message, const record *one)
{
    uint8_t source[16];
    const uint8_t *address = message->bytes.data + one->data;
    memcpy(source, message->packet->source.word, sizeof source);
    if (message->packet->version != (one->type == HG_DNS_A ? 4 : 6))
        return NOT_KNOWN;
    if (memcmp(source, address, one->length) == 0)
        return OWN;
    return one->type == HG_DNS_AAAA && is_link_local(source) != is_link_local(address) ? NOT_KNOWN : OF_OTHERS;
}

static int is_address(const record *one)
{
    return one->type == HG_DNS_A || one->type == HG_DNS_AAAA;
}

/* Whether the address records of a host are the sender's. With `any`: whether any address record is. */
static binding bind_host(const mdns_message *message, uint64_t host, int any)
{
    binding found = NOT_KNOWN;
    for (uint32_t i = 0; i < message->count && found != OWN; i++) {
        const record *one = message->records + i;
        if (!is_address(one) || (one->name != host && !any))
            continue;
        const binding by_this = bind_address(message, one);
        found = by_this != NOT_KNOWN ? by_this : found;
    }
    return found;
}

/* Whether an instance belongs to the sender, by its SRV record. Without one, as for `_device-info`, the SRV record of
 * another service with the same instance name decides. */
static binding bind_instance(const mdns_message *message, const record *one)
{
    binding found = NOT_KNOWN;
    for (uint32_t i = 0; i < message->count; i++) {
        const record *service = message->records + i;
        if (service->type != HG_DNS_SRV)
            continue;
        if (service->name == one->name)
            return service->binding;
        if (service->instance == one->instance && service->binding != NOT_KNOWN)
            found = service->binding;
    }
    return found;
}

static void bind_all(mdns_message *message)
{
    const int of_others = bind_host(message, 0, 1) == OF_OTHERS;
    for (uint32_t i = 0; i < message->count; i++) {
        record *one = message->records + i;
        if (of_others)
            one->binding = OF_OTHERS;
        else if (one->type == HG_DNS_SRV)
            one->binding = bind_host(message, one->host, 0);
        else if (is_address(one) || one->type == HG_DNS_HINFO)
            one->binding = bind_host(message, one->name, 0);
    }
    for (uint32_t i = 0; !of_others && i < message->count; i++)
        if (message->records[i].type == HG_DNS_PTR || message->records[i].type == HG_DNS_TXT)
            message->records[i].binding = bind_instance(message, message->records + i);
}

/* ---- names ---------------------------------------------------------------------------------- */

static int is_label(const mdns_message *message, const hg_dns_label *label, const char *word)
{
    return hg_is_like(message->bytes.data + label->at, label->length, word);
}

static int ends_local(const mdns_message *message, const hg_dns_name *name)
{
    return name->count >= 2 && is_label(message, name->labels + name->count - 1, "local");
}

/* Finds the label with which the service begins, such as `_http` in "Name._http._tcp.local". 0: there is no service. */
static int find_service(const mdns_message *message, const hg_dns_name *name, uint32_t *at)
{
    if (name->count < 3 || !ends_local(message, name))
        return 0;
    *at = name->count - 3;
    const hg_dns_label *service = name->labels + *at;
    return message->bytes.data[service->at] == '_' && !is_label(message, service, "_dns-sd") &&
           (is_label(message, service + 1, "_tcp") || is_label(message, service + 1, "_udp"));
}

/* Whether the name is "Printer @ Computer": a printer of another host that a computer offers. */
static int is_shared(const mdns_message *message, const hg_dns_name *name, uint32_t service)
{
    static const char *const PRINTERS[] = {"_ipp", "_ipps", "_printer", "_pdl-datastream", "_scanner", "_uscan"};
    const hg_dns_label *instance = name->labels;
    int prints = 0, has_at = 0;
    for (uint32_t i = 0; i < sizeof PRINTERS / sizeof *PRINTERS; i++)
        prints |= is_label(message, name->labels + service, PRINTERS[i]);
    for (uint32_t i = 0; prints && service > 0 && i + 3 <= instance->length; i++)
        has_at |= memcmp(message->bytes.data + instance->at + i, " @ ", 3) == 0;
    return has_at;
}

/* ---- names that others ask for ----------------------------------------------------------------- */

#define ANSWER_NS (10 * INT64_C(1000000000)) /* askers wait less */

static uint64_t hash_of_sender(const mdns_message *message)
{
    return hash_text(HASH_BEGIN, (const uint8_t *)message->packet->source.word, sizeof message->packet->source.word);
}

static struct hg_asked_name *place_of(const mdns_message *message, uint64_t name)
{
    return message->in->asked->at + hg_hash_fold(name) % HG_ASKED_NAMES;
}

/* Notes the names of hosts in questions for addresses, but not of a host that makes sure that nobody has its name: it
 * adds its records as authorities (RFC 6762, 8.1). */
static void note_questions(const mdns_message *message)
{
    enum { TYPE_ANY = 255 };
    hg_dns_name name;
    const uint8_t *data = message->bytes.data;
    const uint32_t count = hg_be16(data + HG_DNS_AUTHORITIES_AT) == 0 ? hg_be16(data + HG_DNS_QUESTIONS_AT) : 0;
    for (uint32_t i = 0, at = HG_DNS_HEADER; i < count && i < MOST_QUESTIONS; i++, at += HG_DNS_QUESTION_FIXED) {
        at = hg_dns_read_name(&message->bytes, at, &name);
        if (at == 0 || message->bytes.length - at < HG_DNS_QUESTION_FIXED)
            return;
        const uint16_t type = hg_be16(data + at);
        if (ends_local(message, &name) && (type == HG_DNS_A || type == HG_DNS_AAAA || type == TYPE_ANY)) {
            const uint64_t hash = hash_labels(&message->bytes, &name, name.count);
            *place_of(message, hash) =
                (struct hg_asked_name){hash, hash_of_sender(message), message->in->frame->time_ns};
        }
    }
}

static int was_asked(const mdns_message *message, const record *one)
{
    const struct hg_asked_name *asked = place_of(message, one->name);
    const int64_t now_ns = message->in->frame->time_ns;
    return asked->name == one->name && asked->asker != hash_of_sender(message) && asked->time_ns <= now_ns &&
           hg_elapsed_ns(asked->time_ns, now_ns) <= ANSWER_NS;
}

/* ---- announcements ---------------------------------------------------------------------------- */

/* The records are announced in several turns, the most useful texts first, because there may be no room for all. */
typedef enum turn { SERVICES, PUBLIC_KEYS, INSTANCES, OTHER_KEYS, TURNS } turn;

typedef struct record_context {
    const mdns_message *message;
    hg_announcing *to;
    hg_dns_name name; /* of the record */
    uint32_t service; /* the label with which the service begins in the name */
} record_context;

static void put_labels(const record_context *context, const hg_dns_name *name, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++)
        HG_ANNOUNCE_MORE(context->to, i > from ? "." : "",
                         hg_span_of(context->message->bytes.data + name->labels[i].at, name->labels[i].length));
}

static void put_lower(hg_announcing *to, const uint8_t *text, uint32_t length)
{
    uint8_t room[HG_MOST_ANNOUNCED_TEXT];
    length = length < sizeof room ? length : (uint32_t)sizeof room;
    for (uint32_t i = 0; i < length; i++)
        room[i] = (uint8_t)hg_lower(text[i]);
    hg_announce_piece(to, room, length);
}

/* Opens a record that begins with the service. */
static void open_service(const record_context *context)
{
    const hg_dns_label *label = context->name.labels + context->service;
    hg_announce_open(context->to, HG_SAYS_MDNS);
    put_lower(context->to, context->message->bytes.data + label->at, label->length);
    hg_announce_word(context->to, ".");
    put_lower(context->to, context->message->bytes.data + label[1].at, label[1].length);
}

static void announce_instance(const record_context *context)
{
    const hg_dns_label *service = context->name.labels + context->service;
    if (context->service == 0 || is_label(context->message, service - 1, "_sub")) /* not an instance's name */
        return;
    open_service(context);
    hg_announce_word(context->to, " name=");
    put_labels(context, &context->name, 0, context->service);
    hg_announce_close(context->to);
}

static void announce_host(const record_context *context, const hg_dns_name *name, uint8_t kind)
{
    if (!ends_local(context->message, name))
        return;
    hg_announce_open(context->to, kind);
    put_labels(context, name, 0, name->count - 1);
    hg_announce_close(context->to);
}

/* Announces a HINFO record: two strings, processor and system. */
static void announce_system(const record_context *context, const record *one)
{
    const uint8_t *data = context->message->bytes.data + one->data;
    if (one->length < 2 || data[0] + 2 > one->length || data[data[0] + 1] + data[0] + 2 > one->length)
        return;
    HG_ANNOUNCE_PIECES(context->to, HG_SAYS_MDNS, "hinfo ", hg_span_of(data + 1, data[0]), " ",
                       hg_span_of(data + data[0] + 2, data[data[0] + 1]));
}

/* ---- TXT -------------------------------------------------------------------------------------- */

typedef struct pair {
    const uint8_t *text;
    uint64_t hash; /* of the key */
    uint32_t length;
    uint32_t key; /* length of the key, which is the whole text if there is no value */
} pair;

/* Reads the pairs of a TXT record, and of pairs with the same key only the first. Returns their number. */
static uint32_t read_pairs(const uint8_t *data, uint32_t length, pair *pairs)
{
    uint32_t count = 0;
    for (uint32_t at = 0, strings = 0; strings < MOST_STRINGS && at < length && data[at] < length - at;
         at += 1u + data[at], strings++) {
        pair *one = pairs + count;
        *one = (pair){.text = data + at + 1, .length = data[at]};
        while (one->key < one->length && one->text[one->key] != '=')
            one->key++;
        one->hash = hash_text(HASH_BEGIN, one->text, one->key);
        uint32_t known = 0;
        while (pairs[known].hash != one->hash)
            known++;
        count += known == count && one->key > 0;
    }
    return count;
}

static void announce_pairs(const record_context *context, const record *one, int public_ones)
{
    pair pairs[MOST_STRINGS];
    const uint32_t count = read_pairs(context->message->bytes.data + one->data, one->length, pairs);
    for (const pair *found = pairs; found < pairs + count; found++) {
        if (hg_mdns_key_is_public(found->text, found->key) != public_ones)
            continue;
        open_service(context);
        hg_announce_word(context->to, " ");
        put_lower(context->to, found->text, found->key);
        hg_announce_piece(context->to, found->text + found->key, found->length - found->key);
        hg_announce_close(context->to);
    }
}

/* ---- the whole message ------------------------------------------------------------------------ */

static void announce_service(record_context *context, const record *one, turn now)
{
    hg_dns_name host;
    if (!find_service(context->message, &context->name, &context->service) ||
        is_shared(context->message, &context->name, context->service))
        return;
    if (now == SERVICES) {
        open_service(context);
        hg_announce_close(context->to);
        if (one->type == HG_DNS_SRV && hg_dns_read_name(&context->message->bytes, one->data + SRV_FIXED, &host) != 0)
            announce_host(context, &host, HG_SAYS_NAME);
    } else if (now == INSTANCES) {
        announce_instance(context);
    } else if (one->type == HG_DNS_TXT) {
        announce_pairs(context, one, now == PUBLIC_KEYS);
    }
}

static void announce_record(record_context *context, const record *one, turn now)
{
    if (one->binding == OF_OTHERS || hg_dns_read_name(&context->message->bytes, one->name_at, &context->name) == 0)
        return;
    if (one->type == HG_DNS_PTR || one->type == HG_DNS_SRV || one->type == HG_DNS_TXT)
        announce_service(context, one, now);
    else if (now == SERVICES && one->type == HG_DNS_HINFO)
        announce_system(context, one);
    else if (now == SERVICES) {
        announce_host(context, &context->name, HG_SAYS_NAME);
        if (one->binding == OWN && was_asked(context->message, one))
            announce_host(context, &context->name, HG_ANSWERED_NAME);
    }
}

static void announce_all(const mdns_message *message, hg_announcing *to)
{
    record_context context = {.message = message, .to = to};
    for (int now = SERVICES; now < TURNS; now++)
        for (uint32_t i = 0; i < message->count && !(to->is_cut && to->count == HG_MOST_RECORDS); i++)
            announce_record(&context, message->records + i, (turn)now);
}

hg_datagram_event hg_read_mdns(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    mdns_message message = {.bytes = hg_span_of(in->data, in->length), .in = in, .packet = in->packet};
    hg_announcing list;
    if (in->length < HG_DNS_HEADER)
        return hg_malformed(&to->stats->mdns_malformed);
    const uint8_t flags = in->data[HG_DNS_FLAGS_AT] & (HG_DNS_IS_ANSWER | HG_DNS_OPCODE);
    if (flags == 0 && in->packet->destination_port == PORT)
        note_questions(&message);
    if (in->packet->source_port != PORT ||
        (flags != HG_DNS_IS_ANSWER && (flags != 0 || (config->protocols >> HG_PROTOCOL_DNS & 1) == 0)))
        return HG_DATAGRAM_NOTHING;
    if (flags == 0)
        return hg_read_called_services(in, MOST_QUESTIONS, to);
    read_records(&message);
    bind_all(&message);
    hg_announce_begin(&list, config->host_names, to);
    list.is_cut = message.is_cut;
    announce_all(&message, &list);
    to->stats->mdns_malformed += message.is_malformed;
    return hg_announce_any(&list, to, HG_DATAGRAM_CLIENT);
}
