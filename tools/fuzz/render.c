/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * render.c - rows of any content, with labels of any bytes, in every format.
 *
 * Input: size of the small buffer (16 bits), number of rows, 256 bytes of texts, then a row's columns one after the
 * other in the order of hg_columns, and what is left is the text of the labels, files and
 * signatures. No label may break a record: a line of p0f's format keeps its number of fields, one
 * of JSON its quotes and braces, and there are no control characters. Whole batches into small
 * buffers give the same bytes as into a large one.
 */
#include "fuzz.h"
#include "record/kinds.h"

#include "base/bytes.h"
#include "database/database.h"
#include "tcp/observe.h"

enum { MOST_ROWS = 8, RECORDS = 4, MOST_SYSTEMS = 256, LARGE = 1 << 16 };

typedef struct names {
    hg_db_label labels[RECORDS];
    hg_db_signature signatures[RECORDS];
    hg_db_mtu mtus[RECORDS];
    hg_db_hello hellos[RECORDS];
    hg_db_http https[RECORDS];
    hg_db_system systems[MOST_SYSTEMS];
    hg_db_file file;
} names;

static uint32_t part(uint32_t length, uint32_t of)
{
    return length / (RECORDS * 4) * of;
}

/* A database that says nothing but names: the text in sixteen parts, one a label or signature. */
static void make_names(hg_database *database, names *n, const uint8_t *text, uint32_t length)
{
    uint32_t size = part(length, 1);
    memset(n, 0, sizeof *n);
    for (uint32_t i = 0; i < RECORDS; i++) {
        n->labels[i].name_offset = part(length, i);
        n->labels[i].flavor_offset = part(length, RECORDS + i);
        n->signatures[i].text_offset = part(length, 2 * RECORDS + i);
        n->labels[i].name_length = size;
        n->labels[i].flavor_length = i % 2 == 0 ? size : 0;
        n->signatures[i].text_length = size;
        n->signatures[i].label = n->mtus[i].label = n->hellos[i].label = n->https[i].label = i;
        n->signatures[i].flags = length > i ? text[i] & 7 : 0;
        n->signatures[i].line = length;
    }
    FUZZ_CHECK(hg_database_default()->tables.systems_count <= MOST_SYSTEMS);
    for (uint32_t i = 0; i < MOST_SYSTEMS; i++) /* the default's, which requests claim, by other names */
        n->systems[i] = (hg_db_system){.name_offset = part(length, i % RECORDS), .name_length = size};
    n->file.name_offset = part(length, 3 * RECORDS);
    n->file.name_length = size;
    *database = *hg_database_default();
    database->tables.strings = (const hg_db_char *)text;
    database->tables.strings_count = length;
    database->tables.labels = n->labels;
    database->tables.signatures = n->signatures;
    database->tables.signatures_count = RECORDS;
    database->tables.mtus = n->mtus;
    database->tables.mtus_count = RECORDS;
    database->tables.hellos = n->hellos;
    database->tables.hellos_count = RECORDS;
    database->tables.https = n->https;
    database->tables.https_count = RECORDS;
    database->tables.systems = n->systems;
    database->tables.files = &n->file;
}

/* Of hellos, that rows refer to. */
enum { TEXT_BYTES = 256 };

static void take_row(fuzz_input *input, hg_batch *batch, uint32_t row)
{
    const hg_columns *c = &batch->columns;
#define TAKE(column) fuzz_take(input, c->column + row, sizeof *c->column);
    FUZZ_FILLED_COLUMNS(TAKE)
#undef TAKE
    if (c->event[row] & 0x80)
        return; /* as it came: mostly something that is refused */
    c->event[row] %= HG_EVENT_KINDS;
    for (size_t i = 0; i < sizeof c->tls.ja4[row]; i++) {
        c->tls.ja4[row][i] = (uint8_t)('a' + c->tls.ja4[row][i] % 26);
        c->tls.ja4_stable[row][i] = (uint8_t)('0' + c->tls.ja4_stable[row][i] % 10);
    }
    fuzz_row_fit_texts(batch, row);
    c->http.http_version[row] %= 3;
    c->http.software[row] = c->http.software[row] % (RECORDS + 1) == RECORDS ? HG_NO_SIGNATURE : c->http.software[row] % RECORDS;
    c->tcp.olayout[row][HG_MAX_OPTIONS] %= HG_MAX_OPTIONS + 1;
    c->tcp.signature[row] = c->tcp.signature[row] % (RECORDS + 1) == RECORDS ? HG_NO_SIGNATURE : c->tcp.signature[row] % RECORDS;
    c->tls.client[row] = c->tls.client[row] % (RECORDS + 1) == RECORDS ? HG_NO_SIGNATURE : c->tls.client[row] % RECORDS;
    c->tcp.link[row] = c->tcp.link[row] % (RECORDS + 1) == RECORDS ? HG_NO_SIGNATURE : c->tcp.link[row] % RECORDS;
}

