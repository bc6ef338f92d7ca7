/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * names.c - names of TLS values, and the rules that apply to them, from the CSV files in sigcompiler/claims.
 */

#include "base/search.h"
#include "base/words.h"
#include "hg_crypto.h"
#include "hg_records.h"
#include "tls/hello.h"

typedef struct name {
    uint16_t number;
    uint8_t rule; /* hg_rule */
    const char *text;
} name;

/* Sorted by number. */
#define NAME(number, text, rule) {(number), (rule), (text)},
static const name VERSIONS[] = {HG_TLS_VERSION_NAMES(NAME)};
static const name GROUPS[] = {HG_TLS_GROUP_NAMES(NAME)};
static const name CIPHERS[] = {HG_TLS_CIPHER_NAMES(NAME)};

/* The name of the number; without one, a name without text and rule. */
static name find(const name *names, uint32_t count, uint16_t number)
{
    uint32_t first = 0;
    HG_SEARCH(first, count, names[middle].number < number)
    return first < count && names[first].number == number ? names[first] : (name){0};
}

HG_WORDS_OF(hg_downgrade_name, HG_DOWNGRADES, NULL, HG_WORDS_DOWNGRADE(HG_WORD))

#define FIND(names, number) find((names), sizeof(names) / sizeof *(names), (number))

const char *hg_tls_version_name(uint16_t version)
{
    return FIND(VERSIONS, version).text;
}

const char *hg_tls_cipher_name(uint16_t cipher)
{
    return FIND(CIPHERS, cipher).text;
}

const char *hg_tls_group_name(uint16_t group)
{
    return FIND(GROUPS, group).text;
}

int hg_tls_is_disallowed(uint16_t version)
{
    return FIND(VERSIONS, version).rule == HG_RULE_DISALLOWED;
}

int hg_tls_is_disallowed_cipher(uint16_t cipher)
{
    return FIND(CIPHERS, cipher).rule == HG_RULE_DISALLOWED;
}

/* A switch, because it is asked of each key share. */
int hg_tls_is_post_quantum(uint16_t group)
{
#define IS_RESISTANT(number, text, rule) \
    case (number):                       \
        return (rule) == HG_RULE_POST_QUANTUM || (rule) == HG_RULE_EXPERIMENTAL;
    switch (group) {
        HG_TLS_GROUP_NAMES(IS_RESISTANT)
    default:
        return 0;
    }
}
