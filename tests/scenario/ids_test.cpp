#include <doctest/doctest.h>

#include <string>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A35: Ids that differ only in case, or in how letters are composed, are refused with both forms") {
    CHECK(complaints(extended(R"([terminal.A]
quay_cranes = "unlimited"
)")) == "17:11: error: terminal: 'A' and 'a' differ only in case or in how their letters are composed; rename one of "
        "the two (see 51:11)\n");
    CHECK(complaints(extended(R"([terminal."café"]
quay_cranes = "unlimited"
[terminal."café"]
quay_cranes = "unlimited"
)")) == "51:11: error: terminal: 'café' (U+0301) and 'café' (U+00E9) differ only in case or in how their letters are "
        "composed; rename one of the two (see 53:11)\n");
}

TEST_CASE("A36: An id is not empty and has no blanks around it") {
    CHECK(complaints(extended(R"([terminal.""]
quay_cranes = "unlimited"
)")) == "51:11: error: terminal: the id '' is empty; name the table differently and put what is to be shown into "
        "`name`\n");
    CHECK(complaints(extended(R"([terminal." "]
quay_cranes = "unlimited"
)")) == "51:11: error: terminal: the id ' ' is blank; name the table differently and put what is to be shown into "
        "`name`\n");
    CHECK(complaints(extended(R"([terminal."x "]
quay_cranes = "unlimited"
)")) == "51:11: error: terminal: the id 'x ' has a trailing blank; name the table differently and put what is to be "
        "shown into `name`\n");
    CHECK(complaints(extended(R"([terminal."x y"]
quay_cranes = "unlimited"
)")) == "");
}

TEST_CASE("A37: An id has at most 64 bytes") {
    const auto with_id = [](std::size_t length) {
        return extended("[terminal." + std::string(length, 'x') + "]\nquay_cranes = \"unlimited\"\n");
    };
    CHECK(complaints(with_id(64)) == "");
    CHECK(complaints(with_id(65)) == "51:11: error: terminal: the id '" + std::string(60, 'x') +
                                         "...' is too long (65 bytes, the limit is 64); name the table differently and "
                                         "put what is to be shown into `name`\n");
}

TEST_CASE("A38, S03: An id holds nothing that would have to be escaped in paths, files or tables") {
    CHECK(complaints(extended(R"([terminal."x\ny"]
quay_cranes = "unlimited"
)")) == "51:11: error: terminal: the id 'x\\x0ay' contains a control or invisible character; name the table "
        "differently and put what is to be shown into `name`\n");
    CHECK(complaints(extended(R"([terminal."../x"]
quay_cranes = "unlimited"
)")) == "51:11: error: terminal: the id '../x' contains . (ids are used in paths such as link.ID.length); name the "
        "table differently and put what is to be shown into `name`\n");
    CHECK(complaints(extended(R"([terminal."a\"b"]
quay_cranes = "unlimited"
)")) == "51:11: error: terminal: the id 'a\"b' contains \" (ids are used in paths such as link.ID.length); name the "
        "table differently and put what is to be shown into `name`\n");
    CHECK(complaints(extended(R"([terminal."\u202Eabc"]
quay_cranes = "unlimited"
)")) == "51:11: error: terminal: the id '\\u202eabc' contains a control or invisible character; name the table "
        "differently and put what is to be shown into `name`\n");
    CHECK(complaints(extended(R"([terminal."a,b"]
quay_cranes = "unlimited"
)")) == "");
}

TEST_CASE("Names are unique within a kind, as they seed the random streams") {
    CHECK(complaints(extended(R"([terminal.c]
name = "a"
quay_cranes = "unlimited"
)")) == "51:11: error: terminal.c: the name 'a' is used twice (names seed the random streams); give 'a' or 'c' another "
        "name (see 17:11)\n");
}

TEST_CASE("A39, A40: An unknown id is named with the nearest one") {
    CHECK(complaints(extended(R"([terminal.duisburg]
quay_cranes = "unlimited"
[service.s]
route = ["a", "duisberg"]
directions = "each"
vehicle = "barge"
departures = { per_week = 1 }
)")) == "54:15: error: service.s.route[1]: unknown terminal 'duisberg'; did you mean 'duisburg'?\n");
    CHECK(complaints(changed(R"([demand.a-b]
from = "a")",
                             R"([demand.a-b]
from = "nowhere")")) == "39:8: error: demand.a-b.from: unknown terminal 'nowhere'; define it as [terminal.nowhere]\n");
    CHECK(complaints(changed(R"(vehicle = "barge")", R"(vehicle = "barges")")) ==
          "36:11: error: service.a-b.vehicle: unknown vehicle 'barges'; did you mean 'barge'?\n");
}

}  // namespace
}  // namespace corridor::scenario
