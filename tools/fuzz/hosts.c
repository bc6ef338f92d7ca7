/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hosts.c - rows of any content, of few addresses, into two inventories of one to eight hosts.
 *
 * Input: settings (room for hosts, whether they are forgotten, only changes, names from a hostile database, fewer
 * sources), then a batch after the other: the number of rows, and a row's columns in the order of hg_columns. Its
 * last bytes are texts, too. One inventory gets whole batches, the other row by row: they must know the same. After
 * each batch the hosts that changed are written and their answers asked for.
 */
#include "inventory.h"

#include "hosts/hosts.h"

enum { MOST_ROWS = 8, MOST_BATCHES = 24, OWN_TEXT = 64, HEAD_BYTES = 19, MOST_LABELS = 4096 };
enum { FORGETS = 8, ONLY_CHANGES = 16, HOSTILE = 32, FEWER_SOURCES = 64, FINDINGS = 128 };
enum { HAS_HEAD = 1, CONCLUDES = 128 };

/* A stored head without headers, then what programs state. */
static const char TEXTS[] =
    "\0\1\0\0\0\3\0GET\1\0/\1\0a"
    "Mozilla/5.0 (Windows NT 6.1; Win64) (Linux; Android 12.5) (Macintosh; Intel Mac OS X 14_3) iPhone OS 17_1 "
    "Microsoft-IIS/7.5 \"Windows\" \"macOS\" \"13.0.0\" Linux x86_64 FreeBSD";

typedef struct inventory {
    hg_hosts *hosts;
    hg_batch rows;
    hg_batch copy; /* with changes */
    uint32_t completed;
} inventory;

/* ---- names ------------------------------------------------------------------------------------- */

/* Labels that nobody would give. */
static const char *const NASTY[] = {
    "\"", "\\", "\n\r\t\x1b[2J", "\xff\xfe\x80", "\xed\xa0\x80\xf4\x90\x80\x80", "\xe2\x80\xae\xe2\x80\xa8",
    "a\xc3", "\xc2\x85\x7f", "}],{\"x\":[", "a name that is longer than an answer has room for, and / then some",
    "nowordsnowordsnowordsnowordsnowo", "           /, /, /, /,          ",
};
enum { NASTIES = sizeof NASTY / sizeof *NASTY };
enum { LONG_TEXT = 60000, LESS_LONG = 200, VERY_LONG = 122, HOSTILE_ROOM = LONG_TEXT + 4096 };

/* The default database with texts that are hostile, empty, with NULs, or long. */
static const hg_database *hostile_database(void)
{
    static hg_database database;
    static hg_db_label labels[MOST_LABELS];
    static char text[HOSTILE_ROOM];
    const hg_tables *from = &hg_database_default()->tables;
    uint32_t at[NASTIES + 2], used = LONG_TEXT;
    FUZZ_CHECK(from->labels_count <= MOST_LABELS);
    memset(text, '\x01', LONG_TEXT);
    for (uint32_t i = 0; i < NASTIES; i++) {
        at[i] = used;
        memcpy(text + used, NASTY[i], strlen(NASTY[i]));
        used += (uint32_t)strlen(NASTY[i]);
    }
    for (uint32_t i = 0; i < from->labels_count; i++) {
        const uint32_t name = i % NASTIES, flavor = i / NASTIES % NASTIES;
        labels[i] = from->labels[i];
        labels[i].name_offset = at[name];
        labels[i].name_length = (uint16_t)strlen(NASTY[name]);
        labels[i].flavor_offset = i % 61 == 0 ? 0 : at[flavor];
        labels[i].flavor_length = (uint16_t)(i == VERY_LONG ? LONG_TEXT : i % 61 == 0 ? LESS_LONG : i % 7 == 0 ? 0 : strlen(NASTY[flavor]) + i % 3);
    }
    static hg_db_family families[MOST_LABELS];
    static hg_db_system systems[MOST_LABELS];
    for (uint32_t i = 0; i < from->families_count; i++) {
        families[i] = from->families[i];
        families[i].name_offset = at[i % NASTIES];
        families[i].name_length = (uint16_t)strlen(NASTY[i % NASTIES]);
    }
    for (uint32_t i = 0; i < from->systems_count; i++) {
        systems[i] = from->systems[i];
        systems[i].name_offset = at[i % NASTIES];
        systems[i].name_length = (uint16_t)strlen(NASTY[i % NASTIES]);
    }
    database = *hg_database_default();
    database.tables.strings = (const hg_db_char *)text;
    database.tables.strings_count = sizeof text;
    database.tables.labels = labels;
    database.tables.families = families;
    database.tables.systems = systems;
    return &database;
}

/* ---- checks ------------------------------------------------------------------------------------ */

static uint32_t length_of(const char *host, const char *end, const char *list)
{
    uint32_t count = 0;
    for (const char *one = NULL; (one = fuzz_json_next(host, end, list, one)) != NULL;)
        count++;
    return count;
}

