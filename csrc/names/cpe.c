/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cpe.c - CPE names of systems (hg_cpe_name in huginn.h).
 */
#include "base/value.h"

#include "hg_cpe.h"

/* ---- the dictionary --------------------------------------------------------------------------------- */

typedef struct cpe_row {
    const char *name;
    const char
        *version; /* pattern for the whole version: # is one or more digits, * any number of letters and digits */
    const char *product; /* part, vendor and product; NULL: such a version is not exact, so it has no name */
    const char *release; /* NULL: the version itself */
} cpe_row;

/* Systems in the CPE dictionary of NIST (nvd.nist.gov/products/cpe) whose vendor and product rapid7/recog and nmap's
 * os-db spell the same way. The first fitting row counts. Versions such as "macOS 14" leave the release open and have
 * no name; nor does Android 12, which may also be 12L. */
#define ROW(...) {__VA_ARGS__},
static const cpe_row ROWS[] = {HG_CPE_ROWS(ROW)};

static int fits(const char *pattern, const char *text, size_t length)
{
    size_t at = 0;
    for (; *pattern != '\0'; pattern++) {
        if (*pattern == '#' && (at == length || !hg_is_digit(text[at])))
            return 0;
        if (*pattern != '#' && *pattern != '*' && (at == length || text[at++] != *pattern))
            return 0;
        while (at < length &&
               ((*pattern == '#' && hg_is_digit(text[at])) || (*pattern == '*' && hg_is_alphanumeric(text[at]))))
            at++;
    }
    return at == length;
}

/* Writes a part of a name: in lower case, with a backslash before all characters except letters, digits and "._-". */
static char *put_quoted(char *p, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!hg_is_alphanumeric(text[i]) && strchr("._-", text[i]) == NULL)
            *p++ = '\\';
        *p++ = (char)hg_lower(text[i]);
    }
    return p;
}

size_t hg_cpe_name(const char *name, size_t name_length, const char *version, size_t version_length, char *out)
{
    enum { MOST_VERSION = 32 };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS && version_length <= MOST_VERSION; i++) {
        const cpe_row *row = ROWS + i;
        if (strlen(row->name) != name_length || memcmp(row->name, name, name_length) != 0 ||
            !fits(row->version, version, version_length))
            continue;
        if (row->product == NULL)
            return 0;
        char *p = hg_put_word(hg_put_word(hg_put_word(out, "cpe:2.3:"), row->product), ":");
        p = row->release == NULL ? put_quoted(p, version, version_length) : hg_put_word(p, row->release);
        return (size_t)(hg_put_word(p, ":*:*:*:*:*:*:*") - out);
    }
    return 0;
}
