/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * names.c - the database's names for a connection, as members of a JSON object.
 */
#include <math.h>

#include "peers/names.h"
#include "rows/match_texts.h"

/* ---- the system ---------------------------------------------------------------------------------------- */

/* What all signatures that fit a SYN say. */
static void put_system(hg_json *to, const hg_database *database, const hg_found_answer *answer)
{
    const hg_naming by = {.index = answer->of->signature, .what = HG_MATCH_SIGNATURE, .fuzzy = 0};
    const int is_named = hg_answer_items(answer, HG_ANSWER_FAMILY) > 0;
    HG_JSON_KEY(to, "os", answer_family, database, answer);
    HG_JSON_KEY(to, "os_version", span, is_named ? hg_match_texts_of(database, &by).flavor : (hg_span){0});
    HG_JSON_KEY(to, "os_confidence", share, is_named ? answer->confidence : (double)NAN);
    HG_JSON_KEY(to, "os_version_confidence", share,
                is_named ? hg_answer_version_confidence(database, answer) : (double)NAN);
    HG_JSON_KEY(to, "os_candidates", answer_list, database, answer, HG_ANSWER_CANDIDATES);
    HG_JSON_KEY(to, "os_evidence", answer_list, database, answer, HG_ANSWER_EVIDENCE);
}

static int is_tool(const hg_database *database, const hg_peer *of)
{
    return (of->seen & HG_SEEN_SYN) != 0 && of->syn.signature != HG_NO_SIGNATURE &&
           (database->tables.signatures[of->syn.signature].flags & HG_SIGNATURE_USERLAND) != 0;
}

hg_status hg_peer_write_system(hg_json *to, hg_peers *peers, const hg_peer *of, hg_error *error)
{
    static const char NONE[] = "\"os\":null,\"os_version\":null,\"os_confidence\":null,\"os_version_confidence\":null,"
                               "\"os_candidates\":[],\"os_evidence\":[]";
    hg_known_answer *found;
    if ((of->seen & HG_SEEN_SYN) == 0 || of->syn.signature == HG_NO_SIGNATURE || is_tool(peers->database, of)) {
        hg_json_raw(to, NONE, sizeof NONE - 1);
        return HG_OK;
    }
    hg_status status = hg_answer_of(&peers->answers, &of->syn, &found, error);
    if (status == HG_OK && found->length == 0) {
        hg_json text = {.out = hg_answer_write(found)};
        put_system(&text, peers->database, &found->found);
        status = hg_answer_keep(&peers->answers, found, &text.out, error);
    }
    if (status == HG_OK)
        hg_json_raw(to, found->text, found->length);
    return status;
}

/* ---- programs ------------------------------------------------------------------------------------------ */

static hg_match_texts texts_of(const hg_database *database, hg_match_kind what, uint32_t index)
{
    const hg_naming by = {.index = index, .what = what, .fuzzy = 0};
    return index == HG_NO_SIGNATURE ? (hg_match_texts){.name.length = 0} : hg_match_texts_of(database, &by);
}

static void write_ja4(hg_json *to, const char *key, const uint8_t ja4[HG_JA4_LENGTH])
{
    HG_JSON_KEY(to, key, span, hg_span_of(ja4, ja4[0] == 0 ? 0 : HG_JA4_LENGTH));
}

void hg_peer_write_client(hg_json *to, const hg_database *database, const hg_peer *of)
{
    hg_match_texts texts = {.name.length = 0};
    if (of->seen != 0 && of->hello != HG_NO_SIGNATURE)
        texts = texts_of(database, HG_MATCH_CLIENT, of->hello);
    else if (of->seen != 0)
        texts = texts_of(database, HG_MATCH_REQUEST, of->request);
    HG_JSON_KEY(to, "client", span, texts.name);
    HG_JSON_KEY(to, "client_version", span, texts.flavor);
    write_ja4(to, "ja4", of->ja4);
    write_ja4(to, "ja4_stable", of->ja4_stable);
}

void hg_peer_write_tool(hg_json *to, const hg_database *database, const hg_peer *of)
{
    const hg_match_texts texts =
        is_tool(database, of) ? texts_of(database, HG_MATCH_SIGNATURE, of->syn.signature)
                              : (hg_match_texts){.name.length = 0};
    HG_JSON_KEY(to, "tool", span, texts.name);
}
