/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * names.c - names the systems in a capture by their handshakes: names FILE
 */
#include <huginn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    hg_results *results;
    const hg_result *result;
    hg_error error;
    hg_status status = hg_results_open(argc == 2 ? argv[1] : "", hg_database_default(), &results, &error);
    while (status == HG_OK || status == HG_PAUSED) /* HG_END after the last; HG_PAUSED while a pipe is idle */
        if ((status = hg_results_next(results, &result, &error)) == HG_OK && *result->family != '\0')
            printf("%s %s: %s %s, %.0f %%\n", result->event, result->source, result->name, result->flavor,
                   100 * result->confidence);
    if (status < HG_OK)
        fprintf(stderr, "names: %s\n", error.message);
    hg_results_free(results);
    return status < HG_OK;
}