/* ---- what a record must be --------------------------------------------------------------- */

static void check_p0f(const char *record, size_t length, uint8_t event)
{
    int bars = 0, lines = 0;
    for (size_t i = 0; i < length; i++) {
        bars += record[i] == '|';
        lines += record[i] == '\n';
    }
    FUZZ_CHECK(lines == 1 && record[length - 1] == '\n' && bars == (event <= HG_EVENT_SYN_ACK || hg_event_is_http(event) ? 7 : 5));
}

static void check_json(const char *record, size_t length)
{
    int depth = 0, in_string = 0;
    for (size_t i = 0; i + 1 < length; i++) {
        FUZZ_CHECK(record[i] != '\n');
        if (in_string && record[i] == '\\') {
            i++;
            FUZZ_CHECK(i + 1 < length && strchr("\"\\u", record[i]) != NULL);
        } else if (record[i] == '"') {
            in_string = !in_string;
        } else if (!in_string) {
            depth += (record[i] == '{') - (record[i] == '}');
            FUZZ_CHECK(depth > 0 || i + 2 == length);
        }
    }
    FUZZ_CHECK(depth == 0 && !in_string && record[length - 1] == '\n');
}

static void check_text(const char *record, size_t length)
{
    FUZZ_CHECK(length > 2 && record[length - 1] == '\n' && record[length - 2] == '\n');
    for (size_t i = 0; i + 2 < length; i++)
        FUZZ_CHECK(record[i] != '\n' || (record[i + 1] == ' ' && record[i + 2] == ' '));
}

static void check_record(hg_format format, const char *record, size_t length, uint8_t event)
{
    const int is_p0f = format == HG_FORMAT_P0F || format == HG_FORMAT_P0F_JSON;
    if (is_p0f && hg_event_reader(event) == HG_READER_TLS) {
        FUZZ_CHECK(length == 0); /* left out */
        return;
    }
    for (size_t i = 0; i < length; i++)
        FUZZ_CHECK((uint8_t)record[i] >= 0x20 || record[i] == '\n');
    if (format == HG_FORMAT_P0F)
        check_p0f(record, length, event);
    else if (format == HG_FORMAT_TEXT)
        check_text(record, length);
    else
        check_json(record, length);
}

/* ---- rendering --------------------------------------------------------------------------- */

/* All rows into `out` at once; 0 when one of them is refused. */
static size_t render_whole(hg_renderer *renderer, const hg_batch *batch, hg_format format, char *out)
{
    size_t length = 0;
    for (uint32_t row = 0, next; row < batch->count; row++) {
        size_t written;
        hg_error error;
        hg_status status =
            hg_render(renderer, batch, row, row + 1, out + length, LARGE - length, &written, &next, &error);
        FUZZ_CHECK(status == HG_OK || (status == HG_E_ARGUMENT && written == 0 && next == row));
        if (status != HG_OK)
            return 0;
        FUZZ_CHECK(next == row + 1);
        check_record(format, out + length, written, batch->columns.event[row]);
        length += written;
    }
    return length;
}

static void render_in_pieces(hg_renderer *renderer, const hg_batch *batch, size_t capacity, const char *whole,
                             size_t length)
{
    char *out = malloc(capacity);
    size_t done = 0;
    FUZZ_CHECK(out != NULL || capacity == 0);
    for (uint32_t row = 0, next; row < batch->count; row = next) {
        size_t written;
        hg_error error;
        hg_status status = hg_render(renderer, batch, row, batch->count, out, capacity, &written, &next, &error);
        FUZZ_CHECK(written <= capacity && done + written <= length);
        FUZZ_CHECK(written == 0 || memcmp(out, whole + done, written) == 0);
        if (status != HG_OK)
            break; /* one does not fit */
        done += written;
    }
    free(out);
}

