/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * match.c - compares announcements with patterns (sigcompiler/patterns.py defines them).
 *
 * A pattern is found by the literal text at its beginning, with one hash look-up for each length of such texts. If the
 * pattern begins with `*`, its first literal text is looked up at each position. References were checked when the
 * database was opened.
 */
#include "announcements/match.h"

#include "announcements/announced.h"
#include "announcements/robots.h"
#include "base/hash.h"
#include "base/words.h"

/* Most patterns that are compared with one text. */
enum { MOST_COMPARED = 512 };

typedef struct subject {
    const hg_tables *tables;
    const char *text;  /* as announced */
    const char *lower; /* the same with ASCII letters in lower case */
    uint32_t length;
    uint32_t compared; /* number of patterns compared so far */
    uint32_t best; /* the best (lowest) grade so far */
    uint8_t kind;
    hg_device_match found;
} subject;

static int stands_at(const subject *s, const hg_db_device_part *literal, uint32_t at)
{
    return literal->text_length <= s->length - at &&
           memcmp(s->lower + at, &s->tables->strings[literal->text_offset].byte, literal->text_length) == 0;
}

/* The offset of a literal, from `at` on; beyond the end of the text: there is none. If the literal ends its pattern
 * (`is_last`), it must end the text. */
static uint32_t find(const subject *s, const hg_db_device_part *literal, uint32_t at, int is_last)
{
    const uint32_t length = literal->text_length;
    if (at > s->length || length > s->length - at)
        return s->length + 1;
    if (is_last)
        return stands_at(s, literal, s->length - length) ? s->length - length : s->length + 1;
    for (; at + length <= s->length; at++)
        if (stands_at(s, literal, at))
            return at;
    return s->length + 1;
}

/* The end of the word that begins at `at`. */
static uint32_t end_of_word(const subject *s, uint32_t at, int is_version)
{
    if (is_version && (at >= s->length || !hg_is_digit(s->lower[at])))
        return at;
    for (; at < s->length; at++) {
        const char c = s->lower[at];
        if (is_version ? !hg_is_alphanumeric(c) && c != '.' && c != '_' : c == '\0' || strchr(" \t,;/()", c) != NULL)
            break;
    }
    while (is_version && s->lower[at - 1] == '.')
        at--;
    return at;
}

/* The end of a version, which has no blank, comma or semicolon. */
static uint32_t end_of_version(const subject *s, uint32_t at, uint32_t end)
{
    while (at < end && s->text[at] != ' ' && s->text[at] != ',' && s->text[at] != ';')
        at++;
    return at;
}

/* Stores a capture without the blanks around it; 0: it is empty. */
static int note_capture(const subject *s, hg_device_match *match, uint32_t field, uint32_t at, uint32_t end)
{
    while (at < end && s->text[at] == ' ')
        at++;
    while (end > at && s->text[end - 1] == ' ')
        end--;
    if (field == HG_DEVICE_VERSION)
        end = end_of_version(s, at, end);
    match->captures[field] = (hg_device_capture){(uint16_t)at, (uint16_t)(end - at)};
    return end > at;
}

/* The end of a capture that begins at `at`; `at`: it is empty. `left` parts of the pattern follow. */
static uint32_t end_of_capture(const subject *s, const hg_db_device_part *part, uint32_t left, uint32_t at)
{
    if (left == 0)
        return s->length;
    if (part[1].kind == HG_PART_ANY)
        return end_of_word(s, at, part->number == HG_DEVICE_VERSION);
    const uint32_t end = find(s, part + 1, at + 1, left == 1);
    return end > s->length ? at : end;
}

static int has_characters(const subject *s, uint32_t at, uint32_t count)
{
    if (count > s->length - at)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (!hg_is_alphanumeric(s->lower[at + i]))
            return 0;
    return 1;
}

/* Matches a part of the pattern at `at`; `left` more parts follow it. Returns where the text continues after the part;
 * beyond the text's end: the part does not fit. */
