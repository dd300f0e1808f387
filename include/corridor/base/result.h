// A value or the diagnostics that explain why there is none.
#pragma once

#include <optional>
#include <utility>

#include "corridor/base/diagnostic.h"

namespace corridor {

/// Outcome of a loader: a value with its warnings, or at least one error. Check `ok()` before `value()`.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value, Diagnostics notes = {}) : value_(std::move(value)), diagnostics_(std::move(notes)) {}
    Result(Diagnostics errors) : diagnostics_(std::move(errors)) {}

    bool ok() const { return value_.has_value(); }
    const T& value() const& { return value_.value(); }
    T& value() & { return value_.value(); }
    T&& value() && { return std::move(value_).value(); }

    /// Errors where there is no value; warnings and notes where there is one.
    const Diagnostics& diagnostics() const { return diagnostics_; }

  private:
    std::optional<T> value_;
    Diagnostics diagnostics_;
};

}  // namespace corridor
