/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * render.c - renders rows with any content, with labels of any bytes, in every format.
 *
 * Input: size of the small buffer (16 bits), number of rows, 256 bytes of texts, then the columns of one row after the
 * other in the order of hg_columns; the rest is the text of labels, files and signatures. No label may break a record: a
 * line in p0f's format keeps its number of fields, a JSON line its quotes and braces, and there are no control characters.
 * Batches rendered into small buffers must give the same bytes as into a large one.
 */
#include "fuzz.h"
#include "json.h"
#include "base/kinds.h"
#include "base/value.h"

#include "base/bytes.h"
#include "database/database.h"
#include "tcp/observe.h"

enum { MOST_ROWS = 8, RECORDS = 4, MOST_SYSTEMS = 256, MOST_LAYOUTS = 256, LARGE = 1 << 16 };
enum { FAMILIES = RECORDS - 1, CLAIMED = 7 /* families of all claims: 1, 2, 3 and 1 */, SHARED_LAYOUT = 0 };

typedef struct names {
    hg_db_family families[FAMILIES];
    hg_db_claim claims[RECORDS];
    hg_db_claim_family claim_families[CLAIMED];
    hg_db_versions versions[CLAIMED];
    hg_db_first layout_signatures[MOST_LAYOUTS];
    hg_db_label labels[RECORDS];
    hg_db_signature signatures[RECORDS];
    hg_db_mtu mtus[RECORDS];
    hg_db_hello hellos[RECORDS];
    hg_db_http https[RECORDS];
    hg_db_segments segments[RECORDS];
    hg_db_system systems[MOST_SYSTEMS];
    hg_db_file file;
} names;

static uint32_t part(uint32_t length, uint32_t of)
{
    return length / (RECORDS * 4) * of;
}

/* Signatures that fit the rows changed by fit_signatures. */
static void make_signature(hg_db_signature *signature, uint32_t number, uint8_t choice)
{
    signature->flags = choice & (HG_SIGNATURE_UNRELIABLE_TTL | HG_SIGNATURE_USERLAND | HG_SIGNATURE_GENERIC |
                                 HG_SIGNATURE_RESPONSE);
    signature->quirks = choice >> 4 & HG_SOFT_QUIRKS;
    signature->weight = choice % (HG_WEIGHT_HIGH + 1);
    signature->ittl = number % 2 == 0 ? 64 : 255;
    signature->mss = signature->wscale = -1;
    signature->window_kind = HG_WINDOW_ANY;
    signature->payload = HG_PAYLOAD_ANY;
    signature->layout = SHARED_LAYOUT;
    signature->next = number + 1 < RECORDS ? number + 1 : HG_NO_INDEX;
}

/* Makes claims of few families, so that they overlap, with versions from the text. */
static void make_claims(names *n, const uint8_t *text, uint32_t length)
{
    uint32_t taken = 0;
    for (uint32_t i = 0; i < RECORDS; i++) {
        const uint8_t choice = length > i ? text[length - 1 - i] : 0;
        n->claims[i] = (hg_db_claim){.identity = i, .stacks = choice >> 4, .first_family = taken, .family_count = 1 + i % 3,
                                     .kind = choice % (HG_CLAIM_LINK + 1)};
        for (uint32_t family = 0; family < n->claims[i].family_count; family++, taken++) {
            const uint64_t first = choice >> family;
            n->claim_families[taken] = (hg_db_claim_family){(i + family) % FAMILIES, taken, choice >> 6 & 1};
            n->versions[taken] = (hg_db_versions){first, first + choice % 8};
        }
    }
    FUZZ_CHECK(taken == CLAIMED);
}

