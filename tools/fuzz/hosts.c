/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hosts.c - rows of any content, of few addresses, into an inventory of one to eight hosts.
 *
 * Input: settings (room for hosts, whether they are forgotten, whether names are asked for), then a batch
 * after the other: the number of rows, and a row's columns in the order of hg_columns. After each
 * batch all hosts, their answers and the copy with changes are gone over.
 */
#include "fuzz.h"

#include "database/database.h"

enum { MOST_ROWS = 8, MOST_BATCHES = 24, ADDRESSES = 12, LABELS = 5, TEXT_BYTES = 64 };
enum { FORGETS = 8, NAMELESS = 16 };
enum { QUERY_MAGIC = 0x50304601, ANSWER_MAGIC = 0x50304602, FOUND = 0x10 };

static void fit_address(uint8_t address[16], uint8_t version)
{
    const uint8_t last = address[0] % (ADDRESSES / 2);
    memset(address, 0, 16);
    address[version == 4 ? 3 : 15] = last;
}

static void fit_index(uint32_t *index, uint32_t count)
{
    if (*index % 8 != 7) /* else as it came: mostly one that is not there */
        *index %= count;
}

static void take_row(fuzz_input *input, hg_batch *batch, uint32_t row, const hg_tables *tables)
{
    const hg_columns *c = &batch->columns;
#define TAKE(column) fuzz_take(input, c->column + row, sizeof *c->column);
    FUZZ_FILLED_COLUMNS(TAKE)
#undef TAKE
    fuzz_row_fit_texts(batch, row);
    c->event[row] %= HG_EVENT_HOST_CHANGE; /* what readers tell */
    c->version[row] = c->version[row] % 2 ? 4 : 6;
    c->from_server[row] %= 2;
    fit_address(c->src_ip[row], c->version[row]);
    fit_address(c->dst_ip[row], c->version[row]);
    fit_index(c->tcp.signature + row, tables->signatures_count);
    fit_index(c->tcp.link + row, tables->mtus_count);
    fit_index(c->tls.client + row, tables->hellos_count);
    fit_index(c->http.software + row, tables->https_count);
    c->flow[row] = c->packet_number[row] %= 64;
}

/* Says of each reader which rows are its own. */
static void place_rows(hg_batch *batch, uint32_t count)
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
static void add(hg_hosts *hosts, const hg_batch *batch)
{
    hg_error error;
    hg_naming naming;
    for (uint32_t next = 0, index; next < batch->count;) {
        const uint32_t first = next;
        FUZZ_CHECK(hg_hosts_add(hosts, batch, first, &next, &naming, &index, &error) == HG_OK);
        FUZZ_CHECK(next >= first && next <= batch->count);
        if (next < batch->count)
            FUZZ_CHECK(hg_hosts_label(hosts, naming, index, index % LABELS, index % 16, &error) == HG_OK);
    }
}

static void check_record(const hg_hosts *hosts, const hg_host_record *found, uint32_t place)
{
    FUZZ_CHECK(found->version == 4 || found->version == 6);
    FUZZ_CHECK(hg_hosts_find(hosts, found->address, found->version) == place);
    FUZZ_CHECK(found->first_ns <= found->last_ns);
    FUZZ_CHECK(found->sighting_count <= HG_HOST_SIGHTINGS && found->port_count <= HG_HOST_PORTS);
    FUZZ_CHECK(found->change_count <= HG_HOST_CHANGES && found->witness_count <= HG_HOST_FAMILIES);
    FUZZ_CHECK(found->rate_count <= HG_HOST_RATES && found->rate_count <= found->clock_points);
    for (uint32_t i = 0; i < found->sighting_count; i++)
        FUZZ_CHECK(found->sightings[i].packets > 0 && found->sightings[i].first_ns <= found->sightings[i].last_ns);
    for (uint32_t i = 0; i < found->port_count; i++)
        FUZZ_CHECK(found->ports[i].count > 0);
}

/* The status of p0f's answer to a question about an address. */
static uint32_t ask(hg_hosts *hosts, const uint8_t address[16], uint8_t version)
{
    uint8_t query[HG_QUERY_BYTES], answer[HG_ANSWER_BYTES];
    const uint32_t magic = QUERY_MAGIC;
    uint32_t head[2];
    memcpy(query, &magic, sizeof magic);
    query[4] = version;
    memcpy(query + 5, address, 16);
    hg_hosts_answer(hosts, query, answer);
    memcpy(head, answer, sizeof head);
    FUZZ_CHECK(head[0] == ANSWER_MAGIC);
    return head[1];
}

static void check_hosts(hg_hosts *hosts, uint32_t room)
{
    static hg_host_record found;
    const uint32_t count = hg_hosts_count(hosts);
    hg_error error;
    FUZZ_CHECK(count <= room);
    for (uint32_t place = 0; place < count; place++) {
        FUZZ_CHECK(hg_hosts_get(hosts, place, &found, &error) == HG_OK);
        check_record(hosts, &found, place);
        FUZZ_CHECK(ask(hosts, found.address, found.version) == FOUND);
    }
    FUZZ_CHECK(hg_hosts_get(hosts, count, &found, &error) == HG_E_ARGUMENT);
    uint32_t changed = 0;
    while (hg_hosts_changed(hosts) != HG_NO_HOST)
        FUZZ_CHECK(++changed <= count);
}

/* Rows of changes stand behind those that show them, and are passed over. */
static void check_copy(const hg_hosts *hosts, const hg_batch *batch, hg_batch *copy)
{
    hg_error error;
    FUZZ_CHECK(hg_hosts_tell(hosts, batch, copy, &error) == HG_OK);
    FUZZ_CHECK(copy->count == batch->count + hg_hosts_told(hosts));
    FUZZ_CHECK(copy->counts[HG_READER_CHANGES] == hg_hosts_told(hosts));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static hg_batch batch, copy;
    const hg_database *database = hg_database_default();
    fuzz_input input = {data, size};
    const uint8_t settings = fuzz_byte(&input);
    const uint32_t room = settings % 8 + 1;
    hg_hosts *hosts;
    hg_error error;
    if (batch.capacity == 0) {
        fuzz_batch_make(&batch, MOST_ROWS);
        fuzz_batch_make(&copy, 4 * MOST_ROWS);
        batch.text_count = TEXT_BYTES;
    }
    FUZZ_CHECK(hg_hosts_new(room, settings & FORGETS, 7, &hosts, &error) == HG_OK);
    FUZZ_CHECK(hg_hosts_use(hosts, database, &error) == HG_OK);
    if ((settings & NAMELESS) != 0)
        hg_hosts_nameless(hosts);
    for (int i = 0; i < MOST_BATCHES && input.left > 0; i++) {
        const uint32_t count = fuzz_byte(&input) % (MOST_ROWS + 1);
        for (uint32_t row = 0; row < count; row++)
            take_row(&input, &batch, row, &database->tables);
        place_rows(&batch, count);
        add(hosts, &batch);
        if (count > 0)
            check_copy(hosts, &batch, &copy);
        check_hosts(hosts, room);
    }
    hg_hosts_free(hosts);
    return 0;
}
