/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define __USE_MINGW_ANSI_STDIO 1 /* so that %zu and %llu work on Windows */

#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

hg_status hg_fail_at(hg_error *error, hg_status status, uint64_t record, uint64_t offset, const char *format, ...)
{
    va_list arguments;
    if (error == NULL)
        return status;
    *error = (hg_error){.status = status, .system = status == HG_E_IO ? errno : 0, .record = record, .offset = offset};
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}
