/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * open_database.c - what hg_database_open says of a file: open_database FILE
 */
#include <stdio.h>

#include "huginn.h"

static _Alignas(8) uint8_t bytes[4 << 20];

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL)
        return 2;
    hg_database *database;
    hg_error error = {.message = "opened"};
    hg_status status = hg_database_open(bytes, fread(bytes, 1, sizeof bytes, file), &database, &error);
    puts(error.message);
    hg_database_free(database);
    return fclose(file) != 0 || status != HG_OK;
}
