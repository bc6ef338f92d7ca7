/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * records.c - batches as tables of records.
 *
 * Texts and names are made once for each group of rows with the same content. Rows that are rarely equal (TLS, HTTP,
 * changes) form groups of one row, which are kept only while their batch is added.
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "output/table.h"
#include "rows/check.h"

/* Memory for the rows of one batch, in one allocation that grows to the largest batch. */
typedef struct scratch {
    uint32_t *every;  /* all row numbers */
    uint32_t *places; /* for each row of the batch, its row in the reader's columns */
    uint32_t *rows;   /* row numbers of the rows for one table */
    uint32_t *at;     /* the same as `places`, for each row of the table */
    uint32_t *groups;
    uint32_t *firsts; /* for each new group, its first row in the table */
    uint8_t *events;
    char *connections;
    uint32_t room;
} scratch;

struct hg_records {
    int by_kind;
    uint64_t hash_key[2];
    hg_table *tables[HG_EVENT_KINDS]; /* by event, if `by_kind`; else the first one has all events */
    const hg_database *database;
    uint8_t hides_private;
    hg_answer_cache answers;
    hg_writer text; /* for the text of an answer */
    hg_match_marks marks;
    scratch rows;
};

hg_status hg_records_new(int by_kind, const uint64_t hash_key[2], hg_records **out, hg_error *error)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for records");
    (*out)->by_kind = by_kind;
    (*out)->hash_key[0] = hash_key[0];
    (*out)->hash_key[1] = hash_key[1];
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

static void free_scratch(scratch *rows)
{
    free(rows->every);
    *rows = (scratch){0};
}

void hg_records_free(hg_records *records)
{
    if (records == NULL)
        return;
    drop_tables(records);
    free_scratch(&records->rows);
    hg_answer_cache_use(&records->answers, NULL);
    free(records->text.at);
    free(records);
}

static int reserve_rows(scratch *rows, uint32_t count)
{
    if (count <= rows->room)
        return 1;
    free_scratch(rows);
    rows->every = malloc(count * (6 * sizeof *rows->every + sizeof *rows->events + HG_COMMUNITY_BYTES));
    if (rows->every == NULL)
        return 0;
    rows->places = rows->every + count;
    rows->rows = rows->places + count;
    rows->at = rows->rows + count;
    rows->groups = rows->at + count;
    rows->firsts = rows->groups + count;
    rows->events = (uint8_t *)(rows->firsts + count);
    rows->connections = (char *)rows->events + count;
    for (uint32_t i = 0; i < count; i++)
        rows->every[i] = i;
    rows->room = count;
    return 1;
}

/* ---- checks ------------------------------------------------------------------------------------------- */

/* Finds the rows' positions in the columns of their readers, and rejects rows that no engine could have written. */
static hg_status check_rows(hg_records *records, const hg_batch *batch, uint32_t count, hg_error *error)
{
    uint32_t next[HG_READERS + 1] = {0};
    hg_row row = {&batch->columns, batch->texts, 0, 0};
    for (row.index = 0; row.index < count; row.index++) {
        const hg_reader_id reader = hg_event_reader(batch->columns.event[row.index]);
        const uint32_t *rows = hg_reader_rows(&batch->columns, reader);
        row.at = UINT32_MAX;
        if (rows != NULL && next[reader] < batch->counts[reader] && rows[next[reader]] == row.index)
            row.at = next[reader]++;
        const hg_status status = hg_check_row_of(batch, &row, records->database, error);
        if (status != HG_OK)
            return status;
        records->rows.places[row.index] = row.at;
    }
    return HG_OK;
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
static int put_cell(hg_column *column, const hg_table_field *field, const hg_field_context *of,
                    const hg_table_rows *filling, int64_t *cell)
{
    char room[HG_FIELD_ROOM];
    *cell = HG_NO_CELL;
    if ((field->is_private && filling->hides_private) || (field->needs_name && !of->is_named))
        return 1;
    if (field->number != NULL) {
        *cell = field->number(of);
        return 1;
    }
    const hg_span text = field->text(of, room);
    if (text.data == NULL)
        return 1;
    *cell = hg_dictionary_place(&column->words, filling->hash_key, text);
    return *cell >= 0 && !(of->text->is_full);
}

/* Collects the inputs of the functions that compute a row's fields. `records` owns the answer until the next call. */
static hg_status find_context(hg_records *records, const hg_batch *batch, hg_row_context context, hg_field_context *out,
                              hg_error *error)
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
    hg_named_handshake of;
    hg_known_answer *known;
    hg_status status = hg_handshake_of_row(batch, context.database, context.row.index, &of, error);
    if (status == HG_OK)
        status = hg_answer_of(&records->answers, &of, &known, error);
    if (status == HG_OK)
        out->answer = &known->found;
    return status;
}

