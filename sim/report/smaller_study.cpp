#include "report/smaller_study.h"

#include <cstddef>
#include <utility>

namespace corridor::report {
namespace {

bool halve_points(Json& result) {
    Json& points = result["points"];
    const std::size_t half = points.size() / 2;
    if (half == 0) return false;
    points.erase(points.begin() + static_cast<std::ptrdiff_t>(half), points.end());
    return true;
}

bool keep_headlines(Json& result) {
    bool is_smaller = false;
    for (Json& horizon : result["horizons"]) {
        for (Json& option : horizon["options"]) {
            Json headlines = Json::array();
            for (Json& measure : option["measures"]) {
                if (!measure["headline"].is_null()) headlines.push_back(std::move(measure));
            }
            is_smaller = is_smaller || headlines.size() < option["measures"].size();
            option["measures"] = std::move(headlines);
        }
    }
    return is_smaller;
}

}  // namespace

std::string_view leave_out_some(std::string_view kind, Json& result) {
    if (kind == "sweep" && halve_points(result)) return "the later points";
    if (kind == "options" && keep_headlines(result)) return "measures that are no headline";
    return {};
}

}  // namespace corridor::report
