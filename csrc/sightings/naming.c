/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "sightings/naming.h"

#include <math.h>
#include <stdlib.h>

#include "announcements/match.h"
#include "announcements/robots.h"
#include "greetings/fields.h"
#include "names/browsers.h"
#include "names/cache.h"
#include "names/verdict.h"
#include "names/versions.h"
#include "ssh/fields.h"
#include "systems/words.h"

/* ---- labels ------------------------------------------------------------------------------------- */

static hg_named_family family_at(const hg_database *database, uint32_t number)
{
    const hg_db_family *family = database->tables.families + number;
    return (hg_named_family){.identity = family->identity,
                             .stacks = family->stacks,
                             .name = hg_database_span(database, family->name_offset, family->name_length)};
}

static void put_claim(const hg_database *database, uint32_t claim, hg_host_name *out)
{
    const hg_db_claim *stored = database->tables.claims + claim;
    out->claim = hg_claim_at(database, claim);
    if (stored->family_count > HG_MAX_FAMILIES)
        return;
    out->family_count = stored->family_count;
    for (uint32_t i = 0; i < stored->family_count; i++)
        out->families[i] = family_at(database, database->tables.claim_families[stored->first_family + i].family);
}

static hg_host_name name_of_label(const hg_database *database, uint32_t index, hg_name_kind kind)
{
    const hg_db_label *label = database->tables.labels + index;
    hg_host_name name = {.kind = (uint8_t)kind, .version_share = (double)NAN};
    name.name = hg_database_span(database, label->name_offset, label->name_length);
    name.flavor = hg_database_span(database, label->flavor_offset, label->flavor_length);
    put_claim(database, label->claim, &name);
    if (name.claim.kind == HG_CLAIM_GENERIC)
        name.flags |= HG_NAMED_GENERIC;
    if (name.claim.kind == HG_CLAIM_ANY)
        name.flags |= HG_NAMED_ANYTHING;
    return name;
}

uint32_t hg_name_of_text(hg_hosts *hosts, hg_name_kind kind, const char *text, size_t length)
{
    const hg_host_name name = {.kind = (uint8_t)kind, .name = hg_span_of(text, length), .version_share = (double)NAN};
    return hg_names_take(&hosts->names, &name);
}

/* 0: not looked up yet. */
struct hg_known_label {
    uint32_t number; /* of its latest name */
    uint32_t hash;   /* of its text, in small letters */
};

/* NULL: no memory. */
static hg_known_label *known_label(hg_hosts *hosts, uint32_t label)
{
    if (hosts->labels == NULL)
        hosts->labels = calloc(hosts->database->tables.labels_count, sizeof *hosts->labels);
    return hosts->labels == NULL ? NULL : hosts->labels + label;
}

static uint32_t hash_text(hg_span text)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (uint32_t)hg_lower((uint8_t)text.text[i])) * 16777619U;
    return hash == 0 ? 1 : hash;
}

uint32_t hg_hash_of_label(hg_hosts *hosts, uint32_t label)
{
    hg_known_label *known = known_label(hosts, label);
    if (known != NULL && known->hash != 0)
        return known->hash;
    const hg_db_label *stored = hosts->database->tables.labels + label;
    const uint32_t hash = hash_text(hg_database_span(hosts->database, stored->name_offset, stored->name_length));
    if (known != NULL)
        known->hash = hash;
    return hash;
}

/* The name of a label, created on first use. */
static uint32_t take_label(hg_hosts *hosts, uint32_t label, hg_name_kind kind)
{
    hg_known_label *known = known_label(hosts, label);
    if (known != NULL && known->number != 0 && hg_host_name_at(&hosts->names, known->number)->kind == kind)
        return known->number;
    const hg_host_name name = name_of_label(hosts->database, label, kind);
    const uint32_t number = hg_names_take(&hosts->names, &name);
    if (known != NULL)
        known->number = number;
    return number;
}

/* ---- handshakes --------------------------------------------------------------------------------- */

int hg_is_of_tool(const hg_hosts *hosts, hg_row row)
{
    const hg_db_signature *signature = hg_signature_at(hosts->database, row.columns->tcp.signature[row.at]);
    return signature != NULL && (signature->flags & HG_SIGNATURE_USERLAND) != 0;
}

static void put_answer(const hg_hosts *hosts, const hg_found_answer *found, hg_host_name *out)
{
    out->basis = found->basis;
    out->confidence = found->confidence;
    out->version_share = found->version_share;
    out->family_count = found->family_count > HG_MAX_FAMILIES ? 0 : found->family_count;
    for (uint32_t i = 0; i < out->family_count; i++)
        out->families[i] = family_at(hosts->database, found->families[i]);
    if (hg_is_confirmed(hosts->database, &found->basis))
        out->flags |= HG_NAMED_CONFIRMED;
}

