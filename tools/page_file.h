// The file that `--report` asks for.
#pragma once

#include <string>
#include <vector>

#include "console.h"
#include "corridor/report/page.h"
#include "options.h"

namespace corridor::tools {

class PageFile {
  public:
    PageFile(const Options& options, const Console& console) : options_(options), console_(console) {}

    bool is_asked() const { return options_.page.has_value(); }

    /// Before the first run: whether there can be such a file, which is none of `inputs`. The exit code; fine where
    /// none is asked for.
    int prepare(const std::vector<std::string>& inputs) const;

    /// Whether this corridor can make pages at all; the exit code.
    static int check_built(const Console& console);

    /// Warns of what a page had to leave out, and says where it is to be had.
    static void tell_left_out(const Page& page, const Console& console, std::string_view elsewhere);

    int write(const PageParts& parts) const;
    /// Nothing where none is asked for.
    int write(const StudyPageParts& parts) const;

  private:
    int write(const std::string& html) const;

    const Options& options_;
    const Console& console_;
};

}  // namespace corridor::tools
