/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.c - matches of observations: the lookup in the tables compared with a linear search over all signatures, whose
 * rules tests/reference implements a second time.
 *
 * Input: number of a database (16 bits), then questions of 32 bytes: number of a signature, which of its fields are
 * replaced, and their values. The databases are the package's, and random ones that are compiled into this program
 * (FUZZ_DATABASES: 64-bit words, their number, then length and bytes of each).
 *
 * Each question is also asked as a packet with that signature's option layout: templates must read the same from it as
 * the byte parser.
 */
#include "fuzz.h"

#include "base/bytes.h"
#include "database/database.h"
#include "tcp/matcher.h"
#include "database/table.h"

enum { MOST_DATABASES = 256, QUESTION = 32, MOST_QUESTIONS = 4 };
enum { HEADERS = 60 };

__asm__(".pushsection .rodata\n"
        ".balign 8\n"
        "fuzz_databases:\n"
        ".incbin \"" FUZZ_DATABASES "\"\n"
        ".popsection\n");
extern const uint64_t fuzz_databases[];

static hg_matcher matchers[MOST_DATABASES];
static uint32_t databases;

static void add(const hg_database *database)
{
    FUZZ_CHECK(databases < MOST_DATABASES);
    FUZZ_CHECK(hg_matcher_init(matchers + databases, database, 3, NULL) == HG_OK);
    matchers[databases].large = databases & 1; /* with `large` names are looked up in another way */
    databases++;
}

static void prepare(void)
{
    const uint64_t *at = fuzz_databases + 1;
    add(hg_database_default());
    for (uint64_t i = 0; i < fuzz_databases[0]; i++) {
        hg_database *database;
        hg_error error;
        FUZZ_CHECK(hg_database_open((const uint8_t *)(at + 1), at[0], &database, &error) == HG_OK);
        FUZZ_CHECK(hg_database_hash_key(database) == database->tables.hash_key);
        FUZZ_CHECK(hg_database_source_hash(database) == database->tables.source_hash);
        add(database);
        at += 1 + (at[0] + 7) / 8;
    }
}

static const hg_db_signature *signatures_of(const hg_database *database, uint32_t *count)
{
    uint32_t stride;
    const hg_db_signature *first = hg_database_section(database, "signatures", count, &stride);
    FUZZ_CHECK(stride == sizeof *first);
    return first;
}

static uint32_t find_link(const hg_database *database, uint32_t mtu)
{
    for (uint32_t i = 0; i < database->tables.mtus_count; i++)
        if (database->tables.mtus[i].mtu == mtu)
            return i;
    return HG_NO_SIGNATURE;
}

/* ---- questions -------------------------------------------------------------------------- */

/* Makes an observation that the signature describes; `raw` supplies values that it leaves open. */
static void describe(const hg_database *database, const hg_db_signature *s, const uint8_t *raw, hg_observation *o)
{
    memset(o, 0, sizeof *o);
    o->quirks = s->quirks;
    o->version = s->version != 0 ? s->version : (raw[0] & 1) != 0 ? 6 : 4;
    if (s->version == 0)
        o->quirks &= o->version == 4 ? ~HG_IPV6_ONLY_QUIRKS : ~HG_IPV4_ONLY_QUIRKS;
    o->response = (s->flags & HG_SIGNATURE_RESPONSE) != 0;
    o->olen = s->olen;
    o->mss = s->mss >= 0 ? (uint16_t)s->mss : hg_le16(raw + 2);
    o->wscale = s->wscale >= 0 ? (uint8_t)s->wscale : raw[1];
    o->payload = s->payload == HG_PAYLOAD_ANY ? raw[0] >> 1 & 1 : s->payload;
    o->ttl = (uint8_t)(s->ittl - (raw[4] & 63));
    o->window = hg_le16(raw + 6);
    if (s->window_kind == HG_WINDOW_MODULO)
        o->window = (uint16_t)(o->window / s->window * s->window);
    else if (s->window_kind == HG_WINDOW_LITERAL)
        o->window = s->window;
    else if (s->window_kind != HG_WINDOW_ANY)
        o->window_multiple = s->window;
    o->window_kind = s->window_kind <= HG_WINDOW_MTU ? s->window_kind : raw[5] % 3;
    hg_set_olayout(o, (const uint8_t *)(database->tables.layouts + s->layout));
}

/* Replaces the fields whose bits are set. */
static void change(hg_observation *o, uint32_t which, const uint8_t *raw)
{
    if (which & 1)
        o->quirks ^= 1u << raw[0] % 17;
    if (which & 2)
        o->quirks ^= hg_le32(raw + 1) & HG_SOFT_QUIRKS;
    if (which & 4)
        o->ttl = raw[5];
    if (which & 8)
        o->mss = hg_le16(raw + 6);
    if (which & 16)
        o->wscale = raw[8];
    if (which & 32)
        o->window = hg_le16(raw + 9);
    if (which & 64)
        o->window_multiple = raw[11];
    if (which & 128)
        o->window_kind = raw[12] % 3;
    if (which & 256)
        o->version = o->version == 4 ? 6 : 4;
    if (which & 512)
        o->olen = raw[13];
    if (which & 1024)
        o->payload ^= 1;
    if (which & 2048)
        o->response ^= 1;
    if ((which & 4096) && o->option_count > 0)
        o->options[raw[14] % o->option_count] = raw[15];
    if (which & 8192)
        o->eol_pad = raw[15];
}