/* The name of a handshake that a signature names. */
static uint32_t name_signature(hg_hosts *hosts, const hg_found_answer *found)
{
    const hg_named_handshake *handshake = found->handshake;
    const hg_db_signature *own = hosts->database->tables.signatures + handshake->signature;
    const int is_tool = (own->flags & HG_SIGNATURE_USERLAND) != 0;
    hg_host_name name = name_of_label(hosts->database, own->label, is_tool ? HG_NAME_TOOL : HG_NAME_SYSTEM);
    if ((own->flags & HG_SIGNATURE_GENERIC) != 0)
        name.flags |= HG_NAMED_GENERIC;
    if (is_tool)
        return hg_names_take(&hosts->names, &name);
    put_answer(hosts, found, &name);
    if (handshake->fuzzy)
        name.flags |= HG_NAMED_FUZZY;
    if (handshake->fuzzy || (own->source_flags & HG_SOURCE_LAST_RESORT) != 0)
        name.flags |= HG_NAMED_WEAK;
    return hg_names_take(&hosts->names, &name);
}

/* p0f's raw signature with the initial TTL, as in a signature file. */
static uint32_t name_unknown(hg_hosts *hosts, hg_row row)
{
    char raw[HG_MAX_TEXT], text[HG_MAX_TEXT + 8];
    const char *end = hg_put_raw_signature(raw, row);
    const char *ttl = memchr(raw, ':', (size_t)(end - raw)), *rest;
    if (ttl == NULL || (rest = memchr(ttl + 1, ':', (size_t)(end - ttl - 1))) == NULL)
        return 0;
    char *p = hg_put_bytes(text, raw, (size_t)(ttl + 1 - raw));
    p = hg_put_u32(p, row.columns->tcp.ittl[row.at]);
    p = hg_put_bytes(p, rest, (size_t)(end - rest));
    return hg_name_of_text(hosts, HG_NAME_SIGNATURE, text, (size_t)(p - text));
}

uint32_t hg_name_of_handshake(hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    hg_named_handshake of;
    hg_known_answer *known;
    if (hg_handshake_of_row(batch, hosts->database, row, &of, NULL) != HG_OK ||
        hg_answer_of(&hosts->answers, &of, &known, NULL) != HG_OK)
        return 0;
    if (known->number == 0)
        known->number =
            of.signature == HG_NO_SIGNATURE ? name_unknown(hosts, row) : name_signature(hosts, &known->found);
    return known->number;
}

/* ---- programs ----------------------------------------------------------------------------------- */

uint32_t hg_name_of_link(hg_hosts *hosts, hg_row row)
{
    const uint32_t index = row.columns->tcp.link[row.at];
    const hg_database *database = hosts->database;
    if (database == NULL || index >= database->tables.mtus_count)
        return 0;
    return take_label(hosts, database->tables.mtus[index].label, HG_NAME_LINK);
}

uint32_t hg_name_of_hello(hg_hosts *hosts, hg_row row)
{
    const hg_tls_columns *c = &row.columns->tls;
    const hg_database *database = hosts->database;
    const uint32_t index = c->client[row.at];
    if (database != NULL && index < database->tables.hellos_count)
        return take_label(hosts, database->tables.hellos[index].label, HG_NAME_PROGRAM);
    const char *ja4 = (const char *)c->ja4[row.at]; /* zeros in SSL 2.0's format */
    return hg_name_of_text(hosts, HG_NAME_JA4, ja4, ja4[0] == 0 ? 0 : HG_JA4_LENGTH);
}

uint32_t hg_name_of_http(hg_hosts *hosts, hg_row row)
{
    const hg_http_columns *c = &row.columns->http;
    const hg_database *database = hosts->database;
    const uint32_t index = c->software[row.at];
    if (database == NULL || index >= database->tables.https_count)
        return hg_name_of_text(hosts, HG_NAME_PROGRAM, NULL, 0);
    return take_label(hosts, database->tables.https[index].label, HG_NAME_PROGRAM);
}

/* Whether a flavor leaves the version open, and allows the version in `digits`. */
static int leaves_open(hg_span flavor, hg_span digits)
{
    uint32_t ends[2], version[2];
    if (digits.length == 0 || !hg_versions_of_flavor(digits.text, digits.length, version))
        return 0;
    if (flavor.length == 0)
        return 1;
    return hg_versions_of_flavor(flavor.text, flavor.length, ends) && ends[0] <= version[0] && version[0] <= ends[1] &&
           ends[0] < ends[1];
}

