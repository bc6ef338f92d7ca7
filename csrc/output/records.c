/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * records.c - batches as tables of records.
 *
 * Texts and names are made once for each group of rows with the same content. Rows of TLS, HTTP and other events that
 * rarely repeat form groups of one row, which are kept only while their batch is added.
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/kinds.h"
#include "base/memory.h"
#include "output/table.h"
#include "rows/check.h"

struct hg_records {
    int by_kind;
    hg_table *tables[HG_EVENT_KINDS]; /* by event, if `by_kind`; else the first one has all events */
    hg_answer_cache answers;
    hg_writer text; /* for the text of an answer */
    hg_match_marks marks;
    hg_table_rows rows;
};

hg_status hg_records_new(int by_kind, const uint64_t hash_key[2], hg_records **out, hg_error *error)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for records");
    (*out)->by_kind = by_kind;
    (*out)->rows.hash_key[0] = hash_key[0];
    (*out)->rows.hash_key[1] = hash_key[1];
    (*out)->answers.places = 2; /* rows with equal answers are often adjacent */
    (*out)->text.may_grow = 1;
    return HG_OK;
}

static void drop_tables(hg_records *records)
{
    for (int event = 0; event < HG_EVENT_KINDS; event++) {
        hg_table_free(records->tables[event]);
        records->tables[event] = NULL;
    }
}

void hg_records_free(hg_records *records)
{
    if (records == NULL)
        return;
    drop_tables(records);
    free(records->rows.batch_places);
    hg_answer_cache_use(&records->answers, NULL);
    free(records->text.at);
    free(records);
}

/* Makes room for the rows of a batch, in one allocation. 0: no memory. */
static int reserve_rows(hg_table_rows *rows, uint32_t count)
{
    if (count <= rows->room)
        return 1;
    free(rows->batch_places);
    rows->batch_places = malloc(count * (5 * sizeof *rows->batch_places + sizeof *rows->events + HG_COMMUNITY_BYTES));
    rows->room = rows->batch_places == NULL ? 0 : count;
    if (rows->batch_places == NULL)
        return 0;
    rows->rows = rows->batch_places + count;
    rows->places = rows->rows + count;
    rows->groups = rows->places + count;
    rows->first_rows = rows->groups + count;
    rows->events = (uint8_t *)(rows->first_rows + count);
    rows->connections = (char *)rows->events + count;
    return 1;
}

/* ---- checks ------------------------------------------------------------------------------------------- */

/* Finds the rows' positions in the columns of their readers, and rejects rows that no engine could have written. */
static hg_status check_rows(const hg_table_rows *added, uint32_t count, hg_error *error)
{
    const hg_batch *batch = added->batch;
    uint32_t next[HG_READERS + 1] = {0};
    hg_row row = {&batch->columns, batch->texts, 0, 0};
    for (row.index = 0; row.index < count; row.index++) {
        const hg_reader_id reader = hg_event_reader(batch->columns.event[row.index]);
        const uint32_t *rows = hg_reader_rows(&batch->columns, reader);
        row.at = UINT32_MAX;
        if (rows != NULL && next[reader] < batch->counts[reader] && rows[next[reader]] == row.index)
            row.at = next[reader]++;
        const hg_status status = hg_check_row_of(batch, &row, added->context.database, error);
        if (status != HG_OK)
            return status;
        added->batch_places[row.index] = row.at;
    }
    return HG_OK;
}

/* ---- groups of rows with the same content, so that their texts are made only once ---------------------- */

/* All values that determine a row's group. */
typedef struct group_key {
    uint64_t words[10];
} group_key;

enum { SEGMENT_WORD = 8 };

/* Whether equal rows of an event form groups: handshakes, MTUs and uptimes. */
static int is_grouped(uint8_t event)
{
    return hg_event_is_handshake(event) || hg_event_is_uptime(event) || event == HG_EVENT_MTU;
}

