// Stands in where the page was not built.
#include "report/page_template.h"

namespace corridor::report {

std::string_view page_template() { return {}; }
std::string_view page_engine() { return {}; }

}  // namespace corridor::report
