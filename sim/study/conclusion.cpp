#include <fmt/format.h>

#include <cmath>
#include <string>

#include "corridor/study/comparison.h"

namespace corridor {

Verdict verdict(const ComparisonRow& row) {
    if (row.simulated.samples() == 0 || !row.prior) return Verdict::undefined;
    const Interval& interval = row.prior->interval90;
    if (row.use == scenario::FigureUse::limit) {
        return interval.high <= row.reported ? Verdict::within_limit : Verdict::over_limit;
    }
    if (row.reported < interval.low) return Verdict::below;
    if (row.reported > interval.high) return Verdict::above;
    const bool is_wide = interval.high - interval.low > std::abs(row.prior->median);
    return is_wide ? Verdict::inside_but_wide : Verdict::inside;
}

std::string_view meaning(Verdict verdict) {
    switch (verdict) {
        case Verdict::undefined:
            return "the simulated measure is undefined, so there is nothing to compare";
        case Verdict::within_limit:
            return "19 of 20 draws stay below the limit";
        case Verdict::over_limit:
            return "more than one draw in 20 exceeds the limit: the assumptions ask for more than is said to be "
                   "possible";
        case Verdict::below:
            return "the report lies below the 90 % prior predictive interval: the assumptions, within their ranges, "
                   "give more than was reported";
        case Verdict::inside:
            return "the report lies inside the 90 % prior predictive interval";
        case Verdict::inside_but_wide:
            return "the report lies inside the 90 % prior predictive interval, which is so wide that agreement says "
                   "little";
        case Verdict::above:
            return "the report lies above the 90 % prior predictive interval: the assumptions, within their ranges, "
                   "give less than was reported";
    }
    return "";
}

std::string_view what_is_tested(double capacity_bound_share) {
    if (std::isnan(capacity_bound_share)) return "nothing of the services concerned, which carried no container";
    return capacity_bound_share < kCapacityBinds ? "the demand assumptions, not the operations" : "the operations too";
}

std::string_view label(scenario::FigureUse use) {
    switch (use) {
        case scenario::FigureUse::calibrate:
            return "calibrate";
        case scenario::FigureUse::validate:
            return "validate";
        case scenario::FigureUse::limit:
            return "limit";
    }
    return "";
}

std::string_view standing(scenario::FigureUse use) {
    switch (use) {
        case scenario::FigureUse::calibrate:
            return "in sample (the figure is there to calibrate on, so agreement proves nothing)";
        case scenario::FigureUse::validate:
            return "out of sample";
        case scenario::FigureUse::limit:
            return "an upper bound";
    }
    return "";
}

std::string conclude(const ComparisonRow& row) {
    const std::string_view use = standing(row.use);
    const double percent = 100 * (std::isnan(row.capacity_bound_share) ? 0 : row.capacity_bound_share);
    return fmt::format("{}: {}; capacity bound for {:.1f} % of the containers, so this tests {}", use,
                       meaning(verdict(row)), percent, what_is_tested(row.capacity_bound_share));
}

}  // namespace corridor
