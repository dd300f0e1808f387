// Links with the installed library through its public headers alone.
#include <cstdlib>

#include "corridor/base/unit.h"
#include "corridor/version.h"

int main() {
    corridor::Measurement length;
    corridor::UnitError error;
    const bool is_read = corridor::parse_measurement("275 km", length, error);
    const bool has_version = corridor::kVersion[0] != '\0';
    return is_read && length.value == 275.0 && has_version ? EXIT_SUCCESS : EXIT_FAILURE;
}
