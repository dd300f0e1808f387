#include "report/json_text.h"

#include <fmt/format.h>

#include <string_view>

#include "corridor/base/text.h"
#include "corridor/version.h"

namespace corridor::report {
namespace {

bool is_plain(char c) { return static_cast<unsigned char>(c) < 0x7F; }

std::string escaped(char32_t code_point) {
    if (code_point < 0x10000) return fmt::format("\\u{:04x}", static_cast<unsigned>(code_point));
    const auto rest = static_cast<unsigned>(code_point) - 0x10000U;
    return fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
}

}  // namespace

Json result_header(const std::string& title, const std::string& hash, const std::string& command) {
    return Json::object(
        {{"scenario", Json::object({{"title", title}, {"hash", hash}})}, {"version", kVersion}, {"command", command}});
}

namespace {

std::string without_controls(const std::string& dumped) {
    std::string out;
    out.reserve(dumped.size() + 1);
    for (std::string_view rest = dumped; !rest.empty();) {
        const Character c = is_plain(rest.front()) ? Character{.bytes = 1, .valid = true} : first_character(rest);
        const std::string_view bytes = rest.substr(0, c.bytes);
        const bool is_safe = is_plain(rest.front()) || printable(bytes) == bytes;
        out += is_safe ? std::string{bytes} : escaped(c.code_point);
        rest.remove_prefix(c.bytes);
    }
    return out + '\n';
}

}  // namespace

std::string json_text(const Json& json) {
    return without_controls(json.dump(2, ' ', false, Json::error_handler_t::replace));
}

std::string json_line(const Json& json) {
    return without_controls(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace corridor::report
