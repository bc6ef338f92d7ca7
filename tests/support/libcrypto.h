/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * libcrypto.h - the functions of the system's libcrypto, for harnesses in C. Link with -ldl.
 */
#pragma once

#include <dlfcn.h>
#include <string.h>

#include "huginn.h"

static void *libcrypto_open(void)
{
    void *library = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
    return library != NULL ? library : dlopen("libcrypto.so.1.1", RTLD_NOW | RTLD_LOCAL);
}

/* A pointer to a function, which C does not convert one to a datum to. */
static void libcrypto_find(void *library, const char *name, void *out)
{
    void *found = dlsym(library, name);
    memcpy(out, &found, sizeof found);
}

/* 1: found. */
static int libcrypto_load(hg_crypto *crypto)
{
    const void *(*fetch)(void *, const char *, const char *), *(*cipher)(void);
    void *library = libcrypto_open();
    memset(crypto, 0, sizeof *crypto);
    if (library == NULL)
        return 0;
    libcrypto_find(library, "EVP_CIPHER_CTX_new", &crypto->cipher_ctx_new);
    libcrypto_find(library, "EVP_CIPHER_CTX_free", &crypto->cipher_ctx_free);
    libcrypto_find(library, "EVP_CIPHER_CTX_ctrl", &crypto->cipher_ctx_ctrl);
    libcrypto_find(library, "EVP_EncryptInit_ex", &crypto->encrypt_init);
    libcrypto_find(library, "EVP_EncryptUpdate", &crypto->encrypt_update);
    libcrypto_find(library, "EVP_DecryptInit_ex", &crypto->decrypt_init);
    libcrypto_find(library, "EVP_DecryptUpdate", &crypto->decrypt_update);
    libcrypto_find(library, "EVP_DecryptFinal_ex", &crypto->decrypt_final);
    libcrypto_find(library, "EVP_CIPHER_fetch", &fetch);
    if (fetch != NULL) {
        crypto->aes_128_ecb = fetch(NULL, "AES-128-ECB", NULL);
        crypto->aes_128_gcm = fetch(NULL, "AES-128-GCM", NULL);
    } else {
        libcrypto_find(library, "EVP_aes_128_ecb", &cipher);
        crypto->aes_128_ecb = cipher();
        libcrypto_find(library, "EVP_aes_128_gcm", &cipher);
        crypto->aes_128_gcm = cipher();
    }
    return crypto->aes_128_ecb != NULL && crypto->aes_128_gcm != NULL;
}
