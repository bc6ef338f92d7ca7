/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * signal.h - what the core names of it; there are no signals in WebAssembly.
 */
#ifndef HG_WEB_SIGNAL_H
#define HG_WEB_SIGNAL_H

typedef int sigset_t;

#define SIG_BLOCK 0
#define SIG_SETMASK 2

static inline int sigfillset(sigset_t *set)
{
    return *set = 0;
}

#endif
