/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/makers.h"

#include "hg_makers.h"

typedef struct catalogue {
    const char *maker, *types; /* separated by blanks */
} catalogue;

#define CATALOGUE(maker, types, origin) {maker, types},
static const catalogue CATALOGUES[] = {HG_MAKERS_ROWS(CATALOGUE)};
#undef CATALOGUE

static int has_word(hg_span words, hg_span word)
{
    while (words.length > 0) {
        const char *end = memchr(words.text, ' ', words.length);
        const uint32_t length = end == NULL ? words.length : (uint32_t)(end - words.text);
        if (hg_span_equal(hg_span_first(words, length), word))
            return 1;
        words = hg_span_of(words.text + length + (end != NULL), words.length - length - (end != NULL));
    }
    return 0;
}

hg_span hg_maker_types(hg_span maker)
{
    for (uint32_t i = 0; i < sizeof CATALOGUES / sizeof *CATALOGUES; i++)
        if (hg_span_is(maker, CATALOGUES[i].maker))
            return hg_span_of_word(CATALOGUES[i].types);
    return hg_span_of("", 0);
}

int hg_maker_builds(hg_span maker, hg_span type)
{
    const hg_span types = hg_maker_types(maker);
    return type.length == 0 || types.length == 0 || has_word(types, type);
}
