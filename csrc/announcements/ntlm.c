/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/ntlm.h"

/* A field: its length (2 bytes), its allocated length (2), and its offset (4). */
enum { FIELD_BYTES = 8, MOST_FIELDS = 6, VERSION_BYTES = 8, TYPE_AT = 8 };
enum { IS_UNICODE = 0x00000001, HAS_VERSION = 0x02000000 };

/* The layout of an NTLM message. */
typedef struct layout {
    const char *role;
    uint8_t flags_at;
    uint8_t version_at;
    uint8_t fields[MOST_FIELDS]; /* offsets of the fields; then zeros */
    uint8_t name;                /* offset of the field with the sender's name, or with a list that contains it */
} layout;

static const layout LAYOUTS[] = {
    [HG_NTLM_NEGOTIATE] = {"client", 12, 32, {16, 24}, 24},
    [HG_NTLM_CHALLENGE] = {"server", 20, 48, {12, 40}, 40},
    [HG_NTLM_AUTHENTICATE] = {"client", 60, 64, {12, 20, 28, 36, 44, 52}, 44},
};

typedef struct ntlm_view {
    const uint8_t *data;
    uint32_t length;
    const layout *layout;
    uint32_t flags;
    hg_ntlm_message type;
    int is_directory;
} ntlm_view;

/* Gets the field at `at` and returns its length; 0: it is empty, or outside the message. */
static uint32_t field(const ntlm_view *view, uint32_t at, const uint8_t **data)
{
    if (view->length < at + FIELD_BYTES)
        return 0;
    const uint32_t length = hg_le16(view->data + at), place = hg_le32(view->data + at + 4);
    if (place > view->length || length > view->length - place)
        return 0;
    *data = view->data + place;
    return length;
}

/* 1 if no field begins before `end`, so that the part before it exists. Old senders omit parts that they do not
 * know. */
static int is_free(const ntlm_view *view, uint32_t end)
{
    for (uint32_t i = 0; i < MOST_FIELDS && view->layout->fields[i] != 0; i++) {
        const uint32_t at = view->layout->fields[i];
        if (hg_le16(view->data + at) > 0 && hg_le32(view->data + at + 4) < end)
            return 0;
    }
    return view->length >= end;
}

static void announce_version(hg_announcing *to, const ntlm_view *view)
{
    const uint32_t at = view->layout->version_at;
    if ((view->flags & HAS_VERSION) == 0 || !is_free(view, at + VERSION_BYTES) || hg_be32(view->data + at) == 0)
        return;
    HG_ANNOUNCE_PIECES(to, HG_SAYS_NTLM, view->data[at], ".", view->data[at + 1], ".", hg_le16(view->data + at + 2),
                       " ", view->is_directory ? "directory" : view->layout->role);
}

/* Announces the computer's name from a server's list of types, lengths and values. Its names are always UTF-16. */
static void announce_target(hg_announcing *to, const uint8_t *list, uint32_t length)
{
    enum { HEADER = 4, END = 0, COMPUTER = 1 };
    hg_cursor in = {list, list + length};
    hg_span head, name;
    while (hg_take_bytes(&in, HEADER, &head) && hg_le16(head.data) != END &&
           hg_take_bytes(&in, hg_le16(head.data + 2), &name))
        if (hg_le16(head.data) == COMPUTER) {
            hg_announce_wide(to, HG_SAYS_NAME, name.data, name.length, 1);
            return;
        }
}

static void announce_name(hg_announcing *to, const ntlm_view *view)
{
    const uint8_t *data;
    const uint32_t length = field(view, view->layout->name, &data);
    if (length == 0)
        return;
    if (view->type == HG_NTLM_CHALLENGE)
        announce_target(to, data, length);
    else
        hg_announce_wide(to, HG_SAYS_NAME, data, length,
                         view->type == HG_NTLM_AUTHENTICATE && (view->flags & IS_UNICODE) != 0);
}

/* The offset of an NTLM message in the token; the token's length: there is none. */
static uint32_t find_ntlm(const uint8_t *token, uint32_t length)
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

hg_ntlm_message hg_announce_ntlm(hg_announcing *to, const uint8_t *token, uint32_t length, int is_directory)
{
    enum { LEAST = 32 };
    const uint32_t at = find_ntlm(token, length);
    ntlm_view view = {.data = token + at, .length = length - at, .is_directory = is_directory};
    if (view.length < LEAST)
        return HG_NTLM_NONE;
    const uint32_t type = hg_le32(view.data + TYPE_AT);
    if (type < HG_NTLM_NEGOTIATE || type > HG_NTLM_AUTHENTICATE)
        return HG_NTLM_NONE;
    view.type = (hg_ntlm_message)type;
    view.layout = LAYOUTS + type;
    view.flags = view.length < view.layout->flags_at + 4u ? 0 : hg_le32(view.data + view.layout->flags_at);
    if (view.length >= view.layout->version_at)
        announce_version(to, &view);
    announce_name(to, &view);
    return view.type;
}

/* The value of a digit of base64; 64: it is none. */
static uint32_t base64_value(uint8_t digit)
{
    return hg_is_letter((char)digit) ? (uint32_t)(hg_lower(digit) - 'a') + (digit >= 'a' ? 26 : 0)
           : hg_is_digit(digit)      ? digit - (uint32_t)'0' + 52
           : digit == '+'            ? 62
           : digit == '/'            ? 63
                                     : 64;
}

int hg_report_ntlm(const hg_flow_memory *memory, int from_server, hg_span text, const hg_reader_output *to)
{
    enum { MOST = 4096 };
    uint8_t token[MOST];
    uint32_t length = 0, bits = 0, value = 0;
    for (uint32_t i = 0; i < text.length && length < MOST && (value = base64_value(text.data[i])) < 64; i++) {
        bits = bits << 6 | value;
        if (i % 4 != 0)
            token[length++] = (uint8_t)(bits >> (6 - 2 * (i % 4)));
    }
    const uint32_t at = find_ntlm(token, length);
    if (!memory->reads_ntlm || length - at < TYPE_AT + 4 ||
        (hg_le32(token + at + TYPE_AT) == HG_NTLM_CHALLENGE) != from_server)
        return 0;
    hg_announcing list;
    hg_announce_begin(&list, memory->shows_names, to);
    (void)hg_announce_ntlm(&list, token, length, 0);
    return hg_announce_any(&list, to, HG_DATAGRAM_CLIENT) != HG_DATAGRAM_NOTHING;
}
