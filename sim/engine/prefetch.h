// Asks the memory for what will be needed soon. Of thousands of terminals each one's state is cold when its turn comes,
// and waiting for line after line of it would be most of the time of an event.
#pragma once

#include <cstddef>
#include <vector>

namespace corridor::engine {

inline constexpr std::size_t kCacheLine = 64;

inline void prefetch_bytes(const void* begin, std::size_t bytes) {
    const char* const first = static_cast<const char*>(begin);
    for (std::size_t offset = 0; offset < bytes; offset += kCacheLine) {
        __builtin_prefetch(first + offset, 1, 2);
    }
    __builtin_prefetch(first + bytes - 1, 1, 2);
    asm volatile("");  // GCC drops calls of functions that do nothing but prefetch
}

template <class T>
void prefetch(const T& object) {
    prefetch_bytes(&object, sizeof(T));
}

/// Where a member ends: there an optional says whether it holds anything.
template <class T>
void prefetch_end(const T& member) {
    __builtin_prefetch(reinterpret_cast<const char*>(&member + 1) - 1, 1, 2);
    asm volatile("");
}

/// The members of one object from `first` to `last`: what an event needs, without what it does not.
template <class First, class Last>
void prefetch_range(const First& first, const Last& last) {
    const auto* const begin = reinterpret_cast<const char*>(&first);
    prefetch_bytes(begin, static_cast<std::size_t>(reinterpret_cast<const char*>(&last + 1) - begin));
}

/// The first `count` elements; their storage alone, so `elements` itself has to be at hand.
template <class T>
void prefetch_elements(const std::vector<T>& elements, std::size_t count) {
    const std::size_t present = count < elements.size() ? count : elements.size();
    if (present > 0) {
        prefetch_bytes(elements.data(), present * sizeof(T));
    }
}

/// Where the next few elements are added, if the list has ever had any.
template <class T>
void prefetch_end_of(const std::vector<T>& list) {
    if (list.capacity() > 0) {
        prefetch_bytes(list.data() + list.size(), 2 * kCacheLine);
    }
}

}  // namespace corridor::engine
