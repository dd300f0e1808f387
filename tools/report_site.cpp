#include "report_site.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <string_view>
#include <utility>

#include "corridor/base/hash.h"

namespace corridor::tools {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

constexpr auto kPatience = std::chrono::seconds(10);
constexpr auto kBetweenLooks = std::chrono::milliseconds(500);
constexpr std::uint64_t kMostBody = 1024;

// The report's own policy forbids it every request, so what asks for changes stands around it.
constexpr std::string_view kFrame = R"(<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>corridor</title>
<style>html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block; }</style>
</head>
<body data-version="@VERSION@"><iframe src="report.html" title="report"></iframe><script src="frame.js"></script></body>
</html>
)";
constexpr std::string_view kFrameScript = R"(let known = document.body.dataset.version;
async function look() {
    try {
        const version = await (await fetch('version')).text();
        if (version !== known) document.querySelector('iframe').src = 'report.html?' + version;
        known = version;
    } catch {}
    setTimeout(look, 1000);
}
look();
)";
constexpr std::string_view kFramePolicy =
    "default-src 'none'; frame-src 'self'; connect-src 'self'; script-src 'self'; style-src 'unsafe-inline'";

/// One request and its answer.
class Session : public std::enable_shared_from_this<Session> {
  public:
    using Answer = std::function<Response(const Request&)>;

    Session(tcp::socket socket, const Answer& answer) : stream_(std::move(socket)), answer_(answer) {
        parser_.body_limit(kMostBody);
    }

    void run() {
        stream_.expires_after(kPatience);
        http::async_read(stream_, buffer_, parser_, [self = shared_from_this()](error_code failure, std::size_t) {
            if (!failure) self->reply();
        });
    }

  private:
    void reply() {
        response_ = answer_(parser_.get());
        response_.keep_alive(false);
        response_.prepare_payload();
        if (parser_.get().method() == http::verb::head) response_.body().clear();
        http::async_write(stream_, response_, [self = shared_from_this()](error_code, std::size_t) {
            error_code ignored;
            self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        });
    }

    beast::tcp_stream stream_;
    const Answer& answer_;
    beast::flat_buffer buffer_;
    http::request_parser<http::string_body> parser_;
    Response response_;
};

Response plain(http::status status, std::string_view text) {
    Response response{status, 11};
    response.set(http::field::content_type, "text/plain; charset=utf-8");
    response.body() = text;
    return response;
}

}  // namespace

class ReportSite::State {
  public:
    struct Content {
        std::string type;
        std::string body;
        std::string policy;
    };

    std::string listen(std::uint16_t port) {
        const tcp::endpoint here(asio::ip::address_v4::loopback(), port);
        error_code failure;
        acceptor_.open(here.protocol(), failure);
        if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
        if (!failure) acceptor_.bind(here, failure);
        if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
        return failure ? failure.message() : "";
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void show(Content content) {
        report_ = std::move(content);
        version_ = fmt::format("{:016x}", fnv1a(report_.body));
    }

    void serve(const std::function<void()>& look, const std::atomic<bool>& stop) {
        accept();
        wait(look, stop);
        context_.run();
    }

  private:
    void accept() {
        is_accepting_ = true;
        acceptor_.async_accept([this](error_code failure, tcp::socket socket) {
            is_accepting_ = false;
            if (failure) return;  // too many open files, say: again at the next look
            std::make_shared<Session>(std::move(socket), answer_)->run();
            accept();
        });
    }

    void wait(const std::function<void()>& look, const std::atomic<bool>& stop) {
        timer_.expires_after(kBetweenLooks);
        timer_.async_wait([this, &look, &stop](error_code) {
            if (!stop) look();
            if (stop) return context_.stop();
            if (!is_accepting_) accept();
            wait(look, stop);
        });
    }

    Response answer(const Request& request) const {
        // Another name in a browser is that of a site which had its own name lead here.
        const std::string_view host(request[http::field::host].data(), request[http::field::host].size());
        if (host != fmt::format("127.0.0.1:{}", port()) && host != fmt::format("localhost:{}", port())) {
            return plain(http::status::forbidden, "Only for this computer.\n");
        }
        if (request.method() != http::verb::get && request.method() != http::verb::head) {
            Response response = plain(http::status::method_not_allowed, "Nothing can be changed here.\n");
            response.set(http::field::allow, "GET, HEAD");
            return response;
        }
        const std::string_view target(request.target().data(), request.target().size());
        const std::string_view path = target.substr(0, target.find('?'));
        if (path == "/") return found({"text/html", frame(), std::string(kFramePolicy)});
        if (path == "/frame.js") return found({"text/javascript", std::string(kFrameScript), ""});
        if (path == "/version") return found({"text/plain", version_, ""});
        if (path == "/report.html") return found(report_);
        return plain(http::status::not_found, "There is / and nothing else.\n");
    }

    std::string frame() const {
        constexpr std::string_view kMark = "@VERSION@";
        std::string text(kFrame);
        return text.replace(text.find(kMark), kMark.size(), version_);
    }

    static Response found(const Content& content) {
        Response response{http::status::ok, 11};
        response.set(http::field::content_type, content.type + "; charset=utf-8");
        response.set(http::field::cache_control, "no-store");
        response.set("X-Content-Type-Options", "nosniff");
        response.set("X-Frame-Options", "SAMEORIGIN");
        response.set("Cross-Origin-Resource-Policy", "same-origin");
        response.set("Referrer-Policy", "no-referrer");
        if (!content.policy.empty()) response.set("Content-Security-Policy", content.policy);
        response.body() = content.body;
        return response;
    }

    asio::io_context context_{1};
    tcp::acceptor acceptor_{context_};
    asio::steady_timer timer_{context_};
    Session::Answer answer_ = [this](const Request& request) { return answer(request); };
    Content report_{"text/plain", "", ""};
    std::string version_;  ///< of the report: the same text, the same version
    bool is_accepting_ = false;
};

ReportSite::ReportSite() : state_(std::make_unique<State>()) {}
ReportSite::~ReportSite() = default;
std::string ReportSite::listen(std::uint16_t port) { return state_->listen(port); }
std::uint16_t ReportSite::port() const { return state_->port(); }
void ReportSite::show_page(std::string html) { state_->show({"text/html", std::move(html), ""}); }
void ReportSite::show_text(std::string text) { state_->show({"text/plain", std::move(text), ""}); }
void ReportSite::serve(const std::function<void()>& look, const std::atomic<bool>& stop) { state_->serve(look, stop); }

}  // namespace corridor::tools