/* Computes the cells of a new group; its first row is `k`. */
static hg_status fill_group(hg_records *records, hg_table *table, const hg_table_rows *of, uint32_t group, uint32_t k,
                            hg_error *error)
{
    hg_field_context field_context;
    hg_row_context context = of->context;
    context.row.index = of->rows[k];
    context.row.at = of->places[k];
    hg_status status = find_context(records, of->batch, context, &field_context, error);
    for (int i = 0; status == HG_OK && i < HG_FIELDS; i++) {
        const hg_table_field *field = hg_table_fields + i;
        hg_column *column = table->columns + i;
        if ((field->number == NULL && field->text == NULL) || (field->events & of->present & table->events) == 0)
            continue;
        if ((field->events >> of->events[k] & 1) == 0)
            column->cells[group] = HG_NO_CELL;
        else if (!put_cell(column, field, &field_context, of, column->cells + group))
            status = hg_fail(error, HG_E_MEMORY, "no memory for texts of records");
    }
    return status;
}

/* Groups the rows; first those of events whose groups are kept for later batches. Returns the number of groups,
 * including those of earlier batches; HG_NO_GROUP: no memory. */
static uint32_t group_rows(hg_table *table, const hg_table_rows *of, uint32_t *groups, uint32_t *firsts)
{
    const uint32_t known = table->groups.count;
    int is_all = 1;
    for (uint32_t k = 0; k < of->count; k++) {
        if (!hg_is_grouped(of->events[k])) {
            is_all = 0;
            continue;
        }
        const hg_group_key key = hg_group_key_of((hg_row){of->context.row.columns, NULL, of->rows[k], of->places[k]});
        const uint32_t count = table->groups.count;
        groups[k] = hg_groups_place(&table->groups, &key);
        if (groups[k] == HG_NO_GROUP)
            return HG_NO_GROUP;
        if (groups[k] == count)
            firsts[count - known] = k;
    }
    uint32_t all = table->groups.count;
    for (uint32_t k = 0; !is_all && k < of->count; k++) {
        if (hg_is_grouped(of->events[k]))
            continue;
        firsts[all - known] = k;
        groups[k] = all++;
    }
    return all;
}

static hg_status fill_groups(hg_records *records, hg_table *table, const hg_table_rows *of, hg_error *error)
{
    scratch *rows = &records->rows;
    const uint32_t known = table->groups.count;
    const uint32_t all = group_rows(table, of, rows->groups, rows->firsts);
    if (all == HG_NO_GROUP)
        return hg_fail(error, HG_E_MEMORY, "no memory to group %u rows", of->count);
    for (int i = 0; i < HG_FIELDS; i++) {
        const hg_table_field *field = hg_table_fields + i;
        if ((field->number != NULL || field->text != NULL) && (field->events & of->present & table->events) != 0 &&
            !reserve_cells(table->columns + i, known, table->groups.count, all))
            return hg_fail(error, HG_E_MEMORY, "no memory for names of records");
    }
    hg_status status = HG_OK;
    for (uint32_t group = known; status == HG_OK && group < all; group++)
        status = fill_group(records, table, of, group, rows->firsts[group - known], error);
    return status;
}

/* ---- columns ------------------------------------------------------------------------------------------ */

/* The value of a field that is the same in all rows of a batch. */
static hg_span repeated(const hg_table_rows *of, uint32_t field, const char *capture, char *room)
{
    const hg_database *database = of->context.database;
    if (field == HG_FIELD_CAPTURE)
        return capture == NULL ? (hg_span){0} : hg_span_of_word(capture);
    if (database == NULL)
        return (hg_span){0};
    char *p = hg_put_hex(room, database->tables.source_hash, HG_DATABASE_DIGITS / 2);
    return hg_span_of(room, (uint32_t)(p - room));
}

static int fill_repeated(hg_column *column, const hg_table_rows *of, hg_span text)
{
    const int64_t place = hg_dictionary_place(&column->words, of->hash_key, text);
    uint32_t *values = (uint32_t *)(void *)column->values + of->base;
    for (uint32_t k = 0; k < of->count; k++)
        values[k] = (uint32_t)place;
    return place >= 0 && hg_column_close(column, of, of->present);
}

/* 0: no memory. */
static int fill_column(hg_column *column, uint32_t number, const hg_table_rows *of, const char *capture)
{
    char room[HG_DATABASE_DIGITS];
    const hg_table_field *field = hg_table_fields + number;
    const int is_repeated = field->fill == NULL && field->number == NULL && field->text == NULL;
    hg_span text = {0};
    const int has_text = (field->events & of->present) != 0 || field->layout == HG_LAYOUT_EACH; /* texts for every row */
    if (!has_text || (field->is_private && of->hides_private))
        return 1;
    if (is_repeated && (text = repeated(of, number, capture, room)).data == NULL)
        return 1;
    if (!hg_column_open(column, (hg_column_layout)field->layout, of))
        return 0;
    if (is_repeated)
        return fill_repeated(column, of, text);
    if (field->fill == NULL)
        return hg_column_spread(column, (hg_column_layout)field->layout, of);
    field->fill(of, column, field->events);
    return hg_column_close(column, of, field->events) &&
           (field->layout != HG_LAYOUT_WORDS || hg_column_words(column, of));
}

