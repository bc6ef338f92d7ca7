/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * logins.h - logins in clear text. Names and passwords are neither kept nor shown.
 */
#pragma once

#include "flow/login.h"

enum { HG_LOGIN_BYTES = 4096 /* of each direction that are read for logins */ };

/* The state of one connection. */
typedef struct hg_login_flow {
    uint16_t searched[2]; /* of the client, of the server: bytes of a line, searched for its end in vain */
    uint16_t key;     /* hash of an IMAP tag, or an LDAP message number: what the answer repeats */
    uint8_t protocol; /* hg_login + 1; 0: not known yet, HG_NO_LOGINS: nothing more to read */
    uint8_t stage;    /* login_stage */
    uint8_t matched;  /* Telnet: letters of the prompt seen so far */
    uint8_t is_ntlm;  /* 1: the client logs in by NTLM, which is no clear text */
} hg_login_flow;

enum { HG_NO_LOGINS = UINT8_MAX };

int hg_login_is_sound(const hg_login_flow *flow);
/* Sets the protocol by a connection's first bytes, if they are those of LDAP's client, or of Telnet. 0: they are
 * not. */
int hg_login_begins(hg_login_flow *flow, const hg_bytes *bytes, int from_server);
/* 1 when more bytes may show that a connection begins with an LDAP client's message, or with Telnet. */
int hg_login_may_begin(const hg_bytes *bytes, int from_server);
/* Examines bytes of a connection whose protocol is known. An answer to a login is an event. */
hg_reader_result hg_login_follow(const hg_flow_memory *memory, hg_login_flow *login, int from_server,
                                 const hg_bytes *bytes, const hg_reader_output *to);