static group_key handshake_key(hg_row row)
{
    const hg_columns *c = row.columns;
    const uint32_t i = row.index, at = row.at;
    group_key key = {{0}};
    uint64_t *w = key.words;
    w[0] = c->tcp.ttl[at] | (uint64_t)c->ip_version[i] << 8 | (uint64_t)c->tcp.olen[at] << 16 |
           (uint64_t)c->tcp.window_kind[at] << 24 | (uint64_t)c->tcp.wscale[at] << 32 |
           (uint64_t)c->tcp.pclass[at] << 40 | (uint64_t)c->tcp.dscp[at] << 48 | (uint64_t)c->tcp.fuzzy[at] << 56;
    w[1] = c->tcp.mss[at] | (uint64_t)c->tcp.wsize[at] << 16 | (uint64_t)c->tcp.window_multiple[at] << 32 |
           (uint64_t)(uint16_t)c->tcp.distance[at] << 48;
    w[2] = c->tcp.quirks[at] | (uint64_t)c->tcp.signature[at] << 32;
    w[3] = c->event[i] | (uint64_t)c->tcp.ittl[at] << 8;
    memcpy(w + 4, c->tcp.olayout[at], sizeof c->tcp.olayout[at]);
    return key;
}

_Static_assert(4 * sizeof(uint64_t) + sizeof(uint8_t[32]) == SEGMENT_WORD * sizeof(uint64_t), "the layout fits");

/* Hashes two halves, which the processor can compute in parallel. */
static uint32_t hash(const group_key *key, uint64_t state)
{
    enum { HALF = sizeof key->words / sizeof key->words[0] / 2 };
    uint64_t other = ~state;
    for (int i = 0; i < HALF; i++) {
        state = hg_hash_mix(state, key->words[i]);
        other = hg_hash_mix(other, key->words[i + HALF]);
    }
    return (uint32_t)hg_hash_mix(state, other);
}

/* The group of a row of such an event, which is added if it is new. Groups are numbered in order of appearance. All
 * rows of a group have the same name, answer and texts; addresses, times, and the numbers of MTUs and uptimes may
 * differ. `hash_key` is the same in all calls, and secret if untrusted input supplies the packets. -1: no memory. */
static int64_t group_of(hg_dictionary *groups, uint64_t hash_key, hg_row row)
{
    const uint8_t event = row.columns->event[row.index];
    const hg_tcp_columns *tcp = &row.columns->tcp;
    group_key key =
        hg_event_is_handshake(event)
            ? handshake_key(row)
            : (group_key){{[2] = event == HG_EVENT_MTU ? tcp->link[row.at] : tcp->uptime_doubt[row.at], [3] = event}};
    key.words[SEGMENT_WORD] = hg_segment_of_row(row);
    return hg_dictionary_place(groups, hash(&key, hash_key), hg_span_of(&key, sizeof key));
}

/* ---- cells -------------------------------------------------------------------------------------------- */

/* Makes room for the cells of `all` groups; the first `kept` groups are kept for later batches. Groups below `known`
 * that have no cell yet belong to events without the field. 0: no memory. */
static int reserve_cells(hg_column *column, uint32_t known, uint32_t kept, uint32_t all)
{
    if (!hg_make_room(&column->cells, &column->cells_room, all, sizeof *column->cells, 1))
        return 0;
    for (uint32_t group = column->cells_known; group < known; group++)
        column->cells[group] = HG_NO_CELL;
    column->cells_known = kept;
    return 1;
}

/* Computes the value of a field that the row's event has; 0: no memory. */
static int put_cell(hg_column *column, const hg_table_field *field, const hg_field_context *context,
                    const hg_table_rows *rows, int64_t *cell)
{
    char room[HG_FIELD_ROOM];
    *cell = HG_NO_CELL;
    if ((field->is_private && rows->hides_private) || (field->needs_name && !context->is_named))
        return 1;
    if (field->number != NULL) {
        *cell = field->number(context);
        return 1;
    }
    const hg_span text = field->text(context, room);
    if (text.data == NULL)
        return 1;
    *cell = hg_dictionary_place_text(&column->words, rows->hash_key, text);
    return *cell >= 0 && !(context->text->is_full);
}

