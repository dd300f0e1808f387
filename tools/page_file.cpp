#include "page_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "corridor/report/output_folder.h"
#include "exit_code.h"
#include "output_target.h"
#include "study_end.h"

namespace corridor::tools {
namespace {

OutputFolder folder_of_page(const Options& options) {
    const std::filesystem::path file(*options.page);
    return {file.has_parent_path() ? file.parent_path() : ".",
            {file.filename().string()},
            options.replaces_results ? Existing::replace : Existing::refuse};
}

}  // namespace

int PageFile::check_built(const Console& console) {
    if (has_page()) return kFine;
    console.error(
        "this corridor was built without the page of its reports; install what is missing with tools/setup page, "
        "and build again");
    return kEnvironment;
}

int PageFile::prepare(const std::vector<std::string>& inputs) const {
    if (!is_asked()) return kFine;
    if (const int code = check_built(console_); code != kFine) return code;
    if (const int code = check_targets({{"--report", *options_.page}}, inputs, console_); code != kFine) return code;
    return end_of(folder_of_page(options_).prepare(), console_);
}

void PageFile::tell_left_out(const Page& page, const Console& console, std::string_view elsewhere) {
    if (page.left_out.empty()) return;
    const auto megabytes = [](std::size_t bytes) { return static_cast<double>(bytes) / 1e6; };
    const std::string still = page.html.size() > kLargestPage
                                  ? fmt::format(", and has {:.1f} MB yet", megabytes(page.html.size()))
                                  : std::string();
    console.warn(fmt::format(
        "the page of a result as large as this would have {:.1f} MB (pages have {:.1f} at most); it "
        "leaves out {}{}; {}",
        megabytes(page.full_size), megabytes(kLargestPage), fmt::join(page.left_out, ", "), still, elsewhere));
}

int PageFile::write(const PageParts& parts) const {
    const Page page = page_html(parts, options_.language);
    tell_left_out(page, console_, "--out writes every figure");
    return write(page.html);
}

int PageFile::write(const StudyPageParts& parts) const {
    if (!is_asked()) return kFine;
    const Page page = study_page_html(parts, options_.language);
    tell_left_out(page, console_, "the result itself has all of it");
    return write(page.html);
}

int PageFile::write(const std::string& html) const {
    const std::string name = std::filesystem::path(*options_.page).filename().string();
    return end_of(folder_of_page(options_).write({{name, html}}), console_);
}

}  // namespace corridor::tools
