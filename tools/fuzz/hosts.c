/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hosts.c - rows of any content, of few addresses, into an inventory of one to eight hosts.
 *
 * Input: settings (room for hosts, whether they are forgotten, whether names are asked for), then a batch
 * after the other: the number of rows, and a row's columns in the order of hg_columns. After each
 * batch all hosts, their answers and the copy with changes are gone over.
 */
#include "inventory.h"

enum { MOST_ROWS = 8, MOST_BATCHES = 24, TEXT_BYTES = 64 };
enum { FORGETS = 8, NAMELESS = 16 };

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

static void check_hosts(hg_hosts *hosts, uint32_t room)
{
    static hg_host_record found;
    const uint32_t count = hg_hosts_count(hosts);
    hg_error error;
    FUZZ_CHECK(count <= room);
    for (uint32_t place = 0; place < count; place++) {
        FUZZ_CHECK(hg_hosts_get(hosts, place, &found, &error) == HG_OK);
        check_record(hosts, &found, place);
        FUZZ_CHECK(fuzz_ask(hosts, found.address, found.version) == FUZZ_FOUND);
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
    fuzz_tell_words(hosts);
    if ((settings & NAMELESS) != 0)
        hg_hosts_nameless(hosts);
    for (int i = 0; i < MOST_BATCHES && input.left > 0; i++) {
        const uint32_t count = fuzz_byte(&input) % (MOST_ROWS + 1);
        for (uint32_t row = 0; row < count; row++)
            fuzz_take_row(&input, &batch, row, &database->tables);
        fuzz_place_rows(&batch, count);
        fuzz_add(hosts, &batch);
        if (count > 0)
            check_copy(hosts, &batch, &copy);
        check_hosts(hosts, room);
    }
    hg_hosts_free(hosts);
    return 0;
}
