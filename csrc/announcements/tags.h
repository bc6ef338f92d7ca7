/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tags.h - the tags of XML, without a tree, entities or CDATA.
 */
#pragma once

#include "base/bytes.h"

/* Reads the next word; length 0: there is none. */
hg_span hg_tag_word(hg_cursor *in);
/* Reads the text before the character `end`, and moves `in` past it. 0: it does not occur. */
int hg_tag_until(hg_cursor *in, char end, hg_span *out);
/* The name in "prefix:name"; `*prefix` becomes the prefix, which may be empty. */
hg_span hg_tag_local(hg_span name, hg_span *prefix);

/* A tag and what follows it. */
typedef struct hg_tag {
    hg_span inside; /* between `<` and `>`: name and attributes, or "/" and the name */
    hg_span text;   /* up to the next tag; empty: no further tag has begun */
} hg_tag;

/* Reads the next tag. HG_TAG_CUT: it has no end. */
typedef enum hg_tag_state { HG_TAG_NONE, HG_TAG_CUT, HG_TAG_READ } hg_tag_state;
hg_tag_state hg_tag_next(hg_cursor *in, hg_tag *out);
/* Whether the tag begins an element: it is neither an end, nor a comment or an instruction. */
int hg_tag_begins(const hg_tag *tag);