uint32_t hg_name_of_browser(hg_hosts *hosts, hg_row row, uint32_t known)
{
    const hg_span agent = HG_TEXT_OF(row, http, user_agent);
    const hg_browser *browser = agent.length == 0 ? NULL : hg_browser_of(agent);
    if (browser == NULL || known == 0)
        return known;
    hg_host_name name = *hg_host_name_at(&hosts->names, known);
    const hg_span digits = browser->version == NULL ? (hg_span){0} : hg_digits_behind(agent, browser->version);
    if (!hg_span_equal(name.name, hg_span_of_word(browser->name)) || !leaves_open(name.flavor, digits))
        return known;
    name.flavor = digits;
    name.flags |= HG_NAMED_STATED;
    const uint32_t stated = hg_names_take(&hosts->names, &name);
    return stated == 0 ? known : stated;
}

/* ---- systems that programs state ------------------------------------------------------------------------ */

/* The number of a name with the stated version of each family. 0: a family has no stated version, or no room. The
 * versions in `name` are invalid afterwards. */
static uint32_t take_stated(hg_hosts *hosts, hg_host_name *name, hg_statement by, hg_span text)
{
    uint64_t ranges[HG_MAX_FAMILIES][2];
    char flavor[1024]; /* a range takes at most 64 bytes, before escaping */
    hg_writer to = {.at = flavor, .capacity = sizeof flavor};
    const uint32_t count = name->claim.family_count;
    if (count == 0 || count != name->family_count)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        hg_claim_family *family = name->claim.families + i;
        if (!hg_stated_versions(by, family->identity, text.data, text.length, ranges[i]))
            return 0;
        family->versions = ranges[i];
        family->version_count = 1;
        hg_put_family_versions(&to, name->families + i, ranges[i], 1, i, count);
    }
    name->flavor = hg_span_of(flavor, to.length);
    const uint32_t number = hg_names_take(&hosts->names, name);
    name->flavor = (hg_span){0};
    return number;
}

static hg_host_name name_of_system(const hg_database *database, uint32_t system)
{
    const hg_db_system *known = database->tables.systems + system;
    hg_host_name name = {.kind = HG_NAME_CLAIMED,
                         .version_share = (double)NAN,
                         .name = hg_database_span(database, known->name_offset, known->name_length)};
    put_claim(database, known->claim, &name);
    return name;
}

static uint32_t take_claim(hg_hosts *hosts, uint32_t system, hg_statement by, hg_span text)
{
    hg_host_name name = name_of_system(hosts->database, system);
    const uint32_t stated = take_stated(hosts, &name, by, text);
    if (stated != 0)
        return stated;
    name = name_of_system(hosts->database, system);
    return hg_names_take(&hosts->names, &name);
}

/* Names the version of Windows that came with the IIS in a Server header. 0: it states none, or no room. */
static uint32_t take_windows(hg_hosts *hosts, uint32_t label, hg_span text)
{
    const hg_span named = hg_span_of_word("Windows");
    hg_host_name name = {.kind = HG_NAME_CLAIMED, .version_share = (double)NAN, .name = named, .family_count = 1};
    name.claim = hg_label_claim(hosts->database, label);
    name.families[0] = (hg_named_family){.identity = HG_FAMILY_WINDOWS, .name = named, .stacks = name.claim.stacks};
    name.claim.kind = HG_CLAIM_SPECIFIC;
    name.claim.family_count = 1;
    name.claim.families[0] = (hg_claim_family){.identity = HG_FAMILY_WINDOWS};
    return take_stated(hosts, &name, HG_STATED_SERVER, text);
}

uint32_t hg_name_of_server_claim(hg_hosts *hosts, hg_row row)
{
    const hg_span text = HG_TEXT_OF(row, http, server_header), linux_name = hg_span_of_word("Linux");
    const hg_database *database = hosts->database;
    const uint32_t index = row.columns->http.software[row.at];
    if (database == NULL || index >= database->tables.https_count || text.length == 0)
        return 0;
    const uint32_t stated = take_windows(hosts, database->tables.https[index].label, text);
    if (stated != 0)
        return stated;
    const uint32_t system = hg_database_claims(database, linux_name.data, linux_name.length);
    if (system == HG_NO_SIGNATURE)
        return 0;
    hg_host_name name = name_of_system(database, system);
    return take_stated(hosts, &name, HG_STATED_SERVER, text);
}

/* A value of an announcement's label; empty if it has a placeholder, which each announcement fills in. */
static hg_span fixed_value(const hg_database *database, const hg_db_announcement *announcement, uint32_t field)
{
    const hg_span part =
        hg_database_span(database, announcement->value_offsets[field], announcement->value_lengths[field]);
    return part.length > 0 && memchr(part.text, '<', part.length) != NULL ? (hg_span){0} : part;
}

uint32_t hg_name_of_device(hg_hosts *hosts, uint32_t signature)
{
    const hg_tables *tables = &hosts->database->tables;
    const hg_db_announcement *announcement = tables->announcements + signature;
    if (tables->claims[tables->labels[announcement->label].claim].family_count == 0)
        return 0;
    hg_host_name name = name_of_label(hosts->database, announcement->label, HG_NAME_CLAIMED);
    name.name = fixed_value(hosts->database, announcement, HG_DEVICE_SYSTEM);
    name.flavor = fixed_value(hosts->database, announcement, HG_DEVICE_VERSION);
    return hg_names_take(&hosts->names, &name);
}

