// A sweep by the processes that a launcher of MPI has started: the first hands out and writes, the others simulate.
//
// Each process reads the study itself, so its files have to be seen on every host; that all see the same is checked.
#include <fmt/format.h>
#include <mpi.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "corridor/base/contract.h"
#include "exit_code.h"
#include "interrupt.h"
#include "sweep_command.h"

namespace corridor::tools {
namespace {

using Bytes = std::vector<std::uint8_t>;
using std::chrono::milliseconds;

constexpr int kLeader = 0;

enum Tag : int {
    begin_tag,    ///< from the leader: the identity of the sweep; empty where there is nothing to do
    block_tag,    ///< from the leader: point, first, count; a count of 0: it is over
    records_tag,  ///< to the leader
};

// Looks for a message now and then: the waiting of MPI itself takes a whole core.
std::optional<MPI_Status> message_from(int source, int tag, milliseconds at_most) {
    constexpr std::chrono::microseconds kBetweenLooks{100};
    const auto deadline = std::chrono::steady_clock::now() + at_most;
    do {
        int is_there = 0;
        MPI_Status status{};
        MPI_Iprobe(source, tag, MPI_COMM_WORLD, &is_there, &status);
        if (is_there != 0) return status;
        std::this_thread::sleep_for(kBetweenLooks);
    } while (std::chrono::steady_clock::now() < deadline);
    return std::nullopt;
}

Bytes received(const MPI_Status& status) {
    int size = 0;
    MPI_Get_count(&status, MPI_BYTE, &size);
    Bytes bytes(static_cast<std::size_t>(size));
    MPI_Recv(bytes.data(), size, MPI_BYTE, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return bytes;
}

template <class Content>
void send(const Content& content, int to, int tag) {
    const auto bytes = static_cast<int>(content.size() * sizeof(content[0]));
    MPI_Send(content.data(), bytes, MPI_BYTE, to, tag, MPI_COMM_WORLD);
}

Bytes packed(const std::vector<Record>& records) {
    nlohmann::json rows = nlohmann::json::array();
    for (const Record& record : records) {
        rows.push_back(
            {record.point, record.replication, record.failure, outputs_text(record.outputs), record.fingerprint});
    }
    return nlohmann::json::to_cbor(rows);
}

std::vector<Record> unpacked(const Bytes& bytes) {
    std::vector<Record> records;
    for (const nlohmann::json& row : nlohmann::json::from_cbor(bytes)) {
        Record record{.point = row[0], .replication = row[1], .failure = row[2], .outputs = {}, .fingerprint = row[4]};
        ensures(parse_outputs(row[3].get<std::string>(), record.outputs), "a process sends outputs as they are stored");
        records.push_back(std::move(record));
    }
    return records;
}

// All processes, from joining them to leaving together.
class Session {
  public:
    Session() {
        MPI_Init(nullptr, nullptr);
        MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
        MPI_Comm_size(MPI_COMM_WORLD, &size_);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    // The others would wait for ever for one that has failed.
    ~Session() {
        if (!has_left_) MPI_Abort(MPI_COMM_WORLD, kEnvironment);
    }

    int rank() const { return rank_; }
    int size() const { return size_; }

    int leave(int exit_code) {
        has_left_ = true;
        MPI_Finalize();
        return exit_code;
    }

    // Ends all processes.
    int end_all(int exit_code) {
        has_left_ = true;
        MPI_Abort(MPI_COMM_WORLD, exit_code);
        return exit_code;
    }

  private:
    int rank_ = 0;
    int size_ = 1;
    bool has_left_ = false;
};

class MpiCrew : public SweepCrew {
  public:
    explicit MpiCrew(const Session& session) : size_(static_cast<std::size_t>(session.size() - 1)) {}

    std::size_t size() const override { return size_; }

    void begin(const std::string& identity) override {
        has_begun_ = true;
        at_work_ = identity.empty() ? 0 : size_;
        for (std::size_t worker = 0; worker < size_; ++worker) send(identity, rank_of(worker), begin_tag);
    }

    std::optional<Delivery> wait() override {
        constexpr milliseconds kAtMost{20};
        const auto status = message_from(MPI_ANY_SOURCE, records_tag, kAtMost);
        if (!status) return std::nullopt;
        return Delivery{static_cast<std::size_t>(status->MPI_SOURCE - 1), unpacked(received(*status))};
    }

    void answer(std::size_t worker, const std::optional<Block>& block) override {
        if (!block) --at_work_;
        const std::array<std::uint64_t, 3> text =
            block ? std::array{block->point, block->first, block->count} : std::array<std::uint64_t, 3>{};
        send(text, rank_of(worker), block_tag);
    }

    bool has_begun() const { return has_begun_; }
    bool is_at_work() const { return at_work_ > 0; }

  private:
    static int rank_of(std::size_t worker) { return static_cast<int>(worker) + 1; }

    std::size_t size_;
    std::size_t at_work_ = 0;
    bool has_begun_ = false;
};

class MpiForeman : public Foreman {
  public:
    // The identity of the sweep; nothing where there is none, or an interrupt.
    std::optional<std::string> begun() {
        const auto message = next(begin_tag);
        if (!message || message->empty()) return std::nullopt;
        return std::string(message->begin(), message->end());
    }

    std::optional<Block> exchange(const std::vector<Record>& records) override {
        send(packed(records), kLeader, records_tag);
        const auto message = next(block_tag);
        std::array<std::uint64_t, 3> text{};
        if (message) std::memcpy(text.data(), message->data(), sizeof(text));
        if (text[2] == 0) return std::nullopt;
        return Block{text[0], text[1], text[2]};
    }

  private:
    static std::optional<Bytes> next(int tag) {
        constexpr milliseconds kBetweenLooksForSignals{100};
        while (!interrupted()) {
            if (const auto status = message_from(kLeader, tag, kBetweenLooksForSignals)) return received(*status);
        }
        return std::nullopt;
    }
};

int lead(const Options& options, const Console& console, Session& session) {
    MpiCrew crew(session);
    const int code = lead_sweep(options, console, &crew);
    if (crew.is_at_work()) return session.end_all(code);
    if (!crew.has_begun()) crew.begin("");
    return session.leave(code);
}

int serve(const Options& options, const Console& console, Session& session) {
    const InterruptWatch watching;
    MpiForeman foreman;
    if (const auto identity = foreman.begun()) {
        const std::optional<PlannedSweep> planned = read_sweep(options, console);
        if (!planned) return session.end_all(kBadInput);
        if (identity_of(*planned) != *identity) {
            console.error(
                fmt::format("process {} sees another study, scenario or version of corridor than the one that writes; "
                            "let all hosts "
                            "see the same files",
                            session.rank()));
            return session.end_all(kBadInput);
        }
        serve_sweep(planned->sweep, foreman, &interrupted());
    }
    return interrupted() ? session.end_all(interruption_code()) : session.leave(kFine);
}

}  // namespace

int sweep_together(const Options& options, const Console& console) {
    Session session;
    if (session.size() == 1) return session.leave(lead_sweep(options, console, nullptr));
    return session.rank() == kLeader ? lead(options, console, session)
                                     : serve(options, Console(Verbosity::quiet), session);
}

}  // namespace corridor::tools
