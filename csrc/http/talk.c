/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/talk.h"

#include <string.h>

int hg_http_talk_is_sound(const hg_http_talk *talk)
{
    return talk->bodies[0].part < HG_HTTP_BROKEN && talk->bodies[1].part < HG_HTTP_BROKEN &&
           talk->unusual_count <= HG_HTTP_MOST_UNUSUAL;
}

hg_bytes hg_http_talk_rest(hg_http_talk *talk, int from_server, const hg_bytes *bytes)
{
    hg_http_body *body = talk->bodies + from_server;
    uint32_t *position = talk->positions + from_server;
    const uint32_t missing = bytes->offset - *position;
    if (missing <= HG_MOST_PASSED) {
        hg_http_body_skip(body, missing);
        *position = bytes->offset;
    }
    uint32_t at = *position - bytes->offset;
    if (at > bytes->length)
        at = bytes->length;
    at += hg_http_body_pass(body, bytes->data + at, bytes->length - at);
    *position = bytes->offset + at;
    const uint32_t length = body->part == HG_HTTP_NO_BODY ? bytes->length - at : 0;
    return (hg_bytes){.data = bytes->data + at, .length = length, .offset = *position};
}

uint32_t hg_http_talk_keep(const hg_http_talk *talk, int from_server)
{
    const uint32_t most = hg_http_body_most(talk->bodies + from_server);
    return talk->positions[from_server] + (most < HG_MOST_PASSED ? most : HG_MOST_PASSED);
}

/* How the request was made that the next response answers; one that nobody waits for as usual. */
static hg_http_asked answer(hg_http_talk *talk)
{
    hg_http_asked asked = HG_HTTP_ASKED;
    if (!hg_http_talk_waits(talk))
        return asked;
    if (talk->unusual_count > 0 && talk->unusual[0] == talk->responses) {
        asked = (hg_http_asked)talk->kinds[0];
        talk->unusual_count--;
        memmove(talk->unusual, talk->unusual + 1, talk->unusual_count * sizeof *talk->unusual);
        memmove(talk->kinds, talk->kinds + 1, talk->unusual_count);
    }
    talk->responses++;
    return asked;
}

static void ask(hg_http_talk *talk, hg_http_asked asked)
{
    if (asked != HG_HTTP_ASKED && talk->unusual_count < HG_HTTP_MOST_UNUSUAL) {
        talk->unusual[talk->unusual_count] = talk->requests;
        talk->kinds[talk->unusual_count++] = (uint8_t)asked;
    }
    talk->requests++;
}

hg_http_part hg_http_talk_took(hg_http_talk *talk, const hg_http_head *head, uint32_t end)
{
    const int side = head->response;
    hg_http_asked asked = HG_HTTP_ASKED;
    if (head->response)
        asked = answer(talk);
    else
        ask(talk, hg_http_asks(head));
    const hg_http_body body = hg_http_body_begin(head, asked);
    talk->positions[side] = end;
    if (body.part < HG_HTTP_BROKEN)
        talk->bodies[side] = body;
    return (hg_http_part)body.part;
}
