/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/robots.h"

#include "hg_robot_words.h"

#define WORD(place, word) word,
static const char *const ANYWHERE[] = {HG_ROBOT_WORDS_ANYWHERE_ROWS(WORD)};
static const char *const BEHIND[] = {HG_ROBOT_WORDS_BEHIND_ROWS(WORD)};
#undef WORD

/* The text behind a word and the version that follows it; empty: the word is not there. */
static hg_span behind(hg_span agent, const char *word)
{
    const char *at = hg_text_find(agent, word), *end = agent.text + agent.length;
    if (at == NULL)
        return hg_span_of(end, 0);
    for (at += strlen(word); at < end && (hg_is_digit(*at) || *at == '.'); at++) {}
    return hg_span_of(at, (size_t)(end - at));
}

static int begins_with_one(hg_span text)
{
    for (uint32_t i = 0; i < sizeof BEHIND / sizeof *BEHIND; i++)
        if (hg_begins_like(text.data, text.length, BEHIND[i]))
            return 1;
    return 0;
}

int hg_agent_is_robot(hg_span agent)
{
    for (uint32_t i = 0; i < sizeof ANYWHERE / sizeof *ANYWHERE; i++)
        if (hg_text_find(agent, ANYWHERE[i]) != NULL)
            return 1;
    return begins_with_one(behind(agent, "Safari/")) || begins_with_one(behind(agent, "like Gecko"));
}
