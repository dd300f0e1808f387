// Where the points of a design lie on the axes of its parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace corridor::study {

/// (points x axes): the number of a level, or a quantile in [0, 1). NaN where an axis is left out.
using Places = std::vector<double>;

/// All combinations of levels; the last axis changes fastest.
Places grid_points(const std::vector<std::size_t>& levels);

/// Without any axis, and then every level of every axis alone.
Places single_points(const std::vector<std::size_t>& levels);

/// Quantiles: each axis has one point in each of `count` equal parts, in an order of its own that its name decides
/// (McKay, Beckman & Conover 1979, doi:10.1080/00401706.1979.10489755).
Places latin_hypercube(const std::vector<std::string>& names, std::uint64_t count, std::uint64_t seed);

/// Quantiles: the first `count` points of the Sobol sequence after the origin (direction numbers of Joe & Kuo 2008,
/// doi:10.1137/070709359).
Places sobol_points(std::size_t axes, std::uint64_t count);

/// Quantiles: the points of `count` trajectories, one after the other.
Places morris_points(std::size_t axes, std::uint64_t count, std::uint64_t seed);

}  // namespace corridor::study
