/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * results.c - the results of a capture or of packets, one at a time: the short way through the core.
 *
 *     capture or packet ──▶ hg_run_next ──▶ batch ──▶ a row and its label, answer and addresses ──▶ hg_result
 */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/kinds.h"
#include "names/cache.h"
#include "names/verdict.h"
#include "passive_stack/fields.h"
#include "rows/match_texts.h"

#ifdef _WIN32
#define OPEN_FLAGS (O_RDONLY | O_BINARY)
#else
#define OPEN_FLAGS (O_RDONLY | O_CLOEXEC)
#endif

enum { ROWS = 1024, CACHED_ANSWERS = 256, MOST_VERSIONS = 256 };

typedef enum reading_stage {
    WAITING = 0, /* for a packet */
    READING = 1, /* from the source */
    ENDING = 2,  /* data that wait for an acknowledgement are read */
    ENDED = 3
} reading_stage;

/* Where the texts of a result begin in `texts`, until all of them are written. */
typedef struct places {
    size_t source, destination, family, name, flavor, version, reasons;
} places;

struct hg_results {
    const hg_database *database; /* or NULL */
    hg_engine *engine;
    hg_run *run;
    hg_source *source;
    int fd; /* of the capture; -1: packets are fed */
    reading_stage stage;
    uint8_t is_open; /* 1: the source can be read; 0: its header is not complete yet */
    const hg_batch *batch; /* whose rows are given, `row` next; NULL: none */
    uint32_t row;
    hg_error failure; /* comes after those rows; status HG_OK: none */
    uint64_t offsets[2]; /* of the fed packet */
    int64_t time_ns;
    hg_answer_cache answers;
    hg_writer texts;
    hg_result given;
};

void hg_results_free(hg_results *results)
{
    if (results == NULL)
        return;
    hg_source_free(results->source);
    hg_run_free(results->run);
    hg_engine_free(results->engine);
    hg_answer_cache_use(&results->answers, NULL);
    free(results->texts.at);
    if (results->fd >= 0)
        close(results->fd);
    free(results);
}

/* HG_PAUSED: the capture is a pipe that gave no bytes yet. */
static hg_status open_source(hg_results *results, hg_error *error)
{
    const hg_status status = hg_source_open_fd(results->fd, NULL, 0, &results->source, error);
    results->is_open = status == HG_OK;
    return status == HG_E_IO && error->system == EINTR ? HG_PAUSED : status;
}

static hg_status open_capture(hg_results *results, const char *path, hg_error *error)
{
    results->fd = open(path, OPEN_FLAGS);
    if (results->fd < 0)
        return hg_fail(error, HG_E_IO, "the file cannot be opened: %s", strerror(errno));
    results->stage = READING;
    const hg_status status = open_source(results, error);
    return status == HG_PAUSED ? HG_OK : status;
}

