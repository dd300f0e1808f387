// The texts a scenario is read from, kept for the lines that diagnostics show.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "scenario/node.h"

namespace corridor::scenario {

class Texts {
  public:
    /// Keeps a text; `name` is what messages call it. Returns its number for `Place::text`.
    std::uint32_t add(std::string name, std::string content);

    std::size_t size() const { return texts_.size(); }
    const std::string& name(std::uint32_t text) const { return texts_[text].name; }
    const std::string& content(std::uint32_t text) const { return texts_[text].content; }

    SourcePlace source_place(Place place) const;

    /// The line at `place` without its end, or nothing where the place is no line.
    std::string_view line(Place place) const;

    /// The line as a diagnostic shows it: empty where there is none; cut where it is very long.
    std::string excerpt(Place place) const;

  private:
    struct Text {
        std::string name;
        std::string content;
        std::vector<std::size_t> line_starts;
    };
    std::vector<Text> texts_;
};

}  // namespace corridor::scenario
