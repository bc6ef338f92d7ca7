/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/datagram.h"

#include "hg_test_vector.h"

enum { LONGEST_DATAGRAM = 65535 };
_Static_assert(HG_MOST_MESSAGE_BYTES + HG_RUNS_LIMIT * sizeof(hg_byte_run) <= LONGEST_DATAGRAM,
               "`plain` has room for all runs");

/* ---- ciphers: with NULL in place of the cipher, a context keeps its cipher, so a new key needs no allocation ---- */

enum { SET_TAG = 0x11 /* EVP_CTRL_AEAD_SET_TAG */, LONGEST = 1 << 16 };

static int has_libcrypto(const hg_crypto *crypto)
{
    return crypto != NULL && crypto->cipher_ctx_new != NULL;
}

static int has_ciphers(const hg_crypto *crypto)
{
    return has_libcrypto(crypto) || (crypto != NULL && crypto->mask != NULL && crypto->open != NULL);
}

static void clear_cipher(hg_quic_cipher *cipher)
{
    if (cipher->ecb != NULL)
        cipher->crypto->cipher_ctx_free(cipher->ecb);
    if (cipher->gcm != NULL)
        cipher->crypto->cipher_ctx_free(cipher->gcm);
    *cipher = (hg_quic_cipher){0};
}

static hg_status init_cipher(hg_quic_cipher *cipher, const hg_crypto *crypto, hg_error *error)
{
    *cipher = (hg_quic_cipher){.crypto = has_ciphers(crypto) ? crypto : NULL};
    for (int i = 0; i < HG_SALTS; i++)
        hg_hmac_key(cipher->salts + i, hg_sha256_fastest(), HG_QUIC_SALT[i], HG_QUIC_SALT_BYTES);
    if (!has_libcrypto(crypto))
        return HG_OK;
    cipher->ecb = crypto->cipher_ctx_new();
    cipher->gcm = crypto->cipher_ctx_new();
    if (cipher->ecb == NULL || cipher->gcm == NULL) {
        clear_cipher(cipher);
        return hg_fail(error, HG_E_MEMORY, "no memory for the contexts of libcrypto");
    }
    if (crypto->encrypt_init(cipher->ecb, crypto->aes_128_ecb, NULL, NULL, NULL) == 1 &&
        crypto->decrypt_init(cipher->gcm, crypto->aes_128_gcm, NULL, NULL, NULL) == 1)
        return HG_OK;
    clear_cipher(cipher);
    return hg_fail(error, HG_E_UNSUPPORTED, "libcrypto refuses AES-128 (ECB or GCM)");
}

/* Encrypts one block with the key; 0: it failed. */
static int encrypt_block(const hg_quic_cipher *cipher, const uint8_t key[HG_AES_KEY], const uint8_t block[HG_AES_BLOCK],
                         uint8_t out[HG_AES_BLOCK])
{
    const hg_crypto *crypto = cipher->crypto;
    if (crypto == NULL)
        return 0;
    if (cipher->ecb == NULL)
        return crypto->mask(crypto->user, key, block, out) == 1;
    int written;
    return crypto->encrypt_init(cipher->ecb, NULL, NULL, key, NULL) == 1 &&
           crypto->encrypt_update(cipher->ecb, out, &written, block, HG_AES_BLOCK) == 1 && written == HG_AES_BLOCK;
}

static int open_gcm(const hg_quic_cipher *cipher, const uint8_t *header, uint32_t header_length, const uint8_t *sealed,
                    uint32_t length, uint8_t *out)
{
    const hg_crypto *crypto = cipher->crypto;
    uint8_t tag[HG_GCM_TAG], none[HG_AES_BLOCK];
    int written, plain = (int)(length - HG_GCM_TAG);
    memcpy(tag, sealed + plain, sizeof tag);
    return crypto->decrypt_update(cipher->gcm, NULL, &written, header, (int)header_length) == 1 &&
           crypto->decrypt_update(cipher->gcm, out, &written, sealed, plain) == 1 && written == plain &&
           crypto->cipher_ctx_ctrl(cipher->gcm, SET_TAG, HG_GCM_TAG, tag) == 1 &&
           crypto->decrypt_final(cipher->gcm, none, &written) == 1;
}

/* Decrypts `length` bytes (at least HG_GCM_TAG) to length - HG_GCM_TAG bytes at `out`, which may be the same memory. 0:
 * they are not authentic or too many, and `out` is undefined. */
