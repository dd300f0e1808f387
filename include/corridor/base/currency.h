// Currencies by their ISO 4217 codes.
#pragma once

#include <cstdint>
#include <string_view>

namespace corridor {

/// A currency of ISO 4217, by its place in the list of codes.
enum class Currency : std::uint8_t { none = 0 };

/// `none` where `code` is not an active code of ISO 4217, in capitals.
Currency find_currency(std::string_view code);

/// "CNY"; empty for none. It lives as long as the program.
std::string_view code_of(Currency currency);

}  // namespace corridor
