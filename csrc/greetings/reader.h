/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the reader of greetings: the first line, or MySQL's first packet, of servers that speak before their
 * clients; and the version that servers of PostgreSQL and SQL Server state.
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_greetings_reader;

/* The version of SQL Server in its answer to a client's PRELOGIN (MS-TDS, 2.2.6.5). It comes before TLS, which other
 * readers read as the beginning of the direction. */
typedef struct hg_tds_answer {
    uint8_t version[4]; /* major, minor, build (2 bytes); zeros: none */
    uint8_t is_read;    /* 1: greetings are read */
    uint8_t shows_text;
} hg_tds_answer;

/* Reports the hg_tds_answer to which its state points. */
extern const hg_reader hg_tds_reader;