static int open_sealed(const hg_quic_cipher *cipher, const uint8_t key[HG_AES_KEY], const uint8_t nonce[HG_GCM_NONCE],
                       const uint8_t *header, uint32_t header_length, const uint8_t *sealed, uint32_t length,
                       uint8_t *out)
{
    const hg_crypto *crypto = cipher->crypto;
    if (crypto == NULL || length < HG_GCM_TAG || length > LONGEST || header_length > LONGEST)
        return 0;
    if (cipher->gcm == NULL)
        return crypto->open(crypto->user, key, nonce, header, header_length, sealed, length, out) == 1;
    return crypto->decrypt_init(cipher->gcm, NULL, NULL, key, nonce) == 1 &&
           open_gcm(cipher, header, header_length, sealed, length, out);
}

/* ---- self-test --------------------------------------------------------------------------- */

/* From FIPS 197, appendix C.1, and test case 4 of "The Galois/Counter Mode of Operation" (McGrew, Viega). */
typedef struct test_vector {
    uint8_t block_key[HG_AES_KEY];
    uint8_t block[HG_AES_BLOCK];
    uint8_t encrypted[HG_AES_BLOCK];
    uint8_t key[HG_AES_KEY];
    uint8_t nonce[HG_GCM_NONCE];
    uint8_t header[20];
    uint8_t sealed[60 + HG_GCM_TAG];
    uint8_t plain[60];
} test_vector;

#define PART(part, ...) .part = {__VA_ARGS__},
static const test_vector VECTOR = {HG_TEST_VECTOR_ROWS(PART)};
#undef PART

/* Decrypts the vector, a copy with a wrong tag, and the vector again, so that state left by a call is noticed. */
static int passes_test(const hg_quic_cipher *cipher)
{
    for (int round = 0; round < 3; round++) {
        uint8_t block[HG_AES_BLOCK], sealed[sizeof VECTOR.sealed];
        memcpy(sealed, VECTOR.sealed, sizeof sealed);
        sealed[sizeof sealed - 1] ^= (uint8_t)(round == 1);
        if (!encrypt_block(cipher, VECTOR.block_key, VECTOR.block, block) ||
            memcmp(block, VECTOR.encrypted, sizeof block) != 0)
            return 0;
        int opened = open_sealed(cipher, VECTOR.key, VECTOR.nonce, VECTOR.header, sizeof VECTOR.header, sealed,
                                 sizeof sealed, sealed);
        if (opened != (round != 1) || (opened && memcmp(sealed, VECTOR.plain, sizeof VECTOR.plain) != 0))
            return 0;
    }
    return 1;
}

hg_status hg_crypto_check(const hg_crypto *crypto, hg_error *error)
{
    hg_quic_cipher cipher;
    if (!has_ciphers(crypto))
        return hg_fail(error, HG_E_UNSUPPORTED, "there are no ciphers");
    hg_status status = init_cipher(&cipher, crypto, error);
    if (status != HG_OK)
        return status;
    const int passes = passes_test(&cipher);
    clear_cipher(&cipher);
    return passes ? HG_OK : hg_fail(error, HG_E_UNSUPPORTED, "AES-128 of a known message gave a wrong answer");
}

/* ---- keys and packets ------------------------------------------------------------------------ */

enum { LONGEST_NUMBER = 4, PROTECTED_BITS = 0x0F, LENGTH_BITS = 0x03 };

void hg_quic_keys_make(const hg_quic_cipher *cipher, const hg_quic_version *version, hg_span id, int from_server,
                       hg_quic_keys *keys)
{
    uint8_t secret[HG_SHA256_BYTES];
    const hg_hmac *salt = cipher->salts + version->salt;
    hg_hmac hmac;
    hg_hmac_of(salt, id.data, id.length, secret);
    hg_hmac_key(&hmac, salt->blocks, secret, sizeof secret);
    hg_expand_label(&hmac, from_server ? "server in" : "client in", secret, sizeof secret);
    hg_hmac_key(&hmac, salt->blocks, secret, sizeof secret);
    hg_expand_label(&hmac, version->is_v2 ? "quicv2 key" : "quic key", keys->key, sizeof keys->key);
    hg_expand_label(&hmac, version->is_v2 ? "quicv2 iv" : "quic iv", keys->iv, sizeof keys->iv);
    hg_expand_label(&hmac, version->is_v2 ? "quicv2 hp" : "quic hp", keys->mask_key, sizeof keys->mask_key);
}

/* The number nearest to the expected one that ends in these bits (RFC 9000, appendix A.3). */
static uint64_t whole_number(uint64_t expected, uint64_t bits, uint32_t bytes)
{
    const uint64_t window = UINT64_C(1) << (8 * bytes), half = window / 2;
    uint64_t number = (expected & ~(window - 1)) | bits;
    if (number + half <= expected && number < (UINT64_C(1) << 62) - window)
        return number + window;
    return number > expected + half && number >= window ? number - window : number;
}

