#include "scenario/toml.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

#include "corridor/base/contract.h"
#include "scenario/syntax_error.h"

namespace corridor::scenario {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

Instant to_instant(const toml::date& date, const toml::time& time) {
    const std::chrono::local_days days{year{date.year} / month{date.month} / day{date.day}};
    return days + std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
           std::chrono::seconds{time.second} +
           std::chrono::duration_cast<Duration>(std::chrono::nanoseconds{time.nanosecond});
}

/// Copies a toml++ tree. What the language has no use for (times without a date, time zones) is reported, and stays
/// behind as a key without a value.
class Converter {
  public:
    Converter(std::uint32_t text, Findings& findings) : text_(text), findings_(findings) {}

    Place place(const toml::source_region& region) const {
        return {text_, static_cast<std::uint32_t>(region.begin.line), static_cast<std::uint32_t>(region.begin.column)};
    }

    Node convert(const toml::node& node, Place key) {
        Node result{.place = place(node.source()), .key = key};
        node.visit([&](const auto& value) { assign(result, value); });
        return result;
    }

  private:
    void assign(Node& result, const toml::table& table) {
        Table entries;
        for (auto&& [key, value] : table) {
            path_.push_back(std::string(key.str()));
            entries.emplace_hint(entries.end(), key.str(), convert(value, place(key.source())));
            path_.pop_back();
        }
        result.value = std::move(entries);
    }

    void assign(Node& result, const toml::array& array) {
        Array items;
        for (const toml::node& value : array) items.push_back(convert(value, place(value.source())));
        result.value = std::move(items);
    }

    void assign(Node& result, const toml::value<toml::date>& date) { result.value = to_instant(date.get(), {}); }

    void assign(Node& result, const toml::value<toml::date_time>& moment) {
        if (moment.get().offset) {
            refuse(result, "a time zone has no meaning here (times are civil local time)", "leave the offset out");
        } else {
            result.value = to_instant(moment.get().date, moment.get().time);
        }
    }

    void assign(Node& result, const toml::value<toml::time>&) {
        refuse(result, "a time of day alone has no meaning here", "write a date with the time, or text in quotes");
    }

    template <class T>
    void assign(Node& result, const toml::value<T>& value) {
        result.value = value.get();
    }

    void refuse(Node& node, std::string message, std::string hint) {
        node.value = std::monostate{};
        findings_.error({node.place, fmt::format("{}", fmt::join(path_, ".")), std::move(message), std::move(hint)});
    }

    std::uint32_t text_;
    Findings& findings_;
    std::vector<std::string> path_;
};

/// Gives a value and all in it one place.
void move_to(Place place, Node& node) {
    node.place = place;
    node.key = place;
    if (Array* const items = node.as<Array>()) {
        for (Node& item : *items) move_to(place, item);
    } else if (Table* const entries = node.as<Table>()) {
        for (auto& [key, entry] : *entries) move_to(place, entry);
    }
}

toml::date_time to_toml(Instant instant) {
    const auto day = floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss<Duration> time{instant - day};
    return {toml::date{static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day())},
            toml::time{static_cast<unsigned>(time.hours().count()), static_cast<unsigned>(time.minutes().count()),
                       static_cast<unsigned>(time.seconds().count()),
                       static_cast<unsigned>(std::chrono::nanoseconds{time.subseconds()}.count())}};
}

toml::table to_toml(const Table& entries);
toml::array to_toml(const Array& items);

/// Calls `put` with what toml++ has for the value of `node`.
template <class Put>
void give_to_toml(const Node& node, const Put& put) {
    std::visit(
        [&](const auto& value) {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, std::monostate>) {
                expects(false, "a tree without faults");
            } else if constexpr (std::is_same_v<Value, Table> || std::is_same_v<Value, Array> ||
                                 std::is_same_v<Value, Instant>) {
                put(to_toml(value));
            } else {
                put(value);
            }
        },
        node.value);
}

toml::table to_toml(const Table& entries) {
    toml::table table;
    for (const auto& entry : entries) {
        give_to_toml(entry.second,
                     [&](auto&& value) { table.insert(entry.first, std::forward<decltype(value)>(value)); });
    }
    return table;
}

toml::array to_toml(const Array& items) {
    toml::array array;
    for (const Node& node : items) {
        give_to_toml(node, [&](auto&& value) { array.push_back(std::forward<decltype(value)>(value)); });
    }
    return array;
}

}  // namespace

std::string write_toml(const Node& tree) {
    std::ostringstream out;
    out << to_toml(*tree.as<Table>()) << '\n';
    return std::move(out).str();
}

std::optional<Node> parse_quietly(std::string_view content) {
    Texts texts;
    texts.add("", "");
    Findings ignored(texts);
    try {
        return Converter(0, ignored).convert(toml::parse(content), {});
    } catch (const toml::parse_error&) {
        return std::nullopt;
    }
}

std::optional<Node> parse_toml(const Texts& texts, std::uint32_t text, Findings& findings) {
    Converter converter(text, findings);
    try {
        return converter.convert(toml::parse(std::string_view(texts.content(text))), {text, 0, 0});
    } catch (const toml::parse_error& error) {
        findings.error(explain_syntax(texts, converter.place(error.source()), error.description()));
        return std::nullopt;
    }
}

std::optional<Node> parse_toml_value(std::string_view snippet, Place place) {
    std::optional<Node> tree = parse_quietly(fmt::format("value = {}", snippet));
    Table* const table = tree ? tree->as<Table>() : nullptr;
    if (table == nullptr || table->size() != 1) {
        return std::nullopt;
    }
    Node value = std::move(table->begin()->second);
    move_to(place, value);
    return value;
}

}  // namespace corridor::scenario
