/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stated.c - the versions of its system that a program states, in a User-Agent, client hint or Server header.
 *
 * The rules are data (stated.csv). The first token in a text counts, since compatibility modes repeat the User-Agent of
 * an older system inside a newer one. Tokens whose version programs froze state nothing:
 *   - Windows NT 10.0, Mac OS X 10_15_7 and "Android 10; K": Chromium's User-Agent reduction
 *     (https://www.chromium.org/updates/ua-reduction/)
 *   - Mac OS X 10_15_7: Safari on macOS 11 and later (https://bugs.webkit.org/show_bug.cgi?id=276718)
 *   - Mac OS X 10.15: Firefox 87 and later on macOS
 *     (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/User-Agent/Firefox#macintosh)
 *   - Mac OS X 10_16: macOS 11 and later state it to programs built for older versions
 *   - iPhone OS 18_6 and 18_7: Safari 26
 *     (https://nielsleenheer.com/articles/2025/the-user-agent-string-of-safari-on-ios-26-and-macos-26)
 * Values of the client hint on Windows: https://github.com/WICG/ua-client-hints/issues/220.
 *
 * Components of Windows state the version of NT. Apple's programs, and some on Linux, state the version of the kernel
 * (Darwin, Linux). The name of a distribution states its oldest kernel or any newer one, since it may run in a
 * container on a newer kernel (https://wiki.ubuntu.com/Kernel/LTSEnablementStack,
 * https://wiki.debian.org/DebianReleases).
 */

#include "base/bytes.h"
#include "names/versions.h"
#include "hg_stated.h"
#include "hg_windows.h"
#include "huginn.h"

/* How the text after a token is read. */
typedef enum version_format {
    READ_NOTHING,  /* nothing is stated, whatever follows the token */
    READ_RELEASES, /* the token is a whole word that means releases from `first` to `last` */
    READ_VERSION,  /* a number: major and minor */
    READ_MAC,      /* major and minor; from FIRST_MAJOR on only the major */
    READ_SHORT,    /* major and minor, without a minor of 0 */
    READ_CONTRACT, /* the client hint of Windows */
    READ_NT,       /* the version of Windows NT */
    READ_DARWIN,   /* the version of Apple's kernel */
    READ_KERNEL,   /* the version of Linux */
    READ_UBUNTU,   /* year and month of an Ubuntu: its kernel or a newer one */
    READ_SINCE     /* the token is a whole word that means the rule's kernel or a newer one */
} version_format;

enum { FIRST_MAJOR = 11 };

typedef struct rule {
    hg_statement source;
    uint64_t family;
    const char *token; /* empty for a client hint, whose whole value is the number */
    version_format read;
    uint8_t first, last, patch; /* hg_windows_release, or parts of the oldest kernel */
} rule;

#define RULE(source, family, token, read, first, last, patch) \
    {HG_STATED_##source, HG_FAMILY_##family, token, READ_##read, first, last, patch},
static const rule RULES[] = {HG_STATED_USER_AGENT_ROWS(RULE) HG_STATED_CLIENT_HINT_ROWS(RULE)
                                 HG_STATED_SERVER_ROWS(RULE)};
#undef RULE

enum { RULE_COUNT = sizeof RULES / sizeof RULES[0], MOST_DIGITS = 4, MOST_PART = 9999, MOST_DARWIN = 99 };

/* Versions that programs froze, without a third part or with a certain one. Such a version counts only if it has a
 * third part of at most `most`. */
typedef struct frozen_version {
    hg_statement source;
    uint64_t family;
    uint32_t major, minor;
    int32_t most; /* -1: it never counts */
} frozen_version;

static const frozen_version FROZEN[] = {
    {HG_STATED_USER_AGENT, HG_FAMILY_MACOS, 10, 15, 6},
    {HG_STATED_USER_AGENT, HG_FAMILY_MACOS, 10, 16, -1},
    {HG_STATED_CLIENT_HINT, HG_FAMILY_MACOS, 10, 16, -1},
    /* stated by macOS 11 and later to programs built for older versions */
    {HG_STATED_USER_AGENT, HG_FAMILY_IOS, 18, 6, -1},
    {HG_STATED_USER_AGENT, HG_FAMILY_IOS, 18, 7, -1},
};

enum { FROZEN_COUNT = sizeof FROZEN / sizeof FROZEN[0] };

/* Versions of Windows and their releases (windows.csv). */
typedef struct contract {
    uint32_t first_major, last_major, first_minor, last_minor;
    uint8_t first, last; /* hg_windows_release */
    uint8_t endless;     /* 1: all releases from `first` on */
} contract;

#define CONTRACT(source, ...) {__VA_ARGS__},
static const contract CONTRACTS[] = {HG_WINDOWS_HINT_ROWS(CONTRACT)}, NT[] = {HG_WINDOWS_NT_ROWS(CONTRACT)};
#undef CONTRACT

enum { CONTRACT_COUNT = sizeof CONTRACTS / sizeof CONTRACTS[0] };

/* Ubuntu's long-term releases, the newest first, and their first kernels. */
static const struct {
    uint32_t year, month, kernel[3];
} UBUNTU[] = {
    {24, 4, {6, 8, 0}},  {22, 4, {5, 15, 0}}, {20, 4, {5, 4, 0}},  {18, 4, {4, 15, 0}}, {16, 4, {4, 4, 0}},
    {14, 4, {3, 13, 0}}, {12, 4, {3, 2, 0}},  {10, 4, {2, 6, 32}}, {8, 4, {2, 6, 24}},  {6, 6, {2, 6, 15}},
};

/* ---- text ------------------------------------------------------------------------------------------- */

typedef struct text {
    const uint8_t *at, *end;
} text;

static int is_dot(uint8_t byte)
{
    return byte == '.' || byte == '_';
}

/* Whether a word ends here: "10.9" ends before "; rv", but not before "beta" or ".5". */
static int is_end(text from)
{
    if (from.at == from.end)
        return 1;
    if (is_dot(*from.at))
        return from.at + 1 == from.end || !hg_is_alphanumeric(from.at[1]);
    return !hg_is_alphanumeric(*from.at);
}

/* Reads digits; 0: none, or more than MOST_DIGITS. */
static int read_part(text *from, uint32_t *part)
{
    const uint8_t *start = from->at;
    for (*part = 0; from->at < from->end && hg_is_digit(*from->at); from->at++) {
        if (from->at - start >= MOST_DIGITS)
            return 0;
        *part = 10 * *part + (uint32_t)(*from->at - '0');
    }
    return from->at > start;
}

/* Reads the parts of a number and returns how many; 0: this is no number. */
static uint32_t read_parts(text from, uint32_t parts[HG_VERSION_PARTS])
{
    for (uint32_t count = 0; count < HG_VERSION_PARTS; from.at++) {
        if (!read_part(&from, parts + count++))
            return 0;
        if (is_end(from))
            return count;
        if (!is_dot(*from.at))
            return 0;
    }
    return 0;
}

/* Reads two parts; a build number may follow them. */
static int read_two(text from, uint32_t parts[2])
{
    return read_part(&from, parts) && from.at < from.end && *from.at++ == '.' && read_part(&from, parts + 1) &&
           (from.at == from.end || !hg_is_alphanumeric(*from.at));
}

/* Whether the rule's token alone states the versions. */
static int is_word_itself(const rule *one)
{
    return one->read == READ_RELEASES || one->read == READ_SINCE;
}

/* ---- readings --------------------------------------------------------------------------------------- */

/* All versions from one major version to another. */
static void state_majors(uint32_t first, uint32_t last, uint64_t range[2])
{
    uint64_t end[2];
    hg_versions_of_parts(&first, 1, range);
    hg_versions_of_parts(&last, 1, end);
    range[1] = end[1];
}

/* The releases of the first row that fits the number. */
static int state_contract(const contract *rows, uint32_t row_count, uint32_t major, uint32_t minor, uint64_t range[2])
{
    for (uint32_t i = 0; i < row_count; i++) {
        const contract *one = rows + i;
        if (major < one->first_major || major > one->last_major || minor < one->first_minor || minor > one->last_minor)
            continue;
        state_majors(one->first, one->last, range);
        if (one->endless)
            range[1] = HG_NEWEST_VERSION;
        return 1;
    }
    return 0;
}

static int is_frozen(const rule *by, const uint32_t *parts, uint32_t count)
{
    for (uint32_t i = 0; i < FROZEN_COUNT && count > 1; i++) {
        const frozen_version *one = FROZEN + i;
        if (one->source == by->source && one->family == by->family && one->major == parts[0] && one->minor == parts[1])
            return count < 3 || (int32_t)parts[2] > one->most;
    }
    return 0;
}

static int state_version(const rule *by, const uint32_t *parts, uint32_t count, uint64_t range[2])
{
    const int alone =
        (by->read == READ_MAC && parts[0] >= FIRST_MAJOR) || (by->read == READ_SHORT && count > 1 && parts[1] == 0);
    if (is_frozen(by, parts, count))
        return 0;
    hg_versions_of_parts(parts, alone || count == 1 ? 1 : 2, range);
    return 1;
}

static int state_since(const uint32_t *kernel, uint64_t range[2])
{
    hg_versions_of_parts(kernel, kernel[2] == 0 ? 2 : 3, range);
    range[1] = HG_NEWEST_VERSION;
    return 1;
}

static int state_ubuntu(const uint32_t *parts, uint64_t range[2])
{
    for (uint32_t i = 0; i < sizeof UBUNTU / sizeof UBUNTU[0]; i++)
        if (parts[0] > UBUNTU[i].year || (parts[0] == UBUNTU[i].year && parts[1] >= UBUNTU[i].month))
            return state_since(UBUNTU[i].kernel, range);
    return 0;
}

/* Darwin 5 is macOS 10.1, Darwin 20 is macOS 11, Darwin 25 is macOS 26 and iOS 26; Darwin 15 is iOS 9. */
static int state_darwin(uint64_t family, uint32_t darwin, uint64_t range[2])
{
    static const uint8_t IOS[][2] = {
        {3, 4}, {5, 5}, {6, 6}, {6, 6}, {7, 8}}; /* first and last major of Darwin 10 to 14 */
    const int is_mac = family == HG_FAMILY_MACOS;
    if (darwin < (is_mac ? 5 : 10) || darwin > MOST_DARWIN)
        return 0;
    if (is_mac && darwin < 20)
        hg_versions_of_parts((uint32_t[]){10, darwin - 4}, 2, range);
    else if (darwin < 15)
        state_majors(IOS[darwin - 10][0], IOS[darwin - 10][1], range);
    else
        hg_versions_of_parts((uint32_t[]){darwin >= 25 ? darwin + 1 : is_mac ? darwin - 9 : darwin - 6}, 1, range);
    return 1;
}

/* A kernel version has two parts or more. For Linux 2, the third part counts too. */
static int state_kernel(const uint32_t *parts, uint32_t count, uint64_t range[2])
{
    if (count < 2 || parts[0] == 0 || parts[0] > 9)
        return 0;
    hg_versions_of_parts(parts, parts[0] == 2 && count > 2 ? 3 : 2, range);
    return 1;
}

/* The versions stated by a rule's token, or by the text after it. */
static int state(const rule *by, text after, uint64_t range[2])
{
    const uint32_t kernel[3] = {by->first, by->last, by->patch};
    uint32_t parts[HG_VERSION_PARTS] = {0}, count = 0;
    if (by->read == READ_NT || by->read == READ_UBUNTU)
        count = read_two(after, parts) ? 2 : 0;
    else if (by->read != READ_NOTHING && !is_word_itself(by))
        count = read_parts(after, parts);
    if (count == 0 && !is_word_itself(by))
        return 0;
    switch (by->read) {
    case READ_NOTHING:
        break;
    case READ_RELEASES:
        state_majors(by->first, by->last, range);
        return 1;
    case READ_SINCE:
        return state_since(kernel, range);
    case READ_NT:
        return state_contract(NT, sizeof NT / sizeof NT[0], parts[0], parts[1], range);
    case READ_UBUNTU:
        return state_ubuntu(parts, range);
    case READ_CONTRACT:
        return state_contract(CONTRACTS, CONTRACT_COUNT, parts[0], count > 1 ? parts[1] : 0, range);
    case READ_DARWIN:
        return state_darwin(by->family, parts[0], range);
    case READ_KERNEL:
        return state_kernel(parts, count, range);
    case READ_VERSION:
    case READ_MAC:
    case READ_SHORT:
        return state_version(by, parts, count, range);
    }
    return 0;
}

/* ---- tokens ----------------------------------------------------------------------------------------- */

/* Whether the text begins with a rule's token; `from` moves past it. */
static int has_token(const rule *one, text *from)
{
    const size_t length = strlen(one->token);
    if ((size_t)(from->end - from->at) < length || memcmp(from->at, one->token, length) != 0)
        return 0;
    const text after = {from->at + length, from->end};
    if (is_word_itself(one) && !is_end(after))
        return 0;
    if (!is_word_itself(one) && one->read != READ_NOTHING && (after.at == after.end || !hg_is_digit(*after.at)))
        return 0;
    *from = after;
    return 1;
}

/* The rules of a source and family. */
static uint32_t rules_of(hg_statement source, uint64_t family, const rule *listed[RULE_COUNT])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < RULE_COUNT; i++)
        if (RULES[i].source == source && RULES[i].family == family)
            listed[count++] = RULES + i;
    return count;
}

/* The first of the rules whose token begins the text, or NULL. */
static const rule *rule_at(const rule *const listed[RULE_COUNT], uint32_t count, text *from)
{
    for (uint32_t i = 0; i < count; i++)
        if (((uint8_t)*listed[i]->token == *from->at || *listed[i]->token == 0) && has_token(listed[i], from))
            return listed[i];
    return NULL;
}

int hg_stated_versions(hg_statement source, uint64_t family, const uint8_t *bytes, uint32_t length, uint64_t range[2])
{
    const rule *listed[RULE_COUNT];
    const uint32_t count = rules_of(source, family, listed);
    const int hint = source == HG_STATED_CLIENT_HINT;
    const uint32_t start = hint && length > 0 && bytes[0] == '"';
    const uint32_t ends = hint && start < length ? start + 1 : length; /* a hint is read from its beginning only */
    for (uint32_t i = start; i < ends && count > 0; i++) {
        text from = {bytes + i, bytes + length};
        const rule *one = i > 0 && hg_is_alphanumeric(bytes[i - 1]) ? NULL : rule_at(listed, count, &from);
        if (one != NULL)
            return state(one, from, range);
    }
    return 0;
}
