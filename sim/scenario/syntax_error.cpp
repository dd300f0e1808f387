#include "scenario/syntax_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "corridor/base/unit.h"
#include "scenario/strings.h"
#include "scenario/toml.h"

namespace corridor::scenario {
namespace {

/// The path of the only key of a one-statement tree.
std::vector<std::string> only_path(const Node& tree) {
    std::vector<std::string> path;
    for (const Table* table = tree.as<Table>(); table != nullptr && table->size() == 1;
         table = table->begin()->second.as<Table>()) {
        path.push_back(table->begin()->first);
    }
    return path;
}

bool is_header(std::string_view line) { return trimmed(line).starts_with('['); }

/// The statement at `place`, under the table header it belongs to, with a short value: alone it parses where the whole
/// text does not.
std::string isolate_statement(const Texts& texts, Place place) {
    const std::string_view line = texts.line(place);
    if (is_header(line)) return std::string(line);
    std::string statement = fmt::format("{}= 0", line.substr(0, line.find('=')));
    for (Place above = place; above.line > 1;) {
        --above.line;
        if (is_header(texts.line(above))) return fmt::format("{}\n{}", texts.line(above), statement);
    }
    return statement;
}

/// Where the key at `path` is in a text; nothing where the text does not parse or does not have it.
std::optional<Place> find_key(std::string_view text, const std::vector<std::string>& path) {
    const std::optional<Node> tree = parse_quietly(text);
    const Node* node = tree ? &*tree : nullptr;
    for (const std::string& key : path) node = node == nullptr ? nullptr : child(*node, key);
    return node == nullptr || path.empty() ? std::nullopt : std::optional(node->key);
}

/// What is set for the second time on the line of `second`. toml++ tells its name alone: not its path, nor where it was
/// set first.
Finding explain_repetition(const Texts& texts, Place second, std::string_view description) {
    const std::string_view line = texts.line(second);
    const std::string_view content = texts.content(second.text);
    const std::optional<Node> statement = parse_quietly(isolate_statement(texts, second));
    const std::vector<std::string> path = statement ? only_path(*statement) : std::vector<std::string>{};
    const auto first = find_key(content.substr(0, static_cast<std::size_t>(line.data() - content.data())), path);
    if (!first) {
        const std::size_t quote = std::min(description.find('\''), description.size());
        const std::string_view name = description.substr(quote, description.find('\'', quote + 1) + 1 - quote);
        return {second, "", fmt::format("{} is set twice", name.empty() ? "a key" : name), "keep one of the two"};
    }
    second.column = static_cast<std::uint32_t>(line.find_first_not_of(" \t") + 1);
    return {second,
            fmt::format("{}", fmt::join(path, ".")),
            fmt::format("'{}' is set twice", path.back()),
            "keep one of the two",
            {{second.text, first->line, first->column}}};
}

/// For 0,5 and 1.000,0, which TOML ends at the comma: what number was meant. Nothing where it is no number. In inline
/// tables TOML takes what follows the comma for a key, so the error may come after the number.
std::optional<Finding> explain_number(const Texts& texts, Place place) {
    const std::string_view line = texts.line(place);
    const std::size_t equals = line.rfind('=', place.column - 1);
    if (equals == std::string_view::npos) return std::nullopt;
    std::string_view value = trimmed(line.substr(equals + 1));
    value = value.substr(0, value.find_first_not_of("+-.,0123456789"));
    value = value.substr(0, value.find_last_not_of(',') + 1);
    if (value.find(',') == std::string_view::npos) return std::nullopt;
    Measurement ignored;
    UnitError fault;
    if (parse_measurement(value, ignored, fault) || fault.offset > 0) return std::nullopt;
    const auto column = static_cast<std::uint32_t>(value.data() - line.data() + 1);
    return Finding{{place.text, place.line, column}, "", std::move(fault.message), std::move(fault.hint)};
}

/// What toml++ found wrong with a date; its hours would end at 59.
std::string reason_of(std::string_view description) {
    constexpr std::string_view kHours = "hour between 0 to 59";
    std::string reason(description.substr(std::min(description.find(": "), description.size() - 2) + 2));
    if (const std::size_t at = reason.find(kHours); at != std::string::npos) {
        reason.replace(at, kHours.size(), "hour between 0 and 23");
    }
    return reason;
}

/// For dates that are not in the calendar: which one it is. toml++ points into the date or just behind it.
Finding explain_date(const Texts& texts, Place place, std::string_view description) {
    constexpr std::string_view kDateCharacters = "0123456789-:.TZ+";
    const std::string_view line = texts.line(place);
    const std::size_t last = line.find_last_of(kDateCharacters, place.column - 1);
    const std::size_t before = line.find_last_not_of(kDateCharacters, last);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(line.find_first_not_of(kDateCharacters, start), line.size());
    place.column = static_cast<std::uint32_t>(start + 1);
    return {place, "", fmt::format("not a date: {} ({})", line.substr(start, end - start), reason_of(description)),
            "write dates as 2020-01-31 or 2020-01-31T06:30:00"};
}

}  // namespace

Finding explain_syntax(const Texts& texts, Place place, std::string_view description) {
    constexpr std::string_view kPrefix = "Error while parsing ";
    if (description.starts_with(kPrefix)) description.remove_prefix(kPrefix.size());
    const auto mentions = [&](std::string_view words) { return description.find(words) != std::string_view::npos; };
    if (mentions("cannot redefine")) return explain_repetition(texts, place, description);
    if (mentions("saw ','") || mentions("expected '=', saw")) {
        if (auto finding = explain_number(texts, place)) return *std::move(finding);
    }
    if (description.starts_with("date") || description.starts_with("time"))
        return explain_date(texts, place, description);
    if (mentions("not representable") || mentions("could not be interpreted as a value")) {
        return {place, "", fmt::format("number out of range ({})", description), "numbers reach from -1e12 to 1e12"};
    }
    if (mentions("end-of-file")) {
        return {place, "", fmt::format("the file ends too early ({})", description),
                "is it cut off, or a bracket or quote left open?"};
    }
    return {place, "", fmt::format("syntax error ({})", description)};
}

}  // namespace corridor::scenario
