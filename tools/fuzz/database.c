/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * database.c - opens a .hgdb file and queries it.
 *
 * Input: eight questions of 12 bytes, the file. Version, length and checksum are corrected, so that the attack reaches
 * the check of references, and the lookups that rely on it, and that kept inputs fit the next version of the format.
 * Questions begin with records of the file itself, because others would not get past the first table.
 */
#include "fuzz.h"

#include <stdio.h>

#include "base/bytes.h"
#include "base/digest.h"
#include "database/database.h"
#include "tcp/matcher.h"
#include "database/table.h"

enum { QUESTIONS = 8, QUESTION_BYTES = 12, VERSION_AT = 8, LENGTH_AT = 16, HEADERS = 40, HEAD_FIELDS = 12 };
enum { HEAD_TEXT = 64 };

static void put_le(uint8_t *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static void put_right(uint8_t *bytes, size_t length)
{
    if (length < HG_CHECKSUM_OFFSET + 8)
        return;
    put_le(bytes + VERSION_AT, HG_FORMAT_VERSION, 4);
    put_le(bytes + LENGTH_AT, length, 8);
    put_le(bytes + HG_CHECKSUM_OFFSET, hg_crc32(bytes + HG_CHECKSUM_OFFSET + 4, length - HG_CHECKSUM_OFFSET - 4), 4);
}

/* Makes an observation from a base of the table, one of its shapes and one of its entries. */
static void fill_from_tables(const hg_tables *t, const uint8_t *question, hg_observation *o)
{
    const hg_db_base *base = t->bases + hg_le16(question) % t->bases_count;
    const hg_db_entry *entry = t->entries + hg_le16(question + 2) % t->entries_count;
    uint32_t layout = (uint32_t)(base->key >> HG_BASE_LAYOUT_SHIFT);
    memset(o, 0, sizeof *o);
    if (layout < t->layouts_count)
        hg_set_olayout(o, (const uint8_t *)(t->layouts + layout));
    o->quirks = (uint32_t)(base->key >> HG_BASE_QUIRKS_SHIFT & 0x1FFF) << HG_SOFT_BITS | (question[4] & HG_SOFT_QUIRKS);
    o->response = base->key >> HG_BASE_RESPONSE_SHIFT & 1;
    o->version = (base->key >> HG_BASE_V6_SHIFT & 1) != 0 ? 6 : 4;
    o->payload = base->key >> HG_BASE_PAYLOAD_SHIFT & 1;
    o->olen = (uint8_t)base->key;
    o->mss = (uint16_t)(entry->key >> HG_ENTRY_MSS_SHIFT);
    o->wscale = (uint8_t)entry->key;
    o->window = o->window_multiple = (uint16_t)(entry->key >> HG_ENTRY_WINDOW_SHIFT);
    o->window_kind = question[5] % 3;
    o->ttl = question[6];
}

/* Renders one row as the engine would write it. */
static void render(const hg_database *database, const hg_observation *o, hg_match match, uint32_t link,
                   hg_batch *batch)
{
    const hg_columns *c = &batch->columns;
    fuzz_batch_clear(batch);
    c->event[0] = o->response ? HG_EVENT_SYN_ACK : HG_EVENT_SYN;
    memcpy(c->tcp.olayout[0], hg_olayout(o), HG_OLAYOUT_BYTES);
    c->tcp.signature[0] = match.signature;
    c->tcp.fuzzy[0] = match.fuzzy;
    c->tcp.link[0] = link;
    fuzz_batch_fill(batch, 1);
    fuzz_render(batch, database);
    c->event[0] = HG_EVENT_MTU;
    fuzz_render(batch, database);
}

/* Asks about a SYN whose options fit a template of the file; its memory ends with them. */
static void ask_template(hg_matcher *matcher, const uint8_t *question, hg_handshake *handshake)
{
    const hg_tables *t = &matcher->database->tables;
    uint8_t length = question[9] % 9 * 4;
    uint8_t *bytes = malloc(HEADERS + length);
    FUZZ_CHECK(bytes != NULL);
    memset(bytes, question[7], HEADERS + length);
    if (t->templates_count > 0)
        memcpy(bytes + HEADERS + length - HG_TEMPLATE_BYTES, t->templates[question[8] % t->templates_count].value,
               HG_TEMPLATE_BYTES);
    hg_packet packet = {.ip = bytes, .tcp = bytes + 20, .options_length = length, .version = 4, .type = HG_SYN};
    hg_matcher_queue(matcher, &packet, handshake);
    hg_matcher_settle(matcher);
    hg_matcher_learn_peer(matcher->database, handshake, hg_le16(question + 10));
    free(bytes);
}

/* Asks about a hello that an entry of the file describes, with one character changed. */
static void ask_hello(const hg_database *database, const uint8_t *question)
{
    const hg_tables *t = &database->tables;
    const hg_db_hello_entry *entry = t->hello_entries + hg_le16(question) % t->hello_entries_count;
    hg_tls_match all[4];
    char start[16], text[HG_JA4_LENGTH + 1];
    put_le((uint8_t *)start, entry->start, 8);
    put_le((uint8_t *)start + 8, entry->rest, 8);
    for (int i = 0; i < 10; i++)
        start[i] = start[i] == '\0' ? (char)question[4] : start[i];
    snprintf(text, sizeof text, "%.10s_%012llx_%012llx", start, (unsigned long long)entry->ciphers & 0xFFFFFFFFFFFF,
             (unsigned long long)entry->extensions & 0xFFFFFFFFFFFF);
    char *ja4 = (char *)fuzz_copy((const uint8_t *)text, strlen(text) + 1);
    hg_tls_match match = hg_database_match_tls(database, ja4, NULL);
    FUZZ_CHECK(match.signature == HG_NO_SIGNATURE || match.signature < t->hellos_count);
    ja4[question[5] % strlen(text)] = (char)question[6];
    hg_database_match_tls(database, text, ja4);
    hg_database_match_all_tls(database, text, ja4, all, 4);
    free(ja4);
}

/* Appends a name or a value to `bytes`, of which `*used` are in use. */
static void put_text(uint8_t *bytes, uint16_t *used, uint16_t *place, const char *text, uint32_t length)
{
    uint16_t taken = (uint16_t)(length < HEAD_TEXT ? length : HEAD_TEXT);
    memcpy(bytes + *used, text, taken);
    place[0] = *used;
    place[1] = taken;
    *used = (uint16_t)(*used + taken);
}

/* Asks about a head with the headers that a signature of the file names, one of them twice. */
static void ask_head(const hg_database *database, const uint8_t *question)
{
    const hg_tables *t = &database->tables;
    uint16_t places[4 * HEAD_FIELDS], used = 0;
    uint8_t bytes[2 * HEAD_FIELDS * HEAD_TEXT];
    uint32_t count = 0;
    hg_http_match all[4];
    for (; count < HEAD_FIELDS && t->http_steps_count > 0; count++) {
        uint32_t at = (hg_le16(question) + (count == question[2] % HEAD_FIELDS ? 0 : count)) % t->http_steps_count;
        const hg_db_http_step *step = t->http_steps + at;
        const hg_db_http_name *name = t->http_names;
        while (name + 1 < t->http_names + t->http_names_count && name->number != step->name)
            name++;
        put_text(bytes, &used, places + 4 * count, hg_database_text(database, name->name_offset), name->name_length);
        const hg_db_http_atom none = {0}, *atom = step->atom == HG_NO_INDEX ? &none : t->http_atoms + step->atom;
        put_text(bytes, &used, places + 4 * count + 2, hg_database_text(database, atom->value_offset),
                 atom->value_length);
    }
    uint8_t *copy = fuzz_copy(bytes, used);
    hg_http_fields fields = {copy, places, count, question[3] & 1, question[4] % 3};
    hg_http_match match = hg_database_match_fields(database, &fields);
    FUZZ_CHECK(match.signature == HG_NO_SIGNATURE || match.signature < t->https_count);
    hg_database_match_all_fields(database, &fields, all, 4);
    uint32_t claimed = hg_database_claims(database, copy, used);
    FUZZ_CHECK(claimed == HG_NO_SIGNATURE || claimed < t->systems_count);
    free(copy);
}

static void ask(hg_matcher *matcher, const uint8_t *question, hg_batch *batch)
{
    ask_hello(matcher->database, question);
    ask_head(matcher->database, question);
    const hg_database *database = matcher->database;
    const uint32_t labels = database->tables.labels_count + 1; /* including one that does not exist */
    fuzz_labels_agree(database, hg_le16(question + 2) % labels, hg_le16(question + 4) % labels);
    hg_handshake handshake;
    hg_observation o;
    hg_match all[4];
    fill_from_tables(&database->tables, question, &o);
    hg_database_match_all(database, &o, all, 4);
    uint32_t link = hg_table_link(&database->tables, hg_le16(question + 10));
    render(database, &o, hg_database_match(database, &o), link, batch);
    ask_template(matcher, question, &handshake);
    render(database, &handshake.observation, handshake.match, handshake.link, batch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static hg_matcher matcher;
    static hg_batch batch;
    uint8_t questions[QUESTIONS][QUESTION_BYTES];
    fuzz_input input = {data, size};
    hg_database *database;
    hg_error error;
    fuzz_take(&input, questions, sizeof questions);
    uint8_t *bytes = fuzz_copy(input.at, input.left);
    put_right(bytes, input.left);
    if (hg_database_open(bytes, input.left, &database, &error) == HG_OK) {
        if (matcher.memo == NULL) {
            FUZZ_CHECK(hg_matcher_init(&matcher, database, 1, &error) == HG_OK);
            fuzz_batch_make(&batch, 1);
        }
        matcher.database = database;
        matcher.rest = UINT32_MAX; /* its cache has results of other databases */
        for (int i = 0; i < QUESTIONS; i++)
            ask(&matcher, questions[i], &batch);
    }
    hg_database_free(database);
    free(bytes);
    return 0;
}
