/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * claims.c - compares a client's own claims with its SYN and its ClientHello.
 */
#include "peers/claims.h"

#include "answers/client.h"
#include "answers/verdict.h"
#include "http/match.h"

/* Headers that are compared, and bytes of each: what follows counts for nothing. */
enum { HEADERS = 3, MOST_VALUE = 4096, MOST_NAME = 20 };

static uint32_t claimed_in(const hg_database *database, const uint8_t *text, uint32_t length)
{
    return database == NULL || length == 0 ? HG_NO_SIGNATURE : hg_database_claims(database, text, length);
}

/* The system that the program claims to run on: in the question, else in the request that was seen. */
static void find_claim(const hg_database *database, const hg_peer *of, const hg_question *q, hg_client_names *out)
{
    out->claimed = claimed_in(database, q->platform, q->platform_length);
    out->is_hint = out->claimed != HG_NO_SIGNATURE;
    if (!out->is_hint)
        out->claimed = claimed_in(database, q->user_agent, q->user_agent_length);
    if (out->claimed != HG_NO_SIGNATURE)
        return;
    out->claimed = of->claimed;
    out->is_hint = (of->seen & HG_CLAIMED_BY_HINT) != 0;
}

/* The headers of a query as headers of a request. */
typedef struct heads {
    uint8_t bytes[HEADERS * (MOST_VALUE + MOST_NAME)];
    uint16_t places[4 * HEADERS];
    uint32_t length;
    uint32_t count;
} heads;

static uint16_t put(heads *to, const void *bytes, uint32_t length)
{
    const uint32_t offset = to->length;
    memcpy(to->bytes + offset, bytes, length);
    to->length += length;
    return (uint16_t)offset;
}

static void put_header(heads *to, const char *name, const uint8_t *value, uint32_t length)
{
    if (length == 0)
        return;
    uint16_t *places = to->places + 4 * (size_t)to->count++;
    places[1] = (uint16_t)strlen(name);
    places[0] = put(to, name, places[1]);
    places[3] = (uint16_t)(length < MOST_VALUE ? length : MOST_VALUE);
    places[2] = put(to, value, places[3]);
}

/* A proxy forwards some of the headers, in its own order. */
static void check_client(const hg_database *database, const hg_peer *of, const hg_question *q, hg_client_verdict *out)
{
    heads found = {.length = 0, .count = 0};
    put_header(&found, "User-Agent", q->user_agent, q->user_agent_length);
    put_header(&found, "Sec-CH-UA", q->brands, q->brands_length);
    put_header(&found, "Sec-CH-UA-Platform", q->platform, q->platform_length);
    const hg_http_fields fields = {.bytes = found.bytes, .places = found.places, .count = found.count, .version = 1};
    hg_http_head head;
    hg_http_head_of_fields(&fields, &head);
    const hg_client_request asked = {
        .head = &head, .hello = (of->seen & HG_SEEN_HELLO) != 0 ? of->hello : HG_NOT_SEEN, .is_part = 1};
    hg_client_judge(database, &asked, out);
}

static int is_damaged(const uint8_t *text, uint32_t length)
{
    uint32_t i = 0;
    while (i < length && (text[i] >= ' ' || text[i] == '\t') && text[i] != 0x7F && text[i] != 0xFF)
        i++;
    return i < length;
}

/* Why headers of the question cannot be compared, or NULL. */
static const char *damage_of(const hg_question *q)
{
    if (is_damaged(q->user_agent, q->user_agent_length))
        return "User-Agent has control characters";
    if (is_damaged(q->brands, q->brands_length))
        return "Sec-CH-UA has control characters";
    return is_damaged(q->platform, q->platform_length) ? "Sec-CH-UA-Platform has control characters" : NULL;
}

static void write_reason(hg_json *to, const hg_judgement *verdict, const hg_client_verdict *check)
{
    const int is_mismatch = check->check == HG_CLIENT_MISMATCH;
    const int is_said = !is_mismatch || verdict->verdict == HG_VERDICT_CONTRADICTS;
    hg_json_key(to, "reason");
    hg_json_begin_text(to);
    if (is_said)
        hg_write_text(&to->out, verdict->why, verdict->length);
    if (is_mismatch && is_said)
        hg_write_word(&to->out, "; ");
    if (is_mismatch)
        hg_write_text(&to->out, check->why, check->facts);
    hg_json_end_text(to);
}

void hg_peer_write_claims(hg_json *to, const hg_database *database, const hg_peer *of, const hg_question *question,
                          const char *reason)
{
    hg_client_names names = {.syn = HG_NOT_SEEN, .hello = HG_NO_SIGNATURE};
    hg_judgement verdict = {.verdict = HG_VERDICT_NOT_CHECKED};
    hg_client_verdict check = {.check = HG_CLIENT_NOT_CHECKED};
    const char *damage = damage_of(question);
    if (of->seen != 0 && damage == NULL) {
        if ((of->seen & HG_SEEN_SYN) != 0)
            names.syn = of->syn.signature;
        names.hello = of->hello;
        find_claim(database, of, question, &names);
        hg_judge_names(database, &names, &verdict);
        check_client(database, of, question, &check);
    }
    HG_JSON_KEY(to, "verdict", word, hg_verdict_name(verdict.verdict));
    HG_JSON_KEY(to, "client_check", word, hg_client_check_name(check.check));
    if (reason != NULL || damage != NULL)
        HG_JSON_KEY(to, "reason", word, reason != NULL ? reason : damage);
    else
        write_reason(to, &verdict, &check);
}
