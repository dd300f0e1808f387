// Contracts: what must hold if the program is right. Always on; a breach is a defect of corridor, not of an input.
#pragma once

#include <stdexcept>
#include <string>

namespace corridor {

/// Thrown by a broken contract and caught once, in the command, which exits with 4.
class Defect : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// What a function relies on.
inline void expects(bool holds, const char* what) {
    if (!holds) [[unlikely]] {
        throw Defect(std::string("expected: ") + what);
    }
}

/// What a function promises.
inline void ensures(bool holds, const char* what) {
    if (!holds) [[unlikely]] {
        throw Defect(std::string("not ensured: ") + what);
    }
}

}  // namespace corridor
