#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "commands.h"
#include "corridor/report/page.h"
#include "exit_code.h"
#include "interrupt.h"
#include "loading.h"
#include "page_file.h"
#include "report_site.h"
#include "run_page.h"

namespace corridor::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000;

/// What the files of a scenario's folder are called, and when they were written last.
using Stamp = std::vector<std::pair<std::string, fs::file_time_type>>;

fs::path folder_of_scenario(const std::string& path) {
    if (fs::is_directory(path)) return path;
    const fs::path parent = fs::path(path).parent_path();
    return parent.empty() ? "." : parent;
}

// A file that goes while it is looked at is as good as gone before.
Stamp stamp_of(const fs::path& folder) {
    Stamp stamp;
    std::error_code ignored;
    for (fs::recursive_directory_iterator entry(folder, ignored), end; entry != end && stamp.size() < kMostFiles;
         entry.increment(ignored)) {
        const std::string type = entry->path().extension().string();
        if (type == ".toml" || type == ".csv") {
            stamp.emplace_back(entry->path().string(), fs::last_write_time(entry->path(), ignored));
        }
    }
    return stamp;
}

/// Keeps a site at what the files of a scenario say.
class Renderer {
  public:
    Renderer(const Options& options, const Console& console, ReportSite& site)
        : options_(options), console_(console), site_(site), folder_(folder_of_scenario(options.scenario)) {}

    /// Renders where something was saved since the last time.
    void look() {
        Stamp now = stamp_of(folder_);
        if (now == stamp_) return;
        stamp_ = std::move(now);
        Result<Loaded> loaded = load(options_, console_);
        if (!loaded.ok()) {
            console_.show(loaded.diagnostics());
            return site_.show_text(render(loaded.diagnostics()));
        }
        console_.show(loaded.diagnostics());
        std::string html;
        Diagnostics errors;
        const int code = render_run(options_, console_, std::move(loaded).value(), html, errors);
        if (code == kFine) return site_.show_page(std::move(html));
        if (!interrupted()) site_.show_text(errors.empty() ? "The scenario could not be run.\n" : render(errors));
    }

  private:
    const Options& options_;
    const Console& console_;
    ReportSite& site_;
    fs::path folder_;
    Stamp stamp_;
};

}  // namespace

int serve(const Options& options, const Console& console) {
    Options as_run = options;
    as_run.command = Command::run;  // what the page names as the way to the same result
    if (options.scenario == "-") {
        console.error("serve watches files; name the folder or the file of a scenario");
        return kBadInput;
    }
    if (!fs::exists(options.scenario)) {
        console.show(load(options, console).diagnostics());
        return kBadInput;
    }
    if (const int code = PageFile::check_built(console); code != kFine) return code;
    const InterruptWatch watching;
    ReportSite site;
    if (const std::string problem = site.listen(options.port); !problem.empty()) {
        console.error(fmt::format("cannot listen on 127.0.0.1:{}: {}; give another --port, or 0 for any that is free",
                                  options.port, problem));
        return kEnvironment;
    }
    Renderer renderer(as_run, console, site);
    renderer.look();
    if (!interrupted()) {
        if (const int code = console.print(fmt::format("http://127.0.0.1:{}/\n", site.port())); code != kFine)
            return code;
        console.note("the page follows when a file of the scenario is saved; Ctrl-C ends it");
        site.serve([&renderer] { renderer.look(); }, interrupted());
    }
    return interruption_code();
}

}  // namespace corridor::tools