static void check_values(const char *host, const char *end)
{
    FUZZ_CHECK(fuzz_json_int(host, end, "first_seen") <= fuzz_json_int(host, end, "last_seen"));
    FUZZ_CHECK(length_of(host, end, "sightings") <= HG_HOST_SIGHTINGS);
    FUZZ_CHECK(length_of(host, end, "evidence") <= HG_HOST_SIGHTINGS + 4);
    FUZZ_CHECK(length_of(host, end, "ports") <= HG_HOST_PORTS);
    FUZZ_CHECK(length_of(host, end, "changes") <= HG_HOST_CHANGES);
    for (const char *one = NULL; (one = fuzz_json_next(host, end, "sightings", one)) != NULL;) {
        FUZZ_CHECK(fuzz_json_int(one, end, "packets") > 0);
        FUZZ_CHECK(fuzz_json_int(one, end, "first_seen") <= fuzz_json_int(one, end, "last_seen"));
    }
    for (const char *one = NULL; (one = fuzz_json_next(host, end, "ports", one)) != NULL;)
        FUZZ_CHECK(fuzz_json_int(one, end, "count") > 0);
}

static void check_text(const char *text, size_t length)
{
    FUZZ_CHECK(text[length - 1] == '\n' && text[length - 2] == '\n' && memcmp(text, "[Host] ", 7) == 0);
    for (const char *at = text; at < text + length - 1;) {
        FUZZ_CHECK(*at != '\n' || (at[1] == ' ' && at[2] == ' ') || at == text + length - 2);
        at = *at == '\n' ? at + 1 : fuzz_utf8(at, text + length);
    }
}

/* Less room than that: nothing is written behind it. */
static void check_little_room(hg_hosts *hosts, uint32_t place, size_t length)
{
    size_t written;
    uint32_t next;
    hg_error error;
    char *out = malloc(length);
    FUZZ_CHECK(out != NULL);
    const hg_status status = hg_hosts_write(hosts, HG_HOST_JSON, place, place + 1, out, length - 1, &written, &next, &error);
    FUZZ_CHECK(status == HG_E_ARGUMENT && written == 0 && next == place);
    free(out);
}

/* `other` knows the same of a host. */
static void check_host(hg_hosts *one, hg_hosts *other, uint32_t place)
{
    uint8_t address[16];
    size_t length;
    const uint8_t version = hg_hosts_address(one, place, address);
    const int is_outside = hg_host_tunnel(one, hg_host_at(one, place + 1)) == NULL; /* else another host has its address */
    FUZZ_CHECK(version == 4 || version == 6);
    FUZZ_CHECK((hg_hosts_find(one, address, version) == place) == is_outside);
    const char *written = fuzz_write_same(one, other, place, &length);
    check_values(written, written + length);
    FUZZ_CHECK(fuzz_ask(one, address, version) || !is_outside);
}

static void check_formats(hg_hosts *hosts, uint32_t place)
{
    size_t length;
    (void)fuzz_write(hosts, HG_HOST_JSON, place, &length);
    check_little_room(hosts, place, length);
    const char *text = fuzz_write(hosts, HG_HOST_TEXT, place, &length);
    check_text(text, length);
}

/* Those that changed, in the same order. */
static void check_changed(inventory *one, inventory *other, uint32_t room)
{
    const uint32_t count = hg_hosts_count(one->hosts);
    uint8_t address[16];
    uint32_t changed = 0, place;
    FUZZ_CHECK(count <= room);
    fuzz_check_counts(one->hosts, other->hosts);
    while ((place = hg_hosts_changed(one->hosts)) != HG_NO_HOST) {
        FUZZ_CHECK(++changed <= count && hg_hosts_changed(other->hosts) == place);
        check_host(one->hosts, other->hosts, place);
    }
    FUZZ_CHECK(hg_hosts_changed(other->hosts) == HG_NO_HOST);
    FUZZ_CHECK(hg_hosts_address(one->hosts, count, address) == 0);
}

/* Rows of changes stand behind those that show them, and are passed over. */
static void check_copy(inventory *of)
{
    hg_error error;
    FUZZ_CHECK(hg_hosts_insert_changes(of->hosts, &of->rows, &of->copy, &error) == HG_OK);
    FUZZ_CHECK(of->copy.count == of->rows.count + hg_hosts_change_count(of->hosts));
    FUZZ_CHECK(of->copy.counts[HG_READER_CHANGES] == hg_hosts_change_count(of->hosts));
}

/* ---- rows -------------------------------------------------------------------------------------- */

static void take_row(fuzz_input *input, hg_batch *batch, uint32_t row, const hg_tables *tables)
{
    const hg_columns *c = &batch->columns;
    fuzz_take_row(input, batch, row, tables);
    if ((c->http.method_length[row] & HAS_HEAD) != 0) {
        c->http.head_offset[row] = OWN_TEXT;
        c->http.head_length[row] = HEAD_BYTES;
    }
    c->tcp.olayout[row][HG_MAX_OPTIONS] %= HG_MAX_OPTIONS + 2;
}

