// Memory comes from mimalloc, in large pages where the system has them: what a corridor of ten thousand terminals
// touches lies too far apart for tables of small pages. What is freed stays for the next replication, as large pages
// are dear to clear. The environment still decides, with MIMALLOC_LARGE_OS_PAGES=0.
#include <mimalloc.h>

namespace {

[[maybe_unused]] const bool kAsked = [] {
    mi_option_set_enabled_default(mi_option_large_os_pages, true);
    mi_option_set_enabled_default(mi_option_allow_decommit, false);
    return true;
}();

}  // namespace
