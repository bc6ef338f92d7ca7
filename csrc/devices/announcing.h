/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announcing.h - functions with which readers write a device's announcements.
 */
#pragma once

#include "devices/announced.h"
#include "flow/reader.h"

typedef struct hg_announcing {
    hg_batch *batch;
    uint32_t begin;  /* offset of the list in the texts of the batch */
    uint32_t record; /* offset of the open record; UINT32_MAX: none is open */
    uint32_t count;
    uint8_t is_cut;  /* 1: there was no room for all records */
    uint8_t is_of_others; /* 1: the sender names another host; then the scope is HG_SCOPE_NONE */
    hg_devices_values found;
} hg_announcing;

/* Begins the list of a packet, whose sender is the device. If routers forwarded the packet, the frame's MAC belongs to the
 * last router. */
void hg_announce_begin(hg_announcing *list, uint8_t shows_names, const hg_reader_output *to);
/* Writes a whole record; an empty text is not written. */
void hg_announce(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length);
/* Writes a record with a word before the text, which may be empty. */
void hg_announce_after(hg_announcing *to, uint8_t kind, const char *word, const uint8_t *text, uint32_t length);
/* Writes a whole record from text that may be UTF-16, little-endian; `length` counts bytes. */
void hg_announce_wide(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length, int is_utf16);
/* Writes a record with the bytes in hexadecimal. */
void hg_announce_hex(hg_announcing *to, uint8_t kind, const uint8_t *bytes, uint32_t length);
/* Write a record in pieces: open, any number of pieces, close. */
void hg_announce_open(hg_announcing *to, uint8_t kind);
void hg_announce_piece(hg_announcing *to, const uint8_t *text, uint32_t length);
void hg_announce_word(hg_announcing *to, const char *word);
void hg_announce_number(hg_announcing *to, uint32_t value);
typedef struct hg_bit_word {
    uint32_t bits; /* the word applies if one of them is set */
    const char *word;
} hg_bit_word;
/* Writes the words that apply, with `+` between them: "bridge+router". Returns their number. */
uint32_t hg_announce_bits(hg_announcing *to, const hg_bit_word *words, uint32_t count, uint32_t bits);
void hg_announce_close(hg_announcing *to);
/* Writes a record with a network or an address; `address` has 4 or 16 bytes, `length` is the prefix length. */
void hg_announce_address(hg_announcing *to, uint8_t kind, uint32_t length, const uint8_t *address, uint8_t version);
/* Ends the list and copies `found` to the finding of `to`. */
void hg_announce_end(hg_announcing *list, const hg_reader_output *to);
/* The same, and returns the event. An empty list is dropped and gives no event. */
hg_datagram_event hg_announce_any(hg_announcing *list, const hg_reader_output *to, hg_datagram_event event);

/* The function `write` of all readers of announcements. */
void hg_device_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
