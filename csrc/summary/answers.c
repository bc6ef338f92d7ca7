/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answers.c - what people ask first, each in one sentence.
 */
#include "hosts/words.h"
#include "summary/sentences.h"

/* A part of an answer: the hosts of a finding, with a sentence about them. */
typedef struct part {
    uint32_t finding;
    const char *words;
} part;

static const part OLD[] = {
    {HG_FINDING_ENDED, "a system without support"}, {HG_FINDING_BROWSER, "a browser without support"},
    {HG_FINDING_OLD_TLS, "TLS before 1.2"}};
static const part SCANS[] = {
    {HG_FINDING_HORIZONTAL, "many addresses"}, {HG_FINDING_VERTICAL, "many ports"}, {HG_FINDING_SLOW, "slowly"},
    {HG_FINDING_SCANNER, "packets of a scanner"}};
static const part CLAIMS[] = {
    {HG_FINDING_CLIENT, "another client than the User-Agent says"}, {HG_FINDING_CONTRADICTS, "another system than the SYN"}};

static void begin(hg_json *to, const char *topic, const char *question)
{
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "topic", word, topic);
    HG_JSON_KEY(to, "question", word, question);
    hg_json_key(to, "answer");
    hg_json_begin_text(to);
}

static void end(hg_json *to)
{
    hg_json_end_text(to);
    hg_json_close(to, '}');
}

/* "a system without support: 192.0.2.1; TLS before 1.2: 192.0.2.2 and 192.0.2.3", or `none`. */
static void put_parts(hg_json *to, const hg_digest *digest, const part *parts, size_t count, const char *none)
{
    int is_any = 0;
    for (size_t i = 0; i < count; i++) {
        const hg_best *hosts = &digest->found[parts[i].finding].hosts;
        if (hosts->offered == 0)
            continue;
        if (is_any)
            hg_write_word(&to->out, "; ");
        is_any = 1;
        hg_write_word(&to->out, parts[i].words);
        hg_write_word(&to->out, ": ");
        hg_put_hosts(&to->out, hosts);
    }
    if (!is_any)
        hg_write_word(&to->out, none);
}

static void write_systems(hg_json *to, const hg_digest *digest)
{
    const hg_best *hosts = &digest->found[HG_FINDING_SHARED].hosts;
    begin(to, "systems", "How many systems are behind an address?");
    if (hosts->offered == 0) {
        hg_write_word(&to->out, "no address shows more than 1");
    } else {
        hg_write_word(&to->out, "several behind ");
        hg_put_count(&to->out, hosts->offered, "host");
        hg_write_word(&to->out, ", at least ");
        hg_put_number(&to->out, digest->most_systems < 2 ? 2 : digest->most_systems);
        hg_write_word(&to->out, " behind one: ");
        hg_put_hosts(&to->out, hosts);
    }
    end(to);
}

static void write_post_quantum(hg_json *to, const hg_digest *digest)
{
    begin(to, "post_quantum", "Which clients use post-quantum key exchange?");
    if (digest->tls_clients == 0) {
        hg_write_word(&to->out, "no client with TLS was seen");
    } else {
        hg_put_number(&to->out, digest->post_quantum.offered);
        hg_write_word(&to->out, " of ");
        hg_put_count(&to->out, digest->tls_clients, "client");
        hg_write_word(&to->out, " with TLS");
    }
    if (digest->post_quantum.offered > 0) {
        hg_write_word(&to->out, ": ");
        hg_put_hosts(&to->out, &digest->post_quantum);
    }
    end(to);
}

int hg_write_answers(hg_digest *digest, hg_json *to)
{
    hg_json_key(to, "answers");
    hg_json_open(to, '[');
    begin(to, "out_of_date", "What is out of date?");
    put_parts(to, digest, OLD, sizeof OLD / sizeof *OLD, "none found (by " HG_SUPPORT_LIST ")");
    end(to);
    begin(to, "scans", "Who scans?");
    put_parts(to, digest, SCANS, sizeof SCANS / sizeof *SCANS, "none found");
    end(to);
    begin(to, "claims", "Which clients are not what they claim?");
    put_parts(to, digest, CLAIMS, sizeof CLAIMS / sizeof *CLAIMS, "none found");
    end(to);
    write_systems(to, digest);
    write_post_quantum(to, digest);
    begin(to, "new", "What is new since the last run?");
    hg_write_word(&to->out, "not known: huginn hosts --store FILE keeps hosts from run to run");
    end(to);
    hg_json_close(to, ']');
    return !to->out.is_full;
}