/* Copies the header without its protection. Returns the length of the packet number; 0: encryption failed. */
static uint32_t unmask(const hg_quic_cipher *cipher, const hg_quic_keys *keys, const hg_quic_packet *packet,
                       uint8_t *header)
{
    uint8_t mask[HG_AES_BLOCK];
    if (!encrypt_block(cipher, keys->mask_key, packet->data + packet->header + LONGEST_NUMBER, mask))
        return 0;
    memcpy(header, packet->data, packet->header + LONGEST_NUMBER);
    header[0] ^= mask[0] & PROTECTED_BITS;
    uint32_t bytes = (header[0] & LENGTH_BITS) + 1u;
    for (uint32_t i = 0; i < bytes; i++)
        header[packet->header + i] ^= mask[1 + i];
    return bytes;
}

/* Decrypts an Initial of a known version, and adds its number to those of earlier packets. `out` has room for
 * packet->length bytes. Returns the number of frame bytes, 0 for a number that came before, or -1 if the packet is not
 * authentic. */
static int64_t open_packet(const hg_quic_cipher *cipher, const hg_quic_keys *keys, const hg_quic_packet *packet,
                           hg_numbers *numbers, uint8_t *out)
{
    uint8_t header[HG_QUIC_LONGEST_HEADER + LONGEST_NUMBER], nonce[HG_GCM_NONCE];
    uint32_t bytes = unmask(cipher, keys, packet, header), start = packet->header + bytes;
    uint64_t bits = 0;
    if (bytes == 0 || packet->length - start < HG_GCM_TAG)
        return -1;
    for (uint32_t i = 0; i < bytes; i++)
        bits = bits << 8 | header[packet->header + i];
    uint64_t number = whole_number(numbers->next, bits, bytes);
    memcpy(nonce, keys->iv, sizeof nonce);
    for (int i = 0; i < 8; i++)
        nonce[HG_GCM_NONCE - 1 - i] ^= (uint8_t)(number >> (8 * i));
    if (!open_sealed(cipher, keys->key, nonce, header, start, packet->data + start, packet->length - start, out))
        return -1;
    return hg_numbers_add(numbers, number) ? packet->length - start - HG_GCM_TAG : 0;
}

/* ---- workers ---------------------------------------------------------------------------- */

hg_status hg_quic_worker_init(hg_quic_worker *worker, const hg_crypto *crypto, hg_error *error)
{
    *worker = (hg_quic_worker){0};
    worker->pieces = malloc(hg_pieces_bytes(HG_MOST_MESSAGE_BYTES));
    worker->plain = malloc(LONGEST_DATAGRAM);
    if (worker->pieces == NULL || worker->plain == NULL) {
        hg_quic_worker_clear(worker);
        return hg_fail(error, HG_E_MEMORY, "no memory to open QUIC packets");
    }
    worker->pieces->capacity = HG_MOST_MESSAGE_BYTES;
    hg_status status = init_cipher(&worker->cipher, crypto, error);
    if (status != HG_OK)
        hg_quic_worker_clear(worker);
    return status;
}

void hg_quic_worker_clear(hg_quic_worker *worker)
{
    clear_cipher(&worker->cipher);
    free(worker->pieces);
    free(worker->plain);
    *worker = (hg_quic_worker){0};
}

/* ---- decrypting a datagram ---------------------------------------------------------------- */

/* Adds the CRYPTO frames of a packet to the pieces. Bytes beyond the limit are dropped; no message within it needs
 * them. */
static void gather_frames(hg_quic_worker *worker, const hg_quic_version *version, uint32_t length, uint8_t *has_gaps)
{
    hg_quic_frames frames = {.from = {worker->plain, worker->plain + length}, .google = version->google};
    hg_quic_crypto found;
    while (hg_quic_next_crypto(&frames, &found)) {
        if (found.offset >= HG_MOST_MESSAGE_BYTES)
            continue;
        uint32_t offset = (uint32_t)found.offset, room = HG_MOST_MESSAGE_BYTES - offset;
        uint32_t taken = found.bytes.length < room ? found.bytes.length : room;
        if (!hg_pieces_add(worker->pieces, offset, found.bytes.data, taken))
            *has_gaps = 1;
    }
}

int64_t hg_message_bytes(const uint8_t *bytes, uint32_t length, uint8_t type)
{
    if (length > 0 && bytes[0] != type)
        return -1;
    if (length < HG_TLS_MESSAGE_HEADER)
        return 0;
    uint32_t whole = ((uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]) + HG_TLS_MESSAGE_HEADER;
    if (whole > HG_MOST_MESSAGE_BYTES)
        return -1;
    return length >= whole ? whole : 0;
}

