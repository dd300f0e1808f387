#include "measure_plan.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "corridor/base/contract.h"

namespace corridor::engine {
namespace {

const MeasureDescription* description_of(std::string_view name) {
    static const auto by_name = [] {
        std::unordered_map<std::string_view, const MeasureDescription*> all;
        for (const MeasureDescription& description : measure_descriptions()) {
            all.emplace(description.name, &description);
        }
        return all;
    }();
    const auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : found->second;
}

constexpr std::string_view kMoneyUnit = "money";
constexpr std::array<std::string_view, 2> kPer{"", "/TEU"};
using MoneyUnits = std::array<std::string, kPer.size()>;

std::map<Currency, MoneyUnits> money_units() {
    std::map<Currency, MoneyUnits> all;
    for (unsigned i = 0; i <= std::numeric_limits<std::uint8_t>::max(); ++i) {
        const auto currency = static_cast<Currency>(i);
        const std::string_view code = code_of(currency).empty() ? kMoneyUnit : code_of(currency);
        for (std::size_t per = 0; per < kPer.size(); ++per) {
            all[currency].at(per) = std::string(code) + std::string(kPer.at(per));
        }
    }
    return all;
}

/// "CNY/TEU" for "money/TEU"; other units as they are. The texts live as long as the program.
std::string_view in_currency(std::string_view unit, Currency currency) {
    if (!unit.starts_with(kMoneyUnit)) {
        return unit;
    }
    static const std::map<Currency, MoneyUnits> units = money_units();
    const auto per = std::find(kPer.begin(), kPer.end(), unit.substr(kMoneyUnit.size())) - kPer.begin();
    return units.at(currency).at(static_cast<std::size_t>(per));
}

}  // namespace

double ratio(double numerator, double denominator) {
    return denominator > 0.0 ? numerator / denominator : std::numeric_limits<double>::quiet_NaN();
}

MeasurePlan::MeasurePlan(const model::Model& model, Details details)
    : details_(details), currency_(model.currency), outline_(measure_outline(model)) {
    add_flow_measures(*this, model);
    add_service_measures(*this, model);
    add_demand_measures(*this, model);
    add_terminal_measures(*this, model);
    add_empties_measures(*this, model);
    add_carriage_measures(*this, model);
    add_cost_measures(*this, model);
    add_emission_measures(*this, model);
    add_room_measures(*this, model);
    add_way_measures(*this, model);
    add_disruption_measures(*this, model);
    if (details.pictures) {
        add_picture_measures(*this, model);
    }
    if (details.causes) {
        add_time_use_measures(*this, model);
    }
    infos_.shrink_to_fit();
    formulas_.shrink_to_fit();
}

MeasurePlan::MeasurePlan(std::vector<MeasureInfo> infos) : infos_(std::move(infos)) {}

bool MeasurePlan::fits(const model::Model& model) const { return outline_ == measure_outline(model); }

void MeasurePlan::add(std::string_view name, std::string subject, Formula formula) {
    const MeasureDescription* const description = description_of(name);
    expects(description != nullptr, "a measure is described before it is used");
    infos_.push_back({description->name, std::move(subject), in_currency(description->unit, currency_)});
    formulas_.push_back(std::move(formula));
}

std::vector<double> MeasurePlan::evaluate(const Results& results) const {
    std::vector<double> values;
    values.reserve(formulas_.size());
    for (const Formula& formula : formulas_) {
        values.push_back(formula(results));
    }
    return values;
}

}  // namespace corridor::engine

namespace corridor {

namespace {

std::uint64_t hash_of(std::string_view name, std::string_view subject) {
    const std::hash<std::string_view> hash;
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
    return hash(name) * kOdd + hash(subject);
}

}  // namespace

/// The index is a sorted list of hashes: a tenth of the memory of a map that repeats the names.
struct MeasureCatalog::Content {
    struct Entry {
        std::uint64_t hash = 0;
        std::uint32_t position = 0;
        auto operator<=>(const Entry&) const = default;
    };

    explicit Content(engine::MeasurePlan of) : plan(std::move(of)) {
        index.reserve(plan.infos().size());
        for (const MeasureInfo& info : plan.infos()) {
            index.push_back({hash_of(info.name, info.subject), static_cast<std::uint32_t>(index.size())});
        }
        std::sort(index.begin(), index.end());
        for (const Entry& entry : index) {
            const MeasureInfo& info = plan.infos()[entry.position];
            expects(find(info.name, info.subject) == entry.position, "every measure has a name and subject of its own");
        }
    }

    std::optional<std::size_t> find(std::string_view name, std::string_view subject) const {
        const std::uint64_t hash = hash_of(name, subject);
        auto entry = std::lower_bound(index.begin(), index.end(), Entry{hash, 0});
        for (; entry != index.end() && entry->hash == hash; ++entry) {
            const MeasureInfo& info = plan.infos()[entry->position];
            if (info.name == name && info.subject == subject) {
                return entry->position;
            }
        }
        return std::nullopt;
    }

    engine::MeasurePlan plan;
    std::vector<Entry> index;
};

MeasureCatalog::MeasureCatalog() : MeasureCatalog(std::vector<MeasureInfo>{}) {}
MeasureCatalog::MeasureCatalog(std::vector<MeasureInfo> infos)
    : MeasureCatalog(engine::MeasurePlan(std::move(infos))) {}
MeasureCatalog::MeasureCatalog(engine::MeasurePlan plan) : content_(std::make_shared<const Content>(std::move(plan))) {}

const std::vector<MeasureInfo>& MeasureCatalog::infos() const { return content_->plan.infos(); }

const engine::MeasurePlan& MeasureCatalog::plan() const { return content_->plan; }

std::optional<std::size_t> MeasureCatalog::find(std::string_view name, std::string_view subject) const {
    return content_->find(name, subject);
}

MeasureCatalog measure_catalog(const model::Model& model, Details details) {
    return MeasureCatalog(engine::MeasurePlan(model, details));
}

}  // namespace corridor