static uint32_t match_part(const subject *s, const hg_db_device_part *part, uint32_t left, uint32_t at,
                           hg_device_match *match)
{
    const uint32_t misfit = s->length + 1;
    uint32_t end;
    switch (part->kind) {
    case HG_PART_LITERAL:
        return stands_at(s, part, at) ? at + part->text_length : misfit;
    case HG_PART_CHARACTERS:
        return has_characters(s, at, part->number) ? at + part->number : misfit;
    case HG_PART_CAPTURE:
        end = end_of_capture(s, part, left, at);
        return end > at && note_capture(s, match, part->number, at, end) ? end : misfit;
    default:
        return left == 0 ? s->length : find(s, part + 1, at, left == 1);
    }
}

/* Whether a name has its maker's default form: the signature is specific, and characters that stand for a serial number
 * or MAC look like one. They change between letters and digits more often than the words and numbers that people
 * choose; digits alone are an asset's number. */
static int is_default_form(const subject *s, const hg_db_announcement *signature, const uint32_t *starts)
{
    enum { SERIAL = 6, MAC = 12, PREFIX = 4, CHANGES = 3 };
    uint32_t fixed = 0, changes = 0, length = 0, all_hex = 1;
    for (uint32_t i = 0; i < signature->part_count; i++) {
        const hg_db_device_part *part = s->tables->device_parts + signature->first_part + i;
        const char *text = s->lower + starts[i];
        fixed += part->text_length;
        if (part->kind != HG_PART_CHARACTERS || part->number < SERIAL)
            continue;
        length = part->number;
        for (uint32_t j = 0; j < length; j++) {
            all_hex &= hg_is_digit(text[j]) || text[j] <= 'f';
            changes += j > 0 && hg_is_digit(text[j]) != hg_is_digit(text[j - 1]);
        }
    }
    const int is_serial =
        changes >= CHANGES || (all_hex && changes > 0 && fixed >= PREFIX && (length == SERIAL || length == MAC));
    return (signature->flags & HG_SIGNATURE_GENERIC) == 0 && (length == 0 || is_serial);
}

/* Whether a pattern that begins with `*` need not be compared because of its key at `at`: its first literal text does
 * not stand there, or it stood earlier in the text, where the pattern was compared. */
static int is_compared(const subject *s, const hg_db_announcement *signature, uint32_t at)
{
    const hg_db_device_part *literal = s->tables->device_parts + signature->first_part + 1;
    return signature->part_count < 2 || !stands_at(s, literal, at) || find(s, literal, 0, 0) < at;
}

/* Compares the text with the pattern of the signature in `grade`, whose key is at `from`, unless a better one fits
 * already. */
static void compare(subject *s, uint32_t grade, uint32_t from, uint32_t searched)
{
    const uint32_t number = grade & ((1U << HG_DEVICE_WEIGHT_SHIFT) - 1);
    const hg_db_announcement *signature = s->tables->announcements + number;
    if (grade >= s->best || (searched && is_compared(s, signature, from)) || s->compared++ >= MOST_COMPARED)
        return;
    hg_device_match match = {.signature = number};
    uint32_t at = 0, starts[HG_DEVICE_MOST_PARTS];
    for (uint32_t i = 0; i < signature->part_count; i++) {
        const hg_db_device_part *part = s->tables->device_parts + signature->first_part + i;
        starts[i] = at;
        at = match_part(s, part, signature->part_count - 1 - i, at, &match);
        if (at > s->length)
            return;
    }
    if (at != s->length)
        return;
    match.is_default_form = (uint8_t)is_default_form(s, signature, starts);
    s->best = grade;
    s->found = match;
}

/* The key with this text for a kind; NULL: there is none. `searched`: the key of patterns that begin with `*`. */
static const hg_db_device_key *find_key(const hg_tables *t, uint32_t kind, uint64_t state, const char *key,
                                        uint32_t length, uint32_t searched)
{
    const uint32_t mask = t->device_keys_count - 1;
    for (uint32_t slot = hg_hash_fold(state) & mask;; slot = (slot + 1) & mask) {
        const hg_db_device_key *found = t->device_keys + slot;
        if (found->first_member == HG_NO_INDEX)
            return NULL;
        if (found->kind == kind && found->searched == searched && found->text_length == length &&
            memcmp(&t->strings[found->text_offset].byte, key, length) == 0)
            return found;
    }
}

