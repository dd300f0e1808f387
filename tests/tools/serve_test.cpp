// The report in a browser, asked for as a browser does.
#include <doctest/doctest.h>

#include <string>

#include "corridor/report/page.h"
#include "tools/shell.h"

namespace corridor::tests {
namespace {

// ask METHOD PATH HOST: the answer of the server on $port; "here" for its own name.
constexpr const char* kShell = R"(
start() {
    rm -f url
    env --default-signal=INT,HUP "$CORRIDOR" serve . --port 0 --replications 2 --draws 1 >url 2>log &
    server=$!
    while kill -0 $server && ! [ -s url ]; do sleep 0.05; done
    port=$(sed 's|.*:\([0-9]*\)/|\1|' url)
}
ask() {
    host=$3
    [ "$host" = here ] && host=127.0.0.1:$port
    exec 3<>/dev/tcp/127.0.0.1/$port
    printf '%s %s HTTP/1.1\r\nHost: %s\r\n\r\n' "$1" "$2" "$host" >&3
    cat <&3
    exec 3>&-
}
# Until the version is no longer $1.
changed() {
    for i in $(seq 200); do
        ask GET /version here | tail -1 | grep -qx "$1" || return 0
        sleep 0.1
    done
    echo 'nothing changed'
}
trap 'kill -9 $server 2>/dev/null' EXIT
start
)";

class Served : public Scratch {
  public:
    Served() {
        file("scenario.toml", content_of(CORRIDOR_SOURCE_DIR "/scenarios/tutorial/scenario.toml"));
        file("serve.sh", kShell);
    }

    /// Lines of bash after the server has started.
    std::string after_start(const std::string& lines) const {
        file("lines.sh", ". ./serve.sh\n" + lines);
        return sh("bash lines.sh").out;
    }
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A report is served to this computer alone, and nothing else is") {
    if (!has_page()) return;
    const Served folder;
    const std::string frame = folder.after_start("cat url; ask GET / here\n");
    CHECK(frame.starts_with("http://127.0.0.1:"));
    CHECK(contains(frame, "HTTP/1.1 200 OK\r\n"));
    CHECK(contains(frame, "Content-Security-Policy: default-src 'none'; "));
    CHECK(contains(frame, "<iframe src=\"report.html\""));
    const std::string page = folder.after_start("ask GET '/report.html?1' here | head -c 2000\n");
    CHECK(contains(page, "Content-Type: text/html; charset=utf-8\r\n"));
    CHECK(contains(page, "<!doctype html>"));
    const std::string answers = folder.after_start(
        "for line in 'GET /version' 'GET /scenario.toml' 'GET /../log' 'POST /' 'PUT /report.html'; do ask $line here "
        "| "
        "head -1; done\nask GET / evil.example | head -1\nask HEAD /report.html here | wc -l\n");
    CHECK(answers ==
          "HTTP/1.1 200 OK\r\nHTTP/1.1 404 Not Found\r\nHTTP/1.1 404 Not Found\r\nHTTP/1.1 405 Method Not Allowed\r\n"
          "HTTP/1.1 405 Method Not Allowed\r\nHTTP/1.1 403 Forbidden\r\n10\n");
}

TEST_CASE("What is saved is served: a new result, or what is wrong with the scenario") {
    if (!has_page()) return;
    const Served folder;
    const std::string answers = folder.after_start(R"(
first=$(ask GET /version here | tail -1)
sed -i 's/^title = .*/title = "Another"/; s/^\[terminal.hub\]/[terminal.hubb]/' scenario.toml
changed $first
ask GET /report.html here | grep -a -o 'error: .*' | head -1
second=$(ask GET /version here | tail -1)
sed -i 's/^\[terminal.hubb\]/[terminal.hub]/' scenario.toml
changed $second
ask GET /report.html here | grep -a -c '<!doctype html>'
kill -INT $server; wait $server; echo $?
)");
    CHECK(answers.starts_with("error: "));
    CHECK(answers.ends_with("\n1\n130\n"));
    CHECK(contains(content_of(folder.path() / "log"), "scenario.toml:"));
}

TEST_CASE("A port that is taken, and a scenario that is no file, are refused with what to do") {
    if (!has_page()) return;
    const Served folder;
    const std::string taken = folder.after_start("\"$CORRIDOR\" serve . --port $port 2>&1; echo $?\n");
    CHECK(contains(taken, ": Address already in use; give another --port, or 0 for any that is free\n3\n"));
    const Finished missing = folder.corridor("serve nowhere --port 0");
    CHECK(missing.exit_code == 2);
    CHECK(contains(missing.err, "nowhere"));
    const Finished standard_input = folder.corridor("serve -");
    CHECK(standard_input.exit_code == 2);
    CHECK(contains(standard_input.err, "serve watches files; name the folder or the file of a scenario"));
}

}  // namespace corridor::tests
