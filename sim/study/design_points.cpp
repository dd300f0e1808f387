#include "study/design_points.h"

#include <boost/random/sobol.hpp>
#include <limits>
#include <numeric>
#include <utility>

#include "corridor/base/random.h"
#include "study/trajectory.h"

namespace corridor::study {

Places grid_points(const std::vector<std::size_t>& levels) {
    std::size_t count = 1;
    for (const std::size_t size : levels) count *= size;
    Places places;
    places.reserve(count * levels.size());
    for (std::size_t point = 0; point < count; ++point) {
        std::size_t block = count;
        for (const std::size_t size : levels) {
            block /= size;
            places.push_back(static_cast<double>(point / block % size));
        }
    }
    return places;
}

Places single_points(const std::vector<std::size_t>& levels) {
    const std::vector<double> none(levels.size(), std::numeric_limits<double>::quiet_NaN());
    Places places = none;
    for (std::size_t axis = 0; axis < levels.size(); ++axis) {
        for (std::size_t level = 0; level < levels[axis]; ++level) {
            places.insert(places.end(), none.begin(), none.end());
            places[places.size() - levels.size() + axis] = static_cast<double>(level);
        }
    }
    return places;
}

Places latin_hypercube(const std::vector<std::string>& names, std::uint64_t count, std::uint64_t seed) {
    Places places(count * names.size());
    std::vector<std::size_t> part(count);
    for (std::size_t axis = 0; axis < names.size(); ++axis) {
        Stream stream = make_stream(seed, 0, stream_key("latin hypercube", names[axis]));
        std::iota(part.begin(), part.end(), std::size_t{0});
        for (std::size_t i = count; i > 1; --i) {
            std::swap(part[i - 1], part[static_cast<std::size_t>(uniform01(stream) * static_cast<double>(i))]);
        }
        for (std::size_t point = 0; point < count; ++point) {
            const double within = static_cast<double>(part[point]) + uniform01(stream);
            places[point * names.size() + axis] = within / static_cast<double>(count);
        }
    }
    return places;
}

Places sobol_points(std::size_t axes, std::uint64_t count) {
    boost::random::sobol sequence(axes);
    Places places(count * axes);
    for (double& place : places) place = static_cast<double>(sequence() >> 11U) * 0x1p-53;
    return places;
}

Places morris_points(std::size_t axes, std::uint64_t count, std::uint64_t seed) {
    Places places;
    for (std::uint64_t number = 0; number < count; ++number) {
        const Trajectory trajectory(axes, seed, number);
        for (std::size_t steps = 0; steps <= axes; ++steps) {
            const std::vector<double> point = trajectory.point(steps);
            places.insert(places.end(), point.begin(), point.end());
        }
    }
    return places;
}

}  // namespace corridor::study
