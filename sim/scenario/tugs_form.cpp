#include "scenario/tugs_form.h"

#include "corridor/scenario/limits.h"
#include "scenario/keys.h"
#include "scenario/law_form.h"
#include "scenario/quantity_form.h"

namespace corridor::scenario {
namespace {

constexpr Bounds kTugCount{.low = 1, .high = kMostPlaces};

const Keys<TugJob>& job_keys() {
    static const Keys<TugJob> keys{
        Key<TugJob>("tugs", &TugJob::tugs, count(kTugCount)).required().means("How many a vehicle takes.").example("2"),
        Key<TugJob>("time", &TugJob::time, LawForm{})
            .required()
            .means("How long it takes, tugs and berth being taken: a duration or a law.")
            .example("\"1 h\""),
    };
    return keys;
}

const Keys<Tugs>& tugs_keys() {
    static const Keys<Tugs> keys{
        Key<Tugs>("count", &Tugs::count, count(kTugCount)).required().means("How many there are.").example("3"),
        Key<Tugs>("docking", &Tugs::docking, TableForm<TugJob>{job_keys()})
            .means("What a vehicle that has its berth needs before its first move; its time is the berthing time.")
            .example("{ tugs = 2, time = \"1 h\" }"),
        Key<Tugs>("leaving", &Tugs::leaving, TableForm<TugJob>{job_keys()})
            .means("What it needs to leave; its berth is free when it is done.")
            .example("{ tugs = 1, time = \"30 min\" }"),
    };
    return keys;
}

}  // namespace

Shape TugsForm::shape() const { return {.kind = Shape::Kind::table, .keys = &tugs_keys().infos()}; }

std::optional<Tugs> TugsForm::read(Reader& reader, const Item& item) const {
    const std::size_t known_faults = reader.fault_count();
    Tugs tugs;
    tugs_keys().read(reader, item, tugs);
    if (reader.fault_count() > known_faults) return std::nullopt;
    if (!tugs.docking && !tugs.leaving) {
        reader.error(item, "the tugs have nothing to do", "give 'docking' or 'leaving'");
        return std::nullopt;
    }
    return tugs;
}

void check_tugs(Reader& reader, const Item& terminal) {
    const Node* const tugs = child(terminal.node, "tugs");
    if (tugs == nullptr) return;
    if (child(terminal.node, "quay_cranes") == nullptr) {
        reader.error(terminal.at("tugs", *tugs), "'tugs' has no use without 'quay_cranes' (no barge calls)");
    }
    const Node* const berths = child(terminal.node, "berths");
    const bool has_time = berths != nullptr && child(*berths, "berthing_time") != nullptr;
    if (!has_time || child(*tugs, "docking") == nullptr) return;
    reader.error(terminal.at("tugs", *tugs), "'docking' and the berths' 'berthing_time' exclude each other",
                 "give the whole time of berthing as that of 'docking'");
}

}  // namespace corridor::scenario
