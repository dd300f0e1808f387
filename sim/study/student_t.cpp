// Apart from estimate.cpp because Boost.Math takes long to compile.
#include <boost/math/distributions/students_t.hpp>

#include "corridor/study/estimate.h"

namespace corridor {

double student_t_975(std::uint64_t degrees_of_freedom) {
    const boost::math::students_t distribution(static_cast<double>(degrees_of_freedom));
    return boost::math::quantile(distribution, 0.975);
}

}  // namespace corridor
