// The commands. Each returns an exit code.
#pragma once

#include "console.h"
#include "options.h"

namespace corridor::tools {

int run(const Options& options, const Console& console);  ///< `run` and `compare`
int check(const Options& options, const Console& console);
int capacity(const Options& options, const Console& console);
int compare_options(const Options& options, const Console& console);  ///< `options`
int sensitivity(const Options& options, const Console& console);
int calibrate(const Options& options, const Console& console);
int sweep(const Options& options, const Console& console);
int export_store(const Options& options, const Console& console);  ///< `export`
int merge(const Options& options, const Console& console);
int optimise(const Options& options, const Console& console);
int assumptions(const Options& options, const Console& console);
int serve(const Options& options, const Console& console);
int show(const Options& options, const Console& console);
int schema(const Options& options, const Console& console);
int verify(const Options& options, const Console& console);

}  // namespace corridor::tools
