/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * error.h - how the modules report errors.
 */
#pragma once

#include "huginn.h"

#if defined __MINGW32__ && !defined __clang__ /* there, GCC checks "printf" against Microsoft's formats */
#define HG_PRINTF(format_at, values_at) __attribute__((format(gnu_printf, format_at, values_at)))
#else
#define HG_PRINTF(format_at, values_at) __attribute__((format(printf, format_at, values_at)))
#endif

/* Fills `error` (may be NULL) with a status, a message, and a place in the input: the number of a record and an offset.
 * With HG_E_IO it also stores errno. Returns `status`, so that callers can `return hg_fail_at(...)`. `format` is as for
 * printf; a message that is too long is cut. */
hg_status hg_fail_at(hg_error *error, hg_status status, uint64_t record, uint64_t offset, const char *format, ...)
    HG_PRINTF(5, 6);
/* As hg_fail_at, without a place in the input. */
#define hg_fail(error, status, ...) hg_fail_at((error), (status), 0, 0, __VA_ARGS__)