/* Collects the inputs of the functions that compute a row's fields. `records` owns the answer until the next call. */
static hg_status find_context(hg_records *records, hg_row_context context, hg_field_context *out, hg_error *error)
{
    hg_naming by = {.index = HG_NO_SIGNATURE};
    records->marks = (hg_match_marks){0};
    *out = (hg_field_context){.context = context, .text = &records->text};
    out->context.marks = &records->marks;
    if (!hg_naming_of(context.row, &by) || by.index == HG_NO_SIGNATURE)
        return HG_OK;
    out->match = hg_match_texts_of(context.database, &by);
    out->is_named = 1;
    records->marks = out->match.marks;
    if (!hg_event_is_handshake(context.row.columns->event[context.row.index]))
        return HG_OK;
    hg_known_answer *known;
    const hg_status status = hg_answer_of_row(&records->answers, records->rows.batch, context.row, &known, error);
    if (status == HG_OK)
        out->answer = &known->found;
    return status;
}

/* Computes the cells of a new group; its first row is `k`. */
static hg_status fill_group(hg_records *records, hg_table *table, uint32_t group, uint32_t k, hg_error *error)
{
    const hg_table_rows *rows = &records->rows;
    hg_field_context field_context;
    hg_row_context context = rows->context;
    context.row.index = rows->rows[k];
    context.row.at = rows->places[k];
    hg_status status = find_context(records, context, &field_context, error);
    for (int i = 0; status == HG_OK && i < HG_FIELDS; i++) {
        const hg_table_field *field = hg_table_fields + i;
        hg_column *column = table->columns + i;
        if ((field->number == NULL && field->text == NULL) || (field->events & rows->present & table->events) == 0)
            continue;
        if ((field->events >> rows->events[k] & 1) == 0)
            column->cells[group] = HG_NO_CELL;
        else if (!put_cell(column, field, &field_context, rows, column->cells + group))
            status = hg_fail(error, HG_E_MEMORY, "no memory for texts of records");
    }
    return status;
}

/* Groups the rows. Rows of events whose groups are kept for later batches get the first numbers. Returns the number of
 * groups, including the groups of earlier batches; -1: no memory. */
static int64_t group_rows(hg_table *table, const hg_table_rows *rows)
{
    const uint32_t known = table->groups.texts.count;
    int is_all = 1;
    for (uint32_t k = 0; k < rows->count; k++) {
        if (!is_grouped(rows->events[k])) {
            is_all = 0;
            continue;
        }
        const uint32_t count = table->groups.texts.count;
        const int64_t group = group_of(&table->groups, rows->hash_key[0],
                                       (hg_row){rows->context.row.columns, NULL, rows->rows[k], rows->places[k]});
        if (group < 0)
            return -1;
        if (group == count)
            rows->first_rows[count - known] = k;
        rows->groups[k] = (uint32_t)group;
    }
    uint32_t all = table->groups.texts.count;
    for (uint32_t k = 0; !is_all && k < rows->count; k++) {
        if (is_grouped(rows->events[k]))
            continue;
        rows->first_rows[all - known] = k;
        rows->groups[k] = all++;
    }
    return all;
}

static hg_status fill_groups(hg_records *records, hg_table *table, hg_error *error)
{
    const hg_table_rows *rows = &records->rows;
    const uint32_t known = table->groups.texts.count;
    const int64_t all = group_rows(table, rows);
    if (all < 0)
        return hg_fail(error, HG_E_MEMORY, "no memory to group %u rows", rows->count);
    for (int i = 0; i < HG_FIELDS; i++) {
        const hg_table_field *field = hg_table_fields + i;
        if ((field->number != NULL || field->text != NULL) && (field->events & rows->present & table->events) != 0 &&
            !reserve_cells(table->columns + i, known, table->groups.texts.count, (uint32_t)all))
            return hg_fail(error, HG_E_MEMORY, "no memory for names of records");
    }
    hg_status status = HG_OK;
    for (uint32_t group = known; status == HG_OK && group < all; group++)
        status = fill_group(records, table, group, rows->first_rows[group - known], error);
    return status;
}