/* Adds rows to one table. */
static hg_status add_rows(hg_records *records, hg_table *table, hg_table_rows *of, const char *capture, hg_error *error)
{
    of->base = table->rows;
    if (of->count > INT32_MAX - 8 - of->base)
        return hg_fail(error, HG_E_ARGUMENT, "a table has room for %d rows", INT32_MAX - 8);
    const hg_status status = fill_groups(records, table, of, error);
    if (status != HG_OK)
        return status;
    for (uint32_t i = 0; i < HG_FIELDS; i++)
        if ((hg_table_fields[i].events & table->events) != 0 && !fill_column(table->columns + i, i, of, capture))
            return hg_fail(error, HG_E_MEMORY, "no memory for columns of records");
    table->rows += of->count;
    return HG_OK;
}

/* ---- tables ------------------------------------------------------------------------------------------- */

/* The table at an index, created on first use; NULL: no memory. */
static hg_table *table_at(hg_records *records, uint32_t place)
{
    if (records->tables[place] != NULL)
        return records->tables[place];
    hg_table *table = calloc(1, sizeof *table);
    if (table != NULL) {
        table->events = records->by_kind ? 1u << place : (1u << HG_EVENT_KINDS) - 1;
        table->groups.hash_key = records->hash_key[0];
    }
    records->tables[place] = table;
    return table;
}

/* Selects those of the first `count` rows that belong to a table. */
static void choose_rows(hg_records *records, const hg_batch *batch, uint32_t count, uint32_t events, hg_table_rows *of)
{
    scratch *rows = &records->rows;
    const uint8_t *kinds = batch->columns.event;
    of->count = of->present = 0;
    for (uint32_t i = 0; i < count; i++) {
        rows->rows[of->count] = i;
        rows->at[of->count] = rows->places[i];
        rows->events[of->count] = kinds[i];
        const uint32_t is_chosen = (events >> kinds[i] & 1) != 0 && !hg_is_unreported(&batch->columns, i, rows->places[i]);
        of->present |= is_chosen << kinds[i];
        of->count += is_chosen;
    }
}

static hg_status add_tables(hg_records *records, const hg_batch *batch, uint32_t count, hg_table_rows *of,
                            const char *capture, hg_error *error)
{
    hg_status status = HG_OK;
    uint32_t present = records->by_kind ? 0 : 1;
    for (uint32_t i = 0; records->by_kind && i < count; i++)
        present |= 1u << batch->columns.event[i];
    for (uint32_t place = 0; status == HG_OK && place < HG_EVENT_KINDS; place++) {
        if ((present >> place & 1) == 0)
            continue;
        hg_table *table = table_at(records, place);
        if (table == NULL)
            return hg_fail(error, HG_E_MEMORY, "no memory for a table");
        choose_rows(records, batch, count, table->events, of);
        status = add_rows(records, table, of, capture, error);
    }
    return status;
}

static void forget_groups(hg_table *table)
{
    hg_groups_free(&table->groups);
    for (int i = 0; i < HG_FIELDS; i++)
        table->columns[i].cells_known = 0;
}

/* Sets database and privacy. If one has changed, groups are forgotten, because their names depend on both. */
static void use(hg_records *records, const hg_database *database, int hides_private)
{
    if (records->database == database && records->hides_private == (hides_private != 0))
        return;
    hg_answer_cache_use(&records->answers, database);
    records->database = database;
    records->hides_private = hides_private != 0;
    for (int event = 0; event < HG_EVENT_KINDS; event++)
        if (records->tables[event] != NULL)
            forget_groups(records->tables[event]);
}

hg_status hg_records_add(hg_records *records, const hg_batch *batch, uint32_t count, const hg_database *database,
                         const char *capture, int hides_private, hg_error *error)
{
    if (count > batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "%u rows of a batch of %u", count, batch->count);
    use(records, database, hides_private);
    if (!reserve_rows(&records->rows, count))
        return hg_fail(error, HG_E_MEMORY, "no memory for %u rows", count);
    hg_status status = check_rows(records, batch, count, error);
    if (status != HG_OK || count == 0)
        return status;
    hg_community_ids(batch, 0, count, records->rows.connections);
    hg_table_rows of = {
        .context = {.row = {&batch->columns, batch->texts, 0, 0}, .database = database,
                    .shown = hg_http_shown_by(hides_private)},
        .batch = batch,
        .rows = records->rows.rows,
        .places = records->rows.at,
        .events = records->rows.events,
        .groups = records->rows.groups,
        .connections = records->rows.connections,
        .hash_key = {records->hash_key[0], records->hash_key[1]},
        .hides_private = records->hides_private,
    };
    status = add_tables(records, batch, count, &of, capture, error);
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