/* Compares the patterns that have this key, which is at `at`. */
static void compare_all(subject *s, const hg_db_device_key *key, uint32_t at)
{
    for (uint32_t i = 0; i < key->member_count; i++)
        compare(s, s->tables->device_members[key->first_member + i].grade, at, key->searched);
}

/* Looks up the text from `at` on as a key, once for each length in `lengths` (a bit each). Every shorter beginning of a
 * searched key is a key, too, so the first failure ends the search. */
static void look_up(subject *s, uint64_t state, uint32_t at, uint64_t lengths, uint32_t searched)
{
    uint32_t length = 0;
    for (int continues = 1; continues && lengths != 0; lengths &= lengths - 1) {
        const uint32_t end = (uint32_t)__builtin_ctzll(lengths);
        if (end > s->length - at)
            return;
        for (; length < end; length++)
            state = hg_hash_mix(state, (uint8_t)s->lower[at + length]);
        const hg_db_device_key *key = find_key(s->tables, s->kind, state, s->lower + at, length, searched);
        continues = key != NULL || !searched;
        if (key != NULL)
            compare_all(s, key, at);
    }
}

/* The initial hash state for keys of a kind. */
static uint64_t begin_key(const hg_tables *tables, uint32_t kind, uint32_t searched)
{
    return hg_hash_mix(tables->hash_key, (uint64_t)kind << 1 | searched);
}

/* Looks up the name of a service by its last two labels. */
static void look_up_end(subject *s)
{
    uint32_t at = s->length, dots = 0;
    while (at > 0 && (dots += s->lower[at - 1] == '.') < 2)
        at--;
    uint64_t state = begin_key(s->tables, HG_SAYS_CALLS, 0);
    for (uint32_t i = at; i < s->length; i++)
        state = hg_hash_mix(state, (uint8_t)s->lower[i]);
    const hg_db_device_key *key = find_key(s->tables, HG_SAYS_CALLS, state, s->lower + at, s->length - at, 0);
    if (key != NULL)
        compare_all(s, key, at);
}

hg_device_match hg_device_match_text(const hg_tables *tables, uint8_t kind, const char *text, size_t length)
{
    char lower[HG_DEVICE_MOST_TEXT + 1];
    subject s = {.tables = tables,
                 .text = text,
                 .lower = lower,
                 .best = HG_NO_INDEX,
                 .kind = kind,
                 .found = {.signature = HG_NO_SIGNATURE}};
    if (kind >= tables->device_kinds_count)
        return s.found;
    s.length = length < HG_DEVICE_MOST_TEXT ? (uint32_t)length : HG_DEVICE_MOST_TEXT;
    for (uint32_t i = 0; i < s.length; i++)
        lower[i] = (char)hg_lower(text[i]);
    if (kind == HG_SAYS_CALLS) {
        look_up_end(&s);
        return s.found;
    }
    const hg_db_device_kind *lengths = tables->device_kinds + kind;
    look_up(&s, begin_key(tables, kind, 0), 0, lengths->lengths, 0);
    const uint64_t searched = begin_key(tables, kind, 1);
    for (uint32_t at = 0; lengths->searched != 0 && at < s.length; at++)
        look_up(&s, searched, at, lengths->searched, 1);
    return s.found;
}

hg_span hg_called_service_pattern(const hg_database *database, const char *name, uint32_t length)
{
    if (database == NULL)
        return (hg_span){0};
    uint32_t at = 0;
    const hg_device_match match = hg_device_match_text(&database->tables, HG_SAYS_CALLS, name, length);
    while (match.signature != HG_NO_SIGNATURE && at < length &&
           (hg_is_alphanumeric(name[at]) || name[at] == '-' || name[at] == '_' || name[at] == '.'))
        at++;
    if (match.signature == HG_NO_SIGNATURE || at < length)
        return (hg_span){0};
    const hg_db_announcement *found = database->tables.announcements + match.signature;
    const char *line = hg_database_text(database, found->text_offset);
    for (at = (uint32_t)strlen(hg_announcement_name(HG_SAYS_CALLS)); at < found->text_length && line[at] <= ' '; at++) {
    }
    return hg_span_of(line + at, found->text_length - at);
}

