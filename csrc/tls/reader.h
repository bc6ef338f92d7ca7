/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the TLS readers: one for hellos and certificates in streams, one for QUIC and DTLS datagrams
 * (datagram.h).
 */
#pragma once

#include "flow/reader.h"
#include "tls/connections.h"

extern const hg_reader hg_tls_reader;
extern const hg_datagram_reader hg_tls_datagram_reader;

/* Memory to examine datagrams; each thread has its own. hg_hello_worker_new returns NULL if there is no memory, or if
 * libcrypto refuses the ciphers. */
typedef struct hg_hello_worker hg_hello_worker;
hg_hello_worker *hg_hello_worker_new(const hg_config *config);
void hg_hello_worker_free(hg_hello_worker *worker); /* `worker` may be NULL */

/* Examines one datagram alone, before the reader reads it. Writes the result, the peek, to `out`, which is aligned for
 * all types, and returns its size: at most hg_hello_room(length). */
uint32_t hg_hello_look(hg_hello_worker *worker, const hg_database *database, const uint8_t *data, uint32_t length,
                       uint8_t *out);
uint32_t hg_hello_room(uint32_t length);

/* The state of hg_tls_datagram_reader. */
typedef struct hg_hello_memory {
    hg_connections connections;
    hg_hello_worker *worker; /* NULL until a datagram needs it */
} hg_hello_memory;

/* 1 if the datagram can begin a flow; `*from_server` becomes 1 if the server sent it. */
int hg_hello_begins(const hg_datagram_in *datagram, int *from_server);
