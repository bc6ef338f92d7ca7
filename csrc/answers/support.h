/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * support.h - until when versions of systems and browsers were supported (sigcompiler/claims/support.csv).
 */
#pragma once

#include <stdint.h>

#include "hg_support.h"

/* The day since 1970 on which support of the last of these versions ended; HG_SUPPORTED: of some it has not, or the list
 * does not have the family, or no versions are given. */
int32_t hg_support_end(uint64_t family, const uint64_t *ranges, uint32_t count);
