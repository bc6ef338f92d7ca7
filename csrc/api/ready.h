/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ready.h - which of many descriptors can be read, or written.
 *
 * Descriptors that nobody uses cost nothing where the system has epoll.
 */
#ifndef HG_API_READY_H
#define HG_API_READY_H

#include <stddef.h>

enum { HG_READY_MOST = 64 }; /* reported in one call */

typedef enum hg_ready_kind {
    HG_WANTED_READ = 0,
    HG_WANTED_WRITE = 1
} hg_ready_kind;

typedef struct hg_ready hg_ready;

/* Maximum number of descriptors; NULL: there is no memory, or no descriptor for it. */
hg_ready *hg_ready_new(size_t most);
void hg_ready_free(hg_ready *ready);
/* Watches a descriptor, which hg_ready_wait gives as `user`. 0: the system refuses. */
int hg_ready_add(hg_ready *ready, int descriptor, void *user);
void hg_ready_want(hg_ready *ready, int descriptor, void *user, hg_ready_kind wanted);
void hg_ready_remove(hg_ready *ready, int descriptor);
/* Those that are ready, or have failed; 0 after `limit_ms`, or at a signal. */
size_t hg_ready_wait(hg_ready *ready, int limit_ms, void *users[HG_READY_MOST]);

#endif
