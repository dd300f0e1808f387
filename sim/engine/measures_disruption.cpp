// What disruptions do, against the same replication without them.
#include <algorithm>
#include <limits>
#include <numeric>

#include "measure_plan.h"

namespace corridor::engine {
namespace {

double lost(const Results& r, Id<model::Demand> id) {
    const auto delivered = [id](const Tally& tally) {
        return static_cast<double>(tally.demands[id].delivered_by_month.total());
    };
    return delivered(*r.disturbance.undisturbed) - delivered(r.tally);
}

void add_course(MeasurePlan& plan, const model::Disruption& disruption, Id<model::Disruption> id) {
    const std::string who = subject(disruption);
    plan.add("disruptions_begun", who,
             [id](const Results& r) { return static_cast<double>(r.disturbance.disruptions->courses()[id].begun); });
    plan.add("disrupted_share", who, [id](const Results& r) {
        const model::Window& period = r.model.window;
        double sum = 0.0;
        for (const model::Window& window : r.disturbance.disruptions->courses()[id].windows) {
            sum += static_cast<double>(clipped(period, window.from, window.to));
        }
        return sum / static_cast<double>(period.to - period.from);
    });
}

void add_recovery(MeasurePlan& plan) {
    plan.add("backlog_most", "total", [](const Results& r) { return r.disturbance.recovery.backlog_most; });
    plan.add("time_to_recover_mean", "total", [](const Results& r) {
        const std::vector<Tick>& times = r.disturbance.recovery.times;
        const Tick sum = std::accumulate(times.begin(), times.end(), Tick{0});
        return ratio(static_cast<double>(sum), static_cast<double>(times.size()) * kHour);
    });
    plan.add("time_to_recover_max", "total", [](const Results& r) {
        const std::vector<Tick>& times = r.disturbance.recovery.times;
        return times.empty() ? std::numeric_limits<double>::quiet_NaN()
                             : static_cast<double>(*std::ranges::max_element(times)) / kHour;
    });
    plan.add("disruptions_unfinished", "total",
             [](const Results& r) { return static_cast<double>(r.disturbance.recovery.unfinished); });
}

}  // namespace

void add_disruption_measures(MeasurePlan& plan, const model::Model& model) {
    if (!model.takes_census) {
        return;
    }
    for (std::size_t d = 0; d < model.disruptions.size(); ++d) {
        const Id<model::Disruption> id{d};
        add_course(plan, model.disruptions[id], id);
    }
    plan.add("throughput_lost", "total", [](const Results& r) {
        double sum = 0.0;
        for (std::size_t d = 0; d < r.model.demands.size(); ++d) {
            const bool counts = !r.model.demands.items()[d].repositions;
            sum += counts ? lost(r, Id<model::Demand>{d}) : 0.0;
        }
        return sum;
    });
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Id<model::Demand> id{d};
        if (model.demands[id].repositions) {
            continue;
        }
        plan.add("throughput_lost", subject(model.demands[id]), [id](const Results& r) { return lost(r, id); });
    }
    add_recovery(plan);
}

}  // namespace corridor::engine
