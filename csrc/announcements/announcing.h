/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announcing.h - writes a device's announcements to the texts of a batch, in the form of announced.h.
 */
#pragma once

#include "announcements/announced.h"
#include "base/words.h"
#include "flow/reader.h"

/* A list of announcements that a reader writes. */
typedef struct hg_announcing {
    hg_batch *batch;
    uint32_t begin;  /* offset of the list in the texts of the batch */
    uint32_t record; /* offset of the open record; UINT32_MAX: none is open */
    uint32_t count;  /* number of closed records */
    uint8_t is_cut;  /* 1: a record did not fit, and was cut or left out */
    uint8_t is_of_others; /* 1: the device is not the sender; then the event's scope becomes HG_SCOPE_NONE */
    hg_devices_values values; /* of the row; the reader may change them */
} hg_announcing;

/* Begins a packet's list. The sender is the device, with the frame's source MAC, unless the packet came in a tunnel or
 * through routers: then the device's MAC is unknown. */
void hg_announce_begin(hg_announcing *list, uint8_t shows_names, const hg_reader_output *to);
/* Writes a whole record; an empty text is not written. */
void hg_announce(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length);
/* Writes a whole record: a word, then the text, which may be empty. */
void hg_announce_after(hg_announcing *to, uint8_t kind, const char *word, const uint8_t *text, uint32_t length);
/* Writes a whole record from text, which is little-endian UTF-16 if `is_utf16`; `length` counts bytes. */
void hg_announce_wide(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length, int is_utf16);
/* Writes a whole record with the bytes in hexadecimal. */
void hg_announce_hex(hg_announcing *to, uint8_t kind, const uint8_t *bytes, uint32_t length);
/* These write a record in pieces: open, any number of pieces, close. */
void hg_announce_open(hg_announcing *to, uint8_t kind);
void hg_announce_piece(hg_announcing *to, const uint8_t *text, uint32_t length);
void hg_announce_word(hg_announcing *to, const char *word);
/* Adds the description of a system. If it is the output of `uname -a`, a hyphen replaces the host's name. */
void hg_announce_unnamed(hg_announcing *to, hg_span text);
void hg_announce_number(hg_announcing *to, uint32_t value); /* in decimal */
typedef struct hg_bit_word {
    uint32_t bits; /* the word applies if one of them is set */
    const char *word;
} hg_bit_word;
/* Writes the words that apply, such as "bridge+router". Returns their number. */
uint32_t hg_announce_bits(hg_announcing *to, const hg_bit_word *words, uint32_t count, uint32_t bits);
void hg_announce_close(hg_announcing *to);
void hg_announce_span(hg_announcing *to, hg_span piece);
/* Writes pieces of a record: words, spans and numbers. HG_ANNOUNCE_PIECES writes a whole record of them. */
#define HG_ANNOUNCE_PIECE(to, value)    \
    _Generic((value),                   \
        char *: hg_announce_word,       \
        const char *: hg_announce_word, \
        hg_span: hg_announce_span,      \
        default: hg_announce_number)((to), (value))
#define HG_ANNOUNCE_MORE(to, ...) (HG_FOR_EACH(HG_ANNOUNCE_PIECE, to, __VA_ARGS__))
#define HG_ANNOUNCE_PIECES(to, kind, ...) \
    (hg_announce_open((to), (kind)), HG_ANNOUNCE_MORE(to, __VA_ARGS__), hg_announce_close(to))
/* Writes a whole record with a network or an address: `length` is the prefix length, `address` has 4 or 16 bytes. */
void hg_announce_address(hg_announcing *to, uint8_t kind, uint32_t length, const uint8_t *address, uint8_t version);
/* Ends the list and copies its values to the event's. */
void hg_announce_end(hg_announcing *list, const hg_reader_output *to);
/* Ends the list and returns the event. An empty list is dropped; then the result is HG_DATAGRAM_NOTHING. */
hg_datagram_event hg_announce_any(hg_announcing *list, const hg_reader_output *to, hg_datagram_event event);

/* Every reader of announcements has this function as its `write`. */
void hg_device_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values);
