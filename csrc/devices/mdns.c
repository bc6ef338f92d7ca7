/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * mdns.c - announcements of hosts by multicast DNS.
 *
 *     read_records ─▶ bind: own, of others, or not known ─▶ say_all
 *
 * Reflectors and sleep proxies send the answers of other hosts, with their addresses: records of a name whose address
 * is not the sender's are left out. Of queries only the
 * questions are read (hg_calls_read), because their records are of other hosts.
 */
#include "devices/readers.h"

#include "base/ascii.h"
#include "devices/dns.h"

enum { PORT = 5353, SRV_FIXED = 6 };
enum { MOST_RECORDS = 256, MOST_STRINGS = 64, MOST_QUESTIONS = 16 };
#define HASH_BEGIN UINT64_C(0xCBF29CE484222325)

/* Whether a record belongs to the sender. */
typedef enum binding { NOT_KNOWN, OWN, OF_OTHERS } binding;

/* A record, and the name that it describes: its owner, or the name that a PTR points to. */
typedef struct record {
    uint64_t name;     /* hash of that name */
    uint64_t instance; /* hash of its first label */
    uint64_t host;     /* hash of the host that a SRV points to */
    uint32_t name_at;
    uint32_t data;
    uint16_t length;
    uint16_t type;
    binding binding;
} record;

typedef struct mdns_message {
    hg_span of;
    const hg_packet *packet;
    record records[MOST_RECORDS];
    uint32_t count;
    uint8_t is_malformed;
    uint8_t is_cut;
} mdns_message;

/* ---- records ------------------------------------------------------------------------------ */

/* FNV-1a of a text in lower case and its length. A sender that constructs a collision harms only its own record. */
static uint64_t hash_text(uint64_t hash, const uint8_t *text, uint32_t length)
{
    const uint64_t prime = UINT64_C(0x100000001B3);
    hash = (hash ^ length) * prime;
    for (uint32_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)hg_lower(text[i])) * prime;
    return hash;
}

static uint64_t hash_labels(const hg_span *of, const hg_dns_name *name, uint32_t count)
{
    uint64_t hash = HASH_BEGIN;
    for (uint32_t i = 0; i < count; i++)
        hash = hash_text(hash, of->data + name->labels[i].at, name->labels[i].length);
    return hash;
}

