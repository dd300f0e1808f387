// Systems whose answers are known, out of the files of scenarios/verification.
#include <algorithm>
#include <array>
#include <boost/algorithm/string.hpp>
#include <charconv>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/study/verification.h"
#include "study/known_texts.h"

namespace corridor {
namespace {

using Row = std::vector<std::string>;

std::string known_text(const std::string& name) {
    const auto texts = study::known_texts();
    const auto found = std::ranges::find(texts, name, &study::KnownText::name);
    ensures(found != texts.end(), "a known system has its file");
    return std::string(found->text);
}

// The rows of a table of ours, in which nothing is quoted.
std::vector<Row> known_rows(const std::string& name, std::size_t columns) {
    const std::string text = known_text(name);
    std::vector<Row> rows;
    std::vector<std::string> lines;
    boost::split(lines, text, boost::is_any_of("\n"));
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        boost::split(rows.emplace_back(), lines[i], boost::is_any_of(","));
        ensures(rows.back().size() == columns, "a table of known systems has its columns");
    }
    return rows;
}

double number_of(const std::string& text) {
    double number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    ensures(parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size(), "a known figure is a number");
    return number;
}

constexpr std::array kKinds{FigureKind::mean,     FigureKind::exact,   FigureKind::whole, FigureKind::bound,
                            FigureKind::at_least, FigureKind::nearest, FigureKind::cut,   FigureKind::half_width};

// "since 7": exact, on a clock that stood at 7 hours.
void read_kind(const std::string& text, KnownFigure& figure) {
    constexpr std::string_view kSince = "since ";
    if (text.starts_with(kSince)) {
        figure.kind = FigureKind::exact;
        figure.clock = number_of(text.substr(kSince.size()));
        return;
    }
    const auto found = std::ranges::find(kKinds, text, [](FigureKind kind) { return label(kind); });
    ensures(found != kKinds.end(), "a known figure is of a known kind");
    figure.kind = *found;
}

KnownFigure figure_of(const Row& row) {
    KnownFigure figure{.metric = row[1],
                       .measure = row[2],
                       .subject = row[3],
                       .exact = number_of(row[4]),
                       .factor = number_of(row[5])};
    read_kind(row[6], figure);
    return figure;
}

KnownSystem system_of(const std::string& id) { return {.id = id, .scenario = known_text(id + ".toml"), .figures = {}}; }

// "tt-ample" of "tt-ample-a".
bool is_of_family(const std::string& id, const KnownFamily& family) {
    return id.size() > family.id.size() && id.starts_with(family.id) && id[family.id.size()] == '-';
}

std::vector<KnownFamily> read_families() {
    std::vector<KnownFamily> families;
    for (Row& row : known_rows("families.csv", 4)) {
        families.push_back({.id = std::move(row[0]),
                            .is_steady = row[1] == "yes",
                            .proves = std::move(row[2]),
                            .theory = std::move(row[3]),
                            .systems = {}});
    }
    for (const Row& row : known_rows("exact.csv", 7)) {
        const std::string& id = row[0];
        const auto family =
            std::ranges::find_if(families, [&](const KnownFamily& one) { return is_of_family(id, one); });
        ensures(family != families.end(), "a known system has a family");
        std::vector<KnownSystem>& systems = family->systems;
        if (systems.empty() || systems.back().id != id) {
            systems.push_back(system_of(id));
            systems.back().is_steady = family->is_steady;
        }
        systems.back().figures.push_back(figure_of(row));
    }
    return families;
}

std::vector<KnownRelation> read_relations() {
    std::vector<KnownRelation> relations;
    for (const Row& row : known_rows("relations.csv", 8)) {
        if (relations.empty() || relations.back().first.id != row[1]) {
            relations.push_back({.name = row[0],
                                 .first = system_of(row[1]),
                                 .second = system_of(row[2]),
                                 .of_first = {},
                                 .of_second = {}});
        }
        KnownFigure first{.metric = row[3], .measure = row[3], .subject = row[4], .factor = number_of(row[6])};
        read_kind(row[7], first);
        KnownFigure second = first;
        second.subject = row[5];
        second.factor = 1.0;
        relations.back().of_first.push_back(std::move(first));
        relations.back().of_second.push_back(std::move(second));
    }
    return relations;
}

}  // namespace

std::string_view label(FigureKind kind) {
    switch (kind) {
        case FigureKind::mean:
            return "mean";
        case FigureKind::exact:
            return "exact";
        case FigureKind::whole:
            return "whole";
        case FigureKind::bound:
            return "bound";
        case FigureKind::at_least:
            return "at least";
        case FigureKind::nearest:
            return "nearest";
        case FigureKind::cut:
            return "cut";
        case FigureKind::half_width:
            break;
    }
    return "half-width";
}

const std::vector<KnownFamily>& known_families() {
    static const std::vector<KnownFamily> families = read_families();
    return families;
}

const std::vector<KnownRelation>& known_relations() {
    static const std::vector<KnownRelation> relations = read_relations();
    return relations;
}

}  // namespace corridor
