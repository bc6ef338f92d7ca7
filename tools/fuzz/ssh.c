/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ssh.c - both directions of an SSH connection.
 *
 * Input: the length of segments (1), how many bytes are the client's (2), the client's bytes and the server's bytes. The
 * reader gets each direction at once, and in segments between which its state is saved and loaded: both must give the
 * same rows, which must be valid. Arbitrary bytes as a saved state must be refused or work.
 */
#include "reader.h"

#include "base/bytes.h"
#include "ssh/fields.h"
#include "ssh/reader.h"

static const hg_config config;

static void check_row(const hg_batch *batch, hg_row row)
{
    static char out[4 * HG_SSH_MOST_LIST_BYTES];
    const hg_ssh_columns *columns = &batch->columns.ssh;
    FUZZ_CHECK(hg_check_ssh(batch, &row, NULL) == HG_OK);
    /* An end whose first line is no identification has its key exchange alone. */
    FUZZ_CHECK(columns->banner_length[row.at] > 0 || columns->kexinit_length[row.at] > 0);
    FUZZ_CHECK((size_t)(hg_put_ssh_list(out, row, HG_SSH_KEX, '"') - out) <= hg_ssh_bound(row));
}

/* Loads arbitrary bytes as a state: if they are accepted, reading can continue. */
static void load_anything(const uint8_t *data, uint32_t length)
{
    fuzz_run any = {.reader = &hg_ssh_reader, .check_row = check_row};
    fuzz_run_begin(&any, &config);
    hg_saved needed = {0};
    hg_flow_memory_transfer(&hg_ssh_reader, any.state, FUZZ_FLOWS, &needed); /* computes the length */
    uint8_t *bytes = calloc(1, needed.length);
    FUZZ_CHECK(bytes != NULL);
    memcpy(bytes, data, length < needed.length ? length : needed.length);
    hg_saved from = {.in = bytes, .length = needed.length, .is_loading = 1};
    hg_flow_memory_transfer(&hg_ssh_reader, any.state, FUZZ_FLOWS, &from);
    if (from.status == HG_OK)
        fuzz_run_feed(&any, 1, data, length, length);
    free(bytes);
    fuzz_run_end(&any);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    uint8_t head[3];
    fuzz_take(&input, head, sizeof head);
    const uint32_t length = (uint32_t)input.left;
    if (length == 0)
        return 0;
    const uint32_t client = hg_le16(head + 1) % (length + 1);
    const fuzz_run run = {.reader = &hg_ssh_reader, .check_row = check_row};
    fuzz_run_twice(&run, &config, input.at, client, length, head[0] + 1u);
    load_anything(input.at, length);
    return 0;
}