static void render_signatures(const hg_batch *batch, size_t capacity)
{
    char *out = malloc(capacity);
    for (uint32_t row = 0; row <= batch->count; row++) {
        size_t written;
        hg_error error;
        hg_status status = hg_render_signature(batch, row, out, capacity, &written, &error);
        int is_handshake = row < batch->count && batch->columns.event[row] <= HG_EVENT_SYN_ACK;
        FUZZ_CHECK(status == HG_OK ? is_handshake && written <= capacity && written > 0 : status == HG_E_ARGUMENT);
    }
    free(out);
}

static void ask_for_what_is_not_there(hg_renderer *renderer, const hg_batch *batch)
{
    size_t written;
    uint32_t next;
    hg_renderer *none;
    char out[16];
    FUZZ_CHECK(hg_render(renderer, batch, 1, 0, out, sizeof out, &written, &next, NULL) == HG_E_ARGUMENT);
    FUZZ_CHECK(hg_render(renderer, batch, 0, batch->count + 1, out, 16, &written, &next, NULL) == HG_E_ARGUMENT);
    FUZZ_CHECK(hg_renderer_new(NULL, HG_FORMATS, NULL, &none, NULL) == HG_E_ARGUMENT && none == NULL);
    for (uint32_t number = 0; number < 16; number++) {
        FUZZ_CHECK((hg_drop_name(number) != NULL) == (number < HG_DROP_KINDS));
        FUZZ_CHECK((hg_tunnel_name(number) != NULL) == (number < HG_TUNNEL_KINDS));
        FUZZ_CHECK((hg_doubt_reason(number) != NULL) == (number > 0 && number < HG_DOUBT_KINDS));
    }
}

static void name_connections(const hg_batch *batch)
{
    char *ids = malloc(batch->count * (size_t)HG_COMMUNITY_BYTES);
    FUZZ_CHECK(ids != NULL || batch->count == 0);
    hg_community_ids(batch, 0, batch->count, ids);
    for (uint32_t row = 0; row < batch->count; row++)
        FUZZ_CHECK(memcmp(ids + row * HG_COMMUNITY_BYTES, "1:", 2) == 0 &&
                   ids[row * HG_COMMUNITY_BYTES + HG_COMMUNITY_BYTES - 1] == '=');
    free(ids);
}

/* Texts lie one behind the other and are no longer than promised. */
static void check_offsets(const int32_t *offsets, uint32_t count, int32_t longest)
{
    FUZZ_CHECK(offsets[0] == 0);
    for (uint32_t i = 0; i < count; i++)
        FUZZ_CHECK(offsets[i] <= offsets[i + 1] && offsets[i + 1] - offsets[i] <= longest);
}

/* Rows of one group have the same texts. */
static void export_texts(const hg_batch *batch, const hg_database *database, const int32_t *groups,
                         const uint32_t *rows, uint32_t count, hg_text text)
{
    static char out[MOST_ROWS * HG_MAX_TEXT], again[MOST_ROWS * HG_MAX_TEXT];
    int32_t offsets[MOST_ROWS + 1], one[2];
    hg_status status = hg_row_texts(batch, database, text, rows, count, out, offsets, NULL);
    FUZZ_CHECK(status == HG_OK || status == HG_E_ARGUMENT);
    if (status != HG_OK)
        return;
    check_offsets(offsets, count, HG_MAX_TEXT);
    for (uint32_t row = 0; row < batch->count; row++) {
        if (groups[row] < 0)
            continue;
        int32_t start = offsets[groups[row]], length = offsets[groups[row] + 1] - start;
        FUZZ_CHECK(hg_row_texts(batch, database, text, &row, 1, again, one, NULL) == HG_OK);
        FUZZ_CHECK(one[1] == length && memcmp(again, out + start, (size_t)length) == 0);
    }
}

