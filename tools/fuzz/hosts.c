/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hosts.c - feeds rows with any content, but few addresses, to two inventories of one to eight hosts.
 *
 * Input: settings (room for hosts, whether hosts are forgotten, only changes, names from a hostile database, fewer
 * sources), then batches: the number of rows, and each row's columns in the order of hg_columns, whose last bytes are
 * texts, too. One inventory gets whole batches, the other row by row: both must know the same. After each batch the
 * changed hosts are written and their answers queried.
 */
#include "inventory.h"

enum { MOST_BATCHES = 24, OWN_TEXT = 64, HEAD_BYTES = 19, MOST_LABELS = 16384 };
enum { FORGETS = 8, ONLY_CHANGES = 16, HOSTILE = 32, FEWER_SOURCES = 64, FINDINGS = 128 };
enum { HAS_HEAD = 1, CONCLUDES = 128 };

/* A stored head without headers, then texts that name programs. */
static const char TEXTS[] =
    "\0\1\0\0\0\3\0GET\1\0/\1\0a"
    "Mozilla/5.0 (Windows NT 6.1; Win64) (Linux; Android 12.5) (Macintosh; Intel Mac OS X 14_3) iPhone OS 17_1 "
    "Microsoft-IIS/7.5 \"Windows\" \"macOS\" \"13.0.0\" Linux x86_64 FreeBSD";

/* ---- names ------------------------------------------------------------------------------------- */

/* Labels that no real database has. */
static const char *const NASTY[] = {
    "\"", "\\", "\n\r\t\x1b[2J", "\xff\xfe\x80", "\xed\xa0\x80\xf4\x90\x80\x80", "\xe2\x80\xae\xe2\x80\xa8",
    "a\xc3", "\xc2\x85\x7f", "}],{\"x\":[", "a name that is longer than an answer has room for, and / then some",
    "nowordsnowordsnowordsnowordsnowo", "           /, /, /, /,          ",
};
enum { NASTIES = sizeof NASTY / sizeof *NASTY };
enum { LONG_TEXT = 60000, LESS_LONG = 200, VERY_LONG = 122, HOSTILE_ROOM = LONG_TEXT + 4096 };

/* The default database with texts that are hostile, empty, long, or contain NULs. */
static const hg_database *hostile_database(void)
{
    static hg_database database;
    static hg_db_label labels[MOST_LABELS];
    static char text[HOSTILE_ROOM];
    const hg_tables *from = &hg_database_default()->tables;
    uint32_t at[NASTIES + 2], used = LONG_TEXT;
    if (database.tables.labels == labels)
        return &database; /* created by an earlier call */
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

static void check_text(const char *text, size_t length)
{
    FUZZ_CHECK(text[length - 1] == '\n' && text[length - 2] == '\n' && memcmp(text, "[Host] ", 7) == 0);
    for (const char *at = text; at < text + length - 1;) {
        FUZZ_CHECK(*at != '\n' || (at[1] == ' ' && at[2] == ' ') || at == text + length - 2);
        at = *at == '\n' ? at + 1 : fuzz_utf8(at, text + length);
    }
}

/* With less room than `length` nothing may be written after its end. */
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

static void check_formats(hg_hosts *hosts, uint32_t place)
{
    size_t length;
    (void)fuzz_write(hosts, HG_HOST_JSON, place, &length);
    check_little_room(hosts, place, length);
    const char *text = fuzz_write(hosts, HG_HOST_TEXT, place, &length);
    check_text(text, length);
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

/* ---- one run ----------------------------------------------------------------------------------- */

static void put_texts(hg_batch *batch, const uint8_t *data, size_t size)
{
    const size_t own = size < OWN_TEXT ? size : OWN_TEXT;
    memset(batch->texts, ' ', OWN_TEXT);
    memcpy(batch->texts, data + size - own, own);
    memcpy(batch->texts + OWN_TEXT, TEXTS, sizeof TEXTS);
    batch->text_count = OWN_TEXT + sizeof TEXTS;
}

static void set(hg_hosts *hosts, uint8_t settings, const uint8_t *data, size_t size)
{
    hg_hosts_use(hosts, (settings & HOSTILE) != 0 ? hostile_database() : hg_database_default());
    if ((settings & ONLY_CHANGES) != 0)
        hg_hosts_options_of(hosts)->only_changes = 1;
    else if ((settings & FINDINGS) != 0)
        hg_hosts_options_of(hosts)->reports_findings = 1;
    if ((settings & FEWER_SOURCES) != 0)
        hg_hosts_options_of(hosts)->sources = size > 2 ? data[2] * 0x0101u : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fuzz_pair both;
    fuzz_input input = {data, size};
    const uint8_t settings = fuzz_byte(&input);
    const uint32_t room = settings % 8 + 1u;
    fuzz_pair_begin(&both, room, settings & FORGETS);
    put_texts(&both.all.rows, data, size);
    set(both.all.hosts, settings, data, size);
    set(both.single.hosts, settings, data, size);
    for (int i = 0; i < MOST_BATCHES && input.left > 0; i++) {
        const uint8_t how = fuzz_byte(&input);
        const uint32_t count = (how & ~CONCLUDES) % (FUZZ_MOST_ROWS + 1);
        for (uint32_t row = 0; row < count; row++)
            take_row(&input, &both.all.rows, row, &hg_database_default()->tables);
        fuzz_place_rows(&both.all.rows, count);
        fuzz_pair_feed(&both);
        if ((how & CONCLUDES) != 0)
            fuzz_pair_conclude(&both);
        FUZZ_CHECK(hg_hosts_count(both.all.hosts) <= room);
        fuzz_pair_check(&both, UINT32_MAX);
    }
    for (uint32_t place = 0; place < hg_hosts_count(both.all.hosts); place++) {
        fuzz_check_host(both.all.hosts, both.single.hosts, place);
        check_formats(both.all.hosts, place);
    }
    fuzz_pair_end(&both);
    return 0;
}