/* ---- columns ------------------------------------------------------------------------------------------ */

/* The value of a field that is the same in all rows of a batch. */
static hg_span repeated(const hg_table_rows *rows, uint32_t field, const char *capture, char *room)
{
    const hg_database *database = rows->context.database;
    if (field == HG_FIELD_CAPTURE)
        return capture == NULL ? (hg_span){0} : hg_span_of_word(capture);
    if (database == NULL)
        return (hg_span){0};
    char *p = hg_put_hex(room, database->tables.source_hash, HG_DATABASE_DIGITS / 2);
    return hg_span_of(room, (uint32_t)(p - room));
}

static int fill_repeated(hg_column *column, const hg_table_rows *rows, hg_span text)
{
    const int64_t place = hg_dictionary_place_text(&column->words, rows->hash_key, text);
    uint32_t *values = (uint32_t *)(void *)column->values + rows->base;
    for (uint32_t k = 0; k < rows->count; k++)
        values[k] = (uint32_t)place;
    return place >= 0 && hg_column_close(column, rows, rows->present);
}

/* 0: no memory. */
static int fill_column(hg_column *column, uint32_t number, const hg_table_rows *rows, const char *capture)
{
    char room[HG_DATABASE_DIGITS];
    const hg_table_field *field = hg_table_fields + number;
    const int is_repeated = field->fill == NULL && field->number == NULL && field->text == NULL;
    hg_span text = {0};
    const int has_text =
        (field->events & rows->present) != 0 || field->layout == HG_LAYOUT_TEXT_PER_ROW; /* texts for every row */
    if (!has_text || (field->is_private && rows->hides_private))
        return 1;
    if (is_repeated && (text = repeated(rows, number, capture, room)).data == NULL)
        return 1;
    if (!hg_column_open(column, (hg_column_layout)field->layout, rows))
        return 0;
    if (is_repeated)
        return fill_repeated(column, rows, text);
    if (field->fill == NULL)
        return hg_column_spread(column, (hg_column_layout)field->layout, rows);
    field->fill(rows, column, field->events);
    return hg_column_close(column, rows, field->events) &&
           (field->layout != HG_LAYOUT_WORDS || hg_column_words(column, rows));
}

/* Adds rows to one table. */
static hg_status add_rows(hg_records *records, hg_table *table, const char *capture, hg_error *error)
{
    hg_table_rows *rows = &records->rows;
    rows->base = table->rows;
    if (rows->count > INT32_MAX - 8 - rows->base)
        return hg_fail(error, HG_E_ARGUMENT, "a table has room for %d rows", INT32_MAX - 8);
    const hg_status status = fill_groups(records, table, error);
    if (status != HG_OK)
        return status;
    for (uint32_t i = 0; i < HG_FIELDS; i++)
        if ((hg_table_fields[i].events & table->events) != 0 && !fill_column(table->columns + i, i, rows, capture))
            return hg_fail(error, HG_E_MEMORY, "no memory for columns of records");
    table->rows += rows->count;
    return HG_OK;
}

/* ---- tables ------------------------------------------------------------------------------------------- */

/* The table at an index, created on first use; NULL: no memory. */
static hg_table *table_at(hg_records *records, uint32_t place)
{
    if (records->tables[place] != NULL)
        return records->tables[place];
    hg_table *table = calloc(1, sizeof *table);
    if (table != NULL)
        table->events = records->by_kind ? UINT64_C(1) << place : UINT64_MAX >> (64 - HG_EVENT_KINDS);
    records->tables[place] = table;
    return table;
}

