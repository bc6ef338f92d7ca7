/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/ntlm.h"

/* A field: its length (2), the room that it has (2), and where it is (4). */
enum { FIELD_BYTES = 8, MOST_FIELDS = 6, VERSION_BYTES = 8, TYPE_AT = 8 };
enum { IS_UNICODE = 0x00000001, HAS_VERSION = 0x02000000 };

/* Where a message has what. */
typedef struct layout {
    const char *role;
    uint8_t flags_at;
    uint8_t version_at;
    uint8_t fields[MOST_FIELDS]; /* then zeros */
    uint8_t name;                /* the field that has the sender's name, or a list with it */
} layout;

static const layout LAYOUTS[] = {
    [HG_NTLM_NEGOTIATE] = {"client", 12, 32, {16, 24}, 24},
    [HG_NTLM_CHALLENGE] = {"server", 20, 48, {12, 40}, 40},
    [HG_NTLM_AUTHENTICATE] = {"client", 60, 64, {12, 20, 28, 36, 44, 52}, 44},
};

typedef struct ntlm_view {
    const uint8_t *data;
    uint32_t length;
    const layout *of;
    uint32_t flags;
    hg_ntlm_message type;
} ntlm_view;

/* The field at `at`; length 0: it is empty, or lies outside. */
static uint32_t field(const ntlm_view *of, uint32_t at, const uint8_t **data)
{
    if (of->length < at + FIELD_BYTES)
        return 0;
    const uint32_t length = hg_le16(of->data + at), place = hg_le32(of->data + at + 4);
    if (place > of->length || length > of->length - place)
        return 0;
    *data = of->data + place;
    return length;
}

/* 1 when no field begins before `end`: old senders leave away what they do not know. */
static int is_free(const ntlm_view *of, uint32_t end)
{
    for (uint32_t i = 0; i < MOST_FIELDS && of->of->fields[i] != 0; i++) {
        const uint32_t at = of->of->fields[i];
        if (hg_le16(of->data + at) > 0 && hg_le32(of->data + at + 4) < end)
            return 0;
    }
    return of->length >= end;
}

static void say_version(hg_announcing *to, const ntlm_view *of)
{
    const uint32_t at = of->of->version_at;
    if ((of->flags & HAS_VERSION) == 0 || !is_free(of, at + VERSION_BYTES) || hg_be32(of->data + at) == 0)
        return;
    hg_announce_open(to, HG_SAYS_NTLM);
    hg_announce_number(to, of->data[at]);
    hg_announce_word(to, ".");
    hg_announce_number(to, of->data[at + 1]);
    hg_announce_word(to, ".");
    hg_announce_number(to, hg_le16(of->data + at + 2));
    hg_announce_word(to, " ");
    hg_announce_word(to, of->of->role);
    hg_announce_close(to);
}

/* Announces the computer's name from a server's list of numbers, lengths and values. Names are always UTF-16. */
static void say_target(hg_announcing *to, const uint8_t *list, uint32_t length)
{
    enum { HEADER = 4, END = 0, COMPUTER = 1 };
    for (uint32_t at = 0; length - at >= HEADER && hg_le16(list + at) != END;) {
        const uint32_t size = hg_le16(list + at + 2);
        if (size > length - at - HEADER)
            return;
        if (hg_le16(list + at) == COMPUTER) {
            hg_announce_wide(to, HG_SAYS_NAME, list + at + HEADER, size, 1);
            return;
        }
        at += HEADER + size;
    }
}

static void say_name(hg_announcing *to, const ntlm_view *of)
{
    const uint8_t *data;
    const uint32_t length = field(of, of->of->name, &data);
    if (length == 0)
        return;
    if (of->type == HG_NTLM_CHALLENGE)
        say_target(to, data, length);
    else
        hg_announce_wide(to, HG_SAYS_NAME, data, length, of->type == HG_NTLM_AUTHENTICATE && (of->flags & IS_UNICODE) != 0);
}

/* Where a message begins in the token; its length, if there is none. */
static uint32_t find(const uint8_t *token, uint32_t length)
{
    static const uint8_t SIGNATURE[TYPE_AT] = "NTLMSSP";
    for (uint32_t at = 0; at < length;) {
        const uint8_t *first = memchr(token + at, SIGNATURE[0], length - at);
        if (first == NULL)
            break;
        at = (uint32_t)(first - token);
        if (length - at >= sizeof SIGNATURE && memcmp(first, SIGNATURE, sizeof SIGNATURE) == 0)
            return at;
        at++;
    }
    return length;
}

hg_ntlm_message hg_say_ntlm(hg_announcing *to, const uint8_t *token, uint32_t length)
{
    enum { LEAST = 32 };
    const uint32_t at = find(token, length);
    ntlm_view of = {.data = token + at, .length = length - at};
    if (of.length < LEAST)
        return HG_NTLM_NONE;
    const uint32_t type = hg_le32(of.data + TYPE_AT);
    if (type < HG_NTLM_NEGOTIATE || type > HG_NTLM_AUTHENTICATE)
        return HG_NTLM_NONE;
    of.type = (hg_ntlm_message)type;
    of.of = LAYOUTS + type;
    of.flags = of.length < of.of->flags_at + 4u ? 0 : hg_le32(of.data + of.of->flags_at);
    if (of.length >= of.of->version_at)
        say_version(to, &of);
    say_name(to, &of);
    return of.type;
}
