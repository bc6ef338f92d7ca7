/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tail.c - made once, written after each record.
 */
#include "output/tail.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/escape.h"

/* More than the fixed text of any tail. */
#define TAIL_FIXED 512

/* The first HG_DATABASE_DIGITS of the hash. */
static char *put_database(char *p, const hg_database *database)
{
    HG_PUT(p, ",\"database\":");
    if (database == NULL)
        return HG_AFTER(p, "null");
    *p++ = '"';
    p = hg_put_hex(p, database->tables.source_hash, HG_DATABASE_DIGITS / 2);
    return HG_AFTER(p, "\"");
}

static char *put_text(char *p, const char *text)
{
    return hg_put_json_string(p, (const uint8_t *)text, strlen(text));
}

static char *put_json_tail(char *p, const char *interface, const char *capture)
{
    if (interface != NULL || capture == NULL)
        return p;
    return put_text(HG_AFTER(p, ",\"capture\":"), capture);
}

static char *put_eve_tail(char *p, const char *interface, const char *capture)
{
    HG_PUT(p, "}");
    if (interface != NULL) {
        HG_PUT_WITH(p, ",\"in_iface\":", put_text, interface);
    } else if (capture != NULL) {
        HG_PUT_WITH(p, ",\"pcap_filename\":", put_text, capture);
    }
    return p;
}

static char *put_ecs_tail(char *p, const char *interface, const char *capture)
{
    HG_PUT(p, "}");
    if (interface == NULL && capture != NULL) {
        HG_PUT_WITH(p, ",\"log\":{\"file\":{\"path\":", put_text, capture);
        HG_PUT(p, "}}");
    }
    HG_PUT(p, ",\"observer\":{\"type\":\"sensor\",\"vendor\":\"huginn\"");
    if (interface != NULL) {
        HG_PUT_WITH(p, ",\"ingress\":{\"interface\":{\"name\":", put_text, interface);
        HG_PUT(p, "}}");
    }
    return HG_AFTER(p, "},\"ecs\":{\"version\":\"" HG_ECS_VERSION "\"}");
}

hg_status hg_make_tail(hg_renderer *renderer, hg_error *error)
{
    const char *interface = renderer->interface, *capture = renderer->hides_private ? NULL : renderer->capture;
    size_t names = (interface == NULL ? 0 : strlen(interface)) + (capture == NULL ? 0 : strlen(capture));
    char *p = realloc(renderer->tail, TAIL_FIXED + names * HG_ESCAPE_GROWTH);
    if (p == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a renderer");
    renderer->tail = p;
    p = put_database(p, renderer->database);
    HG_PUT(p, "," HG_JSON_SCHEMA_VERSION);
    if (renderer->format == HG_FORMAT_EVE)
        p = put_eve_tail(p, interface, capture);
    else if (renderer->format == HG_FORMAT_ECS)
        p = put_ecs_tail(p, interface, capture);
    else if (renderer->format == HG_FORMAT_JSON && renderer->names_captures)
        p = put_json_tail(p, interface, capture);
    HG_PUT(p, "}\n");
    renderer->tail_length = (size_t)(p - renderer->tail);
    return HG_OK;
}
