/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * time.h - with what wasi-libc leaves out: there is one time zone.
 */
#ifndef HG_WEB_TIME_H
#define HG_WEB_TIME_H

#include_next <time.h>

static inline void tzset(void) {}

#endif
