// SPDX-License-Identifier: MIT OR Apache-2.0
//
// names.cc - names.c in C++11
#include <huginn.h>
#include <iostream>
#include <memory>

int main(int argc, char **argv)
{
    hg_results *opened;
    const hg_result *result;
    hg_error error;
    hg_status status = hg_results_open(argc == 2 ? argv[1] : "", hg_database_default(), &opened, &error);
    const std::unique_ptr<hg_results, decltype(&hg_results_free)> results(opened, hg_results_free);
    while (status == HG_OK || status == HG_PAUSED)
        if ((status = hg_results_next(results.get(), &result, &error)) == HG_OK && *result->family != '\0')
            std::cout << result->event << ' ' << result->source << ": " << result->name << ' ' << result->flavor << ", "
                      << static_cast<int>(100 * result->confidence + 0.5) << " %\n";
    if (status < HG_OK)
        std::cerr << "names: " << error.message << '\n';
    return status < HG_OK;
}