hg_status hg_results_open(const char *path, const hg_database *database, hg_results **out, hg_error *error)
{
    hg_error unused;
    error = error == NULL ? &unused : error;
    hg_results *results = *out = calloc(1, sizeof *results);
    const hg_config config = {.max_connections = 100000,
                              .max_hosts = 100000,
                              .protocols = HG_ALL_PROTOCOLS & ~HG_QUIET_PROTOCOLS,
                              .uptime = 1,
                              .decapsulate = 1,
                              .workers = 1,
                              .hash_key = (uint64_t)(uintptr_t)results, /* unknown to senders */
                              .max_stream_bytes = 64 << 20};
    if (results == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for results");
    results->fd = -1;
    results->database = database;
    results->texts.may_grow = 1;
    results->answers.places = CACHED_ANSWERS;
    hg_answer_cache_use(&results->answers, database);
    hg_status status = hg_engine_new(&config, database, &results->engine, error);
    if (status == HG_OK)
        status = hg_run_new(&config, &results->run, error);
    if (status == HG_OK && path != NULL)
        status = open_capture(results, path, error);
    if (status != HG_OK) {
        hg_results_free(results);
        *out = NULL;
    }
    return status;
}

hg_status hg_results_feed(hg_results *results, const uint8_t *packet, size_t length, uint32_t linktype, int64_t time_ns,
                          hg_error *error)
{
    if (results->fd >= 0 || results->stage != WAITING)
        return hg_fail(error, HG_E_ARGUMENT, "packets are fed only after hg_results_next has returned HG_END");
    if (packet == NULL) {
        results->stage = ENDING;
        return HG_OK;
    }
    results->offsets[1] = length;
    results->time_ns = time_ns;
    const hg_status status =
        hg_source_open_packets(packet, results->offsets, &results->time_ns, 1, linktype, &results->source, error);
    results->stage = status == HG_OK ? READING : WAITING;
    results->is_open = status == HG_OK;
    return status;
}

/* ---- one result ----------------------------------------------------------------------------- */

/* Ends a text, and returns where the next one begins. */
static size_t end_text(hg_writer *to)
{
    hg_write(to, "", 1);
    return to->length;
}

static size_t put_span(hg_writer *to, hg_span text)
{
    hg_write(to, text.data, text.length);
    return end_text(to);
}

static size_t put_versions(hg_writer *to, const hg_database *database, uint32_t label)
{
    char text[MOST_VERSIONS];
    const hg_claim claim = hg_label_claim(database, label);
    const hg_claim_family *family = claim.families;
    if (claim.family_count == 1) {
        const size_t length =
            hg_versions_text(family->identity, family->versions, family->version_count, text, sizeof text);
        hg_write(to, text, length < sizeof text ? length : 0);
    }
    return end_text(to);
}

static size_t put_answer(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what)
{
    for (uint32_t i = 0; i < hg_answer_items(answer, what); i++) {
        if (i > 0)
            hg_write_word(to, "\n");
        hg_answer_put_item(to, database, answer, what, i);
    }
    return end_text(to);
}

/* Writes the family, and gives its confidence and that of the versions. */
static hg_status put_family(hg_results *results, hg_row row, const hg_found_answer **answer, hg_error *error)
{
    hg_known_answer *known = NULL;
    hg_writer *to = &results->texts;
    hg_result *out = &results->given;
    const uint8_t event = row.columns->event[row.index];
    hg_status status = HG_OK;
    if (event == HG_EVENT_SEGMENTS) {
        const hg_span family = hg_segments_name(results->database, row);
        hg_write(to, family.data, family.length);
        if (family.length > 0)
            out->confidence = hg_segments_confidence_of(results->database, row);
    } else if (hg_event_is_handshake(event)) {
        status = hg_answer_of_row(&results->answers, results->batch, row, &known, error);
    } else if (event == HG_EVENT_TLS_CLIENT && row.columns->tls.client[row.at] != HG_NO_SIGNATURE) {
        out->confidence = hg_client_confidence(results->database, row.columns->tls.client[row.at]);
    }
    *answer = known == NULL ? NULL : &known->found;
    if (known == NULL) {
        end_text(to);
        return status;
    }
    put_answer(to, results->database, &known->found, HG_ANSWER_FAMILY);
    out->confidence = known->found.confidence;
    out->version_confidence = hg_answer_version_confidence(results->database, &known->found);
    return HG_OK;
}

/* Writes all texts of the row, and where each begins. */
static hg_status put_texts(hg_results *results, hg_row row, places *at, hg_error *error)
{
    const hg_columns *columns = row.columns;
    hg_writer *to = &results->texts;
    hg_naming by;
    hg_match_texts label = {.label = UINT32_MAX};
    const hg_found_answer *answer;
    to->length = 0;
    at->source = 0;
    if (hg_has_addresses(columns, row.index))
        HG_WRITE_VALUE(to, HG_MAX_ADDRESS, hg_put_address, columns->ip_version[row.index], columns->src_ip[row.index]);
    at->destination = end_text(to);
    if (hg_has_addresses(columns, row.index))
        HG_WRITE_VALUE(to, HG_MAX_ADDRESS, hg_put_address, columns->ip_version[row.index], columns->dst_ip[row.index]);
    at->family = end_text(to);
    const hg_status status = put_family(results, row, &answer, error);
    if (hg_naming_of(row, &by) && by.index != HG_NO_SIGNATURE)
        label = hg_match_texts_of(results->database, &by);
    at->name = to->length;
    at->flavor = put_span(to, label.name);
    at->version = put_span(to, label.flavor);
    at->reasons = label.label == UINT32_MAX ? end_text(to) : put_versions(to, results->database, label.label);
    if (answer != NULL)
        put_answer(to, results->database, answer, HG_ANSWER_EVIDENCE);
    else
        end_text(to);
    return to->is_full ? hg_fail(error, HG_E_MEMORY, "no memory for a result") : status;
}

static hg_status give(hg_results *results, hg_error *error)
{
    const hg_columns *columns = &results->batch->columns;
    const uint32_t i = results->row++;
    places at;
    hg_result *out = &results->given;
    *out = (hg_result){.time_ns = columns->time_ns[i],
                       .packet_number = columns->packet_number[i],
                       .event = hg_event_name(columns->event[i]),
                       .source_port = columns->src_port[i],
                       .destination_port = columns->dst_port[i],
                       .confidence = NAN,
                       .version_confidence = NAN,
                       .batch = results->batch,
                       .row = i};
    const hg_status status = put_texts(results, hg_row_of(results->batch, i), &at, error);
    const char *texts = results->texts.at;
    if (status != HG_OK)
        return status;
    out->source = texts + at.source;
    out->destination = texts + at.destination;
    out->family = texts + at.family;
    out->name = texts + at.name;
    out->flavor = texts + at.flavor;
    out->version = texts + at.version;
    out->reasons = texts + at.reasons;
    return HG_OK;
}

/* ---- batches -------------------------------------------------------------------------------- */

/* After the source: a capture has data left that no packet acknowledged; more packets may be fed. */
static void leave_source(hg_results *results)
{
    hg_source_free(results->source);
    results->source = NULL;
    results->stage = results->fd >= 0 ? ENDING : WAITING;
}

/* Fills the next batch. HG_OK: it may be empty. */
static hg_status read_more(hg_results *results)
{
    hg_error *error = &results->failure;
    hg_status status;
    if (results->stage == READING && !results->is_open && (status = open_source(results, error)) != HG_OK) {
        if (status != HG_PAUSED)
            results->stage = ENDED;
        return status;
    }
    results->row = 0;
    if (results->stage == READING)
        status = hg_run_next(results->run, results->engine, results->source, ROWS, UINT64_MAX, &results->batch, error);
    else
        status = hg_run_finish(results->run, results->engine, ROWS, UINT64_MAX, &results->batch, error);
    if (status == HG_OK)
        return HG_OK;
    if (results->stage == READING)
        leave_source(results);
    else
        results->stage = ENDED;
    return status == HG_END ? HG_OK : status;
}

hg_status hg_results_next(hg_results *results, const hg_result **out, hg_error *error)
{
    *out = &results->given;
    for (;;) {
        if (results->batch != NULL && results->row < results->batch->count)
            return give(results, error);
        results->batch = NULL;
        if (results->failure.status != HG_OK) {
            const hg_error failure = results->failure;
            results->failure.status = HG_OK;
            if (error != NULL)
                *error = failure;
            return (hg_status)failure.status;
        }
        if (results->stage == WAITING || results->stage == ENDED)
            return HG_END;
        const hg_status status = read_more(results);
        if (status == HG_OK || status == HG_PAUSED)
            results->failure.status = HG_OK;
        if (status == HG_PAUSED || (status == HG_OK && results->stage == READING && results->batch->count == 0))
            return HG_PAUSED;
    }
}
