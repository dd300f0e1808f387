#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "commands.h"
#include "corridor/base/text.h"
#include "corridor/report/verification_report.h"
#include "exit_code.h"
#include "interrupt.h"
#include "progress_bar.h"

namespace corridor::tools {
namespace {

class VerifyCommand {
  public:
    VerifyCommand(const Options& options, const Console& console) : options_(options), console_(console) {}

    int execute() {
        if (const int code = choose(); code != kFine) return code;
        report_.comparisons = comparisons_by_chance(families_, relations_);
        if (const int code = simulate(); code != kFine) return code;
        if (const int code = console_.print(text()); code != kFine) return code;
        return report_.differences() == 0 ? kFine : kCheckFailed;
    }

  private:
    // Relations have a family of their own.
    static constexpr const char* kRelations = "relations";

    bool is_chosen(const std::string& family, const std::string& system) const {
        const std::vector<std::string>& names = options_.systems;
        return names.empty() || std::ranges::find(names, family) != names.end() ||
               std::ranges::find(names, system) != names.end();
    }

    int choose() {
        std::vector<std::string> known{kRelations};
        std::string families = kRelations;
        for (const KnownFamily& family : known_families()) {
            known.push_back(family.id);
            families += ", " + family.id;
            KnownFamily chosen = family;
            for (const KnownSystem& system : family.systems) known.push_back(system.id);
            std::erase_if(chosen.systems, [&](const KnownSystem& system) { return !is_chosen(family.id, system.id); });
            if (!chosen.systems.empty()) families_.push_back(std::move(chosen));
        }
        for (const KnownRelation& relation : known_relations()) {
            known.insert(known.end(), {relation.first.id, relation.second.id});
            if (is_chosen(kRelations, relation.first.id) || is_chosen(kRelations, relation.second.id)) {
                relations_.push_back(relation);
            }
        }
        for (const std::string& name : options_.systems) {
            if (std::ranges::find(known, name) != known.end()) continue;
            const std::string_view best = nearest(name, {known.begin(), known.end()});
            console_.error(fmt::format("no system or family is called '{}'{}; families are {}", printable(name),
                                       best.empty() ? "" : fmt::format(" (did you mean '{}'?)", best), families));
            return kBadInput;
        }
        return kFine;
    }

    int simulate() {
        const InterruptWatch watching;
        ProgressBar bar(console_, "systems");
        for (const KnownFamily& family : families_) {
            std::vector<VerifiedSystem>& verified = begin(family.id, family.proves, family.theory);
            for (const KnownSystem& system : family.systems) {
                verified.push_back(verify(system, report_.comparisons, options_.threads, {.stop = &interrupted()}));
                if (const int code = end_of(verified.back(), 1, bar); code != kFine) return code;
            }
        }
        if (relations_.empty()) return kFine;
        std::vector<VerifiedSystem>& verified =
            begin(kRelations, "what follows of one system for another, whatever the answer", "");
        for (const KnownRelation& relation : relations_) {
            verified.push_back(verify(relation, report_.comparisons, options_.threads, {.stop = &interrupted()}));
            verified.back().id += fmt::format(" ({})", relation.name);
            if (const int code = end_of(verified.back(), 2, bar); code != kFine) return code;
        }
        return kFine;
    }

    std::vector<VerifiedSystem>& begin(std::string id, std::string proves, std::string theory) {
        report_.families.push_back(
            {.id = std::move(id), .proves = std::move(proves), .theory = std::move(theory), .systems = {}});
        return report_.families.back().systems;
    }

    int end_of(const VerifiedSystem& system, std::size_t count, ProgressBar& bar) {
        if (system.status.state == RunState::broken) {
            console_.error(fmt::format("a defect of corridor in {}: {}", system.id, system.status.reason));
            return kDefect;
        }
        if (interrupted()) {
            console_.error(fmt::format("{}; nothing was printed", interruption()));
            return interruption_code();
        }
        report_.systems += count;
        bar.show(report_.systems, systems_in_all());
        return kFine;
    }

    std::size_t systems_in_all() const {
        std::size_t count = 2 * relations_.size();
        for (const KnownFamily& family : families_) count += family.systems.size();
        return count;
    }

    std::string text() const {
        if (options_.format == Format::json) return verification_json(report_);
        if (options_.format == Format::csv) return verification_csv(report_);
        return verification_text(report_);
    }

    const Options& options_;
    const Console& console_;
    std::vector<KnownFamily> families_;  ///< those chosen
    std::vector<KnownRelation> relations_;
    VerificationReport report_;
};

}  // namespace

int verify(const Options& options, const Console& console) { return VerifyCommand(options, console).execute(); }

}  // namespace corridor::tools
