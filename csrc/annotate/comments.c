/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * comments.c - turns each record of the text format into one line.
 *
 *     [TCP SYN] 192.0.2.1:40000 → 198.51.100.2:80
 *       OS:     Linux 5.x                                huginn TCP SYN | OS: Linux 5.x | Sure: 94 % | Dist: 3
 *       Dist:   3
 */
#include <math.h>

#include "annotate/blocks.h"
#include "base/kinds.h"
#include "names/cache.h"

#define PUT(out, text) hg_write(out, text, sizeof text - 1)

/* Writes the text between the brackets of the head line. */
static void put_kind(hg_writer *out, const char *line, size_t length)
{
    const char *end = memchr(line, ']', length);
    PUT(out, "huginn ");
    if (end != NULL)
        hg_write(out, line + 1, (size_t)(end - line) - 1);
}

/* Writes "  Dist:   3" as " | Dist: 3". */
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

/* Writes how sure the name of a row is. */
static hg_status put_confidence(hg_writer *out, hg_answer_cache *answers, const hg_batch *batch, uint32_t row,
                                hg_error *error)
{
    const hg_database *database = answers->answerer.database;
    char text[HG_CONFIDENCE_BYTES];
    hg_known_answer *known;
    if (database == NULL || !hg_event_is_handshake(batch->columns.event[row]))
        return HG_OK;
    const hg_status status = hg_answer_of_row(answers, batch, hg_row_of(batch, row), &known, error);
    if (status != HG_OK || known == NULL || !is_share(known->found.confidence))
        return status;
    const double versions = hg_answer_version_confidence(database, &known->found);
    PUT(out, " | Sure: ");
    hg_write(out, text,
             (size_t)(hg_put_confidence(text, known->found.confidence, is_share(versions) ? versions : (double)NAN,
                                        known->found.family_count) -
                      text));
    return HG_OK;
}

hg_status hg_comments_of_text(const hg_batch *batch, const hg_database *database, const char *text, size_t length,
                              char *out, size_t capacity, size_t *written, hg_error *error)
{
    hg_answer_cache answers = {.answerer = {.database = database}, .places = 512};
    hg_lines lines = {text, text + length};
    hg_writer to = {.at = out, .capacity = capacity};
    uint32_t number = 0, row = 0; /* `number`: of the next line of its record */
    const char *at;
    size_t bytes;
    hg_status status = HG_OK;
    while (status == HG_OK && row < batch->count && hg_next_line(&lines, SIZE_MAX, &at, &bytes)) {
        if (bytes == 0) { /* end of a record */
            PUT(&to, "\n");
            number = 0;
            row++;
        } else if (number++ == 0) {
            put_kind(&to, at, bytes);
        } else {
            put_value(&to, at, bytes);
        }
        if (bytes != 0 && number == 2)
            status = put_confidence(&to, &answers, batch, row, error);
    }
    hg_answer_cache_use(&answers, NULL);
    *written = to.length;
    return status;
}
