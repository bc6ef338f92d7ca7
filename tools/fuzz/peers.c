/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * peers.c - feeds rows with any content to tables of one to eight connections, and asks about them.
 *
 * Input: settings (room, a database or none), then steps: a batch (the number of rows, and each row's columns), the end of
 * a flow, another database, or a question (its ends, a time, and texts). Two tables with different hash keys must give
 * the same answers. Answers must be JSON, and fit into the length that they report.
 */
#include "inventory.h"

#include "connections/peers.h"

enum { MOST_ROWS = 8, MOST_STEPS = 48, OWN_TEXT = 64, TEXT_BYTES = 48, MOST_ANSWER = 1 << 20 };
enum { WITHOUT_DATABASE = 8 };
enum { STEP_ROWS, STEP_END, STEP_DATABASE, STEP_QUESTION, STEPS };

typedef struct tables {
    hg_peers *one;
    hg_peers *other; /* with another hash key */
    hg_hosts *hosts;
    uint32_t most;
} tables;

static void use(tables *tables, const hg_database *database)
{
    hg_peers_use(tables->one, database);
    hg_peers_use(tables->other, database);
    hg_hosts_use(tables->hosts, database);
}

static void add(tables *tables, fuzz_input *input, hg_batch *batch)
{
    hg_error error;
    const uint32_t count = fuzz_byte(input) % (MOST_ROWS + 1);
    for (uint32_t row = 0; row < count; row++) {
        fuzz_take_row(input, batch, row, &hg_database_default()->tables);
        batch->columns.src_port[row] %= 4;
        batch->columns.dst_port[row] %= 4;
    }
    fuzz_place_rows(batch, count);
    const hg_status status = hg_peers_add(tables->one, batch, &error);
    FUZZ_CHECK(status == hg_peers_add(tables->other, batch, &error));
    FUZZ_CHECK(status == HG_OK || status == HG_E_ARGUMENT);
    (void)hg_hosts_add(tables->hosts, batch, &error);
}

static void end(tables *tables, fuzz_input *input)
{
    hg_flow flow = {.version = fuzz_byte(input) % 2 ? 4 : 6};
    uint8_t address[16];
    int64_t time_ns = 0;
    fuzz_take(input, address, sizeof address);
    fuzz_take(input, &time_ns, sizeof time_ns);
    fuzz_fit_address(address, flow.version);
    memcpy(&flow.client, address, sizeof address);
    flow.server = flow.client;
    flow.client_port = fuzz_byte(input) % 4;
    flow.server_port = fuzz_byte(input) % 4;
    flow.first_packet = fuzz_byte(input) % 64;
    hg_peers_note_end(tables->one, &flow, time_ns);
    hg_peers_note_end(tables->other, &flow, time_ns);
}

static void check_counts(const tables *tables)
{
    hg_peer_counts counts, others;
    hg_peers_count(tables->one, &counts);
    hg_peers_count(tables->other, &others);
    FUZZ_CHECK(counts.connections <= tables->most && counts.connections == others.connections);
    FUZZ_CHECK(counts.evicted == others.evicted);
}

/* Both tables must answer the same, and write nothing after their buffers. */
static void check_answer(tables *tables, const hg_question *question, int64_t now_ns)
{
    static char out[MOST_ANSWER], copy[MOST_ANSWER];
    hg_error error;
    size_t length, again;
    int64_t first_ns;
    const uint32_t seen = hg_peers_find(tables->one, question, now_ns, &first_ns);
    FUZZ_CHECK(seen == hg_peers_find(tables->other, question, now_ns, &first_ns));
    const hg_status status =
        hg_peers_answer(tables->one, tables->hosts, question, now_ns, out, sizeof out, &length, &error);
    FUZZ_CHECK(status == HG_OK && length <= sizeof out);
    out[length] = '\n';
    fuzz_json_check_line(out, length + 1);
    FUZZ_CHECK(hg_peers_answer(tables->other, tables->hosts, question, now_ns, copy, sizeof copy, &again,
                               &error) == HG_OK);
    FUZZ_CHECK(again == length && memcmp(copy, out, length) == 0);
    char *little = malloc(length);
    FUZZ_CHECK(little != NULL);
    FUZZ_CHECK(hg_peers_answer(tables->one, tables->hosts, question, now_ns, little, length - 1, &again,
                               &error) == HG_E_ARGUMENT);
    free(little);
    const int is_of_ports = question->client_port != 0; /* else the answer is about all connections of the client */
    if (is_of_ports && fuzz_json_at(out, out + length, "status")[1] != 'a')
        FUZZ_CHECK((seen == 0) == (fuzz_json_at(out, out + length, "connection")[0] == 'n'));
}

static void ask(tables *tables, fuzz_input *input)
{
    hg_question question = {.version = fuzz_byte(input) % 2 ? 4 : 6};
    uint8_t texts[TEXT_BYTES];
    int64_t now_ns = 0;
    fuzz_take(input, question.client, sizeof question.client);
    fuzz_take(input, question.server, sizeof question.server);
    fuzz_take(input, &now_ns, sizeof now_ns);
    fuzz_take(input, texts, sizeof texts);
    fuzz_fit_address(question.client, question.version);
    fuzz_fit_address(question.server, question.version);
    question.client_port = fuzz_byte(input) % 4;
    question.server_port = fuzz_byte(input) % 4;
    question.transport = fuzz_byte(input) % 2 ? HG_ANY_TRANSPORT : fuzz_byte(input) % HG_TRANSPORTS;
    question.user_agent = texts;
    question.user_agent_length = fuzz_byte(input) % TEXT_BYTES;
    question.platform = texts;
    question.platform_length = fuzz_byte(input) % TEXT_BYTES;
    check_answer(tables, &question, now_ns);
}

static void begin(tables *tables, uint8_t settings, const hg_database *database)
{
    hg_error error;
    tables->most = settings % 8 + 1u;
    /* Keys that no address of an input equals: hashes of such an address would be equal. */
    FUZZ_CHECK(hg_peers_new(tables->most, UINT64_C(0xD1B54A32D192ED03), &tables->one, &error) == HG_OK);
    FUZZ_CHECK(hg_peers_new(tables->most, UINT64_C(0x9E3779B97F4A7C15), &tables->other, &error) == HG_OK);
    FUZZ_CHECK(hg_hosts_new(4, 1, 7, &tables->hosts, &error) == HG_OK);
    use(tables, database);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static hg_batch batch;
    fuzz_input input = {data, size};
    const uint8_t settings = fuzz_byte(&input);
    const hg_database *database = (settings & WITHOUT_DATABASE) != 0 ? NULL : hg_database_default();
    tables of;
    if (batch.capacity == 0)
        fuzz_batch_make(&batch, MOST_ROWS);
    memset(batch.texts, ' ', OWN_TEXT);
    memcpy(batch.texts, data, size < OWN_TEXT ? size : OWN_TEXT);
    batch.text_count = OWN_TEXT;
    begin(&of, settings, database);
    for (int i = 0; i < MOST_STEPS && input.left > 0; i++) {
        const uint8_t step = fuzz_byte(&input) % STEPS;
        if (step == STEP_ROWS)
            add(&of, &input, &batch);
        else if (step == STEP_END)
            end(&of, &input);
        else if (step == STEP_DATABASE)
            use(&of, database = database == NULL ? hg_database_default() : NULL);
        else
            ask(&of, &input);
        check_counts(&of);
    }
    hg_peers_free(of.one);
    hg_peers_free(of.other);
    hg_hosts_free(of.hosts);
    return 0;
}
