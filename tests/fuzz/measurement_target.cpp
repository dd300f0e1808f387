#include <cmath>
#include <string>

#include "corridor/base/contract.h"
#include "corridor/base/text.h"
#include "corridor/base/time.h"
#include "corridor/base/unit.h"
#include "fuzz/targets.h"

namespace corridor::fuzz {

void fuzz_measurement(std::string_view text) {
    ensures(find_invalid_utf8(printable(text)) == std::string_view::npos, "what is shown is UTF-8");
    if (const auto instant = parse_instant(text)) {
        ensures(parse_instant(format_instant(*instant)) == instant, "an instant reads back");
    }

    Measurement measurement;
    UnitError error;
    if (!parse_measurement(text, measurement, error)) {
        ensures(error.offset <= text.size() && !error.message.empty(), "an error inside the text");
        return;
    }
    UnitError none;
    ensures(check_number(measurement.value, none), "a number within the limits");
    const bool has_name = describe(measurement.dimension).find('"') != std::string::npos;
    if (!has_name) return;
    Measurement back;
    ensures(parse_measurement(format_measurement(measurement.value, measurement.dimension), back, error),
            "a quantity reads back");
    ensures(std::abs(back.value - measurement.value) <= 1e-15 * std::abs(measurement.value), "as nearly itself");
    ensures(back.dimension == measurement.dimension, "in its dimension");
}

}  // namespace corridor::fuzz