/* Removes combinations that no packet has: the tables rely on a value being 0 if its option is missing. */
static void make_possible(hg_observation *o)
{
    if (memchr(o->options, HG_OPTION_MSS, o->option_count) == NULL) {
        o->mss = 0;
        o->window_kind = HG_WINDOW_LITERAL;
    }
    if (memchr(o->options, HG_OPTION_WS, o->option_count) == NULL)
        o->wscale = 0;
}

static void compare(const hg_database *database, const hg_observation *o)
{
    hg_match first = {.signature = HG_NO_SIGNATURE, .fuzzy = 0};
    (void)hg_database_match_all(database, o, &first, 1);
    const hg_match best = hg_table_match(&database->tables, hg_table_layout(&database->tables, o), o);
    FUZZ_CHECK(best.signature == first.signature && best.fuzzy == first.fuzzy);
    FUZZ_CHECK(hg_table_link(&database->tables, o->window) == find_link(database, o->window));
}

/* ---- the same as a packet ---------------------------------------------------------------- */

/* Writes options with this layout; values are taken from `raw` in turn. Returns their length, which may exceed `room`
 * and need not be a multiple of four. */
static uint32_t write_options(const hg_observation *o, const uint8_t *raw, uint8_t *out, uint32_t room)
{
    uint32_t length = 0;
    for (uint32_t i = 0; i < o->option_count; i++) {
        uint8_t kind = o->options[i];
        uint32_t size = kind == HG_OPTION_EOL   ? 1u + o->eol_pad
                        : kind == HG_OPTION_NOP ? 1
                        : kind == HG_OPTION_MSS ? 4
                        : kind == HG_OPTION_WS  ? 3
                        : kind == HG_OPTION_SOK ? 2
                                                : 10;
        if (length + size > room)
            return room + 1;
        for (uint32_t k = 0; k < size; k++)
            out[length + k] = kind == HG_OPTION_EOL ? 0 : raw[(length + k) % 16];
        out[length] = kind;
        if (kind > HG_OPTION_NOP)
            out[length + 1] = (uint8_t)size;
        length += size;
    }
    return length;
}

static void compare_packet(hg_matcher *matcher, const hg_observation *wanted, const uint8_t *raw)
{
    uint8_t options[40] = {0};
    uint32_t length = write_options(wanted, raw, options, sizeof options);
    if (length > sizeof options || length % 4 != 0)
        return;
    if (raw[15] & 1)
        options[raw[14] % sizeof options] ^= (uint8_t)(raw[13] & 3);
    uint8_t *bytes = malloc(HEADERS + length);
    FUZZ_CHECK(bytes != NULL);
    memset(bytes, raw[0], HEADERS);
    memcpy(bytes + HEADERS, options, length);
    uint32_t ip_bytes = wanted->version == 4 ? 20 : 40;
    uint8_t *tcp = bytes + HEADERS - HG_TCP_HEADER, *ip = tcp - ip_bytes;
    tcp[14] = (uint8_t)(wanted->window >> 8);
    tcp[15] = (uint8_t)wanted->window;
    ip[wanted->version == 4 ? 8 : 7] = wanted->ttl;
    hg_packet packet = {.ip = ip, .tcp = tcp, .options_length = (uint8_t)length, .version = wanted->version,
                        .type = wanted->response ? HG_SYN | HG_ACK : HG_SYN, .payload = wanted->payload,
                        .header_bytes = (uint16_t)(ip_bytes + HG_TCP_HEADER + length)};
    hg_handshake handshake;
    hg_observation plain;
    hg_matcher_queue(matcher, &packet, &handshake);
    hg_matcher_settle(matcher);
    hg_observe_headers(&packet, &plain);
    hg_observe_options(&packet, &plain);
    hg_observe_multiple(&plain);
    FUZZ_CHECK(memcmp(&plain, &handshake.observation, sizeof plain) == 0);
    FUZZ_CHECK(handshake.match.signature == hg_database_match(matcher->database, &plain).signature);
    FUZZ_CHECK(handshake.link == find_link(matcher->database, hg_mtu(&plain)));
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (databases == 0)
        prepare();
    fuzz_input input = {data, size};
    uint8_t number[2], question[QUESTION];
    fuzz_take(&input, number, sizeof number);
    hg_matcher *matcher = matchers + hg_le16(number) % databases;
    uint32_t count;
    const hg_db_signature *signatures = signatures_of(matcher->database, &count);
    for (int i = 0; i < MOST_QUESTIONS && input.left > 0 && count > 0; i++) {
        hg_observation o;
        fuzz_take(&input, question, sizeof question);
        describe(matcher->database, signatures + hg_le16(question) % count, question + 4, &o);
        change(&o, hg_le16(question + 2), question + 16);
        make_possible(&o);
        compare(matcher->database, &o);
        compare_packet(matcher, &o, question + 16);
    }
    return 0;
}