static void export_rows(const hg_batch *batch, const hg_database *database)
{
    static char addresses[MOST_ROWS * HG_MAX_ADDRESS];
    int32_t offsets[MOST_ROWS + 1], groups[MOST_ROWS];
    uint32_t rows[MOST_ROWS], count, beyond = batch->count, ones = 0;
    uint8_t bits[(MOST_ROWS + 7) / 8];
    for (int destination = 0; destination < 2; destination++) {
        hg_address_texts(batch, destination, addresses, offsets);
        check_offsets(offsets, batch->count, HG_MAX_ADDRESS);
    }
    for (uint32_t event = 0; event < 32; event++)
        ones += hg_event_bits(batch, 1u << event, bits);
    FUZZ_CHECK(ones == batch->count && hg_flag_bits(batch->columns.tcp.fuzzy, batch->count, bits) <= ones);
    FUZZ_CHECK(hg_handshake_groups(batch, 5, groups, rows, NULL, &count, NULL) == HG_OK && count <= batch->count);
    for (int text = HG_TEXT_SIGNATURE; text <= HG_TEXT_PARAMS; text++)
        export_texts(batch, database, groups, rows, count, (hg_text)text);
    FUZZ_CHECK(hg_row_texts(batch, database, HG_TEXT_QUIRKS, &beyond, 1, addresses, offsets, NULL) ==
               HG_E_ARGUMENT);
}

/* Comments have all that the text has, one a line, within the promised room; and what is said of groups. */
static void check_comments(const hg_batch *batch, const char *text, size_t length)
{
    static char out[2 * LARGE], more[2 * LARGE];
    static const char answers[] = " | Sure: 9 % | Sure: 10 %";
    static const uint32_t ends[2] = {12, sizeof answers - 1};
    int32_t groups[MOST_ROWS];
    size_t lines = 0, said = 0;
    const size_t room = length + 16 * (size_t)batch->count;
    for (uint32_t row = 0; row < batch->count; row++) {
        groups[row] = (int32_t)(row % 3) - 1;
        said += groups[row] < 0 ? 0 : ends[groups[row]] - (groups[row] == 0 ? 0 : ends[0]);
    }
    const size_t bytes = hg_comments_of_text(text, length, NULL, NULL, NULL, batch->count, out, room);
    FUZZ_CHECK(hg_comments_of_text(text, length, NULL, NULL, NULL, batch->count, more, sizeof more) == bytes);
    FUZZ_CHECK(memcmp(out, more, bytes) == 0);
    for (const char *at = out; at < out + bytes; lines++) {
        FUZZ_CHECK(memcmp(at, "huginn ", 7) == 0);
        at = (const char *)memchr(at, '\n', (size_t)(out + bytes - at)) + 1;
    }
    FUZZ_CHECK(lines == batch->count);
    FUZZ_CHECK(hg_comments_of_text(text, length, groups, answers, ends, batch->count, more, room + said) == bytes + said);
}

static void render_all(const hg_batch *batch, const hg_database *database, const char *interface, size_t capacity)
{
    static char whole[LARGE];
    for (int format = HG_FORMAT_TEXT; format < HG_FORMATS; format++) {
        hg_renderer *renderer;
        FUZZ_CHECK(hg_renderer_new(database, (hg_format)format, interface, &renderer, NULL) == HG_OK);
        size_t length = render_whole(renderer, batch, (hg_format)format, whole);
        if (length > 0)
            render_in_pieces(renderer, batch, capacity, whole, length);
        if (length > 0 && format == HG_FORMAT_TEXT)
            check_comments(batch, whole, length);
        ask_for_what_is_not_there(renderer, batch);
        hg_renderer_free(renderer);
    }
    render_signatures(batch, capacity);
    name_connections(batch);
    export_rows(batch, database);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static hg_batch batch;
    static names n;
    hg_database database;
    fuzz_input input = {data, size};
    uint8_t head[3];
    if (batch.capacity == 0)
        fuzz_batch_make(&batch, MOST_ROWS);
    fuzz_take(&input, head, sizeof head);
    fuzz_batch_fill(&batch, head[2] % (MOST_ROWS + 1));
    batch.text_count = TEXT_BYTES;
    fuzz_take(&input, batch.texts, TEXT_BYTES);
    for (uint32_t row = 0; row < batch.count; row++)
        take_row(&input, &batch, row);
    char interface[16] = {0};
    fuzz_input name = input;
    fuzz_take(&name, interface, sizeof interface - 1);
    uint8_t *text = fuzz_copy(input.at, input.left);
    make_names(&database, &n, text, (uint32_t)input.left);
    render_all(&batch, &database, interface, hg_le16(head) % 4096);
    render_all(&batch, NULL, NULL, hg_le16(head) % 4096);
    free(text);
    return 0;
}