/* ---- values --------------------------------------------------------------------------------------- */

/* The capture with this name; empty if there is none. */
static hg_device_capture captured(const hg_device_match *match, const char *name, uint32_t length)
{
    static const char *const NAMES[HG_DEVICE_CAPTURES] = {HG_DEVICE_CAPTURE_WORDS(HG_WORD)};
    for (uint32_t i = 0; i < HG_DEVICE_CAPTURES; i++)
        if (hg_span_is(hg_span_of(name, length), NAMES[i]))
            return match->captures[i];
    return (hg_device_capture){0};
}

/* The length of the name between `<` and `>` with which a value begins; 0: there is none. */
static uint32_t name_length(const char *value, const char *end)
{
    const char *close = *value == '<' ? memchr(value, '>', (size_t)(end - value)) : NULL;
    return close == NULL ? 0 : (uint32_t)(close - value) - 1;
}

/* Writes the label's value for a field, with captures in place of their names. Returns its length; 0: a capture is
 * empty, or there is no value or no room. */
static uint32_t write_value(const hg_database *database, const hg_device_match *match, const char *text, uint32_t field,
                            char *out, uint32_t capacity)
{
    const hg_db_announcement *signature = database->tables.announcements + match->signature;
    const char *value = hg_database_text(database, signature->value_offsets[field]);
    const char *end = value + signature->value_lengths[field];
    uint32_t used = 0;
    while (value < end) {
        const uint32_t name = name_length(value, end);
        const hg_device_capture capture = name == 0 ? (hg_device_capture){0} : captured(match, value + 1, name);
        const uint32_t length = name == 0 ? 1 : capture.length;
        if (length == 0 || length > capacity - used)
            return 0;
        memcpy(out + used, name == 0 ? value : text + capture.at, length);
        used += length;
        value += name == 0 ? 1 : name + 2;
    }
    return used;
}

static int is_type(const char *text, uint32_t length)
{
    static const char *const TYPES[] = {HG_DEVICE_TYPES(HG_WORD)};
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++)
        if (hg_span_is(hg_span_of(text, length), TYPES[i]))
            return 1;
    return 0;
}

/* Writes the values of the signature's label. Captured parts of the text replace names such as <model>. */
static void write_values(const hg_database *database, const hg_device_match *match, const char *text,
                         hg_device_values *out)
{
    for (uint32_t field = 0; field < HG_DEVICE_FIELDS; field++) {
        const uint32_t length = write_value(database, match, text, field, out->values[field], HG_DEVICE_VALUE_BYTES);
        out->lengths[field] = (uint8_t)hg_before_serial((const uint8_t *)out->values[field], length);
    }
    if (database->tables.announcements[match->signature].kind < HG_SAYS_SSH && /* later kinds belong to [banner] */
        !is_type(out->values[HG_DEVICE_TYPE], out->lengths[HG_DEVICE_TYPE]))
        out->lengths[HG_DEVICE_TYPE] = 0;
}

uint32_t hg_database_match_device(const hg_database *database, uint32_t kind, const char *text, size_t length,
                                  hg_device_values *out)
{
    memset(out->lengths, 0, sizeof out->lengths);
    if (database == NULL || kind >= HG_ANNOUNCEMENTS ||
        (kind == HG_SAYS_USER_AGENT && hg_agent_is_robot(hg_span_of(text, length))))
        return HG_NO_SIGNATURE;
    const hg_device_match match = hg_device_match_text(&database->tables, (uint8_t)kind, text, length);
    if (match.signature != HG_NO_SIGNATURE)
        write_values(database, &match, text, out);
    return match.signature;
}
