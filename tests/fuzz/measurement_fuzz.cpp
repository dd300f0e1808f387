// Any text is a quantity or an error inside the text; a quantity that is shown reads back as nearly itself.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "corridor/base/text.h"
#include "corridor/base/time.h"
#include "corridor/base/unit.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check(std::string_view text) {
    using namespace corridor;
    require(find_invalid_utf8(printable(text)) == std::string_view::npos);
    if (const auto instant = parse_instant(text)) require(parse_instant(format_instant(*instant)) == instant);

    Measurement measurement;
    UnitError error;
    if (!parse_measurement(text, measurement, error)) {
        require(error.offset <= text.size() && !error.message.empty());
        return;
    }
    UnitError none;
    require(check_number(measurement.value, none));
    const bool has_name = describe(measurement.dimension).find('"') != std::string::npos;
    if (!has_name) return;
    Measurement back;
    require(parse_measurement(format_measurement(measurement.value, measurement.dimension), back, error));
    require(std::abs(back.value - measurement.value) <= 1e-15 * std::abs(measurement.value));
    require(back.dimension == measurement.dimension);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check({reinterpret_cast<const char*>(data), size});
    return 0;
}