/* Selects the rows of a table among the first `count` rows of the batch. */
static void choose_rows(hg_table_rows *rows, uint32_t count, uint64_t events)
{
    const hg_columns *columns = &rows->batch->columns;
    rows->count = 0;
    rows->present = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t event = columns->event[i];
        rows->rows[rows->count] = i;
        rows->places[rows->count] = rows->batch_places[i];
        rows->events[rows->count] = event;
        const uint64_t is_chosen = (events >> event & 1) != 0 && !hg_is_unreported(columns, i, rows->batch_places[i]);
        rows->present |= is_chosen << event;
        rows->count += (uint32_t)is_chosen;
    }
}

static hg_status add_tables(hg_records *records, uint32_t count, const char *capture, hg_error *error)
{
    hg_status status = HG_OK;
    uint64_t present = records->by_kind ? 0 : 1;
    for (uint32_t i = 0; records->by_kind && i < count; i++)
        present |= UINT64_C(1) << records->rows.batch->columns.event[i];
    for (uint32_t place = 0; status == HG_OK && place < HG_EVENT_KINDS; place++) {
        if ((present >> place & 1) == 0)
            continue;
        hg_table *table = table_at(records, place);
        if (table == NULL)
            return hg_fail(error, HG_E_MEMORY, "no memory for a table");
        choose_rows(&records->rows, count, table->events);
        status = add_rows(records, table, capture, error);
    }
    return status;
}

static void forget_groups(hg_table *table)
{
    hg_dictionary_free(&table->groups);
    for (int i = 0; i < HG_FIELDS; i++)
        table->columns[i].cells_known = 0;
}

/* Sets the database and whether private data is hidden. A change forgets the groups, whose names depend on both. */
static void use(hg_records *records, const hg_database *database, int hides_private)
{
    hg_table_rows *rows = &records->rows;
    if (rows->context.database == database && rows->hides_private == (hides_private != 0))
        return;
    hg_answer_cache_use(&records->answers, database);
    rows->context.database = database;
    rows->context.shown = hg_http_shown_by(hides_private);
    rows->hides_private = hides_private != 0;
    for (int event = 0; event < HG_EVENT_KINDS; event++)
        if (records->tables[event] != NULL)
            forget_groups(records->tables[event]);
}

hg_status hg_records_add(hg_records *records, const hg_batch *batch, uint32_t count, const hg_database *database,
                         const char *capture, int hides_private, hg_error *error)
{
    hg_table_rows *rows = &records->rows;
    if (count > batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "%u rows of a batch of %u", count, batch->count);
    use(records, database, hides_private);
    rows->batch = batch;
    rows->context.row = (hg_row){&batch->columns, batch->texts, 0, 0};
    if (!reserve_rows(rows, count))
        return hg_fail(error, HG_E_MEMORY, "no memory for %u rows", count);
    hg_status status = check_rows(rows, count, error);
    if (status != HG_OK || count == 0)
        return status;
    hg_community_ids(batch, 0, count, rows->connections);
    status = add_tables(records, count, capture, error);
    if (status != HG_OK)
        drop_tables(records);
    return status;
}

uint32_t hg_records_count(const hg_records *records, uint32_t event)
{
    return event < HG_EVENT_KINDS && records->tables[event] != NULL ? records->tables[event]->rows : 0;
}

hg_status hg_records_take(hg_records *records, uint32_t event, hg_arrow_array *out, hg_error *error)
{
    *out = (hg_arrow_array){0};
    if (event >= (records->by_kind ? (uint32_t)HG_EVENT_KINDS : 1))
        return hg_fail(error, HG_E_ARGUMENT, "there is no table %u", event);
    hg_table *table = table_at(records, event);
    if (table == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a table");
    const hg_status status = hg_table_export(table, out, error);
    if (status == HG_OK)
        records->tables[event] = NULL;
    return status;
}
