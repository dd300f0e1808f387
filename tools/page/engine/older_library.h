// What C++20 has and the library of Emscripten 3.1 (LLVM 14) has not: algorithms on ranges by range-v3, floating-point
// from_chars by fast_float. Included before every file of the engine of a page.
#pragma once

#include <fast_float/fast_float.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <functional>
#include <range/v3/algorithm.hpp>
#include <utility>

namespace std {

template <class To, class From>
constexpr To bit_cast(const From& from) noexcept {
    return __builtin_bit_cast(To, from);
}

inline from_chars_result from_chars(const char* first, const char* last, double& value) {
    const fast_float::from_chars_result result = fast_float::from_chars(first, last, value);
    return {result.ptr, result.ec};
}

namespace ranges {
using ::ranges::adjacent_find, ::ranges::all_of, ::ranges::any_of, ::ranges::copy_if, ::ranges::count,
    ::ranges::count_if;
using ::ranges::fill, ::ranges::find, ::ranges::find_if, ::ranges::lower_bound, ::ranges::make_heap, ::ranges::max;
using ::ranges::max_element, ::ranges::min_element, ::ranges::move, ::ranges::none_of, ::ranges::nth_element;
using ::ranges::pop_heap, ::ranges::push_heap, ::ranges::replace, ::ranges::reverse, ::ranges::sort;
using ::ranges::stable_sort, ::ranges::transform;
}  // namespace ranges

/// There are no threads here: what one would do is done at once.
class jthread {
  public:
    jthread() = default;
    template <class Work>
    explicit jthread(Work&& work) {
        std::forward<Work>(work)();
    }
};

}  // namespace std
