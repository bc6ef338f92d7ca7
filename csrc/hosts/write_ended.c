/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_ended.c - the ended support of the system and the browser of a host, as JSON and for people.
 */
#include <math.h>
#include <string.h>

#include "hosts/text_lines.h"

/* ---- JSON --------------------------------------------------------------------------------------------- */

/* "SYN: Windows XP (3 packets)" */
static void write_said(hg_json *to, const hg_sighting *seen, const hg_host_name *name)
{
    hg_json_begin_text(to);
    hg_write_word(&to->out, hg_source_word(seen->source));
    hg_put_label(&to->out, name);
    HG_WRITE_WITH(&to->out, " (", hg_put_count, seen->packets, "packet");
    hg_write_word(&to->out, ")");
    hg_json_end_text(to);
}

static void write_said_of(hg_json *to, const hg_name_relation *names, uint32_t count, hg_relation least)
{
    for (uint32_t i = 0; i < count; i++)
        if (names[i].relation >= least && names[i].relation != HG_CONTRADICTS)
            write_said(to, names[i].seen, names[i].name);
}

/* The keys behind "product". */
static void write_ended_rest(hg_json *to, int32_t day, double confidence)
{
    HG_JSON_KEY(to, "ended", written, hg_put_day, day);
    HG_JSON_KEY(to, "confidence", share, confidence);
    HG_JSON_KEY(to, "evidence", open, '[');
}

static void end_ended(hg_json *to)
{
    hg_json_close(to, ']');
    hg_json_close(to, '}');
}

static void write_ended_system(hg_json *to, const hg_host_view *of)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "kind", word, "system");
    HG_JSON_KEY(to, "product", written, hg_put_system, &of->verdict);
    write_ended_rest(to, of->ended.system, of->ended.confidence);
    write_said_of(to, of->verdict.readings, of->verdict.reading_count, HG_AGREES);
    write_said_of(to, of->verdict.programs, of->verdict.program_count, HG_NARROWS);
    end_ended(to);
}

static void write_ended_program(hg_json *to, const hg_host_view *of, const hg_ended_program *ended, const char *kind)
{
    const hg_host_name *program = ended->name;
    if (ended->day == HG_SUPPORTED)
        return;
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "kind", word, kind);
    HG_JSON_KEY(to, "product", written, hg_put_label, program);
    write_ended_rest(to, ended->day, (double)NAN);
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(of->hosts, of->host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&of->hosts->names, seen->name);
        if (name->kind == program->kind && hg_same_label(name, program))
            write_said(to, seen, name);
    }
    end_ended(to);
}

void hg_json_ended(hg_json *to, const hg_host_view *of)
{
    hg_json_open(to, '[');
    if (of->ended.system != HG_SUPPORTED)
        write_ended_system(to, of);
    write_ended_program(to, of, &of->ended.browser, "browser");
    write_ended_program(to, of, &of->ended.server, "server");
    hg_json_close(to, ']');
}

/* ---- text --------------------------------------------------------------------------------------------- */

static void write_ended_on(hg_writer *to, int32_t day, double confidence, uint8_t source)
{
    const char *by = hg_source_word(source);
    HG_WRITE_WITH(to, " on ", hg_put_day, day);
    hg_write_word(to, " (");
    if (!isnan(confidence)) {
        hg_write_percent(to, confidence);
        hg_write_word(to, ", ");
    }
    HG_WRITE_WITH(to, "by its ", hg_write_text, by, strlen(by) > 2 ? strlen(by) - 2 : 0);
    hg_write_word(to, ")\n");
}

static void write_program_line(hg_writer *to, const hg_ended_program *ended)
{
    if (ended->day == HG_SUPPORTED)
        return;
    hg_begin_line(to, "Ended:");
    HG_WRITE_WITH(to, "support of ", hg_put_label, ended->name);
    write_ended_on(to, ended->day, (double)NAN, ended->source);
}

/* "Ended:  support of Windows XP on 2014-04-08 (94 %, by its SYN)" */
void hg_write_ended_lines(hg_writer *to, const hg_host_view *of)
{
    if (of->ended.system != HG_SUPPORTED) {
        hg_begin_line(to, "Ended:");
        HG_WRITE_WITH(to, "support of ", hg_put_system, &of->verdict);
        write_ended_on(to, of->ended.system, of->ended.confidence, of->verdict.version_source);
    }
    write_program_line(to, &of->ended.browser);
    write_program_line(to, &of->ended.server);
}
