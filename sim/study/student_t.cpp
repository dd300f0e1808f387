// Apart from estimate.cpp because Boost.Math takes long to compile.
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "corridor/study/estimate.h"

namespace corridor {

double student_t_975(std::uint64_t degrees_of_freedom) {
    const boost::math::students_t distribution(static_cast<double>(degrees_of_freedom));
    // To twelve decimals: the last bits differ between mathematical libraries, and results are the same bytes
    // everywhere.
    return std::round(boost::math::quantile(distribution, 0.975) * 0x1p40) * 0x1p-40;
}

}  // namespace corridor
