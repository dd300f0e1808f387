#include <fmt/format.h>
#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <optional>

#include "corridor/base/text.h"
#include "scenario/roster.h"

namespace corridor::scenario {
namespace {

constexpr std::size_t kLongestId = 64;

struct Free {
    void operator()(utf8proc_uint8_t* text) const { std::free(text); }
};

/// `text` in normalisation form C and with its case folded: equal for what people take for the same name.
std::string folded(std::string_view text) {
    utf8proc_uint8_t* raw = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                               static_cast<utf8proc_ssize_t>(text.size()), &raw, options);
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(raw);
    return size < 0 ? std::string(text)
                    : std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// What is wrong with an id, after "the id ".
std::optional<std::string> fault_of(std::string_view id) {
    constexpr std::string_view kForbidden = ".\"'/\\";
    if (id.empty()) return "is empty";
    if (id.find_first_not_of(" \t") == std::string_view::npos) return "is blank";
    if (is_blank(id.front())) return "has a leading blank";
    if (is_blank(id.back())) return "has a trailing blank";
    if (id.size() > kLongestId) return fmt::format("is too long ({} bytes, the limit is {})", id.size(), kLongestId);
    if (const auto at = id.find_first_of(kForbidden); at != std::string_view::npos) {
        return fmt::format("contains {} (ids are used in paths such as link.ID.length)", id[at]);
    }
    if (printable(id) != id) return "contains a control or invisible character";
    return std::nullopt;
}

/// "U+00E9" for each character that is not ASCII.
std::string code_points(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Character character = first_character(text);
        if (character.code_point > 0x7f) {
            out += fmt::format("{}U+{:04X}", out.empty() ? "" : " ", static_cast<std::uint32_t>(character.code_point));
        }
        text.remove_prefix(character.bytes);
    }
    return out;
}

/// The id in quotes; with its code points where it is not plain ASCII, for ids that look the same.
std::string spelled_out(std::string_view id) {
    const std::string points = code_points(id);
    return points.empty() ? fmt::format("'{}'", id) : fmt::format("'{}' ({})", id, points);
}

void check_lookalikes(const Item& item, const Roster& roster, Findings& findings) {
    std::map<std::string, const Roster::Entry*> seen;
    for (const Roster::Entry& entry : roster.entries()) {
        const auto [other, is_new] = seen.emplace(folded(entry.id), &entry);
        if (is_new) continue;
        findings.error({entry.node->key,
                        item.path,
                        fmt::format("{} and {} differ only in case or in how their letters are composed",
                                    spelled_out(other->second->id), spelled_out(entry.id)),
                        "rename one of the two",
                        {other->second->node->key}});
    }
}

void check_names(const Item& item, const Roster& roster, Findings& findings) {
    const Roster::Entry* previous = nullptr;
    for (const Roster::Entry& entry : roster.entries()) {
        if (previous != nullptr && previous->name == entry.name) {
            findings.error({entry.node->key,
                            fmt::format("{}.{}", item.path, entry.id),
                            fmt::format("the name '{}' is used twice (names seed the random streams)", entry.name),
                            fmt::format("give '{}' or '{}' another name", previous->id, entry.id),
                            {previous->node->key}});
        }
        previous = &entry;
    }
}

}  // namespace

void check_roster(const Item& item, const Roster& roster, Findings& findings) {
    for (const Roster::Entry& entry : roster.entries()) {
        if (const auto fault = fault_of(entry.id)) {
            findings.error({entry.node->key, item.path, fmt::format("the id '{}' {}", abbreviated(entry.id), *fault),
                            "name the table differently and put what is to be shown into `name`"});
        }
    }
    check_lookalikes(item, roster, findings);
    check_names(item, roster, findings);
}

}  // namespace corridor::scenario
