/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * gzip_filter.c - standard input, decompressed; what is wrong with it goes to standard error.
 */
#include <stdio.h>

#include "web/gzip.h"

static int32_t input(uint8_t *to, uint32_t length)
{
    return (int32_t)fread(to, 1, length, stdin);
}

int main(void)
{
    static hg_gzip gzip;
    static uint8_t piece[10007];
    char text[160];
    int32_t got;
    hg_gzip_open(&gzip, input, piece, 0);
    while ((got = hg_gzip_read(&gzip, piece, sizeof piece)) > 0)
        fwrite(piece, 1, (size_t)got, stdout);
    fwrite(text, 1, hg_gzip_damage(&gzip, text, sizeof text), stderr);
    return 0;
}
