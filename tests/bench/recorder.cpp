#include "bench/recorder.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "support/http_message.hpp"
#include "support/unix_socket.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

int listen_anew_at(const std::string& path) {
    unlink(path.c_str());
    return support::listen_at(path);
}

}  // namespace

class Recorder::Shared {
public:
    Shared(const std::string& own_path, std::string engine_path)
        : engine_path_(std::move(engine_path)), listener_(listen_anew_at(own_path)) {}
    ~Shared() { close(listener_); }
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

    void stop() { shutdown(listener_, SHUT_RDWR); }

    static void serve(const std::shared_ptr<Shared>& self) {
        for (int client = 0; (client = accept(self->listener_, nullptr, nullptr)) >= 0;) {
            ++self->open_;
            std::thread([self, client] {
                self->pass_on(client);
                --self->open_;
            }).detach();
        }
    }

    std::vector<RecordedCall> calls() {
        const auto deadline = Clock::now() + std::chrono::seconds(5);
        while (open_ > 0 && Clock::now() < deadline) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        const std::lock_guard lock(mutex_);
        auto calls = calls_;
        std::erase_if(calls, [](const RecordedCall& call) { return call.ended == 0; });
        std::sort(calls.begin(), calls.end(),
                  [](const auto& a, const auto& b) { return a.began < b.began; });
        return calls;
    }

private:
    // One connection: request, reply, request, reply.
    void pass_on(int client) {
        const int engine = support::connect_to(engine_path_);
        support::HttpMessage request(support::HttpMessage::Kind::request);
        support::HttpMessage reply(support::HttpMessage::Kind::reply);
        std::size_t call = 0;
        bool begun = false;
        pollfd polled[2] = {{client, POLLIN, 0}, {engine, POLLIN, 0}};
        std::string bytes(65536, '\0');
        const auto read_some = [&](int from) {
            const ssize_t count = read(from, bytes.data(), bytes.size());
            return std::string_view(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
        };
        while (poll(polled, 2, -1) > 0) {
            if (polled[1].revents != 0) {
                const auto piece = read_some(engine);
                reply.take(piece);
                if (piece.empty()) {
                    reply.end();
                }
                if (begun && reply.head_complete()) {
                    end(call, reply);
                }
                if (piece.empty() || !support::write_all(client, piece)) {
                    break;
                }
                if (reply.complete()) {
                    request = support::HttpMessage(support::HttpMessage::Kind::request);
                    reply = support::HttpMessage(support::HttpMessage::Kind::reply);
                    begun = false;
                }
            }
            if (polled[0].revents != 0) {
                const auto piece = read_some(client);
                request.take(piece);
                if (!begun && request.complete()) {
                    call = begin(request);
                    begun = true;
                }
                if (piece.empty() || !support::write_all(engine, piece)) {
                    break;
                }
            }
        }
        close(client);
        close(engine);
    }

    std::size_t begin(const support::HttpMessage& request) {
        const std::lock_guard lock(mutex_);
        RecordedCall call;
        call.method = request.word(0);
        call.target = request.word(1);
        call.body = request.body();
        call.began = ++moments_;
        call.began_ms = milliseconds();
        calls_.push_back(std::move(call));
        return calls_.size() - 1;
    }

    // Comes with the head and again with what follows.
    void end(std::size_t index, const support::HttpMessage& reply) {
        const std::lock_guard lock(mutex_);
        RecordedCall& call = calls_[index];
        const bool watched = call.target.find("/events?") != std::string::npos;
        call.status = reply.status();
        call.is_stream = !reply.complete();
        call.reply = reply.body();
        if (call.ended == 0 ? watched || reply.complete() : reply.complete() && !watched) {
            call.ended = ++moments_;
            call.ended_ms = milliseconds();
        }
    }

    [[nodiscard]] long milliseconds() const {
        return static_cast<long>(
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_).count());
    }

    std::string engine_path_;
    int listener_;
    Clock::time_point start_ = Clock::now();
    std::atomic<int> open_ = 0;
    std::mutex mutex_;
    std::vector<RecordedCall> calls_;
    std::size_t moments_ = 0;
};

Recorder::Recorder(std::string own_path, std::string engine_path)
    : shared_(std::make_shared<Shared>(own_path, std::move(engine_path))) {
    std::thread([shared = shared_] { Shared::serve(shared); }).detach();
}

Recorder::~Recorder() { shared_->stop(); }

std::vector<RecordedCall> Recorder::calls() { return shared_->calls(); }

}  // namespace bench
