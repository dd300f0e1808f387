#include "corridor/study/sweep.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "corridor/base/hash.h"
#include "corridor/base/unit.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "corridor/version.h"
#include "study/counted.h"
#include "study/in_order.h"
#include "study/outputs.h"
#include "study/point_runner.h"
#include "study/store_lock.h"

namespace corridor {
namespace {

using study::counted;

// How long a replication of the scenario takes, in ms, for a message.
double milliseconds_of_a_run(const model::Model& model, std::uint64_t seed) {
    Simulator simulator(model);
    const auto start = std::chrono::steady_clock::now();
    simulator.run(seed, 0);
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

std::string time_text(double milliseconds) {
    constexpr double kDay = 86'400'000;
    constexpr double kHour = 3'600'000;
    return milliseconds >= kDay ? fmt::format("{} days", counted(milliseconds / kDay))
                                : fmt::format("{} hours", counted(milliseconds / kHour));
}

Diagnostics check_size(const Sweep& sweep, const scenario::StudyFile& study, const model::Model& model) {
    Diagnostics errors;
    const auto points = static_cast<double>(sweep.points_of_shard());
    const double runs = points * static_cast<double>(sweep.rule.limit());
    if (points == 0) {
        errors.push_back({.place = {study.file, 0, 0},
                          .message = fmt::format("shard {}/{} has no points (the study has {})", sweep.shard.number,
                                                 sweep.shard.count, sweep.design.size()),
                          .hint = "ask for fewer shards"});
    }
    if (runs > kMostRuns) {
        constexpr double kBytesPerOutput = 10;
        const double each = milliseconds_of_a_run(model, sweep.seed);
        errors.push_back(
            {.place = {study.file, 0, 0},
             .message = fmt::format(
                 "{} points with up to {} replications each are {} runs (the limit is {}; at {:.2g} ms a run they "
                 "would take {} on one core, and {} GB)",
                 counted(points), counted(static_cast<double>(sweep.rule.limit())), counted(runs), counted(kMostRuns),
                 each, time_text(each * runs),
                 counted(runs * kBytesPerOutput * static_cast<double>(sweep.outputs.size()) / 1e9)),
             .hint = "take fewer points, or fewer replications, or run shards of it with --shard i/n"});
    }
    return errors;
}

std::string hash_text(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

std::string hash_of(const Design& design) {
    std::uint64_t hash = kHashOfNothing;
    for (const DesignParameter& parameter : design.parameters()) {
        hash = fnv1a(fmt::format("{}|{}\n", parameter.path, parameter.unit.value_or("|")), hash);
    }
    for (std::uint64_t point = 0; point < design.size(); ++point) {
        for (const scenario::Override& override : design.overrides(point))
            hash = fnv1a(override.assignment + '\n', hash);
        hash = fnv1a("\n", hash);
    }
    return hash_text(hash);
}

std::string hash_of(const std::vector<Output>& outputs) {
    std::uint64_t hash = kHashOfNothing;
    for (const Output& output : outputs) {
        hash = fnv1a(fmt::format("{}|{}|{}\n", output.name, output.subject, output.unit), hash);
    }
    return hash_text(hash);
}

std::vector<std::size_t> shown_in(const scenario::StudyFile& study, const std::vector<Output>& outputs) {
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const std::string path = fmt::format("{}/{}", outputs[i].name, outputs[i].subject);
        const bool is_named = std::ranges::find(study.measures, path) != study.measures.end();
        if (is_named || outputs[i].is_headline || outputs[i].name == kHighestLoad) positions.push_back(i);
    }
    return positions;
}

std::string machine() {
    utsname name{};
    if (::uname(&name) != 0) return "unknown";
    return fmt::format("{}, {} {} on {}", study::host_name(), name.sysname, name.release, name.machine);
}

std::string now_text() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return format_instant(Instant{now.time_since_epoch()}) + " UTC";
}

// Findings of many points, each told once, with the first point that has it.
class PointFindings {
  public:
    explicit PointFindings(const Sweep& sweep) : sweep_(sweep) {}

    void add(std::uint64_t point, const Diagnostics& findings) {
        for (const Diagnostic& finding : findings) {
            if (finding.severity != Severity::error) continue;
            const auto is_same = [&](const Entry& known) { return is_alike(known.finding, finding); };
            const auto known = std::ranges::find_if(entries_, is_same);
            if (known != entries_.end()) {
                ++known->more;
            } else if (entries_.size() < kMostFindings) {
                entries_.push_back({finding, point, 0});
            }
        }
    }

    Diagnostics take() const {
        Diagnostics findings;
        for (const Entry& entry : entries_) {
            findings.push_back(entry.finding);
            if (entry.more + 1 == sweep_.points_of_shard()) {
                findings.back().message += " (at every point)";
                continue;
            }
            const std::string others = entry.more == 0 ? "" : fmt::format(" and {} more", entry.more);
            findings.back().message +=
                fmt::format(" (at point {}{}: {})", entry.point, others, sweep_.design.text(entry.point));
        }
        return findings;
    }

  private:
    static constexpr std::size_t kMostFindings = 50;
    struct Entry {
        Diagnostic finding;
        std::uint64_t point = 0;
        std::uint64_t more = 0;
    };

    static bool is_alike(const Diagnostic& a, const Diagnostic& b) {
        return a.place == b.place && a.path == b.path && a.message == b.message;
    }

