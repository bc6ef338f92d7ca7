/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - getters for the fields of a row that are verdicts, confidences and reasons.
 */
#pragma once

#include "names/client.h"
#include "names/verdict.h"
#include "rows/fields.h"

HG_VALUE(double, hg_of_confidence, hg_segments_confidence_of(context->database, context->row))

/* Why the uptime is in doubt, or why the verdict is as it is. */
static inline hg_span hg_of_why(const hg_row_context *context, char *room)
{
    if (hg_event_is_hello(HG_OF_SHARED(event)) || HG_OF_SHARED(event) == HG_EVENT_HTTP_REQUEST) {
        hg_judgement found;
        hg_judge(context->database, &context->row, &found);
        memcpy(room, found.why, found.length);
        return hg_span_of(room, found.length);
    }
    const char *doubt = hg_doubt_reason(HG_OF(tcp, uptime_doubt));
    return doubt == NULL ? (hg_span){0} : hg_span_of_word(doubt);
}

static inline int hg_of_verdict(const hg_row_context *context)
{
    hg_judgement found;
    hg_judge(context->database, &context->row, &found);
    return (int)found.verdict;
}

static inline hg_span hg_of_claims(const hg_row_context *context, char *room)
{
    (void)room;
    int is_hint; /* not shown */
    const uint32_t system = hg_claimed(context->database, &context->row, &is_hint);
    if (system == HG_NO_SIGNATURE)
        return (hg_span){0};
    const hg_db_system *named = context->database->tables.systems + system;
    const uint32_t length = named->name_length < HG_MOST_NAME_SHOWN ? named->name_length : HG_MOST_NAME_SHOWN;
    return hg_span_of(hg_database_text(context->database, named->name_offset), length);
}

static inline int hg_of_client_check(const hg_row_context *context)
{
    hg_client_judgement found;
    hg_client_judge_row(context->database, &context->row, &found);
    return (int)found.check;
}

static inline hg_span hg_of_client_why(const hg_row_context *context, char *room)
{
    hg_client_judgement found;
    hg_client_judge_row(context->database, &context->row, &found);
    memcpy(room, found.why, found.length);
    return hg_span_of(room, found.length);
}

#undef HG_VALUE
#undef HG_MADE
#undef HG_FREE
#undef HG_ITEMS
