#include "corridor/base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace corridor {
namespace {

constexpr std::size_t kExcerptWidth = 100;
constexpr std::size_t kWidthBeforeCaret = 60;
constexpr std::string_view kCut = "...";

std::string_view severity_name(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return "error";
}

// A character as it is shown.
struct Cell {
    std::string text;
    std::size_t width;
};

std::vector<Cell> cells_of(std::string_view line) {
    std::vector<Cell> cells;
    while (!line.empty()) {
        const std::string_view character = line.substr(0, first_character(line).bytes);
        std::string shown = character == "\t" ? "    " : printable(character);
        const std::size_t width = display_width(shown);
        cells.push_back({.text = std::move(shown), .width = width});
        line.remove_prefix(character.size());
    }
    return cells;
}

std::size_t width_of(const std::vector<Cell>& cells, std::size_t first, std::size_t last) {
    std::size_t width = 0;
    for (std::size_t i = first; i < last; ++i) width += cells[i].width;
    return width;
}

// The part of a line that is shown: cells [first, last).
struct Window {
    std::size_t first;
    std::size_t last;
};

Window window_around(const std::vector<Cell>& cells, std::size_t caret) {
    if (width_of(cells, 0, cells.size()) <= kExcerptWidth) return {.first = 0, .last = cells.size()};
    std::size_t width = 0;
    std::size_t first = caret;
    while (first > 0 && width + cells[first - 1].width <= kWidthBeforeCaret) width += cells[--first].width;
    std::size_t last = caret;
    while (last < cells.size() && width + cells[last].width <= kExcerptWidth) width += cells[last++].width;
    return {.first = first, .last = last};
}

void append_excerpt(std::string& out, const SourcePlace& place, std::string_view line) {
    const std::vector<Cell> cells = cells_of(line);
    const auto column = static_cast<std::size_t>(std::max(place.column, 1));
    const std::size_t caret = std::min(column - 1, cells.size());
    const Window window = window_around(cells, caret);

    const std::string number = place.line > 0 ? fmt::format("{}", place.line) : "";
    const std::string_view cut_left = window.first > 0 ? kCut : "";
    const std::string_view cut_right = window.last < cells.size() ? kCut : "";
    out += fmt::format("{:>5} | {}", number, cut_left);
    for (std::size_t i = window.first; i < window.last; ++i) out += cells[i].text;
    out += fmt::format("{}\n", cut_right);
    if (place.column > 0) {
        const std::size_t indent = cut_left.size() + width_of(cells, window.first, caret);
        out += fmt::format("{:5} | {:{}}^\n", "", "", indent);
    }
}

void append_place(std::string& out, const SourcePlace& place) {
    if (place.file.empty()) return;
    out += printable(place.file);
    if (place.line > 0) out += fmt::format(":{}", place.line);
    if (place.line > 0 && place.column > 0) out += fmt::format(":{}", place.column);
    out += ": ";
}

void append_related(std::string& out, const Diagnostic& finding) {
    for (std::size_t i = 0; i < finding.related.size(); ++i) {
        append_place(out, finding.related[i]);
        out += "note: the other place\n";
        const bool has_excerpt = i < finding.related_excerpts.size() && !finding.related_excerpts[i].empty();
        if (has_excerpt) append_excerpt(out, finding.related[i], finding.related_excerpts[i]);
    }
}

}  // namespace

bool has_errors(const Diagnostics& diagnostics) {
    return std::ranges::any_of(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::error; });
}

Diagnostics shortened(const Diagnostics& diagnostics, std::size_t most) {
    constexpr std::array kSeverities{Severity::error, Severity::warning, Severity::note};
    std::array<std::size_t, kSeverities.size()> seen{};
    Diagnostics kept;
    for (const Diagnostic& finding : diagnostics) {
        if (seen[static_cast<std::size_t>(finding.severity)]++ < most) kept.push_back(finding);
    }
    for (const Severity severity : kSeverities) {
        const std::size_t count = seen[static_cast<std::size_t>(severity)];
        if (count <= most) continue;
        const std::string_view plural = count - most == 1 ? "" : "s";
        kept.push_back({.severity = Severity::note,
                        .message = fmt::format("{} more {}{} {} not shown", count - most, severity_name(severity),
                                               plural, plural.empty() ? "is" : "are")});
    }
    return kept;
}

std::string render(const Diagnostics& diagnostics) {
    std::string out;
    for (const Diagnostic& finding : diagnostics) {
        append_place(out, finding.place);
        out += fmt::format("{}: ", severity_name(finding.severity));
        if (!finding.path.empty()) out += fmt::format("{}: ", printable(finding.path));
        out += printable(finding.message);
        if (!finding.hint.empty()) out += fmt::format("; {}", printable(finding.hint));
        out += '\n';
        if (!finding.excerpt.empty()) append_excerpt(out, finding.place, finding.excerpt);
        append_related(out, finding);
    }
    return out;
}

}  // namespace corridor
