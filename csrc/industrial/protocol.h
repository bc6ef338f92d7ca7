/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * protocol.h - what protocols of plants share: frames, the statements of a device about itself, and the list of
 * protocols in connections.
 *
 * A text begins with a word for the protocol. The same words, with what they state, for all protocols:
 *
 *     WORD server          answered a valid question
 *     WORD client          goes on reading or writing after its questions were answered
 *     WORD vendor NUMBER   ...and other statements, which each protocol's file lists
 */
#pragma once

#include "announcements/announcing.h"

/* What a frame is. */
typedef enum hg_frame_kind {
    HG_FRAME_WRONG = 0, /* not a frame of the protocol, or in the wrong direction */
    HG_FRAME_OTHER,     /* it shows nothing */
    HG_FRAME_QUESTION,  /* the client asks what the server is, or opens a session */
    HG_FRAME_WORK,      /* the client reads or writes data */
    HG_FRAME_ANSWER     /* the server answers */
} hg_frame_kind;

/* A whole frame. */
typedef struct hg_industrial_frame {
    hg_span bytes;
    hg_announcing *list; /* for what the sender states about itself; NULL: statements are not wanted */
    const char *word;    /* of the protocol inside; the reader of a frame may change it */
    uint16_t key;        /* the reader sets it to what an answer shares with its question; else 0 */
    uint16_t asked_key;  /* the key of the client's latest question */
    uint8_t asked;       /* hg_frame_kind of this question; 0: none was seen */
    uint8_t asked_part;  /* the part that it asked for */
    uint8_t part;        /* the reader sets it to the part of an identity that a question asks for (1 to 7), or 0 */
    uint8_t from_server;
    uint8_t is_first; /* 1: no frame shows yet who is the server; frames that both sides may send are HG_FRAME_OTHER */
} hg_industrial_frame;

typedef struct hg_industrial_protocol {
    const char *word;
    /* The length of the frame with which the bytes (at least one) begin, or more than there are bytes if more are
     * needed to know it; 0: they are no frame. */
    uint32_t (*length)(hg_span data);
    hg_frame_kind (*read)(hg_industrial_frame *frame);
    uint32_t header; /* bytes that begin no other protocol's data, so that the rest of a long frame may come in later
                      * segments; 0: there are none */
    /* Whether a connection may begin with a frame that begins with these bytes (at least one); NULL: with any frame. */
    int (*may_begin)(hg_span data, int from_server);
} hg_industrial_protocol;

/* Protocols in connections. */
extern const hg_industrial_protocol hg_industrial_enip, hg_industrial_tpkt, hg_industrial_modbus, hg_industrial_dnp3,
    hg_industrial_iec104, hg_industrial_c37118, hg_industrial_ads, hg_industrial_fox, hg_industrial_fins,
    hg_industrial_opcua, hg_industrial_mqtt;

/* Readers of the user data of ISO transport (RFC 1006, X.224 class 0). */
hg_frame_kind hg_read_s7(hg_industrial_frame *frame, hg_span data);
/* Whether the list in an S7 message goes on in the next one; and where the data begin in that one, if it is so. */
int hg_s7_goes_on(hg_span data);
hg_span hg_s7_rest(hg_span data);
hg_frame_kind hg_read_mms(hg_industrial_frame *frame, hg_span data);

/* Protocols in datagrams. `begins`: the bytes may be such a message, `whole` bytes long. `read` states what the sender
 * says about itself, and returns 0 for a malformed message. */
int hg_bacnet_begins(hg_span data, uint32_t whole);
int hg_bacnet_read(hg_announcing *to, hg_span data);
int hg_enip_begins(hg_span data, uint32_t whole);
int hg_enip_read(hg_announcing *to, hg_span data);
int hg_fins_begins(hg_span data, uint32_t whole);
int hg_fins_read(hg_announcing *to, hg_span data);
int hg_knx_begins(hg_span data, uint32_t whole);
int hg_knx_read(hg_announcing *to, hg_span data);

/* ---- statements: nothing is written without a list ---- */

/* States a text after `word`, such as "s7 order ", without the blanks and NULs around it. An empty text is left out. */
void hg_state_text(hg_announcing *to, const char *word, hg_span text);
void hg_state_number(hg_announcing *to, const char *word, uint32_t number);
/* States numbers of a byte each, with dots between them. */
void hg_state_version(hg_announcing *to, const char *word, const uint8_t *parts, uint32_t count);
/* States the name that people gave the device, which is private. */
void hg_state_name(hg_announcing *to, hg_span name);
