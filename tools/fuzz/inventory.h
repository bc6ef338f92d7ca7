/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * inventory.h - what targets share that fill an inventory: rows between few addresses, and what p0f's
 * API has to answer, worked out from the record of the host.
 */
#ifndef HG_FUZZ_INVENTORY_H
#define HG_FUZZ_INVENTORY_H

#include "fuzz.h"

#include "database/database.h"

enum { FUZZ_ADDRESSES = 12, FUZZ_LABELS = 5, FUZZ_WORD = 32 };
enum { FUZZ_QUERY_MAGIC = 0x50304601, FUZZ_ANSWER_MAGIC = 0x50304602 };
enum { FUZZ_BAD_QUERY = 0x00, FUZZ_FOUND = 0x10, FUZZ_NOT_FOUND = 0x20 };

/* ---- rows -------------------------------------------------------------------------------------- */

static inline void fuzz_fit_address(uint8_t address[16], uint8_t version)
{
    const uint8_t last = address[0] % (FUZZ_ADDRESSES / 2);
    memset(address, 0, 16);
    address[version == 4 ? 3 : 15] = last;
}

static inline void fuzz_fit_index(uint32_t *index, uint32_t count)
{
    if (*index % 8 != 7) /* else as it came: mostly one that is not there */
        *index %= count;
}

static inline void fuzz_take_row(fuzz_input *input, hg_batch *batch, uint32_t row, const hg_tables *tables)
{
    const hg_columns *c = &batch->columns;
#define TAKE(column) fuzz_take(input, c->column + row, sizeof *c->column);
    FUZZ_FILLED_COLUMNS(TAKE)
#undef TAKE
    fuzz_row_fit_texts(batch, row);
    c->event[row] %= HG_EVENT_HOST_CHANGE; /* what readers tell */
    c->version[row] = c->version[row] % 2 ? 4 : 6;
    c->from_server[row] %= 2;
    fuzz_fit_address(c->src_ip[row], c->version[row]);
    fuzz_fit_address(c->dst_ip[row], c->version[row]);
    fuzz_fit_index(c->tcp.signature + row, tables->signatures_count);
    fuzz_fit_index(c->tcp.link + row, tables->mtus_count);
    fuzz_fit_index(c->tls.client + row, tables->hellos_count);
    fuzz_fit_index(c->http.software + row, tables->https_count);
    c->flow[row] = c->packet_number[row] %= 64;
}

/* Says of each reader which rows are its own. */
static inline void fuzz_place_rows(hg_batch *batch, uint32_t count)
{
    uint32_t *const rows[HG_READERS] = {
        [HG_READER_TCP] = batch->columns.tcp.row,
        [HG_READER_TLS] = batch->columns.tls.row,
        [HG_READER_HTTP] = batch->columns.http.row,
        [HG_READER_CHANGES] = batch->columns.changes.row,
    };
    batch->count = count;
    memset(batch->counts, 0, sizeof batch->counts);
    for (uint32_t row = 0; row < count; row++) {
        const hg_reader_id reader = hg_event_reader(batch->columns.event[row]);
        rows[reader][batch->counts[reader]++] = row;
    }
}

/* All rows; names get a label when they are asked for. */
static inline void fuzz_add(hg_hosts *hosts, const hg_batch *batch)
{
    hg_error error;
    hg_naming naming;
    for (uint32_t next = 0, index; next < batch->count;) {
        const uint32_t first = next;
        FUZZ_CHECK(hg_hosts_add(hosts, batch, first, &next, &naming, &index, &error) == HG_OK);
        FUZZ_CHECK(next >= first && next <= batch->count);
        if (next < batch->count)
            FUZZ_CHECK(hg_hosts_label(hosts, naming, index, index % FUZZ_LABELS, index % 16, &error) == HG_OK);
    }
}

/* ---- words ------------------------------------------------------------------------------------- */

/* What labels are called, and what an answer has room for: cut by hand. */
typedef struct fuzz_words {
    const char *name;
    const char *flavor;
    const char *short_name;
    const char *short_flavor;
} fuzz_words;

#define FUZZ_E10 "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
#define FUZZ_E5 "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"

/* The last label has none. */
static const fuzz_words fuzz_known_words[FUZZ_LABELS] = {
    {"Linux", "3.11 and newer", "Linux", "3.11 and newer"},
    {"A name of several words, longer than an answer", "Several names / of one system and so on",
     "A name of several words, longer", "Several names / of one system"},
    {FUZZ_E10 FUZZ_E10, "Some system, its name is long / more", FUZZ_E10 FUZZ_E5, "Some system, its name is long"},
    {"", "x", "", "x"},
    {"", "", "", ""},
};

static inline void fuzz_tell_words(hg_hosts *hosts)
{
    hg_error error;
    FUZZ_CHECK(hg_hosts_words(hosts, 1 << 24, "", "", &error) == HG_E_ARGUMENT);
    for (uint32_t label = FUZZ_LABELS - 1; label-- > 0;) {
        const fuzz_words *words = fuzz_known_words + label;
        FUZZ_CHECK(hg_hosts_words(hosts, label, words->name, words->flavor, &error) == HG_OK);
    }
}