static int is_of_use(const hg_dns_record *record)
{
    if ((record->class_bits & HG_DNS_CLASS) != HG_DNS_INTERNET || record->ttl == 0)
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

static void take_record(mdns_message *of, const hg_dns_record *found)
{
    hg_dns_name name;
    record *made = of->records + of->count;
    *made = (record){.name_at = found->type == HG_DNS_PTR ? found->data : found->owner,
                     .data = found->data, .length = found->length, .type = found->type};
    if (hg_dns_read_name(&of->of, made->name_at, &name) == 0) {
        of->is_malformed = 1;
        return;
    }
    made->name = hash_labels(&of->of, &name, name.count);
    made->instance = hash_labels(&of->of, &name, name.count < 1 ? name.count : 1);
    if (found->type == HG_DNS_SRV && hg_dns_read_name(&of->of, found->data + SRV_FIXED, &name) == 0) {
        of->is_malformed = 1;
        return;
    }
    made->host = hash_labels(&of->of, &name, name.count);
    of->count++;
}

static void read_records(mdns_message *of)
{
    hg_dns_record found;
    uint32_t at = hg_dns_first_record(&of->of);
    of->is_malformed = at == 0;
    for (uint32_t left = hg_dns_records(&of->of); at != 0 && left > 0; left--) {
        at = hg_dns_read_record(&of->of, at, &found);
        if (at == 0)
            of->is_malformed = 1;
        else if (of->count == MOST_RECORDS) {
            of->is_cut = 1;
            return;
        } else if (is_of_use(&found))
            take_record(of, &found);
    }
}

/* ---- whose they are ------------------------------------------------------------------------- */

static int is_link_local(const uint8_t *address)
{
    return address[0] == 0xFE && (address[1] & 0xC0) == 0x80;
}

/* Decides by an address record, if its address family is the sender's. */
static binding bind_address(const mdns_message *of, const record *one)
{
    uint8_t source[16];
    const uint8_t *address = of->of.data + one->data;
    memcpy(source, of->packet->source.word, sizeof source);
    if (of->packet->version != (one->type == HG_DNS_A ? 4 : 6))
        return NOT_KNOWN;
    if (memcmp(source, address, one->length) == 0)
        return OWN;
    return one->type == HG_DNS_AAAA && is_link_local(source) != is_link_local(address) ? NOT_KNOWN : OF_OTHERS;
}

static int is_address(const record *one)
{
    return one->type == HG_DNS_A || one->type == HG_DNS_AAAA;
}

/* Decides by all addresses of a host; `any`: of all hosts. */
static binding bind_host(const mdns_message *of, uint64_t host, int any)
{
    binding found = NOT_KNOWN;
    for (uint32_t i = 0; i < of->count && found != OWN; i++) {
        const record *one = of->records + i;
        if (!is_address(one) || (one->name != host && !any))
            continue;
        const binding by_this = bind_address(of, one);
        found = by_this != NOT_KNOWN ? by_this : found;
    }
    return found;
}

/* Decides by the SRV of the instance, or of another service with the same name (a `_device-info` has no SRV). */
static binding bind_instance(const mdns_message *of, const record *one)
{
    binding found = NOT_KNOWN;
    for (uint32_t i = 0; i < of->count; i++) {
        const record *service = of->records + i;
        if (service->type != HG_DNS_SRV)
            continue;
        if (service->name == one->name)
            return service->binding;
        if (service->instance == one->instance && service->binding != NOT_KNOWN)
            found = service->binding;
    }
    return found;
}

static void bind_all(mdns_message *of)
{
    const int of_others = bind_host(of, 0, 1) == OF_OTHERS;
    for (uint32_t i = 0; i < of->count; i++) {
        record *one = of->records + i;
        if (of_others)
            one->binding = OF_OTHERS;
        else if (one->type == HG_DNS_SRV)
            one->binding = bind_host(of, one->host, 0);
        else if (is_address(one) || one->type == HG_DNS_HINFO)
            one->binding = bind_host(of, one->name, 0);
    }
    for (uint32_t i = 0; !of_others && i < of->count; i++)
        if (of->records[i].type == HG_DNS_PTR || of->records[i].type == HG_DNS_TXT)
            of->records[i].binding = bind_instance(of, of->records + i);
}

/* ---- names ---------------------------------------------------------------------------------- */

static int is_label(const mdns_message *of, const hg_dns_label *label, const char *word)
{
    return hg_is_like(of->of.data + label->at, label->length, word);
}

static int ends_local(const mdns_message *of, const hg_dns_name *name)
{
    return name->count >= 2 && is_label(of, name->labels + name->count - 1, "local");
}

/* Finds the label with which a service begins: `_http` in "Name._http._tcp.local"; 0: the name has no service. */
static int find_service(const mdns_message *of, const hg_dns_name *name, uint32_t *at)
{
    if (name->count < 3 || !ends_local(of, name))
        return 0;
    *at = name->count - 3;
    const hg_dns_label *service = name->labels + *at;
    return of->of.data[service->at] == '_' && !is_label(of, service, "_dns-sd") &&
           (is_label(of, service + 1, "_tcp") || is_label(of, service + 1, "_udp"));
}

/* Whether the name is "Printer @ Computer": a printer of another host that a computer offers. */
static int is_shared(const mdns_message *of, const hg_dns_name *name, uint32_t service)
{
    static const char *const PRINTERS[] = {"_ipp", "_ipps", "_printer", "_pdl-datastream", "_scanner", "_uscan"};
    const hg_dns_label *instance = name->labels;
    int prints = 0, has_at = 0;
    for (uint32_t i = 0; i < sizeof PRINTERS / sizeof *PRINTERS; i++)
        prints |= is_label(of, name->labels + service, PRINTERS[i]);
    for (uint32_t i = 0; prints && service > 0 && i + 3 <= instance->length; i++)
        has_at |= memcmp(of->of.data + instance->at + i, " @ ", 3) == 0;
    return has_at;
}

/* ---- announcements ---------------------------------------------------------------------------- */

/* The records are read in several turns, the most useful announcements first, because there may be no room for all. */
typedef enum turn { SERVICES, PUBLIC_KEYS, INSTANCES, OTHER_KEYS, TURNS } turn;

typedef struct record_context {
    const mdns_message *of;
    hg_announcing *to;
    hg_dns_name name; /* of the record */
    uint32_t service; /* the label with which the service begins in the name */
} record_context;

static void put_labels(const record_context *how, const hg_dns_name *name, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++) {
        if (i > from)
            hg_announce_word(how->to, ".");
        hg_announce_piece(how->to, how->of->of.data + name->labels[i].at, name->labels[i].length);
    }
}

static void put_lower(hg_announcing *to, const uint8_t *text, uint32_t length)
{
    uint8_t room[HG_MOST_SAID];
    length = length < sizeof room ? length : (uint32_t)sizeof room;
    for (uint32_t i = 0; i < length; i++)
        room[i] = (uint8_t)hg_lower(text[i]);
    hg_announce_piece(to, room, length);
}

/* Begins a text with the service. */
static void open_service(const record_context *how)
{
    const hg_dns_label *label = how->name.labels + how->service;
    hg_announce_open(how->to, HG_SAYS_MDNS);
    put_lower(how->to, how->of->of.data + label->at, label->length);
    hg_announce_word(how->to, ".");
    put_lower(how->to, how->of->of.data + label[1].at, label[1].length);
}

