/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_version.c - RFC 9001 and 9369, the drafts before them (sections "Initial Secrets"), and the
 * numbers that Google and Facebook used before.
 */
#include "tls/quic_version.h"

#include <stddef.h>
#include <stdio.h>

#include "huginn.h"

const uint8_t HG_QUIC_SALT[HG_SALTS][HG_QUIC_SALT_BYTES] = {
    [HG_SALT_V1] = {0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17,
                    0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD, 0xCC, 0xBB, 0x7F, 0x0A},
    [HG_SALT_V2] = {0x0D, 0xED, 0xE3, 0xDE, 0xF7, 0x00, 0xA6, 0xDB, 0x81, 0x93,
                    0x81, 0xBE, 0x6E, 0x26, 0x9D, 0xCB, 0xF9, 0xBD, 0x2E, 0xD9},
    [HG_SALT_DRAFT_29] = {0xAF, 0xBF, 0xEC, 0x28, 0x99, 0x93, 0xD2, 0x4C, 0x9E, 0x97,
                          0x86, 0xF1, 0x9C, 0x61, 0x11, 0xE0, 0x43, 0x90, 0xA8, 0x99},
    [HG_SALT_DRAFT_23] = {0xC3, 0xEE, 0xF7, 0x12, 0xC7, 0x2E, 0xBB, 0x5A, 0x11, 0xA7,
                          0xD2, 0x43, 0x2B, 0xB4, 0x63, 0x65, 0xBE, 0xF9, 0xF5, 0x02},
    [HG_SALT_DRAFT_21] = {0x7F, 0xBC, 0xDB, 0x0E, 0x7C, 0x66, 0xBB, 0xE9, 0x19, 0x3A,
                          0x96, 0xCD, 0x21, 0x51, 0x9E, 0xBD, 0x7A, 0x02, 0x64, 0x4A},
    [HG_SALT_T051] = {0x7A, 0x4E, 0xDE, 0xF4, 0xE7, 0xCC, 0xEE, 0x5F, 0xA4, 0x50,
                      0x6C, 0x19, 0x12, 0x4F, 0xC8, 0xCC, 0xDA, 0x6E, 0x03, 0x3D},
    [HG_SALT_T050] = {0x7F, 0xF5, 0x79, 0xE5, 0xAC, 0xD0, 0x72, 0x91, 0x55, 0x80,
                      0x30, 0x4C, 0x43, 0xA2, 0x36, 0x7C, 0x60, 0x48, 0x83, 0x10},
    [HG_SALT_Q050] = {0x50, 0x45, 0x74, 0xEF, 0xD0, 0x66, 0xFE, 0x2F, 0x9D, 0x94,
                      0x5C, 0xFC, 0xDB, 0xD3, 0xA7, 0xF0, 0xD3, 0xB5, 0x6B, 0x45},
};

#define HG_DRAFT(number) (0xFF000000u | (number))

static const hg_quic_version VERSIONS[] = {
    {.number = 0x00000001, .salt = HG_SALT_V1},
    {.number = 0x6B3343CF, .salt = HG_SALT_V2, .second = 1},
    {.number = HG_DRAFT(34), .salt = HG_SALT_V1},
    {.number = HG_DRAFT(33), .salt = HG_SALT_V1},
    {.number = HG_DRAFT(32), .salt = HG_SALT_DRAFT_29},
    {.number = HG_DRAFT(31), .salt = HG_SALT_DRAFT_29},
    {.number = HG_DRAFT(30), .salt = HG_SALT_DRAFT_29},
    {.number = HG_DRAFT(29), .salt = HG_SALT_DRAFT_29},
    {.number = HG_DRAFT(28), .salt = HG_SALT_DRAFT_23},
    {.number = HG_DRAFT(27), .salt = HG_SALT_DRAFT_23},
    {.number = HG_DRAFT(26), .salt = HG_SALT_DRAFT_23},
    {.number = HG_DRAFT(25), .salt = HG_SALT_DRAFT_23},
    {.number = HG_DRAFT(24), .salt = HG_SALT_DRAFT_23},
    {.number = HG_DRAFT(23), .salt = HG_SALT_DRAFT_23},
    {.number = HG_DRAFT(22), .salt = HG_SALT_DRAFT_21},
    {.number = HG_DRAFT(21), .salt = HG_SALT_DRAFT_21},
    {.number = 0xFACEB001, .salt = HG_SALT_DRAFT_21}, /* Facebook's */
    {.number = 0xFACEB002, .salt = HG_SALT_DRAFT_23},
    {.number = 0xFACEB00E, .salt = HG_SALT_DRAFT_23},
    {.number = 0x54303531, .salt = HG_SALT_T051, .google = 1}, /* "T051" */
    {.number = 0x54303530, .salt = HG_SALT_T050, .google = 1},
    {.number = 0x51303530, .salt = HG_SALT_Q050, .google = 1, .without_tls = 1}, /* "Q050" */
};

const hg_quic_version *hg_quic_version_of(uint32_t number)
{
    for (size_t i = 0; i < sizeof VERSIONS / sizeof *VERSIONS; i++)
        if (VERSIONS[i].number == number)
            return VERSIONS + i;
    return NULL;
}

/* Google's numbers are a letter and three digits. */
static int is_google(uint32_t version)
{
    int is_number = (version & 0xF0F0F0) == 0x303030 && (version & 0xFF) <= '9' && (version >> 8 & 0xFF) <= '9' &&
                    (version >> 16 & 0xFF) <= '9';
    return is_number && (version >> 24 == 'Q' || version >> 24 == 'T');
}

void hg_quic_version_text(uint32_t version, char out[HG_QUIC_VERSION_TEXT])
{
    const uint32_t first = 1, second = 0x6B3343CF;
    const size_t room = HG_QUIC_VERSION_TEXT;
    if (version == first || version == second)
        snprintf(out, room, version == first ? "1" : "2");
    else if (version >> 8 == HG_DRAFT(0) >> 8)
        snprintf(out, room, "draft-%u", version & 0xFF);
    else if (is_google(version))
        snprintf(out, room, "%c%03X", (int)(version >> 24), (version >> 8 & 0xF00) | (version >> 4 & 0xF0) | (version & 0xF));
    else
        snprintf(out, room, "0x%08x", version);
}
