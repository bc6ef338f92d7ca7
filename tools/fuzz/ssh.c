/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ssh.c - both directions of an SSH connection.
 *
 * Input: the length of segments (1), how many bytes are the client's (2), and these with the server's behind them. The
 * reader gets each direction at once, and in segments between which its state is saved and loaded: both must give the
 * same rows, which must be sound. A saved state is refused or taken whatever its bytes are.
 */
#include "fuzz.h"

#include "base/bytes.h"
#include "ssh/fields.h"
#include "ssh/reader.h"

enum { ROWS = 64, FLOWS = 2, FLOW = 1 };

typedef struct run {
    void *state;
    hg_batch batch;
    hg_stats stats;
} run;

static void begin(run *of)
{
    static const hg_config config;
    memset(&of->stats, 0, sizeof of->stats);
    FUZZ_CHECK(hg_ssh_reader.open(&config, FLOWS, &of->state, NULL) == HG_OK);
    fuzz_batch_make(&of->batch, ROWS);
    fuzz_batch_clear(&of->batch);
    of->batch.text_count = 0;
}

static void end(run *of)
{
    hg_ssh_reader.close(of->state);
    fuzz_batch_free(&of->batch);
}

static void put_row(run *of, const hg_finding *finding, uint8_t event)
{
    const uint32_t row = of->batch.count++;
    FUZZ_CHECK(row < ROWS);
    of->batch.columns.event[row] = event;
    of->batch.counts[HG_READER_SSH] = of->batch.count;
    hg_ssh_reader.write(&of->batch.columns, row, row, finding);
    const hg_row one = hg_row_of(&of->batch, row);
    FUZZ_CHECK(one.at == row && hg_check_ssh(&of->batch, &one, NULL) == HG_OK);
    FUZZ_CHECK(of->batch.columns.ssh.banner_length[row] > 0);
    static char out[4 * HG_SSH_MOST_LISTS];
    FUZZ_CHECK((size_t)(hg_put_ssh_list(out, one, HG_SSH_KEX, '"') - out) <= hg_ssh_bound(one));
}

/* Another engine goes on. */
static void carry(run *of)
{
    hg_saving to = {0};
    hg_ssh_reader.save(of->state, FLOWS, &to); /* counts */
    to = (hg_saving){.out = malloc(to.length)};
    FUZZ_CHECK(to.out != NULL);
    hg_ssh_reader.save(of->state, FLOWS, &to);
    hg_ssh_reader.reset(of->state);
    hg_loading from = {to.out, to.length, NULL};
    FUZZ_CHECK(hg_ssh_reader.load(of->state, FLOWS, &from) == HG_OK && from.left == 0);
    free(to.out);
}

static void feed(run *of, int from_server, const uint8_t *data, uint32_t length, uint32_t step)
{
    uint32_t keep = 0, there = 0;
    hg_reader_result found = {0};
    while (!found.done && there < length) {
        there = step < length - there ? there + step : length;
        if (step < length)
            carry(of);
        do {
            hg_finding finding;
            uint8_t *exact = fuzz_copy(data + keep, there - keep);
            const hg_bytes bytes = {exact, there - keep, keep};
            const hg_reader_output to = {.batch = &of->batch, .stats = &of->stats, .finding = &finding};
            found = hg_ssh_reader.follow(of->state, FLOW, from_server, &bytes, &to);
            if (found.has_event)
                put_row(of, &finding, found.event);
            FUZZ_CHECK(found.done || found.again || (found.keep >= keep && found.keep <= there));
            free(exact);
        } while (found.again);
        keep = found.done ? there : found.keep;
    }
}

static uint64_t hash_of(const run *of)
{
    const hg_ssh_columns *c = &of->batch.columns.ssh;
    uint64_t hash = fuzz_hash(1, &of->stats, sizeof of->stats);
    for (uint32_t i = 0; i < of->batch.count; i++) {
        hash = fuzz_hash(hash, of->batch.columns.event + i, 1);
        hash = fuzz_hash(hash, of->batch.texts + c->banner_offset[i], c->banner_length[i]);
        hash = fuzz_hash(hash, of->batch.texts + c->kexinit_offset[i], c->kexinit_length[i]);
        hash = fuzz_hash(hash, of->batch.texts + c->key_exchange_offset[i], c->key_exchange_length[i]);
        hash = fuzz_hash(hash, of->batch.texts + c->host_key_type_offset[i], c->host_key_type_length[i]);
        hash = fuzz_hash(hash, c->hassh[i], sizeof c->hassh[i]);
        hash = fuzz_hash(hash, c->host_key[i], sizeof c->host_key[i]);
        hash = fuzz_hash(hash, c->post_quantum_kex + i, 1);
    }
    return hash;
}

/* Any bytes as a state: what is taken can be gone on with. */
static void load_anything(const uint8_t *data, uint32_t length)
{
    run any;
    begin(&any);
    hg_saving needed = {0};
    hg_ssh_reader.save(any.state, FLOWS, &needed); /* counts */
    uint8_t *bytes = calloc(1, needed.length);
    FUZZ_CHECK(bytes != NULL);
    memcpy(bytes, data, length < needed.length ? length : needed.length);
    if (hg_ssh_reader.load(any.state, FLOWS, &(hg_loading){bytes, needed.length, NULL}) == HG_OK)
        feed(&any, 1, data, length, length);
    free(bytes);
    end(&any);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    uint8_t head[3];
    fuzz_take(&input, head, sizeof head);
    const uint32_t length = (uint32_t)input.left;
    if (length == 0)
        return 0;
    const uint32_t client = hg_le16(head + 1) % (length + 1), step = head[0] + 1u;
    run whole, cut;
    begin(&whole);
    begin(&cut);
    feed(&whole, 0, input.at, client, length);
    feed(&whole, 1, input.at + client, length - client, length);
    feed(&cut, 0, input.at, client, step);
    feed(&cut, 1, input.at + client, length - client, step);
    FUZZ_CHECK(whole.batch.count == cut.batch.count && hash_of(&whole) == hash_of(&cut));
    end(&whole);
    end(&cut);
    load_anything(input.at, length);
    return 0;
}
