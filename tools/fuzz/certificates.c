/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificates.c - what a TLS server sends behind its hello.
 *
 * Input: the length of segments (1; of many bytes they are longer), whether the rest is one certificate (1, odd: yes), and
 * that or the server's bytes. The reader gets all at once, and in segments between which its state is saved and loaded:
 * both must give the same row, which must be sound.
 */
#include "fuzz.h"

#include "tls/certificate_fields.h"
#include "tls/reader.h"

enum { ROWS = 16, FLOWS = 2, FLOW = 1, MOST = 8192, WRAPPING = 5 + 4 + 3 + 3 };

static const uint8_t HELLO[] = {22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
                                17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 0, 0xC0, 0x2F, 0};

/* Another engine goes on. */
static void carry(void *state)
{
    uint8_t bytes[64];
    hg_saving to = {0};
    hg_tls_reader.save(state, FLOWS, &to); /* counts */
    FUZZ_CHECK(to.length <= sizeof bytes);
    to = (hg_saving){.out = bytes};
    hg_tls_reader.save(state, FLOWS, &to);
    hg_tls_reader.reset(state);
    hg_loading from = {bytes, to.length, NULL};
    FUZZ_CHECK(hg_tls_reader.load(state, FLOWS, &from) == HG_OK && from.left == 0);
}

static uint64_t put_row(hg_batch *batch, const hg_finding *finding)
{
    char text[16384];
    batch->count = batch->counts[HG_READER_CERTIFICATES] = 1;
    batch->columns.event[0] = HG_EVENT_CERTIFICATE;
    hg_tls_reader.write(&batch->columns, 0, 0, finding);
    const hg_row row = hg_row_of(batch, 0);
    FUZZ_CHECK(row.at == 0 && hg_check_certificate(batch, &row, NULL) == HG_OK);
    const hg_certificate_columns *c = &batch->columns.certificates;
    const hg_span spans[] = {HG_TEXT_OF(row, certificates, subject), HG_TEXT_OF(row, certificates, issuer),
                             HG_TEXT_OF(row, certificates, signature_algorithm)};
    uint64_t hash = fuzz_hash(1 + c->key_bits[0], c->sha256[0], sizeof c->sha256[0]);
    for (uint32_t i = 0; i < sizeof spans / sizeof *spans; i++)
        hash = fuzz_hash(hash, spans[i].data, spans[i].length);
    hash = fuzz_hash(hash, text, (size_t)(hg_put_site_names(text, row, '"') - text));
    return fuzz_hash(hash, text, (size_t)(hg_put_weaknesses(text, row, 0) - text));
}

/* A number for the row and what was counted. */
static uint64_t feed(const uint8_t *data, uint32_t length, uint32_t step)
{
    static const hg_config config = {.host_names = 1, .protocols = HG_ALL_PROTOCOLS};
    hg_batch batch;
    void *state;
    hg_stats stats = {0};
    uint64_t hash = 0;
    FUZZ_CHECK(hg_tls_reader.open(&config, FLOWS, &state, NULL) == HG_OK);
    fuzz_batch_make(&batch, ROWS);
    fuzz_batch_clear(&batch);
    batch.text_count = 0;
    hg_reader_result found = {0};
    uint32_t keep = 0;
    for (uint32_t there = 0; !found.done && (found.again || there < length);) {
        if (!found.again)
            there = step < length - there ? there + step : length;
        carry(state);
        hg_finding finding;
        hg_client_matches matches = {HG_NOT_SEEN, HG_NOT_SEEN};
        uint8_t *exact = fuzz_copy(data + keep, there - keep);
        const hg_bytes bytes = {exact, there - keep, keep};
        const hg_reader_output to = {.batch = &batch, .stats = &stats, .finding = &finding, .matches = &matches};
        found = hg_tls_reader.follow(state, FLOW, 1, &bytes, &to);
        if (!found.done && !found.again) {
            FUZZ_CHECK(found.keep >= keep && found.keep <= there);
            keep = found.keep;
        }
        if (found.has_event && found.event == HG_EVENT_CERTIFICATE)
            hash = put_row(&batch, &finding);
        free(exact);
    }
    hg_tls_reader.close(state);
    fuzz_batch_free(&batch);
    return hash + stats.certificates_unreadable;
}

static void put_length(uint8_t *at, uint32_t bytes, uint32_t length)
{
    while (bytes-- > 0) {
        at[bytes] = (uint8_t)length;
        length >>= 8;
    }
}

/* Puts a certificate into a chain, a message and a record. */
static uint32_t wrap(uint8_t *out, const uint8_t *certificate, uint32_t length)
{
    out[0] = 22;
    out[1] = out[2] = 3;
    put_length(out + 3, 2, length + 10);
    out[5] = 11;
    put_length(out + 6, 3, length + 6);
    put_length(out + 9, 3, length + 3);
    put_length(out + 12, 3, length);
    memcpy(out + WRAPPING, certificate, length);
    return WRAPPING + length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    uint8_t bytes[sizeof HELLO + WRAPPING + MOST], step, is_one;
    fuzz_take(&input, &step, sizeof step);
    fuzz_take(&input, &is_one, sizeof is_one);
    uint32_t length = input.left < MOST ? (uint32_t)input.left : MOST;
    memcpy(bytes, HELLO, sizeof HELLO);
    if ((is_one & 1) != 0)
        length = wrap(bytes + sizeof HELLO, input.at, length);
    else if (length > 0)
        memcpy(bytes + sizeof HELLO, input.at, length);
    length += (uint32_t)sizeof HELLO;
    FUZZ_CHECK(feed(bytes, length, length) == feed(bytes, length, 1 + step + length / 64));
    return 0;
}
