#include "corridor/base/result.h"

#include <doctest/doctest.h>

#include <memory>
#include <utility>

namespace corridor {
namespace {

TEST_CASE("A result holds a value with its warnings") {
    const Result<int> result{42, {{.severity = Severity::warning, .message = "sorted"}}};
    REQUIRE(result.ok());
    CHECK(result.value() == 42);
    REQUIRE(result.diagnostics().size() == 1);
    CHECK(result.diagnostics()[0].message == "sorted");
}

TEST_CASE("A result without a value says why") {
    const Result<int> result{Diagnostics{{.message = "scenario is empty"}}};
    CHECK_FALSE(result.ok());
    CHECK(has_errors(result.diagnostics()));
}

TEST_CASE("The value can be moved out of a result") {
    Result<std::unique_ptr<int>> result{std::make_unique<int>(7)};
    const std::unique_ptr<int> value = std::move(result).value();
    CHECK(*value == 7);
}

}  // namespace
}  // namespace corridor
