// The page without its data, which is put in at build time.
#pragma once

#include <string_view>

namespace corridor::report {

/// Empty where corridor was built without it. `@LANG@` and `@DATA@` stand for what each page has of its own.
std::string_view page_template();

/// JavaScript that runs the engine in a browser, as gzip in base64; empty where corridor was built without it.
std::string_view page_engine();

}  // namespace corridor::report
