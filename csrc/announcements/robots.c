/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/robots.h"

#include "hg_robot_words.h"

#define WORD(place, word) word,
static const char *const ANYWHERE[] = {HG_ROBOT_WORDS_ANYWHERE_ROWS(WORD)};
static const char *const OUTSIDE[] = {HG_ROBOT_WORDS_OUTSIDE_ROWS(WORD)};
static const char *const BEHIND[] = {HG_ROBOT_WORDS_BEHIND_ROWS(WORD)};
static const char *const EXCEPT[] = {HG_ROBOT_WORDS_EXCEPT_ROWS(WORD)};
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

/* Whether the text begins within parentheses. */
static uint32_t begins_inside(hg_span agent)
{
    const char *open = hg_text_find(agent, "("), *close = hg_text_find(agent, ")");
    return close != NULL && (open == NULL || close < open);
}

/* The text behind the first parentheses, which may contain others, and may have been opened before the text. */
static hg_span behind_first_parentheses(hg_span agent)
{
    uint32_t depth = begins_inside(agent);
    for (uint32_t i = 0; i < agent.length; i++) {
        depth += agent.text[i] == '(';
        if (agent.text[i] == ')' && depth > 0 && --depth == 0)
            return hg_span_of(agent.text + i, agent.length - i);
    }
    return hg_span_of(agent.text, 0);
}

static int begins_with_one(hg_span text)
{
    for (uint32_t i = 0; i < sizeof EXCEPT / sizeof *EXCEPT; i++)
        if (hg_begins_like(text.data, text.length, EXCEPT[i]))
            return 0;
    for (uint32_t i = 0; i < sizeof BEHIND / sizeof *BEHIND; i++)
        if (hg_begins_like(text.data, text.length, BEHIND[i]))
            return 1;
    return 0;
}

/* Whether the text has an address for mail; browsers write versions behind '@'. */
static int has_mail_address(hg_span agent)
{
    for (uint32_t i = 0; i + 1 < agent.length; i++)
        if (agent.text[i] == '@' && !hg_is_digit(agent.text[i + 1]))
            return 1;
    return 0;
}

int hg_agent_is_robot(hg_span agent)
{
    if (has_mail_address(agent))
        return 1;
    for (uint32_t i = 0; i < sizeof ANYWHERE / sizeof *ANYWHERE; i++)
        if (hg_text_find(agent, ANYWHERE[i]) != NULL)
            return 1;
    const char *open = hg_text_find(agent, "(");
    const hg_span before = begins_inside(agent) ? hg_span_of(agent.text, 0)
                           : open == NULL       ? agent
                                                : hg_span_of(agent.text, (size_t)(open - agent.text)),
                  after = behind_first_parentheses(agent);
    for (uint32_t i = 0; i < sizeof OUTSIDE / sizeof *OUTSIDE; i++)
        if (hg_text_find(before, OUTSIDE[i]) != NULL || hg_text_find(after, OUTSIDE[i]) != NULL)
            return 1;
    return begins_with_one(behind(agent, "Safari/")) || begins_with_one(behind(agent, "like Gecko"));
}
