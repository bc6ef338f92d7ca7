/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cpe.c - CPE names of systems (write.h; hg_cpe_name in huginn.h).
 */
#include "facts/write.h"

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
static const cpe_row ROWS[] = {
    {"Windows", "XP", "o:microsoft:windows_xp", "-"},
    {"Windows", "Vista", "o:microsoft:windows_vista", "-"},
    {"Windows", "7", "o:microsoft:windows_7", "-"},
    {"Windows", "8", "o:microsoft:windows_8", "-"},
    {"Windows", "8.1", "o:microsoft:windows_8.1", "-"},
    {"Windows", "2003", "o:microsoft:windows_server_2003", "-"},
    {"Windows", "2003 R2", "o:microsoft:windows_server_2003", "r2"},
    {"Windows", "2008", "o:microsoft:windows_server_2008", "-"},
    {"Windows", "2008 R2", "o:microsoft:windows_server_2008", "r2"},
    {"Windows", "2012", "o:microsoft:windows_server_2012", "-"},
    {"Windows", "2012 R2", "o:microsoft:windows_server_2012", "r2"},
    {"Windows", "2016", "o:microsoft:windows_server_2016", "-"},
    {"Windows", "2019", "o:microsoft:windows_server_2019", "-"},
    {"Windows", "2022", "o:microsoft:windows_server_2022", "-"},
    {"Linux", "2.#.#.#", "o:linux:linux_kernel", NULL},
    {"Linux", "2.#.#", NULL, NULL},
    {"Linux", "#.#.#", "o:linux:linux_kernel", NULL},
    {"Android", "9", "o:google:android", "9.0"},
    {"Android", "10", "o:google:android", "10.0"},
    {"Android", "11", "o:google:android", "11.0"},
    {"Android", "13", "o:google:android", "13.0"},
    {"Android", "14", "o:google:android", "14.0"},
    {"Android", "15", "o:google:android", "15.0"},
    {"Android", "16", "o:google:android", "16.0"},
    {"Android", "#.#.#", "o:google:android", NULL},
    {"macOS", "10.#.#", "o:apple:mac_os_x", NULL},
    {"macOS", "10.#", NULL, NULL},
    {"macOS", "#.#", "o:apple:macos", NULL},
    {"macOS", "#.#.#", "o:apple:macos", NULL},
    {"iOS", "#.#", "o:apple:iphone_os", NULL},
    {"iOS", "#.#.#", "o:apple:iphone_os", NULL},
    {"iPadOS", "#.#", "o:apple:ipados", NULL},
    {"iPadOS", "#.#.#", "o:apple:ipados", NULL},
    {"Cisco IOS", "#.#(#*)*", "o:cisco:ios", NULL},
    {"FreeBSD", "#.#", "o:freebsd:freebsd", NULL},
    {"OpenBSD", "#.#", "o:openbsd:openbsd", NULL},
    {"NetBSD", "#.#", "o:netbsd:netbsd", NULL},
    {"NetBSD", "#.#.#", "o:netbsd:netbsd", NULL},
};

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

/* ---- of a host --------------------------------------------------------------------------------- */

void hg_json_cpe(hg_json *to, const hg_device_verdict *announced, const hg_host_verdict *shown)
{
    char text[256], found[HG_CPE_BYTES];
    const hg_device_value *system = announced->values + HG_DEVICE_SYSTEM,
                          *version = announced->values + HG_DEVICE_VERSION;
    hg_span name = {.text = system->text, .length = system->length},
            exact = {.text = version->text, .length = version->length};
    if (name.length == 0 && shown->family_count == 1) {
        hg_writer versions = {.at = text, .capacity = sizeof text};
        hg_put_versions(&versions, shown);
        name = shown->families->of.name;
        exact = (hg_span){.text = text, .length = versions.is_full ? 0 : (uint32_t)versions.length};
    }
    const size_t length = hg_cpe_name(name.text, name.length, exact.text, exact.length, found);
    hg_json_span(to, (hg_span){.text = found, .length = (uint32_t)length});
}
