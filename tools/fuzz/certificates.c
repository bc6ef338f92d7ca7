/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificates.c - what a TLS server sends behind its hello.
 *
 * Input: the length of segments (1; of many bytes they are longer), whether the rest is one certificate (1, odd: yes), and
 * that or the server's bytes. The reader gets all at once, and in segments between which its state is saved and loaded:
 * both must give the same row, which must be sound.
 */
#include "reader.h"

#include "tls/certificate_fields.h"
#include "tls/reader.h"

enum { MOST = 8192, WRAPPING = 5 + 4 + 3 + 3 };

static const uint8_t HELLO[] = {22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
                                17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 0, 0xC0, 0x2F, 0};

static void check_row(const hg_batch *batch, hg_row row)
{
    char text[16384];
    if (batch->columns.event[batch->count - 1] != HG_EVENT_CERTIFICATE)
        return;
    FUZZ_CHECK(hg_check_certificate(batch, &row, NULL) == HG_OK);
    FUZZ_CHECK(hg_put_site_names(text, row, '"') <= text + sizeof text);
    FUZZ_CHECK(hg_put_weaknesses(text, row, 0) <= text + sizeof text);
}

static void feed(fuzz_run *of, const uint8_t *data, uint32_t length, uint32_t step)
{
    static const hg_config config = {.host_names = 1, .protocols = HG_ALL_PROTOCOLS};
    fuzz_run_begin(of, &config);
    fuzz_run_feed(of, 1, data, length, step);
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
    fuzz_run whole = {.reader = &hg_tls_reader, .check_row = check_row}, cut = whole;
    feed(&whole, bytes, length, length);
    feed(&cut, bytes, length, 1 + step + length / 64);
    fuzz_runs_agree(&whole, &cut);
    fuzz_run_end(&whole);
    fuzz_run_end(&cut);
    return 0;
}
