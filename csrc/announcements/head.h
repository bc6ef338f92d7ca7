/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * head.h - the lines of a message's head in SSDP, SIP and RTSP.
 */
#pragma once

#include "base/bytes.h"

/* The text without blanks and control characters at both ends. */
hg_span hg_head_trimmed(hg_span text);
/* Removes the next line, without its LF, from `rest`. 0: there is none. */
int hg_head_line(hg_span *rest, hg_span *line);
/* Splits a header into name and value. 0: it has no colon. */
int hg_head_field(hg_span line, hg_span *name, hg_span *value);
