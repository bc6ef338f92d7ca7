/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificates.c - the messages of a TLS server after its hello.
 *
 * Input: the length of segments (1; longer if there are many bytes), whether the rest is one certificate (1; odd: yes),
 * and the certificate or the server's bytes. The reader gets all bytes at once, and in segments between which its state
 * is saved and loaded: both must give the same row, which must be valid.
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

/* Wraps a certificate into a chain, a message and a record. */
static uint32_t wrap(uint8_t *out, const uint8_t *certificate, uint32_t length)
{
    out[0] = 22;
    out[1] = out[2] = 3;
    fuzz_put(out + 3, length + 10, 2);
    out[5] = 11;
    fuzz_put(out + 6, length + 6, 3);
    fuzz_put(out + 9, length + 3, 3);
    fuzz_put(out + 12, length, 3);
    memcpy(out + WRAPPING, certificate, length);
    return WRAPPING + length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const hg_config config = {.host_names = 1, .protocols = HG_ALL_PROTOCOLS};
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
    const fuzz_run run = {.reader = &hg_tls_reader, .check_row = check_row};
    fuzz_run_twice(&run, &config, bytes, 0, length, 1 + step + length / 64);
    return 0;
}
