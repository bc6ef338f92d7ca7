/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * match.c - finds the signatures that match a TLS ClientHello by its JA4.
 *
 * References in the database were checked when it was opened, so they are not checked here.
 */

#include "base/hash.h"
#include "database/database.h"

enum {
    START_LENGTH = 10, /* length of part a */
    DIGEST_DIGITS = 12,
    CIPHERS_AT = START_LENGTH + 1,
    EXTENSIONS_AT = CIPHERS_AT + DIGEST_DIGITS + 1,
    FORMS = 2 /* the JA4 and the stable JA4 */
};

/* A JA4 as the database stores it (sigcompiler/ja4.py). */
typedef struct hello_key {
    uint64_t start;
    uint64_t rest;
    uint64_t ciphers;
    uint64_t extensions;
} hello_key;

/* ---- from text ----------------------------------------------------------------------- */

/* The value of a lower-case hexadecimal digit plus one; 0: not a digit. */
static const uint8_t ABOVE_DIGIT[256] = {['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
                                         ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
                                         ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16};

/* Returns 0 at the first character that is not a digit, and reads nothing after it: the text may end there. */
static int read_digest(const char *text, uint64_t *digest)
{
    uint64_t value = 0;
    for (int i = 0; i < DIGEST_DIGITS; i++) {
        const uint8_t above = ABOVE_DIGIT[(uint8_t)text[i]];
        if (above == 0)
            return 0;
        value = value << 4 | (uint64_t)(above - 1);
    }
    *digest = value;
    return 1;
}

/* Reads a JA4; 0: not one. Reading stops at the first wrong character. */
static int read_key(const char *text, hello_key *key)
{
    uint8_t start[16] = {0};
    if (text == NULL)
        return 0;
    for (int i = 0; i < START_LENGTH; i++) {
        if (text[i] == '\0' || text[i] == '_')
            return 0;
        start[i] = (uint8_t)text[i];
    }
    key->start = hg_le64(start);
    key->rest = hg_le64(start + 8);
    return text[CIPHERS_AT - 1] == '_' && read_digest(text + CIPHERS_AT, &key->ciphers) &&
           text[EXTENSIONS_AT - 1] == '_' && read_digest(text + EXTENSIONS_AT, &key->extensions);
}

/* ---- the priority of matching signatures --------------------------------------------- */

/* The match with the lowest grade wins: specific before generic, exact before wildcard, the JA4 before the stable JA4,
 * then the lower number. */
static inline uint64_t grade(uint32_t generic, uint32_t wildcard, uint32_t stable, uint32_t number)
{
    return (uint64_t)(generic << 2 | wildcard << 1 | stable) << 32 | number;
}

static hg_tls_match match_of_grade(uint64_t best)
{
    if (best == UINT64_MAX)
        return (hg_tls_match){.signature = HG_NO_SIGNATURE};
    return (hg_tls_match){.signature = (uint32_t)best, .stable = best >> 32 & 1, .wildcard = best >> 33 & 1};
}

static inline uint32_t is_generic(const hg_tables *t, uint32_t number)
{
    return (t->hellos[number].flags & HG_SIGNATURE_GENERIC) != 0;
}

/* ---- the table ----------------------------------------------------------------------- */

/* The signature with this mask that the hello matches; HG_NO_INDEX: none. */
static uint32_t look_up(const hg_tables *t, uint32_t number, const hello_key *hello)
{
    const hg_db_hello_mask *mask = t->hello_masks + number;
    const hello_key key = {hello->start & mask->start, hello->rest & mask->rest, hello->ciphers & mask->ciphers,
                           hello->extensions & mask->extensions};
    uint64_t state = hg_hash_mix(hg_hash_mix(t->hash_key, key.start), key.rest);
    state = hg_hash_mix(hg_hash_mix(hg_hash_mix(state, key.ciphers), key.extensions), number);
    uint32_t slots = t->hello_entries_count - 1;
    for (uint32_t slot = hg_hash_fold(state) & slots;; slot = (slot + 1) & slots) {
        const hg_db_hello_entry *entry = t->hello_entries + slot;
        if (entry->signature == HG_NO_INDEX)
            return HG_NO_INDEX;
        if (entry->start == key.start && entry->rest == key.rest && entry->ciphers == key.ciphers &&
            entry->extensions == key.extensions && entry->mask == number)
            return entry->signature;
    }
}

hg_tls_match hg_database_match_tls(const hg_database *database, const char *ja4, const char *ja4_stable)
{
    const hg_tables *t = &database->tables;
    const char *texts[FORMS] = {ja4, ja4_stable};
    hello_key keys[FORMS] = {0};
    uint64_t best = UINT64_MAX;
    if (t->hello_masks_count == 0) /* the database has no TLS signatures */
        return match_of_grade(best);
    for (uint32_t stable = 0; stable < FORMS; stable++) {
        hello_key *key = keys + stable;
        if (!read_key(texts[stable], key)) {
            key->start = 0; /* no readable key has this value, so the comparison below fails */
            continue;
        }
        if (stable && memcmp(key, keys, sizeof *key) == 0)
            continue;
        for (uint32_t mask = 0; mask < t->hello_masks_count; mask++) {
            uint32_t number = look_up(t, mask, key);
            if (number == HG_NO_INDEX)
                continue;
            uint64_t found = grade(is_generic(t, number), t->hello_masks[mask].wildcard != 0, stable, number);
            best = found < best ? found : best;
        }
    }
    return match_of_grade(best);
}

/* ---- all matching signatures, found by comparing texts ------------------------------- */

/* Whether a JA4 matches a signature's text, in which "*" stands for a part and "?" for a character. */
static int text_fits(const char *signature, uint32_t length, const char *ja4)
{
    enum { END = EXTENSIONS_AT + DIGEST_DIGITS };
    hello_key key;
    uint32_t at = 0;
    int fits = read_key(ja4, &key);
    for (uint32_t i = 0; fits && i < length; i++) {
        if (signature[i] == '*')
            while (at < END && ja4[at] != '_')
                at++;
        else
            fits = at < END && (ja4[at++] == signature[i] || signature[i] == '?');
    }
    return fits && at == END;
}

static uint64_t grade_of_signature(const hg_database *database, uint32_t number, const char *ja4,
                                   const char *ja4_stable)
{
    const hg_db_hello *hello = database->tables.hellos + number;
    const char *text = hg_database_text(database, hello->text_offset);
    uint32_t wildcard = 0, stable = !text_fits(text, hello->text_length, ja4);
    if (stable && !text_fits(text, hello->text_length, ja4_stable))
        return UINT64_MAX;
    for (uint32_t i = 0; i < hello->text_length; i++)
        wildcard |= text[i] == '?' || text[i] == '*';
    return grade(is_generic(&database->tables, number), wildcard, stable, number);
}

uint32_t hg_database_match_all_tls(const hg_database *database, const char *ja4, const char *ja4_stable,
                                   hg_tls_match *out, uint32_t capacity)
{
    uint32_t fitting = 0;
    for (uint64_t kind = 0; kind < 8; kind++)
        for (uint32_t number = 0; number < database->tables.hellos_count; number++) {
            uint64_t found = grade_of_signature(database, number, ja4, ja4_stable);
            if (found == UINT64_MAX || found >> 32 != kind)
                continue;
            if (fitting < capacity)
                out[fitting] = match_of_grade(found);
            fitting++;
        }
    return fitting;
}