/* Makes a database with little more than names: sixteen parts of the text, each for a label or signature. */
static void make_names(hg_database *database, names *n, const uint8_t *text, uint32_t length)
{
    uint32_t size = part(length, 1);
    memset(n, 0, sizeof *n);
    make_claims(n, text, length);
    for (uint32_t i = 0; i < RECORDS; i++) {
        make_signature(n->signatures + i, i, length > i ? text[i] : 0);
        n->labels[i].name_offset = part(length, i);
        n->labels[i].flavor_offset = part(length, RECORDS + i);
        n->signatures[i].text_offset = part(length, 2 * RECORDS + i);
        n->labels[i].name_length = size;
        n->labels[i].flavor_length = i % 2 == 0 ? size : 0;
        n->signatures[i].text_length = size;
        n->signatures[i].label = n->mtus[i].label = n->hellos[i].label = n->https[i].label = n->segments[i].label = i;
        n->signatures[i].line = length;
        n->signatures[i].provenance_offset = part(length, 3 * RECORDS + i % FAMILIES);
        n->signatures[i].provenance_length = i % FAMILIES == 0 ? size : 0;
        n->labels[i].claim = n->labels[i].alike = i;
    }
    for (uint32_t i = 0; i < FAMILIES; i++)
        n->families[i] = (hg_db_family){.identity = hg_database_default()->tables.families[i].identity,
                                        .name_offset = part(length, RECORDS + i), .name_length = size,
                                        .stacks = hg_database_default()->tables.families[i].stacks};
    FUZZ_CHECK(hg_database_default()->tables.systems_count <= MOST_SYSTEMS);
    FUZZ_CHECK(hg_database_default()->tables.layouts_count <= MOST_LAYOUTS); /* all layouts begin with signature 0 */
    for (uint32_t i = 0; i < MOST_SYSTEMS; i++) /* the default systems, which requests claim, with other names */
        n->systems[i] = (hg_db_system){.name_offset = part(length, i % RECORDS), .name_length = size};
    n->file.name_offset = part(length, 3 * RECORDS);
    n->file.name_length = size;
    *database = *hg_database_default();
#define TABLE(table, of, number) database->tables.table = (of), database->tables.table##_count = (number)
#define OWN(table, number) TABLE(table, n->table, number)
    TABLE(strings, (const hg_db_char *)text, length);
    OWN(families, FAMILIES);
    OWN(claims, RECORDS);
    OWN(claim_families, CLAIMED);
    OWN(versions, CLAIMED);
    database->tables.layout_signatures = n->layout_signatures;
    OWN(labels, RECORDS);
    OWN(signatures, RECORDS);
    OWN(mtus, RECORDS);
    OWN(hellos, RECORDS);
    OWN(https, RECORDS);
    OWN(segments, RECORDS);
#undef OWN
#undef TABLE
    database->tables.systems = n->systems;
    database->tables.files = &n->file;
}

/* texts of TLS, to which rows refer */
enum { TEXT_BYTES = 256 };

/* Makes every second row fit the signatures. */
static void fit_signatures(const hg_columns *c, uint32_t row)
{
    if (c->tcp.olayout[row][HG_MAX_OPTIONS] % 2 != 0)
        return;
    memcpy(c->tcp.olayout[row], hg_database_default()->tables.layouts + SHARED_LAYOUT, HG_OLAYOUT_BYTES);
    c->tcp.quirks[row] &= HG_SOFT_QUIRKS;
    c->tcp.olen[row] = 0;
}

