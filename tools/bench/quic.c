/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic.c - how fast QUIC's first packets are opened, beside what libcrypto's own calls take for the same.
 *
 *     quic FILE ROUNDS   packets of FILE, each after its length (4 bytes, little-endian)
 *
 * Prints a line a round: packets a second by libcrypto alone (keys, mask, opening, with contexts that are
 * kept; headers are read beforehand), by hg_quic_look, and by look and follow. All three must find the same.
 */
#define _POSIX_C_SOURCE 199309L

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/bytes.h"
#include "tests/support/libcrypto.h"
#include "tls/quic.h"

enum { ROOM = 4096, FLOWS = 1 << 16 };

typedef struct parameter { /* OSSL_PARAM */
    const char *key;
    unsigned int type;
    void *data;
    size_t size, returned;
} parameter;

static struct {
    void *(*fetch)(void *, const char *, const char *);
    void *(*ctx_new)(void *);
    int (*init)(void *, const uint8_t *, size_t, const parameter *);
    int (*update)(void *, const uint8_t *, size_t);
    int (*final)(void *, uint8_t *, size_t *, size_t);
    void *ctx;
} mac;

static hg_crypto crypto;
static hg_aead aead;
static hg_quic_packet *packets;
static uint32_t count;

#define CHECK(condition)                                                                                    \
    do {                                                                                                    \
        if (!(condition)) {                                                                                 \
            fprintf(stderr, "%d: not so: %s\n", __LINE__, #condition);                                      \
            exit(2);                                                                                        \
        }                                                                                                   \
    } while (0)

static void load_mac(void)
{
    static char digest[] = "SHA256";
    const parameter how[] = {{"digest", 4 /* OSSL_PARAM_UTF8_STRING */, digest, 6, 0}, {0}};
    void *library = libcrypto_open();
    libcrypto_find(library, "EVP_MAC_fetch", &mac.fetch);
    libcrypto_find(library, "EVP_MAC_CTX_new", &mac.ctx_new);
    libcrypto_find(library, "EVP_MAC_init", &mac.init);
    libcrypto_find(library, "EVP_MAC_update", &mac.update);
    libcrypto_find(library, "EVP_MAC_final", &mac.final);
    if (mac.fetch == NULL)
        exit(77); /* libcrypto 1.1 */
    mac.ctx = mac.ctx_new(mac.fetch(NULL, "HMAC", NULL));
    CHECK(mac.ctx != NULL && mac.init(mac.ctx, digest, 6, how) == 1);
}

/* With `key` NULL under the key that was set before. */
static void hmac(const uint8_t *key, size_t key_length, const uint8_t *data, size_t length, uint8_t out[32])
{
    size_t written;
    CHECK(mac.init(mac.ctx, key, key_length, NULL) == 1 && mac.update(mac.ctx, data, length) == 1 &&
          mac.final(mac.ctx, out, &written, 32) == 1);
}

static size_t label(uint8_t *info, const char *name, uint8_t length)
{
    size_t bytes = strlen(name);
    memcpy(info, (const uint8_t[]){0, length, (uint8_t)(6 + bytes)}, 3);
    memcpy(info + 3, "tls13 ", 6);
    memcpy(info + 9, name, bytes);
    memcpy(info + 9 + bytes, (const uint8_t[]){0, 1}, 2);
    return 11 + bytes;
}

/* The type of the first frame. */
static uint32_t open_plainly(const hg_quic_packet *p)
{
    static uint8_t info[4][32], plain[ROOM];
    static size_t lengths[4];
    uint8_t secret[32], key[32], iv[32], mask_key[32], mask[16], header[256], nonce[12];
    if (lengths[0] == 0) {
        lengths[0] = label(info[0], "client in", 32);
        lengths[1] = label(info[1], "quic key", 16);
        lengths[2] = label(info[2], "quic iv", 12);
        lengths[3] = label(info[3], "quic hp", 16);
    }
    hmac(HG_QUIC_SALT[HG_SALT_V1], HG_QUIC_SALT_BYTES, p->to.bytes, p->to.length, secret);
    hmac(secret, 32, info[0], lengths[0], secret);
    hmac(secret, 32, info[1], lengths[1], key);
    hmac(NULL, 0, info[2], lengths[2], iv);
    hmac(NULL, 0, info[3], lengths[3], mask_key);
    CHECK(hg_aead_block(&aead, mask_key, p->data + p->header + 4, mask));
    memcpy(header, p->data, p->header + 4);
    header[0] ^= mask[0] & 15;
    uint32_t bytes = (header[0] & 3u) + 1, start = p->header + bytes;
    memcpy(nonce, iv, 12);
    for (uint32_t i = 0; i < bytes; i++) {
        header[p->header + i] ^= mask[1 + i];
        nonce[12 - bytes + i] ^= header[p->header + i];
    }
    CHECK(hg_aead_open(&aead, key, nonce, header, start, p->data + start, p->length - start, plain));
    return plain[0];
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double plain_rate(void)
{
    double began = now();
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        found += open_plainly(packets + i) == 6;
    CHECK(found == count);
    return count / (now() - began);
}

static double own_rate(hg_quic_worker *worker, hg_connections *connections)
{
    static uint8_t out[ROOM + 1024];
    hg_quic_peek peek;
    double began = now();
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        hg_quic_look(worker, packets[i].data, packets[i].length, out, &peek);
        hg_datagram d = {.data = packets[i].data, .length = packets[i].length, .flow = 1 + i % (FLOWS - 1),
                         .packet_number = i + 1};
        if (connections == NULL)
            found += peek.hello != NULL;
        else
            found += hg_quic_follow(connections, worker, &d, &peek).type == HG_CLIENT_HELLO;
    }
    double rate = count / (now() - began);
    CHECK(found == count);
    return rate;
}

static void load_packets(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t head[4];
    CHECK(file != NULL);
    for (; fread(head, 1, 4, file) == 4; count++) {
        uint32_t length = hg_le32(head);
        uint8_t *data = malloc(length);
        packets = realloc(packets, (count + 1) * sizeof *packets);
        CHECK(packets != NULL && data != NULL && length <= ROOM && fread(data, 1, length, file) == length);
        CHECK(hg_quic_packet_read(data, length, packets + count) && packets[count].header < 200);
    }
    fclose(file);
}

int main(int arguments, char **argument)
{
    hg_quic_worker worker;
    hg_connections connections;
    hg_stats counts = {0};
    CHECK(arguments == 3);
    if (!libcrypto_load(&crypto))
        return 77;
    load_mac();
    load_packets(argument[1]);
    CHECK(hg_aead_init(&aead, &crypto, NULL) == HG_OK && hg_quic_worker_init(&worker, &crypto, NULL) == HG_OK);
    CHECK(hg_connections_init(&connections, FLOWS, UINT64_C(64) << 20, &counts, NULL) == HG_OK);
    for (long round = strtol(argument[2], NULL, 10); round > 0; round--) {
        double plain = plain_rate(), look = own_rate(&worker, NULL), both = own_rate(&worker, &connections);
        printf("%.0f %.0f %.0f\n", plain, look, both);
        hg_connections_reset(&connections);
    }
    return 0;
}
