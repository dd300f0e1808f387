// Typed indices: an Id<Terminal> cannot be used where an Id<Service> is meant.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace corridor {

/// Position of an entity in its table. Explicit, comparable, hashable, without arithmetic; invalid by default.
template <class Tag>
class Id {
  public:
    constexpr Id() = default;
    constexpr explicit Id(std::size_t index) : index_(static_cast<std::uint32_t>(index)) {}

    constexpr bool valid() const { return index_ != kInvalid; }
    constexpr std::uint32_t index() const { return index_; }
    constexpr auto operator<=>(const Id&) const = default;

  private:
    static constexpr std::uint32_t kInvalid = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t index_ = kInvalid;
};

/// A vector that only the matching Id can index.
template <class Tag, class T = Tag>
class IdVector {
  public:
    IdVector() = default;
    explicit IdVector(std::size_t size, const T& value = T{}) : items_(size, value) {}

    T& operator[](Id<Tag> id) { return items_[id.index()]; }
    const T& operator[](Id<Tag> id) const { return items_[id.index()]; }

    /// Appends and returns the id of the new item.
    Id<Tag> push_back(T item) {
        items_.push_back(std::move(item));
        return Id<Tag>{items_.size() - 1};
    }
    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }
    void resize(std::size_t size) { items_.resize(size); }
    void assign(std::size_t size, const T& value) { items_.assign(size, value); }
    auto begin() { return items_.begin(); }
    auto end() { return items_.end(); }
    auto begin() const { return items_.begin(); }
    auto end() const { return items_.end(); }
    auto& items() { return items_; }
    const auto& items() const { return items_; }

  private:
    std::vector<T> items_;
};

}  // namespace corridor

template <class Tag>
struct std::hash<corridor::Id<Tag>> {
    std::size_t operator()(corridor::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>{}(id.index()); }
};
