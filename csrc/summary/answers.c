/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answers.c - answers the most common questions about a run, each in one sentence.
 */

#include "summary/digest.h"
#include "systems/words.h"

/* A finding as a part of an answer. */
typedef struct part {
    const char *topic; /* of the question; "": none */
    const char *words; /* before its hosts */
} part;

/* A protocol that an answer depends on. */
typedef struct answer_source {
    const char *word;
    uint32_t protocol; /* hg_protocol, or NOT_READ */
} answer_source;

enum { NOT_READ = HG_PROTOCOLS, MOST_SOURCES = 5 };

/* A question, how its answer is written, and the answer if nothing was found (`none`). */
typedef struct answer {
    const char *topic;
    const char *question;
    void (*put)(hg_writer *to, const hg_digest *digest, const struct answer *answer);
    const char *none;
    const char *list; /* the list that was searched; NULL: none */
    answer_source by[MOST_SOURCES];
} answer;

static const part PARTS[HG_HOST_FINDINGS] = {
#define HG_PART(NAME, kind, headline, more, topic, answer) [HG_FINDING_##NAME] = {topic, answer},
    HG_EACH_FINDING(HG_PART)
#undef HG_PART
};

/* Writes the protocols that were read (`are_read` 1) or not read (0): "TCP, TLS and HTTP". Returns their number. `to`
 * may be NULL. */
static uint32_t put_sources(hg_writer *to, const hg_digest *digest, const answer_source *by, int are_read)
{
    const char *words[MOST_SOURCES];
    uint32_t count = 0;
    for (uint32_t i = 0; i < MOST_SOURCES && by[i].word != NULL; i++)
        if ((int)(digest->summary->protocols >> by[i].protocol & 1) == are_read)
            words[count++] = by[i].word;
    for (uint32_t i = 0; to != NULL && i < count; i++)
        HG_SAY(to, i == 0 ? "" : i + 1 < count ? ", " : " and ", words[i]);
    return count;
}

/* "no scans by TCP; ARP is not checked" */
static void put_none(hg_writer *to, const hg_digest *digest, const answer *answer)
{
    if (put_sources(NULL, digest, answer->by, 1) == 0) {
        hg_write_word(to, "not known");
    } else {
        HG_SAY(to, answer->none, " by ");
        (void)put_sources(to, digest, answer->by, 1);
        hg_write_word(to, answer->list == NULL ? "" : answer->list);
    }
    if (put_sources(NULL, digest, answer->by, 0) > 0) {
        hg_write_word(to, "; ");
        hg_write_word(to, put_sources(to, digest, answer->by, 0) == 1 ? " is not checked" : " are not checked");
    }
}

/* "an unsupported system: 192.0.2.1; TLS before 1.2: 192.0.2.2 and 192.0.2.3" */
static void put_parts(hg_writer *to, const hg_digest *digest, const answer *answer)
{
    int is_any = 0;
    for (size_t i = 0; i < HG_HOST_FINDINGS; i++) {
        const hg_best *hosts = digest->lists + HG_LIST_FOUND + i;
        if (hosts->offered == 0 || strcmp(PARTS[i].topic, answer->topic) != 0)
            continue;
        HG_SAY(to, is_any ? "; " : "", PARTS[i].words, ": ");
        hg_put_hosts(to, hosts);
        is_any = 1;
    }
    if (!is_any)
        put_none(to, digest, answer);
}

static void put_systems(hg_writer *to, const hg_digest *digest, const answer *answer)
{
    const hg_best *hosts = digest->lists + HG_LIST_FOUND + HG_FINDING_SEVERAL_SYSTEMS;
    if (hosts->offered == 0) {
        put_none(to, digest, answer);
        return;
    }
    HG_SAY(to, "several behind ", HG_COUNT(hosts->offered, "host"), ", at least ");
    hg_put_number(to, digest->most_systems < 2 ? 2 : digest->most_systems);
    HG_WRITE_WITH(to, " behind one: ", hg_put_hosts, hosts);
}

static void put_post_quantum(hg_writer *to, const hg_digest *digest, const answer *answer)
{
    const hg_best *hosts = digest->lists + HG_LIST_POST_QUANTUM;
    if (put_sources(NULL, digest, answer->by, 1) == 0) {
        put_none(to, digest, answer);
    } else if (digest->tls_clients == 0) {
        hg_write_word(to, answer->none);
    } else {
        hg_put_number(to, hosts->offered);
        HG_SAY(to, " of ", HG_COUNT(digest->tls_clients, "client"), " with TLS");
        if (hosts->offered > 0)
            HG_WRITE_WITH(to, ": ", hg_put_hosts, hosts);
    }
}

static const answer ANSWERS[] = {{"out_of_date", "What is out of date?", put_parts, .none = "none found",
                                  .list = ", in the list of " HG_SUPPORT_LIST,
                                  .by = {{"TCP", HG_PROTOCOL_TCP},
                                         {"TLS", HG_PROTOCOL_TLS},
                                         {"HTTP", HG_PROTOCOL_HTTP},
                                         {"SSH", HG_PROTOCOL_SSH},
                                         {"greetings", HG_PROTOCOL_GREETINGS}}},
                                 {"scans", "Who scans?", put_parts, .none = "no scans",
                                  .by = {{"TCP", HG_PROTOCOL_TCP},
                                         {"ARP", HG_PROTOCOL_ARP},
                                         {"Neighbor Discovery", HG_PROTOCOL_NEIGHBOR},
                                         {"UDP", NOT_READ}}},
                                 {"takeovers", "Does anybody take over addresses?", put_parts, .none = "no takeovers",
                                  .by = {{"ARP", HG_PROTOCOL_ARP}, {"Neighbor Discovery", HG_PROTOCOL_NEIGHBOR}}},
                                 {"claims", "Which clients are not what they claim?", put_parts, .none = "none found",
                                  .by = {{"TLS", HG_PROTOCOL_TLS}, {"HTTP", HG_PROTOCOL_HTTP}}},
                                 {"systems", "How many systems are behind an address?", .put = put_systems,
                                  .none = "no address shows more than 1", .by = {{"TCP", HG_PROTOCOL_TCP}}},
                                 {"post_quantum", "Which clients use post-quantum key exchange?",
                                  .put = put_post_quantum, .none = "no client with TLS was seen",
                                  .by = {{"TLS", HG_PROTOCOL_TLS}}}};

void hg_write_answers(hg_digest *digest, hg_json *to)
{
    HG_JSON_KEY(to, "answers", open, '[');
    for (size_t i = 0; i < sizeof ANSWERS / sizeof *ANSWERS; i++)
        HG_JSON_OBJECT(to, HG_JSON_KEY(to, "topic", word, ANSWERS[i].topic),
                       HG_JSON_KEY(to, "question", word, ANSWERS[i].question),
                       HG_JSON_KEY(to, "answer", written, ANSWERS[i].put, digest, ANSWERS + i));
    HG_JSON_OBJECT(to, HG_JSON_KEY(to, "topic", word, "new"),
                   HG_JSON_KEY(to, "question", word, "What is new since the last run?"),
                   HG_JSON_KEY(to, "answer", word, "not known: huginn hosts --store FILE keeps hosts from run to run"));
    hg_json_close(to, ']');
}
