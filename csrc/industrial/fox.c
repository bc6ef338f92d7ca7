/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fox.c - Fox of Niagara, for buildings. The server's greeting states
 *
 *     fox version VERSION   of the program
 *     fox brand NAME
 *     fox system NAME
 *
 * The names of host and station are skipped.
 */
#include "industrial/protocol.h"

/* A message ends with ";;" and a line end. */
static uint32_t length_of(hg_span data)
{
    enum { LEAST = 4, MOST = 4096 };
    const hg_span part = hg_span_first(data, MOST);
    if (memcmp(data.data, "fox ", data.length < LEAST ? data.length : LEAST) != 0)
        return 0;
    const char *end = hg_text_find(part, ";;\n");
    return end != NULL ? (uint32_t)(end - part.text) + 3 : data.length < MOST ? data.length + 1 : 0;
}

/* States the value of a line "KEY=s:VALUE". */
static void state_line(hg_announcing *to, hg_span line)
{
    static const struct {
        const char *key, *word;
    } KEYS[] = {{"app.version=s:", "fox version "}, {"brandId=s:", "fox brand "}, {"os.name=s:", "fox system "}};
    for (uint32_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (hg_span_begins(line, KEYS[i].key))
            hg_state_text(to, KEYS[i].word, hg_span_from(line, (uint32_t)strlen(KEYS[i].key)));
}

static hg_frame_kind read(hg_industrial_frame *frame)
{
    hg_span rest = frame->bytes;
    const char *end = memchr(rest.text, '\n', rest.length);
    const hg_span first = hg_span_of(rest.text, end == NULL ? 0 : (size_t)(end - rest.text));
    if (hg_text_find(first, " fox hello") == NULL)
        return frame->is_first ? HG_FRAME_WRONG : frame->from_server ? HG_FRAME_ANSWER : HG_FRAME_WORK;
    while (frame->from_server && (end = memchr(rest.text, '\n', rest.length)) != NULL) {
        state_line(frame->list, hg_span_of(rest.text, (size_t)(end - rest.text)));
        rest = hg_span_from(rest, (uint32_t)(end - rest.text) + 1);
    }
    return frame->from_server ? HG_FRAME_ANSWER : HG_FRAME_QUESTION;
}

enum { HEADER = 10 }; /* such as "fox a 0 -1" */
const hg_industrial_protocol hg_industrial_fox = {"fox", length_of, read, HEADER, NULL};
