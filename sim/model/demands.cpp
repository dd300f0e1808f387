#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "calendar.h"
#include "compilation.h"
#include "corridor/base/contract.h"
#include "corridor/base/random.h"
#include "corridor/base/unit.h"

namespace corridor::model {
namespace {

class DemandCompiler {
  public:
    DemandCompiler(Compilation& compilation, const scenario::Demand& source)
        : compilation_(compilation), numbers_(compilation.numbers), source_(source) {}

    Demand run() {
        demand_.id = source_.id;
        demand_.name = source_.name;
        demand_.from = same<Terminal>(source_.from);
        demand_.to = same<Terminal>(source_.to);
        demand_.release = source_.release;
        demand_.consignment = numbers_.counts(source_.consignment, 1);
        if (source_.collected_after) demand_.collected_after = numbers_.law(*source_.collected_after);
        if (source_.move_time) demand_.move_time = numbers_.law(*source_.move_time);
        if (source_.patience) demand_.patience = numbers_.law(*source_.patience);
        demand_.takes_empties = source_.takes_empties;
        demand_.returns_empties = source_.returns_empties;
        if (source_.emptied_after) demand_.emptied_after = numbers_.law(*source_.emptied_after);
        demand_.emptied_stream = stream_key("emptied", source_.name);
        demand_.move_stream = stream_key("handling", source_.name);
        demand_.patience_stream = stream_key("patience", source_.name);
        demand_.release_stream = stream_key("release", source_.name);
        demand_.class_stream = stream_key("class", source_.name);
        demand_.choice = source_.choice;
        if (source_.road_time) demand_.road_time = numbers_.law(*source_.road_time);
        demand_.choice_stream = stream_key("choice", source_.name);
        demand_.road_stream = stream_key("road", source_.name);
        demand_.collection_stream = stream_key("collection", source_.name);
        add_classes();
        if (source_.release == scenario::ReleaseProcess::listed) {
            add_listed();
        } else {
            add_rates();
        }
        return std::move(demand_);
    }

  private:
    void error(std::string message) { compilation_.error(source_, "demand." + source_.id, std::move(message)); }

    void add_classes() {
        const double empty = numbers_.share(source_.empty_share);
        const std::array<double, 2> t_per_teu{numbers_.not_negative(source_.tonnes_per_teu),
                                              numbers_.not_negative(source_.tonnes_per_teu_empty)};
        double so_far = 0.0;
        for (const BoxSize size : scenario::kBoxSizes) {
            const double of_size = numbers_.share(source_.box_share[static_cast<std::size_t>(size)]);
            const double teu = scenario::kTeuOfSize[static_cast<std::size_t>(size)];
            mean_teu_ += of_size * teu;
            for (const bool is_empty : {false, true}) {
                const double share = of_size * (is_empty ? empty : 1.0 - empty);
                if (share <= 0.0) continue;
                demand_.classes.push_back({.size = size,
                                           .empty = is_empty,
                                           .quarters = static_cast<std::uint32_t>(teu * kQuartersPerTeu),
                                           .tonnes = teu * t_per_teu[is_empty ? 1 : 0]});
                demand_.class_cumulative.push_back(so_far += share);
            }
        }
        if (so_far <= 0.0) {
            error("the shares of 'box_share' add up to 0 (they must add up to 1)");
            return;
        }
        // A draw may move one share of several; the others give way in proportion.
        for (double& cumulative : demand_.class_cumulative) cumulative /= so_far;
        demand_.class_cumulative.back() = 1.0;
        mean_teu_ /= so_far;
        demand_.mean_quarters = mean_teu_ * kQuartersPerTeu;
    }

    void add_listed() {
        for (const scenario::ListedRelease& release : source_.listed) {
            if (release.time < compilation_.model.origin) continue;
            demand_.listed.push_back({.time = (release.time - compilation_.model.origin).count(),
                                      .containers = static_cast<std::uint32_t>(std::max(release.containers, 0))});
        }
        std::stable_sort(demand_.listed.begin(), demand_.listed.end(),
                         [](const ListedRelease& a, const ListedRelease& b) { return a.time < b.time; });
    }

    double weight(int month) {
        const auto found = weights_.find(month);
        return found == weights_.end() ? 1.0 : found->second;
    }

    // Containers per hour in a month of weight 1.
    double base_rate() {
        const auto in_containers = [&](scenario::Param param, Dimension teu) {
            const double value = numbers_.not_negative(param);
            return numbers_.dimension(param) == teu ? value / mean_teu_ : value;
        };
        if (source_.rate) return in_containers(*source_.rate, kTeuRate);
        expects(source_.volume.has_value(), "a demand has a volume, a rate or listed releases");
        double weighted_hours = 0.0;
        for (const MonthPart& part : months_between(compilation_.scenario.start, compilation_.scenario.end)) {
            weighted_hours += weight(part.key) * hours(part.to - part.from);
        }
        const double volume = in_containers(*source_.volume, kTeu);
        if (weighted_hours > 0.0) return volume / weighted_hours;
        if (volume > 0.0) error("the profile is 0 throughout the period (the volume has no month to fall in)");
        return 0.0;
    }

    void add_rates() {
        for (const auto& [month, param] : source_.profile) weights_[month] = numbers_.not_negative(param);
        const double per_ms = base_rate() / kMillisecondsPerHour / demand_.consignment.mean();
        const Instant origin = compilation_.model.origin;
        for (const MonthPart& part : months_between(origin, compilation_.scenario.end)) {
            const double rate = per_ms * weight(part.key);
            const Tick until = (part.to - origin).count();
            if (!demand_.rates.empty() && demand_.rates.back().per_ms == rate) {
                demand_.rates.back().until = until;
            } else {
                demand_.rates.push_back({.until = until, .per_ms = rate});
            }
        }
    }

    Compilation& compilation_;
    Numbers& numbers_;
    const scenario::Demand& source_;
    Demand demand_;
    double mean_teu_ = 0.0;  ///< TEU per container
    std::map<int, double> weights_;
};

}  // namespace

void compile_demands(Compilation& compilation) {
    for (const scenario::Demand& source : compilation.scenario.demands) {
        compilation.model.demands.push_back(DemandCompiler(compilation, source).run());
    }
}

}  // namespace corridor::model