/* "9.2p1 (Debian 12)" */
static hg_span put_release(char *out, hg_span release, hg_span variant)
{
    char *p = hg_put_bytes(out, release.text, release.length);
    if (variant.length == 0)
        return hg_span_of(out, release.length);
    p = release.length == 0 ? HG_AFTER(p, "(") : HG_AFTER(p, " (");
    p = hg_put_bytes(p, variant.text, variant.length);
    *p++ = ')';
    return hg_span_of(out, (size_t)(p - out));
}

static uint32_t take_program(hg_hosts *hosts, hg_span program, hg_span release, hg_span variant)
{
    char flavor[2 * HG_MOST_GREETING + HG_RENDER_SLACK];
    hg_host_name name = {.kind = HG_NAME_PROGRAM, .flags = HG_NAMED_STATED, .version_share = (double)NAN};
    name.name = program;
    name.flavor = put_release(flavor, release, variant);
    name.claim.kind = HG_CLAIM_PROGRAM;
    return hg_names_take(&hosts->names, &name);
}

static hg_span value_of(const hg_device_values *values, uint32_t field)
{
    return hg_span_of(values->values[field], values->lengths[field]);
}

static int names_of_greeting(hg_hosts *hosts, hg_row row, uint32_t *program, uint32_t *system)
{
    const uint32_t signature = row.columns->greetings.greeting_signature[row.at];
    const hg_span name = HG_TEXT_OF(row, greetings, program);
    if (hosts->database == NULL || signature >= hosts->database->tables.announcements_count || name.length == 0)
        return 0;
    *program = take_program(hosts, name, HG_TEXT_OF(row, greetings, program_version),
                            HG_TEXT_OF(row, greetings, program_variant));
    *system = hg_name_of_device(hosts, signature);
    return 1;
}

int hg_names_of_banner(hg_hosts *hosts, hg_row row, uint32_t *program, uint32_t *system)
{
    if (row.columns->event[row.index] == HG_EVENT_GREETING)
        return names_of_greeting(hosts, row, program, system);
    hg_device_values values;
    const hg_span text = hg_ssh_software(HG_TEXT_OF(row, ssh, banner));
    const uint32_t signature =
        text.length == 0 ? HG_NO_SIGNATURE
                         : hg_database_match_device(hosts->database, HG_SAYS_SSH, text.text, text.length, &values);
    if (signature == HG_NO_SIGNATURE)
        return 0;
    *program = take_program(hosts, value_of(&values, HG_BANNER_PROGRAM), value_of(&values, HG_BANNER_RELEASE),
                            value_of(&values, HG_BANNER_VARIANT));
    *system = hg_name_of_device(hosts, signature);
    return 1;
}

uint32_t hg_name_of_claim(hg_hosts *hosts, const hg_row *row, hg_host_source *source)
{
    int is_hint;
    const uint32_t system = hg_claimed(hosts->database, row, &is_hint);
    *source = is_hint ? HG_SOURCE_CLIENT_HINT : HG_SOURCE_USER_AGENT;
    const hg_span agent = HG_TEXT_OF(*row, http, user_agent);
    if (system == HG_NO_SIGNATURE || (!is_hint && hg_agent_is_robot(agent))) /* robots copy a browser's system */
        return hg_name_of_text(hosts, HG_NAME_CLAIMED, NULL, 0);
    return is_hint ? take_claim(hosts, system, HG_STATED_CLIENT_HINT, HG_TEXT_OF(*row, http, platform_version))
                   : take_claim(hosts, system, HG_STATED_USER_AGENT, agent);
}

uint32_t hg_name_of_segments(hg_hosts *hosts, hg_row row)
{
    const hg_segment_columns *c = &row.columns->segments;
    const hg_database *database = hosts->database;
    const uint32_t rule = c->segments_rule[row.at];
    const char *silence = hg_silence_reason(c->silence[row.at]);
    if (database == NULL || rule >= database->tables.segments_count)
        return silence == NULL ? 0 : hg_name_of_text(hosts, HG_NAME_SILENCE, silence, strlen(silence));
    hg_host_name name = name_of_label(database, database->tables.segments[rule].label, HG_NAME_SEGMENTS);
    name.flavor = (hg_span){0};
    name.confidence = hg_segments_confidence(database, rule);
    for (uint32_t i = 0; i < name.claim.family_count && i < HG_CLAIM_FAMILIES; i++)
        name.claim.families[i].version_count = 0;
    return hg_names_take(&hosts->names, &name);
}
