/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * form.h - the forms of greetings: FTP (RFC 959), SMTP (RFC 5321), POP3 (RFC 1939), IMAP (RFC 9051), MySQL.
 */
#pragma once

#include "base/span.h"

typedef enum hg_greeting_form {
    HG_FORM_NONE,    /* no greeting begins so */
    HG_FORM_CUT,     /* more bytes are needed */
    HG_FORM_REPLY,   /* 220: of FTP or SMTP */
    HG_FORM_POP3,
    HG_FORM_IMAP,
    HG_FORM_MYSQL
} hg_greeting_form;

/* The form of a server's first bytes. `from`: so many of them were there before, and did not end the greeting. `*text`:
 * the text of a whole one, without status and end of line; of MySQL the version. */
hg_greeting_form hg_greeting_form_of(const uint8_t *data, uint32_t length, uint32_t from, hg_span *text);

/* Whether a 220 reply names SMTP, or else FTP, by a word of its own. */
int hg_greeting_names_smtp(hg_span text);
int hg_greeting_names_ftp(hg_span text);
