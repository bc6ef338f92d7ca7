/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * checksum.c - a line for each beginning of standard input: its CRC-32.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"

int main(void)
{
    static uint8_t input[65536];
    size_t length = fread(input, 1, sizeof input, stdin);
    for (size_t end = 0; end <= length; end++) {
        uint8_t *bytes = malloc(end + 1), *start = bytes + 1; /* so that sanitizers see a read behind the end */
        if (bytes == NULL)
            return 1;
        memcpy(start, input, end);
        printf("%u\n", hg_crc32(start, end));
        free(bytes);
    }
    return 0;
}
