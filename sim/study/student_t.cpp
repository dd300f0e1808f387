// Apart from estimate.cpp because Boost.Math takes long to compile.
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "corridor/study/estimate.h"

namespace corridor {

namespace {

double quantile_975(std::uint64_t degrees_of_freedom) {
    const boost::math::students_t distribution(static_cast<double>(degrees_of_freedom));
    // To twelve decimals: the last bits differ between mathematical libraries, and results are the same bytes
    // everywhere.
    return std::round(boost::math::quantile(distribution, 0.975) * 0x1p40) * 0x1p-40;
}

}  // namespace

double student_t_975(std::uint64_t degrees_of_freedom) {
    // Thousands of measures are of as many replications, and a quantile takes some microseconds; far more where long
    // doubles are simulated, as in browsers.
    struct Last {
        std::uint64_t degrees_of_freedom = 0;
        double quantile = 0.0;
    };
    thread_local Last last;
    if (last.degrees_of_freedom != degrees_of_freedom) last = {degrees_of_freedom, quantile_975(degrees_of_freedom)};
    return last.quantile;
}

}  // namespace corridor