/* ---- p0f's API --------------------------------------------------------------------------------- */

static inline void fuzz_query(uint8_t query[HG_QUERY_BYTES], const uint8_t address[16], uint8_t version)
{
    const uint32_t magic = FUZZ_QUERY_MAGIC;
    memcpy(query, &magic, sizeof magic);
    query[4] = version;
    memcpy(query + 5, address, 16);
}

static inline uint32_t fuzz_seconds(int64_t time_ns)
{
    return time_ns < 0 ? 0 : time_ns / 1000000000 > UINT32_MAX ? UINT32_MAX : (uint32_t)(time_ns / 1000000000);
}

/* The name of a kind that the host showed last, of no tool. */
static inline const hg_sighting *fuzz_latest(const hg_host_record *host, hg_naming naming)
{
    const hg_sighting *latest = NULL;
    for (const hg_sighting *one = host->sightings; one < host->sightings + host->sighting_count; one++)
        if (one->naming == naming && (one->flags & HG_NAMED_TOOL) == 0 &&
            (latest == NULL || one->last_ns >= latest->last_ns))
            latest = one;
    return latest;
}

static inline void fuzz_expect_texts(const hg_host_record *host, char texts[6][FUZZ_WORD])
{
    static const hg_naming namings[2] = {HG_NAMING_TCP, HG_NAMING_HTTP};
    const char *language = hg_language_name(host->language);
    for (int i = 0; i < 2; i++) {
        const hg_sighting *latest = fuzz_latest(host, namings[i]);
        if (latest == NULL || latest->label >= FUZZ_LABELS)
            continue;
        strcpy(texts[2 * i], fuzz_known_words[latest->label].short_name);
        strcpy(texts[2 * i + 1], fuzz_known_words[latest->label].short_flavor);
    }
    if (host->link < FUZZ_LABELS)
        strcpy(texts[4], fuzz_known_words[host->link].short_name);
    if (language != NULL)
        strcpy(texts[5], language);
}

static inline void fuzz_expect_host(const hg_host_record *host, uint8_t answer[HG_ANSWER_BYTES])
{
    const uint32_t numbers[7] = {
        fuzz_seconds(host->first_ns), fuzz_seconds(host->last_ns), host->connections, host->uptime_minutes,
        host->modulo_days, fuzz_seconds(host->ip_sharing_ns), fuzz_seconds(host->host_change_ns),
    };
    const int16_t distance = (host->flags & HG_HOST_DISTANCE) != 0 ? host->distance : -1;
    char texts[6][FUZZ_WORD] = {{0}};
    fuzz_expect_texts(host, texts);
    memcpy(answer + 8, numbers, sizeof numbers);
    memcpy(answer + 36, &distance, sizeof distance);
    answer[38] = host->dishonest;
    answer[39] = host->quality;
    memcpy(answer + 40, texts, sizeof texts);
}

/* Where the host stands that a query asks for; HG_NO_HOST: nobody knows it. 0: it is no query. */
static inline int fuzz_read_query(const hg_hosts *hosts, const uint8_t query[HG_QUERY_BYTES], uint32_t *place)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    uint32_t magic;
    uint8_t version = query[4], address[16] = {0};
    memcpy(&magic, query, sizeof magic);
    if (magic != FUZZ_QUERY_MAGIC || (version != 4 && version != 6))
        return 0;
    const int is_mapped = version == 6 && memcmp(query + 5, mapped, sizeof mapped) == 0;
    memcpy(address, query + 5 + (is_mapped ? sizeof mapped : 0), version == 4 || is_mapped ? 4 : 16);
    *place = hg_hosts_find(hosts, address, is_mapped ? 4 : version);
    return 1;
}

/* Whether this is the answer to this query, and nothing else. Returns its status. */
static inline uint32_t fuzz_check_answer(const hg_hosts *hosts, const uint8_t query[HG_QUERY_BYTES],
                                         const uint8_t answer[HG_ANSWER_BYTES])
{
    static hg_host_record host;
    uint8_t expected[HG_ANSWER_BYTES] = {0};
    uint32_t head[2] = {FUZZ_ANSWER_MAGIC, FUZZ_BAD_QUERY}, place = HG_NO_HOST;
    hg_error error;
    if (fuzz_read_query(hosts, query, &place))
        head[1] = place == HG_NO_HOST ? FUZZ_NOT_FOUND : FUZZ_FOUND;
    memcpy(expected, head, sizeof head);
    if (head[1] == FUZZ_FOUND) {
        FUZZ_CHECK(hg_hosts_get(hosts, place, &host, &error) == HG_OK);
        fuzz_expect_host(&host, expected);
    }
    FUZZ_CHECK(memcmp(answer, expected, sizeof expected) == 0);
    return head[1];
}

/* Asks for an address, and returns the status of the answer. */
static inline uint32_t fuzz_ask(hg_hosts *hosts, const uint8_t address[16], uint8_t version)
{
    uint8_t query[HG_QUERY_BYTES], answer[HG_ANSWER_BYTES];
    fuzz_query(query, address, version);
    hg_hosts_answer(hosts, query, answer);
    return fuzz_check_answer(hosts, query, answer);
}

#endif
