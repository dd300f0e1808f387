// The files of scenarios/verification, held in the library.
#pragma once

#include <span>
#include <string_view>

namespace corridor::study {

struct KnownText {
    std::string_view name;  ///< "mmc-a.toml"
    std::string_view text;
};

/// In the order of their names.
std::span<const KnownText> known_texts();

}  // namespace corridor::study
