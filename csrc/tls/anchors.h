/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * anchors.h - well-known trust anchors that older authorities certified, too.
 */
#pragma once

#include "base/bytes.h"

/* Whether this is the common name of such an anchor. */
int hg_is_anchor_name(hg_span name);