static void take_row(fuzz_input *input, hg_batch *batch, uint32_t row)
{
    const hg_columns *c = &batch->columns;
    fuzz_input again = *input;
#define TAKE(column) fuzz_take(input, c->column + row, sizeof *c->column);
#define TAKE_OFFSET(text) TAKE(text##_offset)
#define TAKE_AGAIN(column) fuzz_take(&again, c->column + row, sizeof *c->column);
    FUZZ_FILLED_COLUMNS(TAKE)
    FUZZ_TEXTS(TAKE_OFFSET)
    HG_SEGMENTS_COLUMNS(TAKE_AGAIN)
#undef TAKE
#undef TAKE_OFFSET
#undef TAKE_AGAIN
    if (c->event[row] & 0x80)
        return; /* unchanged: mostly rows that are refused */
    c->event[row] %= HG_EVENT_DHCP; /* these come first; announcements have their own target, devices.c */
    for (size_t i = 0; i < sizeof c->tls.ja4[row]; i++) {
        c->tls.ja4[row][i] = (uint8_t)('a' + c->tls.ja4[row][i] % 26);
        c->tls.ja4_stable[row][i] = (uint8_t)('0' + c->tls.ja4_stable[row][i] % 10);
    }
    fuzz_row_fit_texts(batch, row);
    c->http.http_version[row] %= 3;
    c->http.software[row] = c->http.software[row] % (RECORDS + 1) == RECORDS ? HG_NO_SIGNATURE : c->http.software[row] % RECORDS;
    c->tcp.olayout[row][HG_MAX_OPTIONS] %= HG_MAX_OPTIONS + 1;
    fit_signatures(c, row);
    c->tcp.signature[row] = c->tcp.signature[row] % (RECORDS + 1) == RECORDS ? HG_NO_SIGNATURE : c->tcp.signature[row] % RECORDS;
    c->tls.client[row] = c->tls.client[row] % (RECORDS + 1) == RECORDS ? HG_NO_SIGNATURE : c->tls.client[row] % RECORDS;
    c->segments.segments_rule[row] = c->segments.segments_rule[row] % (RECORDS + 1);
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

static void check_text(const char *record, size_t length)
{
    FUZZ_CHECK(length > 2 && record[length - 1] == '\n' && record[length - 2] == '\n');
    for (size_t i = 0; i + 2 < length; i++)
        FUZZ_CHECK(record[i] != '\n' || (record[i + 1] == ' ' && record[i + 2] == ' '));
}

/* Whether only p0f's log has this row. */
static int is_unreported(const hg_batch *batch, uint32_t row)
{
    return hg_is_unreported(&batch->columns, row, hg_row_of(batch, row).at);
}

static uint32_t count_unreported(const hg_batch *batch)
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < batch->count; row++)
        count += is_unreported(batch, row) != 0;
    return count;
}

static void check_record(hg_format format, const char *record, size_t length, const hg_batch *batch, uint32_t row)
{
    const uint8_t event = batch->columns.event[row];
    const int is_p0f = format == HG_FORMAT_P0F;
    if (is_p0f ? hg_event_reader(event) == HG_READER_TLS || event == HG_EVENT_SEGMENTS : is_unreported(batch, row)) {
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
        fuzz_json_check_line(record, length);
}

/* ---- rendering --------------------------------------------------------------------------- */

/* Renders all rows into `out` at once; 0 when a row is refused. */
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
        check_record(format, out + length, written, batch, row);
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
            break; /* a record does not fit */
        done += written;
    }
    free(out);
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

/* Checks that all texts can be read. */
static void read_texts(const hg_arrow_array *texts)
{
    const int32_t *offsets = texts->buffers[1];
    if (offsets[texts->length] > 0)
        (void)memchr(texts->buffers[2], 0xff, (size_t)offsets[texts->length]);
}

/* Checks a table; tests/formats compares tables with rows through Arrow. */
static void read_table(hg_arrow_array *table, uint32_t rows)
{
    FUZZ_CHECK(table->length == rows);
    for (int64_t i = 0; i < table->n_children; i++) {
        const hg_arrow_array *column = table->children[i];
        FUZZ_CHECK(column->length == rows);
        if (column->n_buffers == 3)
            read_texts(column);
        else if (column->dictionary != NULL)
            read_texts(column->dictionary);
    }
    table->release(table);
}

