/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * comments.c - records as people read them, each as one line.
 *
 *     [TCP SYN] 192.0.2.1:40000 → 198.51.100.2:80
 *       OS:     Linux 5.x                                huginn TCP SYN | OS: Linux 5.x | Sure: 94 % | Dist: 3
 *       Dist:   3
 */
#include <math.h>
#include <string.h>

#include "base/value.h"
#include "base/writer.h"

#define PUT(out, text) hg_write(out, text, sizeof text - 1)

/* The text between the brackets of the head. */
static void put_kind(hg_writer *out, const char *line, size_t length)
{
    const char *end = memchr(line, ']', length);
    PUT(out, "huginn ");
    if (end != NULL)
        hg_write(out, line + 1, (size_t)(end - line) - 1);
}

/* "  Dist:   3" as " | Dist: 3". */
static void put_value(hg_writer *out, const char *line, size_t length)
{
    const char *end = line + length, *colon = memchr(line, ':', length);
    while (line < end && *line == ' ')
        line++;
    PUT(out, " | ");
    if (colon == NULL) {
        hg_write(out, line, (size_t)(end - line));
        return;
    }
    hg_write(out, line, (size_t)(colon + 1 - line));
    for (line = colon + 1; line < end && *line == ' ';)
        line++;
    PUT(out, " ");
    hg_write(out, line, (size_t)(end - line));
}

static int is_share(double value)
{
    return value > 0.0 && value <= 1.0;
}

static void put_confidence(hg_writer *out, const hg_row_confidence *of)
{
    char text[HG_SURE_BYTES];
    if (!is_share(of->share))
        return;
    PUT(out, " | Sure: ");
    const double versions = is_share(of->version_share) ? of->version_share : (double)NAN;
    hg_write(out, text, (size_t)(hg_put_sure(text, of->share, versions, of->families) - text));
}

size_t hg_comments_of_text(const char *text, size_t length, const hg_row_confidence *confidences, uint32_t count,
                           char *out, size_t capacity)
{
    const char *at = text, *end = text + length;
    hg_writer to = {.at = out, .capacity = capacity};
    uint32_t lines = 0, row = 0;
    while (at < end && row < count) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t bytes = (size_t)((stop == NULL ? end : stop) - at);
        if (bytes == 0) { /* the end of a record */
            PUT(&to, "\n");
            lines = 0;
            row++;
        } else if (lines++ == 0) {
            put_kind(&to, at, bytes);
        } else {
            put_value(&to, at, bytes);
        }
        if (bytes != 0 && lines == 2 && confidences != NULL)
            put_confidence(&to, confidences + row);
        at = stop == NULL ? end : stop + 1;
    }
    return to.length;
}
