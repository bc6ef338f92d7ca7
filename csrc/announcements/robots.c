/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/robots.h"

#include "hg_robot_words.h"

typedef struct robot_word {
    const char *text;
    uint32_t length;
} robot_word;

#define SIZED(place, word) {word, sizeof word - 1},
#define ONE(place, word) +1
static const robot_word WORDS[] = {HG_ROBOT_WORDS_ANYWHERE_ROWS(SIZED) HG_ROBOT_WORDS_OUTSIDE_ROWS(SIZED)};
enum { ANYWHERE = HG_ROBOT_WORDS_ANYWHERE_ROWS(ONE), WORD_COUNT = sizeof WORDS / sizeof *WORDS };
_Static_assert(WORD_COUNT <= 64, "a bit for each word");
#undef SIZED
#undef ONE
#define WORD(place, word) word,
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

/* Whether the text has one of the words. One pass, because anyone can send long texts: `begins` has a bit for each word
 * that begins with a byte. */
static int has_word(const uint64_t begins[256], hg_span text)
{
    for (uint32_t i = 0; i < text.length; i++)
        for (uint64_t left = begins[text.data[i]]; left != 0; left &= left - 1) {
            const robot_word *word = WORDS + __builtin_ctzll(left);
            if (word->length <= text.length - i && memcmp(text.data + i, word->text, word->length) == 0)
                return 1;
        }
    return 0;
}

int hg_agent_is_robot(hg_span agent)
{
    uint64_t outside[256] = {0}, anywhere[256] = {0};
    if (has_mail_address(agent))
        return 1;
    for (uint32_t i = 0; i < WORD_COUNT; i++)
        (i < ANYWHERE ? anywhere : outside)[(uint8_t)*WORDS[i].text] |= UINT64_C(1) << i;
    const char *open = hg_text_find(agent, "(");
    const hg_span before = begins_inside(agent) ? hg_span_of(agent.text, 0)
                           : open == NULL       ? agent
                                                : hg_span_of(agent.text, (size_t)(open - agent.text)),
                  after = behind_first_parentheses(agent);
    return has_word(anywhere, agent) || has_word(outside, before) || has_word(outside, after) ||
           begins_with_one(behind(agent, "Safari/")) || begins_with_one(behind(agent, "like Gecko"));
}