/* Exports the batch twice, so that the second time its groups are known. */
static void export_tables(const hg_batch *batch, const hg_database *database, int by_kind)
{
    static const uint64_t hash_key[2] = {1, 2};
    hg_arrow_array table;
    hg_records *records;
    FUZZ_CHECK(hg_records_new(by_kind, hash_key, &records, NULL) == HG_OK);
    hg_status status = hg_records_add(records, batch, batch->count, database, "capture", 0, NULL);
    FUZZ_CHECK(status == HG_OK || status == HG_E_ARGUMENT);
    FUZZ_CHECK(hg_records_add(records, batch, batch->count, database, NULL, by_kind, NULL) == status);
    uint32_t rows = 0;
    for (uint32_t event = 0; event < (by_kind ? HG_EVENT_KINDS : 1); event++) {
        const uint32_t count = hg_records_count(records, event);
        rows += count;
        FUZZ_CHECK(hg_records_take(records, event, &table, NULL) == HG_OK);
        FUZZ_CHECK(hg_records_count(records, event) == 0);
        read_table(&table, count);
    }
    FUZZ_CHECK(rows == (status == HG_OK ? 2 * (batch->count - count_unreported(batch)) : 0));
    FUZZ_CHECK(hg_records_take(records, HG_EVENT_KINDS, &table, NULL) == HG_E_ARGUMENT);
    hg_records_free(records);
}

static void export_rows(const hg_batch *batch, const hg_database *database)
{
    for (int by_kind = 0; by_kind < 2; by_kind++)
        export_tables(batch, database, by_kind);
}

/* Checks that comments fit into the promised room. */
static void make_comments(const hg_batch *batch, const hg_database *database, const char *text, size_t length)
{
    size_t bytes, plain;
    if (count_unreported(batch) > 0) /* batches for comments have no changes */
        return;
    const size_t room = length + HG_COMMENT_BYTES * (size_t)batch->count;
    char *out = malloc(room);
    FUZZ_CHECK(out != NULL);
    FUZZ_CHECK(hg_comments_of_text(batch, NULL, text, length, out, room, &plain, NULL) == HG_OK);
    FUZZ_CHECK(hg_comments_of_text(batch, database, text, length, out, room, &bytes, NULL) == HG_OK && bytes >= plain);
    free(out);
}

/* ---- answers ----------------------------------------------------------------------------- */

/* Answers all rows, in any room; tests/render/test_answers.py compares the answers for handshakes. */
static void answer_rows(const hg_batch *batch, const hg_database *database, size_t capacity)
{
    hg_answer answer;
    size_t length;
    char *texts = malloc(capacity);
    FUZZ_CHECK(texts != NULL || capacity == 0);
    for (uint32_t row = 0; row < batch->count; row++) {
        const hg_status status = hg_row_answer(batch, database, row, &answer, texts, capacity, &length, NULL);
        FUZZ_CHECK(status == HG_OK || (status == HG_E_ARGUMENT && length == 0));
        FUZZ_CHECK(length == 0 || (answer.confidence >= 0 && answer.confidence <= 1));
    }
    free(texts);
}

/* Answers the same rows as handshakes, which are rare otherwise, under all names, those of the same family first. */
static void answer_handshakes(const hg_batch *batch, const hg_database *database, size_t capacity)
{
    const hg_columns *c = &batch->columns;
    for (uint32_t row = 0; row < batch->count; row++) {
        c->event[row] %= HG_EVENT_SYN_ACK + 1;
        c->tcp.olayout[row][HG_MAX_OPTIONS] %= HG_MAX_OPTIONS + 1;
        c->tcp.signature[row] = (RECORDS - row % RECORDS) % RECORDS;
    }
    answer_rows(batch, database, capacity);
}

static void compare_labels(const hg_database *database)
{
    for (uint32_t one = 0; one <= RECORDS; one++)
        for (uint32_t other = 0; other <= one; other++)
            fuzz_labels_agree(database, one, other);
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
            make_comments(batch, database, whole, length);
        hg_renderer_free(renderer);
    }
    name_connections(batch);
    export_rows(batch, database);
    answer_rows(batch, database, capacity);
    answer_rows(batch, database, LARGE);
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
    compare_labels(&database);
    render_all(&batch, NULL, NULL, hg_le16(head) % 4096);
    answer_handshakes(&batch, &database, hg_le16(head) % 4096);
    free(text);
    return 0;
}