/* One row of a batch as a batch. */
static void copy_row(const hg_batch *from, uint32_t row, uint32_t at, hg_batch *to)
{
#define COPY_SHARED(column) memcpy(to->columns.column, from->columns.column + row, sizeof *to->columns.column);
#define COPY_OWN(column) memcpy(to->columns.column, from->columns.column + at, sizeof *to->columns.column);
#define COPY_OFFSET(text) COPY_OWN(text##_offset)
    HG_SHARED_COLUMNS(COPY_SHARED)
    HG_TCP_COLUMNS(COPY_OWN) HG_TLS_COLUMNS(COPY_OWN) HG_HTTP_COLUMNS(COPY_OWN) FUZZ_TEXTS(COPY_OFFSET)
#undef COPY_SHARED
#undef COPY_OFFSET
#undef COPY_OWN
    fuzz_place_rows(to, 1);
}

static uint32_t completed_by(const inventory *of)
{
    uint32_t count;
    (void)hg_hosts_completed(of->hosts, &count);
    return count;
}

static void feed(inventory *whole, inventory *single)
{
    uint32_t at[HG_READERS] = {0}, changes = 0;
    fuzz_add(whole->hosts, &whole->rows);
    whole->completed += completed_by(whole);
    if (whole->rows.count > 0)
        check_copy(whole);
    for (uint32_t row = 0; row < whole->rows.count; row++) {
        copy_row(&whole->rows, row, at[hg_event_reader(whole->rows.columns.event[row])]++, &single->rows);
        fuzz_add(single->hosts, &single->rows);
        single->completed += completed_by(single);
        changes += hg_hosts_change_count(single->hosts);
    }
    FUZZ_CHECK(whole->completed == single->completed &&
               changes == (whole->rows.count > 0 ? hg_hosts_change_count(whole->hosts) : 0));
}

/* ---- one run ----------------------------------------------------------------------------------- */

static void put_texts(hg_batch *batch, const uint8_t *data, size_t size)
{
    const size_t own = size < OWN_TEXT ? size : OWN_TEXT;
    memset(batch->texts, ' ', OWN_TEXT);
    memcpy(batch->texts, data + size - own, own);
    memcpy(batch->texts + OWN_TEXT, TEXTS, sizeof TEXTS);
    batch->text_count = OWN_TEXT + sizeof TEXTS;
}

static void begin(inventory *of, uint8_t settings, uint64_t key, uint32_t capacity, const uint8_t *data, size_t size)
{
    static const hg_database *hostile;
    hg_error error;
    if (hostile == NULL)
        hostile = hostile_database();
    if (of->rows.capacity == 0) {
        fuzz_batch_make(&of->rows, capacity);
        fuzz_batch_make(&of->copy, (4 + HG_HOST_FINDINGS) * capacity);
    }
    put_texts(&of->rows, data, size);
    of->completed = 0;
    FUZZ_CHECK(hg_hosts_new(settings % 8 + 1u, settings & FORGETS, key, &of->hosts, &error) == HG_OK);
    hg_hosts_use(of->hosts, (settings & HOSTILE) != 0 ? hostile : hg_database_default());
    if ((settings & ONLY_CHANGES) != 0)
        hg_hosts_only_changes(of->hosts);
    else if ((settings & FINDINGS) != 0)
        hg_hosts_report_findings(of->hosts);
    if ((settings & FEWER_SOURCES) != 0)
        hg_hosts_weigh(of->hosts, size > 2 ? data[2] * 0x0101u : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static inventory whole, single;
    fuzz_input input = {data, size};
    const uint8_t settings = fuzz_byte(&input);
    hg_error error;
    begin(&whole, settings, 7, MOST_ROWS, data, size);
    begin(&single, settings, UINT64_C(0x9E3779B97F4A7C15), 1, data, size);
    for (int i = 0; i < MOST_BATCHES && input.left > 0; i++) {
        const uint8_t how = fuzz_byte(&input);
        const uint32_t count = (how & ~CONCLUDES) % (MOST_ROWS + 1);
        for (uint32_t row = 0; row < count; row++)
            take_row(&input, &whole.rows, row, &hg_database_default()->tables);
        fuzz_place_rows(&whole.rows, count);
        feed(&whole, &single);
        if ((how & CONCLUDES) != 0)
            FUZZ_CHECK(hg_hosts_conclude(whole.hosts, &error) == HG_OK && hg_hosts_conclude(single.hosts, &error) == HG_OK);
        check_changed(&whole, &single, settings % 8 + 1u);
    }
    for (uint32_t place = 0; place < hg_hosts_count(whole.hosts); place++) {
        check_host(whole.hosts, single.hosts, place);
        check_formats(whole.hosts, place);
    }
    hg_hosts_free(whole.hosts);
    hg_hosts_free(single.hosts);
    return 0;
}
