/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * opcua.c - OPC UA (IEC 62541-6): answers to FindServers and GetEndpoints state, of the first server that they name,
 *
 *     opcua product URI
 *     opcua application NAME      up to an "@", after which computers' names follow
 *     opcua policy NAME           of its first endpoint
 *
 * Addresses and certificates are skipped.
 */
#include "industrial/protocol.h"

/* Kind (3 bytes), whether it is the last part (1), length (4). A message goes on with channel, token, number of the
 * sequence and of the question (4 each), and the identifier of its type. */
enum { HEADER = 8, QUESTION_AT = 20, TYPE_AT = 24, TYPE = 4 };
enum { FIND_SERVERS = 425, GET_ENDPOINTS = 431, MODE = 4, KIND = 4 };

static uint32_t length_of(hg_span data)
{
    static const char *const KINDS[] = {"HEL", "ACK", "OPN", "MSG", "CLO", "ERR"};
    enum { NAME = 3, LENGTH_AT = 4 };
    for (uint32_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (memcmp(data.data, KINDS[i], data.length < NAME ? data.length : NAME) != 0)
            continue;
        if (data.length < HEADER)
            return HEADER;
        const uint8_t part = data.data[NAME];
        const uint32_t length = hg_le32(data.data + LENGTH_AT);
        return (part == 'F' || part == 'C' || part == 'A') && length >= HEADER ? length : 0;
    }
    return 0;
}

/* Reads a string: length (4 bytes, -1: none), bytes. */
static int next_text(hg_cursor *in, hg_span *text)
{
    hg_span length;
    if (!hg_take_bytes(in, sizeof(uint32_t), &length))
        return 0;
    const uint32_t bytes = hg_le32(length.data);
    return hg_take_bytes(in, bytes == UINT32_MAX ? 0 : bytes, text);
}

/* Reads a text in a language: bits for language (1) and text (2), then these. */
static int next_localized(hg_cursor *in, hg_span *text)
{
    hg_span bits;
    *text = hg_span_of(NULL, 0);
    return hg_take_bytes(in, 1, &bits) && ((bits.data[0] & 1) == 0 || next_text(in, text)) &&
           ((bits.data[0] & 2) == 0 ? (*text = hg_span_of(NULL, 0), 1) : next_text(in, text));
}

/* Skips an array of strings. */
static int skip_texts(hg_cursor *in)
{
    hg_span count, text;
    if (!hg_take_bytes(in, sizeof(uint32_t), &count))
        return 0;
    uint32_t left = hg_le32(count.data);
    for (left = left == UINT32_MAX ? 0 : left; left > 0; left--)
        if (!next_text(in, &text))
            return 0;
    return 1;
}

/* Reads the head of an answer: time (8 bytes), handle (4), result (4), diagnostics (1), strings, further header (3). */
static int skip_head(hg_cursor *in)
{
    enum { FIXED = 17, FURTHER = 3, DIAGNOSTICS = 16 };
    hg_span bytes;
    return hg_take_bytes(in, FIXED, &bytes) && bytes.data[DIAGNOSTICS] == 0 && skip_texts(in) &&
           hg_take_bytes(in, FURTHER, &bytes);
}

/* Reads the description of an application: its address, product, name, kind (4 bytes), gateway, profile, addresses. */
static int state_application(hg_announcing *to, hg_cursor *in)
{
    hg_span address, product, name, bytes;
    if (!next_text(in, &address) || !next_text(in, &product) || !next_localized(in, &name) ||
        !hg_take_bytes(in, KIND, &bytes) || !next_text(in, &address) || !next_text(in, &address) || !skip_texts(in))
        return 0;
    hg_state_text(to, "opcua product ", product);
    const char *host = name.length > 0 ? memchr(name.text, '@', name.length) : NULL;
    hg_state_text(to, "opcua application ", host == NULL ? name : hg_span_of(name.text, (size_t)(host - name.text)));
    return 1;
}

/* States the name of a security policy, which follows the "#" of its address. */
static void state_policy(hg_announcing *to, hg_cursor *in)
{
    hg_span certificate, mode, policy;
    if (!next_text(in, &certificate) || !hg_take_bytes(in, MODE, &mode) || !next_text(in, &policy))
        return;
    const char *name = policy.length > 0 ? memchr(policy.text, '#', policy.length) : NULL;
    if (name != NULL)
        hg_state_text(to, "opcua policy ", hg_span_of(name + 1, (size_t)(policy.text + policy.length - name - 1)));
}

static void read_answer(hg_announcing *to, hg_span message, uint32_t type)
{
    hg_cursor in = hg_cursor_of(message);
    hg_span count, address;
    if (!skip_head(&in) || !hg_take_bytes(&in, sizeof(uint32_t), &count) || (int32_t)hg_le32(count.data) <= 0)
        return;
    if (type == GET_ENDPOINTS && !next_text(&in, &address))
        return;
    if (state_application(to, &in) && type == GET_ENDPOINTS)
        state_policy(to, &in);
}

static hg_frame_kind read(hg_industrial_frame *frame)
{
    enum { FOUR_BYTES = 1, READ = 631, WRITE = 673, CALL = 712, PUBLISH = 826 };
    const hg_span all = frame->bytes;
    if (hg_span_begins(all, "HEL") || hg_span_begins(all, "ACK"))
        return frame->from_server != (all.data[0] == 'A') ? HG_FRAME_WRONG
               : frame->from_server                       ? HG_FRAME_ANSWER
                                                          : HG_FRAME_QUESTION;
    const int is_cut = hg_span_begins(all, "MSGC");
    if ((!is_cut && !hg_span_begins(all, "MSGF")) || all.length < TYPE_AT + TYPE || frame->is_first)
        return HG_FRAME_OTHER;
    const uint32_t type = hg_le16(all.data + TYPE_AT + 2);
    frame->key = hg_le16(all.data + QUESTION_AT);
    if (all.data[TYPE_AT] != FOUR_BYTES || all.data[TYPE_AT + 1] != 0)
        return HG_FRAME_OTHER; /* encrypted, or of a program's own */
    if (frame->from_server && (type == FIND_SERVERS || type == GET_ENDPOINTS))
        read_answer(frame->list, hg_span_from(all, TYPE_AT + TYPE), type);
    if (frame->from_server)
        return HG_FRAME_ANSWER;
    return type == READ || type == WRITE || type == CALL || type == PUBLISH ? HG_FRAME_WORK : HG_FRAME_QUESTION;
}

const hg_industrial_protocol hg_industrial_opcua = {"opcua", length_of, read, HEADER, NULL};
