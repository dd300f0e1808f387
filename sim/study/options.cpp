#include "corridor/study/options.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <memory>
#include <utility>

#include "corridor/study/fingerprint.h"

namespace corridor {
namespace {

// Positions in both catalogues of what both have.
std::vector<PairedMeasure> pairs_of(const MeasureCatalog& base, const MeasureCatalog& option) {
    std::vector<PairedMeasure> pairs;
    for (std::size_t i = 0; i < base.size(); ++i) {
        const MeasureInfo& info = base.infos()[i];
        const auto position = option.find(info.name, info.subject);
        if (position) pairs.push_back({.in_base = i, .in_option = *position, .difference = {}});
    }
    return pairs;
}

// One replication of every variant, one after the other, as if it were one run: the measures of the do-minimum, then of
// each option its own and the differences.
class AllVariants {
  public:
    AllVariants(const Variant& base, const std::vector<Variant>& options, const OptionsResult& layout,
                std::uint64_t seed, const std::atomic<bool>* stop)
        : base_(*base.model, *base.catalog), layout_(&layout), seed_(seed), stop_(stop) {
        for (const Variant& option : options) options_.emplace_back(*option.model, *option.catalog);
    }

    Outcome operator()(std::uint64_t replication) {
        Outcome all = base_.run(seed_, replication, stop_);
        const std::vector<double> base = all.measures;
        for (std::size_t i = 0; i < options_.size() && all.status.state == RunState::complete; ++i) {
            const Outcome option = options_[i].run(seed_, replication, stop_);
            all.status = option.status;
            if (option.status.state != RunState::complete) break;
            all.fingerprint = combined_fingerprint(all.fingerprint, option.fingerprint);
            all.measures.insert(all.measures.end(), option.measures.begin(), option.measures.end());
            for (const PairedMeasure& pair : layout_->options[i].pairs) {
                all.measures.push_back(option.measures[pair.in_option] - base[pair.in_base]);
            }
        }
        return all;
    }

  private:
    Simulator base_;
    std::vector<Simulator> options_;
    const OptionsResult* layout_;
    std::uint64_t seed_;
    const std::atomic<bool>* stop_;
};

}  // namespace

OptionsResult compare_options(const Variant& base, const std::vector<Variant>& options, const StudyPlan& plan,
                              const StudyWatch& watch) {
    OptionsResult result;
    std::size_t count = base.catalog->size();
    for (const Variant& option : options) {
        result.options.push_back({.measures = {}, .pairs = pairs_of(*base.catalog, *option.catalog)});
        count += option.catalog->size() + result.options.back().pairs.size();
    }
    const StudyPlan fixed{.seed = plan.seed, .replications = plan.replications, .threads = plan.threads};
    const auto make_replicator = [&] {
        auto variants = std::make_shared<AllVariants>(base, options, result, plan.seed, watch.stop);
        return Replicator{[variants](std::uint64_t replication) { return (*variants)(replication); }};
    };
    StudyResult study = run_study(make_replicator, count, {}, fixed, watch);
    result.status = std::move(study.status);
    result.replications = study.replications;
    result.fingerprint = study.fingerprint;

    auto next = study.measures.cbegin();
    const auto take = [&next](std::size_t size) {
        const auto from = std::exchange(next, next + static_cast<std::ptrdiff_t>(size));
        return std::vector<Estimate>(from, next);
    };
    result.base = take(base.catalog->size());
    for (std::size_t i = 0; i < options.size(); ++i) {
        result.options[i].measures = take(options[i].catalog->size());
        for (PairedMeasure& pair : result.options[i].pairs) pair.difference = *next++;
    }
    return result;
}

std::optional<std::uint64_t> replications_to_see(double difference, double sd) {
    constexpr double kEachSide = 0.025;
    constexpr double kMissed = 0.2;
    if (difference == 0 || !std::isfinite(difference) || !std::isfinite(sd)) return std::nullopt;
    if (sd == 0) return 2;
    const double freedom =
        boost::math::students_t::find_degrees_of_freedom(std::abs(difference), kEachSide, kMissed, sd);
    return std::max<std::uint64_t>(2, static_cast<std::uint64_t>(std::ceil(freedom)) + 1);
}

std::optional<double> variance_factor(const Estimate& base, const Estimate& option, const Estimate& difference) {
    const double apart = base.sd() * base.sd() + option.sd() * option.sd();
    const double paired = difference.sd() * difference.sd();
    if (!(paired > 0) || !std::isfinite(apart)) return std::nullopt;
    return apart / paired;
}

}  // namespace corridor
