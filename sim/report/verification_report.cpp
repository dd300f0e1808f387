#include "corridor/report/verification_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/json_text.h"

namespace corridor {
namespace {

using report::Json;

constexpr int kFigureDigits = 6;

// "≤ 5": what a figure is held against.
std::string known_text(const VerifiedFigure& figure) {
    std::string number = number_text(figure.expected, kFigureDigits);
    if (figure.known.kind == FigureKind::bound) return "≤ " + number;
    if (figure.known.kind == FigureKind::at_least) return "≥ " + number;
    return number;
}

std::string family_table(const VerifiedFamily& family) {
    TextTable table({{"system", Align::left},
                     {"figure", Align::left},
                     {"unit", Align::left},
                     {"known"},
                     {"simulated"},
                     {"standard error"},
                     {"z"},
                     {"verdict", Align::left},
                     {"trajectories"}});
    for (const VerifiedSystem& system : family.systems) {
        for (const VerifiedFigure& figure : system.figures) {
            const auto z = figure.z();
            table.add_row({system.id, figure.known.metric, figure.unit, known_text(figure),
                           number_text(figure.simulated, kFigureDigits),
                           figure.standard_error ? number_text(*figure.standard_error, 2) : "",
                           z ? fmt::format("{:.2f}", *z) : "", figure.agrees ? "agrees" : "DIFFERS",
                           fingerprint_text(system.fingerprint)});
        }
    }
    const std::string theory = family.theory.empty() ? "" : fmt::format(" ({})", family.theory);
    return fmt::format("{}: {}{}\n{}\n", family.id, family.proves, theory, table.text());
}

double largest_z(const VerificationReport& report) {
    double largest = 0;
    for (const VerifiedFamily& family : report.families) {
        for (const VerifiedSystem& system : family.systems) {
            for (const VerifiedFigure& figure : system.figures) {
                largest = std::max(largest, std::abs(figure.z().value_or(0.0)));
            }
        }
    }
    return largest;
}

std::string verdict(const VerificationReport& report) {
    const std::size_t differences = report.differences();
    std::string text = fmt::format(
        "{} systems, {} replications, each of which balanced its books. {} figures, {} of them by chance: the largest "
        "|z| is {:.2f}; what is allowed makes all of them together differ by chance once in a thousand runs with other "
        "seeds.",
        report.systems, report.replications(), report.figures(), report.comparisons, largest_z(report));
    text += differences == 0 ? " All agree."
                             : fmt::format(
                                   " {} {}: this corridor is not to be trusted; please report it with this "
                                   "output.",
                                   differences, differences == 1 ? "DIFFERS" : "DIFFER");
    return paragraph(text);
}

Json figure_json(const VerifiedFigure& figure) {
    const auto z = figure.z();
    return Json::object({{"metric", figure.known.metric},
                         {"measure", figure.known.measure},
                         {"subject", figure.known.subject},
                         {"unit", figure.unit},
                         {"kind", label(figure.known.kind)},
                         {"known", figure.expected},
                         {"simulated", report::number(figure.simulated)},
                         {"standard_error", figure.standard_error ? Json(*figure.standard_error) : Json(nullptr)},
                         {"z", z ? Json(*z) : Json(nullptr)},
                         {"allowed", figure.allowed},
                         {"agrees", figure.agrees}});
}

Json system_json(const VerifiedSystem& system) {
    Json json = Json::object({{"system", system.id},
                              {"replications", system.replications},
                              {"fingerprint", fingerprint_text(system.fingerprint)},
                              {"figures", Json::array()}});
    for (const VerifiedFigure& figure : system.figures) json["figures"].push_back(figure_json(figure));
    return json;
}

}  // namespace

std::size_t VerificationReport::figures() const {
    std::size_t count = 0;
    for (const VerifiedFamily& family : families) {
        for (const VerifiedSystem& system : family.systems) count += system.figures.size();
    }
    return count;
}

std::size_t VerificationReport::differences() const {
    std::size_t count = 0;
    for (const VerifiedFamily& family : families) {
        for (const VerifiedSystem& system : family.systems) {
            count += static_cast<std::size_t>(std::ranges::count(system.figures, false, &VerifiedFigure::agrees));
        }
    }
    return count;
}

std::uint64_t VerificationReport::replications() const {
    std::uint64_t count = 0;
    for (const VerifiedFamily& family : families) {
        for (const VerifiedSystem& system : family.systems) count += system.replications;
    }
    return count;
}

std::uint64_t VerificationReport::fingerprint() const {
    std::uint64_t fingerprint = 0;
    for (const VerifiedFamily& family : families) {
        for (const VerifiedSystem& system : family.systems) {
            fingerprint = combined_fingerprint(fingerprint, system.fingerprint);
        }
    }
    return fingerprint;
}

std::string verification_text(const VerificationReport& report) {
    std::string text = fmt::format("Systems whose answers are known, simulated by corridor {}, trajectories {}\n\n",
                                   kVersion, fingerprint_text(report.fingerprint()));
    for (const VerifiedFamily& family : report.families) text += family_table(family);
    return text + verdict(report);
}

std::string verification_json(const VerificationReport& report) {
    Json json = Json::object({{"version", kVersion},
                              {"fingerprint", fingerprint_text(report.fingerprint())},
                              {"agrees", report.differences() == 0},
                              {"comparisons", report.comparisons},
                              {"family_wise_error", kFamilyWiseError},
                              {"systems", report.systems},
                              {"replications", report.replications()},
                              {"families", Json::array()}});
    for (const VerifiedFamily& family : report.families) {
        Json entry = Json::object(
            {{"family", family.id}, {"proves", family.proves}, {"theory", family.theory}, {"systems", Json::array()}});
        for (const VerifiedSystem& system : family.systems) entry["systems"].push_back(system_json(system));
        json["families"].push_back(std::move(entry));
    }
    return report::json_text(json);
}

std::string verification_csv(const VerificationReport& report) {
    CsvWriter csv({"family", "system", "metric", "measure", "subject", "unit", "kind", "known", "simulated",
                   "standard_error", "z", "allowed", "agrees", "fingerprint"});
    for (const VerifiedFamily& family : report.families) {
        for (const VerifiedSystem& system : family.systems) {
            for (const VerifiedFigure& figure : system.figures) {
                csv.text(family.id).text(system.id).text(figure.known.metric).text(figure.known.measure);
                csv.text(figure.known.subject).text(figure.unit).text(label(figure.known.kind));
                csv.number(figure.expected).number(figure.simulated);
                csv.number(figure.standard_error.value_or(kEmptyCell)).number(figure.z().value_or(kEmptyCell));
                csv.number(figure.allowed).digits(figure.agrees ? "1" : "0");
                csv.digits(fingerprint_text(system.fingerprint)).end_row();
            }
        }
    }
    return csv.str();
}

}  // namespace corridor
