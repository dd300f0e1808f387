// Collects what is found wrong while a scenario is read.
#pragma once

#include <string>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "scenario/texts.h"

namespace corridor::scenario {

/// What is wrong at one place; see Diagnostic for the grammar of its texts.
struct Finding {
    Place place;
    std::string path;
    std::string message;
    std::string hint = {};
    std::vector<Place> related = {};
};

class Findings {
  public:
    explicit Findings(const Texts& texts) : texts_(texts) {}

    void error(Finding finding) { add(Severity::error, std::move(finding)); }
    void warning(Finding finding) { add(Severity::warning, std::move(finding)); }
    void note(Finding finding) { add(Severity::note, std::move(finding)); }

    std::size_t error_count() const { return error_count_; }

    /// Whether there are more errors than anybody reads; they are counted, and no longer worth a search for what was
    /// meant.
    bool is_crowded() const { return error_count_ > kMostErrors; }

    /// Everything found, in the order of the texts and their lines; at most `kMostErrors` errors and how many more
    /// there are.
    Diagnostics take();

    static constexpr std::size_t kMostErrors = 50;

  private:
    void add(Severity severity, Finding finding);

    struct Entry {
        Place place;
        Diagnostic diagnostic;
    };
    const Texts& texts_;
    std::vector<Entry> entries_;
    std::size_t error_count_ = 0;
};

}  // namespace corridor::scenario
