/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * anchors.c - names (anchors.csv) from the lists of Mozilla's root programme, of 2010 to 2026, whose owners also had
 * certificates from older authorities. Servers send such a certificate for old clients; all others have the anchor
 * itself, and do not check it. */
#include "tls/anchors.h"

#include "hg_anchors.h"

#define NAME(name) name,
static const char *const NAMES[] = {HG_ANCHORS_ROWS(NAME)};

int hg_is_anchor_name(hg_span name)
{
    for (uint32_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (hg_span_equal(name, hg_span_of_word(NAMES[i])))
            return 1;
    return 0;
}