/* Writes the runs of the pieces, then the bytes of all runs. */
static void put_out(const hg_pieces *pieces, uint8_t *out, hg_quic_peek *peek)
{
    uint8_t *at = out + pieces->count * sizeof(hg_byte_run);
    memcpy(out, pieces->runs, pieces->count * sizeof(hg_byte_run));
    for (uint32_t i = 0; i < pieces->count; i++) {
        uint32_t length = pieces->runs[i].end - pieces->runs[i].first;
        memcpy(at, pieces->bytes + pieces->runs[i].first, length);
        at += length;
    }
    peek->out = out;
    peek->run_count = (uint16_t)pieces->count;
    peek->used = (uint32_t)(at - out);
    const int64_t whole = hg_message_bytes(pieces->bytes, hg_pieces_from(pieces, 0), HG_TLS_CLIENT_HELLO);
    if (whole > 0) {
        peek->hello = out + pieces->count * sizeof(hg_byte_run);
        peek->hello_length = (uint32_t)whole;
    }
}

int hg_quic_gather(hg_quic_worker *worker, const hg_quic_keys *keys, const hg_quic_packet *initial, const uint8_t *end,
                   uint8_t *out, hg_quic_peek *peek)
{
    hg_quic_packet packet = *initial;
    worker->pieces->count = 0;
    for (int i = 0; i < HG_QUIC_MOST_COALESCED && peek->packets < HG_QUIC_MOST_OPENED; i++) {
        if (packet.type == HG_QUIC_INITIAL && packet.number == initial->number &&
            hg_span_equal(packet.to, initial->to)) {
            int64_t length = open_packet(&worker->cipher, keys, &packet, &peek->numbers, worker->plain);
            if (length < 0)
                break;
            gather_frames(worker, packet.version, (uint32_t)length, &peek->has_gaps);
            peek->packets++;
        }
        const uint8_t *after = packet.data + packet.length;
        if (!hg_quic_packet_read(after, (uint32_t)(end - after), &packet))
            break;
    }
    if (peek->packets > 0)
        put_out(worker->pieces, out, peek);
    return peek->packets > 0;
}

int hg_quic_find_initial(const uint8_t *data, uint32_t length, hg_quic_packet *initial)
{
    const uint8_t *at = data, *end = data + length;
    for (int i = 0; i < HG_QUIC_MOST_COALESCED; i++, at += initial->length) {
        if (!hg_quic_packet_read(at, (uint32_t)(end - at), initial))
            return 0;
        if (initial->type == HG_QUIC_INITIAL)
            return 1;
    }
    return 0;
}

/* ---- classifying a datagram --------------------------------------------------------------- */

/* Classifies a datagram whose first Initial is `initial`, and decrypts it if possible. */
static void look_at_initial(hg_quic_worker *worker, const hg_quic_packet *initial, const uint8_t *end, uint8_t *out,
                            hg_quic_peek *peek)
{
    hg_quic_keys keys;
    peek->version = initial->number;
    peek->kind = HG_QUIC_CLOSED;
    if (worker == NULL || !hg_quic_may_be_first(initial))
        return;
    if (worker->cipher.crypto == NULL) { /* no cipher is available */
        peek->kind = initial->version->without_tls ? HG_QUIC_GOOGLES : HG_QUIC_LOCKED;
        return;
    }
    hg_quic_keys_make(&worker->cipher, initial->version, initial->to, 0, &keys);
    if (!hg_quic_gather(worker, &keys, initial, end, out, peek))
        return;
    peek->kind = HG_QUIC_OPENED;
    if (initial->version->without_tls)
        *peek = (hg_quic_peek){.version = initial->number, .kind = HG_QUIC_GOOGLES};
}

/* Classifies a datagram without an Initial. */
static void look_at_others(const uint8_t *data, uint32_t length, hg_quic_peek *peek)
{
    hg_quic_packet packet;
    peek->version = hg_quic_google_version(data, length);
    if (peek->version != 0)
        peek->kind = HG_QUIC_GOOGLES;
    else if (hg_quic_packet_read(data, length, &packet)) {
        peek->version = packet.number;
        if (packet.type == HG_QUIC_RETRY)
            peek->kind = HG_QUIC_RETRIED;
        else if (packet.type == HG_QUIC_NEGOTIATION)
            peek->kind = HG_QUIC_OTHER;
        else if (packet.type == HG_QUIC_UNKNOWN && length >= HG_QUIC_LEAST_FIRST &&
                 packet.to.length >= HG_QUIC_SHORTEST_FIRST_ID)
            peek->kind = HG_QUIC_OTHER;
    }
}

void hg_quic_look(hg_quic_worker *worker, const uint8_t *data, uint32_t length, uint8_t *out, hg_quic_peek *peek)
{
    hg_quic_packet initial;
    *peek = (hg_quic_peek){.kind = HG_QUIC_NOT};
    if (length == 0 || length > LONGEST_DATAGRAM)
        return;
    if (hg_quic_find_initial(data, length, &initial))
        look_at_initial(worker, &initial, data + length, out, peek);
    else
        look_at_others(data, length, peek);
}