static void say_instance(const record_context *how)
{
    if (how->service == 0 || is_label(how->of, how->name.labels + how->service - 1, "_sub")) /* not an instance's name */
        return;
    open_service(how);
    hg_announce_word(how->to, " name=");
    put_labels(how, &how->name, 0, how->service);
    hg_announce_close(how->to);
}

static void say_host(const record_context *how, const hg_dns_name *name)
{
    if (!ends_local(how->of, name))
        return;
    hg_announce_open(how->to, HG_SAYS_NAME);
    put_labels(how, name, 0, name->count - 1);
    hg_announce_close(how->to);
}

/* Announces a HINFO record: two strings, processor and system. */
static void say_system(const record_context *how, const record *one)
{
    const uint8_t *data = how->of->of.data + one->data;
    if (one->length < 2 || data[0] + 2 > one->length || data[data[0] + 1] + data[0] + 2 > one->length)
        return;
    hg_announce_open(how->to, HG_SAYS_MDNS);
    hg_announce_word(how->to, "hinfo ");
    hg_announce_piece(how->to, data + 1, data[0]);
    hg_announce_word(how->to, " ");
    hg_announce_piece(how->to, data + data[0] + 2, data[data[0] + 1]);
    hg_announce_close(how->to);
}

/* ---- TXT -------------------------------------------------------------------------------------- */

typedef struct pair {
    const uint8_t *text;
    uint64_t hash; /* of the key */
    uint32_t length;
    uint32_t key; /* length of the key, which is the whole text if there is no value */
} pair;

/* Reads the pairs of a TXT record; of pairs with the same key only the first. Returns their number. */
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

static void say_pairs(const record_context *how, const record *one, int public_ones)
{
    pair pairs[MOST_STRINGS];
    const uint32_t count = read_pairs(how->of->of.data + one->data, one->length, pairs);
    for (const pair *found = pairs; found < pairs + count; found++) {
        if (hg_mdns_key_is_public(found->text, found->key) != public_ones)
            continue;
        open_service(how);
        hg_announce_word(how->to, " ");
        put_lower(how->to, found->text, found->key);
        hg_announce_piece(how->to, found->text + found->key, found->length - found->key);
        hg_announce_close(how->to);
    }
}

/* ---- all of it -------------------------------------------------------------------------------- */

static void say_service(record_context *how, const record *one, turn now)
{
    hg_dns_name host;
    if (!find_service(how->of, &how->name, &how->service) || is_shared(how->of, &how->name, how->service))
        return;
    if (now == SERVICES) {
        open_service(how);
        hg_announce_close(how->to);
        if (one->type == HG_DNS_SRV && hg_dns_read_name(&how->of->of, one->data + SRV_FIXED, &host) != 0)
            say_host(how, &host);
    } else if (now == INSTANCES) {
        say_instance(how);
    } else if (one->type == HG_DNS_TXT) {
        say_pairs(how, one, now == PUBLIC_KEYS);
    }
}

static void say_record(record_context *how, const record *one, turn now)
{
    if (one->binding == OF_OTHERS || hg_dns_read_name(&how->of->of, one->name_at, &how->name) == 0)
        return;
    if (one->type == HG_DNS_PTR || one->type == HG_DNS_SRV || one->type == HG_DNS_TXT)
        say_service(how, one, now);
    else if (now == SERVICES && one->type == HG_DNS_HINFO)
        say_system(how, one);
    else if (now == SERVICES)
        say_host(how, &how->name);
}

static void say_all(const mdns_message *of, hg_announcing *to)
{
    record_context how = {.of = of, .to = to};
    for (int now = SERVICES; now < TURNS; now++)
        for (uint32_t i = 0; i < of->count && !(to->is_cut && to->count == HG_MOST_RECORDS); i++)
            say_record(&how, of->records + i, (turn)now);
}

hg_datagram_event hg_read_mdns(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    mdns_message of = {.of = hg_span_of(in->data, in->length), .packet = in->packet};
    hg_announcing list;
    if (in->length < HG_DNS_HEADER)
        return hg_malformed(&to->stats->mdns_malformed);
    const uint8_t flags = in->data[HG_DNS_FLAGS_AT] & (HG_DNS_IS_ANSWER | HG_DNS_OPCODE);
    if (in->packet->source_port != PORT || (flags != HG_DNS_IS_ANSWER && (flags != 0 || (config->protocols >> HG_PROTOCOL_DNS & 1) == 0)))
        return HG_DATAGRAM_NOTHING;
    if (flags == 0)
        return hg_calls_read(in, MOST_QUESTIONS, to);
    read_records(&of);
    bind_all(&of);
    hg_announce_begin(&list, config->host_names, to);
    list.is_cut = of.is_cut;
    say_all(&of, &list);
    to->stats->mdns_malformed += of.is_malformed;
    return hg_announce_any(&list, to, HG_DATAGRAM_CLIENT);
}