    const Sweep& sweep_;
    std::vector<Entry> entries_;
};

}  // namespace

Shard shard_in(std::string_view text) {
    Shard shard;
    const char* const end = text.data() + text.size();
    const auto number = std::from_chars(text.data(), end, shard.number);
    if (number.ec != std::errc{} || number.ptr == end || *number.ptr != '/') return {};
    const auto count = std::from_chars(number.ptr + 1, end, shard.count);
    const bool is_shard =
        count.ec == std::errc{} && count.ptr == end && shard.number >= 1 && shard.number <= shard.count;
    return is_shard ? shard : Shard{};
}

std::vector<std::size_t> Sweep::headlines() const {
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (outputs[i].is_headline) positions.push_back(i);
    }
    return positions;
}

std::uint64_t Sweep::points_of_shard() const {
    return design.size() / shard.count + (shard.number <= design.size() % shard.count ? 1 : 0);
}

Result<Sweep> plan_sweep(const scenario::StudyFile& study, scenario::Scenario base, Shard shard) {
    auto model = model::compile(base, scenario::stated_values(base.quantities));
    if (!model.ok()) return scenario::located(base, model.diagnostics());
    const MeasureCatalog catalog = measure_catalog(model.value());
    Sweep sweep{.base = std::move(base),
                .design = {},
                .targets = {},
                .outputs = {},
                .shown = {},
                .seed = 0,
                .rule = {.replications = 0, .precision = study.precision, .most = study.most_replications},
                .shard = shard};
    sweep.seed = study.seed.value_or(sweep.base.seed);
    sweep.rule.replications = study.replications.value_or(static_cast<std::uint64_t>(sweep.base.replications));
    auto targets = resolve_readings(sweep.base, model.value(), catalog);
    if (!targets.ok()) return scenario::located(sweep.base, targets.diagnostics());
    sweep.targets = std::move(targets).value();
    auto outputs = study::choose_outputs(study, sweep.base, sweep.targets, catalog);
    auto design = Design::make(study, sweep.base, sweep.seed);
    Diagnostics errors = outputs.ok() ? Diagnostics{} : outputs.diagnostics();
    if (!design.ok()) errors.insert(errors.end(), design.diagnostics().begin(), design.diagnostics().end());
    if (!errors.empty()) return errors;
    sweep.outputs = std::move(outputs).value();
    sweep.shown = shown_in(study, sweep.outputs);
    sweep.design = std::move(design).value();
    errors = check_size(sweep, study, model.value());
    if (!errors.empty()) return errors;
    return sweep;
}

StoreStudy store_study(const Sweep& sweep, const scenario::StudyFile& study, std::string command) {
    StoreStudy record{.identity = {{"corridor", kVersion},
                                   {"design", hash_of(sweep.design)},
                                   {"measures", hash_of(sweep.outputs)},
                                   {"outputs", fmt::format("{}", sweep.outputs.size())},
                                   {"parameters", fmt::format("{}", sweep.design.parameters().size())},
                                   {"points", fmt::format("{}", sweep.design.size())},
                                   {"results of corridor", fmt::format("revision {}", kResultsRevision)},
                                   {"replications", fmt::format("{}", sweep.rule.replications)},
                                   {"scenario", sweep.base.hash},
                                   {"seed", fmt::format("{}", sweep.seed)},
                                   {"shard", fmt::format("{}/{}", sweep.shard.number, sweep.shard.count)}},
                      .provenance = {{"command", std::move(command)},
                                     {"kind of design", std::string(label(study.design))},
                                     {"machine", machine()},
                                     {"scenario text", scenario::text_of(sweep.base)},
                                     {"started", now_text()},
                                     {"study text", study.text},
                                     {"title", sweep.base.title}},
                      .parameters = sweep.design.parameters(),
                      .outputs = sweep.outputs,
                      .points = sweep.design.size(),
                      .rule = sweep.rule};
    if (sweep.rule.precision) {
        record.identity.push_back({"most replications", fmt::format("{}", sweep.rule.most)});
        record.identity.push_back({"precision", format_number(*sweep.rule.precision)});
    }
    std::ranges::sort(record.identity, {}, &StoreFact::name);
    return record;
}

Diagnostics check_points(const Sweep& sweep, unsigned threads, const StudyWatch& watch,
                         std::optional<double> most_containers) {
    PointFindings findings(sweep);
    const auto point_of = [&](std::uint64_t number) { return number * sweep.shard.count + sweep.shard.number - 1; };
    const auto make_worker = [&] {
        return [&](std::uint64_t number) {
            const auto scenario = study::scenario_at(sweep, point_of(number));
            if (!scenario.ok()) return scenario.diagnostics();
            const auto model = model::compile(scenario.value(), scenario::stated_values(scenario.value().quantities));
            if (!model.ok()) return scenario::located(scenario.value(), model.diagnostics());
            const double size = model::expected_size(model.value());
            if (size <= most_containers.value_or(size)) return Diagnostics{};
            return Diagnostics{
                {.message = fmt::format("a replication has more than the {:.0f} containers and background "
                                        "moves that are allowed",
                                        *most_containers),
                 .hint = "allow more, or take this point out"}};
        };
    };
    std::uint64_t done = 0;
    const auto consume = [&](std::uint64_t number, const Diagnostics& found) {
        findings.add(point_of(number), found);
        if (watch.progress) watch.progress(++done, sweep.points_of_shard());
        return study::Next::go_on;
    };
    study::run_in_order<Diagnostics>(threads, sweep.points_of_shard(), make_worker, consume, watch.stop);
    return findings.take();
}

}  // namespace corridor
