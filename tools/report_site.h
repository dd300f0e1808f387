// A web site of one report, for this computer alone.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace corridor::tools {

/// Serves a page on 127.0.0.1, and a frame around it that loads it again when it has changed. Answers GET and HEAD
/// alone, and only who asks for this host by its own names, so that no other site reads it through a browser.
class ReportSite {
  public:
    ReportSite();
    ReportSite(const ReportSite&) = delete;
    ReportSite& operator=(const ReportSite&) = delete;
    ~ReportSite();

    /// Takes the port, or with 0 one that is free. What went wrong; empty where nothing did.
    std::string listen(std::uint16_t port);

    std::uint16_t port() const;

    void show_page(std::string html);
    void show_text(std::string text);

    /// Answers until `stop` is set, and calls `look` twice a second.
    void serve(const std::function<void()>& look, const std::atomic<bool>& stop);

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace corridor::tools
