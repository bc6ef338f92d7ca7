/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define __USE_MINGW_ANSI_STDIO 1 /* on Windows: %zu and %llu */

#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static hg_status fill(hg_error *error, hg_status status, uint64_t record, uint64_t offset,
                      const char *format, va_list arguments)
{
    if (error == NULL)
        return status;
    int system = errno;
    memset(error, 0, sizeof *error);
    error->status = status;
    error->system = status == HG_E_IO ? system : 0;
    error->record = record;
    error->offset = offset;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    return status;
}

hg_status hg_fail(hg_error *error, hg_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, 0, 0, format, arguments);
    va_end(arguments);
    return status;
}

hg_status hg_fail_at(hg_error *error, hg_status status, uint64_t record, uint64_t offset,
                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, record, offset, format, arguments);
    va_end(arguments);
    return status;
}
