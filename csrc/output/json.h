/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * json.h - writes values as JSON, and the fields of an event in every JSON format.
 */
#pragma once

#include "base/escape.h"
#include "output/renderer.h"
#include "rows/match_texts.h"

/* Writes the fields of the renderer's row and the end of the record. `object` is the place of the first comma in the
 * fields' object; this comma becomes a brace. */
char *hg_end_record(hg_renderer *renderer, char *p, char *object, const hg_name *name);
/* Writes the objects of EVE or ECS, with the row's fields for which these formats have names. Each object has a comma
 * before it. */
char *hg_put_places(hg_renderer *renderer, char *p, const hg_name *name);

/* Ends an object whose key was written from `begin` to `object`, and turns its first comma into a brace. An empty
 * object is removed unless `is_kept`. */
char *hg_end_object(char *begin, char *object, char *p, int is_kept);
/* Writes ECS's object "os" of a host, with a comma before it. */
char *hg_put_ecs_os(char *p, const hg_match_texts *texts);

/* ECS's object "observer", which stays open, and the object "ecs". */
#define HG_ECS_OBSERVER "\"observer\":{\"type\":\"sensor\",\"vendor\":\"" HG_ECS_OBJECT "\""
#define HG_ECS_VERSIONED "\"ecs\":{\"version\":\"" HG_ECS_VERSION "\"}"

/* Writes a time as in RFC 3339, in UTC with nanoseconds, without quotes. */
static inline char *hg_put_time(hg_renderer *renderer, char *p, int64_t time_ns)
{
    uint32_t ns;
    p = hg_put_second(renderer, p, hg_floor_seconds(time_ns, &ns));
    *p++ = '.';
    p = hg_put_9_digits(p, ns);
    *p++ = 'Z';
    return p;
}
